"""Notes that list what was met, consulted and launched: lettered items of the shape "name, when, online or where".

Each item is one event. Where its words give several dates, each is a part of it with a schedule of its own, and the
whole has the outer bounds only. What an item says in its footnotes belongs to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mandategraph.extract.addresses import addresses, meeting_code, meeting_of, notification_of, pieces
from mandategraph.extract.agenda import agenda_items, subjects
from mandategraph.extract.kinds import kinds_of
from mandategraph.extract.names import Namer, body_and_ordinal
from mandategraph.extract.originals import read_original
from mandategraph.extract.partners import Actors, audiences, roles_in
from mandategraph.extract.spans import DateRange, find_spans
from mandategraph.model.event_records import PreparationRecord, ReferenceRecord, StatedChangeRecord, TreatmentRecord
from mandategraph.model.evidence import Evidence
from mandategraph.model.paragraph_records import ParticipationRecord
from mandategraph.model.records import (
    ClassificationRecord,
    ContributionRecord,
    MeetingRecord,
    NameRecord,
    ScheduleRecord,
    When,
)
from mandategraph.model.references import Ref
from mandategraph.model.register import Register
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.text import fold, fold_with_offsets, quote

_NAME_TAIL = re.compile(r"(?:,在线)?,包括$|,[^,]*系列的[^,]*$|[,;、:]$")
_LABEL = re.compile(r"的(?P<of>[^,;。]+)|\((?P<in>[^()]+)\)|在线(?P<at>[^,;。]+)(?=[,;。]|$)")
_AFTER = re.compile(r"[,;。]")
_ANNOUNCED = re.compile(r"以下([^:,。]+):?$")


@dataclass
class Overview:
    """What a note lists; the results stand in its lists."""

    tree: DocumentTree
    namer: Namer
    register: Register
    handle: str
    meetings: list[MeetingRecord] = field(default_factory=list)
    schedules: list[ScheduleRecord] = field(default_factory=list)
    classifications: list[ClassificationRecord] = field(default_factory=list)
    names: list[NameRecord] = field(default_factory=list)
    participations: list[ParticipationRecord] = field(default_factory=list)
    treatments: list[TreatmentRecord] = field(default_factory=list)
    preparations: list[PreparationRecord] = field(default_factory=list)
    references: list[ReferenceRecord] = field(default_factory=list)
    stated_changes: list[StatedChangeRecord] = field(default_factory=list)
    contributions: list[ContributionRecord] = field(default_factory=list)
    not_understood: list[Evidence] = field(default_factory=list)

    def read(self) -> None:
        """Read the lists of every paragraph in the body of the note; a list in an annex is none of its business."""
        for paragraph in self.tree.of_kind("Paragraph"):
            if paragraph.parent.startswith("section-"):
                for item in self.tree.below(paragraph.path):
                    if item.kind == "SubParagraph":
                        _Item(self, paragraph, item).read()

    def place(self, words: str) -> str:
        """The place of the register that the words name, or an empty string."""
        known = (p.ref for p in self.register.of_kind("place") if fold(words) in map(fold, (p.zh, *p.spellings)))
        return next(known, "")

    def name(self, thing: str, spelling: str, kind: str, *evidence: Evidence) -> None:
        """Note a name of a thing, once for each spelling."""
        number = len(self.names) + 1
        self.names.append(NameRecord(f"listed-{number}", thing, spelling, kind, evidence))

    def footnotes(self, part: Part) -> list[Part]:
        return [self.tree.parts[f"footnote-{mark}"] for mark in part.marks]

    def refer(self, note: Part, thing: str) -> None:
        """Note every address in a footnote as one about a thing."""
        for number, address in enumerate(addresses(note.text), 1):
            evidence = Evidence(note.path, note.line_of(address), quote(address))
            self.references.append(
                ReferenceRecord(f"{note.path}.{number}", thing, (evidence,), pieces(address), notification_of(address))
            )
            code = meeting_code(address)
            if code:
                self.name(thing, code, "code", evidence)
                self.name(thing, address, "address", evidence)

    def meeting_paged(self, notes: list[Part]) -> tuple[str, str]:
        """The meeting whose page a footnote gives, and the address; empty strings where none does."""
        for note in notes:
            for address in addresses(note.text):
                code = meeting_code(address)
                if code:
                    return meeting_of(code, self.namer), address
        return "", ""

    def classify(self, place: str, meeting: str, words: str, evidence: Evidence) -> bool:
        """Note the kinds that words give a meeting; false when they give none."""
        kinds = kinds_of(fold(words))
        for number, (kind, word) in enumerate(kinds, 1):
            proof = (Evidence(evidence.place, evidence.line, word),)
            self.classifications.append(ClassificationRecord(f"{place}.kind-{number}", meeting, kind, word, proof))
        return bool(kinds)


class _Item:
    """One lettered item."""

    def __init__(self, overview: Overview, lead: Part, part: Part) -> None:
        self.overview = overview
        self.lead = lead
        self.part = part
        self.folded, self.offsets = fold_with_offsets(part.text)
        self.spans = find_spans(self.folded)

    def read(self) -> None:
        if not self.spans:
            self.overview.not_understood.append(self._evidence(self.part.text))
            return
        name = self._name()
        meeting = self._meeting(name)
        self._schedules(meeting, name)
        for note in self.overview.footnotes(self.part):
            self._original(note, meeting)
        if not self.overview.classify(self.part.path, meeting, name, self._evidence(name)):
            announced = _ANNOUNCED.search(fold(self.lead.text))
            proof = Evidence(self.lead.path, self.lead.first)
            self.overview.classify(self.part.path, meeting, announced[1] if announced else "", proof)
        actors = Actors(self.overview.register)
        self._people(meeting, actors)
        self._subjects(meeting, name)

    def _original(self, note: Part, meeting: str) -> None:
        """What was planned before, where a footnote tells: of this meeting, or of another in whose place it came."""
        plan = read_original(note.text)
        if not plan:
            return
        overview = self.overview
        proof = Evidence(note.path, note.line_of(plan.words), quote(plan.words))
        planned = meeting
        if plan.kind == "replaced":
            planned = f"meeting:{overview.handle}.{note.path}"
            named = Evidence(note.path, note.first, quote(plan.name))
            overview.meetings.append(MeetingRecord(planned, quote(plan.name), (named,), at=note.path))
            overview.name(planned, quote(plan.name), "written", named)
        place = overview.place(plan.place)
        overview.schedules.append(
            ScheduleRecord(
                note.path, planned, "planned", plan.when, quote(plan.words), (proof,), (place,) if place else (),
                "given" if place else "not-stated", "in-person" if place else "not-stated",
            )
        )  # fmt: skip
        reason = ("global pandemic", "全球大流行病") if plan.pandemic else ("", "")
        why = Evidence(note.path, note.first, quote(plan.reason))
        overview.stated_changes.append(
            StatedChangeRecord(note.path, planned, plan.kind, (why,), meeting if planned != meeting else "", *reason)
        )

    def _people(self, meeting: str, actors: Actors) -> None:
        """Who ran it, by the lead of the list and by its footnotes, and for whom it was held."""
        out = self.overview.participations
        for source in (self.lead, *self.overview.footnotes(self.part)):
            for role in roles_in(source.text, actors):
                for unknown in role.unknown:
                    self.overview.not_understood.append(Evidence(source.path, source.line_of(unknown), quote(unknown)))
                for actor, words in role.actors:
                    proof = Evidence(source.path, source.line_of(words), quote(words))
                    number = sum(record.meeting == meeting for record in out) + 1
                    out.append(ParticipationRecord(f"{self.part.path}.{number}", actor, meeting, role.role, (proof,)))
        for group, words in audiences(self.folded, self.overview.register):
            number = sum(record.meeting == meeting for record in out) + 1
            proof = self._evidence(words)
            out.append(ParticipationRecord(f"{self.part.path}.{number}", group, meeting, "audience", (proof,)))

    def _subjects(self, meeting: str, name: str) -> None:
        """The agenda items and subjects in its name, and the meeting on whose agenda the items stand."""
        overview = self.overview
        items = agenda_items(self.folded, overview.namer, {})
        for item in items:
            written = quote(item.label or f"项目{item.number}")
            overview.treatments.append(
                TreatmentRecord(
                    f"{self.part.path}.item-{item.number}", meeting, item.ref, written, (self._evidence(written),)
                )
            )
        for number, meant in enumerate(dict.fromkeys(item.meeting for item in items), 1):
            proof = self._evidence(overview.tree.parts[self.part.path].text)
            overview.preparations.append(PreparationRecord(f"{self.part.path}.{number}", meeting, meant, (proof,)))
        for number, (element, words) in enumerate(subjects(fold(name), overview.register), 1):
            overview.treatments.append(
                TreatmentRecord(f"{self.part.path}.subject-{number}", meeting, element, words, (self._evidence(words),))
            )

    def _name(self) -> str:
        """The words before the first date, as written, without what only leads over to the date."""
        folded = self.folded[: self.spans[0].start]
        while (shorter := _NAME_TAIL.sub("", folded)) != folded:
            folded = shorter
        return self._written(0, len(folded))

    def _meeting(self, name: str) -> str:
        path = self.part.path
        notes = self.overview.footnotes(self.part)
        paged, address = self.overview.meeting_paged(notes)
        body, ordinal = self._body(fold(name))
        ref = paged or f"meeting:{self.overview.handle}.{path}"
        codes = (meeting_code(address),) if address else ()
        page = pieces(address) if address else ()
        evidence = (self._evidence(name),)
        self.overview.meetings.append(MeetingRecord(ref, quote(name), evidence, body, ordinal, codes, "", path, page))
        self.overview.name(ref, quote(name), "written", *evidence)
        for note in notes:
            self.overview.refer(note, ref)
        return ref

    def _body(self, folded: str) -> tuple[str, int]:
        """Body and number where the whole name is that of a body, or of a numbered meeting of one."""
        for mention in self.overview.namer.meetings(folded):
            if (mention.start, mention.end) == (0, len(folded)):
                return body_and_ordinal(mention.ref)
        body = self.overview.namer.body_of(folded)
        return (body, 0) if Ref(body).kind == "body" else ("", 0)

    def _schedules(self, meeting: str, name: str) -> None:
        """The schedule of the whole, and of each part where the item gives several dates."""
        first = self.spans[0]
        if len(self.spans) == 1:
            self._schedule(self.part.path, meeting, self._when(first), self._written(first.start, first.end), first)
            return
        whole = self.folded.startswith(",包括", first.end)
        bounds = min(s.first for s in self.spans), max(s.last for s in self.spans)
        when = self._when(first) if whole else When("fixed", "several-dates", None, None, *bounds)
        end = first.end if whole else self.spans[-1].end
        self._schedule(self.part.path, meeting, when, self._written(first.start, end), first)
        for number, span in enumerate(self.spans[1:] if whole else self.spans, 1):
            self._part(number, span, meeting)

    def _part(self, number: int, span: DateRange, whole: str) -> None:
        at = f"{self.part.path}.{number}"
        match = _LABEL.match(self.folded, span.end)
        days = self._written(span.start, span.end)
        label = days
        if match:
            group = match.lastgroup or "of"
            label = self._written(match.start(group), match.end(group))
        ref = f"meeting:{self.overview.handle}.{at}"
        proof = self._evidence(label)
        self.overview.meetings.append(MeetingRecord(ref, quote(label), (proof,), part_of=whole, at=at))
        self._schedule(at, ref, self._when(span), days, span)
        if match:
            self.overview.classify(at, ref, label, proof)

    def _when(self, span: DateRange) -> When:
        if span.onward:
            return When("fixed", "open-ended", None, None, span.first)
        return When("fixed", "day", span.first, span.last, span.first, span.last)

    def _schedule(self, at: str, meeting: str, when: When, words: str, span: DateRange) -> None:
        mode, place = self._mode_and_place()
        onward = when.precision == "open-ended"
        until = self._until(span) if onward else ()
        self.overview.schedules.append(
            ScheduleRecord(
                at, meeting, "under-way" if onward else "held", when, quote(words), (self._evidence(words),),
                (place,) if place else (), "given" if place else "not-stated", mode, until=until,
            )
        )  # fmt: skip

    def _mode_and_place(self) -> tuple[str, str]:
        """Online where the item says so outside its name; in person where it names a place; else not stated."""
        outside = self.folded[len(fold(self._name())) :]
        if "在线" in outside:
            return "online", ""
        after = self.folded[self.spans[-1].end :].strip(",;。. ")
        place = self.overview.place(after) if after else ""
        if after and not place:
            self.overview.not_understood.append(self._evidence(after))
        return ("in-person", place) if place else ("not-stated", "")

    def _until(self, span: DateRange) -> tuple[str, ...]:
        """The meetings named after 至, up to which the event goes on."""
        end = _AFTER.search(self.folded, span.end)
        words = self.folded[span.end + 1 : end.start() if end else len(self.folded)]
        listed = [
            m for m in self.overview.register.of_kind("meeting") if any(fold(n) in words for n in (m.zh, *m.spellings))
        ]
        return (*(m.ref for m in self.overview.namer.meetings(words)), *(m.ref for m in listed))

    def _evidence(self, words: str) -> Evidence:
        return Evidence(self.part.path, self.part.line_of(words), quote(words))

    def _written(self, start: int, end: int) -> str:
        return self.part.text[self.offsets[start] : self.offsets[end - 1] + 1]
