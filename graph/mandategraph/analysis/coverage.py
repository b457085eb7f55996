"""The matrix of elements and meetings: which topics and framework elements have a counterpart and a meeting, and which
do not, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mandategraph.analysis import tables
from mandategraph.analysis.facts import Match
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.answers.answer import Answer, Cell, Column, Row, column
from mandategraph.messages import gettext, pgettext, same

Gap = Literal["no-counterpart", "no-meeting", "met-later"]
_GRADES = ("exact", "close", "broad")
_NEAR = ("exact", "close")
_WORDS = {
    "exact": Cell("exact", gettext("exact")),
    "close": Cell("close", gettext("close")),
    "broad": Cell("broad", gettext("broad")),
    "heading": Cell("heading", gettext("only its heading")),
    "items": Cell("items", gettext("only items under it")),
    "none": Cell("none", gettext("none")),
    "not-stated": Cell("not-stated", gettext("not judged")),
}
_SIDES = {
    "topic": Cell("topic", gettext("topic of a meeting")),
    "framework": Cell("framework", gettext("element of the framework")),
}
_GAPS = {
    "no-counterpart": Cell("no-counterpart", gettext("no counterpart in the framework")),
    "no-meeting": Cell("no-meeting", gettext("no meeting deals with it")),
    "met-later": Cell("met-later", gettext("none planned, but one held")),
}
_COLUMNS = (
    column("element", gettext("Element"), coded=True),
    column("side", pgettext("column of coverage", "What it is")),
    column("grade", gettext("Match")),
    column("counterpart", gettext("Counterparts"), coded=True),
    column("planned", gettext("Meetings planned"), coded=True),
    column("held", gettext("Meetings held"), coded=True),
    column("gap", gettext("Gap")),
    column("source", gettext("Source")),
)
_QUESTIONS = {
    None: gettext("Which elements have which meetings, and where are the gaps?"),
    "no-counterpart": gettext("Which topics of meetings have no counterpart in the framework's elements?"),
    "no-meeting": gettext("Which framework elements had no meeting planned?"),
    "met-later": gettext("Which elements without a planned meeting did a later event deal with?"),
}
_NOTE = gettext(
    "Topics are those of the schedule tables and of events; framework elements those of annex I. They "
    "meet through graded matches, which are judgements with a reason each. A framework element has the "
    "meetings of the topics that match it, or its heading closely, or items under it; where it is not "
    "matched itself, this is said. Planned: a document that plans the meeting has it deal with the "
    "element; held: a document reports the meeting as held or under way."
)


@dataclass(frozen=True)
class Covered:
    """One element: how well it is matched, and which meetings deal with it."""

    element: str
    side: str
    grade: str
    counterparts: tuple[str, ...]
    planned: tuple[str, ...]
    held: tuple[str, ...]
    sources: tuple[Cell, ...]

    @property
    def gap(self) -> str | None:
        """The gap, or None: a topic of the plan lacks its counterpart, an element its meeting in the plan or altogether."""
        if self.side == "topic":
            return "no-counterpart" if self.grade == "none" and self.planned else None
        if self.planned:
            return None
        return "met-later" if self.held else "no-meeting"

    @property
    def grade_cell(self) -> Cell:
        """How well it is matched, in words."""
        return _WORDS[self.grade]

    @property
    def gap_cell(self) -> Cell:
        """The gap in words; an empty cell when there is none."""
        return _GAPS[self.gap] if self.gap else Cell()


def coverage(network: Network, gap: Gap | None = None) -> Answer:
    """Every topic and framework element with its matches, meetings and gap; with ``gap`` only those that have it.

    The gap ``no-meeting`` is that of the plan, and so holds those that a later event met as well.
    """
    found = [covered for covered in covered_elements(network) if gap is None or _has(covered, gap)]
    return tables.answer(
        "coverage", _QUESTIONS[gap], _NOTE, _COLUMNS, [_row(network, covered) for covered in found],
        params={"gap": [gap] if gap else []}, key=("element",),
        empty="no" if network.matches else "not-stated",
        basis="interpretation",
    )  # fmt: skip


def matrix(network: Network) -> Answer:
    """The same as a matrix: one column for each meeting that deals with anything, its cells planned, held or both."""
    found = covered_elements(network)
    meetings = sorted({one for covered in found for one in (*covered.planned, *covered.held)}, key=network.code)
    columns = [*_COLUMNS[:3], *(_meeting_column(network, meeting) for meeting in meetings)]
    rows = []
    for covered in found:
        row = _row(network, covered)
        rows.append((*row[:3], *(one(_mark(covered, meeting)) for meeting in meetings)))
    return tables.answer(
        "coverage",
        _QUESTIONS[None],
        _NOTE,
        columns,
        rows,
        params={"matrix": ["yes"]},
        key=("element",),
        basis="interpretation",
    )


def covered_elements(network: Network) -> list[Covered]:
    """All topics by their codes, then all framework elements in the order of the document.

    Only matches with elements of the graph count; those with the targets of another text are no counterparts here.
    """
    known = {element for some in network.elements.values() for element in some}
    matches = [match for match in network.matches if match.other is None or match.other in known]
    topics = {address.element for address in network.addresses} & known
    topics -= {match.other for match in matches if match.other} | network.listed
    framework = [element for some in network.elements.values() for element in some if element not in topics]
    found = _Finder(network, matches)
    return [*(found.topic(topic) for topic in sorted(topics, key=network.code)), *map(found.element, framework)]


class _Finder:
    """Looks up what matches what, and which meetings follow from that."""

    def __init__(self, network: Network, matches: list[Match]) -> None:
        self._network = network
        self._judged = {match.element for match in network.matches}
        self._none = "none" if matches else "not-stated"
        self._from: dict[str, list[Match]] = {}
        self._to: dict[str, list[Match]] = {}
        for match in matches:
            if match.other:
                self._from.setdefault(match.element, []).append(match)
                self._to.setdefault(match.other, []).append(match)
        self._narrower: dict[str, list[str]] = {}
        for element, headings in network.broader.items():
            for heading in headings:
                self._narrower.setdefault(heading, []).append(element)

    def topic(self, topic: str) -> Covered:
        """A topic: its own meetings, and what it matches."""
        matches = self._from.get(topic, [])
        counterparts = sorted({match.other for match in matches if match.other}, key=self._network.code)
        grade = _best(match.grade for match in matches) or ("none" if topic in self._judged else "not-stated")
        return Covered(topic, "topic", grade, tuple(counterparts), *_meetings(self._network, [topic]))

    def element(self, element: str) -> Covered:
        """A framework element: matched itself, or by its heading or its items only, or not at all."""
        grade, matches = self._matched(element)
        topics = sorted({match.element for match in matches}, key=self._network.code)
        planned, held, sources = _meetings(self._network, [element, *topics])
        sources = tuple(dict.fromkeys((*(cell for match in matches for cell in match.sources), *sources)))
        return Covered(element, "framework", grade, tuple(topics), planned, held, sources)

    def _matched(self, element: str) -> tuple[str, list[Match]]:
        own = self._to.get(element, [])
        headings = self._network.broader.get(element, ())
        above = [match for heading in headings for match in self._to.get(heading, ()) if match.grade in _NEAR]
        if own:
            return _best(match.grade for match in own) or self._none, [*own, *above]
        items = [match for item in self._narrower.get(element, ()) for match in self._to.get(item, ())]
        if items:
            return "items", [*items, *above]
        return ("heading", above) if above else (self._none, [])


def _meetings(network: Network, elements: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Cell, ...]]:
    """The meetings that deal with any of these elements, as planned and as held, and where it is said."""
    wanted = set(elements)
    found = [address for address in network.addresses if address.element in wanted]
    meetings = sorted({address.meeting for address in found}, key=network.code)
    intended = {address.meeting for address in found if network.plans(address.document, address.meeting)}
    held = tuple(meeting for meeting in meetings if _is_held(network, meeting))
    planned = tuple(meeting for meeting in meetings if meeting in intended)
    return planned, held, tuple(dict.fromkeys(cell for address in found for cell in address.sources))


def _is_held(network: Network, meeting: str) -> bool:
    parts = (meeting, *network.sessions.get(meeting, ()))
    return any(_in_phase(network, part, ("held", "under-way")) for part in parts)


def _in_phase(network: Network, meeting: str, phases: tuple[str, ...]) -> bool:
    return any(statement.phase in phases for statement in network.schedules.get(meeting, ()))


def _best(grades: Iterable[str]) -> str | None:
    found = sorted((grade for grade in grades if grade in _GRADES), key=_GRADES.index)
    return found[0] if found else None


def _has(covered: Covered, gap: Gap) -> bool:
    return covered.gap == gap or (gap == "no-meeting" and covered.gap == "met-later")


def _row(network: Network, covered: Covered) -> Row:
    return (
        one(network.cell(covered.element)),
        one(_SIDES[covered.side]),
        one(covered.grade_cell),
        tables.some(network.cell(other) for other in covered.counterparts),
        tables.some(network.cell(meeting) for meeting in covered.planned),
        tables.some(network.cell(meeting) for meeting in covered.held),
        one(covered.gap_cell),
        tables.some(covered.sources),
    )


def _meeting_column(network: Network, meeting: str) -> Column:
    cell = network.cell(meeting)
    name = cell.value or ""
    return Column(name, cell.labels if cell.labels and "." in name else same(name), ("value",))


def _mark(covered: Covered, meeting: str) -> Cell:
    planned, held = meeting in covered.planned, meeting in covered.held
    if planned and held:
        return Cell("planned+held", gettext("planned, held"))
    if planned:
        return Cell("planned", gettext("planned"))
    return Cell("held", pgettext("coverage", "held")) if held else Cell()
