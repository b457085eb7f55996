"""JSON-LD 1.1 with the published context inside, so that a reader needs no network; a thing a line.

Every graph is a named graph of the file. Values whose type the context knows stand as they are; others carry their
datatype or language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any, BinaryIO

import pyoxigraph as ox

from mandategraph.export.context import context
from mandategraph.export.job import Job
from mandategraph.export.rdf import ordered
from mandategraph.rdf import namespaces
from mandategraph.store.base import XSD

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Compactor:
    """Writes IRIs and values as short as the context allows."""

    def __init__(self) -> None:
        # A prefix that has the name of a property (``deadline``) is none in the context.
        spaces = {term: space for term, space in namespaces.prefixes().items() if _is_prefix(context()[term])}
        self._spaces = sorted(spaces.items(), key=lambda item: (-len(item[1]), item[0]))
        self._terms: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        for term, definition in context().items():
            if term != "@version" and not _is_prefix(definition):
                self._add(term, definition)

    def _add(self, term: str, definition: Any) -> None:
        curie = definition["@id"] if isinstance(definition, dict) else definition
        whole = namespaces.expand(curie)
        self._terms.setdefault(whole, term)
        if isinstance(definition, dict) and "@type" in definition and self._terms[whole] == term:
            kind = definition["@type"]
            self._typed[term] = kind if kind == "@id" else XSD + kind.removeprefix("xsd:")

    def iri(self, whole: str) -> str:
        """``meeting:SBI-3``, or the IRI itself where no prefix fits or the rest would be read otherwise."""
        for prefix, space in self._spaces:
            rest = whole.removeprefix(space)
            if rest != whole and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return whole

    def term(self, whole: str) -> str:
        """A property or class: its term, else as an IRI."""
        return self._terms.get(whole) or self.iri(whole)

    def value(self, key: str, found: ox.NamedNode | ox.BlankNode | ox.Literal) -> Any:
        """The value of a property as the context will read it back."""
        kind = self._typed.get(key)
        if isinstance(found, ox.Literal):
            if found.language:
                return {"@value": found.value, "@language": found.language}
            datatype = found.datatype.value
            if datatype == kind or (datatype == XSD + "string" and kind is None):
                return found.value
            return {"@value": found.value, "@type": self.iri(datatype)}
        name = self.iri(found.value) if isinstance(found, ox.NamedNode) else f"_:{found.value}"
        return name if kind == "@id" else {"@id": name}


def _is_prefix(definition: Any) -> bool:
    return isinstance(definition, dict) and "@prefix" in definition


def write_jsonld(job: Job, out: BinaryIO) -> None:
    """Write the drawing's part of the graph as JSON-LD."""
    short = Compactor()
    out.write(_text('{"@context": ' + json.dumps(context(), ensure_ascii=False) + ',\n"@graph": ['))
    joint = "\n"
    for graph, quads in groupby(ordered(job), key=lambda quad: quad.graph_name):
        out.write(_text(f"{joint}{_opening(short, graph)}"))
        inner = "\n"
        for things in _things(quads):
            out.write(_text(inner + json.dumps(_thing(short, things), ensure_ascii=False)))
            inner = ",\n"
        out.write(b"\n]}")
        joint = ",\n"
    out.write(b"\n]}\n")


def _text(words: str) -> bytes:
    return words.encode("utf-8")


def _opening(short: Compactor, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> str:
    if isinstance(graph, ox.DefaultGraph):
        return '{"@graph": ['
    name = short.iri(graph.value) if isinstance(graph, ox.NamedNode) else f"_:{graph.value}"
    return f'{{"@id": {json.dumps(name)}, "@graph": ['


def _things(quads: Iterator[ox.Quad]) -> Iterator[list[ox.Quad]]:
    for _, some in groupby(quads, key=lambda quad: quad.subject):
        yield list(some)


def _thing(short: Compactor, quads: list[ox.Quad]) -> dict[str, Any]:
    subject = quads[0].subject
    made: dict[str, Any] = {
        "@id": short.iri(subject.value) if isinstance(subject, ox.NamedNode) else f"_:{subject.value}"  # type: ignore[union-attr]
    }
    for quad in quads:
        if quad.predicate.value == _TYPE and isinstance(quad.object, ox.NamedNode):
            made.setdefault("@type", []).append(short.term(quad.object.value))
            continue
        key = short.term(quad.predicate.value)
        made.setdefault(key, []).append(short.value(key, quad.object))  # type: ignore[arg-type]
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in made.items()}
