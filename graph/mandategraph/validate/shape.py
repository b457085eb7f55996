"""One shape of a shapes graph, its targets and its names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from mandategraph.store.base import XSD, Term, iri
from mandategraph.system.errors import InputError
from mandategraph.validate.paths import Path, parse_path
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import RDFS, SH, TRUE, TYPE, sh

TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_LISTS = ("and", "or", "xone")
_NESTED = ("property", "node", "not", "qualifiedValueShape")


@dataclass(frozen=True)
class Shape:
    """A node of a shapes graph, seen as a shape."""

    graph: ShapesGraph
    node: Term

    def __hash__(self) -> int:
        return hash(self.node)

    def values(self, name: str) -> list[Term]:
        """The values of `sh:name`."""
        return self.graph.values(self.node, sh(name))

    def shapes(self, name: str) -> list[Shape]:
        return [Shape(self.graph, node) for node in self.values(name)]

    def number(self, name: str) -> int | None:
        """The value of a parameter that is a whole number.

        Raises:
            InputError: it is something else, or there are two.
        """
        found = self.values(name)
        if not found:
            return None
        if len(found) > 1 or found[0].datatype != XSD + "integer" or not found[0].value.lstrip("+").isdecimal():
            raise InputError(f"sh:{name} must be one whole number.", f"shape {self.name}", "Correct the shape.")
        return int(found[0].value)

    def flag(self, name: str) -> bool:
        return TRUE in self.values(name)

    @cached_property
    def path(self) -> Path | None:
        """The path of a property shape; None makes it a node shape."""
        found = self.values("path")
        return parse_path(self.graph, found[0]) if found else None

    @property
    def deactivated(self) -> bool:
        return self.flag("deactivated")

    @property
    def severity(self) -> str:
        """The IRI of the severity; `sh:Violation` where none is given."""
        return next((value.value for value in self.values("severity")), SH + "Violation")

    @property
    def messages(self) -> tuple[Term, ...]:
        return tuple(self.values("message"))

    @property
    def implicit_class(self) -> bool:
        """Whether the shape is a class too and so speaks of its instances."""
        classes = self.graph.subclasses(iri(RDFS + "Class"))
        return self.node.kind == "iri" and any(kind in classes for kind in self.graph.values(self.node, TYPE))

    @property
    def targeted(self) -> bool:
        return any(self.values(name) for name in TARGETS) or (self.implicit_class and is_shape(self))

    @cached_property
    def name(self) -> str:
        """What people call it: its local name, or that of the named shape it belongs to and its path."""
        if self.node.kind == "iri":
            return _local(self.node.value)
        owner = _owner(self.graph, self.node)
        path = self.path.sparql(lambda term: _local(term.value)) if self.path else ""
        above = Shape(self.graph, owner).name if owner else ""
        return "/".join(part for part in (above, path) if part) or "shape without a name"


def is_shape(shape: Shape) -> bool:
    """Whether a class is meant as a shape too."""
    types = (sh("NodeShape"), sh("PropertyShape"))
    if any(shape.graph.has(shape.node, TYPE, kind) for kind in types):
        return True
    return any(term.value.startswith(SH) for term in shape.graph.predicates(shape.node))


@lru_cache(maxsize=4)
def targeted_shapes(graph: ShapesGraph) -> tuple[Shape, ...]:
    """All shapes with a target, in the order of the files."""
    return tuple(shape for shape in (Shape(graph, node) for node in graph.subjects()) if shape.targeted)


def _owner(graph: ShapesGraph, node: Term) -> Term | None:
    """The shape that a nameless one is nested in."""
    for name in _NESTED:
        for subject in graph.having(sh(name), node):
            return subject
    for subject in graph.subjects():
        for name in _LISTS:
            if any(node in graph.members(head) for head in graph.values(subject, sh(name))):
                return subject
    return None


def _local(text: str) -> str:
    cut = max(text.rfind("#"), text.rfind("/"), text.rfind(":"))
    return text[cut + 1 :] or text
