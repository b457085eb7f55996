"""Deadlines, and what day a rule comes to by each schedule of the meeting it counts from."""

from __future__ import annotations

from mandategraph.analysis import tables
from mandategraph.analysis.facts import Due
from mandategraph.analysis.impact import moved_span
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.analysis.times import HELD, PLAN, Bounds, Calendar, MeetingDates
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import gettext, ngettext
from mandategraph.rdf import namespaces

_COLUMNS = (
    column("set_by", gettext("Set by")),
    column("anchor", gettext("Counted from"), coded=True),
    column("rule", gettext("Rule")),
    column("planned", gettext("By the plan")),
    column("held", gettext("By the dates held")),
    column("moved", gettext("If it moves so")),
    column("shift", gettext("Moves by")),
    column("source", gettext("Source")),
    column("dates_source", gettext("Dates from")),
)
_NOTE = gettext(
    "A fixed day stays. A rule counts its days from the opening or closing of the meeting, so the day "
    "moves with it; by the plan, and by the dates held where a document gives them."
)
_POINTS = {"opening": gettext("the opening"), "closing": gettext("the closing")}
_FIXED = Cell("fixed", gettext("a fixed day"))


def deadlines(network: Network, meeting: str | None = None, change: str | None = None) -> Answer:
    """Every deadline with its day by the plan and by the dates held; with ``change`` also if the meeting moves so.

    ``meeting`` limits to deadlines that count from it. Raises UsageError for a change that cannot be read.
    """
    found = [due for due in network.deadlines if meeting in (None, due.anchor)]
    code = network.code(meeting) if meeting else ""
    question = gettext("Which deadlines are there, and what day do they come to?")
    if code:
        question = gettext(
            "Which deadlines are there that count from {meeting}, and what day do they come to?", meeting=code
        )
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
    point = _POINTS.get(due.point, _POINTS["opening"])
    days = due.days or 0
    if not days:
        return Cell("P0D", gettext("before {point}", point=point))
    if days < 0:
        return Cell(
            f"-P{-days}D", ngettext("{count} day before {point}", "{count} days before {point}", -days, point=point)
        )
    return Cell(f"P{days}D", ngettext("{count} day after {point}", "{count} days after {point}", days, point=point))


def _setters(network: Network, due: Due) -> tuple[Cell, ...]:
    return tables.some(Cell(namespaces.compact(thing)) for thing in due.things)
