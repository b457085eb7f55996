"""The words of the pages, in both languages: plain ones, for people who never heard of the technique behind them."""

from __future__ import annotations

import re

from mandategraph.answers.answer import LANGUAGES

_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_SPAN = re.compile(r"(?P<sign>-?)P(?:(?P<days>\d+)D|T0S)")

_WORDS: dict[str, tuple[str, str]] = {
    "site": ("mandategraph", "mandategraph"),
    "tagline": (
        "Who was asked to do what, by which decision, for which meeting",
        "谁依据哪项决定、为哪次会议、承担了什么任务",
    ),
    "intro": (
        "International agreements are made by a web of meetings. A decision asks a body to deal with one topic "
        "and to hand the "
        "result to a later meeting; then meetings move. These pages show what was planned, what took place, and "
        "where each "
        "fact stands in the documents.",
        "国际协定是在一连串会议中形成的。一项决定请某个机构处理某个议题，并把成果提交给后来的会议；而会议日程又会变动。"
        "这里列出计划如何、实际如何，并注明每项事实在文件中的出处。",
    ),
    "rests-on": ("Read from {count} documents:", "取自以下{count}份文件："),
    "skip": ("Skip to the content", "跳到正文"),
    "menu": ("Menu", "目录"),
    "main-nav": ("Main", "主导航"),
    "languages": ("Language", "语言"),
    "breadcrumb": ("You are here", "当前位置"),
    "list-of": ("One of the", "所属清单"),
    "language": ("Language", "语言"),
    "author": ("Author", "作者"),
    "has-ofMeeting": ("Agenda items", "议程项目"),
    "has-parentBody": ("Bodies under it", "下属机构"),
    "has-adoptedBy": ("It adopted", "通过的文件"),
    "has-supersedes": ("Superseded by", "被取代于"),
    "has-meetingOf": ("Its meetings", "历次会议"),
    "has-partOfMeeting": ("Parts of it", "组成部分"),
    "has-officeOf": ("Offices", "职务"),
    "has-broader": ("Under it", "下属要素"),
    "start": ("Start", "首页"),
    "map": ("Map", "流向图"),
    "map-title": ("What feeds what", "谁向谁提供投入"),
    "timeline": ("Timeline", "时间表"),
    "timeline-title": ("Plan and fact in time", "计划与实际时间表"),
    "coverage": ("Coverage", "覆盖情况"),
    "coverage-title": ("Which meetings deal with which topic", "哪些会议处理哪些要素"),
    "reservations": ("Reservations", "保留意见"),
    "reservations-title": ("Who objects to what", "谁对什么有保留"),
    "decisions": ("Decisions", "决定"),
    "decisions-title": ("Decisions, and what they ask for", "决定及其授权"),
    "reading": ("How to read", "阅读说明"),
    "reading-title": ("How to read these pages", "如何阅读本网页"),
    "search": ("Search", "搜索"),
    "search-title": ("Search all pages", "搜索全部页面"),
    "search-label": ("Name, code or part of a phrase", "名称、编号或词语的一部分"),
    "search-hint": (
        "In English or Chinese; part of a word will do, with or without spaces, in full or half width.",
        "中英文均可；可只输入词语的一部分，有无空格、全角半角均可。",
    ),
    "search-none": ("Nothing holds these words.", "没有含这些词语的内容。"),
    "search-count": ("{count} found", "共{count}项"),
    "search-more": (
        "The first {shown} are shown; a longer phrase finds fewer.",
        "仅显示前{shown}项；输入更长的词语可缩小范围。",
    ),
    "search-noscript": (
        "The search needs a script, which is switched off here. The lists of meetings, decisions, bodies, "
        "topics and documents hold everything too.",
        "搜索需要脚本，而脚本已关闭。也可查阅会议、决定、机构、要素和文件各清单。",
    ),
    "questions": ("Questions and answers", "问题与答案"),
    "question": ("Question", "问题"),
    "kind-meeting": ("Meetings", "会议"),
    "kind-body": ("Bodies", "机构"),
    "kind-element": ("Topics", "要素"),
    "kind-document": ("Documents", "文件"),
    "kind-office": ("Offices", "职务"),
    "kind-organization": ("Organizations", "组织"),
    "kind-party": ("Parties", "缔约方"),
    "kind-group": ("Groups and unnamed holders", "群体和未具名方"),
    "kind-place": ("Places", "地点"),
    "kind-agenda-item": ("Agenda items", "议程项目"),
    "kind-concept": ("Elements of other frameworks", "其他框架的要素"),
    "more-lists": ("More lists", "其他清单"),
    "name": ("Name", "名称"),
    "code": ("Code", "编号"),
    "kind": ("Kind", "类别"),
    "names": ("Names and codes", "名称和编号"),
    "also-written": ("As the documents write it", "文件中的写法"),
    "other-language": ("In Chinese", "英文名称"),
    "translation": ("our translation", "本项目译名"),
    "what-it-is": ("What it is", "基本信息"),
    "nothing-said": ("No statement in the documents points to it.", "各文件中没有关于它的陈述。"),
    "plan": ("Plan", "计划"),
    "fact": ("What took place", "实际情况"),
    "plan-and-fact": ("Plan and fact", "计划与实际"),
    "changed": ("What changed", "变动"),
    "no-plan": ("No document states a plan for it.", "没有文件述及其计划。"),
    "no-fact": ("No document says that it took place.", "没有文件述及其是否举行。"),
    "planned": ("planned", "计划"),
    "held": ("held", "已举行"),
    "under-way": ("under way", "进行中"),
    "dates": ("Dates", "日期"),
    "place": ("Place", "地点"),
    "mode": ("Mode", "形式"),
    "as-written": ("As written", "原文"),
    "source": ("Source", "出处"),
    "sources": ("Sources", "出处"),
    "basis": ("Basis", "依据"),
    "note": ("Note", "说明"),
    "also": ("Also", "另"),
    "explicit": ("explicit in the text", "文本明确载明"),
    "derived": ("derived by a rule", "按规则推导"),
    "interpretation": ("an interpretation", "解释"),
    "status": ("Result", "结果"),
    "answered": ("answered", "已答复"),
    "no": ("no", "否"),
    "not-stated": ("not stated", "未述及"),
    "not-covered": ("not covered", "未涵盖"),
    "no-long": ("No: the documents say so.", "否：文件明确如此说明。"),
    "not-stated-long": (
        "Not stated: no document in whose period it falls says anything about it.",
        "未述及：所涉时期的文件对此没有说明。",
    ),
    "not-covered-long": (
        "Not covered: outside the period or scope of the documents.",
        "未涵盖：超出文件的时期或范围。",
    ),
    "rows-found": ("{count} found", "共{count}项"),
    "asked-with": ("Asked for", "提问对象"),
    "ask-yourself": ("To ask it anew at the command line:", "在命令行重新提问："),
    "before": ("It receives from", "投入来自"),
    "after": ("It hands on to", "投入去向"),
    "see-on-map": ("Follow it on the map", "在流向图上查看"),
    "see-on-timeline": ("See it on the timeline", "在时间表上查看"),
    "asked-about": ("Questions that speak of it", "涉及它的问题"),
    "related": ("See also", "另见"),
    "address": ("Permanent name", "永久标识"),
    "statements": ("Statements", "陈述"),
    "legend": ("Legend", "图例"),
    "legend-plan": ("planned", "计划"),
    "legend-fact": ("took place", "已举行"),
    "legend-both": ("took place as planned", "按计划举行"),
    "legend-unsure": ("dates known only in part, or to be confirmed", "日期仅部分已知或待确认"),
    "legend-other": ("no date stated, or not a meeting", "无日期，或非会议"),
    "meeting": ("Meeting", "会议"),
    "undated": ("No date stated", "日期未述及"),
    "map-intro": (
        "Time runs from left to right; every body has a lane. A hollow mark is a plan, a filled one what took "
        "place. An arrow "
        "leads from what gives to what receives, and its line tells how firmly it was promised.",
        "时间自左向右；每个机构占一条泳道。空心为计划，实心为实际。箭头由提供方指向接收方，线型表示承诺的确定程度。",
    ),
    "map-keys": (
        "Keys: Tab and the arrow keys move between meetings, Enter opens the page of one, the space bar follows "
        "its chain, Escape shows all again.",
        "键盘：Tab键和方向键在会议间移动，回车打开其页面，空格键追踪其链条，Esc键恢复全部。",
    ),
    "map-region": ("Map of meetings and what they hand on; scrolls sideways", "会议及其投入的流向图；可横向滚动"),
    "map-table": ("The same as a table", "同一内容的表格"),
    "filter": ("Show", "筛选"),
    "filter-element": ("Topic", "要素"),
    "filter-body": ("Body", "机构"),
    "filter-modality": ("How firm", "承诺程度"),
    "filter-chain": ("Chain of", "追踪链条"),
    "filter-direction": ("Direction", "方向"),
    "both-ways": ("what leads to it and what follows", "上游和下游"),
    "upstream": ("only what leads to it", "仅上游"),
    "downstream": ("only what follows from it", "仅下游"),
    "all": ("all", "全部"),
    "reset": ("Show all", "显示全部"),
    "map-shown": (
        "{inputs} inputs shown, among {meetings} meetings and others",
        "显示{inputs}项投入，涉及{meetings}次会议及其他各方",
    ),
    "from": ("From", "提供方"),
    "to": ("To", "接收方"),
    "element": ("Topic", "要素"),
    "how-firm": ("How firm", "承诺程度"),
    "hands": ("What is handed over", "提交内容"),
    "under": ("Under", "依据"),
    "no-receiver": ("no receiver named", "未指明接收方"),
    "timeline-intro": (
        "Each row is a meeting. Hollow bars are plans, filled ones what took place; a dashed, striped bar spans "
        "the time within "
        "which the dates lie where they are known only in part.",
        "每行为一次会议。空心条为计划，实心条为实际；日期仅部分已知时，以虚线条纹标示其可能的范围。",
    ),
    "in-time": ("In time", "时间"),
    "coverage-intro": (
        "Topics of meetings above, elements of the framework below, meetings across in the order of time. A "
        "hollow ring: a plan "
        "has the meeting deal with it; a filled dot: a meeting that took place did; a ringed dot: both.",
        "上部为会议主题，下部为框架要素，各列为会议，按时间排列。空心圆：计划由该会议处理；实心圆：已举行的会议处理了；同心圆：两者皆是。",
    ),
    "coverage-region": ("Matrix of topics and meetings; scrolls sideways", "要素与会议矩阵；可横向滚动"),
    "coverage-match": ("Match", "对应程度"),
    "coverage-gap": ("Gap", "缺口"),
    "only-gaps": ("Only what has a gap", "仅显示有缺口的"),
    "side-topic": ("Topics of meetings", "会议主题"),
    "side-framework": ("Elements of the framework", "框架要素"),
    "gaps": ("Gaps", "缺口"),
    "count-gap": ("Rows", "项数"),
    "in-plan": ("planned", "计划"),
    "in-fact": ("held", "已举行"),
    "in-both": ("planned and held", "计划并举行"),
    "reservations-intro": (
        "{positions} positions on {items} items, by {holders} holders. Nobody is named: “some Parties” in one "
        "footnote are not "
        "known to be “some Parties” in another, so every one of them is counted apart and has a page of its own.",
        "对{items}个项目的{positions}项立场，持有方{holders}个。均未具名：一处脚注中的“一些缔约方”与另一处的是否相同不得而知，故分别计算，各有页面。",
    ),
    "reservations-region": ("Map of items and positions; scrolls sideways", "项目与立场对照图；可横向滚动"),
    "reservations-none": ("No document reports positions.", "没有文件载有立场。"),
    "item": ("Item", "项目"),
    "move-to": ("to", "移至"),
    "no-positions-table": ("none", "无"),
    "decisions-intro": (
        "Every decision and resolution that the documents cite or rest on, and the meetings that are asked to "
        "do something under it.",
        "文件援引或依据的每项决定和决议，以及据此承担任务的会议。",
    ),
    "decision": ("Decision", "决定"),
    "mandates": ("Meetings asked, and on what", "受权会议及要素"),
    "cited": ("Cited", "援引次数"),
    "no-mandate": ("cited only", "仅被援引"),
    "no-decisions": ("No decisions are known here.", "此处没有已知的决定。"),
    "print": ("Print", "打印"),
    "footer": (
        "Facts read from public documents of the Convention on Biological Diversity, with the place of each. "
        "Data: CC BY 4.0.",
        "事实取自《生物多样性公约》公开文件，并注明出处。数据许可：CC BY 4.0。",
    ),
    "choose": ("Read in English", "阅读中文版"),
    "not-named": ("no date", "无日期"),
}

