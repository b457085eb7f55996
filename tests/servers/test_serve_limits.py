"""Hostile requests: what is too long, too large, too slow, too deep or too clever is refused, and others go on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from mandategraph.serve.server import bound
from mandategraph.store.local_swap import publish
from serving import FORM, JSON, QUERY, serving

pytestmark = pytest.mark.server

# Triples of triples of triples: more rows than any machine can count in time.
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SMALL = "SELECT ?to WHERE { GRAPH graph:derived { meeting:SBI-3 mg:feeds ?to } }"


@pytest.fixture(scope="module")
def hurried(shipped_folder: Path) -> Iterator[httpx.Client]:
    """A client of a server with short limits."""
    with serving(shipped_folder, seconds=1.5, slow_body=1.5, rows=3000, body=200_000) as client:
        yield client


def post(client: httpx.Client, query: str | bytes, **headers: str) -> httpx.Response:
    content = query.encode() if isinstance(query, str) else query
    return client.post("/sparql", content=content, headers={"Content-Type": QUERY, **headers})


def raw(client: httpx.Client, request: bytes, seconds: float = 10.0) -> bytes:
    """What the server answers to bytes that no client would send."""
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=seconds) as connection:
        connection.sendall(request)
        found = b""
        with suppress(ConnectionResetError):
            while chunk := connection.recv(65536):
                found += chunk
        return found


def still_well(client: httpx.Client) -> bool:
    rows = post(client, SMALL).json()["results"]["bindings"]
    return [row["to"]["value"].rpartition("/")[2] for row in rows] == ["WG2020-3"]


def test_limits_are_announced_in_every_reply(hurried: httpx.Client) -> None:
    for response in (
        post(hurried, "ASK {}"),
        post(hurried, "nonsense"),
        hurried.get("/api"),
        hurried.get("/"),
        hurried.get("/no"),
    ):
        assert (response.headers["x-limit-seconds"], response.headers["x-limit-rows"]) == ("1.5", "3000")


def test_a_runaway_is_stopped_and_others_are_served_meanwhile(hurried: httpx.Client) -> None:
    with ThreadPoolExecutor(2) as pool:
        begun = time.monotonic()
        runaway = pool.submit(post, hurried, RUNAWAY)
        answered = 0
        while not runaway.done():
            assert still_well(hurried)
            answered += 1
        took = time.monotonic() - begun
    response = runaway.result()
    assert response.status_code == 503 and response.headers["x-limit"] == "time"
    assert "longer than 1.5 seconds" in response.text and "retry-after" not in response.headers
    assert took < 15 and answered > 3
    assert still_well(hurried)


def test_a_runaway_whose_asker_has_gone_is_stopped_early(shipped_folder: Path) -> None:
    with serving(shipped_folder, workers=1, seconds=50.0, patience=30.0) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.post("/sparql", content=RUNAWAY, headers={"Content-Type": QUERY}, timeout=0.5)
        # The only worker would be busy for longer than this one is willing to wait.
        assert still_well(client)


def test_a_stopped_runaway_leaves_no_process_at_work(shipped_folder: Path) -> None:
    with serving(shipped_folder, workers=1, seconds=0.5) as client:
        for _ in range(2):
            assert post(client, RUNAWAY).status_code == 503
        # One worker only: it must have been replaced each time.
        assert still_well(client)


def test_rows_over_the_limit_are_left_out_and_that_is_said(hurried: httpx.Client) -> None:
    query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
    whole = post(hurried, query + " LIMIT 3000")
    assert whole.headers["x-result"] == "complete" and "link" not in whole.json()["head"]
    cut = post(hurried, query)
    assert cut.headers["x-result"] == "truncated" and cut.headers["x-result-rows"] == "3000"
    assert len(cut.json()["results"]["bindings"]) == 3000
    (link,) = cut.json()["head"]["link"]
    assert 'id="truncated"' in hurried.get(link.partition("#")[0], headers={"Accept": "text/html"}).text
    assert b'<link href="/sparql#truncated"/>' in post(hurried, query, Accept="application/sparql-results+xml").content
    construct = post(hurried, "CONSTRUCT WHERE { ?s ?p ?o }", Accept="application/n-triples")
    assert construct.headers["x-result"] == "truncated" and b"# truncated" in construct.content


def test_too_many_at_once_are_sent_away_politely(shipped_folder: Path) -> None:
    with serving(shipped_folder, workers=1, seconds=1.0, waiting=1, patience=5.0) as client:
        with ThreadPoolExecutor(6) as pool:
            responses = [future.result() for future in [pool.submit(post, client, RUNAWAY) for _ in range(6)]]
        limits = [response.headers["x-limit"] for response in responses]
        assert {response.status_code for response in responses} == {503}
        assert limits.count("time") >= 1 and limits.count("queue") >= 3
        busy = next(response for response in responses if response.headers["x-limit"] == "queue")
        assert int(busy.headers["retry-after"]) > 0 and "busy" in busy.text


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who asks it; nobody should."""
    asked: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", JSON)
            self.end_headers()
            self.wfile.write(b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}')

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


