"""Dumps of our own model (N-Quads, TriG; also compressed) taken into a store beside its documents, however large.

A dump is checked and written out piece by piece, by as many workers as one likes, into one compressed file beside the
store; the store is then built with what the dumps hold added to what the documents say. Memory is bounded by the size
of a piece and the number of workers; the file is the same whoever worked.
"""

from __future__ import annotations

import gzip
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from mandategraph.pipeline.build import DUMPS, rebuild, size_of
from mandategraph.pipeline.transaction import transaction
from mandategraph.rdf import namespaces
from mandategraph.store import default_location
from mandategraph.store.remote import OWN
from mandategraph.system.errors import InputError, StoreError
from mandategraph.system.workers import Workers

_PIECE_BYTES = 8 << 20
_LINES = {"nq": ox.RdfFormat.N_QUADS, "nt": ox.RdfFormat.N_TRIPLES}
_WHOLE = {"trig": ox.RdfFormat.TRIG, "ttl": ox.RdfFormat.TURTLE}
_PLAIN_NAME = re.compile(r"[^A-Za-z0-9_.-]+")
_LOOKED_AT = 1 << 16


@dataclass(frozen=True)
class DumpSummary:
    """What came of one dump: how many statements it holds, and how many the whole store holds with all of them."""

    name: str
    statements: int
    whole: int


@dataclass(frozen=True)
class _Piece:
    """Some lines of a dump, or all of a small one: the number of its first line, and the graph of bare triples."""

    content: bytes
    format: str
    name: str
    line: int
    graph: str = ""


def is_dump(path: Path, graph: str | None = None) -> bool:
    """Whether a file is to be taken as a dump: by its ending, and where no graph is named for it by a graph of ours in
    its beginning."""
    kind, packed = _kind(path)
    if kind not in (*_LINES, *_WHOLE):
        return False
    if graph is not None or packed:
        return True
    try:
        with _opened(path, packed) as file:
            head = file.read(_LOOKED_AT)
    except OSError:
        return False
    return kind in ("nq", "trig") and f"<{namespaces.GRAPHS}".encode() in head


def load_dumps(
    location: str | None, paths: list[Path], graph: str | None = None, workers: Workers | None = None
) -> list[DumpSummary]:
    """Take dumps into a store, all or none; one of the same name is replaced as a whole. Triples without a graph go to
    the ``graph`` that is named, else to one of ours by the name of the file.

    Raises:
        InputError: two files have one name, or a file cannot be read or is not what its ending says; the line is told.
        StoreError: the store cannot be written; it is as it was before.
    """
    place = location or default_location()
    _told_apart(paths)
    with transaction(place) as work:
        counts = [(path, _keep(path, work.folder / DUMPS, graph, workers or Workers())) for path in paths]
        rebuild(work.folder)
    held = size_of(place)
    return [DumpSummary(path.name, count, held) for path, count in counts]


def _told_apart(paths: list[Path]) -> None:
    """Make sure that each dump is kept under a name of its own, which is that of its file without the ending."""
    known: dict[str, Path] = {}
    for path in paths:
        other = known.setdefault(_stem(path), path)
        if other is not path:
            hint = "Rename one of them, or load them one after the other to replace the first. Nothing was loaded."
            raise InputError(f"it would be kept under one name with {other} ({_stem(path)})", file=str(path), hint=hint)


def _keep(path: Path, folder: Path, graph: str | None, workers: Workers) -> int:
    """Write a dump out as N-Quads, compressed, as a whole or not at all; gives the number of its statements."""
    target = folder / f"{_stem(path)}.nq.gz"
    aside = target.with_suffix(".next")
    total = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            for packed, count in workers.mapped(_checked, _pieces(path, graph)):
                file.write(packed)
                total += count
            file.flush()
            os.fsync(file.fileno())
        if not total:
            raise InputError("no statement in it", file=str(path), hint="Check what the file is.")
        aside.replace(target)
    except OSError as error:
        aside.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        hint = "It is as it was before. Make room there, or name another folder with --store."
        raise StoreError(f"the dump cannot be kept ({reason}).", str(folder), hint) from None
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return total


def _checked(piece: _Piece) -> tuple[bytes, int]:
    """A piece as compressed N-Quads, each statement in a graph. Done by workers."""
    made = []
    known = {**_LINES, **_WHOLE}[piece.format]
    default = ox.NamedNode(piece.graph)
    try:
        for quad in ox.parse(piece.content, format=known, base_iri=namespaces.THINGS):
            named = quad if isinstance(quad.graph_name, ox.NamedNode) else replace_graph(quad, default)
            if str(named.graph_name).startswith(f"<{OWN}"):
                told = f"the graph {named.graph_name} is one of the books that a server keeps of its content"
                raise InputError(told, file=piece.name, hint="Take the graphs of that kind out; nothing was loaded.")
            made.append(f"{named} .\n")
    except SyntaxError as error:
        line = piece.line + (error.lineno or 1) - 1
        hint = "Mend the line; nothing was loaded."
        raise InputError(f"this is not RDF of that kind ({error.msg})", file=piece.name, line=line, hint=hint) from None
    return gzip.compress("".join(made).encode(), 6, mtime=0), len(made)


def replace_graph(quad: ox.Quad, name: ox.NamedNode) -> ox.Quad:
    """The statement, in this graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, name)


def _pieces(path: Path, graph: str | None) -> Iterator[_Piece]:
    kind, packed = _kind(path)
    whole = _Piece(b"", kind, str(path), 1, graph or namespaces.graph(_stem(path)))
    try:
        with _opened(path, packed) as file:
            if kind in _WHOLE:
                yield replace(whole, content=file.read())
                return
            line = 1
            while content := file.read(_PIECE_BYTES):
                content += file.readline()
                yield replace(whole, content=content, line=line)
                line += content.count(b"\n")
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"the file cannot be read ({reason})", file=str(path), hint="Nothing was loaded.") from None


def _opened(path: Path, packed: bool) -> IO[bytes]:
    return gzip.open(path) if packed else path.open("rb")  # type: ignore[return-value]  # both read bytes


def _kind(path: Path) -> tuple[str, bool]:
    """``("nq", True)`` for ``x.nq.gz``."""
    packed = path.suffix.lower() == ".gz"
    inner = Path(path.stem) if packed else path
    return inner.suffix.lower().removeprefix("."), packed


def _stem(path: Path) -> str:
    kind, packed = _kind(path)
    bare = path.name[: -len(f".{kind}.gz" if packed else f".{kind}")]
    return _PLAIN_NAME.sub("-", bare).strip("-.") or "dump"
