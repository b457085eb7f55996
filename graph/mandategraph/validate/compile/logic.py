"""Shapes inside shapes: sh:node, sh:not, sh:and, sh:or, sh:xone, qualified values; conformance as one expression."""

from __future__ import annotations

from collections.abc import Iterator

from mandategraph.store.base import Term
from mandategraph.validate.compile.base import BadShapes, CompileContext, Each, Node, Test, at, component, every
from mandategraph.validate.compile.sets import at_least, set_tests
from mandategraph.validate.compile.sparql import sparql_tests
from mandategraph.validate.compile.values import value_tests
from mandategraph.validate.shape import Shape
from mandategraph.validate.vocabulary import sh


def tests(shop: CompileContext, shape: Shape) -> Iterator[Test]:
    """All constraints of a shape but `sh:property`, of SHACL Core and SHACL-SPARQL.

    Raises:
        BadShapes: the shape is not well-formed, or speaks of itself.
        Uncompilable: it holds a constraint that is not compiled.
    """
    yield from value_tests(shop, shape)
    yield from set_tests(shop, shape)
    yield from _nested(shop, shape)
    yield from _lists(shop, shape)
    if shape.path is not None:
        for inner in shape.shapes("qualifiedValueShape"):
            yield from _qualified(shop, shape, inner)
    yield from sparql_tests(shop, shape)


def conforms(shop: CompileContext, shape: Shape, node: Node) -> str:
    """An expression that holds where a node conforms to a shape.

    Raises:
        BadShapes: the shape speaks of itself, which the specification leaves undefined.
    """
    if shape.deactivated:
        return "true"
    with_path = shape.path
    enter(shop, shape)
    found = list(tests(shop, shape))
    subject = shop.step(node, with_path)[0] if with_path is not None else node
    each = [test.each(subject, node) for test in found if test.each]
    each += [conforms(shop, inner, subject) for inner in shape.shapes("property")]
    kept = every(one for one in each if one != "true")
    parts = [test.whole(node) for test in found if test.whole]
    for test in found:
        parts += [f"NOT EXISTS {{ {rows.pattern} }}" for rows in (test.rows(node) if test.rows else ())]
    if kept != "true":
        parts.append(kept if with_path is None else f"!({shop.exists(node, with_path, subject, f'!({kept})')})")
    shop.open.pop()
    return every(f"({part})" for part in parts)


def enter(shop: CompileContext, shape: Shape) -> None:
    """Note that a shape is being compiled; the caller takes it off `shop.open` again.

    Raises:
        BadShapes: it is being compiled already.
    """
    if shape.node in shop.open:
        raise BadShapes("This shape speaks of itself, which SHACL leaves undefined.", at(shape), "Break the circle.")
    shop.open.append(shape.node)


def _nested(shop: CompileContext, shape: Shape) -> Iterator[Test]:
    for inner in shape.shapes("node"):
        yield Test(component("Node"), _conforming(shop, inner))
    for inner in shape.shapes("not"):
        yield Test(component("Not"), _not(shop, inner))


def _conforming(shop: CompileContext, inner: Shape) -> Each:
    return lambda value, focus: conforms(shop, inner, value)


def _not(shop: CompileContext, inner: Shape) -> Each:
    return lambda value, focus: f"!({conforms(shop, inner, value)})"


def _lists(shop: CompileContext, shape: Shape) -> Iterator[Test]:
    for name, rule in (("and", _and), ("or", _or), ("xone", _xone)):
        for head in shape.values(name):
            members = [Shape(shape.graph, node) for node in shape.graph.members(head)]
            yield Test(component(name.capitalize()), rule(shop, members))


def _and(shop: CompileContext, members: list[Shape]) -> Each:
    return lambda value, focus: every(conforms(shop, member, value) for member in members)


def _or(shop: CompileContext, members: list[Shape]) -> Each:
    return lambda value, focus: every((conforms(shop, member, value) for member in members), "||")


def _xone(shop: CompileContext, members: list[Shape]) -> Each:
    def rule(value: Node, focus: Node) -> str:
        if len(members) == 2:
            one, two = (conforms(shop, member, value) for member in members)
            return f"(({one} || {two}) && !({one} && {two}))"
        counted = " + ".join(f"IF({conforms(shop, member, value)}, 1, 0)" for member in members)
        return f"(({counted or 0}) = 1)"

    return rule


def _qualified(shop: CompileContext, shape: Shape, inner: Shape) -> Iterator[Test]:
    path = shape.path
    assert path is not None
    others = _siblings(shape) if shape.flag("qualifiedValueShapesDisjoint") else []

    def count(focus: Node, number: int) -> str:
        value = shop.fresh((*focus.way, path))
        fitting = [conforms(shop, inner, value), *(f"!({conforms(shop, other, value)})" for other in others)]
        return at_least(shop, focus, path, number, every(one for one in fitting if one != "true"), str(value))

    low, high = shape.number("qualifiedMinCount"), shape.number("qualifiedMaxCount")
    if low:
        yield Test(component("QualifiedMinCount"), whole=lambda focus: count(focus, low))
    if high is not None:
        yield Test(component("QualifiedMaxCount"), whole=lambda focus: f"!({count(focus, high + 1)})")


def _siblings(shape: Shape) -> list[Shape]:
    """The other qualified shapes of the shapes that this one is a property of."""
    graph, own = shape.graph, set(shape.values("qualifiedValueShape"))
    found: dict[Term, None] = {}
    for parent in graph.having(sh("property"), shape.node):
        for inner in graph.values(parent, sh("property")):
            found |= dict.fromkeys(graph.values(inner, sh("qualifiedValueShape")))
    return [Shape(graph, node) for node in found if node not in own]
