"""How the store grows: loading, and every stored query with its own defaults, on generated graphs of several sizes.

    python tests/bench/growth.py [--sizes 0.1 1 5] [--engines ours bare virtuoso rdflib] [--limit SECONDS]

`ours` runs a stored query as the command line does (parameters bound, rows made for people, folded), `bare` hands the
text that our store hands on to pyoxigraph and reads the answer, `written` hands it the query as the file has it,
`virtuoso` asks a server of its own over HTTP, `rdflib` is in memory (only up to 0.1 million statements, it is slow to
load). Questions whose answer grows with the graph are told apart: a list of everything cannot come in constant time.
A query that takes longer than the limit is counted at the limit, so that a median over it is too low, and the number
of those is told. Take the ratios, not the times.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from mandategraph.query.catalogue import Catalogue, StoredQuery
from mandategraph.query.run import Runner
from mandategraph.store import open_store
from mandategraph.store.lateral import lateral
from mandategraph.store.transport import Transport
from servers import virtuoso

Ask = Callable[[StoredQuery], Any]
_TIMES = 3
_MOST_FOR_RDFLIB = 0.1
_A_LOT = 20_000
_SHIPPED, _OF_A_PROCESS, _MEETINGS = 29_000, 24_000, 75
"""About so many statements are shipped, and made for each process of so many meetings."""


def main() -> None:
    """Measure size by size and print one line for each engine."""
    parser = argparse.ArgumentParser(description="Measure growth.")
    parser.add_argument("--sizes", nargs="+", type=float, default=[0.1, 1.0, 5.0], help="millions of statements")
    parser.add_argument("--engines", nargs="+", default=["ours", "bare", "written", "virtuoso", "rdflib"])
    parser.add_argument("--limit", type=float, default=5.0, help="seconds for one query")
    parser.add_argument("--slowest", type=int, default=0, help="name so many of the slowest queries of ours")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        one_engine(*args.one, args.limit)
        return
    print("million  engine    load s  statements/s  peak MB  median ms  under 10 ms  over limit  ratio to ours")
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, args, Path(folder))


def measure(size: float, args: argparse.Namespace, folder: Path) -> None:
    """One size: a dump is made and loaded, and asked by each engine in a process of its own."""
    store, dump, jobs = str(folder / "store"), str(folder / "made-up.nq"), str(os.cpu_count() or 1)
    processes = max(1, round((size * 1e6 - _SHIPPED) / _OF_A_PROCESS))
    command("synth", "--meetings", str(processes * _MEETINGS), "--jobs", jobs, "-o", dump)
    command("build", "--store", store)
    shipped = asked("ours", store, folder, args.limit)["rows"]
    start = time.perf_counter()
    count = int(command("load", dump, "--store", store, "--jobs", jobs).split(" statements")[0].split()[-1])
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ours, steady = 0.0, set(shipped)
    for engine in args.engines:
        if engine == "rdflib" and size > _MOST_FOR_RDFLIB:
            continue
        done = asked(engine, store, folder, args.limit)
        loaded = (seconds, peak) if engine in ("ours", "bare", "written") else (done["loaded"], 0.0)
        median = statistics.median(done["times"].values())
        if engine == "ours":
            ours = median
            steady = {name for name, rows in done["rows"].items() if rows == shipped[name]}
        line(size, engine, (loaded[0], count / loaded[0], loaded[1]), done["times"], ours, args)
        same = [value for name, value in done["times"].items() if name in steady]
        print(
            f"         {'':8} of {len(same)} questions whose answer does not grow: {statistics.median(same) * 1000:.1f} ms"
        )


def asked(engine: str, store: str, folder: Path, limit: float) -> dict[str, Any]:
    """What one engine in a process of its own was measured to do."""
    own = [sys.executable, __file__, "--one", engine, store, str(folder), "--limit", str(limit)]
    found: dict[str, Any] = json.loads(subprocess.run(own, stdout=subprocess.PIPE, check=True).stdout)
    return found


def command(*words: str) -> str:
    """Run our own command line; what it prints."""
    return subprocess.run(
        [sys.executable, "-m", "mandategraph", *words], stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def one_engine(engine: str, store: str, folder: str, limit: float) -> None:
    """Print the times of one engine. Its stores are opened after the process has parted, query by query."""
    with ExitStack() as stack:
        ask, loaded = asking(engine, store, Path(folder), stack)
        found = {one.name: timed(ask, one, limit) for one in Catalogue().all()}
        times, rows = ({name: one[place] for name, one in found.items()} for place in (0, 1))
        print(json.dumps({"loaded": loaded, "times": times, "rows": rows}))


def asking(engine: str, store: str, folder: Path, stack: ExitStack) -> tuple[Ask, float]:
    """What asks this engine, and how many seconds it took to fill it."""
    start = time.perf_counter()
    if engine == "ours":
        runner: list[Runner] = []

        def ask(query: StoredQuery) -> object:
            if not runner:
                runner.append(Runner(open_store(store)))
            return runner[0].answer(query, {})

        return ask, 0.0
    if engine in ("bare", "written"):
        import pyoxigraph as ox

        opened: list[ox.Store] = []

        def bare(query: StoredQuery) -> object:
            if not opened:
                opened.append(open_store(store).engine)  # type: ignore[attr-defined]
            text = lateral(query.text) if engine == "bare" else query.text
            return list(opened[0].query(text))  # type: ignore[arg-type]

        return bare, 0.0
    content = open_store(store).engine  # type: ignore[attr-defined]
    if engine == "rdflib":
        import pyoxigraph as ox
        import rdflib

        data = rdflib.Dataset()
        data.parse(data=content.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
        return lambda query: list(data.query(query.text)), time.perf_counter() - start
    address = stack.enter_context(virtuoso(folder / "virtuoso"))
    os.environ.update(address.environment)
    transport = Transport(address.query)
    fill_virtuoso(transport, content)
    return lambda query: transport.query(query.text, "rows"), time.perf_counter() - start


def fill_virtuoso(transport: Transport, content: Any) -> None:
    """Send every graph, in pieces."""
    root = transport.address.removesuffix("/sparql")
    transport.update("INSERT DATA { GRAPH <urn:first> { <urn:a> <urn:b> 1 } }", f"{root}/sparql-auth")
    for name in content.named_graphs():
        piece: list[str] = []
        for quad in content.quads_for_pattern(None, None, None, name):
            piece.append(f"{quad.triple} .\n")
            if len(piece) == _A_LOT:
                transport.send_graph(name.value, "".join(piece).encode(), f"{root}/sparql-graph-crud-auth", "POST")
                piece = []
        transport.send_graph(name.value, "".join(piece).encode(), f"{root}/sparql-graph-crud-auth", "POST")


def timed(ask: Ask, query: StoredQuery, limit: float) -> tuple[float, int]:
    """The median seconds of a query after one that is not counted, the limit where it takes longer; and how many rows
    our own answer has, -1 where that is not known."""
    ours, theirs = multiprocessing.Pipe()

    def run() -> None:
        try:
            first = ask(query)
            times = []
            for _ in range(_TIMES):
                start = time.perf_counter()
                ask(query)
                times.append(time.perf_counter() - start)
            theirs.send((statistics.median(times), len(getattr(first, "rows", ()))))
        except Exception:  # refused, or given up by the engine: as if over the limit
            theirs.send((limit, -1))

    process = multiprocessing.Process(target=run)
    process.start()
    found, rows = ours.recv() if ours.poll(limit * (_TIMES + 1)) else (limit, -1)
    process.kill()
    process.join()
    return min(found, limit), rows


def line(
    size: float, engine: str, loaded: tuple[float, ...], times: dict[str, float], ours: float,
    args: argparse.Namespace,
) -> None:  # fmt: skip
    """Print what was measured of one engine."""
    seconds, rate, peak = (f"{value:.0f}" if value else "-" for value in loaded)
    quick, over = sum(value < 0.01 for value in times.values()), sum(value >= args.limit for value in times.values())
    median = statistics.median(times.values())
    ratio = f"{median / ours:.2f}" if ours else "-"
    print(
        f"{size:7g}  {engine:8} {seconds:>7} {rate:>13} {peak:>8} {median * 1000:10.1f} "
        f"{quick:6} of {len(times):2} {over:11} {ratio:>14}",
        flush=True,
    )
    if engine == "ours":
        for name, value in sorted(times.items(), key=lambda one: -one[1])[: args.slowest]:
            print(f"         {value * 1000:10.1f} ms  {name}")


if __name__ == "__main__":
    main()
