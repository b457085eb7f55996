"""What is told of a thing: its facts, and the statements about it with their places in the sources. Plain values."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.answers.answer import Cell


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of something and its value, each with its words; ``coded`` when the value is known by its code.
    ``thing`` is the IRI of the value where it is a thing or a term, and ``parts`` are the facts of a value that has no
    name of its own (a deliverable, a deadline)."""

    property: Cell
    value: Cell
    coded: bool = False
    thing: str | None = None
    parts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """Where a statement stands: the document's IRI, the place in words, the line and the few words it rests on."""

    document: str | None
    cell: Cell
    line: int
    quote: str | None


@dataclass(frozen=True, slots=True)
class DescribedStatement:
    """One statement about the thing: what kind of statement, as what the thing stands in it (``from``, ``to``), the
    other facts of it, its basis, and its places in the sources. ``iri`` names the statement itself."""

    kind: Cell
    role: Cell
    facts: tuple[Fact, ...]
    basis: str
    places: tuple[SourcePassage, ...]
    iri: str

    @property
    def sources(self) -> tuple[Cell, ...]:
        """The places in words, each once."""
        return tuple(dict.fromkeys(place.cell for place in self.places))


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is known of one thing; ``as_of`` as in an answer."""

    iri: str
    kind: Cell
    name: Cell
    spellings: tuple[str, ...]
    facts: tuple[Fact, ...]
    told: tuple[DescribedStatement, ...]
    as_of: str | None = None
