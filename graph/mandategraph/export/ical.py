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
from mandategraph.messages import gettext, pgettext
from mandategraph.rdf import namespaces

if TYPE_CHECKING:
    import icalendar

_NEVER = date(1970, 1, 1)  # a document of which no day is known at all
_ONLINE = gettext("online")
_WORDS = {
    "planned": gettext("Planned: {when}."),
    "held": gettext("Held: {when}."),
    "under-way": gettext("Under way: {when}."),
    "fallen": gettext("This plan did not come about so."),
    "replaced": gettext("Replaced by: {by}."),
    "changed": gettext("Changed: {what}."),
    "bounded": gettext("The meeting lies somewhere within these days; which of them are its own is not stated."),
    "open": gettext("It goes on from this day; its end is not stated."),
    "written": gettext("As written: {words}"),
    "source": gettext("Source: {place}"),
    "plan": gettext("Plan: {name}"),
    "name": gettext("Meetings, planned and held"),
}


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
        calendar.add(name, _WORDS["name"][language])
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
    return _WORDS["plan"].format(name=whole).in_first(languages) if event.version else whole


def _description(event: Event, languages: tuple[str, ...]) -> str:
    words = {name: text.in_first(languages) for name, text in _WORDS.items()}
    lines = [words[event.phase].format(when=event.when.in_first(languages))]
    if event.version:
        lines.append(words["fallen"])
    if event.replaced_by:
        lines.append(words["replaced"].format(by=_joined(event.replaced_by, languages)))
    if event.changed:
        lines.append(words["changed"].format(what=event.changed.in_first(languages)))
    if event.bounded:
        lines.append(words["open" if event.open_ended else "bounded"])
    lines += [words["written"].format(words=text) for text in event.as_written]
    lines += [words["source"].format(place=_label(cell, languages)) for cell in event.sources]
    return "\n".join(lines)


def _location(event: Event, languages: tuple[str, ...]) -> str:
    if event.places:
        return _joined(event.places, languages)
    return _ONLINE.in_first(languages) if event.mode == "online" else ""


def _joined(cells: Sequence[Cell], languages: tuple[str, ...]) -> str:
    between = pgettext("between places of an event", "; ").in_first(languages)
    return between.join(_label(cell, languages) for cell in cells)


def _label(cell: Cell, languages: tuple[str, ...]) -> str:
    return cell.words.in_first(languages)
