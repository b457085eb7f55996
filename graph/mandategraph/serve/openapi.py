"""The OpenAPI document: every stored query as an operation, with its parameters, formats and errors."""

from __future__ import annotations

from typing import Any

from mandategraph import __version__
from mandategraph.messages import LANGUAGES
from mandategraph.query.catalogue import StoredQuery
from mandategraph.query.run import Runner
from mandategraph.serve import schemas
from mandategraph.serve.negotiation import ANSWERS, GRAPHS, ROWS
from mandategraph.serve.protocol import FORM, QUERY
from mandategraph.serve.render_answer import LARGEST_PAGE, MOST_PAGES

Part = dict[str, Any]

_TEXT = {"type": "string"}
_WORDED = {"type": "object", "properties": {language: _TEXT for language in LANGUAGES}}
_SHARED = (
    (
        "page",
        "Which page of the rows, from 1; the header Link leads to the others.",
        {"type": "integer", "minimum": 1, "maximum": MOST_PAGES},
    ),
    (
        "page_size",
        "How many rows make a page; all rows come at once without it.",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE},
    ),
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
    "414": "The address is too long.",
    "503": "A limit was met: the time for one query, or too many requests at once.",
}
_SPARQL_ERRORS = {
    "400": "The query, or a parameter, is wrong: the answer says where.",
    "403": "It is an update, or asks another endpoint (SERVICE).",
    "406": "None of the accepted media types can be had for what the query gives.",
    "413": "The body is too large.",
    "414": "The address is too long: send the query by POST.",
    "415": "The body is of another type, or of none.",
    "503": _ERRORS["503"],
}
_PROBLEM = ("problem+json", "json")
_BY_POST = ("413", "415")
_RESULT = "X-Result", {"description": "complete, truncated or unknown.", "schema": _TEXT}
_ETAG = "ETag", {"description": "For If-None-Match.", "schema": _TEXT}


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
    told = [query.summary + ".", *query.question.values(), " ".join(query.description.split())]
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
    made["/sparql"] = {"get": _sparql_by_get(), "post": _sparql_by_post()}
    return made


_SPARQL: tuple[tuple[str, str, Part], ...] = (
    ("query", "The query.", _TEXT),
    ("default-graph-uri", "The default graph.", {"type": "array", "items": {"type": "string", "format": "uri"}}),
    ("named-graph-uri", "The named graphs.", {"type": "array", "items": {"type": "string", "format": "uri"}}),
    (
        "format",
        "What to answer in where it fits the result, whatever Accept says: a suffix (csv, ttl), or media types.",
        _TEXT,
    ),
)


def _sparql_by_get() -> Part:
    return {
        "operationId": "sparql",
        "summary": "SPARQL 1.1 query",
        "parameters": [
            {"name": name, "in": "query", "required": name == "query", "description": told, "schema": schema}
            for name, told, schema in _SPARQL
        ],
        "responses": _sparql_responses(tuple(status for status in _SPARQL_ERRORS if status not in _BY_POST)),
    }


def _sparql_by_post() -> Part:
    fields = {name: {**schema, "description": told} for name, told, schema in _SPARQL}
    body = {
        FORM: {"schema": {"type": "object", "required": ["query"], "properties": fields}},
        QUERY: {"schema": _TEXT},
    }
    return {
        "operationId": "sparql_by_post",
        "summary": "SPARQL 1.1 query, of any length",
        "requestBody": {"required": True, "content": body},
        "responses": _sparql_responses(tuple(_SPARQL_ERRORS)),
    }


def _sparql_responses(errors: tuple[str, ...]) -> Part:
    """SELECT and ASK in the types of rows, the first of them by default; CONSTRUCT and DESCRIBE in those of graphs."""
    content: Part = {types[0]: {"schema": _TEXT} for types in ROWS.values()}
    content[ROWS["json"][0]] = {"schema": {"$ref": "#/components/schemas/SparqlResults"}}
    content |= {types[0]: {"schema": {} if "json" in types[0] else _TEXT} for types in GRAPHS.values()}
    headers = {
        **dict([_RESULT, _ETAG]),
        "X-Result-Rows": {"description": "How many rows, or statements, these are.", "schema": {"type": "integer"}},
    }
    refused = {status: {"$ref": f"#/components/responses/S{status}"} for status in errors}
    return {"200": {"description": "The result.", "headers": headers, "content": content}, **refused}


def _answers() -> Part:
    content: Part = {types[0]: {"schema": _TEXT} for name, types in ANSWERS.items() if name != "json"}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}, **content}
    headers = {
        "Link": {"description": "The other pages (RFC 8288).", "schema": _TEXT},
        "X-Total-Count": {
            "description": "How many rows the answer has in all; left out where X-Result is not complete.",
            "schema": {"type": "integer"},
        },
        "X-As-Of": {"description": "Of which earlier state of knowledge the answer is.", "schema": _TEXT},
        "X-Status": {"description": "answered, no, not-stated or not-covered.", "schema": _TEXT},
        **dict([_RESULT, _ETAG]),
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
    """The refusals; what is said by default stands first: to programs that read JSON, and at ``/sparql`` plain words."""
    problem = {f"application/{media}": {"schema": {"$ref": "#/components/schemas/Problem"}} for media in _PROBLEM}
    words, page = {"text/plain": {"schema": _TEXT}}, {"text/html": {"schema": _TEXT}}
    told = {f"E{status}": (words_of, {**problem, **words, **page}) for status, words_of in _ERRORS.items()}
    told |= {f"S{status}": (words_of, {**words, **problem, **page}) for status, words_of in _SPARQL_ERRORS.items()}
    return {name: {"description": words_of, "content": content} for name, (words_of, content) in told.items()}


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
        "question": _WORDED,
        "query": _TEXT,
        "params": {"type": "object", "additionalProperties": True},
        "status": {"type": "string", "enum": ["answered", "no", "not-stated", "not-covered"]},
        "basis": {"type": "string", "enum": ["explicit", "derived", "interpretation"]},
        "note": {"anyOf": [_WORDED, {"type": "null"}]},
        "rows": {"type": "array", "items": row},
        "extent": extent,
    }
    results = {
        "head": {"type": "object", "additionalProperties": True},
        "boolean": {"type": "boolean"},
        "results": {"type": "object", "additionalProperties": True},
    }
    problem = {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT}
    return {
        # Only an answer of an earlier state of knowledge says which.
        "Answer": {"type": "object", "required": sorted(answer), "properties": {**answer, "as_of": _TEXT}},
        "SparqlResults": {"type": "object", "required": ["head"], "properties": results},
        "Problem": {"type": "object", "required": ["title", "status"], "properties": problem},
    }
