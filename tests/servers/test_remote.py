"""Every store keeps the same promises, and every question has the same answer wherever the graph lies: in memory, on
disk, behind Oxigraph, Jena or Virtuoso over HTTP. All servers are real and on loopback."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from mandategraph.analysis.question_service import QuestionService
from mandategraph.answers.write_answer import envelope
from mandategraph.cli import main
from mandategraph.export.release import CHECKSUMS, release
from mandategraph.intake.files import ReadOptions
from mandategraph.pipeline.build import build_store, fill
from mandategraph.pipeline.load import load_inputs
from mandategraph.query.catalogue import Catalogue, StoredQuery
from mandategraph.query.run import Runner
from mandategraph.rdf import namespaces
from mandategraph.serve.session import BoundedStore
from mandategraph.store import Rows, Store, Triples, open_store
from mandategraph.store.base import Dataset, rows
from mandategraph.store.bounded import Bounds
from mandategraph.store.dialect import ONE_ADDRESS, STANDARD, VIRTUOSO, dialect_of, pragmas
from mandategraph.store.embedded import OxigraphStore
from mandategraph.store.lease import leased
from mandategraph.store.remote import RemoteStore
from mandategraph.store.transport import Credentials, Transport
from mandategraph.system.errors import StoreError, UsageError
from mandategraph.system.resources import internal_queries, internal_query
from mandategraph.validate.entry import validate_store
from servers import Address, jena, oxigraph, surroundings, virtuoso

PLAN = Path(__file__).parents[1] / "fixtures" / "small-plan.txt"
SERVERS = ("oxigraph", pytest.param("jena", marks=pytest.mark.slow), pytest.param("virtuoso", marks=pytest.mark.slow))


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A server that the shipped graph was built into by our own build."""
    folder = tmp_path_factory.mktemp(request.param)
    running = {"oxigraph": lambda: oxigraph(), "jena": lambda: jena(folder), "virtuoso": lambda: virtuoso(folder)}
    with running[request.param]() as address, pytest.MonkeyPatch.context() as patch:
        surroundings(patch, address)
        done = build_store(address.query)
        assert done.rebuilt and done.statements > 20000
        yield address


def named(dump: bytes) -> list[bytes]:
    """The lines without blank nodes, whose names differ from reader to reader."""
    return [line for line in dump.splitlines() if b"_:" not in line]


@pytest.mark.parametrize("kind", ["memory", "disk"])
def test_a_store_of_this_process_keeps_the_promises_of_stores(kind: str, shipped_store: Store) -> None:
    if kind == "memory":
        content = ox.Store()
        fill(content)
        keeps_the_promises(OxigraphStore("memory", content), shipped_store)
    else:
        keeps_the_promises(shipped_store, shipped_store)


@pytest.mark.server
def test_a_server_keeps_the_promises_of_stores(server: Address, shipped_store: Store) -> None:
    keeps_the_promises(open_store(server.query), shipped_store)


def keeps_the_promises(any_store: Store, shipped_store: Store) -> None:
    """What every store does alike; ``shipped_store`` holds the same content and is known to be right."""
    strange = '水 \\ "q" \t \U0001f600 é'
    given = f'VALUES (?a ?b ?c) {{ (<urn:x> {json.dumps(strange, ensure_ascii=False)}@zh 3) (UNDEF "y" UNDEF) }}'
    for query in (
        "ASK { GRAPH ?g { ?s ?p ?o } }",
        "ASK { GRAPH <urn:none> { ?s ?p ?o } }",
        f"SELECT ?a ?b ?c WHERE {{ {given} }} ORDER BY ?a",
        "SELECT ?o WHERE { GRAPH ?g { <urn:nothing> ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <https://w3id.org/mandategraph/graph/derived> { ?s ?p ?o } }",
    ):
        assert any_store.query(query) == shipped_store.query(query)
    assert any_store.graphs() == shipped_store.graphs()
    assert named(any_store.dump()) == named(shipped_store.dump()), (
        "every literal, language and date comes back as it was"
    )
    assert len(any_store.dump().splitlines()) == len(shipped_store.dump().splitlines())
    assert isinstance(any_store.query("DESCRIBE <https://w3id.org/mandategraph/id/meeting/SBI-3>"), Triples)
    with pytest.raises(UsageError, match="line 1"):
        any_store.query("SELECT * WHERE {")
    assert any_store.location and "@" not in any_store.location


