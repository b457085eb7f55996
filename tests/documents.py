"""Invented documents of every kind, made from the sources in `fixtures/documents/` with real tools.

`made(name)` gives the bytes and the name of a file: DOCX by python-docx (automatic numbers, footnotes, tracked changes,
running heads), PDF by reportlab (running heads, page numbers, tables over pages), HTML, Markdown, hard-wrapped text.
In a source, `#.` and `(#)` are automatic numbers, `# ` a heading, `[^1]` a footnote mark, `{-…-}` and `{+…+}` tracked changes.
"""

from __future__ import annotations

import html
import io
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from mandategraph.read.formats.detect import render_bytes
from mandategraph.read.rendered import Rendered

FOLDER = Path(__file__).parent / "fixtures" / "documents"
SUFFIXES = {"docx": ".docx", "pdf": ".pdf", "html": ".html", "markdown": ".md", "text": ".txt"}
_MARK = re.compile(r"\[\^(\d+)\]")
_CHANGE = re.compile(r"\{([-+])(.*?)[-+]\}")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.yml") if not path.stem.endswith(".expected"))


def source(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")))


def expected(name: str) -> dict[str, list[str]]:
    return dict(yaml.safe_load((FOLDER / f"{name}.expected.yml").read_text(encoding="utf-8")))


@cache
def made(name: str) -> tuple[bytes, str]:
    """The bytes of a document and the name of its file; skips where the tool that makes it is absent."""
    data = source(name)
    maker = {"docx": as_docx, "pdf": as_pdf, "html": as_html, "markdown": as_markdown, "text": as_text}[data["format"]]
    return maker(data), name + SUFFIXES[data["format"]]


@cache
def rendered(name: str) -> Rendered:
    """The same as lines with marks; reading a PDF takes long."""
    data, file = made(name)
    return render_bytes(data, file)


def as_text(data: dict[str, Any]) -> bytes:
    blocks = ["\n".join(textwrap.wrap(_plain(block), 72)) for block in data["blocks"]]
    return ("\n\n".join(blocks) + "\n").encode()


def as_markdown(data: dict[str, Any]) -> bytes:
    out = []
    for block in data["blocks"]:
        if isinstance(block, dict):
            head, *rows = block["table"]
            lines = [head, ["---"] * len(head), *rows]
            out.append("\n".join("| " + " | ".join(map(str, row)) + " |" for row in lines))
        else:
            out.append(block.replace("# ", "## ") if block.startswith("# ") else block)
    return ("\n\n".join(out) + "\n").encode()


def as_html(data: dict[str, Any]) -> bytes:
    out = ["<!DOCTYPE html><html><head><meta charset=utf-8><title>menu</title><script>var x = 1;</script></head><body>"]
    out.append("<nav><ul><li>1. Home</li><li>2. Decisions</li></ul></nav><main>")
    for block in data["blocks"]:
        if isinstance(block, dict):
            rows = ("".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) for row in block["table"])
            out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
            continue
        text = _MARK.sub(r'<sup><a href="#fn\1">\1</a></sup>', html.escape(block, quote=False))
        out.append(f"<h2>{text[2:]}</h2>" if text.startswith("# ") else f"<p>{text}</p>")
    notes = "".join(f'<li id="fn{number}">{html.escape(text)}</li>' for number, text in data.get("notes", {}).items())
    return ("\n".join(out) + f"<ol>{notes}</ol></main><footer>1 January 1970</footer></body></html>").encode()


def as_pdf(data: dict[str, Any]) -> bytes:
    """A PDF of A4 pages; with `columns`, what follows the block of that name is set in so many columns."""
    pytest.importorskip("reportlab", reason="reportlab makes the PDF fixtures")
    from reportlab.lib import pagesizes, styles
    from reportlab.platypus import BaseDocTemplate, Paragraph, Spacer, Table

    chinese = bool(re.search(r"[\u4e00-\u9fff]", str(data["blocks"])))
    font = _pdf_font(chinese)
    wrap = "CJK" if chinese else None
    style = styles.ParagraphStyle("body", fontName=font, fontSize=10, leading=13, spaceAfter=8, wordWrap=wrap)
    small = styles.ParagraphStyle("small", parent=style, fontSize=6.5, leading=8.5, splitLongWords=int(chinese))

    def page(canvas: Any, _document: Any) -> None:
        canvas.setFont(font, 8)
        canvas.drawString(70, 810 if canvas.getPageNumber() % 2 else 805, data["head"])
        canvas.drawCentredString(300, 30, str(canvas.getPageNumber()))

    flow: list[Any] = []
    for block in data["blocks"]:
        if isinstance(block, dict):
            cells = [[Paragraph(html.escape(str(cell), quote=False), small) for cell in row] for row in block["table"]]
            table = Table(cells, colWidths=[455 / len(cells[0])] * len(cells[0]), repeatRows=1)
            table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
            flow += [table, Spacer(1, 8)]
        elif block == "columns":
            flow += _to_columns()
        else:
            text = _MARK.sub(r'<super size="6">\1</super>', html.escape(_plain(block, keep=True), quote=False))
            flow.append(Paragraph(text, style))
    for number, text in data.get("notes", {}).items():
        flow.append(Paragraph(f'<super size="5">{number}</super> {html.escape(text, quote=False)}', small))
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=pagesizes.A4, leftMargin=70, rightMargin=70, invariant=1)
    document.addPageTemplates(_pages(data.get("columns", 1), page))
    document.build(flow)
    return out.getvalue()


