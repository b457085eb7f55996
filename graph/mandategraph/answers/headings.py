"""The headings under which statements about a thing stand, in the words that a reader expects."""

from __future__ import annotations

from itertools import groupby

from mandategraph.answers.description import DescribedStatement, Profile
from mandategraph.answers.grid import Layout

# (kind of statement, as what the thing stands in it) -> heading
HEADINGS: dict[tuple[str, str], tuple[str, str]] = {
    ("ScheduleStatement", "schedules"): ("Schedule", "时间安排"),
    ("ScheduleStatement", "atPlace"): ("Meetings here", "在此举行的会议"),
    ("ScheduleStatement", "betweenMeetings"): ("Meetings placed around it", "前后安排的会议"),
    ("ScheduleStatement", "continuesUntil"): ("Meetings that last until it", "持续至此的会议"),
    ("StatedChange", "changed"): ("Changes that a document tells of", "文件述及的变更"),
    ("StatedChange", "replacedBy"): ("In place of what it came", "所取代的会议"),
    ("Contribution", "contributionSource"): ("Outputs: what it passes on", "产出：向外提交的内容"),
    ("Contribution", "contributionRecipient"): ("Inputs: what it receives", "投入：收到的内容"),
    ("Contribution", "concerns"): ("What is passed on about it", "与此有关的投入"),
    ("Contribution", "fromItem"): ("What was passed on from it", "由此提交的内容"),
    ("Contribution", "handedBy"): ("What it handed over", "移交的内容"),
    ("Contribution", "receivedBy"): ("What it received", "接收的内容"),
    ("Mandate", "mandatee"): ("Mandates: what it was asked to do", "任务授权"),
    ("Mandate", "mandatedBy"): ("Mandates under this decision", "根据本决定的任务授权"),
    ("Mandate", "requestedBy"): ("Mandates at its request", "应其请求的任务授权"),
    ("Mandate", "concerns"): ("Mandates about it", "与此有关的任务授权"),
    ("Classification", "classifies"): ("Type of meeting", "会议类型"),
    ("Treatment", "treatedAt"): ("Topics and agenda items", "议题和议程项目"),
    ("Treatment", "concerns"): ("Where it is dealt with", "处理此议题的会议"),
    ("Treatment", "treatedItem"): ("Where this agenda item is dealt with", "处理此议程项目之处"),
    ("Participation", "inMeeting"): ("Who took part, and as what", "参与者及其角色"),
    ("Participation", "participant"): ("Meetings it took part in, and as what", "参与的会议及角色"),
    ("Preparation", "prepares"): ("Events that prepare it", "为其筹备的活动"),
    ("Preparation", "preparedBy"): ("What it prepares", "所筹备的会议"),
    ("Deadline", "anchorMeeting"): ("Deadlines that count from it", "以此为基准的期限"),
    ("Clause", "addressee"): ("What it is asked to do, by clause", "条款对其提出的要求"),
    ("Clause", "cites"): ("Clauses that cite it", "援引它的条款"),
    ("Clause", "asksFor"): ("Clauses that ask for it", "要求编写它的条款"),
    ("Clause", "involves"): ("Clauses that speak of it", "涉及它的条款"),
    ("Clause", "mentionsMeeting"): ("Clauses that name it", "提及它的条款"),
    ("Clause", "inConsultationWith"): ("Clauses to be carried out in consultation with it", "须与其协商执行的条款"),
    ("Clause", "inCooperationWith"): ("Clauses to be carried out in cooperation with it", "须与其合作执行的条款"),
    ("Clause", "inCapacityOf"): ("Clauses that call on it in a capacity", "以特定身份要求它的条款"),
    ("Clause", "oversight"): ("Clauses under its oversight", "在其监督下执行的条款"),
    ("Condition", "conditionOn"): ("Conditions on its content", "对其内容的要求"),
    ("Requirement", "requiredBy"): ("What it asks for, as a document reports", "文件转述的其要求"),
    ("Requirement", "requiredOf"): ("What is asked of it, as a document reports", "文件转述的对其要求"),
    ("Requirement", "requiredDocument"): ("Who asks for it, as a document reports", "文件转述的编写要求"),
    ("Requirement", "inCooperationWith"): ("To be done in cooperation with it, as a document reports", "文件转述的须与其合作的要求"),
    ("DocumentInput", "inputTo"): ("What it draws on", "其投入来源"),
    ("DocumentInput", "drawsOn"): ("Documents that draw on it", "以其为投入的文件"),
    ("Publication", "published"): ("Publication and launch", "发布"),
    ("Publication", "askedForBy"): ("Publications it asked for", "其要求编写的出版物"),
    ("Publication", "launchedAt"): ("Publications launched here", "在此发布的出版物"),
    ("Publication", "submittedTo"): ("Publications submitted to it", "提交给它的出版物"),
    ("Citation", "cites"): ("Where it is cited", "援引之处"),
    ("Reference", "cites"): ("Where it is cited", "援引之处"),
    ("Reference", "refersOn"): ("Web addresses and references given for it", "为其提供的网址和参考"),
    ("Remark", "remarkOn"): ("Remarks on it", "有关评论"),
    ("IdentityJudgement", "identifies"): ("Judged to be the same, or not", "是否同一的判断"),
    ("ElementListing", "listedElement"): ("Where it is set out", "列出之处"),
    ("ElementListing", "inGroup"): ("Items in this group", "本组各项"),
    ("ElementListing", "underHeading"): ("Items under this heading", "本标题下各项"),
    ("ElementMatch", "matchFrom"): ("What it corresponds to", "与之对应的要素"),
    ("ElementMatch", "matchTo"): ("What corresponds to it", "对应于它的要素"),
    ("Position", "target"): ("Positions on it", "对此的立场"),
    ("Position", "moveTo"): ("Items that some ask to move here", "有意见要求移至此处的项"),
    ("Position", "asksToAdd"): ("Positions that ask to add it", "要求增列此要素的立场"),
    ("Position", "holder"): ("Position held", "所持立场"),
}  # fmt: skip


def heading(told: DescribedStatement, layout: Layout) -> str:
    """The heading of a statement, in the reader's language; made of its kind and role where none is known."""
    known = HEADINGS.get((told.kind.value or "", told.role.value or ""))
    chinese = layout.language == "zh"
    if known:
        return known[1] if chinese else known[0]
    kind, role = (cell.label(layout.languages) or cell.value for cell in (told.kind, told.role))
    return f"{kind}（{role}）" if chinese else f"{kind} ({role})"


def sections(profile: Profile, layout: Layout) -> list[tuple[str, list[DescribedStatement]]]:
    """The statements about a thing, under the heading of each kind, in their order."""
    grouped = groupby(profile.told, key=lambda told: heading(told, layout))
    return [(title, list(items)) for title, items in grouped]
