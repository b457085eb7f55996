"""Codes as people write them, and references to decisions. Pure text work: imports nothing of ours.

Rules: two codes are the same when their *whole* keys are equal; a key that merely begins another never matches
(``14/3`` is not ``14/34``), nor does one that ends another (``POST2020-WS-2020-02`` is not ``WG2020-2``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

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

# Sessions of the Conference of the Parties are numbered in Roman up to XIII and in Arabic from 14 on; UN General
# Assembly sessions of our time are far higher, so a bare 70/1 is neither without a word that says which.
_LAST_ROMAN_SESSION = 13
_HIGHEST_COP_SESSION = 29
_FIRST_ASSEMBLY_SESSION = 31  # resolutions are numbered session/number from the thirty-first session on
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")


@dataclass(frozen=True, slots=True)
class Reference:
    """A decision or resolution named in a text: its canonical symbol, and where (offsets into the plain text)."""

    symbol: str
    start: int
    end: int


def plain(text: str) -> str:
    """NFKC with one kind of dash, slash and digit: full-width digits, letters and brackets become the usual ones."""
    return unicodedata.normalize("NFKC", text).translate(_ALIKE)


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


_SESSION = r"(?P<session>[0-9]{1,2}|[IVX]{1,5})"
_NUMBER = r"(?P<number>[0-9]{1,3})"
_PAIR = rf"{_SESSION}\s*/\s*{_NUMBER}"
# Not inside a longer code, number or word of Latin letters; Chinese characters may stand next to it.
_OPEN = r"(?<![A-Za-z0-9/_.-])"
_SHUT = r"(?![A-Za-z0-9_]|/|-[0-9]|\.[0-9])"
_DECISION_WORD = r"(?:decisions?|décisions?|decisi[oó]n(?:es)?|решени[еяюй]|ال?مقرر|决定)"
_RESOLUTION_WORD = r"(?:resolutions?|résolutions?|resoluci[oó]n(?:es)?|резолюци[яиюй]|ال?قرار|决议|大会)"
_FLAGS = re.IGNORECASE

_SYMBOL = re.compile(
    rf"{_OPEN}(?:UNEP/)?CBD/(?P<body>COP|CP/MOP|NP/MOP)/DEC/{_SESSION}/(?P<number>[0-9]{{1,3}}){_SHUT}", _FLAGS
)
_ASSEMBLY_SYMBOL = re.compile(rf"{_OPEN}A/RES/(?P<session>[0-9]{{2}})/(?P<number>[0-9]{{1,3}}){_SHUT}", _FLAGS)
_ASSEMBLY = re.compile(
    rf"(?:(?:(?:UN\s+|United\s+Nations\s+)?General\s+Assembly\s+)?{_RESOLUTION_WORD}\s*第?\s*{_OPEN}(?P<session>[0-9]{{2}})\s*/\s*(?P<number>[0-9]{{1,3}}){_SHUT}"
    rf"(?:\s*号\s*决议)?"
    rf"|第?\s*{_OPEN}(?P<session2>[0-9]{{2}})\s*/\s*(?P<number2>[0-9]{{1,3}}){_SHUT}\s*号?\s*决议)",
    _FLAGS,
)
_DECISION = re.compile(
    rf"(?P<word>{_DECISION_WORD}\s*)?第?\s*{_OPEN}(?:(?P<protocol>COP|CP|NP)\s*-?\s*)?{_PAIR}{_SHUT}"
    rf"(?P<after>\s*号\s*决定|\s*{_DECISION_WORD})?",
    _FLAGS,
)


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
    flat = plain(text)
    taken: list[Reference] = []
    for pattern in (_SYMBOL, _ASSEMBLY_SYMBOL, _ASSEMBLY, _DECISION):
        for found in pattern.finditer(flat):
            symbol = _symbol(found)
            if symbol and not any(found.start() < old.end and old.start < found.end() for old in taken):
                start = found.start() + len(found.group()) - len(found.group().lstrip())
                taken.append(Reference(symbol, start, found.end()))
    return sorted(taken, key=lambda reference: reference.start)


def _symbol(found: re.Match[str]) -> str | None:
    if found.re is _DECISION:
        return _decision(found)
    parts = found.groupdict()
    number = int(parts.get("number") or parts.get("number2") or 0)
    session = parts.get("session") or parts.get("session2") or ""
    if found.re is _SYMBOL:
        return f"CBD/{parts['body'].upper()}/DEC/{_session(session)}/{number}"
    if int(session) < _FIRST_ASSEMBLY_SESSION:
        return None  # the 大会 of 缔约方大会 is not the General Assembly
    return f"A/RES/{int(session)}/{number}"


def _decision(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    session, number = _session(parts["session"]), int(parts["number"])
    protocol = (parts["protocol"] or "").upper()
    if protocol in ("CP", "NP"):
        return f"CBD/{protocol}/MOP/DEC/{session}/{number}"
    said = bool(protocol or parts["word"] or parts["after"])
    if session.isdigit():
        if int(session) > _HIGHEST_COP_SESSION or (int(session) <= _LAST_ROMAN_SESSION and not said):
            return None  # neither a session of ours nor clearly a decision: a date, a fraction, a resolution
        if 1 <= int(session) <= _LAST_ROMAN_SESSION:
            session = _ROMAN[int(session) - 1]
    elif session not in _ROMAN:
        return None
    return f"CBD/COP/DEC/{session}/{number}"


def _session(written: str) -> str:
    return str(int(written)) if written.isdigit() else written.upper()
