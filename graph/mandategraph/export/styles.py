"""Style files that make a drawing look the same in Cytoscape (``.xml``) and Cytoscape.js (``.json``) as elsewhere.

Rule: Cytoscape's vizmap documents 3.1 (File, Import, Styles from File), and Cytoscape.js, "Style". Gephi needs none: a
GEXF file carries its colours, sizes and shapes itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mandategraph.export.drawing import Drawing
from mandategraph.export.look import DASHED, DOTTED, EDGE_COLOUR, FEEDS_COLOUR, OTHER, Family, family
from mandategraph.export.markup import attribute

_DASHED = ("may", "expected")
_FONT = 12
_WIDEST_LABEL = 140


def write_vizmap(drawing: Drawing) -> str:
    """The style for the desktop program."""
    looks = _looks(drawing)
    fill = _discrete("type", {type: look.colour for type, look in looks.items()})
    shape = _discrete("type", {type: look.shape.upper() for type, look in looks.items()})
    line = _discrete("modality", dict.fromkeys(_DASHED, "EQUAL_DASH"))
    paint = _discrete("type", {"feeds": FEEDS_COLOUR})
    node = {
        "NODE_FILL_COLOR": (OTHER.colour, fill), "NODE_SHAPE": (OTHER.shape.upper(), shape), "NODE_SIZE": ("35.0", ""),
        "NODE_BORDER_WIDTH": ("1.0", ""), "NODE_BORDER_PAINT": ("#333333", ""), "NODE_LABEL": ("", _through("short")),
        "NODE_LABEL_FONT_SIZE": (str(_FONT), ""), "NODE_LABEL_WIDTH": (str(_WIDEST_LABEL), ""),
        "NODE_TOOLTIP": ("", _through("source")),
    }  # fmt: skip
    edge = {
        "EDGE_LINE_TYPE": ("SOLID", line), "EDGE_TARGET_ARROW_SHAPE": ("DELTA", ""), "EDGE_WIDTH": ("1.5", ""),
        "EDGE_STROKE_UNSELECTED_PAINT": (EDGE_COLOUR, paint), "EDGE_UNSELECTED_PAINT": (EDGE_COLOUR, paint),
        "EDGE_TARGET_ARROW_UNSELECTED_PAINT": (EDGE_COLOUR, paint), "EDGE_LABEL": ("", _through("label")),
        "EDGE_LABEL_FONT_SIZE": ("8", ""), "EDGE_TOOLTIP": ("", _through("evidence")),
    }  # fmt: skip
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<vizmap id="mandategraph" documentVersion="3.1">\n'
        '<visualStyle name="mandategraph">\n<network>\n'
        '<visualProperty default="#FFFFFF" name="NETWORK_BACKGROUND_PAINT"/>\n</network>\n'
        f'<node>\n<dependency value="true" name="nodeSizeLocked"/>\n{_properties(node)}</node>\n'
        f'<edge>\n<dependency value="false" name="arrowColorMatchesEdge"/>\n{_properties(edge)}</edge>\n'
        "</visualStyle>\n</vizmap>\n"
    )


def write_cytoscape_js(drawing: Drawing) -> str:
    """The style for a page with Cytoscape.js: a list of selectors, most general first."""
    node = {
        "label": "data(short)", "text-wrap": "wrap", "text-max-width": f"{_WIDEST_LABEL}px", "font-size": _FONT,
        "text-valign": "bottom", "text-margin-y": 3, "width": 26, "height": 26,
        "background-color": OTHER.colour, "border-width": 1, "border-color": "#333",
    }  # fmt: skip
    edge = {
        "label": "data(label)", "font-size": 9, "text-rotation": "autorotate", "width": 1.5, "text-background-color": "#fff",
        "text-background-opacity": 0.85, "line-color": EDGE_COLOUR,
        "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": EDGE_COLOUR,
    }  # fmt: skip
    rules: list[dict[str, Any]] = [{"selector": "node", "style": node}, {"selector": "edge", "style": edge}]
    for type, look in _looks(drawing).items():
        shown = {"background-color": look.colour, "shape": look.shape}
        rules.append({"selector": f'node[type = "{type}"]', "style": shown})
    feeds = {"line-color": FEEDS_COLOUR, "target-arrow-color": FEEDS_COLOUR}
    rules.append({"selector": 'edge[type = "feeds"]', "style": feeds})
    for modality in _DASHED:
        rules.append({"selector": f'edge[modality = "{modality}"]', "style": {"line-style": DASHED}})
    rules.append({"selector": 'edge[type = "would-move"]', "style": {"line-style": DOTTED}})
    return json.dumps(rules, indent=1) + "\n"


STYLES = {".xml": write_vizmap, ".json": write_cytoscape_js}
"""Suffix of the style file -> who writes it."""


def _looks(drawing: Drawing) -> dict[str, Family]:
    return dict(sorted({node.type: family(node) for node in drawing.nodes.values()}.items()))


def _properties(found: Mapping[str, tuple[str, str]]) -> str:
    return "".join(
        f'<visualProperty default="{default}" name="{name}">{mapping}</visualProperty>\n'
        for name, (default, mapping) in found.items()
    )


def _discrete(column: str, values: Mapping[str, str]) -> str:
    entries = "".join(
        f'<discreteMappingEntry attributeValue={attribute(value)} value="{shown}"/>' for value, shown in values.items()
    )
    return f'<discreteMapping attributeName="{column}" attributeType="string">{entries}</discreteMapping>'


def _through(column: str) -> str:
    return f'<passthroughMapping attributeName="{column}" attributeType="string"/>'
