"""SHACL reports compared as the W3C suite compares them: the graph of the report, without the words."""

from __future__ import annotations

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

Triples = frozenset[tuple[Node, Node, Node]]
_KEPT = (
    SH.focusNode,
    SH.resultPath,
    SH.value,
    SH.sourceShape,
    SH.sourceConstraintComponent,
    SH.resultSeverity,
    SH.sourceConstraint,
)


def comparable(whole: Graph, top: Node | None = None) -> Triples:
    """The canonical form of a report in a graph (the only one, where none is named): verdict, results and paths.

    Blank nodes keep their identity: two results on one blank node differ from two on two.
    """
    kept = Graph()
    if top is None:
        (top,) = whole.subjects(RDF.type, SH.ValidationReport)
    for verdict in whole.objects(top, SH.conforms):
        kept.add((top, SH.conforms, Literal(str(verdict) == "true")))
    for result in whole.objects(top, SH.result):
        kept.add((top, SH.result, result))
        for predicate in _KEPT:
            for value in whole.objects(result, predicate):
                kept.add((result, predicate, value))
                if predicate == SH.resultPath:
                    _copy(whole, value, kept)
    return frozenset(to_canonical_graph(kept))


def _copy(whole: Graph, node: Node, kept: Graph) -> None:
    """A path, down to its single steps."""
    if isinstance(node, BNode) or (isinstance(node, URIRef) and node == RDF.nil):
        for _, predicate, value in whole.triples((node, None, None)):
            if predicate != RDF.type:
                kept.add((node, predicate, value))
                _copy(whole, value, kept)
