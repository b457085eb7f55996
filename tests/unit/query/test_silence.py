"""Three kinds of no: computed from what documents speak of and from their periods, the same in every format."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from mandategraph import cli
from mandategraph.answers.answer import Answer
from mandategraph.answers.grid import Layout
from mandategraph.answers.write_answer import ROW_FORMATS, WITHOUT_ROOM, write_answer
from mandategraph.pipeline.as_of import store_as_of
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import Runner
from mandategraph.store import Store
from mandategraph.store.embedded import OxigraphStore, copied

PLAN, OVERVIEW = "CBD/WG2020/REC/1/1", "overview-after-WG2020-2"


@pytest.fixture(scope="module")
def both(shipped_store: Store) -> Store:
    """Plan and overview."""
    return shipped_store


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """What was known when the plan came out."""
    return store_as_of(str(tmp_path_factory.mktemp("none")), "2019-08-30")


def asked(store: Store, name: str, **params: str) -> Answer:
    return Runner(store).answer(Catalogue().find(name)[0], {key: [value] for key, value in params.items()})


def test_a_document_in_whose_period_it_falls_is_silent(both: Store) -> None:
    # R 33 puts WG2020-3 in July 2020, in the overview's period; the overview says nothing of Cali or another place.
    answer = asked(both, "offers-taken-up", meeting="WG2020-3")
    assert answer.status == "not-stated"
    assert OVERVIEW in answer.note["en"] and OVERVIEW in answer.note["zh"] and PLAN not in answer.note["en"]


def test_a_plan_cannot_be_silent_on_what_came_after_it(plan: Store) -> None:
    for name, params in (("passed-on-in-practice", {"meeting": "WG2020-3"}), ("changes-of-mode", {})):
        answer = asked(plan, name, **params)
        assert answer.status == "not-covered", name
        assert PLAN in answer.note["en"] and OVERVIEW not in answer.note["en"]
    # What the plan itself is to say, it can be silent on: no row hands anything to WG2020-1, which R 7 closes.
    assert asked(plan, "meetings-that-feed-a-meeting", meeting="WG2020-1").status == "not-stated"


def test_what_no_document_speaks_of_is_not_covered(both: Store) -> None:
    # Decisions of the meetings of the Parties to the Nagoya Protocol are cited; that body itself is not spoken of.
    answer = asked(both, "asked-of-an-actor", actor="NP-MOP")
    assert answer.status == "not-covered" and "2021-06-18" in answer.note["zh"]


def test_a_document_without_a_period_is_silent_only_on_what_it_speaks_of(both: Store) -> None:
    # R 7 closes with WG2020-1; R speaks of it, and says of nothing that it is handed to that meeting.
    content = ox.Store()
    content.extend(
        quad for quad in copied(both).engine if not quad.predicate.value.endswith(("coversFrom", "coversTo"))
    )
    undated = OxigraphStore("undated", content)
    answer = asked(undated, "meetings-that-feed-a-meeting", meeting="WG2020-1")
    assert answer.status == "not-stated" and f"{PLAN} (period not known)" in answer.note["en"]
    assert asked(undated, "changes-of-a-kind", kind="advanced").status == "not-covered"
    assert asked(undated, "calls-with-deadlines").status == "not-covered"


def test_only_documents_with_such_statements_count_as_silent(both: Store) -> None:
    answer = asked(both, "parties-that-hold-positions")
    assert answer.status == "not-stated"
    assert PLAN in answer.note["en"] and OVERVIEW not in answer.note["en"].split("Silent")[1]


def test_a_full_list_that_holds_none_says_no(both: Store) -> None:
    # Each planned meeting of R is set against the overview; none of them came earlier than planned.
    assert asked(both, "changes-of-a-kind", kind="advanced").status == "no"


@pytest.mark.parametrize("form", ROW_FORMATS)
def test_every_format_tells_which_no_it_is(both: Store, plan: Store, form: str) -> None:
    answers = [asked(store, "changes-of-a-kind", kind="advanced") for store in (both, plan)]
    assert [answer.status for answer in answers] == ["no", "not-covered"]
    assert len({write_answer(answer, form, Layout()) for answer in answers}) == 2 or form in WITHOUT_ROOM


def test_where_rows_leave_no_room_it_is_said_beside_them(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert set(WITHOUT_ROOM) <= set(ROW_FORMATS)
    for form in WITHOUT_ROOM:
        command = ["--store", str(tmp_path / "store"), "query", "P14", "--format", form]
        assert cli.main(command) == 0
        assert "Not stated" in capsysbinary.readouterr().err.decode()
