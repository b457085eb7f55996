"""Tables of things and of arrows, for spreadsheets, Gephi's data laboratory and Cytoscape's table import."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from mandategraph.export.columns import Cells
from mandategraph.export.job import Job

NODES, EDGES = "nodes.csv", "edges.csv"
_BOM = "\ufeff"


def write_csv(job: Job, folder: Path) -> None:
    """Write ``nodes.csv`` and ``edges.csv`` into a folder."""
    for name, write in ((NODES, write_nodes), (EDGES, write_edges)):
        with (folder / name).open("w", encoding="utf-8", newline="") as out:
            write(job, out)


def write_nodes(job: Job, out: TextIO) -> None:
    """Write the things, one a row."""
    columns = job.columns
    _write(job, out, columns.node_columns(), map(columns.node, job.nodes()))


def write_edges(job: Job, out: TextIO) -> None:
    """Write the arrows, one a row."""
    columns = job.columns
    _write(job, out, columns.edge_columns(), map(columns.edge, job.edges()))


def _write(job: Job, out: TextIO, names: tuple[str, ...], rows: Iterable[Cells]) -> None:
    if job.bom:
        out.write(_BOM)
    table = csv.DictWriter(out, names, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
