"""Tables without rules on a page: a head whose words say that it is a schedule, and under it lines in its columns.

Nothing else is taken for one. Rows are told apart by the space between them; where all lines are equally far apart each
is a row only if each fills the columns that a row must have. What cannot be told stays text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mandategraph.read.heads import columns_of

Word = dict[str, Any]
_BETWEEN = 0.9
"""Cells of a head are at least so far apart, as a share of the size of the letters."""
_BESIDE = 0.6
"""Words of two cells of a line are at least so far apart."""
_BELOW = 2.2
"""A line farther below, as a share of the size of the letters, is no line of the table."""
_LEAST = 3
_LONGEST = 40


@dataclass(frozen=True)
class Unruled:
    """A table: its box on the page, the words that are in it, its cells row by row."""

    bbox: tuple[float, float, float, float]
    words: tuple[Word, ...]
    cells: tuple[tuple[str, ...], ...]

    def extract(self) -> list[list[str | None]]:
        """The cells, as a table of the PDF reader gives them."""
        return [list(row) for row in self.cells]


def unruled_tables(words: list[Word]) -> list[Unruled]:
    """The tables without rules among words of a page or column, from top to bottom."""
    lines, found, at = _lines(words), [], 0
    while at < len(lines):
        head = _cells(lines[at])
        table = _table(lines[at:], head) if _is_head(tuple(map(_text, head))) else None
        if table:
            found.append(table)
        at += len({round(word["bottom"]) for word in table.words}) if table else 1
    return found


def _is_head(cells: tuple[str, ...]) -> bool:
    """Whether a line is the head of a schedule: text of another column beside it makes it none."""
    return len(cells) >= _LEAST and all(len(cell) <= _LONGEST for cell in cells) and bool(columns_of(cells))


def _lines(words: list[Word]) -> list[list[Word]]:
    groups: list[list[Word]] = []
    for word in sorted((one for one in words if "table" not in one), key=lambda one: (one["bottom"], one["x0"])):
        if groups and abs(word["bottom"] - groups[-1][0]["bottom"]) < 0.3 * word["size"]:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [sorted(group, key=lambda one: float(one["x0"])) for group in groups]


def _cells(line: list[Word]) -> list[list[Word]]:
    """The words of a head, cell by cell."""
    cells = [[line[0]]]
    for before, word in zip(line, line[1:], strict=False):
        if word["x0"] - before["x1"] >= _BETWEEN * word["size"]:
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def _text(words: list[Word]) -> str:
    return " ".join(str(word["text"]) for word in words)


def _table(lines: list[list[Word]], head: list[list[Word]]) -> Unruled | None:
    """The table under a head, or None where its rows cannot be told apart."""
    starts = [float(cell[0]["x0"]) for cell in head]
    taken = [lines[0]]
    placed: list[list[list[Word]]] = []
    for line in lines[1:]:
        columns = _in_columns(line, starts)
        far = min(word["top"] for word in line) - max(word["bottom"] for word in taken[-1])
        if columns is None or far > _BELOW * line[0]["size"]:
            break
        taken.append(line)
        placed.append(columns)
    rows = _rows(placed, taken[1:], columns_of(tuple(map(_text, head))))
    if not rows:
        return None
    words = tuple(word for line in taken for word in line)
    box = (
        min(word["x0"] for word in words), min(word["top"] for word in words), max(word["x1"] for word in words),
        max(word["bottom"] for word in words),
    )  # fmt: skip
    return Unruled(box, words, (tuple(map(_text, head)), *rows))


def _in_columns(line: list[Word], starts: list[float]) -> list[list[Word]] | None:
    """The words of a line by column; None where they run over the edge of one."""
    columns: list[list[Word]] = [[] for _ in starts]
    before: tuple[int, Word] | None = None
    for word in line:
        slack = 0.5 * word["size"]
        at = max((n for n, start in enumerate(starts) if start <= word["x0"] + slack), default=-1)
        runs_over = at + 1 < len(starts) and word["x1"] > starts[at + 1] - 1
        near = before and before[0] != at and word["x0"] - before[1]["x1"] < _BESIDE * word["size"]
        if at < 0 or runs_over or near:
            return None
        columns[at].append(word)
        before = (at, word)
    return columns


def _rows(placed: list[list[list[Word]]], lines: list[list[Word]], held: list[str]) -> list[tuple[str, ...]]:
    """Lines joined to rows where the space between them tells; each a row where all fill what a row must have."""
    if not placed:
        return []
    tops = [min(word["top"] for word in line) for line in lines]
    steps = [after - before for before, after in zip(tops, tops[1:], strict=False)]
    needed = [n for n, column in enumerate(held) if column in ("meeting", "when", "when-where")]
    whole = [all(columns[n] for n in needed) for columns in placed]
    if all(whole):
        begins = [True] * len(placed)
    elif steps and max(steps) > 1.25 * min(steps):
        middle = (max(steps) + min(steps)) / 2
        begins = [True, *(step > middle for step in steps)]
    else:
        return []
    rows: list[list[list[Word]]] = []
    for new, columns in zip(begins, placed, strict=True):
        if new:
            rows.append([[] for _ in held])
        for cell, words in zip(rows[-1], columns, strict=True):
            cell += words
    return [tuple(map(_text, row)) for row in rows]
