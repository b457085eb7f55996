"""One thing by its IRI: its page, or the statements about it in any syntax of RDF; and a whole named graph."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mandategraph import namespaces
from mandategraph.errors import NotFound, UsageError
from mandategraph.query.answers import LANGUAGES
from mandategraph.query.grid import Layout
from mandategraph.query.profile import write_profile
from mandategraph.query.show import show
from mandategraph.query.told import Profile
from mandategraph.serve import pages
from mandategraph.serve.desk import Bounding, Desk
from mandategraph.serve.negotiation import PAGE_OR_GRAPH, chosen, likes_html
from mandategraph.serve.refusals import Refusal
from mandategraph.serve.reply import Reply
from mandategraph.serve.staying import joined
from mandategraph.store.base import Rows, Term, Triples, iri, rows
from mandategraph.store.formats import write_triples

Given = dict[str, Any]

_NO_PROFILE = {name: types for name, types in PAGE_OR_GRAPH.items() if name != "json"}

# What it says of itself, every statement that points to it with all that this statement says, and where that stands.
_ABOUT = """
CONSTRUCT { THING ?p ?o . ?s ?q ?v . ?e ?r ?w } WHERE {
  { GRAPH ?g { THING ?p ?o } }
  UNION { GRAPH ?g { ?s ?via THING . FILTER(?via != mg:statedIn) } GRAPH ?h { ?s ?q ?v } }
  UNION { GRAPH ?g { ?s ?via THING ; mg:evidence ?e . FILTER(?via != mg:statedIn) } GRAPH ?h { ?e ?r ?w } }
}"""
_PLAIN = """
SELECT DISTINCT ?p ?v ?backwards WHERE {
  { GRAPH ?g { THING ?p ?v } BIND(false AS ?backwards) } UNION { GRAPH ?g { ?v ?p THING } BIND(true AS ?backwards) }
} ORDER BY ?backwards ?p ?v"""
_KNOWN = "ASK { { GRAPH ?g { THING ?p ?o } } UNION { GRAPH ?g { ?s ?p THING } } }"
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH THING { ?s ?p ?o } }"


def thing(desk: Desk, given: Given) -> Reply:
    """The thing with the kind and code of a path, as a page, as JSON, or as statements.

    Raises Refusal 404 with near misses when the graph knows no such thing.
    """
    whole = namespaces.iri(given["kind"], given["code"])
    store = desk.bounding()
    if not store.query(_about(_KNOWN, whole)):
        raise _unknown(desk, given["kind"], given["code"])
    accept = given.get("accept")
    default = None if likes_html(accept) else "turtle"
    choice = chosen(accept, PAGE_OR_GRAPH, given.get("form"), default)
    profile = _profile(desk, whole) if choice.form in ("html", "json") else None
    if choice.form == "json" and profile is None:  # a statement or a place: there are its statements only
        choice = chosen(accept, _NO_PROFILE, given.get("form"), default)
    languages = tuple(given.get("languages") or LANGUAGES)
    headers = {"X-Format": choice.form}
    if choice.form == "html":
        return Reply(choice.media, _page(store, whole, profile, languages).encode("utf-8", "replace"), headers=headers)
    if choice.form == "json" and profile is not None:
        told = write_profile(replace(profile, as_of=desk.as_of), "json", Layout(languages))
        return Reply(choice.media, told.encode("utf-8", "replace"), headers=headers)
    found = store.query(_about(_ABOUT, whole))
    assert isinstance(found, Triples)
    body = write_triples(found, choice.form, namespaces.prefixes())
    return Reply(choice.media, body, store.extent, len(found.triples), headers=headers)


def show_address(desk: Desk, given: Given) -> Reply:
    """The way to the page of what a text means: a reply that sends the reader on.

    Raises UsageError when it may mean several things, NotFound with near misses when it means none.
    """
    found = desk.resolver.one(given["q"])
    more = [(name, value) for name, value in given["kept"]]
    more += [("format", given["form"])] if given.get("form") else []
    return Reply("text/plain", b"", headers={"Location": joined(pages.address(found.iri), more)}, status=303)


def graph(store: Bounding, whole: str) -> Triples:
    """All statements of a named graph. Raises Refusal 404 with the names of those that there are."""
    if whole not in store.graphs():
        names = ", ".join(namespaces.compact(name) for name in store.graphs())
        raise Refusal(404, f"There is no graph {whole}.", f"There are: {names}.")
    found = store.query(_about(_GRAPH, whole))
    assert isinstance(found, Triples)
    return found


def _page(store: Bounding, whole: str, profile: Profile | None, languages: tuple[str, ...]) -> str:
    if profile is not None:
        return pages.profile_page(profile, Layout(languages))
    return pages.plain_page(whole, _facts(store, whole), Layout(languages))


def _profile(desk: Desk, whole: str) -> Profile | None:
    """What is known of a thing of the register; None for what the register does not name: a statement, a row."""
    kind = namespaces.kind_of(whole) or ""
    code = next((one.code for one in desk.resolver.legal((kind,)) if one.iri == whole), None)
    if code is None:
        return None
    try:
        found = show(code, desk.store, desk.resolver)
    except (NotFound, UsageError):  # the code alone means several things
        return None
    return found if found.iri == whole else None


def _facts(store: Bounding, whole: str) -> list[tuple[Term, Term, bool]]:
    found = store.query(_about(_PLAIN, whole))
    assert isinstance(found, Rows)
    return [(row["p"], row["v"], row["backwards"].value == "true") for row in found.dicts()]


def _unknown(desk: Desk, kind: str, code: str) -> Refusal:
    near = desk.resolver.nearest(code, (kind,)) or desk.resolver.nearest(code)
    if near:
        details = {"nearest": [pages.address(one.iri) for name in near for one in desk.resolver.candidates(name)][:3]}
        return Refusal(404, f"There is no {kind} '{code}'.", f"Did you mean {' or '.join(near)}?", details=details)
    count = rows(desk.store.query(_about(_SAME_KIND, namespaces.THINGS + kind + "/")))
    hint = "See /resolve?q= to find a thing by any of its names." if count.rows else "See /sparql to look around."
    return Refusal(404, f"There is no {kind} '{code}'.", hint)


_SAME_KIND = "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?s), STR(THING))) } LIMIT 1"


def _about(query: str, whole: str) -> str:
    return namespaces.sparql_header() + query.replace("THING", iri(whole).n3())
