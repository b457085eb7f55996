"""Codes as people write them; references to decisions are read by `references`. Pure text work.

Rules: two codes are the same when their *whole* keys are equal; a key that merely begins another never matches
(``14/3`` is not ``14/34``), nor does one that ends another (``POST2020-WS-2020-02`` is not ``WG2020-2``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mandategraph.model.decision_references import Reference

# One kind of dash and of slash; Arabic-Indic digits (Arabic and Persian) become the usual ones, which NFKC leaves alone.
_ALIKE = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63"), "-"),
    **dict.fromkeys(map(ord, "\u2044\u2215"), "/"),
    **{first + digit: str(digit) for first in (0x0660, 0x06F0) for digit in range(10)},
}
# White space, brackets, and marks that show nothing: joiners, and those that only tell the direction of writing.
_DROPPED = re.compile(r"[\s()\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]+")
_ZERO_PADDING = re.compile(r"(?<![0-9])0+(?=[0-9])")
_MEETING_PAGE = re.compile(r"https?://[^\s/]+(?:/[a-z]{2})?/meetings?/([^\s/?#]+)/?(?:[?#]\S*)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


def plain(text: str) -> str:
    """NFKC with one kind of dash, slash and digit: full-width digits, letters and brackets become the usual ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_ALIKE)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The normal key of a code or name: same key, same code.

    NFKC, case-folded, one kind of dash, without spaces and parentheses, number groups without leading zeros; the
    address of a meeting's page counts as its last segment, any other address loses scheme and ``www.``.
    """
    return fold(_without_address(plain(text).strip()))


def fold(text: str) -> str:
    """As ``key``, but addresses are left alone: for text that is not one code."""
    # Case-folding and dropping may leave a letter beside its mark, so they are composed again.
    return _ZERO_PADDING.sub("", plain(_DROPPED.sub("", plain(plain(text).casefold()))))


def _without_address(text: str) -> str:
    page = _MEETING_PAGE.fullmatch(text)
    if page:
        return page.group(1)
    return _ADDRESS.sub("", text).rstrip("/") if _ADDRESS.match(text) else text


def without_meeting_pages(text: str) -> str:
    """The text with every address of a meeting's page replaced by the code at its end."""
    return _MEETING_PAGE.sub(lambda page: page.group(1), text)


@lru_cache(maxsize=4096)
def decision_symbol(text: str) -> str | None:
    """The canonical symbol when the whole text is one reference to a decision or resolution, else None.

    ``14/34``, ``第14/34号决定``, ``decision 14/34``, ``CBD/COP/DEC/14/34`` -> ``CBD/COP/DEC/14/34``;
    ``CP-9/7`` -> ``CBD/CP/MOP/DEC/9/7``; ``70/1`` alone -> None, ``resolution 70/1`` -> ``A/RES/70/1``.
    """
    whole = plain(text).strip()
    found = find_decisions(whole)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(whole):
        return found[0].symbol
    return None


def find_decisions(text: str) -> list[Reference]:
    """Every reference to a decision or resolution in a running text, in order, none overlapping another.

    Offsets are into ``plain(text)``, which is as long as the text itself but for rare ligatures and fractions.
    """
    if "/" not in (flat := plain(text)):  # every reference has one; their patterns take long to be made
        return []
    from mandategraph.model import decision_references

    return decision_references.find_decisions(flat)
