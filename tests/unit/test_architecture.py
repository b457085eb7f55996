"""The rooms stay apart: imports go one way, every room is shipped, every part explains itself."""

from __future__ import annotations

import ast
import graphlib
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import mandategraph
import pytest
from architecture import FLOW, PAGE, picture
from mandategraph.pipeline.build import made_from
from mandategraph.system.resources import internal_queries

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "graph" / "mandategraph"

ENTRANCES = {"__init__", "__main__"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def named(path: Path) -> str:
    """The full name of a module."""
    return ".".join(("mandategraph", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


NAMED = {named(path): path for path in MODULES}


def running(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes below one, but for what only type checkers read."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield child
            yield from running(child)


def imports(path: Path, nodes: Iterable[ast.AST]) -> set[str]:
    """The modules of ours that a module imports."""
    found = set()
    package = ["mandategraph", *path.relative_to(PACKAGE).parent.parts]
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*base, *(node.module.split(".") if node.module else [])])
            inner = {f"{whole}.{alias.name}" for alias in node.names}
            found |= inner & NAMED.keys() or {whole} & NAMED.keys()
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & NAMED.keys()
    return found


def imported_rooms(path: Path) -> set[str]:
    """First names below `mandategraph` that a module imports, type checking included."""
    whole = imports(path, ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {name.split(".")[1] for name in whole - {"mandategraph"}}


def test_no_room_imports_a_later_one() -> None:
    wrong = []
    for path in MODULES:
        room = room_of(path)
        imported = imported_rooms(path) - {room}
        if room in (*FLOW, "cli"):
            later = imported - set(FLOW if room == "cli" else FLOW[: FLOW.index(room)])
        else:
            assert room in ENTRANCES, f"{room}: a new room has a place in FLOW"
            later = imported - {"cli", "api", "system"}
        wrong += [f"{path.relative_to(PACKAGE)} imports {other}" for other in sorted(later)]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        name: imports(path, running(ast.parse(path.read_text(encoding="utf-8")))) - {name, "mandategraph"}
        for name, path in NAMED.items()
    }
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError, which names the modules


def test_the_readme_names_every_room_and_every_module_beside_them() -> None:
    told = (ROOT / "graph" / "README.md").read_text(encoding="utf-8")
    alone = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py", "__main__.py", "cli.py"}
    rooms = {f"mandategraph/{path.parent.name}" for path in PACKAGE.glob("*/__init__.py")}
    assert [name for name in sorted(alone | rooms) if f"`{name}`" not in told] == []


def test_every_module_explains_itself_and_stays_small() -> None:
    wrong = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        long = [
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
        ]
        if not ast.get_docstring(tree) or text.count("\n") > 350 or long:
            wrong.append((str(path.relative_to(PACKAGE)), text.count("\n"), long))
    assert wrong == []


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


_FILLED = """
import json, sys, mandategraph.pipeline.build, pyoxigraph
before = set(sys.modules)
mandategraph.pipeline.build.fill(pyoxigraph.Store())
print(json.dumps([sys.modules[one].__file__ for one in set(sys.modules) - before if one.startswith("mandategraph.")]))
"""


def test_whatever_runs_to_fill_a_store_counts_among_what_it_is_made_from() -> None:
    """Else a store would not be built again after a change of it."""
    ran = json.loads(subprocess.run([sys.executable, "-c", _FILLED], stdout=subprocess.PIPE, check=True).stdout)
    installed = Path(mandategraph.__file__).parent  # the package under test, wherever it lies
    code = {Path(one) for one in ran if one and Path(one).is_relative_to(installed) and _does_something(Path(one))}
    assert {installed / "model" / "paragraph_records.py", installed / "emit" / "computed.py"} <= code
    assert code <= {Path(str(one)) for one in made_from()}
    asked = {str(one) for one in internal_queries("derive").values()}
    assert asked and asked <= {str(one) for one in made_from()}


def _does_something(module: Path) -> bool:
    """Whether a module holds more than its docstring."""
    return any(not isinstance(node, ast.Expr) for node in ast.parse(module.read_text(encoding="utf-8")).body)


def test_the_picture_of_the_architecture_is_that_of_the_code() -> None:
    assert picture() in PAGE.read_text(encoding="utf-8"), "run 'python tests/architecture.py --update'"
