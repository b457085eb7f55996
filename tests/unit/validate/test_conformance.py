"""The W3C test suite of SHACL Core through both engines: every case, every result, nothing else."""

from __future__ import annotations

from collections import Counter

import pytest
from conformance import FOLDER, Case, cases, key_of, shapes
from mandategraph.validate import render, validate_files
from mandategraph.validate.data import of_files
from mandategraph.validate.entry import ENGINES, found
from rdflib import Graph
from reports import comparable

CORE = cases("shacl-core")
SPARQL = cases("shacl-sparql")
MISSING = f"the W3C cases are not at hand ({FOLDER.name} beside the project, or MANDATEGRAPH_CONFORMANCE)"

# What Oxigraph cannot keep as written goes to pySHACL as a whole; these alone.
HANDED = {"property/datatype-ill-formed", "node/maxExclusive-001", "node/minExclusive-001"}


@pytest.mark.skipif(not CORE, reason=MISSING)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CORE, ids=lambda case: case.name)
def test_core(case: Case, engine: str) -> None:
    results, notes = found(of_files([case.data]), shapes(case), engine)
    assert Counter(key_of(result) for result in results) == case.wanted
    if engine == "compiled" and case.name not in HANDED:
        assert not [note for note in notes if "handed" in note]


@pytest.mark.skipif(not CORE, reason=MISSING)
@pytest.mark.parametrize("case", [case for case in CORE if case.wanted is not None], ids=lambda case: case.name)
def test_the_report_in_turtle_is_the_graph_wanted(case: Case) -> None:
    report = validate_files([case.data], [case.shapes])
    assert comparable(Graph().parse(data=render(report, "turtle"), format="turtle")) == case.report()


@pytest.mark.skipif(not CORE, reason=MISSING)
def test_no_case_is_lost() -> None:
    assert len(CORE) >= 98
    assert sum(sum(case.wanted.values()) for case in CORE if case.wanted) >= 140


@pytest.mark.skipif(not SPARQL, reason="the W3C cases of SHACL-SPARQL are not at hand")
@pytest.mark.parametrize("case", SPARQL, ids=lambda case: case.name)
def test_sparql(case: Case) -> None:
    if case.wanted is None:
        with pytest.raises(Exception, match="."):
            found(of_files([case.data]), shapes(case))
        return
    results, _ = found(of_files([case.data]), shapes(case))
    assert Counter(key_of(result) for result in results) == case.wanted
