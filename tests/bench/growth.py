"""How the store grows: loading, and every stored query with its own defaults, on generated graphs of several sizes.

    python tests/bench/growth.py [--sizes 0.1 1 5] [--engines ours bare virtuoso rdflib] [--limit SECONDS]

`ours` runs a stored query as the command line does (parameters bound, rows made for people, folded), `bare` hands the
same text to pyoxigraph and reads the answer, `virtuoso` asks a server of its own over HTTP, `rdflib` is in memory (only
up to 0.1 million statements, it is slow to load). A query that takes longer than the limit is counted at the limit, so
that a median over it is too low, and the number of those is told. Take the ratios, not the times.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from mandategraph.build import build_store
from mandategraph.bulk import load_dumps
from mandategraph.parallel import Workers
from mandategraph.query.catalogue import Catalogue, StoredQuery
from mandategraph.query.run import Runner
from mandategraph.store import open_store
from mandategraph.store.transport import Transport
from mandategraph.synth.writing import shipped_template, synthesize
from servers import virtuoso

Ask = Callable[[StoredQuery], Any]
_TIMES = 3
_MOST_FOR_RDFLIB = 0.1
_A_LOT = 200_000


def main() -> None:
    """Measure size by size and print one line for each engine."""
    parser = argparse.ArgumentParser(description="Measure growth.")
    parser.add_argument("--sizes", nargs="+", type=float, default=[0.1, 1.0, 5.0], help="millions of statements")
    parser.add_argument("--engines", nargs="+", default=["ours", "bare", "virtuoso", "rdflib"])
    parser.add_argument("--limit", type=float, default=5.0, help="seconds for one query")
    parser.add_argument("--slowest", type=int, default=0, help="name so many of the slowest queries of ours")
    args = parser.parse_args()
    multiprocessing.set_start_method("fork")
    print("million  engine    load s  statements/s  peak MB  median ms  under 10 ms  over limit  ratio to ours")
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, args, Path(folder))


def measure(size: float, args: argparse.Namespace, folder: Path) -> None:
    """One size: the dump is made and loaded once, and asked by each engine."""
    template = shipped_template()
    processes = max(1, round(size * 1e6 / (template.text.count("\n"))))
    dump = folder / "made-up.nq"
    with dump.open("wb") as file:
        for piece in synthesize(processes * template.meetings, workers=Workers(os.cpu_count() or 1)):
            file.write(piece)
    store = str(folder / "store")
    build_store(store)
    seconds, peak, count = apart(lambda: load(store, dump))
    with ExitStack() as stack:
        medians: dict[str, float] = {}
        for engine in args.engines:
            if engine == "rdflib" and size > _MOST_FOR_RDFLIB:
                continue
            told = (seconds, count / seconds, peak) if engine == "ours" else (None, None, None)
            ask, loaded = asking(engine, store, folder, stack)
            times = {one.name: timed(ask, one, args.limit) for one in Catalogue().all()}
            medians[engine] = statistics.median(times.values())
            line(
                size,
                engine,
                told if engine in ("ours", "bare") else (loaded, count / loaded, None),
                times,
                medians,
                args,
            )


def load(store: str, dump: Path) -> int:
    """Load a dump into a built store; the number of its statements."""
    return load_dumps(store, [dump], workers=Workers(os.cpu_count() or 1))[0].whole


def apart(work: Callable[[], int]) -> tuple[float, float, int]:
    """Do work in a process of its own: seconds, its peak of memory in MB, and what it gives."""
    ours, theirs = multiprocessing.Pipe()

    def run() -> None:
        start = time.perf_counter()
        found = work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        theirs.send((time.perf_counter() - start, peak, found))

    process = multiprocessing.Process(target=run)
    process.start()
    found = ours.recv()
    process.join()
    return found


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
    if engine == "bare":
        import pyoxigraph as ox

        opened: list[ox.Store] = []

        def bare(query: StoredQuery) -> object:
            if not opened:
                opened.append(open_store(store).engine)  # type: ignore[attr-defined]
            return list(opened[0].query(query.text))  # type: ignore[arg-type]

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


def timed(ask: Ask, query: StoredQuery, limit: float) -> float:
    """The median seconds of a query after one that is not counted; the limit where it takes longer."""
    ours, theirs = multiprocessing.Pipe()

    def run() -> None:
        try:
            ask(query)
            times = []
            for _ in range(_TIMES):
                start = time.perf_counter()
                ask(query)
                times.append(time.perf_counter() - start)
            theirs.send(statistics.median(times))
        except Exception:  # refused, or given up by the engine: as if over the limit
            theirs.send(limit)

    process = multiprocessing.Process(target=run)
    process.start()
    found = ours.recv() if ours.poll(limit * (_TIMES + 1)) else limit
    process.kill()
    process.join()
    return min(found, limit)


def line(
    size: float, engine: str, loaded: tuple[Any, ...], times: dict[str, float], medians: dict[str, float],
    args: argparse.Namespace,
) -> None:  # fmt: skip
    """Print what was measured of one engine."""
    seconds, rate, peak = (f"{value:.0f}" if value else "-" for value in loaded)
    quick, over = sum(value < 0.01 for value in times.values()), sum(value >= args.limit for value in times.values())
    ratio = f"{medians[engine] / medians['ours']:.2f}" if "ours" in medians else "-"
    print(
        f"{size:7g}  {engine:8} {seconds:>7} {rate:>13} {peak:>8} {medians[engine] * 1000:10.1f} "
        f"{quick:6} of {len(times):2} {over:11} {ratio:>14}",
        flush=True,
    )
    if engine == "ours":
        for name, value in sorted(times.items(), key=lambda one: -one[1])[: args.slowest]:
            print(f"         {value * 1000:10.1f} ms  {name}")


if __name__ == "__main__":
    main()
