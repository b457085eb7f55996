"""Records of what a text does and holds beside its tables: clauses, elements, positions, notes, citations.

Things are referred to as in `records`; places of other documents, which are cited and not read, as `part:SYMBOL/path`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mandategraph.messages import gettext
from mandategraph.model.statements import (
    Basis,
    Class,
    Computed,
    Concept,
    Id,
    Key,
    Mark,
    Note,
    Part,
    Plain,
    Proofs,
    Statement,
    Thing,
    Unstated,
    kind,
)


@kind("deadline", "Deadline", stated=False, rank=2)
@dataclass(frozen=True, slots=True)
class DeadlineRecord:
    """By when: a day that the text gives, or a rule that counts `days` (negative: before) from a point of a meeting.

    `anchor` is a meeting, `point` its opening or closing. A rule has no date here: that depends on the schedule.
    """

    id: Id
    kind: Annotated[str, Concept("deadlineKind", "due-by-{}")]
    evidence: Proofs
    due: Annotated[date | None, Plain("dueOn")] = None
    anchor: Annotated[str, Thing("anchorMeeting", gettext("Deadlines that count from it"))] = ""
    point: Annotated[str, Concept("anchorPoint")] = ""
    days: Annotated[int, Computed(("offsetFromAnchor",))] = 0


@kind("clause", "Clause", rank=3)
@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """One act of a paragraph: by which verbs, on whom, by when, under whose eyes, with whom.

    `verbs` stand in the order of the text; a second one is ruled by the first (invites to draw attention). `involves`
    are actors of whom the clause speaks otherwise; `asks_for` and `draws_on` documents; `cites` documents and places.
    """

    id: Id
    place: Annotated[str, Part("ofProvision")]
    kind: Annotated[str, Concept("clauseKind")]
    verbs: Annotated[tuple[str, ...], Concept("verb"), Computed(("mainVerb",))]
    evidence: Proofs
    addressees: Annotated[tuple[str, ...], Thing("addressee", gettext("What it is asked to do, by clause"))] = ()
    capacity: Annotated[str, Thing("inCapacityOf", gettext("Clauses that call on it in a capacity"))] = ""
    deadlines: Annotated[tuple[str, ...], Statement("hasDeadline", "deadline")] = ()
    oversight: Annotated[tuple[str, ...], Thing("oversight", gettext("Clauses under its oversight"))] = ()
    consulted: Annotated[
        tuple[str, ...],
        Thing("inConsultationWith", gettext("Clauses to be carried out in consultation with it")),
    ] = ()
    partners: Annotated[
        tuple[str, ...],
        Thing("inCooperationWith", gettext("Clauses to be carried out in cooperation with it")),
    ] = ()
    involves: Annotated[tuple[str, ...], Thing("involves", gettext("Clauses that speak of it"))] = ()
    asks_for: Annotated[tuple[str, ...], Thing("asksFor", gettext("Clauses that ask for it"))] = ()
    cites: Annotated[tuple[str, ...], Thing("cites", gettext("Clauses that cite it"))] = ()
    meetings: Annotated[tuple[str, ...], Thing("mentionsMeeting", gettext("Clauses that name it"))] = ()


@kind("condition", "Condition", rank=3)
@dataclass(frozen=True, slots=True)
class ConditionRecord:
    """What a clause demands of the content of something that it asks for."""

    id: Id
    clause: Annotated[str, Statement("setBy", "clause")]
    document: Annotated[str, Thing("conditionOn", gettext("Conditions on its content"))]
    evidence: Proofs


@kind("input", "DocumentInput", rank=3)
@dataclass(frozen=True, slots=True)
class InputRecord:
    """Something that a document asked for is to be made from: `sources` are meetings, actors, documents or places."""

    id: Id
    clause: Annotated[str, Statement("setBy", "clause")]
    document: Annotated[str, Thing("inputTo", gettext("What it draws on"))]
    sources: Annotated[tuple[str, ...], Thing("drawsOn", gettext("Documents that draw on it"))]
    evidence: Proofs


@kind("participation", "Participation", rank=3)
@dataclass(frozen=True, slots=True)
class ParticipationRecord:
    """An actor's role in a meeting, as one place of a document states it.

    `open_list` marks a list of names that the text itself calls incomplete.
    """

    id: Id
    participant: Annotated[str, Thing("participant", gettext("Meetings it took part in, and as what"))]
    meeting: Annotated[str, Thing("inMeeting", gettext("Who took part, and as what"))]
    role: Annotated[str, Concept("role")]
    evidence: Proofs
    basis: Basis = "explicit"
    note: Note = ""
    open_list: Annotated[bool, Mark("openList")] = False


@kind("citation", "Citation", rank=3)
@dataclass(frozen=True, slots=True)
class CitationRecord:
    """A place names another document, or a part of it."""

    id: Id
    cited: Annotated[str, Thing("cites", gettext("Where it is cited"))]
    evidence: Proofs


@kind("", "Provision", stated=False, rank=3)
@dataclass(frozen=True, slots=True)
class CitedPartRecord:
    """A place of a document that is cited and not at hand: how one cites it, in both languages."""

    ref: Annotated[str, Key(), Computed(("path",))]
    kind: Annotated[str, Class()]
    parent: Annotated[str, Thing("partOf")]
    cite: Annotated[str, Plain("cite")]
    cite_zh: Annotated[str, Plain("citeZh")]


@kind("listing", "ElementListing", rank=3)
@dataclass(frozen=True, slots=True)
class FrameworkElementRecord:
    """An element that the document sets out: a heading, a group under it, or an item. `broader` is its heading."""

    id: Annotated[str, Thing("listedElement", gettext("Where it is set out"))]
    place: Annotated[str, Key(), Part("setOutAt")]
    level: Annotated[str, Concept("elementLevel", "{}-level")]
    as_written: Annotated[str, Unstated("in the register graph")]
    evidence: Proofs
    broader: Annotated[str, Thing("underHeading", gettext("Items under this heading")), Computed(())] = ""
    group: Annotated[str, Thing("inGroup", gettext("Items in this group"))] = ""


@kind("text-status", "TextStatus", rank=3)
@dataclass(frozen=True, slots=True)
class TextStatusRecord:
    """What a document says of the standing of a part of its own text."""

    id: Id
    of: Annotated[str, Part("statusOf")]
    status: Annotated[str, Concept("negotiation")]
    evidence: Proofs


@kind("position", "Position", rank=3, headings={"asksToAdd": gettext("Positions that ask to add it")})
@dataclass(frozen=True, slots=True)
class PositionRecord:
    """What an unnamed holder wants of a piece of text. `carrier` is the part that bears the footnote's mark.

    `target` is an element (or a part where there is none); `against` another position that this one contradicts. One
    that only rejects a name proposed by another position has no target but that position.
    """

    id: Annotated[str, Key(), Computed(("inFootnote",))]
    holder: Annotated[str, Thing("holder", gettext("Position held"), named=False)]
    holder_kind: Annotated[str, Unstated("in the name of the holder")]
    stance: Annotated[str, Concept("stance")]
    carrier: Annotated[str, Part("carriedBy")]
    target: Annotated[str, Thing("target", gettext("Positions on it"), own_parts=True)]
    evidence: Proofs
    move_to: Annotated[str, Thing("moveTo", gettext("Items that some ask to move here"), own_parts=True)] = ""
    against: Annotated[str, Statement("contradicts", "position")] = ""
    basis: Basis = "explicit"
    note: Note = ""


@kind("note", "FootnoteContent", rank=3)
@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A footnote, or a sentence of one, that is no position: status, cross-reference, definition or explanation."""

    id: Annotated[str, Key(), Part("inFootnote")]
    kind: Annotated[str, Concept("footnoteKind", "{}-note")]
    carriers: Annotated[tuple[str, ...], Part("carriedBy")]
    evidence: Proofs


@kind("type-definition", "TypeDefinition", rank=3)
@dataclass(frozen=True, slots=True)
class TypeDefinitionRecord:
    """What a number in the column of types means, as the document explains it."""

    id: Id
    type: Annotated[str, Concept("defines", "type-{}")]
    evidence: Proofs
