"""What every store can do, and the plain values that come out of it. No engine's types leave this room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from mandategraph.rdf.terms import XSD as XSD
from mandategraph.rdf.terms import Term as Term
from mandategraph.rdf.terms import iri as iri
from mandategraph.rdf.terms import literal as literal
from mandategraph.store.sparql_text import undeclared
from mandategraph.system.errors import UsageError

_LONGEST_WORDS = 200  # a parser may list every character that it would have taken


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: the variables in the order asked for, and rows of the same length."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def dicts(self) -> Iterator[dict[str, Term]]:
        """Each row as variable -> term, without the unbound ones."""
        for row in self.rows:
            yield {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE: each triple once, sorted."""

    triples: tuple[tuple[Term, Term, Term], ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees, by their IRIs, instead of those that its FROM clauses name.

    ``default`` are merged into the default graph, ``named`` can be asked with GRAPH.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Store(Protocol):
    """A graph that can be asked. ``location`` is the folder or address it was opened from."""

    @property
    def location(self) -> str: ...

    def query(self, text: str) -> Rows | bool | Triples:
        """Answer a SPARQL 1.1 query: Rows for SELECT, bool for ASK, Triples for CONSTRUCT and DESCRIBE.

        Raises UsageError with the parser's words for bad SPARQL, StoreError when the store fails.
        """
        ...

    def in_turn(self, text: str) -> str:
        """A query that is written in the order in which it is best evaluated, as this engine takes it to keep to that."""
        ...

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        ...

    def dump(self) -> bytes:
        """Everything as N-Quads, one statement a line, sorted."""
        ...

    def close(self) -> None:
        """Let go of files and connections. An embedded store that is asked after that raises StoreError."""
        ...


def rows(result: Rows | bool | Triples) -> Rows:
    """The result of a query that must be a SELECT. Raises UsageError for that of another one."""
    if isinstance(result, Rows):
        return result
    raise UsageError("This query must be a SELECT.")


def bad_query(reason: str, text: str = "") -> UsageError:
    """The error for SPARQL that a parser refused; ``reason`` are its words, ``text`` is the query. A parser may stop at a
    name with an undeclared prefix without a word of that."""
    found = re.search(r"(?:error )?at (\d+):(\d+): ?", reason)
    line, column = (int(found[1]), int(found[2])) if found else (0, 0)
    words = reason.replace(found.group(0), "") if found else reason
    before = sum(len(one) + 1 for one in text.split("\n")[: line - 1])
    if found and (unknown := undeclared(text, before + column)):
        words = f"the prefix '{unknown[0]}:' is not declared, and is none of ours"
        line, column = text.count("\n", 0, unknown[1]) + 1, unknown[1] - text.rfind("\n", 0, unknown[1])
    where = f"query, line {line}, column {column}" if found else "query"
    if "Prefix not found" in words:
        words = "the prefix of the name before it is not declared, and is none of ours"
    if len(words) > _LONGEST_WORDS:
        words = words[:_LONGEST_WORDS] + " ..."
    return UsageError(f"this is not SPARQL that can be run: {words}", where, "Mend the query and try again.")
