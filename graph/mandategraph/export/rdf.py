"""The drawing's part of the graph as RDF: every statement behind its things and arrows, in all its own words.

For the whole drawing that is the whole graph, for the graph that a query gives that graph. For a part: what the register
says of its things, the statements that its arrows stand for and those told at its things, and what only these lead to
(evidence, places, mandates, deliverables). Turtle has no named graphs, so what two graphs say alike is there once.

Statements are sorted outside memory, as the lines that their order goes by, and read back one after the other: a graph
of any size takes as much memory as a small one. Only statements with blank nodes, the lists of the ontology, are held
together, since their names depend on each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import BinaryIO

import pyoxigraph as ox

from mandategraph.export.drawing import Drawing
from mandategraph.export.job import Job
from mandategraph.export.sorting import in_order
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store
from mandategraph.store.embedded import OxigraphStore, alike, copied

_REGISTER = ox.NamedNode(namespaces.graph("register"))
_DEFAULT = str(ox.DefaultGraph())
_AT_ONCE = 1000


def write_nquads(job: Job, out: BinaryIO) -> None:
    """Write sorted N-Quads: a statement a line, so that two releases can be compared line by line."""
    for line in in_order(f"{quad} .\n" for quad in quads(job)):
        out.write(line.encode("utf-8"))


def write_trig(job: Job, out: BinaryIO) -> None:
    """Write TriG, graph by graph."""
    ox.serialize(ordered(job), out, format=ox.RdfFormat.TRIG, prefixes=namespaces.prefixes())


def write_turtle(job: Job, out: BinaryIO) -> None:
    """Write Turtle, without the graphs; what two graphs say alike is counted as merged."""
    ox.serialize(_triples(job), out, format=ox.RdfFormat.TURTLE, prefixes=namespaces.prefixes())


def ordered(job: Job) -> Iterator[ox.Quad]:
    """What is to be written, graph by graph and thing by thing, always in the same order; no quad twice."""
    lines = in_order(f"{quad.graph_name}\t{quad.triple}" for quad in quads(job))
    return _read(_statement(*line.split("\t", 1)) for line in lines)


def quads(job: Job) -> Iterator[ox.Quad]:
    """What is to be written, in the order in which it is found."""
    for quad in alike(_found(job)):
        job.written["statements"] += 1
        job.tick(1)
        yield quad


def _found(job: Job) -> Iterator[ox.Quad]:
    if job.drawing.triples is not None:
        text = "".join(" ".join(term.n3() for term in triple) + " .\n" for triple in job.drawing.triples.triples)
        return ox.parse(text.encode("utf-8"), format=ox.RdfFormat.N_QUADS)
    engine = _engine(job.store)
    return engine.quads_for_pattern(None, None, None) if job.drawing.whole else _described(engine, job.drawing)


def _triples(job: Job) -> Iterator[ox.Triple]:
    return (quad.triple for quad in _read(f"{line} .\n" for line in _once(job)))


def _once(job: Job) -> Iterator[str]:
    for line, same in groupby(in_order(str(quad.triple) for quad in quads(job))):
        job.merged["statements that two graphs make"] += sum(1 for _ in same) - 1
        yield line


def _statement(graph: str, triple: str) -> str:
    return f"{triple} .\n" if graph == _DEFAULT else f"{triple} {graph} .\n"


def _read(lines: Iterable[str]) -> Iterator[ox.Quad]:
    found = iter(lines)
    while text := "".join(islice(found, _AT_ONCE)):
        yield from ox.parse(text, format=ox.RdfFormat.N_QUADS)


def _described(engine: ox.Store, drawing: Drawing) -> Iterator[ox.Quad]:
    """What is said of the things and statements of a drawing, and of what only these lead to."""
    waiting = set(drawing.nodes) | {edge.statement for edge in drawing.edges if edge.statement}
    waiting |= {statement for node in drawing.nodes.values() for statement in node.statements}
    seen = set(waiting)
    while waiting:
        for quad in engine.quads_for_pattern(ox.NamedNode(waiting.pop()), None, None):
            yield quad
            end = quad.object
            if isinstance(end, ox.NamedNode) and end.value not in seen and _only_leads_on(engine, end):
                seen.add(end.value)
                waiting.add(end.value)


def _only_leads_on(engine: ox.Store, end: ox.NamedNode) -> bool:
    """Whether an IRI is that of evidence, a place in a document, a mandate: ours, but no thing of the register."""
    if not end.value.startswith(namespaces.THINGS):
        return False
    return next(iter(engine.quads_for_pattern(end, None, None, _REGISTER)), None) is None


def _engine(store: Store) -> ox.Store:
    return store.engine if isinstance(store, OxigraphStore) else copied(store).engine
