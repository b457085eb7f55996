"""Statements on events and on what was done with documents: subjects, references, changes, publications, remarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from mandategraph.emit.quads import address, concept, text
from mandategraph.model.records import (
    Extraction,
    PreparationRecord,
    PublicationRecord,
    ReferenceRecord,
    RemarkRecord,
    RequirementRecord,
    StatedChangeRecord,
    TreatmentRecord,
)

if TYPE_CHECKING:
    from mandategraph.emit.document import DocumentGraph

_KINDS = ("meeting", "body", "office", "party", "organization", "group", "document", "place", "element", "agenda-item")


def emit_events(graph: DocumentGraph) -> None:
    """State every record of an event in the graph of its document."""
    for section, emit in _EMITTERS.items():
        for record in getattr(graph.extraction, section):
            emit(graph, record)


def event_refs(extraction: Extraction) -> list[str]:
    """Every thing that the records of events speak of."""
    found = [ref for section in _EMITTERS for record in getattr(extraction, section) for ref in _refs(record)]
    found += [meeting.part_of for meeting in extraction.meetings]
    found += [ref for schedule in extraction.schedules for ref in schedule.until]
    return found + [ref for one in extraction.contributions for ref in (*one.handed_by, one.received_by, one.item)]


def _refs(record: Any) -> list[str]:
    found = []
    for item in fields(record):
        value = getattr(record, item.name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str) and one.partition(":")[0] in _KINDS:
                found.append(one)
    return found


def _treatment(graph: DocumentGraph, record: TreatmentRecord) -> None:
    node = graph.statement("treatment", record.id, "Treatment", record.evidence, record.basis, record.note)
    subject = graph.thing(record.subject)
    of_agenda = record.subject.startswith("agenda-item:")
    graph.graph.add(
        node, treatedAt=graph.thing(record.meeting), treatedItem=subject if of_agenda else None,
        concerns=None if of_agenda else subject, manner=concept(record.manner), asWritten=text(record.as_written, graph.language),
    )  # fmt: skip


def _preparation(graph: DocumentGraph, record: PreparationRecord) -> None:
    node = graph.statement("preparation", record.id, "Preparation", record.evidence, record.basis, record.note)
    graph.graph.add(node, preparedBy=graph.thing(record.meeting), prepares=graph.thing(record.prepares))


def _reference(graph: DocumentGraph, record: ReferenceRecord) -> None:
    node = graph.statement("reference", record.id, "Reference", record.evidence)
    where = "".join(record.address)
    page = address(where if "://" in where else f"http://{where}") if where else None
    graph.graph.add(node, refersOn=graph.thing(record.thing), address=page, cites=graph.thing(record.document))


def _stated_change(graph: DocumentGraph, record: StatedChangeRecord) -> None:
    node = graph.statement("stated-change", record.id, "StatedChange", record.evidence)
    graph.graph.add(
        node, changed=graph.thing(record.meeting), statedKind=concept(record.kind), replacedBy=graph.thing(record.by),
        reason=(text(record.reason_en, "en"), text(record.reason_zh, "zh")) if record.reason_en else None,
    )  # fmt: skip


def _publication(graph: DocumentGraph, record: PublicationRecord) -> None:
    node = graph.statement("publication", record.id, "Publication", record.evidence, record.basis, record.note)
    graph.graph.add(
        node, published=graph.thing(record.document), publishedOn=record.on, launchedAt=graph.thing(record.launched_at),
        submittedTo=graph.thing(record.submitted_to), askedForBy=graph.things(record.asked_by),
        followsUp=graph.things(record.follows),
    )  # fmt: skip


def _requirement(graph: DocumentGraph, record: RequirementRecord) -> None:
    node = graph.statement("requirement", record.id, "Requirement", record.evidence)
    graph.graph.add(
        node, requiredBy=graph.thing(record.authority), requiredOf=graph.things(record.addressees),
        requirementVerb=concept(record.verb), requiredDocument=graph.thing(record.document),
        inCooperationWith=graph.things(record.partners),
        requirementText=(text(record.task_en, "en"), text(record.task_zh, "zh")),
    )  # fmt: skip


def _remark(graph: DocumentGraph, record: RemarkRecord) -> None:
    node = graph.statement("remark", record.id, "Remark", record.evidence)
    words = (text(record.en, "en"), text(record.zh, "zh"))
    graph.graph.add(node, remarkOn=graph.thing(record.thing), topic=concept(f"about-{record.topic}"), remarkText=words)


_EMITTERS: dict[str, Callable[[DocumentGraph, Any], None]] = {
    "treatments": _treatment,
    "preparations": _preparation,
    "references": _reference,
    "stated_changes": _stated_change,
    "publications": _publication,
    "requirements": _requirement,
    "remarks": _remark,
}
