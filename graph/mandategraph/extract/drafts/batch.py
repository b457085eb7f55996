"""Many documents at once: parallel processes, files read before passed over, failures set aside, a summary."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from mandategraph.extract.document import handle_of
from mandategraph.extract.drafts.draft import read_document
from mandategraph.extract.drafts.folders import SET_ASIDE, Origin, keep, origins, reader_state, write_whole
from mandategraph.model.record_files import dump
from mandategraph.read.formats.detect import SUFFIXES, render_bytes
from mandategraph.read.formats.limits import read_bytes, time_limit
from mandategraph.system.errors import InputError, MandategraphError, UsageError
from mandategraph.system.parent_death import end_with_parent

_TOO_MUCH = ": takes more memory than a document should; split it"
_AHEAD = 4
"""So many files for each process are handed out at once: memory stays bounded however many there are."""
_RESTART = 200
"""A process reads so many files and is replaced, so that what libraries keep is let go."""
_LARGEST_JOBS = 64
_MEMORY = 3 * 1024**3
"""Bytes of address space of a process that reads files: what blows up there is set aside, and the machine goes on."""


@dataclass(frozen=True)
class Outcome:
    """What came of one file: `read`, `known` (read before, unchanged), or `set-aside` with the reason."""

    path: Path
    state: str
    name: str = ""
    reason: str = ""
    notices: tuple[str, ...] = ()
    unknown: int = 0
    counts: tuple[tuple[str, int], ...] = ()


@dataclass
class Summary:
    """What came of all files, in the order in which they were given."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def states(self) -> Counter[str]:
        return Counter(one.state for one in self.outcomes)

    @property
    def failed(self) -> list[Outcome]:
        return [one for one in self.outcomes if one.state == "set-aside"]


@dataclass(frozen=True)
class _Read:
    """What a process hands back: text, not records, so that little is carried over."""

    symbol: str
    language: str
    digest: str
    records: str
    text: str
    notices: tuple[str, ...]
    unknown: int
    counts: tuple[tuple[str, int], ...]
    failure: str = ""


Reader = Callable[[str, frozenset[str]], "_Read | None"]
"""Reads the file of a name, unless its digest is among those known."""

_COUNTED = ("meetings", "schedules", "clauses", "mandates", "contributions", "citations")


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files that are named, and those of a kind we read in the folders that are named; links are not followed.

    Raises:
        InputError: a folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = [
            Path(root) / name
            for root, folders, names in os.walk(path, followlinks=False)
            for name in sorted(names)
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith((".", "~$")) and folders is not None
        ]
        inside = [one for one in inside if not one.is_symlink()]
        if not inside:
            raise InputError(
                "holds no document of a kind that we read", file=str(path), hint=f"give {', '.join(SUFFIXES)}"
            )
        found += sorted(inside)
    return list(dict.fromkeys(found))


def extract_files(
    paths: Iterable[Path], root: Path, jobs: int = 0, progress: Callable[[Outcome], None] = lambda outcome: None,
    read: Reader | None = None,
) -> Summary:  # fmt: skip
    """Read files into a folder of drafts; the rest goes on where one fails. `read` reads one file (`read_one`).

    Raises:
        UsageError: no such number of jobs.
        InputError: a folder holds no document.
        StoreError: the folder cannot be written.
    """
    files = files_of(paths)
    if not 0 <= jobs <= _LARGEST_JOBS:
        raise UsageError(f"{jobs} jobs", "--jobs", f"give a number from 1 to {_LARGEST_JOBS}")
    work = _Work(root, reader_state(), origins(root) if root.is_dir() else {})
    done: dict[Path, Outcome] = {}
    for path, result in _results(files, work, jobs or min(os.cpu_count() or 1, 8), read or read_one):
        outcome = result if isinstance(result, Outcome) else work.take(path, result)
        done[path] = outcome
        progress(outcome)
    summary = Summary([done[path] for path in files])
    aside = "".join(f"{one.path}\t{one.reason}\n" for one in summary.failed)
    if aside or (root / SET_ASIDE).exists():
        write_whole(root / SET_ASIDE, aside)
    return summary


def _begin() -> None:
    """What a process that reads files does first."""
    end_with_parent()
    _bound_memory()


