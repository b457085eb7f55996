"""A store in memory: for states of knowledge that are made when asked for, and for record files."""

from __future__ import annotations

import pyoxigraph as ox

from mandategraph.store.base import Rows, Triples
from mandategraph.store.embedded import dump, evaluate


class MemoryStore:
    """An Oxigraph store in memory, behind the ``Store`` protocol. ``location`` tells what it holds."""

    def __init__(self, location: str, content: ox.Store) -> None:
        self._location = location
        self._store = content

    @property
    def location(self) -> str:
        """What the store holds, in words."""
        return self._location

    @property
    def engine(self) -> ox.Store:
        """The engine underneath; to be read only."""
        return self._store

    def query(self, text: str) -> Rows | bool | Triples:
        """See Store.query."""
        return evaluate(self._store, text)

    def graphs(self) -> list[str]:
        """See Store.graphs."""
        return sorted(graph.value for graph in self._store.named_graphs())

    def dump(self) -> bytes:
        """See Store.dump."""
        return dump(self._store)

    def close(self) -> None:
        """See Store.close."""
        self._store = ox.Store()
