"""Meetings that a note tells of in running text: held at a place, held online, informal sessions, a summit.

Each wording is one rule; a paragraph to which none applies tells of no meeting.
"""

from __future__ import annotations

import re

from mandategraph.extract.addresses import addresses, meeting_code, meeting_of, pieces
from mandategraph.extract.agenda import Item, agenda_items, subjects
from mandategraph.extract.names import body_and_ordinal
from mandategraph.extract.overview import Overview
from mandategraph.extract.partners import Actors, supporters
from mandategraph.extract.spans import DateRange, find_spans
from mandategraph.model.event_records import PreparationRecord, TreatmentRecord
from mandategraph.model.evidence import Evidence
from mandategraph.model.paragraph_records import ParticipationRecord
from mandategraph.model.records import ContributionRecord, MeetingRecord, ScheduleRecord, When
from mandategraph.model.references import Ref
from mandategraph.read.parts import Part
from mandategraph.read.text import fold_with_offsets, quote

_HELD = re.compile(r"(?P<body>[^,。]{3,60}?)在(?P<place>[^,。]{2,12}?)举行(?P<number>第[一二三四五六七八九十]+次会议)")
_HELD_WHICH = re.compile(r"在(?P<place>[^,。]{2,12}?)举行的")
_INFORMAL = re.compile(r"举行了两次(?P<kind>非正式虚拟会议),分别为(?P<list>[^,。]+)做准备")
_FORMAL = re.compile(r"举行(?P<list>[^,。]+?)的(?P<kind>正式在线会议)")
_SUMMIT = re.compile(r"(?P<convener>[^,。]{3,20}?)召开了[^,。]*?(?P<name>联合国生物多样性峰会)")
_PASSED_ON = re.compile(r"[^,。]*?主席已将这些会议的(?P<what>成果)传达(?P<to>[^,。]+)")
_PASSED_ON_NOTE = (
    "the text says that the chairs passed the outcomes of these meetings to the office; "
    "that each item put first is among them, and for the meeting of the body named beside it, is our reading"
)
CONSULTATIONS = "meeting:POST2020-CONSULTATIONS"
_BEFOREHAND = "an informal session, before the formal one whose days are those of the meeting"


class Running:
    """Reads the paragraphs of a note; the results go to the lists of its overview."""

    def __init__(self, overview: Overview) -> None:
        self.overview = overview
        self.actors = Actors(overview.register)

    def read(self) -> None:
        for part in self.overview.tree.of_kind("Paragraph"):
            if part.parent.startswith("section-"):
                _Running(self, part).read()


