"""Answering within bounds: a query over a dataset of its own choice, of whose answer no more than so much is taken.

What is over the bounds is never computed: the engine makes rows as they are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from mandategraph.store.base import Dataset, Rows, Term, Triples
from mandategraph.store.embedded import as_term, as_triples, engine_errors_told, parts

_Parts = TypeVar("_Parts", bound=Sequence["Term | None"])


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of an answer to take: so many rows (or triples), and so many characters of all their values."""

    rows: int
    characters: int


@dataclass(frozen=True, slots=True)
class Bounded:
    """An answer, and whether it is all of it."""

    result: Rows | bool | Triples
    complete: bool


def within(result: Rows | bool | Triples, bounds: Bounds) -> Bounded:
    """So much of an answer that is there already as the bounds allow."""
    if isinstance(result, Rows):
        rows, complete = _taken(result.rows, bounds)
        return Bounded(Rows(result.variables, tuple(rows)), complete)
    if isinstance(result, Triples):
        triples, complete = _taken(result.triples, bounds)
        return Bounded(Triples(tuple(triples)), complete)
    return Bounded(result, True)


def evaluate_within(
    store: ox.Store,
    text: str,
    bounds: Bounds,
    *,
    dataset: Dataset | None = None,
    union: bool = False,
    prefixes: Mapping[str, str] | None = None,
) -> Bounded:
    """Answer a query from an Oxigraph store within bounds.

    Without a ``dataset`` the query sees the whole store; with ``union`` the default graph is then that of all graphs,
    and FROM clauses do not count. ``prefixes`` hold where the query declares none of the name.

    Raises UsageError with the parser's words for bad SPARQL, StoreError when the engine fails.
    """
    with engine_errors_told(text):
        result = store.query(
            text,
            prefixes=dict(prefixes or {}),
            use_default_graph_as_union=union,
            default_graph=None if dataset is None else [ox.NamedNode(graph) for graph in dataset.default],
            named_graphs=None if dataset is None else [ox.NamedNode(graph) for graph in dataset.named],
        )
        if isinstance(result, ox.QueryBoolean):
            return Bounded(bool(result), True)
        if isinstance(result, ox.QueryTriples):
            triples, complete = _taken((parts(triple) for triple in result), bounds)
            return Bounded(as_triples(triples), complete)
        names = tuple(variable.value for variable in result.variables)
        rows, complete = _taken((tuple(as_term(value) for value in solution) for solution in result), bounds)
        return Bounded(Rows(names, tuple(rows)), complete)


def _taken(found: Iterable[_Parts], bounds: Bounds) -> tuple[list[_Parts], bool]:
    kept: list[_Parts] = []
    characters = 0
    for one in found:
        characters += sum(len(term.value) for term in one if term is not None)
        if len(kept) >= bounds.rows or characters > bounds.characters:
            return kept, False
        kept.append(one)
    return kept, True
