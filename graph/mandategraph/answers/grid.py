"""Tables for people: the same grid of texts written as a text table, Markdown or HTML."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from mandategraph.answers.answer import Answer, Cell, Column, Row
from mandategraph.messages import LANGUAGES, TAG, Text, gettext
from mandategraph.rdf import namespaces
from mandategraph.store.base import Rows, Term

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MARKS = re.compile(r"[\\*_`\[\]|]")
_NO_WRAPPING = 10_000
# A code made from a place in a document (no published one exists) says nothing to people; the label does.
# The code of a meeting by body and ordinal (SBI-3) says all that its long label would, and tables must stay narrow.
_SPEAKING_CODE = re.compile(r"[A-Z0-9]+-[0-9]+")
_PLACE_CODE = re.compile(r"\.(?:annex|section|table|row|item|paragraph|para|footnote)-[0-9]")


@dataclass(frozen=True, slots=True)
class Layout:
    """How to write for the reader: languages in order of wish; the width in columns at which lines wrap (None: no
    wrapping); whether a terminal shows it, which alone gets styles."""

    languages: tuple[str, ...] = LANGUAGES
    width: int | None = None
    terminal: bool = False

    @property
    def language(self) -> str:
        """The language of our own words: the one that is wished first."""
        return self.languages[0] if self.languages else LANGUAGES[0]

    def words(self, text: Text) -> str:
        """A text in the reader's language."""
        return text.in_first(self.languages)


@dataclass(frozen=True, slots=True)
class Grid:
    """Titles, and rows; each cell holds one or more lines, which stand side by side with those of its row."""

    titles: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]


def of_answer(answer: Answer, layout: Layout) -> Grid:
    """The grid of an answer, its labels in the reader's language."""
    titles = tuple(column.title(layout.languages) for column in answer.columns)
    return Grid(titles, tuple(_line(row, answer.columns, layout) for row in answer.rows))


def of_rows(result: Rows | bool) -> Grid:
    """The grid of plain SPARQL results; IRIs in their short form."""
    if isinstance(result, bool):
        return Grid(("answer",), ((("yes" if result else "no",),),))
    return Grid(result.variables, tuple(tuple((_term_words(term),) for term in row) for row in result.rows))


def as_text(grid: Grid, layout: Layout) -> str:
    """A text table; East Asian characters take two columns. Cells of several lines keep those lines side by side."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for title, widest in zip(grid.titles, _widths(grid) if layout.width is None else repeat(None), strict=False):
        table.add_column(Text(title), overflow="fold", width=widest, no_wrap=widest is not None)
    for row in grid.rows:
        for line in range(max((len(cell) for cell in row), default=0)):
            table.add_row(*(Text(cell[line]) if line < len(cell) else "" for cell in row))
    out = io.StringIO()
    terminal = layout.terminal
    width = layout.width or _NO_WRAPPING
    console = Console(file=out, width=width, force_terminal=terminal, no_color=not terminal or None, emoji=False)
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _widths(grid: Grid) -> list[int]:
    """How many columns of the terminal each column of the grid takes when nothing is wrapped."""
    from rich.cells import cell_len

    columns = zip(*grid.rows, strict=True) if grid.rows else repeat(())
    return [
        max((cell_len(title), *(cell_len(line) for cell in cells for line in cell)))
        for title, cells in zip(grid.titles, columns, strict=False)
    ]


def as_markdown(grid: Grid) -> str:
    """A Markdown table (GitHub's form)."""
    lines = [_md_line(grid.titles), _md_line(["---"] * len(grid.titles))]
    lines += [_md_line(["<br>".join(markdown(line) for line in cell) for cell in row]) for row in grid.rows]
    return "\n".join(lines) + "\n"


def as_html(grid: Grid) -> str:
    """An HTML table."""
    head = "".join(f"<th>{html.escape(title)}</th>" for title in grid.titles)
    rows = [
        "<tr>" + "".join(f"<td>{'<br>'.join(html.escape(line) for line in cell)}</td>" for cell in row) + "</tr>"
        for row in grid.rows
    ]
    return "\n".join(["<table>", f"<thead><tr>{head}</tr></thead>", "<tbody>", *rows, "</tbody>", "</table>"]) + "\n"


def html_page(title: str, body: str, language: str) -> str:
    """A whole page around a body, so that a browser shows every script right."""
    return (
        f'<!DOCTYPE html>\n<html lang="{TAG.get(language, language)}">\n<head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title></head>\n<body>\n{body}</body>\n</html>\n"
    )


def _line(row: Row, columns: tuple[Column, ...], layout: Layout) -> tuple[tuple[str, ...], ...]:
    parts = zip(columns, row, strict=True)
    return tuple(tuple(_words(cell, column, layout) for cell in cells) for column, cells in parts)


def _words(cell: Cell, column: Column, layout: Layout) -> str:
    label = cell.label(layout.languages)
    if column.name == "source":
        return clean(label or cell.value or "")
    if cell.value is None or not column.coded or (label and _PLACE_CODE.search(cell.value)):
        return clean(label or cell.value or "")
    if not label or label == cell.value or _SPEAKING_CODE.fullmatch(cell.value):
        return clean(cell.value)
    return clean(f"{cell.value} · {label}")


def _term_words(term: Term | None) -> str:
    if term is None:
        return ""
    if term.kind == "iri":
        return namespaces.curie(term.value) or term.value
    return clean(f"_:{term.value}" if term.kind == "blank" else term.value)


def clean(text: str) -> str:
    """The text without control characters, which a terminal might obey."""
    return _CONTROL.sub(" ", text)


def markdown(text: str) -> str:
    """Plain text as Markdown that shows just that, also in a cell of a table: no control characters, no HTML, and
    nothing that would be emphasis, a link, code, or the end of the cell."""
    return _MARKS.sub(r"\\\g<0>", html.escape(clean(text), quote=False))


def _md_line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def state_told(as_of: str, layout: Layout) -> str:
    """The sentence that says of which state of knowledge something is."""
    return clean(layout.words(gettext("Only what was known as of {day}.", day=as_of)))
