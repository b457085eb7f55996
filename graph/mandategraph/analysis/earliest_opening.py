"""The earliest day on which a meeting can open, given when its inputs close."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mandategraph.analysis import tables
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.analysis.times import HELD, Calendar, MeetingDates, later
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import gettext, same

SIX_WEEKS = 42
"""Days before the opening by which documents are due: paragraph 4 of CBD/WG2020/REC/1/1, for WG2020-2."""

_COLUMNS = (
    column("rule", gettext("Rule")),
    column("earliest", gettext("Earliest opening")),
    column("planned", gettext("Opening as stated so far")),
    column("governed_by", gettext("Governed by"), coded=True),
    column("closes", gettext("Which closes")),
    column("unsure", gettext("Inputs without a known or held date"), coded=True),
    column("source", gettext("Source")),
    column("dates_source", gettext("Dates from")),
)
_NOTE = gettext(
    "The day after the last of its inputs closes; with time for documents, so many days after that "
    "closing. Inputs count with the dates held where a document gives them, else with those planned. "
    "Where a closing day is known within bounds, the last day is taken. Inputs of unknown date may put "
    "it off further."
)
_RULES = {
    0: Cell("no-time-for-documents", gettext("the day after the last input closes")),
    SIX_WEEKS: Cell("six-weeks-for-documents", gettext("six weeks for the documents")),
}


def earliest_opening(network: Network, meeting: str, before: Sequence[int] = (0, SIX_WEEKS)) -> Answer:
    """The earliest opening of a meeting, one row for each number of days that documents must be there before it."""
    calendar = Calendar(network, HELD)
    feeds = [feed for feed in network.meeting_feeds() if feed.receiver == meeting]
    inputs = sorted({feed.giver for feed in feeds}, key=network.code)
    spans = {giver: calendar.span(giver) for giver in inputs}
    closings = {giver: span.closing.latest for giver, span in spans.items() if span.closing.latest}
    code = network.code(meeting)
    question = gettext("What is the earliest day on which {code} can open, given the dates of its inputs?", code=code)
    rows: list[Row] = []
    if closings:
        last = max(closings.values())
        governing = [giver for giver in inputs if closings.get(giver) == last]
        sources = tables.some(cell for feed in feeds if feed.giver in governing for cell in feed.sources)
        rows = [
            _row(network, calendar.span(meeting), spans, governing, last, days, sources)
            for days in dict.fromkeys(before)
        ]
    return tables.answer(
        "schedule",
        question,
        _NOTE,
        _COLUMNS,
        rows,
        params={"meeting": [code], "earliest": ["yes"]},
    )


def _row(
    network: Network,
    own: MeetingDates,
    spans: dict[str, MeetingDates],
    governing: list[str],
    last: date,
    days: int,
    sources: tuple[Cell, ...],
) -> Row:
    opens = str(later(last, max(days, 1)))
    rule = _RULES.get(days) or Cell(f"{days}d", gettext("{days} days for the documents", days=days))
    unsure = (giver for giver, span in spans.items() if span.phase != "held" or not span.closing.latest)
    return (
        one(rule),
        one(Cell(opens, same(opens))),
        one(tables.day_cell(own.opening, own)),
        tables.some(network.cell(giver) for giver in governing),
        tables.some(tables.day_cell(spans[giver].closing, spans[giver]) for giver in governing),
        tables.some(network.cell(giver) for giver in unsure),
        sources,
        tables.statement_sources(*(spans[giver] for giver in governing), own),
    )
