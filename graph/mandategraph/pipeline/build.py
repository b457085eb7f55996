"""Building: sources to quads to a store, with the derived statements; and loading a document into a store.

A store is a pure function of its sources: those shipped with the package, and the documents loaded into it, whose
records lie beside it. When any of them changes, the store is built anew aside and then swapped in.
"""

from __future__ import annotations

import gzip
import json
import sys
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from mandategraph import __version__
from mandategraph.pipeline.transaction import transaction
from mandategraph.rdf import namespaces
from mandategraph.store import default_location, is_remote, open_store
from mandategraph.store.base import Store
from mandategraph.store.internal_query import sizes_of
from mandategraph.store.local_swap import publish
from mandategraph.store.versions import current
from mandategraph.system import resources
from mandategraph.system.errors import StoreError

if TYPE_CHECKING:  # a warm answer needs neither records nor emission, and is quicker without importing them
    from mandategraph.emit.assemble import Source
    from mandategraph.model.records import Extraction
    from mandategraph.pipeline.statement_diff import StatementDiff

LOADED = "documents"
"""Folder inside a store that keeps the records of the documents loaded into it."""

DECISIONS = "identity.yml"
"""File inside a store with what its user decided on identity."""

TRIPLES = ".nt"
"""What the name of a file ends in that holds the statements of a source that is RDF itself, beside its records."""

DUMPS = "dumps"
"""Folder inside a store that keeps the dumps loaded into it."""

INFERENCE = "inference"
"""File inside a store that says that it holds inferred statements too."""


@dataclass(frozen=True)
class BuildSummary:
    """What a build did. `statements` counts all quads of the store, `rebuilt` tells whether there was work to do."""

    statements: int
    sources: int
    folder: str
    rebuilt: bool


def ensure_store(location: str | None = None) -> Store:
    """Open a store; an embedded one is built first when it is not there or its sources have changed.

    Raises:
        StoreError: the folder cannot be used as a store, or the address does not answer.
        InputError: a record file is broken.
    """
    place = location or default_location()
    if not is_remote(place):
        if not _up_to_date(Path(place)):
            with transaction(place) as work:
                rebuild(work.folder)
        return open_store(place)
    return _reached(place)


def build_store(location: str | None = None, *, force: bool = False, infer: bool = False) -> BuildSummary:
    """Build a store, embedded or remote; without `force` only when its sources have changed.

    With `infer` it gets what OWL 2 RL concludes too, in the inferred graph, and keeps that until built without.

    Raises:
        StoreError, InputError: as `ensure_store`.
    """
    place = location or default_location()
    with transaction(place, force=force) as work:
        _choose(work.folder, infer)
        count = len(all_sources(work.folder))
        rebuilt = force or not work.standing or work.standing != _fingerprint(work.folder)
        if rebuilt:
            rebuilt = rebuild(work.folder, force)
    return BuildSummary(size_of(place), count, open_store(place).location, rebuilt)


def _reached(address: str) -> Store:
    """A remote store; a change that was cut off in it is told, where the engine may show half of it."""
    from mandategraph.store.remote import RemoteStore
    from mandategraph.store.remote_swap import unfinished

    store = RemoteStore(address)
    if not store.dialect.whole_updates and unfinished(store):
        told = f"a change of {store.location} was cut off; 'mandategraph build' with this store finishes it."
        print(f"mandategraph: {told}", file=sys.stderr, flush=True)
    return store


def size_of(place: str) -> int:
    """How many statements a store holds in graphs of its content. Raises StoreError."""
    with closing(open_store(place)) as store:
        return sum(sizes_of(store, store.graphs()).values())


def rebuild(
    folder: Path, force: bool = False, sources: list[Source] | None = None, tally: StatementDiff | None = None
) -> bool:
    """Build the store at a place when its sources have changed, or when forced; tells whether it was built.

    Whoever has the `sources` at hand, as they lie in the folder, saves reading them again; `tally` counts what changes.
    """

    def filled(store: ox.Store) -> None:
        fill(store, folder, sources, tally)
        if (folder / INFERENCE).exists():
            from mandategraph.derive.inference import inferred

            store.extend(inferred(store))

    return publish(folder, _fingerprint(folder), filled, force=force)


def _up_to_date(folder: Path) -> bool:
    live = current(folder) if folder.is_dir() else None
    return live is not None and live.fingerprint == _fingerprint(folder)


def _choose(folder: Path, infer: bool) -> None:
    """Remember beside the store whether it holds inferred statements, so that later builds do the same."""
    try:
        if infer:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / INFERENCE).touch()
        else:
            (folder / INFERENCE).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot be written ({error.strerror})", where=str(folder), hint="check permissions"
        ) from error


def fill(
    store: ox.Store, folder: Path | None = None, sources: list[Source] | None = None, tally: StatementDiff | None = None
) -> None:
    """Put everything into an empty store: shipped sources, those loaded into `folder`, and what follows from them."""
    fill_from(store, sources or list(all_sources(folder).values()), tally)
    for path in dumps(folder):
        with gzip.open(path) as file:
            store.bulk_load(cast("IO[bytes]", file), format=ox.RdfFormat.N_QUADS)


def fill_from(store: ox.Store, sources: list[Source], tally: StatementDiff | None = None) -> None:
    """Put these sources into an empty store, and what follows from them; `tally` takes note of the former."""
    from mandategraph.emit.assemble import assemble_into
    from mandategraph.rdf.quads import PORTION

    waiting: set[ox.Quad] = set()

    def put(quads: set[ox.Quad], least: int = PORTION) -> None:
        waiting.update(quads)
        if len(waiting) >= least:
            store.bulk_extend(waiting)
            if tally:
                tally.meet(waiting)
            waiting.clear()

    assemble_into(sources, put)
    put(set(), 1)
    if tally:
        tally.count(store)
    store.extend(derived(store))


