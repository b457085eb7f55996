"""What has an IRI of ours, a thing, a prefix, a named graph or the ontology: its page, or statements in any syntax of
RDF."""

from __future__ import annotations

from dataclasses import replace

from mandategraph.answers.description import Profile
from mandategraph.answers.write_description import write_profile
from mandategraph.export.ontology_page import STYLE, ontology_page
from mandategraph.lookup.describe import show
from mandategraph.rdf import namespaces
from mandategraph.serve import pages
from mandategraph.serve.job import Job
from mandategraph.serve.negotiation import OF_A_THING, SUFFIX_OF, Chosen, page_or_graph
from mandategraph.serve.problems import Refusal
from mandategraph.serve.request_limits import styled_policy
from mandategraph.serve.result import Extent, Result
from mandategraph.serve.session import BoundedStore, Session
from mandategraph.serve.sticky_parameters import PageLayout, joined
from mandategraph.store.base import Term, Triples
from mandategraph.store.formats import write_triples
from mandategraph.store.internal_query import answer, ask, sizes_of
from mandategraph.system.errors import NotFound, UsageError

_COMMENTED = ("turtle", "nt", "trig", "nq")


def thing(session: Session, job: Job) -> Result:
    """The thing with the kind and code of a path, as a page, as JSON, or as statements.

    Raises Refusal 404 with near misses when the graph knows no such thing.
    """
    whole = namespaces.iri(job.kind, job.code)
    if not answer(session.bounding(), "serve/whether-known", whole):
        raise _unknown(session, job.kind, job.code)
    choice = page_or_graph(job.accept, job.form, OF_A_THING)
    profile = _profile(session, whole) if choice.form in ("html", "json") else None
    if profile is None:  # a statement or a place: there are its statements only
        return _plain(session, job, whole)
    if choice.form == "html":
        return _found(choice, pages.profile_page(profile, PageLayout.of(job)), whole, job)
    return _found(choice, write_profile(replace(profile, as_of=session.as_of), "json", PageLayout.of(job)), whole, job)


def prefix(session: Session, job: Job) -> Result:
    """The declaration of one of our prefixes. Raises Refusal 404 with all of them when there is no such one."""
    if job.name not in namespaces.prefixes():
        raise Refusal(404, f"There is no prefix '{job.name}'.", f"There are: {', '.join(namespaces.prefixes())}.")
    return _plain(session, job, f"{pages.ROOT}prefix/{job.name}")


def graph(session: Session, job: Job) -> Result:
    """A named graph: all its statements, or the page that tells how many they are. Raises Refusal 404 with the names of
    those that there are."""
    whole, store = namespaces.graph(job.name), session.bounding()
    if whole not in store.graphs():
        names = ", ".join(namespaces.compact(name) for name in store.graphs())
        raise Refusal(404, f"There is no graph {whole}.", f"There are: {names}.")
    choice = page_or_graph(job.accept, job.form)
    if choice.form != "html":
        return _written(store, "serve/whole-graph", whole, choice)
    count = sizes_of(store, [whole]).get(whole, 0)
    return Result(
        choice.media, pages.plain_page(whole, _facts(store, whole), PageLayout.of(job), count).encode("utf-8")
    )


def ontology(session: Session, job: Job) -> Result:
    """The ontology: its page, on which every term has its place, or its statements."""
    choice = page_or_graph(job.accept, job.form)
    if choice.form != "html":
        return _written(session.bounding(), "serve/whole-graph", namespaces.graph("ontology"), choice)
    layout = PageLayout.of(job)
    kept = [(name, value) for name, value in job.kept if name != "lang"]
    beside = joined("/ontology", kept)
    text = ontology_page(layout.language, session.store, f"{beside}{'&' if kept else '?'}lang={{}}", layout.notice())
    return Result(choice.media, text.encode("utf-8"), headers={"Content-Security-Policy": styled_policy(STYLE)})


def _plain(session: Session, job: Job, whole: str) -> Result:
    """What is stated about something that has no profile."""
    store = session.bounding()
    choice = page_or_graph(job.accept, job.form)
    if choice.form == "html":
        return _found(choice, pages.plain_page(whole, _facts(store, whole), PageLayout.of(job)), whole, job)
    reply = _written(store, "serve/statements-on-a-thing", whole, choice)
    return replace(reply, headers=_place(choice, whole, job))


def _found(choice: Chosen, text: str, whole: str, job: Job) -> Result:
    return Result(choice.media, text.encode("utf-8", "replace"), headers=_place(choice, whole, job))


def _place(choice: Chosen, whole: str, job: Job) -> dict[str, str]:
    """The header that tells where just this is found, whatever is accepted there."""
    kept = list(job.kept)
    return {"Content-Location": joined(f"{pages.address(whole)}.{SUFFIX_OF[choice.form]}", kept)}


def _written(store: BoundedStore, query: str, whole: str, choice: Chosen) -> Result:
    found = answer(store, query, whole)
    assert isinstance(found, Triples)
    return graph_reply(found, choice, store.extent)


def graph_reply(graph: Triples, choice: Chosen, extent: Extent) -> Result:
    """Triples in the format chosen; where they are not all, the text says so as far as its syntax has comments."""
    body = write_triples(graph, choice.form, namespaces.prefixes())
    if extent == "truncated" and choice.form in _COMMENTED:
        body += b"# truncated: there are more statements than this server gives at once\n"
    return Result(choice.media, body, extent, len(graph.triples))


def show_address(session: Session, job: Job) -> Result:
    """The way to the page of what a text means: a reply that sends the reader on.

    Raises UsageError when it may mean several things, NotFound with near misses when it means none.
    """
    found = session.resolver.one(job.q)
    more = list(job.kept)
    more += [("format", job.form)] if job.form else []
    return Result("text/plain", b"", headers={"Location": joined(pages.address(found.iri), more)}, status=303)


def _profile(session: Session, whole: str) -> Profile | None:
    """What is known of a thing of the register; None for what the register does not name: a statement, a row."""
    kind = namespaces.kind_of(whole) or ""
    code = next((one.code for one in session.resolver.legal((kind,)) if one.iri == whole), None)
    if code is None:
        return None
    try:
        found = show(code, session.store, session.resolver)
    except (NotFound, UsageError):  # the code alone means several things
        return None
    return found if found.iri == whole else None


def _facts(store: BoundedStore, whole: str) -> list[tuple[Term, Term, bool]]:
    found = ask(store, "serve/statements-both-ways", [whole])
    return [(row["p"], row["v"], row["direction"].value == "to") for row in found]


def _unknown(session: Session, kind: str, code: str) -> Refusal:
    near = session.resolver.nearest(code, (kind,)) or session.resolver.nearest(code)
    if near:
        details = {
            "nearest": [pages.address(one.iri) for name in near for one in session.resolver.candidates(name)][:3]
        }
        return Refusal(404, f"There is no {kind} '{code}'.", f"Did you mean {' or '.join(near)}?", details=details)
    others = any(ask(session.store, "serve/things-of-a-kind", [f"{namespaces.THINGS}{kind}/"]))
    hint = "See /resolve?q= to find a thing by any of its names." if others else "See /sparql to look around."
    return Refusal(404, f"There is no {kind} '{code}'.", hint)
