"""Deadlines, and what day a rule comes to by each schedule of the meeting it counts from."""

from __future__ import annotations

from mandategraph.analysis import tables
from mandategraph.analysis.facts import Due
from mandategraph.analysis.impact import moved_span
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import column, one
from mandategraph.analysis.times import HELD, PLAN, Bounds, Calendar, MeetingDates
from mandategraph.answers.answer import Answer, Cell, Row
from mandategraph.rdf import namespaces

_COLUMNS = (
    column("set_by", "Set by", "依据条款"),
    column("anchor", "Counted from", "起算会议", coded=True),
    column("rule", "Rule", "规则"),
    column("planned", "By the plan", "按计划"),
    column("held", "By the dates held", "按实际日期"),
    column("moved", "If it moves so", "按所设变动"),
    column("shift", "Moves by", "移动天数"),
    column("source", "Source", "出处"),
    column("dates_source", "Dates from", "日期出处"),
)
_NOTE = {
    "en": "A fixed day stays. A rule counts its days from the opening or closing of the meeting, so the day moves with "
    "it; by the plan, and by the dates held where a document gives them.",
    "zh": "固定日期不变。规则从会议开幕或闭幕起算，日期随会议移动；分别按计划和按文件所载实际日期计算。",
}
_POINTS = {"opening": ("the opening", "开幕"), "closing": ("the closing", "闭幕")}
_FIXED = Cell("fixed", "a fixed day", "固定日期")


def deadlines(network: Network, meeting: str | None = None, change: str | None = None) -> Answer:
    """Every deadline with its day by the plan and by the dates held; with ``change`` also if the meeting moves so.

    ``meeting`` limits to deadlines that count from it. Raises UsageError for a change that cannot be read.
    """
    found = [due for due in network.deadlines if meeting in (None, due.anchor)]
    code = network.code(meeting) if meeting else ""
    question = {
        "en": f"Which deadlines are there{f' that count from {code}' if code else ''}, and what day do they come to?",
        "zh": f"有哪些{f'从{code}起算的' if code else ''}期限？各为哪一天？",
    }
    params = {"meeting": [code] if code else [], "change": [change] if change else []}
    rows = [_row(network, due, change) for due in found]
    return tables.answer("deadlines", question, _NOTE, _COLUMNS, rows, params=params)


def _row(network: Network, due: Due, change: str | None) -> Row:
    plan, real = (
        Calendar(network, phases).span(due.anchor) if due.anchor else MeetingDates() for phases in (PLAN, HELD)
    )
    if real.phase == "planned":  # nothing that was held is told of
        real = MeetingDates()
    then = moved_span(plan, change) if change and due.anchor else MeetingDates()
    days = [_day(due, span) for span in (plan, real, then)]
    return (
        _setters(network, due),
        one(network.cell(due.anchor)),
        one(_rule(due)),
        one(tables.day_cell(days[0], plan)),
        one(tables.day_cell(days[1], real) if days[1].known else Cell()),
        one(tables.day_cell(days[2], then) if change and due.anchor else Cell()),
        one(_shift(days[0], days[2] if change else days[1])),
        tables.some(due.sources),
        tables.statement_sources(plan, real),
    )


def _day(due: Due, span: MeetingDates) -> Bounds:
    """The day of a deadline when its meeting is at this time."""
    if due.anchor is None or due.on is not None:
        return Bounds(due.on, due.on)
    point = span.closing if due.point == "closing" else span.opening
    return point.shifted(due.days or 0)


def _shift(before: Bounds, after: Bounds) -> Cell:
    if before.earliest is None or after.earliest is None or before.earliest != before.latest:
        return Cell()
    if after.earliest != after.latest:
        return Cell()
    days = (after.earliest - before.earliest).days
    return tables.duration_cell(days)


def _rule(due: Due) -> Cell:
    if due.anchor is None:
        return _FIXED
    english, chinese = _POINTS.get(due.point, ("the opening", "开幕"))
    days = due.days or 0
    if not days:
        return Cell("P0D", f"before {english}", f"{chinese}之前")
    side, side_zh = ("before", "前") if days < 0 else ("after", "后")
    return Cell(
        f"{'-' * (days < 0)}P{abs(days)}D", f"{abs(days)} days {side} {english}", f"{chinese}{side_zh}{abs(days)}天"
    )


def _setters(network: Network, due: Due) -> tuple[Cell, ...]:
    return tables.some(Cell(namespaces.compact(thing)) for thing in due.things)