SERVICES = [
    "SELECT * { SERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <HERE> { ?s ?p ?o } }",
    "ASK { SERVICE <HERE> { ?s ?p ?o } }",
    "select * { service silent <HERE> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE#comment\n<HERE> { ?s ?p ?o } }",
    "SELECT * { SERVICE # one\n # two\n SILENT\t<HERE> { ?s ?p ?o } }",
    "PREFIX : <HERE> SELECT * { SERVICE : { ?s ?p ?o } }",
    "PREFIX service: <HERE> SELECT * { SERVICE service: { ?service ?p ?o } }",
    "SELECT * { BIND(<HERE> AS ?there) SERVICE ?there { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <HERE> { ?s ?p ?o } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <HERE> { ?s ?p ?o } } }",
    "SELECT * { OPTIONAL { GRAPH ?g { SERVICE <HERE> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <HERE> { ?s ?p ?o } }",
    "DESCRIBE ?s WHERE { SERVICE <HERE> { ?s ?p ?o } }",
    # A reader that takes the first < for an IRI believes the clause to be in a string.
    "SELECT * { BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b&&'>'!=?a) SERVICE <HERE> { ?s ?p ?o } } #'",
    'SELECT * { ?s ?p "\\"" . SERVICE <HERE> { ?s ?p ?o } } # "',
    "SELECT * { ?s ?p ''' ' ''' . SERVICE <HERE> { ?s ?p ?o } } # '''",
    "SELECT * { \\u0053ERVICE <HERE> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <HERE> { ?s ?p ?o } }",
    "SELECT * FROM <HERE> { ?s ?p ?o }",
    "SELECT * FROM NAMED <HERE> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH <HERE> { ?s ?p ?o } }",
    "LOAD <HERE>",
]


@pytest.mark.parametrize("query", SERVICES)
def test_no_query_makes_the_server_ask_elsewhere(hurried: httpx.Client, listener, query: str) -> None:
    address, asked = listener
    response = post(hurried, query.replace("<HERE>", f"<{address}>"))
    assert asked == []
    if "FROM" in query or "GRAPH <" in query:
        assert response.status_code == 200 and response.json()["results"]["bindings"] == []
    elif query.startswith("LOAD"):
        assert response.status_code == 403 and "read-only" in response.text
    elif "\\u00" in query:
        assert response.status_code == 400
    else:
        assert response.status_code == 403 and "SERVICE" in response.text, response.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service a mg:Meeting } LIMIT 1",
        'SELECT ?s WHERE { ?s ?p "no SERVICE <here> { }" }',
        "SELECT ?s WHERE { ?s ?p <http://service.example/SERVICE> } # SERVICE <x> {}",
        "PREFIX service: <http://example.org/> SELECT ?s WHERE { ?s a service:SERVICE }",
        "SELECT ?s ?service WHERE { ?s ?servicx ?service } LIMIT 1",
    ],
)
def test_the_word_service_alone_is_no_offence(hurried: httpx.Client, query: str) -> None:
    assert post(hurried, query).status_code == 200


