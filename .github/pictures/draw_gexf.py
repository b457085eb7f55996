"""Draws a GEXF file with the colours and sizes that it carries, as Gephi shows them; Graphviz finds the places.

python .github/pictures/draw_gexf.py FILE.gexf PICTURE.png
"""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
_HEAD = """graph [outputorder=edgesfirst, overlap=scale, splines=line, size="10,7.5", dpi=100, ratio=compress]
node [style=filled, fixedsize=true, fontname="sans-serif", fontsize=16, penwidth=0.5]
edge [arrowsize=0.5, penwidth=0.7]
"""


def main() -> None:
    """Draw the first file into the second."""
    root = ElementTree.parse(sys.argv[1]).getroot()
    lines = ["digraph {", _HEAD]
    for node in root.iter(f"{GEXF}node"):
        size = float(node.find(f"{VIZ}size").get("value", "1")) / 20  # type: ignore[union-attr]
        short = next((one.get("value", "") for one in node.iter(f"{GEXF}attvalue") if one.get("for") == "short"), "")
        label = short if len(short) < 14 else ""
        lines.append(
            f'"{node.get("id")}" [label="", xlabel="{label}", width={size}, height={size}, color="#333333", fillcolor="{colour(node)}"]'
        )
    for edge in root.iter(f"{GEXF}edge"):
        lines.append(f'"{edge.get("source")}" -> "{edge.get("target")}" [color="{colour(edge)}60"]')
    text = "\n".join([*lines, "}"])
    subprocess.run(["sfdp", "-Tpng", "-o", sys.argv[2]], input=text.encode(), check=True)


def colour(element: ElementTree.Element) -> str:
    """The colour of a thing or arrow, as ``#rrggbb``."""
    found = element.find(f"{VIZ}color")
    return "#" + "".join(f"{int(found.get(part, '0')):02x}" for part in "rgb")  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
