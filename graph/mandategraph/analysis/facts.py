"""What the analyses are made from, as plain values: feeds, schedule statements, deadlines. Things are their IRIs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mandategraph.answers.answer import Cell

RECEIVER = "receiver"


@dataclass(frozen=True, slots=True)
class Feed:
    """What one row of a document says is to pass from ``giver`` to ``receiver``.

    The giver may be a meeting, an actor or a document; the receiver is empty when the row names none. ``voice`` is
    ``giver`` or ``receiver``: whose row says so. ``firm`` is false for "may" and "is expected to". ``element`` and
    ``authority`` (the decision or request it rests on) are None where the row has none. ``rows``: the parts of the
    document that say so, with the table rows of cells; two feeds of one row share one of them.
    """

    iri: str
    giver: str
    receiver: str
    voice: str
    modality: str
    firm: bool
    deliverable: str
    element: str | None
    authority: Cell | None
    document: str
    sources: tuple[Cell, ...]
    rows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Schedule:
    """One statement of one document on when, where and how a meeting is planned or was held.

    ``phase`` is planned, held or under-way; ``known`` the day since when the document is known (None: it does not
    say). ``earliest`` and ``latest`` bound whatever is said; ``start`` and ``end`` are there only to the day.
    """

    iri: str
    meeting: str
    phase: str
    status: str
    precision: str
    mode: str
    document: str
    known: date | None
    as_written: str
    start: date | None = None
    end: date | None = None
    earliest: date | None = None
    latest: date | None = None
    places: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    sources: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: a day, or a rule that counts ``days`` (negative: before) from a point of a meeting.

    ``things`` are the statements that set it.
    """

    iri: str
    on: date | None
    anchor: str | None
    point: str
    days: int | None
    things: tuple[str, ...]
    sources: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """A statement has a meeting deal with an element."""

    meeting: str
    element: str
    document: str
    sources: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An element corresponds to another one: exact, close or broad; or to none (``other`` is None)."""

    element: str
    other: str | None
    grade: str
    sources: tuple[Cell, ...]
