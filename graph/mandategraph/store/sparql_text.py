"""What can be told of a user's text before, or where, no parser makes sense of it: that it is empty, that it is an update,
which of its prefixes nobody declared."""

from __future__ import annotations

from mandategraph.rdf import namespaces
from mandategraph.rdf.sparql_lexer import prologue, telling

UPDATES = ("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH")
"""The words that begin an update."""

_PRAGMA = "DEFINE"
"""What it names is a pragma of Virtuoso, and no prefix."""


def is_empty(text: str) -> bool:
    """Whether nothing is asked: there are spaces, comments and declarations at most."""
    return prologue(telling(text)).first is None


def is_update(text: str) -> bool:
    """Whether the text would change a store, were it carried out."""
    first = prologue(telling(text)).first
    return first is not None and first.word in UPDATES


def undeclared(text: str, end: int) -> tuple[str, int] | None:
    """The first prefix that begins before the place ``end`` and that neither the text nor we declare, and its place; None
    when there is none."""
    known, before = set(namespaces.prefixes()), ""
    for token in telling(text):
        if token.start >= end:
            return None
        if token.kind == "name" and before != _PRAGMA:
            prefix = token.text.partition(":")[0]
            if before == "PREFIX":
                known.add(prefix)
            elif prefix not in known:
                return prefix, token.start
        before = token.word
    return None
