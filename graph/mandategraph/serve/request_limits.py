"""Around all of the server: bounds what comes in, and makes what goes out safe for those who open it."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mandategraph.serve.http_responses import problem
from mandategraph.serve.problems import Refusal
from mandategraph.serve.settings import Limits

OWN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For our own pages and all data: no script but ours, nothing from elsewhere."""

SITE_POLICY = "default-src 'self' data: blob: 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
"""For the files of a built site, whose pages also work without a server and so carry their scripts and styles."""


def styled_policy(style: str) -> str:
    """The policy for a page of ours that carries this style in itself, since it is a file elsewhere."""
    digest = b64encode(sha256(style.encode("utf-8")).digest()).decode()
    return OWN_POLICY.replace("style-src 'self'", f"style-src 'sha256-{digest}'")


_SAFE = {
    "Content-Security-Policy": OWN_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_CONTROL = re.compile(rb"%(?:0[0-9a-f]|1[0-9a-f]|7f)|[\x00-\x1f\x7f]", re.IGNORECASE)


class RequestLimits:
    """ASGI middleware: refuses what is too long, too large or too slow, before anything else sees it."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, guarded."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        safe = _safely(send)
        request = Request(scope)
        try:
            self._check(scope)
            await self._app(scope, self._bounded(receive), safe)
        except Refusal as refusal:
            await problem(request, refusal, self._limits)(scope, receive, safe)
        except ClientDisconnect:
            return  # there is nobody to answer

    def _check(self, scope: Scope) -> None:
        raw_path, query = scope.get("raw_path") or b"", scope["query_string"]
        if len(raw_path) + len(query) > self._limits.address:
            told = f"The address is longer than {self._limits.address} bytes."
            raise Refusal(414, told, "Send the query by POST.", details={"limit": "address"})
        if _CONTROL.search(raw_path):
            raise Refusal(400, "The path has control characters.")
        length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if length.isdigit() and int(length) > self._limits.body:
            raise self._too_large()

    def _bounded(self, receive: Receive) -> Receive:
        """``receive``, which refuses a body that is too large or comes too slowly."""
        taken = 0
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._limits.slow_body
        whole = False

        async def bounded() -> Message:
            nonlocal taken, whole
            if whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), max(0.001, deadline - loop.time()))
            except TimeoutError:
                told = f"The request did not arrive within {self._limits.slow_body:g} seconds."
                raise Refusal(408, told, details={"limit": "slow"}) from None
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                whole = not message.get("more_body", False)
                if taken > self._limits.body:
                    raise self._too_large()
            return message

        return bounded

    def _too_large(self) -> Refusal:
        told = f"The request is larger than {self._limits.body} bytes."
        return Refusal(413, told, "Send a shorter query.", details={"limit": "body"})


def _safely(send: Send) -> Callable[[Message], Awaitable[None]]:
    """``send``, which adds the headers of safety."""

    async def safe(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _SAFE.items():
                headers.setdefault(name, value)
        await send(message)

    return safe
