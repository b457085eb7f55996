"""Markdown: headings, paragraphs, lists with their numbers, pipe tables and `[^1]` footnotes; lines as in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mandategraph.read.formats.limits import check_line
from mandategraph.read.formats.plain import as_utf8
from mandategraph.read.rendered import HEADING, NOTE, ROW, TEXT, Line, Rendered
from mandategraph.read.text import SourceText

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTE = re.compile(r"^\[\^([^\]\s]{1,12})\]:\s*")
_MARK = re.compile(r"\[\^([^\]\s]{1,12})\]")
_ENUMERATED = re.compile(r"^(\s*)(\d{1,3}|[A-Za-z]|[IVXivx]{1,5})\.(?=\s)", re.MULTILINE)


def read(data: bytes, name: str) -> Rendered:
    """The lines of a Markdown file.

    Raises:
        InputError: it is not text in UTF-8 or UTF-16, or a line is too long.
    """
    from markdown_it import MarkdownIt

    source = SourceText.from_bytes(as_utf8(data, name), name)
    for number, raw in enumerate(source.lines, 1):
        check_line(raw, name, number)
    # Numbers are content here: as lists they would be counted anew.
    text = _ENUMERATED.sub(r"\1\2\\.", "\n".join(source.lines))
    lines = [Line("") for _ in source.lines]
    _Filler(lines).fill(MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").parse(text))
    return Rendered(name, "markdown", tuple(lines))


class _Filler:
    """Puts each block on the line of the file on which it begins."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.tables = 0
        self.row: list[str] | None = None
        self.at = 0
        self.bullet = ""

    def fill(self, tokens: list[Token]) -> None:
        kind = TEXT
        for token in tokens:
            if token.type == "heading_open":
                kind = HEADING
            elif token.type in ("heading_close", "paragraph_close"):
                kind = TEXT
            elif token.type == "list_item_open":
                self.bullet = "- " if token.markup in ("-", "*", "+") else ""
            elif token.type == "table_open":
                self.tables += 1
            elif token.type == "tr_open":
                self.row, self.at = [], token.map[0] if token.map else self.at
            elif token.type == "tr_close":
                self._close_row()
            elif token.type == "inline":
                self._inline(token, kind)

    def _inline(self, token: Token, kind: str) -> None:
        text = _text(token)
        if self.row is not None:
            self.row.append(text.replace("\n", " ").strip())
        elif token.map:
            for offset, piece in enumerate(text.split("\n")):
                self._put(token.map[0] + offset, self.bullet + piece if not offset else piece, kind, apart=not offset)
            self.bullet = ""

    def _close_row(self) -> None:
        cells = tuple(_MARK.sub("", cell).strip() for cell in self.row or ())
        marks = tuple(mark for cell in self.row or () for mark in _MARK.findall(cell))
        if any(cells) and self.at < len(self.lines):
            self.lines[self.at] = Line("\t".join(cells), ROW, cells, marks, table=self.tables)
        self.row = None

    def _put(self, at: int, text: str, kind: str, *, apart: bool = True) -> None:
        if at >= len(self.lines):
            return
        note = _NOTE.match(text)
        if note:
            self.lines[at] = Line(text[note.end() :], NOTE, note=note[1])
            return
        marks = tuple(_MARK.findall(text))
        self.lines[at] = Line(_MARK.sub("", text).strip(), kind, marks=marks, apart=apart)


def _text(token: Token) -> str:
    """The words of a run without their markup."""
    out = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif child.type in ("text", "code_inline"):
            out.append(child.content)
    return "".join(out)
