"""Does each input reach its meeting in time? And what did the dates that came about do to the plan?"""

from __future__ import annotations

from mandategraph.analysis import tables
from mandategraph.analysis.facts import Feed
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import column, one
from mandategraph.analysis.times import HELD, PLAN, Calendar, Margin, margin
from mandategraph.answers.answer import Answer, Cell, Row

_COLUMNS = (
    column("giver", "Input from", "投入来自", coded=True),
    column("receiver", "To", "提交至", coded=True),
    column("closes", "Input closes", "投入会议闭幕"),
    column("due", "Due", "应提交日"),
    column("margin", "Margin", "余量"),
    column("verdict", "In time?", "是否及时"),
    column("certainty", "Certainty", "确定程度"),
    column("element", "Subject", "要素"),
    column("modality", "Will or may", "将或可"),
    column("source", "Source", "出处"),
    column("dates_source", "Dates from", "日期出处"),
)
_VERDICT = 5
_SLIP = (
    *_COLUMNS[:2],
    column("planned_margin", "Margin in the plan", "计划余量"),
    column("margin", "Margin with the dates held", "按实际日期的余量"),
    column("basis_of_dates", "Dates used", "所用日期"),
    column("effect", "Effect", "影响"),
    *_COLUMNS[7:],
)
_NAMES = {"planned": "plan", "held": "held"}
_EFFECTS = {
    "kept": Cell("kept", "still in time", "仍及时"),
    "broken": Cell("broken", "no longer in time", "不再及时"),
    "mended": Cell("mended", "now in time", "现已及时"),
    "late": Cell("late", "too late before and after", "前后均过迟"),
    "unsure": Cell("unsure", "known only in part", "仅部分已知"),
    "unknown": Cell("unknown", "unknown: a date is not stated", "未知：日期未述及"),
}
_RULE = {
    "en": "Margin: days from the last day of the input to the first day of the meeting that receives it{before}. Rows "
    "that name no receiving meeting have none and are left out. Partial dates give a smallest and a largest margin.",
    "zh": "余量：自投入会议最后一日至接收会议第一日{before}的天数。未指明接收会议的行不在其列。日期不完整时给出最小和最大余量。",
}
_BEFORE = {
    "en": ", less the {days} days before it by which documents must be there (the rule of paragraph 4 for the second "
    "meeting of the working group)",
    "zh": "（再减去文件须提前到位的{days}天，即第4段就工作组第二次会议所定规则）",
}
_SLIP_NOTE = {
    "en": "The feeds are those of the plan. Dates are those held where a document gives them, else those planned; a "
    "meeting not reported as held keeps its planned dates.",
    "zh": "投入关系取自计划。文件载有实际日期的用实际日期，否则用计划日期；未报告举行的会议保留计划日期。",
}


def timeliness(
    network: Network, meeting: str | None = None, before: int = 0, held: bool = False, late: bool = False
) -> Answer:
    """For each pair of meetings: when the input closes, when it is due, the margin in days and the verdict.

    ``meeting`` limits to what one meeting receives; ``before`` is how many days before the opening documents are due;
    ``held`` takes the dates held where there are such; ``late`` leaves out what is in time for sure.
    Rule of ``before``: paragraph 4 of CBD/WG2020/REC/1/1.
    """
    calendar = Calendar(network, HELD if held else PLAN)
    feeds = _chosen(network, calendar, meeting)
    found = [_row(network, calendar, feed, before) for feed in feeds]
    rows = [row for row in found if not late or row[_VERDICT][0].value != "in-time"]
    code = network.code(meeting) if meeting else ""
    params = {
        "meeting": [code] if code else [],
        "before": [f"{before}d"] if before else [],
        "dates": ["held"] if held else [],
        "late": ["yes"] if late else [],
    }
    return tables.answer(
        "schedule", _question(code, before, held, late), _note(before), _COLUMNS, rows, params=params,
        key=("giver", "receiver"), empty="no" if found else "not-stated",
    )  # fmt: skip


