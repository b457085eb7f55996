"""Where requests become jobs: looks whether the asker has the reply already, has the job done, and writes the reply."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from mandategraph import __version__
from mandategraph.messages import LANGUAGES, preferring
from mandategraph.serve import http_responses
from mandategraph.serve.job import Job
from mandategraph.serve.negotiation import quality_of
from mandategraph.serve.pool import LONG, Pool
from mandategraph.serve.problems import Refusal
from mandategraph.serve.protocol import Parameters, read_parameters
from mandategraph.serve.settings import Settings
from mandategraph.store import is_remote
from mandategraph.store.versions import current
from mandategraph.system import resources
from mandategraph.system.errors import StoreError

_Done = TypeVar("_Done")


class Dispatcher:
    """The pool of a server, its settings, and what all endpoints do alike."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.limits = settings.limits
        self.pool = Pool(settings.store, settings.workers, settings.limits)

    async def answer(self, request: Request, job: Job, *, kept: bool = True, foreseen: bool = True) -> Response:
        """The response to a request for a job. ``kept`` says that store and job alone decide on the reply; ``foreseen``
        that nothing but the reply itself is to be told, so that who has it need not wait for the job to be done."""
        job = replace(job, accept=request.headers.get("accept"))
        tag = http_responses.etag(self._fingerprint(), self._salt, job) if kept else None
        if foreseen and tag and http_responses.unchanged(request, tag, exists=False):
            return http_responses.not_modified(tag)
        reply, fingerprint = await _while_there(request, self.pool.run(job))
        tag = http_responses.etag(fingerprint, self._salt, job) if kept else None
        return http_responses.response(request, reply, tag, self.limits)

    def _fingerprint(self) -> str | None:
        """What the store is built from now."""
        if is_remote(self.settings.store):
            return None
        try:
            live = current(Path(self.settings.store))
        except StoreError:
            return None  # the worker will tell
        return live.fingerprint if live else None

    @cached_property
    def _salt(self) -> str:
        """Changes with what else decides on a reply: our own version, the stored queries, the bounds."""
        summary = sha256(f"{__version__} {self.limits.rows} {self.limits.answer}".encode())
        for file in [*resources.query_files(), resources.verbs_file()]:
            summary.update(file.read_bytes())
        return summary.hexdigest()[:16]


async def _while_there(request: Request, doing: Coroutine[Any, Any, _Done]) -> _Done:
    """What is done for an asker, unless the asker goes away meanwhile: then a long job is stopped, and a short one is
    left to its end, which costs less than another worker.

    Raises ClientDisconnect when the asker has gone.
    """
    job, gone = asyncio.ensure_future(doing), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({job, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not job.done():
            await asyncio.wait({job}, timeout=LONG)
        if job.done():
            return job.result()
        raise ClientDisconnect
    finally:
        gone.cancel()
        job.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def parameters(request: Request) -> Parameters:
    """The parameters of an address. Raises Refusal 400 when they cannot be read."""
    return read_parameters(request.scope["query_string"])


def the_only(found: Parameters, name: str) -> str | None:
    """The value of a parameter that may be given once; None when it is not. Raises Refusal 400 when it is given
    several times."""
    values = [value for key, value in found if key == name]
    if len(values) > 1:
        raise Refusal(400, f"The parameter {name} is given {len(values)} times.", "Give it once.")
    return values[0] if values else None


def languages(request: Request, found: Parameters) -> list[str] | None:
    """The languages of labels, from the parameter ``lang`` or else from Accept-Language; None for no wish.

    Raises Refusal 400 for a language that there is none of.
    """
    wanted = the_only(found, "lang")
    if wanted is not None:
        named = [part.strip().lower() for part in wanted.split(",") if part.strip()]
        if not named or not set(named) <= set(LANGUAGES):
            raise Refusal(
                400,
                f"The parameter lang is '{wanted[:40]}'.",
                f"It is made of {' and '.join(LANGUAGES)}, such as zh,en.",
            )
        return list(dict.fromkeys(named))
    liked = _liked(request.headers.get("accept-language", ""))
    first = min(liked, key=lambda name: -liked[name], default=None)
    return None if first is None else list(preferring(first))


def _liked(accepted: str) -> dict[str, float]:
    """Those of our languages that an Accept-Language header names, in its order, with how much each is liked."""
    liked: dict[str, float] = {}
    for part in accepted.lower().split(",")[:100]:
        tag, *parameters = (piece.strip() for piece in part.split(";"))
        name = tag.partition("-")[0]
        if name in LANGUAGES and (quality := quality_of(parameters)) > liked.get(name, 0):
            liked[name] = quality
    return liked
