"""The Python interface as a researcher uses it, on the shipped graph: typed rows, sources, and ways into other tools."""

from __future__ import annotations

import doctest
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import mandategraph
import pytest
from mandategraph.api import values
from mandategraph.api.graph import Graph
from mandategraph.cli import main
from mandategraph.store.base import XSD, Term

GUIDE = Path(__file__).parents[3] / "graph" / "PYTHON.md"


@pytest.fixture(scope="module")
def folder(shipped_folder: Path) -> str:
    """A folder with the shipped graph, as people name it."""
    return str(shipped_folder)


@pytest.fixture(scope="module")
def graph(folder: str) -> Iterator[Graph]:
    with mandategraph.open(folder) as opened:
        yield opened


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_answer_prints_what_the_command_line_prints(
    graph: Graph, folder: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    question = {"en": "which meetings feed WG2020-3", "zh": "哪些会议为WG2020-3提供投入"}[lang]
    assert main(["--store", folder, "ask", question, "--format", "md"]) == 0
    assert graph.ask(question).write("md") == capsys.readouterr().out


def test_rows_are_typed_and_aligned(graph: Graph) -> None:
    row = next(one for one in graph.ask("which meetings feed WG2020-3") if str(one["feeder"]) == "SBI-3")
    # R, annex II, table 1, rows 11 to 18 (lines 286 to 295): a subject, its mandate and its source stand side by side
    pairs = {source.line: str(mandate) for source, mandate in zip(row.all("source"), row.all("mandate"), strict=False)}  # type: ignore[union-attr]
    assert pairs[286] == "decision 14/22" and pairs[287] == "decision 14/23" and pairs[288] == "decision 14/3"
    feeder = row["feeder"]
    assert isinstance(feeder, mandategraph.Thing) and feeder.iri.endswith("/meeting/SBI-3")


def test_one_statement_a_row_with_detail(graph: Graph) -> None:
    folded, whole = (
        graph.query("meetings-that-feed-a-meeting", meeting="WG2020-3", detail=one) for one in (False, True)
    )
    assert len(whole) > len(folded) == 6
    assert all(len(row.all("source")) == 1 for row in whole)


def test_sources_are_places_with_lines(graph: Graph) -> None:
    sources = graph.ask("which meetings feed COP-15").sources
    assert [(one.document, one.line) for one in sources] == [("CBD/WG2020/REC/1/1", 296)]
    assert sources[0].label("zh").startswith("CBD/WG2020/REC/1/1，附件二")


def test_the_kind_of_no_is_told(graph: Graph) -> None:
    answer = graph.ask("which meetings feed WG2020-1")  # neither document speaks of what came before it
    assert answer.status == "not-stated" and not len(answer)


def test_parallel_arrows_stay_apart(graph: Graph) -> None:
    network = graph.to_networkx(around="WG2020-3")
    assert network.number_of_edges() > len(set(network.edges()))
    own = graph.ask("which meetings feed WG2020-2").to_networkx()
    assert any(len(own[one][other]) > 1 for one, other in own.edges())


def test_rdflib_gets_all_statements(graph: Graph) -> None:
    dataset = graph.to_rdflib()
    assert len(dataset) == sum(1 for _ in graph.store.dump().splitlines())
    made = graph.sparql("CONSTRUCT { ?a mg:feeds ?b } WHERE { GRAPH graph:derived { ?a mg:feeds ?b } }").to_rdflib()
    counted = graph.sparql("SELECT (COUNT(*) AS ?n) WHERE { GRAPH graph:derived { ?a mg:feeds ?b } }")[0]["n"]
    assert len(made) == counted


def test_pandas_tells_things_in_a_language(graph: Graph) -> None:
    pytest.importorskip("pandas")
    frame = graph.ask("which meetings feed COP-15").to_pandas(lang="zh")
    assert list(frame.columns) == list(graph.ask("which meetings feed COP-15").columns)
    assert "工作组" in frame["feeder"][0]


def test_without_pandas_it_is_told_what_to_install(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(mandategraph.UsageError, match="pandas"):
        graph.ask("which meetings feed COP-15").to_pandas()


def test_a_notebook_shows_escaped_html(graph: Graph) -> None:
    page = graph.search("zero draft")._repr_html_()
    assert "<table>" in page and "<script" not in page
    bad = graph.sparql('SELECT ("<script>" AS ?x) {}')._repr_html_()
    assert "<script>" not in bad and "&lt;script&gt;" in bad


def test_earlier_states_say_what_they_are(graph: Graph) -> None:
    earlier = graph.as_of(date(2019, 8, 30))
    answer = earlier.ask("which meetings feed WG2020-3")
    assert answer.as_of == "2019-08-30" and len(answer) == 6


def test_updates_are_refused(graph: Graph) -> None:
    with pytest.raises(mandategraph.UsageError, match="update"):
        graph.sparql("DELETE WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("literal", "datatype", "value"),
    [
        ("2020-02-29", "date", date(2020, 2, 29)),
        ("7", "integer", 7),
        ("true", "boolean", True),
        ("2020-02-30", "date", "2020-02-30"),
        ("1.5", "double", 1.5),
        ("1", "unknown", "1"),
    ],
)
def test_literals_are_values_of_python(literal: str, datatype: str, value: object) -> None:
    assert values.literal_of(Term("literal", literal, datatype=XSD + datatype)) == value


def test_an_export_is_the_file_that_the_verb_writes(graph: Graph, folder: str, tmp_path: Path) -> None:
    graph.export(tmp_path / "ours.graphml", around="WG2020-3", depth=1)
    verb = ["--store", folder, "export", "--around", "WG2020-3", "-o", str(tmp_path / "theirs.graphml")]
    assert main(verb) == 0
    assert (tmp_path / "ours.graphml").read_bytes() == (tmp_path / "theirs.graphml").read_bytes()


@pytest.mark.parametrize("text", [GUIDE.read_text(encoding="utf-8"), mandategraph.__doc__], ids=["guide", "package"])
def test_the_examples_work(text: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    monkeypatch.setenv("MANDATEGRAPH_STORE", folder)
    test = doctest.DocTestParser().get_doctest(text, {}, "examples", None, 0)
    found: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=found.append)
    assert not found, "".join(found)


def test_a_language_that_nothing_is_told_in_is_refused(graph: Graph) -> None:
    for ask in (
        lambda: graph.ask("which meetings feed WG2020-3", lang="xx"),
        lambda: graph.show("SBI-3", lang="xx"),
        lambda: graph.resolve("SBI-3").to_pandas(lang="xx"),
    ):
        with pytest.raises(mandategraph.UsageError, match="not told in 'xx'.*en, zh"):
            ask()


def test_a_day_that_is_none_is_told_without_the_words_of_the_command_line(graph: Graph) -> None:
    with pytest.raises(mandategraph.UsageError, match="^'2019-13-01' is not a day") as told:
        graph.as_of("2019-13-01")
    assert "--" not in str(told.value)


def test_descriptions_and_results_are_plain_data_and_tables_too(graph: Graph) -> None:
    shown = graph.show("SBI-3")
    assert shown.to_dict()["code"] == "SBI-3"
    assert shown._repr_html_().startswith("<h1>SBI-3")
    found = graph.sparql("SELECT ?one WHERE { VALUES ?one { meeting:SBI-3 } }").to_dict()
    assert [row["one"]["value"][-5:] for row in found["results"]["bindings"]] == ["SBI-3"]
    with pytest.raises(mandategraph.UsageError, match="graph, not rows"):
        graph.sparql("CONSTRUCT { ?s a mg:Meeting } WHERE { VALUES ?s { meeting:SBI-3 } }").to_dict()
    with pytest.raises(mandategraph.UsageError, match=r"\.csv may be either"):
        graph.export("things.csv")