def _pdf_font(chinese: bool) -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    if chinese:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        return "STSong-Light"
    if Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").is_file():
        pdfmetrics.registerFont(TTFont("DejaVu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
        return "DejaVu"
    return "Helvetica"


def _pages(columns: int, page: Any) -> list[Any]:
    """One column over the whole page; or a first page with a broad head over its columns, and pages of columns."""
    from reportlab.platypus import Frame, PageTemplate

    if columns == 1:
        return [PageTemplate("page", [Frame(70, 72, 455, 698)], onPage=page)]
    width = 465 / columns
    below, whole = ([Frame(65 + at * width, 72, width, high) for at in range(columns)] for high in (430, 698))
    return [
        PageTemplate("first", [Frame(70, 502, 455, 268), *below], onPage=page),
        PageTemplate("more", whole, onPage=page),
    ]


def _to_columns() -> list[Any]:
    from reportlab.platypus import FrameBreak, NextPageTemplate

    return [NextPageTemplate("more"), FrameBreak()]


def _plain(block: str, *, keep: bool = False) -> str:
    text = _CHANGE.sub(lambda match: match[2] if match[1] == "+" else "", block)
    return text if keep else _MARK.sub("", text)


def as_docx(data: dict[str, Any]) -> bytes:
    docx = pytest.importorskip("docx", reason="python-docx makes the DOCX fixtures")
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = data["head"]
    document.sections[0].footer.paragraphs[0].text = "1"
    _lists(document)
    for block in data["blocks"]:
        if isinstance(block, dict):
            rows = block["table"]
            table = document.add_table(len(rows), len(rows[0]))
            for at, row in enumerate(rows):
                for place, text in enumerate(row):
                    table.cell(at, place).text = str(text)
            continue
        level = 0 if block.startswith("#. ") else 1 if block.startswith("(#) ") else None
        paragraph = document.add_paragraph()
        if level is not None:
            _number(paragraph, level)
            block = block.split(" ", 1)[1]
        _words(paragraph, block)
    _footnotes(document, data.get("notes", {}))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(re.sub(r"^<(w:\w+)", rf'<\1 xmlns:w="{W}"', xml))


def _lists(document: Any) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate((("decimal", "%1."), ("lowerLetter", "(%2)")))
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, _element(f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(_element('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def _number(paragraph: Any, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(_element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))


def _words(paragraph: Any, text: str) -> None:
    """Runs of plain words, of tracked changes, and marks of footnotes."""
    for piece in re.split(r"(\{[-+].*?[-+]\}|\[\^\d+\])", text):
        change, mark = _CHANGE.fullmatch(piece), _MARK.fullmatch(piece)
        if change:
            tag, inner = ("del", "delText") if change[1] == "-" else ("ins", "t")
            xml = f'<w:{tag} w:id="1" w:author="x"><w:r><w:{inner}>{html.escape(change[2])}</w:{inner}></w:r></w:{tag}>'
            paragraph._p.append(_element(xml))
        elif mark:
            paragraph._p.append(_element(f'<w:r><w:footnoteReference w:id="{int(mark[1]) + 1}"/></w:r>'))
        elif piece:
            paragraph.add_run(piece)


def _footnotes(document: Any, notes: dict[int, str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    if not notes:
        return
    inside = "".join(
        f'<w:footnote w:id="{number + 1}"><w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p></w:footnote>'
        for number, text in notes.items()
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">{inside}</w:footnotes>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    document.part.relate_to(part, relation)
