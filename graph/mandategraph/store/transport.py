"""How a remote store is spoken to: queries, updates and whole graphs over HTTP, with credentials and bounded retries.

SPARQLWrapper (which brings rdflib) is imported here and nowhere else, and only when a remote store is used.
"""

from __future__ import annotations

import http.client
import os
import re
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from mandategraph.store.base import Dataset, bad_query
from mandategraph.system.errors import MandategraphError, QueryRefused, QueryTimedOut, StoreError, UsageError

T = TypeVar("T")
Form = Literal["rows", "ask", "graph"]

ACCEPT = {
    "rows": "application/sparql-results+json,application/json",
    "ask": "application/sparql-results+json,application/json",
    "graph": "text/turtle",
}
TIMEOUT_SECONDS = 30
WRITE_TIMEOUT_SECONDS = 600
_DAY = 86_400
TRIES = 5
_FIRST_WAIT = 0.25
_FAILED = 500
_BUSY = (408, 429, 502, 503, 504)
_NOT_HERE = (400, 404, 405, 406, 415, 501)
_OTHER_ADDRESS = "Name the right address with MANDATEGRAPH_UPDATE or MANDATEGRAPH_GSP."
_SERVER = "See what the server's log says of it, and run the same command again."
_OUT_OF_TURN = "40001"
"""The state (ISO 9075) of a transaction that was given up for another, which Virtuoso tells with status 500."""
CHECK_ADDRESS = "Check the address, or leave out --store to use the built-in graph."
_LONGER = "Give it more seconds with MANDATEGRAPH_TIMEOUT, or check the address."
_NEVER_SENT = re.compile(r"[\s\x00-\x1f\x7f]")
"""What no address holds as it is."""


