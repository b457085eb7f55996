"""The rooms stay apart: imports go one way, every room is shipped, every part explains itself."""

from __future__ import annotations

import ast
import graphlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import mandategraph
import pytest
from architecture import FLOW, PACKAGE, PAGE, ROOT, imported_rooms, imports, modules, picture
from mandategraph.pipeline.build import made_from
from mandategraph.system.resources import internal_queries

ENTRANCES = {"__init__", "__main__"}


def test_no_room_imports_a_later_one() -> None:
    wrong = []
    for name, module in modules().items():
        imported = imported_rooms(module)
        if module.room in (*FLOW, "cli"):
            later = imported - set(FLOW if module.room == "cli" else FLOW[: FLOW.index(module.room)])
        else:
            assert module.room in ENTRANCES, f"{module.room}: a new room has a place in FLOW"
            later = imported - {"cli", "api", "system"}
        wrong += [f"{name} imports {other}" for other in sorted(later)]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: imports(module, checking=False) - {name} for name, module in modules().items()}
    graphlib.TopologicalSorter(graph).prepare()  # raises CycleError, which names the modules


def test_the_readme_names_every_room_and_every_module_beside_them() -> None:
    told = (ROOT / "graph" / "README.md").read_text(encoding="utf-8")
    alone = {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py", "__main__.py", "cli.py"}
    rooms = {f"mandategraph/{path.parent.name}" for path in PACKAGE.glob("*/__init__.py")}
    assert [name for name in sorted(alone | rooms) if f"`{name}`" not in told] == []


def test_every_module_explains_itself_and_stays_small() -> None:
    wrong = []
    for name, module in modules().items():
        long = [
            node.name
            for node in ast.walk(module.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
        ]
        lines = module.text.count("\n")
        if not ast.get_docstring(module.tree) or lines > 350 or long:
            wrong.append((name, lines, long))
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


def test_no_file_of_tests_imports_another() -> None:
    """What two of them need stands in a module directly in `tests`."""
    files = sorted((ROOT / "tests").rglob("*.py"))
    imported = re.compile(r"^\s*(?:from|import) test_\w+", re.MULTILINE)
    assert [file.name for file in files if imported.search(file.read_text(encoding="utf-8"))] == []
