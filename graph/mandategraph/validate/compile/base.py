"""The parts that compiled rules are made of: variables, tests, and what a compiler keeps while it works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mandategraph.store.base import Term
from mandategraph.system.errors import InputError, MandategraphError
from mandategraph.validate.paths import Path, Read, reads, turned
from mandategraph.validate.shape import Shape
from mandategraph.validate.vocabulary import SH, TYPE

if TYPE_CHECKING:
    from mandategraph.validate.compile.sparql import Select


class Uncompilable(MandategraphError):
    """Something that is no part of what we compile; the shape goes to the reference engine and the report says so."""


class BadShapes(InputError):
    """Shapes that the specification forbids: no engine may judge data by them."""


@dataclass(frozen=True)
class Node:
    """A variable of a query and the way that leads from the focus node to it."""

    name: str
    way: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return f"?{self.name}"


Each = Callable[[Node, Node], str]
"""(value, focus) -> a SPARQL expression that holds where the value keeps the rule; it never fails."""

Whole = Callable[[Node], str]
"""focus -> a SPARQL expression that holds where the focus node keeps the rule; it never fails."""


@dataclass(frozen=True)
class Rows:
    """A pattern whose every solution breaks the rule; `value` and `path` name variables of it, `each` further ones
    that make results of their own."""

    pattern: str
    value: str | None = None
    path: str | None = None
    each: tuple[str, ...] = ()


@dataclass(frozen=True)
class Test:
    """One constraint of a shape, in one of three forms: on each value, on the focus node, or as rows that break it.

    What holds of the focus node may also be judged `beside` a value of the shape's path that a query has at hand anyway,
    whichever it is; the variable is unbound where the path has no value.
    """

    component: str
    each: Each | None = None
    whole: Whole | None = None
    beside: Each | None = None
    rows: Callable[[Node], list[Rows]] | None = None
    select: Select | None = None
    messages: tuple[Term, ...] = ()
    bound: tuple[tuple[str, Term], ...] = ()


@dataclass
class CompileContext:
    """What the compiler keeps while it works on one targeted shape.

    `classes` gives a class and all classes below it in the data; `reads` gathers what the queries look at; `fused` tells
    whether a query may look after several constraints.
    """

    classes: Mapping[Term, tuple[Term, ...]]
    reads: set[Read] = field(default_factory=set)
    fused: bool = True
    anything: bool = False
    """Whether a query may look at more than `reads` tells."""
    open: list[Term] = field(default_factory=list)
    _count: int = 0

    def fresh(self, way: tuple[Path, ...] = (), stem: str = "v") -> Node:
        """A variable that no other part of the query uses."""
        self._count += 1
        return Node(f"_{stem}{self._count}", way)

    def step(self, start: Node, path: Path) -> tuple[Node, str]:
        """A fresh variable for the values of a path, and the pattern that binds it."""
        end = self.fresh((*start.way, path))
        self.note(start, path)
        return end, f"{start} {path.sparql()} {end} ."

    def note(self, start: Node, path: Path) -> None:
        self.reads |= reads(path, start.way)

    def exists(self, start: object, path: Path, end: object, condition: str = "true") -> str:
        """An expression that holds where a path leads from `start` to an `end` for which a condition holds.

        Several steps are nested: an engine that plans them together, not knowing that `start` is bound, would go
        through all statements for each focus node.
        """
        if path.kind == "inverse" and path.parts[0].predicate is None:
            path = turned(path.parts[0])
        if path.kind == "sequence" and len(path.parts) > 1:
            between, rest = self.fresh(), Path("sequence", None, path.parts[1:])
            return self.exists(start, path.parts[0], between, self.exists(between, rest, end, condition))
        if path.kind == "sequence":
            return self.exists(start, path.parts[0], end, condition)
        if path.kind == "alternative":
            return every((self.exists(start, part, end, condition) for part in path.parts), "||")
        kept = f" FILTER({condition})" if condition != "true" else ""
        return f"EXISTS {{ {start} {path.sparql()} {end} .{kept} }}"

    def look(self, start: Node, predicate: Term | None) -> None:
        """Remember that statements of `start` are read."""
        self.reads.add(Read(start.way, predicate))

    def is_a(self, node: Node, kind: Term) -> str:
        """An expression that holds for SHACL instances of a class."""
        if kind.kind != "iri":
            return "false"
        self.look(node, TYPE)
        kinds = self.classes.get(kind, (kind,))
        if len(kinds) == 1:
            return f"EXISTS {{ {node} {TYPE.n3()} {kind.n3()} }}"
        found = self.fresh(stem="c")
        return f"EXISTS {{ {node} {TYPE.n3()} {found} . FILTER({found} IN ({terms(kinds, ', ')})) }}"


def component(name: str) -> str:
    """The IRI of a constraint component of SHACL by the short part of its name."""
    return f"{SH}{name}ConstraintComponent"


def terms(found: Iterable[Term], between: str = " ") -> str:
    return between.join(one.n3() for one in found)


def every(parts: Iterable[str], mark: str = "&&") -> str:
    """Expressions joined by && or ||; none at all is true for &&, false for ||."""
    found = list(dict.fromkeys(parts))
    if not found:
        return "true" if mark == "&&" else "false"
    return found[0] if len(found) == 1 else "(" + f" {mark} ".join(found) + ")"


def sure(expression: str) -> str:
    """An expression that is false where it would fail."""
    return f"COALESCE({expression}, false)"


def same(node: Node | str, value: Term) -> str:
    """Whether a variable is this very term."""
    return "false" if value.kind == "blank" else f"sameTerm({node}, {value.n3()})"


def at(shape: Shape) -> str:
    """Where a fault of a shape lies, for errors."""
    return f"shape {shape.name}"
