"""From shapes to the SELECTs that find everything that breaks them.

Constraints that look at the same values are asked for in one query, and with them how many values there may be: its
filter keeps what breaks any of them, and one column for each, computed for these few rows only, tells which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from mandategraph.store.base import Term
from mandategraph.validate.compile.base import BadShapes, CompileContext, Node, Rows, Uncompilable, terms
from mandategraph.validate.compile.logic import enter, tests
from mandategraph.validate.compile.query import Check, Focus, Query
from mandategraph.validate.compile.sets import MIN_COUNT
from mandategraph.validate.paths import Read, reads
from mandategraph.validate.shape import Shape, targeted_shapes
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import SUBCLASS, TYPE

_FUSED = 12  # conditions in one query; more make it slow to plan and hard to read


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
            found += _pieces(shape, classes, fused)
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
    needs: Term | None = None

    @property
    def place(self) -> tuple[object, ...]:
        return (self.focus, self.step, self.values, self.rows, self.check.test.select)


def _pieces(shape: Shape, classes: Mapping[Term, tuple[Term, ...]], fused: bool) -> Iterator[_Piece]:
    ways, read = _targets(shape, classes)
    if ways:
        pattern = ways[0] if len(ways) == 1 else " UNION ".join(f"{{ {way} }}" for way in ways)
        shop = CompileContext(classes, read, fused)
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


def _within(shop: CompileContext, shape: Shape, focus: Focus) -> Iterator[_Piece]:
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
    found = list(tests(shop, shape))
    beside = shop.fused and path is not None and path.simple
    perhaps = beside and any(test.component == MIN_COUNT for test in found)
    for test in found:
        shop.reads, shop.anything = set(shared), False
        check = Check(shape, test, path, beside=beside and test.beside is not None)
        yield from _of_test(shop, check, focus, value, step, perhaps)
    for inner in shape.shapes("property"):
        shop.reads = set(shared)
        yield from _within(shop, inner, focus.then(value, step) if step else focus)
    shop.open.pop()


def _of_test(
    shop: CompileContext, check: Check, focus: Focus, value: Node, step: str, perhaps: bool
) -> Iterator[_Piece]:
    """The pieces of one constraint; `perhaps` where its query also looks at focus nodes that have no value."""
    test = check.test

    def piece(condition: str, step: str, values: Node | None, rows: Rows | None, needs: Term | None = None) -> _Piece:
        done = replace(check, condition=condition)
        return _Piece(focus, step, values, done, rows, frozenset(shop.reads), shop.anything, needs)

    there = f"OPTIONAL {{ {step} }}" if perhaps else step
    needs = check.path.predicate if check.path and not perhaps else None
    if test.select is not None:
        shop.anything = True
        yield piece("", "", None, None)
    elif test.beside is not None and check.beside:
        yield piece(f"!({test.beside(value, focus.node)})", there, value, None, needs)
    elif test.each is not None:
        broken = f"!({test.each(value, focus.node)})"
        yield piece(f"(BOUND({value}) && {broken})" if perhaps else broken, there, value, None, needs)
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
    return Query(focus, after, chosen, checks, None, first.values, "", read, anything, needs=first.needs)


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
