"""Many clients at once, one of them always with a runaway: no wrong answer, no error but the announced limits.

    python tests/bench/load.py --clients 32 --seconds 60

Starts `mandategraph serve` as its users do, asks small queries of several kinds over kept connections as fast as they
are answered, and holds every answer against the one worked out in this process. Prints how many were asked, the median
and the 99th percentile of each kind, and what a small query costs over HTTP by itself, against bare pyoxigraph.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from mandategraph.answers.grid import Layout
from mandategraph.answers.write_answer import write_answer, write_result
from mandategraph.pipeline.build import build_store
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import Runner
from mandategraph.rdf.namespaces import prefixes
from mandategraph.store import open_store
from mandategraph.store.embedded import EmbeddedStore

RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
POINT = "SELECT ?to WHERE { GRAPH graph:derived { meeting:SBI-3 mg:feeds ?to } } ORDER BY ?to"
NAMES = (
    "SELECT ?code ?name WHERE { GRAPH graph:register { ?m a mg:Meeting ; mg:code ?code ; skos:prefLabel ?name } "
    'FILTER(LANG(?name) = "en") } ORDER BY ?code LIMIT 20'
)
ASK = "ASK { GRAPH graph:derived { meeting:WG2020-3 mg:feeds meeting:COP-15 } }"
STORED = "meetings-that-feed-a-meeting"


@dataclass(frozen=True)
class Kind:
    """One kind of request: its name, its path, and the whole right answer."""

    name: str
    path: str
    right: bytes


@dataclass
class StatementDiff:
    """What one client saw: seconds by kind, limits met, and what was wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    limits: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def kinds(store: EmbeddedStore) -> list[Kind]:
    """The small requests, each with its answer as this process works it out."""
    header = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes().items())
    found = []
    for name, query in (("point", POINT), ("names", NAMES), ("ask", ASK)):
        text = write_result(store.query(header + query), "json", Layout())
        found.append(Kind(name, f"/sparql?query={quote(query)}", text.encode()))
    runner, stored = Runner(store), Catalogue().get(STORED)
    for meeting in ("WG2020-3", "WG2020-2", "COP-15"):
        text = write_answer(runner.answer(stored, {"meeting": [meeting]}), "csv", Layout())
        found.append(Kind("stored", f"/api/{STORED}.csv?meeting={meeting}", text.encode()))
    return found


@contextmanager
def served(folder: Path, timeout: float) -> Iterator[int]:
    """The port of a server over the store."""
    argv = [
        sys.executable,
        "-m",
        "mandategraph",
        "--store",
        str(folder),
        "serve",
        "--port",
        "0",
        "--timeout",
        str(timeout),
    ]
    process = subprocess.Popen(argv, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        yield int(process.stderr.readline().rstrip().rpartition(" (")[0].rstrip("/").rpartition(":")[2])
    finally:
        process.terminate()
        process.wait(30)


def get(connection: http.client.HTTPConnection, path: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.headers, response.read()


def small(port: int, asked: list[Kind], start: int, until: float) -> StatementDiff:
    """One client that asks one small thing after the other."""
    tally, connection = StatementDiff(), http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    place = start
    while time.monotonic() < until:
        kind = asked[place % len(asked)]
        place += 1
        begun = time.perf_counter()
        status, headers, body = get(connection, kind.path)
        took = time.perf_counter() - begun
        if status == 200 and body == kind.right and headers["X-Result"] == "complete":
            tally.seconds.setdefault(kind.name, []).append(took)
        elif status == 503 and headers["X-Limit"]:
            tally.limits[headers["X-Limit"]] += 1
        else:
            tally.wrong.append(f"{kind.name}: {status} {body[:200]!r}")
    return tally


def runaway(port: int, until: float) -> StatementDiff:
    """The client that always asks what cannot be answered in time."""
    tally, connection = StatementDiff(), http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        status, headers, body = get(connection, f"/sparql?query={quote(RUNAWAY)}")
        if status == 503 and headers["X-Limit"]:
            tally.limits[f"runaway, {headers['X-Limit']}"] += 1
        else:
            tally.wrong.append(f"runaway: {status} {body[:200]!r}")
    return tally


def run(port: int, asked: list[Kind], clients: int, seconds: float) -> list[StatementDiff]:
    """All clients at once; the first one has the runaway."""
    until = time.monotonic() + seconds
    tallies: list[StatementDiff] = []
    work: list[Callable[[], StatementDiff]] = [lambda: runaway(port, until)]
    work += [lambda start=start: small(port, asked, start, until) for start in range(clients - 1)]  # type: ignore[misc]
    threads = [threading.Thread(target=lambda one=one: tallies.append(one())) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(tallies) != clients:
        raise SystemExit("a client fell over; see above")
    return tallies


def alone(port: int, asked: list[Kind], store: EmbeddedStore, times: int) -> tuple[float, float]:
    """Median seconds of the query for names with nobody else there: over HTTP, and by bare pyoxigraph to the same bytes."""
    import pyoxigraph as ox

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    header = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes().items())

    def bare() -> None:
        solutions = store.engine.query(header + NAMES)
        assert isinstance(solutions, ox.QuerySolutions)
        json.loads(solutions.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    path = next(kind.path for kind in asked if kind.name == "names")
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        # By turns, so that whatever else the machine does hits both alike.
        for one, seconds in zip((lambda: get(connection, path), bare), found, strict=True):
            begun = time.perf_counter()
            one()
            seconds.append(time.perf_counter() - begun)
    return statistics.median(found[0]), statistics.median(found[1])


def report(tallies: list[StatementDiff], seconds: float) -> str:
    """What happened, in a few lines."""
    names = sorted({name for tally in tallies for name in tally.seconds})
    took = {name: sorted(one for tally in tallies for one in tally.seconds.get(name, ())) for name in names}
    every = sorted(one for found in took.values() for one in found)
    lines = [f"{len(every)} small queries in {seconds:g} s, {len(every) / seconds:.0f} a second, all answered rightly"]
    for name, found in [*took.items(), ("all small", every)]:
        lines.append(f"  {name:<10} n={len(found):<6} p50={_ms(found, 0.5)} p99={_ms(found, 0.99)} ms")
    limits = sum((tally.limits for tally in tallies), Counter[str]())
    lines += [f"  limits announced: {name}: {count}" for name, count in sorted(limits.items())]
    return "\n".join(lines)


def _ms(found: list[float], part: float) -> str:
    return f"{found[min(len(found) - 1, int(len(found) * part))] * 1000:7.1f}" if found else "   none"


def main() -> int:
    """Run, print, and fail when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--timeout", type=float, default=5, help="the server's limit for one query")
    parser.add_argument("--store", help="a store of your own; by default one is built for the run")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(args.store or Path(kept) / "store")
        build_store(str(folder))
        store = open_store(str(folder))
        assert isinstance(store, EmbeddedStore)
        asked = kinds(store)
        with served(folder, args.timeout) as port:
            http_alone, bare = alone(port, asked, store, 200)
            tallies = run(port, asked, args.clients, args.seconds)
    wrong = [one for tally in tallies for one in tally.wrong]
    if wrong:
        print(f"{len(wrong)} wrong, such as:", *wrong[:5], sep="\n  ")
        return 1
    print(f"{args.clients} clients, one of them always with a runaway, limit {args.timeout:g} s")
    print(report(tallies, args.seconds))
    print(
        f"alone: {http_alone * 1000:.2f} ms over HTTP, {bare * 1000:.2f} ms by bare pyoxigraph: {http_alone / bare:.1f} times"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
