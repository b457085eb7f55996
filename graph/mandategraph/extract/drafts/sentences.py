"""Sentences that say of a meeting, named by body and number, when it was or will be held.

One that was put off has the time that was meant at first and the new one, one that was resumed has two; all are told, the
sentence after may go on with `It will now take place …`. A time is the meeting's where a word for holding it stands
before, and no other meeting in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mandategraph.extract.drafts.naming import Naming
from mandategraph.extract.drafts.passage import NAME, Draft, Passage
from mandategraph.extract.drafts.places import read_place
from mandategraph.extract.drafts.when import Stated, find_whens
from mandategraph.extract.names import Mention, body_and_ordinal
from mandategraph.model.records import MeetingRecord, ScheduleRecord
from mandategraph.read.parts import Part
from mandategraph.read.text import quote

_SENTENCE = re.compile(r"(?:[^.。;；]|\.(?=[A-Z]{1,3}\b\.)|\.(?=\S))+[.。;；]?")
_BEFORE = 40
"""So far before the end of its name the word for holding a meeting may stand: `s'est tenue la troisième réunion`."""
_APART = 90
"""Further from its verb a time belongs to something else."""
_JOINS = re.compile(r"[;.]|\b(?:and|to|pour|et|para|y|with|avec|con)\b")


@dataclass(frozen=True)
class _Told:
    """A time of a meeting, whether planned or held, and the words that may name the place."""

    time: Stated
    phase: str
    where: str


def read_sentences(draft: Draft, part: Part) -> None:
    """Keep each meeting and time that the sentences of a part tell."""
    passage, naming = Passage(part), draft.naming_at(part.path)
    subject, count = None, 0
    for sentence in _SENTENCE.finditer(passage.text):
        words, start = sentence[0], sentence.start()
        meeting = _only_meeting(words, start, naming)
        goes_on = naming.words.said["it"].match(words.lstrip()) if subject and not naming.meetings(words) else None
        about = meeting or (subject if goes_on else None)
        if not about:
            subject = None
            _list_unread(draft, passage, sentence, naming)
            continue
        told = list(_told(words, about.end - start if meeting else 0, naming))
        again = naming.words.said["held_again"].search(words)
        for one in told:
            count += 1
            _keep(draft, passage, f"{part.path}.{count}", about, one, start)
        subject = about if told or again else None


def _list_unread(draft: Draft, passage: Passage, sentence: re.Match[str], naming: Naming) -> None:
    """List the time of a meeting that is told of without a body that we know: `A workshop took place in Suva in May 2027`."""
    words, said = sentence[0], naming.words.said
    times = find_whens(words, naming.words)
    held = said["planned"].search(words) or said["held"].search(words)
    if times and held and _other_meeting(words, naming) and not naming.meetings(words):
        draft.unknown(passage.evidence(sentence.start() + times[0].start, sentence.start() + times[0].end))


def _only_meeting(words: str, start: int, naming: Naming) -> Mention | None:
    """The one meeting that a sentence names, at its place in the whole text."""
    named = naming.meetings(words)
    return Mention(named[0].ref, start + named[0].start, start + named[0].end) if len(named) == 1 else None


def _told(words: str, after: int, naming: Naming) -> Iterator[_Told]:
    """The times of the meeting whose name ends at `after`; a second one only where it was put off, or held in parts."""
    times = find_whens(words, naming.words)
    if len(times) > 1 and not naming.words.said["held_again"].search(words):
        return
    if naming.words.language == "zh":
        yield from _told_in_chinese(words, times, naming)
        return
    at = max(0, after - _BEFORE)
    for number, time in enumerate(times):
        verb = _verb(words, at, time.start, naming)
        if verb and not _other_meeting(words[max(after, at) : verb[1]], naming) and time.start - verb[1] <= _APART:
            until = times[number + 1].start if number + 1 < len(times) else len(words)
            yield _Told(time, verb[2], _where(words[verb[1] : time.start], words[time.end : until], naming))
        elif number == 0:
            return
        at = time.end


def _verb(words: str, start: int, end: int, naming: Naming) -> tuple[int, int, str] | None:
    """The last word for holding a meeting between two positions; in `to be held in` it is one of planning."""
    said = naming.words.said
    planned = [(match.start(), match.end(), "planned") for match in said["planned"].finditer(words, start, end)]
    held = [
        (match.start(), match.end(), "held")
        for match in said["held"].finditer(words, start, end)
        if not any(match.start() < last and first < match.end() for first, last, _ in planned)
    ]
    return max((*planned, *held), default=None)


def _other_meeting(between: str, naming: Naming) -> bool:
    """Whether another meeting than that of the sentence is spoken of before the verb: `a workshop to be held in`."""
    plain = re.sub(r"\([^()]*\)", " ", between)
    words = naming.words.said["meeting_words"].pattern
    whole = rf"(?:{words})" if naming.words.language == "zh" else rf"(?<!\w)(?:{words})(?:s|es|x)?(?!\w)"
    return bool(re.search(whole, plain, re.IGNORECASE))


def _where(between: str, after: str, naming: Naming) -> str:
    """The words that name the place: those between verb and time, or those after the time."""
    after = re.sub(r"^\s*,?\s*(?:in|at|à|en)\s+", "", _JOINS.split(after)[0])
    for words in (between, after):
        if read_place(words, naming).refs or naming.words.said["online"].search(words):
            return words
    return ""


def _told_in_chinese(words: str, times: list[Stated], naming: Naming) -> Iterator[_Told]:
    """In Chinese the place stands before the verb, and each time of several has a clause between commas."""
    said = naming.words.said
    commas = [0, *(match.end() for match in re.finditer(r"[,，]", words)), len(words)]
    for time in times:
        start = max(one for one in commas if one <= time.start) if len(times) > 1 else 0
        end = min(one for one in commas if one >= time.end) if len(times) > 1 else len(words)
        planned = said["planned"].search(words, start, end)
        if not (planned or said["held"].search(words, start, end)):
            continue
        where = re.compile(r"在(?P<where>[^,，。在]{2,12}?)(?:举行|召开)").search(words, start, end)
        online = said["online"].search(words, start, end)
        place = where["where"] if where else online[0] if online else ""
        yield _Told(time, "planned" if planned else "held", place)


def _keep(draft: Draft, passage: Passage, identifier: str, meeting: Mention, told: _Told, start: int) -> None:
    naming = draft.naming_at(passage.part.path)
    name = (meeting.start, meeting.end)
    body, ordinal = body_and_ordinal(meeting.ref) if re.search(r"-\d+$", meeting.ref) else ("", 0)
    record = MeetingRecord(
        meeting.ref, quote(passage.written(*name)), passage.evidence(*name), body, ordinal, (), "", identifier
    )
    draft.add("meetings", record, id=(NAME, "a body and a number"))
    place = read_place(told.where, naming)
    when = (start + told.time.start, start + told.time.end)
    schedule = ScheduleRecord(
        identifier, meeting.ref, told.phase, told.time.when, quote(passage.written(*when)), passage.evidence(*when), place.refs,
        "given" if place.refs else "not-stated", place.mode,
    )  # fmt: skip
    draft.add("schedules", schedule, when=(NAME, "the time beside a word for `held`"))
