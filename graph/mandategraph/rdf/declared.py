"""The ontology as quads, and the terms that it declares, so that a name which it does not have is known where it is written."""

from __future__ import annotations

import difflib
from functools import cache
from typing import Literal

import pyoxigraph as ox

from mandategraph.rdf import namespaces
from mandategraph.system import resources
from mandategraph.system.errors import InternalFault, did_you_mean

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_OWL = "http://www.w3.org/2002/07/owl#"
_CLASSES = {_OWL + "Class"}
_PROPERTIES = {_OWL + "ObjectProperty", _OWL + "DatatypeProperty"}


def ontology_quads() -> set[ox.Quad]:
    """The ontology and its vocabularies, in the graph of their own. Blank nodes are renamed by file and order."""
    name = ox.NamedNode(namespaces.graph("ontology"))
    quads = set()
    for number, source in enumerate(resources.ontology_files()):
        blank: dict[ox.BlankNode, ox.BlankNode] = {}
        for triple in ox.parse(source.read_bytes(), format=ox.RdfFormat.TURTLE):
            subject, object_ = (
                blank.setdefault(one, ox.BlankNode(f"o{number}b{len(blank)}")) if isinstance(one, ox.BlankNode) else one
                for one in (triple.subject, triple.object)
            )
            quads.add(ox.Quad(subject, triple.predicate, object_, name))
    return quads


@cache
def declared() -> dict[str, frozenset[str]]:
    """The local names of our terms by what they are: `class`, `property` and `value` (a concept, or a list of them)."""
    found: dict[str, set[str]] = {"class": set(), "property": set(), "value": set()}
    for quad in ontology_quads():
        if quad.predicate.value == _TYPE and isinstance(quad.subject, ox.NamedNode):
            if quad.subject.value.startswith(namespaces.VALUES):
                found["value"].add(quad.subject.value.removeprefix(namespaces.VALUES))
            name = quad.subject.value.removeprefix(namespaces.ONTOLOGY)
            kind = getattr(quad.object, "value", "")
            if name != quad.subject.value:
                found["class"] |= {name} if kind in _CLASSES else set()
                found["property"] |= {name} if kind in _PROPERTIES else set()
    return {what: frozenset(names) for what, names in found.items()}


def require(what: Literal["class", "property", "value"], name: str) -> None:
    """Make sure that the ontology declares a term of ours; one of another vocabulary (`dcterms__date`) may be any.

    Raises:
        InternalFault: it does not; names the nearest that it has.
    """
    if ":" in name or "__" in name or name in declared()[what]:
        return
    near = difflib.get_close_matches(name, sorted(declared()[what]), 3)
    raise InternalFault(f"the ontology has no {what} {name}.", "ontology", did_you_mean(near))
