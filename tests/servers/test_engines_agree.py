"""Both engines find the same: on random graphs and shapes, on our graph and broken copies of it, on data not ours."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import shipped
from broken_copies import ONTOLOGY, broken, some_of_ours
from conformance import key_of
from hypothesis import HealthCheck, given, settings
from mandategraph.cli import main
from mandategraph.validate.data import OxData, of_files
from mandategraph.validate.entry import found, packaged_shapes, shapes_of
from mandategraph.validate.shapesgraph import ShapesGraph, parse
from random_shapes import PREFIXES, data, shapes

SAMPLES = Path(os.environ.get("MANDATEGRAPH_SAMPLES", Path(__file__).parents[3] / "shared" / "samples"))


def both(content: OxData, rules: ShapesGraph) -> tuple[Counter[object], Counter[object]]:
    """What each engine finds, counted."""
    compiled, notes = found(content, rules)
    assert not [note for note in notes if "handed" in note and "of no steps" not in note]
    reference, _ = found(content, rules, "pyshacl")
    return Counter(map(key_of, compiled)), Counter(map(key_of, reference))


def loaded(text: str) -> OxData:
    store = ox.Store()
    store.load((PREFIXES + text).encode(), format=ox.RdfFormat.TURTLE)
    return OxData(store)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@settings(max_examples=int(os.environ.get("MANDATEGRAPH_EXAMPLES", "40")), deadline=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(data(), shapes())
def test_on_random_graphs_and_shapes(facts: str, rules: str) -> None:
    compiled, reference = both(
        loaded(facts), ShapesGraph(parse((PREFIXES + rules).encode(), ox.RdfFormat.TURTLE, "shapes"))
    )
    assert set(compiled) == set(reference)


@pytest.mark.slow
def test_on_our_graph() -> None:
    compiled, reference = both(OxData(shipped.store()), packaged_shapes())
    assert compiled == reference


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(int(os.environ.get("MANDATEGRAPH_COPIES", "3"))))
def test_on_broken_copies_of_parts_of_our_graph(seed: int) -> None:
    chance = random.Random(seed)
    store = some_of_ours(chance, 30)
    broken(store, chance, 12)
    compiled, reference = both(OxData(store), packaged_shapes())
    assert len(compiled) > 150
    assert len({key[3] for key in compiled}) > 40, "many different rules"
    assert compiled == reference


@pytest.mark.slow
@pytest.mark.skipif("MANDATEGRAPH_COPIES" not in os.environ, reason="a whole copy takes long (MANDATEGRAPH_COPIES=3)")
def test_on_a_broken_copy_of_the_whole() -> None:
    chance, store = random.Random(0), ox.Store()
    store.extend(shipped.store())
    broken(store, chance, 40)
    compiled, reference = both(OxData(store), packaged_shapes())
    assert len(compiled) > 500
    assert compiled == reference


@pytest.mark.slow
def test_on_a_made_up_graph_and_a_broken_copy_of_it(tmp_path: Path) -> None:
    dump, store = tmp_path / "made-up.nq", ox.Store()
    assert main(["synth", "--meetings", "20", "-o", str(dump)]) == 0
    store.load(path=str(dump), format=ox.RdfFormat.N_QUADS)
    store.extend(shipped.store().quads_for_pattern(None, None, None, ONTOLOGY))
    compiled, reference = both(OxData(store), packaged_shapes())
    assert compiled == reference == Counter()
    broken(store, random.Random(0), 40)
    compiled, reference = both(OxData(store), packaged_shapes())
    assert len(compiled) > 100
    assert compiled == reference


@pytest.mark.skipif(not (SAMPLES / "kmgbf").is_dir(), reason="the KMGBF data is not at hand (MANDATEGRAPH_SAMPLES)")
def test_on_data_and_shapes_of_others() -> None:
    folder = SAMPLES / "kmgbf"
    content = of_files([folder / "kmgbf-all.ttl"])
    rules = shapes_of([folder / "kmgbf-shapes.ttl"])
    compiled, reference = both(content, rules)
    assert compiled == reference
    kind = "http://metadata.cbd.int/kmgbf/ontology#Indicator"
    for number, quad in enumerate(sorted(content.store, key=str)):
        if number % 7 == 0 and str(quad.object) != f"<{kind}>":
            content.store.remove(quad)
    compiled, reference = both(content, rules)
    assert len(compiled) > 50
    assert compiled == reference
