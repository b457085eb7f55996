"""Plain text: the lines of the file, as they are counted there.

Tabs part the cells of a table row; `¹ …` and `[7: …]` are footnotes; a rule of dashes is furniture.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from mandategraph.read.formats.limits import check_line
from mandategraph.read.inline_notes import InlineNote, InlineNotes
from mandategraph.read.marks import note_number, note_text, take_marks
from mandategraph.read.rendered import FURNITURE, NOTE, ROW, Line, Rendered
from mandategraph.read.text import SourceText
from mandategraph.system.errors import InputError

_RULE = re.compile(r"^\s*[-_—=*·.]{3,}\s*$")


def read(data: bytes, name: str) -> Rendered:
    """The lines of a text file.

    Raises:
        InputError: it is not text in UTF-8 or UTF-16, or a line is too long.
    """
    source = SourceText.from_bytes(as_utf8(data, name), name)
    inline = any("footnoteRef" in line for line in source.lines)
    notes, taken = InlineNotes(name), list[InlineNote]()
    lines: list[Line] = []
    apart, table = True, 0
    for number, raw in enumerate(source.lines, 1):
        kept, marks = _printable(check_line(raw, name, number)), list[int]()
        if inline:
            kept, marks, done = notes.take(number, kept)
            taken += done
        in_table = bool(lines and lines[-1].kind == ROW)
        line = _line(kept, tuple(map(str, marks)), apart, in_table)
        if line.kind == ROW:
            table += not in_table
            line = replace(line, table=table)
        lines.append(line)
        apart = not raw.strip()
    return Rendered(name, "text", (*lines, *(_note(note) for note in taken)))


def _line(raw: str, marks: tuple[str, ...], apart: bool, in_table: bool) -> Line:
    number = note_number(raw)
    if number is not None:
        return Line(note_text(raw).strip(), NOTE, note=str(number))
    if _RULE.match(raw):
        return Line(raw, FURNITURE)
    text, raised = take_marks(raw)
    marks += tuple(map(str, raised))
    if "\t" in raw.strip() or (in_table and "\t" in raw):
        cells = tuple(cell.strip() for cell in text.split("\t"))
        return Line(text, ROW, cells, marks)
    return Line(text.strip(), marks=marks, apart=apart)


def _note(note: InlineNote) -> Line:
    return Line(" ".join(words for _, words in note.pieces).strip(), NOTE, note=str(note.number))


def as_utf8(data: bytes, name: str) -> bytes:
    """UTF-16 with its byte-order mark as UTF-8; anything else as it is."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeError as error:
        raise InputError("is broken UTF-16", file=name, hint="save it as UTF-8 text and try again") from error


def _printable(text: str) -> str:
    """Without control characters, which no one means; tabs stay."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c == "\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
