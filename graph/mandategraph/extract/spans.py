"""Days in running text: every date and range of dates, with where it stands, and no year or day invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SPAN = re.compile(
    r"(?:(?P<y1>\d{4})年)?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日"
    r"(?:(?:至|-)(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日)?"
)


@dataclass(frozen=True)
class DateRange:
    """First and last day, and from which to which character of the folded text they are named.

    `onward` tells that the text goes on with 至 and something that is no date: the end is an event.
    """

    first: date
    last: date
    start: int
    end: int
    onward: bool = False


def find_spans(folded: str) -> list[DateRange]:
    """All dates and ranges in order. A date without a year has that of the date before it; without one it is left."""
    found: list[DateRange] = []
    year = 0
    for match in _SPAN.finditer(folded):
        year = int(match["y1"] or year)
        days = _days(match, year) if year else None
        if days:
            onward = not match["d2"] and folded.startswith("至", match.end())
            found.append(DateRange(*days, match.start(), match.end(), onward))
            year = days[1].year
    return found


def _days(match: re.Match[str], year: int) -> tuple[date, date] | None:
    try:
        first = date(year, int(match["m1"]), int(match["d1"]))
        if not match["d2"]:
            return first, first
        last = date(int(match["y2"] or year), int(match["m2"] or match["m1"]), int(match["d2"]))
    except ValueError:
        return None
    return (first, last) if first <= last else None
