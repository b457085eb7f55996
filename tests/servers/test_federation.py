"""Our graph and the Secretariat's in one store: the example queries of `queries/federation/`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import rdflib
from mandategraph.pipeline.bulk_load import load_dumps
from mandategraph.store import Rows, Store, open_store
from mandategraph.system import resources

SAMPLES = Path(os.environ.get("MANDATEGRAPH_SAMPLES", Path(__file__).parents[3] / "shared" / "samples"))
QUERIES = Path(__file__).parents[2] / "queries" / "federation"
THEIRS = "http://metadata.cbd.int/kmgbf/"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The shipped graph with the Secretariat's beside it."""
    file = SAMPLES / "kmgbf" / "kmgbf-all.ttl"
    if not file.is_file():
        pytest.skip("the Secretariat's graph is not at hand")
    folder = tmp_path_factory.mktemp("both")
    load_dumps(str(folder), [file], graph=THEIRS)
    store = open_store(str(folder))
    assert THEIRS in store.graphs()
    return store


def asked(store: Store, name: str, numbers: str | None = None) -> list[dict[str, str]]:
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    if numbers:
        text, changed = re.subn(r"VALUES \?number \{[^}]*\}", f"VALUES ?number {{ {numbers} }}", text)
        assert changed == 1
    found = store.query(text)
    assert isinstance(found, Rows)
    return [{key: term.value.rpartition("/")[2] for key, term in row.items()} for row in found.dicts()]


def test_every_target_has_predecessors_or_none(both: Store) -> None:
    """The framework has 23 targets: each is in exactly one of the two answers."""
    with_some = {row["target"] for row in asked(both, "targets-and-their-predecessors")}
    with_none = {row["target"] for row in asked(both, "targets-without-predecessor")}
    assert not with_some & with_none
    assert with_some | with_none == {f"target_{number}" for number in range(1, 24)}


def test_invasive_species_of_annex_1_became_target_6(both: Store) -> None:
    """Annex I, section D, group 1, item 6 speaks of invasive alien species; target 6 is measured by indicator 6.1."""
    rows = [row for row in asked(both, "targets-and-their-predecessors") if row["number"] == "6"]
    assert rows and {row["headline"] for row in rows} == {"indicator_6.1"}


def test_meetings_behind_the_target_on_finance(both: Store) -> None:
    """Annex II, table 1, rows on resource mobilization (286) and the financial mechanism (287) are of SBI-3."""
    rows = [row for row in asked(both, "meetings-behind-a-target") if row["number"] == "19"]
    assert {(row["meeting_code"], row["line"]) for row in rows} >= {("SBI-3", "286"), ("SBI-3", "287")}


def test_meetings_behind_a_target_that_matches_a_subject_of_the_plan_itself(both: Store) -> None:
    """Annex II: ecosystem restoration (table 2, row 1, line 301) and area-based measures (row 4, line 304) have a workshop
    of their own, landscape approaches table 3, row 1 (314); the experts on digital sequence information line 280."""
    rows = asked(both, "meetings-behind-a-target", "1 2 3 13")
    found = {(row["number"], row["meeting_code"], row["line"]) for row in rows}
    table = "WG2020-REC-1-1.annex-2.table-"
    assert found >= {
        ("1", f"{table}3.row-1", "314"),
        ("2", f"{table}2.row-1", "301"),
        ("3", f"{table}2.row-2", "302"),
        ("3", f"{table}2.row-4", "304"),
        ("13", "DSI-AHTEG-2020-01", "280"),
    }
    assert ("2", "ecosystem-restoration") in {(row["number"], row["subject"]) for row in rows}


@pytest.mark.slow
def test_the_examples_run_on_rdflib_too_and_are_no_part_of_the_catalogue(both: Store) -> None:
    data = rdflib.Dataset()
    data.parse(data=both.dump(), format="nquads")
    for file in sorted(QUERIES.glob("*.rq")):
        there = data.query(file.read_text(encoding="utf-8"))
        assert len(list(there)) == len(asked(both, file.stem)), file.name
    assert not {file.name for file in resources.query_files()} & {file.name for file in QUERIES.glob("*.rq")}