def slip(network: Network, meeting: str | None = None) -> Answer:
    """For each planned feed: its margin by the plan and by the dates that came about, and the effect."""
    plan, real = Calendar(network, PLAN), Calendar(network, HELD)
    rows = (_slip_row(network, plan, real, feed) for feed in _chosen(network, plan, meeting))
    code = network.code(meeting) if meeting else ""
    question = {
        "en": f"What did the dates that came about do to the planned inputs{f' of {code}' if code else ''}?",
        "zh": f"实际日期对{code or '各次会议'}的计划投入有何影响？",
    }
    params = {"meeting": [code] if code else [], "slip": ["yes"]}
    return tables.answer("schedule", question, _SLIP_NOTE, _SLIP, rows, params=params, key=("giver", "receiver"))


def _chosen(network: Network, calendar: Calendar, meeting: str | None) -> list[Feed]:
    """The feeds between meetings, in the order of the calendar."""
    feeds = [feed for feed in network.meeting_feeds() if meeting in (None, feed.receiver)]

    def order(feed: Feed) -> tuple[str, str, str, str]:
        receiver, giver = calendar.span(feed.receiver), calendar.span(feed.giver)
        return (receiver.opening.text() or "9", feed.receiver, giver.closing.text() or "9", feed.giver)

    return sorted(feeds, key=order)


def _row(network: Network, calendar: Calendar, feed: Feed, before: int) -> Row:
    giver, receiver = calendar.span(feed.giver), calendar.span(feed.receiver)
    due = receiver.opening.shifted(-before)
    found = margin(giver.closing, due)
    return (
        one(network.cell(feed.giver)),
        one(network.cell(feed.receiver)),
        one(tables.day_cell(giver.closing, giver)),
        one(tables.day_cell(due, receiver)),
        one(tables.margin_cell(found)),
        one(tables.VERDICTS[found.verdict]),
        one(tables.certainty_cell(found, giver, receiver)),
        *_tail(network, feed),
        tables.statement_sources(giver, receiver),
    )


def _tail(network: Network, feed: Feed) -> tuple[tuple[Cell, ...], ...]:
    return (one(network.cell(feed.element)), one(network.cell(feed.modality)), tables.some(feed.sources))


def _slip_row(network: Network, plan: Calendar, real: Calendar, feed: Feed) -> Row:
    spans = (real.span(feed.giver), real.span(feed.receiver))
    planned = margin(plan.span(feed.giver).closing, plan.span(feed.receiver).opening)
    found = margin(spans[0].closing, spans[1].opening)
    used = [_NAMES.get(span.phase, span.phase) or "not stated" for span in spans]
    chinese = [{"plan": "计划", "held": "实际", "under-way": "进行中"}.get(name, "未述及") for name in used]
    return (
        one(network.cell(feed.giver)),
        one(network.cell(feed.receiver)),
        one(tables.margin_cell(planned)),
        one(tables.margin_cell(found)),
        one(Cell("/".join(used), " to ".join(used), "至".join(chinese))),
        one(_EFFECTS[_effect(planned, found)]),
        *_tail(network, feed),
        tables.statement_sources(*spans),
    )


def _effect(planned: Margin, found: Margin) -> str:
    if found.verdict in ("unknown", "maybe"):
        return "unknown" if found.verdict == "unknown" else "unsure"
    if found.verdict == "late":
        return "late" if planned.verdict == "late" else "broken"
    return "mended" if planned.verdict == "late" else "kept"


def _question(code: str, before: int, held: bool, late: bool) -> dict[str, str]:
    basis, basis_zh = ("by the dates held", "按实际日期") if held else ("under the plan", "按计划")
    when = f"{before} days before it opens" if before else "in time"
    when_zh = f"在其开幕{before}天前" if before else "及时"
    if late:
        return {
            "en": f"Which inputs may not reach {code or 'their meeting'} {when}, {basis}?",
            "zh": f"{basis_zh}，哪些投入可能不能{when_zh}送达{code or '接收会议'}？",
        }
    return {
        "en": f"Does each input reach {code or 'its meeting'} {when} {basis}, and with what margin?",
        "zh": f"{basis_zh}，每项投入能否{when_zh}送达{code or '接收会议'}？余量多少？",
    }


def _note(before: int) -> dict[str, str]:
    said = {language: text.format(days=before) if before else "" for language, text in _BEFORE.items()}
    return {language: text.format(before=said[language]) for language, text in _RULE.items()}
