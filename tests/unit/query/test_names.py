"""Code and labels of the things in an answer: fetched in one batch after the query, filled in where the head says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from mandategraph.answers.answer import Answer
from mandategraph.query.catalogue import StoredQuery, read_query
from mandategraph.query.columns import without_words
from mandategraph.query.lint import lint
from mandategraph.query.names import Designation, names_of
from mandategraph.query.run import Runner
from mandategraph.rdf import namespaces
from mandategraph.serve.session import BoundedStore
from mandategraph.store import Rows, Triples
from mandategraph.store.base import iri, rows
from mandategraph.store.bounded import Bounds
from mandategraph.store.embedded import OxigraphStore
from mandategraph.system.errors import InputError

BOTH, ENGLISH, BARE, MANDATE, MAY, SEVERAL = (
    *(namespaces.iri("meeting", code) for code in ("BOTH-1", "ENGLISH-1", "BARE-1")),
    namespaces.iri("mandate", "row-1"),
    namespaces.VALUES + "may",
    namespaces.iri("body", "SEVERAL"),
)
CONTENT = """
GRAPH graph:register {
  meeting:BOTH-1 mg:code "B-1" ; skos:prefLabel "First meeting"@en , "第一次会议"@zh .
  meeting:ENGLISH-1 mg:code "E-1" ; skos:prefLabel "Meeting of one name"@en .
  body:SEVERAL mg:code "S" ; skos:prefLabel "Registered"@en .
}
GRAPH graph:ontology {
  mgv:may skos:prefLabel "may"@en , "可"@zh ; rdfs:label "may, as a class"@en , "puede"@es .
  body:SEVERAL skos:prefLabel "Of the ontology"@en , "本体中的名称"@zh .
}
GRAPH graph:a-document {
  <https://w3id.org/mandategraph/id/mandate/row-1> rdfs:label "To advise"@en , "提供咨询"@zh .
  body:SEVERAL skos:prefLabel "Of a document"@en ; mg:code "other" .
}
GRAPH graph:statements {
  <urn:1> mg:mandatee meeting:BOTH-1 ; mg:modality mgv:may ; mg:underMandate <https://w3id.org/mandategraph/id/mandate/row-1> .
  <urn:2> mg:mandatee meeting:ENGLISH-1 ; mg:modality "as it wishes" .
  <urn:3> mg:mandatee meeting:BARE-1 ; mg:underMandate meeting:BARE-1 .
}
"""
HEAD = """\
#+ summary: A test
#+ x-question: {en: What?, zh: 什么？}
#+ x-basis: explicit
#+ x-columns:
"""
ASKED = """
SELECT ?who ?how ?under WHERE {
  GRAPH graph:statements {
    ?statement mg:mandatee ?who
    OPTIONAL { ?statement mg:modality ?how }
    OPTIONAL { ?statement mg:underMandate ?under }
  }
}
ORDER BY ?statement
"""
SHOWN = {"who": "[code, label]", "how": "[iri, label]", "under": "[label]"}


class Counted(OxigraphStore):
    """The same store, which keeps what it was asked."""

    def __init__(self, content: ox.Store) -> None:
        super().__init__("made up", content)
        self.asked: list[str] = []

    def query(self, text: str) -> Rows | bool | Triples:
        self.asked.append(text)
        return super().query(text)


@pytest.fixture
def store() -> Counted:
    content = ox.Store()
    content.update(namespaces.with_prefixes("INSERT DATA {" + CONTENT + "}"))
    return Counted(content)


def stored(folder: Path, body: str, shown: dict[str, str], more: str = "") -> StoredQuery:
    """A stored query of which these columns show this."""
    columns = "".join(
        f"#+   {name}: {{en: {name}, zh: {name}{f', show: {show}' if show else ''}}}\n" for name, show in shown.items()
    )
    file = folder / "test.rq"
    file.write_text(f"{HEAD}{columns}{more}{namespaces.with_prefixes(body)}", encoding="utf-8")
    return read_query(file)


def cells(answer: Answer, name: str) -> list[list[tuple[str | None, ...]]]:
    """A column, row by row: value and labels of each cell."""
    place = [column.name for column in answer.columns].index(name)
    return [[(cell.value, cell.labels.get("en"), cell.labels.get("zh")) for cell in row[place]] for row in answer.rows]


# --- names


def test_names_come_from_the_register_first_and_each_language_counts_alone(store: Counted) -> None:
    """The order that `names_of` states: the graph decides first, then the property; a language that the first graph has no
    label in is filled from the next."""
    assert names_of(store, [SEVERAL, MAY, MANDATE, ENGLISH, BARE]) == {
        SEVERAL: Designation("S", {"en": "Registered", "zh": "本体中的名称"}),
        MAY: Designation(None, {"en": "may", "zh": "可", "es": "puede"}),
        MANDATE: Designation(None, {"en": "To advise", "zh": "提供咨询"}),
        ENGLISH: Designation("E-1", {"en": "Meeting of one name"}),
    }


@pytest.mark.parametrize(("count", "queries"), [(0, 0), (1, 1), (400, 1), (401, 2)])
def test_many_things_are_asked_for_at_once(store: Counted, count: int, queries: int) -> None:
    names_of(store, [*(f"urn:{number}" for number in range(count)), *(["urn:0"] if count else [])])
    assert len(store.asked) == queries


# --- cells


def test_cells_show_of_a_thing_what_the_head_says(tmp_path: Path, store: Counted) -> None:
    answer = Runner(store).answer(stored(tmp_path, ASKED, SHOWN), {})
    assert [(column.name, column.parts, column.coded) for column in answer.columns] == [
        ("who", ("value", "en", "zh"), True),
        ("how", ("value", "en", "zh"), False),
        ("under", ("en", "zh"), False),
    ]
    # A thing with both labels, with one, and with none: the last is shown by the code in its IRI.
    assert cells(answer, "who") == [
        [("B-1", "First meeting", "第一次会议")],
        [("E-1", "Meeting of one name", None)],
        [("BARE-1", None, None)],
    ]
    # A thing without a code, a literal, and nothing.
    assert cells(answer, "how") == [[("may", "may", "可")], [("as it wishes", None, None)], [(None, None, None)]]
    # In a column of labels alone a thing without one is shown by its code.
    assert cells(answer, "under") == [
        [(None, "To advise", "提供咨询")],
        [(None, None, None)],
        [(None, "BARE-1", "BARE-1")],
    ]
    assert answer.rows[0][0][0].term == iri(BOTH) and answer.rows[0][2][0].term is None
    assert len(store.asked) == 2  # the query, and the names


def test_a_code_alone_leaves_labels_out(tmp_path: Path, store: Counted) -> None:
    answer = Runner(store).answer(stored(tmp_path, ASKED, {**SHOWN, "who": "[code]"}), {})
    assert answer.columns[0].parts == ("value",) and answer.columns[0].coded
    assert cells(answer, "who") == [[("B-1", None, None)], [("E-1", None, None)], [("BARE-1", None, None)]]


def test_without_a_mark_nothing_is_asked_for(tmp_path: Path, store: Counted) -> None:
    answer = Runner(store).answer(stored(tmp_path, ASKED, dict.fromkeys(SHOWN, "")), {})
    assert cells(answer, "who") == [[("BOTH-1", None, None)], [("ENGLISH-1", None, None)], [("BARE-1", None, None)]]
    assert len(store.asked) == 1


def test_what_the_row_says_itself_stands(tmp_path: Path, store: Counted) -> None:
    """Code and labels that a row gives are those shown, cell by cell, and the thing gives the rest."""
    body = """SELECT ?x ?x_code ?x_en ?x_zh WHERE {
      {
        GRAPH graph:register { ?x mg:code ?held }
        VALUES (?x ?x_code ?x_en ?x_zh) { (meeting:BOTH-1 "own" UNDEF "自己的") (meeting:ENGLISH-1 UNDEF "Own"@en UNDEF) }
      } UNION { BIND("of words" AS ?x_en) }
    } ORDER BY ?held"""
    answer = Runner(store).answer(stored(tmp_path, body, {"x": "[code, label]"}), {})
    assert cells(answer, "x") == [
        [(None, "of words", None)],
        [("own", "First meeting", "自己的")],
        [("E-1", "Own", None)],
    ]


def test_one_thing_in_two_columns_is_asked_for_once(tmp_path: Path, store: Counted) -> None:
    body = "SELECT ?a ?b WHERE { GRAPH graph:statements { <urn:1> mg:mandatee ?a BIND(?a AS ?b) } }"
    answer = Runner(store).answer(stored(tmp_path, body, {"a": "[code, label]", "b": "[label]"}), {})
    assert cells(answer, "a") == [[("B-1", "First meeting", "第一次会议")]]
    assert cells(answer, "b") == [[(None, "First meeting", "第一次会议")]]
    assert store.asked[1].count(f"<{BOTH}>") == 1


def test_rows_fold_by_what_is_shown(tmp_path: Path, store: Counted) -> None:
    body = """SELECT ?how ?who WHERE { GRAPH graph:statements { ?s mg:mandatee ?who BIND(mgv:may AS ?how) } } ORDER BY ?s"""
    query = stored(tmp_path, body, {"how": "[iri, label]", "who": "[code, label]"}, "#+ x-key: [how]\n")
    answer = Runner(store).answer(query, {})
    assert cells(answer, "how") == [[("may", "may", "可")]]
    assert [code for code, _, _ in cells(answer, "who")[0]] == ["B-1", "E-1", "BARE-1"]
    assert answer.flat()[0]["who_zh"] == "第一次会议; ; "
    assert len(Runner(store).answer(query, {}, detail=True).rows) == 3


def test_bounds_on_rows_take_no_labels_away(tmp_path: Path, store: Counted) -> None:
    """Three rows are within bounds of three; their names are more than three rows."""
    bounded = BoundedStore(store, Bounds(3, 10_000))
    answer = Runner(bounded, whole=store).answer(stored(tmp_path, ASKED, SHOWN), {})
    assert cells(answer, "who")[0] == [("B-1", "First meeting", "第一次会议")]
    assert bounded.extent == "complete"


# --- heads


@pytest.mark.parametrize("show", ["label", "[]", "[label, code]", "[code, iri]", "[name]", "[label, label]"])
def test_what_cannot_be_shown_is_told_with_file_and_line(tmp_path: Path, show: str) -> None:
    with pytest.raises(InputError, match=r"column who can show \[code\] or \[code, label\]") as caught:
        stored(tmp_path, ASKED, {"who": show})
    assert "test.rq, line 4" in str(caught.value)


def test_a_mark_is_no_title(tmp_path: Path) -> None:
    query = stored(tmp_path, ASKED, SHOWN)
    assert query.columns["who"] == {"en": "who", "zh": "who"} and query.shows["under"] == ("label",)


def test_the_lint_finds_a_mark_without_a_thing(tmp_path: Path) -> None:
    body = "SELECT ?x_en ?x_zh WHERE { GRAPH ?g { ?s ?p ?x_en , ?x_zh } }"
    assert lint(stored(tmp_path, body, {"x": "[label]"})) == [
        "test.rq: column 'x' shows what a thing is called, but the query gives no ?x"
    ]
    assert lint(stored(tmp_path, ASKED, SHOWN)) == []


@pytest.mark.parametrize(
    ("shown", "kept"), [(SHOWN, ("who", "how")), (dict.fromkeys(SHOWN, ""), ("who", "how", "under"))]
)
def test_a_column_of_labels_alone_is_of_words(
    tmp_path: Path, store: Counted, shown: dict[str, Any], kept: Sequence[str]
) -> None:
    """What is drawn of an answer are the things that the query finds, not those that only lend it words."""
    query = stored(tmp_path, ASKED, shown)
    drawn = without_words(query, rows(store.query(query.text)))
    assert drawn.variables == kept and {len(row) for row in drawn.rows} == {len(kept)}
