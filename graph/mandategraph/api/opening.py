"""Opening a graph: the shipped one, a folder, or an endpoint."""

from __future__ import annotations

from pathlib import Path

from mandategraph.api.graph import Graph


def open_graph(place: str | Path | None = None) -> Graph:
    """Open a graph for asking.

    Args:
        place: a store folder, the address of a SPARQL endpoint (`http://…`), or None for the shipped graph, which is
            built in the cache folder where it is not there yet.

    Raises:
        StoreError: nothing can be opened there.
    """
    from mandategraph.pipeline.build import ensure_store

    return Graph(ensure_store(str(place) if place is not None else None))
