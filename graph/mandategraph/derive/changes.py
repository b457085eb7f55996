"""Plan and fact side by side: how each meeting came about, against each plan of it that a document states.

Nothing is concluded that the statements do not carry: bounds are compared as bounds, a duration only where both sides
have days of the meeting's own, a reason only where a document gives one. Silence counts where the plan lies within the
period of a document that tells of meetings held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyoxigraph as ox

from mandategraph.rdf import namespaces
from mandategraph.rdf.quads import Graph, address, concept

_SCHEDULES = """
SELECT ?statement ?meeting ?document ?phase ?start ?end ?earliest ?latest ?mode ?place WHERE {
  GRAPH ?g {
    ?statement a mg:ScheduleStatement ; mg:schedules ?meeting ; mg:statedIn ?document ; mg:phase ?phase ; mg:mode ?mode .
    OPTIONAL { ?statement mg:startDate ?start ; mg:endDate ?end }
    OPTIONAL { ?statement mg:earliest ?earliest }
    OPTIONAL { ?statement mg:latest ?latest }
    OPTIONAL { ?statement mg:atPlace ?place }
  }
}"""
_STATED = """
SELECT ?meeting ?kind ?by ?document ?reason WHERE {
  GRAPH ?g {
    ?change a mg:StatedChange ; mg:changed ?meeting ; mg:statedKind ?kind ; mg:statedIn ?document .
    OPTIONAL { ?change mg:replacedBy ?by }
    OPTIONAL { ?change mg:reason ?reason }
  }
}"""
_PERIODS = """
SELECT ?document ?from ?to WHERE { GRAPH ?g { ?document mg:coversFrom ?from ; mg:coversTo ?to } }"""
_NAMED = """
SELECT DISTINCT ?document ?meeting WHERE { GRAPH ?g {
  { ?name a mg:Name ; mg:nameOf ?meeting ; mg:statedIn ?document }
  UNION { ?change a mg:StatedChange ; mg:changed ?meeting ; mg:statedIn ?document } } }"""


@dataclass
class Schedule:
    """One schedule statement, as far as it can be compared. `places` are IRIs, `phase` and `mode` local names."""

    statement: str
    meeting: str
    document: str
    phase: str
    mode: str
    start: date | None = None
    end: date | None = None
    earliest: date | None = None
    latest: date | None = None
    places: set[str] = field(default_factory=set)

    @property
    def planned(self) -> bool:
        return self.phase == "planned"


@dataclass(frozen=True)
class Change:
    """One plan against one fact, or against the silence of a document."""

    plan: Schedule
    kinds: tuple[str, ...]
    fact: Schedule | None = None
    document: str = ""
    resulting: str = ""
    reasons: tuple[ox.Literal, ...] = ()
    slip: int | None = None
    exact: bool = False


def changes(store: ox.Store) -> set[ox.Quad]:
    """The schedule changes that follow from all statements in a store, as quads of the derived graph."""
    graph = Graph("derived")
    for change in _changes(store):
        _state(graph, change)
    return graph.quads


def _changes(store: ox.Store) -> Iterator[Change]:
    schedules = _schedules(store)
    stated = [{k: row[k] for k in ("meeting", "kind", "by", "document", "reason")} for row in _rows(store, _STATED)]
    facts = [one for one in schedules if not one.planned]
    held_of: dict[str, list[Schedule]] = defaultdict(list)
    said_of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for fact in facts:
        held_of[fact.meeting].append(fact)
    for row in stated:
        said_of[row["meeting"].value].append(row)
    silence = _Silence(store, schedules)
    for plan in (one for one in schedules if one.planned):
        held, said = held_of[plan.meeting], said_of[plan.meeting]
        for fact in held:
            kinds, slip, exact = compare(plan, fact)
            if kinds:  # a plan of which nothing was settled has nothing to be held against
                yield Change(plan, kinds, fact, "", "", _reasons(said, kinds), slip, exact)
        instead = next((row["by"].value for row in said if _local(row["kind"].value) == "replaced" and row["by"]), "")
        if instead:
            came = next((fact for fact in facts if fact.meeting == instead), None)
            yield Change(plan, ("replaced",), came, "", instead, _reasons(said, ("replaced",)))
        elif not held:
            yield from silence.on(plan)


def _reasons(said: list[dict[str, Any]], kinds: tuple[str, ...]) -> tuple[ox.Literal, ...]:
    """The reasons that a document gives for a change of one of these kinds, and for no other."""
    given = [row["reason"] for row in said if row["reason"] is not None and _local(row["kind"].value) in kinds]
    return tuple(dict.fromkeys(given))


def compare(plan: Schedule, fact: Schedule) -> tuple[tuple[str, ...], int | None, bool]:
    """What became different; by how many days the opening moved, and whether that is exact or the least it can be."""
    kinds = []
    slip, exact = _slip(plan, fact)
    if slip and slip > 0:
        kinds.append("postponed")
    elif (slip and exact) or _surely_earlier(plan, fact):
        kinds.append("advanced")
    if plan.start and plan.end and fact.start and fact.end:
        longer = (fact.end - fact.start) - (plan.end - plan.start)
        kinds += ["longer"] * (longer.days > 0) + ["shorter"] * (longer.days < 0)
    if plan.mode == "in-person" and fact.mode == "online":
        kinds.append("moved-online")
    elif plan.places and fact.places and plan.places != fact.places:
        kinds.append("moved")
    same_days = exact and plan.end == fact.end
    if not kinds and same_days and (plan.mode, plan.places) == (fact.mode, fact.places):
        kinds.append("as-planned")
    return tuple(kinds), slip, exact


def _slip(plan: Schedule, fact: Schedule) -> tuple[int | None, bool]:
    if plan.start and fact.start:
        return (fact.start - plan.start).days, True
    latest = plan.start or plan.latest
    if latest and fact.earliest and fact.earliest > latest:
        return (fact.earliest - latest).days, False
    return None, False


def _surely_earlier(plan: Schedule, fact: Schedule) -> bool:
    """Whether the latest day on which the meeting can have opened lies before the first on which it was to open."""
    first, last = plan.start or plan.earliest, fact.start or fact.latest
    return bool(first and last and last < first)


class _Silence:
    """What documents on meetings held do not tell; asked of the store once for all plans."""

    def __init__(self, store: ox.Store, schedules: list[Schedule]) -> None:
        self.named = {(row["document"].value, row["meeting"].value) for row in _rows(store, _NAMED)}
        telling = {one.document for one in schedules if not one.planned}
        self.periods = [
            (row["document"].value, date.fromisoformat(row["from"].value), date.fromisoformat(row["to"].value))
            for row in _rows(store, _PERIODS)
            if row["document"].value in telling
        ]

    def on(self, plan: Schedule) -> Iterator[Change]:
        """Documents in whose period the plan lies, and which do not say that it was held."""
        for document, first, last in self.periods:
            within = plan.earliest and plan.latest and first <= plan.earliest and plan.latest <= last
            if within and document != plan.document:
                kind = "schedule-not-stated" if (document, plan.meeting) in self.named else "not-mentioned"
                yield Change(plan, (kind,), document=document)


def _schedules(store: ox.Store) -> list[Schedule]:
    found: dict[str, Schedule] = {}
    for row in _rows(store, _SCHEDULES):
        start, end, earliest, latest = (_day(row[name]) for name in ("start", "end", "earliest", "latest"))
        phase, mode = _local(row["phase"].value), _local(row["mode"].value)
        names = row["statement"].value, row["meeting"].value, row["document"].value
        new = Schedule(*names, phase, mode, start, end, earliest, latest)
        known = found.setdefault(new.statement, new)
        known.places |= {row["place"].value} if row["place"] else set()
    return [found[statement] for statement in sorted(found)]


def _state(graph: Graph, change: Change) -> None:
    node = address(namespaces.iri("change", _code(change)))
    graph.type(node, "ScheduleChange")
    graph.add(
        node,
        changeOf=address(change.plan.meeting),
        fromStatement=address(change.plan.statement),
        toStatement=address(change.fact.statement) if change.fact else None,
        silentDocument=address(change.document) if change.document else None,
        resultingMeeting=address(change.resulting) if change.resulting else None,
        basis=concept("derived"),
        changeKind=tuple(concept(kind) for kind in change.kinds),
        reason=change.reasons,
        slipDays=change.slip if change.exact else None,
        slipAtLeastDays=None if change.exact else change.slip,
    )


def _code(change: Change) -> str:
    """Made from the two statements, so that it stays the same when others come and go."""
    plan = namespaces.compact(change.plan.statement)
    to = namespaces.compact(change.fact.statement) if change.fact else namespaces.compact(change.document)
    return f"{plan}--{to}"


def _rows(store: ox.Store, query: str) -> list[ox.QuerySolution]:
    solutions = store.query(namespaces.sparql_header() + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(solutions, key=str)


def _day(value: ox.Literal | None) -> date | None:
    return date.fromisoformat(value.value) if value is not None else None


def _local(iri: str) -> str:
    return namespaces.compact(iri)
