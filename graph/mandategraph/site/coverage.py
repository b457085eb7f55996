"""The matrix of topics and elements against meetings, with its gaps."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.analysis.coverage import Covered, covered_elements
from mandategraph.site.content import Content
from mandategraph.site.timeline_marks import begins, marks_of


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """An element with its match and gap, and for each meeting ``plan``, ``fact``, ``both`` or nothing."""

    covered: Covered
    is_heading: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Meetings in the order of time, and rows by side (``topic``, ``framework``)."""

    meetings: tuple[str, ...]
    rows: tuple[CoverageRow, ...]

    def side(self, name: str) -> tuple[CoverageRow, ...]:
        """The rows of one side."""
        return tuple(row for row in self.rows if row.covered.side == name)


def matrix(content: Content) -> Matrix:
    """Every element against every meeting that deals with any."""
    network = content.network
    found = covered_elements(network)
    used = {meeting for one in found for meeting in (*one.planned, *one.held)}
    meetings = sorted(used, key=lambda one: (begins(marks_of(network, one)), network.code(one)))
    headings = {heading for some in network.broader.values() for heading in some}
    rows = (CoverageRow(one, one.element in headings, tuple(_mark(one, m) for m in meetings)) for one in found)
    return Matrix(tuple(meetings), tuple(rows))


def _mark(covered: Covered, meeting: str) -> str:
    planned, held = meeting in covered.planned, meeting in covered.held
    return "both" if planned and held else "plan" if planned else "fact" if held else ""
