"""Dates as people type them: bounds that are never narrower than the words.

A cell becomes a `Stretch`: the days between which it lies, as far as it says, and how exactly it says so. Two cells, or
one with a range, become a time of the model.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from mandategraph.model.codes import plain
from mandategraph.model.records import When

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("uary", "ruary", "ch", "il", "", "e", "y", "ust", "t(?:ember)?", "ober", "ember", "ember")
_MONTH = "(?P<month>" + "|".join(f"{a}(?:{b})?" for a, b in zip(_MONTHS, _FULL, strict=True)) + r")\.?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ][0-9:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})")
_ODATA = re.compile(r"/?Date\((?P<ms>-?\d{1,16})(?:[+-]\d{4})?\)/?")
_NUMBERS = re.compile(r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year>\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_DAY_FIRST = re.compile(rf"{_DAY}[ -]*{_MONTH}[ ,-]*{_YEAR}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"{_MONTH} *{_DAY},? +{_YEAR}", re.IGNORECASE)
_ONLY_MONTH = re.compile(rf"{_MONTH}[ ,-]*{_YEAR}", re.IGNORECASE)
_QUARTER = re.compile(r"(?:q(?P<q>[1-4])[ /-]*(?P<year>\d{4})|(?P<year2>\d{4})[ /-]*q(?P<q2>[1-4]))", re.IGNORECASE)
_HALF = re.compile(r"(?:h(?P<q>[12])|(?P<w>first|second) half(?: of)?)[ /-]*(?P<year>\d{4})", re.IGNORECASE)
_PART_OF = re.compile(
    r"(?:early|mid|late|(?:the )?(?:beginning|start|middle|end)(?: of)?)[ -]+(?:in )?(?P<rest>.*\d)", re.IGNORECASE
)
_TWO_YEARS = re.compile(r"(?P<year>(?:19|20)\d{2})[/–-](?P<last>(?:20)?\d{2})")
_ONLY_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})")
_BEFORE = re.compile(r"(?:before|prior to|ahead of)\s+(?P<rest>.+)", re.IGNORECASE)
_BY = re.compile(r"(?:by|until|till|up to|no later than)\s+(?P<rest>.+)", re.IGNORECASE)
_AFTER = re.compile(r"after\s+(?P<rest>.+)", re.IGNORECASE)
_FROM = re.compile(r"(?:from|since|starting(?: in| on)?|as of)\s+(?P<rest>.+)", re.IGNORECASE)
_UNSURE = re.compile(
    r"\s*[(\[]?\b(?:tbc|to be confirmed|tentative(?:ly)?|provisional|est\.?|approx\.?|ca\.)[)\]]?\s*", re.IGNORECASE
)
_OPEN = re.compile(r"(?:tbd|tba|to be (?:determined|decided|announced)|n/?a|none|-+|待定)\.?", re.IGNORECASE)
_ONGOING = re.compile(r"(?:ongoing|on-going|continuous|continuing|open(?:-ended)?|rolling)\.?", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:\s-\s|\s?[–—]\s?|\bto\b|\buntil\b|\band\b)\s*", re.IGNORECASE)
_NAMES = "|".join(_MONTHS)
_SHORT = re.compile(
    rf"(?P<from>\d{{1,2}})(?: ?(?P<fm>{_NAMES})[a-z]*\.?)? ?(?:-|to|until|and) ?(?P<rest>\d{{1,2}} ?-?(?:{_NAMES}).*)",
    re.IGNORECASE,
)
_MONTH_RANGE = re.compile(rf"(?P<fm>{_NAMES})[a-z]*\.? ?(?:-|/|to|or|and) ?(?P<rest>(?:{_NAMES}).*)", re.IGNORECASE)


@dataclass(frozen=True)
class Stretch:
    """The days between which something lies. `kind` is day, month, quarter, bounded, ongoing, open or none.

    `unsure` marks words such as TBC; `wrong` tells why the words name no day of the calendar.
    """

    kind: str
    earliest: date | None = None
    latest: date | None = None
    unsure: bool = False
    wrong: str = ""


NOTHING = Stretch("none")


def stretch(text: str, order: str = "") -> Stretch | None:
    """What a cell says of time; None where it is not understood. `order` (day-first, month-first) reads 06/05/2020."""
    words = " ".join(plain(text).split())
    if not words:
        return NOTHING
    sure = _UNSURE.sub(" ", words).strip()
    if sure != words:
        return replace(found, unsure=True) if (found := stretch(sure, order)) else None
    if _OPEN.fullmatch(words):
        return Stretch("open")
    if _ONGOING.fullmatch(words):
        return Stretch("ongoing")
    return _bounded(words, order) or _one(words, order)


def _bounded(words: str, order: str) -> Stretch | None:
    for pattern in (_BEFORE, _BY, _AFTER, _FROM):
        found = pattern.fullmatch(words)
        inner = _one(found.group("rest"), order) if found else None
        if inner is None or inner.wrong or inner.earliest is None or inner.latest is None:
            continue
        if pattern is _BEFORE:
            return Stretch("bounded", None, inner.earliest - timedelta(days=1))
        if pattern is _BY:
            return Stretch("bounded", None, inner.latest)
        return Stretch("bounded", inner.latest + timedelta(days=1) if pattern is _AFTER else inner.earliest)
    return None


def _one(words: str, order: str) -> Stretch | None:
    """A day, a month, a quarter, a half, a year."""
    if found := _ODATA.fullmatch(words):
        return _instant(int(found.group("ms")))
    if found := _ISO.fullmatch(words):
        return _day(found.group("year"), int(found.group("month")), found.group("day"))
    if found := _NUMBERS.fullmatch(words):
        return _numbers(found, order)
    if found := _DAY_FIRST.fullmatch(words) or _MONTH_FIRST.fullmatch(words):
        return _day(found.group("year"), _month(found.group("month")), found.group("day"))
    if found := _ISO_MONTH.fullmatch(words):
        return _months("month", found.group("year"), int(found.group("month")), 1)
    if found := _ONLY_MONTH.fullmatch(words):
        return _months("month", found.group("year"), _month(found.group("month")), 1)
    if found := _QUARTER.fullmatch(words):
        quarter = int(found.group("q") or found.group("q2"))
        return _months("quarter", found.group("year") or found.group("year2"), quarter * 3 - 2, 3)
    if found := _HALF.fullmatch(words):
        second = found.group("q") == "2" or (found.group("w") or "").lower() == "second"
        return _months("bounded", found.group("year"), 7 if second else 1, 6)
    if found := _ONLY_YEAR.fullmatch(words):
        return _months("bounded", found.group("year"), 1, 12)
    if found := _TWO_YEARS.fullmatch(words):
        last = _months("bounded", found.group("last"), 1, 12)
        return Stretch("bounded", date(int(found.group("year")), 1, 1), last.latest) if _follow(found) else None
    if found := _PART_OF.fullmatch(words):  # no more exact than the month or the year that it is a part of
        whole = _one(found.group("rest"), order)
        return replace(whole, kind="bounded") if whole and whole.kind not in ("day", "none") else None
    return None


def _follow(found: re.Match[str]) -> bool:
    """Whether 2025/26 names a year and the next one; 2025-06 is a month, 2025/07 is not told."""
    return _year(found.group("last")) == int(found.group("year")) + 1


def _instant(ms: int) -> Stretch:
    try:
        day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).date()
    except OverflowError:
        return Stretch("none", wrong="an instant outside the calendar")
    return Stretch("day", day, day)


def _numbers(found: re.Match[str], order: str) -> Stretch | None:
    a, b = int(found.group("a")), int(found.group("b"))
    if order == "month-first":
        a, b = b, a
    elif order != "day-first" and a <= 12 and b <= 12 and a != b:
        return None  # 06/05 may be either, and nothing says which
    elif order != "day-first" and b > 12:
        a, b = b, a
    return _day(found.group("year"), b, str(a))


def _day(year: str, month: int, day: str) -> Stretch:
    try:
        found = date(_year(year), month, int(day))
    except ValueError:
        return Stretch("none", wrong="a day that is not in the calendar")
    return Stretch("day", found, found)


def _months(kind: str, year: str, month: int, count: int) -> Stretch:
    last = month + count - 1
    if not 1 <= month <= last <= 12 or _year(year) < 1:
        return Stretch("none", wrong="a month that is not in the calendar")
    return Stretch(kind, date(_year(year), month, 1), date(_year(year), last, monthrange(_year(year), last)[1]))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(text: str) -> int:
    return _MONTHS.index(text[:3].lower()) + 1


def span_of(text: str, order: str = "") -> tuple[Stretch, Stretch] | None:
    """A cell that may hold a range, as its two ends; None where it is not understood."""
    whole = stretch(text, order)
    if whole is not None:
        return whole, whole
    words = " ".join(plain(text).split())
    sure = _UNSURE.sub(" ", words).strip()
    if sure != words:
        ends = span_of(sure, order)
        return (replace(ends[0], unsure=True), replace(ends[1], unsure=True)) if ends else None
    parts = _RANGE.split(words)
    if len(parts) == 2 and (ends := _ends(stretch(parts[0], order), stretch(parts[1], order))):
        return ends
    return _short_range(words, order)


def _short_range(words: str, order: str) -> tuple[Stretch, Stretch] | None:
    """17-21 March 2025; 30 June - 2 July 2025; Mar-Apr 2025: what the first end leaves out is in the second."""
    if found := _SHORT.fullmatch(words):
        last = stretch(found.group("rest"), order)
        if last is not None and last.latest:
            month = _month(found.group("fm")) if found.group("fm") else last.latest.month
            return _ends(_day(str(last.latest.year), month, found.group("from")), last)
    if found := _MONTH_RANGE.fullmatch(words):
        last = stretch(found.group("rest"), order)
        if last is not None and last.latest:
            return _ends(_months("month", str(last.latest.year), _month(found.group("fm")), 1), last)
    return None


def _ends(first: Stretch | None, last: Stretch | None) -> tuple[Stretch, Stretch] | None:
    return (first, last) if first is not None and last is not None else None


@dataclass(frozen=True)
class ParsedTime:
    """A time of the model, and why the cells cannot be right where they cannot."""

    when: When
    wrong: str = ""
    wrong_zh: str = ""
    ongoing: bool = False


_END_FIRST = ("the end lies before the beginning", "结束日期早于开始日期")
_NO_DAY = {
    "a day that is not in the calendar": "日历上没有这一天",
    "a month that is not in the calendar": "日历上没有这一月份",
    "an instant outside the calendar": "该时刻超出日历范围",
}


def told(first: Stretch, last: Stretch, *, undecided: bool = False, status: str = "") -> ParsedTime:
    """Two ends as one time. `undecided` is the source's own mark that days only stand in for a month.

    Of ends that cannot be right only what is sure is kept; the words stay as written. A beginning without an end is
    open-ended, an end without a beginning a bound.
    """
    settled = status or ("to-be-confirmed" if undecided or first.unsure or last.unsure else "fixed")
    wrong = first.wrong or last.wrong
    if wrong:
        sure = None if first.wrong else first.earliest
        return ParsedTime(When("to-be-confirmed", "bounded" if sure else "none", earliest=sure), wrong, _NO_DAY[wrong])
    if last.kind == "none" and first.kind == "day":
        return ParsedTime(When(settled, "open-ended", earliest=first.earliest))
    if last.kind == "none":
        last = first
    if first.kind == "none":
        first = Stretch("bounded")
    if not first.earliest and not last.latest and "ongoing" not in (first.kind, last.kind):
        return ParsedTime(When("to-be-determined" if "open" in (first.kind, last.kind) else settled, "none"))
    if last.kind == "ongoing" or first.kind == "ongoing":
        return ParsedTime(
            When(settled, "open-ended", earliest=first.earliest) if first.earliest else When(settled, "none"),
            ongoing=True,
        )
    if first.earliest and last.latest and last.latest < first.earliest:
        return ParsedTime(When("to-be-confirmed", "none"), *_END_FIRST)
    return ParsedTime(_when(first, last, settled, undecided))


def _when(first: Stretch, last: Stretch, status: str, undecided: bool) -> When:
    earliest, latest = first.earliest, last.latest
    if first.kind == last.kind == "day":
        if undecided and earliest and latest and _whole_month(earliest, latest):
            return When(status, "month", earliest=earliest, latest=date(latest.year, latest.month, _length(latest)))
        return When(status, "day", earliest, latest, earliest, latest)
    if (
        first.kind == last.kind
        and first.kind in ("month", "quarter")
        and (first.earliest, first.latest) == (last.earliest, last.latest)
    ):
        return When(status, first.kind, earliest=earliest, latest=latest)
    return When(status, "bounded", earliest=earliest, latest=latest) if earliest or latest else When(status, "none")


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _whole_month(first: date, last: date) -> bool:
    """Whether two days stand in for a month: from its first day to one of its last, the month's length not minded."""
    return first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28
