"""From shapes to the SELECTs that find everything that breaks them, and from their rows to results.

Constraints that look at the same values are asked for in one query: its filter keeps what breaks any of them, and one
column for each, computed for these few rows only, tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mandategraph.store.base import Term
from mandategraph.validate.compile.base import BadShapes, Node, Rows, Test, Uncompilable, Workshop, terms
from mandategraph.validate.compile.logic import enter, tests
from mandategraph.validate.compile.messages import worded
from mandategraph.validate.compile.sparql import SPARQL
from mandategraph.validate.paths import Path, Read, reads
from mandategraph.validate.result import Result
from mandategraph.validate.shape import Shape, targeted_shapes
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import SUBCLASS, TYPE

_FUSED = 12  # conditions in one query; more make it slow to plan and hard to read
_ROOT = "_root"
Row = Mapping[str, Term]


@dataclass(frozen=True)
class Focus:
    """How a query comes to the focus nodes of a shape: `pattern` binds `node`, and `chain` are all variables that a
    result depends on, the node of the target first."""

    pattern: str
    node: Node
    chain: tuple[str, ...]
    more: str = ""

    def then(self, node: Node, step: str) -> Focus:
        return Focus(self.pattern, node, (*self.chain, node.name), f"{self.more} {step}".strip())

    @property
    def whole(self) -> str:
        return f"{self.pattern} {self.more}".strip()


@dataclass(frozen=True)
class Check:
    """One constraint that a query looks after."""

    shape: Shape
    test: Test
    path: Path | None
    condition: str = ""


@dataclass(frozen=True)
class Query:
    """One SELECT: `before` and `after` stand around what binds the focus nodes, so that these can be narrowed down."""

    focus: Focus
    after: str
    select: str
    checks: tuple[Check, ...]
    rows: Rows | None = None
    values: Node | None = None
    over: str = ""
    reads: frozenset[Read] = frozenset()
    anything: bool = False
    asks_for_shapes: bool = False

    def text(self, only: Sequence[Term] | None = None, dataset: str = "") -> str:
        """The query; with `only` for these nodes of the target alone. `dataset` are FROM clauses to add."""
        root = self.focus.chain[0]
        narrow = f"VALUES ?{root} {{ {terms(only)} }} " if only is not None else ""
        whole = f"{narrow}{self.focus.whole}"
        if self.over:
            return self._over(whole, dataset)
        return f"SELECT {self.select} {dataset} WHERE {{ {whole} {self.after} }}"

    def _over(self, whole: str, dataset: str) -> str:
        """A query of the shapes themselves over all focus nodes, which it calls `$this`."""
        select = self.checks[0].test.select
        assert select is not None
        nested = len(self.focus.chain) > 1
        if nested:
            whole = re.sub(r"\?this\b", f"?{_ROOT}", whole).replace(str(self.focus.node), "?this")
        distinct = f"{{ SELECT DISTINCT ?this WHERE {{ {whole} }} }}"
        query = select.over(whole if self.over == "plain" else distinct, "" if nested else dataset)
        return f"SELECT * {dataset} WHERE {{ {whole} {{ {query} }} }}" if nested else query

    def root(self, row: Row) -> Term:
        """The node of the target that a row of the answer comes from."""
        return row[_ROOT if self.over and len(self.focus.chain) > 1 else self.focus.chain[0]]

    def _focus(self, row: Row) -> Term:
        return row["this" if self.over else self.focus.node.name]

    def results(self, row: Row) -> Iterator[Result]:
        """What one row of the answer says."""
        for number, check in enumerate(self.checks):
            flag = row.get(f"_bad{number}")
            if len(self.checks) == 1 or (flag is not None and flag.value in ("true", "1")):
                yield self._result(check, row)

    def _result(self, check: Check, row: Row) -> Result:
        focus, path, value = self._focus(row), check.path, self._value(check, row)
        if self.rows is not None and self.rows.path:
            path = Path("predicate", row[self.rows.path])
        elif self.over and "path" in row and row["path"].kind == "iri":
            path = Path("predicate", row["path"])
        shape, select = check.shape, check.test.select
        node = select.node if select and check.test.component == SPARQL else None
        if self.over and "failure" in row and row["failure"].value in ("true", "1"):
            raise BadShapes("A query says that it failed (it binds ?failure).", f"shape {shape.name}", "See the query.")
        words = worded(shape, check.test, row)
        return Result(focus, path, value, shape.node, check.test.component, shape.severity, words, node)

    def _value(self, check: Check, row: Row) -> Term | None:
        if self.over:
            return row.get("value") or (None if check.shape.path else self._focus(row))
        if self.rows is not None:
            return row.get(self.rows.value) if self.rows.value else None
        return row[self.values.name] if self.values and check.test.each else None


@dataclass
class Plan:
    """All queries for a shapes graph, and the shapes that were not compiled, each with the reason."""

    queries: list[Query] = field(default_factory=list)
    handed: dict[Term, str] = field(default_factory=dict)


def plan(
    graph: ShapesGraph, classes: Mapping[Term, tuple[Term, ...]], foreign: Mapping[Term, str], fused: bool = True
) -> Plan:
    """Compile all targeted shapes.

    Args:
        graph: the shapes.
        classes: each class that the shapes name, with all classes below it in the data.
        foreign: shapes that hold what we do not compile, with the reason.
        fused: whether one query may look after several constraints, which takes columns of conditions.

    Raises:
        BadShapes: the shapes are not well-formed or speak of themselves.
    """
    made = Plan(handed=dict(foreign))
    found: list[_Piece] = []
    for shape in targeted_shapes(graph):
        if shape.node in made.handed or shape.deactivated:
            continue
        try:
            found += _pieces(shape, classes)
        except Uncompilable as reason:
            made.handed[shape.node] = str(reason)
        except RecursionError:
            raise BadShapes("The shapes are nested too deeply.", f"shape {shape.name}", "Simplify them.") from None
    made.queries = list(_fused(found, _FUSED if fused else 1))
    return made


@dataclass(frozen=True)
class _Piece:
    """A check on its way into a query; pieces with the same `place` may share one."""

    focus: Focus
    step: str
    values: Node | None
    check: Check
    rows: Rows | None
    reads: frozenset[Read]
    anything: bool

    @property
    def place(self) -> tuple[object, ...]:
        return (self.focus, self.step, self.values, self.rows, self.check.test.select)


def _pieces(shape: Shape, classes: Mapping[Term, tuple[Term, ...]]) -> Iterator[_Piece]:
    ways, read = _targets(shape, classes)
    if ways:
        pattern = ways[0] if len(ways) == 1 else " UNION ".join(f"{{ {way} }}" for way in ways)
        shop = Workshop(classes, read)
        yield from _within(shop, shape, Focus(pattern, Node("this"), ("this",)))


def _targets(shape: Shape, classes: Mapping[Term, tuple[Term, ...]]) -> tuple[list[str], set[Read]]:
    """All ways of a shape to its focus nodes, and what they look at."""
    ways: list[str] = []
    found: set[Read] = set()
    nodes = [term for term in shape.values("targetNode") if term.kind != "blank"]
    if nodes:
        ways.append(f"VALUES ?this {{ {terms(nodes)} }}")
    kinds = shape.values("targetClass") + ([shape.node] if shape.implicit_class else [])
    every = dict.fromkeys(one for kind in kinds if kind.kind == "iri" for one in classes.get(kind, (kind,)))
    if every:
        found.add(Read((), TYPE))
        one = f"?this {TYPE.n3()} {next(iter(every)).n3()} ."
        several = f"VALUES ?_kind {{ {terms(every)} }} ?this {TYPE.n3()} ?_kind ."
        ways.append(one if len(every) == 1 else several)
    for predicate in shape.values("targetSubjectsOf"):
        ways.append(f"?this {predicate.n3()} ?_any .")
        found.add(Read((), predicate))
    for predicate in shape.values("targetObjectsOf"):
        ways.append(f"?_any {predicate.n3()} ?this .")
        found.add(Read((), predicate, forth=False))
    return ways, found


def _within(shop: Workshop, shape: Shape, focus: Focus) -> Iterator[_Piece]:
    """The pieces of a shape and of the property shapes in it."""
    if shape.deactivated:
        return
    enter(shop, shape)
    path = shape.path
    shared = set(shop.reads)
    if path is not None:
        value = Node(f"_value{len(focus.chain)}", (*focus.node.way, path))
        step = f"{focus.node} {path.sparql()} {value} ."
        shared |= reads(path, focus.node.way)
    else:
        value, step = focus.node, ""
    for test in tests(shop, shape):
        shop.reads, shop.anything = set(shared), False
        yield from _of_test(shop, Check(shape, test, path), focus, value, step)
    for inner in shape.shapes("property"):
        shop.reads = set(shared)
        yield from _within(shop, inner, focus.then(value, step) if step else focus)
    shop.open.pop()


def _of_test(shop: Workshop, check: Check, focus: Focus, value: Node, step: str) -> Iterator[_Piece]:
    test = check.test

    def piece(condition: str, step: str, values: Node | None, rows: Rows | None) -> _Piece:
        done = Check(check.shape, test, check.path, condition)
        return _Piece(focus, step, values, done, rows, frozenset(shop.reads), shop.anything)

    if test.select is not None:
        shop.anything = True
        yield piece("", "", None, None)
    elif test.each is not None:
        yield piece(f"!({test.each(value, focus.node)})", step, value, None)
    elif test.whole is not None:
        yield piece(f"!({test.whole(focus.node)})", "", None if step else focus.node, None)
    elif test.rows is not None:
        for rows in test.rows(focus.node):
            yield piece("", rows.pattern, None, rows)


def _fused(pieces: list[_Piece], most: int) -> Iterator[Query]:
    together: dict[tuple[object, ...], list[_Piece]] = {}
    for piece in pieces:
        single = piece.rows is not None or piece.check.test.select is not None
        key = ("alone", len(together)) if single else piece.place
        while len(together.get(key, ())) >= most:
            key = (*key, "more")
        together.setdefault(key, []).append(piece)
    for group in together.values():
        yield _query(group)


def _query(group: list[_Piece]) -> Query:
    first = group[0]
    focus, checks = first.focus, tuple(piece.check for piece in group)
    read = frozenset(one for piece in group for one in piece.reads)
    anything = any(piece.anything for piece in group)
    columns = [f"?{name}" for name in focus.chain]
    select = first.check.test.select
    if select is not None:
        # A plain pattern can multiply rows, which only an aggregate would notice.
        counts = any(token.word == "GROUP" or token.word == "COUNT" for token in select.tokens)
        plain = not counts and focus.pattern.count(" .") == 1 and "VALUES" not in focus.pattern and not focus.more
        return Query(
            focus, "", "*", checks, over="plain" if plain else "distinct", reads=read, anything=True,
            asks_for_shapes=select.asks_for_shapes,
        )  # fmt: skip
    if first.rows is not None:
        rows = first.rows
        columns += [f"?{name}" for name in (rows.value, rows.path, *rows.each) if name]
        return Query(focus, rows.pattern, " ".join(dict.fromkeys(columns)), checks, rows, None, "", read, anything)
    if first.values is not None:
        columns.append(str(first.values))
    bad = [f"({check.condition} AS ?_bad{number})" for number, check in enumerate(checks)] if len(checks) > 1 else []
    after = f"{first.step} FILTER({' || '.join(check.condition for check in checks)})"
    chosen = " ".join(dict.fromkeys([*columns, *bad]))
    return Query(focus, after, chosen, checks, None, first.values, "", read, anything)


@lru_cache(maxsize=4)
def named_classes(graph: ShapesGraph) -> tuple[Term, ...]:
    """Every class whose instances the shapes ask for, sorted."""
    names = ("targetClass", "class")
    found = {value for shape in (Shape(graph, node) for node in graph.subjects()) for name in names
             for value in shape.values(name)}  # fmt: skip
    found |= {shape.node for shape in targeted_shapes(graph) if shape.implicit_class}
    return tuple(sorted((term for term in found if term.kind == "iri"), key=lambda term: term.value))


CLASSES = f"SELECT DISTINCT ?class ?upper WHERE {{ ?class {SUBCLASS.n3()} ?upper }}"
"""The query for all steps between classes; not for a path of them, which some engines do not follow from an open end."""
