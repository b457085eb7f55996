"""The SPARQL endpoint: queries by the protocol, its own description for programs, a page for people."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from mandategraph.messages import LANGUAGES
from mandategraph.serve import protocol
from mandategraph.serve.dispatcher import Dispatcher, languages, parameters
from mandategraph.serve.http_responses import announced
from mandategraph.serve.job import Job
from mandategraph.serve.negotiation import GRAPH_NAMES, ROW_NAMES, SUFFIX_OF, likes_html, named
from mandategraph.serve.problems import Refusal
from mandategraph.serve.sparql_page import sparql_page
from mandategraph.serve.sticky_parameters import AS_OF, PageLayout, kept

_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")


class Endpoint:
    """What answers at ``/sparql``."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    async def sparql(self, request: Request) -> Response:
        """A query, by GET or POST; without one the page (for browsers) or the service description."""
        found = parameters(request)
        if any(name == AS_OF for name, _ in found):
            raise Refusal(
                400, f"SPARQL is answered from all that is known: {AS_OF} is not taken here.", "Leave it out."
            )
        if request.method == "POST":
            asked = protocol.by_post(request.headers.get("content-type"), await request.body(), found)
            return await self._answer(request, asked)
        if likes_html(request.headers.get("accept")) and not any(name == "format" and value for name, value in found):
            return self._page(request, protocol.query_of(found), languages(request, found))
        read = protocol.by_get(found)
        if read is None:
            job = Job("description", endpoint=_endpoint(request))
            return await self._dispatcher.answer(request, job)
        return await self._answer(request, read)

    async def _answer(self, request: Request, asked: protocol.Request) -> Response:
        # Which kind of format fits is known with the result only; here, whether there is such a one at all.
        if asked.form and not (named(asked.form, ROW_NAMES) or named(asked.form, GRAPH_NAMES)):
            known = dict.fromkeys(SUFFIX_OF[form] for form in (*ROW_NAMES.values(), *GRAPH_NAMES.values()))
            raise Refusal(400, f"There is no format '{asked.form[:40]}'.", f"There are: {', '.join(known)}.")
        # What a query says may change with the day (NOW, RAND), so its reply is known by its content.
        job = Job("sparql", query=asked.query, dataset=asked.dataset, form=asked.form)
        return await self._dispatcher.answer(request, job, kept=False)

    def _page(self, request: Request, query: str | None, wanted: list[str] | None) -> Response:
        stays = tuple(kept(parameters(request)))
        layout = PageLayout(tuple(wanted or LANGUAGES), kept=stays, present=request.url.path)
        text = sparql_page(query, self._dispatcher.limits, layout)
        headers = {**announced(self._dispatcher.limits), "Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
        return Response(text.encode("utf-8", "replace"), 200, headers, "text/html; charset=utf-8")


def _endpoint(request: Request) -> str:
    """The endpoint's own address as the asker knows it; one that is no host name is not repeated."""
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host if _HOST.fullmatch(host) else 'localhost'}/sparql"
