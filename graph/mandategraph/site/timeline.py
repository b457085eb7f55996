"""The timeline of plan against fact: a row for each meeting, with its marks, and in words what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mandategraph.analysis.changes import changes, sentence, when
from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.answers.answer import Cell
from mandategraph.messages import gettext
from mandategraph.site.content import Content, Thing
from mandategraph.site.lanes import lanes
from mandategraph.site.timeline_marks import Mark, Scale, Tick, marks_of

_SAME = "same"
_UNDATED = Cell(None, gettext("no date stated"))


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of one document about a meeting: planned or held, when, where, how, and what it changed. ``again``
    when it only repeats the statement before it."""

    schedule: Schedule
    phase: str
    dates: Cell
    change: Cell | None
    again: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A mark as a share of the whole time: where it begins and how long it is, in per cent."""

    mark: Mark
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A meeting on the timeline."""

    thing: Thing
    steps: tuple[Step, ...]
    bars: tuple[Bar, ...]

    def told(self, planned: bool) -> tuple[Step, ...]:
        """Its steps, of the plan or of what took place."""
        return tuple(step for step in self.steps if (step.phase == "planned") == planned)


@dataclass(frozen=True, slots=True)
class Timeline:
    """All meetings by lanes, and the months above them (in per cent)."""

    groups: tuple[tuple[Cell, tuple[TimelineRow, ...]], ...]
    ticks: tuple[tuple[Tick, float], ...]


def timeline(content: Content) -> Timeline:
    """Every meeting that any document says something of, in the lanes of the map."""
    placed = lanes(content)
    marks = {meeting.iri: marks_of(content.network, meeting.iri) for lane in placed for meeting in lane.meetings}
    scale = Scale.of(mark for some in marks.values() for mark in some)
    groups = []
    for lane in placed:
        rows = (
            TimelineRow(one, steps(content.network, one.iri), _bars(marks[one.iri], scale)) for one in lane.meetings
        )
        groups.append((lane.name, tuple(rows)))
    ticks = tuple((tick, round(tick.at * 100, 2)) for tick in scale.ticks()) if scale else ()
    return Timeline(tuple(groups), ticks)


def steps(network: Network, meeting: str) -> tuple[Step, ...]:
    """What the documents say of a meeting's time and place, plans first; each change is from the step before.

    A statement that a later document only repeats stays a step of its own, with its own source.
    """
    stated = sorted(network.schedules.get(meeting, ()), key=lambda one: one.phase != "planned")
    found: list[Step] = []
    for one in stated:
        before = found[-1].schedule if found else None
        told = changes(network, before, one) if before else []
        said = Cell(None, sentence(told)) if told else None
        dates = Cell(None, when(one)) if when(one) else _UNDATED
        found.append(Step(one, one.phase, dates, said, again=any(change.kind == _SAME for change in told)))
    return tuple(found)


def _bars(marks: Iterable[Mark], scale: Scale | None) -> tuple[Bar, ...]:
    if scale is None:
        return ()
    spans = ((mark, scale.span(mark)) for mark in marks if mark.dated)
    return tuple(Bar(mark, round(start * 100, 2), round((end - start) * 100, 2)) for mark, (start, end) in spans)
