"""The books of a remote store, kept in a graph of its own: what its content was built from, graph by graph, and the
files that it rests on (records of what was loaded), so that any machine can go on where another stopped.

Files stand in pieces of plain ASCII, compressed: engines differ in how long a literal may be, and in what they do to it.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mandategraph.store.base import rows
from mandategraph.store.remote import OWN, RemoteStore

BOOKS = f"{OWN}books"
_NS = f"{OWN}ontology#"
_STATE = f"{OWN}state"
_PIECE = 3000


@dataclass(frozen=True)
class SourceArchive:
    """``graphs`` gives a digest for each graph of the content, ``files`` the bytes of each file by its path."""

    fingerprint: str = ""
    graphs: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def read_books(store: RemoteStore) -> SourceArchive:
    """The books of a store; empty ones where none were ever kept. Raises StoreError."""
    found = [
        (row["s"].value, row["p"].value.removeprefix(_NS), row["o"].value)
        for row in rows(store.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{BOOKS}> {{ ?s ?p ?o }} }}")).dicts()
    ]
    fingerprint = next((value for _, name, value in found if name == "fingerprint"), "")
    digests = {subject: value for subject, name, value in found if name == "digest"}
    names = {subject: value for subject, name, value in found if name == "path"}
    pieces: dict[str, list[str]] = {}
    for subject, name, value in found:
        if name == "piece":
            pieces.setdefault(subject, []).append(value)
    files = {names[subject]: _joined(some) for subject, some in pieces.items()}
    return SourceArchive(fingerprint, digests, files)


def written(books: SourceArchive) -> Iterator[str]:
    """The statements of books, as N-Triples without the final dot."""
    yield f'<{_STATE}> <{_NS}fingerprint> "{books.fingerprint}"'
    for name, digest in sorted(books.graphs.items()):
        yield f'<{name}> <{_NS}digest> "{digest}"'
    for number, (path, content) in enumerate(sorted(books.files.items())):
        node = f"<{OWN}file/{number}>"
        yield f'{node} <{_NS}path> "{path}"'
        for piece in _pieces(content):
            yield f'{node} <{_NS}piece> "{piece}"'


def _pieces(content: bytes) -> Iterator[str]:
    text = base64.b64encode(zlib.compress(content, 9)).decode("ascii")
    for number, start in enumerate(range(0, len(text), _PIECE)):
        yield f"{number:07d}:{text[start : start + _PIECE]}"


def _joined(pieces: Iterable[str]) -> bytes:
    return zlib.decompress(base64.b64decode("".join(piece.partition(":")[2] for piece in sorted(pieces))))
