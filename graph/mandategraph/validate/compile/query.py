"""One SELECT that finds what breaks some rules, and what its rows say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mandategraph.store.base import Term
from mandategraph.validate.compile.base import BadShapes, Node, Rows, Test, terms
from mandategraph.validate.compile.messages import worded
from mandategraph.validate.compile.sparql import SPARQL
from mandategraph.validate.paths import Path, Read
from mandategraph.validate.result import Result
from mandategraph.validate.shape import Shape

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
    """One constraint that a query looks after; `beside` when it is one on the focus node judged at each value."""

    shape: Shape
    test: Test
    path: Path | None
    condition: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Query:
    """One SELECT: `after` follows what binds the focus nodes, so that these can be narrowed down.

    `needs` is a property without which in the data it finds nothing.
    """

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
    needs: Term | None = None

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

    def _root(self, row: Row) -> Term:
        return row[_ROOT if self.over and len(self.focus.chain) > 1 else self.focus.chain[0]]

    def _focus(self, row: Row) -> Term:
        return row["this" if self.over else self.focus.node.name]

    def results(self, rows: Iterable[Row]) -> Iterator[tuple[Term, Result]]:
        """What the rows of the answer say, each time with the node of the target that it came from."""
        told: set[tuple[object, ...]] = set()
        for row in rows:
            for number, check in enumerate(self.checks):
                flag = row.get(f"_bad{number}")
                if len(self.checks) > 1 and (flag is None or flag.value not in ("true", "1")):
                    continue
                if check.beside:  # each value has a row, the rule is broken once
                    nodes = (number, *(row[name] for name in self.focus.chain))
                    if nodes in told:
                        continue
                    told.add(nodes)
                yield self._root(row), self._result(check, row)

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
