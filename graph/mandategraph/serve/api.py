"""Stored queries, questions, lookups, things and graphs: each address as a job."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mandategraph.serve import pages
from mandategraph.serve.dispatcher import Dispatcher, languages, parameters, the_only
from mandategraph.serve.http_responses import announced
from mandategraph.serve.job import Job
from mandategraph.serve.negotiation import SUFFIXES, likes_html
from mandategraph.serve.openapi import RESERVED
from mandategraph.serve.problems import NOTHING, Refusal
from mandategraph.serve.protocol import Parameters
from mandategraph.serve.sticky_parameters import KEPT, PageLayout, joined, kept, present

if TYPE_CHECKING:
    from mandategraph.serve.static import Site

_Q = ("q",)
_ROWS = ("page", "page_size")
_READ = {"stored": (*_ROWS, "detail"), "ask": (*_ROWS, "detail"), "question": _ROWS, "look-up": _ROWS}
"""What some jobs read beside what all do: answers have rows, and some of them details."""

_BY_ALL = ("lang", "as_of", "format")
_LED_ON = ("thing", "prefix", "ontology", "show", "parameter")
"""Jobs whose replies have a status or headers of their own, which only the job can tell."""


class Api:
    """What answers at all addresses but ``/sparql``."""

    def __init__(self, dispatcher: Dispatcher, site: Site | None) -> None:
        self._dispatcher = dispatcher
        self._site = site

    async def catalogue(self, request: Request) -> Response:
        """All stored queries."""
        return await self._run(request, Job("catalogue"))

    async def query(self, request: Request) -> Response:
        """Everything about one stored query, at the path of its IRI."""
        name, form = _split(request.path_params["name"])
        return await self._run(request, Job("catalogue", name=name), form)

    async def parameter(self, request: Request) -> Response:
        """The way from the IRI of a parameter to its place on the page of its stored query."""
        return await self._run(request, Job("parameter", **request.path_params))

    async def stored(self, request: Request) -> Response:
        """The answer of a stored query."""
        name, form = _split(request.path_params["name"])
        found = parameters(request)
        params: dict[str, list[str]] = {}
        for key, value in found:
            if key not in RESERVED:
                params.setdefault(key, []).append(value)
        return await self._run(request, Job("stored", name=name, params=params), form, tuple(params))

    async def openapi(self, request: Request) -> Response:
        """The OpenAPI document."""
        return await self._run(request, Job("openapi"))

    async def questions(self, request: Request) -> Response:
        """The questions by their ids."""
        return await self._run(request, Job("questions"))

    async def question(self, request: Request) -> Response:
        """The answer to the question of an id."""
        name, form = _split(request.path_params["name"])
        return await self._run(request, Job("question", name=name), form)

    async def ask(self, request: Request) -> Response:
        """The answer to a question in plain words."""
        return await self._run(request, Job("ask", q=_words(request)), None, _Q)

    async def resolve(self, request: Request) -> Response:
        """What a text means."""
        return await self._run(request, Job("look-up", verb="resolve", q=_words(request)), None, _Q)

    async def search(self, request: Request) -> Response:
        """What holds some words."""
        return await self._run(request, Job("look-up", verb="search", q=_words(request)), None, _Q)

    async def show(self, request: Request) -> Response:
        """The way to the page of what a text means."""
        return await self._run(request, Job("show", q=_words(request)), None, _Q)

    async def thing(self, request: Request) -> Response:
        """A thing at the path of its IRI: its page, or what is stated about it."""
        kind, code = request.path_params["kind"], request.path_params["code"]
        stem, form = _split(code)
        wanted = languages(request, parameters(request))
        html = form == "html" or (form is None and likes_html(request.headers.get("accept")))
        built = self._site if html and not the_only(parameters(request), "as_of") else None
        page = built.page_of(kind, stem if form else code, (wanted or ["en"])[0]) if built else None
        if page:
            return RedirectResponse(page, 303, {"Vary": "Accept, Accept-Language"})
        try:
            return await self._run(request, Job("thing", kind=kind, code=stem), form)
        except Refusal as refusal:
            if form is None or refusal.status != 404:
                raise
            # The code itself may end like a suffix.
            return await self._run(request, Job("thing", kind=kind, code=code))

    async def prefix(self, request: Request) -> Response:
        """The declaration of a prefix, at the path of its IRI."""
        name, form = _split(request.path_params["name"])
        return await self._run(request, Job("prefix", name=name), form)

    async def graph(self, request: Request) -> Response:
        """A named graph, at the path of its IRI."""
        name, form = _split(request.path_params["name"])
        return await self._run(request, Job("graph", name=name), form)

    async def ontology(self, request: Request) -> Response:
        """The ontology, at the path of its IRI and at that of the values of its vocabularies."""
        _, form = _split("ontology." + request.path_params.get("suffix", ""))
        if "suffix" in request.path_params and form is None:
            raise Refusal(404, *NOTHING)
        return await self._run(request, Job("ontology"), form)

    async def home(self, request: Request) -> Response:
        """The page at the root, where no site is served."""
        if request.path_params["path"]:
            raise Refusal(404, *NOTHING)
        found = parameters(request)
        wanted = languages(request, found) or ["en"]
        text = pages.home_page(PageLayout(tuple(wanted), kept=tuple(kept(found)), present="/"))
        headers = {**announced(self._dispatcher.limits), "Vary": "Accept-Language", "Cache-Control": "no-cache"}
        return Response(text, 200, headers, "text/html; charset=utf-8")

    async def _run(self, request: Request, job: Job, suffix: str | None = None, own: Collection[str] = ()) -> Response:
        """Have a job done that takes the parameters ``own`` beside those that all take."""
        found = parameters(request)
        read = (*own, *_READ.get(job.task, ()), *_BY_ALL)
        for name, _ in found:
            if name not in read:
                known = ", ".join(read)
                raise Refusal(400, f"There is no parameter '{name[:40]}' here.", f"There are: {known}.")
        page, page_size = the_only(found, "page"), the_only(found, "page_size")
        others = [(name, value) for name, value in found if name not in (*_ROWS, *KEPT)]
        whole = replace(
            job,
            form=suffix or _form(found),
            languages=tuple(languages(request, found) or ()),
            page=page,
            page_size=page_size,
            pages=joined(request.scope["raw_path"].decode("ascii", "replace"), others) if page or page_size else "",
            detail=the_only(found, "detail") in ("1", "true", "yes", ""),
            as_of=the_only(found, "as_of"),
            kept=tuple(kept(found)),
            present=present(request) if kept(found) else "",
        )
        return await self._dispatcher.answer(request, whole, foreseen=job.task not in _LED_ON)


def _split(name: str) -> tuple[str, str | None]:
    """A name and the format that its suffix asks for; None when it has none that we know."""
    stem, mark, suffix = name.rpartition(".")
    return (stem, SUFFIXES[suffix]) if mark and stem and suffix in SUFFIXES else (name, None)


def _form(found: Parameters) -> str | None:
    wanted = the_only(found, "format")
    return None if wanted is None else SUFFIXES.get(wanted, wanted)


def _words(request: Request) -> str:
    words = the_only(parameters(request), "q")
    if words is None or not words.strip():
        raise Refusal(400, "There is nothing to look for.", "Give it as the parameter q.")
    return words
