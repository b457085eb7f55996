"""OWL 2 RL inference: on demand, in a graph of its own, and without harm to anything else."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from mandategraph.derive.inference import inferred
from mandategraph.emit import assemble
from mandategraph.pipeline.build import build_store, ensure_store
from mandategraph.rdf import namespaces
from mandategraph.system import resources
from mandategraph.validate import judge
from mandategraph.validate.data import OxData
from mandategraph.validate.entry import packaged_shapes

MG = namespaces.ONTOLOGY
CONTEXT = Path(__file__).parents[2] / "shapes" / "context.ttl"
BODY = "https://w3id.org/mandategraph/id/body/SBI"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def small() -> list[ox.Quad]:
    store = ox.Store()
    for file in resources.ontology_files():
        store.load(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    store.add(ox.Quad(ox.NamedNode(BODY), RDF_TYPE, ox.NamedNode(MG + "Body")))
    return list(store)


@pytest.mark.slow
def test_classes_above_are_inferred_and_nothing_empty() -> None:
    made = inferred(small())
    kinds = {quad.object.value for quad in made if quad.subject.value == BODY and quad.predicate == RDF_TYPE}
    assert {MG + "Actor", "http://www.w3.org/ns/org#Organization"} <= kinds
    assert {quad.graph_name.value for quad in made} == {namespaces.graph("inferred")}
    assert not [quad for quad in made if quad.subject == quad.object]
    assert not made & set(small())


@pytest.mark.slow
def test_what_is_inferred_breaks_no_rule() -> None:
    """Conclusions from an example of every kind of thing; from the shipped records they take half a minute."""
    store = ox.Store()
    store.extend(ox.parse(CONTEXT.read_bytes(), format=ox.RdfFormat.TURTLE))
    stated = len(store)
    store.extend(small())
    store.extend(inferred(store))
    assert len(list(store.quads_for_pattern(None, None, None, ox.NamedNode(namespaces.graph("inferred"))))) > stated
    report = judge(OxData(store), packaged_shapes())
    assert report.conforms, report.findings[:3]


@pytest.mark.slow
def test_build_with_inference_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "shipped_sources", lambda: [])  # the register and the ontology are enough here
    place = str(tmp_path / "store")
    plain = build_store(place).statements
    assert build_store(place, infer=True).statements > plain
    store = ensure_store(place)
    assert namespaces.graph("inferred") in store.graphs()
    store.close()
    back = build_store(place)
    assert (back.statements, back.rebuilt) == (plain, True)
