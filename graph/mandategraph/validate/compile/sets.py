"""Constraints on all values of a path together: how many, which one, in which language, against which other values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mandategraph.store.base import Term
from mandategraph.validate.compile.base import CompileContext, Node, Rows, Test, component, every, same, sure, terms
from mandategraph.validate.paths import Path
from mandategraph.validate.shape import Shape
from mandategraph.validate.vocabulary import TYPE

MIN_COUNT = component("MinCount")
_WRITTEN_OUT = 3  # so many distinct values are asked for by name, more by counting


def set_tests(shop: CompileContext, shape: Shape) -> Iterator[Test]:
    """The tests of all such constraints of a shape; those that only property shapes have are passed over elsewhere."""
    if shape.path is not None:
        yield from _counts(shop, shape, shape.path)
        yield from _languages(shop, shape, shape.path)
        yield from _orders(shop, shape, shape.path)
    for value in shape.values("hasValue"):
        yield _has_value(shop, shape, value)
    for other in shape.values("equals"):
        yield _equals(shop, shape, other)
    for other in shape.values("disjoint"):
        yield _disjoint(shop, shape, other)
    if shape.flag("closed"):
        yield _closed(shop, shape)


def at_least(shop: CompileContext, focus: Node, path: Path, number: int, condition: str = "true", end: str = "") -> str:
    """An expression that holds where a path has so many distinct values; `condition` speaks of `end`, a variable."""
    if number <= 0:
        return "true"
    shop.note(focus, path)
    if number > _WRITTEN_OUT:
        value, count = end or str(shop.fresh()), shop.fresh(stem="n")
        inner = f"{focus} {path.sparql()} {value} . FILTER({condition})"
        counted = f"SELECT {focus} (COUNT(DISTINCT {value}) AS {count}) WHERE {{ {inner} }} GROUP BY {focus}"
        return f"EXISTS {{ {{ {counted} }} FILTER({count} >= {number}) }}"
    named = re.compile(re.escape(end) + r"\b")
    return _one_more(shop, focus, path, number, lambda value: named.sub(value, condition) if end else condition, ())


def _one_more(
    shop: CompileContext, focus: Node, path: Path, number: int, condition: Callable[[str], str], before: tuple[str, ...]
) -> str:
    """One value unlike those before it, and so many more."""
    value = str(shop.fresh(stem="m"))
    tests = [f"!sameTerm({value}, {other})" for other in before]
    tests += [condition(value)] if condition(value) != "true" else []
    if number > 1:
        tests.append(_one_more(shop, focus, path, number - 1, condition, (*before, value)))
    return shop.exists(focus, path, value, every(tests))


def _with(shop: CompileContext, focus: Node, path: Path, number: int, value: Node) -> str:
    """As `at_least`, where one of the values is at hand or there is none."""
    if number > _WRITTEN_OUT:
        return at_least(shop, focus, path, number)
    shop.note(focus, path)
    more = _one_more(shop, focus, path, number - 1, lambda _: "true", (str(value),)) if number > 1 else "true"
    return every(one for one in (f"BOUND({value})", more) if one != "true")


def _counts(shop: CompileContext, shape: Shape, path: Path) -> Iterator[Test]:
    low, high = shape.number("minCount"), shape.number("maxCount")
    if low:
        yield Test(
            MIN_COUNT,
            whole=lambda focus: at_least(shop, focus, path, low),
            beside=lambda value, focus: _with(shop, focus, path, low, value),
        )
    if high is not None:
        yield Test(
            component("MaxCount"),
            whole=lambda focus: f"!({at_least(shop, focus, path, high + 1)})",
            beside=lambda value, focus: f"!({_with(shop, focus, path, high + 1, value)})",
        )


def _has_value(shop: CompileContext, shape: Shape, value: Term) -> Test:
    path = shape.path

    def whole(focus: Node) -> str:
        if path is None:
            return same(focus, value)
        shop.note(focus, path)
        return shop.exists(focus, path, value.n3()) if value.kind != "blank" else "false"

    return Test(component("HasValue"), whole=whole)


def _languages(shop: CompileContext, shape: Shape, path: Path) -> Iterator[Test]:
    def rows(focus: Node) -> list[Rows]:
        (one, first), (two, second), tag = shop.step(focus, path), shop.step(focus, path), shop.fresh(stem="l")
        apart = f"!sameTerm({one}, {two}) && LANG({one}) != '' && LCASE(LANG({one})) = LCASE(LANG({two}))"
        return [Rows(f"{first} {second} FILTER({apart}) BIND(LCASE(LANG({one})) AS {tag})", each=(tag.name,))]

    if shape.flag("uniqueLang"):
        yield Test(component("UniqueLang"), rows=rows)


def _orders(shop: CompileContext, shape: Shape, path: Path) -> Iterator[Test]:
    def test(name: str, mark: str, other: Term) -> Test:
        def rows(focus: Node) -> list[Rows]:
            (value, first), (later, second) = shop.step(focus, path), shop.step(focus, Path("predicate", other))
            pattern = f"{first} {second} FILTER(!{sure(f'{value} {mark} {later}')})"
            return [Rows(pattern, value.name, each=(later.name,))]

        return Test(component(name), rows=rows)

    for other in shape.values("lessThan"):
        yield test("LessThan", "<", other)
    for other in shape.values("lessThanOrEquals"):
        yield test("LessThanOrEquals", "<=", other)


def _values(shop: CompileContext, shape: Shape, focus: Node) -> tuple[Node, str]:
    return shop.step(focus, shape.path) if shape.path is not None else (focus, "")


def _equals(shop: CompileContext, shape: Shape, other: Term) -> Test:
    step = Path("predicate", other)

    def rows(focus: Node) -> list[Rows]:
        value, pattern = _values(shop, shape, focus)
        missing = f"{pattern} FILTER(NOT EXISTS {{ {focus} {step.sparql()} {value} }})"
        more, second = shop.step(focus, step)
        path = shape.path
        is_value = shop.exists(focus, path, more) if path else f"sameTerm({focus}, {more})"
        return [Rows(missing, value.name), Rows(f"{second} FILTER(!({is_value}))", more.name)]

    return Test(component("Equals"), rows=rows)


def _disjoint(shop: CompileContext, shape: Shape, other: Term) -> Test:
    def rows(focus: Node) -> list[Rows]:
        value, pattern = _values(shop, shape, focus)
        shop.look(focus, other)
        return [Rows(f"{pattern} FILTER(EXISTS {{ {focus} {other.n3()} {value} }})", value.name)]

    return Test(component("Disjoint"), rows=rows)


def _closed(shop: CompileContext, shape: Shape) -> Test:
    paths = [inner.path for inner in shape.shapes("property")]
    allowed = [path.predicate for path in paths if path is not None and path.predicate is not None]
    for head in shape.values("ignoredProperties"):
        allowed += shape.graph.members(head)

    def rows(focus: Node) -> list[Rows]:
        subject, pattern = _values(shop, shape, focus)
        shop.look(subject, None)
        shop.look(subject, TYPE)
        predicate, value = shop.fresh(stem="p"), shop.fresh()
        kept = f" FILTER({predicate} NOT IN ({terms(dict.fromkeys(allowed), ', ')}))" if allowed else ""
        return [Rows(f"{pattern} {subject} {predicate} {value} .{kept}", value.name, predicate.name)]

    return Test(component("Closed"), rows=rows)
