"""Events as iCalendar. Rule: RFC 5545 (and RFC 7986 for the name of a calendar).

All events are whole days, so DTEND is the day after the last one. DTSTAMP is the day of the document that speaks, not
that of writing; the UID is made from the meeting's code and stays, so that a calendar that has an older file updates it
by SEQUENCE.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from mandategraph import __version__
from mandategraph.answers.answer import Cell
from mandategraph.export.events import Event, Standing
from mandategraph.rdf import namespaces

if TYPE_CHECKING:
    import icalendar

_NEVER = date(1970, 1, 1)  # a document of which no day is known at all
_ONLINE = {"en": "online", "zh": "在线"}
_WORDS = {
    "en": {
        "planned": "Planned: {when}.", "held": "Held: {when}.", "under-way": "Under way: {when}.",
        "fallen": "This plan did not come about so.", "replaced": "Replaced by: {by}.", "changed": "Changed: {what}.",
        "bounded": "The meeting lies somewhere within these days; which of them are its own is not stated.",
        "open": "It goes on from this day; its end is not stated.", "written": "As written: {words}", "source": "Source: {place}",
        "plan": "Plan: {name}", "name": "Meetings, planned and held",
    },
    "zh": {
        "planned": "计划：{when}。", "held": "已举行：{when}。", "under-way": "进行中：{when}。",
        "fallen": "该计划未按此实现。", "replaced": "被取代于：{by}。", "changed": "变更：{what}。",
        "bounded": "会议在此期间内举行；具体日期未说明。", "open": "自该日起持续；终止日未说明。",
        "written": "原文：{words}", "source": "出处：{place}", "plan": "原计划：{name}", "name": "会议日程：计划与实际",
    },
}  # fmt: skip


def write_calendar(events: Sequence[Event], languages: tuple[str, ...]) -> bytes:
    """A calendar of the events, with names in the first of the languages that has them."""
    import icalendar

    calendar = icalendar.Calendar()
    language = languages[0]
    calendar.add("prodid", f"-//mandategraph//mandategraph {__version__}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # RFC 7986, and what older programs know
        calendar.add(name, _WORDS[language]["name"])
    for event in events:
        calendar.add_component(_component(event, languages))
    return bytes(calendar.to_ical())


def uid(meeting: str, version: int = 0) -> str:
    """The UID of a meeting's event, or of a plan of it that fell."""
    code = quote(namespaces.compact(meeting), safe="")
    return f"{code}{f'.plan-{version}' if version else ''}@mandategraph"


def _component(event: Event, languages: tuple[str, ...]) -> icalendar.Event:
    import icalendar

    made = icalendar.Event()
    made.add("uid", uid(event.meeting, event.version))
    made.add("dtstamp", datetime.combine(event.known or _NEVER, datetime.min.time(), UTC))
    made.add("dtstart", event.days[0])
    made.add("dtend", event.days[1])
    made.add("summary", _summary(event, languages))
    made.add("status", event.standing.value)
    made.add("sequence", event.sequence)
    made.add("transp", "TRANSPARENT" if event.bounded or event.standing is Standing.CANCELLED else "OPAQUE")
    made.add("description", _description(event, languages))
    made.add("categories", [event.phase])
    if place := _location(event, languages):
        made.add("location", place)
    if event.page:
        made.add("url", event.page)
    if event.version:
        made.add("related-to", uid(event.meeting), parameters={"RELTYPE": "SIBLING"})
    if event.whole:
        made.add("related-to", uid(event.whole), parameters={"RELTYPE": "PARENT"})
    return made


def _summary(event: Event, languages: tuple[str, ...]) -> str:
    name, code = _label(event.name, languages), event.name.value or ""
    # A code that was made from a place in a document tells nobody anything.
    whole = f"{code} {name}" if code and "." not in code and code not in name else name
    return _WORDS[languages[0]]["plan"].format(name=whole) if event.version else whole


def _description(event: Event, languages: tuple[str, ...]) -> str:
    language = languages[0]
    words = _WORDS[language]
    lines = [words[event.phase].format(when=event.when[language])]
    if event.version:
        lines.append(words["fallen"])
    if event.replaced_by:
        lines.append(words["replaced"].format(by=_joined(event.replaced_by, languages)))
    if event.changed:
        lines.append(words["changed"].format(what=event.changed[language]))
    if event.bounded:
        lines.append(words["open" if event.open_ended else "bounded"])
    lines += [words["written"].format(words=text) for text in event.as_written]
    lines += [words["source"].format(place=_place(cell, language)) for cell in event.sources]
    return "\n".join(lines)


def _location(event: Event, languages: tuple[str, ...]) -> str:
    if event.places:
        return _joined(event.places, languages)
    return _ONLINE[languages[0]] if event.mode == "online" else ""


def _joined(cells: Sequence[Cell], languages: tuple[str, ...]) -> str:
    return ("、" if languages[0] == "zh" else "; ").join(_label(cell, languages) for cell in cells)


def _label(cell: Cell, languages: tuple[str, ...]) -> str:
    return next((text for language in languages if (text := getattr(cell, language))), cell.value or "")


def _place(cell: Cell, language: str) -> str:
    return (cell.zh if language == "zh" else cell.value) or cell.value or ""
