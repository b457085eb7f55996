"""Cytoscape JSON (``.cyjs``), read by Cytoscape and by Cytoscape.js. Rule: Cytoscape.js, "Elements JSON"; ``name``,
``shared name`` and ``interaction`` are what the desktop program shows and styles by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from mandategraph.export.columns import Cells
from mandategraph.export.job import Job

_HEAD = (
    '{"format_version": "1.0", "generated_by": "mandategraph", "target_cytoscapejs_version": "~3.0",\n'
    '"data": {"name": "mandategraph", "shared_name": "mandategraph"},\n"elements": {'
)


def write_cyjs(job: Job, out: TextIO) -> None:
    """Write the drawing as Cytoscape JSON, an element a line."""
    columns = job.columns
    out.write(_HEAD)
    out.write('"nodes": [')
    _write_all(out, (_node(columns.node(node)) for node in job.nodes()))
    out.write('],\n"edges": [')
    _write_all(out, (_edge(columns.edge(edge)) for edge in job.edges()))
    out.write("]}}\n")


def _node(cells: Cells) -> Cells:
    return cells | {"name": cells["label"], "shared name": cells["label"]}


def _edge(cells: Cells) -> Cells:
    return cells | {"name": cells["label"], "shared name": cells["id"], "interaction": cells["type"]}


def _write_all(out: TextIO, elements: Iterator[Cells]) -> None:
    joint = "\n"
    for cells in elements:
        out.write(joint + json.dumps({"data": cells}, ensure_ascii=False))
        joint = ",\n"
    out.write("\n")
