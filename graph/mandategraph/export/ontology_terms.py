"""The ontology as plain values, for pages about it: terms with labels, definitions and what they hang together with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from mandategraph.rdf import namespaces
from mandategraph.system import resources

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SCHEMA = "https://schema.org/"
_KINDS = {
    _OWL + "Class": "class", _OWL + "ObjectProperty": "property", _OWL + "DatatypeProperty": "property",
    _OWL + "AnnotationProperty": "property",
    _SKOS + "ConceptScheme": "scheme", _SKOS + "Concept": "concept",
}  # fmt: skip
_LABELS = (_RDFS + "label", _SKOS + "prefLabel")
_LINKS = {
    _RDFS + "subClassOf": "above", _RDFS + "subPropertyOf": "above", _RDFS + "domain": "domain",
    _SCHEMA + "domainIncludes": "used_on", _RDFS + "range": "range", _SCHEMA + "rangeIncludes": "leads_to",
    _OWL + "inverseOf": "inverse", _SKOS + "inScheme": "scheme", _SKOS + "closeMatch": "aligned",
    _SKOS + "broadMatch": "aligned", _SKOS + "relatedMatch": "aligned", _RDFS + "seeAlso": "aligned",
}  # fmt: skip
_OURS = (namespaces.ONTOLOGY, namespaces.VALUES)
_TRAITS = (_OWL + "FunctionalProperty", _OWL + "IrreflexiveProperty", _OWL + "DatatypeProperty")


@dataclass(slots=True)
class OntologyTerm:
    """A term or value of ours. ``links`` lists, by relation (above, domain, range, scheme, aligned, ...), the IRIs it leads to."""

    iri: str
    kind: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    traits: list[str] = field(default_factory=list)
    notation: str = ""

    @property
    def name(self) -> str:
        """The local name."""
        return self.iri.removeprefix(namespaces.ONTOLOGY).removeprefix(namespaces.VALUES)


@cache
def ontology_terms() -> dict[str, OntologyTerm]:
    """Every term of the ontology, by IRI, sorted by name."""
    found: dict[str, OntologyTerm] = {}
    for triple in sorted(_triples(), key=str):
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(_OURS):
            term = found.setdefault(triple.subject.value, OntologyTerm(triple.subject.value))
            _add(term, triple.predicate.value, triple.object)
    return {iri: term for iri, term in sorted(found.items()) if term.kind}


def header() -> dict[str, dict[str, str]]:
    """What the ontology says of itself: title, description, licence and version by language ("" where there is none)."""
    made: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in sorted(_triples(), key=str):
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value == namespaces.ONTOLOGY.rstrip("#"):
            name = triple.predicate.value.rpartition("/")[2].rpartition("#")[2]
            if isinstance(triple.object, ox.Literal):
                made[name][triple.object.language or ""] = triple.object.value
            elif isinstance(triple.object, ox.NamedNode):
                made[name][""] = triple.object.value
    return made


def _triples() -> Iterator[ox.Triple]:
    for file in resources.ontology_files():
        yield from ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)


def _add(term: OntologyTerm, predicate: str, value: object) -> None:
    if isinstance(value, ox.Literal):
        if predicate in _LABELS:
            term.labels[value.language or "en"] = value.value
        elif predicate == _SKOS + "definition":
            term.definitions[value.language or "en"] = value.value
        elif predicate == _SKOS + "notation":
            term.notation = value.value
    elif isinstance(value, ox.NamedNode):
        if predicate == _RDF + "type":
            term.kind = _KINDS.get(value.value, "") or term.kind
            if value.value in _TRAITS:
                term.traits.append(value.value.removeprefix(_OWL))
        elif predicate in _LINKS:
            term.links[_LINKS[predicate]].append(value.value)
