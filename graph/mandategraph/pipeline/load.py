"""Loading: files of any kind that we can read become records beside the store, and the store is built anew.

What a file is and what it gives, `detect_input` tells. Either all files are loaded or none, also where the load is killed;
with `keep_going`, as for folders, a file that fails is set aside and the rest goes on.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph.pipeline.build import DECISIONS, LOADED, TRIPLES, judged, rebuild, replace_source, sources_as_read
from mandategraph.pipeline.rollback import INCOMING
from mandategraph.pipeline.transaction import transaction
from mandategraph.rdf import namespaces
from mandategraph.store import default_location
from mandategraph.store.local_swap import cannot_write
from mandategraph.system.errors import InputError, MandategraphError, StoreError
from mandategraph.system.workers import Workers

if TYPE_CHECKING:
    from mandategraph.emit.assemble import Source
    from mandategraph.intake.files import ReadOptions
    from mandategraph.intake.release import ParsedSource

_MANY = 8
"""From so many files on they are read side by side."""
_MANIFEST = "pages.json"
"""What `fetch` writes about the pages in a folder."""


@dataclass(frozen=True)
class FileReport:
    """What came of one file: the sources that it gave records for, or the error."""

    name: str
    found: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class SourceReport:
    """What loading changed in one source, in statements; `stale` counts records that were older than what was there."""

    symbol: str
    added: int
    removed: int
    records: int = 0
    stale: int = 0


@dataclass
class LoadReport:
    """What came of a load: file by file, source by source, and for the whole store."""

    files: list[FileReport] = field(default_factory=list)
    sources: list[SourceReport] = field(default_factory=list)
    added: int = 0
    removed: int = 0

    @property
    def failed(self) -> list[FileReport]:
        return [one for one in self.files if one.error]


Progress = Callable[[int, int], None]
"""Told how many of how many files are done."""


def load_inputs(
    location: str | None, paths: Iterable[Path], asked: ReadOptions, *, keep_going: bool = False,
    workers: Workers | None = None, replace_whole: bool = False, progress: Progress | None = None,
) -> LoadReport:  # fmt: skip
    """Read files, and those in folders, and put what they say into the store.

    Loading the same twice adds nothing. A source that is there is replaced as a whole or record by record, as its kind
    says, by what is not older; with `replace_whole` always as a whole. A cluster must see the files under the same paths.

    Raises:
        InputError: a file is missing, cut short or not understood, and `keep_going` is not set.
        StoreError: the store cannot be written, or those who read lost the work.
        UsageError: a cluster is asked for and Dask is not installed.
    """
    place = location or default_location()
    given = list(paths)
    files = list(files_in(given))
    if given and not files:
        raise InputError(
            "there is no file in it", file=", ".join(map(str, given)), hint="name a folder with files to load"
        )
    report = LoadReport()
    with transaction(place) as work, _incoming(work.folder) as incoming:
        taken: list[ParsedSource] = []
        for number, (path, found, error) in enumerate(_read_all(files, asked, incoming, workers or Workers()), 1):
            if error is not None and not keep_going:
                raise error
            taken += found
            report.files.append(_report(path, found, error))
            if progress:
                progress(number, len(files))
        _put(work.folder, taken, report, replace_whole)
    return report


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files of these names and in these folders, without hidden ones; a folder of drafts is one thing."""
    for path in paths:
        if path.is_dir() and not _holds_drafts(path):
            inside = (one for one in path.rglob("*") if one.is_file() and one.name != _MANIFEST)
            yield from sorted(
                one for one in inside if not any(step.startswith(".") for step in one.relative_to(path).parts)
            )
        else:
            yield path


def _holds_drafts(path: Path) -> bool:
    """Whether a folder is what `extract -o` made: records of documents, each with its review."""
    from mandategraph.model.record_files import EXTRACTED

    return (path / EXTRACTED).is_file() or any(path.glob(f"*/{EXTRACTED}"))


def _report(path: Path, found: list[ParsedSource], error: MandategraphError | None) -> FileReport:
    notes = []
    for one in found:
        notes += [f"{path.name}, {remark}" for remark in one.audit.remarks]
        for name, (times, line) in sorted(one.audit.unknown.items()):
            notes.append(
                f"{path.name}, line {line}: the field {name} is not mapped ({times} times); nothing was made of it"
            )
        for name, (times, line) in sorted(one.audit.spare.items()):
            notes.append(
                f"{path.name}, line {line}: the field {name} says more than is taken from it ({times} times); it is kept "
                "among what was not understood"
            )
    return FileReport(
        path.name, tuple(f"{one.records} records for {one.handle}" for one in found), tuple(notes), str(error or "")
    )


@contextmanager
def _incoming(folder: Path) -> Iterator[Path]:
    """Where what was read of files is kept until the load has ended; a kill is no end."""
    incoming = folder / INCOMING
    try:
        yield incoming
    finally:
        if incoming.is_dir():
            shutil.rmtree(incoming, ignore_errors=True)