def _bound_memory() -> None:
    """Give this process a limit of memory, where the system knows one and none lower is set."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft > _MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))


def _within(read: Reader, path: str, known: frozenset[str]) -> _Read | None:
    """What a reader makes of a file in a process of its own, or that it took too much memory."""
    try:
        return read(path, known)
    except MemoryError:
        return _failed(path + _TOO_MUCH)


def read_one(path: str, known: frozenset[str]) -> _Read | None:
    """Read one file in this process; None where its bytes are among those known."""
    try:
        with time_limit(path):
            data = read_bytes(Path(path))
            digest = sha256(data).hexdigest()
            if digest in known:
                return None
            rendered = render_bytes(data, path)
            extraction = read_document(rendered, data)
    except MandategraphError as error:
        return _failed(str(error))
    except (MemoryError, RecursionError):
        return _failed(path + _TOO_MUCH)
    except Exception as error:  # one file must not stop the others: it is set aside with what was wrong
        words = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return _failed(f"{path}: a fault of ours ({words}); report it with the file")
    counts = tuple((name, len(getattr(extraction, name))) for name in _COUNTED)
    document = extraction.document
    return _Read(
        document.symbol, document.language, digest, dump(extraction), rendered.text, rendered.notices,
        len(extraction.not_understood), counts,
    )  # fmt: skip


def _failed(reason: str) -> _Read:
    return _Read("", "", "", "", "", (), 0, (), reason)


@dataclass
class _Work:
    """What is known before and written meanwhile: which folder holds which file."""

    root: Path
    state: str
    known: dict[str, Origin]

    def digests(self) -> frozenset[str]:
        return frozenset(one.sha256 for one in self.known.values() if one.reader == self.state)

    def take(self, path: Path, read: _Read | None) -> Outcome:
        if read is None:
            return Outcome(path, "known")
        if read.failure:
            return Outcome(path, "set-aside", reason=read.failure)
        origin = Origin(path.name, read.digest, self.state)
        name = self._name(origin, read)
        keep(self.root, name, origin, read.records, read.text)
        self.known[name] = origin
        return Outcome(path, "read", name, "", read.notices, read.unknown, read.counts)

    def _name(self, origin: Origin, read: _Read) -> str:
        """The handle; with its language, then its digest, where another file has that folder already."""
        handle = handle_of(read.symbol) or read.digest[:12]
        for name in (handle, f"{handle}.{read.language or 'und'}", f"{handle}.{read.digest[:8]}"):
            other = self.known.get(name)
            if other is None or other.file == origin.file or other.sha256 == origin.sha256:
                return name
        return f"{handle}.{read.digest[:16]}"


def _results(files: list[Path], work: _Work, jobs: int, read: Reader) -> Iterator[tuple[Path, _Read | Outcome | None]]:
    """What came of each file, in the order of the files. One file, or one job, is read here; more in processes."""
    known = work.digests()
    if len(files) == 1 or jobs == 1:
        for path in files:
            yield path, read(str(path), known)
        return
    waiting = list(reversed(files))
    while waiting:
        try:
            yield from _pooled(waiting, known, jobs, read)
        except BrokenProcessPool:
            # A process died. Whose file it was cannot be told, so the next ones are read alone, each in its own process.
            for path in [waiting.pop() for _ in range(min(jobs * _AHEAD, len(waiting)))]:
                yield path, _alone(path, known, read)


def _pooled(
    waiting: list[Path], known: frozenset[str], jobs: int, read: Reader
) -> Iterator[tuple[Path, _Read | None]]:  # fmt: skip
    """Take files off the end of `waiting` as their results come, in their order."""
    with ProcessPoolExecutor(jobs, initializer=_begin, max_tasks_per_child=_RESTART) as pool:
        running: dict[Path, Future[_Read | None]] = {}
        while waiting:
            for path in list(reversed(waiting))[: jobs * _AHEAD]:
                if path not in running:
                    running[path] = pool.submit(_within, read, str(path), known)
            first = waiting[-1]
            wait([running[first]], return_when=FIRST_COMPLETED)
            result = running.pop(first).result()
            waiting.pop()
            yield first, result


def _alone(path: Path, known: frozenset[str], read: Reader) -> _Read | None:
    try:
        with ProcessPoolExecutor(1, initializer=_begin) as pool:
            return pool.submit(_within, read, str(path), known).result()
    except BrokenProcessPool:
        return _failed(f"{path}: the process that read it died; open and save it anew, or split it")
