"""The default engine: compiled shapes, run where the data lies, several queries at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from mandategraph.store.base import Term
from mandategraph.validate.compile.plan import CLASSES, Plan, named_classes, plan
from mandategraph.validate.compile.query import Query
from mandategraph.validate.compile.sparql import SHAPES_GRAPH
from mandategraph.validate.data import Data, OxData, Unanswered, of_nquads
from mandategraph.validate.foreign import absent_nodes, foreign_shapes
from mandategraph.validate.result import Result
from mandategraph.validate.shapesgraph import ShapesGraph


@dataclass(frozen=True)
class Answers:
    """What each query found, in the order of the queries; and the names of the rules whose queries the store could not
    answer and a copy of its data here did, each with the reason."""

    found: list[list[Found]]
    elsewhere: dict[str, str]

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(f"run on a copy of the data: {rule}: {reason}" for rule, reason in sorted(self.elsewhere.items()))


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
    return _planned(graph, tuple(classes_below(graph, data).items()), tuple(handed.items()), data.fused)


@lru_cache(maxsize=4)
def _planned(
    graph: ShapesGraph,
    classes: tuple[tuple[Term, tuple[Term, ...]], ...],
    handed: tuple[tuple[Term, str], ...],
    fused: bool,
) -> Plan:
    return plan(graph, dict(classes), dict(handed), fused)


def classes_below(graph: ShapesGraph, data: Data) -> dict[Term, tuple[Term, ...]]:
    """Each class that the shapes name with all classes below it, itself first."""
    named = named_classes(graph)
    steps: dict[Term, list[Term]] = {}
    if named:
        for row in data.rows(CLASSES.replace(" WHERE", f" {data.dataset} WHERE", 1)):
            steps.setdefault(row["upper"], []).append(row["class"])
    return {kind: _below(kind, steps) for kind in named}


def _below(kind: Term, steps: Mapping[Term, Sequence[Term]]) -> tuple[Term, ...]:
    """A class and, sorted, all classes with a name that some steps lead to from it."""
    found, queue = {kind}, [kind]
    while queue:
        fresh = {one for one in steps.get(queue.pop(), ()) if one not in found}
        found |= fresh
        queue += fresh
    return (kind, *sorted((one for one in found - {kind} if one.kind == "iri"), key=lambda term: term.value))


def run(
    queries: Sequence[Query], data: Data, graph: ShapesGraph, only: Mapping[Query, Sequence[Term]] | None = None
) -> Answers:
    """What each query finds; `only` narrows queries down to some nodes of their target.

    Raises:
        StoreError: the store fails or does not answer.
    """
    used = lru_cache(maxsize=None)(data.uses)
    with_shapes = _with_shapes(data, graph) if any(query.asks_for_shapes for query in queries) else data

    def ask(query: Query, source: Data) -> list[Found]:
        rows = source.rows(query.text(only.get(query) if only else None, source.dataset))
        return [Found(root, result) for root, result in query.results(rows)]

    def tried(query: Query) -> list[Found] | Unanswered:
        try:
            if query.needs and not used(query.needs):
                return []
            return ask(query, with_shapes if query.asks_for_shapes else data)
        except Unanswered as reason:
            return reason

    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        answers = list(pool.map(tried, queries))
    reasons = [
        (query, answer) for query, answer in zip(queries, answers, strict=True) if isinstance(answer, Unanswered)
    ]
    copy = of_nquads(data.nquads()) if reasons else None

    def settled(query: Query, answer: list[Found] | Unanswered) -> list[Found]:
        if not isinstance(answer, Unanswered):
            return answer
        assert copy is not None
        return ask(query, copy)

    found = [settled(query, answer) for query, answer in zip(queries, answers, strict=True)]
    return Answers(found, {check.shape.name: reason.message for query, reason in reasons for check in query.checks})


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
