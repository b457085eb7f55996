"""What there is to ask: the stored queries, the questions, the OpenAPI document, and the service itself as RDF."""

from __future__ import annotations

from collections.abc import Mapping

from mandategraph.answers.grid import Layout
from mandategraph.ask.verb_questions import VerbQuestion, verb_questions
from mandategraph.query.catalogue import StoredQuery
from mandategraph.query.explain import LIST_FORMATS, entry, explanation
from mandategraph.rdf import namespaces
from mandategraph.serve import openapi, pages
from mandategraph.serve.job import Job
from mandategraph.serve.negotiation import GRAPHS, Chosen, Media, chosen, likes_html
from mandategraph.serve.problems import Refusal
from mandategraph.serve.query_page import query_page, questions_page
from mandategraph.serve.result import Result, as_json
from mandategraph.serve.session import Session
from mandategraph.serve.sticky_parameters import PageLayout, joined
from mandategraph.store.base import XSD, Term, Triples, iri, literal
from mandategraph.store.formats import write_triples
from mandategraph.store.internal_query import sizes_of

_LISTED: Media = {
    "json": ("application/json",),
    "html": ("text/html",),
    "turtle": ("text/turtle",),
    "jsonld": ("application/ld+json",),
    "md": ("text/markdown",),
}
_NUMBERED: Media = {name: _LISTED[name] for name in ("json", "html")}
_ONE: Media = {name: types for name, types in _LISTED.items() if name != "md"}
_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_KNOWN_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads",
)  # fmt: skip


def catalogue(session: Session, job: Job) -> Result:
    """The stored queries: all of them, or the one named ``name`` with everything about it."""
    if job.name:
        query, _ = session.catalogue.find(job.name)
        return _query(session, query, job)
    choice = _choice(job, _LISTED)
    queries = session.catalogue.all()
    if choice.form == "json":
        return as_json([{**entry(query), "path": f"/api/{query.name}"} for query in queries])
    layout = PageLayout.of(job)
    text = (
        pages.catalogue_page(queries, layout) if choice.form == "html" else LIST_FORMATS[choice.form](queries, layout)
    )
    return Result(choice.media, text.encode("utf-8"))


def _query(session: Session, query: StoredQuery, job: Job) -> Result:
    """One stored query, as its text, as a page, as JSON or as statements."""
    if job.form == "rq":
        return Result("application/sparql-query; charset=utf-8", query.text.encode("utf-8"))
    choice = _choice(job, _ONE)
    if choice.form in LIST_FORMATS and choice.form != "json":
        return Result(choice.media, LIST_FORMATS[choice.form]([query], Layout()).encode("utf-8"))
    told = explanation(query, session.runner(session.bounding()))
    if choice.form == "html":
        return Result(choice.media, query_page(query, told, PageLayout.of(job)).encode("utf-8"))
    return as_json({**told, "text": query.text})


def parameter(session: Session, job: Job) -> Result:
    """The way to the page that tells of a parameter of a stored query. Raises Refusal 404 for one that it has not."""
    query, _ = session.catalogue.find(job.name)
    name = job.parameter
    if name not in query.parameters:
        known = ", ".join(query.parameters) or "none"
        raise Refusal(404, f"{query.name} has no parameter '{name[:40]}'.", f"It has: {known}.")
    address = joined(f"/query/{query.name}#{name}", list(job.kept))
    return Result("text/plain", b"", headers={"Location": address}, status=303)


def _choice(job: Job, offered: Media) -> Chosen:
    accept = job.accept
    return chosen(accept, offered, job.form, "html" if likes_html(accept) else "json")


def questions(session: Session, job: Job) -> Result:
    """The questions by their ids: what answers each, and where; not yet with their answers."""
    choice = _choice(job, _NUMBERED)
    numbered: dict[str, StoredQuery | VerbQuestion] = {
        name: query for query in session.catalogue.all() for name in query.ids
    }
    numbered |= {one.identifier: one for one in verb_questions() if one.identifier}
    listed = [
        {
            "id": name,
            "question": numbered[name].question,
            "answered_by": numbered[name].name,
            "path": f"/questions/{name}",
        }
        for name in session.graph(session.bounding()).questions()
    ]
    if choice.form == "html":
        return Result(choice.media, questions_page(listed, PageLayout.of(job)).encode("utf-8"))
    return as_json(listed)


def _only_json(job: Job) -> None:
    if job.form:
        chosen(None, {"json": ("application/json",)}, job.form)


def openapi_document(session: Session, job: Job) -> Result:
    """The OpenAPI document."""
    _only_json(job)
    return as_json(openapi.document(session.catalogue.all(), session.runner(session.bounding())))


def service(session: Session, job: Job) -> Result:
    """The SPARQL 1.1 Service Description of the endpoint at the address ``endpoint``."""
    choice = chosen(job.accept, GRAPHS, job.form)
    counts = sizes_of(session.store, session.store.graphs())
    triples = Triples(tuple(sorted(set(_description(job.endpoint, counts)), key=str)))
    known = {**namespaces.prefixes(), "sd": _SD, "void": _VOID, "formats": _FORMATS}
    return Result(choice.media, write_triples(triples, choice.form, known), rows=len(triples.triples))


def _description(endpoint: str, counts: Mapping[str, int]) -> list[tuple[Term, Term, Term]]:
    me, data, union = iri(endpoint), iri(endpoint + "#dataset"), iri(endpoint + "#union")
    kind = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    told = [
        (me, kind, iri(_SD + "Service")),
        (me, iri(_SD + "endpoint"), me),
        (me, iri(_SD + "supportedLanguage"), iri(_SD + "SPARQL11Query")),
        (me, iri(_SD + "feature"), iri(_SD + "UnionDefaultGraph")),
        # What is stated is found, and nothing that follows from it.
        (me, iri(_SD + "defaultEntailmentRegime"), iri("http://www.w3.org/ns/entailment/Simple")),
        (me, iri(_SD + "defaultDataset"), data),
        (data, kind, iri(_SD + "Dataset")),
        (data, iri(_SD + "defaultGraph"), union),
        (union, kind, iri(_SD + "Graph")),
        (union, iri("http://purl.org/dc/terms/description"), literal(_UNION, "en")),
    ]
    told += [(me, iri(_SD + "resultFormat"), iri(_FORMATS + name)) for name in _KNOWN_FORMATS]
    for name, count in counts.items():
        named, graph = iri(f"{endpoint}#{namespaces.compact(name)}"), iri(name)
        told += [
            (data, iri(_SD + "namedGraph"), named),
            (named, kind, iri(_SD + "NamedGraph")),
            (named, iri(_SD + "name"), graph),
            (named, iri(_SD + "graph"), graph),
            (graph, kind, iri(_SD + "Graph")),
            (graph, iri(_VOID + "triples"), literal(str(count), datatype=XSD + "integer")),
        ]
    return told


_UNION = (
    "Where neither the query (FROM) nor the request (default-graph-uri) names graphs, the default graph is the union "
    "of all named graphs."
)
