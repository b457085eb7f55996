"""DOCX: paragraphs with their printed numbers, tables with merged cells, footnotes; tracked changes accepted.

Headers and footers, comments, deleted and hidden text are no content. Macros are parts that nobody here opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mandategraph.read.formats.limits import check_line
from mandategraph.read.formats.numbering import Numbering, W
from mandategraph.read.formats.packages import Package
from mandategraph.read.rendered import HEADING, NOTE, ROW, TEXT, Line, Rendered

if TYPE_CHECKING:
    from lxml import etree

_MAIN = "word/document.xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr")} | {_FALLBACK}
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
_HEADING = re.compile(r"^(?:heading|title|titre|título|标题)\s*(\d?)", re.IGNORECASE)


def read(data: bytes, name: str) -> Rendered:
    """The lines of a DOCX file.

    Raises:
        InputError: it is broken, locked, hostile, or no word-processor file.
    """
    package = Package(data, name)
    reader = _Reader(package, name)
    reader.body(package.xml(_MAIN))
    macros = any(part.lower().endswith("vbaproject.bin") for part in package.names())
    notices = (f"{name}: holds macros; they were not opened",) if macros else ()
    return Rendered(name, "docx", tuple((*reader.lines, *reader.notes())), notices)


@dataclass
class _Reader:
    """Walks the body once; `lines` grow in the order of the text."""

    package: Package
    name: str
    lines: list[Line] = field(default_factory=list)
    referred: list[tuple[str, str]] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    held: str = ""

    def __post_init__(self) -> None:
        optional = {one: self._optional(one) for one in ("numbering", "styles", "footnotes", "endnotes")}
        self.numbering = Numbering.of(optional["numbering"])
        self.styles = _styles(optional["styles"])
        self._notes = {kind: optional[f"{kind}notes"] for kind in ("foot", "end")}

    def _optional(self, part: str) -> etree._Element | None:
        path = f"word/{part}.xml"
        return self.package.xml(path) if self.package.has(path) else None

    def body(self, root: etree._Element) -> None:
        body = root.find(f"{W}body")
        for block in _blocks(body if body is not None else root):
            if block.tag == f"{W}p":
                self._paragraph(block)
            else:
                self._table(block)

    def notes(self) -> Iterator[Line]:
        """The footnotes that the text refers to, in its order, then the endnotes."""
        for kind, identifier in self.referred:
            root = self._notes[kind]
            found = [] if root is None else [one for one in root if one.get(f"{W}id") == identifier]
            for note in found[:1]:
                words = " ".join(self._words(p)[0].strip() for p in note.iter(f"{W}p"))
                yield Line(words.strip(), NOTE, note=self._label(kind, identifier))

    def _paragraph(self, element: etree._Element) -> None:
        """One line, or several where it holds line breaks; a deleted paragraph mark joins it to the next one."""
        self.paragraphs += 1
        words, marks = self._words(element)
        number = self._number(element)
        words = self.held + (f"{number} {words.lstrip()}" if number and words.strip() else words)
        if _mark_deleted(element):
            self.held = words
            return
        self.held = ""
        kind = HEADING if self._is_heading(element) else TEXT
        pieces = [piece for piece in words.split("\n") if piece.strip()]
        for at, piece in enumerate(pieces):
            text = re.sub(r"\s+", " ", check_line(piece, self.name, self.paragraphs)).strip()
            last = at == len(pieces) - 1
            self.lines.append(Line(text, kind, marks=marks if last else (), paragraph=self.paragraphs, apart=True))

    def _table(self, table: etree._Element) -> None:
        """A row a line. A cell that spans columns leaves those after it empty, one that spans rows those below it."""
        self.tables += 1
        for row in table.iter(f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None or _table_of(row) is not table:
                continue
            self.paragraphs += 1
            cells: list[str] = []
            marks: list[str] = []
            for cell in _cells(row):
                text, found = self._cell(cell)
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                width = int(span.get(f"{W}val") or 1) if span is not None else 1
                cells += [text, *[""] * (min(width, 64) - 1)]
                marks += found
            if any(cells):
                line = Line(
                    "\t".join(cells), ROW, tuple(cells), tuple(marks), table=self.tables, paragraph=self.paragraphs
                )
                self.lines.append(line)

    def _cell(self, cell: etree._Element) -> tuple[str, list[str]]:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val", "continue") == "continue":
            return "", []
        words: list[str] = []
        marks: list[str] = []
        for paragraph in cell.iter(f"{W}p"):
            text, found = self._words(paragraph)
            number = self._number(paragraph)
            pieces = [" ".join(piece.split()) for piece in check_line(text, self.name, self.paragraphs).split("\n")]
            text = "\n".join(piece for piece in pieces if piece)
            words += [f"{number} {text}".strip()] if text else []
            marks += found
        return "\n".join(words), marks

    def _words(self, element: etree._Element) -> tuple[str, tuple[str, ...]]:
        """The words of a paragraph as they stand once every tracked change is accepted, and its footnote marks."""
        out: list[str] = []
        marks: list[str] = []

        def walk(node: etree._Element) -> None:
            for child in node:
                if child.tag in _DROPPED or not isinstance(child.tag, str):
                    continue
                if child.tag == f"{W}r" and _hidden(child):
                    continue
                if child.tag == f"{W}t":
                    out.append(child.text or "")
                elif child.tag in _BREAKS:
                    out.append(_BREAKS[child.tag])
                elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                    kind = "foot" if "foot" in child.tag else "end"
                    identifier = child.get(f"{W}id") or ""
                    if (kind, identifier) not in self.referred:
                        self.referred.append((kind, identifier))
                    marks.append(self._label(kind, identifier))
                else:
                    walk(child)

        walk(element)
        return "".join(out), tuple(marks)

    def _label(self, kind: str, identifier: str) -> str:
        """Footnotes are numbered in the order of their marks; endnotes after them have an `e`."""
        same = [one for one in self.referred if one[0] == kind]
        return ("" if kind == "foot" else "e") + str(same.index((kind, identifier)) + 1)

    def _number(self, element: etree._Element) -> str:
        found = element.find(f"{W}pPr/{W}numPr")
        own = _num(found) if found is not None else None
        identifier, level = own or self.styles.numbered(_style(element))
        return self.numbering.next(identifier, level) if identifier and identifier != "0" else ""

    def _is_heading(self, element: etree._Element) -> bool:
        outline = element.find(f"{W}pPr/{W}outlineLvl")
        return outline is not None or self.styles.is_heading(_style(element))


@dataclass
class _Styles:
    """What the styles of a file say: their names, on which other each rests, and their lists."""

    names: dict[str, str] = field(default_factory=dict)
    based: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, int]] = field(default_factory=dict)

    def chain(self, style: str) -> Iterator[str]:
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            yield style
            style = self.based.get(style, "")

    def is_heading(self, style: str) -> bool:
        return any(_HEADING.match(self.names.get(one, "")) for one in self.chain(style))

    def numbered(self, style: str) -> tuple[str, int]:
        return next((self.lists[one] for one in self.chain(style) if one in self.lists), ("", 0))


def _styles(root: etree._Element | None) -> _Styles:
    made = _Styles()
    for style in root.findall(f"{W}style") if root is not None else ():
        identifier = style.get(f"{W}styleId") or ""
        name, based, listed = (style.find(f"{W}{one}") for one in ("name", "basedOn", f"pPr/{W}numPr"))
        made.names[identifier] = (name.get(f"{W}val") or "") if name is not None else ""
        made.based[identifier] = (based.get(f"{W}val") or "") if based is not None else ""
        if listed is not None and (num := _num(listed)):
            made.lists[identifier] = num
    return made


def _num(element: etree._Element) -> tuple[str, int] | None:
    identifier, level = element.find(f"{W}numId"), element.find(f"{W}ilvl")
    if identifier is None:
        return None
    depth = (level.get(f"{W}val") or "0") if level is not None else "0"
    return identifier.get(f"{W}val") or "", int(depth) if depth.isdigit() else 0


def _style(element: etree._Element) -> str:
    found = element.find(f"{W}pPr/{W}pStyle")
    return (found.get(f"{W}val") or "") if found is not None else ""


def _hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false")


def _mark_deleted(element: etree._Element) -> bool:
    return any(element.find(f"{W}pPr/{W}rPr/{W}{one}") is not None for one in ("del", "moveFrom"))


def _blocks(node: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, those inside containers (content controls, insertions) too."""
    for child in node:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield from _blocks(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield from _cells(child)


def _table_of(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors(f"{W}tbl"), None)
