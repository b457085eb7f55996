"""What a load changes, in statements: those that the sources made before, held against those that are put in now.

Of the statements before, digests are kept, eight bytes each; of those now none is kept, however many there are.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

import pyoxigraph as ox

from mandategraph.emit.assemble import assemble_into
from mandategraph.store.embedded import OxigraphStore
from mandategraph.store.internal_query import sizes_of

if TYPE_CHECKING:
    from mandategraph.emit.assemble import Source

_BUCKETS = 256


class StatementDiff:
    """Counts, graph by graph, what came and went since these sources."""

    def __init__(self, before: Iterable[Source]) -> None:
        self._before: dict[str, _Digests] = {}
        self._after: Counter[str] = Counter()
        assemble_into(list(before), self._note)
        for digests in self._before.values():
            digests.seal()

    def _note(self, quads: Iterable[ox.Quad]) -> None:
        for quad in quads:
            graph = _graph_of(quad)
            if graph not in self._before:
                self._before[graph] = _Digests()
            self._before[graph].add(quad)

    def meet(self, quads: Iterable[ox.Quad]) -> None:
        """Take note of statements that are put in now; one may come twice. Those of graphs that were not there before
        are all new and need no look."""
        for quad in quads:
            if (digests := self._before.get(_graph_of(quad))) is not None:
                digests.meet(quad)

    def count(self, store: ox.Store) -> None:
        """Count what a store holds, when all of the sources and nothing else has been put in."""
        content = OxigraphStore("what was put in", store)
        self._after.update(sizes_of(content, content.graphs()))

    def changed(self) -> tuple[dict[str, int], dict[str, int]]:
        """How many statements were added to each graph, and how many removed from each, by its name."""
        added, removed = {}, {}
        for graph in sorted({*self._before, *self._after}):
            digests = self._before.get(graph) or _Digests()
            added[graph] = self._after[graph] - digests.met
            removed[graph] = digests.distinct - digests.met
        return added, removed


class _Digests:
    """Digests of statements of one graph, each once, and which of them were met again."""

    def __init__(self) -> None:
        self._buckets = [array("Q") for _ in range(_BUCKETS)]
        self._seen: list[bytearray] = []
        self.distinct = 0
        self.met = 0

    def add(self, quad: ox.Quad) -> None:
        digest = _digest(quad)
        self._buckets[digest % _BUCKETS].append(digest)

    def seal(self) -> None:
        """Sort them; from now on they are looked up, and none is added."""
        self._buckets = [array("Q", sorted(set(bucket))) for bucket in self._buckets]
        self._seen = [bytearray(len(bucket)) for bucket in self._buckets]
        self.distinct = sum(map(len, self._buckets))

    def meet(self, quad: ox.Quad) -> None:
        digest = _digest(quad)
        bucket, seen = self._buckets[digest % _BUCKETS], self._seen[digest % _BUCKETS]
        at = bisect_left(bucket, digest)
        if at < len(bucket) and bucket[at] == digest and not seen[at]:
            seen[at] = 1
            self.met += 1


def _digest(quad: ox.Quad) -> int:
    return int.from_bytes(blake2b(str(quad).encode(), digest_size=8).digest())


def _graph_of(quad: ox.Quad) -> str:
    name = quad.graph_name
    assert isinstance(name, ox.NamedNode)  # whatever is put into a store stands in a graph with a name
    return name.value
