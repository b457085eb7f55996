"""How a place in a source is told to a reader, in English and Chinese: the document, the place in it, the line, and
where that is in a file of pages or paragraphs, whose reader has no lines to count."""

from __future__ import annotations

import re

_PAGE, _PARAGRAPH = re.compile(r"page (\d+)"), re.compile(r"paragraph (\d+)")


def cited(
    document: str | None, cite: str | None, cite_zh: str | None, line: int | str | None, locator: str | None = None
) -> tuple[str, str]:
    """The words in both languages; what is not known is left out.

    ``cite`` and ``cite_zh`` are those of the part, ``locator`` is where it stands in the file (``page 2, paragraph 7``).
    """
    file, file_zh = _in_file(locator) if locator else ("", "")
    english = ", ".join(part for part in (document, cite, f"line {line}" if line else "", file) if part)
    chinese = "，".join(part for part in (document, cite_zh, f"第{line}行" if line else "", file_zh) if part)
    return english, chinese


def _in_file(locator: str) -> tuple[str, str]:
    chinese = _PAGE.sub(r"第\1页", _PARAGRAPH.sub(r"第\1段", locator)).replace(", ", "")
    return f"{locator} of the file", f"文件{chinese}"
