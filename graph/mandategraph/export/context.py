"""The published JSON-LD context: the terms of the ontology under their plain names, made from the ontology itself.

Rule: JSON-LD 1.1. Object properties hold IRIs, so that ``"contributionSource": "meeting:SBI-3"`` is a link; dates and numbers are
typed by their property. It is written into every JSON-LD file, which so needs no network, and published as
``context.jsonld`` with a release, for those who write JSON-LD themselves.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pyoxigraph as ox

from mandategraph.rdf import namespaces
from mandategraph.store.base import XSD
from mandategraph.system import resources

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_INCLUDES = "https://schema.org/rangeIncludes"
_SKOS_LABELS = ("prefLabel", "altLabel", "hiddenLabel")
_LINKS = {"page": "foaf:page", "inScheme": "skos:inScheme", "creator": "dcterms:creator"}
_PLAIN = {"identifier": "dcterms:identifier", "notation": "skos:notation"}
_TYPED = frozenset(XSD + name for name in ("date", "integer", "decimal", "boolean", "dayTimeDuration"))


@cache
def context() -> dict[str, Any]:
    """Term -> definition, sorted: the prefixes, then every property and class of the ontology."""
    made: dict[str, Any] = {prefix: _prefix(space) for prefix, space in namespaces.prefixes().items()}
    made |= {name: {"@id": f"skos:{name}", "@container": "@set"} for name in _SKOS_LABELS}
    made |= {name: {"@id": curie, "@type": "@id"} for name, curie in _LINKS.items()}
    made |= _PLAIN | {"date": {"@id": "dcterms:date", "@type": "xsd:date"}, "language": "dcterms:language"}
    return {"@version": 1.1, **dict(sorted((made | _terms()).items()))}


def _prefix(space: str) -> dict[str, Any]:
    # Said outright, since a processor takes a term for a prefix only where its IRI ends in one of a few characters.
    return {"@id": space, "@prefix": True}


def _terms() -> dict[str, Any]:
    store = ox.Store()
    for file in resources.ontology_files():
        store.load(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    terms: dict[str, Any] = {}
    for kind in ("ObjectProperty", "DatatypeProperty", "Class"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(_RDF + "type"), ox.NamedNode(_OWL + kind)):
            subject = quad.subject
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(namespaces.ONTOLOGY):
                terms[subject.value.removeprefix(namespaces.ONTOLOGY)] = _definition(store, subject, kind)
    return terms


def _definition(store: ox.Store, term: ox.NamedNode, kind: str) -> Any:
    curie = "mg:" + term.value.removeprefix(namespaces.ONTOLOGY)
    if kind == "ObjectProperty":
        return {"@id": curie, "@type": "@id"}
    ranges = {
        quad.object.value
        for predicate in (_RDFS + "range", _INCLUDES)
        for quad in store.quads_for_pattern(term, ox.NamedNode(predicate), None)
        if isinstance(quad.object, ox.NamedNode)
    }
    typed = sorted(ranges & _TYPED)
    return {"@id": curie, "@type": "xsd:" + typed[0].removeprefix(XSD)} if len(typed) == 1 else curie