@pytest.mark.slow
@pytest.mark.server
def test_what_only_virtuoso_understands_is_handed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    query = 'DEFINE sql:select-option "order"\nSELECT (COUNT(*) AS ?n) WHERE { ?s a mg:Meeting }'
    with virtuoso(tmp_path) as address:
        surroundings(monkeypatch, address)
        assert main(["--store", address.query, "sparql", query, "--format", "csv"]) == 0
        assert capsys.readouterr().out.split() == ["n", "0"]
        assert main(["--store", address.query, "sparql", query + " {"]) == 2
        assert "line 2" in capsys.readouterr().err


@pytest.mark.server
def test_all_questions_have_the_same_answers_on_a_server(server: Address, shipped_store: Store) -> None:
    here, there = QuestionService(shipped_store), QuestionService(open_store(server.query))
    wanted = list(here.ids())
    there.answer(wanted[0])  # makes the resolver
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(there.answer, wanted))
    differing = [
        one for one, answer in zip(wanted, answers, strict=True) if envelope(answer) != envelope(here.answer(one))
    ]
    assert not differing


_BLANK = re.compile(r"_:\w+")


@pytest.mark.server
@pytest.mark.parametrize(
    "form",
    ["csv-nodes", *(pytest.param(one, marks=pytest.mark.slow) for one in ("nquads", "gexf", "cypher", "csv-edges"))],
)
def test_exports_are_the_same_on_a_server(server: Address, shipped_store: Store, tmp_path: Path, form: str) -> None:
    """To the letter, but for the names of blank nodes; nothing of the server's own and no loose end."""
    made = []
    for number, place in enumerate((shipped_store.location, server.query)):
        file = tmp_path / str(number)
        assert main(["--store", place, "export", "--format", form, "-o", str(file)]) == 0
        made.append(file.read_text(encoding="utf-8"))
    assert sorted(_BLANK.sub("_:", made[0]).splitlines()) == sorted(_BLANK.sub("_:", made[1]).splitlines())
    for text in made if form == "nquads" else ():
        starts = {line.split(" ", 1)[0] for line in text.splitlines()}
        assert set(_BLANK.findall(text)) <= starts and _BLANK.search(text)


@pytest.mark.server
def test_a_query_that_names_no_graph_sees_all_of_ours_on_a_server(server: Address, shipped_store: Store) -> None:
    """Only ours: neither the server's own graphs nor the books."""
    query = "SELECT ?kind (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a ?kind } GROUP BY ?kind ORDER BY ?kind"
    here, there = (BoundedStore(store, Bounds(10_000, 10**7)) for store in (shipped_store, open_store(server.query)))
    assert there.asked(query, None) == here.asked(query, None)
    named = Dataset((here.graphs()[0],))
    assert there.asked(query, named) == here.asked(query, named)


@pytest.mark.slow
@pytest.mark.server
def test_stored_queries_with_other_values_have_the_same_answers_on_a_server(
    server: Address, shipped_store: Store
) -> None:
    """One other legal value of each parameter, and the queries that no question asks."""
    here, there = Runner(shipped_store), Runner(open_store(server.query))
    asked = [(query, given) for query in Catalogue().all() for given in others(query, shipped_store)]
    assert len(asked) > 90
    for query, given in asked:
        assert envelope(there.answer(query, given)) == envelope(here.answer(query, given)), (query.name, given)