def test_no_file_is_read(hurried: httpx.Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret.nt"
    secret.write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    for query in (
        f"SELECT * FROM <{secret.as_uri()}> {{ ?s ?p ?o }}",
        f"ASK {{ GRAPH <{secret.as_uri()}> {{ ?s ?p ?o }} }}",
    ):
        answer = post(hurried, query).json()
        assert answer.get("boolean") is False or answer["results"]["bindings"] == []
    described = hurried.get("/sparql", params={"query": "ASK { ?s ?p ?o }", "default-graph-uri": secret.as_uri()})
    assert described.json()["boolean"] is False


DEEP = 20_000
NESTED = {
    "brackets": "SELECT * { FILTER(" + "(" * DEEP + "1" + ")" * DEEP + ") }",
    "optionals": "SELECT * {" + " OPTIONAL { ?s ?p ?o" * 5000 + " }" * 5000 + "}",
    "long-path": "SELECT * { ?s ^mg:feeds" + "/mg:feeds" * 8000 + " ?o }",
}
MORE_NESTED = {
    "groups": "SELECT * {" + "{" * DEEP + "}" * DEEP + "}",
    "negations": "SELECT * { FILTER(" + "!" * (4 * DEEP) + "true) }",
    "paths": "SELECT * { ?s " + "(" * DEEP + "mg:feeds" + ")" * DEEP + " ?o }",
    "blank-nodes": "SELECT * { ?s ?p " + "[ ?p " * DEEP + "1" + "]" * DEEP + " }",
}


@pytest.mark.parametrize(
    "query",
    [
        *(pytest.param(query, id=name) for name, query in NESTED.items()),
        *(pytest.param(query, id=name, marks=pytest.mark.slow) for name, query in MORE_NESTED.items()),
    ],
)
def test_nesting_that_breaks_the_engine_breaks_one_worker_only(hurried: httpx.Client, query: str) -> None:
    response = post(hurried, query)
    assert response.status_code in (200, 400, 503)
    assert response.status_code == 200 or response.text.count("\n") == 1
    assert len(response.content) < 2000 or response.status_code == 200
    assert still_well(hurried)


def test_a_query_that_needs_too_much_memory_is_ended(shipped_folder: Path) -> None:
    doubling = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(34))
    query = 'SELECT (STRLEN(?x34) AS ?n) { BIND("0123456789abcdef" AS ?x0) ' + doubling + "}"
    with serving(shipped_folder, workers=1, memory=400 * 2**20, seconds=20.0) as client:
        response = post(client, query)
        assert response.status_code == 400 and response.headers["x-limit"] == "memory"
        assert still_well(client)


def test_regular_expressions_and_huge_answers_are_bounded(hurried: httpx.Client, shipped_folder: Path) -> None:
    bomb = post(hurried, 'SELECT (REGEX("' + "a" * 5000 + '!", "^(a+)+$") AS ?m) {}')
    assert bomb.status_code == 200 and bomb.json()["results"]["bindings"][0]["m"]["value"] == "false"
    with serving(shipped_folder, workers=1, answer=10_000) as client:
        cut = post(client, "SELECT ?s ?p ?o { ?s ?p ?o }")
        assert cut.headers["x-result"] == "truncated" and len(cut.content) < 60_000


def test_bodies_that_are_too_large_are_refused_before_they_are_read(hurried: httpx.Client) -> None:
    assert post(hurried, "# " + "x" * 300_000).status_code == 413
    form = hurried.post("/sparql", content=b"query=" + b"x" * 300_000, headers={"Content-Type": FORM})
    assert form.status_code == 413 and form.headers["x-limit"] == "body"
    claimed = raw(
        hurried, b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 99999999999\r\n\r\n"
    )
    assert claimed.startswith(b"HTTP/1.1 413 ")

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 10_000

    with suppress(httpx.TransportError):  # the server does not wait for the rest
        assert hurried.post("/sparql", content=endless(), headers={"Content-Type": QUERY}).status_code == 413
    assert still_well(hurried)


