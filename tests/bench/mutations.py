"""Mutants of the modules that decide: one comparison, operator, constant or condition changed at a time, in a copy of the
code, against the tests that are meant to notice.

`python tests/bench/mutations.py` runs all; with module names (`derive/changes.py`) only these. It prints the mutants that
no test noticed and, of those in `survivors.txt` beside this file, which are argued there; it ends with 1 where one is not.
The usual programs (mutmut, cosmic-ray) change files in place or run from a copy of the whole project; neither finds the
rooms that the package takes from beside it (`ontology/`, `queries/`), so the few operators that matter here are changed by
this program itself.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "graph" / "mandategraph"
ARGUED = Path(__file__).with_name("survivors.txt")

TESTS = {
    "derive/changes.py": ["unit/derive/test_schedule_changes.py"],
    "derive/deadlines.py": ["unit/derive/test_deadline_days.py"],
    "query/negative_answers.py": ["unit/query/test_kinds_of_no.py"],
    "analysis/times.py": ["unit/analysis/test_made_up_plans.py"],
    "analysis/impact.py": ["unit/analysis/test_made_up_moves.py"],
    "analysis/earliest_opening.py": ["unit/analysis/test_made_up_moves.py"],
    "analysis/chains.py": ["unit/analysis/test_made_up_chains.py"],
    "analysis/coverage.py": ["unit/analysis/test_made_up_coverage.py"],
    "analysis/conflicts.py": ["unit/analysis/test_made_up_conflicts.py"],
    "emit/computed.py": ["unit/emit/test_computed.py"],
    "analysis/back_to_back.py": ["unit/analysis/test_made_up_plans.py"],
    "analysis/changes.py": ["unit/analysis/test_made_up_plans.py"],
}
"""The modules that decide, and the tests that are to notice a change of each."""

_COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
             ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In}  # fmt: skip
_COMPUTED = {ast.Add: ast.Sub, ast.Sub: ast.Add}


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Each mutant of a module: the line, the function and what was changed in it, and the whole source."""
    tree = ast.parse(source)
    homes = _homes(tree)
    for number, node in enumerate(ast.walk(tree)):
        for told, change in _changes(node):
            mutated = copy.deepcopy(tree)
            change(next(one for at, one in enumerate(ast.walk(mutated)) if at == number))
            yield getattr(node, "lineno", 0), f"{homes[node]}: {told}", ast.unparse(ast.fix_missing_locations(mutated))


def _homes(tree: ast.AST) -> dict[ast.AST, str]:
    """The name of the function or class that each node stands in."""
    homes: dict[ast.AST, str] = {}

    def walk(node: ast.AST, home: str) -> None:
        homes[node] = home
        inner = node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else home
        for child in ast.iter_child_nodes(node):
            walk(child, inner)

    walk(tree, "module")
    return homes


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
        new = _COMPARED[type(node.ops[0])]
        yield f"{ast.unparse(node)}: {new.__name__}", lambda one: one.ops.__setitem__(0, new())
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED:
        other = _COMPUTED[type(node.op)]
        yield f"{ast.unparse(node)}: {other.__name__}", lambda one: setattr(one, "op", other())
        if isinstance(node.op, ast.Sub):  # days and sets cannot be added: only this changes what comes out of them
            yield f"{ast.unparse(node)}: sides swapped", _swap
    elif isinstance(node, ast.BoolOp):
        turned = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{ast.unparse(node)}: {turned.__name__}", lambda one: setattr(one, "op", turned())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        doubled = ast.UnaryOp(ast.Not(), node.operand)  # of texts and lists too, `not not` keeps what is true of them
        yield f"{ast.unparse(node)}: without not", lambda one: setattr(one, "operand", doubled)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value}: turned round", lambda one: setattr(one, "value", not one.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield f"{node.value}: one more", lambda one: setattr(one, "value", one.value + 1)


def _swap(one: ast.BinOp) -> None:
    one.left, one.right = one.right, one.left


def noticed(module: str, source: str, tests: list[str]) -> bool:
    """Whether a test fails, or ends in no time, with this source in the place of the module."""
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(PACKAGE, Path(scratch) / "mandategraph", ignore=shutil.ignore_patterns("__pycache__"))
        (Path(scratch) / "mandategraph" / module).write_text(source, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": scratch, "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": scratch}
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-n",
            "0",
            "-p",
            "no:cacheprovider",
            *(f"tests/{one}" for one in tests),
        ]
        try:
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False)
        except subprocess.TimeoutExpired:
            return True
        return done.returncode != 0


def main() -> int:
    """Run the mutants; 1 where one survives that is not argued."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", choices=[[], *TESTS], default=[], metavar="MODULE")
    wanted = parser.parse_args().modules or list(TESTS)
    argued = {line.partition("  #")[0].strip() for line in ARGUED.read_text(encoding="utf-8").splitlines()}
    failures = 0
    for module in wanted:
        source = (PACKAGE / module).read_text(encoding="utf-8")
        if noticed(module, source, TESTS[module]):
            print(f"{module}: its tests fail as it is, so they tell nothing", flush=True)
            failures += 1
            continue
        count = lived = 0
        for line, told, mutated in mutants(source):
            count += 1
            if noticed(module, mutated, TESTS[module]):
                continue
            lived += 1
            known = f"{module}: {told}" in argued
            failures += not known
            print(f"{module}: {told}  # line {line}{', argued' if known else ''}", flush=True)
        print(f"{module}: {count - lived} of {count} noticed", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
