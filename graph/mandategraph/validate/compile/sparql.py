"""SHACL-SPARQL: `sh:sparql` constraints and constraint components with ASK and SELECT validators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from mandategraph.rdf.sparql_lexer import Token
from mandategraph.store.base import Term
from mandategraph.validate.compile import text
from mandategraph.validate.compile.base import BadShapes, CompileContext, Node, Rows, Test, Uncompilable, at, component
from mandategraph.validate.shape import Shape
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import OWL, SH, TRUE, sh

SHAPES_GRAPH = "urn:x-mandategraph:shapes"
"""The name of the shapes graph for queries that ask for it."""

SPARQL = component("SPARQL")
"""The constraint component of `sh:sparql`."""

_FORBIDDEN = ("MINUS", "SERVICE", "VALUES")
_LONGEST_WORDS = 120  # a parser may list every character that it would have taken
_ALWAYS_BOUND = ("this", "value", "currentShape", "shapesGraph", "PATH")


@dataclass(frozen=True)
class Select:
    """A SELECT whose rows break the rule, with all but `$this` bound; `node` and `messages` are of the constraint."""

    tokens: tuple[Token, ...]
    node: Term
    messages: tuple[Term, ...]
    bound: tuple[tuple[str, Term], ...] = ()

    def over(self, pattern: str, dataset: str = "") -> str:
        """The query for all nodes that a pattern binds to `?this`; `dataset` are FROM clauses to add."""
        return text.written(text.inject(list(self.tokens), pattern, dataset))

    @property
    def asks_for_shapes(self) -> bool:
        return any(token.text == f"<{SHAPES_GRAPH}>" for token in self.tokens)


def sparql_tests(shop: CompileContext, shape: Shape) -> Iterator[Test]:
    """The tests of all SPARQL-based constraints of a shape.

    Raises:
        BadShapes: a query breaks the rules of pre-binding or is incomplete.
        Uncompilable: a parameter is a blank node.
    """
    for node in shape.values("sparql"):
        if not shape.graph.has(node, sh("deactivated"), TRUE):
            yield _constraint(shop, shape, node, SPARQL, {})
    for one in components(shape.graph):
        for bound in one.bindings(shape):
            yield from _component(shop, shape, one, bound)


def _constraint(shop: CompileContext, shape: Shape, node: Term, name: str, bound: Mapping[str, Term]) -> Test:
    found = shape.graph.value(node, sh("select"))
    if found is None:
        raise BadShapes("A constraint in SPARQL has no sh:select.", at(shape), "Write its query.")
    tokens = _prepared(shape, node, found.value, bound)
    _check_select(shape, tokens)
    select = Select(tuple(tokens), node, tuple(shape.graph.values(node, sh("message"))), tuple(bound.items()))

    def rows(focus: Node) -> list[Rows]:
        shop.anything = True
        suffix = shop.fresh(stem="q").name
        return [Rows("{ " + text.written(text.rename(tokens, {"this": focus.name}, suffix)) + " }")]

    return Test(name, rows=rows, select=select)


def _component(shop: CompileContext, shape: Shape, one: Component, bound: dict[str, Term]) -> Iterator[Test]:
    validator = one.validator(shape)
    if validator is None:
        return
    asked = shape.graph.value(validator, sh("ask"))
    if asked is None:
        yield _constraint(shop, shape, validator, one.node.value, bound)
        return
    absent = frozenset(one.parameters) - frozenset(bound)
    tokens = _prepared(shape, validator, asked.value, bound, absent)
    _check(shape, tokens, "value")
    _check_grammar(shape, tokens)
    body = tokens[next(index for index, token in enumerate(tokens) if token.text == "{") :]

    def each(value: Node, focus: Node) -> str:
        shop.anything = True
        names = {"value": value.name, "this": focus.name}
        return f"EXISTS {text.written(text.rename(body, names, shop.fresh(stem='q').name))}"

    messages = tuple(shape.graph.values(validator, sh("message")))
    yield Test(one.node.value, each=each, messages=messages, bound=tuple(bound.items()))


def _prepared(
    shape: Shape, node: Term, query: str, bound: Mapping[str, Term], absent: frozenset[str] = frozenset()
) -> list[Token]:
    """A query with everything bound but `$this` and `$value`."""
    tokens = text.tokens(query, prefixes(shape.graph, node))
    _check(shape, tokens, "this", *bound)
    terms = {"shapesGraph": f"<{SHAPES_GRAPH}>"}
    if shape.node.kind == "iri":
        terms["currentShape"] = shape.node.n3()
    elif any(token.variable == "currentShape" for token in tokens):
        raise Uncompilable("A query asks for a shape that has no IRI.", at(shape))
    if shape.path is not None:
        path = shape.path.sparql()
        terms["PATH"] = path if shape.path.predicate else f"({path})"
    for name, value in bound.items():
        if value.kind == "blank" and any(token.variable == name for token in tokens):
            raise Uncompilable("A parameter is a blank node.", at(shape))
        terms[name] = value.n3()
    return text.bind(tokens, terms, absent)


def _check(shape: Shape, tokens: list[Token], *names: str) -> None:
    """The rules of pre-binding (SHACL, section 5.2.1 and appendix A)."""
    for index, token in enumerate(tokens):
        if token.word in _FORBIDDEN:
            raise BadShapes(f"{token.word} cannot be used where values are bound beforehand.", at(shape), "Reword it.")
        if token.word == "AS" and index + 1 < len(tokens) and tokens[index + 1].variable in (*_ALWAYS_BOUND, *names):
            if tokens[index + 1].variable == "value" and "value" not in names:
                continue
            raise BadShapes(f"{tokens[index + 1].text} is bound beforehand.", at(shape), "Name the result otherwise.")
    for chosen in _selections(tokens)[1:]:
        missing = [name for name in names if name not in chosen and "*" not in chosen]
        if missing:
            raise BadShapes(f"An inner SELECT must give ${missing[0]} too.", at(shape), f"Add ${missing[0]} to it.")


def _check_select(shape: Shape, tokens: list[Token]) -> None:
    chosen = _selections(tokens)
    if not chosen or not tokens or tokens[0].word != "SELECT":
        raise BadShapes("sh:select must be a SELECT.", at(shape), "Correct the query.")
    if "this" not in chosen[0] and "*" not in chosen[0]:
        raise BadShapes("The query does not select $this.", at(shape), "Write SELECT $this ...")
    _check_grammar(shape, tokens)


def _check_grammar(shape: Shape, tokens: list[Token]) -> None:
    try:
        ox.Store().query(text.written(tokens))  # nothing is there to be evaluated
    except SyntaxError as error:
        words = f"The query cannot be run ({str(error)[:_LONGEST_WORDS]})."
        raise BadShapes(words, at(shape), "Correct the query.") from None


def _selections(tokens: list[Token]) -> list[set[str]]:
    """The variables that each SELECT of a query gives, from the outside in; `*` for all."""
    found: list[set[str]] = []
    selecting, depth, named = False, 0, False
    for token in tokens:
        if token.word == "SELECT":
            found.append(set())
            selecting, depth = True, 0
        elif token.text == "{" or token.word == "WHERE":
            selecting = False
        elif selecting:
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if (token.variable and (not depth or named)) or (token.text == "*" and not depth):
                found[-1].add(token.variable or "*")
        named = token.word == "AS"
    return found


@dataclass(frozen=True)
class Component:
    """A constraint component that the shapes define: parameters by name, each with its property; those one can omit."""

    graph: ShapesGraph
    node: Term
    properties: tuple[tuple[str, Term], ...]
    optional: frozenset[str]

    @property
    def parameters(self) -> list[str]:
        return [name for name, _ in self.properties]

    def bindings(self, shape: Shape) -> list[dict[str, Term]]:
        """The parameters of each constraint of this component in a shape."""
        values = {name: self.graph.values(shape.node, prop) for name, prop in self.properties}
        given = {name: found for name, found in values.items() if found}
        if not given or any(name not in given for name in values if name not in self.optional):
            return []
        if len(values) == 1:
            return [{name: value} for name, found in given.items() for value in found]
        if any(len(found) > 1 for found in given.values()):
            raise BadShapes("A parameter has two values.", at(shape), "Give one, or write two shapes.")
        return [{name: found[0] for name, found in given.items()}]

    def validator(self, shape: Shape) -> Term | None:
        own = "nodeValidator" if shape.path is None else "propertyValidator"
        return self.graph.value(self.node, sh(own)) or self.graph.value(self.node, sh("validator"))


@lru_cache(maxsize=4)
def components(graph: ShapesGraph) -> list[Component]:
    """All constraint components that a shapes graph defines, but for those of SHACL itself."""
    return [_defined(graph, node) for node in graph.subjects() if _is_component(graph, node)]


def _is_component(graph: ShapesGraph, node: Term) -> bool:
    if not graph.values(node, sh("parameter")) or node.value.startswith(SH):
        return False
    return any(graph.values(node, sh(name)) for name in ("validator", "nodeValidator", "propertyValidator"))


def _defined(graph: ShapesGraph, node: Term) -> Component:
    properties, optional = [], set()
    for parameter in graph.values(node, sh("parameter")):
        path = graph.value(parameter, sh("path"))
        if path is None or path.kind != "iri":
            raise BadShapes("A parameter has no sh:path.", f"component {node.value}", "Name its property.")
        name = path.value[max(path.value.rfind("#"), path.value.rfind("/")) + 1 :]
        properties.append((name, path))
        if graph.has(parameter, sh("optional"), TRUE):
            optional.add(name)
    return Component(graph, node, tuple(properties), frozenset(optional))


def prefixes(graph: ShapesGraph, node: Term) -> dict[str, str]:
    """The prefixes that a query may use: those declared by its `sh:prefixes` and by what these import."""
    known: dict[str, str] = {}
    queue, seen = graph.values(node, sh("prefixes")), set()
    while queue:
        owner = queue.pop(0)
        if owner in seen:
            continue
        seen.add(owner)
        queue += graph.values(owner, Term("iri", OWL + "imports"))
        for declared in graph.values(owner, sh("declare")):
            prefix, space = graph.value(declared, sh("prefix")), graph.value(declared, sh("namespace"))
            if prefix is not None and space is not None:
                known[prefix.value] = space.value
    return known
