"""Made-up graphs: the same bytes whoever makes them, and a graph that conforms; dumps taken into a store by as many
workers as one likes, in processes of this machine or on a Dask cluster."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from mandategraph.cli import main
from mandategraph.pipeline.bulk_load import is_dump, load_dumps
from mandategraph.rdf import namespaces
from mandategraph.store import open_store
from mandategraph.store.embedded import OxigraphStore
from mandategraph.synthetic.template import years_of
from mandategraph.synthetic.writing import shipped_template, synthesize
from mandategraph.system import resources
from mandategraph.system.errors import InputError, StoreError
from mandategraph.system.workers import Workers
from mandategraph.validate.entry import validate_store

ONE = f'<urn:a> <urn:b> "水"@zh <{namespaces.GRAPHS}made-up> .\n'


@pytest.fixture(scope="module")
def made() -> bytes:
    """Two processes."""
    return b"".join(synthesize(shipped_template().meetings + 1, seed=5))


def test_a_made_up_graph_conforms_and_has_as_many_meetings_as_wanted(made: bytes) -> None:
    store = ox.Store()
    store.bulk_load(made, format=ox.RdfFormat.N_QUADS)
    assert len(store) == made.count(b"\n"), "no statement is written twice"
    ontology = ox.NamedNode(namespaces.graph("ontology"))
    for file in resources.ontology_files():
        store.load(file.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ontology)
    report = validate_store(OxigraphStore("made up", store))
    assert report.conforms and not report.findings
    meetings = store.query(
        f"SELECT (COUNT(DISTINCT ?m) AS ?n) WHERE {{ GRAPH ?g {{ ?m a <{namespaces.ONTOLOGY}Meeting> }} }}"
    )
    assert int(next(iter(meetings))["n"].value) == 2 * shipped_template().meetings  # type: ignore[union-attr,arg-type,call-overload]


def test_the_seed_makes_the_graph_whoever_works_on_it(made: bytes) -> None:
    wanted = shipped_template().meetings + 1
    assert b"".join(synthesize(wanted, 5, Workers(2))) == made
    assert b"".join(synthesize(wanted, 6)) != made
    assert len({years_of(5, number) for number in range(200)}) > 20
    assert all(years_of(5, number) % 4 == 0 for number in range(200)), "leap days stay"


def test_a_dump_is_taken_in_once_and_replaced_as_a_whole(tmp_path: Path, made: bytes) -> None:
    store, dump = tmp_path / "store", tmp_path / "made-up.nq.gz"
    dump.write_bytes(gzip.compress(made))
    assert is_dump(dump)
    (first,) = load_dumps(str(store), [dump], workers=Workers(2))
    assert first.statements == made.count(b"\n")
    kept = (store / "dumps" / "made-up.nq.gz").read_bytes()
    (again,) = load_dumps(str(store), [dump])
    assert again == first and (store / "dumps" / "made-up.nq.gz").read_bytes() == kept, "whoever worked on it"
    name = "P00001.WG2020-3"
    assert main(["--store", str(store), "query", "F01", "--param", f"meeting={name}", "--format", "json"]) == 0
    dump.write_bytes(gzip.compress(ONE.encode()))
    (less,) = load_dumps(str(store), [dump])
    assert less.whole == first.whole - first.statements + 1 + shared(made, store)


@pytest.mark.parametrize("names", [("a/x.nq", "b/x.nq"), ("x.nq", "x.nt.gz"), ("x y.nq", "x-y.nq")])
def test_dumps_of_one_name_are_not_loaded_together(
    tmp_path: Path, names: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in names]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_text(ONE, encoding="utf-8")
    assert main(["load", *map(str, files), "--store", str(tmp_path / "store")]) == 2
    told = capsys.readouterr()
    assert not told.out and told.err.count("\n") == 1 and all(str(file) in told.err for file in files)
    assert not (tmp_path / "store").exists(), "told before anything is written"


def test_dumps_in_a_folder_are_taken_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, store = tmp_path / "dumps", tmp_path / "store"
    folder.mkdir()
    (folder / "one.nq").write_text(ONE, encoding="utf-8")
    (folder / "two.nq.gz").write_bytes(gzip.compress(ONE.encode()))
    (folder / "three.nt").write_text('<urn:a> <urn:b> "bare" .\n', encoding="utf-8")
    load = ["load", str(folder), "--store", str(store)]
    assert main(load) == 2
    told = capsys.readouterr().err
    assert str(folder / "one.nq") in told and str(folder / "three.nt") in told and told.count("\n") == 1
    assert main([*load, "--graph", "urn:g"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["one.nq", "three.nt", "two.nq.gz"]
    dump = open_store(str(store)).dump().decode()
    assert ONE in dump and '<urn:a> <urn:b> "bare" <urn:g> .\n' in dump and "rdf.one" not in dump


@pytest.mark.parametrize("option", [["--replace"], ["--keep-going"], ["--released", "2020-01-01"]])
def test_an_option_without_effect_on_dumps_is_refused(
    option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dump, store = tmp_path / "one.nq", tmp_path / "store"
    dump.write_text(ONE, encoding="utf-8")
    assert main(["load", str(dump), "--store", str(store), *option]) == 2
    assert capsys.readouterr().err.startswith(f"mandategraph: {option[0]} has no effect on dumps")
    assert not store.exists()


@pytest.mark.parametrize("more", [["small-plan.txt"], ["tiny.trig", "--as", "informea-meetings"]])
def test_a_graph_is_named_for_rdf_only(more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(Path(__file__).parents[2] / "fixtures" / more[0])
    command = ["load", file, *more[1:], "--graph", "urn:g", "--store", str(tmp_path / "store")]
    assert main(command) == 2
    assert capsys.readouterr().err.startswith("mandategraph: --graph has no effect on files that are read as documents")


def shared(made: bytes, store: Path) -> int:
    """How many statements of the dump the shipped records hold too."""
    plain = set(made.decode().splitlines())
    return len(plain & set(open_store(str(store)).dump().decode().splitlines()))


@pytest.fixture(scope="module")
def store_of_good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a dump; what is refused leaves it as it is."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "good.nq").write_text(ONE, encoding="utf-8")
    load_dumps(str(folder / "store"), [folder / "good.nq"])
    return folder / "store"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [("a.nq", ONE.encode() + b"<urn:a> <urn:b> .\n", "line 2"), ("a.nq.gz", gzip.compress(ONE.encode(), mtime=0)[:-9], "read"),
     ("a.nq.gz", b"no", "read"), ("a.trig", b"<urn:g> { <urn:a> <urn:b> }", "line 1"),
     ("a.nt.gz", gzip.compress(b"", mtime=0), "no statement")],
)  # fmt: skip
def test_a_dump_that_is_broken_is_refused_as_a_whole(
    store_of_good: Path, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    good, bad, store = tmp_path / "good.nq", tmp_path / name, store_of_good
    bad.write_bytes(content)
    before = open_store(str(store)).dump()
    good.write_text(ONE.replace("水", "木"), encoding="utf-8")
    with pytest.raises(InputError, match=told):
        load_dumps(str(store), [good, bad])
    assert open_store(str(store)).dump() == before
    assert sorted(path.name for path in (store / "dumps").glob("*.gz")) == ["good.nq.gz"]


@pytest.mark.server
@pytest.mark.slow
def test_a_dask_cluster_of_several_processes_makes_the_same(tmp_path: Path, made: bytes) -> None:
    pytest.importorskip("distributed")
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, memory_limit="600MB", dashboard_address=None
    ) as cluster:
        workers = Workers(scheduler=cluster.scheduler_address)
        assert b"".join(synthesize(shipped_template().meetings + 1, 5, workers)) == made
        dump = tmp_path / "made-up.nq"
        dump.write_bytes(made)
        load_dumps(str(tmp_path / "one"), [dump])
        load_dumps(str(tmp_path / "two"), [dump], workers=workers)
        kept = [(tmp_path / name / "dumps" / "made-up.nq.gz").read_bytes() for name in ("one", "two")]
        assert kept[0] == kept[1]
    with pytest.raises(StoreError, match="scheduler"):
        list(Workers(scheduler="tcp://127.0.0.1:9").mapped(len, [""]))


def test_synth_streams_to_standard_output_and_to_files(tmp_path: Path) -> None:
    file = tmp_path / "x.nq.gz"
    command = [sys.executable, "-m", "mandategraph", "synth", "--meetings", "1", "-o"]
    done = subprocess.run([*command, "-"], capture_output=True, check=True)
    subprocess.run([*command, str(file)], check=True)
    assert gzip.decompress(file.read_bytes()) == done.stdout
    assert main(["synth", "--meetings", "0"]) == 2


def test_the_books_of_a_server_are_not_loaded_as_content(tmp_path: Path) -> None:
    file = tmp_path / "taken.nq"
    book = "https://w3id.org/mandategraph/store/books"
    file.write_text(f'<urn:a> <urn:b> "c" <urn:g> .\n<{book}> <urn:b> "c" <{book}> .\n', encoding="utf-8")
    with pytest.raises(InputError, match=rf"taken\.nq: the graph <{book}> is one of the books"):
        load_dumps(str(tmp_path / "store"), [file])
    assert not (tmp_path / "store" / "dumps").exists() or not any((tmp_path / "store" / "dumps").iterdir())
