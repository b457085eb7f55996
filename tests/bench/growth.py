"""How the store grows: loading, and every stored query with its own defaults, on generated graphs of several sizes.

    python tests/bench/growth.py [--sizes 0.1 1 5] [--engines ours bare virtuoso rdflib] [--limit SECONDS]

`ours` runs a stored query as the command line does (parameters bound, rows made for people, folded), `bare` hands the
text that our store hands on to pyoxigraph and reads the answer, `written` hands it the query as the file has it,
`virtuoso` hands a server of its own over HTTP the query as the file has it (some answers are wrong then),
`virtuoso-in-turn` asks it as our store does, with the order of the query kept; both are filled by Virtuoso's own bulk
loader, with a loader for each core, from a dump that is not counted, and that all of it arrived is checked. `rdflib` is in
memory (only up to 1 million statements, it is slow to load). The peak of memory is that of the process that holds the data,
after the questions; for ours the largest of those that load. Questions whose answer grows with the graph are told apart: a
list of everything cannot come in constant time. A query that takes longer than the limit (the first time, which is not
counted, twice as long) is counted at the limit, so that a median over it is too low, and the number of those is told. One
that is refused, or fails, has no time; those are counted apart and named. Take the ratios, not the times: that of the
medians, and the median of the ratios question by question.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
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
from mandategraph.rdf.namespaces import GRAPHS
from mandategraph.store import open_store
from mandategraph.store.dialect import VIRTUOSO
from mandategraph.store.lateral import lateral
from mandategraph.store.transport import Transport
from servers import Address, virtuoso

Ask = Callable[[StoredQuery], Any]
_TIMES = 3
_ENGINES = ("ours", "bare", "written", "virtuoso", "virtuoso-in-turn", "rdflib")
_MOST_FOR_RDFLIB = 1.0
_BUFFERS = 250_000
"""Pages of 8 KB that Virtuoso may hold in memory."""
_DUMP = """import sys, pyoxigraph as ox
from mandategraph.store import open_store
open_store(sys.argv[1]).engine.dump(sys.argv[2], format=ox.RdfFormat.N_QUADS)"""
"""In a process of its own, so that an embedded store is not open where processes part."""
_SHIPPED, _OF_A_PROCESS, _MEETINGS = 29_000, 24_000, 75
"""About so many statements are shipped, and made for each process of so many meetings."""


def main() -> None:
    """Measure size by size and print one line for each engine."""
    parser = argparse.ArgumentParser(description="Measure growth.")
    parser.add_argument("--sizes", nargs="+", type=float, default=[0.1, 1.0, 5.0], help="millions of statements")
    parser.add_argument("--engines", nargs="+", default=list(_ENGINES))
    parser.add_argument("--limit", type=float, default=5.0, help="seconds for one query")
    parser.add_argument("--slowest", type=int, default=0, help="name so many of the slowest queries of ours")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        one_engine(*args.one, args.limit)
        return
    print(
        "million  engine            load s  statements/s  peak MB  median ms  under 10 ms  over limit  failed"
        "  ratio to ours  by question"
    )
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
    told, peak = command("load", dump, "--store", store, "--jobs", jobs)
    count, seconds = int(told.split(" statements")[0].split()[-1]), time.perf_counter() - start
    ours: dict[str, float] = {}
    steady = set(shipped)
    for engine in args.engines:
        if engine == "rdflib" and size > _MOST_FOR_RDFLIB:
            continue
        done = asked(engine, store, folder, args.limit)
        loaded = (seconds, peak) if engine in ("ours", "bare", "written") else (done["loaded"], done["peak"])
        if engine == "ours":
            ours = done["times"]
            steady = {name for name, rows in done["rows"].items() if rows == shipped.get(name)}
        line(size, engine, (loaded[0], count / loaded[0], loaded[1]), done, ours, args)
        same = [value for name, value in done["times"].items() if name in steady]
        print(
            f"         {'':16} of {len(same)} questions whose answer does not grow: {statistics.median(same) * 1000:.1f} ms"
        )


def asked(engine: str, store: str, folder: Path, limit: float) -> dict[str, Any]:
    """What one engine in a process of its own was measured to do."""
    own = [sys.executable, __file__, "--one", engine, store, str(folder), "--limit", str(limit)]
    found: dict[str, Any] = json.loads(subprocess.run(own, stdout=subprocess.PIPE, check=True).stdout)
    return found


def command(*words: str) -> tuple[str, float]:
    """Run our own command line: what it prints, and the most memory that it, or a process of its own, had at a time, in
    MB."""
    with subprocess.Popen([sys.executable, "-m", "mandategraph", *words], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"mandategraph {words[0]} ended with {process.returncode}")
    return told, usage.ru_maxrss / 1024


def one_engine(engine: str, store: str, folder: str, limit: float) -> None:
    """Print the times of one engine. Its stores are opened after the process has parted, query by query."""
    with ExitStack() as stack:
        ask, loaded, process = asking(engine, store, Path(folder), stack)
        found = {one.name: timed(ask, one, limit) for one in Catalogue().all()}
        times, rows = ({name: one[place] for name, one in found.items() if one} for place in (0, 1))
        failed = [name for name, one in found.items() if not one]
        done = {"loaded": loaded, "peak": peak_of(process), "times": times, "rows": rows, "failed": failed}
        print(json.dumps(done))


def peak_of(process: int) -> float:
    """The most memory that a process had at a time, in MB; 0 where the system does not tell."""
    told = Path(f"/proc/{process}/status")
    lines = told.read_text(encoding="ascii").splitlines() if told.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def asking(engine: str, store: str, folder: Path, stack: ExitStack) -> tuple[Ask, float, int]:
    """What asks this engine, how many seconds it took to fill it, and the process that holds the data."""
    if engine == "ours":
        runner: list[Runner] = []

        def ask(query: StoredQuery) -> object:
            if not runner:
                runner.append(Runner(open_store(store)))
            return runner[0].answer(query, {})

        return ask, 0.0, os.getpid()
    if engine in ("bare", "written"):
        import pyoxigraph as ox

        opened: list[ox.Store] = []

        def bare(query: StoredQuery) -> object:
            if not opened:
                opened.append(open_store(store).engine)  # type: ignore[attr-defined]
            text = lateral(query.text) if engine == "bare" else query.text
            return list(opened[0].query(text))  # type: ignore[arg-type]

        return bare, 0.0, os.getpid()
    dumps = dumped(store, folder)
    start = time.perf_counter()
    if engine == "rdflib":
        import rdflib

        data = rdflib.Dataset()
        for dump in dumps:
            data.parse(dump, format="nquads")
        return lambda query: list(data.query(query.text)), time.perf_counter() - start, os.getpid()
    address = stack.enter_context(virtuoso(folder / engine, _BUFFERS))
    allowed = [Path(shutil.copy2(dump, folder / engine)) for dump in dumps]
    start = time.perf_counter()
    fill_virtuoso(address, allowed)
    seconds = time.perf_counter() - start
    transport = Transport(address.query)
    check(transport, sum(dump.read_bytes().count(b"\n") for dump in dumps))
    put = VIRTUOSO.in_turn if engine == "virtuoso-in-turn" else str
    return lambda query: transport.query(put(query.text), "rows"), seconds, address.process


def dumped(store: str, folder: Path) -> list[Path]:
    """The content of our store as N-Quads, in a file for each core; made once."""
    place, count = folder / "dumps", os.cpu_count() or 1
    files = [place / f"{number}.nq" for number in range(count)]
    if not place.exists():
        place.mkdir()
        whole = place / "whole"
        with subprocess.Popen([sys.executable, "-c", _DUMP, store, str(whole)]) as running:
            assert running.wait() == 0
        size = whole.stat().st_size
        with whole.open("rb") as lines:
            # Each a stretch of its own: loaders that take turns at the same graphs lock each other out.
            for number, file in enumerate(files, 1):
                with file.open("wb") as part:
                    while lines.tell() < size * number // count:
                        part.write(lines.readline())
        whole.unlink()
    return files


def check(transport: Transport, statements: int) -> None:
    """That a server holds as much as it was given: a loader of Virtuoso that fails tells nobody."""
    counted = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{GRAPHS}')) }}"
    (row,) = json.loads(transport.query(counted, "rows"))["results"]["bindings"]
    if int(row["n"]["value"]) != statements:
        sys.exit(f"the server took {row['n']['value']} of {statements} statements: nothing is measured")


def fill_virtuoso(address: Address, dumps: list[Path]) -> None:
    """By Virtuoso's own bulk loader, as its makers advise: the files are listed, a loader for each core takes them, and a
    checkpoint makes the result lasting."""
    isql = next(found for found in map(shutil.which, ("isql-vt", "isql-v", "isql-virtuoso", "isql")) if found)
    own = [isql, f"127.0.0.1:{address.sql}", "dba", "dba"]

    def sql(words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*own, f"exec={words}"], stdout=subprocess.DEVNULL)

    sql(f"ld_dir('{dumps[0].parent}', '*.nq', 'urn:none');").wait()
    for loader in [sql("rdf_loader_run();") for _ in dumps]:
        loader.wait()
    # Loaders that run beside each other may lock each other out, and then leave a file half read: again, alone.
    sql("UPDATE DB.DBA.load_list SET ll_state = 0, ll_error = NULL WHERE ll_error IS NOT NULL;").wait()
    sql("rdf_loader_run();").wait()
    sql("checkpoint;").wait()


def timed(ask: Ask, query: StoredQuery, limit: float) -> tuple[float, int] | None:
    """The median seconds of a query after one that is not counted, the limit where it takes longer, and how many rows
    our own answer has, -1 where that is not known. None where it is refused or fails, and where its process ends."""
    ours, theirs = multiprocessing.Pipe(duplex=False)

    def run() -> None:
        try:
            first = ask(query)
            theirs.send("ready")
            times = []
            for _ in range(_TIMES):
                start = time.perf_counter()
                ask(query)
                times.append(time.perf_counter() - start)
            theirs.send((statistics.median(times), len(getattr(first, "rows", ()))))
        except Exception:
            theirs.send(None)

    process = multiprocessing.Process(target=run)
    process.start()
    theirs.close()  # so that the end of the other process is noticed
    late = (limit, -1)
    try:
        found = ours.recv() if ours.poll(limit * 2) else late
        if found == "ready":
            found = ours.recv() if ours.poll(limit * _TIMES) else late
    except EOFError:
        found = None
    process.kill()
    process.join()
    return found and (min(found[0], limit), found[1])


def line(
    size: float, engine: str, loaded: tuple[float, ...], done: dict[str, Any], ours: dict[str, float],
    args: argparse.Namespace,
) -> None:  # fmt: skip
    """Print what was measured of one engine."""
    seconds, rate, peak = (f"{value:.0f}" if value else "-" for value in loaded)
    times, failed = done["times"], done["failed"]
    quick, over = sum(value < 0.01 for value in times.values()), sum(value >= args.limit for value in times.values())
    median = statistics.median(times.values())
    ratio = f"{median / statistics.median(ours.values()):.2f}" if ours else "-"
    each = (
        f"{statistics.median(value / ours[name] for name, value in times.items() if name in ours):.2f}" if ours else "-"
    )
    print(
        f"{size:7g}  {engine:16} {seconds:>7} {rate:>13} {peak:>8} {median * 1000:10.1f} "
        f"{quick:6} of {len(times):2} {over:11} {len(failed):7} {ratio:>14} {each:>12}",
        flush=True,
    )
    if failed:
        print(f"         failed: {', '.join(failed)}")
    if engine == "ours":
        for name, value in sorted(times.items(), key=lambda one: -one[1])[: args.slowest]:
            print(f"         {value * 1000:10.1f} ms  {name}")


if __name__ == "__main__":
    main()
