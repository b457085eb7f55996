"""Mermaid, for a drawing in a page of Markdown. Rule: mermaid.js.org, "Flowcharts" (edge ids need Mermaid 11.3 or later).

A flowchart shows labels only. So that nothing is lost, the columns of each thing and arrow stand in a comment above it,
as the members of a JSON object, and every thing links to its IRI.
"""

from __future__ import annotations

import json
from typing import TextIO

from mandategraph.export.columns import Cells
from mandategraph.export.job import Job
from mandategraph.export.look import DASHED, DOTTED, FAMILIES, OTHER, family, line

LIMIT = 500
"""The arrows that a page draws unless its own settings allow more (``maxEdges``)."""

_SHAPES = {"rectangle": ("[", "]"), "hexagon": ("{{", "}}"), "diamond": ("{", "}"), "octagon": ("(", ")")}
_ROUND = ("([", "])")
_ARROWS = {DASHED: "-.->", DOTTED: "-.->"}
_ENTITIES = {character: f"#{ord(character)};" for character in '#&;"<>`\\'}


def write_mermaid(job: Job, out: TextIO) -> None:
    """Write the drawing as a flowchart from left to right."""
    columns = job.columns
    out.write("flowchart LR\n")
    for one in (*FAMILIES, OTHER):
        out.write(f"classDef {one.kind} fill:{one.colour}80,stroke:#333\n")
    names: dict[str, str] = {}
    for node in job.nodes():
        names[node.id] = name = f"n{len(names)}"
        look = family(node)
        opening, closing = _SHAPES.get(look.shape, _ROUND)
        cells = columns.node(node)
        out.write(_comment(name, cells))
        out.write(f'{name}{opening}"{_shown(cells["label"])}"{closing}:::{look.kind}\n')
        out.write(f'click {name} href "{_shown(node.id)}"\n')
    for number, edge in enumerate(job.edges()):
        cells = columns.edge(edge)
        out.write(_comment(f"e{number}", cells))
        arrow = _ARROWS.get(line(edge), "-->")
        out.write(f'{names[edge.source]} e{number}@{arrow}|"{_shown(cells["label"])}"| {names[edge.target]}\n')


def _comment(name: str, cells: Cells) -> str:
    text = json.dumps(cells, ensure_ascii=False)[1:-1]
    # A brace in a comment may be taken for a directive.
    return f"%% {name} {text.replace('{', chr(92) + 'u007b').replace('}', chr(92) + 'u007d')}\n"


def _shown(label: str) -> str:
    return "".join(_ENTITIES.get(character, character) for character in " ".join(label.split()))
