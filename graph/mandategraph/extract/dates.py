"""Times as UN documents in Chinese state them, kept as precise as the words and no more."""

from __future__ import annotations

import calendar
import re
from datetime import date

from mandategraph.model.records import When
from mandategraph.read.text import fold

_DAY_RANGE = re.compile(
    r"(?P<y1>\d{4})年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日"
    r"(?:(?P<sep>至|-|和)(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日)?"
)
_MONTHS = re.compile(r"(?P<y>\d{4})年(?P<m1>\d{1,2})月(?:或(?P<m2>\d{1,2})月)?")
_OPEN = ("待定", "日期和地点待定", "日期待定")


def read_when(text: str) -> tuple[When, str]:
    """The time that a cell states, and what is left of the cell (the place).

    A day that does not exist (30 February) is not a date: it counts as to be determined, and the words stay as text.
    """
    folded = fold(text)
    tentative = "待确认" in folded
    rest = re.sub(r"\(?待确认\)?", "", folded)
    days = _DAY_RANGE.search(rest)
    if days:
        bounds = _bounds(days)
        if bounds:
            status = "to-be-confirmed" if tentative else "fixed"
            return When(status, "day", *bounds, *bounds), _without(rest, days)
    months = _MONTHS.search(rest)
    if months and not days:
        year, first = int(months["y"]), int(months["m1"])
        last = int(months["m2"] or first)
        if 1 <= first <= 12 and 1 <= last <= 12:
            earliest = date(year, first, 1)
            latest = date(year, last, calendar.monthrange(year, last)[1])
            precision = "alternative-months" if months["m2"] else "month"
            status = "to-be-confirmed" if tentative else "fixed"
            return When(status, precision, None, None, earliest, latest), _without(rest, months)
    return When("to-be-determined", "none"), _strip(rest)


def _bounds(match: re.Match[str]) -> tuple[date, date] | None:
    year, month = int(match["y1"]), int(match["m1"])
    try:
        start = date(year, month, int(match["d1"]))
        if not match["d2"]:
            return start, start
        end = date(int(match["y2"] or year), int(match["m2"] or month), int(match["d2"]))
    except ValueError:
        return None
    return (start, end) if start <= end else None


def _without(text: str, match: re.Match[str]) -> str:
    return _strip(text[: match.start()] + text[match.end() :])


def _strip(text: str) -> str:
    for words in sorted(_OPEN, key=len, reverse=True):
        text = text.replace(words, "")
    return text.strip(" ,;:")
