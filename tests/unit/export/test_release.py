"""A release is whole, says what it holds, and is the same wherever it is made; pages on the ontology stand alone."""

from __future__ import annotations

import gzip
import re
from functools import cache
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import shipped
from mandategraph import cli
from mandategraph.export.describe import DATASET
from mandategraph.export.ontology_page import ontology_page
from mandategraph.export.ontology_terms import ontology_terms
from mandategraph.export.release import combined, release
from mandategraph.rdf import namespaces
from mandategraph.store.embedded import OxigraphStore
from mandategraph.system import resources
from mandategraph.system.errors import UsageError
from rdflib.compare import isomorphic

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCTERMS = rdflib.DCTERMS
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DATA = rdflib.URIRef(DATASET)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    release(shipped.opened(), str(folder))
    return folder


@cache
def page(language: str) -> str:
    return ontology_page(language, shipped.opened())


def test_the_checksums_are_those_of_the_files(made: Path) -> None:
    told = dict(reversed(line.split("  ")) for line in (made / "SHA256SUMS").read_text().splitlines())
    assert set(told) | {"SHA256SUMS"} == {file.name for file in made.iterdir()}
    assert all(sha256((made / name).read_bytes()).hexdigest() == digest for name, digest in told.items())


def test_the_description_holds(made: Path) -> None:
    about = rdflib.Graph().parse(made / "void.ttl")
    lines = (made / "mandategraph.nq").read_text(encoding="utf-8").splitlines()
    assert about.value(DATA, VOID.triples).toPython() == len(lines)
    subsets = {str(graph): about.value(graph, VOID.triples).toPython() for graph in about.objects(DATA, VOID.subset)}
    counted: dict[str, int] = {}
    for line in lines:
        graph = line.rsplit(" ", 2)[1].strip("<>")
        counted[graph] = counted.get(graph, 0) + 1
    assert subsets == counted
    files = {}
    for one in about.objects(DATA, DCAT.distribution):
        checksum = about.value(about.value(one, SPDX.checksum), SPDX.checksumValue)
        files[str(one).rpartition("/")[2]] = (about.value(one, DCAT.byteSize).toPython(), str(checksum))
    there = {
        file.name: (file.stat().st_size, sha256(file.read_bytes()).hexdigest())
        for file in made.iterdir()
        if file.name not in ("void.ttl", "SHA256SUMS")
    }
    assert files == there


def test_its_dates_are_those_of_the_documents(made: Path) -> None:
    """The plan is of 30 August 2019 and looks to October 2020; the overview tells of the time to 18 June 2021."""
    about = rdflib.Graph().parse(made / "void.ttl")
    period = about.value(DATA, DCTERMS.temporal)
    assert [str(about.value(period, term)) for term in (DCAT.startDate, DCAT.endDate)] == ["2019-08-30", "2021-06-18"]
    assert str(about.value(DATA, DCTERMS.modified)) == "2021-06-18"
    plan = rdflib.URIRef(namespaces.iri("document", "CBD/WG2020/REC/1/1"))
    assert str(about.value(plan, DCTERMS.issued)) == "2019-08-30"
    assert {str(one) for one in about.objects(DATA, DCTERMS.license)} == {
        "https://creativecommons.org/licenses/by/4.0/"
    }
    assert {title.language for title in about.objects(DATA, DCTERMS.title)} == {"en", "zh"}


def test_counts_of_classes_are_those_of_the_graph(made: Path) -> None:
    about = rdflib.Graph().parse(made / "void.ttl")
    for name in ("Meeting", "Contribution", "Evidence"):
        part = about.value(None, VOID["class"], rdflib.URIRef(namespaces.ONTOLOGY + name))
        assert about.value(part, VOID.entities).toPython() == len(shipped.ask(f"DISTINCT ?s {{ ?s a mg:{name} }}"))


@pytest.mark.parametrize(("name", "files"), [("ontology", resources.ontology_files), ("shapes", resources.shape_files)])
def test_the_combined_files_say_what_the_single_ones_say(made: Path, name: str, files) -> None:
    single = rdflib.Graph()
    for file in files():
        single.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    whole = rdflib.Graph().parse(made / f"{name}.ttl")
    plain = [
        {triple for triple in graph if not any(isinstance(part, rdflib.BNode) for part in triple)}
        for graph in (single, whole)
    ]
    assert plain[0] == plain[1] and len(single) == len(whole)
    if name == "ontology":  # the lists of the shapes are many, and rdflib would take half a minute
        assert isomorphic(*(_nameless(graph) for graph in (single, whole)))


def _nameless(graph: rdflib.Graph) -> rdflib.Graph:
    """What hangs together by blank nodes."""
    made = rdflib.Graph()
    for triple in graph:
        if any(isinstance(part, rdflib.BNode) for part in triple):
            made.add(triple)
    return made


def test_a_second_release_of_another_build_has_the_same_bytes(made: Path, tmp_path: Path) -> None:
    other = ox.Store()
    lines = sorted(OxigraphStore("x", shipped.store()).dump().splitlines(keepends=True), reverse=True)
    other.load(b"".join(lines), format=ox.RdfFormat.N_QUADS)
    release(OxigraphStore("other", other), str(tmp_path))
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in made.iterdir()}
    assert all((tmp_path / file.name).read_bytes() == file.read_bytes() for file in made.iterdir())


def test_the_verb_and_the_packed_dump(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    assert cli.main(["--store", str(tmp_path / "store"), "release", str(folder), "--gzip"]) == 0
    assert "mandategraph.nq.gz" in capsys.readouterr().out
    packed = (folder / "mandategraph.nq.gz").read_bytes()
    assert packed[4:8] == bytes(4), "a time in the head"
    assert gzip.decompress(packed) == (made / "mandategraph.nq").read_bytes()
    assert cli.main(["--store", str(tmp_path / "store"), "release", "/proc/nowhere"]) == 2


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty and holds no release of ours"):
        release(shipped.opened(), str(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


class Page(HTMLParser):
    """Ids, links, addresses of what a page would fetch, and elements left open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.open: list[str] = []
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" else []
        self.fetched += (
            [str(given.get("src") or given.get("href"))] if tag in ("script", "img", "link", "iframe") else []
        )
        self.lang = given["lang"] or "" if tag == "html" else self.lang
        if tag not in ("meta", "br", "link", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-Hans")])
def test_a_page_on_the_ontology_is_whole(language: str, tag: str) -> None:
    read = Page(page(language))
    assert read.open == [] and read.lang == tag and read.fetched == []
    assert len(set(read.ids)) == len(read.ids)
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    assert {term.name for term in ontology_terms().values()} <= set(read.ids)
    for term in ontology_terms().values():
        assert not term.definitions or escape(term.definitions[language]) in page(language)


def test_the_page_has_examples_from_the_data() -> None:
    assert "mg:contributionSource meeting:" in page("en")
    assert re.search(r"<article id=\"Meeting\">.*?<pre>meeting:\S+\n    a mg:Meeting ;", page("zh"), re.DOTALL)
    classes = page("zh").partition('id="section-properties"')[0]
    assert "@en" not in classes and "@zh" in classes


def test_combining_names_blank_nodes_by_what_is_said_of_them() -> None:
    assert combined(resources.ontology_files()) == combined(reversed(resources.ontology_files()))
