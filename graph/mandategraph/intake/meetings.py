"""Makes meetings of records: events, calls for submissions and nominations, with their schedule, roles and mandates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mandategraph.intake import times
from mandategraph.intake.builder import Builder, beside_paragraphs, in_chinese_script, shortened
from mandategraph.intake.places import host_of, place_of
from mandategraph.intake.register_index import code_of, decisions_in
from mandategraph.intake.slots import FieldValue, Slots
from mandategraph.model import codes
from mandategraph.model.dataset_records import FlagRecord
from mandategraph.model.event_records import PreparationRecord, ReferenceRecord, StatedChangeRecord, TreatmentRecord
from mandategraph.model.paragraph_records import ParticipationRecord
from mandategraph.model.records import ClassificationRecord, MandateRecord, MeetingRecord, ScheduleRecord, When
from mandategraph.read.text import quote

ROLES = ("host", "organiser", "convener", "funder", "supporter", "chair", "partner", "linked", "asked-to-act")
_STATES = {"fixed", "to-be-confirmed", "to-be-determined"}
_PHASES = {"held", "under-way"}
_CHANGES = {"postponed", "cancelled"}
_EVENTS = {"workshop", "webinar", "forum", "dialogue", "briefing", "expert-meeting", "consultation", "training"}
_KINDS = _EVENTS | {"submission-call", "nomination-call", "survey", "summit", "process", "launch", "formal-session",
                    "informal-session", "special-session"}  # fmt: skip
_NOTICE = re.compile(r"(?:NTF|notification)?\s*-?\s*(\d{4}-\d{3})", re.IGNORECASE)
_PASSED = "listed as past in the release of {day}; the record does not say that it took place as listed"


def make_meeting(slots: Slots, out: Builder) -> None:
    """One record on an event becomes a meeting, what the record says of its time and place, and all it links it to."""
    titles = slots.all("title")
    title = slots.best("title", "en") or slots.first("code")
    if title is None:
        out.refuse(slots, None, "neither title nor code")
        return
    ref = out.local("meeting", slots.place)
    page = out.pages(slots)
    kind = _classified(slots, out, ref)
    given = [one.written for one in slots.all("code")]
    if kind in _EVENTS and len(slots.all("meeting")) == 1:
        given.append(slots.all("meeting")[0].written)
    given += [code for one in titles if one.language == "en" if (code := _code_in(one.written, out))]
    bodies = [out.known.actor(one.meant, ("body",)) for one in slots.all("body")]
    told = [out.known.body_and_number(one.written, out.kind.mapping.bodies) for one in titles if one.language == "en"]
    by_title, number = next((one for one in told if one[1]), ("", 0))
    body = by_title or next((one for one in bodies if one), "")
    meeting = MeetingRecord(
        ref, quote(title.written), slots.evidence(title), body, number, codes=tuple(dict.fromkeys(given)), page=page
    )
    out.add("meetings", meeting)
    ids = tuple(dict.fromkeys(one.written for one in slots.all("id")))
    out.thing(ref, shortened(title.written), shortened(in_chinese_script(titles)), at=slots.place, official=True,
              page=page, ids=ids)  # fmt: skip
    out.names(slots, ref)
    named = slots.all("meeting") if kind in _EVENTS and len(slots.all("meeting")) == 1 else []
    for said in (*slots.all("code"), *slots.all("id"), *named):
        out.coded(slots, ref, said)
    _schedule(slots, out, ref)
    _roles(slots, out, ref)
    _subjects(slots, out, ref)
    _mandates(slots, out, ref)
    _links(slots, out, ref, kind)


def _code_in(title: str, out: Builder) -> str:
    """The code that a title is in other words, by a rule of the mapping."""
    for rule in out.kind.mapping.codes_in_titles:
        if found := re.fullmatch(rule.match, title):
            return rule.code.format("", *found.groups())
    return ""


def _classified(slots: Slots, out: Builder, ref: str) -> str:
    said = slots.first("kind")
    if said is None:
        return ""
    if said.meant not in _KINDS:
        out.not_understood(slots, said, f"'{said.written}' is no kind of event that the mapping knows")
        return ""
    written = quote(said.written)
    out.add("classifications", ClassificationRecord(slots.place, ref, said.meant, written, slots.evidence(said)))
    return said.meant


def _schedule(slots: Slots, out: Builder, ref: str) -> None:
    found = _when(slots, out)
    place, status, mode, spoken = place_of(slots, out)
    cells = [one for slot in ("when", "start", "end") if (one := slots.first(slot))]
    if found is None and not spoken:
        return
    state = slots.first("state")
    changed = state.meant if state and state.meant in _CHANGES else ""
    if changed and state:
        out.add("stated_changes", StatedChangeRecord(slots.place, ref, changed, slots.evidence(state)))
    time = found or times.ParsedTime(When("to-be-determined", "none"))
    phase, basis, note = _phase(slots, out, time, changed)
    written = " – ".join(dict.fromkeys(one.written for one in cells))
    written = ", ".join(part for part in (written, *dict.fromkeys(one.written for one in spoken)) if part)
    record = ScheduleRecord(
        slots.place, ref, phase, time.when, quote(written), slots.evidence(*cells, *spoken, state), place, status,
        mode, note=note, basis=basis,
    )  # fmt: skip
    out.add("schedules", record)
    if time.wrong:
        cell = " – ".join(one.written for one in cells)
        out.add("flags", FlagRecord(f"{slots.place}.dates", slots.place, "impossible-date", quote(cell), time.wrong,
                                    time.wrong_zh, slots.evidence(*cells)))  # fmt: skip
        out.audit.remarks.append(f"line {cells[0].line}: {quote(cell)}: {time.wrong}; kept as written and flagged")


def _when(slots: Slots, out: Builder) -> times.ParsedTime | None:
    order = out.kind.mapping.dates
    undecided = any(one.meant not in ("no", "false", "N") for one in slots.all("undecided"))
    state = slots.text("state")
    status = state if state in _STATES else ""
    whole = slots.first("when")
    first, last = slots.first("start"), slots.first("end")
    if whole is not None:
        ends = times.span_of(whole.written, order)
        if ends is None:
            out.not_understood(slots, whole, f"the time '{quote(whole.written)}' is not understood")
            return times.ParsedTime(When("to-be-confirmed", "none"))
        return times.told(*ends, undecided=undecided, status=status)
    if first is None and last is None:
        return None
    _agree(slots, out)
    stretches = []
    for said in (first, last):
        one = times.stretch(said.written, order) if said else times.NOTHING
        if one is None:
            out.not_understood(slots, said, f"the time '{quote(said.written if said else '')}' is not understood")
            one = times.Stretch("open", unsure=True)
        stretches.append(one)
    return times.told(stretches[0], stretches[1], undecided=undecided, status=status)


def _agree(slots: Slots, out: Builder) -> None:
    """Flag a record in which two fields give one end of the time, and not the same."""
    for slot in ("start", "end"):
        days = {times.stretch(one.written, out.kind.mapping.dates) for one in slots.all(slot)}
        if len(days) > 1:
            words = " / ".join(dict.fromkeys(one.written for one in slots.all(slot)))
            flag = FlagRecord(f"{slots.place}.{slot}", slots.place, "contradicts-itself", quote(words),
                              "two fields give different days", "两个字段所给日期不同",
                              slots.evidence(*slots.all(slot)))  # fmt: skip
            out.add("flags", flag)
            out.audit.remarks.append(f"line {slots.row.first}: {quote(words)}: two fields give different days; flagged")


def _phase(slots: Slots, out: Builder, time: times.ParsedTime, changed: str) -> tuple[str, str, str]:
    state = slots.text("state")
    if state in _PHASES:
        return state, "explicit", ""
    latest = time.when.latest
    if out.released and latest and latest < out.released and not changed and time.when.status == "fixed":
        return "held", "derived", _PASSED.format(day=out.released)
    return "planned", "explicit", ""


def _roles(slots: Slots, out: Builder, ref: str) -> None:
    number = 0
    for role in ROLES:
        for said in slots.all(role):
            number += 1
            actor = host_of(slots, out, said) if role == "host" else out.actor(said)
            record = ParticipationRecord(f"{slots.place}.role-{number}", actor, ref, role, slots.evidence(said))
            out.add("participations", record)


def _subjects(slots: Slots, out: Builder, ref: str) -> None:
    for number, (said, element) in enumerate(subjects(slots, out), 1):
        record = TreatmentRecord(
            f"{slots.place}.subject-{number}", ref, element, quote(said.written), slots.evidence(said)
        )
        out.add("treatments", record)


def subjects(slots: Slots, out: Builder) -> Iterator[tuple[FieldValue, str]]:
    """The subjects of a record, each with its element; labels where the record gives them by symbol."""
    labels: dict[str, dict[str, str]] = {}
    symbols = {said.written for said in slots.all("subject")}
    for one in slots.values.get("subject-name", ()):
        if one.symbol in symbols:
            slots.use("subject-name", one)
        labels.setdefault(one.symbol, {}).setdefault(one.language, one.written)
    for said in slots.all("subject"):
        if said.meant.startswith(("element:", "kmgbf:")):
            yield said, said.meant
            continue
        named = labels.get(said.written, {})
        english = named.get("en", said.written)
        coded = said.written.isupper() and " " not in said.written
        code = code_of(said.written) if coded else f"{out.kind.handle}/{code_of(said.written)}"
        yield said, out.thing(f"element:{code}", shortened(english), in_chinese_script(
            [replace(said, written=named.get("zh", ""), language="zh")]), official=True, broader=out.scheme())  # fmt: skip


def _mandates(slots: Slots, out: Builder, ref: str) -> None:
    named: dict[str, FieldValue] = {}
    for said in slots.all("decision"):
        symbols, rest = decisions_in(said.meant)
        if rest:
            out.not_understood(slots, said, f"'{quote(rest)}' is no decision that a rule knows")
        for symbol in symbols:
            named.setdefault(symbol, said)
    for number, (symbol, said) in enumerate(named.items(), 1):
        decision = f"document:{symbol}"
        record = MandateRecord(f"{slots.place}.mandate-{number}", ref, slots.evidence(said), decision)
        out.add("mandates", record)
        out.cite(slots, f"decision-{number}", decision, said)
    _paragraphs(slots, out, list(named))


def _paragraphs(slots: Slots, out: Builder, symbols: list[str]) -> None:
    """The paragraphs that a record names, where it is clear of which decision."""
    for place in slots.all("paragraph"):
        if len(symbols) != 1:
            why = "of several decisions: it is not told of which" if symbols else "of no decision that is told"
            out.not_understood(slots, place, f"'{quote(place.written)}' {why}")
            continue
        parts = out.paragraphs(symbols[0], place.written)
        if not parts or beside_paragraphs(place.written):
            why = "says more than the paragraphs read" if parts else "names no paragraph"
            out.not_understood(slots, place, f"'{quote(place.written)}' {why}")
        for order, part in enumerate(parts, 1):
            out.cite(slots, f"paragraph-1-{order}", part, place)


def _links(slots: Slots, out: Builder, ref: str, kind: str) -> None:
    out.references(slots, ref)
    for number, said in enumerate(slots.all("notification"), 1):
        found = notification_of(said.written)
        if not found:
            out.not_understood(slots, said, f"'{quote(said.written)}' is no notification")
            continue
        reference = ReferenceRecord(f"{slots.place}.notice-{number}", ref, slots.evidence(said), document=found)
        out.add("references", reference)
    meetings = slots.all("meeting")
    if kind in _EVENTS:  # the one meeting named is the event itself
        for said in meetings if len(meetings) > 1 else ():
            out.not_understood(slots, said, f"'{quote(said.written)}' is one of several meetings of one event")
        return
    for number, said in enumerate(meetings, 1):
        note = "the record links the two; that one prepares the other is read into the link"
        other = f"meeting:{code_of(said.written)}"
        record = PreparationRecord(
            f"{slots.place}.meeting-{number}", ref, other, slots.evidence(said), "interpretation", note
        )
        out.add("preparations", record)


def notification_of(text: str) -> str:
    """The document of a notification that a field names: ``NTF 2025-074``, ``2008-021``; empty where it names none."""
    found = _NOTICE.fullmatch(codes.plain(text).strip())
    return f"document:ntf-{found[1]}" if found else ""
