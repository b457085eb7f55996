"""From a store to a drawing, by the definitions in ``queries/exports``: things, edges, facts, places and labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from sys import intern

import pyoxigraph as ox

from mandategraph.export.drawing import (
    SPAN_COLUMNS,
    Drawing,
    Dropped,
    Edge,
    Fact,
    Node,
    SourceReference,
    StatedDates,
)
from mandategraph.messages import LANGUAGES, SOURCE_LANGUAGE, Text, text_of
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store, rows
from mandategraph.store.embedded import OxigraphStore, as_term
from mandategraph.store.internal_query import ask
from mandategraph.system import resources

Row = dict[str, str]

REGISTER = "register"
"""The certainty of what no document states: that a body belongs to another, that a code is that of a meeting."""

NO_END = "an end of it is not a thing that is drawn"
_SURE_FIRST = ("explicit", "derived", "interpretation")
_SCHEDULE_MARK = "phase"


def draw(store: Store) -> Drawing:
    """Everything in the store that can be drawn.

    Raises StoreError when the store fails.
    """
    labels = _labels(store)
    things = {row["thing"]: row for row in sorted(_defined(store, "things"), key=lambda row: row["type"], reverse=True)}
    for thing, row in things.items():
        labels[thing] = _text(row, "label")
    facts, told = _facts(store)
    places = _places(store)
    edges, dropped = _edges(store, facts, places, things)
    nodes = {node.id: node for node in _nodes(things, labels, _wider(store), facts, told, places)}
    return Drawing(nodes, edges, labels, dropped)


def solutions(store: Store, query: str) -> Iterator[Row]:
    """The rows of a SELECT, one after the other, without the unbound variables; values are the text of the terms. Our
    own stores hand them over as they find them, so that a large answer never lies in memory as a whole."""
    if not isinstance(store, OxigraphStore):
        for row in rows(store.query(query)).dicts():
            yield {name: term.value for name, term in row.items()}
        return
    found = store.engine.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    for solution in found:
        said = zip(names, map(as_term, solution), strict=True)
        yield {name: term.value for name, term in said if term is not None}


def _defined(store: Store, name: str) -> Iterator[Row]:
    return solutions(store, resources.export_definition(name))


def _text(row: Row, column: str) -> Text:
    """The words of a column in each language that has one (``label_en``)."""
    return text_of({language: row.get(f"{column}_{language}") for language in LANGUAGES})


def _labels(store: Store) -> dict[str, Text]:
    found: dict[str, Row] = {}
    for row in _defined(store, "labels"):
        found.setdefault(row["thing"], {})[row["language"]] = row["label"]
    return {thing: text_of(said) for thing, said in found.items()}


def _facts(store: Store) -> tuple[dict[str, list[Fact]], dict[str, dict[str, list[Fact]]]]:
    """By statement or thing: what is said of it; and by thing: the statements told at it, with what they say there."""
    facts: dict[str, list[Fact]] = defaultdict(list)
    told: dict[str, dict[str, list[Fact]]] = defaultdict(dict)
    for row in _defined(store, "facts"):
        fact = Fact(intern(row["column"]), intern(row["value"]), intern(row.get("language", "")))
        if "on" in row:
            told[row["on"]].setdefault(intern(row["about"]), []).append(fact)
        else:
            facts[intern(row["about"])].append(fact)
    return facts, told


def _places(store: Store) -> dict[str, list[SourceReference]]:
    found: dict[str, list[SourceReference]] = defaultdict(list)
    for row in _defined(store, "places"):
        place = SourceReference(intern(row["document"]), _text(row, "place"), int(row["line"]), row.get("quote", ""),
                      row.get("locator", ""))  # fmt: skip
        found[intern(row["statement"])].append(place)
    return found


def _wider(store: Store) -> dict[str, tuple[str, ...]]:
    """By class: it and all wider ones."""
    above: dict[str, set[str]] = defaultdict(set)
    for row in ask(store, "export/wider-classes"):
        if row["wide"].value.startswith(namespaces.ONTOLOGY):
            above[row["narrow"].value].add(row["wide"].value)

    def climb(one: str) -> Iterator[str]:
        yield one
        for wide in sorted(above.get(one, ())):
            yield from climb(wide)

    return {one: tuple(dict.fromkeys(climb(one))) for one in list(above)}


def _edges(
    store: Store, facts: dict[str, list[Fact]], places: dict[str, list[SourceReference]], things: Iterable[str]
) -> tuple[tuple[Edge, ...], tuple[Dropped, ...]]:
    known = set(things)
    found = sorted(_defined(store, "edges"), key=lambda row: (_whose(row), row["type"], row["from"], row["to"]))
    own = _own_arrows(found)
    made, dropped = [], []
    taken: set[str] = set()
    for place, row in enumerate(found):
        id = _whose(row) if own.get(_whose(row)) == place else _named(row, taken)
        taken.add(id)
        if row["from"] in known and row["to"] in known:
            made.append(_edge(id, row, facts, places))
        else:
            dropped.append(Dropped(id, NO_END))
    return tuple(sorted(made, key=lambda edge: edge.id)), tuple(dropped)


def _whose(row: Row) -> str:
    return row.get("statement", "")


def _own_arrows(found: list[Row]) -> dict[str, int]:
    """By statement: which row is the arrow that may bear the statement's IRI: its only one, or the one that it is for.
    A statement with several of those has none."""
    arrows: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(found):
        arrows[_whose(row)].append(place)
    own = {}
    for statement, places in arrows.items():
        main = [place for place in places if "main" in found[place]]
        candidates = places if len(places) == 1 else main
        if statement and len(candidates) == 1:
            own[statement] = candidates[0]
    return own


def _named(row: Row, taken: set[str]) -> str:
    """The statement (or the thing) at which an arrow starts, what the arrow is called, and where it ends."""
    start = _whose(row) or row["from"]
    named = f"{start}#{row['type']}.{row['to'].removeprefix(namespaces.THINGS)}"
    return named if named not in taken else f"{named}.{row['from'].removeprefix(namespaces.THINGS)}"


def _edge(id: str, row: Row, facts: dict[str, list[Fact]], places: dict[str, list[SourceReference]]) -> Edge:
    statement = _whose(row)
    said = tuple(sorted(set(facts.get(statement, ())))) if statement else (Fact("certainty", REGISTER),)
    return Edge(
        id, statement, intern(row["from"]), intern(row["to"]), intern(row["type"]),
        _text(row, "type"),
        tuple(fact for fact in said if fact.column not in SPAN_COLUMNS),
        _span(statement, said), _sorted_places(places.get(statement, ())),
    )  # fmt: skip


def _span(statement: str, said: Iterable[Fact]) -> StatedDates | None:
    found = {fact.column: namespaces.compact(fact.value) for fact in said if fact.column in SPAN_COLUMNS}
    return StatedDates(statement, **found) if found else None


def _nodes(
    things: dict[str, Row],
    labels: dict[str, Text],
    wider: dict[str, tuple[str, ...]],
    facts: dict[str, list[Fact]],
    told: dict[str, dict[str, list[Fact]]],
    places: dict[str, list[SourceReference]],
) -> Iterator[Node]:
    for thing, row in sorted(things.items()):
        statements = told.get(thing, {})
        said = {fact for some in statements.values() for fact in some} | set(facts.get(thing, ()))
        kinds = wider.get(row["type"], (row["type"],))
        yield Node(
            thing, intern(namespaces.compact(row["type"]).rpartition(":")[2]), labels[thing],
            tuple(intern(namespaces.compact(kind).rpartition(":")[2]) for kind in kinds),
            tuple(sorted(said)), _spans(statements, facts),
            _sorted_places(place for statement in statements for place in places.get(statement, ())),
            tuple(sorted(statements)), _certainty(statements, facts),
        )  # fmt: skip


def _spans(statements: Iterable[str], facts: dict[str, list[Fact]]) -> tuple[StatedDates, ...]:
    """The spans of the schedule statements (those with a phase), in the order of time."""
    found = []
    for statement in statements:
        said = facts.get(statement, ())
        if any(fact.column == _SCHEDULE_MARK for fact in said):
            span = _span(statement, said)
            if span:
                found.append(span)
    return tuple(sorted(found, key=lambda span: (span.bounds[0] or span.bounds[1] or "9999", span.statement)))


def _sorted_places(places: Iterable[SourceReference]) -> tuple[SourceReference, ...]:
    return tuple(
        sorted(
            set(places),
            key=lambda place: (place.document, place.line, place.place.get(SOURCE_LANGUAGE, ""), place.quote),
        )
    )


def _certainty(statements: Iterable[str], facts: dict[str, list[Fact]]) -> str:
    """How sure the surest statement told at a thing is; what no statement tells of stands in the register alone."""
    found = {
        namespaces.compact(fact.value)
        for statement in statements
        for fact in facts.get(statement, ())
        if fact.column == "certainty"
    }
    return next((one for one in _SURE_FIRST if one in found), REGISTER)
