"""The names of months in six languages, and the pieces of pattern that days are written with."""

from __future__ import annotations

import re
from datetime import date

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
MONTH = "(?:" + "|".join(sorted(_NUMBER, key=lambda name: (-len(name), name))) + r")(?![A-Za-zÀ-ÿ])\.?"
DAY = r"\d{1,2}(?:er|º|st|nd|rd|th|-е)?(?!\d)"
YEAR = r"(?:19|20)\d{2}(?!\d)"
OF = r"(?:\s+(?:de|del|of))?"
TO = r"\s*(?:-|to|until|through|au|al|à|a|по|до|إلى)\s*(?:the\s+|le\s+|el\s+)?"
AND = r"\s*(?:,|and|et|y|e|и|و|&)\s*"
OPEN = r"(?<![\w/])"


def month_number(text: str | None) -> int:
    """1 to 12 for a name of a month or its figure; a figure beyond stays as it is, 0 is for what is neither."""
    plain = (text or "").lower().rstrip(".")
    return int(plain) if plain.isascii() and plain.isdigit() else _NUMBER.get(plain, 0)


def day_of(year: int, month: int, day: str) -> date | None:
    """The day, or None where there is no such day."""
    try:
        return date(year, month, int(re.match(r"\d+", day)[0]))  # type: ignore[index]
    except ValueError:
        return None
