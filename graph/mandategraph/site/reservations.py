"""The reservation map: which items carry which positions, each with a holder of its own even where nobody is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mandategraph.answers.answer import Cell
from mandategraph.answers.description import DescribedStatement, Fact
from mandategraph.site.content import Content, Thing

_POSITION = "Position"


@dataclass(frozen=True, slots=True)
class Held:
    """One position: who holds it, in short what it says, where it asks the item to be moved, and its place."""

    holders: tuple[Fact, ...]
    gist: tuple[Fact, ...]
    to: tuple[Fact, ...]
    told: DescribedStatement


@dataclass(frozen=True, slots=True)
class ReservationRow:
    """An item, the heading that it stands under, and its positions by stance."""

    item: Thing
    heading: str | None
    cells: tuple[tuple[Held, ...], ...]


@dataclass(frozen=True, slots=True)
class Reservations:
    """All items that anybody takes a position on, in the order of the document."""

    stances: tuple[Cell, ...]
    rows: tuple[ReservationRow, ...]
    holders: int
    positions: int


def reservations(content: Content) -> Reservations:
    """Items against stances, the most frequent stance first."""
    found = {thing: _positions(content, thing) for thing in content.of_kind("element", "document")}
    found = {thing: told for thing, told in found.items() if told}
    count: dict[Cell, int] = {}
    for told in found.values():
        for one in told:
            for stance in _facts(one, "stance"):
                count[stance.value] = count.get(stance.value, 0) + 1
    stances = tuple(sorted(count, key=lambda cell: (-count[cell], cell.value or "")))
    rows = [ReservationRow(thing, _heading(content, thing), _cells(told, stances)) for thing, told in found.items()]
    every = [one for told in found.values() for one in told]
    holders = {fact.thing for one in every for fact in _facts(one, "holder")}
    return Reservations(stances, tuple(rows), len(holders), len({one.iri for one in every}))


def _positions(content: Content, thing: Thing) -> list[DescribedStatement]:
    told = content.profiles[thing.iri].told
    return [one for one in told if one.kind.value == _POSITION and one.role.value == "target"]


def _cells(told: Iterable[DescribedStatement], stances: Iterable[Cell]) -> tuple[tuple[Held, ...], ...]:
    listed = list(told)
    return tuple(
        tuple(_held(one) for one in listed if any(fact.value == stance for fact in _facts(one, "stance")))
        for stance in stances
    )


def _held(told: DescribedStatement) -> Held:
    return Held(_facts(told, "holder"), _facts(told, "gist"), _facts(told, "moveTo"), told)


def _facts(told: DescribedStatement, name: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in told.facts if fact.property.value == name)


def _heading(content: Content, thing: Thing) -> str | None:
    above = content.network.broader.get(thing.iri, ())
    return above[0] if above else thing.iri
