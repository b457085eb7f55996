"""Stored queries: heads that are checked, parameters that cannot inject, rows that fold, formats that others read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mandategraph.answers import write_answer
from mandategraph.answers.answer import Cell, Column, fold
from mandategraph.answers.grid import Layout
from mandategraph.query.catalogue import Catalogue, default_terms, read_query
from mandategraph.query.explain import LIST_FORMATS, explanation, write_explanation
from mandategraph.query.lint import lint
from mandategraph.query.run import Runner, bind
from mandategraph.store.base import Rows, Store, Term, iri, literal
from mandategraph.system.errors import InputError, MandategraphError, NotFound, UsageError

FEEDS = "meetings-that-feed-a-meeting"
MEETING = "https://w3id.org/mandategraph/id/meeting/"

HEAD = """\
#+ summary: A test
#+ x-question: {en: "What of {thing}?", zh: "{thing}怎样？"}
#+ x-basis: explicit
#+ x-params:
#+   thing: {type: string, example: a}
"""
BODY = 'SELECT ?thing WHERE { GRAPH ?g { ?s ?p ?o }\n  VALUES ?thing { "a" } # param: thing\n}\n'


def write(folder: Path, text: str, name: str = "test.rq") -> Path:
    """A stored query on disk."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


# --- heads and catalogue


def test_the_fixture_queries_pass_the_lint(catalogue: Catalogue) -> None:
    assert len(catalogue.names()) == 3
    assert [problem for query in catalogue.all() for problem in lint(query)] == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("SELECT * WHERE {}", 1, "begins with a head"),
        (HEAD.replace("#+ x-basis: explicit\n", "") + BODY, 1, "x-basis"),
        (HEAD.replace("explicit", "guessed") + BODY, 3, "must be one of explicit"),
        (HEAD.replace("x-basis: explicit", "x-basis: [explicit") + BODY, 4, "not YAML"),
        (HEAD + "#+ summary: again\n" + BODY, 6, "stands twice"),
        (HEAD + "#+ x-key: feeder\n" + BODY, 6, "list of texts"),
        (HEAD + "#+ x-note: only English\n" + BODY, 6, "'en' and 'zh'"),
        (HEAD + "#+ x-ask: {en: [{say: 3}]}\n" + BODY, 6, "must be a text"),
        (HEAD.replace("type: string", "type: Wizard") + BODY, 4, "must be one of Meeting"),
        (HEAD.replace("example: a", "sample: a") + BODY, 4, "needs 'type' and 'example'"),
        (HEAD + BODY.replace("# param: thing", ""), 4, "no line"),
        (HEAD + BODY.replace("# param: thing", "# param: other"), 7, "no entry under x-params"),
        (HEAD + BODY.replace("VALUES ?thing {", "VALUES (?thing) {"), 7, "must read"),
    ],
)
def test_a_bad_head_is_an_error_with_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        read_query(write(tmp_path, text))
    assert f"test.rq, line {line}:" in str(caught.value) and words in str(caught.value)


def test_an_unknown_key_warns_with_file_and_line(tmp_path: Path) -> None:
    query = read_query(write(tmp_path, HEAD + "#+ x-colour: red\n#+ pagination: 10\n" + BODY))
    assert query.warnings == ("test.rq, line 6: unknown key 'x-colour'",)


def test_the_lint_finds_what_a_head_cannot_tell(tmp_path: Path) -> None:
    head = HEAD + '#+ x-key: [nothing]\n#+ x-ask: {en: ["What of {other}?"]}\n'
    body = "PREFIX mg: <https://example.org/wrong#>\n" + BODY.replace("GRAPH ?g { ?s ?p ?o }", "?s mg:p ?o .")
    problems = "\n".join(lint(read_query(write(tmp_path, head + body))))
    for words in ("not in ontology/prefixes.ttl", "names no GRAPH", "x-key names 'nothing'", "{other}"):
        assert words in problems
    assert "not valid SPARQL" in "\n".join(lint(read_query(write(tmp_path, HEAD + BODY + "}"))))


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    files = [write(tmp_path, HEAD + BODY), write(tmp_path / "a", HEAD + BODY)]
    with pytest.raises(InputError, match="two stored queries"):
        Catalogue(files)


