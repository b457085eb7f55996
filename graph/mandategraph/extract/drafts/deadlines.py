"""By when: days that an act gives, and rules that count from a meeting.

A deadline that is less precise than a day ("by June 2020") has no day; its words are listed as not understood, unless
they say which end of the month or year they mean.
"""

from __future__ import annotations

import re
from datetime import date

from mandategraph.extract.drafts.passage import NAME, Draft, Passage
from mandategraph.extract.drafts.when import find_whens
from mandategraph.model.paragraph_records import DeadlineRecord

_HAN_WEEKS = re.compile(
    r"(?P<point>开幕|闭幕)?(?P<number>[一二三四五六七八九十\d]+)\s*(?P<unit>天|日|个?星期|个?周)(?:之)?前"
)
_HAN_BEFORE = re.compile(r"(?:开幕|召开|举行)?(?:之前|以前|前)")
_YEAR = re.compile(r"(?<![\w/])(?:19|20)\d{2}(?!\d)")
_HAN_YEAR_END = re.compile(r"\s*年(?:年底|底|年末|末)(?:之?前|以前)")


def deadlines_in(draft: Draft, passage: Passage, clause: str, start: int, end: int) -> tuple[str, ...]:
    """Keep the deadlines that stand between two positions of a passage; returns their identifiers."""
    found = [
        *_days(draft, passage, start, end), *_years(draft, passage, start, end), *_rules(draft, passage, start, end)
    ]  # fmt: skip
    names = []
    for number, (record, _) in enumerate(sorted(found, key=lambda one: one[1]), 1):
        identifier = f"{clause}.deadline-{number}"
        kept = DeadlineRecord(
            identifier, record.kind, record.evidence, record.due, record.anchor, record.point, record.days
        )
        draft.add("deadlines", kept, due=(NAME, "a time after a word for `by` or `before`"))
        names.append(identifier)
    return tuple(names)


def _days(draft: Draft, passage: Passage, start: int, end: int) -> list[tuple[DeadlineRecord, int]]:
    words, text, found = draft.words, passage.text, []
    for one in find_whens(text, words):
        if not start <= one.start < end:
            continue
        before = text[max(start, one.start - 60) : one.start]
        last = words.said["end_of"].search(before) if words.said["end_of"].pattern != "(?!)" else None
        lead = before[: last.start()] if last else before
        asked = words.said["deadline_before"].search(lead)
        if words.language == "zh":
            after = words.said["deadline_after"].match(text[one.end : one.end + 3])
            asked = asked if asked and (after or asked[0].strip() in ("至迟", "不迟于")) else after
        if not asked:
            continue
        single = one.when.start is not None and one.when.start == one.when.end
        due = one.when.start if single else one.when.latest if last else None
        begin = max(start, one.start - len(before)) + (asked.start() if words.language != "zh" else len(before))
        proof = passage.evidence(begin, one.end)
        if due:
            found.append((DeadlineRecord("", "date", proof, due), one.start))
        else:
            draft.unknown(proof)
    return found


def _years(draft: Draft, passage: Passage, start: int, end: int) -> list[tuple[DeadlineRecord, int]]:
    """`by the end of 2027`, 2027年底前: the last day of the year. A year alone has no day and is listed."""
    said, text, found = draft.words.said, passage.text, []
    for match in _YEAR.finditer(text, start, end):
        if draft.words.language == "zh":
            asked = _HAN_YEAR_END.match(text, match.end(), end)
            begin, until = match.start(), asked.end() if asked else 0
        else:
            before = text[max(start, match.start() - 60) : match.start()]
            last = said["end_of"].search(before)
            asked = said["deadline_before"].search(before[: last.start()]) if last else None
            begin, until = match.start() - len(before) + (asked.start() if asked else 0), match.end()
        if asked:
            proof = passage.evidence(begin, until)
            found.append((DeadlineRecord("", "date", proof, date(int(match[0][:4]), 12, 31)), match.start()))
    return found


def _rules(draft: Draft, passage: Passage, start: int, end: int) -> list[tuple[DeadlineRecord, int]]:
    words, text, found = draft.words, passage.text, []
    naming = draft.naming_at(passage.part.path)
    for meeting in (*naming.meetings(text), *naming.meetings_of_its(text)):
        if not start <= meeting.start < end:
            continue
        if words.language == "zh":
            found += _chinese(draft, passage, meeting.ref, meeting.start, meeting.end)
            continue
        before = text[max(start, meeting.start - 90) : meeting.start]
        for key, sign in (("offset", -1), ("offset_after", 1)):
            match = _at_end(words.said[key], before)
            number = words.number(match["number"]) if match else 0
            if match and number:
                days = sign * number * _unit(words.units, match["unit"])
                point = _point(words.said["closing"], match["point"], "opening" if sign < 0 else "closing")
                proof = passage.evidence(meeting.start - len(before) + match.start(), meeting.end)
                found.append((DeadlineRecord("", "rule", proof, None, meeting.ref, point, days), meeting.start))
                break
        else:
            match = words.said["before_meeting"].search(before)
            if match and match.end() == len(before):
                point = _point(words.said["closing"], match["point"], "opening")
                proof = passage.evidence(meeting.start - len(before) + match.start(), meeting.end)
                found.append((DeadlineRecord("", "rule", proof, None, meeting.ref, point, 0), meeting.start))
    return found


def _at_end(pattern: re.Pattern[str], before: str) -> re.Match[str] | None:
    """The last match that reaches to the end, an article aside."""
    tail = re.compile(rf"(?:{pattern.pattern})(?:the\s+|la\s+|le\s+|el\s+)?$", re.IGNORECASE)
    return tail.search(before)


def _unit(units: dict[str, int], written: str) -> int:
    return next((days for unit, days in units.items() if re.fullmatch(unit, written, re.IGNORECASE)), 1)


def _point(closing: re.Pattern[str], written: str | None, default: str) -> str:
    if not written:
        return default
    return "closing" if closing.search(written) else "opening"


def _chinese(draft: Draft, passage: Passage, ref: str, start: int, end: int) -> list[tuple[DeadlineRecord, int]]:
    weeks = _HAN_WEEKS.match(passage.text, end)
    if weeks:
        number = draft.words.number(weeks["number"])
        days = -number * (7 if "周" in weeks["unit"] or "星期" in weeks["unit"] else 1)
        point = "closing" if weeks["point"] == "闭幕" else "opening"
        return [(DeadlineRecord("", "rule", passage.evidence(start, weeks.end()), None, ref, point, days), start)]
    before = _HAN_BEFORE.match(passage.text, end)
    if before:
        return [(DeadlineRecord("", "rule", passage.evidence(start, before.end()), None, ref, "opening", 0), start)]
    return []
