"""Records of what a text does and holds beside its tables: clauses, elements, positions, notes, citations.

Things are referred to as in `records`; places of other documents, which are cited and not read, as `part:SYMBOL/path`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

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
    anchor: Annotated[str, Thing("anchorMeeting", ("Deadlines that count from it", "以此为基准的期限"))] = ""
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
    addressees: Annotated[
        tuple[str, ...], Thing("addressee", ("What it is asked to do, by clause", "条款对其提出的要求"))
    ] = ()
    capacity: Annotated[
        str, Thing("inCapacityOf", ("Clauses that call on it in a capacity", "以特定身份要求它的条款"))
    ] = ""
    deadlines: Annotated[tuple[str, ...], Statement("hasDeadline", "deadline")] = ()
    oversight: Annotated[
        tuple[str, ...], Thing("oversight", ("Clauses under its oversight", "在其监督下执行的条款"))
    ] = ()
    consulted: Annotated[
        tuple[str, ...],
        Thing("inConsultationWith", ("Clauses to be carried out in consultation with it", "须与其协商执行的条款")),
    ] = ()
    partners: Annotated[
        tuple[str, ...],
        Thing("inCooperationWith", ("Clauses to be carried out in cooperation with it", "须与其合作执行的条款")),
    ] = ()
    involves: Annotated[tuple[str, ...], Thing("involves", ("Clauses that speak of it", "涉及它的条款"))] = ()
    asks_for: Annotated[tuple[str, ...], Thing("asksFor", ("Clauses that ask for it", "要求编写它的条款"))] = ()
    cites: Annotated[tuple[str, ...], Thing("cites", ("Clauses that cite it", "援引它的条款"))] = ()
    meetings: Annotated[tuple[str, ...], Thing("mentionsMeeting", ("Clauses that name it", "提及它的条款"))] = ()


@kind("condition", "Condition", rank=3)
@dataclass(frozen=True, slots=True)
class ConditionRecord:
    """What a clause demands of the content of something that it asks for."""

    id: Id
    clause: Annotated[str, Statement("setBy", "clause")]
    document: Annotated[str, Thing("conditionOn", ("Conditions on its content", "对其内容的要求"))]
    evidence: Proofs


@kind("input", "DocumentInput", rank=3)
@dataclass(frozen=True, slots=True)
class InputRecord:
    """Something that a document asked for is to be made from: `sources` are meetings, actors, documents or places."""

    id: Id
    clause: Annotated[str, Statement("setBy", "clause")]
    document: Annotated[str, Thing("inputTo", ("What it draws on", "其投入来源"))]
    sources: Annotated[tuple[str, ...], Thing("drawsOn", ("Documents that draw on it", "以其为投入的文件"))]
    evidence: Proofs


@kind("participation", "Participation", rank=3)
@dataclass(frozen=True, slots=True)
class ParticipationRecord:
    """An actor's role in a meeting, as one place of a document states it.

    `open_list` marks a list of names that the text itself calls incomplete.
    """

    id: Id
    participant: Annotated[str, Thing("participant", ("Meetings it took part in, and as what", "参与的会议及角色"))]
    meeting: Annotated[str, Thing("inMeeting", ("Who took part, and as what", "参与者及其角色"))]
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
    cited: Annotated[str, Thing("cites", ("Where it is cited", "援引之处"))]
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

    id: Annotated[str, Thing("listedElement", ("Where it is set out", "列出之处"))]
    place: Annotated[str, Key(), Part("setOutAt")]
    level: Annotated[str, Concept("elementLevel", "{}-level")]
    as_written: Annotated[str, Unstated("in the register graph")]
    evidence: Proofs
    broader: Annotated[str, Thing("underHeading", ("Items under this heading", "本标题下各项")), Computed(())] = ""
    group: Annotated[str, Thing("inGroup", ("Items in this group", "本组各项"))] = ""


@kind("text-status", "TextStatus", rank=3)
@dataclass(frozen=True, slots=True)
class TextStatusRecord:
    """What a document says of the standing of a part of its own text."""

    id: Id
    of: Annotated[str, Part("statusOf")]
    status: Annotated[str, Concept("negotiation")]
    evidence: Proofs


@kind("position", "Position", rank=3, headings={"asksToAdd": ("Positions that ask to add it", "要求增列此要素的立场")})
@dataclass(frozen=True, slots=True)
class PositionRecord:
    """What an unnamed holder wants of a piece of text. `carrier` is the part that bears the footnote's mark.

    `target` is an element (or a part where there is none); `against` another position that this one contradicts. One
    that only rejects a name proposed by another position has no target but that position.
    """

    id: Annotated[str, Key(), Computed(("inFootnote",))]
    holder: Annotated[str, Thing("holder", ("Position held", "所持立场"), named=False)]
    holder_kind: Annotated[str, Unstated("in the name of the holder")]
    stance: Annotated[str, Concept("stance")]
    carrier: Annotated[str, Part("carriedBy")]
    target: Annotated[str, Thing("target", ("Positions on it", "对此的立场"), own_parts=True)]
    evidence: Proofs
    move_to: Annotated[
        str, Thing("moveTo", ("Items that some ask to move here", "有意见要求移至此处的项"), own_parts=True)
    ] = ""
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
