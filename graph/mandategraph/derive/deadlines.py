"""Relative deadlines worked out: the day that each rule comes to, under each stated date of the meeting it counts from.

A day follows only where a document gives the meeting days of its own; a meeting without dates gives none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyoxigraph as ox

from mandategraph.rdf import namespaces
from mandategraph.rdf.quads import Graph, address, concept
from mandategraph.system.resources import internal_query

_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T0S)?")


def deadline_days(store: ox.Store) -> set[ox.Quad]:
    """The days of all relative deadlines, as quads of the derived graph."""
    solutions = store.query(internal_query("derive/relative-deadlines"))
    assert isinstance(solutions, ox.QuerySolutions)
    graph = Graph("derived")
    for row in solutions:
        _state(graph, row)
    return graph.quads


def _state(graph: Graph, row: ox.QuerySolution) -> None:
    opening = row["point"].value == namespaces.VALUES + "opening"
    anchor = date.fromisoformat(row["start" if opening else "end"].value)
    due = anchor + timedelta(days=days(row["offset"].value))
    code = f"{namespaces.compact(row['deadline'].value)}--{namespaces.compact(row['statement'].value)}"
    node = address(namespaces.iri("deadline-day", code))
    graph.type(node, "DeadlineDay")
    graph.add(node, dayOf=row["deadline"], countedFrom=row["statement"], fallsOn=due, basis=concept("derived"))


def days(duration: str) -> int:
    """The days of a duration of whole days, as `-P42D`; negative before.

    Raises ValueError for any other duration: hours would make a day that the text does not give.
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(duration)
    return int(f"{found.group(1)}{found.group(2) or 0}")
