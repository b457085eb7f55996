"""Makes documents of records: decisions, and notifications with what they call for."""

from __future__ import annotations

import re

from mandategraph.intake import times
from mandategraph.intake.builder import Builder, in_chinese_script, shortened
from mandategraph.intake.meetings import notification_of, subjects
from mandategraph.intake.register_index import decision_of
from mandategraph.intake.slots import FieldValue, Slots
from mandategraph.model import codes
from mandategraph.model.dataset_records import CallRecord, FlagRecord
from mandategraph.model.event_records import PublicationRecord, RemarkRecord
from mandategraph.model.paragraph_records import DeadlineRecord
from mandategraph.model.references import Ref
from mandategraph.read.text import quote

_SHORT = re.compile(r"[A-Z]{2,8}-[0-9]+/[0-9]+")


def make_decision(slots: Slots, out: Builder) -> None:
    """A record on a decision becomes the document, with its titles, and the meeting that adopted it where it is told."""
    number = slots.first("code")
    title = slots.best("title", "en")
    said = number or title
    if said is None:
        out.refuse(slots, None, "neither number nor title")
        return
    symbol = next(
        (found for one in (*slots.all("symbol"), *slots.all("code")) if (found := decision_of(one.meant))), ""
    )
    short = codes.plain(number.written) if number and _SHORT.fullmatch(codes.plain(number.written)) else ""
    adopted = _adopted(slots, out)
    ref = out.local("document", slots.place)
    name = shortened(title.written if title else said.written)
    out.thing(
        ref, name, shortened(in_chinese_script(slots.all("title"))), at=slots.place, official=True, code=symbol or short,
        class_="Decision" if symbol or short else "Document", page=out.pages(slots), adopted_by=adopted,
        ids=tuple(dict.fromkeys(one.written for one in slots.all("id"))),
    )  # fmt: skip
    _common(slots, out, ref)
    for order, (about, element) in enumerate(subjects(slots, out), 1):
        label = out.things.get(element)
        en, zh = (label.en, label.zh) if label else (about.written, about.written)
        remark = RemarkRecord(f"{slots.place}.subject-{order}", ref, "theme", en, zh, slots.evidence(about))
        out.add("remarks", remark)


def _adopted(slots: Slots, out: Builder) -> str:
    """The meeting that adopted it, by the publisher's number of it."""
    said = slots.first("meeting-id")
    if said and re.search(r"[\s(){}\[\]\"]", said.written):
        out.not_understood(slots, said, f"'{quote(said.written)}' is no number of a meeting")
        return ""
    return f"meeting:{said.written}" if said else ""


def make_notification(slots: Slots, out: Builder) -> None:
    """A record on a notification becomes the document, its publication, and what it calls for by when."""
    symbol = slots.first("code")
    title = slots.best("title", "en")
    if symbol is None and title is None:
        out.refuse(slots, None, "neither symbol nor title")
        return
    ref = out.local("document", slots.place)
    known = notification_of(symbol.written) if symbol else ""
    name = shortened(title.written if title else (symbol.written if symbol else ""))
    on = next((when.earliest for one in slots.all("date") if (when := _day(one, slots, out))), None)
    out.thing(
        ref, name, shortened(in_chinese_script(slots.all("title"))), at=slots.place, official=True, on=on,
        code=Ref(known).code, class_="Notification", page=out.pages(slots),
        ids=tuple(dict.fromkeys(one.written for one in slots.all("id"))),
    )  # fmt: skip
    _common(slots, out, ref)
    _call(slots, out, ref)


def _call(slots: Slots, out: Builder, ref: str) -> None:
    deadlines = []
    for slot in ("action-by", "deadline"):
        for number, said in enumerate(slots.all(slot), 1):
            found = _day(said, slots, out)
            if found and found.kind == "day":
                path = f"{slots.place}.{slot}-{number}"
                out.add("deadlines", DeadlineRecord(path, "date", slots.evidence(said), found.earliest))
                deadlines.append(path)
    sender = slots.first("sender")
    to = slots.all("recipient")
    about = tuple(dict.fromkeys(element for _, element in subjects(slots, out)))
    if not (deadlines or to or about):
        return
    record = CallRecord(
        slots.place, ref, slots.evidence(sender, *to[:3], *slots.all("action-by"), *slots.all("deadline")),
        out.actor(sender) if sender else "", tuple(dict.fromkeys(out.group(one) for one in to)), tuple(deadlines),
        about,
    )  # fmt: skip
    out.add("calls", record)


def _common(slots: Slots, out: Builder, ref: str) -> None:
    out.names(slots, ref)
    for said in slots.all("code"):
        out.coded(slots, ref, said)
    for said in slots.all("symbol"):
        out.coded(slots, ref, said, "symbol")
    out.references(slots, ref)
    published = None
    for number, said in enumerate(slots.all("date"), 1):
        found = _day(said, slots, out)
        if not found or found.kind != "day":
            continue
        if published is None:
            published = found.earliest
            path = f"{slots.place}.date-{number}"
            out.add("publications", PublicationRecord(path, ref, slots.evidence(said), published))
        elif found.earliest != published:
            out.not_understood(slots, said, f"'{quote(said.written)}' is a second day of publication")


def _day(said: FieldValue, slots: Slots, out: Builder) -> times.Stretch | None:
    found = times.stretch(said.written, out.kind.mapping.dates)
    if found is None:
        out.not_understood(slots, said, f"the date '{quote(said.written)}' is not understood")
    elif found.wrong:
        flag = FlagRecord(f"{slots.place}.{said.field}".replace(" ", "-"), slots.place, "impossible-date",
                          quote(said.written), found.wrong, "日历上没有这一天", slots.evidence(said))  # fmt: skip
        if flag not in out.sections.get("flags", ()):
            out.add("flags", flag)
        return None
    return found
