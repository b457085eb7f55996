"""Validation after a change: only what the changed statements can affect is judged again, with the same result.

Each query knows what it reads: statements with some predicate at the end of some way from its focus nodes. A changed
statement is walked back along these ways to the focus nodes that may see it; for these the query runs again, all other
results stay. If a way itself was cut by the change, the cut is a changed statement nearer to the focus node, so that
walking back over the new data is enough.

Judged again as a whole is what cannot be traced: queries written by hand, changes of the class tree or with blank
nodes or nodes that shapes name, shapes handed to the reference engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mandategraph.store.base import Term
from mandategraph.validate import engine
from mandategraph.validate.compile.plan import Plan
from mandategraph.validate.compile.query import Query
from mandategraph.validate.data import Data, OxData, Unanswered
from mandategraph.validate.engine import Found
from mandategraph.validate.entry import found
from mandategraph.validate.findings import Report
from mandategraph.validate.locate import Records
from mandategraph.validate.paths import Path, Read
from mandategraph.validate.result import Result
from mandategraph.validate.shape import targeted_shapes
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import SUBCLASS
from mandategraph.validate.wording import Reader

Triple = tuple[Term, Term, Term]
_MANY = 2000  # focus nodes to ask for by name; for more the whole query is as quick


@dataclass(frozen=True)
class State:
    """What is known after a validation: the results of each query, or of the whole where it cannot be told apart.

    `again` counts the focus nodes judged again by name, `whole` the queries that ran as a whole.
    """

    shapes: ShapesGraph
    plan: Plan
    found: tuple[tuple[Found, ...], ...]
    others: tuple[Result, ...] = ()
    notes: tuple[str, ...] = ()
    again: int = 0
    whole: int = 0

    @property
    def results(self) -> list[Result]:
        return [*engine.results(self.found), *self.others]

    def report(self, data: Data, fail_on: str = "violation") -> Report:
        """The findings in words, which may have changed where results have not."""
        return Report(Reader(data, self.shapes, Records()).findings(self.results), fail_on, self.notes)


def first(data: Data, shapes: ShapesGraph) -> State:
    """Validate everything.

    Raises:
        BadShapes: the shapes are not well-formed.
    """
    made = engine.compiled(shapes, data)
    if made.handed or (isinstance(data, OxData) and data.written.matters(shapes)):
        results, notes = found(data, shapes)
        return State(shapes, Plan(), (), tuple(results), tuple(notes))
    answers = engine.run(made.queries, data, shapes)
    return State(shapes, made, tuple(map(tuple, answers.found)), notes=answers.notes, whole=len(made.queries))


def after(state: State, data: Data, changed: Iterable[Triple]) -> State:
    """Validate what a change can affect.

    Args:
        state: what was known before.
        data: the data as it is now.
        changed: all statements added or removed, in any order.
    """
    triples = list(dict.fromkeys(changed))
    if not triples:
        return state
    targets = {node for shape in targeted_shapes(state.shapes) for node in shape.values("targetNode")}
    if not state.plan.queries or any(_untraceable(triple) or targets.intersection(triple) for triple in triples):
        return first(data, state.shapes)
    trace = _Trace(data, triples)
    affected = [trace.nodes(query) for query in state.plan.queries]
    todo = [index for index, nodes in enumerate(affected) if nodes is None or nodes]
    queries = [state.plan.queries[index] for index in todo]
    only = {query: sorted(nodes, key=Term.n3) for index in todo
            if (nodes := affected[index]) is not None for query in (state.plan.queries[index],)}  # fmt: skip
    answers = dict(zip(todo, engine.run(queries, data, state.shapes, only).found, strict=True))
    kept = tuple(_merged(before, affected[index], answers.get(index, [])) for index, before in enumerate(state.found))
    named = {node for nodes in affected if nodes for node in nodes}
    return State(state.shapes, state.plan, kept, notes=state.notes, again=len(named), whole=len(todo) - len(only))


def _untraceable(triple: Triple) -> bool:
    return triple[1] == SUBCLASS or any(term.kind == "blank" for term in triple)


def _merged(before: Sequence[Found], nodes: Collection[Term] | None, now: Sequence[Found]) -> tuple[Found, ...]:
    if nodes is None:
        return tuple(now)
    return (*(one for one in before if one.root not in nodes), *now)


class _Trace:
    """Walks changed statements back to focus nodes."""

    def __init__(self, data: Data, triples: Sequence[Triple]) -> None:
        self._data = data
        self._triples = triples
        self._known: dict[Read, frozenset[Term]] = {}

    def nodes(self, query: Query) -> frozenset[Term] | None:
        """The nodes of the target whose results may have changed; None for all."""
        if query.anything:
            return None
        try:
            nodes: frozenset[Term] = frozenset().union(*(self._seeing(read) for read in query.reads))
        except Unanswered:
            return None
        return None if len(nodes) > _MANY else nodes

    def _seeing(self, read: Read) -> frozenset[Term]:
        if read not in self._known:
            self._known[read] = frozenset(self._walked(read))
        return self._known[read]

    def _walked(self, read: Read) -> set[Term]:
        ends = {
            subject if read.forth else value
            for subject, predicate, value in self._triples
            if read.predicate in (None, predicate)
        }
        if not ends or not read.way:
            return ends
        way = Path("sequence", None, read.way) if len(read.way) > 1 else read.way[0]
        back = Path("inverse", None, (way,)).sparql()
        listed = " ".join(sorted(term.n3() for term in ends))
        query = f"SELECT DISTINCT ?root {self._data.dataset} WHERE {{ VALUES ?end {{ {listed} }} ?end {back} ?root }}"
        roots = {row["root"] for row in self._data.rows(query)}
        # A node that the data no longer names is still at the end of a way of no steps from itself.
        return roots | ends if all(part.kind in ("star", "optional") for part in read.way) else roots