def _read_all(
    files: list[Path], asked: ReadOptions, incoming: Path, workers: Workers
) -> Iterator[tuple[Path, list[ParsedSource], MandategraphError | None]]:
    """What each file gives, in order. Many are read side by side; what was read on this machine outlives a kill."""
    if workers.scheduler:
        files = [path.absolute() for path in files]  # the folder that a cluster works in is another one
        read = partial(_read, asked=asked)
    elif len(files) < _MANY or workers.jobs < 2:
        workers, read = Workers(), partial(_read, asked=asked)
    else:
        try:
            incoming.mkdir(exist_ok=True)
        except OSError as reason:
            raise cannot_write(incoming.parent, reason) from None
        read = partial(_read, asked=asked, incoming=incoming)
    for path, (found, error) in zip(files, workers.mapped(read, files), strict=True):
        yield path, found, error


def _read(
    path: Path, asked: ReadOptions, incoming: Path | None = None
) -> tuple[list[ParsedSource], MandategraphError | None]:
    """What one file gives, or the error; with `incoming`, kept there under the digest of its bytes, and taken from there.

    Raises StoreError when it cannot be kept.
    """
    from mandategraph.intake.cache import from_text, to_text
    from mandategraph.pipeline.detect_input import take_any

    try:
        kept = incoming / f"{_digest(path, asked)}.json" if incoming and path.is_file() else None
        if kept is not None and kept.is_file():
            return from_text(kept.read_text(encoding="utf-8"), kept.name), None
        found = take_any(path, asked)
        if kept is not None:
            _keep(kept, [to_text(found)])
        return found, None
    except StoreError:
        raise  # no fault of the file: it could not be kept
    except MandategraphError as error:
        return [], error
    except OSError as error:
        return [], InputError(f"cannot be read ({error.strerror})", file=str(path), hint="check the file")


def _digest(path: Path, asked: ReadOptions) -> str:
    kind = asked.kind.handle if asked.kind else ""
    summary = sha256(f"{path.name}\0{kind}\0{asked.released}".encode())
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            summary.update(block)
    return summary.hexdigest()


def _put(folder: Path, taken: list[ParsedSource], report: LoadReport, replace_whole: bool) -> None:
    """Merge what was read with what is there, keep it beside the store, build the store, and tell what that changes."""
    from mandategraph.pipeline.statement_diff import StatementDiff

    plain = sources_as_read(folder)
    before = dict(plain)
    symbols = sorted({one.handle for one in taken})
    stale = _merge(plain, taken, replace_whole)
    changed = [symbol for symbol in symbols if plain[symbol] != before.get(symbol)]
    tally = StatementDiff(judged(before, folder).values()) if changed else None
    for symbol in changed:
        _keep_source(folder, plain[symbol])
    with _settled():
        rebuild(folder, sources=list(judged(plain, folder).values()), tally=tally)
    counts = {symbol: len(plain[symbol].extraction.parts) for symbol in symbols
              if plain[symbol].extraction.document.dataset}  # fmt: skip
    added, removed = tally.changed() if tally else ({}, {})
    report.added, report.removed = sum(added.values()), sum(removed.values())
    for symbol in symbols:
        # All that changed for a source that came alone; of several, what stands in the graphs of each.
        own = [*added] if len(symbols) == 1 else [namespaces.graph(symbol), namespaces.graph(f"{symbol}/curated")]
        gained, lost = (sum(change.get(name, 0) for name in own) for change in (added, removed))
        report.sources.append(SourceReport(symbol, gained, lost, counts.get(symbol, 0), stale.get(symbol, 0)))


@contextmanager
def _settled() -> Iterator[None]:
    """The records are there to stay: the collector of garbage need not walk through them again and again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _merge(plain: dict[str, Source], taken: list[ParsedSource], replace_whole: bool) -> dict[str, int]:
    """Put what was read in the place of what is there, source by source; how many records of each were older."""
    from mandategraph.extract.document import handle_of
    from mandategraph.intake.merge import merged

    met: set[str] = set()
    stale: dict[str, int] = {}
    for one in taken:
        known = plain.get(one.handle)
        adds = one.handle in met or (one.extraction.document.dataset and not replace_whole)
        old = known.extraction if known and adds else None
        # Files of one load are pages of one release, whichever way the source is replaced.
        result, older = merged(old, one.extraction, whole=one.whole and one.handle not in met)
        stale[one.handle] = stale.get(one.handle, 0) + older
        if result is not old:
            replace_source(plain, result, handle_of(one.handle), one.triples)
            met.add(one.handle)
    return stale


def _keep_source(folder: Path, source: Source) -> None:
    from mandategraph.extract.document import handle_of
    from mandategraph.model.record_files import dumped

    path = folder / LOADED / f"{handle_of(source.extraction.document.symbol)}.json"
    _keep(path, dumped(source.extraction))
    if source.triples:
        _keep(path.with_suffix(TRIPLES), sorted(f"{triple} .\n" for triple in source.triples))


def _keep(path: Path, pieces: Iterable[str]) -> None:
    """Write a file so that it is there as a whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.next")
        with aside.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        aside.replace(path)
    except OSError as error:
        raise StoreError(
            f"cannot write {path.name}: {error.strerror}", where=str(path.parent), hint="Check permissions and space."
        ) from error


def keep_decisions(folder: Path, text: str) -> None:
    """Write the user's judgements on identity into a store folder or server, and build what follows from them. Raises StoreError."""
    _keep(folder / DECISIONS, [text])
    rebuild(folder)
