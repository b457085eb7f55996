"""By when: days that the text gives, and rules that count from a meeting.

在2019年9月15日前 is a day; 于某次会议开幕六个星期前 a rule; something submitted to the informal meeting of a day is due
on that day; 在某次会议之前 is a rule with no days between.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mandategraph.extract.dates import read_when
from mandategraph.extract.names import Namer
from mandategraph.extract.passages import Passage
from mandategraph.model.paragraph_records import DeadlineRecord
from mandategraph.read.text import chinese_number

_DAY = r"(?P<day>\d{4}年\d{1,2}月\d{1,2}日)"
_BEFORE_DAY = re.compile(rf"在{_DAY}前")
_FOR_MEETING = re.compile(rf"(?:向|提交){_DAY}的[^,。:]*?会议")
_WEEKS_BEFORE = re.compile(
    r"于(?P<meeting>[^,]{2,40}?会议)(?P<point>开幕|闭幕)(?P<number>[一二三四五六七八九十\d]+)个(?:星期|周)前"
)
_BEFORE_MEETING = re.compile(r"在(?P<meeting>[^,]{2,40}?会议)之前")
_POINTS = {"开幕": "opening", "闭幕": "closing"}


class Deadlines:
    """Collects the deadlines of all clauses."""

    def __init__(self, namer: Namer) -> None:
        self.namer = namer
        self.records: list[DeadlineRecord] = []

    def read(self, clause: str, passage: Passage, start: int, end: int) -> tuple[str, ...]:
        """The deadlines set between two positions of a passage; returns their identifiers."""
        found = [*self._days(passage, start, end), *self._rules(passage, start, end)]
        named = [replace(record, id=f"{clause}.deadline-{number}") for number, record in enumerate(found, 1)]
        self.records += named
        return tuple(record.id for record in named)

    def _days(self, passage: Passage, start: int, end: int) -> list[DeadlineRecord]:
        found: list[DeadlineRecord] = []
        for pattern in (_BEFORE_DAY, _FOR_MEETING):
            for match in pattern.finditer(passage.folded, start, end):
                when, _ = read_when(match["day"])
                if when.start:
                    found.append(DeadlineRecord("", "date", passage.evidence(match.start(), match.end()), when.start))
        return found

    def _rules(self, passage: Passage, start: int, end: int) -> list[DeadlineRecord]:
        found: list[DeadlineRecord] = []
        for match in _WEEKS_BEFORE.finditer(passage.folded, start, end):
            days = -7 * chinese_number(match["number"])
            found += self._rule(passage, match, _POINTS[match["point"]], days)
        for match in _BEFORE_MEETING.finditer(passage.folded, start, end):
            found += self._rule(passage, match, "opening", 0)
        return found

    def _rule(self, passage: Passage, match: re.Match[str], point: str, days: int) -> list[DeadlineRecord]:
        named = self.namer.meetings(match["meeting"])
        evidence = passage.evidence(match.start(), match.end())
        return [DeadlineRecord("", "rule", evidence, None, named[0].ref, point, days)] if named else []
