"""A real server on loopback, in a thread of the test's own process; its workers are processes as always."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from mandategraph.serve.app import application
from mandategraph.serve.server import bound, configured
from mandategraph.serve.settings import Limits, Settings

JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
"""What browsers accept."""


@contextmanager
def serving(store: Path | str, *, workers: int = 2, site: Path | None = None, **limits: Any) -> Iterator[httpx.Client]:
    """A client of a server over this store, which ends with the block."""
    settings = Settings(str(store), str(site) if site else None, workers, replace(Limits(), **limits))
    listening = bound("127.0.0.1", 0)
    server = uvicorn.Server(configured(application(settings), settings.limits))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started, "the server did not start"
    try:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


def page(client: httpx.Client, path: str) -> str:
    """The page that a browser gets at a path."""
    response = client.get(path, headers=HTML)
    assert response.status_code == 200 and response.headers["content-type"].startswith("text/html"), response.text
    return response.text
