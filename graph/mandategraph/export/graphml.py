"""GraphML for Cytoscape, yEd and networkx, written row by row: networkx's own writer keeps the whole document in memory.

Rule: GraphML specification 1.0 (graphml.graphdrawing.org). Every column is a key of type string; arrows keep their ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from mandategraph.export.columns import Cells
from mandategraph.export.job import Job
from mandategraph.export.markup import attribute, content

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_NODE_OWN = ("id",)
_EDGE_OWN = ("id", "source", "target")


def write_graphml(job: Job, out: TextIO) -> None:
    """Write the drawing as GraphML."""
    columns = job.columns
    out.write(_HEAD)
    for kind, names, own in (
        ("node", columns.node_columns(), _NODE_OWN),
        ("edge", columns.edge_columns(), _EDGE_OWN),
    ):
        for name in names:
            if name not in own:
                out.write(f'<key id="{kind}.{name}" for="{kind}" attr.name="{name}" attr.type="string"/>\n')
    out.write('<graph id="mandategraph" edgedefault="directed">\n')
    for node in job.nodes():
        cells = columns.node(node)
        out.write(f"<node id={attribute(node.id)}>\n")
        out.writelines(_data("node", cells, _NODE_OWN))
        out.write("</node>\n")
    for edge in job.edges():
        cells = columns.edge(edge)
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
        out.write(f"<edge id={attribute(edge.id)} {ends}>\n")
        out.writelines(_data("edge", cells, _EDGE_OWN))
        out.write("</edge>\n")
    out.write("</graph>\n</graphml>\n")


def _data(kind: str, cells: Cells, own: Iterable[str]) -> Iterable[str]:
    for name, value in cells.items():
        if name not in own:
            yield f'<data key="{kind}.{name}">{content(value)}</data>\n'
