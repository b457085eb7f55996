"""From lines to the tree: heading block, preamble, paragraphs, annexes, sections, groups, items, tables, footnotes.

The marks are those of UN documents in Chinese: `附件一`, `一.`, `A.`, `1.`, `(a)`, `(一)`, `表 1`; text that a page
break has torn is joined again, and each such repair is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mandategraph.read.checks import check_complete, settle_marks
from mandategraph.read.inline_notes import InlineNote, InlineNotes
from mandategraph.read.marks import note_number, note_text, take_marks
from mandategraph.read.parts import DocumentTree, Part, Repair
from mandategraph.read.tables import TableReader, looks_like_row
from mandategraph.read.text import SourceText, chinese_number, fold, roman
from mandategraph.system.errors import InputError

_NUMERAL = "[一二三四五六七八九十]+"
_TERMINAL = tuple("。；：，;:,.!?！？）)")
_TITLE = re.compile(r"^(\d+/\d+)\.\s*\S")
_ANNEX = re.compile(rf"^附件({_NUMERAL})$")
_SECTION = re.compile(rf"^({_NUMERAL})\.\s*(?=\S)")
_LETTERED = re.compile(r"^([A-Z])\.\s*(?=\S)")
_PARAGRAPH = re.compile(r"^(\d{1,3})\.\s*(?=\D)")
_SUB = re.compile(r"^\(([a-z])\)\s*(?=\S)")
_ITEM = re.compile(rf"^\(({_NUMERAL})\)\s*(?=\S)")
_TABLE = re.compile(r"^表\s*(\d+)\s*:")
_SEPARATOR = re.compile(r"^-{2,}(\s+-{2,})*$")
_STRAY_COMMA = re.compile(r"[，,](?=\s*[；;])")
_WIDE_SPACES = re.compile(r"(?<=\S)[ \u3000]{4,}(?=\S)")
"""A gap that no one types on purpose; two or three blanks stand after the number of a heading."""


def read_structure(source: SourceText) -> DocumentTree:
    """The tree of a document.

    Raises:
        InputError: the document breaks off or contradicts itself in a way that no repair can mend.
    """
    return _Builder(source).build()


class _Builder:
    """Walks the lines once; `last` is the part to which torn text belongs."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.tree = DocumentTree(source.name, len(source.lines))
        self.heading: Part | None = None
        self.title: Part | None = None
        self.annex: Part | None = None
        self.section: Part | None = None
        self.lettered: Part | None = None
        self.group: Part | None = None
        self.paragraph: Part | None = None
        self.table: TableReader | None = None
        self.last: Part | None = None
        self.gap = False
        self.preambles = 0
        self.notes = InlineNotes(source.name)

    def build(self) -> DocumentTree:
        for number, line in enumerate(self.source.lines, 1):
            raw, marks, notes = self.notes.take(number, line)
            if raw.strip():
                self._line(number, raw, marks)
            self._inline_notes(notes)
            self.gap = not line.strip()
        self.notes.finish()
        if not self.tree.parts:
            raise InputError(f"no structure found in {self.source.name}", hint="is it a UN document as plain text?")
        settle_marks(self.tree)
        check_complete(self.tree)
        return self.tree

    def _line(self, number: int, raw: str, inline_marks: list[int]) -> None:
        note = note_number(raw)
        if note is not None:
            self._footnote(number, note, note_text(raw))
        elif _SEPARATOR.match(fold(raw)):
            self.tree.furniture[number] = "ruled line"
            if self.table:
                self.table.table.last_line = number
            place = self._here()
            if self.section and not self.table:  # it closes the section, and belongs to none of its paragraphs
                self.section.last_line, place = number, self.section.path
            self.tree.repairs.append(Repair("stray-rule", number, place, "ruled line left by the conversion"))
        elif self.table and looks_like_row(raw):
            self.table.line(number, raw, self.gap)
        else:
            text, marks = take_marks(raw.strip())
            self._text(number, _STRAY_COMMA.sub("", text), inline_marks + marks)
            self._note_slips(number, text)

    def _text(self, number: int, text: str, marks: list[int]) -> None:
        listed = text.startswith("- ")
        body = text[2:].strip() if listed else text
        folded = fold(body)
        for pattern, take in self._openings():
            match = pattern.match(folded)
            if match:
                part = take(number, match[1], _after_marker(body, folded, match))
                if part:
                    part.marks += marks
                    return
        self._plain(number, body, marks, listed)

    def _openings(self) -> list[tuple[re.Pattern[str], Callable[[int, str, str], Part | None]]]:
        return [
            (_TITLE, self._open_title),
            (_ANNEX, self._open_annex),
            (_TABLE, self._open_table),
            (_ITEM, self._open_item),
            (_SUB, self._open_sub),
            (_SECTION, self._open_section),
            (_LETTERED, self._open_lettered),
            (_PARAGRAPH, self._open_paragraph),
        ]

    # What opens a new part. Each returns the part, or None where the mark means nothing in this place.

    def _open_title(self, number: int, mark: str, text: str) -> Part | None:
        if self.title:
            return None
        self.title = self._add("title", "Title", mark, None, "title", "标题", number, text)
        return self.title

    def _open_annex(self, number: int, mark: str, text: str) -> Part:
        value = chinese_number(mark)
        self.section = self.lettered = self.group = self.paragraph = self.table = None
        english = f"annex {roman(value).upper()}"
        self.annex = self._add(f"annex-{value}", "Annex", mark, None, english, f"附件{mark}", number, "")
        return self.annex

    def _open_table(self, number: int, mark: str, text: str) -> Part:
        parent = self.annex
        part = self._add(f"table-{mark}", "Table", mark, parent, f"table {mark}", f"表{mark}", number, text)
        self.table = TableReader(self.tree, part)
        return part

    def _open_section(self, number: int, mark: str, text: str) -> Part:
        value = chinese_number(mark)
        self.lettered = self.group = self.paragraph = None
        english = f"section {roman(value).upper()}"
        self.section = self._add(f"section-{value}", "Section", mark, self.annex, english, f"第{mark}节", number, text)
        return self.section

    def _open_lettered(self, number: int, mark: str, text: str) -> Part:
        self.group = self.paragraph = None
        self.lettered = self._add(
            f"section-{mark.lower()}", "Section", mark, self.annex, f"section {mark}", f"{mark}节", number, text
        )
        if self.section:
            self.lettered.parent = self.section.path
        return self.lettered

    def _open_paragraph(self, number: int, mark: str, text: str) -> Part | None:
        if not (self.title or self.section or self.annex):
            return None
        kind = "OperativeParagraph" if self.title and not self.annex else "Paragraph"
        self.paragraph = self._add(
            f"paragraph-{mark}", kind, mark, self.annex, f"paragraph {mark}", f"第{mark}段", number, text
        )
        if self.section:
            self.paragraph.parent = self.section.path
        return self.paragraph

    def _open_sub(self, number: int, mark: str, text: str) -> Part | None:
        if self.lettered:
            return self._open_group(number, mark, text)
        if self.paragraph:
            return self._add(
                mark, "SubParagraph", mark, self.paragraph, f"({mark})", f"({mark})", number, text, join=" "
            )
        return None

    def _open_group(self, number: int, mark: str, text: str) -> Part:
        assert self.lettered
        value = 1 + sum(part.kind == "SectionGroup" for part in self.tree.below(self.lettered.path))
        self.group = self._add(
            f"group-{value}", "SectionGroup", mark, self.lettered, f"group {value}", f"第{value}组", number, text
        )
        return self.group

    def _open_item(self, number: int, mark: str, text: str) -> Part | None:
        holder = self.group or self.lettered or self.paragraph
        if not holder:
            return None
        value = chinese_number(mark)
        return self._add(f"item-{value}", "Item", mark, holder, f"item ({roman(value)})", f"第({mark})项", number, text)

    def _plain(self, number: int, text: str, marks: list[int], listed: bool) -> None:
        """A line without a mark: torn text, the lead of a group, a title, the preamble or the heading block."""
        if self._is_torn(listed):
            assert self.last
            self.last.pieces.append((number, text))
            self.last.marks += marks
            kind = "lost-list-mark" if listed else "page-break-in-text"
            self.tree.repairs.append(Repair(kind, number, self.last.path, "joined to the text before the page break"))
        elif self.annex and self.last is self.annex:
            self.annex.pieces.append((number, text))
            self.annex.marks += marks
        elif self.lettered and fold(text).endswith(":"):
            self._open_group(number, "", text).marks += marks
        elif self.title and not self.annex and not self.paragraph:
            self._preamble(number, text).marks += marks
        elif not self.title and not self.annex and not self.section:
            self._heading(number, text)
        else:
            raise InputError(
                "text that belongs to no paragraph, list or table",
                where=f"{self.source.name}, line {number}",
                hint="check whether the line before it was cut, then load again",
            )

    def _is_torn(self, listed: bool) -> bool:
        torn_kinds = ("Paragraph", "OperativeParagraph", "SubParagraph", "Item", "PreambularParagraph")
        return bool(
            self.last and self.last.kind in torn_kinds and (listed or not self.last.text.rstrip().endswith(_TERMINAL))
        )

    def _preamble(self, number: int, text: str) -> Part:
        if not self.preambles and fold(text).endswith("工作组,"):
            return self._add("opening", "Opening", "", None, "opening words", "首句", number, text)
        self.preambles += 1
        mark = str(self.preambles)
        english, chinese = f"preambular paragraph {mark}", f"序言第{mark}段"
        return self._add(f"preamble-{mark}", "PreambularParagraph", mark, None, english, chinese, number, text)

    def _heading(self, number: int, text: str) -> None:
        if self.heading:
            self.heading.pieces.append((number, text))
        else:
            self.heading = self._add("heading", "HeadingBlock", "", None, "heading block", "文头", number, text)

    def _footnote(self, number: int, value: int, text: str) -> Part:
        mark = str(value)
        part = self._add(
            f"footnote-{mark}", "Footnote", mark, None, f"footnote {mark}", f"脚注{mark}", number, text, keep=True
        )
        part.last_line = number
        return part

    def _add(  # noqa: PLR0913 - one door for every kind of part keeps paths and cites alike
        self, name: str, kind: str, mark: str, parent: Part | None, cite: str, cite_zh: str,
        number: int, text: str, *, join: str = ", ", keep: bool = False,
    ) -> Part:  # fmt: skip
        path = f"{parent.path}.{name}" if parent else name
        if path in self.tree.parts:
            raise InputError(
                f"{cite} stands twice in {parent.cite if parent else 'the document'}",
                where=f"{self.source.name}, lines {self.tree.parts[path].first} and {number}",
                hint="mend the numbering, then load again",
            )
        part = Part(
            path, kind, mark, parent.path if parent else "",
            f"{parent.cite}{join}{cite}" if parent else cite,
            f"{parent.cite_zh}{cite_zh}" if parent else cite_zh,
            pieces=[(number, text)],
        )  # fmt: skip
        self.tree.add(part)
        if not keep:
            self.last = part
        return part

    def _here(self) -> str:
        return self.table.table.path if self.table else self.last.path if self.last else ""

    def _inline_notes(self, notes: list[InlineNote]) -> None:
        for note in notes:
            (line, words), *more = note.pieces
            part = self._footnote(line, note.number, words)
            part.pieces += more
            part.last_line = note.last
            self.tree.repairs.append(Repair("inline-footnote", line, part.path, "taken out of the text around it"))
            if note.split:
                detail = f"begins on line {line}, closes on line {note.last}"
                self.tree.repairs.append(Repair("split-footnote", note.last, part.path, detail))

    def _note_slips(self, number: int, text: str) -> None:
        if _WIDE_SPACES.search(text):
            self.tree.repairs.append(Repair("stray-spaces", number, self._here(), "wide gap inside a line"))
        if _STRAY_COMMA.search(text):
            detail = "comma before a semicolon set aside"
            self.tree.repairs.append(Repair("stray-punctuation", number, self._here(), detail))


def _after_marker(body: str, folded: str, match: re.Match[str]) -> str:
    """The words after the mark that opened the part, as written."""
    if match.end() == len(folded):
        return ""
    rest = re.match(r"^\s*(?:附件\S+|表\s*\d+\s*[:：]|[（(][^)）]{1,4}[)）]|\S{1,6}?[.．])\s*", body)
    return body[rest.end() :] if rest else body
