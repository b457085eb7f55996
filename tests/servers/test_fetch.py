"""Fetching from a local server that speaks the protocols of the services; no test needs the internet."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from mandategraph.fetch.client import AGENT, Client
from mandategraph.fetch.services import Done, fetch
from mandategraph.system.errors import InputError, StoreError, UsageError
from records import OWN, took
from servers import Serving

pytestmark = pytest.mark.server

DOCS = json.loads((OWN / "index.json").read_text(encoding="utf-8"))["response"]["docs"]
MEETINGS = [{**DOCS[0], "identifier_s": f"id{number:02}", "symbol_s": f"SBI-{number}"} for number in range(1, 6)]


class Service(BaseHTTPRequestHandler):
    """Answers like the index (paged by start and rows, with tags) and like OData (with a link to the next page)."""

    server: Any

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))
        if self.path == "/robots.txt":
            return self._send(200, self.server.robots.encode())
        if self.server.failing:
            status, headers = self.server.failing.pop(0)
            return self._send(status, b"", headers)
        asked = parse_qs(urlsplit(self.path).query)
        text = json.dumps(self._solr(asked) if "select" in self.path else self._odata(asked)).encode()
        tag = f'"{hash(text) & 0xFFFF:x}"'
        if self.headers.get("If-None-Match") == tag:
            return self._send(304, b"", {"ETag": tag})
        return self._send(200, text, {"ETag": tag, "Last-Modified": "Wed, 23 Jul 2025 17:04:05 GMT"})

    def _solr(self, asked: dict[str, list[str]]) -> object:
        start, rows = int(asked["start"][0]), int(asked["rows"][0])
        return {"response": {"numFound": len(MEETINGS), "start": start, "docs": MEETINGS[start : start + rows]}}

    def _odata(self, asked: dict[str, list[str]]) -> object:
        entry = json.loads((OWN / "informea.json").read_text(encoding="utf-8"))["d"]["results"][0]
        skip = int(asked.get("$skip", ["0"])[0])
        more = {"__next": "/informea.svc/Decisions?$skip=1&$format=json"} if skip == 0 else {}
        return {"d": {"results": [{**entry, "id": f"m-{skip}"}], **more}}

    def _send(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def server() -> Iterator[Any]:
    made: Any = Serving(("127.0.0.1", 0), Service)
    made.seen, made.failing, made.robots = [], [], ""
    made.url = f"http://127.0.0.1:{made.server_address[1]}"
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


class Clock:
    """Time that only passes when someone waits."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    def now(self) -> float:
        return self.time


def run(
    server: Any,
    folder: Path,
    clock: Clock | None = None,
    service: str = "cbd-index",
    schema: str = "meeting",
    since: str = "2019",
) -> Done:
    used = clock or Clock()
    path = "/api/v2013/index/select" if service == "cbd-index" else "/informea.svc/"
    return fetch(service, schema, since, folder, server.url + path, 2, 1.0, Client(1.0, used.sleep, used.now))


def asked(server: Any) -> list[str]:
    return [path for path, _ in server.seen if path != "/robots.txt"]


def test_all_pages_come_and_load_takes_them(server: Any, tmp_path: Path) -> None:
    clock = Clock()
    done = run(server, tmp_path, clock)
    assert (done.pages, done.records, done.fetched) == (3, 5, 3)
    first = parse_qs(urlsplit(asked(server)[0]).query)
    assert first["q"] == ["schema_s:meeting AND startDate_dt:[2019-01-01T00:00:00Z TO *]"]
    assert (first["rows"], first["start"], first["wt"]) == (["2"], ["0"], ["json"])
    assert server.seen[1][1]["User-Agent"] == AGENT
    assert clock.waits == [1.0, 1.0, 1.0], "a pause before each request but the first"
    files = sorted(tmp_path.glob("cbd-index-*.json"))
    assert sum(took(file)["cbd-index-meetings"].records for file in files) == 5


def test_what_has_not_changed_is_not_fetched_again(server: Any, tmp_path: Path) -> None:
    run(server, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = run(server, tmp_path)
    assert (done.fetched, done.unchanged, done.kept) == (0, 3, 0)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_stopped_run_goes_on_after_its_last_page(server: Any, tmp_path: Path) -> None:
    server.failing = [(200, {})]  # an answer that is no JSON stops the run at once
    with pytest.raises(InputError):
        run(server, tmp_path)
    run(server, tmp_path)
    manifest = json.loads((tmp_path / "pages.json").read_text(encoding="utf-8"))
    manifest["complete"], manifest["pages"] = False, manifest["pages"][:2]
    (tmp_path / "pages.json").write_text(json.dumps(manifest), encoding="utf-8")
    server.seen.clear()
    done = run(server, tmp_path)
    assert (done.kept, done.fetched, done.pages) == (2, 1, 3)
    assert len(asked(server)) == 1


def test_a_busy_service_is_asked_again_when_it_says(server: Any, tmp_path: Path) -> None:
    server.failing = [(503, {"Retry-After": "7"}), (429, {})]
    clock = Clock()
    assert run(server, tmp_path, clock).pages == 3
    assert 7.0 in clock.waits


def test_a_service_that_refuses_is_told_in_one_line_and_not_asked_again(server: Any, tmp_path: Path) -> None:
    server.failing = [(404, {})]
    with pytest.raises(InputError, match="answers 404"):
        run(server, tmp_path)
    assert len(asked(server)) == 1


def test_robots_that_are_not_welcome_stay_away(server: Any, tmp_path: Path) -> None:
    server.robots = "User-agent: *\nDisallow: /api/\n"
    with pytest.raises(InputError, match="robots"):
        run(server, tmp_path)
    assert asked(server) == []


def test_the_pause_that_a_service_asks_for_is_kept(server: Any, tmp_path: Path) -> None:
    server.robots = "User-agent: *\nCrawl-delay: 9\n"
    clock = Clock()
    run(server, tmp_path, clock)
    assert clock.waits == [9.0, 9.0, 9.0]


def test_odata_tells_the_next_page_itself(server: Any, tmp_path: Path) -> None:
    done = run(server, tmp_path, service="informea", schema="decision")
    assert (done.pages, done.records) == (2, 2)
    assert "published%20ge" in asked(server)[0] or "published+ge" in asked(server)[0]


def test_wrong_use_is_told(server: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="schema"):
        run(server, tmp_path, schema="poem")
    with pytest.raises(UsageError, match="since"):
        run(server, tmp_path, since="last year")
    run(server, tmp_path)
    with pytest.raises(StoreError, match="another query"):
        run(server, tmp_path, since="2020")
