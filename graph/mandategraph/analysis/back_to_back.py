"""Was the back-to-back promise kept: how far a type 3 consultation lies from the main meeting that it adjoins."""

from __future__ import annotations

from mandategraph.analysis import tables
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.analysis.times import Calendar, MeetingDates
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import gettext

BACK_TO_BACK = "type-3"
MAIN = "type-1"
NEAR = 3
"""Days between the end of one meeting and the start of the other, at most: a weekend lies between."""

_COLUMNS = (
    column("consultation", gettext("Consultation"), coded=True),
    column("phase", gettext("Planned or held")),
    column("dates", gettext("Dates")),
    column("place", gettext("Place")),
    column("main", gettext("Main meeting"), coded=True),
    column("main_dates", gettext("Its dates")),
    column("gap", gettext("Days apart")),
    column("same_place", gettext("Same place")),
    column("kept", gettext("Back to back")),
    column("source", gettext("Source")),
    column("dates_source", gettext("Dates from")),
)
_NOTE = gettext(
    "Type 3 consultations are to be held back to back with a main meeting (footnote 28 of "
    "CBD/WG2020/REC/1/1). The main meeting is the type 1 meeting nearest in time. Days apart: from the "
    "last day of the one to the first day of the other, so 1 is the very next day. Taken as back to "
    "back: the same place and at most 3 days apart, so that a weekend may lie between; this bound is our "
    "reading."
)
_YES = Cell("yes", gettext("yes"))
_NO = Cell("no", gettext("no"))
_UNKNOWN = Cell("unknown", gettext("not known"))
_NOT_STATED = Cell("not-stated", gettext("not stated: no document of that time tells"))
_NOT_COVERED = Cell("not-covered", gettext("not covered: no document tells of that time"))


def back_to_back(network: Network) -> Answer:
    """For each consultation of type 3, as planned and as held: the main meeting it adjoins and the days between."""
    found = sorted((meeting for meeting, kinds in network.kinds.items() if BACK_TO_BACK in kinds), key=network.code)
    rows = [row for meeting in found for phase in ("planned", "held") for row in [_row(network, meeting, phase)]]
    question = gettext("Were the consultations that were to be back to back with a main meeting held so?")
    params = {"back-to-back": ["yes"]}
    return tables.answer("schedule", question, _NOTE, _COLUMNS, rows, params=params, basis="interpretation")


def days_apart(one_span: MeetingDates, other: MeetingDates) -> int | None:
    """Days from the end of the earlier meeting to the start of the later; 0 when they overlap; None when not known."""
    first, last = one_span.opening.earliest, one_span.closing.latest
    start, end = other.opening.earliest, other.closing.latest
    if first is None or last is None or start is None or end is None:
        return None
    return max((start - last).days, (first - end).days, 0)


def _row(network: Network, meeting: str, phase: str) -> Row:
    calendar = Calendar(network, (phase,))
    span = calendar.span(meeting)
    main, gap = _nearest(network, calendar, span)
    other = calendar.span(main) if main else MeetingDates()
    same = _same_place(span, other)
    return (
        one(network.cell(meeting)),
        one(_phase(network, phase)),
        one(tables.span_cell(span)),
        _places(network, span),
        one(network.cell(main)),
        one(tables.span_cell(other) if main else Cell()),
        one(Cell() if gap is None else tables.duration_cell(gap)),
        one(same),
        one(_kept(gap, same) if span.statements or phase == "planned" else _silence(network, meeting)),
        tables.some(network.kind_sources.get((meeting, BACK_TO_BACK), ())),
        tables.statement_sources(span, other),
    )


def _nearest(network: Network, calendar: Calendar, span: MeetingDates) -> tuple[str | None, int | None]:
    """The main meeting nearest in time; of equally near ones the one at the same place, then the earlier."""
    found = []
    for main in sorted(meeting for meeting, kinds in network.kinds.items() if MAIN in kinds):
        other = calendar.span(main)
        gap = days_apart(span, other)
        if gap is not None:
            elsewhere = _same_place(span, other) is not _YES
            found.append((gap, elsewhere, other.opening.text() or "", main))
    if not found:
        return None, None
    gap, _, _, main = min(found)
    return main, gap


def _same_place(span: MeetingDates, other: MeetingDates) -> Cell:
    here, there = _at(span), _at(other)
    if not here or not there:
        return _UNKNOWN
    return _YES if here & there else _NO


def _at(span: MeetingDates) -> set[str]:
    return {place for statement in span.statements for place in statement.places}


def _kept(gap: int | None, same: Cell) -> Cell:
    if gap is None or same is _UNKNOWN:
        return _UNKNOWN
    return _YES if gap <= NEAR and same is _YES else _NO


def _silence(network: Network, meeting: str) -> Cell:
    """Why nothing is known: a document in whose time the plan falls is silent, or none covers that time."""
    plans = network.schedules.get(meeting, ())
    planning = {plan.document for plan in plans}
    periods = [period for document, period in network.covered.items() if document not in planning]
    inside = any(
        first <= (plan.latest or plan.earliest) and plan.earliest <= last
        for plan in plans
        for first, last in periods
        if plan.earliest is not None
    )
    return _NOT_STATED if inside else _NOT_COVERED


def _places(network: Network, span: MeetingDates) -> tuple[Cell, ...]:
    return tables.some(network.cell(place) for place in sorted(_at(span)))


def _phase(network: Network, phase: str) -> Cell:
    from mandategraph.rdf import namespaces

    return network.cell(namespaces.VALUES + phase)
