"""States of knowledge: as of a day or a document, and record files, through the library and the command line."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from mandategraph import cli
from mandategraph.pipeline.as_of import Undated, open_state, store_as_of, store_of_records
from mandategraph.pipeline.build import INFERENCE, build_store
from mandategraph.rdf.namespaces import GRAPHS
from mandategraph.serve import jobs
from mandategraph.serve.job import Job
from mandategraph.serve.session import Session
from mandategraph.store import Store, source_archive
from mandategraph.store.bounded import Bounds
from mandategraph.store.remote import RemoteStore
from mandategraph.system.errors import InputError, NotFound, StoreError, UsageError
from servers import oxigraph

PLAN = "CBD/WG2020/REC/1/1"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store folder, built when first asked."""
    return str(tmp_path_factory.mktemp("known") / "store")


@pytest.fixture
def run(place: str, capsysbinary: pytest.CaptureFixture[bytes]):
    def command(*argv: str) -> tuple[int, str, str]:
        capsysbinary.readouterr()
        code = cli.main(["--store", place, *argv])
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return command


def named(store: Store) -> list[bytes]:
    """All statements but those on nodes without a name, which are called anew each time."""
    return [line for line in store.dump().splitlines() if b"_:" not in line]


def test_a_document_is_known_from_its_day_on(place: str) -> None:
    by_day, by_symbol, by_folder = (store_as_of(place, text) for text in ("2019-08-30", PLAN, "wg2020-rec-1-1"))
    assert named(by_day) == named(by_symbol) == named(by_folder)
    assert any(graph.endswith(PLAN) for graph in by_day.graphs())
    assert not any("overview" in graph for graph in by_day.graphs())
    assert any(graph.endswith("/derived") for graph in by_day.graphs())


