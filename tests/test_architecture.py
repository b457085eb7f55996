"""The rooms stay apart: imports go one way, every room is shipped, every part explains itself."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "graph" / "mandategraph"

FLOW = [
    "read", "extract", "intake", "fetch", "emit", "joining", "derive", "store", "validate", "query", "analysis", "export",
    "site", "serve", "commands", "cli",
]  # fmt: skip
"""Rooms in the order of the flow. One may import those before it; only the last two join everything."""

COMMON = {
    "acts", "codes", "curated", "datasets", "errors", "events", "evidence", "model", "namespaces", "numerals", "recordfile",
    "references", "register", "resources", "sources",
}  # fmt: skip
"""Modules that belong to no room. They import only each other (and `read.text`, which folds texts)."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imported_rooms(path: Path) -> set[str]:
    """First names below `mandategraph` that a module imports, type checking aside."""
    found = set()
    package = ["mandategraph", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            names = [*base, *(node.module.split(".") if node.module else [])]
            if names[:1] == ["mandategraph"]:
                found |= {names[1]} if len(names) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("mandategraph.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_room_imports_a_later_one(path: Path) -> None:
    room = room_of(path)
    imported = imported_rooms(path) - {room, "__version__"}
    if room in FLOW:
        later = set(FLOW[FLOW.index(room) + 1 :]) | ({"build", "loading"} if room not in ("commands", "cli") else set())
        assert not imported & later
    elif room in COMMON:
        assert imported <= COMMON | {"read"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_explains_itself_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 350
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


def test_every_package_is_listed_for_shipping() -> None:
    """Setuptools does not find mapped rooms by itself, so the list is by hand and checked here."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    code = {"mandategraph"} | {
        ".".join(["mandategraph", *p.parent.relative_to(PACKAGE).parts]) for p in PACKAGE.rglob("*/__init__.py")
    }
    rooms = {f"mandategraph.{room}" for room in ("ontology", "queries", "records", "shapes")}
    assert set(listed) == code | rooms


@pytest.mark.parametrize("room", ["graph", "ontology", "queries", "shapes", "tests"])
def test_every_room_has_a_readme(room: str) -> None:
    assert len((ROOT / room / "README.md").read_text(encoding="utf-8").split()) > 30
