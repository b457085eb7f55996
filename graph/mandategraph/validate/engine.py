"""The default engine: compiled shapes, run where the data lies, several queries at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from mandategraph.store.base import Term
from mandategraph.validate.compile.plan import CLASSES, Plan, Query, named_classes, plan
from mandategraph.validate.compile.sparql import SHAPES_GRAPH
from mandategraph.validate.data import Data, OxData
from mandategraph.validate.foreign import absent_nodes, foreign_shapes
from mandategraph.validate.result import Result
from mandategraph.validate.shapesgraph import ShapesGraph


@dataclass(frozen=True)
class Found:
    """A result and the node of the target that it came from."""

    root: Term
    result: Result


def compiled(graph: ShapesGraph, data: Data) -> Plan:
    """The plan for shapes on data, whose classes it follows.

    Raises:
        BadShapes: the shapes are not well-formed or speak of themselves.
    """
    handed = {**absent_nodes(graph, data), **foreign_shapes(graph)}
    return _planned(graph, tuple(classes_below(graph, data).items()), tuple(handed.items()))


@lru_cache(maxsize=4)
def _planned(
    graph: ShapesGraph, classes: tuple[tuple[Term, tuple[Term, ...]], ...], handed: tuple[tuple[Term, str], ...]
) -> Plan:
    return plan(graph, dict(classes), dict(handed))


def classes_below(graph: ShapesGraph, data: Data) -> dict[Term, tuple[Term, ...]]:
    """Each class that the shapes name with all classes below it, itself first."""
    named = named_classes(graph)
    below: dict[Term, list[Term]] = {kind: [] for kind in named}
    if named:
        query = CLASSES % " ".join(kind.n3() for kind in named)
        for row in data.rows(query.replace(" WHERE", f" {data.dataset} WHERE", 1)):
            if row["class"].kind == "iri" and row["class"] != row["upper"]:
                below[row["upper"]].append(row["class"])
    return {kind: (kind, *sorted(found, key=lambda term: term.value)) for kind, found in below.items()}


def run(
    queries: Sequence[Query], data: Data, graph: ShapesGraph, only: Mapping[Query, Sequence[Term]] | None = None
) -> list[list[Found]]:
    """What each query finds, in the order of the queries.

    `only` narrows queries down to some nodes of their target.
    """
    with_shapes = _with_shapes(data, graph) if any(query.asks_for_shapes for query in queries) else data

    def ask(query: Query) -> list[Found]:
        nodes = only.get(query) if only else None
        source = with_shapes if query.asks_for_shapes else data
        rows = source.rows(query.text(nodes, source.dataset))
        return [Found(query.root(row), result) for row in rows for result in query.results(row)]

    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        return list(pool.map(ask, queries))


def _with_shapes(data: Data, graph: ShapesGraph) -> Data:
    """A copy of the data in one graph with the shapes beside it in another, for queries that look at both."""
    store = ox.Store()
    for quad in ox.parse(data.nquads(), format=ox.RdfFormat.N_QUADS):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    lines = (" ".join(term.n3() for term in triple) + f" <{SHAPES_GRAPH}> .\n" for triple in graph.triples())
    store.load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    copy = OxData(store)
    copy.as_one = False
    return copy


def results(found: Iterable[Iterable[Found]]) -> list[Result]:
    """All results, query by query."""
    return [one.result for some in found for one in some]
