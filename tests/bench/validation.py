"""How fast shapes are checked: our engine, pySHACL and Jena's SHACL on the same data, in one run.

    python tests/bench/validation.py [--sizes 10k 100k 1M] [--engines compiled pyshacl jena] [--limit SECONDS]

The data has the shape of our model and planted faults that every engine must find; each measure is a process of its
own, peak memory is that of the whole process. `core` are the packaged shapes without their queries, `all` with them.
Take the ratios, not the times.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from mandategraph.rdf import namespaces
from mandategraph.system import resources

MG = namespaces.ONTOLOGY
ID = namespaces.THINGS
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
ENGINES = ("compiled", "pyshacl", "jena")
SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}
JENA = Path("/usr/share/java")
JENA_PROGRAM = Path(__file__).with_name("ShaclByJena.java")
_JARS = (
    "jena-*", "slf4j-api", "slf4j-jdk14", "commons-*", "thrift", "protobuf", "jsonld-java", "jakarta.json-api", "jackson-*",
    "guava", "failureaccess", "httpclient", "httpcore", "xercesImpl",
)  # fmt: skip
_MOVED = "org/apache/jena/ext/xerces/"
_A_ROW = 75  # statements of one row of the plan, about


def main() -> None:
    """Measure and print one line for each engine, size and set of shapes, then the ratios."""
    parser = argparse.ArgumentParser(description="Compare engines for SHACL.")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--limit", type=int, default=900, help="seconds after which a measure is given up")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measured(args.one[0], Path(args.one[1]), Path(args.one[2]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(args, Path(folder))


def compare(args: argparse.Namespace, folder: Path) -> None:
    print("  size shapes    engine statements   load s  check s  peak MB  found ratio")
    for size in args.sizes:
        data = folder / f"{size}.nt"
        count = write(data, SIZES[size])
        for name in ("core", "all"):
            shapes = folder / f"{name}.ttl"
            shapes.write_text(shapes_text(name), encoding="utf-8")
            ours = None
            for engine in args.engines:
                row = in_a_process(engine, data, shapes, args.limit)
                if "said" in row:
                    print(f"{size:>6} {name:>6} {engine:>9} {row['said']}", flush=True)
                    continue
                ours = row["check"] if engine == "compiled" else ours
                ratio = f"{row['check'] / ours:.1f}x" if ours else ""
                print(
                    f"{size:>6} {name:>6} {engine:>9} {count:>10} {row['load']:>8.2f} {row['check']:>8.2f} "
                    f"{row['peak']:>8.0f} {row['found']:>6} {ratio}",
                    flush=True,
                )


def in_a_process(engine: str, data: Path, shapes: Path, limit: int) -> dict[str, float]:
    """One measure; `said` tells why there is none."""
    if engine == "jena" and not ((JENA / "jena-shacl.jar").is_file() and shutil.which("javac")):
        return {"said": "not measured: needs Debian's libapache-jena-java and a JDK"}  # type: ignore[dict-item]
    command = [sys.executable, __file__, "--one", engine, str(data), str(shapes)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, check=True, encoding="utf-8")
    except subprocess.TimeoutExpired:
        return {"said": f"given up after {limit} s"}  # type: ignore[dict-item]
    except subprocess.CalledProcessError as error:
        return {"said": f"failed: {error.stderr.strip().splitlines()[-1][:200]}"}  # type: ignore[dict-item]
    made: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return made


def measured(engine: str, data: Path, shapes: Path) -> dict[str, float]:
    """Load and check in this process."""
    start = time.perf_counter()
    if engine == "jena":
        return _jena(data, shapes)
    check = _compiled(data, shapes) if engine == "compiled" else _pyshacl(data, shapes)
    loaded = time.perf_counter()
    found = check()
    done = time.perf_counter()
    return {"load": loaded - start, "check": done - loaded, "peak": peak(), "found": found}


def _compiled(data: Path, shapes: Path):  # type: ignore[no-untyped-def]
    import pyoxigraph as ox
    from mandategraph.validate import engine
    from mandategraph.validate.data import OxData
    from mandategraph.validate.entry import shapes_of

    store = ox.Store()
    store.bulk_load(path=str(data), format=ox.RdfFormat.N_TRIPLES)
    graph, content = shapes_of([shapes]), OxData(store)
    return lambda: len(engine.results(engine.run(engine.compiled(graph, content).queries, content, graph).found))


def _pyshacl(data: Path, shapes: Path):  # type: ignore[no-untyped-def]
    import pyshacl
    from rdflib import SH, Graph

    content, rules = Graph().parse(data, format="nt"), Graph().parse(shapes, format="turtle")

    def check() -> int:
        _, report, _ = pyshacl.validate(content, shacl_graph=rules, inference="none", inplace=True)
        return len(set(report.objects(None, SH.result)))

    return check


def _jena(data: Path, shapes: Path) -> dict[str, float]:
    """Jena by a small program of ours, since its own command does not tell loading from checking."""
    with tempfile.TemporaryDirectory() as folder:
        path = _class_path(Path(folder))
        subprocess.run(["javac", "-cp", path, "-d", folder, str(JENA_PROGRAM)], capture_output=True, check=True)
        command = ["java", "-cp", path, JENA_PROGRAM.stem, str(data), str(shapes)]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    made: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return made


def _class_path(folder: Path) -> str:
    """Jena's jars, and in a folder the messages of its XML library, which Debian left where the classes once were."""
    with zipfile.ZipFile(JENA / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(_MOVED) and name.endswith(".properties"):
                target = folder / name.removeprefix(_MOVED.removesuffix("xerces/"))
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [
        jar for pattern in _JARS for jar in sorted(JENA.glob(f"{pattern}.jar")) if not re.search(r"-[0-9]", jar.name)
    ]
    return ":".join([str(folder), *map(str, jars)])


def peak() -> float:
    """Peak memory of this process in megabytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def shapes_text(name: str) -> str:
    """The packaged shapes, for `core` without the queries, and the prefixes that queries use."""
    texts = [file.read_text(encoding="utf-8") for file in resources.shape_files()]
    if name == "core":
        texts = [re.sub(r"^\s*sh:sparql [^;]*;\n", "", text, flags=re.MULTILINE) for text in texts]
    texts.append(resources.ontology_file("prefixes.ttl").read_text(encoding="utf-8"))
    return "\n".join(texts)


def write(path: Path, size: int) -> int:
    """Write about so many statements, the ontology among them; gives the exact number."""
    import pyoxigraph as ox

    store = ox.Store()
    for file in resources.ontology_files():
        store.load(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    lines = sorted(f"{quad} .\n" for quad in store)
    rows = max(1, (size - len(lines)) // _A_ROW)
    with path.open("w", encoding="utf-8") as out:
        out.writelines(lines)
        count = len(lines)
        for number in range(rows):
            for line in row_of_a_plan(number):
                out.write(line)
                count += 1
    return count


def row_of_a_plan(number: int) -> Iterator[str]:
    """One row: its meeting, place in the document, evidence, dates, what it hands on and on whose authority.

    Faults are planted at fixed distances: unknown modality (every 13th row), quotation too long (17), no label
    (19), missing line (23), bounds beside the day (29), giver after receiver (31).
    """
    meeting, document = f"meeting/BENCH-{number}", f"document/BENCH/{number // 50}"
    row, cell, evidence = f"part/BENCH/{number}.row", f"part/BENCH/{number}.row.cell-1", f"evidence/BENCH/{number}"
    line = 100 + number % 500
    if number % 50 == 0:
        yield from _thing(document, "Note", f"BENCH/{number // 50}")
        yield from _states(document, symbol=_text(f"CBD/BENCH/{number // 50}"))
        yield from _provision(f"part/BENCH/{number // 50}.table", "Table", document, 100, 700)
    yield from _thing(meeting, "Meeting", f"BENCH-{number}", english=number % 19 != 18)
    yield from _provision(row, "TableRow", f"part/BENCH/{number // 50}.table", line, line + 1)
    yield from _provision(cell, "TableCell", row, line, line)
    yield from _states(cell, column=_text("element"))
    yield from _states(evidence, type=_iri(MG + "Evidence"), at=_iri(ID + cell),
                       quote=_text("资源调动" * (16 if number % 17 == 16 else 2)))  # fmt: skip
    if number % 23 != 22:
        yield from _states(evidence, line=_number(line))
    yield from _schedule(number, meeting, document, evidence)
    yield from _statement(f"classification/BENCH/{number}", "Classification", document, evidence,
                          classifies=_iri(ID + meeting), asWritten=_text("1"),
                          **{"as": _iri(MG + "type-1")})  # fmt: skip
    if number:
        earlier = f"meeting/BENCH-{number - 1}"
        back = number % 31 == 30
        modality = "shall" if number % 13 == 12 else "will"
        yield from _statement(f"contribution/BENCH/{number}", "Contribution", document, evidence,
                              **{"from": _iri(ID + (meeting if back else earlier))},
                              to=_iri(ID + (earlier if back else meeting)), destination=_iri(MG + "named-meeting"),
                              voice=_iri(MG + "giver"), modality=_iri(MG + modality), row=_iri(ID + row))  # fmt: skip
        yield from _statement(f"mandate/BENCH/{number}", "Mandate", document, evidence, mandatee=_iri(ID + meeting),
                              requestedBy=_iri(ID + earlier), row=_iri(ID + row))  # fmt: skip


def _schedule(number: int, meeting: str, document: str, evidence: str) -> Iterator[str]:
    day = f"{2001 + number // 300:04d}-{1 + number % 300 // 25:02d}-{1 + number % 25:02d}"
    bound = day[:-2] + "28" if number % 29 == 28 else day
    dates = {"start": day, "end": day, "earliest": day, "latest": bound}
    yield from _statement(
        f"schedule/BENCH/{number}", "ScheduleStatement", document, evidence, schedules=_iri(ID + meeting),
        phase=_iri(MG + "planned"), dateStatus=_iri(MG + "fixed"), precision=_iri(MG + "day-precision"),
        placeStatus=_iri(MG + "place-not-stated"), mode=_iri(MG + "mode-not-stated"), asWritten=_text(day),
        **{name: f'"{value}"^^<{XSD}date>' for name, value in dates.items()},
    )  # fmt: skip


def _thing(node: str, kind: str, code: str, english: bool = True) -> Iterator[str]:
    yield from _states(node, type=_iri(MG + kind), code=_text(code), englishLabelStatus=_iri(MG + "our-translation"))
    yield f'<{ID}{node}> <{LABEL}> "示例"@zh .\n'
    if english:
        yield f'<{ID}{node}> <{LABEL}> "example {code}"@en .\n'


def _provision(node: str, kind: str, parent: str, first: int, last: int) -> Iterator[str]:
    yield from _states(
        node, type=_iri(MG + kind), partOf=_iri(ID + parent), path=_text("a.b"), cite=_text("annex II"),
        citeZh=_text("附件二"), order=_number(1), firstLine=_number(first), lastLine=_number(last),
        digest=_text("0123456789ab"),
    )  # fmt: skip


def _statement(node: str, kind: str, document: str, evidence: str, **values: str) -> Iterator[str]:
    own = {"statedIn": _iri(ID + document), "evidence": _iri(ID + evidence), "basis": _iri(MG + "explicit")}
    yield from _states(node, type=_iri(MG + kind), **own, **values)


def _states(node: str, **values: str) -> Iterator[str]:
    for name, value in values.items():
        yield f"<{ID}{node}> <{RDF_TYPE if name == 'type' else MG + name}> {value} .\n"


def _iri(value: str) -> str:
    return f"<{value}>"


def _text(value: str) -> str:
    return f'"{value}"'


def _number(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'


if __name__ == "__main__":
    main()
