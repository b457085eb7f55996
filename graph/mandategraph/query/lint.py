"""The checks of a stored query that need more than its head: SPARQL, prefixes, columns, slots."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from mandategraph.query.catalogue import StoredQuery, default_terms, prefixes_of, slots
from mandategraph.query.columns import base_columns
from mandategraph.rdf import namespaces
from mandategraph.system.errors import UsageError

_NAMES_A_GRAPH = re.compile(r"\bGRAPH\b", re.IGNORECASE)


def lint(query: StoredQuery) -> list[str]:
    """What is wrong with a stored query, a line for each with its file; none when it is sound."""
    return [f"{query.file}: {problem}" for problem in _problems(query)]


def _problems(query: StoredQuery) -> Iterator[str]:
    yield from query.warnings
    yield from _prefix_problems(query)
    try:
        result = ox.Store().query(query.text)
    except SyntaxError as error:
        yield f"not valid SPARQL ({error})"
        return
    if not _NAMES_A_GRAPH.search(query.text):
        yield "names no GRAPH, so its answer depends on the engine's default graph"
    if isinstance(result, ox.QuerySolutions):
        yield from _column_problems(query, [variable.value for variable in result.variables])
    yield from _slot_problems(query)
    for name in query.parameters:
        try:
            default_terms(query, name)
        except UsageError as error:
            yield f"the default of {name} cannot be read ({error})"


def _prefix_problems(query: StoredQuery) -> Iterator[str]:
    known = namespaces.prefixes()
    for prefix, space in prefixes_of(query.text).items():
        if known.get(prefix) != space:
            yield f"PREFIX {prefix}: <{space}> is not in ontology/prefixes.ttl"


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
