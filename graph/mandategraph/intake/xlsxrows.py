"""Spreadsheets (XLSX): the values as last computed; nothing in the file is executed, and bombs are refused unopened."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mandategraph.intake.csvrows import checked_names
from mandategraph.intake.rows import MOST_BYTES, SourceRow, Value, read_bytes
from mandategraph.system.errors import InputError

_MOST_RATIO = 200
_MOST_PARTS = 2000
_BOOK = "xl/workbook.xml"
_MOST_CELLS = 1000
_MOST_EMPTY = 1000
"""So many empty rows in a row end a sheet: some programs say that a sheet has a million."""


def parts_of(path: Path) -> list[str]:
    """The names of the parts of a ZIP file that is safe to open.

    Raises:
        InputError: it is broken, locked with a password, or would unpack to far more than it seems.
    """
    read_bytes_of = path.name
    try:
        with zipfile.ZipFile(path) as packed:
            infos = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(f"a broken ZIP file ({error})", file=read_bytes_of, hint="save it again") from None
    whole = sum(info.file_size for info in infos)
    ratio = max((info.file_size / max(info.compress_size, 1) for info in infos if info.file_size > 1 << 20), default=0)
    if whole > MOST_BYTES or ratio > _MOST_RATIO or len(infos) > _MOST_PARTS:
        hint = "it was not opened; save the sheet as CSV"
        raise InputError(f"a ZIP file that unpacks to {whole >> 20} MB", file=read_bytes_of, hint=hint)
    if any(info.flag_bits & 1 for info in infos):
        raise InputError("locked with a password", file=read_bytes_of, hint="save it without one")
    return [info.filename for info in infos]


def is_workbook(parts: list[str]) -> bool:
    """Whether these are the parts of a spreadsheet."""
    return _BOOK in parts


def read_xlsx(path: Path, sheet: str = "") -> Iterator[SourceRow]:
    """The records of the first sheet, or of the one named, whose first filled row has the names of the columns.

    Raises:
        InputError: there is no such sheet, or the file is no spreadsheet.
    """
    from openpyxl import load_workbook

    read_bytes(path)  # tells what is wrong with a file that is not there
    parts_of(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that we do not read
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # whatever its parts hold, the reader meets them first here
        raise _broken(path, error) from None
    try:
        if sheet and sheet not in book.sheetnames:
            raise InputError(f"no sheet {sheet}", file=path.name, hint=f"there are {', '.join(book.sheetnames)}")
        page = book[sheet] if sheet else book.worksheets[0]
        yield from _rows(page.iter_rows(values_only=True, max_col=_MOST_CELLS), path)
    except InputError:
        raise
    except Exception as error:
        raise _broken(path, error) from None
    finally:
        book.close()


def _rows(cells: Iterator[tuple[Any, ...]], path: Path) -> Iterator[SourceRow]:
    names: list[str] = []
    number = empty = 0
    for line, values in enumerate(cells, 1):
        texts = [plain(value) for value in values]
        if not any(text.strip() for text in texts):
            empty += 1
            if empty > _MOST_EMPTY:
                return
            continue
        empty = 0
        if not names:
            last = max(place for place, text in enumerate(texts) if text.strip())
            names = checked_names([text.strip() for text in texts[: last + 1]], path.name, line)
            continue
        number += 1
        row = SourceRow(number, line, line)
        for place, text in enumerate(texts):
            if place < len(names) or text.strip():
                row.fields[names[place] if place < len(names) else f"cell {place + 1}"] = Value(text, line)
        yield row


def plain(value: Any) -> str:
    """A cell's value as text: days as 2025-03-17, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _broken(path: Path, error: Exception) -> InputError:
    words = " ".join(str(error).split())[:120] or type(error).__name__
    return InputError(f"no spreadsheet that can be read ({words})", file=path.name, hint="save it again, or as CSV")