def test_a_query_is_found_by_name_and_by_id(catalogue: Catalogue) -> None:
    assert catalogue.find(FEEDS)[0] is catalogue.find("f05")[0]
    with pytest.raises(NotFound, match="Did you mean meetings-that-feed-a-meeting"):
        catalogue.find("meetings-that-feeds-a-meeting")


def test_an_id_may_set_parameters_and_is_told_by_them(tmp_path: Path, tiny: Store) -> None:
    head = HEAD + "#+ x-id: {T1: {thing: x}, T2: {thing: [y, z]}}\n"
    head += "#+ x-ask: {en: [{say: 'What of both?', thing: [y, z]}]}\n"
    catalogue = Catalogue([write(tmp_path, head + BODY)])
    query, preset = catalogue.find("T2")
    answer = Runner(tiny).answer(query, preset)
    assert answer.params == {"thing": ("y", "z")} and answer.id == "T2"
    assert answer.question == {"en": "What of both?", "zh": "y、z怎样？"}
    assert Runner(tiny).answer(query, {}).id == "test"


def test_undefined_as_default_means_any(tmp_path: Path, tiny: Store) -> None:
    text = HEAD + BODY.replace('"a"', "UNDEF").replace("?s ?p ?o", "?s ?p ?thing")
    query = read_query(write(tmp_path, text))
    assert default_terms(query, "thing") == ()
    answer = Runner(tiny).answer(query, {})
    assert len(answer.rows) > 10 and answer.question["en"] == "What of *?"


# --- parameters


def test_several_values_are_bound_and_told(runner: Runner, catalogue: Catalogue) -> None:
    answer = runner.answer(catalogue.get(FEEDS), {"meeting": ["wg2020-03", "ＷＧ２０２０－２"]})
    assert answer.params == {"meeting": ("WG2020-3", "WG2020-2")}
    assert answer.question["en"] == "Which meetings feed WG2020-3, WG2020-2 directly?"
    assert len(answer.rows) == 2


@pytest.mark.parametrize(
    "written",
    [
        "WG2020-3",
        "wg2020-03",
        "工作组第三次会议",
        "meeting:WG2020-3",
        f"{MEETING}WG2020-3",
        f"<{MEETING}WG2020-3>",
        "third meeting of the WG2020",
    ],
)
def test_a_meeting_may_be_written_in_many_ways(runner: Runner, catalogue: Catalogue, written: str) -> None:
    assert len(runner.answer(catalogue.get(FEEDS), {"meeting": [written]}).rows) == 2


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        ("WG2020-33", NotFound, "Did you mean WG2020-3"),
        ("SBI", NotFound, "is a body"),
        ("meeting:NONE", NotFound, "nothing in the graph has the IRI"),
        ("body:SBI", NotFound, "no meeting is known as"),
    ],
)
def test_an_unknown_value_is_told_with_its_parameter(
    runner: Runner, catalogue: Catalogue, value: str, error: type[MandategraphError], words: str
) -> None:
    with pytest.raises(error, match="parameter meeting: ") as caught:
        runner.answer(catalogue.get(FEEDS), {"meeting": [value]})
    assert words in str(caught.value)


def test_an_unknown_parameter_names_the_known_ones(runner: Runner, catalogue: Catalogue) -> None:
    with pytest.raises(UsageError, match="It takes: meeting"):
        runner.answer(catalogue.get(FEEDS), {"meting": ["SBI-3"]})


@pytest.mark.parametrize(
    ("kind", "given_text", "term"),
    [
        ("integer", " 007", Term("literal", "7", None, "http://www.w3.org/2001/XMLSchema#integer")),
        ("date", "2020-05-25", Term("literal", "2020-05-25", None, "http://www.w3.org/2001/XMLSchema#date")),
        ("string", "a b", literal("a b")),
        ("Concept", "will", iri("https://w3id.org/mandategraph/value#will")),
        ("Concept", "预计", iri("https://w3id.org/mandategraph/value#expected")),
    ],
)
def test_literals_and_concepts_become_terms(
    tmp_path: Path, tiny: Store, kind: str, given_text: str, term: Term
) -> None:
    head = HEAD.replace("string", kind).replace("example: a", f"example: {'may' if kind == 'Concept' else 'a'}")
    query = read_query(write(tmp_path, head + BODY))
    answer = Runner(tiny).answer(query, {"thing": [given_text]})
    text = bind(query, {"thing": [term]})
    result = tiny.query(text)
    assert isinstance(result, Rows) and result.rows[0][0] == term
    assert len(answer.rows) == 1


