"""The rooms of the code and how they import each other, read from the source: for the tests and for the picture.

`python tests/architecture.py` prints the picture (Mermaid) of `.github/ARCHITECTURE.md`; `--update` writes it there.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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


@dataclass(frozen=True)
class Module:
    """A module of ours: its path, its text, and what stands in it."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its full name."""
        parts = self.path.relative_to(PACKAGE).with_suffix("").parts
        return ".".join(("mandategraph", *parts)).removesuffix(".__init__")

    @property
    def room(self) -> str:
        """The room that it stands in; its own name, where it stands beside the rooms."""
        return self.path.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def modules() -> dict[str, Module]:
    """By full name: all modules, each read once."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        module = Module(path, text, ast.parse(text))
        found[module.name] = module
    return found


@cache
def imports(module: Module, checking: bool = True) -> frozenset[str]:
    """The modules of ours that a module imports, by full name; `checking`: those too that only type checkers read."""
    found: set[str] = set()
    package = ["mandategraph", *module.path.relative_to(PACKAGE).parent.parts]
    for node in _imports(module.tree.body, checking):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*base, *(node.module.split(".") if node.module else [])])
            inner = {f"{whole}.{alias.name}" for alias in node.names}
            found |= inner & modules().keys() or {whole} & modules().keys()
        else:
            found |= {alias.name for alias in node.names} & modules().keys()
    return frozenset(found - {"mandategraph"})


def _imports(statements: Sequence[ast.AST], checking: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports among these statements and within them."""
    for node in statements:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        if checking or not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            for within in ("body", "orelse", "handlers", "cases", "finalbody"):
                yield from _imports(getattr(node, within, ()), checking)


def imported_rooms(module: Module) -> set[str]:
    """The other rooms that a module imports from, type checking included."""
    return {name.split(".")[1] for name in imports(module)} - {module.room}


def arrows() -> dict[str, set[str]]:
    """For each room the rooms that its modules import."""
    found: dict[str, set[str]] = {}
    for module in modules().values():
        if module.path.parent != PACKAGE:
            found.setdefault(module.room, set()).update(imported_rooms(module))
    return found


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