def derived(store: ox.Store) -> set[ox.Quad]:
    """What the rules in `queries/derive/` and the room of derivation conclude, as quads of the derived graph."""
    from mandategraph.derive.changes import changes
    from mandategraph.derive.deadlines import deadline_days

    name = ox.NamedNode(namespaces.graph("derived"))
    quads = set()
    for rule in resources.derive_files():
        triples = store.query(rule.read_text(encoding="utf-8"))
        assert isinstance(triples, ox.QueryTriples)
        quads |= {ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples}
    return quads | changes(store) | deadline_days(store)


def all_sources(folder: Path | None) -> dict[str, Source]:
    """By symbol: the shipped sources, each replaced by the loaded one of the same symbol, and then the other ones; with
    all judgements on identity."""
    return judged(sources_as_read(folder), folder)


def sources_as_read(folder: Path | None) -> dict[str, Source]:
    """As `all_sources`, with no more judgements than those that come with the sources."""
    from mandategraph.emit.assemble import shipped_sources
    from mandategraph.model.record_files import load

    sources = {source.extraction.document.symbol: source for source in shipped_sources()}
    for path in loaded_records(folder):
        extraction = load(path.read_text(encoding="utf-8"), str(path))
        replace_source(sources, extraction, path.stem, triples_beside(path))
    return sources


def judged(sources: dict[str, Source], folder: Path | None) -> dict[str, Source]:
    """The sources with the judgements on identity that follow from codes and evidence, and those of the user."""
    from mandategraph.identity.judgements import read_decisions
    from mandategraph.identity.rules import joined
    from mandategraph.model.register import shipped_register

    made = joined(list(sources.values()), shipped_register(), read_decisions(folder / DECISIONS if folder else None))
    return dict(zip(sources, made, strict=True))


def triples_beside(path: Path) -> frozenset[ox.Triple]:
    """The statements of a source that is RDF itself, which lie beside its records."""
    beside = path.with_suffix(TRIPLES)
    if not beside.is_file():
        return frozenset()
    quads = ox.parse(beside.read_bytes(), format=ox.RdfFormat.N_TRIPLES)
    return frozenset(ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)


def replace_source(
    sources: dict[str, Source], extraction: Extraction, name: str, triples: frozenset[ox.Triple] = frozenset()
) -> None:
    """Put an extraction in the place of the source of its symbol, whose curated layer stays; or as a new source."""
    from mandategraph.emit.assemble import Source
    from mandategraph.model.curated import Curated

    known = sources.get(extraction.document.symbol)
    source = known or Source(name, extraction, Curated())
    sources[extraction.document.symbol] = replace(source, extraction=extraction, triples=triples)


def loaded_records(folder: Path | None) -> list[Path]:
    """The record files of what was loaded into a store folder."""
    return sorted((folder / LOADED).glob("*.json")) if folder and (folder / LOADED).is_dir() else []


def dumps(folder: Path | None) -> list[Path]:
    """The dumps that lie beside a store (see `bulk_load`)."""
    return sorted((folder / DUMPS).glob("*.nq.gz")) if folder else []


def made_from() -> list[Traversable]:
    """All that is shipped and that the content of a store follows from: ontology, rules, records, and our own code that
    makes statements of them."""
    package = files("mandategraph")
    code = [package.joinpath("__init__.py")]
    for room in ("derive", "emit", "identity", "messages", "model", "pipeline", "rdf", "system"):
        code += _below(package.joinpath(room))
    rules = [*resources.derive_files(), *resources.internal_queries("derive").values()]
    return [*resources.ontology_files(), *rules, *_below(resources.records_root()), *code]


def _fingerprint(folder: Path) -> str:
    """Changes when anything changes that the store is made from, what was loaded into it included."""
    summary = sha256(json.dumps([__version__, ox.__version__]).encode())
    for file in made_from():
        summary.update(file.name.encode() + b"\0" + file.read_bytes())
    if (folder / INFERENCE).exists():
        summary.update(INFERENCE.encode())
    for path in [
        *loaded_records(folder),
        *(path.with_suffix(TRIPLES) for path in loaded_records(folder)),
        folder / DECISIONS,
    ]:
        if path.is_file():
            summary.update(path.name.encode() + b"\0")
            with path.open("rb") as content:
                while block := content.read(1 << 20):
                    summary.update(block)
    for path in dumps(folder):
        summary.update(path.name.encode() + b"\0" + _digest(path))
    return summary.hexdigest()[:32]


def _digest(path: Path) -> bytes:
    """The digest of a large file, kept beside it for as long as its size and time stay the same."""
    told = path.stat()
    mark, beside = f"{told.st_size} {told.st_mtime_ns} ", path.with_suffix(".digest")
    if beside.is_file() and (known := beside.read_text(encoding="ascii")).startswith(mark):
        return known.removeprefix(mark).encode()
    with path.open("rb") as file:
        made = file_digest(file, "sha256").hexdigest()
    with suppress(OSError):  # a store that may only be read
        beside.write_text(mark + made, encoding="ascii")
    return made.encode()


def _below(folder: Traversable) -> list[Traversable]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            found += _below(entry)
        elif entry.name.endswith((".yml", ".json", ".py")):
            found.append(entry)
    return found
