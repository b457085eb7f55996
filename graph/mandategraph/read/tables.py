"""Tables in tab-separated text: heads that say what their columns hold, rows that continue over pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mandategraph.read.heads import IN_RECORDS, column_of_head
from mandategraph.read.marks import take_marks
from mandategraph.read.parts import DocumentTree, Part, Repair
from mandategraph.read.text import fold
from mandategraph.system.errors import InputError

COLUMNS = ("when-where", "meeting", "element", "mandate", "role", "type")
"""The columns of a schedule table, by what they hold."""

COLUMN_LABELS = {
    "when-where": ("date and venue", "日期和地点"),
    "meeting": ("meeting", "会议"),
    "element": ("element", "要素"),
    "mandate": ("mandate", "任务授权"),
    "role": ("role", "作用/形式"),
    "type": ("type", "类型"),
}


_GAP = re.compile(r" {2,}")


def looks_like_row(line: str) -> bool:
    """Whether a line inside a table is a row: its cells stand apart by tabs, or by spaces that once were tabs."""
    return "\t" in line or bool(_GAP.search(line.rstrip()))


def split_row(line: str, gap: int = 0) -> list[str]:
    """The cells of a table line. Without tabs, every `gap` spaces stand for one: two gaps in a row hold an empty cell."""
    if "\t" in line or not gap:
        return line.split("\t")
    return _GAP.sub(lambda run: "\t" * (len(run[0]) // gap) or run[0], line).split("\t")


def gap_of(head: str) -> int:
    """How many spaces stand for a tab in a table whose head is this line: the fewest between two of its cells."""
    return min((len(run) for run in _GAP.findall(head.strip())), default=0)


def column_of(head: str) -> str | None:
    """What a column holds, by the words of its head; None when it says nothing we know."""
    found = column_of_head(head)
    return IN_RECORDS.get(found, found) or None


_STRAY = re.compile(r"[，、] |\d月 \d|  ")
"""Spaces that no one would type on purpose: after a full-width comma, inside a date typed without spaces, double."""


@dataclass
class TableReader:
    """Reads the lines of one table into rows and cells of the tree."""

    tree: DocumentTree
    table: Part
    head: list[str] = field(default_factory=list)
    rows: int = 0
    resumed_at: int = 0
    last_line: int = 0
    gap: int = 0

    def line(self, number: int, raw: str, after_gap: bool) -> None:
        """Take the next line of the table; `after_gap` tells that a blank line or a footnote stood before it."""
        texts, marks = [], []
        if not self.head:
            self.gap = gap_of(raw)
        for cell in split_row(raw, self.gap):
            text, found = take_marks(cell)
            texts.append(text.strip())
            marks.append(found)
        if self.gap and not texts[0]:  # an editor that turns tabs into spaces drops those at the end of a line too
            short = len(self.head) - len(texts)
            texts += [""] * short
            marks += [[] for _ in range(short)]
        if [column_of(text) for text in texts if text] == [column_of(t) or "?" for t in texts] and "?" not in texts:
            columns = [column_of(text) or "" for text in texts]
            if columns and fold(texts[0]) and columns[0] == "when-where" and not any(c.isdigit() for c in texts[0]):
                self._take_head(number, texts, columns, marks)
                return
        if not self.head:
            self._refuse_head(number, texts)
        self._take_row(number, texts, marks, after_gap)

    def _take_head(self, number: int, texts: list[str], columns: list[str], marks: list[list[int]]) -> None:
        missing = [name for name in COLUMNS if name not in columns]
        if missing:
            self._refuse_head(number, texts, missing)
        if self.head:
            self.tree.repairs.append(Repair("repeated-head", number, self.table.path, "table head printed again"))
            self.tree.furniture[number] = "repeated table head"
            self.resumed_at = number
            return
        self.head = columns
        head = self.tree.add(
            Part(
                f"{self.table.path}.head",
                "TableHead",
                parent=self.table.path,
                cite=f"{self.table.cite}, head",
                cite_zh=f"{self.table.cite_zh}表头",
                pieces=[(number, "\t".join(texts))],
                marks=[mark for found in marks for mark in found],
            )
        )
        self.table.last_line = head.last

    def _refuse_head(self, number: int, texts: list[str], missing: list[str] | None = None) -> None:
        absent = missing or [name for name in COLUMNS if name not in {column_of(text) for text in texts}]
        named = ", ".join(f"{COLUMN_LABELS[name][0]} ({COLUMN_LABELS[name][1]})" for name in absent)
        raise InputError(
            f"{self.table.cite or 'table'} has no column for: {named}",
            where=f"{self.tree.name}, line {number}",
            hint="restore the column or its head, then load again",
        )

    def _take_row(self, number: int, texts: list[str], marks: list[list[int]], after_gap: bool) -> None:
        if len(texts) != len(self.head):
            raise InputError(
                f"{self.table.cite}, row {self.rows + 1} has {len(texts)} cells where its head has {len(self.head)}",
                where=f"{self.tree.name}, line {number}",
                hint="the document is cut short or a cell is missing: restore it, then load again",
            )
        self.rows += 1
        row = self.tree.add(
            Part(
                f"{self.table.path}.row-{self.rows}",
                "TableRow",
                str(self.rows),
                self.table.path,
                f"{self.table.cite}, row {self.rows}",
                f"{self.table.cite_zh}第{self.rows}行",
                pieces=[(number, "\t".join(texts))],
            )
        )
        self.table.last_line = self.last_line = number
        self._note_continuation(number, row, texts, after_gap)
        for position, (column, text) in enumerate(zip(self.head, texts, strict=True), 1):
            label, label_zh = COLUMN_LABELS[column]
            self.tree.add(
                Part(
                    f"{row.path}.cell-{position}",
                    "TableCell",
                    str(position),
                    row.path,
                    f"{row.cite}, {label}",
                    f"{row.cite_zh}“{label_zh}”栏",
                    column,
                    [(number, text)],
                    list(marks[position - 1]),
                )
            )

    def _note_continuation(self, number: int, row: Part, texts: list[str], after_gap: bool) -> None:
        cells = dict(zip(self.head, texts, strict=True))
        if not cells["when-where"] and not cells["meeting"]:
            detail = "no date and no meeting of its own: goes on the meeting above"
            over = " over a page" if self.resumed_at and self.resumed_at == self._last_head_before(number) else ""
            self.tree.repairs.append(Repair("continued-row", number, row.path, detail + over))
        elif after_gap and self.rows > 1 and not self.resumed_at:
            detail = "the table goes on after a page break without its head"
            self.tree.repairs.append(Repair("page-break-in-table", number, row.path, detail))
        self.resumed_at = 0
        if any(_STRAY.search(text) for text in texts):
            self.tree.repairs.append(Repair("stray-spaces", number, row.path, "spaces or widths mixed inside a cell"))

    def _last_head_before(self, number: int) -> int:
        return max((line for line in self.tree.furniture if line < number), default=0)
