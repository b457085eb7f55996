"""Days that a question names: ``2020-07-27``, ``27 July 2020``, ``July 27, 2020``, ``2020年7月27日``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"(?<![0-9-])(?:(?P<y1>[0-9]{{4}})-(?P<m1>[0-9]{{2}})-(?P<d1>[0-9]{{2}})(?![0-9-])"
    rf"|(?P<y2>[0-9]{{4}})\s*年\s*(?P<m2>[0-9]{{1,2}})\s*月\s*(?P<d2>[0-9]{{1,2}})\s*日"
    rf"|(?P<d3>[0-9]{{1,2}})\s+(?P<m3>{_MONTH})\s+(?P<y3>[0-9]{{4}})\b"
    rf"|\b(?P<m4>{_MONTH})\s+(?P<d4>[0-9]{{1,2}}),?\s+(?P<y4>[0-9]{{4}})\b)",
    re.IGNORECASE,
)


def days_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each day of the calendar stands in a text: start, end and the day as ISO 8601 writes it."""
    for found in _DAY.finditer(text):
        year, month, day = (next(found[f"{part}{form}"] for form in "1234" if found[f"{part}{form}"]) for part in "ymd")
        number = int(month) if month.isdecimal() else _MONTHS.index(month.casefold()) + 1
        try:
            yield found.start(), found.end(), date(int(year), number, int(day)).isoformat()
        except ValueError:
            continue  # 30 February is no day; the words stay as they are
