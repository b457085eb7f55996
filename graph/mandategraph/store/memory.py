"""A store in memory: for states of knowledge made when asked for, for record files, and for many questions at once."""

from __future__ import annotations

import pyoxigraph as ox

from mandategraph.store.base import Rows, Store, Triples
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


def copied(store: Store) -> MemoryStore:
    """Everything in a store, in memory: for whoever asks it so much that reading it once is quicker.

    Raises StoreError when the store fails.
    """
    content = ox.Store()
    content.bulk_load(store.dump(), format=ox.RdfFormat.N_QUADS)
    return MemoryStore(store.location, content)
