"""Records: what was read, as plain values. Imports no RDF and no other room.

Things are referred to by `kind:code` (`meeting:WG2020-3`, `document:CBD/COP/DEC/14/34`); places by the path of a part
inside the document that the record file belongs to. Every list is a tuple, so that records are values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mandategraph.messages import gettext
from mandategraph.model.dataset_records import CallRecord, CodingRecord, FlagRecord, ThingRecord
from mandategraph.model.event_records import (
    PreparationRecord,
    PublicationRecord,
    ReferenceRecord,
    RemarkRecord,
    RequirementRecord,
    StatedChangeRecord,
    TreatmentRecord,
)
from mandategraph.model.evidence import Evidence
from mandategraph.model.paragraph_records import (
    CitationRecord,
    CitedPartRecord,
    ClauseRecord,
    ConditionRecord,
    DeadlineRecord,
    FrameworkElementRecord,
    InputRecord,
    NoteRecord,
    ParticipationRecord,
    PositionRecord,
    TextStatusRecord,
    TypeDefinitionRecord,
)
from mandategraph.model.statements import (
    AsWritten,
    Basis,
    Class,
    Computed,
    Concept,
    Id,
    Key,
    Note,
    Part,
    Plain,
    Proofs,
    RowPath,
    Statement,
    Thing,
    Unstated,
    Words,
    kind,
)


@kind("part", "Provision", stated=False)
@dataclass(frozen=True, slots=True)
class PartRecord:
    """A part of the document without its running text: `digest` changes when its words do.

    Lines count in the rendered text; `locator` says where they stand in a file of pages or paragraphs.
    """

    path: Annotated[str, Key(), Plain("path"), Computed(("documentOrder",))]
    kind: Annotated[str, Class()]
    number: Annotated[str, Plain("number")]
    parent: Annotated[str, Part("partOf", document=True)]
    first: Annotated[int, Plain("firstLine")]
    last: Annotated[int, Plain("lastLine")]
    cite: Annotated[str, Plain("cite")]
    cite_zh: Annotated[str, Plain("citeZh")]
    digest: Annotated[str, Plain("digest")]
    column: Annotated[str, Plain("column")] = ""
    quote: Annotated[str, Plain("quote")] = ""
    marks: Annotated[tuple[int, ...], Part("hasFootnote", "footnote-{}")] = ()
    locator: Annotated[str, Plain("locator")] = ""
    updated: Annotated[str, Computed(("dcterms__modified",))] = ""
    """When the publisher last changed a record of a dataset, as it says."""


@kind("repair", "Repair", basis="derived")
@dataclass(frozen=True, slots=True)
class RepairRecord:
    """What the reader put right."""

    kind: Annotated[str, Concept("repairKind")]
    line: Annotated[int, Plain("lineNumber")]
    place: Annotated[str, Part("repairs", document=True), Computed(("hasEvidence",))]
    detail: Annotated[str, Plain("explanatoryNote")]


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting as the document lists it. `body` and `ordinal` only where the words give them.

    `part_of` is the meeting that it is a part of; `at` its place in the list where that is not the place of the
    evidence: the second part of paragraph 11 (d) is `paragraph-11.d.2`. `page` is its page in pieces (see `address`).
    """

    id: Annotated[str, Unstated("in the register graph", thing=True)]
    as_written: Annotated[str, Unstated("in the register graph")]
    evidence: Annotated[tuple[Evidence, ...], Unstated("names and schedules rest on it")]
    body: Annotated[str, Unstated("in the register graph", thing=True)] = ""
    ordinal: Annotated[int, Unstated("part of its code")] = 0
    codes: Annotated[tuple[str, ...], Unstated("records of names have them")] = ()
    part_of: Annotated[str, Unstated("in the register graph", thing=True)] = ""
    at: Annotated[str, Unstated("where the curated layer speaks of it")] = ""
    page: Annotated[tuple[str, ...], Unstated("in the register graph")] = ()

    @property
    def place(self) -> str:
        """The place by which a person speaks of it: a table row, a lettered item, a part of one."""
        return self.at or self.evidence[0].place.partition(".cell-")[0]


