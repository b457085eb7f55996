"""How a place in a source is told to a reader: the document, the place in it, the line, and where that is in a file of
pages or paragraphs, whose reader has no lines to count."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mandategraph.messages import LANGUAGES, Text, gettext, pgettext, told

_BETWEEN = pgettext("between the parts of a place", ", ")
_LINE = gettext("line {line}")
_IN_FILE = {
    re.compile(r"page (?P<page>\d+), paragraph (?P<paragraph>\d+)"): gettext(
        "page {page}, paragraph {paragraph} of the file"
    ),
    re.compile(r"page (?P<page>\d+)"): gettext("page {page} of the file"),
    re.compile(r"paragraph (?P<paragraph>\d+)"): gettext("paragraph {paragraph} of the file"),
    re.compile(r"(?P<place>.+)"): gettext("{place} of the file"),
}


def cited(document: str | None, cite: Mapping[str, str], line: int | str | None, locator: str | None = None) -> Text:
    """The words in each language; what is not known is left out.

    ``cite`` are those of the part, ``locator`` is where it stands in the file (``page 2, paragraph 7``).
    """
    return Text((language, cited_in(language, document, told(cite, language), line, locator)) for language in LANGUAGES)


def cited_in(
    language: str, document: str | None, cite: str | None, line: int | str | None, locator: str | None = None
) -> str:
    """As ``cited``, in one language."""
    at = _LINE[language].format(line=line) if line else ""
    return _BETWEEN[language].join(filter(None, (document, cite, at, _in_file(language, locator))))


def _in_file(language: str, locator: str | None) -> str:
    if not locator:
        return ""
    return next(
        words[language].format(**found.groupdict())
        for form, words in _IN_FILE.items()
        if (found := form.fullmatch(locator))
    )
