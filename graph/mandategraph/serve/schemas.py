"""The parameters of stored queries as JSON Schema, for the OpenAPI document and for the tools of MCP alike."""

from __future__ import annotations

from typing import Any

from mandategraph.query.catalogue import CONCEPT_TYPE, Parameter, StoredQuery, default_terms, slots
from mandategraph.query.explain import legal_values
from mandategraph.query.run import Runner
from mandategraph.rdf import namespaces

Schema = dict[str, Any]

_MOST_EXAMPLES = 20
_TYPES: dict[str, Schema] = {
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "string": {"type": "string"},
}


def value_schema(parameter: Parameter, runner: Runner) -> Schema:
    """The schema of one value. Where the query lists the legal values they are all there are (``enum``); things go by
    many names, so for them some codes stand as examples only."""
    schema = dict(_TYPES.get(parameter.type, {"type": "string"}))
    if isinstance(parameter.legal, tuple) and not parameter.kinds:
        return {**schema, "enum": list(parameter.legal)}
    others = [value for value in legal_values(parameter, runner) if value != parameter.example]
    example = int(parameter.example) if parameter.type == "integer" else parameter.example
    return {**schema, "examples": [example, *others[:_MOST_EXAMPLES]]}


def described(parameter: Parameter) -> str:
    """What the parameter is, in each language."""
    kind = "" if parameter.type in (*_TYPES, CONCEPT_TYPE) else f" ({parameter.type}: a code or a name)"
    return " / ".join(filter(None, parameter.title.values())) + kind


def defaults(query: StoredQuery, name: str) -> list[str]:
    """What the parameter is when it is not given; empty for anything."""
    return [namespaces.compact(term.value) if term.kind == "iri" else term.value for term in default_terms(query, name)]


def is_asked(query: StoredQuery, name: str) -> bool:
    """Whether the question itself names the parameter, so that an answer without it would be one to another question."""
    return name in slots(query.question["en"])
