"""The facts of one document: its parts, and each statement with the evidence it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pyoxigraph as ox

from mandategraph.emit.datasets import emit_datasets
from mandategraph.emit.events import emit_events
from mandategraph.emit.quads import Graph, Sink, concept, decimal, text, thing
from mandategraph.emit.register import decision_number
from mandategraph.model.records import (
    ClassificationRecord,
    ContributionRecord,
    Evidence,
    Extraction,
    MandateRecord,
    NameRecord,
    PartRecord,
    ScheduleRecord,
)

_PRECISION = {
    "day": "day-precision", "month": "month-precision", "alternative-months": "alternative-months",
    "shared": "shared-range", "several-dates": "several-dates", "open-ended": "open-ended", "none": "no-date",
    "quarter": "quarter-precision", "bounded": "bounded-time",
}  # fmt: skip
_MODE = {"not-stated": "mode-not-stated"}
_DELIVERABLE = {"unnamed": "unnamed-deliverable"}
_KIND_OF_SECTION = {
    "schedules": "schedule", "classifications": "classification", "mandates": "mandate", "contributions": "contribution",
    "names": "name", "clauses": "clause", "statuses": "text-status", "citations": "citation", "treatments": "treatment",
}  # fmt: skip
"""What names of statements begin with, by the section of their records; other drafted records make no statement."""
_NAME_KIND = {
    "code": "code-name", "written": "variant-name", "address": "address-name", "symbol": "symbol-name",
    "official": "official-name",
}  # fmt: skip


class DocumentGraph:
    """Emits one extraction. `canonical` replaces a reference by that of the thing it was judged to be.

    With `curated` the records are those that a person added: they go to the curated graph, under names of their own.
    """

    def __init__(
        self,
        extraction: Extraction,
        canonical: Callable[[str], str],
        *,
        curated: bool = False,
        sink: Sink | None = None,
    ) -> None:
        self.extraction = extraction
        self.symbol = extraction.document.symbol
        self.document = thing(f"document:{self.symbol}")
        self.canonical = canonical
        self.language = extraction.document.language
        self.prefix = "curated." if curated else ""
        owner = f"{self.symbol}/curated" if curated else self.symbol
        self.graph = Graph(owner, sink)
        self.evidence = EvidenceNodes(self.graph, owner, self.symbol)
        self.sure = _least_sure(extraction)

    def emit(self) -> Graph:
        for order, part in enumerate(self.extraction.parts, 1):
            self._part(part, order)
        self._repairs()
        for schedule in self.extraction.schedules:
            self._schedule(schedule)
        for classification in self.extraction.classifications:
            self._classification(classification)
        for mandate in self.extraction.mandates:
            self._mandate(mandate)
        for contribution in self.extraction.contributions:
            self._contribution(contribution)
        for name in self.extraction.names:
            self._name(name)
        self._subjects()
        emit_events(self)
        emit_datasets(self)
        return self.graph

    def _node(self, kind: str, path: str) -> ox.NamedNode:
        return thing(f"{kind}:{self.symbol}/{path}")

    def thing(self, ref: str) -> ox.NamedNode | None:
        return thing(self.canonical(ref)) if ref else None

    def things(self, refs: Iterable[str]) -> tuple[ox.NamedNode, ...]:
        return tuple(thing(self.canonical(ref)) for ref in refs)

    def _part(self, part: PartRecord, order: int) -> None:
        node = self._node("part", part.path)
        parent = self._node("part", part.parent) if part.parent else self.document
        self.graph.type(node, "Provision", part.kind)
        self.graph.add(
            node, partOf=parent, number=part.number, documentOrder=order, firstLine=part.first, lastLine=part.last,
            path=part.path, cite=part.cite, citeZh=part.cite_zh, digest=part.digest, column=part.column,
            quote=part.quote, locator=part.locator, dcterms__modified=date.fromisoformat(part.updated[:10]) if part.updated else None,
            hasFootnote=tuple(self._node("part", f"footnote-{mark}") for mark in part.marks),
        )  # fmt: skip

    def _repairs(self) -> None:
        for number, repair in enumerate(self.extraction.repairs, 1):
            node = self._node("repair", str(number))
            place = self._node("part", repair.place) if repair.place else self.document
            self.graph.type(node, "Repair")
            self.graph.add(
                node,
                repairs=place,
                repairKind=concept(repair.kind),
                lineNumber=repair.line,
                explanatoryNote=repair.detail,
            )
            evidence = self.evidence.of((Evidence(repair.place, repair.line),))
            self.graph.add(node, statedIn=self.document, basis=concept("derived"), hasEvidence=evidence)

    def statement(
        self, kind: str, path: str, class_: str, evidence: tuple[Evidence, ...], basis: str = "explicit", note: str = ""
    ) -> ox.NamedNode:
        node = self._node(kind, self.prefix + path)
        self.graph.type(node, class_)
        self.graph.add(
            node, statedIn=self.document, basis=concept(basis), hasEvidence=self.evidence.of(evidence),
            explanatoryNote=text(note, "en") if note else None, confidence=self.sure.get((kind, path)),
        )  # fmt: skip
        return node

    def _schedule(self, record: ScheduleRecord) -> None:
        node = self.statement("schedule", record.id, "ScheduleStatement", record.evidence, record.basis, record.note)
        when = record.when
        self.graph.add(
            node, schedules=self.thing(record.meeting), phase=concept(record.phase), dateStatus=concept(when.status),
            precision=concept(_PRECISION[when.precision]), startDate=when.start, endDate=when.end, earliest=when.earliest,
            latest=when.latest, atPlace=self.things(record.places), placeStatus=concept(f"place-{record.place_status}"),
            mode=concept(_MODE.get(record.mode, record.mode)), betweenMeetings=self.things(record.between),
            asWritten=text(record.as_written, self.language), statedInRow=self._row(record.row),
            continuesUntil=self.things(record.until),
        )  # fmt: skip

    def _row(self, path: str) -> ox.NamedNode | None:
        return self._node("part", path) if path else None

    def _classification(self, record: ClassificationRecord) -> None:
        node = self.statement("classification", record.id, "Classification", record.evidence, record.basis, record.note)
        written = text(record.as_written, self.language)
        kind = concept(f"type-{record.type}" if record.type.isdigit() else record.type)
        self.graph.add(
            node, classifies=self.thing(record.meeting), asWritten=written, statedInRow=self._row(record.row)
        )
        self.graph.add(node, classifiedAs=kind)

    def _mandate(self, record: MandateRecord) -> None:
        node = self.statement("mandate", record.id, "Mandate", record.evidence, record.basis, record.note)
        self.graph.add(
            node, mandatee=self.thing(record.mandatee), mandatedBy=self.thing(record.decision),
            requestedBy=self.things(record.requested_by), concerns=self.thing(record.element), statedInRow=self._row(record.row),
            rdfs__label=_authority(record),
        )  # fmt: skip

    def _contribution(self, record: ContributionRecord) -> None:
        node = self.statement("contribution", record.id, "Contribution", record.evidence, record.basis, record.note)
        self.graph.add(
            node, contributionRecipient=self.thing(record.target), destination=concept(record.destination), voice=concept(record.voice),
            modality=concept(record.modality), delivers=self._deliverable(record), concerns=self.thing(record.element),
            underMandate=self._node("mandate", record.mandate) if record.mandate else None, statedInRow=self._row(record.row),
            handedBy=self.things(record.handed_by), receivedBy=self.thing(record.received_by),
            fromItem=self.thing(record.item),
        )  # fmt: skip
        self.graph.add(node, contributionSource=self.thing(record.source))

    def _subjects(self) -> None:
        """Subjects of rows that neither rest on a mandate nor hand anything over: the meeting of the row has them."""
        told = {mandate.row for mandate in self.extraction.mandates}
        told |= {contribution.row for contribution in self.extraction.contributions}
        meetings = {record.row: record.meeting for record in self.extraction.schedules if record.row}
        for element in self.extraction.elements:
            if element.id in meetings and element.id not in told:
                node = self.statement("treatment", element.id, "Treatment", element.evidence)
                self.graph.add(
                    node, treatedAt=self.thing(meetings[element.id]), concerns=self.thing(element.element),
                    manner=concept("covered"), asWritten=text(element.as_written, self.language),
                )  # fmt: skip

    def _deliverable(self, record: ContributionRecord) -> ox.NamedNode:
        """One thing for what a row hands to several meetings."""
        kind = _DELIVERABLE.get(record.deliverable, record.deliverable)
        path = (
            f"{record.row}.{record.deliverable}"
            if record.voice == "giver" and record.row
            else f"{record.id}.{record.deliverable}"
        )
        node = self._node("deliverable", path)
        self.graph.type(node, "Deliverable")
        written = text(record.deliverable_as_written, self.language) if record.deliverable_as_written else None
        self.graph.add(node, deliverableKind=concept(kind), asWritten=written)
        return node

    def _name(self, record: NameRecord) -> None:
        node = self.statement("name", record.id, "Name", record.evidence)
        self.graph.add(
            node, nameOf=self.thing(record.thing), spelling=text(record.spelling, record.language or self.language),
            nameKind=concept(_NAME_KIND[record.kind]),
        )  # fmt: skip


def _least_sure(extraction: Extraction) -> dict[tuple[str, str], ox.Literal]:
    """How sure a draft is of each statement, by its kind and path: as sure as of the field that is least sure."""
    least: dict[tuple[str, str], int] = {}
    for one in extraction.confidences:
        section, _, path = one.record.partition("/")
        if section in _KIND_OF_SECTION:
            key = _KIND_OF_SECTION[section], path
            least[key] = min(one.hundredths, least.get(key, 100))
    return {key: decimal(hundredths) for key, hundredths in least.items()}


def _authority(record: MandateRecord) -> tuple[ox.Literal, ox.Literal]:
    """The authority in words: the decision, or the meetings that made the request."""
    if record.decision:
        if "A/RES/" in record.decision:
            number = record.decision.rpartition("A/RES/")[2]
            return text(f"General Assembly resolution {number}", "en"), text(f"联合国大会第{number}号决议", "zh")
        number = decision_number(record.decision)
        return text(f"decision {number}", "en"), text(f"第{number}号决定", "zh")
    codes = [ref.partition(":")[2] for ref in record.requested_by]
    return text(f"request of {' and '.join(codes)}", "en"), text(f"{'和'.join(codes)}的请求", "zh")


class EvidenceNodes:
    """One node for each place, line and quote; statements that rest on the same words share it.

    `owner` begins the names of the nodes, so that evidence of the curated layer never mixes with what was extracted.
    """

    def __init__(self, graph: Graph, owner: str, symbol: str) -> None:
        self.graph = graph
        self.owner = owner
        self.symbol = symbol
        self.known: dict[Evidence, ox.NamedNode] = {}
        self.count: dict[str, int] = {}

    def of(self, evidence: tuple[Evidence, ...]) -> tuple[ox.NamedNode, ...]:
        return tuple(self.known.get(one) or self._new(one) for one in evidence)

    def _new(self, evidence: Evidence) -> ox.NamedNode:
        number = self.count[evidence.place] = self.count.get(evidence.place, 0) + 1
        node = thing(f"evidence:{self.owner}/{evidence.place}.{number}")
        self.graph.type(node, "Evidence")
        at = thing(f"part:{self.symbol}/{evidence.place}")
        self.graph.add(node, atProvision=at, lineNumber=evidence.line, quote=evidence.quote, recordField=evidence.field)
        self.known[evidence] = node
        return node
