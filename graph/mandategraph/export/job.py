"""What a writer is given: the drawing, what stands in its columns, the store that it was drawn from, and what to tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mandategraph.export.columns import Columns
from mandategraph.export.drawing import Drawing, Edge, Node
from mandategraph.messages import LANGUAGES
from mandategraph.store.base import Store


def _quiet(done: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Job:
    """One export. ``nodes`` and ``edges`` hand over what is to be written, one after the other, and count it; a writer
    reports to ``merged`` what its format could not keep apart."""

    drawing: Drawing
    store: Store
    languages: tuple[str, ...] = LANGUAGES
    bom: bool = False
    tick: Callable[[int], None] = _quiet
    merged: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)

    @property
    def columns(self) -> Columns:
        """The cells of things and arrows."""
        return Columns(self.drawing, self.languages)

    def nodes(self, order: Callable[[Node], tuple[str, ...]] | None = None) -> Iterator[Node]:
        """Every thing of the drawing, by id, or in another order."""
        found = self.drawing.nodes.values()
        for node in sorted(found, key=order) if order else found:
            yield node
            self._count("nodes")

    def edges(self, order: Callable[[Edge], tuple[str, ...]] | None = None) -> Iterator[Edge]:
        """Every arrow of the drawing, by id, or in another order."""
        found = self.drawing.edges
        for edge in sorted(found, key=order) if order else found:
            yield edge
            self._count("edges")

    def _count(self, what: str) -> None:
        self.written[what] += 1
        self.tick(1)
