"""The map of what feeds what, laid out: time runs along, bodies are lanes, marks are meetings, arrows are inputs.

Everything is placed by arithmetic on the dates and the lengths of the labels, so the same graph gives the same bytes.
Lengths are in pixels of the drawing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mandategraph.analysis.facts import Feed
from mandategraph.answers.answer import Cell
from mandategraph.rdf import namespaces
from mandategraph.site.content import Content
from mandategraph.site.lanes import OTHER_INPUTS, Lane, lanes
from mandategraph.site.timeline_marks import FACT, PLAN, Mark, Scale, Tick, marks_of

PER_DAY = 3.0
AXIS = 40.0
ROW = 21.0
_LANE_PADDING = 9.0
_GAP = 16.0
_LEAST = 7.0  # a meeting of one day must be seen, and be hit by a finger
_UNDATED = 100.0
_EDGE = 12.0
_LETTER, _IDEOGRAPH = 5.9, 11.2
_LONGEST_LABEL = 34
_STUB, _RISE = 13.0, 9.0
LINE = 13.0
_LANE_ROOM = 128.0
_WORD = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|[\u2e80-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Box:
    """A mark as drawn: where, and of which meeting's plan or fact. ``open`` when no end is known."""

    mark: Mark
    left: float
    right: float
    top: float
    open: bool = False

    @property
    def middle(self) -> float:
        """Its height in the middle."""
        return self.top + ROW / 2


