"""The network of meetings, read from a store: feeds row by row, schedule statements, deadlines, elements and names.

Every query names its graphs, so that it gives the same on every engine and endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mandategraph.analysis.facts import Address, Due, Feed, Match, Schedule
from mandategraph.answers.answer import Cell, source_cell
from mandategraph.lookup.labels import place_in_part
from mandategraph.messages import text_of
from mandategraph.model.citing import cited
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store, Term
from mandategraph.store.internal_query import ask

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Row = dict[str, Term]
_DAYS = re.compile(r"(-?)P(\d+)D(?:T.*)?")
_NUMBERS = re.compile(r"(\d+)")
_DONE = "done"
_SCHEME = namespaces.THINGS + "scheme/topics"


class Network:
    """All that the analyses need of one store; each part is read when it is first wanted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._places: dict[str, list[tuple[int, Cell]]] = {}

    @cached_property
    def feeds(self) -> tuple[Feed, ...]:
        """Every contribution, in the order of the documents and their lines."""
        authority = self._labels("analysis/labels-of-mandates")
        rows = self._lists("analysis/rows-of-contributions")
        found = [self._feed(row, authority, rows) for row in self._placed("analysis/contributions")]
        return tuple(sorted(found, key=lambda feed: (self._place_of(feed.iri), feed.iri)))

    @cached_property
    def schedules(self) -> dict[str, tuple[Schedule, ...]]:
        """By meeting: its schedule statements, those of the document known first in front."""
        places = self._lists("analysis/places-of-schedule-statements")
        between = self._lists("analysis/meetings-around-a-meeting")
        found: dict[str, list[Schedule]] = {}
        for row in self._placed("analysis/schedule-statements"):
            one = self._schedule(row, places, between)
            found.setdefault(one.meeting, []).append(one)
        return {
            meeting: tuple(sorted(some, key=lambda one: (one.known or date.max, self._place_of(one.iri), one.iri)))
            for meeting, some in sorted(found.items())
        }

    @cached_property
    def sessions(self) -> dict[str, tuple[str, ...]]:
        """By meeting: the sessions that it consists of."""
        return self._lists("analysis/sessions")

    @cached_property
    def replaced(self) -> dict[str, tuple[str, ...]]:
        """By meeting that a text says was replaced: the events that came in its place."""
        return self._lists("analysis/replacements")

    @cached_property
    def kinds(self) -> dict[str, tuple[str, ...]]:
        """By meeting: the types and kinds that documents give it, as terms (``type-1``), with repeats gone."""
        found = self._lists("analysis/classifications")
        return {meeting: tuple(namespaces.compact(kind) for kind in some) for meeting, some in found.items()}

    @cached_property
    def kind_sources(self) -> dict[tuple[str, str], tuple[Cell, ...]]:
        """By meeting and type: where it is so classified."""
        found: dict[tuple[str, str], tuple[Cell, ...]] = {}
        for row in self._placed("analysis/classifications"):
            key = (row["one"].value, namespaces.compact(row["other"].value))
            found[key] = (*found.get(key, ()), *self.sources_of(row["s"].value))
        return found

    @cached_property
    def deadlines(self) -> tuple[Due, ...]:
        """Every deadline, in the order of the documents."""
        setters = self._lists("analysis/statements-with-deadlines")
        self._read_places(setter for some in setters.values() for setter in some)
        made = [self._due(row, setters.get(row["s"].value, ())) for row in self._placed("analysis/deadlines")]
        return tuple(sorted(made, key=lambda due: ([cell.value or "" for cell in due.sources], due.iri)))

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Which meeting deals with which element: the giver of a row of its own, the receiver of a row that takes
        something up, and whoever is asked."""
        found = {
            Address(row["meeting"].value, row["element"].value, row["document"].value, self.sources_of(row["s"].value))
            for row in self._placed("analysis/elements-dealt-with")
            if row["meeting"].value in self.meetings
        }
        return tuple(
            sorted(found, key=lambda one: ([cell.value or "" for cell in one.sources], one.element, one.meeting))
        )

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """Graded matches between elements of different schemes."""
        found = (
            Match(
                row["one"].value,
                row["other"].value if "other" in row else None,
                namespaces.compact(row["grade"].value),
                self.sources_of(row["s"].value),
            )
            for row in self._placed("analysis/element-matches")
        )
        return tuple(sorted(found, key=_order_of_match))

    @cached_property
    def elements(self) -> dict[str, tuple[str, ...]]:
        """By concept scheme: its elements, by code; groups that only introduce the items under a heading are none."""
        groups = {row["one"].value for row in self.ask("analysis/groups-of-elements")}
        found = self._lists("analysis/elements-of-schemes")
        return {scheme: tuple(sorted(set(some) - groups, key=self._natural)) for scheme, some in sorted(found.items())}

    @cached_property
    def listed(self) -> frozenset[str]:
        """The elements that a document sets out in a list of its own, as an annex does."""
        return frozenset(row["one"].value for row in self.ask("analysis/listed-elements"))

    @cached_property
    def broader(self) -> dict[str, tuple[str, ...]]:
        """By element: the heading that it stands under."""
        return self._lists("analysis/broader-elements")

    @cached_property
    def meetings(self) -> frozenset[str]:
        """The IRIs of all meetings, sessions included."""
        return frozenset(row["one"].value for row in self.ask("analysis/meetings"))

    @property
    def topics(self) -> tuple[str, ...]:
        """The subjects of meetings as schedule tables write them."""
        return self.elements.get(_SCHEME, ())

    def graph(self) -> MultiDiGraph[Any]:
        """The dependency graph: one edge for each planned feed that names a receiver, its key the feed's IRI."""
        import networkx

        made: MultiDiGraph[Any] = networkx.MultiDiGraph()
        for feed in self.planned:
            if feed.receiver:
                made.add_edge(feed.giver, feed.receiver, key=feed.iri, feed=feed)
        return made

    @cached_property
    def planned(self) -> tuple[Feed, ...]:
        """The feeds that are yet to come by the words of their row; those reported as done are left out."""
        return tuple(feed for feed in self.feeds if namespaces.compact(feed.modality) != _DONE)

    def meeting_feeds(self) -> list[Feed]:
        """The planned feeds with a meeting at both ends."""
        return [feed for feed in self.planned if feed.giver in self.meetings and feed.receiver in self.meetings]

    def plans(self, document: str, meeting: str) -> bool:
        """Whether a document plans the meeting, and does not report on it (and maybe on what had been planned)."""
        phases = {one.phase for one in self.schedules.get(meeting, ()) if one.document == document}
        return phases == {"planned"}

    @cached_property
    def covered(self) -> dict[str, tuple[date, date]]:
        """By document: the first and last day of the time in which its silence means something."""
        found = (
            (row["s"].value, _day(row, "from"), _day(row, "to")) for row in self.ask("analysis/periods-of-documents")
        )
        return {document: (first, last) for document, first, last in found if first and last}

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents that the store has statements of, by code."""
        return tuple(
            sorted((row["one"].value for row in self.ask("analysis/documents-with-statements")), key=self.code)
        )

    def cell(self, thing: str | None) -> Cell:
        """A thing or term as shown: its code and labels; an empty cell for None."""
        if thing is None:
            return Cell()
        code, said = self._names.get(thing, (None, {}))
        return Cell(code or namespaces.compact(thing), text_of(said))

    def code(self, thing: str) -> str:
        """The code of a thing."""
        return self.cell(thing).value or ""

    def sources_of(self, statement: str) -> tuple[Cell, ...]:
        """Where a statement stands in the documents."""
        self._read_places([statement])
        return tuple(dict.fromkeys(place for _, place in self._places[statement]))

    def _natural(self, thing: str) -> list[tuple[int, str]]:
        """Order of codes in which item 2 comes before item 10."""
        parts = _NUMBERS.split(self.code(thing))
        return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]

    @cached_property
    def _names(self) -> dict[str, tuple[str | None, dict[str, str]]]:
        found: dict[str, tuple[str | None, dict[str, str]]] = {}
        for row in self.ask("analysis/names"):
            code, labels = found.get(row["one"].value, (None, {}))
            if "label" in row:
                labels[row["label"].lang or ""] = row["label"].value
            found[row["one"].value] = (row["code"].value if "code" in row else code, labels)
        return found

    def _placed(self, query: str) -> list[Row]:
        """The rows of a query about statements, whose places are read in a few queries then, and not one by one."""
        found = list(self.ask(query))
        self._read_places(row["s"].value for row in found)
        return found

    def _read_places(self, statements: Iterable[str]) -> None:
        wanted = {statement for statement in statements if statement not in self._places}
        found: dict[str, list[tuple[int, Cell]]] = {statement: [] for statement in wanted}
        for row in ask(self._store, "analysis/places-of-statements", wanted):
            found[row["s"].value].append((int(row["line"].value), self._place(row)))
        for statement, some in found.items():
            self._places[statement] = sorted(some, key=lambda one: (one[0], one[1].value or ""))

    def _place(self, row: Row) -> Cell:
        document, line = self.code(row["document"].value), row["line"].value
        return source_cell(cited(document, place_in_part(row), line))

    def _place_of(self, statement: str) -> tuple[str, int]:
        self._read_places([statement])
        line, cell = next(iter(self._places[statement]), (0, Cell("")))
        return ((cell.value or "").partition(", ")[0], line)

    def _feed(self, row: Row, authority: dict[str, Cell], rows: dict[str, tuple[str, ...]]) -> Feed:
        mandate = row["mandate"].value if "mandate" in row else ""
        return Feed(
            row["s"].value, row["giver"].value, _value(row, "receiver") or "", _term(row, "voice"), row["modality"].value,
            _value(row, "firm") == "true", _value(row, "deliverable") or "", _value(row, "element"),
            authority.get(mandate), row["document"].value, self.sources_of(row["s"].value),
            frozenset(rows.get(row["s"].value, ())),
        )  # fmt: skip

    def _schedule(self, row: Row, places: dict[str, tuple[str, ...]], between: dict[str, tuple[str, ...]]) -> Schedule:
        iri, document = row["s"].value, row["document"].value
        return Schedule(
            iri, row["meeting"].value, _term(row, "phase"), _term(row, "status"), _term(row, "precision"),
            _term(row, "mode"), document, self._dated.get(document), _value(row, "written") or "",
            _day(row, "start"), _day(row, "end"), _day(row, "earliest"), _day(row, "latest"),
            places.get(iri, ()), between.get(iri, ()), self.sources_of(iri),
        )  # fmt: skip

    def _due(self, row: Row, things: tuple[str, ...]) -> Due:
        sources = self.sources_of(row["s"].value) + tuple(cell for thing in things for cell in self.sources_of(thing))
        found = _DAYS.fullmatch(_value(row, "offset") or "")
        days = int(found.group(1) + found.group(2)) if found else None
        point = _term(row, "point")
        return Due(
            row["s"].value, _day(row, "on"), _value(row, "anchor"), point, days, things, tuple(dict.fromkeys(sources))
        )

    @cached_property
    def _dated(self) -> dict[str, date]:
        """Since when each document is known: its date; without one, the last day that it tells of."""
        rows = ((row["s"].value, _day(row, "on") or _day(row, "to")) for row in self.ask("analysis/dates-of-documents"))
        return {document: day for document, day in rows if day}

    def _labels(self, query: str) -> dict[str, Cell]:
        words: dict[str, dict[str, str]] = {}
        for row in self.ask(query):
            words.setdefault(row["one"].value, {})[row["label"].lang or ""] = row["label"].value
        return {one: Cell(said.get("en", "").removeprefix("decision "), text_of(said)) for one, said in words.items()}

    def _lists(self, query: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for row in self.ask(query):
            found.setdefault(row["one"].value, []).append(row["other"].value)
        return {one: tuple(sorted(set(some))) for one, some in sorted(found.items())}

    def ask(self, query: str) -> Iterable[Row]:
        """The rows of the internal query of this name."""
        return ask(self._store, query)


def _order_of_match(match: Match) -> tuple[str, str, str, list[str]]:
    return (match.element, match.other or "", match.grade, [cell.value or "" for cell in match.sources])


def _value(row: Row, name: str) -> str | None:
    return row[name].value if name in row else None


def _term(row: Row, name: str) -> str:
    return namespaces.compact(row[name].value) if name in row else ""


def _day(row: Row, name: str) -> date | None:
    return date.fromisoformat(row[name].value) if name in row else None
