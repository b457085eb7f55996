"""What OWL 2 RL concludes from ontology and data, kept in a graph of its own: nobody stated it.

Left out is what says nothing: that a thing is itself, axioms of OWL and RDFS about themselves, and whatever speaks of
nodes without a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from mandategraph.rdf import namespaces
from mandategraph.rdf.terms import as_node, as_rdflib, as_term, from_rdflib

if TYPE_CHECKING:
    from rdflib.term import Node

_VOCABULARIES = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2001/XMLSchema#",
)
_SAME = "http://www.w3.org/2002/07/owl#sameAs"
_THING = "http://www.w3.org/2002/07/owl#Thing"


def inferred(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The conclusions of OWL 2 RL (W3C, section 4.3) from all graphs together, as quads of the inferred graph."""
    import owlrl
    from rdflib import Graph

    graph = Graph()
    for quad in quads:
        graph.add(tuple(as_rdflib(as_term(one)) for one in (quad.subject, quad.predicate, quad.object)))  # type: ignore[arg-type]
    before = set(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    name = ox.NamedNode(namespaces.graph("inferred"))
    made = (_quad(*triple, name) for triple in graph if triple not in before)
    return {quad for quad in made if quad is not None}


def _quad(subject: Node, predicate: Node, value: Node, name: ox.NamedNode) -> ox.Quad | None:
    from rdflib import BNode, URIRef

    named = isinstance(subject, URIRef) and isinstance(predicate, URIRef)
    if not named or isinstance(value, BNode) or str(subject).startswith(_VOCABULARIES):
        return None
    if str(predicate) == _SAME or str(value) == _THING or subject == value:
        return None
    one, two, three = (as_node(from_rdflib(node)) for node in (subject, predicate, value))
    return ox.Quad(one, two, three, name)  # type: ignore[arg-type]
