"""SHACL property paths: read from a shapes graph, written as SPARQL, as Turtle and in short.

`reads` tells which statements a path looks at and how to reach them, so that a change can be traced back to the
nodes whose rules it may touch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mandategraph.store.base import Term
from mandategraph.system.errors import InputError
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import sh

Kind = Literal["predicate", "inverse", "sequence", "alternative", "star", "plus", "optional"]

_REPEATED: tuple[tuple[Kind, str, str], ...] = (
    ("star", "zeroOrMorePath", "*"), ("plus", "oneOrMorePath", "+"), ("optional", "zeroOrOnePath", "?"),
)  # fmt: skip
_MARKS = {kind: mark for kind, _, mark in _REPEATED}
_NAMES = {kind: name for kind, name, _ in _REPEATED}


@dataclass(frozen=True)
class Path:
    """A path; `predicate` is set for single steps, `parts` for all others."""

    kind: Kind
    predicate: Term | None = None
    parts: tuple[Path, ...] = ()

    def sparql(self, shown: Callable[[Term], str] = Term.n3) -> str:
        """The path in SPARQL; `shown` writes its predicates."""
        if self.predicate is not None:
            return shown(self.predicate)
        inner = [f"({part.sparql(shown)})" if len(part.parts) > 1 else part.sparql(shown) for part in self.parts]
        if self.kind == "inverse":
            return f"^{inner[0] if self.parts[0].predicate else _closed(inner[0])}"
        if self.kind in ("sequence", "alternative"):
            return ("/" if self.kind == "sequence" else "|").join(inner)
        return f"{inner[0] if self.parts[0].predicate else _closed(inner[0])}{_MARKS[self.kind]}"

    def turtle(self) -> str:
        """The path as Turtle states it in a shapes graph or a report."""
        if self.predicate is not None:
            return self.predicate.n3()
        inner = [part.turtle() for part in self.parts]
        if self.kind == "inverse":
            return f"[ <{sh('inversePath').value}> {inner[0]} ]"
        if self.kind == "sequence":
            return f"( {' '.join(inner)} )"
        if self.kind == "alternative":
            return f"[ <{sh('alternativePath').value}> ( {' '.join(inner)} ) ]"
        return f"[ <{sh(_NAMES[self.kind]).value}> {inner[0]} ]"

    @property
    def simple(self) -> bool:
        """Whether each value is reached only once: one step forth or back."""
        return self.predicate is not None or (self.kind == "inverse" and self.parts[0].predicate is not None)


def _closed(text: str) -> str:
    return text if text.startswith("(") and text.endswith(")") else f"({text})"


@dataclass(frozen=True)
class Read:
    """Statements with a predicate (None: any) that lie at the end of `way` from a focus node.

    `forth` tells whether the way ends at the subject of the statement or at its object. An empty way is the focus
    node itself.
    """

    way: tuple[Path, ...]
    predicate: Term | None
    forth: bool = True


def reads(path: Path, way: tuple[Path, ...] = (), forth: bool = True) -> set[Read]:
    """Everything that following `path` from the end of `way` looks at; `forth` is false when it is walked backwards."""
    if path.predicate is not None:
        return {Read(way, path.predicate, forth)}
    if path.kind == "inverse":
        return reads(path.parts[0], way, not forth)
    if path.kind == "alternative":
        return set().union(*(reads(part, way, forth) for part in path.parts))
    if path.kind == "sequence":
        found: set[Read] = set()
        for part in path.parts if forth else reversed(path.parts):
            found |= reads(part, way, forth)
            way = (*way, _turned(part, forth))
        return found
    again = (*way, Path("star", None, (_turned(path.parts[0], forth),)))
    return reads(path.parts[0], way if path.kind == "optional" else again, forth)


def _turned(path: Path, forth: bool) -> Path:
    return path if forth else Path("inverse", None, (path,))


def turned(path: Path) -> Path:
    """The path walked backwards, with the turning done at single steps wherever it can be."""
    if path.predicate is not None:
        return Path("inverse", None, (path,))
    if path.kind == "inverse":
        return path.parts[0]
    parts = tuple(turned(part) for part in path.parts)
    return Path(path.kind, None, parts[::-1] if path.kind == "sequence" else parts)


def parse_path(graph: ShapesGraph, node: Term, inside: tuple[Term, ...] = ()) -> Path:
    """The path that a node of the shapes graph stands for.

    Raises:
        InputError: it is no path.
    """
    if node in inside or node.kind == "literal":
        raise InputError("A path of the shapes is broken.", "shapes", "See the SHACL paths of the W3C.")
    if node.kind == "iri":
        return Path("predicate", node)
    inside = (*inside, node)
    if graph.is_list(node):
        return Path("sequence", None, _members(graph, node, inside))
    inverse, alternative = graph.value(node, sh("inversePath")), graph.value(node, sh("alternativePath"))
    if inverse is not None:
        return Path("inverse", None, (parse_path(graph, inverse, inside),))
    if alternative is not None:
        return Path("alternative", None, _members(graph, alternative, inside))
    for kind, name, _ in _REPEATED:
        repeated = graph.value(node, sh(name))
        if repeated is not None:
            return Path(kind, None, (parse_path(graph, repeated, inside),))
    raise InputError("A path of the shapes is broken.", "shapes", "See the SHACL paths of the W3C.")


def _members(graph: ShapesGraph, head: Term, inside: tuple[Term, ...]) -> tuple[Path, ...]:
    parts = tuple(parse_path(graph, member, inside) for member in graph.members(head))
    if len(parts) < 2:
        raise InputError("A path of several steps has fewer than two.", "shapes", "Write the one step by itself.")
    return parts