@pytest.mark.parametrize(("kind", "bad"), [("integer", "seven"), ("date", "2020-13-01"), ("Concept", "perhaps")])
def test_wrong_literals_are_told(tmp_path: Path, tiny: Store, kind: str, bad: str) -> None:
    query = read_query(write(tmp_path, HEAD.replace("string", kind) + BODY))
    with pytest.raises(MandategraphError, match=bad):
        Runner(tiny).answer(query, {"thing": [bad]})


NASTY = st.text(alphabet=st.sampled_from("\"'\\{}<>#?^@:._ \n\r\t\u0000\u2028ab水;")) | st.text()


@given(value=NASTY)
def test_no_string_can_inject(value: str) -> None:
    """Whatever the text, the query has one row, whose value is that text."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        query = read_query(write(Path(folder), HEAD + BODY.replace("GRAPH ?g { ?s ?p ?o }", "")))
    value = value.encode("utf-8", "replace").decode()
    result = ox.Store().query(bind(query, {"thing": [literal(value)]}))
    assert isinstance(result, ox.QuerySolutions)
    assert [(row["thing"].value) for row in result] == [value]


@given(value=NASTY)
def test_no_iri_and_no_language_can_inject(value: str) -> None:
    """An IRI or a language tag is either written as one term or refused."""
    for term in (iri("https://example.org/" + value), literal("x", lang="en" + value)):
        try:
            text = f"SELECT ?x WHERE {{ VALUES ?x {{ {term.n3()} }} }}"
        except UsageError:
            continue
        try:
            result = ox.Store().query(text)
        except SyntaxError:
            continue  # stricter than we are about characters, and still not run
        assert isinstance(result, ox.QuerySolutions) and len(list(result)) == 1


@given(value=NASTY)
def test_no_code_can_inject(runner: Runner, catalogue: Catalogue, value: str) -> None:
    try:
        answer = runner.answer(catalogue.get(FEEDS), {"meeting": [value]})
    except (NotFound, UsageError):
        return
    assert answer.params["meeting"][0].replace("-", "").isalnum()


# --- rows


def test_rows_fold_by_key_into_parallel_lists(runner: Runner, catalogue: Catalogue) -> None:
    answer = runner.answer(catalogue.get(FEEDS), {})
    flat = {row["feeder"]: row for row in answer.flat()}
    assert list(flat) == ["CC-NP-3", "SBI-3"]
    assert flat["SBI-3"]["element"] == "resource-mobilization; financial-mechanism"
    assert flat["SBI-3"]["element_zh"] == "资源调动; 财务机制"
    assert flat["SBI-3"]["modality_en"] == "will"
    assert flat["CC-NP-3"]["element"] is None
    assert flat["CC-NP-3"]["source"] == "CBD/WG2020/REC/1/1, annex II, table 1, row 8, line 281"
    assert len(runner.answer(catalogue.get(FEEDS), {}, detail=True).rows) == 3


def test_a_value_that_is_missing_in_one_row_keeps_its_place() -> None:
    columns = (Column("k", {}, ("value",)), Column("v", {}, ("value",)), Column("w", {}, ("value",)))
    rows = [((Cell("a"),), (Cell(v),), (Cell("same"),)) for v in ("1", None, "3", "3")]
    (only,) = fold(rows, columns, ["k"])
    assert only == ((Cell("a"),), (Cell("1"), Cell(None), Cell("3")), (Cell("same"),) * 1)


def test_an_empty_answer_is_one_of_three_kinds_of_no(runner: Runner, catalogue: Catalogue) -> None:
    outside = runner.answer(catalogue.get(FEEDS), {"meeting": ["WG2020-2"]})
    assert (outside.status, outside.rows) == ("not-covered", ())  # no document of the tiny graph speaks of it
    answer = runner.answer(catalogue.get(FEEDS), {"meeting": ["SBI-3"]})
    assert (answer.status, answer.rows) == ("not-stated", ())
    assert answer.note["en"].startswith("No document")
    for form, write_it in write_answer.ROW_FORMATS.items():
        assert write_it(answer, Layout()), form
    assert "Not stated" in write_answer.write_answer(answer, "table", Layout())
    assert json.loads(write_answer.write_answer(answer, "json", Layout()))["status"] == "not-stated"


# --- formats


def test_the_json_is_the_answers_envelope(runner: Runner, catalogue: Catalogue) -> None:
    answer = runner.answer(catalogue.get("meetings-mandated-by-a-decision"), {})
    assert json.loads(write_answer.write_answer(answer, "json", Layout())) == {
        "id": "M02",
        "question": {
            "en": "Which meetings does decision CBD/COP/DEC/14/22 mandate?",
            "zh": "哪些会议是由CBD/COP/DEC/14/22授权的？",
        },
        "query": "meetings-mandated-by-a-decision",
        "params": {"decision": "CBD/COP/DEC/14/22"},
        "status": "answered",
        "basis": "explicit",
        "note": None,
        "rows": [
            {
                "meeting": "SBI-3",
                "meeting_en": "third meeting of the Subsidiary Body on Implementation",
                "meeting_zh": "执行问题附属机构第三次会议",
                "source": "CBD/WG2020/REC/1/1, annex II, table 1, row 11, line 286",
            }
        ],
    }


def test_csv_tsv_and_xml_hold_the_flat_rows(runner: Runner, catalogue: Catalogue) -> None:
    answer = runner.answer(catalogue.get(FEEDS), {})
    wanted = [{name: value or "" for name, value in row.items()} for row in answer.flat()]
    assert list(csv.DictReader(io.StringIO(write_answer.write_answer(answer, "csv", Layout())))) == wanted
    tsv = io.StringIO(write_answer.write_answer(answer, "tsv", Layout()))
    assert list(csv.DictReader(tsv, delimiter="\t", quoting=csv.QUOTE_NONE)) == wanted
    found = ox.parse_query_results(write_answer.write_answer(answer, "xml", Layout()), format=ox.QueryResultsFormat.XML)
    assert isinstance(found, ox.QuerySolutions)
    assert [row["feeder_zh"].value for row in found] == [row["feeder_zh"] for row in answer.flat()]


def test_lang_limits_the_labels_of_csv_and_chooses_those_of_tables(runner: Runner, catalogue: Catalogue) -> None:
    answer = runner.answer(catalogue.get(FEEDS), {})
    head = write_answer.write_answer(answer, "csv", Layout(("zh",))).splitlines()[0]
    assert "feeder_zh" in head and "feeder_en" not in head
    chinese = write_answer.write_answer(answer, "table", Layout(("zh", "en")))
    assert "会议" in chinese and "SBI-3" in chinese and "Meeting" not in chinese


def test_the_text_table_aligns_chinese_and_keeps_folded_lines_side_by_side(
    runner: Runner, catalogue: Catalogue
) -> None:
    from rich.cells import cell_len

    answer = runner.answer(catalogue.get(FEEDS), {})
    text = write_answer.write_answer(answer, "table", Layout(("zh",)))
    assert "\x1b" not in text
    lines = [line for line in text.splitlines() if "CBD/WG2020/REC/1/1" in line]
    assert len({cell_len(line[: line.index("CBD/")]) for line in lines}) == 1
    assert "财务机制" in lines[2] and "第287行" in lines[2]


def test_a_terminal_gets_wrapping(runner: Runner, catalogue: Catalogue) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    answer = runner.answer(catalogue.get(FEEDS), {})
    text = write_answer.write_answer(answer, "table", Layout(("zh",), width=60))
    table = text.split("\n\n")[1]
    assert max(cell_len(Text.from_ansi(line).plain) for line in table.splitlines()) <= 60


def test_markdown_and_html_escape_what_they_must(tmp_path: Path, tiny: Store) -> None:
    query = read_query(write(tmp_path, HEAD + BODY))
    answer = Runner(tiny).answer(query, {"thing": ["<b>a|b</b>\x1b[31m"]})
    assert "&lt;b&gt;a\\|b&lt;/b&gt;" in write_answer.write_answer(answer, "md", Layout())
    page = write_answer.write_answer(answer, "html", Layout())
    assert "<b>" not in page and ElementTree.fromstring(page.split("\n", 1)[1].replace('<meta charset="utf-8">', ""))
    assert "\x1b" not in write_answer.write_answer(answer, "table", Layout())


@pytest.mark.parametrize("form", write_answer.GRAPH_FORMATS)
def test_a_graph_answer_is_written_so_that_others_read_it(runner: Runner, catalogue: Catalogue, form: str) -> None:
    from mandategraph.store.formats import FORMATS

    answer = runner.answer(catalogue.get("graph-of-feeds"), {})
    text = write_answer.write_answer(answer, form, Layout())
    assert len(list(ox.parse(text, format=FORMATS[form]))) == 2
    assert text == write_answer.write_answer(answer, form, Layout()) and text.endswith("\n")


def test_a_format_that_does_not_fit_is_told(runner: Runner, catalogue: Catalogue) -> None:
    with pytest.raises(UsageError, match="gives a graph"):
        write_answer.write_answer(runner.answer(catalogue.get("graph-of-feeds"), {}), "csv", Layout())
    with pytest.raises(UsageError, match="gives rows"):
        write_answer.write_answer(runner.answer(catalogue.get(FEEDS), {}), "turtle", Layout())


ODD = 'SELECT * WHERE { VALUES (?a ?b) { (<urn:x> "水,\\"\\n<&"@zh) (UNDEF "a\\tb\\u0001") (1 1.5) (UNDEF UNDEF) } }'


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_w3c_results_are_read_back_by_another_reader(tiny: Store, form: str) -> None:
    result = tiny.query(ODD)
    assert isinstance(result, Rows)
    text = write_answer.write_result(result, form, Layout())
    if form == "csv":
        assert list(csv.reader(io.StringIO(text, newline="")))[1:3] == [["urn:x", '水,"\n<&'], ["", "a\tb\u0001"]]
        return
    kinds = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
    found = ox.parse_query_results(text, format=kinds[form])
    assert isinstance(found, ox.QuerySolutions)
    wanted = [[None if term is None else term.value for term in row] for row in result.rows]
    if form == "xml":
        wanted[1][1] = "a\tb\ufffd"  # XML 1.0 cannot hold the control character
    assert [[None if term is None else term.value for term in row] for row in found] == wanted


@pytest.mark.parametrize("form", write_answer.RESULT_FORMATS)
@pytest.mark.parametrize("result", [True, False, Rows(("x",), ()), Rows(("x",), ((None,),))])
def test_every_result_can_be_written_in_every_row_format(form: str, result: Rows | bool) -> None:
    assert write_answer.write_result(result, form, Layout())


# --- explanations


def test_a_query_is_explained_with_its_legal_values(runner: Runner, catalogue: Catalogue) -> None:
    told = explanation(catalogue.get(FEEDS), runner)
    assert "SBI-3" in told["params"]["meeting"]["values"] and told["params"]["meeting"]["default"] == ["WG2020-3"]
    assert told["example"] == f"mandategraph query {FEEDS} --param meeting=WG2020-3"
    decision = explanation(catalogue.get("meetings-mandated-by-a-decision"), runner)["params"]["decision"]
    assert decision["values"] == ["14/22", "14/34"]
    for form in LIST_FORMATS:
        assert FEEDS in LIST_FORMATS[form](catalogue.all(), Layout())
        assert "WG2020-3" in write_explanation(catalogue.get(FEEDS), runner, form, Layout())


def test_the_catalogue_is_published_as_rdf_and_can_be_asked() -> None:
    from mandategraph.query.catalogue_rdf import write_catalogue

    store = ox.Store()
    store.load(write_catalogue(Catalogue().all(), "turtle").encode(), format=ox.RdfFormat.TURTLE)
    asked = (
        "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX dcterms: <http://purl.org/dc/terms/>"
        ' SELECT ?text WHERE { ?q dcterms:identifier "F01" ; sh:select ?text }'
    )
    (found,) = store.query(asked)  # type: ignore[misc]
    assert found["text"].value == Catalogue().find("F01")[0].text
