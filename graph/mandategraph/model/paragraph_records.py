"""Records of what a text does and holds beside its tables: clauses, elements, positions, notes, citations.

Things are referred to as in `model`; places of other documents, which are cited and not read, as `part:SYMBOL/path`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mandategraph.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class DeadlineRecord:
    """By when: a day that the text gives, or a rule that counts `days` (negative: before) from a point of a meeting.

    `anchor` is a meeting, `point` its opening or closing. A rule has no date here: that depends on the schedule.
    """

    id: str
    kind: str
    evidence: tuple[Evidence, ...]
    due: date | None = None
    anchor: str = ""
    point: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """One act of a paragraph: by which verbs, on whom, by when, under whose eyes, with whom.

    `verbs` stand in the order of the text; a second one is ruled by the first (invites to draw attention). `involves`
    are actors of whom the clause speaks otherwise; `asks_for` and `draws_on` documents; `cites` documents and places.
    """

    id: str
    place: str
    kind: str
    verbs: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    addressees: tuple[str, ...] = ()
    capacity: str = ""
    deadlines: tuple[str, ...] = ()
    oversight: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    involves: tuple[str, ...] = ()
    asks_for: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionRecord:
    """What a clause demands of the content of something that it asks for."""

    id: str
    clause: str
    document: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class InputRecord:
    """Something that a document asked for is to be made from: `sources` are meetings, actors, documents or places."""

    id: str
    clause: str
    document: str
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ParticipationRecord:
    """An actor's role in a meeting, as one place of a document states it.

    `open_list` marks a list of names that the text itself calls incomplete.
    """

    id: str
    participant: str
    meeting: str
    role: str
    evidence: tuple[Evidence, ...]
    basis: str = "explicit"
    note: str = ""
    open_list: bool = False


@dataclass(frozen=True, slots=True)
class CitationRecord:
    """A place names another document, or a part of it."""

    id: str
    cited: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class CitedPartRecord:
    """A place of a document that is cited and not at hand: how one cites it, in both languages."""

    ref: str
    kind: str
    parent: str
    cite: str
    cite_zh: str


@dataclass(frozen=True, slots=True)
class FrameworkElementRecord:
    """An element that the document sets out: a heading, a group under it, or an item. `broader` is its heading."""

    id: str
    place: str
    level: str
    as_written: str
    evidence: tuple[Evidence, ...]
    broader: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class TextStatusRecord:
    """What a document says of the standing of a part of its own text."""

    id: str
    of: str
    status: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PositionRecord:
    """What an unnamed holder wants of a piece of text. `carrier` is the part that bears the footnote's mark.

    `target` is an element (or a part where there is none); `against` another position that this one contradicts. One
    that only rejects a name proposed by another position has no target but that position.
    """

    id: str
    holder: str
    holder_kind: str
    stance: str
    carrier: str
    target: str
    evidence: tuple[Evidence, ...]
    move_to: str = ""
    against: str = ""
    basis: str = "explicit"
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A footnote, or a sentence of one, that is no position: status, cross-reference, definition or explanation."""

    id: str
    kind: str
    carriers: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TypeDefinitionRecord:
    """What a number in the column of types means, as the document explains it."""

    id: str
    type: str
    evidence: tuple[Evidence, ...]
