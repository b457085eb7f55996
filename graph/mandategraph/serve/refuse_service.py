"""Whether a query calls another endpoint (SERVICE), as the engine itself reads it."""

from __future__ import annotations

import re

from mandategraph.serve.problems import Refusal
from mandategraph.store.user_query import misread, parsing_error
from mandategraph.system.errors import UsageError

_SERVICE = re.compile("service", re.IGNORECASE)
_CLAUSE = re.compile(r"service\s*", re.IGNORECASE)
_SILENT = re.compile("silent", re.IGNORECASE)
_PLACE = re.compile(r"line (\d+), column (\d+)")
_SLACK = 2  # the parser counts bytes, and that letter has two
_NO_SERVICE = "This endpoint asks no other endpoint: SERVICE is refused, SERVICE SILENT as well."


def refuse_service(text: str) -> None:
    """Refuse a query that has a SERVICE clause, however it is written.

    The query as it is is never parsed here, since the engine answers an ASK as soon as it is read.

    Raises Refusal 403, or UsageError when the query is no SPARQL for another reason.
    """
    error = misread(_SERVICE, text)
    if error is None:
        return
    if _stands_at(text, error) or _is_right_with_graph(text):
        raise Refusal(403, _NO_SERVICE, "Ask that endpoint itself, or load its data beside ours.")
    raise error


def _stands_at(text: str, error: UsageError) -> bool:
    """Whether the parser stopped at the word; only for telling why, since the query is refused anyhow."""
    found = _PLACE.search(error.where or "")
    if not found:
        return True
    lines = text.split("\n")
    at = sum(len(line) + 1 for line in lines[: int(found.group(1)) - 1]) + int(found.group(2)) - 1
    return any(one.start() <= at <= one.end() + _SLACK for one in _CLAUSE.finditer(text))


def _is_right_with_graph(text: str) -> bool:
    """Whether all is well with GRAPH, which is written alike, where SERVICE stands; for telling why, as well."""
    return parsing_error(_SILENT.sub(" " * 6, _SERVICE.sub("graph  ", text))) is None
