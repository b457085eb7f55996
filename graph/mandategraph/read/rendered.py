"""Lines with marks: the one form to which every kind of file is brought before its structure is read.

A front end (`formats`) knows a kind of file and nothing of documents; the reader of the structure (`outline`) knows
documents and nothing of files. Between them stand these lines. A line has a number, from 1, in the rendered text;
evidence names it, and `locator` leads from it to the page or paragraph of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

TEXT, HEADING, ROW, NOTE, FURNITURE = "text", "heading", "row", "note", "furniture"

_LONE_MARK = re.compile(
    r"^\s*(?:\d{1,3}\.|\(?[a-z]{1,4}\)|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．])\s*$"
)
_OWN_MARK = re.compile(r"^\s*(?:\d{1,3}\.|[(（]?[a-z一二三四五六七八九十]{1,4}[)）]|[-•*#])")


@dataclass(frozen=True)
class Line:
    """One line of a rendered text.

    `kind` is text, heading (the file itself marks it as one), row (of a table: `cells`), note (a footnote: `note` is
    its label) or furniture (running heads, page numbers: no content). `marks` are the labels of the footnotes that it
    carries. `apart` tells that a blank line, or the beginning of a paragraph, stands before it. `page` and `paragraph`
    count from 1 where the file has them.
    """

    text: str
    kind: str = TEXT
    cells: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    note: str = ""
    table: int = 0
    apart: bool = True
    page: int = 0
    paragraph: int = 0

    @property
    def locator(self) -> str:
        """Where it stands in the file, for a person: `page 3`, `paragraph 12`; empty for a text file."""
        named = [f"page {self.page}"] * bool(self.page) + [f"paragraph {self.paragraph}"] * bool(self.paragraph)
        return ", ".join(named)


@dataclass(frozen=True)
class Rendered:
    """A file as lines. `format` is its kind (`docx`, `pdf`, …), `notices` what its reader should be told."""

    name: str
    format: str
    lines: tuple[Line, ...]
    notices: tuple[str, ...] = field(default=())

    def numbered(self) -> Iterator[tuple[int, Line]]:
        """The lines with their numbers, from 1. A mark alone on its line (`4.`, `(a)`) stands before the text after it."""
        mark: Line | None = None
        for number, line in enumerate(self.lines, 1):
            if mark and line.text.strip():
                line, mark = replace(line, text=f"{mark.text.strip()} {line.text.strip()}", apart=mark.apart), None
            if line.kind == TEXT and _LONE_MARK.match(line.text) and self._text_follows(number):
                mark = line
            elif not mark:
                yield number, line

    def _text_follows(self, number: int) -> bool:
        """Whether the next line with something on it is text without a mark of its own."""
        following = next((line for line in self.lines[number : number + 3] if line.text.strip() or line.cells), None)
        return bool(following and following.kind == TEXT and not _OWN_MARK.match(following.text))

    @property
    def text(self) -> str:
        """The rendered text: what the numbers of lines count in."""
        return "".join(f"{_shown(line)}\n" for line in self.lines)


def _shown(line: Line) -> str:
    marks = "".join(f"[^{mark}]" for mark in line.marks)
    if line.kind == NOTE:
        return f"[^{line.note}]: {line.text}"
    return ("\t".join(line.cells) if line.kind == ROW else line.text) + marks
