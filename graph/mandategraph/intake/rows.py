"""Rows: what a reader of files hands on. Every value knows its line, every limit has its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mandategraph.system.errors import InputError

MOST_BYTES = 128 * 1024 * 1024
"""A file that is read as a whole may be so long."""
MOST_RECORDS = 50_000
"""A source may have so many records: they are held in memory, some 25 KB each."""
MOST_IN_LINE = 1024 * 1024
"""A line of a table may be so long, in characters."""


@dataclass(frozen=True)
class Value:
    """A value of a row, and the line of the file on which it stands."""

    value: Any
    line: int


@dataclass
class SourceRow:
    """One record as published: its number in the file from 1, its lines, and its fields by the publisher's names."""

    number: int
    first: int
    last: int
    fields: dict[str, Value] = field(default_factory=dict)


class Lines:
    """Tells the line of an offset into a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def of(self, offset: int) -> int:
        return bisect_right(self._starts, offset)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is not too long.

    Raises:
        InputError: it is missing, a folder, unreadable or too long.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            limit = MOST_BYTES // (1024 * 1024)
            raise InputError(f"longer than {limit} MB", file=path.name, hint="split it, or load it as CSV")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file", file=str(path), hint="check the name") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=str(path), hint="check the file") from None


def decode(data: bytes, name: str, encoding: str = "") -> str:
    """Text in UTF-8, in UTF-16 with its mark, or in the encoding that a mapping names.

    Raises:
        InputError: with the line of the first byte that is no such text.
    """
    if not encoding:
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "save it as UTF-8, or name its encoding in a mapping"
        raise InputError(f"not {encoding.removesuffix('-sig').upper()} text", file=name, line=line, hint=hint) from None
    except LookupError:
        raise InputError(f"there is no encoding {encoding}", file=name, hint="mend the mapping") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError("a NUL character, so no text", file=name, line=line, hint="check what the file is")
    return text


def counted(rows: Iterator[SourceRow], name: str, most: int = MOST_RECORDS) -> Iterator[SourceRow]:
    """The rows, as long as there are not too many of them."""
    for row in rows:
        if row.number > most:
            hint = "load a part of it, or several sources with a scope"
            raise InputError(f"more than {most} records", file=name, line=row.first, hint=hint)
        yield row
