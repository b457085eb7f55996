"""A drawing: the graph as things and arrows between them, in plain values that know nothing of any drawing tool.

An arrow is one statement of a document (or what the register says of two things). Two statements between the same
things are two arrows; each has an id of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from mandategraph.messages import Text
from mandategraph.store.base import Triples


class Fact(NamedTuple):
    """A value in a column; ``language`` is that of words, "" for codes, numbers, dates and things (IRIs)."""

    column: str
    value: str
    language: str = ""


class SourceReference(NamedTuple):
    """Where a statement was read: the document (IRI), the place in it as one cites it, the line of the source, the few
    words that the statement rests on ("" where the place is empty), and where it is in a file of pages or paragraphs."""

    document: str
    place: Text
    line: int
    quote: str = ""
    locator: str = ""


class StatedDates(NamedTuple):
    """What one statement says about when: its phase (planned, held, ...), days (ISO 8601) as far as it gives them, and
    how precise they are. ``start`` and ``end`` are days of the thing's own; ``earliest`` and ``latest`` only bound it.
    """

    statement: str
    phase: str = ""
    start: str = ""
    end: str = ""
    earliest: str = ""
    latest: str = ""
    precision: str = ""
    date_status: str = ""

    @property
    def bounds(self) -> tuple[str, str]:
        """The first and last day between which it lies; "" where there is no bound."""
        return self.start or self.earliest, self.end or self.latest

    @property
    def dated(self) -> bool:
        """Whether anything bounds it."""
        return any(self.bounds)


SPAN_COLUMNS = StatedDates._fields[1:]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing. ``id`` is its IRI, ``type`` its narrowest class and ``kinds`` that and the wider ones (local names);
    ``statements`` are those told at it, whether they make an arrow too or not."""

    id: str
    type: str
    label: Text
    kinds: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    spans: tuple[StatedDates, ...] = ()
    places: tuple[SourceReference, ...] = ()
    statements: tuple[str, ...] = ()
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow. ``statement`` is the IRI of the statement that it stands for, "" for what the register says; ``id``
    is the same where the statement makes one arrow only."""

    id: str
    statement: str
    source: str
    target: str
    type: str
    name: Text
    facts: tuple[Fact, ...] = ()
    span: StatedDates | None = None
    places: tuple[SourceReference, ...] = ()

    def values(self, column: str) -> tuple[str, ...]:
        """All values in a column."""
        return tuple(fact.value for fact in self.facts if fact.column == column)


@dataclass(frozen=True, slots=True)
class Dropped:
    """Arrows or statements that are not drawn, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Things by id and arrows, both sorted; names of the things and terms that values point to; what was left out.
    ``whole`` says whether it is all that a store has; ``triples`` are those of the query whose graph it is, if any."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    labels: Mapping[str, Text]
    dropped: tuple[Dropped, ...] = field(default=())
    whole: bool = True
    triples: Triples | None = None

    def part(self, nodes: frozenset[str], reason: str, edges: tuple[Edge, ...] | None = None) -> Drawing:
        """The drawing of these things alone, with the arrows between them; the others are dropped for ``reason``."""
        kept = {id: node for id, node in self.nodes.items() if id in nodes}
        lines = self.edges if edges is None else edges
        inside = tuple(edge for edge in lines if edge.source in kept and edge.target in kept)
        ids = {edge.id for edge in inside}
        gone = [Dropped(id, reason) for id in self.nodes if id not in kept]
        gone += [Dropped(edge.id, reason) for edge in self.edges if edge.id not in ids]
        return replace(self, nodes=kept, edges=inside, dropped=(*self.dropped, *gone), whole=False)


UNDRAWN = Drawing({}, (), {})
"""All that a store has, for writers of its statements, to whom nothing needs to be drawn."""
