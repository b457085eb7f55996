"""From lines with marks to the tree, for documents that nobody here has seen: in four languages, refusing nothing.

What the marks of a document do not place is kept as a paragraph without a number; numbers that begin anew get a path of
their own (`paragraph-1-2` is the second paragraph 1 of its parent). `structure` is the strict reader for plain text in
Chinese whose whole shape is known.
"""

from __future__ import annotations

import re

from mandategraph.read.grid import GridReader
from mandategraph.read.holders import LEVELS, Holders, marks_of
from mandategraph.read.openings import Opening, opening
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.rendered import FURNITURE, HEADING, NOTE, ROW, Line, Rendered
from mandategraph.read.text import fold
from mandategraph.system.errors import InputError

_OPENING_WORDS = re.compile(
    r"^(?:the\s+(?:conference|subsidiary|open-ended|ad hoc|working group|general assembly|committee|meeting)\b.{0,200}|"
    r"la\s+(?:conf[ée]rence|conferencia|asamblea|réunion|reunión)\b.{0,200}|l['’]organe\b.{0,200}|le (?:groupe|comité)\b.{0,200}|"
    r"el (?:órgano|grupo|comité)\b.{0,200}|.{2,60}(?:大会|机构|工作组|委员会|会议))\s*[,，]$",
    re.IGNORECASE,
)
_TERMINAL = (".", ";", ":", ",", "。", "；", "：", "，", "!", "?", ")", "）", "”", '"', "]")
_LONGEST_HEADING = 400
_REFERENCE = re.compile(r"^(?:of|de|du|del)\b", re.IGNORECASE)


def read_outline(rendered: Rendered) -> DocumentTree:
    """The tree of a document.

    Raises:
        InputError: it has no text at all.
    """
    return _Builder(rendered).build()


