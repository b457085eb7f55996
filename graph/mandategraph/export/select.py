"""The part of a drawing that is wanted: kinds of things and arrows, the neighbourhood of a thing, what a query gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mandategraph.export.drawing import Drawing, Edge, Fact, Node
from mandategraph.lookup.resolver import Resolver
from mandategraph.messages import same, text_of
from mandategraph.rdf import namespaces
from mandategraph.store.base import Rows, Store, Triples
from mandategraph.system.errors import InputError, UsageError, did_you_mean

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABELS = ("label", "prefLabel", "name", "title")
_QUERY_FILE = ".rq"


@dataclass(frozen=True)
class Selection:
    """What is wanted; nothing given means everything. ``kinds`` and ``relations`` are taken first, then what ``query``
    gives, then all that is within ``depth`` steps ``around`` a thing, by arrows in either direction."""

    kinds: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    query: str = ""
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    around: str = ""
    depth: int = 1


def select(drawing: Drawing, wanted: Selection, store: Store) -> Drawing:
    """The wanted part of a drawing.

    Raises:
        UsageError: no kind, relation or parameter of this name; a query that gives neither things nor a graph.
        NotFound: no such query, or nothing known by the code.
    """
    if wanted.kinds:
        drawing = _of_kinds(drawing, wanted.kinds)
    if wanted.relations:
        drawing = _of_relations(drawing, wanted.relations)
    if wanted.query:
        drawing = _of_query(drawing, wanted, store)
    if wanted.around:
        drawing = _around(drawing, Resolver.of(store).one(wanted.around).iri, wanted)
    return drawing


def kinds_of(drawing: Drawing) -> tuple[str, ...]:
    """The kinds of things in a drawing as one writes them: ``agenda-item`` for AgendaItem."""
    return tuple(sorted({_plain(kind) for node in drawing.nodes.values() for kind in node.kinds}))


def _plain(kind: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in kind).lstrip("-")


def _of_kinds(drawing: Drawing, kinds: Sequence[str]) -> Drawing:
    wanted = _known(kinds, kinds_of(drawing), "kind of things")
    chosen = {id for id, node in drawing.nodes.items() if wanted & {_plain(kind) for kind in node.kinds}}
    return drawing.part(frozenset(chosen), "not of the kinds asked for")


def _of_relations(drawing: Drawing, relations: Sequence[str]) -> Drawing:
    wanted = _known(relations, sorted({edge.type for edge in drawing.edges}), "relation")
    edges = tuple(edge for edge in drawing.edges if edge.type in wanted)
    return drawing.part(frozenset(drawing.nodes), "not of the relations asked for", edges)


def _known(given: Sequence[str], legal: Collection[str], what: str) -> set[str]:
    for one in given:
        if one.lower() not in legal:
            from rapidfuzz import process

            near = [name for name, _, _ in process.extract(one, list(legal), score_cutoff=60, limit=2)]
            hint = did_you_mean(near) or f"There are: {', '.join(legal)}."
            raise UsageError(f"no {what} '{one}' in the graph.", None, hint)
    return {one.lower() for one in given}


def _around(drawing: Drawing, centre: str, wanted: Selection) -> Drawing:
    if centre not in drawing.nodes:
        hint = "Leave --kinds out, or add its kind."
        raise UsageError(f"'{wanted.around}' is not in the part that the other options leave.", None, hint)
    beside: dict[str, set[str]] = defaultdict(set)
    for edge in drawing.edges:
        beside[edge.source].add(edge.target)
        beside[edge.target].add(edge.source)
    reached = border = {centre}
    for _ in range(wanted.depth):
        border = {end for one in border for end in beside[one]} - reached
        reached = reached | border
    steps = "step" if wanted.depth == 1 else "steps"
    reason = f"more than {wanted.depth} {steps} from {namespaces.compact(centre)}"
    return drawing.part(frozenset(reached), reason)


def _of_query(drawing: Drawing, wanted: Selection, store: Store) -> Drawing:
    result, given = _answered(wanted, store)
    if isinstance(result, Triples):
        return _graph(drawing, result)
    if not isinstance(result, Rows):
        raise UsageError(f"the query {wanted.query} answers yes or no.", None, "Give one that finds things.")
    found = {term.value for row in result.rows for term in row if term is not None and term.kind == "iri"}
    named = frozenset(found | given) & frozenset(drawing.nodes)
    if not named and result.rows:
        hint = "Give a query with a column of things, or one that constructs a graph."
        raise UsageError(f"no column of the query {wanted.query} holds things.", None, hint)
    return drawing.part(named, f"not in the answer of {wanted.query}")


def _answered(wanted: Selection, store: Store) -> tuple[Rows | bool | Triples, set[str]]:
    """What the query finds, and the things given as parameters, which belong to the picture."""
    if wanted.query.endswith(_QUERY_FILE):
        from mandategraph.store.user_query import ask_freely

        try:
            return ask_freely(store, Path(wanted.query).read_text(encoding="utf-8")), set()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            raise InputError(f"the query cannot be read ({reason})", file=wanted.query) from None
    from mandategraph.query.catalogue import Catalogue, default_terms
    from mandategraph.query.columns import without_words
    from mandategraph.query.parameters import terms
    from mandategraph.query.run import bind

    query, preset = Catalogue().find(wanted.query)
    bound = terms(query, {**preset, **wanted.parameters}, store, lambda: Resolver.of(store))
    given = {term.value for name in query.parameters for term in bound.get(name) or default_terms(query, name)}
    result = store.query(bind(query, bound, store.in_turn))
    return without_words(query, result) if isinstance(result, Rows) else result, given


def _graph(drawing: Drawing, result: Triples) -> Drawing:
    """The very graph that a query constructs: its triples are the arrows, its things keep what else is known of them."""
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    for subject, predicate, value in result.triples:
        name = namespaces.compact(predicate.value).rpartition(":")[2]
        ends = (subject,) if value.kind == "literal" or predicate.value == _RDF_TYPE else (subject, value)
        for end in ends:
            nodes.setdefault(end.value, drawing.nodes.get(end.value) or _stranger(end.value, result))
        if len(ends) == 2:
            id = f"{subject.value}#{name}.{value.value.removeprefix(namespaces.THINGS)}"
            edges[id] = Edge(id, "", subject.value, value.value, name, same(name), (Fact("certainty", "derived"),))
    gone = drawing.part(frozenset(nodes), "not in the graph that the query gives", ()).dropped
    return Drawing(
        dict(sorted(nodes.items())), tuple(edges[id] for id in sorted(edges)), drawing.labels, gone, False, result
    )


def _stranger(thing: str, result: Triples) -> Node:
    """A thing that only the query knows: by its own labels, its type and its other values."""
    kind, labels, facts = "Thing", {}, []
    for subject, predicate, value in result.triples:
        name = namespaces.compact(predicate.value).rpartition(":")[2]
        if subject.value != thing:
            continue
        if predicate.value == _RDF_TYPE:
            kind = namespaces.compact(value.value).rpartition(":")[2]
        elif value.kind == "literal" and name in _LABELS:
            labels[value.lang or "en"] = value.value
        elif value.kind == "literal":
            facts.append(Fact(name, value.value, value.lang or ""))
    return Node(thing, kind, text_of(labels), (kind,), tuple(sorted(facts)), certainty="derived")
