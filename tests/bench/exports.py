"""How exports scale: a synthetic graph written in every format, and by networkx where it has the format, in one run.

    python tests/bench/exports.py [--nodes 100000] [--formats graphml gexf ...] [--keep FOLDER]

Each measure is a process of its own, in seconds of its own work; the peak is that of the whole process. `draw` is reading
the graph from the store and making the drawing, `write` is writing the file, and `read` is what networkx needs first, its
own graph. Take the ratios, not the times.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from mandategraph import namespaces
from mandategraph.export.draw import draw
from mandategraph.export.job import Job
from mandategraph.export.networks import to_networkx
from mandategraph.export.registry import FORMATS, Sink
from mandategraph.store import open_store
from mandategraph.store.embedded import publish

MG, ID = namespaces.ONTOLOGY, namespaces.THINGS
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
XSD = "http://www.w3.org/2001/XMLSchema#"
REGISTER, PLAN = namespaces.graph("register"), namespaces.graph("synthetic")
DOCUMENT = f"{ID}document/SYNTHETIC"
ALTERNATIVES = {"graphml": "networkx-graphml", "gexf": "networkx-gexf"}
MODALITIES = ("will", "may", "expected", "unmarked")
_KINDS = ((3, "Meeting", "meeting"), (6, "Element", "element"), (8, "Group", "group"), (10, "Decision", "document"))


def main() -> None:
    """Measure and print a line for each format, with the ratio to networkx."""
    parser = argparse.ArgumentParser(description="Exports at scale.")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", choices=tuple(FORMATS), default=list(FORMATS))
    parser.add_argument("--keep", metavar="FOLDER", help="keep the store and the files here")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measured(*args.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(args, Path(args.keep or folder))


def compare(args: argparse.Namespace, folder: Path) -> None:
    store = folder / f"store-{args.nodes}"
    if not store.exists():
        publish(
            store,
            f"synthetic-{args.nodes}",
            lambda engine: engine.bulk_load(b"".join(lines(args.nodes)), format=nquads()),
        )
    print(
        f"{'format':<17}{'things':>8}{'arrows':>8}{'draw s':>8}{'read s':>8}{'write s':>9}{'peak MB':>9}{'MB':>7}  against networkx"
    )
    for name in args.formats:
        ours = run(name, store, folder)
        print(line(name, ours), flush=True)
        if name in ALTERNATIVES:
            theirs = run(ALTERNATIVES[name], store, folder)
            ratio = (theirs["read"] + theirs["write"]) / ours["write"]
            print(
                f"{line(ALTERNATIVES[name], theirs)}  {ratio:.1f} times as long, {theirs['peak'] / ours['peak']:.1f} times the memory"
            )


def nquads():  # noqa: ANN201 - the engine's own type
    import pyoxigraph as ox

    return ox.RdfFormat.N_QUADS


def line(name: str, found: dict[str, float]) -> str:
    return (
        f"{name:<17}{found['nodes']:>8.0f}{found['edges']:>8.0f}{found['draw']:>8.1f}{found['read']:>8.1f}"
        f"{found['write']:>9.1f}{found['peak']:>9.0f}{found['size']:>7.0f}"
    )


def run(name: str, store: Path, folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", name, str(store), str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def measured(name: str, store: str, folder: str) -> dict[str, float]:
    """One format in this process."""
    opened = open_store(store)
    start = time.process_time()
    drawing = draw(opened)
    drawn = time.process_time()
    read = drawn
    path = Path(folder) / f"out-{name}"
    if name in ALTERNATIVES.values():
        import networkx

        graph = to_networkx(drawing)
        read = time.process_time()
        write: Callable[..., None] = networkx.write_graphml if name.endswith("graphml") else networkx.write_gexf
        write(graph, path)
    else:
        into(path, name, Job(drawing, opened))
    end = time.process_time()
    files = list(path.iterdir()) if path.is_dir() else [path]
    peak = peak_of_this_process()
    size = sum(file.stat().st_size for file in files) / 1e6
    return {
        "nodes": len(drawing.nodes), "edges": len(drawing.edges), "draw": drawn - start, "read": read - drawn,
        "write": end - read, "peak": peak, "size": size,
    }  # fmt: skip


def peak_of_this_process() -> float:
    """The most memory that this process held, in MB, without what its parent held before it (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def into(path: Path, name: str, job: Job) -> None:
    form = FORMATS[name]
    if form.sink is Sink.FOLDER:
        path.mkdir(exist_ok=True)
        form.write(job, path)
    elif form.sink is Sink.TEXT:
        with path.open("w", encoding="utf-8", newline="") as out:
            form.write(job, out)
    else:
        with path.open("wb") as out:
            form.write(job, out)


def lines(nodes: int) -> Iterator[bytes]:
    """The synthetic graph as N-Quads: things of four kinds with both labels, and three statements for every two things,
    each with its evidence; meetings that feed each other in parallel rows among them."""
    by_kind: dict[str, list[str]] = {}
    yield from thing(DOCUMENT, "Document", "SYNTHETIC")
    for number in range(nodes - 1):
        last, kind, path = next(one for one in _KINDS if number % 10 < one[0])
        iri = f"{ID}{path}/S-{number}"
        by_kind.setdefault(kind, []).append(iri)
        yield from thing(iri, kind, f"S-{number}")
    meetings, elements, groups, decisions = (by_kind[kind] for _, kind, _ in _KINDS)
    count = len(meetings)
    for number, meeting in enumerate(meetings):
        for row in (1, 2):
            facts = {
                "from": meeting, "to": meetings[(number * 7 + row // 2) % count], "voice": MG + "giver",
                "modality": MG + MODALITIES[number % 4], "concerns": elements[number % len(elements)],
            }  # fmt: skip
            yield from statement("contribution", "Contribution", f"{number}.{row}", facts, number)
        facts = {"mandatedBy": decisions[number % len(decisions)], "mandatee": meeting}
        yield from statement("mandate", "Mandate", str(number), facts, number)
        facts = {"participant": groups[number % len(groups)], "inMeeting": meeting, "role": MG + "organiser"}
        yield from statement("participation", "Participation", str(number), facts, number)
        day = f'"20{number % 80 + 10}-0{number % 9 + 1}-1{number % 10}"^^<{XSD}date>'
        facts = {
            "schedules": meeting,
            "phase": MG + "planned",
            "precision": MG + "day-precision",
            "start": day,
            "end": day,
        }
        yield from statement("schedule", "ScheduleStatement", str(number), facts, number)


def thing(iri: str, kind: str, code: str) -> Iterator[bytes]:
    yield quad(iri, RDF_TYPE, f"{MG}{kind}", REGISTER)
    if kind == "Decision":
        yield quad(iri, RDF_TYPE, f"{MG}Document", REGISTER)
    yield quad(iri, f"{MG}code", f'"{code}"', REGISTER)
    yield quad(iri, LABEL, f'"A {kind.lower()} of the synthetic process, number {code}"@en', REGISTER)
    yield quad(iri, LABEL, f'"人造进程中的事物，编号{code}"@zh', REGISTER)


def statement(path: str, kind: str, name: str, facts: dict[str, str], place: int) -> Iterator[bytes]:
    iri, evidence, part = f"{ID}{path}/S/{name}", f"{ID}evidence/S/{path}/{name}", f"{ID}part/S/row-{place}"
    yield quad(iri, RDF_TYPE, f"{MG}{kind}", PLAN)
    for predicate, value in {**facts, "basis": f"{MG}explicit", "statedIn": DOCUMENT, "evidence": evidence}.items():
        yield quad(iri, f"{MG}{predicate}", value, PLAN)
    yield quad(evidence, f"{MG}at", part, PLAN)
    yield quad(evidence, f"{MG}line", f'"{place + 1}"^^<{XSD}integer>', PLAN)
    yield quad(evidence, f"{MG}quote", '"第14/22号决定"', PLAN)
    yield quad(part, RDF_TYPE, f"{MG}TableRow", PLAN)
    yield quad(part, f"{MG}cite", f'"table 1, row {place}"', PLAN)
    yield quad(part, f"{MG}citeZh", f'"表1第{place}行"', PLAN)


def quad(subject: str, predicate: str, value: str, graph: str) -> bytes:
    end = value if value.startswith('"') else f"<{value}>"
    return f"<{subject}> <{predicate}> {end} <{graph}> .\n".encode()


if __name__ == "__main__":
    main()