ASKED_OF_COPIES = ("export/number-of-subjects", "export/statements-by-property", "export/things-by-class")
"""Queries on all graphs of a store, the server's own too: a release is made of a copy of ours."""


@pytest.mark.server
@pytest.mark.parametrize("name", internal_queries())
def test_what_python_asks_is_answered_alike_on_a_server(server: Address, shipped_store: Store, name: str) -> None:
    """With the default of its parameter, in the order written; blank nodes have other names there."""
    if name in ASKED_OF_COPIES:
        pytest.skip("is not asked of servers")
    there, text = open_store(server.query), internal_query(name)
    here, elsewhere = told(shipped_store.query(text)), told(there.query(there.in_turn(text)))
    if name == "serve/things-of-a-kind":  # any one will do
        assert isinstance(here, list) and isinstance(elsewhere, list) and len(here) == len(elsewhere) == 1
    elif name.startswith("export/first-thing-of-each-"):  # only the terms of our ontology are looked up in it
        assert isinstance(here, list) and isinstance(elsewhere, list)
        assert [line for line in elsewhere if namespaces.ONTOLOGY in line[0]] == [
            line for line in here if namespaces.ONTOLOGY in line[0]
        ]
    else:
        assert elsewhere == here


@pytest.mark.slow
@pytest.mark.server
def test_a_release_is_the_same_from_a_server(server: Address, shipped_store: Store, tmp_path: Path) -> None:
    """Nothing of the server's own is counted; the checksums are those of every file."""
    for name, store in (("here", shipped_store), ("there", open_store(server.query))):
        release(store, str(tmp_path / name))
    assert (tmp_path / "there" / CHECKSUMS).read_text() == (tmp_path / "here" / CHECKSUMS).read_text()


def told(result: Rows | bool | Triples) -> bool | list[list[str]]:
    """Yes or no, or the rows or triples of an answer in any order, blank nodes as such."""
    if isinstance(result, bool):
        return result
    lines = result.rows if isinstance(result, Rows) else result.triples
    return sorted([_BLANK.sub("_:", term.n3()) if term else "" for term in line] for line in lines)


@pytest.mark.server
@pytest.mark.parametrize("participant", ["UNDP", "AFRICAN-UNION", "CH"])
def test_events_without_dates_and_with_several_are_told_alike_on_a_server(
    server: Address, shipped_store: Store, participant: str
) -> None:
    """Line 4 of the overview thanks UNDP and the African Union for consultations that it gives no dates; those that
    Switzerland had a part in have several evidences, and dates of more than one day (lines 90 and 93)."""
    query = Catalogue().get("events-by-participant")
    for given in ({}, {"role": list(query.parameters["role"].legal or ())}):
        here, there = (
            Runner(store).answer(query, {"participant": [participant], **given})
            for store in (shipped_store, open_store(server.query))
        )
        assert envelope(there) == envelope(here)
        assert [row["dates"] for row in there.flat()] == [None] or participant == "CH"


def others(query: StoredQuery, shipped_store: Store) -> Iterator[dict[str, list[str]]]:
    """No values at all; and for each parameter the last of those that are legal."""
    yield {}
    for name, parameter in query.parameters.items():
        if isinstance(parameter.legal, str):
            found = sorted(row[0].value for row in rows(shipped_store.query(parameter.legal)).rows if row[0])
        else:
            found = list(parameter.legal or ())
        if found:
            yield {name: [found[-1].rpartition("#")[2]]}


