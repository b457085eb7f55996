"""What a file is, told by its content, and what it gives."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mandategraph.intake import atomrows, csvrows, jsonrows, rdf, xlsxrows
from mandategraph.intake.kinds import Kind, kinds
from mandategraph.intake.register_index import Known
from mandategraph.intake.release import Intake, ParsedSource, by_kind, date_in_name, take, unknown_kind
from mandategraph.intake.rows import MOST_RECORDS, SourceRow, counted, decode, read_bytes
from mandategraph.system.errors import InputError

_HEAD = 4096
_MOST_STRANGERS = 50
"""A file of which so many records at its beginning are of no kind is not read further."""
_TABLES = (".csv", ".tsv", ".tab")


@dataclass(frozen=True)
class ReadOptions:
    """How files are to be read: as which kind (any that fits, without one), and of which release."""

    kind: Kind | None = None
    released: date | None = None


def is_records(path: Path, asked: ReadOptions) -> bool:
    """Whether a file holds records and not a document's text.

    Raises:
        InputError: the file cannot be read.
    """
    return asked.kind is not None or form_of(path) != "text"


def form_of(path: Path) -> str:
    """json, xml, rdf, xlsx, csv, or text: by its first bytes, and for tables by the names of their columns."""
    head = _head(path)
    if head.startswith(b"PK"):
        return "xlsx" if xlsxrows.is_workbook(xlsxrows.parts_of(path)) else "text"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode()
    words = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    text = words.decode("utf-8", "replace")
    if rdf.syntax_of(text, path.suffix[1:].lower()) is not None:
        return "rdf"
    if words[:1] in (b"{", b"["):
        return "json"
    if words.startswith((b"<?xml", b"<feed", b"<entry", b"<!DOCTYPE feed")):
        return "xml"
    return "csv" if path.suffix.lower() in _TABLES or _is_table(path) else "text"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except FileNotFoundError:
        raise InputError("there is no such file", file=str(path), hint="check the name") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=str(path), hint="check the file") from None


def _is_table(path: Path) -> bool:
    """Whether the first line names the columns of a table of some kind."""
    try:
        names = csvrows.heads(path)
    except InputError:
        return False
    if len(names) < 2:
        return False
    plain = dict.fromkeys(names)
    return any(all(name in plain for name in fields) and fields and not values
               for kind in kinds().values() for fields, values in kind.mapping.recognise)  # fmt: skip


def take_file(path: Path, asked: ReadOptions, known: Known) -> list[ParsedSource]:
    """What a file of records gives, for each source that it holds.

    Raises:
        InputError: with the line, where it cannot be read or is of no kind.
    """
    form = form_of(path)
    released = asked.released or date_in_name(path.name)
    if form == "rdf" and asked.kind is None:
        text = decode(read_bytes(path), path.name)
        syntax = rdf.syntax_of(text, path.suffix[1:].lower())
        assert syntax is not None  # form_of said so
        return [rdf.take_rdf(text, syntax, path.name, released)]
    if asked.kind is not None:
        _not_too_many(path, form, asked.kind)
        found = take(_rows(path, form, asked.kind), asked.kind, known, path.name, released)
        if not found:
            raise InputError("no record in it", file=path.name, line=1, hint="check what the file is")
        return found
    return _sorted_by_kind(path, form, known, released)


def _sorted_by_kind(path: Path, form: str, known: Known, released: date | None) -> list[ParsedSource]:
    intake = Intake(known, path.name, released)
    strangers: list[str] = []
    first: SourceRow | None = None
    every = kinds()
    for kind, row in by_kind(_rows(path, form, None), every):
        first = first or row
        if kind is not None:
            if len(strangers) == row.number - 1:  # the first that fits
                _not_too_many(path, form, None)
            intake.put(row, kind)
            continue
        strangers.append(f"line {row.first}: record {row.number} is of no kind that is known")
        if len(strangers) == row.number > _MOST_STRANGERS:
            break  # nothing of it fits so far: the rest need not be read
    found = intake.taken()
    if not found:
        raise unknown_kind(path.name, every, first.fields if first else ())
    found[0].audit.remarks += strangers
    return found


def _not_too_many(path: Path, form: str, kind: Kind | None) -> None:
    """Refuse a long table before anything is made of it: reading the rows alone takes little time and no memory."""
    if form in ("csv", "xlsx") and path.stat().st_size > 2 * MOST_RECORDS:
        deque(_rows(path, form, kind), maxlen=0)


def _rows(path: Path, form: str, kind: Kind | None) -> Iterator[SourceRow]:
    encoding = kind.mapping.encoding if kind else ""
    if form == "xlsx":
        return counted(xlsxrows.read_xlsx(path, kind.mapping.sheet if kind else ""), path.name)
    if form in ("json", "rdf"):
        members = jsonrows.records_in(jsonrows.parse(decode(read_bytes(path), path.name, encoding), path.name))
        return counted(jsonrows.rows_of(members), path.name)
    if form == "xml":
        root = atomrows.parse_xml(read_bytes(path), path.name)
        members = atomrows.records_in(root) if atomrows.is_feed(root) else []
        return counted(jsonrows.rows_of(members), path.name)
    return counted(csvrows.read_csv(path, encoding), path.name)
