"""Clauses, elements, positions, notes and citations of one document as quads."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox

from mandategraph.emit.document import DocumentGraph
from mandategraph.emit.quads import XSD, Graph, concept, text, thing
from mandategraph.model.paragraph_records import (
    CitationRecord,
    CitedPartRecord,
    ClauseRecord,
    DeadlineRecord,
    FrameworkElementRecord,
    InputRecord,
    NoteRecord,
    ParticipationRecord,
    PositionRecord,
    TextStatusRecord,
    TypeDefinitionRecord,
)
from mandategraph.model.records import Extraction

_HOLDERS = {
    "some-parties": ("一些缔约方", "some Parties"),
    "other-parties": ("其他缔约方", "other Parties"),
    "others": ("其他人", "others"),
    "unattributed": ("未具名的提议方", "an unnamed proposer"),
}


class ActsGraph(DocumentGraph):
    """Emits one extraction as a whole: tables and names first, then acts."""

    def emit(self) -> Graph:
        super().emit()
        extraction = self.extraction
        for part in extraction.cited_parts:
            self._cited_part(part)
        for deadline in extraction.deadlines:
            self._deadline(deadline)
        for clause in extraction.clauses:
            self._clause(clause)
        for condition in extraction.conditions:
            node = self.statement("condition", condition.id, "Condition", condition.evidence)
            self.graph.add(
                node, setBy=self._node("clause", condition.clause), conditionOn=self.thing(condition.document)
            )
        for one in extraction.inputs:
            self._input(one)
        for role in extraction.participations:
            self._participation(role)
        for element in extraction.framework:
            self._element(element)
        for status in extraction.statuses:
            self._status(status)
        for position in extraction.positions:
            self._position(position)
        for note in extraction.notes:
            self._footnote(note)
        for definition in extraction.type_definitions:
            self._type_definition(definition)
        for citation in extraction.citations:
            self._citation(citation)
        return self.graph

    def _cited_part(self, part: CitedPartRecord) -> None:
        node = thing(part.ref)
        self.graph.type(node, "Provision", part.kind)
        path = part.ref.rpartition("/")[2]
        self.graph.add(node, partOf=thing(part.parent), path=path, cite=part.cite, citeZh=part.cite_zh)

    def _deadline(self, record: DeadlineRecord) -> None:
        node = self._node("deadline", record.id)
        self.graph.type(node, "Deadline")
        rule = bool(record.anchor)
        self.graph.add(
            node, dueOn=record.due, anchorMeeting=self.thing(record.anchor), deadlineKind=concept(f"due-by-{record.kind}"),
            anchorPoint=concept(record.point) if rule else None, offsetFromAnchor=_duration(record.days) if rule else None,
            hasEvidence=self.evidence.of(record.evidence),
        )  # fmt: skip

    def _clause(self, record: ClauseRecord) -> None:
        node = self.statement("clause", record.id, "Clause", record.evidence)
        self.graph.add(
            node, ofProvision=self._node("part", record.place), clauseKind=concept(record.kind),
            verb=tuple(concept(verb) for verb in record.verbs), mainVerb=concept(record.verbs[0]),
            addressee=self.things(record.addressees), inCapacityOf=self.thing(record.capacity),
            hasDeadline=tuple(self._node("deadline", name) for name in record.deadlines),
            oversight=self.things(record.oversight), inConsultationWith=self.things(record.consulted),
            inCooperationWith=self.things(record.partners), involves=self.things(record.involves),
            asksFor=self.things(record.asks_for), cites=self.things(record.cites),
            mentionsMeeting=self.things(record.meetings),
        )  # fmt: skip

    def _input(self, record: InputRecord) -> None:
        node = self.statement("input", record.id, "DocumentInput", record.evidence)
        self.graph.add(
            node, setBy=self._node("clause", record.clause), inputTo=self.thing(record.document),
            drawsOn=self.things(record.sources),
        )  # fmt: skip

    def _participation(self, record: ParticipationRecord) -> None:
        node = self.statement("participation", record.id, "Participation", record.evidence, record.basis, record.note)
        self.graph.add(
            node, participant=self.thing(record.participant), inMeeting=self.thing(record.meeting),
            role=concept(record.role), openList=True if record.open_list else None,
        )  # fmt: skip

    def _element(self, record: FrameworkElementRecord) -> None:
        statement = self.statement("listing", record.place, "ElementListing", record.evidence)
        node = self.thing(record.id)
        assert node
        self.graph.add(
            statement, listedElement=node, elementLevel=concept(f"{record.level}-level"), setOutAt=self._node("part", record.place),
            underHeading=self.thing(record.broader), inGroup=self.thing(record.group),
        )  # fmt: skip
        self.graph.add(node, skos__broader=self.thing(record.broader))

    def _status(self, record: TextStatusRecord) -> None:
        node = self.statement("text-status", record.id, "TextStatus", record.evidence)
        self.graph.add(node, statusOf=self._node("part", record.of), negotiation=concept(record.status))

    def _position(self, record: PositionRecord) -> None:
        node = self.statement("position", record.id, "Position", record.evidence, record.basis, record.note)
        self.graph.add(
            node, holder=thing(record.holder), stance=concept(record.stance), carriedBy=self._node("part", record.carrier),
            target=self._element_or_part(record.target), moveTo=self._element_or_part(record.move_to),
            contradicts=self._node("position", record.against) if record.against else None,
            inFootnote=self._node("part", record.id.partition(".")[0]),
        )  # fmt: skip

    def _element_or_part(self, ref: str) -> ox.NamedNode | None:
        kind, _, path = ref.partition(":")
        return self._node("part", path) if kind == "part" else self.thing(ref)

    def _footnote(self, record: NoteRecord) -> None:
        node = self.statement("note", record.id, "FootnoteContent", record.evidence)
        self.graph.add(
            node, footnoteKind=concept(f"{record.kind}-note"), inFootnote=self._node("part", record.id),
            carriedBy=tuple(self._node("part", path) for path in record.carriers),
        )  # fmt: skip

    def _type_definition(self, record: TypeDefinitionRecord) -> None:
        node = self.statement("type-definition", record.id, "TypeDefinition", record.evidence)
        self.graph.add(node, defines=concept(f"type-{record.type}"))

    def _citation(self, record: CitationRecord) -> None:
        node = self.statement("citation", record.id, "Citation", record.evidence)
        self.graph.add(node, cites=self.thing(record.cited))


def emit_holders(graph: Graph, extraction: Extraction) -> None:
    """The unnamed holders of positions, one for each mention, by the footnote that mentions them."""
    holders = {(position.id.partition(".")[0], position.holder) for position in extraction.positions}
    several = Counter(footnote for footnote, _ in holders)
    for position in extraction.positions:
        footnote, _, order = position.holder.rpartition("/")[2].partition("footnote-")[2].partition(".")
        zh, en = _HOLDERS[position.holder_kind]
        which_zh = f"（脚注{footnote}第{order}处）" if several[f"footnote-{footnote}"] > 1 else f"（脚注{footnote}）"
        which = (
            f" (footnote {footnote}, no. {order})" if several[f"footnote-{footnote}"] > 1 else f" (footnote {footnote})"
        )
        node = thing(position.holder)
        graph.type(node, "Group")
        graph.add(
            node, code=position.holder.partition(":")[2], skos__prefLabel=(text(zh + which_zh, "zh"), text(en + which, "en")),
            englishLabelStatus=concept("our-translation"),
        )  # fmt: skip


def _duration(days: int) -> ox.Literal:
    sign = "-" if days < 0 else ""
    return ox.Literal(f"{sign}P{abs(days)}D", datatype=ox.NamedNode(XSD + "dayTimeDuration"))
