"""From words on a page to rows, and from rows to paragraphs: what a PDF does not say and its layout shows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from mandategraph.read.formats.pdf_columns import blocks
from mandategraph.read.formats.pdf_unruled import unruled_tables
from mandategraph.read.rendered import HEADING, NOTE, ROW, TEXT, Line

_SMALL = 0.8
"""Figures smaller than this share of the text around them, and raised, are footnote marks."""
_GAP = 1.35
"""Rows farther apart than so many times the usual distance begin a paragraph."""
_OPENING = re.compile(
    r"^(?:(?:\d{1,3}/)?\d{1,3}\.(?:\s|(?=[\u4e00-\u9fff]))|\(?[a-z]{1,4}\)\s|（?[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+[.、．]|[IVX]{1,5}\.\s|[A-Z]\.\s|[-•–—]\s"
    r"|(?=(?-i:[A-Z\u4e00-\u9fff]))(?:annex|annexe|anexo|附件|table|tableau|cuadro|tabla|表|item|point|tema)\b)",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]$")
_HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_NOTE = re.compile(r"^(\d{1,3})\s+(?=\S)")
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | dict(
    zip(
        map(ord, "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰"),
        "母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
"""Radicals that printing programs write for the characters that look like them."""


@dataclass
class Row:
    """One row of words on a page, or one row of a table there (`cells`)."""

    text: str
    page: int
    top: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    right: float = 0.0
    size: float = 0.0
    bold: bool = False
    marks: tuple[str, ...] = ()
    note: str = ""
    cells: tuple[str, ...] = ()
    table: int = 0
    width: float = 0.0
    column: int = 0
    margin: float = 0.0
    """Where the lines of its column end; 0 where it stands in none."""
    first: float = 0.0
    """How long its first word is."""


def page_rows(page: Any, gutter: float = 0.0) -> tuple[list[Row], float]:
    """All rows of a page in reading order, and where its gutter is; `gutter` is that of the page before."""
    tables = [table for table in page.find_tables() if _is_table(table)]
    boxes = [table.bbox for table in tables]
    words = page.extract_words(
        extra_attrs=["size", "fontname"], keep_blank_chars=False, use_text_flow=False, x_tolerance_ratio=0.15
    )
    outside = [word for word in words if not any(_inside(word, box) for box in boxes)]
    for number, table in enumerate(tables, 1):
        x0, top, x1, bottom = map(float, table.bbox)
        outside.append({"x0": x0, "x1": x1, "top": top, "bottom": bottom, "table": table, "number": number})
    found, gutter = blocks(outside, float(page.width), gutter)
    rows: list[Row] = []
    for number, block in enumerate(found):
        made = _rows(_with_unruled(block.words), page)
        if block.right:
            made = [replace(row, column=number, width=block.right - block.left, margin=block.right) for row in made]
        rows += made
    return rows, gutter


def _with_unruled(words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Words, and in the place of those that are in a table without rules that table."""
    number = sum("table" in word for word in words)
    for table in unruled_tables(words):
        number += 1
        inside = {id(word) for word in table.words}
        x0, top, x1, bottom = table.bbox
        words = [word for word in words if id(word) not in inside]
        words.append({"x0": x0, "x1": x1, "top": top, "bottom": bottom, "table": table, "number": number})
    return words


def _is_table(table: Any) -> bool:
    """A ruled box of a single cell is a frame around text, and no table."""
    return len(table.rows) > 1 and max((len(row.cells) for row in table.rows), default=0) > 1


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3])


def _table_row(cells: list[str | None], page: int, top: float, table: int) -> Row:
    written = [(cell or "").translate(_RADICALS) for cell in cells]
    texts = tuple(_joined([piece for piece in cell.split("\n") if piece.strip()]) for cell in written)
    return Row("\t".join(texts), page, top, top, cells=texts, table=table)


def _rows(words: list[dict[str, Any]], page: Any) -> list[Row]:
    """Words on one height are a row; a table among them is the rows that it has."""
    groups: list[list[dict[str, Any]]] = []
    for word in sorted((one for one in words if "table" not in one), key=lambda one: (one["bottom"], one["x0"])):
        if groups and word["top"] < groups[-1][0]["bottom"] - 0.35 * (word["bottom"] - word["top"]):
            groups[-1].append(word)
        else:
            groups.append([word])
    rows = [_row(sorted(group, key=lambda one: float(one["x0"])), page) for group in groups]
    for one in (word for word in words if "table" in word):
        index = page.page_number * 1000 + one["number"]
        made = [_table_row(cells, page.page_number, one["top"], index) for cells in one["table"].extract()]
        at = next((n for n, row in enumerate(rows) if not row.cells and row.top > one["top"]), len(rows))
        rows[at:at] = [row for row in made if any(row.cells)]
    return rows


