"""DOT for Graphviz. Rule: graphviz.org, "DOT Language". All columns stand as attributes, which every reader of DOT keeps;
labels are escaped so that Graphviz shows them as they are."""

from __future__ import annotations

from typing import TextIO

from mandategraph.export.columns import Cells
from mandategraph.export.job import Job
from mandategraph.export.look import colour, family, line

_HEAD = """\
digraph mandategraph {
graph [rankdir=LR, charset="UTF-8", fontname="Noto Sans CJK SC,Noto Sans,sans-serif"]
node [style=filled, fontname="Noto Sans CJK SC,Noto Sans,sans-serif"]
edge [fontname="Noto Sans CJK SC,Noto Sans,sans-serif"]
"""
_SHOWN = ("label",)  # Graphviz takes a backslash in these for the start of an escape


def write_dot(job: Job, out: TextIO) -> None:
    """Write the drawing as a directed graph in DOT."""
    columns = job.columns
    out.write(_HEAD)
    for node in job.nodes():
        look = family(node)
        cells = columns.node(node) | {"fillcolor": look.colour + "80", "shape": look.shape, "URL": node.id}
        out.write(f"{_quoted(node.id)} [{_attributes(cells)}]\n")
    for edge in job.edges():
        cells = columns.edge(edge) | {"style": line(edge), "color": colour(edge)}
        ends = f"{_quoted(cells.pop('source'))} -> {_quoted(cells.pop('target'))}"
        out.write(f"{ends} [{_attributes(cells)}]\n")
    out.write("}\n")


def _attributes(cells: Cells) -> str:
    return ", ".join(
        f"{_quoted(name) if ' ' in name else name}={_quoted(_plain(value) if name in _SHOWN else value)}"
        for name, value in cells.items()
    )


def _plain(value: str) -> str:
    return value.replace("\\", "\\\\")


def _quoted(value: str) -> str:
    # In a DOT string only the quote needs an escape; a backslash at the end would escape the closing quote.
    text = value.replace("\x00", "").replace('"', '\\"')
    return f'"{text} "' if _odd_backslashes(text) else f'"{text}"'


def _odd_backslashes(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1
