"""Loading a long table of records: rows, seconds, rows a second and memory, against reading it straight into rdflib.

    python tests/bench/records.py --rows 1000 5000

Makes a table of invented events, loads it with `mandategraph load` and the example mapping as a user does, and reads the
same table in the same run with the csv module into an rdflib graph, with a property for each column and no evidence,
identity, register or store. A process each, so that the memory of one is not that of another. What loading costs before
its first row (the shipped graph is built too) is measured on a table of one row and told apart.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from mandategraph.system.resources import records_root

HEADS = ("No", "Event", "Code", "When", "Where", "State", "Topic", "Decision", "Paragraph")
EXAMPLE = "http://example.org/"


@dataclass(frozen=True)
class Run:
    """One way on one table."""

    seconds: float
    megabytes: float
    statements: int


def make_table(path: Path, rows: int) -> None:
    """A table of so many events, the same every time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADS)
        for number in range(1, rows + 1):
            year, month, day = 2020 + number % 7, 1 + number % 12, 1 + number % 28
            table.writerow(
                (
                    number, f"Workshop {number} on element {number % 97}", f"EV-{year}-{number}",
                    f"{day:02}/{month:02}/{year}", f"City {number % 211}, Country {number % 53}",
                    "sure" if number % 3 else "open", f"Topic {number % 97}", f"15/{1 + number % 34}",
                    f"para {1 + number % 40} ({'abcdef'[number % 6]})",
                )
            )  # fmt: skip


def straight(path: Path, out: Path) -> None:
    """The alternative: each cell a statement in rdflib, written as N-Triples."""
    from rdflib import RDF, Graph, Literal, URIRef

    graph = Graph()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            event = URIRef(f"{EXAMPLE}event/{row['No']}")
            graph.add((event, RDF.type, URIRef(f"{EXAMPLE}Event")))
            for name, value in row.items():
                graph.add((event, URIRef(EXAMPLE + name), Literal(value)))
    graph.serialize(out, format="nt", encoding="utf-8")
    print(f"{len(graph)} statements added")


def measured(command: list[str]) -> Run:
    """A command in a process of its own."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    found = re.search(r"(\d+) statements added", told)
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024, int(found[1]) if found else 0)


def both(folder: Path, rows: int) -> tuple[Run, Run]:
    """Ours and the alternative on a table of so many rows."""
    table = folder / f"{rows}.csv"
    make_table(table, rows)
    mapping, store = str(records_root() / "kinds" / "example.yml"), str(folder / f"store-{rows}")
    ours = measured([sys.executable, "-m", "mandategraph", "load", str(table), "--as", mapping, "--store", store])
    other = measured([sys.executable, __file__, "--straight", str(table), str(folder / f"{rows}.nt")])
    return ours, other


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, nargs="+", default=[1000, 5000], help="how long the tables are")
    asked.add_argument("--straight", nargs=2, metavar=("TABLE", "OUT"), help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.straight:
        straight(*map(Path, options.straight))
        return
    with tempfile.TemporaryDirectory() as folder:
        first = [run.seconds for run in both(Path(folder), 1)]
        print(f"{'rows':>7} {'way':<20} {'seconds':>8} {'rows/s':>8} {'statements':>11} {'statements/s':>12} {'MB':>6}")
        for rows in options.rows:
            found = both(Path(folder), rows)
            rates = []
            for name, run, before in zip(("mandategraph load", "csv + rdflib"), found, first, strict=True):
                spent = max(run.seconds - before, 0.001)
                rates.append((rows / spent, run.statements / spent))
                print(f"{rows:>7} {name:<20} {run.seconds:>8.1f} {rates[-1][0]:>8.0f} {run.statements:>11} "
                      f"{rates[-1][1]:>12.0f} {run.megabytes:>6.0f}")  # fmt: skip
            by_row, by_statement = (ours / other for ours, other in zip(*rates, strict=True))
            print(f"{'':>7} ratio to csv + rdflib: {by_row:.3f} by rows, {by_statement:.2f} by statements")
        print(f"before the first row: {first[0]:.1f} s (mandategraph load, shipped graph included), {first[1]:.1f} s")


if __name__ == "__main__":
    main()
