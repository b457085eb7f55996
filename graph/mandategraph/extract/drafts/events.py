"""Meetings outside tables: lists whose items give dates; `sentences` reads those of running text.

An item of a list is a meeting where it has a time, and a name with a word for a meeting in it or words before the list
that say that meetings follow.
"""

from __future__ import annotations

import re
from datetime import date

from mandategraph.extract.drafts.passage import NAME, POSITION, Draft, Passage
from mandategraph.extract.drafts.places import read_place, split_place
from mandategraph.extract.drafts.sentences import read_sentences
from mandategraph.extract.drafts.when import Stated, find_whens, undetermined
from mandategraph.extract.names import body_and_ordinal
from mandategraph.model.records import ClassificationRecord, MeetingRecord, ScheduleRecord, When
from mandategraph.read.parts import Part
from mandategraph.read.text import quote

_TAIL = re.compile(
    r"(?:[\s,;:(\[–-]|\b(?:from|on|held|in|en|au|du|le|les|del|el|los|tenue?|celebrad[ao]|(?:to\s+be\s+)?held)\s*)+$",
    re.I,
)
_CODE = re.compile(r"\(\s*([A-Z][A-Za-z0-9()]*(?:-[A-Za-z0-9]+)+)\s*\)")
_ITEMS = ("SubParagraph", "Item")


class Events:
    """Reads the lists and sentences of a draft. `day` is that of the document: what lies before it has been held."""

    def __init__(self, draft: Draft, phase: str, day: date | None) -> None:
        self.draft = draft
        self.phase = phase
        self.day = day
        self.words = draft.words
        self.word = re.compile(rf"(?<![A-Za-zÀ-ÿ])(?:{self.words.said['meeting_words'].pattern})", re.IGNORECASE)

    def read(self) -> None:
        acts = {clause.place for clause in self.draft.of("clauses")}
        listed = set()
        for part in self.draft.tree.of_kind(*_ITEMS):
            if part.path not in acts and self._item(part):
                listed.add(part.path)
        for part in self.draft.tree.of_kind("Paragraph", *_ITEMS):
            if part.kind == "Paragraph" or (part.path not in acts and part.path not in listed):
                read_sentences(self.draft, part)

    def _item(self, part: Part) -> bool:
        """Whether an item of a list is a meeting with its time; it is kept then."""
        passage = Passage(part)
        times = find_whens(passage.text, self.words)
        name_end = times[0].start if times else self._open_end(passage.text)
        if name_end < 4:
            return False
        name = _TAIL.sub("", passage.text[:name_end]).strip(" ,;:-")
        if not (self.word.search(name) or self._led(part)) or len(name) > 400 or re.search(r"[.;。；]\s", name):
            return False
        short, before = split_place(name, self.draft.naming)
        name, before = (name, "") if self.word.search(before) else (short, before)
        named = [m for m in self.draft.naming_at(part.path).meetings(name) if m.end - m.start > 0.6 * len(name)]
        ref = named[0].ref if named else f"meeting:{self.draft.handle}.{part.path}"
        start = passage.text.find(name)
        self._meeting(part, passage, ref, name, start, bool(named))
        if times:
            self._schedule(part.path, passage, ref, times, before, self._phase(part, times))
        else:
            proof = passage.evidence(name_end, len(passage.text))
            record = ScheduleRecord(
                part.path, ref, "planned", When("to-be-determined", "none"), quote(passage.written(name_end, len(passage.text))),
                proof, (), "to-be-determined" if self.words.said["place_undetermined"].search(passage.text) else "not-stated",
            )  # fmt: skip
            self.draft.add("schedules", record, when=(NAME, "words that leave the time open"))
        return True

    def _led(self, part: Part) -> bool:
        """Whether the words before a list say that what it lists are meetings: `the following workshops were held:`."""
        above = self.draft.tree.parts.get(part.parent)
        text = Passage(above).text.rstrip() if above else ""
        return text.endswith(":") and bool(
            self.words.said["meetings_follow"].search(re.split(r"[.;。；]\s*", text)[-1])
        )

    def _open_end(self, text: str) -> int:
        """Where an item says that its time is still to be determined."""
        match = self.words.said["undetermined"].search(text)
        return match.start() if match and undetermined(text, self.words) else 0

    def _meeting(self, part: Part, passage: Passage, ref: str, name: str, start: int, known: bool) -> None:
        body, ordinal = body_and_ordinal(ref) if known and re.search(r"-\d+$", ref) else ("", 0)
        code = _CODE.search(passage.text)
        written = _CODE.sub("", passage.part.text[start : start + len(name)]).strip()
        record = MeetingRecord(
            ref, quote(written), passage.evidence(start, start + len(name)), body, ordinal, (code[1],) if code else (), "",
            part.path,
        )  # fmt: skip
        self.draft.add("meetings", record, id=(NAME if known else POSITION, "the words before the time"))
        kind = "" if known else self.draft.naming.kind(name)
        if kind:
            evidence = record.evidence
            self.draft.add(
                "classifications", ClassificationRecord(f"{part.path}.kind-1", ref, kind, quote(written), evidence),
                type=(NAME, "a word for a kind of meeting in its name"),
            )  # fmt: skip

    def _schedule(
        self, identifier: str, passage: Passage, ref: str, times: list[Stated], before: str, phase: str
    ) -> None:
        first, last = times[0], times[-1]
        when = first.when
        if len(times) > 1:
            bounds = [one.when for one in times if one.when.earliest and one.when.latest]
            when = When(
                when.status, "several-dates", None, None, min(one.earliest for one in bounds if one.earliest),
                max(one.latest for one in bounds if one.latest),
            )  # fmt: skip
        after = passage.text[last.end :]
        stop = re.search(r"[;；。]|\.\s|\.$|\)\s*$", after)
        after = after[: stop.start()] if stop else after
        place = read_place(f"{before}, {_CODE.sub('', after)}" if before else _CODE.sub("", after), self.draft.naming)
        online = self.words.said["online"].search(passage.text[last.end :]) and not place.refs
        if place.unknown:
            self.draft.unknown(passage.evidence(last.end, last.end + len(after)))
        status = "given" if place.refs else "to-be-determined" if place.undetermined else "not-stated"
        record = ScheduleRecord(
            identifier, ref, phase, when, quote(passage.written(first.start, last.end)), passage.evidence(first.start, last.end),
            place.refs, status, "online" if online else place.mode,
        )  # fmt: skip
        self.draft.add("schedules", record, when=(NAME, "the time of the item"), places=(NAME, "the words beside it"))

    def _phase(self, part: Part, times: list[Stated]) -> str:
        """Held or planned, by the words of the item, those that lead to its list, or the day of the document."""
        if any(one.when.status != "fixed" for one in times):
            return "planned"
        above = self.draft.tree.parts.get(part.parent)
        for text in (Passage(part).text, Passage(above).text if above else ""):
            if self.words.said["planned"].search(text):
                return "planned"
            if self.words.said["held"].search(text):
                return "held"
        last = times[-1].when.latest
        return "held" if self.day and last and last < self.day else self.phase
