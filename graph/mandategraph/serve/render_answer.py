"""An answer as a reply: the page of it that was asked for, in the format that was asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from mandategraph.answers.answer import Answer, Page
from mandategraph.answers.write_answer import envelope, write_answer
from mandategraph.serve.negotiation import ANSWERS, GRAPHS, chosen
from mandategraph.serve.pages import PageLinks, answer_page
from mandategraph.serve.problems import Refusal
from mandategraph.serve.result import Extent, Result
from mandategraph.serve.sticky_parameters import PageLayout

LARGEST_PAGE = 10_000
"""How many rows a page may have."""

MOST_PAGES = 10**9
"""How high pages are counted."""

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows to give: page ``number`` (from 1) of ``size`` rows each; all rows when ``size`` is None."""

    number: int = 1
    size: int | None = None


def paging(page: str | None, page_size: str | None) -> Paging:
    """The paging that a request asks for. Raises Refusal 400 when it is no such thing."""
    if page is None and page_size is None:
        return Paging()
    return Paging(_counted("page", page, MOST_PAGES) or 1, _counted("page_size", page_size, LARGEST_PAGE) or _PAGE)


def written(
    answer: Answer,
    accept: str | None,
    form: str | None,
    layout: PageLayout,
    pages: Paging,
    extent: Extent,
    ways: PageLinks,
) -> Result:
    """The answer as the Accept header or ``form`` wants it. Raises Refusal 404 for a page beyond the last one."""
    if answer.graph is not None:
        choice = chosen(accept, GRAPHS, form)
        text = write_answer(answer, choice.form, layout)
        return Result(choice.media, _encoded(text), extent, len(answer.graph.triples))
    choice = chosen(accept, ANSWERS, form)
    total = len(answer.rows)
    shown = paged(answer, pages, total)
    if choice.form == "json":
        text = json.dumps(with_extent(shown, extent, total, pages), ensure_ascii=False, indent=2) + "\n"
    elif choice.form == "html":
        shown = replace(shown, as_of=None)  # the page says so at its head
        text = answer_page(shown, layout, extent, ways)
    else:
        text = write_answer(shown, choice.form, layout)
    # The kind of no cannot stand in a table, so it always stands beside it.
    status: dict[str, str] = {"X-Status": answer.status}
    page = pages.number if pages.size else None
    return Result(choice.media, _encoded(text), extent, total, page, pages.size, status)


def with_extent(answer: Answer, extent: Extent, total: int, pages: Paging | None = None) -> dict[str, Any]:
    """The answer as the command line writes it in JSON, and how much of it this is."""
    told: dict[str, Any] = {"status": extent, "rows": total}
    if pages is not None and pages.size is not None:
        told |= {"page": pages.number, "page_size": pages.size}
    return {**envelope(answer), "extent": told}


def paged(answer: Answer, pages: Paging, total: int) -> Answer:
    """The answer with the rows of one page. Raises Refusal 404 for a page beyond the last one."""
    if pages.size is None:
        return answer
    page = Page(pages.number, pages.size, total)
    if pages.number > page.last_page:
        raise Refusal(404, f"There is no page {pages.number}.", f"The last one is page {page.last_page}.")
    start = page.first - 1
    return replace(answer, rows=answer.rows[start : start + pages.size], page=page)


def _counted(name: str, text: str | None, most: int) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 10 and 1 <= int(text) <= most:
        return int(text)
    raise Refusal(400, f"The parameter {name} is not a whole number from 1 to {most}.")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")
