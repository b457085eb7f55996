"""The examples of the rules (`shapes/<shape>/*.ttl`), and the rules that each expects to find fault with it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from mandategraph.system import resources
from mandategraph.validate import Report, validate
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

EXAMPLES = Path(__file__).parent / "shapes"
SHAPE = "https://w3id.org/mandategraph/shapes#"
GRAPH = "https://w3id.org/mandategraph/graph/CBD/WG2020/REC/1/1"
SETTINGS = {RDF.type, SH.targetClass, SH.targetSubjectsOf, SH.property, SH.path, SH.severity, SH.message}


@cache
def shapes() -> Graph:
    return parsed(*resources.shape_files())


def parsed(*files: object) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")  # type: ignore[attr-defined]
    return graph


def local(node: Node) -> str:
    return str(node).removeprefix(SHAPE)


def targeted_shapes() -> set[Node]:
    return {shape for target in (SH.targetClass, SH.targetSubjectsOf) for shape in shapes().subjects(target, None)}


def rules() -> dict[str, URIRef]:
    """Every shape that makes findings, by name: property shapes of targeted shapes, and targeted shapes with
    constraints of their own."""
    found: dict[str, URIRef] = {}
    for shape in targeted_shapes():
        found |= {local(rule): URIRef(str(rule)) for rule in shapes().objects(shape, SH.property)}
        if set(shapes().predicates(shape, None)) - SETTINGS:
            found[local(shape)] = URIRef(str(shape))
    return found


def expected(example: Path) -> set[str]:
    return set(re.findall(r"^# expect: (\S+)$", example.read_text(encoding="utf-8"), re.MULTILINE))


def examples(kind: str) -> list[Path]:
    return sorted(EXAMPLES.glob(f"*/{kind}-*.ttl"))


def nquads(*names: str) -> bytes:
    """The context and some examples as the store dumps them: N-Quads by Oxigraph, in two named graphs."""
    store = ox.Store()
    for number, name in enumerate(("context.ttl", *names)):
        graph = ox.NamedNode(GRAPH + ("/curated" if number else ""))
        store.load((EXAMPLES / name).read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    dumped = store.dump(format=ox.RdfFormat.N_QUADS)
    assert dumped is not None
    return dumped


def two_faults() -> Report:
    return validate(nquads("Element/invalid-no-scheme.ttl", "MandateAuthority/invalid-empty-cell.ttl"))
