"""Days that may be known only within bounds, and the margin between them. Nothing is made more precise than stated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.system.errors import UsageError

Verdict = Literal["in-time", "maybe", "late", "unknown"]
PLAN = ("planned", "held", "under-way")
HELD = ("held", "under-way", "planned")
_RANK = {"day-precision": 3, "shared-range": 2, "several-dates": 2, "open-ended": 1, "month-precision": 1}
_SPAN = re.compile(r"([+-]?)\s*(\d{1,9})\s*([dw])", re.IGNORECASE)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Bounds:
    """A day that lies between two days, both included; None where the words give no bound."""

    earliest: date | None = None
    latest: date | None = None

    def shifted(self, days: int) -> Bounds:
        """The same, so many days later (earlier when negative)."""
        return Bounds(_later(self.earliest, days), _later(self.latest, days))

    @property
    def known(self) -> bool:
        """Whether anything bounds the day."""
        return self.earliest is not None or self.latest is not None

    def text(self) -> str | None:
        """``2020-05-25``, ``2020-01-01/2020-01-31``, ``2020-04-30/..``; None when nothing is known."""
        if not self.known:
            return None
        if self.earliest == self.latest:
            return str(self.earliest)
        return f"{self.earliest or '..'}/{self.latest or '..'}"


@dataclass(frozen=True, slots=True)
class MeetingDates:
    """When a meeting opens and closes, and the statements that say so. ``moved`` when we moved it to see what follows."""

    opening: Bounds = Bounds()
    closing: Bounds = Bounds()
    statements: tuple[Schedule, ...] = ()
    moved: bool = False

    @property
    def phase(self) -> str:
        """``planned``, ``held``, ``under-way``, or empty when nothing is stated."""
        return self.statements[0].phase if self.statements else ""

    @property
    def fixed(self) -> bool:
        """Whether the documents give the dates as fixed; a meeting that we moved is taken for fixed."""
        return self.moved or all(one.status == "fixed" for one in self.statements)

    def shifted(self, days: int) -> MeetingDates:
        """The same meeting, so many days later."""
        return MeetingDates(self.opening.shifted(days), self.closing.shifted(days), self.statements, True)


@dataclass(frozen=True, slots=True)
class Margin:
    """Days from one day to a later one: at least and at most; negative when it is too late."""

    least: int | None = None
    most: int | None = None

    @property
    def verdict(self) -> Verdict:
        """In time when it is so whatever the day, late when it is late whatever the day, else maybe; or unknown."""
        if self.least is not None and self.least >= 0:
            return "in-time"
        if self.most is not None and self.most < 0:
            return "late"
        return "unknown" if self.least is None and self.most is None else "maybe"

    def text(self) -> str | None:
        """``45``, ``-18..12``, ``..29``; None when nothing is known."""
        if self.least is None and self.most is None:
            return None
        if self.least == self.most:
            return str(self.least)
        return f"{'' if self.least is None else self.least}..{'' if self.most is None else self.most}"


class Calendar:
    """When each meeting is, by statements of the given phases, the preferred one first.

    Of several statements of one phase the choice falls on one with a date, then on the document known latest, then on
    the more precise; where an earlier document says the same, it is the source. A meeting with none of its own has the
    time of its sessions, and one that a text says was replaced that of what came in its place.
    """

    def __init__(
        self, network: Network, phases: Sequence[str] = PLAN, moved: Mapping[str, MeetingDates] | None = None
    ) -> None:
        self._network = network
        self._phases = phases
        self._moved = dict(moved or {})

    def span(self, meeting: str) -> MeetingDates:
        """When a meeting is; an empty span when no document says."""
        if meeting in self._moved:
            return self._moved[meeting]
        return next((span for phase in self._phases if (span := self._in(meeting, phase)).statements), MeetingDates())

    def with_moved(self, meeting: str, span: MeetingDates) -> Calendar:
        """The same calendar with one meeting at another time."""
        return Calendar(self._network, self._phases, {**self._moved, meeting: span})

    def _in(self, meeting: str, phase: str) -> MeetingDates:
        own = [one for one in self._network.schedules.get(meeting, ()) if one.phase == phase]
        if own:
            return span_of(_first_to_say(max(own, key=_preferred), own))
        parts = [self._in(session, phase) for session in self._network.sessions.get(meeting, ())]
        if phase != "planned":
            parts += [self._in(other, phase) for other in self._network.replaced.get(meeting, ()) if other != meeting]
        return _joined([part for part in parts if part.statements])


def span_of(one: Schedule) -> MeetingDates:
    """When a meeting opens and closes by one statement.

    Without days, both lie somewhere within the bounds; an open-ended meeting opens at its first bound, and one on
    several dates opens on the first and closes on the last of them.
    """
    if one.start and one.end:
        return MeetingDates(Bounds(one.start, one.start), Bounds(one.end, one.end), (one,))
    if one.precision == "several-dates":
        return MeetingDates(Bounds(one.earliest, one.earliest), Bounds(one.latest, one.latest), (one,))
    if one.precision == "open-ended":
        return MeetingDates(Bounds(one.earliest, one.earliest), Bounds(one.earliest, one.latest), (one,))
    bounds = Bounds(one.earliest, one.latest)
    return MeetingDates(bounds, bounds, (one,))


def margin(closing: Bounds, due: Bounds) -> Margin:
    """Days from the closing of an input to the day when it is due, at least and at most."""
    return Margin(_between(closing.latest, due.earliest), _between(closing.earliest, due.latest))


def days_of(text: str) -> int:
    """``6w`` -> 42, ``42d`` -> 42, ``-3w`` -> -21.

    Raises UsageError when it is neither.
    """
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise UsageError(f"'{text}' is not a number of days or weeks.", None, "Write it as 42d or 6w.")
    count = int(found.group(2)) * (_WEEK if found.group(3).lower() == "w" else 1)
    return -count if found.group(1) == "-" else count


def later(day: date, days: int) -> date:
    """The day so many days later.

    Raises UsageError when the calendar has no such day.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise UsageError(f"{days} days from {day} lie outside the calendar.", None, "Take a smaller number.") from None


