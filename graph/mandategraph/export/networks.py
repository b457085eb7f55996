"""A drawing as a networkx graph, for work in a notebook: parallel arrows stay apart, keyed by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mandategraph.export.columns import Columns
from mandategraph.export.drawing import Drawing
from mandategraph.messages import LANGUAGES

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def to_networkx(drawing: Drawing, languages: tuple[str, ...] = LANGUAGES) -> MultiDiGraph[str]:
    """Nodes by IRI and edges keyed by id, with the columns of every export as their attributes."""
    import networkx

    columns = Columns(drawing, languages)
    made: MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in drawing.nodes.values():
        made.add_node(node.id, **columns.node(node))
    for edge in drawing.edges:
        cells = columns.edge(edge)
        made.add_edge(cells.pop("source"), cells.pop("target"), key=edge.id, **cells)
    return made
