"""How exports scale: a synthetic graph written in every format, and by networkx where it has the format, in one run.

    python tests/bench/exports.py [--nodes 100000] [--formats graphml gexf ...] [--keep FOLDER]

Formats of statements are written first, straight from the store; then the graph is drawn once, and each format of things
and arrows is written by a process that branches off there (so not on Windows), measured in seconds of its own work. `peak`
is the most memory that it held, the drawing included. The alternatives: Oxigraph's own writer for statements, which keeps
no order; for GraphML and GEXF networkx, which first needs a graph of its own (`read`). Take the ratios, not the times.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
from mandategraph.export.draw import draw
from mandategraph.export.drawing import UNDRAWN, Drawing
from mandategraph.export.job import Job
from mandategraph.export.networks import to_networkx
from mandategraph.export.registry import FORMATS, Sink
from mandategraph.rdf import namespaces
from mandategraph.store import Store, open_store
from mandategraph.store.embedded import OxigraphStore
from mandategraph.store.local_swap import publish
from mandategraph.system import resources

MG, ID = namespaces.ONTOLOGY, namespaces.THINGS
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
XSD = "http://www.w3.org/2001/XMLSchema#"
REGISTER, PLAN = namespaces.graph("register"), namespaces.graph("synthetic")
DOCUMENT = f"{ID}document/SYNTHETIC"
ALTERNATIVES = ("graphml", "gexf")
RDF = {
    "jsonld": ox.RdfFormat.JSON_LD, "turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS,
}  # fmt: skip
MODALITIES = ("will", "may", "expected", "unmarked")
_KINDS = ((3, "Meeting", "meeting"), (6, "Element", "element"), (8, "Group", "group"), (10, "Decision", "document"))


def main() -> None:
    """Measure and print a line for each format, with the ratio to networkx."""
    parser = argparse.ArgumentParser(description="Exports at scale.")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", choices=tuple(FORMATS), default=list(FORMATS))
    parser.add_argument("--keep", metavar="FOLDER", help="keep the store and the files here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(args, Path(args.keep or folder))


def compare(args: argparse.Namespace, folder: Path) -> None:
    store = open_store(str(built(args.nodes, folder)))
    print(f"{'format':<17}{'read s':>8}{'write s':>9}{'peak MB':>9}{'MB':>7}  the alternative against ours")
    for name in chosen(args.formats, "statements"):
        ours = aside(lambda name=name: measured(name, UNDRAWN, store, folder))
        print(line(name, ours), flush=True)
        tell("oxigraph", name, aside(lambda name=name: by_oxigraph(name, store, folder)), ours)
    if not (names := chosen(args.formats, "drawing")):
        return
    start = time.process_time()
    drawing = draw(store)
    took, size = time.process_time() - start, f"{len(drawing.nodes)} things and {len(drawing.edges)} arrows"
    print(f"{size}, drawn in {took:.0f} s, {peak():.0f} MB", flush=True)
    for name in names:
        ours = aside(lambda name=name: measured(name, drawing, store, folder))
        print(line(name, ours), flush=True)
        if name in ALTERNATIVES:
            tell("networkx", name, aside(lambda name=name: by_networkx(name, drawing, folder)), ours)


def chosen(names: list[str], shows: str) -> list[str]:
    return [name for name in names if FORMATS[name].shows == shows]


def tell(whose: str, name: str, theirs: dict[str, float], ours: dict[str, float]) -> None:
    times, memory = (theirs["read"] + theirs["write"]) / ours["write"], theirs["peak"] / ours["peak"]
    print(f"{line(f'{whose} {name}', theirs)}  {times:.1f} times as long, {memory:.1f} times the memory", flush=True)


def built(nodes: int, folder: Path) -> Path:
    """A store of so many things; made in a process of its own, so that its memory is not ours."""
    store = folder / f"store-{nodes}"
    if not (store / "CURRENT").exists():
        aside(lambda: made(store, nodes))
    return store


def made(store: Path, nodes: int) -> dict[str, float]:
    publish(store, f"synthetic-{nodes}", lambda engine: fill(engine, nodes))
    return {"things": nodes}


def fill(engine: ox.Store, nodes: int) -> None:
    engine.bulk_load(b"".join(lines(nodes)), format=ox.RdfFormat.N_QUADS)
    for file in resources.ontology_files():
        engine.load(file.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(namespaces.graph("ontology")))


def aside(work: Callable[[], dict[str, float]]) -> dict[str, float]:
    """The result of some work in a process that branches off here."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as told:
        child = os.fork()
        if child == 0:
            try:
                Path(told.name).write_text(json.dumps(work()), encoding="utf-8")
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        text = told.read()
    if not text:
        sys.exit("a measure failed; what went wrong stands above")
    return json.loads(text)  # type: ignore[no-any-return]


def line(name: str, found: dict[str, float]) -> str:
    return f"{name:<17}{found['read']:>8.1f}{found['write']:>9.1f}{found['peak']:>9.0f}{found['size']:>7.0f}"


def measured(name: str, drawing: Drawing, store: Store, folder: Path) -> dict[str, float]:
    """One format of ours."""
    path = folder / f"out-{name}"
    start = time.process_time()
    into(path, name, Job(drawing, store))
    return result(path, 0.0, time.process_time() - start)


def by_networkx(name: str, drawing: Drawing, folder: Path) -> dict[str, float]:
    """The same by networkx."""
    import networkx

    path = folder / f"out-networkx-{name}"
    start = time.process_time()
    graph = to_networkx(drawing)
    read = time.process_time()
    write: Callable[..., None] = networkx.write_graphml if name == "graphml" else networkx.write_gexf
    write(graph, path)
    return result(path, read - start, time.process_time() - read)


def by_oxigraph(name: str, store: Store, folder: Path) -> dict[str, float]:
    """The same statements as Oxigraph hands them over."""
    assert isinstance(store, OxigraphStore)
    path, form = folder / f"out-oxigraph-{name}", RDF[name]
    found = store.engine.quads_for_pattern(None, None, None)
    start = time.process_time()
    with path.open("wb") as out:
        ox.serialize(found if form.supports_datasets else (quad.triple for quad in found), out, format=form)
    return result(path, 0.0, time.process_time() - start)


def result(path: Path, read: float, write: float) -> dict[str, float]:
    files = list(path.iterdir()) if path.is_dir() else [path]
    size = sum(file.stat().st_size for file in files) / 1e6
    return {"read": read, "write": write, "peak": peak(), "size": size}


def peak() -> float:
    """The most memory that this process held, in MB (Linux)."""
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
