"""What a worker can be asked to do: each job by its name, from plain values to a reply.

All of it goes through the same functions as the command line, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from mandategraph.answers import sparql_results
from mandategraph.answers.answer import LANGUAGES, Answer
from mandategraph.answers.grid import Layout
from mandategraph.answers.write_answer import write_result
from mandategraph.ask.wordings import language_of
from mandategraph.query.explain import legal_values
from mandategraph.query.parameters import terms
from mandategraph.query.run import bind
from mandategraph.serve import catalogue, resources
from mandategraph.serve.negotiation import GRAPH_NAMES, GRAPHS, ROW_NAMES, ROWS, chosen, named
from mandategraph.serve.pages import PageLinks
from mandategraph.serve.problems import Refusal, refusal_of
from mandategraph.serve.render_answer import paging, written
from mandategraph.serve.result import Result
from mandategraph.serve.session import BoundedStore, Session
from mandategraph.serve.sticky_parameters import joined, staying
from mandategraph.store.base import Dataset, Rows, Triples
from mandategraph.system.errors import MandategraphError

Given = dict[str, Any]

TRUNCATED = "/sparql#truncated"
"""Where it is said what a truncated result is."""

_MOST_LEGAL = 200
_LISTED = 12
_LINKED: dict[str, Callable[[Rows | bool, list[str]], str]] = {
    "json": sparql_results.as_json,
    "xml": sparql_results.as_xml,
}


def run(session: Session, given: Given) -> Result:
    """Do a job. Raises Refusal; errors of ours become one."""
    try:
        reply = JOBS[given["job"]](session.at(given.get("as_of")), given)
    except MandategraphError as error:
        raise refusal_of(error) from error
    if given.get("as_of"):
        reply = replace(reply, headers={**reply.headers, "X-As-Of": quote(given["as_of"], safe="/ :")})
    if given.get("kept") and reply.media.startswith("text/html"):
        page = staying(reply.body.decode("utf-8"), [(name, value) for name, value in given["kept"]], given["present"])
        return replace(reply, body=page.encode("utf-8"))
    return reply


def _sparql(session: Session, given: Given) -> Result:
    dataset = Dataset(*map(tuple, given["dataset"])) if given.get("dataset") else None
    store = session.bounding()
    result = store.asked(given["query"], dataset)
    # Clients name a format before they know what the query gives; where it does not fit, their Accept header counts.
    wanted = given.get("form") or ""
    if isinstance(result, Triples):
        choice = chosen(given.get("accept"), GRAPHS, named(wanted, GRAPH_NAMES))
        return resources.graph_reply(result, choice, store.extent)
    choice = chosen(given.get("accept"), ROWS, named(wanted, ROW_NAMES))
    if store.extent == "truncated" and choice.form in _LINKED:
        text = _LINKED[choice.form](result, [TRUNCATED])
    else:
        text = write_result(result, choice.form, Layout(LANGUAGES))
    rows = 1 if isinstance(result, bool) else len(result.rows)
    return Result(choice.media, text.encode("utf-8", errors="replace"), store.extent, rows)


def _stored(session: Session, given: Given) -> Result:
    query, preset = session.catalogue.find(given["name"])
    params = {**preset, **given["params"]}
    store = session.bounding()
    try:
        if given.get("form") == "rq":
            text = bind(query, terms(query, params, session.store, lambda: session.resolver))
            return Result("application/sparql-query; charset=utf-8", text.encode("utf-8"))
        answer = session.graph(store).run(query, params, detail=bool(given.get("detail"))).record
    except MandategraphError as error:
        raise _with_legal_values(refusal_of(error), error, session, query.name) from error
    return _answer(session, answer, store, given)


def _with_legal_values(refusal: Refusal, error: MandategraphError, session: Session, name: str) -> Refusal:
    """For a wrong value of a parameter: also what it may be."""
    parameter = session.catalogue.get(name).parameters.get((error.where or "").removeprefix("parameter "))
    if parameter is None:
        return refusal
    legal = legal_values(parameter, session.runner(session.bounding()))
    details = {**refusal.details, "parameter": parameter.name, "legal": legal[:_MOST_LEGAL]}
    near = details.get("nearest", [])
    if legal and not set(near) & set(legal):
        details.pop("nearest", None)
        listed = f"It may be {', '.join(legal[:_LISTED])}{' ...' if len(legal) > _LISTED else ''}."
        return Refusal(refusal.status, refusal.message, listed, refusal.headers, details)
    return Refusal(refusal.status, refusal.message, refusal.hint, refusal.headers, details)


def _ask(session: Session, given: Given) -> Result:
    store = session.bounding()
    answer = session.graph(store).ask(given["q"], detail=bool(given.get("detail"))).record
    first = language_of(given["q"])
    languages = given.get("languages") or sorted(LANGUAGES, key=lambda language: language != first)
    address = joined("/ask", [("q", given["q"])])
    return _answer(session, answer, store, {**given, "languages": languages}, address)


def _question(session: Session, given: Given) -> Result:
    store = session.bounding()
    answer = session.graph(store).question(given["id"]).record
    return _answer(session, answer, store, given, f"/questions/{answer.id}")


def _look_up(session: Session, given: Given) -> Result:
    store = session.bounding()
    answer = session.graph(store).look_up(given["verb"], [given["q"]]).record
    return _answer(session, answer, store, given, joined(f"/{given['verb']}", [("q", given["q"])]))


def _answer(session: Session, answer: Answer, store: BoundedStore, given: Given, address: str = "") -> Result:
    """The answer as a reply; ``address`` is where one that is no stored query's is found again."""
    languages = tuple(given.get("languages") or LANGUAGES)
    pages = paging(given.get("page"), given.get("page_size"))
    ways = PageLinks(session.way, "" if answer.query in session.catalogue.names() else address, given.get("pages", ""))
    return written(answer, given.get("accept"), given.get("form"), languages, pages, store.extent, ways)


JOBS: dict[str, Callable[[Session, Given], Result]] = {
    "sparql": _sparql,
    "stored": _stored,
    "ask": _ask,
    "question": _question,
    "questions": catalogue.questions,
    "look-up": _look_up,
    "graph": resources.graph,
    "ontology": resources.ontology,
    "prefix": resources.prefix,
    "thing": resources.thing,
    "show": resources.show_address,
    "catalogue": catalogue.catalogue,
    "parameter": catalogue.parameter,
    "openapi": catalogue.openapi_document,
    "description": catalogue.service,
}
