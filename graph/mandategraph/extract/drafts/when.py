"""Times of every shape in a text: days and ranges, months and longer spells, alternatives, to be confirmed or determined.

Kept as precise as the words and no more; a day that does not exist is no date. Months are known in six languages.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mandategraph.extract.drafts.spells import HALF, QUARTER, YEAR, half, quarter, year
from mandategraph.extract.drafts.wording import Wording
from mandategraph.model import When

_MONTHS = {
    1: "january jan janvier janv enero ene января январь يناير", 2: "february feb février fevrier févr febrero февраля февраль فبراير",
    3: "march mar mars marzo марта март مارس", 4: "april apr avril avr abril abr апреля апрель أبريل",
    5: "may mai mayo мая май مايو", 6: "june jun juin junio июня июнь يونيه يونيو",
    7: "july jul juillet juil julio июля июль يوليه يوليو", 8: "august aug août aout agosto ago августа август أغسطس",
    9: "september sept sep septembre septiembre setiembre сентября сентябрь سبتمبر",
    10: "october oct octobre octubre октября октябрь أكتوبر", 11: "november nov novembre noviembre ноября ноябрь نوفمبر",
    12: "december dec décembre déc decembre diciembre dic декабря декабрь ديسمبر",
}  # fmt: skip
_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()}
_M = "(?:" + "|".join(sorted(_NUMBER, key=lambda name: (-len(name), name))) + r")(?![A-Za-zÀ-ÿ])\.?"
_D = r"\d{1,2}(?:er|º|st|nd|rd|th|-е)?(?!\d)"
_Y = r"(?:19|20)\d{2}(?!\d)"
_OF = r"(?:\s+(?:de|del|of))?"
_TO = r"\s*(?:-|to|until|through|au|al|à|a|по|до|إلى)\s*(?:the\s+|le\s+|el\s+)?"
_AND = r"\s*(?:,|and|et|y|e|и|و|&)\s*"
_OR = r"\s+(?:or|ou|o|или|أو)\s+(?:en\s+)?"
_OPEN = r"(?<![\w/])"
_DAYS = re.compile(
    rf"{_OPEN}(?P<d1>{_D})(?:{_OF}\s+(?P<m1>{_M})(?:,?{_OF}\s+(?P<y1>{_Y}))?)?"
    rf"(?:(?P<to>{_TO})|(?P<and>{_AND}))(?P<d2>{_D}){_OF}\s+(?P<m2>{_M})(?:,?{_OF}\s+(?P<y2>{_Y}))?",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"{_OPEN}(?P<d1>{_D}),\s*(?P<more>{_D}(?:,\s*{_D})*),?\s*(?:and|et|y)\s+(?P<d2>{_D}){_OF}\s+(?P<m2>{_M}){_OF}\s+(?P<y2>{_Y})",
    re.IGNORECASE,
)
_DAY = re.compile(rf"{_OPEN}(?P<d1>{_D}){_OF}\s+(?P<m1>{_M})(?:,?{_OF}\s+(?P<y1>{_Y}))?", re.IGNORECASE)
_AMERICAN = re.compile(
    rf"{_OPEN}(?P<m1>{_M})\s+(?P<d1>{_D})(?:{_TO}(?:(?P<m2>{_M})\s+)?(?P<d2>{_D}))?,?\s+(?P<y1>{_Y})", re.IGNORECASE
)
_MONTH = re.compile(
    rf"{_OPEN}(?P<m1>{_M})(?:{_OF}\s+(?P<y1>{_Y}))?(?:(?:(?P<or>{_OR})|(?P<to>{_TO}|{_AND}))(?P<m2>{_M}))?,?{_OF}\s+(?P<y2>{_Y})",
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"{_OPEN}(?P<y1>{_Y})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})(?:\s*(?:/|to|-|au|al)\s*(?P<y2>{_Y})-(?P<m2>\d{{2}})-(?P<d2>\d{{2}}))?"
)
_SLASHED = re.compile(rf"{_OPEN}(?P<d1>\d{{1,2}})[/.](?P<m1>\d{{1,2}})[/.](?P<y1>{_Y})(?!/)")
_Z = r"\s*"
_HAN_DAYS = re.compile(
    rf"(?:(?P<y1>{_Y}){_Z}年{_Z})?(?P<m1>\d{{1,2}}){_Z}月{_Z}(?P<d1>\d{{1,2}}){_Z}日?"
    rf"(?:{_Z}(?:(?P<to>至|到|-|~)|(?P<and>和|、)){_Z}(?:(?P<y2>{_Y}){_Z}年{_Z})?(?:(?P<m2>\d{{1,2}}){_Z}月{_Z})?(?P<d2>\d{{1,2}}){_Z}日)?"
)
_HAN_MONTH = re.compile(
    rf"(?P<y1>{_Y}){_Z}年{_Z}(?P<m1>\d{{1,2}}){_Z}月份?(?:{_Z}(?:(?P<or>或)|(?P<to>至|-|和)){_Z}(?P<m2>\d{{1,2}}){_Z}月)?(?!{_Z}\d{{1,2}}{_Z}日)"
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
    after = re.compile(r"[\s,;]*" + words.said["tentative"].pattern, re.IGNORECASE).match(text, one.end)
    if after:
        return Stated(replace(one.when, status="to-be-confirmed"), one.start, after.end())
    return one


def _days(match: re.Match[str], year: int, language: str) -> When | None:
    parts = match.groupdict()
    last_month = _month(parts.get("m2") or parts["m1"])
    first_month = _month(parts.get("m1") or parts.get("m2"))
    last_year = int(parts.get("y2") or parts.get("y1") or year)
    first_year = int(parts.get("y1") or last_year)
    if not last_year:
        return None
    if not parts.get("y1") and parts.get("y2") and first_month > last_month:
        first_year = last_year - 1
    if not parts.get("y2") and parts.get("y1") and parts.get("d2") and first_month > last_month:
        last_year += 1
    first = _date(first_year, first_month, parts["d1"])
    last = _date(last_year, last_month, parts["d2"]) if parts.get("d2") else first
    if first is None or last is None or first > last:
        return None
    if parts.get("and") and last - first > timedelta(days=1):
        return When("fixed", "several-dates", None, None, first, last)
    return When("fixed", "day", first, last, first, last)


def _listed(match: re.Match[str], year: int, language: str) -> When | None:
    first = _date(int(match["y2"]), _month(match["m2"]), match["d1"])
    last = _date(int(match["y2"]), _month(match["m2"]), match["d2"])
    return When("fixed", "several-dates", None, None, first, last) if first and last and first <= last else None


def _months(match: re.Match[str], year: int, language: str) -> When | None:
    parts = match.groupdict()
    first, last = _month(parts["m1"]), _month(parts.get("m2") or parts["m1"])
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


def _month(text: str | None) -> int:
    plain = (text or "").lower().rstrip(".")
    return int(plain) if plain.isascii() and plain.isdigit() else _NUMBER.get(plain, 0)


def _date(year: int, month: int, day: str) -> date | None:
    try:
        return date(year, month, int(re.match(r"\d+", day)[0]))  # type: ignore[index]
    except ValueError:
        return None


_READERS: tuple[tuple[re.Pattern[str], Callable[..., When | None]], ...] = (
    (QUARTER, quarter), (HALF, half), (_ISO, _days), (_HAN_DAYS, _days),
    (_LISTED, _listed), (_DAYS, _days), (_AMERICAN, _days), (_DAY, _days), (_SLASHED, _slashed),
    (_HAN_MONTH, _months), (_MONTH, _months),
)  # fmt: skip
