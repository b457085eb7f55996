"""What in a shapes graph is beyond SHACL Core and SHACL-SPARQL: it goes to the reference engine, or is told as unknown.

An engine passes over a misspelt term in silence; this is where ours does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from mandategraph.store.base import Term
from mandategraph.validate.data import Data, Unanswered
from mandategraph.validate.shape import TARGETS, Shape, targeted_shapes
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import SH, TYPE, sh

# SHACL Core and SHACL-SPARQL, W3C Recommendation of 20 July 2017.
# fmt: off
KNOWN = {
    *TARGETS, "property", "node", "path", "inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath",
    "zeroOrOnePath", "severity", "message", "deactivated", "name", "description", "order", "group", "defaultValue",
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive",
    "maxInclusive", "minLength", "maxLength", "pattern", "flags", "languageIn", "uniqueLang", "equals", "disjoint",
    "lessThan", "lessThanOrEquals", "not", "and", "or", "xone", "qualifiedValueShape", "qualifiedValueShapesDisjoint",
    "qualifiedMinCount", "qualifiedMaxCount", "closed", "ignoredProperties", "hasValue", "in", "sparql", "select",
    "ask", "prefixes", "declare", "prefix", "namespace", "parameter", "optional", "validator", "nodeValidator",
    "propertyValidator", "labelTemplate", "shapesGraph", "entailment", "suggestedShapesGraph", "shapesGraphWellFormed",
    "conforms", "result", "focusNode", "resultPath", "value", "sourceShape", "sourceConstraint",
    "sourceConstraintComponent", "resultSeverity", "resultMessage", "detail",
}  # fmt: skip
# fmt: on
_ADVANCED = ("js", "expression", "rule", "target", "reifierShape", "reificationRequired")


@lru_cache(maxsize=4)
def foreign_shapes(graph: ShapesGraph) -> Mapping[Term, str]:
    """Targeted shapes that hold, themselves or in a shape inside, what is not compiled; with the reason."""
    found = {}
    for shape in [*targeted_shapes(graph), *(Shape(graph, node) for node in _with_target(graph))]:
        names = sorted(
            {name for node in _inside(graph, shape.node) for name in _ADVANCED if graph.values(node, sh(name))}
        )
        if names:
            found[shape.node] = f"it uses {', '.join(f'sh:{name}' for name in names)}"
    return found


def absent_nodes(graph: ShapesGraph, data: Data) -> dict[Term, str]:
    """Shapes that follow a path of no steps from a target node that the data never names; with the reason.

    SPARQL finds the end of such a path only among the nodes of the data.
    """
    nodes = {node for shape in targeted_shapes(graph) for node in shape.values("targetNode") if node.kind != "blank"}
    if not nodes:
        return {}
    listed = " ".join(node.n3() for node in sorted(nodes, key=Term.n3))
    used = "FILTER(EXISTS { ?n ?p ?o } || EXISTS { ?s ?q ?n })"
    try:
        found = data.rows(f"SELECT ?n {data.dataset} WHERE {{ VALUES ?n {{ {listed} }} {used} }}")
    except Unanswered:  # perhaps all are absent
        found = []
    present = {row["n"] for row in found}
    return {
        shape.node: "it follows a path of no steps from a node that the data does not name"
        for shape in targeted_shapes(graph)
        if set(shape.values("targetNode")) - present and _follows_nothing(graph, shape.node)
    }


def _follows_nothing(graph: ShapesGraph, start: Term) -> bool:
    empty = (sh("zeroOrMorePath"), sh("zeroOrOnePath"))
    return any(graph.values(node, predicate) for node in _inside(graph, start) for predicate in empty)


def unknown_terms(graph: ShapesGraph) -> list[str]:
    """Properties in the namespace of SHACL that it does not have, sorted: most likely misspelt."""
    used = {predicate.value for node in graph.subjects() for predicate in graph.predicates(node)}
    ours = {one.removeprefix(SH) for one in used if one.startswith(SH)}
    return sorted(ours - KNOWN - set(_ADVANCED))


def nearest_term(name: str) -> str:
    """The property of SHACL that was most likely meant."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    return str(process.extractOne(name, sorted(KNOWN), scorer=DamerauLevenshtein.normalized_similarity)[0])


def _with_target(graph: ShapesGraph) -> list[Term]:
    return [node for node in graph.subjects() if graph.values(node, sh("target"))]


def _inside(graph: ShapesGraph, start: Term) -> set[Term]:
    """All nodes that a shape leads to, but for classes and other things with targets of their own."""
    found, queue = {start}, [start]
    while queue:
        node = queue.pop()
        for predicate in graph.predicates(node):
            if predicate == TYPE or predicate.value in (sh("targetClass").value, sh("class").value):
                continue
            values = [value for value in graph.values(node, predicate) if value.kind != "literal"]
            queue += [value for value in values if value not in found]
            found.update(values)
    return found
