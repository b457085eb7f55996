"""What a worker can be asked to do: each job by its name, from plain values to a reply.

All of it goes through the same functions as the command line, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from mandategraph.answers import sparql_results
from mandategraph.answers.answer import Answer
from mandategraph.answers.grid import Layout
from mandategraph.answers.write_answer import write_result
from mandategraph.ask.wordings import language_of
from mandategraph.messages import LANGUAGES, preferring
from mandategraph.query.explain import legal_values
from mandategraph.query.parameters import terms
from mandategraph.query.run import bind
from mandategraph.serve import catalogue, resources
from mandategraph.serve.job import Job
from mandategraph.serve.negotiation import GRAPH_NAMES, GRAPHS, ROW_NAMES, ROWS, chosen, named
from mandategraph.serve.pages import PageLinks
from mandategraph.serve.problems import Refusal, refusal_of
from mandategraph.serve.render_answer import paging, written
from mandategraph.serve.result import Result
from mandategraph.serve.session import BoundedStore, Session
from mandategraph.serve.sticky_parameters import PageLayout, joined
from mandategraph.store.base import Rows, Triples
from mandategraph.system.errors import MandategraphError

TRUNCATED = "/sparql#truncated"
"""Where it is said what a truncated result is."""

_MOST_LEGAL = 200
_LISTED = 12
_LINKED: dict[str, Callable[[Rows | bool, list[str]], str]] = {
    "json": sparql_results.as_json,
    "xml": sparql_results.as_xml,
}


def run(session: Session, job: Job) -> Result:
    """Do a job. Raises Refusal; errors of ours become one."""
    try:
        reply = JOBS[job.task](session.at(job.as_of), job)
    except MandategraphError as error:
        raise refusal_of(error) from error
    if job.as_of:
        reply = replace(reply, headers={**reply.headers, "X-As-Of": quote(job.as_of, safe="/ :")})
    return reply


def _sparql(session: Session, job: Job) -> Result:
    store = session.bounding()
    result = store.asked(job.query, job.dataset)
    # Clients name a format before they know what the query gives; where it does not fit, their Accept header counts.
    wanted = job.form or ""
    if isinstance(result, Triples):
        choice = chosen(job.accept, GRAPHS, named(wanted, GRAPH_NAMES))
        return resources.graph_reply(result, choice, store.extent)
    choice = chosen(job.accept, ROWS, named(wanted, ROW_NAMES))
    if store.extent == "truncated" and choice.form in _LINKED:
        text = _LINKED[choice.form](result, [TRUNCATED])
    else:
        text = write_result(result, choice.form, Layout(LANGUAGES))
    rows = 1 if isinstance(result, bool) else len(result.rows)
    return Result(choice.media, text.encode("utf-8", errors="replace"), store.extent, rows)


def _stored(session: Session, job: Job) -> Result:
    query, preset = session.catalogue.find(job.name)
    params = {**preset, **job.params}
    store = session.bounding()
    try:
        if job.form == "rq":
            text = bind(query, terms(query, params, session.store, lambda: session.resolver))
            return Result("application/sparql-query; charset=utf-8", text.encode("utf-8"))
        answer = session.graph(store).run(query, params, detail=job.detail).record
    except MandategraphError as error:
        raise _with_legal_values(refusal_of(error), error, session, query.name) from error
    return _answer(session, answer, store, job)


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


def _ask(session: Session, job: Job) -> Result:
    store = session.bounding()
    answer = session.graph(store).ask(job.q, detail=job.detail).record
    first = language_of(job.q)
    languages = job.languages or preferring(first)
    address = joined("/ask", [("q", job.q)])
    return _answer(session, answer, store, replace(job, languages=tuple(languages)), address)


def _question(session: Session, job: Job) -> Result:
    store = session.bounding()
    answer = session.graph(store).question(job.name).record
    return _answer(session, answer, store, job, f"/questions/{answer.id}")


def _look_up(session: Session, job: Job) -> Result:
    store = session.bounding()
    answer = session.graph(store).look_up(job.verb, [job.q]).record
    return _answer(session, answer, store, job, joined(f"/{job.verb}", [("q", job.q)]))


def _answer(session: Session, answer: Answer, store: BoundedStore, job: Job, address: str = "") -> Result:
    """The answer as a reply; ``address`` is where one that is no stored query's is found again."""
    layout, pages = PageLayout.of(job), paging(job.page, job.page_size)
    ways = PageLinks(session.way, "" if answer.query in session.catalogue.names() else address, job.pages)
    return written(answer, job.accept, job.form, layout, pages, store.extent, ways)


JOBS: dict[str, Callable[[Session, Job], Result]] = {
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
