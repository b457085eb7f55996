"""What became of one meeting, statement by statement: first plan, later plans, what took place."""

from __future__ import annotations

from mandategraph.analysis import tables
from mandategraph.analysis.changes import Change, changes, sentence, when
from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import column, one
from mandategraph.answers.answer import Answer, Cell, Row
from mandategraph.rdf import namespaces

_PHASES = ("planned", "under-way", "held")
_SAME = frozenset({"same", "as-planned", "held", "under-way", "settled", "dated", "silent"})
"""Kinds that are no rescheduling: nothing else was said before, or only what was open was settled."""
_REPLACED = Change("replaced", "this came in its place", "由此取代")
_COLUMNS = (
    column("step", "Step", "步骤"),
    column("meeting", "Meeting or session", "会议或部分", coded=True),
    column("phase", "Planned or held", "计划或实际"),
    column("dates", "Dates", "日期"),
    column("place", "Place", "地点"),
    column("mode", "Mode", "形式"),
    column("change", "Change from the step before", "与上一步相比"),
    column("source", "Source", "出处"),
)
_NOTE = {
    "en": "Every statement of the documents, the document known first in front, plans before what took place. Changed "
    "{count} by these statements, where settling what was open is no change; what happened between two documents and "
    "no document tells is not known.",
    "zh": "列出文件中的每项陈述，先知悉的文件在前，计划在实际之前。按这些陈述共变更{count_zh}次，确定原先待定事项者不计；"
    "文件未载明的变动不得而知。",
}


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
    note = {
        "en": _NOTE["en"].format(count="once" if changed == 1 else f"{changed} times"),
        "zh": _NOTE["zh"].format(count_zh=changed),
    }
    question = {"en": f"What became of {code}, step by step?", "zh": f"{code}的日程如何一步步演变？"}
    return tables.answer("history", question, note, _COLUMNS, rows, params={"meeting": [code]})


def _in_order(network: Network, statements: list[Schedule]) -> list[str]:
    """The documents, known first in front; those of unknown date last."""
    known = {told.document: told.known for told in statements}
    return sorted(known, key=lambda document: (known[document] is None, str(known[document]), document))


def _first(told: Schedule) -> str:
    return str(told.start or told.earliest or "9")


def _row(network: Network, number: int, told: Schedule, found: list[Change]) -> Row:
    days = when(told)
    return (
        one(Cell(str(number))),
        one(network.cell(told.meeting)),
        one(network.cell(namespaces.VALUES + told.phase)),
        one(Cell(days["en"] or None, days["en"], days["zh"]) if days["en"] else Cell(None, "not stated", "未述及")),
        tables.some(network.cell(place) for place in told.places),
        one(network.cell(namespaces.VALUES + told.mode)),
        one(_change(found)),
        tables.some(told.sources),
    )


def _change(found: list[Change]) -> Cell:
    if not found:
        return Cell()
    return Cell("; ".join(change.kind for change in found), sentence(found, "en"), sentence(found, "zh"))
