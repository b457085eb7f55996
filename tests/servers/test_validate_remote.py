"""Validation inside a store that is asked by SPARQL alone: the same findings as in the embedded one."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from mandategraph.rdf import namespaces
from mandategraph.store import open_store
from mandategraph.system import resources
from mandategraph.validate import engine, validate, validate_store
from mandategraph.validate.data import StoreData
from mandategraph.validate.entry import packaged_shapes
from rule_examples import nquads
from servers import Serving

FAULTS = (
    "Element/invalid-no-scheme.ttl",
    "MandateAuthority/invalid-empty-cell.ttl",
    "Provision/invalid-evidence-after-end.ttl",
    "FeedRunsForward/invalid-giver-after-receiver.ttl",
    "CodeUnique/invalid-two-places.ttl",
)
pytestmark = pytest.mark.server


def faulty() -> bytes:

    return nquads(*FAULTS)


def handler(store: ox.Store, union: bool, hard: str | None = None) -> type[BaseHTTPRequestHandler]:
    class Endpoint(BaseHTTPRequestHandler):
        """SPARQL over a real store; its default graph is empty, or the union of all graphs. A query that is hard, by some
        words in it, takes two seconds."""

        def do_POST(self) -> None:  # noqa: N802  (the name is the library's)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked = parse_qs(body.decode())["query"][0]
            if hard and hard in asked:
                time.sleep(2)
            found = store.query(asked, use_default_graph_as_union=union)
            content = found.serialize(format=ox.QueryResultsFormat.JSON) or b""  # type: ignore[union-attr, call-overload]
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: object) -> None:
            """Keep the test's output clean."""

    return Endpoint


@pytest.fixture(scope="module", params=[False, True], ids=["strict", "union"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an endpoint over faulty data and the ontology."""
    with serving(request.param) as address:
        yield address


@contextmanager
def serving(union: bool, hard: str | None = None) -> Iterator[str]:
    """An endpoint over faulty data and the ontology."""
    store = ox.Store()
    store.bulk_load(faulty(), format=ox.RdfFormat.N_QUADS)
    for file in resources.ontology_files():
        store.load(file.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(namespaces.graph("ontology")))
    server = Serving(("127.0.0.1", 0), handler(store, union, hard))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("chosen", ["compiled", pytest.param("pyshacl", marks=pytest.mark.slow)])
def test_the_same_findings_as_in_the_embedded_store(address: str, chosen: str) -> None:
    remote = validate_store(open_store(address), engine=chosen)
    assert remote == validate(faulty())
    assert len({one.rule for one in remote.findings}) >= len(FAULTS)


def test_a_rule_that_the_store_does_not_answer_in_time_is_run_on_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANDATEGRAPH_TIMEOUT", "1")
    with serving(True, "slipDays") as address:
        report = validate_store(open_store(address))
    assert set(report.findings) == set(validate(faulty()).findings)
    assert report.notes and all(note.endswith("does not answer its query in time") for note in report.notes)


def test_on_the_command_line(address: str) -> None:
    command = [sys.executable, "-m", "mandategraph", "validate", "--store", address, "--only", "element-scheme"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Warning: element x (example): ")


def test_queries_are_short_and_name_no_default_graph_twice(address: str) -> None:
    data = StoreData(open_store(address))
    plan = engine.compiled(packaged_shapes(), data)
    assert not plan.handed
    texts = [query.text(None, data.dataset) for query in plan.queries]
    assert max(map(len, texts)) < 12_000
    assert all(text.count("FROM <") == data.dataset.count("FROM <") for text in texts)