@pytest.mark.parametrize(
    ("order", "wanted"),
    [("ORDER BY ?a DESC(BOUND(?b))", "ORDER BY IF(isNumeric(?a), ?a, 0) STR(?a) DESC(BOUND(?b))"),
     ("ORDER BY xsd:integer(?a) LIMIT 1", "ORDER BY xsd:integer(?a) LIMIT 1"), ("", "")],
)  # fmt: skip
def test_a_query_in_turn_is_told_to_virtuoso_in_its_own_words(order: str, wanted: str) -> None:
    query = f"SELECT * WHERE {{ {{ SELECT ?a WHERE {{ ?a ?b ?c }} ORDER BY ?a }} }} {order}"
    turned = VIRTUOSO.in_turn(query)
    assert turned.startswith("DEFINE ") and turned.endswith(f"ORDER BY ?a }} }} {wanted}")
    assert pragmas(VIRTUOSO.in_turn("ASK {}"))[1] == "ASK {}" == STANDARD.in_turn("ASK {}")


@pytest.mark.server
def test_a_server_is_loaded_validated_and_told_what_it_holds(
    server: Address, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings(monkeypatch, server)
    assert not build_store(server.query).rebuilt, "what is up to date is not sent again"
    (loaded,) = load_inputs(server.query, [PLAN], ReadOptions()).sources
    assert loaded.added > 100
    store = open_store(server.query)
    assert any("REC/9/1" in name for name in store.graphs())
    assert not any("mandategraph/store/" in name for name in store.graphs()), "the books are no content"
    assert load_inputs(server.query, [PLAN], ReadOptions()).added == 0, "the records are kept in the books"
    assert validate_store(store).conforms
    assert main(["--store", server.query, "show", "SBI-3"]) == 0
    assert "SBI-3" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.server
def test_judgements_on_identity_are_kept_on_a_server_as_in_a_folder(
    shipped_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row, code = "WG2020-REC-1-1.annex-2.table-1.row-7", "DSI-AHTEG-2020-01"
    apart = f"ASK {{ GRAPH ?g {{ <https://w3id.org/mandategraph/id/meeting/{row}> a ?kind }} }}"
    with oxigraph() as address:
        surroundings(monkeypatch, address)
        shutil.copytree(shipped_folder, tmp_path, dirs_exist_ok=True)
        for place in (address.query, str(tmp_path)):
            build_store(place)
            assert open_store(place).query(apart) is False
            assert main(["--store", place, "identity", "revoke", row, code, "--why", "to try"]) == 0
            assert f"{row} is not {code}: to try" in capsys.readouterr().out
            assert open_store(place).query(apart) is True
            assert main(["--store", place, "identity", "confirm", row, "no such thing", "--why", "x"]) == 1
            assert load_inputs(place, [PLAN], ReadOptions()).added > 100
        there, here = open_store(address.query), open_store(str(tmp_path))
        assert named(there.dump()) == named(here.dump())
        assert not build_store(address.query).rebuilt


@pytest.mark.server
@pytest.mark.parametrize("given", [{"user": "me", "password": "hush"}, {"token": "hush"}])
def test_credentials_open_a_store_and_are_never_told(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with oxigraph(**given) as address:
        surroundings(monkeypatch, address)
        assert main(["--store", address.query, "sparql", "ASK {}"]) == 2
        assert "MANDATEGRAPH_USER" in capsys.readouterr().err
        for name, value in given.items():
            monkeypatch.setenv(f"MANDATEGRAPH_{name.upper()}", value)
        assert main(["--store", address.query, "sparql", "ASK {}", "--format", "json"]) == 0
        assert "hush" not in "".join(capsys.readouterr())
        if "user" in given:
            monkeypatch.delenv("MANDATEGRAPH_USER")
            within = address.query.replace("http://", "http://me:hush@")
            store = open_store(within)
            assert store.query("ASK {}") is True and "hush" not in store.location
            with pytest.raises(StoreError) as caught:
                open_store(within.replace("/sparql", "/nowhere")).query("ASK {}")
            assert "hush" not in str(caught.value)
    assert "hush" not in repr(Credentials("me", "hush", "hush"))


@pytest.mark.server
def test_credentials_in_an_address_are_percent_encoded() -> None:
    """RFC 3986, section 3.2.1."""
    with oxigraph(user="us@er", password="p:w%/@") as address:
        within = address.query.replace("http://", "http://us%40er:p%3Aw%25%2F%40@")
        assert Transport(within, Credentials()).query("ASK {}", "ask")


@pytest.mark.server
def test_no_answer_is_told_with_the_seconds_that_were_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mandategraph.store.transport.WRITE_TIMEOUT_SECONDS", 0.25)
    with oxigraph() as address:
        slow = address.query.replace("/sparql", "/slow")
        with pytest.raises(
            StoreError, match="did not answer the query .no answer within 0.5 seconds.*MANDATEGRAPH_TIMEOUT"
        ):
            Transport(slow, timeout=0.5).query("ASK {}", "ask")
        with pytest.raises(StoreError, match="did not carry out the update .no answer within 0.25 seconds"):
            Transport(slow, timeout=30).update("CLEAR ALL", slow)
        with pytest.raises(StoreError, match="did not take the graph .no answer within 0.25 seconds"):
            Transport(slow, timeout=30).send_graph("urn:g", b"", slow, "PUT")


@pytest.mark.server
@pytest.mark.parametrize("given", [{"user": "me", "password": "hush"}, {"token": "hush"}])
def test_credentials_open_every_address_of_a_store_whatever_its_host(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with oxigraph(**given) as address:
        surroundings(monkeypatch, address)
        for name, value in given.items():
            monkeypatch.setenv(f"MANDATEGRAPH_{name.upper()}", value)
        changed(RemoteStore(address.query.replace("127.0.0.1", "localhost")))


def changed(store: RemoteStore) -> None:
    """Change a store as a load does, at each of its addresses."""
    with leased(store) as lease:
        lease.check()
        assert store.graph_address
        store.transport.send_graph("urn:g", b'<urn:a> <urn:b> "c" .\n', store.graph_address, "PUT")
    assert store.query('ASK { GRAPH <urn:g> { ?s ?p "c" } }') is True


@pytest.mark.server
def test_credentials_in_the_address_of_updates_are_used_there_and_never_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = ox.Store()
    with oxigraph(content) as reading, oxigraph(content, user="me", password="hush") as writing:
        surroundings(monkeypatch, Address(reading.query, writing.environment))
        assert main(["--store", reading.query, "build"]) == 2
        assert "wants other credentials" in capsys.readouterr().err
        for name, value in writing.environment.items():
            monkeypatch.setenv(name, value.replace("http://", "http://me:hush@"))
        store = RemoteStore(reading.query)
        assert "hush" not in f"{store.update_address} {store.graph_address}"
        changed(store)
        monkeypatch.setenv(
            "MANDATEGRAPH_UPDATE", writing.query.replace("//", "//me:hush@").replace("sparql", "nowhere")
        )
        assert main(["--store", reading.query, "build"]) == 2
        told = capsys.readouterr().err
        assert "/nowhere" in told and "hush" not in told


@pytest.mark.server
@pytest.mark.parametrize("variable", ["MANDATEGRAPH_UPDATE", "MANDATEGRAPH_GSP"])
@pytest.mark.parametrize("wrong", ["foo", "file:///etc/passwd", "ftp://h/update", "http://h/a b"])
def test_an_address_for_changes_that_is_none_is_refused_by_the_name_of_its_variable(
    variable: str, wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with oxigraph() as address:
        surroundings(monkeypatch, address)
        monkeypatch.setenv(variable, wrong)
        assert main(["--store", address.query, "build", "--force"]) == 2
        told = capsys.readouterr().err
        assert told.startswith(f"mandategraph: {variable}: this is not an address") and told.count("\n") == 1


@pytest.mark.server
def test_an_address_that_takes_updates_for_another_store_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    other = ox.Store()
    with oxigraph() as address, oxigraph(other) as another:
        surroundings(monkeypatch, address)
        for wrong in (another.environment["MANDATEGRAPH_UPDATE"], address.query.replace("/sparql", "/web")):
            monkeypatch.setenv("MANDATEGRAPH_UPDATE", wrong)
            with pytest.raises(StoreError, match=f"{wrong}: updates .*do not reach the store.*{address.query}"):
                build_store(address.query)
    assert not len(other), "the marks that were put there by mistake are taken away"


@pytest.mark.server
def test_what_is_no_answer_of_a_store_is_told_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with oxigraph() as address:
        web = address.query.replace("/sparql", "/web")
        for asked in ("ASK {}", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
            assert main(["--store", web, "sparql", asked]) == 2
            told = capsys.readouterr().err
            assert (
                told.startswith(f"mandategraph: {web}: the endpoint's answer is not ") and "Check the address" in told
            )


@pytest.mark.parametrize("address", ["http://h/\u6c34", f"http://{'h' * 70}/"])
def test_what_cannot_be_sent_is_no_fault_of_ours_and_what_is_one_is_not_hidden(address: str) -> None:
    with pytest.raises(StoreError, match="did not answer the query"):
        Transport(address).query("ASK {}", "ask")
    with pytest.raises(TypeError):
        Transport(address).query(3, "ask")  # type: ignore[arg-type]


@pytest.mark.server
@pytest.mark.parametrize("variable", ["MANDATEGRAPH_TIMEOUT", "MANDATEGRAPH_LEASE"])
def test_seconds_that_are_none_are_refused_by_the_name_of_their_variable(
    variable: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with oxigraph() as address:
        surroundings(monkeypatch, address)
        for wrong in ("abc", "-1", "0", "nan", "inf", "1e9", "3 s"):
            monkeypatch.setenv(variable, wrong)
            assert main(["--store", address.query, "build"]) == 2
            told = capsys.readouterr().err
            assert told.startswith(f"mandategraph: {variable}: '{wrong}'") and told.count("\n") == 1
        monkeypatch.setenv(variable, "2.5")
        assert open_store(address.query).query("ASK { ?s ?p ?o }") is False, "nothing was changed"


def test_addresses_for_changes_follow_from_that_of_queries() -> None:
    assert VIRTUOSO.addresses("http://h/sparql") == ("http://h/sparql-auth", "http://h/sparql-graph-crud-auth")
    assert STANDARD.addresses("http://h/ds/query") == ("http://h/ds/update", "http://h/ds/data")
    assert STANDARD.addresses("http://h/repositories/x")[0] == "http://h/repositories/x/statements"
    assert ONE_ADDRESS.addresses("http://h/sparql") == ("http://h/sparql", None)
    assert dialect_of("", b'{"head":{"vars":["__ASK_RETVAL"]}}') is VIRTUOSO
    assert dialect_of("QLever", b"") is ONE_ADDRESS and dialect_of("x", b'{"boolean": true}') is STANDARD


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [("boolean", "1", "true"), ("dayTimeDuration", "-3628800", "-P42D"), ("dayTimeDuration", "0", "P0D"),
     ("dayTimeDuration", "5400", "PT1H30M"), ("date", "2020-02-29", "2020-02-29")],
)  # fmt: skip
def test_values_are_read_as_an_engine_writes_them(kind: str, value: str, wanted: str) -> None:
    binding = {"type": "typed-literal", "value": value, "datatype": f"http://www.w3.org/2001/XMLSchema#{kind}"}
    assert VIRTUOSO.term(binding).value == wanted


@pytest.mark.parametrize("address", ["http://", "http://[x/sparql", "http://h:port/sparql", "http://h/a b", "ftp://h/"])
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(UsageError, match="not an address"):
        Transport(address)


@pytest.mark.server
def test_the_store_holds_rows_after_a_switch_of_state(server: Address) -> None:
    store = open_store(server.query)
    found = store.query("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/staged/')) } LIMIT 1")
    assert isinstance(found, Rows) and not found.rows, "nothing is left of what was sent aside"
