"""The reference engine: pySHACL over rdflib, the same shapes and data, the same results.

Terms are carried over one by one: rdflib keeps `"x"` and `"x"^^xsd:string` apart, RDF 1.1 does not, and every `sh:in`
would fail if data and shapes came from two families of parsers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from mandategraph.rdf.terms import Term, as_rdflib, as_term, from_rdflib
from mandategraph.validate.compile.base import BadShapes
from mandategraph.validate.paths import parse_path
from mandategraph.validate.result import Result
from mandategraph.validate.shape import TARGETS
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import RDFS, SH, TRUE, TYPE, sh

if TYPE_CHECKING:
    from rdflib import Graph

Triple = tuple[Term, Term, Term]


def triples(nquads: bytes) -> list[Triple]:
    """The statements of all graphs together."""
    return [
        (as_term(quad.subject), as_term(quad.predicate), as_term(quad.object))
        for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
    ]


def run(data: Iterable[Triple], shapes: ShapesGraph, only: Collection[Term] | None = None) -> list[Result]:
    """What pySHACL finds; with `only` by the targets of these shapes alone.

    Raises:
        BadShapes: pySHACL cannot use the shapes.
    """
    import logging

    import pyshacl

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # ill-formed literals are findings, not news
    kept = _strict(shapes if only is None else _narrowed(shapes, only))
    advanced = bool(_advanced(kept))
    try:
        _, found, said = pyshacl.validate(
            _graph(data), shacl_graph=_graph(kept.triples()), inference="none", inplace=True, advanced=advanced
        )
    except Exception as error:  # pySHACL lets through whatever its parts raise
        raise BadShapes(f"pySHACL cannot use the shapes: {error}", "shapes", "Correct them.") from error
    if not hasattr(found, "subjects"):
        raise BadShapes(f"pySHACL cannot use the shapes: {found}", "shapes", "Correct them.")
    return _results(ShapesGraph((from_rdflib(s), from_rdflib(p), from_rdflib(o)) for s, p, o in found), shapes)


def _strict(shapes: ShapesGraph) -> ShapesGraph:
    """The shapes without what switches nothing on: SHACL knows only `true`, rdflib takes `"1"` for it."""
    switches = {sh(name) for name in ("uniqueLang", "closed", "deactivated", "qualifiedValueShapesDisjoint")}
    return ShapesGraph((s, p, o) for s, p, o in shapes.triples() if p not in switches or o == TRUE)


def _narrowed(shapes: ShapesGraph, only: Collection[Term]) -> ShapesGraph:
    """The shapes without the targets of all but some."""
    dropped = {sh(name) for name in (*TARGETS, "target")}
    classes = shapes.subclasses(Term("iri", RDFS + "Class"))
    return ShapesGraph(
        (s, p, o) for s, p, o in shapes.triples() if s in only or not (p in dropped or (p == TYPE and o in classes))
    )


def _advanced(shapes: ShapesGraph) -> list[Term]:
    return [
        node for node in shapes.subjects() if any(shapes.values(node, sh(n)) for n in ("rule", "target", "expression"))
    ]


def _results(report: ShapesGraph, shapes: ShapesGraph) -> list[Result]:
    made = []
    # Only what the report itself lists: pySHACL hangs further results below these as details.
    for node in (one for subject in report.subjects() for one in report.values(subject, sh("result"))):
        focus, shape = report.value(node, sh("focusNode")), report.value(node, sh("sourceShape"))
        component, severity = (report.value(node, sh(n)) for n in ("sourceConstraintComponent", "resultSeverity"))
        if focus is None or shape is None or component is None:
            continue
        path = report.value(node, sh("resultPath"))
        made.append(
            Result(
                focus,
                parse_path(report, path) if path is not None else None,
                report.value(node, sh("value")),
                shape,
                component.value,
                severity.value if severity is not None else SH + "Violation",
                _words(shapes, report, node, shape),
                report.value(node, sh("sourceConstraint")),
            )
        )
    return made


def _words(shapes: ShapesGraph, report: ShapesGraph, node: Term, shape: Term) -> tuple[Term, ...]:
    """The shape's own messages where the constraint has none: of several pySHACL picks one for queries."""
    constraint = report.value(node, sh("sourceConstraint"))
    own = shapes.values(constraint, sh("message")) if constraint is not None else []
    said = [] if own else shapes.values(shape, sh("message"))
    component = report.value(node, sh("sourceConstraintComponent"))
    if not said and constraint is None and component is not None and component.value.startswith(SH):
        return ()  # words of our own, the same as with the other engine
    return tuple(said or report.values(node, sh("resultMessage")))


def _graph(found: Iterable[Triple]) -> Graph:
    graph = _prepared_graph()()
    for triple in found:
        graph.add(tuple(as_rdflib(one) for one in triple))  # type: ignore[arg-type]
    return graph


@cache
def _prepared_graph() -> type[Graph]:
    """A graph that parses each query once: pySHACL asks the same one of every focus node, and of its time on our graph
    four fifths went into parsing."""
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery

    class Prepared(Graph):
        def __init__(self) -> None:
            super().__init__()
            self._parsed = lru_cache(maxsize=None)(lambda text: prepareQuery(text, dict(self.namespaces())))

        def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
            asked = self._parsed(query_object) if isinstance(query_object, str) else query_object
            return super().query(asked, *args, **kwargs)

    return Prepared