_PRECISION = {
    "day": "day-precision", "month": "month-precision", "shared": "shared-range", "none": "no-date",
    "quarter": "quarter-precision", "bounded": "bounded-time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A time as stated, never more precise than the words.

    `start`/`end` only where days are given; `earliest`/`latest` bound whatever is said. `status` is fixed,
    to-be-confirmed or to-be-determined; `precision` day, month, quarter, alternative-months, shared, several-dates,
    open-ended, bounded or none.
    """

    status: Annotated[str, Concept("dateStatus")]
    precision: Annotated[str, Concept("precision", names=_PRECISION)]
    start: Annotated[date | None, Plain("startDate")] = None
    end: Annotated[date | None, Plain("endDate")] = None
    earliest: Annotated[date | None, Plain("earliest")] = None
    latest: Annotated[date | None, Plain("latest")] = None


@kind("schedule", "ScheduleStatement")
@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """One statement of one document on when, where and how a meeting is planned or was held."""

    id: Id
    meeting: Annotated[str, Thing("schedules", gettext("Schedule"))]
    phase: Annotated[str, Concept("phase")]
    when: When
    as_written: AsWritten
    evidence: Proofs
    places: Annotated[tuple[str, ...], Thing("atPlace", gettext("Meetings here"))] = ()
    place_status: Annotated[str, Concept("placeStatus", "place-{}")] = "not-stated"
    mode: Annotated[str, Concept("mode", names={"not-stated": "mode-not-stated"})] = "not-stated"
    between: Annotated[tuple[str, ...], Thing("betweenMeetings", gettext("Meetings placed around it"))] = ()
    row: RowPath = ""
    until: Annotated[tuple[str, ...], Thing("continuesUntil", gettext("Meetings that last until it"))] = ()
    """The meetings up to which an open-ended one goes on."""
    note: Note = ""
    basis: Basis = "explicit"


@kind("classification", "Classification")
@dataclass(frozen=True, slots=True)
class ClassificationRecord:
    """The type that a document gives a meeting: its number in the document's own list of types, or a kind of meeting."""

    id: Id
    meeting: Annotated[str, Thing("classifies", gettext("Type of meeting"))]
    type: Annotated[str, Concept("classifiedAs", digits="type-{}")]
    as_written: AsWritten
    evidence: Proofs
    row: RowPath = ""
    basis: Basis = "explicit"
    note: Note = ""


@dataclass(frozen=True, slots=True)
class ElementRecord:
    """The subject of a row, as written; `element` is its thing, one for equal words."""

    id: Annotated[str, Unstated("place of the row")]
    element: Annotated[str, Unstated("in the register graph", thing=True)]
    as_written: Annotated[str, Unstated("in the register graph")]
    evidence: Annotated[tuple[Evidence, ...], Unstated("treatments made of it rest on it")]


@kind("mandate", "Mandate")
@dataclass(frozen=True, slots=True)
class MandateRecord:
    """A body or meeting is asked to deal with something: by a decision, or by the request of other meetings."""

    id: Id
    mandatee: Annotated[str, Thing("mandatee", gettext("Mandates: what it was asked to do"))]
    evidence: Proofs
    decision: Annotated[
        str, Thing("mandatedBy", gettext("Mandates under this decision")), Computed(("rdfs__label",))
    ] = ""
    requested_by: Annotated[tuple[str, ...], Thing("requestedBy", gettext("Mandates at its request"))] = ()
    element: Annotated[str, Thing("concerns", gettext("Mandates about it"))] = ""
    row: RowPath = ""
    basis: Basis = "explicit"
    note: Note = ""


@kind("contribution", "Contribution")
@dataclass(frozen=True, slots=True)
class ContributionRecord:
    """What one row says is to pass from a source to a destination.

    `voice` is giver when the row of the source says that it delivers, receiver when the row of the destination says
    that it takes the thing up. `destination` is named-meeting, body-only, not-stated or to-be-determined.
    """

    id: Id
    source: Annotated[str, Thing("contributionSource", gettext("Outputs: what it passes on"))]
    destination: Annotated[str, Concept("destination")]
    voice: Annotated[str, Concept("voice")]
    modality: Annotated[str, Concept("modality")]
    evidence: Proofs
    target: Annotated[str, Thing("contributionRecipient", gettext("Inputs: what it receives"))] = ""
    deliverable: Annotated[str, Computed(("delivers",))] = "unnamed"
    deliverable_as_written: Annotated[str, Unstated("stated of the deliverable")] = ""
    element: Annotated[str, Thing("concerns", gettext("What is passed on about it"))] = ""
    mandate: Annotated[str, Statement("underMandate", "mandate")] = ""
    row: RowPath = ""
    basis: Basis = "explicit"
    note: Note = ""
    handed_by: Annotated[tuple[str, ...], Thing("handedBy", gettext("What it handed over"))] = ()
    received_by: Annotated[str, Thing("receivedBy", gettext("What it received"))] = ""
    item: Annotated[str, Thing("fromItem", gettext("What was passed on from it"))] = ""


@kind("name", "Name")
@dataclass(frozen=True, slots=True)
class NameRecord:
    """A spelling under which a document names a thing, with every place where it does.

    `language` only where it is not that of the document.
    """

    id: Id
    thing: Annotated[str, Thing("nameOf")]
    spelling: Annotated[str, Words("spelling", own="language")]
    kind: Annotated[str, Concept("nameKind", "{}-name", names={"written": "variant-name"})]
    evidence: Proofs
    language: Annotated[str, Unstated("the language of the spelling")] = ""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """The document itself, as its heading block says.

    A document that prints no symbol is known by its title; `symbol` is then the handle that the register gives it, and
    `published` is false. `meeting` is the one that adopted it, `for_meeting` one before which it is laid, under
    `agenda_item` (its number in the agenda of that meeting).
    """

    symbol: Annotated[str, Unstated("in the register graph")]
    title: Annotated[str, Unstated("names have it")]
    date: Annotated[date | None, Unstated("in the register graph")]
    language: Annotated[str, Unstated("in the register graph")]
    original_language: Annotated[str, Unstated("for review")]
    meeting: Annotated[str, Unstated("in the register graph", thing=True)]
    evidence: Annotated[tuple[Evidence, ...], Unstated("for review")]
    lines: Annotated[int, Unstated("for the receipt of lines")] = 0
    published: Annotated[bool, Unstated("whether the symbol is printed")] = True
    author: Annotated[str, Unstated("in the register graph", thing=True)] = ""
    genre: Annotated[str, Unstated("for review")] = ""
    body: Annotated[str, Unstated("for review")] = ""
    for_meeting: Annotated[str, Unstated("for review")] = ""
    agenda_item: Annotated[str, Unstated("for review")] = ""
    dataset: Annotated[bool, Unstated("in the register graph")] = False
    """Whether it is a release of records and not a text."""


@dataclass(frozen=True, slots=True)
class ConfidenceRecord:
    """How sure the reader is of one field of a draft record, in hundredths, and by which rule it read it.

    `record` is the section and the id of the record: `meetings/meeting:SBI-3`. Its evidence is that of the record.
    """

    record: Annotated[str, Unstated("the statement that gets it")]
    field: Annotated[str, Unstated("the least sure counts")]
    hundredths: Annotated[int, Unstated("stated of the statement")]
    rule: Annotated[str, Unstated("for review")]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that the reader made of one document."""

    document: DocumentRecord
    parts: tuple[PartRecord, ...]
    repairs: tuple[RepairRecord, ...] = ()
    meetings: tuple[MeetingRecord, ...] = ()
    schedules: tuple[ScheduleRecord, ...] = ()
    classifications: tuple[ClassificationRecord, ...] = ()
    elements: tuple[ElementRecord, ...] = ()
    mandates: tuple[MandateRecord, ...] = ()
    contributions: tuple[ContributionRecord, ...] = ()
    names: tuple[NameRecord, ...] = ()
    clauses: tuple[ClauseRecord, ...] = ()
    deadlines: tuple[DeadlineRecord, ...] = ()
    conditions: tuple[ConditionRecord, ...] = ()
    inputs: tuple[InputRecord, ...] = ()
    participations: tuple[ParticipationRecord, ...] = ()
    framework: tuple[FrameworkElementRecord, ...] = ()
    statuses: tuple[TextStatusRecord, ...] = ()
    positions: tuple[PositionRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    type_definitions: tuple[TypeDefinitionRecord, ...] = ()
    citations: tuple[CitationRecord, ...] = ()
    cited_parts: tuple[CitedPartRecord, ...] = ()
    treatments: tuple[TreatmentRecord, ...] = ()
    preparations: tuple[PreparationRecord, ...] = ()
    references: tuple[ReferenceRecord, ...] = ()
    stated_changes: tuple[StatedChangeRecord, ...] = ()
    publications: tuple[PublicationRecord, ...] = ()
    requirements: tuple[RequirementRecord, ...] = ()
    remarks: tuple[RemarkRecord, ...] = ()
    things: tuple[ThingRecord, ...] = ()
    calls: tuple[CallRecord, ...] = ()
    codings: tuple[CodingRecord, ...] = ()
    flags: tuple[FlagRecord, ...] = ()
    not_understood: tuple[Evidence, ...] = ()
    confidences: tuple[ConfidenceRecord, ...] = ()
