"""The checks of our queries that need more than a head: SPARQL, prefixes, terms of the ontology, columns, slots."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from mandategraph.query.catalogue import StoredQuery, default_terms, prefixes_of, slots
from mandategraph.query.columns import base_columns
from mandategraph.rdf import namespaces
from mandategraph.rdf.declared import require
from mandategraph.rdf.sparql_lexer import telling
from mandategraph.store.parameter_lines import parameter_lines
from mandategraph.system.errors import InputError, InternalFault, UsageError

_NAMES_A_GRAPH = re.compile(r"\bGRAPH\b", re.IGNORECASE)


def lint(query: StoredQuery) -> list[str]:
    """What is wrong with a stored query, a line for each with its file; none when it is sound."""
    return [f"{query.file}: {problem}" for problem in _problems(query)]


def lint_plain(file: str, text: str) -> list[str]:
    """The same for a query without a head, which begins with a comment instead that says what it is for."""
    return [f"{file}: {problem}" for problem in _plain_problems(file, text)]


def _plain_problems(file: str, text: str) -> Iterator[str]:
    if not text.startswith("# "):
        yield "does not begin with a comment that says what it is for"
    yield from _text_problems(text)
    try:
        parameter_lines(text, file)
    except InputError as error:
        yield error.message


def _problems(query: StoredQuery) -> Iterator[str]:
    yield from query.warnings
    yield from _text_problems(query.text)
    try:
        result = ox.Store().query(query.text)
    except SyntaxError:
        return  # what else there is to say of it rests on its columns and defaults
    if isinstance(result, ox.QuerySolutions):
        yield from _column_problems(query, [variable.value for variable in result.variables])
    yield from _slot_problems(query)
    for name in query.parameters:
        try:
            default_terms(query, name)
        except UsageError as error:
            yield f"the default of {name} cannot be read ({error})"


def _text_problems(text: str) -> Iterator[str]:
    known = namespaces.prefixes()
    for prefix, space in prefixes_of(text).items():
        if known.get(prefix) != space:
            yield f"PREFIX {prefix}: <{space}> is not in ontology/prefixes.ttl"
    yield from _term_problems(text)
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        yield f"not valid SPARQL ({error})"
        return
    if not _NAMES_A_GRAPH.search(text):
        yield "names no GRAPH, so its answer depends on the engine's default graph"


def _term_problems(text: str) -> Iterator[str]:
    """The names under our prefixes that the ontology does not declare; a prefix alone is none."""
    for name in sorted({token.text for token in telling(text) if token.kind == "name"}):
        prefix, _, local = name.partition(":")
        if prefix not in ("mg", "mgv") or not local:
            continue
        try:
            require("value" if prefix == "mgv" else "class" if local[0].isupper() else "property", local)
        except InternalFault as error:
            yield f"{error.message} {error.hint or ''}".strip()


def _column_problems(query: StoredQuery, variables: list[str]) -> Iterator[str]:
    columns = base_columns(variables)
    for name in query.key:
        if name not in columns:
            yield f"x-key names '{name}', which is not a column"
    for name in query.columns:
        if name not in columns:
            yield f"x-columns names '{name}', which is not a column"
    for name in query.shows:
        if name in columns and name not in variables:
            yield f"column '{name}' shows what a thing is called, but the query gives no ?{name}"
    for name in columns:
        if query.columns and name not in query.columns:
            yield f"column '{name}' has no title under x-columns"


def _slot_problems(query: StoredQuery) -> Iterator[str]:
    for wording in query.wordings():
        for name in (*slots(wording.text), *wording.preset):
            if name not in query.parameters:
                yield f"'{wording.text}' names {{{name}}}, which is not a parameter"
    for identifier, preset in query.ids.items():
        for name in preset:
            if name not in query.parameters:
                yield f"x-id {identifier} sets '{name}', which is not a parameter"
