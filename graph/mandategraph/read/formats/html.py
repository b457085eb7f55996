"""HTML: blocks become lines, lists keep their numbers, tables their spans; scripts, menus and styles are no content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mandategraph.read.formats.limits import check_line
from mandategraph.read.formats.numbering import in_form
from mandategraph.read.rendered import HEADING, NOTE, ROW, TEXT, Line, Rendered
from mandategraph.system.errors import InputError

if TYPE_CHECKING:
    from lxml import html as lxml_html

_DROPPED = {
    "script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "head", "svg", "iframe",
    "object", "embed", "button", "select", "textarea", "del",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "body", "html", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "center", "address", "figure", "figcaption", "hr", "details", "summary",
}  # fmt: skip
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"}
_WRAPPED = {"lowerLetter": "({})", "lowerRoman": "({})"}
_NOTE_ID = re.compile(r"^(?:_?ftn|fn|footnote|note|cite_note)[-_:]?(\w{1,8}?)$", re.IGNORECASE)
_DEEPEST = 200


def read(data: bytes, name: str) -> Rendered:
    """The lines of a page.

    Raises:
        InputError: it is not HTML, or nests deeper than any page does.
    """
    from lxml import etree, html

    declared = re.search(rb"charset=[\"']?([\w-]{2,20})", data[:2048], re.IGNORECASE)
    encoding = "utf-8" if _is_utf8(data) else declared[1].decode("ascii") if declared else None
    if encoding is None:
        raise InputError("neither is UTF-8 nor names its encoding", file=name, hint="save it as UTF-8 and try again")
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise InputError(
            f"is not in the encoding that it names ({encoding})", file=name, hint="save it as UTF-8"
        ) from error
    text = re.sub(r"<\?xml[^>]*\?>", "", text.lstrip("\ufeff"), count=1)
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False, encoding=None))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError("is not a page that can be read", file=name, hint="save it again from the browser") from error
    reader = _Reader(name)
    main = root.find(".//main")
    reader.block(root if main is None else main, 0)
    reader.flush()
    return Rendered(name, "html", tuple((*reader.lines, *reader.notes)))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Reader:
    """Walks the page; words gather in `words` until a block ends."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[Line] = []
        self.notes: list[Line] = []
        self.words: list[str] = []
        self.marks: list[str] = []
        self.kind = TEXT
        self.prefix = ""
        self.tables = 0
        self.blocks = 0

    def block(self, node: lxml_html.HtmlElement, depth: int) -> None:
        """The content of an element: its own words, its blocks, what follows each of them."""
        if depth > _DEEPEST:
            raise InputError("nests deeper than any page does", file=self.name, hint="save it again from the browser")
        self.words.append(node.text or "")
        counts: dict[str, int] = {"": int(node.get("start") or 1) - 1 if (node.get("start") or "1").isdigit() else 0}
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _DROPPED:
                self._child(node, child, depth, counts)
            self.words.append(child.tail or "")

    def _child(
        self, node: lxml_html.HtmlElement, child: lxml_html.HtmlElement, depth: int, counts: dict[str, int]
    ) -> None:
        if child.tag == "br":
            self.flush()
        elif child.tag == "table":
            self.flush()
            self._table(child)
        elif child.tag in _BLOCKS:
            self.flush()
            label = _note_label(child)
            if label:
                self._note(child, label)
                return
            self.kind = HEADING if re.fullmatch(r"h[1-6]", child.tag) else TEXT
            if child.tag == "li":
                counts[""] += 1
                self.prefix = _number(node, counts[""])
            self.block(child, depth + 1)
            self.flush()
            self.kind = TEXT
        elif mark := _mark(child):
            self.marks.append(mark)
        else:
            self.block(child, depth + 1)

    def flush(self) -> None:
        """End the line."""
        text = re.sub(r"\s+", " ", check_line("".join(self.words), self.name, len(self.lines) + 1)).strip()
        if text:
            self.blocks += 1
            line = Line(f"{self.prefix}{text}", self.kind, marks=tuple(self.marks), paragraph=self.blocks)
            self.lines.append(line)
            self.prefix = ""
        elif self.marks and self.lines and not text:
            pass
        self.words, self.marks = [], []

    def _note(self, element: lxml_html.HtmlElement, label: str) -> None:
        words = re.sub(r"\s+", " ", element.text_content()).strip(" ↩^")
        words = re.sub(rf"^[\[(]?{re.escape(label)}[\])]?[.:]?\s+", "", words)
        self.notes.append(Line(words, NOTE, note=label))

    def _table(self, table: lxml_html.HtmlElement) -> None:
        """A row a line; a cell that spans columns or rows leaves the others empty."""
        self.tables += 1
        hanging: dict[int, int] = {}
        for row in table.iter("tr"):
            if next(row.iterancestors("table"), None) is not table:
                continue
            cells: list[str] = []
            marks: list[str] = []
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                self._skip(cells, hanging)
                marks += [mark for one in cell.iter("sup", "a") if (mark := _mark(one))]
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                for at in range(len(cells), len(cells) + width):
                    hanging[at] = height - 1
                cells += [_words_of(cell), *[""] * (width - 1)]
            self._skip(cells, hanging)
            self.blocks += 1
            if any(cells):
                line = Line("\t".join(cells), ROW, tuple(cells), tuple(marks), table=self.tables, paragraph=self.blocks)
                self.lines.append(line)

    @staticmethod
    def _skip(cells: list[str], hanging: dict[int, int]) -> None:
        while hanging.get(len(cells), 0) > 0:
            hanging[len(cells)] -= 1
            cells.append("")


def _words_of(cell: lxml_html.HtmlElement) -> str:
    """The words of a cell without footnote marks; blocks and breaks inside it stand on lines of their own."""
    out: list[str] = []

    def walk(node: lxml_html.HtmlElement) -> None:
        out.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _DROPPED and not _mark(child):
                if child.tag in _BLOCKS or child.tag == "br":
                    out.append("\n")
                walk(child)
            out.append(child.tail or "")

    walk(cell)
    pieces = [re.sub(r"\s+", " ", piece).strip() for piece in "".join(out).replace("\r", "").split("\n")]
    return " ".join(piece for piece in pieces if piece)


def _span(cell: lxml_html.HtmlElement, name: str) -> int:
    value = cell.get(name) or "1"
    return min(max(int(value), 1), 64) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _number(parent: lxml_html.HtmlElement, count: int) -> str:
    if parent.tag != "ol":
        return "- "
    form = _FORMS.get(parent.get("type") or "1", "decimal")
    return _WRAPPED.get(form, "{}.").format(in_form(count, form)) + " "


def _mark(element: lxml_html.HtmlElement) -> str:
    """The label of the footnote to which this is a mark, or an empty string."""
    if element.tag == "sup":
        text = element.text_content().strip(" []()*")
        return text if re.fullmatch(r"\d{1,3}", text) else ""
    if element.tag == "a" and (element.get("href") or "").startswith("#"):
        found = _NOTE_ID.match((element.get("href") or "")[1:])
        return found[1] if found and re.fullmatch(r"\W*\w{1,3}\W*", element.text_content().strip() or "-") else ""
    return ""


def _note_label(element: lxml_html.HtmlElement) -> str:
    found = _NOTE_ID.match(element.get("id") or "")
    return found[1] if found and element.tag in ("li", "p", "div", "aside") else ""
