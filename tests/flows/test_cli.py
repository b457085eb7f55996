"""The command line: one clear line for every mistake, the right exit code, results on standard output only."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pyoxigraph as ox
import pytest
from mandategraph import __version__, cli
from mandategraph.answers import write_answer, write_description
from mandategraph.commands import lookup
from mandategraph.query import explain
from mandategraph.rdf import namespaces

FIRST = "which meetings feed WG2020-3"


@pytest.fixture
def run(shipped_folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]):
    """Runs one command on the store of what is shipped: (exit code, standard output, standard error)."""
    monkeypatch.setenv("MANDATEGRAPH_STORE", str(shipped_folder))
    monkeypatch.delenv("MANDATEGRAPH_DEBUG", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def command(*argv: str) -> tuple[int, str, str]:
        capsysbinary.readouterr()
        code = cli.main(list(argv))
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return command


def process(shipped_folder: Path, *argv: str, **extra: object) -> subprocess.CompletedProcess[bytes]:
    """A real process on the store of what is shipped."""
    return subprocess.run(
        [sys.executable, "-m", "mandategraph", "--store", str(shipped_folder), *argv],
        capture_output=True,
        check=False,
        timeout=60,
        **extra,  # type: ignore[call-overload]
    )


def test_ask_answers_in_english_and_chinese(run) -> None:
    code, out, err = run("ask", FIRST)
    assert (code, err) == (0, "")
    assert "DSI-AHTEG-2020-01 · Ad Hoc Technical Expert Group" in out
    assert "6 found. Basis:" in out and "Query: meetings-that-feed-a-meeting (F01), meeting=WG2020-3" in out
    code, out, _ = run("ask", "哪些会议为WG2020-3提供投入")
    assert code == 0 and "DSI-AHTEG-2020-01 · 遗传资源" in out and "共6项。依据：" in out
    assert "DSI-AHTEG-2020-01 · Ad Hoc" in run("ask", "哪些会议为WG2020-3提供投入", "--lang", "en")[1]
    assert "DSI-AHTEG-2020-01 · 遗传资源" in run("--lang", "zh,en", "ask", FIRST)[1]


def test_ask_and_query_give_the_same_json(run) -> None:
    code, out, err = run("ask", *FIRST.split(), "--format", "json")
    assert code == 0 and err.startswith("mandategraph: query meetings-that-feed-a-meeting --param meeting=WG2020-3")
    told = json.loads(out)
    assert told["id"] == "F01" and told["status"] == "answered" and len(told["rows"]) == 6
    assert run("query", "F01", "--format", "json")[1] == out
    named = run("query", "meetings-that-feed-a-meeting", "--param", "meeting=wg2020-03", "--format", "json")
    assert named[1] == out


@pytest.mark.parametrize("form", list(write_answer.ROW_FORMATS))
def test_query_writes_every_row_format(run, form: str, tmp_path: Path) -> None:
    code, out, _ = run("query", "F01", "--format", form)
    assert code == 0 and "SBI-3" in out
    file = tmp_path / "out"
    assert run("query", "F01", "--format", form, "--output", str(file))[:2] == (0, "")
    assert file.read_bytes().decode("utf-8") == out


def test_the_mark_for_excel_stands_before_csv_only(run) -> None:
    out = run("query", "F01", "--format", "csv", "--bom")[1]
    assert out.startswith("\ufeff") and len(list(csv.DictReader(io.StringIO(out)))) == 6
    assert not run("query", "F01", "--format", "json", "--bom")[1].startswith("\ufeff")


def test_detail_gives_a_row_for_each_statement(run) -> None:
    folded = json.loads(run("query", "F01", "--format", "json")[1])["rows"]
    detail = json.loads(run("query", "F01", "--format", "json", "--detail")[1])["rows"]
    assert len(detail) > len(folded) and all("; " not in row["source"] for row in detail)


def test_queries_are_listed_and_explained(run) -> None:
    listed = json.loads(run("queries", "--format", "json")[1])
    assert {"F01", "F02", "F05"} <= {identifier for entry in listed for identifier in entry["ids"]}
    assert "Which meetings feed {meeting} directly?" in run("queries")[1]
    assert "哪些会议直接为{meeting}提供投入？" in run("queries", "--lang", "zh")[1]
    told = run("queries", "F01")[1]
    assert "WG2020-2" in told and "mandategraph query meetings-that-feed-a-meeting --param meeting=WG2020-3" in told
    assert run("queries", "F01", "--format", "md")[1].startswith("# meetings-that-feed-a-meeting")


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv", "table", "md", "html"])
def test_sparql_runs_a_query_given_in_three_ways(run, shipped_folder: Path, tmp_path: Path, form: str) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    code, out, err = run("sparql", text, "--format", form)
    assert (code, err) == (0, "")
    file = tmp_path / "count.rq"
    file.write_text(text, encoding="utf-8-sig")
    assert run("sparql", str(file), "--format", form)[1] == out
    piped = process(shipped_folder, "sparql", "-", "--format", form, input=text.encode())
    assert piped.stdout.decode("utf-8") == out


def test_a_query_that_names_no_graph_sees_all_of_them(run) -> None:
    def counted(dataset: str, pattern: str) -> int:
        select = f"SELECT (COUNT(*) AS ?n) {dataset} WHERE {{ SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }} }}"
        return int(run("sparql", select, "--format", "csv")[1].splitlines()[1])

    everything = counted("", "?s ?p ?o")
    assert everything == counted("", "GRAPH ?g { ?s ?p ?o }") > 10000
    derived = f"FROM <{namespaces.graph('derived')}>"
    assert 0 < counted(derived, "?s ?p ?o") == counted("", "GRAPH graph:derived { ?s ?p ?o }") < everything
    assert counted("", "?s mg:contributionSource ?o ; ?p ?o") == counted(
        "", "GRAPH ?g { ?s mg:contributionSource ?o ; ?p ?o }"
    ), "a name, no clause"


@pytest.mark.parametrize("form", write_answer.GRAPH_FORMATS)
def test_sparql_writes_graphs(run, form: str) -> None:
    from mandategraph.store.formats import FORMATS

    text = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <https://w3id.org/mandategraph/graph/derived> { ?s ?p ?o } }"
    code, out, _ = run("sparql", text, "--format", form)
    assert code == 0 and len(list(ox.parse(out, format=FORMATS[form]))) > 10


def test_show_tells_of_one_thing(run) -> None:
    code, out, err = run("show", "WG8(j)-11")
    assert (code, err) == (0, "") and out.startswith("WG8J-11 · ") and "line 269" in out
    assert json.loads(run("show", "wg8j-11", "--format", "json")[1])["code"] == "WG8J-11"
    assert run("show", "WG8(j)第十一次会议")[1] == out


def test_build_and_load_say_what_they_did(run, shipped_folder: Path) -> None:
    code, out, _ = run("build")
    assert code == 0 and out.startswith("up to date: ") and str(shipped_folder) in out


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["aks", "x"], 2, "unknown verb 'aks'. Did you mean ask?"),
        (["query", "F01", "--format", "jsn"], 2, "Did you mean json"),
        (["query", "F01", "--param", "meeting"], 2, "name=value"),
        (["query", "F01", "--param", "meting=SBI-3"], 2, "It takes: meeting"),
        (["query", "F01", "--param", "meeting=WG2020-33"], 1, "Did you mean WG2020-3"),
        (
            ["query", "F01", "--param", "modality=nomination-call"],
            1,
            "no term 'nomination-call' in the vocabulary of 'will'",
        ),
        (["query", "F01", "--param", "modality=shall"], 1, "There are: done, expected, may, unmarked, will"),
        (["query", "F01", "--format", "turtle"], 2, "cannot be written as turtle"),
        (["query", "meetings-that-feeds-a-meeting"], 1, "Did you mean meetings-that-feed-a-meeting"),
        (["queries", "F99"], 1, "no stored query 'F99'"),
        (["--lang", "fr", "queries"], 2, "zh,en"),
        (["ask", "what is the weather"], 1, "no stored question fits"),
        (["ask", "which meetings feed WG2020-77"], 1, "no meeting is known as 'WG2020-77'"),
        (["ask"], 2, "QUESTION"),
        (["show", "WG2020-77"], 1, "nothing is known as 'WG2020-77'"),
        (["sparql", "SELECT * WHERE {\n ?s ?p }"], 2, "query, line 2, column"),
        (["sparql", "nothing.rq"], 2, "nothing.rq: the query cannot be read (No such file or directory)"),
        (["sparql", "ASK {}", "--output", "/nowhere/at/all"], 2, "cannot be written"),
        (["load", "nothing.txt"], 2, "nothing.txt"),
        (["--store", "http://127.0.0.1:9/sparql", "sparql", "ASK {}"], 2, "http://127.0.0.1:9/sparql"),
        (["--store", __file__, "show", "SBI-3"], 2, "is a file"),
        (["--store", str(Path(__file__).parents[1]), "show", "SBI-3"], 2, "not a store"),
        (["--store", "ftp://example.org/sparql", "show", "SBI-3"], 2, "no address of a SPARQL endpoint"),
        (
            ["query", "S01"],
            1,
            "S01 is answered by schedule, not by a stored query. Run 'mandategraph questions run S01'",
        ),
        (["questions", "list", "F01", "Z99"], 1, "no question is known as 'Z99'"),
        (["questions", "run", "NOPE"], 1, "mandategraph questions lists all"),
        (["sparql", ""], 2, "the query is empty"),
        (["sparql", "DROP ALL"], 2, "this is an update, and only queries are run"),
        (["sparql", "PREFIX a: <http://a/>\nINSERT DATA { a:b a:b a:b }"], 2, "this is an update"),
        (
            ["sparql", "SELECT * { ?m a nobody:Meeting }"],
            2,
            "column 17: this is not SPARQL that can be run: the prefix 'nobody:' is not declared",
        ),
        (["sparql", "ASK { ?m a mg:Meeting "], 2, "query, line 1, column 23"),
        (["search", '"'], 2, "nothing to search for"),
        (["coverage"], 2, "required: elements|lines"),
        (["coverage", "elements", "wg2020-rec-1-1"], 2, "a source is for lines"),
        (["coverage", "lines", "--matrix"], 2, "--gap and --matrix are for elements"),
        (
            ["coverage", "elements", "--matrix", "--gap", "no-meeting"],
            2,
            "--matrix is of the whole plan, without --gap",
        ),
        (["schedule", "SBI-3", "--back-to-back"], 2, "--back-to-back is of the whole plan, without a meeting"),
        (["schedule", "--slip", "--before", "6w"], 2, "--slip is of the whole plan, without --before"),
        (["chain", "SBI-3", "--elements"], 2, "--elements is of the whole plan, without a meeting"),
        (["identity", "list", "SBI-3"], 2, "Write identity confirm or identity revoke"),
        (["load", "a.ttl", "--graph", "x"], 2, "'x' is no IRI"),
        (["export", "--format", "dot", "--depth", "2"], 2, "Name it with --around"),
        (["export", "--format", "dot", "--param", "meeting=SBI-3"], 2, "Name it with --query"),
        (["export", "-o", "both.dot", "--receipt", "both.dot"], 2, "name one file"),
        (["export", "-o", "tables.csv"], 2, "Give --format csv-nodes or csv-edges"),
        (["validate", "nothing"], 2, "nothing: the file cannot be read (No such file or directory)"),
    ],
)
def test_a_mistake_gives_one_clear_line(run, argv: list[str], code: int, words: str) -> None:
    found, out, err = run(*argv)
    assert (found, out) == (code, "")
    assert words in err and err.startswith("mandategraph: ") and err.count("\n") == 1


def test_files_that_are_no_documents_are_refused_and_the_store_stays(run, tmp_path: Path) -> None:
    before = run("sparql", "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")[1]
    for content in (b"", b"\x00\xff\xfe\x89PNG", b"hello\n"):
        file = tmp_path / "document.txt"
        file.write_bytes(content)
        code, out, err = run("load", str(file))
        assert (code, out) == (2, "") and str(file) in err and err.count("\n") == 1
    binary = tmp_path / "query.rq"
    binary.write_bytes(b"SELECT \xff")
    assert run("sparql", str(binary))[0] == 2
    assert run("sparql", "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")[1] == before


def test_what_comes_on_standard_input_is_called_so(shipped_folder: Path) -> None:
    done = process(shipped_folder, "load", "-", input=b"hello")
    assert done.returncode == 2 and done.stderr.startswith(b"mandategraph: standard input: is in none")


def test_a_folder_without_files_is_refused(run, tmp_path: Path) -> None:
    code, out, err = run("load", str(tmp_path))
    assert (code, out) == (2, "") and f"{tmp_path}: there is no file in it" in err


def test_questions_are_listed_by_their_numbers(run) -> None:
    rows = json.loads(run("questions", "list", "F02", "S10", "--format", "json")[1])["rows"]
    assert [row["id"] for row in rows] == ["F02", "S10"]


def test_a_file_may_begin_as_a_query_does(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("describe.rq", "base.rq", "load.rq"):
        Path(name).write_text("ASK {}", encoding="utf-8")
        assert run("sparql", name)[0] == 0


def test_no_property_is_told_by_its_bare_name(run) -> None:
    out = run("show", "昆明")[1]
    assert "other name: 昆明" in out and "skos:" not in out


def test_no_verb_prints_the_help_and_is_wrong_usage(run) -> None:
    code, out, err = run()
    assert (code, out) == (2, "") and "mandategraph ask" in err


@pytest.mark.parametrize(
    "verb", ["", "build", "load", "validate", "ask", "query", "queries", "sparql", "show", "serve", "mcp"]
)
def test_help_has_an_example(capsys: pytest.CaptureFixture[str], verb: str) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([*verb.split(), "--help"])
    out = capsys.readouterr().out
    assert caught.value.code == 0 and "example" in out and f"mandategraph {verb}".strip() in out


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"mandategraph {__version__}\n"


def test_the_choices_are_those_of_the_dispatch_tables() -> None:
    from mandategraph.validate import FAIL_ON, FORMATS

    parser = cli.parser()

    def accepted(argv: list[str]) -> str:
        return str(parser.parse_args(argv).format)

    for form in write_answer.ALL_FORMATS:
        assert accepted(["query", "x", "--format", form]) == accepted(["sparql", "x", "--format", form]) == form
    for form in explain.LIST_FORMATS:
        assert accepted(["queries", "--format", form]) == form
    for form in write_description.PROFILE_FORMATS:
        assert accepted(["show", "x", "--format", form]) == form
    for form in FORMATS:
        assert accepted(["validate", "--format", form]) == form
    for severity in FAIL_ON:
        assert parser.parse_args(["validate", "--fail-on", severity]).fail_on == severity


def test_a_fault_of_ours_is_told_in_one_line_and_traced_on_demand(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(args: object) -> int:
        raise ZeroDivisionError("deep\ninside")

    monkeypatch.setattr(lookup, "_show", broken)
    code, out, err = run("show", "x")
    assert (code, out, err.count("\n")) == (3, "", 1) and "MANDATEGRAPH_DEBUG=1" in err
    monkeypatch.setenv("MANDATEGRAPH_DEBUG", "1")
    assert "Traceback" in run("show", "x")[2]


def test_an_interrupt_gives_130(run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(lookup, "_show", interrupted)
    assert run("show", "x") == (130, "", "")


def _unread(pipe: IO[bytes]) -> int:
    """How many bytes written to a pipe nobody has read yet."""
    import fcntl
    import termios

    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_a_real_interrupt_gives_130_without_a_traceback(shipped_folder: Path) -> None:
    command = [sys.executable, "-m", "mandategraph", "--store", str(shipped_folder), "sparql", "-"]
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdin is not None
    started.stdin.write(b"#")
    started.stdin.flush()
    until = time.monotonic() + 60
    while _unread(started.stdin) and time.monotonic() < until:  # then it has started, and waits for the rest
        time.sleep(0.01)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=30)
    assert (started.returncode, out, err) == (130, b"", b"")


@pytest.mark.skipif(os.name != "posix", reason="pipes as on POSIX")
def test_a_broken_pipe_is_quiet(shipped_folder: Path) -> None:
    text = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
    command = [sys.executable, "-m", "mandategraph", "--store", str(shipped_folder), "sparql", text, "--format", "csv"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert started.stdout is not None and started.stderr is not None
    started.stdout.read(10)
    started.stdout.close()
    assert started.wait(timeout=30) == 0
    assert started.stderr.read() == b""
    started.stderr.close()


def test_chinese_comes_out_whole_in_any_locale(shipped_folder: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "COLUMNS": ""}
    done = process(shipped_folder, "query", "F01", "--lang", "zh", env=environment)
    assert done.returncode == 0 and "遗传资源数字序列信息" in done.stdout.decode("utf-8")


def test_a_warm_answer_loads_no_slow_library(shipped_folder: Path) -> None:
    code = (
        "import sys; from mandategraph.cli import main\n"
        f"assert main(['--store', {str(shipped_folder)!r}, 'ask', {FIRST!r}]) == 0\n"
        f"assert main(['--store', {str(shipped_folder)!r}, 'show', 'SBI-3']) == 0\n"
        f"assert main(['--store', {str(shipped_folder)!r}, 'sparql', 'ASK {{}}']) == 0\n"
        "slow = {'rdflib', 'pyshacl', 'networkx', 'SPARQLWrapper', 'filelock'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {slow}' if slow else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_sparql_fills_in_the_prefixes_that_a_query_does_not_declare(run) -> None:
    query = "SELECT ?m WHERE { GRAPH graph:derived { ?m mg:feeds meeting:COP-15 } }"
    code, out, _ = run("sparql", query, "--format", "csv")
    assert (code, out.splitlines()[1:]) == (0, ["https://w3id.org/mandategraph/id/meeting/WG2020-3"])
    other = "PREFIX mg: <https://example.org/other#> " + query
    assert run("sparql", other, "--format", "csv")[1].splitlines()[1:] == []
    assert "line 2" in run("sparql", "SELECT ?m WHERE {\n GRAPH graph:derived { nonsense } }")[2]
