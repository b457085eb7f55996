"""Stores whose every statement bears a mark, which tells the content of before from that of after."""

from __future__ import annotations

import pyoxigraph as ox
from mandategraph.store.lease import leased
from mandategraph.store.remote import RemoteStore
from mandategraph.store.remote_swap import finish, replace_content


def content(mark: str, graphs: int = 3, each: int = 400) -> ox.Store:
    """A store of some graphs in which every statement bears the mark."""
    made = ox.Store()
    lines = (f'<urn:s{n}> <urn:p> "{mark}" <urn:g{g}> .' for g in range(graphs) for n in range(each))
    made.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return made


def marks(store: RemoteStore) -> dict[str, int]:
    """By mark: how many statements bear it."""
    found = store.query("SELECT ?o (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s <urn:p> ?o } } GROUP BY ?o")
    return {row["o"].value: int(row["n"].value) for row in found.dicts()}  # type: ignore[union-attr]


def put(store: RemoteStore, mark: str) -> None:
    """Replace the content of a remote store by that of this mark, as a load does."""
    with leased(store) as lease:
        finish(store)
        replace_content(store, lease, content(mark), mark, {})


def marks_in_place(store: RemoteStore) -> dict[str, int]:
    """As ``marks``, of the graphs of the content only."""
    found = store.query(
        "SELECT ?o (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s <urn:p> ?o } FILTER(STRSTARTS(STR(?g), 'urn:g')) } GROUP BY ?o"
    )
    return {row["o"].value: int(row["n"].value) for row in found.dicts()}  # type: ignore[union-attr]
