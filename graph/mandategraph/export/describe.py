"""What a release says of itself: a description in DCAT 3 and VoID, with coverage, dates, licences, counts and checksums.

Dates are those of the documents, never of the day of writing. There are no blank nodes, so that two releases compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mandategraph import __version__
from mandategraph.messages import LANGUAGES, Text, gettext
from mandategraph.rdf import namespaces
from mandategraph.store.base import XSD, Store
from mandategraph.store.internal_query import ask, sizes_of

ROOT = "https://w3id.org/mandategraph/"
DATASET = ROOT + "dataset"
DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_ONTOLOGY = ROOT + "ontology"

SPACES = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/", "void": "http://rdfs.org/ns/void#",
    "spdx": "http://spdx.org/rdf/terms#", "foaf": "http://xmlns.com/foaf/0.1/", "xsd": XSD,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "owl": "http://www.w3.org/2002/07/owl#",
}  # fmt: skip

_TITLE = gettext("mandategraph: who was asked to do what, by which decision, for which meeting")
_ABOUT = gettext(
    "The making of the post-2020 Global Biodiversity Framework as a graph: meetings as planned and as "
    "held, what they hand to each other and under which decision, elements, positions, deadlines; every "
    "statement with document, place and line."
)
_RIGHTS = gettext(
    "The source documents are public documents of the Convention on Biological Diversity; they are not "
    "included, only facts read from them."
)


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the release: its name, media type, size, checksum (SHA-256), and what it is."""

    name: str
    media: str
    size: int
    sha256: str
    title: Text


@dataclass(frozen=True, slots=True)
class Source:
    """A document that the data rests on: when it is from, and of which time it tells (ISO 8601; "" where not known)."""

    iri: str
    labels: dict[str, str]
    date: str
    first: str
    last: str


def sources(store: Store) -> list[Source]:
    """The documents that the statements of a store are read from, by IRI."""
    found: dict[str, Source] = {}
    for row in _ask(store, "export/source-documents"):
        document = row["document"]
        known = found.setdefault(
            document, Source(document, {}, row.get("date", ""), row.get("from", ""), row.get("to", ""))
        )
        if "label" in row:
            known.labels[row["language"]] = row["label"]
    return [found[document] for document in sorted(found)]


def describe(store: Store, parts: Sequence[Part]) -> bytes:
    """The description as Turtle."""
    triples = sorted(set(_of_dataset(store)) | set(_of_files(parts)), key=str)
    used = {prefix: space for prefix, space in SPACES.items() if any(space in str(triple) for triple in triples)}
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b""


def _of_dataset(store: Store) -> Iterator[ox.Triple]:
    about = _Node(DATASET)
    yield from about.types("dcat:Dataset", "void:Dataset")
    yield from about.words("dcterms:title", _TITLE)
    yield from about.words("dcterms:description", _ABOUT)
    yield from about.words("dcterms:rights", _RIGHTS)
    yield about.link("dcterms:license", DATA_LICENCE)
    yield about.link("dcterms:conformsTo", _ONTOLOGY)
    yield about.link("void:vocabulary", _ONTOLOGY + "#")
    yield about.link("foaf:homepage", ROOT)
    yield about.text("dcat:version", __version__)
    yield about.text("void:uriSpace", namespaces.THINGS)
    for language in LANGUAGES:
        yield about.text("dcterms:language", language)
    yield from _of_time(about, sources(store))
    yield from _of_content(about, store)


def _of_time(about: _Node, documents: Sequence[Source]) -> Iterator[ox.Triple]:
    dates = [one.date or one.last for one in documents if one.date or one.last]
    if dates:
        yield about.day("dcterms:modified", max(dates))
    bounded = [one for one in documents if one.first or one.last]
    if bounded:
        first, last = min(one.first or one.last for one in bounded), max(one.last or one.first for one in bounded)
        yield from _period(about, first, last)
    for one in documents:
        yield about.link("dcterms:source", one.iri)
        document = _Node(one.iri)
        yield from document.words("dcterms:title", one.labels)
        if one.date:
            yield document.day("dcterms:issued", one.date)
        if one.first or one.last:
            yield from _period(document, one.first, one.last)


