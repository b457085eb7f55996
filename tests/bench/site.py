"""What the site costs: of the shipped graph, and of made-up ones of several processes, against a bare page for each thing.

    python tests/bench/site.py [--processes 1 4]

`bare` is the least that anybody who publishes a graph as pages does: for each thing a query for what is said of it and by
which it is named, put into an HTML file as a table of IRIs, once, without a word of what it means. `gather` asks all that
the pages show, `write` lays out and renders them in both languages, `put` moves them to their place. Seconds are of the
process's own work. Take the ratios, not the times.
"""

from __future__ import annotations

import argparse
import html
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
from mandategraph.pipeline.build import build_store, fill
from mandategraph.site.load import gather
from mandategraph.site.pages import files
from mandategraph.site.publish import publish
from mandategraph.store import Store, Triples, open_store
from mandategraph.store.local_swap import publish as publish_store
from mandategraph.synthetic.writing import shipped_template, synthesize

Made = TypeVar("Made")
ABOUT = """
CONSTRUCT { ?thing ?p ?o . ?s ?q ?thing }
WHERE { { GRAPH ?g { ?thing ?p ?o } } UNION { GRAPH ?g { ?s ?q ?thing } } }"""


def main() -> None:
    """Measure each graph and print two lines for it."""
    parser = argparse.ArgumentParser(description="Measure the site.")
    parser.add_argument("--processes", nargs="*", type=int, default=[4], help="made-up graphs of so many processes")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build_store(str(Path(folder) / "shipped"))
        measure("shipped", Path(folder) / "shipped", Path(folder))
        for count in args.processes:
            made = Path(folder) / f"made-{count}"
            synthetic(made, count)
            measure(f"{count} processes", made, Path(folder))


def measure(name: str, where: Path, folder: Path) -> None:
    store = open_store(str(where))
    content, gathering = timed(lambda: gather(store))
    made, writing = timed(lambda: files(content))
    _, putting = timed(lambda: publish(folder / f"site-of-{where.name}", made))
    pages = sum(path.endswith(".html") for path in made)
    ours = (gathering + writing + putting) / pages
    print(f"{name}: {len(content.things)} things, {pages} pages, {sum(map(len, made.values())) / 1e6:.0f} MB")
    print(f"  ours  gather {gathering:.1f} s, write {writing:.1f} s, put {putting:.1f} s, {1000 * ours:.1f} ms a page")
    count, took = timed(lambda: bare(store, list(content.things), folder / f"bare-{where.name}"))
    print(
        f"  bare  {took:.1f} s, {1000 * took / count:.1f} ms a page; ours takes {ours * count / took:.1f} times as long"
    )
    sys.stdout.flush()


def bare(store: Store, things: list[str], folder: Path) -> int:
    """A page for each thing with what is said of it and by which it is named; gives how many."""
    folder.mkdir()
    for number, thing in enumerate(things):
        found = store.query(ABOUT.replace("?thing", f"<{thing}>"))
        assert isinstance(found, Triples)
        rows = ("".join(f"<td>{html.escape(term.value)}</td>" for term in triple) for triple in found.triples)
        page = f"<!doctype html><title>{html.escape(thing)}</title><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    return len(things)


def timed(work: Callable[[], Made]) -> tuple[Made, float]:
    start = time.process_time()
    made = work()
    return made, time.process_time() - start


def synthetic(where: Path, processes: int) -> None:
    """A store of all that is shipped and so many processes more."""

    def both(engine: ox.Store) -> None:
        fill(engine)
        for part in synthesize(processes * shipped_template().meetings):
            engine.load(part, format=ox.RdfFormat.N_QUADS)

    publish_store(where, f"made-{processes}", both)


if __name__ == "__main__":
    main()
