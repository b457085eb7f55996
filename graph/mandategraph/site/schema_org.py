"""A meeting as schema.org tells of events, for machines that read web pages.

By schema.org's definitions: *EventRescheduled* has a new date and *previousStartDate* the old one, *EventPostponed* has
no new date yet, *EventMovedOnline* comes with the mode of attendance. A day that is known only in part is written no
more precisely than it is known (ISO 8601: ``2021-05``, ``2021``), and left out where not even the year is.
"""

from __future__ import annotations

import os.path
from typing import Any

from mandategraph.analysis.changes import changes
from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.times import Bounds, span_of
from mandategraph.answers.description import DescribedStatement, Fact
from mandategraph.site.content import Content, Thing
from mandategraph.site.lanes import values

_SCHEMA = "https://schema.org/"
_MODES = {"online": "Online", "in-person": "Offline", "hybrid": "Mixed"}
_MOVED_IN_TIME = frozenset(("postponed", "advanced", "dated"))
_ROLES = {"organiser": "organizer", "convener": "organizer", "funder": "funder"}
_KINDS = {"party": "Country", "place": "Place"}
_PAGE = "page"
_DAY = 10  # characters of 2021-05-03


def event(content: Content, thing: Thing, language: str) -> dict[str, Any]:
    """The meeting as a schema.org Event, with labels in one language first."""
    stated = content.network.schedules.get(thing.iri, ())
    plans = [one for one in stated if one.phase == "planned"]
    facts = [one for one in stated if one.phase != "planned"]
    latest = next(reversed([*plans, *facts]), None)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": thing.iri,
        **_names(thing, language),
    }
    pages = values(content, thing.iri, _PAGE)
    found |= {"url": pages[0]} if pages else {}
    if latest:
        found |= _when(latest) | _how(content, latest, language)
        found["eventStatus"] = _joined(_status(content, plans, facts))
        if _SCHEMA + "EventRescheduled" in found["eventStatus"] or _SCHEMA + "EventPostponed" in found["eventStatus"]:
            found |= _before(plans, latest)
    found |= _people(content, thing, language)
    wholes = [_named(content, iri, "Event", language) for iri in values(content, thing.iri, "partOfMeeting")]
    parts = [_named(content, iri, "Event", language) for iri in content.network.sessions.get(thing.iri, ())]
    found |= {"superEvent": _joined(wholes)} if wholes else {}
    return found | ({"subEvent": parts} if parts else {})


def _names(thing: Thing, language: str) -> dict[str, Any]:
    title = thing.title(language)
    others = [name for name in thing.name.labels.values() if name != title]
    found: dict[str, Any] = {"name": title}
    if others:
        found["alternateName"] = others[0]
    return found | ({"identifier": thing.code} if thing.published else {})


def _when(one: Schedule) -> dict[str, str]:
    span = span_of(one)
    days = {"startDate": _written(span.opening), "endDate": _written(span.closing)}
    return {name: day for name, day in days.items() if day}


def _written(bounds: Bounds) -> str | None:
    """As much of the day as is certain: all of it, year and month, the year, or nothing."""
    if bounds.earliest is None or bounds.latest is None:
        return None
    common = os.path.commonprefix([str(bounds.earliest), str(bounds.latest)])
    return (
        common if len(common) == _DAY else common[:7] if len(common) >= 7 else common[:4] if len(common) >= 4 else None
    )


def _how(content: Content, one: Schedule, language: str) -> dict[str, Any]:
    places = [{"@type": "Place", "name": content.short(place, language)} for place in one.places]
    found: dict[str, Any] = {}
    if one.mode in _MODES:
        found["eventAttendanceMode"] = f"{_SCHEMA}{_MODES[one.mode]}EventAttendanceMode"
    if one.mode == "online":
        found["location"] = {"@type": "VirtualLocation"}
    elif places:
        found["location"] = _joined(places)
    return found


def _status(content: Content, plans: list[Schedule], facts: list[Schedule]) -> list[str]:
    if not plans or not facts:
        told = content.profiles[(plans or facts)[0].meeting].told
        stated = {fact.value.value for one in told if one.kind.value == "StatedChange" for fact in one.facts}
        return [_SCHEMA + ("EventPostponed" if plans and "postponed" in stated else "EventScheduled")]
    kinds = {change.kind for change in changes(content.network, plans[-1], facts[-1])}
    found = [_SCHEMA + "EventRescheduled"] if kinds & _MOVED_IN_TIME and _previous(plans, facts[-1]) else []
    found += [_SCHEMA + "EventMovedOnline"] if "moved-online" in kinds else []
    return found or [_SCHEMA + "EventScheduled"]


def _before(plans: list[Schedule], latest: Schedule) -> dict[str, Any]:
    days = _previous(plans, latest)
    return {"previousStartDate": _joined(days)} if days else {}


def _previous(plans: list[Schedule], latest: Schedule) -> list[str]:
    """The days on which it was to open by earlier statements, each once."""
    days = [_written(span_of(one).opening) for one in plans if one != latest]
    return list(dict.fromkeys(day for day in days if day))


def _people(content: Content, thing: Thing, language: str) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for told in content.profiles[thing.iri].told:
        if told.kind.value != "Participation" or told.role.value != "inMeeting":
            continue
        names = {_ROLES[fact.value.value or ""] for fact in _facts(told, "role") if fact.value.value in _ROLES}
        for name in sorted(names):
            for fact in _facts(told, "participant"):
                one = _named(content, fact.thing or "", "Organization", language)
                if one not in found.setdefault(name, []):
                    found[name].append(one)
    return {name: _joined(some) for name, some in found.items()}


def _facts(told: DescribedStatement, name: str) -> list[Fact]:
    return [fact for fact in told.facts if fact.property.value == name and fact.thing]


def _named(content: Content, iri: str, kind: str, language: str) -> dict[str, str]:
    thing = content.things.get(iri)
    title = thing.title(language) if thing else content.short(iri, language)
    return {"@type": _KINDS.get(thing.kind if thing else "", kind), "@id": iri, "name": title}


def _joined(some: list[Any]) -> Any:
    return some[0] if len(some) == 1 else some
