"""The catalogue as RDF, so that queries can be queried: each a `sh:SPARQLExecutable` with its question in each language.

Rule: SHACL Advanced Features, section on SPARQL-based executables; grlc's tags become `schema:keywords`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mandategraph.query.catalogue import StoredQuery
from mandategraph.rdf import namespaces
from mandategraph.store.base import Term, Triples, iri, literal
from mandategraph.store.formats import write_triples

QUERIES = "https://w3id.org/mandategraph/query/"


def catalogue_triples(queries: Sequence[StoredQuery]) -> Triples:
    """One executable for each stored query, and one `sh:parameter` for each of its parameters."""
    return Triples(tuple(sorted({triple for query in queries for triple in _of_query(query)}, key=str)))


def write_catalogue(queries: Sequence[StoredQuery], form: str) -> str:
    """The catalogue in an RDF syntax (`turtle`, `nt`, `jsonld`)."""
    return write_triples(catalogue_triples(queries), form, namespaces.prefixes()).decode("utf-8")


def _of_query(query: StoredQuery) -> Iterator[tuple[Term, Term, Term]]:
    node = iri(QUERIES + query.name)
    constructs = any(line.strip().upper().startswith("CONSTRUCT") for line in query.text.splitlines())
    kind, text = ("Construct", "construct") if constructs else ("Select", "select")
    yield node, _term("rdf:type"), _term(f"sh:SPARQL{kind}Executable")
    yield node, _term(f"sh:{text}"), literal(query.text)
    yield node, _term("sh:prefixes"), iri("https://w3id.org/mandategraph/ontology")
    yield node, _term("dcterms:description"), literal(query.summary, "en")
    for language, question in query.question.items():
        yield node, _term("rdfs:label"), literal(question, language)
    for identifier in query.ids:
        yield node, _term("dcterms:identifier"), literal(identifier)
    for tag in query.tags:
        yield node, _term("schema:keywords"), literal(tag)
    for name, parameter in query.parameters.items():
        place = iri(f"{QUERIES}{query.name}/{name}")
        yield node, _term("sh:parameter"), place
        yield place, _term("sh:name"), literal(name)
        yield place, _term("dcterms:type"), literal(parameter.type)
        for language, title in parameter.title.items():
            yield place, _term("rdfs:label"), literal(title, language)


def _term(curie: str) -> Term:
    return iri(namespaces.expand(curie))
