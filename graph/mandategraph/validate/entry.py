"""Validation as a whole: data and shapes in, a report out, by either engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from mandategraph.rdf.declared import ontology_quads
from mandategraph.store import Store
from mandategraph.store.base import Term
from mandategraph.system import resources
from mandategraph.system.errors import InputError, InternalFault, UsageError
from mandategraph.validate import engine, reference
from mandategraph.validate.data import Data, OxData, base_of, of_files, of_nquads, of_store, read_rdf
from mandategraph.validate.findings import Report
from mandategraph.validate.foreign import nearest_term, unknown_terms
from mandategraph.validate.locate import DataFiles, Locator, Records
from mandategraph.validate.options import ENGINES, FAIL_ON
from mandategraph.validate.result import Result
from mandategraph.validate.shapesgraph import ShapesGraph, parse
from mandategraph.validate.vocabulary import SH
from mandategraph.validate.wording import Reader


def validate(data_nquads: bytes, fail_on: str = "violation", engine: str = "compiled") -> Report:
    """Hold a whole graph against the packaged shapes.

    Args:
        data_nquads: the data as N-Quads in UTF-8; its named graphs are taken together. The ontology is added.
        fail_on: the slightest severity that counts as not conforming: violation, warning, info or none.
        engine: one of ENGINES.

    Raises:
        UsageError: `fail_on` or `engine` is none of these.
        InputError: the data is not N-Quads.
        InternalFault: the packaged shapes are broken.
    """
    _check(fail_on, engine)
    data = of_nquads(data_nquads)
    data.store.extend(_ontology(data.as_one))
    return judge(data, packaged_shapes(), fail_on, engine, Records())


@cache
def _ontology(named: bool) -> list[ox.Quad]:
    """The ontology in the graph of its own, or in the default graph where the data has no named ones."""
    home = _ONTOLOGY if named else ox.DefaultGraph()
    return [ox.Quad(quad.subject, quad.predicate, quad.object, home) for quad in ontology_quads()]


_ONTOLOGY = ox.NamedNode("https://w3id.org/mandategraph/graph/ontology")


def validate_store(
    store: Store, shapes: ShapesGraph | None = None, fail_on: str = "violation", engine: str = "compiled"
) -> Report:
    """Hold all graphs of an open store, embedded or remote, against the packaged shapes or others.

    Raises:
        UsageError, BadShapes: as `judge`.
        StoreError: the store fails or does not answer.
    """
    return judge(of_store(store), shapes or packaged_shapes(), fail_on, engine, Records())


def validate_files(
    files: Iterable[Path], shapes: Iterable[Path] = (), fail_on: str = "violation", engine: str = "compiled"
) -> Report:
    """Hold RDF files against shapes files, or against the packaged shapes where none are given.

    Raises:
        InputError: a file is missing, of an unknown kind or not well-formed, or the shapes are.
    """
    given, named = list(shapes), list(files)
    graph = shapes_of(given) if given else packaged_shapes()
    return judge(of_files(named), graph, fail_on, engine, DataFiles(named))


def judge(
    data: Data,
    shapes: ShapesGraph,
    fail_on: str = "violation",
    engine: str = "compiled",
    locator: Locator | None = None,
) -> Report:
    """Hold any data against any shapes; the locator tells where things are written down.

    Raises:
        UsageError: `fail_on` or `engine` is unknown.
        BadShapes: the shapes are not well-formed.
    """
    _check(fail_on, engine)
    results, notes = found(data, shapes, engine)
    return Report(Reader(data, shapes, locator).findings(results), fail_on, tuple(notes))


def found(data: Data, shapes: ShapesGraph, chosen: str = "compiled") -> tuple[list[Result], list[str]]:
    """The bare results of an engine, and what its user should know: terms passed over, shapes handed on."""
    notes = [
        f"sh:{name} is no property of SHACL and was passed over (near it: sh:{nearest_term(name)})"
        for name in unknown_terms(shapes)
    ]
    if isinstance(data, OxData):
        data.written.learn(value for _, _, value in shapes.triples())
    if chosen == "pyshacl":
        return reference.run(_triples(data), shapes), notes
    if isinstance(data, OxData) and data.written.matters(shapes):
        notes.append("handed to pySHACL as a whole: rules here depend on how numbers are written")
        return reference.run(_triples(data), shapes), notes
    made = engine.compiled(shapes, data)
    answers = engine.run(made.queries, data, shapes)
    results = engine.results(answers.found)
    notes += answers.notes
    if made.handed:
        notes += [f"handed to pySHACL: {_name(node)}: {reason}" for node, reason in made.handed.items()]
        results += reference.run(_triples(data), shapes, set(made.handed))
    return results, notes


def shapes_of(files: Sequence[Path]) -> ShapesGraph:
    """The shapes in some files, of any RDF format.

    Raises:
        InputError: a file is missing, of an unknown kind, not well-formed, or they hold no shapes at all.
    """
    graph = ShapesGraph()
    for file in files:
        content, form = read_rdf(file)
        for triple in parse(content, form, str(file), base_of(file)):
            graph.add(*triple)
    if not any(one.value.startswith(SH) for node in graph.subjects() for one in graph.predicates(node)):
        raise InputError("no shapes are found", file=str(files[0]), hint="Name files of SHACL with --shapes.")
    return graph


@cache
def packaged_shapes() -> ShapesGraph:
    """The shapes shipped with the package, and the prefixes that their queries use; not to be changed.

    Raises InternalFault when they were not shipped.
    """
    graph = ShapesGraph()
    for file in [*resources.shape_files(), resources.ontology_file("prefixes.ttl")]:
        for triple in parse(file.read_bytes(), ox.RdfFormat.TURTLE, file.name):
            graph.add(*triple)
    if not resources.shape_files():
        raise InternalFault("The folder shapes holds no Turtle files.", None, "Install mandategraph again.")
    return graph


def _check(fail_on: str, engine: str) -> None:
    if fail_on not in FAIL_ON:
        raise UsageError(f"'{fail_on}' is no severity to fail on.", None, f"Use one of {', '.join(FAIL_ON)}.")
    if engine not in ENGINES:
        raise UsageError(f"'{engine}' is no engine.", None, f"Use one of {', '.join(ENGINES)}.")


def _triples(data: Data) -> list[reference.Triple]:
    found = reference.triples(data.nquads())
    if isinstance(data, OxData) and data.written.forms:
        return [(s, p, data.written.restored(o)) for s, p, o in found]
    return found


def _name(node: Term) -> str:
    return node.value if node.kind == "iri" else "a shape without a name"
