"""What can be told of a user's text before, or where, no parser makes sense of it: that it is empty, that it is an update,
which of its prefixes nobody declared."""

from __future__ import annotations

import re

from mandategraph.rdf import namespaces

UPDATES = "ADD|CLEAR|COPY|CREATE|DELETE|DROP|INSERT|LOAD|MOVE|WITH"
"""The words that begin an update, as alternatives of a pattern."""

_BEFORE = r"(?:\s|#[^\n]*(?:\n|\Z)|PREFIX\s+[\w.-]*:\s*<[^>]*>|BASE\s*<[^>]*>)*"
_NOTHING = re.compile(rf"{_BEFORE}\Z", re.IGNORECASE)
_UPDATE = re.compile(rf"{_BEFORE}(?:{UPDATES})(?=[\s{{<#]|\Z)", re.IGNORECASE)
# What DEFINE names is a pragma of Virtuoso.
# A string that nobody closed reaches to the end of its line; a name with a prefix may have colons and escapes in it.
# A word that is no prefix is taken as far as one would reach: word by word, each would be read to that end again.
_TOKEN = re.compile(
    r'''(?s:"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\')|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|'''
    r"""<[^<>"{}|^`\\\s]*>|\#[^\n]*|(?P<declared>PREFIX\s+[\w.-]*:)|DEFINE\s+\S+|_:|(?P<prefix>(?:[^\W\d_][\w.-]*)?):(?:[\w:.%-]|\\.)*|"""
    r"[^\W\d_][\w.-]*|[?$]?\w+",
    re.IGNORECASE,
)


def is_empty(text: str) -> bool:
    """Whether nothing is asked: there are spaces, comments and declarations at most."""
    return _NOTHING.match(text) is not None


def is_update(text: str) -> bool:
    """Whether the text would change a store, were it carried out."""
    return _UPDATE.match(text) is not None


def undeclared(text: str, end: int) -> tuple[str, int] | None:
    """The first prefix that begins before the place ``end`` and that neither the text nor we declare, and its place; None
    when there is none."""
    known = set(namespaces.prefixes())
    for found in _TOKEN.finditer(text):
        if found.start() >= end:
            return None
        if found["declared"]:
            known.add(found["declared"].split()[1].removesuffix(":"))
        elif found["prefix"] is not None and found["prefix"] not in known:
            return found["prefix"], found.start()
    return None
