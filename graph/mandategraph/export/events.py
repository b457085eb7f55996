"""Plan and fact of meetings as dated events, for calendars and pages: what stands now, and each plan that fell before it.

The choices, where documents say less than a calendar wants:

- A meeting is one event with what is known last; its ``sequence`` counts how often its schedule changed on the way. A
  plan that did not come about so is an event of its own, cancelled.
- Held or under way by a document, to the day: confirmed. Planned, or to be confirmed: tentative. Replaced, as a text
  says: cancelled.
- Dates that are only bounded (a month, one range for two meetings) cover all days on which the meeting can lie, are
  tentative, do not count as busy, and say so. An end that is not stated is not made up: the event is its first day.
- Without any date there is no event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from mandategraph.analysis.changes import changes, sentence, when
from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.answers.answer import Cell
from mandategraph.messages import NO_TEXT, Text
from mandategraph.store.base import Store
from mandategraph.store.internal_query import ask

_PHASES = ("planned", "under-way", "held")
_UNCHANGED = frozenset({"same", "as-planned", "held", "under-way"})


class Standing(Enum):
    """How sure an event is, in the words of RFC 5545."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``days`` is the first day and the day after the last; ``bounded`` when the meeting only lies somewhere
    between them, ``open_ended`` when its end is not stated. ``version`` is 0 for what stands now, else the number of the
    plan that fell. ``known`` is since when the statement is known."""

    meeting: str
    version: int
    name: Cell
    standing: Standing
    days: tuple[date, date]
    bounded: bool
    open_ended: bool
    sequence: int
    phase: str
    mode: str
    known: date | None
    places: tuple[Cell, ...] = ()
    when: Text = NO_TEXT
    changed: Text = NO_TEXT
    as_written: tuple[str, ...] = ()
    sources: tuple[Cell, ...] = ()
    replaced_by: tuple[Cell, ...] = ()
    page: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class _Version:
    """A state of the schedule: the statements that agree on it, the last one speaking, and what changed to reach it."""

    statements: tuple[Schedule, ...]
    changed: Text

    @property
    def last(self) -> Schedule:
        return max(self.statements, key=lambda one: (_PHASES.index(one.phase), one.start is not None, one.iri))


def events(store: Store, network: Network, meetings: Sequence[str] = ()) -> list[Event]:
    """The events of these meetings and their sessions, of all when none is given, by day and meeting."""
    pages = _lookup(store, "export/pages-of-meetings", "page")
    wholes = _lookup(store, "export/wholes-of-sessions", "whole")
    wanted = [part for one in meetings for part in (one, *network.sessions.get(one, ()))] or sorted(network.meetings)
    made = [
        event
        for meeting in dict.fromkeys(wanted)
        for event in _of_meeting(network, meeting, pages.get(meeting, ""), wholes.get(meeting, ""))
    ]
    return sorted(made, key=lambda event: (event.days, event.meeting, event.version))


def undated(network: Network, meetings: Sequence[str], made: Sequence[Event]) -> list[str]:
    """The codes of those meetings (of all with a schedule when none is given) of which no event could be made."""
    dated = {event.meeting for event in made}
    return sorted(network.code(one) for one in meetings or network.schedules if one not in dated)


def _lookup(store: Store, query: str, column: str) -> dict[str, str]:
    found = ask(store, query)
    return {
        meeting: value
        for meeting, value in sorted(((r["meeting"].value, r[column].value) for r in found), reverse=True)
    }


def _of_meeting(network: Network, meeting: str, page: str, whole: str) -> Iterator[Event]:
    versions = _versions(network, meeting)
    for number, version in enumerate(versions, 1):
        now = number == len(versions)
        told = version.last
        days = _days(told)
        if days is None:
            continue
        replaced = network.replaced.get(meeting, ()) if told.phase == "planned" else ()
        yield Event(
            meeting, 0 if now else number, network.cell(meeting), _standing(told, now, bool(replaced)), days,
            bounded=told.start is None, open_ended=_open_ended(told), sequence=number - 1, phase=told.phase,
            mode=told.mode, known=told.known, places=tuple(network.cell(place) for place in told.places),
            when=when(told), changed=version.changed,
            as_written=tuple(dict.fromkeys(one.as_written for one in version.statements if one.as_written)),
            sources=tuple(dict.fromkeys(cell for one in version.statements for cell in one.sources)),
            replaced_by=tuple(network.cell(one) for one in replaced), page=page, whole=whole,
        )  # fmt: skip


def _versions(network: Network, meeting: str) -> list[_Version]:
    """The states of the schedule in the order in which they became known, plans before what took place."""
    made: list[_Version] = []
    told = sorted(network.schedules.get(meeting, ()), key=lambda one: (one.known or date.max, _PHASES.index(one.phase)))
    for one in told:
        found = changes(network, made[-1].last, one) if made else []
        if made and all(change.kind in _UNCHANGED for change in found):
            made[-1] = _Version((*made[-1].statements, one), made[-1].changed)
        else:
            made.append(_Version((one,), sentence(found) if found else NO_TEXT))
    return made


def _standing(told: Schedule, now: bool, replaced: bool) -> Standing:
    if not now or replaced:
        return Standing.CANCELLED
    sure = told.phase != "planned" and told.status == "fixed" and (told.start is not None or _open_ended(told))
    return Standing.CONFIRMED if sure else Standing.TENTATIVE


def _open_ended(told: Schedule) -> bool:
    return told.start is None and told.earliest is not None and told.latest is None


def _days(told: Schedule) -> tuple[date, date] | None:
    first = told.start or told.earliest
    if first is None:
        return None
    last = told.end or told.latest or first
    return first, last + timedelta(days=1)
