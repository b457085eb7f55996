"""The names of SHACL and of the few other vocabularies that validation speaks of."""

from __future__ import annotations

from mandategraph.store.base import XSD, Term, iri

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"

TYPE = iri(RDF + "type")
SUBCLASS = iri(RDFS + "subClassOf")
TRUE = Term("literal", "true", None, XSD + "boolean")


def sh(name: str) -> Term:
    """A term of SHACL."""
    return iri(SH + name)
