"""Days that stand in a row under one month or year: `11, 18 and 25 March 2027`, `8-12 May and 15 May 2028`, 5月8日至12日和15日.

A row is one time. Days that follow on each other without a gap are a range; others are several dates, from the first to
the last. What a day does not say of its month or year it has from the day after it, in Chinese from the day before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mandategraph.extract.drafts.months import AND, DAY, MONTH, OF, OPEN, TO, YEAR, day_of, month_number
from mandategraph.model.records import When

_DATED = rf"{DAY}(?:{OF}\s+{MONTH})?(?:{TO}{DAY})?{OF}\s+{MONTH}"
_BARE = rf"{DAY}(?:{OF}\s+{MONTH})?(?:{TO}{DAY}(?:{OF}\s+{MONTH})?)?"
_FROM = r"(?:(?:from|on|du|le|les|del|el)\s+(?:the\s+)?)?"
_LAST = rf",?\s*(?:and|et|y|e|и|و|&)\s*{_FROM}"
_END = rf"{_DATED}(?:,?{OF}\s+{YEAR})?"
SERIES = re.compile(
    rf"{OPEN}(?:{_BARE}(?:(?:{AND}){_FROM}{_BARE})*{_LAST}{_END}|{_DATED}(?:(?:{AND}){_FROM}{_DATED})*,\s*{_FROM}{_END})",
    re.IGNORECASE,
)
"""A comma alone joins only days that each say their month: the 3 of `Room 3, 12 May` is no day."""
_TOKEN = re.compile(
    rf"(?P<to>{TO})?(?P<day>{DAY})(?:{OF}\s+(?P<month>{MONTH})(?:,?{OF}\s+(?P<year>{YEAR}))?)?", re.IGNORECASE
)
_LATER = rf"(?:{MONTH}\s+)?{DAY}(?:{TO}(?:{MONTH}\s+)?{DAY})?"
AMERICAN_SERIES = re.compile(
    rf"{OPEN}{MONTH}\s+{_LATER}(?:(?:{AND}){{1,2}}{_LATER})+,?\s+(?P<y1>{YEAR})", re.IGNORECASE
)
_AMERICAN_TOKEN = re.compile(rf"(?P<to>{TO})?(?:(?P<month>{MONTH})\s+)?(?P<day>{DAY})", re.IGNORECASE)
_HAN = rf"(?:{YEAR}\s*年\s*)?(?:\d{{1,2}}\s*月\s*)?\d{{1,2}}\s*日?"
_HAN_NEXT = rf"(?:{YEAR}\s*年\s*)?(?:\d{{1,2}}\s*月\s*)?\d{{1,2}}\s*日(?!之?内)"
_HAN_TO = r"\s*(?:至|到|-|~)\s*"
HAN_SERIES = re.compile(
    rf"(?:{YEAR}\s*年\s*)?\d{{1,2}}\s*月\s*\d{{1,2}}\s*日?(?:{_HAN_TO}{_HAN})?(?:\s*(?:[、,]|[和及与]|以及)\s*{_HAN_NEXT}(?:{_HAN_TO}{_HAN_NEXT})?)+"
)
_HAN_TOKEN = re.compile(
    r"(?P<to>\s*(?:至|到|-|~)\s*)?(?:(?P<year>(?:19|20)\d{2})\s*年\s*)?(?:(?P<month>\d{1,2})\s*月\s*)?(?P<day>\d{1,2})(?!\s*[月\d])"
)

_Token = tuple[bool, str, int, int]
"""Whether a day ends a stretch, the day, its month and year as far as it says them."""


def series(match: re.Match[str], year: int, _language: str) -> When | None:
    """A row of days with the month behind; `year` is that of the time before in the text."""
    tokens = [_read(token) for token in _TOKEN.finditer(match[0])]
    return _row(list(_filled(tokens[::-1], year))[::-1])


def american_series(match: re.Match[str], _year: int, _language: str) -> When | None:
    """A row of days with the month in front and the year at the end."""
    words = match[0][: match.start("y1") - match.start()]
    tokens = [_read(token) for token in _AMERICAN_TOKEN.finditer(words)]
    tokens[0] = (*tokens[0][:3], int(match["y1"]))
    return _row(list(_filled(tokens, 0)))


def han_series(match: re.Match[str], year: int, _language: str) -> When | None:
    """A row of days in Chinese: year, month and day in this order, each said once."""
    return _row(list(_filled([_read(token) for token in _HAN_TOKEN.finditer(match[0])], year)))


def _read(token: re.Match[str]) -> _Token:
    told = token.groupdict()
    return bool(told["to"]), told["day"], month_number(told["month"]), int(told.get("year") or 0)


def _filled(tokens: list[_Token], year: int) -> Iterator[tuple[bool, date | None]]:
    """Each day in full, what it does not say from the one before it in this order; over New Year the year changes."""
    month = 0
    for number, (ends, day, own_month, own_year) in enumerate(tokens):
        if own_month and not own_year and month and number:
            later = own_month - month
            year += 1 if later < -6 else -1 if later > 6 else 0
        month, year = own_month or month, own_year or year
        yield ends, day_of(year, month, day) if month and year else None


def _row(days: list[tuple[bool, date | None]]) -> When | None:
    """One time for all; None where a day does not exist or one is before the day that it follows."""
    stretches: list[tuple[date, date]] = []
    for ends, day in days:
        if day is None or (stretches and day <= stretches[-1][1]):
            return None
        if ends and stretches:
            stretches[-1] = (stretches[-1][0], day)
        else:
            stretches.append((day, day))
    if not stretches:
        return None
    first, last = stretches[0][0], stretches[-1][1]
    if all(after[0] - before[1] <= timedelta(days=1) for before, after in zip(stretches, stretches[1:], strict=False)):
        return When("fixed", "day", first, last, first, last)
    return When("fixed", "several-dates", None, None, first, last)