@pytest.mark.parametrize(
    ("text", "error"),
    [("2019-08-29", NotFound), ("2019-13-01", UsageError), ("30.08.2019", UsageError), ("R", NotFound), ("", NotFound)],
)
def test_what_is_not_known_is_told(place: str, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        store_as_of(place, text)


def test_addresses_have_no_past() -> None:
    with pytest.raises(StoreError):
        store_as_of("http://127.0.0.1:9/sparql", "2019-08-30")


def test_a_record_file_is_a_state(place: str, tmp_path: Path) -> None:
    shipped = files("mandategraph.records").joinpath("wg2020-rec-1-1", "extracted.json").read_text(encoding="utf-8")
    records = tmp_path / "plan.json"
    records.write_text(shipped.replace('"start": "2020-05-25"', '"start": "2020-05-26"'), encoding="utf-8")
    assert named(store_of_records(records)) != named(store_as_of(place, "2019-08-30"))
    assert open_state(place, str(records)).location == str(records)
    for broken in ("{", "[]"):
        records.write_text(broken, encoding="utf-8")
        with pytest.raises(InputError):
            store_of_records(records)
    with pytest.raises(InputError):
        store_of_records(tmp_path / "none.json")


def test_what_has_no_date_is_told_as_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, dump = str(tmp_path / "store"), tmp_path / "beside.nq"
    dump.write_text(f"<urn:a> <urn:b> <urn:c> <{GRAPHS}beside> .\n", encoding="utf-8")
    assert cli.main(["--store", place, "load", str(dump)]) == 0
    query = "ASK { GRAPH ?g { ?s <urn:b> ?o } }"
    capsys.readouterr()
    for when, found, told in (
        ((), "yes", ""),
        (("--as-of", "2019-08-30"), "no", "has no date, and is left out: beside."),
    ):
        assert cli.main(["--store", place, "sparql", query, *when]) == 0
        out, err = capsys.readouterr()
        assert found in out and told in err and bool(err) is bool(told)
    session = Session(place, Bounds(1000, 100_000))
    assert session.at("2019-08-30").undated == Undated(("beside",)) and session.undated == Undated()
    given = Job("stored", name="F01", params={"meeting": ["SBI-3"]}, form="json", as_of="2019-08-30")
    note = json.loads(jobs.run(session, given).body)["note"]
    assert "is left out: beside." in note["en"] and "未予列入：beside。" in note["zh"]


def test_what_was_inferred_is_told_as_left_out(
    shipped_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What ``build --infer`` leaves beside a store says so; the inference itself takes long, and is not looked at."""
    place, asked = str(tmp_path / "store"), ["schedule", "SBI-3", "--as-of", "2019-08-30"]
    shutil.copytree(shipped_folder, place)
    (tmp_path / "store" / INFERENCE).touch()
    capsys.readouterr()
    assert cli.main(["--store", place, *asked]) == 0
    assert capsys.readouterr().err == "mandategraph: what was inferred has no date, and is left out.\n"
    session = Session(place, Bounds(1000, 100_000)).at("2019-08-30")
    assert session.undated == Undated(inferred=True) and session.undated.names == ("graph:inferred",)
    given = Job("stored", name="F01", params={"meeting": ["SBI-3"]}, form="json", as_of="2019-08-30")
    note = json.loads(jobs.run(Session(place, Bounds(1000, 100_000)), given).body)["note"]
    assert "What was inferred has no date" in note["en"] and "推理所得的陈述没有日期，未予列入。" in note["zh"]


@pytest.mark.server
def test_the_past_of_a_store_by_its_address_takes_its_books_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    taken: list[str] = []
    with oxigraph() as address:
        for name, value in address.environment.items():
            monkeypatch.setenv(name, value)
        build_store(address.query)
        real = source_archive.read_books

        def counted(store: RemoteStore) -> source_archive.SourceArchive:
            taken.append(store.location)
            return real(store)

        monkeypatch.setattr(source_archive, "read_books", counted)
        assert cli.main(["--store", address.query, "show", "SBI-3", "--as-of", "2019-08-30"]) == 0
        assert "SBI-3" in capsys.readouterr().out and len(taken) == 1
        Session(address.query, Bounds(1000, 100_000), "2019-08-30").store.close()
        assert len(taken) == 2


def test_diff_of_record_files_in_words(run, tmp_path: Path) -> None:
    shipped = files("mandategraph.records").joinpath("wg2020-rec-1-1", "extracted.json").read_text(encoding="utf-8")
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(shipped, encoding="utf-8")
    new.write_text(shipped.replace('"end": "2020-05-30"', '"end": "2020-05-31"'), encoding="utf-8")
    code, out, _ = run("diff", str(old), str(new), "--format", "json")
    (row,) = json.loads(out)["rows"]
    assert code == 0 and (row["thing"], row["event"], row["change"]) == ("SBI-3", "meeting-changed", "one day longer")
    assert row["change_zh"] == "延长1天" and row["source"].endswith("line 286")
    assert "one day longer" in run("diff", str(old), str(new), "--format", "md")[1]
    assert "The two states tell the same." in run("diff", str(old), str(old))[1]


@pytest.mark.parametrize(
    "argv",
    [
        ["ask", "which meetings feed WG2020-3"], ["show", "SBI-3"], ["schedule"],
        ["sparql", "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"],
        *(
            pytest.param(argv, marks=pytest.mark.slow)  # they open the store as those above do
            for argv in (
                ["query", "F01"], ["chain"], ["whatif", "SBI-3", "+60d"], ["coverage", "elements"], ["deadlines"],
                ["history", "SBI-3"],
            )
        ),
    ],
)  # fmt: skip
def test_every_verb_that_asks_can_ask_the_past(run, argv: list[str]) -> None:
    code, out, err = run(*argv, "--as-of", "2019-08-30")
    assert (code, err) == (0, "") and out
    # Whoever keeps an answer of an earlier state can tell; a result of SPARQL has no room for it.
    assert ("Only what was known as of 2019-08-30." in out) is (argv[0] != "sparql")
    code, out, err = run(*argv, "--as-of", "2019-08-29")
    assert (code, out) == (1, "") and "nothing was known on 2019-08-29. The first document is of 2019-08-30." in err


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["whatif", "SBI-3", "soon"], 2, "'soon' is not a number of days or weeks. Write it as 42d or 6w."),
        (["whatif", "SBI-9", "+1d"], 1, "SBI-9"),
        (["schedule", "WG2020-3", "--before", "six"], 2, "'six' is not a number of days or weeks"),
        (["schedule", "--earliest"], 2, "--earliest needs a meeting. Write schedule WG2020-3 --earliest."),
        (["coverage", "meetings"], 2, "unknown value for elements|lines 'meetings'"),
        (["diff", "2019-08-30"], 2, "required: TO"),
    ],
)
def test_mistakes_get_one_line(run, argv: list[str], code: int, words: str) -> None:
    found, out, err = run(*argv)
    assert (found, out) == (code, "") and err.count("\n") == 1 and words in err


def test_a_shift_to_earlier_is_no_option(run) -> None:
    code, out, _ = run("whatif", "SBI-3", "-2w", "--format", "json")
    assert code == 0 and json.loads(out)["params"] == {"meeting": "SBI-3", "change": "-2w"}
