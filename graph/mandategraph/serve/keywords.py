"""Whether a query calls another endpoint (SERVICE) or names its graphs (FROM), as the engine itself reads it.

The engine's own parser decides, so that no other reading of a query can differ from it: with one letter changed wherever
the word stands, names stay names and strings strings, but a keyword is one no longer, and the query is no SPARQL.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from mandategraph import namespaces
from mandategraph.errors import UsageError
from mandategraph.serve.refusals import Refusal
from mandategraph.store.bounded import Bounds, evaluate_within

_SERVICE = re.compile("service", re.IGNORECASE)
_CLAUSE = re.compile(r"service\s*", re.IGNORECASE)
_SILENT = re.compile("silent", re.IGNORECASE)
_FROM = re.compile("from", re.IGNORECASE)
_PLACE = re.compile(r"line (\d+), column (\d+)")
_OTHER = "\u01eb"  # a letter that stands in no keyword, and may stand in every name
_SLACK = 2  # the parser counts bytes, and that letter has two
_NOTHING = Bounds(0, 0)
_NO_SERVICE = "This endpoint asks no other endpoint: SERVICE is refused, SERVICE SILENT as well."


def refuse_service(text: str) -> None:
    """Refuse a query that has a SERVICE clause, however it is written.

    The query as it is is never parsed here, since the engine answers an ASK as soon as it is read.

    Raises Refusal 403, or UsageError when the query is no SPARQL for another reason.
    """
    error = _misread(_SERVICE, text)
    if error is None:
        return
    if _stands_at(text, error) or _is_right_with_graph(text):
        raise Refusal(403, _NO_SERVICE, "Ask that endpoint itself, or load its data beside ours.")
    raise error


def names_graphs(text: str) -> bool:
    """Whether a query without SERVICE has a FROM clause; also true when it is no SPARQL at all."""
    return _misread(_FROM, text) is not None


def _misread(word: re.Pattern[str], text: str) -> UsageError | None:
    """The parser's error when the word is no keyword any more; None when it was none in the first place."""
    if not word.search(text):
        return None
    return _wrong(word.sub(lambda found: found.group()[:-1] + _OTHER, text))


def _wrong(text: str) -> UsageError | None:
    try:
        evaluate_within(ox.Store(), text, _NOTHING, prefixes=namespaces.prefixes())
    except UsageError as error:
        return error
    return None


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
    return _wrong(_SILENT.sub(" " * 6, _SERVICE.sub("graph  ", text))) is None
