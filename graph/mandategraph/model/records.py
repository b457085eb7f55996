"""Records: what was read, as plain values. Imports no RDF and no other room.

Things are referred to by `kind:code` (`meeting:WG2020-3`, `document:CBD/COP/DEC/14/34`); places by the path of a part
inside the document that the record file belongs to. Every list is a tuple, so that records are values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mandategraph.model.dataset_records import (
    CallRecord as CallRecord,
)
from mandategraph.model.dataset_records import (
    CodingRecord as CodingRecord,
)
from mandategraph.model.dataset_records import (
    FlagRecord as FlagRecord,
)
from mandategraph.model.dataset_records import (
    ThingRecord as ThingRecord,
)
from mandategraph.model.event_records import (
    PreparationRecord as PreparationRecord,
)
from mandategraph.model.event_records import (
    PublicationRecord as PublicationRecord,
)
from mandategraph.model.event_records import (
    ReferenceRecord as ReferenceRecord,
)
from mandategraph.model.event_records import (
    RemarkRecord as RemarkRecord,
)
from mandategraph.model.event_records import (
    RequirementRecord as RequirementRecord,
)
from mandategraph.model.event_records import (
    StatedChangeRecord as StatedChangeRecord,
)
from mandategraph.model.event_records import (
    TreatmentRecord as TreatmentRecord,
)
from mandategraph.model.evidence import Evidence as Evidence
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


@dataclass(frozen=True, slots=True)
class PartRecord:
    """A part of the document without its running text: `digest` changes when its words do.

    Lines count in the rendered text; `locator` says where they stand in a file of pages or paragraphs.
    """

    path: str
    kind: str
    number: str
    parent: str
    first: int
    last: int
    cite: str
    cite_zh: str
    digest: str
    column: str = ""
    quote: str = ""
    marks: tuple[int, ...] = ()
    locator: str = ""
    updated: str = ""
    """When the publisher last changed a record of a dataset, as it says."""


@dataclass(frozen=True, slots=True)
class RepairRecord:
    """What the reader put right."""

    kind: str
    line: int
    place: str
    detail: str


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting as the document lists it. `body` and `ordinal` only where the words give them.

    `part_of` is the meeting that it is a part of; `at` its place in the list where that is not the place of the
    evidence: the second part of paragraph 11 (d) is `paragraph-11.d.2`. `page` is its page in pieces (see `address`).
    """

    id: str
    as_written: str
    evidence: tuple[Evidence, ...]
    body: str = ""
    ordinal: int = 0
    codes: tuple[str, ...] = ()
    part_of: str = ""
    at: str = ""
    page: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The place by which a person speaks of it: a table row, a lettered item, a part of one."""
        return self.at or self.evidence[0].place.partition(".cell-")[0]


@dataclass(frozen=True, slots=True)
class When:
    """A time as stated, never more precise than the words.

    `start`/`end` only where days are given; `earliest`/`latest` bound whatever is said. `status` is fixed,
    to-be-confirmed or to-be-determined; `precision` day, month, quarter, alternative-months, shared, several-dates,
    open-ended, bounded or none.
    """

    status: str
    precision: str
    start: date | None = None
    end: date | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """One statement of one document on when, where and how a meeting is planned or was held."""

    id: str
    meeting: str
    phase: str
    when: When
    as_written: str
    evidence: tuple[Evidence, ...]
    places: tuple[str, ...] = ()
    place_status: str = "not-stated"
    mode: str = "not-stated"
    between: tuple[str, ...] = ()
    row: str = ""
    until: tuple[str, ...] = ()
    """The meetings up to which an open-ended one goes on."""
    note: str = ""
    basis: str = "explicit"


@dataclass(frozen=True, slots=True)
class ClassificationRecord:
    """The type that a document gives a meeting: its number in the document's own list of types, or a kind of meeting."""

    id: str
    meeting: str
    type: str
    as_written: str
    evidence: tuple[Evidence, ...]
    row: str = ""
    basis: str = "explicit"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ElementRecord:
    """The subject of a row, as written; `element` is its thing, one for equal words."""

    id: str
    element: str
    as_written: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class MandateRecord:
    """A body or meeting is asked to deal with something: by a decision, or by the request of other meetings."""

    id: str
    mandatee: str
    evidence: tuple[Evidence, ...]
    decision: str = ""
    requested_by: tuple[str, ...] = ()
    element: str = ""
    row: str = ""
    basis: str = "explicit"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContributionRecord:
    """What one row says is to pass from a source to a destination.

    `voice` is giver when the row of the source says that it delivers, receiver when the row of the destination says
    that it takes the thing up. `destination` is named-meeting, body-only, not-stated or to-be-determined.
    """

    id: str
    source: str
    destination: str
    voice: str
    modality: str
    evidence: tuple[Evidence, ...]
    target: str = ""
    deliverable: str = "unnamed"
    deliverable_as_written: str = ""
    element: str = ""
    mandate: str = ""
    row: str = ""
    basis: str = "explicit"
    note: str = ""
    handed_by: tuple[str, ...] = ()
    received_by: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class NameRecord:
    """A spelling under which a document names a thing, with every place where it does.

    `language` only where it is not that of the document.
    """

    id: str
    thing: str
    spelling: str
    kind: str
    evidence: tuple[Evidence, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """The document itself, as its heading block says.

    A document that prints no symbol is known by its title; `symbol` is then the handle that the register gives it, and
    `published` is false. `meeting` is the one that adopted it, `for_meeting` one before which it is laid, under
    `agenda_item` (its number in the agenda of that meeting).
    """

    symbol: str
    title: str
    date: date | None
    language: str
    original_language: str
    meeting: str
    evidence: tuple[Evidence, ...]
    lines: int = 0
    published: bool = True
    author: str = ""
    genre: str = ""
    body: str = ""
    for_meeting: str = ""
    agenda_item: str = ""
    dataset: bool = False
    """Whether it is a release of records and not a text."""


@dataclass(frozen=True, slots=True)
class ConfidenceRecord:
    """How sure the reader is of one field of a draft record, in hundredths, and by which rule it read it.

    `record` is the section and the id of the record: `meetings/meeting:SBI-3`. Its evidence is that of the record.
    """

    record: str
    field: str
    hundredths: int
    rule: str


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
