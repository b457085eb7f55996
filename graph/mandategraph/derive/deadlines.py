"""Relative deadlines worked out: the day that each rule comes to, under each stated date of the meeting it counts from.

A day follows only where a document gives the meeting days of its own; a meeting without dates gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pyoxigraph as ox

from mandategraph.rdf import namespaces

_RULES = """
SELECT ?deadline ?offset ?point ?statement ?start ?end WHERE {
  GRAPH ?g { ?deadline a mg:Deadline ; mg:anchorMeeting ?meeting ; mg:anchorPoint ?point ; mg:offsetFromAnchor ?offset }
  GRAPH ?h { ?statement a mg:ScheduleStatement ; mg:schedules ?meeting ; mg:startDate ?start ; mg:endDate ?end }
}"""
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T0S)?")


def deadline_days(store: ox.Store) -> set[ox.Quad]:
    """The days of all relative deadlines, as quads of the derived graph."""
    solutions = store.query(namespaces.sparql_header() + _RULES)
    assert isinstance(solutions, ox.QuerySolutions)
    return {quad for row in solutions for quad in _quads(row)}


def _quads(row: ox.QuerySolution) -> Iterator[ox.Quad]:
    opening = row["point"].value == namespaces.VALUES + "opening"
    anchor = date.fromisoformat(row["start" if opening else "end"].value)
    due = anchor + timedelta(days=days(row["offset"].value))
    code = f"{namespaces.compact(row['deadline'].value)}--{namespaces.compact(row['statement'].value)}"
    node = ox.NamedNode(namespaces.iri("deadline-day", code))
    day = ox.Literal(due.isoformat(), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    for name, value in (
        ("rdf:type", ox.NamedNode(namespaces.ONTOLOGY + "DeadlineDay")),
        ("mg:dayOf", row["deadline"]),
        ("mg:countedFrom", row["statement"]),
        ("mg:fallsOn", day),
        ("mg:basis", ox.NamedNode(namespaces.VALUES + "derived")),
    ):
        yield ox.Quad(node, ox.NamedNode(namespaces.expand(name)), value, ox.NamedNode(namespaces.graph("derived")))


def days(duration: str) -> int:
    """The days of a duration of whole days, as `-P42D`; negative before.

    Raises ValueError for any other duration: hours would make a day that the text does not give.
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(duration)
    return int(f"{found.group(1)}{found.group(2) or 0}")