def test_slow_requests_are_dropped(hurried: httpx.Client) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\n"
    slow = (head + b"ASK", b"GET /sparql HTTP/1.1\r\nHost: x\r\nX-Slow: ", b"")
    with ThreadPoolExecutor(3) as pool:
        late, unfinished, silent = pool.map(lambda sent: raw(hurried, sent), slow)
    assert late.startswith(b"HTTP/1.1 408 ") and unfinished == silent == b""


def test_addresses_that_are_too_long_are_refused(hurried: httpx.Client) -> None:
    response = hurried.get("/sparql?query=" + "a" * 20_000)
    assert response.status_code == 414 and "POST" in response.text
    # One that no buffer should hold may also end in a connection that is cut.
    endless = raw(hurried, b"GET /" + b"a" * 500_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert endless == b"" or endless.startswith(b"HTTP/1.1 4")
    assert still_well(hurried)


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /id/meeting/%00 HTTP/1.1",
        b"GET /id/meeting/a%0d%0ab HTTP/1.1",
        b"GET /id/" + b"%2e%2e%2f" * 400 + b"etc/passwd HTTP/1.1",
        b"GET /static/..%2f__init__.py HTTP/1.1",
        b"GET /static/%2e%2e/__init__.py HTTP/1.1",
        b"GET /api/" + b"%25" * 2000 + b" HTTP/1.1",
        b"GET /id/meeting/%ff%fe HTTP/1.1",
        b"GET /graph/" + b"a/" * 3000 + b" HTTP/1.1",
        b"GET /id/meeting/%3Cscript%3E HTTP/1.1",
        b"GET /id/meeting/x%20%3E%20y HTTP/1.1",
        b"GET /sparql?query=%ED%A0%80 HTTP/1.1",
        b"GET /api/meetings-that-feed-a-meeting?meeting=%00 HTTP/1.1",
        b"GET /api/meetings-that-feed-a-meeting?" + b"&".join(b"a%d=1" % n for n in range(1500)) + b" HTTP/1.1",
        b"BREW /sparql HTTP/1.1",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_strange_requests_get_a_4xx(hurried: httpx.Client, request_line: bytes) -> None:
    answer = raw(hurried, request_line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 4"), answer[:200]
    assert b"Traceback" not in answer and b"uvicorn" not in answer.lower()


def test_control_characters_and_surrogates_in_queries_do_no_harm(hurried: httpx.Client) -> None:
    assert post(hurried, 'SELECT ("a\\u0000b" AS ?x) {}').status_code in (200, 400)
    assert post(hurried, 'SELECT ("\x1b[31m" AS ?x) {}', Accept="application/sparql-results+xml").status_code == 200
    lone = hurried.get("/search", params={"q": "\ufffe\U0010ffff\u202e"})
    assert lone.status_code == 200
    assert post(hurried, "ASK { ?s ?p 'x'@en-" + "a" * 100_000 + " }").status_code in (200, 400)


def test_replies_are_safe_to_open(hurried: httpx.Client) -> None:
    for response in (
        hurried.get("/sparql", headers={"Accept": "text/html"}),
        post(hurried, "ASK {}"),
        post(hurried, "nonsense"),
        hurried.get("/nothing"),
        hurried.get("/static/sparql.js"),
        hurried.options("/sparql"),
    ):
        headers = response.headers
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"] and headers["referrer-policy"] == "same-origin"
        assert "server" not in headers and "x-powered-by" not in headers


def command(store: Path, *argv: str) -> list[str]:
    return [sys.executable, "-m", "mandategraph", "--store", str(store), "serve", *argv]


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(one) for one in found.split()]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_verb_says_where_serves_and_ends_with_all_its_processes(shipped_folder: Path, how: signal.Signals) -> None:
    started = subprocess.Popen(
        command(shipped_folder, "--port", "0", "--workers", "1"), stderr=subprocess.PIPE, text=True
    )
    assert started.stderr is not None
    line = started.stderr.readline()
    address = line.split(" at ")[1].split()[0]
    assert line.startswith("mandategraph: serving ") and address.startswith("http://127.0.0.1:")
    assert httpx.get(address + "sparql?query=ASK%7B%7D", timeout=30).json()["boolean"] is True
    workers = children(started.pid)
    assert len(workers) == 1
    started.send_signal(how)
    assert started.wait(timeout=30) == {signal.SIGINT: 130}.get(how, -how)
    assert started.stderr.read() == ""
    started.stderr.close()
    until = time.monotonic() + 10
    while any(map(alive, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, workers))


def test_a_port_in_use_is_told_in_one_line(shipped_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            command(shipped_folder, "--port", port), capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1
    assert f"the port {port} of 127.0.0.1 cannot be had" in done.stderr and "--port" in done.stderr


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--port", "99999"], "'99999' is not a port"),
        (["--port", "x"], "is not a port"),
        (["--timeout", "0"], "seconds"),
        (["--timeout", "nan"], "seconds"),
        (["--rows", "-1"], "--rows"),
        (["--workers", "0"], "whole number"),
        (["--site", "/nowhere/at/all"], "no such folder"),
        (["--host", "no.such.host.invalid", "--port", "0"], "no.such.host.invalid"),
    ],
)
def test_wrong_usage_is_told_in_one_line(shipped_folder: Path, argv: list[str], words: str, capsys) -> None:
    from mandategraph import cli

    assert cli.main(["--store", str(shipped_folder), "serve", *argv]) == 2
    err = capsys.readouterr().err
    assert words in err and err.count("\n") == 1


