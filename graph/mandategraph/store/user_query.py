"""A query that a user wrote: where it names no graphs, it sees all of them at once.

The engine's own parser decides what a query names, so that no other reading of it can differ: with one letter changed
wherever a word stands, names stay names and strings strings, but a keyword is one no longer, and the query is no SPARQL.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from mandategraph.rdf import namespaces
from mandategraph.store.base import Rows, Store, Triples
from mandategraph.store.bounded import Bounds, evaluate_within
from mandategraph.store.dialect import pragmas
from mandategraph.store.embedded import OxigraphStore, evaluate
from mandategraph.store.sparql_text import is_empty, is_update
from mandategraph.system.errors import UsageError

_FROM = re.compile("from", re.IGNORECASE)
_OTHER = "\u01eb"  # a letter that stands in no keyword, and may stand in every name
_NOTHING = Bounds(0, 0)


def ask_freely(store: Store, text: str) -> Rows | bool | Triples:
    """Answer a user's query: our prefixes are filled in, and where it names no graphs (FROM), the default graph of an
    embedded store is the union of all. What it is in a remote store is for that engine to say, and lines of the engine's
    own before the query (``DEFINE`` of Virtuoso) are handed on to it.

    Raises:
        UsageError, StoreError: as `Store.query`.
    """
    if not isinstance(store, OxigraphStore):
        told, asked = pragmas(text)
        return store.query(told + namespaces.with_prefixes(asked))
    # Not written into the text, so that the places in the parser's messages are those of the query.
    return evaluate(store.engine, text, union=not names_graphs(text), prefixes=namespaces.prefixes())


def names_graphs(text: str) -> bool:
    """Whether a query without SERVICE has a FROM clause; also true when it is no SPARQL at all."""
    return misread(_FROM, text) is not None


def misread(word: re.Pattern[str], text: str) -> UsageError | None:
    """The parser's error when the word is no keyword any more; None when it was none in the first place."""
    if not word.search(text):
        return None
    return parsing_error(word.sub(lambda found: found.group()[:-1] + _OTHER, text))


def parsing_error(text: str) -> UsageError | None:
    """What the parser finds wrong with a query; None when it is SPARQL. A part that asks another endpoint is asked."""
    try:
        evaluate_within(ox.Store(), text, _NOTHING, prefixes=namespaces.prefixes())
    except UsageError as error:
        return error
    return None


def checked_query(text: str) -> str:
    """A query that can be run. Raises UsageError for one that is empty, or is an update."""
    if is_empty(text):
        raise UsageError("the query is empty.", None, "Give a file, - for standard input, or a query.")
    if is_update(text):
        raise UsageError(
            "this is an update, and only queries are run.", None, "The store is changed by build and load."
        )
    return text
