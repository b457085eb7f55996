"""Times longer than a month: quarters, halves and years, kept as wide as the words are."""

from __future__ import annotations

import calendar
import re
from datetime import date

from mandategraph.model.records import When

_Y = r"(?P<year>(?:19|20)\d{2})(?!\d)"
_OF = r"(?:\s+(?:of|in|de\s+l'année|del\s+año|de|del))?(?:\s+the\s+year)?"
_COUNTS = {
    1: "first 1st premier première 1er 1ère 1re primer primera 1.er 1.º 1º 1ª 一 1",
    2: "second 2nd deuxième seconde 2e 2ème segundo segunda 2.º 2º 2ª 二 2",
    3: "third 3rd troisième 3e 3ème tercer tercero 3.er 3.º 3º 三 3",
    4: "fourth 4th last quatrième 4e 4ème cuarto 4.º 4º 四 4",
}  # fmt: skip
_COUNT = {name: number for number, names in _COUNTS.items() for name in names.split()}
_N = "(?:" + "|".join(sorted(map(re.escape, _COUNT), key=lambda name: (-len(name), name))) + ")"
_TWO = rf"(?P<n>{_N})(?:\s*(?:-|to|or|and|et|ou|au|y|o|al)\s*(?:the\s+|le\s+|el\s+)?(?P<n2>{_N}))?"
QUARTER = re.compile(
    rf"(?<!\w)(?:{_TWO}\s+(?:quarters?|trimestres?){_OF},?\s+{_Y}|[qt](?P<q>[1-4])(?:\s*[-–/]\s*[qt]?(?P<q2>[1-4]))?[\s/,-]*(?P<year4>20\d{{2}})(?!\d)"
    rf"|(?P<year2>20\d{{2}})[\s/-]*[qt](?P<q3>[1-4])(?!\w))|(?P<year3>20\d{{2}})\s*年\s*第?(?P<n3>[一二三四1-4])\s*季度",
    re.IGNORECASE,
)
HALF = re.compile(
    rf"(?<!\w)(?:(?P<n>{_N})\s+(?:half|semestre|semester|moitié|mitad){_OF},?\s+{_Y}|[hs](?P<q>[12])[\s/-]*(?P<year3>20\d{{2}})(?!\d))"
    r"|(?P<year2>20\d{2})\s*年\s*(?P<n2>[上下])半年",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"^\s*(?:(?:in|during|en|courant|durante|early|mid-?|late|début|mi-|fin|principios\s+de|mediados\s+de|fines\s+de|finales\s+de)\s*)?"
    rf"{_Y}\s*年?(?:初|中|底|年)?(?=\s*(?:$|[(,;，；(]))",
    re.IGNORECASE,
)
"""A year alone in front of a cell: in running words a year is no time of a meeting."""


def quarter(match: re.Match[str], _year: int, _language: str) -> When | None:
    """One quarter; two that are named together are a time between bounds."""
    told = match.groupdict()
    year = int(next(filter(None, (told[f"year{n}"] for n in ("", 2, 3, 4)))))
    first = _number(told["n"] or told["q"] or told["q3"] or told["n3"])
    last = _number(told["n2"] or told["q2"]) or first
    if first > last:
        return None
    return _months("quarter" if first == last else "bounded", year, first * 3 - 2, last * 3)


def half(match: re.Match[str], _year: int, _language: str) -> When | None:
    """The first or the second half of a year."""
    told = match.groupdict()
    year = int(next(filter(None, (told[f"year{n}"] for n in ("", 2, 3)))))
    which = {"上": 1, "下": 2}.get(told["n2"] or "") or _number(told["n"] or told["q"])
    return _months("bounded", year, which * 6 - 5, which * 6) if which in (1, 2) else None


def year(match: re.Match[str], _year: int, _language: str) -> When | None:
    """Some time in a year; its beginning, middle or end have no agreed days and stay within the year."""
    return _months("bounded", int(match["year"]), 1, 12)


def _number(written: str | None) -> int:
    return _COUNT.get((written or "").lower(), 0)


def _months(precision: str, year: int, first: int, last: int) -> When:
    return When(
        "fixed", precision, None, None, date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    )
