"""SHACL-SPARQL by cases of our own in the form of the W3C suite: sections 5 and 6 of the specification and appendix A.

They follow the specification part by part, as the 23 cases of the suite do: prefixes, results, pre-binding, what may not
be in a query, the shapes graph, components with ASK and SELECT validators. Each file is data, shapes and report in one.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from conformance import Case, key_of, own_cases, shapes
from mandategraph.validate import render, validate_files
from mandategraph.validate.compile.base import BadShapes
from mandategraph.validate.data import of_files
from mandategraph.validate.entry import found
from rdflib import Graph
from reports import comparable

CASES = own_cases(Path(__file__).parents[2] / "fixtures" / "shacl-sparql")

# Where pySHACL is known to differ from the specification.
PYSHACL = {
    "component-ask": "gives no value for ASK validators of property shapes",
    "component-optional": "gives no value for ASK validators of property shapes",
    "failure-bound": "takes ?failure for a result",
    "ill-formed-no-this": "takes queries that do not give $this",
    "node-prefixes": "does not follow owl:imports of prefixes",
    "shapes-graph": "has no $shapesGraph",
}


def name_of(case: Case) -> str:
    return case.data.stem


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 30
    assert len([case for case in CASES if case.wanted is None]) >= 10
    assert all(name_of(case) == case.entry.rpartition("/")[2] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_report_is_the_one_wanted(case: Case) -> None:
    if case.wanted is None:
        with pytest.raises(BadShapes):
            validate_files([case.data], [case.shapes])
        return
    report = validate_files([case.data], [case.shapes])
    assert not report.notes
    assert comparable(Graph().parse(data=render(report, "turtle"), format="turtle")) == case.report()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(strict=True, reason=PYSHACL[name_of(case)]))
        if name_of(case) in PYSHACL
        else case
        for case in CASES
    ],
    ids=name_of,
)
def test_pyshacl_finds_the_same(case: Case) -> None:
    if case.wanted is None:
        with pytest.raises(BadShapes):
            found(of_files([case.data]), shapes(case), "pyshacl")
        return
    results, _ = found(of_files([case.data]), shapes(case), "pyshacl")
    assert Counter(key_of(result) for result in results) == case.wanted


@pytest.mark.parametrize(
    ("name", "code"),
    [("property-sparql", 1), ("node-sparql-plain", 1), ("unsupported-minus", 2), ("ill-formed-no-this", 2)],
)
def test_on_the_command_line(name: str, code: int) -> None:
    (case,) = [case for case in CASES if name_of(case) == name]
    command = [sys.executable, "-m", "mandategraph", "validate", str(case.data), "--shapes", str(case.shapes)]
    done = subprocess.run([*command, "--format", "turtle"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stderr
    if code == 2:
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)
        return
    assert comparable(Graph().parse(data=done.stdout, format="turtle")) == case.report()