def _row(words: list[dict[str, Any]], page: Any) -> Row:
    size = Counter(round(float(word["size"]), 1) for word in words).most_common(1)[0][0]
    body = [word for word in words if word["size"] >= size * _SMALL] or words
    size = max(float(word["size"]) for word in body)
    kept: list[dict[str, Any]] = []
    marks: list[str] = []
    note = ""
    for word in words:
        figure = word["text"].strip("[](),")
        raised = word["size"] < size * _SMALL and word["bottom"] < max(w["bottom"] for w in body) - 0.1 * size
        if raised and re.fullmatch(r"\d{1,3}(?:,\d{1,3})*", figure):
            if not kept and word is words[0]:
                note = figure
            else:
                marks += figure.split(",")
        else:
            kept.append(word)
    text = _with_spaces(kept)
    bold = all("bold" in word["fontname"].lower() for word in kept) if kept else False
    return Row(
        text, page.page_number, min(w["top"] for w in body), max(w["bottom"] for w in body), words[0]["x0"],
        words[-1]["x1"], size, bold, tuple(marks), note, width=float(page.width), first=words[0]["x1"] - words[0]["x0"],
    )  # fmt: skip


def _with_spaces(words: list[dict[str, Any]]) -> str:
    """Words with spaces between them, as wide gaps show; Chinese characters that touch have none."""
    out = ""
    words = [word | {"text": word["text"].translate(_RADICALS)} for word in words]
    for before, word in zip([None, *words], words, strict=False):
        touching = before is not None and word["x0"] - before["x1"] < 0.3 * word["size"]
        out += word["text"] if before is None or (touching and _HAN.match(word["text"])) else f" {word['text']}"
    return out.strip()


def paragraphs(rows: list[Row]) -> list[Line]:
    """Rows joined to paragraphs; rows of tables stay, those of a table that goes on over a page get its number."""
    usual = _usual_distance(rows)
    margin = _right_margin(rows)
    lines: list[Line] = []
    block: list[Row] = []
    count = 0
    table, width = 0, 0
    for at, row in enumerate(rows):
        if row.cells:
            count = _close(block, lines, count)
            before = rows[at - 1] if at else None
            goes_on = bool(before and before.cells and before.page < row.page and width == len(row.cells))
            if not goes_on and not (before and before.cells and before.table == row.table):
                table += 1
            width = len(row.cells)
            count += 1
            lines.append(Line(row.text, ROW, row.cells, table=table, page=row.page, paragraph=count))
            continue
        if block and _begins(block[-1], row, usual, margin):
            count = _close(block, lines, count)
        block.append(row)
    _close(block, lines, count)
    return lines


def _begins(before: Row, row: Row, usual: float, margin: float) -> bool:
    if row.note or _OPENING.match(row.text) or abs(row.size - before.size) > 0.6 or row.bold != before.bold:
        return True
    if before.note and row.size <= before.size + 0.6 and row.page == before.page:
        return False
    if row.page != before.page or row.column != before.column:
        ended = before.text.rstrip().endswith((".", ";", ":", "。", "；", "："))
        return ended or not (row.text[:1].islower() or _reaches(before, row, margin))
    return row.top - before.top > usual * _GAP or row.top < before.top or not _reaches(before, row, margin)


def _reaches(before: Row, row: Row, margin: float) -> bool:
    """Whether a row goes on to the right margin: one that stops short ends its paragraph.

    The lines of a narrow column are ragged: there one stops short where the next word would still have had room.
    """
    if before.margin:
        return before.right + 0.25 * before.size + row.first > before.margin
    return before.right > margin - 0.14 * before.width


def _close(block: list[Row], lines: list[Line], count: int) -> int:
    if not block:
        return count
    text = _joined([row.text for row in block])
    first = block[0]
    marks = tuple(mark for row in block for mark in row.marks)
    found = _NOTE.match(text) if not first.note else None
    heading = all(row.bold for row in block) and len(block) <= 3 and len(text) < 200
    kind = NOTE if first.note else HEADING if heading and not found else TEXT
    lines.append(Line(text, kind, marks=marks, note=first.note, page=first.page, paragraph=count + 1))
    block.clear()
    return count + 1


def _joined(pieces: list[str]) -> str:
    """Rows of one paragraph as running text: a word parted by a hyphen is joined, Chinese has no spaces between."""
    out = ""
    for piece in (one.strip() for one in pieces):
        if _HYPHENATED.search(out) and piece[:1].islower():
            out = out[:-1] + piece
        elif out and not (_HAN.match(out[-1]) or _HAN.match(piece[:1])) and not out.endswith(("/", "-")):
            out += f" {piece}"
        else:
            out += piece
    return out


def _usual_distance(rows: list[Row]) -> float:
    steps = Counter(
        round(after.top - before.top)
        for before, after in zip(rows, rows[1:], strict=False)
        if before.page == after.page and not before.cells and not after.cells and after.top > before.top
    )
    enough = max(2, sum(steps.values()) // 12)
    return float(min((step for step, n in steps.items() if n >= enough), default=14))


def _right_margin(rows: list[Row]) -> float:
    rights = sorted(row.right for row in rows if not row.cells and not row.margin)
    return rights[int(len(rights) * 0.95)] if rights else 0.0
