"""What statements have that no single field of their record says: the hooks of `Computed` fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from mandategraph.emit.register import decision_number
from mandategraph.model.event_records import TreatmentRecord
from mandategraph.model.evidence import Evidence
from mandategraph.model.paragraph_records import (
    CitedPartRecord,
    ClauseRecord,
    DeadlineRecord,
    FrameworkElementRecord,
    PositionRecord,
)
from mandategraph.model.records import ContributionRecord, MandateRecord, PartRecord, RepairRecord
from mandategraph.model.references import Ref
from mandategraph.rdf.quads import concept, text
from mandategraph.rdf.terms import XSD

if TYPE_CHECKING:
    from mandategraph.emit.statements import DocumentGraph

Hook = Callable[["DocumentGraph", ox.NamedNode, Any, int], None]


def _order(graph: DocumentGraph, node: ox.NamedNode, _: PartRecord, number: int) -> None:
    graph.graph.add(node, documentOrder=number)


def _modified(graph: DocumentGraph, node: ox.NamedNode, record: PartRecord, _: int) -> None:
    if record.updated:
        graph.graph.add(node, dcterms__modified=date.fromisoformat(record.updated[:10]))


def _repaired(graph: DocumentGraph, node: ox.NamedNode, record: RepairRecord, _: int) -> None:
    graph.graph.add(node, hasEvidence=graph.evidence.of((Evidence(record.place, record.line),)))


def _path(graph: DocumentGraph, node: ox.NamedNode, record: CitedPartRecord, _: int) -> None:
    graph.graph.add(node, path=record.ref.rpartition("/")[2])


def _deliverable(graph: DocumentGraph, node: ox.NamedNode, record: ContributionRecord, _: int) -> None:
    """One thing for what a row hands to several meetings."""
    owner = record.row if record.voice == "giver" and record.row else record.id
    handed = graph.node("deliverable", f"{owner}.{record.deliverable}")
    kind = "unnamed-deliverable" if record.deliverable == "unnamed" else record.deliverable
    written = text(record.deliverable_as_written, graph.language) if record.deliverable_as_written else None
    graph.graph.type(handed, "Deliverable")
    graph.graph.add(handed, deliverableKind=concept(kind), asWritten=written)
    graph.graph.add(node, delivers=handed)


def _authority(graph: DocumentGraph, node: ox.NamedNode, record: MandateRecord, _: int) -> None:
    """The authority in words: the decision, or the meetings that made the request."""
    if "A/RES/" in record.decision:
        number = record.decision.rpartition("A/RES/")[2]
        en, zh = f"General Assembly resolution {number}", f"联合国大会第{number}号决议"
    elif record.decision:
        number = decision_number(record.decision)
        en, zh = f"decision {number}", f"第{number}号决定"
    else:
        codes = [Ref(ref).code for ref in record.requested_by]
        en, zh = f"request of {' and '.join(codes)}", f"{'和'.join(codes)}的请求"
    graph.graph.add(node, rdfs__label=(text(en, "en"), text(zh, "zh")))


def _main_verb(graph: DocumentGraph, node: ox.NamedNode, record: ClauseRecord, _: int) -> None:
    graph.graph.add(node, mainVerb=concept(record.verbs[0]))


def _offset(graph: DocumentGraph, node: ox.NamedNode, record: DeadlineRecord, _: int) -> None:
    if record.anchor:
        sign = "-" if record.days < 0 else ""
        duration = ox.NamedNode(XSD + "dayTimeDuration")
        graph.graph.add(node, offsetFromAnchor=ox.Literal(f"{sign}P{abs(record.days)}D", datatype=duration))


def _broader(graph: DocumentGraph, _: ox.NamedNode, record: FrameworkElementRecord, __: int) -> None:
    if record.broader:
        graph.graph.add(graph.thing(record.id), skos__broader=graph.thing(record.broader))


def _footnote(graph: DocumentGraph, node: ox.NamedNode, record: PositionRecord, _: int) -> None:
    graph.graph.add(node, inFootnote=graph.node("part", record.id.partition(".")[0]))


COMPUTED: dict[tuple[type, str], Hook] = {
    (PartRecord, "path"): _order,
    (PartRecord, "updated"): _modified,
    (RepairRecord, "place"): _repaired,
    (CitedPartRecord, "ref"): _path,
    (ContributionRecord, "deliverable"): _deliverable,
    (MandateRecord, "decision"): _authority,
    (ClauseRecord, "verbs"): _main_verb,
    (DeadlineRecord, "days"): _offset,
    (FrameworkElementRecord, "broader"): _broader,
    (PositionRecord, "id"): _footnote,
}
"""By record class and field."""


def emit_subjects(graph: DocumentGraph) -> None:
    """Subjects of rows that neither rest on a mandate nor hand anything over: the meeting of the row has them."""
    extraction = graph.extraction
    told = {mandate.row for mandate in extraction.mandates} | {one.row for one in extraction.contributions}
    meetings = {record.row: record.meeting for record in extraction.schedules if record.row}
    for number, element in enumerate(extraction.elements, 1):
        if element.id in meetings and element.id not in told:
            treated = TreatmentRecord(
                element.id, meetings[element.id], element.element, element.as_written, element.evidence
            )
            graph.state(treated, number)
