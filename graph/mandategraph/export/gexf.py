"""GEXF 1.3 for Gephi, with the intervals of meetings and the colours, sizes and shapes of the look.

Rule: GEXF 1.3 (gexf.net). Written by hand since networkx writes 1.2 and takes a date for a number. Three things that
Gephi wants and does not tell of: an interval ends after it starts, so it ends at the midnight that closes the last day;
intervals of one thing do not overlap, so such are joined; and parallel arrows have kinds (on import, choose
"Edges merge strategy: don't merge").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TextIO

from mandategraph.export.columns import Cells
from mandategraph.export.drawing import Edge, Node, StatedDates
from mandategraph.export.job import Job
from mandategraph.export.look import colour, family, rgb
from mandategraph.export.markup import attribute

Interval = tuple[date | None, date | None]

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta>
<creator>mandategraph</creator>
<description>Who was asked to do what, by which decision, for which meeting</description>
</meta>
<graph mode="dynamic" timeformat="date" timerepresentation="interval" defaultedgetype="directed" idtype="string">
"""
_NODE_OWN = ("id", "label")
_EDGE_OWN = ("id", "source", "target", "label")
_SHAPES = {"rectangle": "square", "diamond": "diamond", "triangle": "triangle"}
_LONG_AGO, _FAR = date.min, date.max


def write_gexf(job: Job, out: TextIO) -> None:
    """Write the drawing as GEXF 1.3; intervals that had to be joined are counted as merged."""
    columns = job.columns
    out.write(_HEAD)
    _declare(out, "node", columns.node_columns(), _NODE_OWN)
    _declare(out, "edge", columns.edge_columns(), _EDGE_OWN)
    out.write(f'<nodes count="{len(job.drawing.nodes)}">\n')
    for node in job.nodes():
        _write_node(out, node, columns.node(node), _spells(job, node.spans))
    out.write(f'</nodes>\n<edges count="{len(job.drawing.edges)}">\n')
    for edge in job.edges():
        _write_edge(out, edge, columns.edge(edge), _spells(job, [edge.span] if edge.span else []))
    out.write("</edges>\n</graph>\n</gexf>\n")


def intervals(spans: Iterable[StatedDates]) -> list[Interval]:
    """The days of the spans as half-open intervals, in order, those that touch or overlap joined. What is only bounded
    lasts from its first possible day to its last; None where there is no bound."""
    found = sorted((_interval(span) for span in spans if span.dated), key=_key)
    joined: list[Interval] = []
    for start, end in found:
        if joined and _key((start, end))[0] <= _key(joined[-1])[1]:
            before = joined.pop()
            last = None if end is None or before[1] is None else max(end, before[1])
            start, end = before[0], last
        joined.append((start, end))
    return joined


def _interval(span: StatedDates) -> Interval:
    first, last = (date.fromisoformat(day) if day else None for day in span.bounds)
    return first, last + timedelta(days=1) if last else None


def _key(one: Interval) -> tuple[date, date]:
    return one[0] or _LONG_AGO, one[1] or _FAR


def _spells(job: Job, spans: Sequence[StatedDates]) -> str:
    made = intervals(spans)
    job.merged["intervals"] += sum(span.dated for span in spans) - len(made)
    if not made:
        return ""
    lines = []
    for start, end in made:
        bounds = (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")
        lines.append(f"<spell{bounds}/>\n")
    return f"<spells>\n{''.join(lines)}</spells>\n"


def _declare(out: TextIO, kind: str, names: Iterable[str], own: Iterable[str]) -> None:
    out.write(f'<attributes class="{kind}">\n')
    for name in names:
        if name not in own:
            out.write(f'<attribute id="{name}" title="{name}" type="string"/>\n')
    out.write("</attributes>\n")


def _write_node(out: TextIO, node: Node, cells: Cells, spells: str) -> None:
    look = family(node)
    red, green, blue = rgb(look.colour)
    out.write(f"<node id={attribute(node.id)} label={attribute(cells['label'])}>\n")
    _write_values(out, cells, _NODE_OWN)
    out.write(spells)
    out.write(f'<viz:color r="{red}" g="{green}" b="{blue}"/>\n<viz:size value="{look.size}"/>\n')
    out.write(f'<viz:shape value="{_SHAPES.get(look.shape, "disc")}"/>\n</node>\n')


def _write_edge(out: TextIO, edge: Edge, cells: Cells, spells: str) -> None:
    red, green, blue = rgb(colour(edge))
    ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
    out.write(f"<edge id={attribute(edge.id)} {ends} kind={attribute(edge.type)} label={attribute(cells['label'])}>\n")
    _write_values(out, cells, _EDGE_OWN)
    out.write(f'{spells}<viz:color r="{red}" g="{green}" b="{blue}"/>\n</edge>\n')


def _write_values(out: TextIO, cells: Cells, own: Iterable[str]) -> None:
    out.write("<attvalues>\n")
    for name, value in cells.items():
        if name not in own:
            out.write(f'<attvalue for="{name}" value={attribute(value)}/>\n')
    out.write("</attvalues>\n")
