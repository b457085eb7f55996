"""The rooms of the code and how they import each other, read from the source: for the tests and for the picture.

`python tests/architecture.py` prints the picture (Mermaid) of `.github/ARCHITECTURE.md`; `--update` writes it there.
"""

from __future__ import annotations

import argparse
import ast
import re
from pathlib import Path

import networkx

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "graph" / "mandategraph"
PAGE = ROOT / ".github" / "ARCHITECTURE.md"

FLOW = [
    "system", "messages", "rdf", "model", "read", "extract", "intake", "fetch", "emit", "identity", "derive", "store",
    "validate", "answers", "lookup", "query", "ask", "analysis", "export", "site", "pipeline", "synthetic", "api", "serve",
    "commands",
]  # fmt: skip
"""Rooms in the order of the flow: one may import those before it and no other."""

SERVING = ("system", "messages", "rdf", "model")
"""Rooms that serve nearly all others; their arrows would hide the rest of the picture."""

_BLOCK = re.compile(r"```mermaid\n.*?```", re.DOTALL)


def arrows() -> dict[str, set[str]]:
    """For each room the rooms that its modules import, what only type checkers read included."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.glob("*/**/*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mandategraph."):
                found.setdefault(room, set()).add((node.module or "").split(".")[1])
    return {room: others - {room} for room, others in found.items()}


def picture() -> str:
    """The rooms as Mermaid draws them: an arrow leads from a room to one that uses it. An arrow that follows from two
    others is left out, and so are those from the rooms that serve all."""
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for room, others in arrows().items():
        graph.add_node(room)
        graph.add_edges_from((other, room) for other in others if other not in SERVING)
    graph.remove_nodes_from(SERVING)
    reduced = networkx.transitive_reduction(graph)
    order = {room: place for place, room in enumerate(FLOW)}
    drawn = sorted(reduced.edges, key=lambda edge: (order[edge[0]], order[edge[1]]))
    lines = [f"    {one} --> {other}" for one, other in drawn]
    alone = [f"    {room}" for room in FLOW if room in reduced and not reduced.degree(room)]
    return "\n".join(["```mermaid", "flowchart LR", *alone, *lines, "```"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the picture into the page")
    if parser.parse_args().update:
        PAGE.write_text(_BLOCK.sub(lambda _: picture(), PAGE.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    else:
        print(picture())


if __name__ == "__main__":
    main()
