"""What every store can do, and the plain values that come out of it. No engine's types leave this room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from mandategraph.store.sparql_text import undeclared
from mandategraph.system.errors import UsageError

XSD = "http://www.w3.org/2001/XMLSchema#"

Kind = Literal["iri", "blank", "literal"]

_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_LONGEST_WORDS = 200  # a parser may list every character that it would have taken
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r'[\x00-\x1f\\"\x7f]')


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term. ``datatype`` is None for plain strings (xsd:string) and for strings with a language."""

    kind: Kind
    value: str
    lang: str | None = None
    datatype: str | None = None

    def n3(self) -> str:
        """The term as SPARQL and Turtle write it, safe to put into a query.

        Raises UsageError when the value cannot be such a term (an IRI with a space or a bracket in it).
        """
        if self.kind == "iri":
            return _iri(self.value)
        if self.kind == "blank":
            return f"_:{self.value}"
        text = '"' + _TO_ESCAPE.sub(_escape, self.value) + '"'
        if self.lang:
            return f"{text}@{_language(self.lang)}"
        return f"{text}^^{_iri(self.datatype)}" if self.datatype else text


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


def iri(value: str) -> Term:
    """An IRI as a term."""
    return Term("iri", value)


def literal(value: str, lang: str | None = None, datatype: str | None = None) -> Term:
    """A literal as a term; xsd:string counts as no datatype, and a duration of nothing is one of no days."""
    if datatype == XSD + "dayTimeDuration" and value == "PT0S":
        value = "P0D"
    return Term("literal", value, lang, None if datatype == XSD + "string" else datatype)


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


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def _iri(value: str) -> str:
    if _NOT_IN_IRI.search(value) or not _ABSOLUTE.match(value):
        raise UsageError(f"'{value}' is not an IRI.")
    return f"<{value}>"


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise UsageError(f"'{tag}' is not a language tag.")
    return tag
