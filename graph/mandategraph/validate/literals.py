"""Literals as they were written. Oxigraph keeps numbers, truth values and times by value: `4.0` comes back as `4`, and
`"5"^^xsd:byte` as an integer. Data that we load ourselves remembers how each was written, and which properties have
such values, so that results show what is in the file and rules that depend on the writing go to the reference engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from mandategraph.rdf.terms import as_term
from mandategraph.store.base import XSD, Term
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import sh

_PLAIN = re.compile(r"0|-?[1-9][0-9]{0,17}")
_AS_WRITTEN = ("string", "date", "gYear", "anyURI", "langString")
_SENSITIVE = ("pattern", "minLength", "maxLength", "in", "hasValue", "datatype", "equals", "disjoint", "sparql")
_OWL = "http://www.w3.org/2002/07/owl#"


class Written:
    """How literals were written that the store gives back otherwise."""

    def __init__(self) -> None:
        self.forms: dict[Term, Term] = {}
        self.predicates: set[str] = set()
        self._known: dict[ox.Literal, bool] = {}

    def watch(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Pass quads on, remembering what is odd in them."""
        for quad in quads:
            value = quad.object
            if isinstance(value, ox.Literal) and self._odd(value) and not quad.predicate.value.startswith(_OWL):
                self.predicates.add(quad.predicate.value)
            yield quad

    def learn(self, terms: Iterable[Term]) -> None:
        """Remember literals of the shapes too, which may become focus nodes."""
        for one in terms:
            if one.kind == "literal" and one.datatype:
                self._odd(ox.Literal(one.value, datatype=ox.NamedNode(one.datatype)))

    def restored(self, stored: Term) -> Term:
        return self.forms.get(stored, stored)

    def matters(self, shapes: ShapesGraph) -> bool:
        """Whether a rule may judge such a literal by how it is written."""
        if not self.predicates:
            return False
        used = {value.value for _, _, value in shapes.triples() if value.kind == "iri"}
        sensitive = any(shapes.values(node, sh(name)) for node in shapes.subjects() for name in _SENSITIVE)
        return sensitive and bool(used & self.predicates)

    def _odd(self, value: ox.Literal) -> bool:
        if value not in self._known:
            self._known[value] = not _surely_kept(value) and self._changed(value)
        return self._known[value]

    def _changed(self, value: ox.Literal) -> bool:
        store, node = ox.Store(), ox.NamedNode("urn:x")
        store.add(ox.Quad(node, node, value))
        kept = next(iter(store)).object
        if kept != value:
            self.forms.setdefault(as_term(kept), as_term(value))
        return bool(kept != value)


def _surely_kept(value: ox.Literal) -> bool:
    if value.language:
        return True
    local = value.datatype.value.removeprefix(XSD)
    return local in _AS_WRITTEN or (local == "integer" and bool(_PLAIN.fullmatch(value.value)))
