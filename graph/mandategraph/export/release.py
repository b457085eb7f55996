"""A release: the whole graph with all that is needed to read it, as files that are the same wherever they are made.

The dump, the ontology as one Turtle file, shapes, stored queries, the JSON-LD context, pages on the ontology in
each language, the description of it all (DCAT and VoID), the licence, and the checksums of all of these.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path

import pyoxigraph as ox

from mandategraph.export.context import context
from mandategraph.export.describe import Part, describe
from mandategraph.export.drawing import UNDRAWN
from mandategraph.export.folders import Kind, put
from mandategraph.export.job import Job
from mandategraph.export.ontology_page import ontology_page
from mandategraph.export.rdf import write_nquads
from mandategraph.messages import LANGUAGES, NAME, Text, gettext
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.catalogue_rdf import write_catalogue
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store
from mandategraph.store.embedded import OxigraphStore, copied
from mandategraph.system import resources

CHECKSUMS = "SHA256SUMS"
DESCRIPTION = "void.ttl"
LICENCE = "LICENSE"
_RELEASE = Kind("release", CHECKSUMS, lambda line: line.partition("  ")[2])
_TURTLE, _HTML = "text/turtle", "text/html"


def release(
    store: Store, folder: str, *, compress: bool = False, tick: Callable[[int], None] = lambda done: None
) -> list[Part]:
    """Write a release of the store into a folder and give its files, in the order of their names; ``compress`` packs the
    dump with gzip.

    Raises UsageError when the folder holds something else, InputError when it cannot be written.
    """
    # Of what a server holds beside our graphs, such as its own and the books of the store, nothing is to be counted.
    content = store if isinstance(store, OxigraphStore) else copied(store)
    parts: list[Part] = []
    put(_RELEASE, Path(folder), lambda place: parts.extend(_write(content, place, compress, tick)))
    return parts


def combined(files: Iterable[Traversable]) -> bytes:
    """Turtle files as one, sorted; blank nodes are named by what is said of them."""
    found = ox.Dataset()
    for file in files:
        for triple in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            found.add(ox.Quad(triple.subject, triple.predicate, triple.object))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    triples = sorted((quad.triple for quad in found), key=str)
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=namespaces.prefixes()) or b""


def _write(store: Store, place: Path, compress: bool, tick: Callable[[int], None]) -> list[Part]:
    parts = []
    for name, media, title, content in _contents(store):
        parts.append(_part(place, name, media, title, content()))
    parts.append(_dump(store, place, compress, tick))
    parts.sort(key=lambda part: part.name)
    title = gettext("Description of the release (DCAT, VoID)")
    parts.append(_part(place, DESCRIPTION, _TURTLE, title, describe(store, parts)))
    sums = "".join(f"{part.sha256}  {part.name}\n" for part in sorted(parts, key=lambda part: part.name))
    (place / CHECKSUMS).write_text(sums, encoding="utf-8", newline="\n")
    return sorted(parts, key=lambda part: part.name)


def _contents(store: Store) -> Iterator[tuple[str, str, Text, Callable[[], bytes]]]:
    """Name, media type, what it is, and how to make it."""
    ontology = gettext("Ontology, vocabularies and alignments")
    yield "ontology.ttl", _TURTLE, ontology, lambda: combined(resources.ontology_files())
    yield "shapes.ttl", _TURTLE, gettext("SHACL shapes"), lambda: combined(resources.shape_files())
    yield "queries.ttl", _TURTLE, gettext("Stored queries"), queries_file
    yield "context.jsonld", "application/ld+json", gettext("JSON-LD context"), context_file
    for language in LANGUAGES:
        title = gettext("The ontology ({language})", language=NAME[language])
        yield f"ontology-{language}.html", _HTML, title, partial(_page, language, store)
    yield LICENCE, "text/plain", gettext("Licence of the data"), resources.ontology_file(LICENCE).read_bytes


def _page(language: str, store: Store) -> bytes:
    return ontology_page(language, store).encode()


def queries_file() -> bytes:
    """The catalogue of stored queries as Turtle."""
    return write_catalogue(Catalogue().all(), "turtle").encode()


def context_file() -> bytes:
    """The JSON-LD context as a file of its own."""
    return (json.dumps({"@context": context()}, ensure_ascii=False, indent=1) + "\n").encode()


def _dump(store: Store, place: Path, compress: bool, tick: Callable[[int], None]) -> Part:
    name = "mandategraph.nq.gz" if compress else "mandategraph.nq"
    job = Job(UNDRAWN, store, tick=tick)
    with (place / name).open("wb") as out:
        if compress:
            # Neither a name nor a time in the head, so that the bytes stay.
            with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed:
                write_nquads(job, packed)  # type: ignore[arg-type]
        else:
            write_nquads(job, out)
    media = "application/gzip" if compress else "application/n-quads"
    return _measured(place / name, media, gettext("Full dump, sorted N-Quads"))


def _part(place: Path, name: str, media: str, title: Text, content: bytes) -> Part:
    (place / name).write_bytes(content)
    return _measured(place / name, media, title)


def _measured(file: Path, media: str, title: Text) -> Part:
    content = file.read_bytes()
    return Part(file.name, media, len(content), sha256(content).hexdigest(), title)