PLAIN = {
    "modality": "how-firm",
    "skos:inScheme": "list-of",
    "skos:notation": "code",
    "dcterms:language": "language",
    "dcterms:creator": "author",
}
"""Names of properties -> the words that the pages say instead."""

FAMILIES: dict[str, tuple[str, str]] = {
    "F": ("What feeds what", "谁向谁提供投入"),
    "M": ("Mandates: who was asked, by which decision", "任务授权：依据哪项决定"),
    "P": ("Plan and fact", "计划与实际"),
    "S": ("Will it arrive in time, and what follows if a meeting moves", "能否及时，以及会议变动的后果"),
    "C": ("Who is asked to do what by when", "谁须在何时之前做什么"),
    "B": ("Bodies and people", "机构和人员"),
    "E": ("Topics: coverage and gaps", "要素：覆盖与缺口"),
    "N": ("Positions and reservations", "立场和保留意见"),
    "W": ("Consultations, webinars, partners", "磋商、网络研讨会、合作伙伴"),
    "G": ("Publications", "出版物"),
    "X": ("Documents and sources", "文件和出处"),
    "L": ("Names and codes", "名称和编号"),
}
"""Questions by the letter of their ids, in the order of the start page."""


def word(key: str, language: str, **values: object) -> str:
    """The words for a key in a language, with values filled in."""
    found = _WORDS[key][LANGUAGES.index(language)]
    return found.format(**values) if values else found


def span(text: str, language: str) -> str | None:
    """A number of days before or after something, in words; None for a text that is no such span (xsd:duration)."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    days, after = int(found["days"] or 0), found["days"] and int(found["days"]) and not found["sign"]
    if language == "zh":
        return f"{'之后' if after else '提前'}{days}天"
    return f"{days} day{'' if days == 1 else 's'} {'after' if after else 'before'}"


def kind_name(kind: str, language: str) -> str:
    """What the list of a kind of things is called."""
    return word(f"kind-{kind}", language) if f"kind-{kind}" in _WORDS else kind.replace("-", " ").capitalize()


def family(letter: str) -> tuple[str, str]:
    """What a group of questions is about, in both languages; the letter itself where that is not known."""
    return FAMILIES.get(letter, (letter, letter))


def has_chinese(text: str) -> bool:
    """Whether any ideograph is in the text."""
    return _CHINESE.search(text) is not None
