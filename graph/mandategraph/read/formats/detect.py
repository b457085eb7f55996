"""Which kind of file this is, by its first bytes and then by its name; and the front end that reads it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol, cast

from mandategraph.read.formats.limits import MAX_LINES, SPLIT, read_bytes
from mandategraph.read.rendered import Rendered
from mandategraph.system.errors import InputError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BY_SUFFIX = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "plain", ".text": "plain", "": "plain",
}  # fmt: skip
SUFFIXES = tuple(suffix for suffix in _BY_SUFFIX if suffix)
"""Ends of the names of files that we read."""


class FrontEnd(Protocol):
    """What every front end offers."""

    def read(self, data: bytes, name: str) -> Rendered:
        """Bytes to lines; raises InputError where it cannot."""


def render(path: Path) -> Rendered:
    """A file as lines with marks.

    Raises:
        InputError: it is missing, empty, of no kind we read, broken, locked, or beyond the limits.
    """
    return render_bytes(read_bytes(path), str(path))


def render_bytes(data: bytes, name: str) -> Rendered:
    """The bytes of a file as lines with marks; `name` tells the kind where the bytes do not, and names it in messages.

    Raises:
        InputError: as `render`.
    """
    kind = kind_of(data, name)
    front_end = cast("FrontEnd", importlib.import_module(f"mandategraph.read.formats.{kind}"))
    try:
        rendered = front_end.read(data, name)
    except (MemoryError, RecursionError) as error:
        raise InputError("takes more memory than a document should", file=name, hint=SPLIT) from error
    if len(rendered.lines) > MAX_LINES:
        raise InputError(f"more than {MAX_LINES} lines", file=name, hint=SPLIT)
    if not any(line.text.strip() or any(line.cells) for line in rendered.lines):
        raise InputError("holds no text", file=name, hint="name a document with text")
    return rendered


def kind_of(data: bytes, name: str) -> str:
    """The front end for these bytes.

    Raises:
        InputError: no front end reads them.
    """
    suffix = Path(name).suffix.lower()
    start = data[:1024].lstrip()
    if data.startswith(_OLE):
        if _ENCRYPTED in data[:1_000_000]:
            raise InputError(
                "is protected by a password", file=name, hint="open it, save it without one, and try again"
            )
        raise InputError("is a file of an old word processor", file=name, hint="save it as .docx and try again")
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if start[:512].lower().startswith((b"<!doctype html", b"<html")) or (
        start.startswith(b"<?xml") and b"<html" in data[:4096].lower()
    ):
        return "html"
    kind = _BY_SUFFIX.get(suffix)
    if kind in ("docx", "pdf"):
        raise InputError(f"is not what its name says ({suffix})", file=name, hint="save the document again")
    if kind is None and b"\0" in data[:4096]:
        raise InputError("is of a kind that we do not read", file=name, hint=f"give one of {', '.join(SUFFIXES)}")
    return kind or "plain"