class _Running:
    def __init__(self, room: Running, part: Part) -> None:
        self.overview = room.overview
        self.actors = room.actors
        self.part = part
        self.folded, self.offsets = fold_with_offsets(part.text)

    def read(self) -> None:
        for span in find_spans(self.folded):
            self._held(span)
        self._informal()
        self._formal()
        self._supported()

    def _held(self, span: DateRange) -> None:
        """A meeting held on days and at a place that stand before it, or a summit called on a day."""
        match = _HELD.match(self.folded, span.end)
        which = _HELD_WHICH.match(self.folded, span.end)
        summit = _SUMMIT.match(self.folded, span.end)
        if match:
            named = self.overview.namer.meetings(match["body"] + match["number"])
            self._numbered(
                span, named[0].ref, self._written(match.start("number"), match.end("number")), match["place"]
            )
        elif which:
            for mention in self.overview.namer.meetings(self.folded):
                if mention.start == which.end():
                    self._numbered(span, mention.ref, self._written(mention.start, mention.end), which["place"])
        elif summit:
            self._summit(span, summit)

    def _numbered(self, span: DateRange, ref: str, words: str, place: str) -> None:
        at = f"{self.part.path}.{sum(m.at.startswith(self.part.path + '.') for m in self.overview.meetings) + 1}"
        address = self._page_of(ref)
        page, codes = (pieces(address), (meeting_code(address),)) if address else ((), ())
        body, ordinal = body_and_ordinal(ref)
        proof = self._evidence(words)
        self.overview.meetings.append(MeetingRecord(ref, words, (proof,), body, ordinal, codes, "", at, page))
        known = self.overview.place(place)
        when = When("fixed", "day", span.first, span.last, span.first, span.last)
        self._schedule(at, ref, when, self._written(span.start, span.end), (known,) if known else (), "in-person")
        if not known:
            self.overview.not_understood.append(self._evidence(place))

    def _page_of(self, meeting: str) -> str:
        for note in self.overview.footnotes(self.part):
            for address in addresses(note.text):
                if meeting_code(address) and meeting_of(meeting_code(address), self.overview.namer) == meeting:
                    self.overview.refer(note, meeting)
                    return address
        return ""

    def _summit(self, span: DateRange, match: re.Match[str]) -> None:
        ref = f"meeting:{self.overview.handle}.{self.part.path}"
        name = self._written(match.start("name"), match.end("name"))
        proof = self._evidence(name)
        self.overview.meetings.append(MeetingRecord(ref, name, (proof,), at=self.part.path))
        self.overview.name(ref, name, "written", proof)
        self.overview.classify(self.part.path, ref, name, proof)
        when = When("fixed", "day", span.first, span.last, span.first, span.last)
        online = "峰会在线举行" in self.folded
        mode = "online" if online else "not-stated"
        self._schedule(self.part.path, ref, when, self._written(span.start, span.end), (), mode)
        known, unknown = self.actors.listed(match["convener"])
        proof = self._evidence(match["convener"])
        self.overview.not_understood += [self._evidence(name) for name in unknown]
        for number, (actor, _) in enumerate(known, 1):
            record = ParticipationRecord(f"{self.part.path}.{number}", actor, ref, "convener", (proof,))
            self.overview.participations.append(record)
        for note in self.overview.footnotes(self.part):
            self.overview.refer(note, ref)

    def _informal(self) -> None:
        """Two informal sessions, each named for the meeting that it prepares, in the order of their dates."""
        match = _INFORMAL.search(self.folded)
        if not match:
            return
        spans = find_spans(self.folded[: match.start()])
        prepared = self.overview.namer.meetings(match["list"])
        for number, (span, mention) in enumerate(zip(spans, prepared, strict=True), 1):
            at = f"{self.part.path}.{number}"
            ref = f"meeting:{self.overview.handle}.{at}"
            kind = self._written(match.start("kind"), match.end("kind"))
            proof = self._evidence(kind)
            self.overview.meetings.append(MeetingRecord(ref, kind, (proof,), part_of=mention.ref, at=at))
            self.overview.classify(at, ref, kind, proof)
            when = When("fixed", "day", span.first, span.last, span.first, span.last)
            self._schedule(at, ref, when, self._written(span.start, span.end), (), "online", _BEFOREHAND)
            self.overview.preparations.append(
                PreparationRecord(
                    at, ref, mention.ref, (self._evidence(self._phrase(match, mention.start, mention.end)),)
                )
            )

    def _phrase(self, match: re.Match[str], start: int, end: int) -> str:
        return self._written(match.start("list") + start, match.start("list") + end)

    def _formal(self) -> None:
        """One range of days for the formal sessions of several meetings: shared, so that none has days of its own."""
        match = _FORMAL.search(self.folded)
        spans = find_spans(self.folded[: match.start()]) if match else []
        if not match or not spans:
            return
        kind = self._written(match.start("kind"), match.end("kind"))
        when = When("fixed", "shared", None, None, spans[-1].first, spans[-1].last)
        held: dict[str, str] = {}
        for number, mention in enumerate(self.overview.namer.meetings(match["list"]), 1):
            at = f"{self.part.path}.{number}"
            body, ordinal = body_and_ordinal(mention.ref)
            held[body] = mention.ref
            words = self._phrase(match, mention.start, mention.end)
            proof = self._evidence(words)
            self.overview.meetings.append(MeetingRecord(mention.ref, words, (proof,), body, ordinal, at=at))
            self.overview.classify(at, mention.ref, kind, self._evidence(kind))
            self._schedule(at, mention.ref, when, self._written(spans[-1].start, spans[-1].end), (), "online")
        items = agenda_items(self.folded, self.overview.namer, held)
        self._prioritised(items)
        self._passed_on(items)

    def _prioritised(self, items: list[Item]) -> None:
        out = self.overview.treatments
        for item in items:
            code = Ref(item.ref).code
            words = quote(item.label)
            proof = (self._evidence(words),)
            record = TreatmentRecord(f"{code}.prioritised", item.meeting, item.ref, words, proof, "prioritised")
            out.append(record)
            for number, (element, named) in enumerate(subjects(item.label, self.overview.register), 1):
                proof = (self._evidence(named),)
                out.append(TreatmentRecord(f"{code}.subject-{number}", item.meeting, element, named, proof))

    def _passed_on(self, items: list[Item]) -> None:
        """What the chairs handed to an office of another body: one contribution for each item put first.

        That it is for the meeting of that body which the paragraph names is our reading, and said to be.
        """
        match = _PASSED_ON.search(self.folded)
        office = dict(self.actors.listed(match["to"])[0] if match else ())
        if not match or not office:
            return
        to = next(iter(office))
        entity = self.overview.register.get(to)
        body = entity.details.get("parent", "") if entity else ""
        meant = [m.ref for m in self.overview.namer.meetings(self.folded) if body_and_ordinal(m.ref)[0] == body]
        proof = self._evidence(self._written(match.start(), match.end()))
        for number, item in enumerate(items, 1):
            chair = f"office:{Ref(body_and_ordinal(item.meeting)[0]).code}-CHAIR"
            self.overview.contributions.append(
                ContributionRecord(
                    f"{self.part.path}.{number}", item.meeting, "named-meeting" if meant else "not-stated", "giver",
                    "done", (proof, self._evidence(item.label)), meant[0] if meant else "", "outcome", match["what"],
                    basis="interpretation", note=_PASSED_ON_NOTE, handed_by=(chair,), received_by=to, item=item.ref,
                )
            )  # fmt: skip

    def _supported(self) -> None:
        found = supporters(self.part.text, self.actors)
        if not found:
            return
        role, opened = found
        self.overview.not_understood += [self._evidence(name) for name in role.unknown]
        for number, (actor, words) in enumerate(role.actors, 1):
            proof = (self._evidence(words), self._evidence(opened))
            self.overview.participations.append(
                ParticipationRecord(
                    f"{self.part.path}.{number}", actor, CONSULTATIONS, "supporter", proof, open_list=True
                )
            )

    def _schedule(
        self, at: str, meeting: str, when: When, words: str, places: tuple[str, ...], mode: str, note: str = ""
    ) -> None:
        status = "given" if places else "not-stated"
        proof = (self._evidence(words),)
        record = ScheduleRecord(at, meeting, "held", when, quote(words), proof, places, status, mode, note=note)
        self.overview.schedules.append(record)

    def _evidence(self, words: str) -> Evidence:
        return Evidence(self.part.path, self.part.line_of(words), quote(words))

    def _written(self, start: int, end: int) -> str:
        return self.part.text[self.offsets[start] : self.offsets[end - 1] + 1]
