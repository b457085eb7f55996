"""Both engines find the same: on random graphs and shapes, on our graph and broken copies of it, on data not ours."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import shipped
from conformance import key_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mandategraph.cli import main
from mandategraph.rdf import namespaces
from mandategraph.validate.data import OxData, of_files
from mandategraph.validate.entry import found, packaged_shapes, shapes_of
from mandategraph.validate.shapesgraph import ShapesGraph, parse

SAMPLES = Path(os.environ.get("MANDATEGRAPH_SAMPLES", Path(__file__).parents[3] / "shared" / "samples"))
ONTOLOGY = ox.NamedNode(namespaces.graph("ontology"))
# Properties that rules compare. An IRI beside a text there is a fault by the specification, since SPARQL cannot order
# the two; pySHACL compares it as a text.
ORDERED = {
    namespaces.ONTOLOGY + name
    for name in ("startDate", "endDate", "earliest", "latest", "firstLine", "lastLine", "lineNumber")
}
PREFIXES = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""

NODES = ["ex:a", "ex:b", "ex:c", "ex:d", "_:n"]
CLASSES = ["ex:C", "ex:D", "ex:E"]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
LITERALS = ["1", "2", "5", '"x"', '"yy"', '"x"@en', '"y"@en', '"x"@de', '"2020-01-01"^^xsd:date',
            '"2021-01-01"^^xsd:date', "true"]  # fmt: skip

names = st.sampled_from(PROPERTIES)
values = st.sampled_from([*NODES[:4], *LITERALS])
constants = st.sampled_from([*NODES[:4], *LITERALS])
classes = st.sampled_from(CLASSES)


@st.composite
def data(draw: st.DrawFn) -> str:
    facts = draw(st.lists(st.tuples(st.sampled_from(NODES), names, st.one_of(values, st.just("_:n"))), max_size=14))
    types = draw(st.lists(st.tuples(st.sampled_from(NODES), st.just("a"), classes), max_size=6))
    below = draw(st.lists(st.tuples(classes, st.just("rdfs:subClassOf"), classes), max_size=2))
    return "\n".join(" ".join(triple) + " ." for triple in [*facts, *types, *below])


def paths() -> st.SearchStrategy[str]:
    def more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            inner.map(lambda path: f"[ sh:inversePath {path} ]"),
            st.tuples(inner, inner).map(lambda two: f"( {' '.join(two)} )"),
            st.tuples(inner, inner).map(lambda two: f"[ sh:alternativePath ( {' '.join(two)} ) ]"),
            inner.map(lambda path: f"[ sh:zeroOrMorePath {path} ]"),
            inner.map(lambda path: f"[ sh:oneOrMorePath {path} ]"),
            inner.map(lambda path: f"[ sh:zeroOrOnePath {path} ]"),
        )

    return st.one_of(names, names, more(names), more(more(names)))


def on_values() -> st.SearchStrategy[str]:
    few = st.lists(constants, min_size=1, max_size=3, unique=True)
    return st.one_of(
        classes.map("sh:class {}".format),
        st.sampled_from(["xsd:integer", "xsd:string", "xsd:date", "xsd:boolean"]).map("sh:datatype {}".format),
        st.sampled_from(["IRI", "Literal", "BlankNode", "IRIOrLiteral", "BlankNodeOrIRI"]).map(
            "sh:nodeKind sh:{}".format
        ),
        few.map(lambda found: f"sh:in ( {' '.join(found)} )"),
        st.sampled_from(["sh:minInclusive 2", "sh:maxExclusive 5", "sh:minExclusive 1", "sh:maxInclusive 2"]),
        st.sampled_from(["sh:minLength 2", "sh:maxLength 1", 'sh:pattern "^x"', 'sh:pattern "X" ; sh:flags "i"']),
        st.sampled_from(['sh:languageIn ( "en" )', 'sh:languageIn ( "de" "en" )']),
        names.map("sh:equals {}".format),
        names.map("sh:disjoint {}".format),
        constants.map("sh:hasValue {}".format),
        st.just("sh:closed true ; sh:ignoredProperties ( ex:p <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> )"),
    )


def on_properties() -> st.SearchStrategy[str]:
    return st.one_of(
        st.sampled_from(["sh:minCount 1", "sh:minCount 2", "sh:maxCount 0", "sh:maxCount 1", "sh:uniqueLang true"]),
        names.map("sh:lessThan {}".format),
        names.map("sh:lessThanOrEquals {}".format),
    )


@st.composite
def property_shape(draw: st.DrawFn, depth: int) -> str:
    parts = draw(st.lists(st.one_of(on_properties(), constraints(depth)), min_size=1, max_size=3, unique_by=_kind))
    return f"sh:path {draw(paths())} ; " + " ; ".join(parts)


def _kind(part: str) -> str:
    return part.split()[0]


def constraints(depth: int) -> st.SearchStrategy[str]:
    """A constraint, with shapes inside shapes down to some depth."""
    if not depth:
        return on_values()
    inner = st.one_of(constraints(depth - 1), property_shape(depth - 1)).map(lambda part: f"[ {part} ]")
    two = st.tuples(inner, inner).map(" ".join)
    return st.one_of(
        on_values(),
        constraints(depth - 1).map("sh:node [ {} ]".format),
        inner.map("sh:not {}".format),
        two.map("sh:and ( {} )".format),
        two.map("sh:or ( {} )".format),
        two.map("sh:xone ( {} )".format),
        property_shape(depth - 1).map("sh:property [ {} ]".format),
        st.tuples(paths(), inner, st.sampled_from(["Min", "Max"]), st.sampled_from([1, 2])).map(
            lambda made: "sh:property [ sh:path {} ; sh:qualifiedValueShape {} ; sh:qualified{}Count {} ]".format(*made)
        ),
    )


@st.composite
def shapes(draw: st.DrawFn) -> str:
    target = draw(
        st.one_of(
            classes.map("sh:targetClass {}".format),
            constants.map("sh:targetNode {}".format),
            names.map("sh:targetSubjectsOf {}".format),
            names.map("sh:targetObjectsOf {}".format),
        )
    )
    parts = draw(st.lists(constraints(2), min_size=1, max_size=3, unique_by=_kind))
    return f"ex:S a sh:NodeShape ; {target} ; {' ; '.join(parts)} ."


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


def some_of_ours(chance: random.Random, number: int) -> ox.Store:
    """Some things of each graph but the ontology, all that these speak of, two steps away too, and the ontology."""
    whole, part = shipped.store(), ox.Store()
    for quad in whole.quads_for_pattern(None, None, None, ONTOLOGY):
        part.add(quad)
    for graph in sorted(whole.named_graphs(), key=str):
        subjects = {quad.subject for quad in whole.quads_for_pattern(None, None, None, graph)} - {graph}
        reached = (
            set(chance.sample(sorted(subjects, key=str), min(number, len(subjects)))) if graph != ONTOLOGY else set()
        )
        for _ in range(3):
            found = [quad for one in sorted(reached, key=str) for quad in whole.quads_for_pattern(one, None, None)]
            part.extend(found)
            reached = {quad.object for quad in found if isinstance(quad.object, ox.NamedNode)}
    return part


def broken(store: ox.Store, chance: random.Random, share: int) -> None:
    """Take one statement in so many away, and put wrong ones in the place of most of them."""
    quads = sorted((quad for quad in store if quad.graph_name != ONTOLOGY), key=str)
    for quad in chance.sample(quads, len(quads) // share):
        store.remove(quad)
        if chance.random() < 0.6:
            other = chance.choice(quads)
            value = other.object if chance.random() < 0.5 else quad.object
            if other.predicate.value not in ORDERED or isinstance(value, ox.Literal):
                store.add(ox.Quad(quad.subject, other.predicate, value, quad.graph_name))


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
