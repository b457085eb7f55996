"""A polite client: pauses between requests, retries with growing pauses, heeds Retry-After and robots.txt."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from mandategraph import __version__
from mandategraph.system.errors import InputError

AGENT = f"mandategraph/{__version__} (+https://w3id.org/mandategraph)"
_TRIES = 5
_LONGEST = 120.0
_MOST_BYTES = 64 * 1024 * 1024
_AGAIN = {429, 500, 502, 503, 504}


@dataclass(frozen=True)
class ServiceResponse:
    """What a service answered: the bytes, or that nothing changed."""

    content: bytes
    etag: str
    modified: str
    unchanged: bool = False


class Client:
    """Fetches addresses of one service. ``sleep`` waits so many seconds, ``now`` tells them; tests pass their own."""

    def __init__(
        self, delay: float, sleep: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.delay = max(delay, 0.0)
        self.sleep = sleep
        self.now = now
        self.last: float | None = None
        self.robots: dict[str, RobotFileParser] = {}
        self.http = httpx.Client(headers={"User-Agent": AGENT}, timeout=60.0, follow_redirects=True)

    def close(self) -> None:
        self.http.close()

    def get(self, url: str, etag: str = "", modified: str = "") -> ServiceResponse:
        """The content of an address, or that it is as it was when it had this tag or date.

        Raises:
            InputError: the service refuses, forbids robots, or does not answer after several tries.
        """
        self._allowed(url)
        asked = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        reply = self._tried(url, asked)
        tag, date = reply.headers.get("ETag", ""), reply.headers.get("Last-Modified", "")
        return ServiceResponse(reply.content, tag or etag, date or modified, reply.status_code == 304)

    def _tried(self, url: str, headers: dict[str, str]) -> httpx.Response:
        problem = ""
        for attempt in range(_TRIES):
            self._pause()
            try:
                reply = self._read(url, headers)
            except httpx.HTTPError as error:
                problem = " ".join(str(error).split()) or type(error).__name__
                wait = 2.0**attempt
            else:
                if reply.status_code in (200, 304):
                    return reply
                problem = f"the service answers {reply.status_code}"
                if reply.status_code not in _AGAIN:
                    break
                wait = _asked_for(reply) or 2.0**attempt
            if attempt < _TRIES - 1:
                self.sleep(min(wait, _LONGEST))
        raise InputError(problem, where=url, hint="what was fetched is kept; run it again later to go on")

    def _read(self, url: str, headers: dict[str, str]) -> httpx.Response:
        with self.http.stream("GET", url, headers=headers) as reply:
            found = bytearray()
            for block in reply.iter_bytes():
                found += block
                if len(found) > _MOST_BYTES:
                    raise InputError("a page longer than 64 MB", where=url, hint="ask for fewer records with --rows")
            return httpx.Response(reply.status_code, headers={
                name: value for name, value in reply.headers.items() if name.lower() in ("etag", "last-modified", "retry-after")
            }, content=bytes(found))  # fmt: skip

    def _pause(self) -> None:
        if self.last is not None:
            due = self.last + self.delay - self.now()
            if due > 0:
                self.sleep(due)
        self.last = self.now()

    def _allowed(self, url: str) -> None:
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self.robots:
            self.robots[root] = self._rules(f"{root}/robots.txt")
            asked = self.robots[root].crawl_delay(AGENT)
            self.delay = max(self.delay, min(float(asked), _LONGEST) if asked else 0.0)
        if not self.robots[root].can_fetch(AGENT, url):
            raise InputError(
                "the service asks robots to stay away", where=url, hint="ask its publisher for the records"
            )

    def _rules(self, url: str) -> RobotFileParser:
        rules = RobotFileParser()
        self._pause()
        try:
            reply = self._read(url, {})
        except httpx.HTTPError:  # whether the service answers at all, the request itself will tell
            rules.parse([])
            return rules
        rules.parse(reply.text.splitlines() if reply.status_code == 200 else [])
        return rules


def _asked_for(reply: httpx.Response) -> float | None:
    """The seconds that a service asks to wait."""
    said = reply.headers.get("Retry-After", "")
    if said.isdigit():
        return float(said)
    try:
        then, sent = parsedate_to_datetime(said), parsedate_to_datetime(reply.headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return max((then - sent).total_seconds(), 0.0)