def _period(about: _Node, first: str, last: str) -> Iterator[ox.Triple]:
    period = _Node(f"{ROOT}period/{first or '..'}/{last or '..'}")
    yield about.link("dcterms:temporal", period.iri)
    yield from period.types("dcterms:PeriodOfTime")
    if first:
        yield period.day("dcat:startDate", first)
    if last:
        yield period.day("dcat:endDate", last)


def _of_content(about: _Node, store: Store) -> Iterator[ox.Triple]:
    graphs = sizes_of(store, store.graphs())
    yield about.number("void:triples", sum(graphs.values()))
    yield about.number("void:distinctSubjects", int(next(_ask(store, "export/number-of-subjects"))["n"]))
    for graph, count in graphs.items():
        part = _Node(graph)
        yield about.link("void:subset", graph)
        yield from part.types("void:Dataset")
        yield part.number("void:triples", count)
    partitions = (
        ("export/things-by-class", "c", "class", "entities", "classes"),
        ("export/statements-by-property", "p", "property", "triples", "properties"),
    )
    for query, variable, kind, counted, total in partitions:
        found = {row[variable]: int(row["n"]) for row in _ask(store, query)}
        yield about.number(f"void:{total}", len(found))
        for term, count in found.items():
            part = _Node(f"{DATASET}/{kind}/{namespaces.curie(term) or term}")
            yield about.link(f"void:{kind}Partition", part.iri)
            yield part.link(f"void:{kind}", term)
            yield part.number(f"void:{counted}", count)


def _of_files(parts: Iterable[Part]) -> Iterator[ox.Triple]:
    dataset = _Node(DATASET)
    for part in parts:
        file = _Node(f"{ROOT}release/{__version__}/{part.name}")
        yield dataset.link("dcat:distribution", file.iri)
        yield from file.types("dcat:Distribution")
        yield from file.words("dcterms:title", part.title)
        yield file.link("dcat:downloadURL", file.iri)
        yield file.link("dcat:mediaType", f"https://www.iana.org/assignments/media-types/{part.media}")
        yield file.link("dcterms:license", DATA_LICENCE)
        yield file.number("dcat:byteSize", part.size, "nonNegativeInteger")
        checksum = _Node(f"{file.iri}#sha256")
        yield file.link("spdx:checksum", checksum.iri)
        yield from checksum.types("spdx:Checksum")
        yield checksum.link("spdx:algorithm", SPACES["spdx"] + "checksumAlgorithm_sha256")
        yield checksum.typed("spdx:checksumValue", part.sha256, "hexBinary")


@dataclass(frozen=True, slots=True)
class _Node:
    """A subject, for short ways to say things of it."""

    iri: str

    def link(self, predicate: str, value: str) -> ox.Triple:
        return ox.Triple(ox.NamedNode(self.iri), _term(predicate), ox.NamedNode(value))

    def types(self, *classes: str) -> Iterator[ox.Triple]:
        for one in classes:
            yield self.link("rdf:type", _term(one).value)

    def text(self, predicate: str, value: str) -> ox.Triple:
        return ox.Triple(ox.NamedNode(self.iri), _term(predicate), ox.Literal(value))

    def words(self, predicate: str, said: dict[str, str]) -> Iterator[ox.Triple]:
        for language, value in said.items():
            yield ox.Triple(ox.NamedNode(self.iri), _term(predicate), ox.Literal(value, language=language))

    def typed(self, predicate: str, value: str, datatype: str) -> ox.Triple:
        return ox.Triple(
            ox.NamedNode(self.iri), _term(predicate), ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
        )

    def number(self, predicate: str, value: int, datatype: str = "integer") -> ox.Triple:
        return self.typed(predicate, str(value), datatype)

    def day(self, predicate: str, value: str) -> ox.Triple:
        return self.typed(predicate, value, "date")


def _term(curie: str) -> ox.NamedNode:
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(SPACES[prefix] + name)


def _ask(store: Store, query: str) -> Iterator[dict[str, str]]:
    for row in ask(store, query):
        yield {name: term.value for name, term in row.items()}
