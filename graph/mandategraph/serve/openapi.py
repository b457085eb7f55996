"""The OpenAPI document: every stored query as an operation, with its parameters, formats and errors."""

from __future__ import annotations

from typing import Any

from mandategraph import __version__
from mandategraph.query.catalogue import StoredQuery
from mandategraph.query.run import Runner
from mandategraph.serve import schemas
from mandategraph.serve.negotiation import ANSWERS, ROWS

Part = dict[str, Any]

_TEXT = {"type": "string"}
_BILINGUAL = {"type": "object", "properties": {"en": _TEXT, "zh": _TEXT}}
_SHARED = (
    ("page", "Which page of the rows, from 1; the header Link leads to the others.", {"type": "integer", "minimum": 1}),
    ("page_size", "How many rows make a page; all rows come at once without it.", {"type": "integer", "minimum": 1}),
    ("lang", "Languages of labels, the preferred one first: en, zh, or en,zh.", {"type": "string"}),
    ("as_of", "Only what was known on that day (2019-08-30), or with that document.", {"type": "string"}),
    ("format", "What to answer in, whatever Accept says.", {"type": "string", "enum": list(ANSWERS)}),
)
RESERVED = (*(name for name, _, _ in _SHARED), "detail")
"""Names that no parameter of a stored query may have."""

_ERRORS = {
    "400": "A parameter is wrong: the answer says which, and what it may be.",
    "404": "There is no such page of the rows, no such document, or nothing was known on that day.",
    "406": "None of the accepted media types can be had.",
    "503": "A limit was met: the time for one query, or too many requests at once.",
}


def document(queries: list[StoredQuery], runner: Runner) -> Part:
    """The document for these queries; the runner's store gives examples of values."""
    paths = {f"/api/{query.name}": {"get": _operation(query, runner)} for query in queries}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mandategraph",
            "version": __version__,
            "summary": "Who was asked to do what, by which decision, for which meeting.",
            "description": "Stored questions over the graph, for reading. Every path also takes a suffix (.csv, .json, "
            ".tsv, .xml, .html, .md, .txt; .rq gives the query itself). SPARQL is answered at /sparql.",
            "license": {"name": "CC BY 4.0 (data), Apache-2.0 (code)"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in sorted({tag for query in queries for tag in query.tags})],
        "paths": {**paths, **_others()},
        "components": {"schemas": _components(), "parameters": _shared(), "responses": _responses()},
    }


def _operation(query: StoredQuery, runner: Runner) -> Part:
    told = [query.summary + ".", query.question["en"], query.question["zh"], " ".join(query.description.split())]
    parameters = [_parameter(query, name, runner) for name in query.parameters]
    return {
        "operationId": query.name.replace("-", "_"),
        "summary": query.question["en"],
        "description": "\n\n".join(part for part in told if part),
        "tags": list(query.tags),
        "parameters": [*parameters, *_references()],
        "responses": _answers(),
    }


def _parameter(query: StoredQuery, name: str, runner: Runner) -> Part:
    parameter = query.parameters[name]
    items = schemas.value_schema(parameter, runner)
    schema: Part = {"type": "array", "items": items}
    default = schemas.defaults(query, name)
    if default:
        schema["default"] = [int(value) if items["type"] == "integer" else value for value in default]
    described = schemas.described(parameter) + ("" if default else "; anything when it is not given")
    return {
        "name": name,
        "in": "query",
        "description": described + ". May be given several times.",
        "required": False,
        "style": "form",
        "explode": True,
        "schema": schema,
    }


def _others() -> Part:
    text = {"name": "q", "in": "query", "required": True, "description": "The words.", "schema": _TEXT}
    summaries = {
        "ask": "Answer a question in plain English or Chinese",
        "resolve": "What a code, name, symbol or address means",
        "search": "Find part of a phrase, in either script",
    }
    made: Part = {
        f"/{name}": {
            "get": {
                "operationId": name,
                "summary": summary,
                "parameters": [text, *_references()],
                "responses": _answers(),
            }
        }
        for name, summary in summaries.items()
    }
    made["/sparql"] = {"get": _sparql()}
    return made


def _sparql() -> Part:
    graph = {"type": "array", "items": {"type": "string", "format": "uri"}}
    results = {types[0]: {"schema": _TEXT} for types in ROWS.values()}
    return {
        "operationId": "sparql",
        "summary": "SPARQL 1.1 query",
        "parameters": [
            {"name": "query", "in": "query", "required": True, "description": "The query.", "schema": _TEXT},
            {"name": "default-graph-uri", "in": "query", "schema": graph, "description": "The default graph."},
            {"name": "named-graph-uri", "in": "query", "schema": graph, "description": "The named graphs."},
        ],
        "responses": {"200": {"description": "The result.", "content": results}, **_error_references()},
    }


def _answers() -> Part:
    content: Part = {types[0]: {"schema": _TEXT} for name, types in ANSWERS.items() if name != "json"}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}, **content}
    headers = {
        "Link": {"description": "The other pages (RFC 8288).", "schema": _TEXT},
        "X-Total-Count": {"description": "How many rows the answer has in all.", "schema": {"type": "integer"}},
        "X-Result": {"description": "complete, truncated or unknown.", "schema": _TEXT},
        "X-As-Of": {"description": "Of which earlier state of knowledge the answer is.", "schema": _TEXT},
        "X-Status": {"description": "answered, no, not-stated or not-covered.", "schema": _TEXT},
        "ETag": {"description": "For If-None-Match.", "schema": _TEXT},
    }
    return {"200": {"description": "The answer.", "headers": headers, "content": content}, **_error_references()}


def _error_references() -> Part:
    return {status: {"$ref": f"#/components/responses/E{status}"} for status in _ERRORS}


def _references() -> list[Part]:
    return [{"$ref": f"#/components/parameters/{name}"} for name, _, _ in _SHARED]


def _shared() -> Part:
    return {
        name: {"name": name, "in": "query", "required": False, "description": told, "schema": schema}
        for name, told, schema in _SHARED
    }


def _responses() -> Part:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {f"E{status}": {"description": told, "content": content} for status, told in _ERRORS.items()}


def _components() -> Part:
    row = {"type": "object", "additionalProperties": {"type": ["string", "null"]}}
    extent = {
        "type": "object",
        "required": ["status", "rows"],
        "properties": {
            "status": {"type": "string", "enum": ["complete", "truncated", "unknown"]},
            "rows": {"type": "integer"},
            "page": {"type": "integer"},
            "page_size": {"type": "integer"},
        },
    }
    answer = {
        "id": _TEXT,
        "question": _BILINGUAL,
        "query": _TEXT,
        "params": {"type": "object", "additionalProperties": True},
        "status": {"type": "string", "enum": ["answered", "no", "not-stated", "not-covered"]},
        "basis": {"type": "string", "enum": ["explicit", "derived", "interpretation"]},
        "note": {"anyOf": [_BILINGUAL, {"type": "null"}]},
        "rows": {"type": "array", "items": row},
        "extent": extent,
    }
    problem = {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT}
    return {
        # Only an answer of an earlier state of knowledge says which.
        "Answer": {"type": "object", "required": sorted(answer), "properties": {**answer, "as_of": _TEXT}},
        "Problem": {"type": "object", "required": ["title", "status"], "properties": problem},
    }
