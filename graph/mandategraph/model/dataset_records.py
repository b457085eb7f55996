"""Records of what published datasets say beside meetings and dates: things with their names, calls, codings, flags.

Part of `model`, which names them all. Things are referred to as in `model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mandategraph.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class ThingRecord:
    """A thing that a dataset names, with what it says of it.

    `at` is the place of the record that is about the thing itself; empty where the thing is only mentioned. `code` is
    a code that others publish, empty where there is none. `printed` marks a Chinese label that is only what is
    printed. `class_` narrows a document, `broader` is the scheme of an element. `ids` are numbers of the publisher by
    which other records of its speak of the thing.
    """

    ref: str
    en: str
    zh: str
    at: str = ""
    code: str = ""
    official: bool = False
    printed: bool = True
    class_: str = ""
    broader: str = ""
    on: date | None = None
    page: tuple[str, ...] = ()
    adopted_by: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallRecord:
    """What a published notice asks for: made in which document, by whom, of whom, by when, on what. `deadlines` are by id."""

    id: str
    document: str
    evidence: tuple[Evidence, ...]
    by: str = ""
    to: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodingRecord:
    """How a publisher codes a paragraph: its kind, what became of it, the actors named, and what followed."""

    id: str
    paragraph: str
    evidence: tuple[Evidence, ...]
    kind: str = ""
    statuses: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    follow_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagRecord:
    """Something in a record that cannot be right. It is kept as written; `kind` is a kind of erratum."""

    id: str
    place: str
    kind: str
    as_written: str
    reason_en: str
    reason_zh: str
    evidence: tuple[Evidence, ...]
