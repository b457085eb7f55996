"""Real SPARQL 1.1 servers on loopback for tests: Virtuoso, Jena ARQ behind a small class of ours, and Oxigraph behind
the standard library's HTTP server, with a strict default graph. Each runs in a folder of its own."""

from __future__ import annotations

import base64
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from outside import program

JAVA = Path(__file__).parent / "java" / "JenaServer.java"
JARS = Path("/usr/share/java")


class Serving(ThreadingHTTPServer):
    """A server that says nothing of clients that went away: what it writes would stand in the output of some test."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@dataclass(frozen=True)
class Address:
    """Where a server is asked, what the environment must say to change it, its process, and for Virtuoso the port that
    takes SQL."""

    query: str
    environment: dict[str, str] = field(default_factory=dict)
    process: int = 0
    sql: int = 0


class _Oxigraph(BaseHTTPRequestHandler):
    """/sparql for queries, /update for updates, /data for graphs; /slow and /web fail in their own ways."""

    store: ox.Store
    refusals: list[str]
    secret: str | None = None
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        place = urlsplit(self.path)
        if self.secret and self.headers.get("Authorization") != self.secret:
            return self._send(401, "text/plain", b"who are you?")
        values = {**parse_qs(place.query), **self._form(body)}
        try:
            return self._handlers()[place.path](values, body)
        except KeyError:
            return self._send(404, "text/plain", b"nothing here")
        except SyntaxError as error:
            return self._send(400, "text/plain", str(error).encode())

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815  (the names are the library's)

    def _handlers(self):
        return {"/sparql": self._query, "/update": self._update, "/data": self._graph, "/slow": self._slow,
                "/web": lambda values, body: self._send(200, "text/html", b"<html>hello</html>")}  # fmt: skip

    def _form(self, body: bytes) -> dict[str, list[str]]:
        form = self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded")
        return parse_qs(body.decode()) if form else {}

    def _slow(self, values: dict[str, list[str]], body: bytes) -> None:
        time.sleep(3)
        self._send(200, "text/plain", b"")

    def _query(self, values: dict[str, list[str]], body: bytes) -> None:
        default, named = (values.get(f"{kind}-graph-uri") for kind in ("default", "named"))
        chosen = (
            {}
            if default is None and named is None
            else {
                "default_graph": [ox.NamedNode(name) for name in default or ()],
                "named_graphs": [ox.NamedNode(name) for name in named or ()],
            }
        )
        result = self.store.query(values["query"][0], **chosen)
        if isinstance(result, ox.QueryTriples):
            return self._send(200, "text/turtle", result.serialize(format=ox.RdfFormat.TURTLE) or b"")
        content = result.serialize(format=ox.QueryResultsFormat.JSON) or b""
        return self._send(200, "application/sparql-results+json", content)

    def _update(self, values: dict[str, list[str]], body: bytes) -> None:
        if self.refusals:
            self._send(500, "text/plain", self.refusals.pop(0).encode())
            return
        self.store.update(values["update"][0] if "update" in values else body.decode())
        self._send(204, "text/plain", b"")

    def _graph(self, values: dict[str, list[str]], body: bytes) -> None:
        name = ox.NamedNode(values["graph"][0])
        if self.command in ("PUT", "DELETE"):
            self.store.remove_graph(name)
        if self.command in ("PUT", "POST"):
            self.store.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
        self._send(204, "text/plain", b"")

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        if status == 401:  # as RFC 9110 wants it
            self.send_header("WWW-Authenticate", 'Basic realm="store"')
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Keep the test's output clean."""


@contextmanager
def oxigraph(
    content: ox.Store | None = None, user: str = "", password: str = "", token: str = "", refusals: Sequence[str] = ()
) -> Iterator[Address]:
    """Oxigraph over HTTP, with a strict default graph; it asks for credentials where some are given, and refuses as many
    updates as there are refusals, with these words."""
    basic = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    secret = f"Bearer {token}" if token else basic if user else None
    held = ox.Store() if content is None else content
    kind = type("Handler", (_Oxigraph,), {"store": held, "secret": secret, "refusals": list(refusals)})
    server = Serving(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()  # it ends soon after it is told
    base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield Address(f"{base}/sparql", {"MANDATEGRAPH_UPDATE": f"{base}/update", "MANDATEGRAPH_GSP": f"{base}/data"})
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def virtuoso(folder: Path, buffers: int = 40_000, transaction: int = 50_000_000) -> Iterator[Address]:
    """Virtuoso with a database of its own in this folder, so many pages of 8 KB in memory, and transactions of so many
    bytes at most (by default as it comes); what an earlier one left
    in the folder is taken up, also after it was killed. Skips the test where it is not installed."""
    command = program("virtuoso-t")
    sql, http = free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "virtuoso.lck").unlink(missing_ok=True)
    settings = VIRTUOSO.format(
        folder=folder, sql=sql, http=http, buffers=buffers, dirty=buffers * 3 // 4, transaction=transaction
    )
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    running = subprocess.Popen(
        [command, "-f", "-c", str(folder / "virtuoso.ini")],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    base = f"http://127.0.0.1:{http}"
    try:
        _until_it_answers(f"{base}/sparql?query=ASK%7B%7D", running)
        environment = {"MANDATEGRAPH_USER": "dba", "MANDATEGRAPH_PASSWORD": "dba"}
        yield Address(f"{base}/sparql", environment, running.pid, sql)
    finally:
        running.kill()
        running.wait(30)


@contextmanager
def jena(folder: Path) -> Iterator[Address]:
    """Jena ARQ from the Debian package. Skips the test where it, or a compiler, is not installed."""
    java, compiler = program("java"), program("javac")
    if not (JARS / "jena-arq.jar").exists():
        pytest.skip("Jena is not installed: apt-get install libapache-jena-java")
    folder.mkdir(parents=True, exist_ok=True)
    classes = os.pathsep.join([str(folder), *_jars(folder)])
    subprocess.run([compiler, "-cp", classes, "-d", str(folder), str(JAVA)], check=True, capture_output=True)
    running = subprocess.Popen(
        [java, "-Xmx1g", "-cp", classes, "JenaServer"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert running.stdout is not None
        base = f"http://127.0.0.1:{int(running.stdout.readline())}"
        yield Address(f"{base}/sparql", {"MANDATEGRAPH_UPDATE": f"{base}/update", "MANDATEGRAPH_GSP": f"{base}/data"})
    finally:
        running.kill()
        running.wait(30)


def _jars(folder: Path) -> list[str]:
    """Every jar; Debian moved some classes of Jena to `xerces` and left their resources behind, so those are moved."""
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces") and name.endswith(".properties"):
                target = folder / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    return [f"{JARS}/*"]


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _until_it_answers(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if running.poll() is not None:
            pytest.skip("the server ended before it answered")
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError("the server never answered")


VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ServerThreads = 20
CheckpointInterval = 0
TransactionAfterImageLimit = {transaction}
O_DIRECT = 0
StopCompilerWhenXOverRunTime = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 100000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 0
"""

VARIABLES = ("UPDATE", "GSP", "USER", "PASSWORD", "TOKEN", "LEASE", "TIMEOUT")


def surroundings(patch: pytest.MonkeyPatch, address: Address) -> None:
    """Set the environment for a server, and nothing left of another."""
    for name in VARIABLES:
        patch.delenv(f"MANDATEGRAPH_{name}", raising=False)
    for name, value in address.environment.items():
        patch.setenv(name, value)
