"""A stored query as Oxigraph evaluates it fastest: in the order in which it is written, from the bound parameters on.

The engine orders the patterns of a group by guesses that do not know what the patterns before it have bound: a label
that is looked up in an OPTIONAL is then read for the whole graph, once for each row or into a table. Its operator
LATERAL (SPARQL-dev SEP-0006) says that what follows is asked for each row found so far. In a group of a stored query

    VALUES … GRAPH … {…} OPTIONAL {…} {…} UNION {…}

every part from the second on becomes ``LATERAL { part }``. The rows are the same where a part uses no name that may be
unbound before it and no part counts over all rows; the stored queries keep to the first (queries/README.md), and parts
that are queries of their own are left as they are. The files stay plain SPARQL 1.1, for every engine and editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*|\s+)|<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}()]|[^\s{}()<"'\#]+|.""",
    re.VERBOSE,
)
_OPENS = ("GRAPH", "OPTIONAL", "VALUES", "MINUS", "EXISTS")
"""The words that a group in braces belongs to."""
_STANDS = ("VALUES", "MINUS", "EXISTS")
"""Those of them that are no patterns to be asked row by row."""


@dataclass(frozen=True)
class _Part:
    """A word, or what stands between two braces; and where in the text."""

    start: int
    end: int
    word: str = ""
    inner: tuple[_Part, ...] = ()


@lru_cache(maxsize=256)
def lateral(text: str) -> str:
    """The query with ``LATERAL`` around each part of a group that follows another; all else, and each line, stays."""
    found = (one for one in _TOKEN.finditer(text) if not one["skip"])
    changes = sorted(_within(_parts(found)), reverse=True)
    for place, added in changes:
        text = text[:place] + added + text[place:]
    return text


def _parts(tokens: Iterator[re.Match[str]]) -> tuple[_Part, ...]:
    """What stands before the next brace that closes; it is the last part, so that its place is known."""
    parts: list[_Part] = []
    for token in tokens:
        if token.group() == "{":
            inner = _parts(tokens)
            parts.append(_Part(token.start(), inner[-1].end, "{", inner))
            continue
        parts.append(_Part(token.start(), token.end(), token.group()))
        if token.group() == "}":
            break
    return tuple(parts)


def _within(parts: Sequence[_Part]) -> Iterator[tuple[int, str]]:
    """What is added inside of these parts."""
    for part in parts:
        if not part.inner:
            continue
        yield from _within(part.inner) if part.inner[0].word == "SELECT" else _asked_in_turn(part.inner)


def _asked_in_turn(parts: Sequence[_Part]) -> Iterator[tuple[int, str]]:
    """What is added in a group of patterns: around each part but the first, and inside of all."""
    place = 0
    while place < len(parts):
        end = _end_of_part(parts, place)
        piece = parts[place:end]
        if place and _is_pattern(piece):
            yield piece[0].start, "LATERAL { "
            yield piece[-1].end, " }"
        yield from _within(piece)
        place = end


def _end_of_part(parts: Sequence[_Part], place: int) -> int:
    """Where the part ends that begins here: with its braces, and with all that UNION adds to it."""
    if parts[place].word not in (*_OPENS, "{"):
        return place + 1
    end = next(end for end in range(place, len(parts)) if parts[end].inner) + 1
    while parts[end].word == "UNION":
        end += 2
    return end


def _is_pattern(piece: Sequence[_Part]) -> bool:
    """Whether it depends on rows: no list of values or condition, and no query of its own."""
    group = next((part for part in piece if part.inner), None)
    return group is not None and piece[0].word not in _STANDS and group.inner[0].word != "SELECT"
