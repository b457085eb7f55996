"""A question of ours put to a store: with our prefixes, about so many things at a time, evaluated in the order written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mandategraph.rdf import namespaces
from mandategraph.store.base import Store, Term, Triples, iri, rows

_BATCH = 400
_THINGS = "THINGS"
_ABOUT = """
SELECT ?thing ?property ?value WHERE {
  VALUES ?thing { THINGS }
  GRAPH ?g { ?thing ?property ?value }
}
"""


def ask(store: Store, query: str, things: Iterable[str] | None = None) -> Iterator[dict[str, Term]]:
    """The rows of a SELECT without prefixes. Where it is about things, it is put together with a part of these IRIs for
    ``THINGS`` at a time (``VALUES ?thing { THINGS }``), sorted and each once.

    Raises UsageError for what is no IRI, StoreError when the store fails.
    """
    for text in (query,) if things is None else _about(query, sorted(set(things))):
        yield from rows(store.query(store.in_turn(namespaces.sparql_header() + text))).dicts()


def _about(query: str, things: list[str]) -> Iterator[str]:
    for start in range(0, len(things), _BATCH):
        yield query.replace(_THINGS, " ".join(iri(thing).n3() for thing in things[start : start + _BATCH]))


def statements_about(store: Store, things: Iterable[str]) -> Triples:
    """The statements whose subject is one of these IRIs, in any graph, each once.

    Raises UsageError for what is no IRI, StoreError when the store fails.
    """
    found = {(row["thing"], row["property"], row["value"]) for row in ask(store, _ABOUT, things)}
    return Triples(tuple(sorted(found, key=lambda triple: tuple(term.n3() for term in triple))))
