"""Tables of any column order: a head row that says what the columns hold, rows that go on those above them."""

from __future__ import annotations

from mandategraph.read.heads import IN_RECORDS, columns_of
from mandategraph.read.parts import DocumentTree, Part, Repair
from mandategraph.read.tables import COLUMN_LABELS


class GridReader:
    """Takes the rows of one table. A table without a head that we know gets rows and no cells; its first row is listed as
    not understood."""

    def __init__(self, tree: DocumentTree, table: Part, number: int) -> None:
        self.tree = tree
        self.table = table
        self.number = number
        self.columns: list[str] = []
        self.head: tuple[str, ...] = ()
        self.rows = 0

    @staticmethod
    def is_head(cells: tuple[str, ...]) -> bool:
        return bool(columns_of(cells))

    def line(self, number: int, cells: tuple[str, ...], marks: list[int]) -> None:
        """Take the next row of the table."""
        self.table.last_line = number
        columns = columns_of(cells)
        if columns and self.head:
            self.tree.furniture[number] = "repeated table head"
            self.tree.repairs.append(Repair("repeated-head", number, self.table.path, "table head printed again"))
        elif columns:
            self._head(number, cells, columns, marks)
        else:
            self._row(number, cells, marks)

    def _head(self, number: int, cells: tuple[str, ...], columns: list[str], marks: list[int]) -> None:
        self.head, self.columns = cells, columns
        self.tree.add(
            Part(
                f"{self.table.path}.head", "TableHead", "", self.table.path, f"{self.table.cite}, head",
                f"{self.table.cite_zh}表头", pieces=[(number, "\t".join(cells))], marks=marks,
            )
        )  # fmt: skip
        for head, column in zip(cells, columns, strict=True):
            if head and not column:
                self.tree.unknown.append((f"{self.table.path}.head", number, head))

    def _row(self, number: int, cells: tuple[str, ...], marks: list[int]) -> None:
        self.rows += 1
        row = self.tree.add(
            Part(
                f"{self.table.path}.row-{self.rows}", "TableRow", str(self.rows), self.table.path,
                f"{self.table.cite}, row {self.rows}", f"{self.table.cite_zh}第{self.rows}行",
                pieces=[(number, "\t".join(cells))], marks=[] if self.columns else marks,
            )
        )  # fmt: skip
        if not self.columns:
            if self.rows == 1:  # its head, if it has one, says nothing that we know
                self.tree.unknown.append((row.path, number, row.text))
            return
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and len(self.columns) > 2 and cells[0] and len(cells) != len(self.columns):
            return  # a line across the table: a heading inside it
        held = list(zip(self.columns, (*cells, *[""] * len(self.columns)), strict=False))
        told = {column: text for column, text in held if column}
        if not told.get("meeting") and not (told.get("when") or told.get("when-where")):
            detail = "no date and no meeting of its own: goes on the meeting above"
            self.tree.repairs.append(Repair("continued-row", number, row.path, detail))
        for position, (column, text) in enumerate(held, 1):
            if column:
                english, chinese = COLUMN_LABELS[IN_RECORDS.get(column, column)]
                self.tree.add(
                    Part(
                        f"{row.path}.cell-{position}", "TableCell", str(position), row.path, f"{row.cite}, {english}",
                        f"{row.cite_zh}“{chinese}”栏", column, [(number, text)], list(marks) if position == 1 else [],
                    )
                )  # fmt: skip
