"""What became of one meeting, statement by statement: first plan, later plans, what took place."""

from __future__ import annotations

from mandategraph.analysis import tables
from mandategraph.analysis.changes import Change, changes, sentence, when
from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import gettext, ngettext
from mandategraph.rdf import namespaces

_PHASES = ("planned", "under-way", "held")
_SAME = frozenset({"same", "as-planned", "held", "under-way", "settled", "dated", "silent"})
"""Kinds that are no rescheduling: nothing else was said before, or only what was open was settled."""
_REPLACED = Change("replaced", gettext("this came in its place"))
_COLUMNS = (
    column("step", gettext("Step")),
    column("meeting", gettext("Meeting or session"), coded=True),
    column("phase", gettext("Planned or held")),
    column("dates", gettext("Dates")),
    column("place", gettext("Place")),
    column("mode", gettext("Mode")),
    column("change", gettext("Change from the step before")),
    column("source", gettext("Source")),
)
_NOTE = gettext(
    "Every statement of the documents, the document known first in front, plans before what took place. "
    "Changed {times} by these statements, where settling what was open is no change; what happened "
    "between two documents and no document tells is not known."
)


def history(network: Network, meeting: str) -> Answer:
    """All schedule statements of a meeting and its sessions, each with what changed since the one before.

    Sessions are told as steps of their own and are not compared with the whole meeting; what a text says came in the
    place of the meeting is a step as well.
    """
    instead = network.replaced.get(meeting, ())
    parts = [meeting, *network.sessions.get(meeting, ()), *instead]
    statements = [statement for part in parts for statement in network.schedules.get(part, ())]
    places = {document: number for number, document in enumerate(_in_order(network, statements))}
    statements.sort(key=lambda told: (places[told.document], _PHASES.index(told.phase), _first(told), told.iri))
    rows: list[Row] = []
    changed = 0
    before: Schedule | None = None
    for number, told in enumerate(statements, 1):
        found = changes(network, before, told) if before and told.meeting == meeting else []
        if told.meeting in instead:
            found = [_REPLACED]
        changed += any(change.kind not in _SAME for change in found)
        rows.append(_row(network, number, told, found))
        before = told if told.meeting == meeting else before
    code = network.code(meeting)
    note = _NOTE.format(times=ngettext("once", "{count} times", changed))
    question = gettext("What became of {code}, step by step?", code=code)
    return tables.answer("history", question, note, _COLUMNS, rows, params={"meeting": [code]})


def _in_order(network: Network, statements: list[Schedule]) -> list[str]:
    """The documents, known first in front; those of unknown date last."""
    known = {told.document: told.known for told in statements}
    return sorted(known, key=lambda document: (known[document] is None, str(known[document]), document))


def _first(told: Schedule) -> str:
    return str(told.start or told.earliest or "9")


def _row(network: Network, number: int, told: Schedule, found: list[Change]) -> Row:
    return (
        one(Cell(str(number))),
        one(network.cell(told.meeting)),
        one(network.cell(namespaces.VALUES + told.phase)),
        one(tables.words_cell(when(told)) if when(told) else Cell(None, gettext("not stated"))),
        tables.some(network.cell(place) for place in told.places),
        one(network.cell(namespaces.VALUES + told.mode)),
        one(_change(found)),
        tables.some(told.sources),
    )


def _change(found: list[Change]) -> Cell:
    if not found:
        return Cell()
    return Cell("; ".join(change.kind for change in found), sentence(found))