def _later(day: date | None, days: int) -> date | None:
    return None if day is None else later(day, days)


def _between(first: date | None, second: date | None) -> int | None:
    return None if first is None or second is None else (second - first).days


def _preferred(one: Schedule) -> tuple[bool, date, int, str]:
    dated = any((one.start, one.earliest, one.latest))
    return (dated, one.known or date.max, _RANK.get(one.precision, 0), one.iri)


def _first_to_say(chosen: Schedule, among: Sequence[Schedule]) -> Schedule:
    """Of the statements that give the same time with the same certainty, that of the document known first."""
    told = (chosen.status, span_of(chosen).opening, span_of(chosen).closing)
    same = [one for one in among if (one.status, span_of(one).opening, span_of(one).closing) == told]
    return min(same, key=lambda one: (one.known or date.max, one is not chosen, one.iri))


def _joined(parts: Sequence[MeetingDates]) -> MeetingDates:
    """The span from the first opening to the last closing."""
    if not parts:
        return MeetingDates()
    statements = tuple(statement for part in parts for statement in part.statements)
    return MeetingDates(
        Bounds(_least(part.opening.earliest for part in parts), _least(part.opening.latest for part in parts)),
        Bounds(_most(part.closing.earliest for part in parts), _most(part.closing.latest for part in parts)),
        statements,
    )


def _least(days: Iterable[date | None]) -> date | None:
    found = list(days)
    return None if None in found else min(day for day in found if day is not None)


def _most(days: Iterable[date | None]) -> date | None:
    found = list(days)
    return None if None in found else max(day for day in found if day is not None)
