"""PDF with a text layer: words by their places become lines and paragraphs, columns and tables in reading order.

Running heads and page numbers are furniture, words parted at the end of a line are joined, small raised figures are
footnote marks.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from mandategraph.read.formats.limits import MAX_PAGES, SPLIT, check_line
from mandategraph.read.formats.pdf_lines import Row, page_rows, paragraphs
from mandategraph.read.rendered import FURNITURE, Line, Rendered
from mandategraph.system.errors import InputError

_EDGE = 3
"""Rows at the top and at the bottom of a page among which running heads are looked for."""
_PAGE_NUMBER = re.compile(
    r"^(?:page|página|第)?\s*[-–/]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:[-–]|页|/\s*\d+)?\s*(?:/\s*\.\.\.)?$", re.I
)
_SYMBOL = re.compile(r"^[A-Z]{2,6}(?:/[A-Z0-9][\w.-]*){2,}$")
_MORE = re.compile(r"^/\s*(?:…|\.\.\.)$")


@dataclass
class _Page:
    number: int
    rows: list[Row] = field(default_factory=list)


def read(data: bytes, name: str) -> Rendered:
    """The lines of a PDF.

    Raises:
        InputError: it is broken, protected by a password, beyond the limits, or has no text layer.
    """
    import logging

    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise InputError(f"{len(pdf.pages)} pages (at most {MAX_PAGES})", file=name, hint=SPLIT)
            pages = _pages(pdf.pages, name)
            pictures = any(page.images for page in pdf.pages[:20]) if not any(p.rows for p in pages) else False
    except InputError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise _locked(name) from error
    except Exception as error:  # the parsers raise whatever a broken file makes them stumble over
        if "assword" in f"{type(error).__name__} {error!r}" or "assword" in repr(error.__cause__):
            raise _locked(name) from error
        raise InputError("is a broken PDF", file=name, hint="get the whole file again, or print it anew") from error
    if not any(page.rows for page in pages):
        held = "only pictures of pages" if pictures else "no text"
        raise InputError(
            f"has no text layer: it holds {held}", file=name, hint="run text recognition (OCR) on it first"
        )
    return Rendered(name, "pdf", tuple(_lines(pages, name)))


def _locked(name: str) -> InputError:
    return InputError("is protected by a password", file=name, hint="save it without one and try again")


def _pages(pages: list[Any], name: str) -> list[_Page]:
    """The rows of each page; what the reader kept of one is let go at once, so that memory stays bounded."""
    read_so_far, gutter = [], 0.0
    for page in pages:
        rows, gutter = page_rows(page, gutter)
        for row in rows:
            check_line(row.text, name, page.page_number)
        page.close()
        read_so_far.append(_Page(page.page_number, rows))
    return read_so_far


def _lines(pages: list[_Page], name: str) -> list[Line]:
    repeated = _running(pages)
    kept: list[Row] = []
    furniture: list[Line] = []
    for page in pages:
        for at, row in enumerate(page.rows):
            edge = at < _EDGE or at >= len(page.rows) - _EDGE
            symbol = page.number == pages[0].number and _SYMBOL.match(row.text)  # there it is the document's own
            if edge and not row.cells and not symbol and _is_furniture(row, repeated):
                furniture.append(Line(row.text, FURNITURE, page=page.number))
            else:
                kept.append(row)
    lines = paragraphs(kept)
    for number, line in enumerate(lines, 1):
        check_line(line.text, name, number)
    return lines + furniture


def _running(pages: list[_Page]) -> set[str]:
    """What stands at the edge of at least three pages, or of both of two, figures aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        edge = page.rows[:_EDGE] + page.rows[-_EDGE:]
        seen.update({_plain(row.text) for row in edge if not row.cells})
    least = 2 if len(pages) == 2 else 3
    return {text for text, count in seen.items() if text and count >= least and count * 3 >= len(pages)}


def _is_furniture(row: Row, repeated: set[str]) -> bool:
    return _plain(row.text) in repeated or bool(_PAGE_NUMBER.match(row.text)) or bool(_MORE.match(row.text))


def _plain(text: str) -> str:
    return re.sub(r"\d+", "#", text).strip().lower()
