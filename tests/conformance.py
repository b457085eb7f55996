"""The W3C cases for SHACL, which are not part of the product: tests that need them skip where they are absent."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mandategraph.store.base import Term, iri
from mandategraph.validate.entry import shapes_of
from mandategraph.validate.paths import parse_path
from mandategraph.validate.result import Result
from mandategraph.validate.shapesgraph import ShapesGraph, parse
from mandategraph.validate.vocabulary import sh
from rdflib import Graph, URIRef
from reports import Triples, comparable

FOLDER = Path(os.environ.get("MANDATEGRAPH_CONFORMANCE", Path(__file__).parents[2] / "shared" / "conformance"))
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"
Key = tuple[object, ...]


@dataclass(frozen=True)
class Case:
    """One case: its name, data and shapes, and the results wanted; None where validation must fail."""

    name: str
    data: Path
    shapes: Path
    wanted: Counter[Key] | None
    manifest: Path
    entry: str

    def report(self) -> Triples:
        """The report wanted, in its comparable form."""
        graph = Graph().parse(self.manifest, format="turtle", publicID=self.manifest.resolve().as_uri())
        (top,) = graph.objects(URIRef(self.entry), URIRef(_MF + "result"))
        return comparable(graph, top)


def cases(suite: str) -> list[Case]:
    """All cases of a suite (`shacl-core`), each once; none where the suite is absent."""
    found: dict[str, Case] = {}
    for manifest in sorted((FOLDER / suite).rglob("manifest.ttl")):
        found |= {case.name: case for case in _of_manifest(manifest, set())}
    return list(found.values())


def own_cases(folder: Path) -> list[Case]:
    """The cases in the files of a folder, each of which is manifest, data and shapes in one."""
    return [case for file in sorted(folder.glob("*.ttl")) for case in _of_manifest(file, set())]


def _of_manifest(file: Path, seen: set[Path]) -> Iterator[Case]:
    if file in seen:
        return
    seen.add(file)
    graph = ShapesGraph(read(file))
    here = iri(file.resolve().as_uri())
    for included in graph.values(here, iri(_MF + "include")):
        yield from _of_manifest(_path(included), seen)
    for head in graph.values(here, iri(_MF + "entries")):
        for entry in graph.members(head):
            yield _case(graph, entry, file)


def _case(graph: ShapesGraph, entry: Term, file: Path) -> Case:
    action, result = (graph.value(entry, iri(_MF + name)) for name in ("action", "result"))
    assert action is not None and result is not None
    data, shapes = (graph.value(action, iri(_SHT + name)) for name in ("dataGraph", "shapesGraph"))
    wanted = Counter(_key(graph, node) for node in graph.values(result, sh("result")))
    failure = result == iri(_SHT + "Failure")
    name = f"{Path(entry.value).parent.name}/{Path(entry.value).name}"
    return Case(name, _path(data), _path(shapes), None if failure else wanted, file, entry.value)


def read(file: Path) -> list[tuple[Term, Term, Term]]:
    """The triples of a Turtle file."""
    from pyoxigraph import RdfFormat

    return parse(file.read_bytes(), RdfFormat.TURTLE, str(file), file.resolve().as_uri())


def shapes(case: Case) -> ShapesGraph:
    return shapes_of([case.shapes])


def key_of(result: Result) -> Key:
    """What of a result is compared: all but its words; blank nodes have no names."""
    path = result.path.sparql() if result.path else None
    terms = (_plain(result.focus), path, _plain(result.value), _plain(result.shape))
    return (*terms, result.component, result.severity)


def _key(graph: ShapesGraph, node: Term) -> Key:
    def one(name: str) -> Term | None:
        return graph.value(node, sh(name))

    path, component, severity = one("resultPath"), one("sourceConstraintComponent"), one("resultSeverity")
    assert component is not None and severity is not None
    written = parse_path(graph, path).sparql() if path else None
    terms = (_plain(one("focusNode")), written, _plain(one("value")), _plain(one("sourceShape")))
    return (*terms, component.value, severity.value)


def _plain(term: Term | None) -> object:
    return "a blank node" if term is not None and term.kind == "blank" else term


def _path(address: Term | None) -> Path:
    assert address is not None
    return Path(address.value.removeprefix("file://"))