def test_a_store_that_breaks_is_told_to_those_who_run_the_server(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "store"
    publish(folder, "any", lambda store: None)
    with serving(folder, workers=1) as client:
        assert post(client, "ASK {}").status_code == 200
        (folder / "CURRENT").write_text("nonsense", encoding="utf-8")
        broken = post(client, "ASK {}")
        assert broken.status_code == 503 and "retry-after" in broken.headers
        assert "The store cannot be asked" in broken.text and str(tmp_path) not in broken.text
        (line,) = capfd.readouterr().err.splitlines()
        assert line.startswith("mandategraph: ") and "CURRENT is damaged" in line and str(folder) in line
        publish(tmp_path / "other", "any", lambda store: None)
        (folder / "CURRENT").write_bytes((tmp_path / "other" / "CURRENT").read_bytes())
        assert post(client, "ASK {}").status_code == 200


def held(port: int, other: int) -> bool:
    """Whether a process holds this end of a connection: the kernel shows no inode for one that it sees off alone."""
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(f":{port:04X}") and fields[2].endswith(f":{other:04X}"):
            return fields[9] != "0"
    return False


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at connections as Linux shows them")
def test_one_who_takes_nothing_of_the_answer_is_dropped(hurried: httpx.Client) -> None:
    query = quote("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 3000")
    request = f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    until = time.monotonic() + 45
    with socket.create_connection((hurried.base_url.host, hurried.base_url.port or 80), timeout=45) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        connection.sendall(request * 12)
        for wanted in (True, False):  # taken up first, and let go of then
            while held(hurried.base_url.port or 80, connection.getsockname()[1]) is not wanted:
                assert time.monotonic() < until, "the connection is still held" if not wanted else "never taken up"
                time.sleep(0.05)
    assert still_well(hurried)


def test_small_replies_are_sent_at_once() -> None:
    """Without TCP_NODELAY, which asyncio sets only where the protocol is named, each reply waits for 40 ms."""
    with bound("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


@pytest.mark.slow
@pytest.mark.benchmark
def test_many_clients_and_a_runaway_get_no_wrong_answer(shipped_folder: Path) -> None:
    program = Path(__file__).parents[1] / "bench" / "load.py"
    argv = ["--clients", "8", "--seconds", "3", "--timeout", "1", "--store", str(shipped_folder)]
    done = subprocess.run(
        [sys.executable, str(program), *argv], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all answered rightly" in done.stdout and "runaway, time" in done.stdout
