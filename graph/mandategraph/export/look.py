"""How things and arrows look, the same in every drawing tool: a colour and a shape for each family of things, a line for
each degree of commitment. The colours stay apart for people who see colours differently (after Okabe and Ito)."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.export.drawing import Edge, Node
from mandategraph.rdf import namespaces

SOLID, DASHED, DOTTED = "solid", "dashed", "dotted"


@dataclass(frozen=True, slots=True)
class Family:
    """Things that are drawn alike: class of the ontology, colour (``#rrggbb``), and shape by the name that Graphviz and
    Cytoscape.js both know; ``size`` is in the units of Gephi."""

    kind: str
    colour: str
    shape: str
    size: float


FAMILIES = (
    Family("Meeting", "#0072B2", "ellipse", 14.0),
    Family("Document", "#E69F00", "rectangle", 10.0),
    Family("Actor", "#009E73", "hexagon", 10.0),
    Family("Element", "#CC79A7", "octagon", 8.0),
    Family("Concept", "#CC79A7", "octagon", 8.0),
    Family("Place", "#F0E442", "diamond", 8.0),
    Family("AgendaItem", "#56B4E9", "triangle", 6.0),
    Family("Provision", "#D55E00", "rectangle", 6.0),
)
OTHER = Family("Thing", "#999999", "ellipse", 6.0)

FEEDS_COLOUR = "#000000"
EDGE_COLOUR = "#7F7F7F"
_LINES = {"may": DASHED, "expected": DASHED}


def family(node: Node) -> Family:
    """The family of a thing, by its narrowest class that has one."""
    return next((one for kind in node.kinds for one in FAMILIES if one.kind == kind), OTHER)


def line(edge: Edge) -> str:
    """Solid for what is firm, dashed for what may come, dotted for what somebody would have otherwise."""
    if edge.type == "would-move":
        return DOTTED
    modality = next((namespaces.compact(value) for value in edge.values("modality")), "")
    return _LINES.get(modality, SOLID)


def colour(edge: Edge) -> str:
    """Black for what one meeting hands to another, grey for all else."""
    return FEEDS_COLOUR if edge.type == "feeds" else EDGE_COLOUR


def rgb(colour: str) -> tuple[int, int, int]:
    """``#0072B2`` -> (0, 114, 178)."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
