"""Our graph and the Secretariat's in one store: the example queries of `queries/federation/`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import rdflib
from mandategraph import resources
from mandategraph.bulk import load_dumps
from mandategraph.store import Rows, Store, open_store

SAMPLES = Path(os.environ.get("MANDATEGRAPH_SAMPLES", Path(__file__).parents[2] / "shared" / "samples"))
QUERIES = Path(__file__).parents[1] / "queries" / "federation"
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


def asked(store: Store, name: str) -> list[dict[str, str]]:
    found = store.query((QUERIES / f"{name}.rq").read_text(encoding="utf-8"))
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


def test_the_examples_run_on_rdflib_too_and_are_no_part_of_the_catalogue(both: Store) -> None:
    data = rdflib.Dataset()
    data.parse(data=both.dump(), format="nquads")
    for file in sorted(QUERIES.glob("*.rq")):
        there = data.query(file.read_text(encoding="utf-8"))
        assert len(list(there)) == len(asked(both, file.stem)), file.name
    assert not {file.name for file in resources.query_files()} & {file.name for file in QUERIES.glob("*.rq")}
