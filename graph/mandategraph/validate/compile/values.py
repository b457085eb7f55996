"""Constraints on single values: what kind of term, which type, how long, how big, which language, which list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mandategraph.store.base import XSD, Term, literal
from mandategraph.validate.compile.base import (
    BadShapes,
    CompileContext,
    Each,
    Node,
    Test,
    at,
    component,
    every,
    same,
    sure,
    terms,
)
from mandategraph.validate.shape import Shape
from mandategraph.validate.vocabulary import RDF, SH

_KINDS = {
    "IRI": ("isIRI",), "BlankNode": ("isBlank",), "Literal": ("isLiteral",), "IRIOrLiteral": ("isIRI", "isLiteral"),
    "BlankNodeOrIRI": ("isBlank", "isIRI"), "BlankNodeOrLiteral": ("isBlank", "isLiteral"),
}  # fmt: skip
_CAST = {
    "boolean", "integer", "decimal", "float", "double", "dateTime", "date", "time", "duration", "dayTimeDuration",
    "yearMonthDuration", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay",
}  # fmt: skip
RANGES = {
    "byte": (-(2**7), 2**7 - 1), "short": (-(2**15), 2**15 - 1), "int": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1), "unsignedByte": (0, 2**8 - 1), "unsignedShort": (0, 2**16 - 1),
    "unsignedInt": (0, 2**32 - 1), "unsignedLong": (0, 2**64 - 1), "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None), "nonPositiveInteger": (None, 0), "negativeInteger": (None, -1),
}  # fmt: skip
"""Datatypes derived from xsd:integer, with their bounds."""


def value_tests(shop: CompileContext, shape: Shape) -> Iterator[Test]:
    """The tests of all constraints of a shape that look at one value at a time."""
    for kind in shape.values("class"):
        yield Test(component("Class"), _class(shop, kind))
    for name, rule in _EACH.items():
        for value in shape.values(name):
            yield Test(component(name[0].upper() + name[1:]), rule(shape, value))
    for pattern in shape.values("pattern"):
        yield Test(component("Pattern"), _pattern(shape, pattern))
    for head in shape.values("languageIn"):
        tags = [term.value for term in shape.graph.members(head)]
        yield Test(component("LanguageIn"), _languages(tags))
    for head in shape.values("in"):
        members = shape.graph.members(head)
        yield Test(component("In"), _in(members))


def _class(shop: CompileContext, kind: Term) -> Each:
    return lambda value, focus: shop.is_a(value, kind)


def _datatype(shape: Shape, kind: Term) -> Each:
    local = kind.value.removeprefix(XSD)
    right = f"DATATYPE({{0}}) = {kind.n3()}"
    if kind.value == XSD + local and local in _CAST:
        right += f" && isLiteral({kind.n3()}({{0}}))"
    elif kind.value == XSD + local and local in RANGES:
        number = f"<{XSD}integer>(STR({{0}}))"
        low, high = RANGES[local]
        right += f" && {number} >= {low}" if low is not None else ""
        right += f" && {number} <= {high}" if high is not None else ""
    elif kind.value == RDF + "langString":
        right = 'LANG({0}) != ""'
    # Only a literal has a datatype; what Virtuoso says of LANG and DATATYPE of an IRI differs.
    return lambda value, focus: sure(f"isLiteral({value}) && {right.format(value)}")


def _node_kind(shape: Shape, kind: Term) -> Each:
    checks = _KINDS.get(kind.value.removeprefix(SH))
    if checks is None:
        raise BadShapes(f"sh:nodeKind has no value {kind.value}.", at(shape), "Use one of those of SHACL.")
    return lambda value, focus: every((f"{check}({value})" for check in checks), "||")


def _bound(mark: str) -> Callable[[Shape, Term], Each]:
    def rule(shape: Shape, limit: Term) -> Each:
        if limit.kind != "literal":
            raise BadShapes("A bound must be a literal.", at(shape), "Correct the shape.")
        return lambda value, focus: sure(f"{value} {mark} {limit.n3()}")

    return rule


def _length(mark: str) -> Callable[[Shape, Term], Each]:
    def rule(shape: Shape, limit: Term) -> Each:
        return lambda value, focus: sure(f"!isBlank({value}) && STRLEN(STR({value})) {mark} {limit.n3()}")

    return rule


def _pattern(shape: Shape, pattern: Term) -> Each:
    flags = "".join(flag.value for flag in shape.values("flags")[:1])
    rest = f", {literal(flags).n3()}" if flags else ""
    written = literal(pattern.value).n3()
    return lambda value, focus: sure(f"!isBlank({value}) && REGEX(STR({value}), {written}{rest})")


def _languages(tags: list[str]) -> Each:
    def rule(value: Node, focus: Node) -> str:
        return sure(every((f"LANGMATCHES(LANG({value}), {literal(tag).n3()})" for tag in tags), "||"))

    return rule


def _in(members: list[Term]) -> Each:
    iris = [member for member in members if member.kind == "iri"]
    texts = [member for member in members if member.kind == "literal" and not (member.lang or member.datatype)]
    others = [member for member in members if member.kind == "literal" and member not in texts]

    def rule(value: Node, focus: Node) -> str:
        named = [f"{value} IN ({terms(iris, ', ')})"] if iris else []
        named += [sure(f"{value} IN ({terms(texts, ', ')})")] if texts else []  # equal texts are the same term
        return every([*named, *(same(value, member) for member in others)], "||")

    return rule


_EACH: dict[str, Callable[[Shape, Term], Each]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minExclusive": _bound(">"),
    "minInclusive": _bound(">="),
    "maxExclusive": _bound("<"),
    "maxInclusive": _bound("<="),
    "minLength": _length(">="),
    "maxLength": _length("<="),
}