class _Builder(Holders):
    """Walks the lines once."""

    def __init__(self, rendered: Rendered) -> None:
        super().__init__(DocumentTree(rendered.name, len(rendered.lines)))
        self.rendered = rendered
        self.heading: Part | None = None
        self.title: Part | None = None
        self.grid: GridReader | None = None
        self.caption: Part | None = None
        self.preambles = 0
        self.openings = 0
        self.tables = 0
        self.values: dict[str, int] = {}

    def build(self) -> DocumentTree:
        for number, line in self.rendered.numbered():
            if line.kind == FURNITURE:
                self.tree.furniture[number] = "running head or page number"
            elif line.kind == NOTE:
                self.note(number, line)
            elif line.kind == ROW:
                self._row(number, line)
            elif line.text.strip():
                self.grid = None
                self._text(number, line)
        if not self.tree.parts:
            raise InputError("holds no text", file=self.rendered.name, hint="name a document with text")
        self.settle()
        return self.tree

    def _text(self, number: int, line: Line) -> None:
        body = line.text.strip()
        if self._goes_on(line):
            assert self.last
            self._join(self.last, number, line)
            return
        found = opening(body, heading=line.kind == HEADING)
        part = self._open(number, line, found) if found else None
        if part is None:
            part = self._plain(number, line, body)
        part.marks += marks_of(line)

    def _goes_on(self, line: Line) -> bool:
        """Whether a line only goes on with the one before: plain text broken at a margin, no mark of its own."""
        if (
            line.apart
            or not self.last
            or self.last.kind in ("HeadingBlock", "Footnote")
            or self.rendered.format == "docx"
        ):
            return False
        return opening(line.text, heading=False) is None and not _OPENING_WORDS.match(fold(line.text))

    def _join(self, part: Part, number: int, line: Line) -> None:
        before = part.pieces[-1][1]
        glue = "" if fold(before + " x").endswith(fold(before)[-1:] + "x") else " "
        part.pieces.append((number, glue + line.text.strip()))
        part.last_line = number
        part.marks += marks_of(line)

    def _open(self, number: int, line: Line, found: Opening) -> Part | None:
        takers = {
            "annex": self._annex, "table": self._caption, "agenda": self._agenda, "title": self._title,
            "section": self._section, "letter": self._letter, "paragraph": self._paragraph, "sub": self._sub,
            "item": self._item, "bullet": self._bullet,
        }  # fmt: skip
        take = takers.get(found.kind)
        return take(number, line, found) if take else None

    # What opens a part. Each returns the part, or None where the mark means nothing in this place.

    def _annex(self, number: int, line: Line, found: Opening) -> Part | None:
        if len(found.rest) > _LONGEST_HEADING:
            return None
        mark = found.mark or str(found.value)
        name, chinese = f"annex {mark.upper()}", f"附件{mark}"
        self.preambles = 0
        return self.add("annex", f"annex-{found.value}", "Annex", found.mark, name, chinese, number, found.rest)

    def _title(self, number: int, line: Line, found: Opening) -> Part | None:
        if self.title or self.holders.get("annex") or self.last is None or self.last.kind not in ("HeadingBlock",):
            return None
        self.title = self.add("", "title", "Title", found.mark, "title", "标题", number, found.rest)
        return self.title

    def _agenda(self, number: int, line: Line, found: Opening) -> Part | None:
        if (
            not self.heading
            or _REFERENCE.match(found.rest)
            or (not self.holders and self._in_heading_block(line, number))
        ):
            return None
        return self.add(
            "section", f"agenda-item-{found.mark}", "Section", found.mark, f"agenda item {found.mark}",
            f"议程项目{found.mark}", number, found.rest,
        )  # fmt: skip

    def _in_heading_block(self, line: Line, number: int) -> bool:
        """A reference to an item in the heading block stands there among lines that are no paragraphs."""
        ahead = next((one for one in self.rendered.lines[number:] if one.text.strip()), None)
        follows = opening(ahead.text, heading=False) if ahead else None
        return line.kind != HEADING and not (follows and follows.kind in ("paragraph", "agenda", "sub"))

    def _section(self, number: int, line: Line, found: Opening) -> Part | None:
        if found.ambiguous and self._next_letter(found.mark):
            return self._letter(number, line, found)
        if len(found.rest) > 250:
            return None
        name = f"section {found.mark}"
        return self.add(
            "section", f"section-{found.value}", "Section", found.mark, name, f"第{found.mark}节", number, found.rest
        )

    def _next_letter(self, mark: str) -> bool:
        """Whether the letter goes on a row of letters: C after B, not one hundred after ninety-nine."""
        before = self.holders.get("letter")
        letter = ord(mark.lower()) - ord("a") + 1
        return bool(before and self.values.get(before.path, 0) == letter - 1) and mark.upper() != "I"

    def _letter(self, number: int, line: Line, found: Opening) -> Part | None:
        if len(found.rest) > 250:
            return None
        letter = found.mark.lower()
        part = self.add(
            "letter",
            f"section-{letter}",
            "Section",
            found.mark,
            f"section {found.mark}",
            f"{found.mark}节",
            number,
            found.rest,
        )
        self.values[part.path] = ord(letter) - ord("a") + 1
        return part

    def _paragraph(self, number: int, line: Line, found: Opening) -> Part | None:
        if line.kind == HEADING and len(found.rest) < 160 and not found.rest.endswith((".", ";", "。")):
            return self._section(number, line, Opening("section", found.mark, found.value, found.rest))
        kind = "OperativeParagraph" if self._in_decision() else "Paragraph"
        mark = found.mark.replace(" ", "")
        return self.add(
            "paragraph", f"paragraph-{mark}", kind, mark, f"paragraph {mark}", f"第{mark}段", number, found.rest
        )

    def _in_decision(self) -> bool:
        """Operative are the paragraphs after a title, after the words with which a body begins, and in its drafts."""
        if self.holders.get("draft"):
            return True
        return not self.holders.get("annex") and bool(self.title or self.openings)

    def _sub(self, number: int, line: Line, found: Opening) -> Part | None:
        under = self.holders.get("sub")
        if found.ambiguous and under and self.values.get(under.path, 0) != found.value - 1:
            return self._item(number, line, found)
        holder = self.holders.get("paragraph") or self.holders.get("letter") or self.holders.get("section")
        if not holder:
            return None
        mark = found.mark
        part = self.add("sub", mark, "SubParagraph", mark, f"({mark})", f"({mark})", number, found.rest, join=" ")
        self.values[part.path] = found.value
        return part

    def _item(self, number: int, line: Line, found: Opening) -> Part | None:
        if not any(self.holders.get(level) for level in LEVELS):
            return None
        value = found.value if found.kind == "item" else {"i": 1, "v": 5, "x": 10}.get(found.mark, found.value)
        mark = found.mark
        return self.add("item", f"item-{value}", "Item", mark, f"item ({mark})", f"第({mark})项", number, found.rest)

    def _bullet(self, number: int, line: Line, found: Opening) -> Part | None:
        if not any(self.holders.get(level) for level in LEVELS):
            return None
        above = self.parent("item")
        count = self.count(f"item {above.path if above else ''}")
        return self.add("item", f"item-{count}", "Item", "", f"item {count}", f"第{count}项", number, found.rest)

    def _caption(self, number: int, line: Line, found: Opening) -> Part | None:
        if len(found.rest) > 300:
            return None
        part = self._table_part(found.mark, number, found.rest)
        self.caption = part
        return part

    def _plain(self, number: int, line: Line, body: str) -> Part:
        """A line without a mark: the heading block, opening words, the preamble, a title, or a paragraph of its own."""
        if _OPENING_WORDS.match(fold(body)):
            return self._opening(number, body)
        annex = self.holders.get("annex")
        if annex and self.last is annex and len(body) < 300:
            glue = " " if annex.text else ""
            annex.pieces.append((number, glue + body))
            return annex
        if self._is_preamble():
            return self._preamble(number, body)
        if not (self.title or self.openings or self.holders or self.tables):
            return self._heading_line(number, body)
        if line.kind == HEADING:
            count = self.count("heading")
            return self.add(
                "section", f"heading-{count}", "Section", "", f"heading {count}", f"第{count}标题", number, body
            )
        return self._unnumbered(number, body)

    def _opening(self, number: int, body: str) -> Part:
        """The body names itself: its decision begins, or a draft that it recommends to another."""
        self.openings += 1
        self.preambles = 0
        inside = bool(self.holders) or self.openings > 1
        if not inside:
            return self.add("", "opening", "Opening", "", "opening words", "首句", number, body)
        count = self.count("draft")
        return self.add("draft", f"draft-{count}", "Section", "", f"draft {count}", f"第{count}号草案", number, body)

    def _is_preamble(self) -> bool:
        if self.holders.get("draft"):
            return not any(self.holders.get(level) for level in ("section", "letter", "paragraph"))
        return bool(self.openings or self.title) and not self.holders

    def _preamble(self, number: int, body: str) -> Part:
        self.preambles += 1
        mark = str(self.preambles)
        cite, chinese = f"preambular paragraph {mark}", f"序言第{mark}段"
        return self.add("preamble", f"preamble-{mark}", "PreambularParagraph", mark, cite, chinese, number, body)

    def _heading_line(self, number: int, body: str) -> Part:
        if self.heading:
            self.heading.pieces.append((number, body))
            self.heading.last_line = number
        else:
            self.heading = self.add("", "heading", "HeadingBlock", "", "heading block", "文头", number, body)
        return self.heading

    def _unnumbered(self, number: int, body: str) -> Part:
        for level in ("item", "sub", "paragraph"):
            self.holders.pop(level, None)
        parent = self.parent("paragraph")
        count = self.count(f"text {parent.path if parent else ''}")
        return self.add("text", f"text-{count}", "Paragraph", "", f"text {count}", f"第{count}处文字", number, body)

    def _row(self, number: int, line: Line) -> None:
        if not self._started() and not (self.caption or GridReader.is_head(line.cells) or self.tables):
            for cell in line.cells:  # a heading block is often laid out as a table
                for piece in filter(None, (piece.strip() for piece in cell.split("\n"))):
                    self._heading_line(number, piece)
            return
        if self.grid is None or self.grid.number != line.table:
            table = self.caption or self._table_part("", number, "")
            self.grid = GridReader(self.tree, table, line.table)
            self.caption = None
        self.grid.line(number, tuple(cell.replace("\n", " ") for cell in line.cells), marks_of(line))

    def _started(self) -> bool:
        return bool(self.title or self.openings or self.holders)

    def _table_part(self, mark: str, number: int, text: str) -> Part:
        for level in ("item", "sub", "paragraph"):
            self.holders.pop(level, None)
        self.tables += 1
        value = mark or str(self.tables)
        return self.add("table", f"table-{value}", "Table", mark, f"table {value}", f"表{value}", number, text)
