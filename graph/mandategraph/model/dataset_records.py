"""Records of what published datasets say beside meetings and dates: things with their names, calls, codings, flags.

Things are referred to as in `records`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mandategraph.model.statements import AsWritten, Concept, Id, Part, Proofs, Statement, Thing, Unstated, Words, kind


@dataclass(frozen=True, slots=True)
class ThingRecord:
    """A thing that a dataset names, with what it says of it.

    `at` is the place of the record that is about the thing itself; empty where the thing is only mentioned. `code` is
    a code that others publish, empty where there is none. `printed` marks a Chinese label that is only what is
    printed. `class_` narrows a document, `broader` is the scheme of an element. `ids` are numbers of the publisher by
    which other records of its speak of the thing.
    """

    ref: Annotated[str, Unstated("in the register graph", thing=True)]
    en: Annotated[str, Unstated("in the register graph")]
    zh: Annotated[str, Unstated("in the register graph")]
    at: Annotated[str, Unstated("in the register graph")] = ""
    code: Annotated[str, Unstated("in the register graph")] = ""
    official: Annotated[bool, Unstated("in the register graph")] = False
    printed: Annotated[bool, Unstated("in the register graph")] = True
    class_: Annotated[str, Unstated("in the register graph")] = ""
    broader: Annotated[str, Unstated("in the register graph")] = ""
    on: Annotated[date | None, Unstated("in the register graph")] = None
    page: Annotated[tuple[str, ...], Unstated("in the register graph")] = ()
    adopted_by: Annotated[str, Unstated("in the register graph", thing=True)] = ""
    ids: Annotated[tuple[str, ...], Unstated("in the register graph")] = ()


@kind("call", "Call", rank=1)
@dataclass(frozen=True, slots=True)
class CallRecord:
    """What a published notice asks for: made in which document, by whom, of whom, by when, on what. `deadlines` are by id."""

    id: Id
    document: Annotated[str, Thing("callMadeIn")]
    evidence: Proofs
    by: Annotated[str, Thing("callBy")] = ""
    to: Annotated[tuple[str, ...], Thing("callTo")] = ()
    deadlines: Annotated[tuple[str, ...], Statement("callDeadline", "deadline")] = ()
    subjects: Annotated[tuple[str, ...], Thing("concerns")] = ()


@kind("coding", "ParagraphCoding", rank=1)
@dataclass(frozen=True, slots=True)
class CodingRecord:
    """How a publisher codes a paragraph: its kind, what became of it, the actors named, and what followed."""

    id: Id
    paragraph: Annotated[str, Thing("codesProvision")]
    evidence: Proofs
    kind: Annotated[str, Concept("codedKind")] = ""
    statuses: Annotated[tuple[str, ...], Concept("codedStatus", "coded-{}")] = ()
    actors: Annotated[tuple[str, ...], Thing("codedActor")] = ()
    follow_up: Annotated[tuple[str, ...], Thing("codedFollowUp")] = ()


@kind("erratum", "Erratum", basis="derived", rank=1)
@dataclass(frozen=True, slots=True)
class FlagRecord:
    """Something in a record that cannot be right. It is kept as written; `kind` is a kind of erratum."""

    id: Id
    place: Annotated[str, Part("corrects")]
    kind: Annotated[str, Concept("erratumKind")]
    as_written: AsWritten
    reason_en: Annotated[str, Words("reason", "en")]
    reason_zh: Annotated[str, Words("reason", "zh")]
    evidence: Proofs
