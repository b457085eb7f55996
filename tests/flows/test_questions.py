"""Every question that the graph knows, asked as people ask it, against the answer read from the documents by hand.

One file a question in `questions/`: the wordings, where the answer was read, the columns that make a row, and the rows,
each with the lines of the source that carry it. Rows are compared by code, never by label.
"""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import shipped
from mandategraph.answers.answer import Answer
from mandategraph.ask.templates import Templates
from mandategraph.ask.understand import understand
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import Runner
from mandategraph.store import Store
from mandategraph.store.lateral import lateral
from question_files import QUESTIONS

CASES = {name: case for name, case in QUESTIONS.items() if "analysis" not in case}  # those are in test_analysis.py

OTHERS = [(name, number) for name, case in CASES.items() for number in range(len(case.get("others", ())))]


@pytest.fixture(scope="session")
def runner(shipped_store: Store) -> Runner:
    """One runner for all questions: what it knows of names is read once."""
    return Runner(shipped_store)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped queries, each read once."""
    return Catalogue()


@pytest.fixture(scope="session")
def templates(catalogue: Catalogue) -> Templates:
    """What all their wordings ask for, taken apart once."""
    return Templates(catalogue.all())


def found_rows(answer: Answer, key: list[str]) -> dict[tuple[str | None, ...], list[int]]:
    """By key: the source lines of each row, in order and once each."""
    rows = {}
    for flat, row in zip(answer.flat(), answer.rows, strict=True):
        named = zip(answer.columns, row, strict=True)
        source = next((cells for column, cells in named if column.name == "source"), ())
        lines = sorted({int(cell.value.rpartition("line ")[2]) for cell in source if cell.value})
        rows[tuple(flat[name] for name in key)] = lines
    return rows


def expected_rows(case: dict[str, Any]) -> dict[tuple[str | None, ...], list[int]]:
    return {tuple(row[name] for name in case["key"]): sorted(row["lines"]) for row in case["rows"]}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", CASES)
def test_the_answer_is_that_of_the_documents(runner: Runner, templates: Templates, name: str, language: str) -> None:
    case = CASES[name]
    understood = understand(case["ask"][language], templates, runner.resolver())
    answer = runner.answer(understood.query, understood.params)
    assert case["id"] in understood.query.ids, f"{case['ask'][language]} was taken for {understood.query.name}"
    found, wanted = found_rows(answer, case["key"]), expected_rows(case)
    missing = [key for key in wanted if key not in found]
    surplus = [key for key in found if key not in wanted]
    moved = {key: (found[key], wanted[key]) for key in wanted if key in found and found[key] != wanted[key]}
    where = f"Read from: {case['read_from']}."
    assert not missing, f"The answer no longer names {missing}. {where}"
    assert not surplus, f"The answer names {surplus}, which the documents do not. {where}"
    assert not moved, f"The answer rests on other lines (found, expected): {moved}. {where}"
    assert answer.status == case.get("status", "answered")


@pytest.mark.parametrize("name", CASES)
def test_the_question_is_known_by_its_number(runner: Runner, catalogue: Catalogue, name: str) -> None:
    case = CASES[name]
    query, preset = catalogue.find(case["id"])
    answer = runner.answer(query, preset)
    assert found_rows(answer, case["key"]) == expected_rows(case)
    assert answer.basis == case.get("basis", answer.basis)


@pytest.mark.parametrize(("name", "number"), OTHERS)
def test_the_same_question_with_other_parameters(runner: Runner, catalogue: Catalogue, name: str, number: int) -> None:
    """What was not written for one meeting only: other meetings, decisions and elements, and every kind of no."""
    case = CASES[name]
    other = case["others"][number]
    query, preset = catalogue.find(case["id"])
    given = {**preset, **{key: (str(value),) for key, value in other["with"].items()}}
    answer = runner.answer(query, given)
    assert found_rows(answer, case["key"]) == expected_rows({**other, "key": case["key"]})
    assert answer.status == other.get("status", "answered")
    assert answer.rows or answer.status == "no" or answer.note, "an empty answer must say why"


def test_every_stored_query_gives_the_same_rows_whatever_the_default_graph(catalogue: Catalogue) -> None:
    """Oxigraph with an empty default graph, with the union of all graphs as default, and part by part, as we ask it."""
    assert len(catalogue.names()) >= 11
    # A question whose only right answer is a kind of no.
    silent = {catalogue.find(case["id"])[0].name for case in CASES.values() if not case["rows"]}
    # What only records of others or drafts can answer, which are not shipped; test_joining and test_confidence ask these.
    silent |= {query.name for query in catalogue.all() if {"records", "drafts"}.intersection(query.tags)}
    for query in catalogue.all():
        strict, union = (oxigraph_rows(shipped.store(), query.text, default) for default in (False, True))
        assert strict == union, query.name
        assert strict == oxigraph_rows(shipped.store(), lateral(query.text), False), query.name
        assert strict or query.name in silent, f"{query.name} finds nothing with its own defaults"


@pytest.mark.slow
def test_every_stored_query_gives_the_same_rows_in_rdflib(catalogue: Catalogue) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=shipped.store().dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    for query in catalogue.all():
        assert oxigraph_rows(shipped.store(), query.text, False) == rdflib_rows(dataset, query.text), query.name


def oxigraph_rows(store: ox.Store, text: str, union: bool) -> list[tuple[str, ...]]:
    solutions = store.query(text, use_default_graph_as_union=union)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(one_way(term.value) if term else "" for term in row) for row in solutions)  # type: ignore[union-attr]


def one_way(value: str) -> str:
    """Engines write a duration of nothing in two ways."""
    return "P0D" if value == "PT0S" else value


def rdflib_rows(dataset: rdflib.Dataset, text: str) -> list[tuple[str, ...]]:
    return sorted(tuple("" if term is None else str(term) for term in row) for row in dataset.query(text))  # type: ignore[union-attr]


def test_a_name_written_by_a_slip_is_marked_at_its_place_alone(runner: Runner, catalogue: Catalogue) -> None:
    # R line 278: the row is that of SBSTTA-23, and its role says WG8J; lines 269, 270 and 303 mean the working group.
    query, preset = catalogue.find("L02")
    rows = runner.answer(query, preset, detail=True).flat()
    meant = {str(row["source"])[-3:]: row["meant"] for row in rows if row["name"] == "WG8J"}
    assert meant == {"269": None, "270": None, "278": "SBSTTA", "303": None}
    assert not any(row["meant"] for row in rows if row["name"] != "WG8J")


def test_notes_do_not_deny_what_the_documents_say(runner: Runner, catalogue: Catalogue) -> None:
    # Ten meetings hand something to WG2020-2 (R lines 268 to 314), none of them only "may"; O line 21 names items 6, 7,
    # 9 and 11 after "such as".
    none = runner.answer(catalogue.get("meetings-that-feed-a-meeting"), {"meeting": ["WG2020-2"], "modality": ["may"]})
    assert not none.rows and "with a commitment that was asked for" in none.note["en"] and "承诺程度" in none.note["zh"]
    passed = runner.answer(*catalogue.find("F14"))
    assert "such as" in passed.note["en"] and "未尽" in passed.note["zh"]