@dataclass(frozen=True)
class Credentials:
    """Who asks: a user with a password (basic or digest, as the server wants it) or a bearer token. Never printed."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of_environment(cls) -> Credentials:
        """From MANDATEGRAPH_USER and MANDATEGRAPH_PASSWORD, or MANDATEGRAPH_TOKEN."""
        names = ("MANDATEGRAPH_USER", "MANDATEGRAPH_PASSWORD", "MANDATEGRAPH_TOKEN")
        return cls(*(os.environ.get(name, "") for name in names))


@dataclass(eq=False)
class _Refused(Exception):
    """An answer that is none: its status, the words for that, and what the server told of it."""

    code: int
    reason: str
    told: str

    def __str__(self) -> str:
        return f"HTTP {self.code}: {self.reason}"


class Transport:
    """Requests to one server. Each is tried again after a loss of connection, with growing waits that are told;
    all that is sent may be sent twice. ``timeout`` in seconds holds for each query, and is not tried again."""

    def __init__(self, address: str, credentials: Credentials | None = None, timeout: float = TIMEOUT_SECONDS) -> None:
        bare, user, password = _without_credentials(address)
        self.address = bare
        self._timeout = timeout
        given = credentials or Credentials.of_environment()
        self._credentials = Credentials(user, password) if user else given
        self._known = urllib.request.HTTPPasswordMgrWithPriorAuth()
        self.known_by(bare)
        self._answered = False
        self._opener: urllib.request.OpenerDirector | None = None
        self.server = ""

    def known_by(self, address: str, variable: str | None = None) -> str:
        """Another address of the same server, as it may be shown; who asks there is who asks everywhere, or whom the
        address itself names. Raises UsageError, with the name of the variable it is from, when it is not an address."""
        bare, user, password = _without_credentials(address, variable)
        if user:
            self._known.add_password(None, bare, user, password)
        elif self._credentials.user and not self._credentials.token:
            self._known.add_password(None, bare, self._credentials.user, self._credentials.password)
        return bare

    def query(self, text: str, form: Form, dataset: Dataset | None = None) -> bytes:
        """The body of the answer to a query, over the graphs of a ``dataset`` or over what the server takes without.

        Raises UsageError when the server refuses it, StoreError.
        """

        def send() -> bytes:
            return self._sparql(text, form, dataset=dataset)

        return self._again(send, "did not answer the query", self.address, asking=True)

    def update(self, text: str, address: str) -> None:
        """Carry an update out; it must be such that twice is as good as once. Raises StoreError."""
        self._again(lambda: self._sparql(text, None, address), "did not carry out the update", address)

    def send_graph(self, name: str, ntriples: bytes, address: str, method: Literal["PUT", "POST"]) -> None:
        """Replace a graph (PUT) or add to it (POST) by the graph store protocol. Raises StoreError."""
        whole = f"{address}{'&' if '?' in address else '?'}graph={quote(name, safe='')}"
        request = urllib.request.Request(whole, ntriples, method=method)
        request.add_header("Content-Type", "application/n-triples")
        request.add_header("Accept", "*/*")  # Virtuoso refuses a list of RDF types here
        self._again(lambda: self._read(request, WRITE_TIMEOUT_SECONDS), "did not take the graph", address)

    def _sparql(self, text: str, form: Form | None, address: str = "", dataset: Dataset | None = None) -> bytes:
        from SPARQLWrapper import POST, SPARQLWrapper

        class Client(SPARQLWrapper):
            def _parseQueryType(self, query: str) -> str:  # noqa: N802  (it would guess what we know)
                return {"rows": "SELECT", "ask": "ASK", "graph": "CONSTRUCT"}.get(form or "", "INSERT")

            def _getAcceptHeader(self) -> str:  # noqa: N802
                return ACCEPT.get(form or "", "*/*")

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it warns of, we tell in a line of our own
            client = Client(self.address, address or self.address, agent="mandategraph")
            client.setOnlyConneg(True)
            client.setMethod(POST)
            client.setQuery(text)
            for name in dataset.default if dataset else ():
                client.addParameter("default-graph-uri", name)
            for name in dataset.named if dataset else ():
                client.addParameter("named-graph-uri", name)
            request = client._createRequest()
        return self._read(request, self._timeout if form else WRITE_TIMEOUT_SECONDS)

    def _read(self, request: urllib.request.Request, timeout: float) -> bytes:
        if self._credentials.token and self._known.find_user_password(None, request.full_url)[0] is None:
            # Not a header that follows a redirect to another server.
            request.add_unredirected_header("Authorization", f"Bearer {self._credentials.token}")
        try:
            with self._opened().open(request, timeout=timeout) as response:
                content: bytes = response.read()
                self.server = response.headers.get("Server", "") or self.server
        except urllib.error.HTTPError as error:
            told = " ".join(error.read(2000).decode("utf-8", "replace").split())
            raise _Refused(error.code, str(error.reason), told) from None
        self._answered = True
        return content

    def _opened(self) -> urllib.request.OpenerDirector:
        if self._opener is None:
            handlers = (_Digest(self._known), urllib.request.HTTPBasicAuthHandler(self._known))
            self._opener = urllib.request.build_opener(*handlers)
        return self._opener

    def _again(self, send: Callable[[], T], failure: str, address: str, *, asking: bool = False) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                return send()
            # The library raises ValueError for an address or a header that cannot be sent, and for an unknown challenge.
            except (_Refused, OSError, http.client.HTTPException, ValueError) as error:
                if attempt == TRIES or not self._worth_another_try(error):
                    raise self._explained(error, failure, address, asking) from None
                wait = _FIRST_WAIT * 2 ** (attempt - 1)
                told = f"{address} {failure} ({_reason(error)}); trying again in {wait:g} s ({attempt + 1} of {TRIES})."
                print(f"mandategraph: {told}", file=sys.stderr, flush=True)
                time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _worth_another_try(self, error: Exception) -> bool:
        """Not what the server has refused, not a timeout, and not an address that has never answered."""
        if isinstance(error, _Refused):
            return error.code in _BUSY or (error.code == _FAILED and _OUT_OF_TURN in error.told)
        if _timed_out(error):
            return False
        return isinstance(error, OSError | http.client.HTTPException) and (self._answered or not _refused(error))

    def _explained(self, error: Exception, failure: str, address: str, asking: bool) -> MandategraphError:
        if isinstance(error, _Refused):
            if error.code == 400 and asking:
                return bad_query(error.told)
            if error.code in (401, 403):
                hint = "Set MANDATEGRAPH_USER and MANDATEGRAPH_PASSWORD, or MANDATEGRAPH_TOKEN."
                return StoreError(f"the endpoint {failure}: it wants other credentials ({error.code}).", address, hint)
            hint = CHECK_ADDRESS if asking else _OTHER_ADDRESS if error.code in _NOT_HERE else _SERVER
            kind = QueryRefused if asking and error.code >= 500 and error.code not in _BUSY else StoreError
            return kind(f"the endpoint {failure} ({error.code}: {error.told[:200] or error.reason}).", address, hint)
        if not _timed_out(error):
            return StoreError(f"the endpoint {failure} ({_reason(error)}).", address, CHECK_ADDRESS)
        seconds = self._timeout if asking else WRITE_TIMEOUT_SECONDS
        told = f"the endpoint {failure} (no answer within {seconds:g} seconds)."
        kind = QueryTimedOut if asking and self._answered else StoreError
        return kind(told, address, _LONGER if asking else CHECK_ADDRESS)


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Answers a server's challenge, and later requests with the same one before the server asks again: a server that
    refuses a large request closes the connection while it is still being sent."""

    def __init__(self, known: urllib.request.HTTPPasswordMgr) -> None:
        super().__init__(known)
        self._challenges: dict[str, dict[str, str]] = {}

    def get_authorization(self, req: urllib.request.Request, chal: Any) -> str:
        """Called by the base for each challenge."""
        self._challenges[req.host] = dict(chal)
        return str(super().get_authorization(req, chal))

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """Called before each request is sent."""
        challenge = self._challenges.get(request.host)
        if challenge and not request.has_header(self.auth_header):
            made = super().get_authorization(request, challenge)
            request.add_unredirected_header(self.auth_header, f"Digest {made}")
        return request

    https_request = http_request


def seconds_of(variable: str, default: float) -> float:
    """A number of seconds from the environment. Raises UsageError when what stands there is none, or none of use."""
    given = os.environ.get(variable, "").strip()
    try:
        seconds = float(given) if given else default
    except ValueError:
        seconds = 0
    if not 1 <= seconds <= _DAY:
        hint = f"Give a number from 1 to {_DAY}, or unset it."
        raise UsageError(f"'{given}' is no number of seconds that can be waited.", variable, hint)
    return seconds


def _reason(error: Exception) -> str:
    return str(getattr(error, "reason", None) or error) or type(error).__name__


def _timed_out(error: Exception) -> bool:
    return isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), TimeoutError)


def _refused(error: Exception) -> bool:
    inner: Any = getattr(error, "reason", error)
    return not isinstance(inner, ConnectionResetError | BrokenPipeError | http.client.HTTPException)


def _without_credentials(address: str, variable: str | None = None) -> tuple[str, str, str]:
    """``http://user:password@host/`` as the address that may be shown, and who asks: percent-encoded (RFC 3986, 3.2.1).

    Raises UsageError, with the name of the variable it is from, when it is not an address of a server.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or _NEVER_SENT.search(address):
        raise UsageError("this is not an address of a server.", variable, "Write it as http://host:port/sparql.")
    named = f"[{host}]" if ":" in host else host
    bare = urlunsplit((parts.scheme, named + port, parts.path, parts.query, ""))
    return bare, unquote(parts.username or ""), unquote(parts.password or "")