@dataclass(frozen=True, slots=True)
class Knot:
    """A meeting, or another giver or receiver, with its marks and one label. ``body`` is that of its lane."""

    iri: str
    label: str
    boxes: tuple[Box, ...]
    body: str | None
    meeting: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """What passes from one to another with one degree of commitment: one arrow for all rows that say so.

    ``receiver`` is None when no row names one; ``path`` is the line as SVG writes it, ``at`` where its number stands.
    """

    giver: str
    receiver: str | None
    modality: str
    feeds: tuple[Feed, ...]
    path: str
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Strip:
    """A lane as drawn."""

    name: Cell
    body: str | None
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole map."""

    width: float
    height: float
    dated: float
    strips: tuple[Strip, ...]
    knots: tuple[Knot, ...]
    arrows: tuple[Arrow, ...]
    ticks: tuple[tuple[Tick, float], ...]


def draw(content: Content, language: str) -> Drawing:
    """Lay the map out, with labels in one language."""
    return _Layout(content, language).drawing()


def width_of(text: str) -> float:
    """About how wide a label is."""
    return sum(_IDEOGRAPH if unicodedata.east_asian_width(char) in "WF" else _LETTER for char in text)


def shortened(text: str) -> str:
    """A label that is not too long; an ideograph counts as two letters."""
    room = _LONGEST_LABEL * _LETTER
    if width_of(text) <= room:
        return text
    kept = ""
    for char in text:
        if width_of(kept + char) > room:
            break
        kept += char
    return kept.rstrip(" ,，（(") + "…"


def lines(strip: Strip, name: str) -> list[str]:
    """A lane's name broken into as many lines as there is room for, after the code that its body is known by."""
    room = max(1, int((strip.height - 12) // LINE))
    found = [strip.name.value] if strip.body and strip.name.value else []
    broken = [""]
    for word in _WORD.findall(name):
        if width_of((broken[-1] + word).rstrip()) > _LANE_ROOM and broken[-1]:
            broken.append("")
        broken[-1] += word
    found += [line.strip() for line in broken]
    if len(found) > room:
        found = found[:room] if room > 1 or strip.body else [shortened(name)]
        if room > 1:
            found[-1] += "…"
    return found


@dataclass(slots=True)
class _Rows:
    """The rows of one lane: where each is taken, from left to right in spans."""

    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def place(self, left: float, right: float) -> int:
        """The first row with room from ``left`` to ``right``."""
        for number, spans in enumerate(self.taken):
            if all(right + _GAP <= start or end + _GAP <= left for start, end in spans):
                spans.append((left, right))
                return number
        self.taken.append([(left, right)])
        return len(self.taken) - 1


class _Layout:
    def __init__(self, content: Content, language: str) -> None:
        self._content = content
        self._language = language
        self._lanes = lanes(content)
        self._marks = {
            meeting.iri: marks_of(content.network, meeting.iri) for lane in self._lanes for meeting in lane.meetings
        }
        self._scale = Scale.of(mark for some in self._marks.values() for mark in some)
        self._dated = self._scale.days * PER_DAY if self._scale else 0.0
        self._width = self._dated + _UNDATED
        self._knots: dict[str, Knot] = {}
        self._strips: list[Strip] = []

    def drawing(self) -> Drawing:
        top = AXIS
        others = self._others()
        bodies = [lane for lane in self._lanes if lane.body]
        for lane in bodies:
            top = self._lane(lane, top)
        if others:  # next to the bodies that they feed, so that their lines cross no other lane
            top = self._other_lane(others, top)
        for lane in self._lanes[len(bodies) :]:
            top = self._lane(lane, top)
        ticks = tuple((tick, tick.at * self._dated) for tick in self._scale.ticks()) if self._scale else ()
        arrows = tuple(self._arrows())
        return Drawing(self._width, top, self._dated, tuple(self._strips), tuple(self._knots.values()), arrows, ticks)

    def _lane(self, lane: Lane, top: float) -> float:
        rows = _Rows()
        for meeting in lane.meetings:
            label = shortened(meeting.short(self._language))
            boxes = []
            for mark in self._marks[meeting.iri] or (self._first(meeting.iri),):
                left, right = self._across(mark)
                taken = right + 5 + width_of(label)
                self._width = max(self._width, taken + _EDGE)
                row = rows.place(left, taken)
                boxes.append(Box(mark, left, right, top + _LANE_PADDING + row * ROW, mark.dated and mark.last is None))
            self._knots[meeting.iri] = Knot(meeting.iri, label, tuple(boxes), lane.body, True)
        return self._strip(lane.name, lane.body, top, len(rows.taken))

    def _other_lane(self, others: Sequence[str], top: float) -> float:
        rows = _Rows()
        for iri in others:
            label = shortened(self._content.short(iri, self._language))
            left = self._beside(iri, width_of(label))
            row = rows.place(left, left + _LEAST + 5 + width_of(label))
            box = Box(Mark(PLAN, None, None, False), left, left + _LEAST, top + _LANE_PADDING + row * ROW)
            self._knots[iri] = Knot(iri, label, (box,), iri if namespaces.kind_of(iri) == "body" else None, False)
        return self._strip(OTHER_INPUTS, None, top, len(rows.taken))

    def _strip(self, name: Cell, body: str | None, top: float, rows: int) -> float:
        height = rows * ROW + 2 * _LANE_PADDING
        self._strips.append(Strip(name, body, top, height))
        return top + height

    def _across(self, mark: Mark) -> tuple[float, float]:
        if not mark.dated or self._scale is None:
            return self._dated + _EDGE, self._dated + _EDGE + _LEAST
        start, end = self._scale.span(mark)
        left, right = start * self._dated, end * self._dated
        return left, max(right, left + _LEAST)

    def _others(self) -> list[str]:
        """Givers and receivers that are no meetings, in the order in which rows name them."""
        ends = (end for feed in self._content.network.feeds for end in (feed.giver, feed.receiver))
        return [end for end in dict.fromkeys(ends) if end and end not in self._marks]

    def _beside(self, iri: str, label: float) -> float:
        """Left of the first meeting that it feeds, or right of the first that feeds it: it has no time of its own."""
        for feed in self._content.network.feeds:
            if feed.giver == iri and feed.receiver in self._marks:
                return max(0.0, self._across(self._first(feed.receiver))[0] - label - 3 * _GAP)
            if feed.receiver == iri and feed.giver in self._marks:
                return self._across(self._first(feed.giver))[1] + 3 * _GAP
        return 0.0

    def _first(self, meeting: str) -> Mark:
        return next(iter(self._marks[meeting]), Mark(PLAN, None, None, False))

    def _end(self, iri: str, feed: Feed) -> Box:
        """The mark that an arrow begins or ends at: what is planned passes between plans, what was done between facts."""
        boxes = self._knots[iri].boxes
        wanted = FACT if namespaces.compact(feed.modality) == "done" else PLAN
        return next((box for box in boxes if box.mark.kind == wanted), boxes[0])

    def _arrows(self) -> Iterable[Arrow]:
        grouped: dict[tuple[str, str, str], list[Feed]] = {}
        for feed in self._content.network.feeds:
            grouped.setdefault((feed.giver, feed.receiver, namespaces.compact(feed.modality)), []).append(feed)
        beside: dict[tuple[str, str], int] = {}
        for (giver, receiver, modality), feeds in grouped.items():
            number = beside[giver, receiver] = beside.get((giver, receiver), -1) + 1
            start = self._end(giver, feeds[0])
            end = self._end(receiver, feeds[0]) if receiver else None
            path, at = _curve(start, end, number)
            yield Arrow(giver, receiver or None, modality, tuple(feeds), path, at)


def _curve(start: Box, end: Box | None, number: int) -> tuple[str, tuple[float, float]]:
    """A line from the right of one mark to the left of another; parallel ones are fanned out by their number."""
    x, y = start.right, start.middle
    if end is None:
        # A short tip above the label, since nothing is known of where it goes.
        reach = _STUB + number * 2 * _STUB
        return f"M{x:.1f} {y - 4:.1f}q2 {-_RISE:.1f} {reach:.1f} {-_RISE:.1f}", (x + reach, y - 4 - _RISE)
    fan = (number + 1) // 2 * (7 if number % 2 else -7)
    goal_x, goal_y = end.left - 2, end.middle
    reach = max(26.0, min(abs(goal_x - x) * 0.45, 240.0)) if goal_x > x else 46.0
    first, second = (x + reach, y + fan * 2), (goal_x - reach, goal_y + fan * 2)
    path = f"M{x:.1f} {y:.1f}C{first[0]:.1f} {first[1]:.1f} {second[0]:.1f} {second[1]:.1f} {goal_x:.1f} {goal_y:.1f}"
    middle = tuple(
        (a + 3 * b + 3 * c + d) / 8 for a, b, c, d in zip((x, y), first, second, (goal_x, goal_y), strict=True)
    )
    return path, (middle[0], middle[1])
