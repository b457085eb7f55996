"""When meetings are, as marks on a line of time: plan and fact of each, drawn no more precisely than they are stated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mandategraph.analysis.network import Network
from mandategraph.analysis.times import Calendar, MeetingDates

PLAN, FACT, BOTH = "plan", "fact", "both"
_ACTUAL = ("held", "under-way")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: ``plan``, ``fact``, or ``both`` when it took place just as planned.

    ``first`` and ``last`` bound it; ``last`` is None when no end is known, both are None when no day is. It is
    ``sure`` when the days are stated to the day and not to be confirmed.
    """

    kind: str
    first: date | None
    last: date | None
    sure: bool

    @property
    def dated(self) -> bool:
        """Whether anything is known of its days."""
        return self.first is not None or self.last is not None


def marks_of(network: Network, meeting: str) -> tuple[Mark, ...]:
    """The marks of a meeting, plan before fact; none when no document says anything of its time.

    Where a meeting has no dates of its own it has those of its sessions, but never those of what came in its place.
    """
    plan = Calendar(network, ("planned",)).span(meeting)
    fact = _own(network, meeting, Calendar(network, _ACTUAL).span(meeting))
    found = [_mark(kind, span) for kind, span in ((PLAN, plan), (FACT, fact)) if span.statements]
    if len(found) == len((PLAN, FACT)) and _same(*found):
        return (Mark(BOTH, found[1].first, found[1].last, found[1].sure),)
    return tuple(found)


def begins(marks: Iterable[Mark]) -> date:
    """The first day of any of the marks, for sorting; those without a day come last."""
    return min((mark.first or mark.last or date.max for mark in marks), default=date.max)


def _own(network: Network, meeting: str, span: MeetingDates) -> MeetingDates:
    own = {meeting, *network.sessions.get(meeting, ())}
    return span if any(one.meeting in own for one in span.statements) else MeetingDates()


def _mark(kind: str, span: MeetingDates) -> Mark:
    exact = all(bounds.known and bounds.earliest == bounds.latest for bounds in (span.opening, span.closing))
    return Mark(kind, span.opening.earliest, span.closing.latest, exact and span.fixed)


def _same(plan: Mark, fact: Mark) -> bool:
    return plan.dated and plan.sure and fact.sure and (plan.first, plan.last) == (fact.first, fact.last)


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a month, and where it is: a share of the whole time from 0 to 1."""

    day: date
    at: float

    @property
    def opens_year(self) -> bool:
        """Whether a year begins."""
        return self.day.month == 1


@dataclass(frozen=True, slots=True)
class Scale:
    """The time that all marks lie in, whole months; places are shares of it from 0 to 1."""

    first: date
    last: date

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Scale | None:
        """The scale for these marks, or None when none of them has a day."""
        days = [day for mark in marks for day in (mark.first, mark.last) if day]
        if not days:
            return None
        return cls(min(days).replace(day=1), _next_month(max(days)))

    @property
    def days(self) -> int:
        """How many days it spans."""
        return (self.last - self.first).days

    def at(self, day: date) -> float:
        """Where the day begins."""
        return (day - self.first).days / self.days

    def span(self, mark: Mark) -> tuple[float, float]:
        """Where a dated mark begins and ends; one without an end goes on to the edge, one without a beginning comes
        from it."""
        start = self.at(mark.first) if mark.first else 0.0
        end = self.at(mark.last + timedelta(days=1)) if mark.last else 1.0
        return start, end

    def ticks(self) -> list[Tick]:
        """Every month that begins in it."""
        found, day = [], self.first
        while day < self.last:
            found.append(Tick(day, self.at(day)))
            day = _next_month(day)
        return found


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
