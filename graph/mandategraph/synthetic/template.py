"""One process as a template: the statements of a graph, cut where the number of a process and its years go in.

Meetings, documents, bodies and all that is stated of them become those of the process; places, Parties, offices,
organizations, subjects and the vocabularies stay shared, so that some things gather statements from every process, as
they do in the world. Years move by fours, which leaves leap days and the distances between days as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from mandategraph.rdf import namespaces

SHARED = ("place", "party", "office", "organization", "group", "role")
"""Kinds of things that all processes have in common."""

_WORLDWIDE = ("A/RES/", "PARIS-AGREEMENT")
"""Codes of documents that all processes cite."""

MARK = "\ue000"
"""Stands where the number of the process goes; years stand between two of ``YEAR``."""
YEAR = "\ue001"

_NAMED = {
    namespaces.ONTOLOGY + "code", namespaces.ONTOLOGY + "symbol", "http://purl.org/dc/terms/identifier",
    namespaces.ONTOLOGY + "spelling",
}  # fmt: skip
_LABELS = ("http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2004/02/skos/core#altLabel")
_PAGE = "http://xmlns.com/foaf/0.1/page"
_COMMON_GRAPHS = tuple(namespaces.graph(name) for name in ("register", "derived"))
_ONTOLOGY = namespaces.graph("ontology")
_DATE = "http://www.w3.org/2001/XMLSchema#date"
_YEARS = re.compile(r"(?<![0-9A-Za-z./-])(20[0-3][0-9])(?![0-9.])")


@dataclass(frozen=True)
class Template:
    """``text`` holds the lines of one process with its marks, ``shared`` the lines that every process has, ``meetings`` counts the
    meetings of one process."""

    text: str
    shared: str
    meetings: int

    def process(self, number: int, years: int) -> str:
        """The statements of one process as N-Quads, each line once, in the order of the template."""
        pieces = self.text.replace(MARK, f"P{number:05d}.").split(YEAR)
        pieces[1::2] = [f"{int(year) + years:04d}" for year in pieces[1::2]]
        return "".join(pieces)


def template_of(store: ox.Store) -> Template:
    """The template of everything in a store but the ontology, whose statements are the shared ones, in order."""
    own: set[str] = set()
    shared: set[str] = set()
    for quad in store.quads_for_pattern(None, None, None, None):
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value == _ONTOLOGY:
            continue
        line = _line(quad)
        (own if MARK in line else shared).add(line)
    meeting = ox.NamedNode(namespaces.ONTOLOGY + "Meeting")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    meetings = sum(1 for _ in store.quads_for_pattern(None, kind, meeting, None))
    return Template("".join(sorted(own)), "".join(sorted(shared)), meetings)


def _line(quad: ox.Quad) -> str:
    subject, predicate = _node(quad.subject), str(quad.predicate)
    own = MARK in subject
    graph = str(quad.graph_name)
    if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value not in _COMMON_GRAPHS:
        graph = graph.replace(namespaces.GRAPHS, namespaces.GRAPHS + MARK)
    return f"{subject} {predicate} {_object(quad, own)} {graph} .\n"


def _object(quad: ox.Quad, own: bool) -> str:
    value = quad.object
    if not isinstance(value, ox.Literal):
        if own and quad.predicate.value == _PAGE:
            return str(value).replace("://", "://" + MARK)
        return _node(value)
    if value.datatype.value == _DATE:
        return f'"{YEAR}{value.value[:4]}{YEAR}{value.value[4:]}"^^<{_DATE}>'
    if not own:
        return str(value)
    if quad.predicate.value in _NAMED:
        return str(
            ox.Literal(MARK + value.value, language=value.language)
            if value.language
            else ox.Literal(MARK + value.value)
        )
    text = _YEARS.sub(lambda found: f"{YEAR}{found.group(1)}{YEAR}", str(value)) if value.language else str(value)
    if quad.predicate.value in _LABELS:
        return text.replace('"', '"' + MARK + " ", 1)
    return text


def _node(value: object) -> str:
    text = str(value)
    if not text.startswith("<" + namespaces.THINGS):
        return text
    kind, _, code = text[len(namespaces.THINGS) + 1 :].partition("/")
    return text if kind in SHARED or code.startswith(_WORLDWIDE) else f"<{namespaces.THINGS}{kind}/{MARK}{code}"


def years_of(seed: int, number: int) -> int:
    """By how many years a process is moved: a multiple of four from -32 to 76, the same for the same seed anywhere."""
    mixed = (seed * 0x9E3779B97F4A7C15 + number * 0xD1B54A32D192ED03) & 0xFFFFFFFFFFFFFFFF
    mixed = ((mixed ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    return 4 * ((mixed >> 33) % 28 - 8)


def numbered(meetings: int, each: int) -> Iterator[int]:
    """The numbers of the processes that hold at least so many meetings together."""
    return iter(range(1, -(-meetings // each) + 1))
