"""The questions by their ids, listed and answered, and the receipt of lines on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from mandategraph import cli
from mandategraph.analysis.asked import Asked, listing
from mandategraph.build import build_store
from mandategraph.errors import NotFound
from mandategraph.store import open_store


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = str(tmp_path_factory.mktemp("asked"))
    build_store(folder)
    store = open_store(folder)
    yield Asked(store)
    store.close()


def test_questions_stand_in_order_and_once(asked: Asked) -> None:
    ids = asked.ids()
    assert len(ids) == len(set(ids)) >= 28
    assert ids.index("F02") < ids.index("F09") < ids.index("F13") < ids.index("S01")


def test_each_answer_carries_its_id_both_languages_and_a_source_in_each_row(asked: Asked) -> None:
    for answer in asked.answers():
        assert answer.id in asked.ids()
        assert answer.question["en"] and re.search("[\u4e00-\u9fff]", answer.question["zh"])
        assert answer.status in {"answered", "no", "not-stated", "not-covered"}
        assert (answer.status == "answered") == bool(answer.rows)
        for row in answer.flat():
            assert any(value and "line" in value for name, value in row.items() if name.startswith("source")) or (
                answer.basis != "explicit"
            ), (answer.id, row)


def test_the_list_names_every_question(asked: Asked) -> None:
    assert len(listing(asked.answers()).rows) == len(asked.ids())


def test_an_unknown_id_names_its_neighbours(asked: Asked) -> None:
    assert asked.answer("f01").id == "F01"
    with pytest.raises(NotFound, match="F01"):
        asked.answer("F99")


def test_json_is_an_array_of_flat_answers(
    tmp_path_factory: pytest.TempPathFactory, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    store = str(tmp_path_factory.getbasetemp() / "questions")
    assert cli.main(["--store", store, "questions", "run", "F13", "S10", "--format", "json"]) == 0
    answers = json.loads(capsysbinary.readouterr().out)
    assert [one["id"] for one in answers] == ["F13", "S10"]
    assert set(answers[0]) >= {"id", "question", "query", "params", "status", "basis", "note", "rows"}
    assert answers[0]["rows"][0]["feeder"] == "WG2020-3"
    assert all(not isinstance(value, list | dict) for one in answers for row in one["rows"] for value in row.values())
    assert cli.main(["coverage", "lines", "wg2020-rec-1-1", "--format", "csv"]) == 0
    assert capsysbinary.readouterr().out.decode().count("\n") == 1 + 320
