"""After a change, judging again what it can affect gives what judging everything gives."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pyoxigraph as ox
import pytest
import shipped
from hypothesis import HealthCheck, given, settings
from mandategraph.rdf import namespaces
from mandategraph.rdf.terms import as_term
from mandategraph.validate import incremental
from mandategraph.validate.data import OxData
from mandategraph.validate.entry import judge, packaged_shapes
from mandategraph.validate.incremental import Triple
from mandategraph.validate.shapesgraph import ShapesGraph, parse
from random_shapes import PREFIXES, data, shapes

PLAN = namespaces.graph("CBD/WG2020/REC/1/1")


def triple(quad: ox.Quad) -> Triple:
    return as_term(quad.subject), as_term(quad.predicate), as_term(quad.object)


@cache
def sorted_quads() -> tuple[ox.Quad, ...]:
    return tuple(sorted(shipped.store(), key=str))


def edit(store: ox.Store, chance: random.Random, number: int) -> list[Triple]:
    """Change some statements of one document's graph; all that were added or removed."""
    own = [quad for quad in sorted_quads() if quad.graph_name.value == PLAN and quad in store]
    changed = []
    for quad in chance.sample(own, number):
        store.remove(quad)
        changed.append(triple(quad))
        if chance.random() < 0.7:
            other = chance.choice(own)
            added = ox.Quad(quad.subject, quad.predicate, other.object, quad.graph_name)
            store.add(added)
            changed.append(triple(added))
    return changed


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_edits_of_one_document(seed: int) -> None:
    store, chance = ox.Store(), random.Random(seed)
    store.extend(sorted_quads())
    content = OxData(store)
    state = incremental.first(content, packaged_shapes())
    whole = state.whole
    for number in (1, 3, 10, 40):
        state = incremental.after(state, content, edit(store, chance, number))
        assert state.report(content) == judge(content, packaged_shapes(), locator=incremental.Records())
        assert state.whole < whole / 3
    assert state.again


def test_nothing_changed_is_nothing_done() -> None:
    content = OxData(ox.Store())
    state = incremental.first(content, packaged_shapes())
    assert incremental.after(state, content, []) is state


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data(), data(), shapes())
def test_random_edits_with_random_shapes(before: str, now: str, rules: str) -> None:
    graph = ShapesGraph(parse((PREFIXES + rules).encode(), ox.RdfFormat.TURTLE, "shapes"))
    old, new = (
        set(ox.parse((PREFIXES + text).replace("_:n", "ex:n").encode(), format=ox.RdfFormat.TURTLE))
        for text in (before, now)
    )
    first, second = held(old), held(new)
    state = incremental.after(incremental.first(first, graph), second, [triple(quad) for quad in old ^ new])
    assert counted(state) == counted(incremental.first(second, graph))


def held(quads: set[ox.Quad]) -> OxData:
    store = ox.Store()
    store.extend(sorted(quads, key=str))
    return OxData(store)


def counted(state: incremental.State) -> Counter[object]:
    return Counter(result.key for result in state.results)
