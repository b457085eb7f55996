"""Times of every shape in a text: days and ranges, months and longer spells, alternatives, to be confirmed or determined.

Kept as precise as the words and no more; a day that does not exist is no date. Months are known in six languages.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mandategraph.extract.drafts.months import AND, DAY, MONTH, OF, OPEN, TO, day_of, month_number
from mandategraph.extract.drafts.months import YEAR as ANY_YEAR
from mandategraph.extract.drafts.series import (
    AMERICAN_SERIES,
    HAN_SERIES,
    SERIES,
    american_series,
    han_series,
    series,
)
from mandategraph.extract.drafts.spells import HALF, QUARTER, YEAR, half, quarter, year
from mandategraph.extract.drafts.wording import Wording
from mandategraph.model.records import When

_OR = r"\s+(?:or|ou|o|или|أو)\s+(?:en\s+)?"
_DAYS = re.compile(
    rf"{OPEN}(?P<d1>{DAY})(?:{OF}\s+(?P<m1>{MONTH})(?:,?{OF}\s+(?P<y1>{ANY_YEAR}))?)?"
    rf"{TO}(?P<d2>{DAY}){OF}\s+(?P<m2>{MONTH})(?:,?{OF}\s+(?P<y2>{ANY_YEAR}))?",
    re.IGNORECASE,
)
_DAY = re.compile(rf"{OPEN}(?P<d1>{DAY}){OF}\s+(?P<m1>{MONTH})(?:,?{OF}\s+(?P<y1>{ANY_YEAR}))?", re.IGNORECASE)
_AMERICAN = re.compile(
    rf"{OPEN}(?P<m1>{MONTH})\s+(?P<d1>{DAY})(?:{TO}(?:(?P<m2>{MONTH})\s+)?(?P<d2>{DAY}))?,?\s+(?P<y1>{ANY_YEAR})",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"{OPEN}(?P<m1>{MONTH})(?:{OF}\s+(?P<y1>{ANY_YEAR}))?(?:(?:(?P<or>{_OR})|(?P<to>{TO}|{AND}))(?P<m2>{MONTH}))?,?{OF}\s+(?P<y2>{ANY_YEAR})",
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"{OPEN}(?P<y1>{ANY_YEAR})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})(?:\s*(?:/|to|-|au|al)\s*(?P<y2>{ANY_YEAR})-(?P<m2>\d{{2}})-(?P<d2>\d{{2}}))?"
)
_SLASHED = re.compile(rf"{OPEN}(?P<d1>\d{{1,2}})[/.](?P<m1>\d{{1,2}})[/.](?P<y1>{ANY_YEAR})(?!/)")
_Z = r"\s*"
_HAN_DAYS = re.compile(
    rf"(?:(?P<y1>{ANY_YEAR}){_Z}年{_Z})?(?P<m1>\d{{1,2}}){_Z}月{_Z}(?P<d1>\d{{1,2}}){_Z}日?"
    rf"(?:{_Z}(?:至|到|-|~){_Z}(?:(?P<y2>{ANY_YEAR}){_Z}年{_Z})?(?:(?P<m2>\d{{1,2}}){_Z}月{_Z})?(?P<d2>\d{{1,2}}){_Z}日)?"
)
_HAN_MONTH = re.compile(
    rf"(?P<y1>{ANY_YEAR}){_Z}年{_Z}(?P<m1>\d{{1,2}}){_Z}月份?(?:{_Z}(?:(?P<or>或)|(?P<to>至|-|和)){_Z}(?P<m2>\d{{1,2}}){_Z}月)?(?!{_Z}\d{{1,2}}{_Z}日)"
)  # fmt: skip


@dataclass(frozen=True)
class Stated:
    """A time and where in the text it is stated."""

    when: When
    start: int
    end: int


def find_whens(text: str, words: Wording, *, cell: bool = False) -> list[Stated]:
    """Every time in a levelled text, in order, none overlapping another. In the `cell` of a date a year alone is one.

    A day without a year has that of the time before it in the text; without one it is no time.
    """
    found: list[tuple[int, int, re.Match[str], Callable[..., When | None]]] = []
    for pattern, read in (*_READERS, *(((YEAR, year),) if cell else ())):
        for match in pattern.finditer(text):
            if read in _ROWS and not read(match, _LEAP, words.language):
                continue  # no row of days; one of its numbers may still be part of a date
            if not any(match.start() < end and start < match.end() for start, end, _, _ in found):
                found.append((match.start(), match.end(), match, read))
    stated: list[Stated] = []
    before = 0
    for start, end, match, read in sorted(found, key=lambda one: one[0]):
        when = read(match, before, words.language)
        if when:
            stated.append(Stated(when, start, end))
            before = (when.latest or date(before or 1, 1, 1)).year
    return [_with_status(one, text, words) for one in stated]


def undetermined(text: str, words: Wording) -> bool:
    """Whether a text says that a time is still to be determined."""
    return bool(words.said["undetermined"].search(text))


def _with_status(one: Stated, text: str, words: Wording) -> Stated:
    """To be confirmed where the words right after, or right before, say so; those words belong to the time."""
    one = _week(one, text, words)
    after = re.compile(r"[\s,;]*" + words.said["tentative"].pattern, re.IGNORECASE).match(text, one.end)
    if after:
        return Stated(replace(one.when, status="to-be-confirmed"), one.start, after.end())
    return one


def _week(one: Stated, text: str, words: Wording) -> Stated:
    """`the week of 3 May 2027`: some time in the seven days from that day."""
    before = words.said["week_of"].search(text, 0, one.start)
    after = words.said["week_after"].match(text, one.end)
    first = one.when.start
    if first is None or first != one.when.end or not ((before and before.end() == one.start) or after):
        return one
    when = When("fixed", "bounded", None, None, first, first + timedelta(days=6))
    return Stated(when, before.start() if before and not after else one.start, after.end() if after else one.end)


def _days(match: re.Match[str], year: int, language: str) -> When | None:
    parts = match.groupdict()
    last_month = month_number(parts.get("m2") or parts["m1"])
    first_month = month_number(parts.get("m1") or parts.get("m2"))
    last_year = int(parts.get("y2") or parts.get("y1") or year)
    first_year = int(parts.get("y1") or last_year)
    if not last_year:
        return None
    if not parts.get("y1") and parts.get("y2") and first_month > last_month:
        first_year = last_year - 1
    if not parts.get("y2") and parts.get("y1") and parts.get("d2") and first_month > last_month:
        last_year += 1
    first = day_of(first_year, first_month, parts["d1"])
    last = day_of(last_year, last_month, parts["d2"]) if parts.get("d2") else first
    if first is None or last is None or first > last:
        return None
    return When("fixed", "day", first, last, first, last)


def _months(match: re.Match[str], year: int, language: str) -> When | None:
    parts = match.groupdict()
    first, last = month_number(parts["m1"]), month_number(parts.get("m2") or parts["m1"])
    last_year = int(parts.get("y2") or parts["y1"])
    first_year = int(parts.get("y1") or (last_year - 1 if first > last else last_year))
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    earliest = date(first_year, first, 1)
    latest = date(last_year, last, calendar.monthrange(last_year, last)[1])
    precision = "alternative-months" if parts.get("or") else "month"
    return When("fixed", precision, None, None, earliest, latest) if earliest <= latest else None


def _slashed(match: re.Match[str], year: int, language: str) -> When | None:
    """17/11/2019: the day comes first in French and Spanish; in English only where it can be nothing else."""
    if language == "en" and int(match["d1"]) <= 12:
        return None
    return _days(match, year, language)


_ROWS = (series, american_series, han_series)
_LEAP = 2000
_READERS: tuple[tuple[re.Pattern[str], Callable[..., When | None]], ...] = (
    (QUARTER, quarter), (HALF, half), (_ISO, _days), (HAN_SERIES, han_series),
    (SERIES, series), (AMERICAN_SERIES, american_series), (_HAN_DAYS, _days),
    (_DAYS, _days), (_AMERICAN, _days), (_DAY, _days), (_SLASHED, _slashed),
    (_HAN_MONTH, _months), (_MONTH, _months),
)  # fmt: skip
