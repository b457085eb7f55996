"""The store: atomic builds that survive being killed, readers beside builders, clear errors, remote endpoints."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from mandategraph.store import Rows, Store, Term, Triples, default_location, is_remote, open_store
from mandategraph.store.base import iri, literal
from mandategraph.store.embedded import EmbeddedStore, OxigraphStore, copied, dump
from mandategraph.store.local_swap import publish
from mandategraph.store.versions import current
from mandategraph.system.errors import StoreError, UsageError
from servers import oxigraph

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
SIZE = 3000

BUILDER = """
import sys, time
from pathlib import Path
import pyoxigraph as ox
from mandategraph.store.local_swap import publish

folder, mark, size, pause = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])

def fill(store):
    print("filling", flush=True)
    for part in range(3):
        lines = (f'<urn:s{part}-{n}> <urn:p> "{mark}" <urn:g> .' for n in range(size // 3))
        store.bulk_load("\\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
        time.sleep(pause)

print(publish(folder, mark, fill), flush=True)
"""


def fill_with(mark: str, size: int = 3):
    """A fill function that puts ``size`` statements with this mark into a store."""

    def fill(store: ox.Store) -> None:
        lines = (f'<urn:s{number}> <urn:p> "{mark}" <urn:g> .' for number in range(size))
        store.bulk_load("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)

    return fill


def marks(folder: Path) -> set[str]:
    """What the live generation holds."""
    store = open_store(str(folder))
    result = store.query("SELECT DISTINCT ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(result, Rows)
    return {row["o"].value for row in result.dicts()}


def count(store: Store) -> int:
    """How many statements a store holds."""
    result = store.query(COUNT)
    assert isinstance(result, Rows)
    value = result.rows[0][0]
    assert value is not None
    return int(value.value)


def generations(folder: Path) -> list[str]:
    """The generation folders that are there."""
    return sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("generation-"))


def builder(folder: Path, mark: str, size: int = SIZE, pause: float = 0.0) -> subprocess.Popen[str]:
    """A real process that builds the store."""
    command = [sys.executable, "-c", BUILDER, str(folder), mark, str(size), str(pause)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_closed_store_says_so_when_it_is_asked(tmp_path: Path) -> None:
    publish(tmp_path, "a", fill_with("a"))
    for store in (open_store(str(tmp_path)), OxigraphStore("in memory", ox.Store())):
        store.close()
        store.close()
        for asking in (
            store.graphs,
            store.dump,
            lambda store=store: store.query("ASK {}"),
            lambda store=store: copied(store),
        ):
            with pytest.raises(StoreError, match="the store is closed. Open it again."):
                asking()


def test_publish_fills_once_for_one_fingerprint(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "store"
    assert publish(folder, "one", fill_with("one"))
    assert not publish(folder, "one", fill_with("never"))
    assert publish(folder, "one", fill_with("again"), force=True)
    assert marks(folder) == {"again"}


def test_the_generation_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    for mark in ("a", "b", "c", "d"):
        publish(tmp_path, mark, fill_with(mark))
    live = current(tmp_path)
    assert live is not None and live.previous is not None
    assert generations(tmp_path) == sorted([live.name, live.previous])
    assert marks(tmp_path) == {"d"}


def test_a_reader_keeps_its_content_while_builds_go_on(tmp_path: Path) -> None:
    publish(tmp_path, "first", fill_with("first", 500))
    reader = open_store(str(tmp_path))
    for mark in ("second", "third", "fourth"):
        publish(tmp_path, mark, fill_with(mark))
    assert count(reader) == 500
    assert b'"first"' in reader.dump()


def test_a_fill_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    publish(tmp_path, "good", fill_with("good"))

    def broken(store: ox.Store) -> None:
        fill_with("broken")(store)
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        publish(tmp_path, "broken", broken)
    assert marks(tmp_path) == {"good"}
    assert len(generations(tmp_path)) == 1


def test_builds_that_are_killed_never_break_the_store(tmp_path: Path) -> None:
    publish(tmp_path, "start", fill_with("start", SIZE))
    seen = {"start"}
    for number in range(16):
        mark = f"build-{number}"
        process = builder(tmp_path, mark, pause=0.004)
        if number % 2:
            assert process.stdout is not None
            process.stdout.readline()  # killed while it fills, a little later each time
            time.sleep(number * 0.003)
        else:
            time.sleep(0.06 + number * 0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        seen.add(mark)
        store = EmbeddedStore(tmp_path)
        assert count(store) == SIZE, "a build that was killed left half a store behind"
        assert marks(tmp_path) == {store.fingerprint} <= seen
        store.close()
    publish(tmp_path, "end", fill_with("end"))
    assert marks(tmp_path) == {"end"}
    assert len(generations(tmp_path)) <= 2, "the litter of killed builds is cleared"


def test_a_first_build_that_is_killed_can_be_done_again(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    process = builder(folder, "first", pause=5)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert generations(folder) and current(folder) is None
    with pytest.raises(StoreError, match="no store here"):
        open_store(str(folder))
    assert publish(folder, "first", fill_with("first"))
    assert marks(folder) == {"first"} and len(generations(folder)) == 1


def test_of_two_builds_at_once_the_second_waits_and_finds_it_done(tmp_path: Path) -> None:
    first = builder(tmp_path, "same", pause=0.25)
    assert first.stdout is not None
    first.stdout.readline()
    second = builder(tmp_path, "same")
    out, err = second.communicate(timeout=30)
    assert first.wait(timeout=30) == 0
    assert (out.strip(), err.count("waiting for it")) == ("False", 1)
    assert len(generations(tmp_path)) == 1


def test_readers_open_the_store_while_it_is_built_again_and_again(tmp_path: Path) -> None:
    publish(tmp_path, "0", fill_with("0"))
    failures: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                assert count(EmbeddedStore(tmp_path)) == 3
            except BaseException as error:  # told by the test below
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 15):
        publish(tmp_path, str(number), fill_with(str(number)))
    stop.set()
    for reader in readers:
        reader.join()
    assert not failures


def test_a_store_folder_that_nobody_may_write_can_be_read_but_not_built() -> None:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only the superuser can become a user who may not write")
    folder = Path(tempfile.mkdtemp(prefix="mandategraph-test-"))
    try:
        publish(folder, "there", fill_with("there"))
        subprocess.run(["chmod", "-R", "a+rX,a-w", str(folder)], check=True)
        code = (
            "import os, sys; from pathlib import Path\n"
            "import filelock, pyoxigraph\n"
            "from mandategraph.store import open_store, remote\n"
            "from mandategraph.store.embedded import EmbeddedStore\n"
            "from mandategraph.store.local_swap import publish\n"
            "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
            "print(EmbeddedStore(Path(sys.argv[1])).fingerprint)\n"
            "try: publish(Path(sys.argv[1]), 'new', lambda store: None)\n"
            "except Exception as error: print(type(error).__name__, error)\n"
        )
        done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False)
        first, second = done.stdout.splitlines()
        assert first == "there", done.stderr
        assert second.startswith("StoreError") and "cannot be written" in second and str(folder) in second
    finally:
        shutil.rmtree(folder)


def test_places_that_cannot_be_a_store_are_told_clearly(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("hello", encoding="utf-8")
    with pytest.raises(StoreError, match="is a file"):
        publish(file, "x", fill_with("x"))
    with pytest.raises(StoreError, match="is a file"):
        open_store(str(file))
    with pytest.raises(StoreError, match="not empty and is not a store"):
        publish(tmp_path, "x", fill_with("x"))
    assert file.read_text(encoding="utf-8") == "hello"
    with pytest.raises(StoreError, match="mandategraph build"):
        open_store(str(tmp_path / "nothing"))


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"generation": "../x", "fingerprint": "a", "previous": null}'])
def test_a_damaged_store_says_so_and_a_build_mends_it(tmp_path: Path, content: str) -> None:
    publish(tmp_path, "a", fill_with("a"))
    (tmp_path / "CURRENT").write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        open_store(str(tmp_path))
    assert publish(tmp_path, "a", fill_with("a"))
    assert marks(tmp_path) == {"a"}


def test_a_generation_that_went_missing_says_so_and_a_build_mends_it(tmp_path: Path) -> None:
    publish(tmp_path, "a", fill_with("a"))
    shutil.rmtree(tmp_path / generations(tmp_path)[0])
    with pytest.raises(StoreError, match="damaged"):
        open_store(str(tmp_path))
    assert publish(tmp_path, "a", fill_with("a"))
    assert marks(tmp_path) == {"a"}


def test_the_default_place_is_the_environments_or_the_users_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANDATEGRAPH_STORE", "/somewhere/else")
    assert default_location() == "/somewhere/else"
    monkeypatch.delenv("MANDATEGRAPH_STORE")
    assert "mandategraph" in default_location()
    assert is_remote("HTTPS://example.org/sparql") and not is_remote("/srv/http")


def test_results_are_plain_values(tiny: Store) -> None:
    found = tiny.query('SELECT ?a ?b ?c WHERE { VALUES (?a ?b ?c) { (<urn:x> "水"@zh 3) (UNDEF "y" UNDEF) } }')
    whole = literal("3", datatype="http://www.w3.org/2001/XMLSchema#integer")
    assert isinstance(found, Rows)
    assert found.rows == ((iri("urn:x"), literal("水", lang="zh"), whole), (None, literal("y"), None))
    assert tiny.query("ASK { GRAPH ?g { ?s ?p ?o } }") is True
    made = tiny.query("CONSTRUCT { <urn:a> <urn:b> ?o } WHERE { VALUES ?o { 2 1 2 } }")
    assert isinstance(made, Triples) and [triple[2].value for triple in made.triples] == ["1", "2"]


def test_the_dump_is_sorted_and_the_same_each_time(tiny: Store) -> None:
    first = tiny.dump()
    assert first == tiny.dump() and first.splitlines() == sorted(first.splitlines())
    assert "https://w3id.org/mandategraph/graph/register" in tiny.graphs()


@pytest.mark.parametrize("query", ["SELECT * WHERE { ?s ?p }", "INSERT DATA { <a:a> <a:b> <a:c> }", ""])
def test_bad_sparql_gives_the_parsers_words_on_one_line(tiny: Store, query: str) -> None:
    with pytest.raises(UsageError, match="query, line 1, column") as caught:
        tiny.query(query)
    assert "\n" not in str(caught.value)


def test_a_term_is_written_safely() -> None:
    assert literal('a"\\\n\u0001').n3() == '"a\\"\\\\\\n\\u0001"'
    assert literal("水", lang="zh").n3() == '"水"@zh'
    for bad in (iri("urn:a> } #"), iri("no scheme"), literal("x", lang="en> }"), literal("x", datatype="a b")):
        with pytest.raises(UsageError):
            bad.n3()
    assert Term("blank", "b0").n3() == "_:b0"


@pytest.fixture(scope="module")
def endpoint(tiny: Store) -> Iterator[str]:
    """The address of a real HTTP server over the tiny graph."""
    content = ox.Store()
    content.bulk_load(tiny.dump(), format=ox.RdfFormat.N_QUADS)
    with oxigraph(content) as address:
        yield address.query.removesuffix("/sparql")


@pytest.mark.server
def test_a_remote_store_answers_like_the_embedded_one(endpoint: str, tiny: Store) -> None:
    remote = open_store(f"{endpoint}/sparql")
    for query in (
        "SELECT ?s ?o WHERE { GRAPH ?g { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o } } ORDER BY ?s ?o",
        "ASK { GRAPH ?g { ?s ?p ?o } }",
        "ASK { GRAPH <urn:none> { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <https://w3id.org/mandategraph/graph/derived> { ?s ?p ?o } }",
    ):
        assert remote.query(query) == tiny.query(query)
    assert remote.graphs() == tiny.graphs()
    assert _named(remote.dump()) == _named(tiny.dump())


def _named(dump: bytes) -> list[bytes]:
    """The lines without blank nodes, whose names differ from reader to reader."""
    return [line for line in dump.splitlines() if b"_:" not in line]


@pytest.mark.server
def test_an_endpoint_that_fails_gives_one_clear_line(endpoint: str) -> None:
    from mandategraph.store.remote import RemoteStore

    with pytest.raises(UsageError, match="line 1"):
        open_store(f"{endpoint}/sparql").query("SELECT * WHERE {")
    with pytest.raises(StoreError, match="no answer within 1 seconds"):
        RemoteStore(f"{endpoint}/slow", timeout=1).query("ASK {}")
    for address in (f"{endpoint}/web", "http://127.0.0.1:9/sparql"):
        with pytest.raises(StoreError) as caught:
            open_store(address).query("ASK {}")
        assert address in str(caught.value) and "\n" not in str(caught.value)


def test_a_copy_in_memory_keeps_graphs_and_blank_nodes_that_several_graphs_share() -> None:
    content = ox.Store()
    content.load(
        b"""PREFIX : <urn:> :x :p "_: no node" . _:one :p _:two .
        GRAPH :g { _:one :q ( :a _:two ) } GRAPH :h { _:two :r "plain" . _:one :r 1 } GRAPH _:named { :a :b :c }""",
        format=ox.RdfFormat.TRIG,
    )
    copy = copied(OxigraphStore("made", content))
    assert set(copy.engine) == set(content) and len(copy.engine) == 10
    assert copy.dump() == dump(content)
