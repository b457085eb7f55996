"""Quads as N-Quads lines: a thin writer that knows our IRIs and sorts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pyoxigraph as ox

from mandategraph.rdf import namespaces
from mandategraph.rdf.declared import require
from mandategraph.rdf.terms import XSD

_INTEGER, _DATE = ox.NamedNode(XSD + "integer"), ox.NamedNode(XSD + "date")
Value = ox.NamedNode | ox.Literal


@cache
def term(name: str) -> ox.NamedNode:
    """A term of ours: `Meeting`, `statedIn`; or `prefix:name` of another vocabulary."""
    return ox.NamedNode(namespaces.expand(name) if ":" in name else namespaces.ONTOLOGY + name)


@cache
def concept(name: str) -> ox.NamedNode:
    """A value of one of our vocabularies: `to-be-confirmed`, `may`."""
    return ox.NamedNode(namespaces.VALUES + name)


@cache
def _property(name: str) -> ox.NamedNode:
    """The term that a keyword names: `partOf`, and `dcterms__date` for one of another vocabulary.

    Raises:
        InternalFault: the ontology declares no such property.
    """
    require("property", name)
    return term(name.replace("__", ":"))


def text(value: str, language: str = "") -> ox.Literal:
    return ox.Literal(value, language=language) if language else ox.Literal(value)


def integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=_INTEGER)


def decimal(hundredths: int) -> ox.Literal:
    return ox.Literal(f"{hundredths // 100}.{hundredths % 100:02}", datatype=ox.NamedNode(XSD + "decimal"))


def day(value: date) -> ox.Literal:
    return ox.Literal(value.isoformat(), datatype=_DATE)


def address(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)


Sink = Callable[[set[ox.Quad]], object]
"""Takes statements as they come, a portion at a time; the same one may come twice."""
PORTION = 50_000
"""So many statements are kept before they are handed on: memory does not grow with what is stated."""


class Graph:
    """The statements of one named graph; adding one twice adds it once. With a `sink` they are handed on in portions."""

    def __init__(self, name: str, sink: Sink | None = None) -> None:
        self.name = ox.NamedNode(namespaces.graph(name))
        self.quads: set[ox.Quad] = set()
        self.sink = sink

    def add(self, subject: ox.NamedNode, **values: object) -> None:
        """State values of a thing by the names of our properties; None, "" and empty tuples state nothing.

        Strings become plain literals, integers and dates typed ones, nodes and literals stay; a tuple states each.
        """
        for name, value in values.items():
            predicate = _property(name)  # a misspelt one fails also where nothing is stated
            for one in value if isinstance(value, tuple) else (value,):
                node = _value(one)
                if node is not None:
                    self.quads.add(ox.Quad(subject, predicate, node, self.name))
        if self.sink and len(self.quads) >= PORTION:
            self.hand_on(self.sink)

    def state(self, subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        """State one value, a node or literal already, of a property."""
        self.quads.add(ox.Quad(subject, _property(name), value, self.name))

    def hand_on(self, sink: Sink) -> None:
        """Give what is kept to `sink`, and keep it no longer."""
        sink(self.quads)
        self.quads = set()

    def type(self, subject: ox.NamedNode, *classes: str) -> None:
        for name in classes:
            require("class", name)
            self.quads.add(ox.Quad(subject, term("rdf:type"), term(name), self.name))


def _value(value: object) -> Value | None:
    if value is None or value == "":
        return None
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    if isinstance(value, bool):
        return ox.Literal("true" if value else "false", datatype=ox.NamedNode(XSD + "boolean"))
    if isinstance(value, int):
        return integer(value)
    return day(value) if isinstance(value, date) else text(str(value))


def sorted_lines(quads: set[ox.Quad]) -> list[bytes]:
    """Lines of N-Quads, sorted by their bytes."""
    return sorted(f"{quad} .\n".encode() for quad in quads)
