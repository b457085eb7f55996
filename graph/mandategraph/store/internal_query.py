"""A query of ours put to a store by its name, about so many things at a time, evaluated in the order written.

The queries stand in ``queries/internal``, in a folder for each room that asks them; ``ask(store, "analysis/meetings")``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from mandategraph.store.base import Rows, Store, Term, Triples, iri, rows
from mandategraph.store.parameter_lines import Places, parameter_lines, with_terms
from mandategraph.system import resources
from mandategraph.system.errors import InternalFault

_BATCH = 400


def ask(store: Store, name: str, things: Iterable[str | Term] | None = None) -> Iterator[dict[str, Term]]:
    """The rows of a SELECT. Where it has a parameter, it is put together with a part of the ``things`` (IRIs, or any terms)
    at a time, sorted and each once.

    Raises UsageError for what is no IRI, StoreError when the store fails, InternalFault for a name that no query has.
    """
    for text in _texts(store, name, things):
        yield from rows(store.query(text)).dicts()


def answer(store: Store, name: str, thing: str) -> Rows | bool | Triples:
    """The whole answer to a query about one thing, given by its IRI; raises as ``ask``."""
    (text,) = _texts(store, name, [thing])
    return store.query(text)


def statements_about(store: Store, things: Iterable[str]) -> Triples:
    """The statements whose subject is one of these IRIs, in any graph, each once; raises as ``ask``."""
    found = {(row["thing"], row["p"], row["v"]) for row in ask(store, "store/statements-about", things)}
    return Triples(tuple(sorted(found, key=lambda triple: tuple(term.n3() for term in triple))))


def sizes_of(store: Store, graphs: Iterable[str]) -> dict[str, int]:
    """How many statements each of these graphs holds, by its IRI, sorted; without the empty ones. Raises as ``ask``."""
    found = ask(store, "store/sizes-of-graphs", graphs)
    return dict(sorted((row["g"].value, int(row["n"].value)) for row in found))


def _texts(store: Store, name: str, things: Iterable[str | Term] | None) -> Iterator[str]:
    places = _places(name)
    if len(places) != (0 if things is None else 1):
        wanted = f"takes the parameter '{next(iter(places))}'" if places else "takes no parameter"
        raise InternalFault(f"the query {wanted}.", f"queries/internal/{name}.rq", "Give it what it takes.")
    if things is None:
        yield store.in_turn(resources.internal_query(name))
        return
    (parameter,) = places
    terms = {thing if isinstance(thing, Term) else iri(thing) for thing in things}
    listed = sorted(terms, key=lambda term: (term.value, term.n3()))
    for start in range(0, len(listed), _BATCH):
        given = {parameter: listed[start : start + _BATCH]}
        yield with_terms(resources.internal_query(name), places, given, store.in_turn)


@cache
def _places(name: str) -> Places:
    return parameter_lines(resources.internal_query(name), f"{name}.rq")
