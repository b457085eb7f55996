"""How sure a draft is of its statements, and where they stand in the file: from the document to the answer."""

from __future__ import annotations

import documents
import pytest
import shipped
from mandategraph.answers.grid import Layout
from mandategraph.answers.write_answer import write_answer
from mandategraph.export.columns import Columns
from mandategraph.export.context import context
from mandategraph.export.draw import draw
from mandategraph.intake.files import ReadOptions
from mandategraph.pipeline.load import load_inputs
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import Runner
from mandategraph.store import open_store
from mandategraph.store.base import Store, rows
from mandategraph.validate.entry import validate_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with a document that names its bodies by short names."""
    folder = tmp_path_factory.mktemp("confidence")
    content, name = documents.made("es-adopted")
    path = folder / name
    path.write_bytes(content)
    load_inputs(str(folder / "store"), [path], ReadOptions())
    return open_store(str(folder / "store"))


def values(store: Store, query: str) -> list[dict[str, str]]:
    prefix = "PREFIX mg: <https://w3id.org/mandategraph/ontology#> "
    return [{k: v.value for k, v in row.items()} for row in rows(store.query(prefix + query)).dicts()]


def test_a_statement_is_as_sure_as_its_least_sure_field(store: Store) -> None:
    """An addressee by a short name makes the clause of paragraph 2 doubtful, though its verb is plain."""
    found = values(
        store,
        "SELECT ?c WHERE { GRAPH ?g { ?s a mg:Clause ; mg:confidence ?c . FILTER(STRENDS(STR(?s), 'paragraph-2')) } }",
    )
    assert [one["c"] for one in found] == ["0.75"]


def test_the_stored_query_lists_what_is_under_a_threshold_and_nothing_else(store: Store) -> None:
    query = Catalogue().get("doubtful-statements")
    listed = {limit: Runner(store).answer(query, {"below": [limit]}).rows for limit in ("1", "76", "100")}
    assert not listed["1"]
    told = values(store, "SELECT ?s ?c WHERE { GRAPH ?g { ?s mg:confidence ?c } }")
    assert 0 < sum(float(one["c"]) < 0.76 for one in told) == len(listed["76"]) < len(listed["100"]) == len(told)


def test_that_nothing_is_doubtful_is_no_word_of_the_documents() -> None:
    """How sure the reader is, is the reader's own; none of the shipped documents says anything of it."""
    answer = Runner(shipped.opened()).answer(Catalogue().get("doubtful-statements"), {"below": ["70"]})
    assert (answer.status, answer.basis) == ("no", "derived")
    english, chinese = (write_answer(answer, "table", Layout(languages)) for languages in (("en",), ("zh",)))
    assert "No: no statement here has so low a confidence. Basis: derived by a rule." in english
    assert "否：这里没有置信度如此低的陈述。依据：按规则推导。" in chinese


def test_the_hand_checked_graph_has_no_such_number_and_the_draft_conforms(store: Store) -> None:
    graphs = {one["g"] for one in values(store, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s mg:confidence ?c } }")}
    assert len(graphs) == 1 and not any("WG2020/REC/1/1" in name for name in graphs)
    assert not [
        one for one in validate_store(store).findings if one.rule.startswith(("confidence", "provision-locator"))
    ]


def test_what_a_person_should_check_is_told_with_its_place_in_the_file_in_both_languages(store: Store) -> None:
    """Paragraph 2 of the decision is the fifteenth paragraph of the DOCX, counting its heading block."""
    answer = Runner(store).answer(Catalogue().get("doubtful-statements"), {"below": ["76"]})
    place = [column.name for column in answer.columns].index("source")
    told = {(one.words.get("en"), one.labels.get("zh")) for row in answer.rows for one in row[place]}
    assert any(en and en.endswith("paragraph 2, line 15, paragraph 15 of the file") for en, _ in told)
    assert any(zh and zh.endswith("第2段，第15行，文件第15段") for _, zh in told)


def test_an_arrow_of_a_drawing_has_the_confidence_of_its_statement(store: Store) -> None:
    drawn = draw(store)
    mandate = next(one for one in drawn.edges if one.statement.endswith("mandate/CBD/COP/DEC/17/93/paragraph-2"))
    for languages, place in ((("en", "zh"), "paragraph 15 of the file"), (("zh", "en"), "文件第15段")):
        cells = Columns(drawn, languages).edge(mandate)
        assert cells["confidence"] == "0.75" and cells["evidence"].endswith(place)


def test_a_confidence_in_json_is_a_decimal_by_the_context() -> None:
    assert context()["confidence"] == {"@id": "mg:confidence", "@type": "xsd:decimal"}
