"""Tables as text: comma, semicolon or tab between cells, one record after the other, so that memory stays bounded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from mandategraph.intake.rows import MOST_IN_LINE, SourceRow, Value, decode, read_bytes
from mandategraph.system.errors import InputError

_MARKS = (",", ";", "\t", "|")
_MOST_COLUMNS = 1000


class _Physical:
    """The lines of a file, decoded one by one, none longer than the limit; counts them."""

    def __init__(self, file: BinaryIO, name: str, encoding: str) -> None:
        self.file = file
        self.name = name
        self.encoding = encoding or "utf-8"
        self.line = 0

    def __iter__(self) -> Iterator[str]:
        while data := self.file.readline(MOST_IN_LINE + 1):
            self.line += 1
            if len(data) > MOST_IN_LINE:
                hint = "a table has shorter lines: check what the file is"
                raise InputError(f"a line longer than {MOST_IN_LINE} bytes", file=self.name, line=self.line, hint=hint)
            if self.line == 1:
                data = data.removeprefix(b"\xef\xbb\xbf")
            try:
                yield decode(data, self.name, self.encoding)
            except InputError as error:
                raise InputError(error.message, file=self.name, line=self.line, hint=error.hint) from None


def heads(path: Path, encoding: str = "") -> list[str]:
    """The names of the columns, without reading on."""
    with _opened(path) as file:
        for line in _Physical(file, path.name, encoding):
            if line.strip():
                return [cell.strip() for cell in next(csv.reader([line], delimiter=_mark(line)), [])]
    return []


def read_csv(path: Path, encoding: str = "") -> Iterator[SourceRow]:
    """The records of a table whose first line has the names of the columns.

    Raises:
        InputError: with the line, where the file is no such table.
    """
    with _opened(path) as file:
        lines = _Physical(file, path.name, encoding)
        source = iter(lines)
        head = next((line for line in source if line.strip()), "")
        names = _names(head, path.name, lines.line)
        reader = csv.reader(source, delimiter=_mark(head), strict=True)
        yield from _rows(reader, names, lines, path.name)


def _rows(reader: Iterator[list[str]], names: list[str], lines: _Physical, name: str) -> Iterator[SourceRow]:
    number = 0
    while True:
        first = lines.line + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _no_table(error, name, first) from None
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        row = SourceRow(number, first, lines.line)
        for place, cell in enumerate(cells):
            row.fields[names[place] if place < len(names) else f"cell {place + 1}"] = Value(cell, first)
        for lacking in names[len(cells) :]:  # a row that ends early: its last cells are empty
            row.fields[lacking] = Value("", first)
        yield row


def _no_table(error: csv.Error, name: str, line: int) -> InputError:
    if "new-line character" in str(error):
        hint = "save it with the line ends of this day (LF or CRLF)"
        return InputError("no table: a line ends in a carriage return alone", file=name, line=line, hint=hint)
    hint = "a quotation mark may be open: mend the line"
    return InputError(f"no table: {error}", file=name, line=line, hint=hint)


def _names(head: str, name: str, line: int) -> list[str]:
    try:
        names = [cell.strip() for cell in next(csv.reader([head], delimiter=_mark(head), strict=True), [])]
    except csv.Error as error:
        raise _no_table(error, name, line) from None
    return checked_names(names, name, line)


def checked_names(names: list[str], name: str, line: int) -> list[str]:
    """The names of columns; empty ones are called by their number.

    Raises:
        InputError: there are too many, or one stands twice.
    """
    if len(names) > _MOST_COLUMNS:
        raise InputError(f"more than {_MOST_COLUMNS} columns", file=name, line=line, hint="check what the file is")
    named = [one or f"cell {place}" for place, one in enumerate(names, 1)]
    twice = next((one for one in named if named.count(one) > 1), None)
    if twice is not None:
        raise InputError(f"the column {twice[:40]} stands twice", file=name, line=line, hint="rename one of them")
    return named


def _mark(head: str) -> str:
    return max(_MARKS, key=lambda mark: (head.count(mark), -_MARKS.index(mark)))


def _opened(path: Path) -> BinaryIO:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise InputError("there is no such file", file=str(path), hint="check the name") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=str(path), hint="check the file") from None
    if file.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):  # what Excel calls Unicode text
        file.close()
        return io.BytesIO(decode(read_bytes(path), path.name).encode())
    return file
