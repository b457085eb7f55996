"""Requests for queries as the SPARQL 1.1 Protocol has them (section 2.1): by GET, by POST of a form, by POST of the
query itself, each with the graphs that it is to see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from mandategraph.serve.problems import Refusal
from mandategraph.store.base import Dataset
from mandategraph.store.sparql_text import is_empty, is_update

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_DEFAULT = "default-graph-uri"
_NAMED = "named-graph-uri"
_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
_MOST_PARAMETERS = 500
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
_CHARSET = re.compile(r';\s*charset\s*=\s*"?([^\s";]+)"?', re.IGNORECASE)
_READ_ONLY = "This endpoint is read-only: it answers queries and takes no updates."

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """A query, the dataset it names (None: it names none), and the formats that parameters ask for, with commas."""

    query: str
    dataset: Dataset | None = None
    form: str | None = None


def by_get(parameters: Parameters) -> Request | None:
    """The query in the parameters of an address; None when there is none, not even an empty one.

    Raises Refusal 400 for several queries, an empty one or a graph that is no IRI, 403 for an update.
    """
    query = query_of(parameters)
    return None if query is None else _request(query, parameters)


def query_of(parameters: Parameters) -> str | None:
    """The text in the parameters of an address, whatever it is; None when there is none, not even an empty one.

    Raises Refusal 400 for several, 403 for an update.
    """
    _refuse_updates(parameters)
    return _one(parameters, "query") if any(name == "query" for name, _ in parameters) else None


def by_post(media: str | None, body: bytes, parameters: Parameters) -> Request:
    """The query in the body of a POST; ``parameters`` are those of the address.

    Raises Refusal 400 for what cannot be read, 403 for an update, 415 for a body of another type, or of none.
    """
    kind = (media or "").split(";", 1)[0].strip().lower()
    _refuse_charset(media or "")
    if kind == UPDATE:
        raise Refusal(403, _READ_ONLY)
    if kind == FORM:
        # What stands in the address counts too: a graph that was named there must not be passed over.
        given = [*parameters, *read_parameters(body)]
        _refuse_updates(given)
        return _request(_one(given, "query"), given)
    if kind == QUERY:
        _refuse_updates(parameters)
        if any(name == "query" for name, _ in parameters):
            raise Refusal(400, "There is a query in the address and another one in the body.", "Send one of them.")
        return _request(_text(body), parameters)
    told = f"A body of type '{kind[:60]}' is no query." if kind else "The body has no Content-Type."
    raise Refusal(415, told, f"Send {QUERY} or {FORM}.", {"Accept-Post": f"{QUERY}, {FORM}"})


def read_parameters(raw: bytes) -> Parameters:
    """The parameters of an address or of a form. Raises Refusal 400 when they are not UTF-8, or far too many."""
    try:
        text = raw.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise Refusal(400, "The parameters are not UTF-8, percent-encoded.", "Encode them as UTF-8.") from None
    except ValueError:
        raise Refusal(400, f"There are more than {_MOST_PARAMETERS} parameters.", "Send fewer.") from None


def _request(query: str, parameters: Parameters) -> Request:
    if is_empty(query):
        raise Refusal(400, "The query is empty.", "Send a query, such as SELECT or ASK.")
    if is_update(query):
        raise Refusal(403, _READ_ONLY)
    default = tuple(_graph(name, value) for name, value in parameters if name == _DEFAULT)
    named = tuple(_graph(name, value) for name, value in parameters if name == _NAMED)
    forms = ",".join(value for name, value in parameters if name == "format" and value)
    return Request(query, Dataset(default, named) if default or named else None, forms or None)


def _graph(name: str, value: str) -> str:
    if not _IRI.fullmatch(value):
        raise Refusal(400, f"The {name} '{value[:100]}' is not an absolute IRI.")
    return value


def _one(parameters: Parameters, name: str) -> str:
    found = [value for key, value in parameters if key == name]
    if len(found) != 1:
        told = "There is no query." if not found else f"There are {len(found)} queries."
        raise Refusal(400, told, "Send exactly one, as the parameter 'query'.")
    return found[0]


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise Refusal(400, f"The query is not UTF-8 (line {line}).", "Send it as UTF-8.") from None


def _refuse_charset(media: str) -> None:
    found = _CHARSET.search(media)
    if found and found.group(1).lower() not in ("utf-8", "utf8", "us-ascii"):
        raise Refusal(415, f"A body in {found.group(1)[:40]} cannot be read.", "Send UTF-8.")


def _refuse_updates(parameters: Parameters) -> None:
    if any(name in _UPDATES for name, _ in parameters):
        raise Refusal(403, _READ_ONLY)
