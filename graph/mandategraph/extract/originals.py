"""What was planned before: footnotes that tell the first plan of an event, and why it came otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.extract.dates import read_when
from mandategraph.model.records import When
from mandategraph.read.text import fold

_PLAN = r"原定(?P<when>\d{4}年\d{1,2}月[\d月日至-]*)在(?P<place>[^,。]+?)举行的(?P<name>[^,。]+?)"
_REPLACED = re.compile(rf"取代了{_PLAN},因为(?P<reason>[^,。]+)")
_POSTPONED = re.compile(rf"{_PLAN}因(?P<reason>[^,。]+?)而推迟")


@dataclass(frozen=True)
class Original:
    """A first plan. `kind` is replaced (by the event of the footnote) or postponed; all words are folded."""

    kind: str
    when: When
    place: str
    name: str
    words: str
    reason: str

    @property
    def pandemic(self) -> bool:
        return "大流行病" in self.reason


def read_original(text: str) -> Original | None:
    """The first plan that a footnote tells, or None."""
    folded = fold(text)
    for kind, pattern in (("replaced", _REPLACED), ("postponed", _POSTPONED)):
        match = pattern.search(folded)
        if match:
            when, _ = read_when(match["when"])
            words = f"{match['when']}在{match['place']}"
            return Original(kind, when, match["place"], match["name"], words, match["reason"])
    return None
