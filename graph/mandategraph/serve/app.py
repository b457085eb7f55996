"""The application: addresses and what answers at them. Speaks HTTP and touches no data; all of that is done by the
pool's workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mandategraph.serve.api import Api
from mandategraph.serve.dispatcher import Dispatcher
from mandategraph.serve.endpoint import Endpoint
from mandategraph.serve.http_responses import EXPOSED, problem
from mandategraph.serve.problems import NOTHING, Refusal
from mandategraph.serve.request_limits import RequestLimits
from mandategraph.serve.settings import Settings
from mandategraph.serve.static import Site, asset

_Answering = Callable[[Request], Awaitable[Response]]
_READING = ("GET", "HEAD", "OPTIONS")
_ASKING = (*_READING, "POST")


def application(settings: Settings) -> Starlette:
    """The application for these settings. Its workers are started and ended with it."""
    dispatcher = Dispatcher(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await dispatcher.pool.start()
        try:
            yield
        finally:
            await dispatcher.pool.close()

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return problem(request, error, settings.limits)

    async def unrouted(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return problem(request, _refusal(request, error), settings.limits)

    async def failed(request: Request, error: Exception) -> Response:
        return problem(request, Refusal(500, "A fault of ours.", "Report it."), settings.limits)

    sharing: dict[str, Any] = {"allow_origins": ["*"], "allow_methods": ["GET", "HEAD", "POST", "OPTIONS"]}
    sharing |= {"allow_headers": ["*"], "expose_headers": list(EXPOSED), "max_age": 86400}
    sharing["allow_private_network"] = True  # pages of the web may ask a server on the reader's own network
    return Starlette(
        routes=_routes(dispatcher, settings),
        middleware=[Middleware(RequestLimits, limits=settings.limits), Middleware(CORSMiddleware, **sharing)],
        exception_handlers={Refusal: refused, HTTPException: unrouted, Exception: failed},
        lifespan=lifespan,
    )


def _routes(dispatcher: Dispatcher, settings: Settings) -> list[BaseRoute]:
    site = Site(settings.site) if settings.site else None
    api, endpoint = Api(dispatcher, site), Endpoint(dispatcher)
    reading: list[tuple[str, _Answering]] = [
        ("/api", api.catalogue),
        ("/api/{name}", api.stored),
        ("/openapi.json", api.openapi),
        ("/questions", api.questions),
        ("/questions/{name}", api.question),
        ("/ask", api.ask),
        ("/resolve", api.resolve),
        ("/search", api.search),
        ("/show", api.show),
        ("/id/{kind}/{code:path}", api.thing),
        ("/graph/{name:path}", api.graph),
        ("/prefix/{name}", api.prefix),
        ("/query/{name}", api.query),
        ("/query/{name}/{parameter}", api.parameter),
        ("/static/{name}", asset),
        ("/ontology", api.ontology),
        ("/ontology.{suffix}", api.ontology),
        ("/value", api.ontology),
        ("/value.{suffix}", api.ontology),
    ]
    rest = _told(site.file if site else api.home, _READING, looked_for=True)
    return [
        Route("/sparql", _told(endpoint.sparql, _ASKING), methods=_ASKING),
        *(Route(path, _told(function, _READING), methods=_READING) for path, function in reading),
        Route("/{path:path}", rest, methods=_READING),
    ]


def _told(function: _Answering, methods: Sequence[str], *, looked_for: bool = False) -> _Answering:
    """The same function, which for OPTIONS tells the methods; where it answers for paths of all kinds (``looked_for``)
    only after it has found something there."""

    async def answer(request: Request) -> Response:
        if request.method != "OPTIONS":
            return await function(request)
        if looked_for:
            await function(Request({**request.scope, "method": "HEAD"}, request.receive))
        return Response(status_code=204, headers={"Allow": _listed(methods)})

    return answer


def _listed(methods: Iterable[str]) -> str:
    return ", ".join(sorted(methods))


def _refusal(request: Request, error: HTTPException) -> Refusal:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        allowed = _listed(one.strip() for one in headers.get("Allow", "GET").split(","))
        told = f"{request.method[:20]} is not allowed here."
        return Refusal(405, told, f"Use {allowed}.", {**headers, "Allow": allowed})
    if error.status_code == 404:
        return Refusal(404, *NOTHING, headers)
    return Refusal(error.status_code, str(error.detail), "", headers)
