"""A stored query as Oxigraph evaluates it fastest: in the order in which it is written, from the bound parameters on.

The engine orders the patterns of a group by guesses that do not know what the patterns before it have bound: a label
that is looked up in an OPTIONAL is then read for the whole graph, once for each row or into a table. Its operator
LATERAL (SPARQL-dev SEP-0006) says that what follows is asked for each row found so far. In a group of a stored query

    VALUES … GRAPH … {…} OPTIONAL {…} {…} UNION {…}

every part from the second on becomes ``LATERAL { part }``. The rows are the same where a part uses no name that may be
unbound before it and no part counts over all rows; the stored queries keep to the first (queries/README.md), and parts
that are queries of their own are left as they are.

Inside of EXISTS the engine joins without a look at the row that is being judged, which reads the whole graph for each
row; there ``GRAPH ?g { ?a :p ?b ; :q ?c }`` becomes ``GRAPH ?g { ?a :p ?b } LATERAL { GRAPH ?g { ?a :q ?c } }``.

The files stay plain SPARQL 1.1, for every engine and editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*|\s+)|<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{}()]|[^\s{}()<"'\#]+|.""",
    re.VERBOSE,
)
_OPENS = ("GRAPH", "OPTIONAL", "VALUES", "MINUS", "EXISTS")
"""The words that a group in braces belongs to."""
_STANDS = ("VALUES", "MINUS", "EXISTS")
"""Those of them that are no patterns to be asked row by row."""
_STATEMENTS = re.compile(r"ttt(;tt|,t|\.ttt)*\.?")
"""What a group of plain statements looks like, with ``t`` for each term."""

_Change = tuple[int, int, str]
"""From where to where in the text what stands there gives way to this."""


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
    for start, end, new in sorted(_within(_parts(found)), reverse=True):
        text = text[:start] + new + text[end:]
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


def _within(parts: Sequence[_Part]) -> Iterator[_Change]:
    """What changes inside of these parts."""
    for place, part in enumerate(parts):
        if not part.inner:
            continue
        query = part.inner[0].word == "SELECT"
        judging = place > 0 and parts[place - 1].word == "EXISTS"
        yield from _within(part.inner) if query else _asked_in_turn(part.inner, judging)


def _asked_in_turn(parts: Sequence[_Part], judging: bool) -> Iterator[_Change]:
    """What changes in a group of patterns: around each part but the first, and inside of all; where it is a condition
    that is being judged, between the statements too."""
    place = 0
    while place < len(parts):
        end = _end_of_part(parts, place)
        piece = parts[place:end]
        if place and _is_pattern(piece):
            yield _added(piece[0].start, "LATERAL { ")
            yield _added(piece[-1].end, " }")
        yield from _one_by_one(piece) if judging and _is_of_statements(piece) else _within(piece)
        place = end


def _added(place: int, text: str) -> _Change:
    return place, place, text


def _is_of_statements(piece: Sequence[_Part]) -> bool:
    """Whether this is ``GRAPH name { … }`` with nothing but whole statements in it, whose terms are single words."""
    if piece[0].word != "GRAPH":
        return False
    words = [part.word for part in piece[-1].inner[:-1]]
    plain = not any(word[:1] in "{([_" or word[-1:] in ";,." for word in words if word not in (";", ",", "."))
    return plain and _STATEMENTS.fullmatch("".join(word if word in ";,." else "t" for word in words)) is not None


def _one_by_one(piece: Sequence[_Part]) -> Iterator[_Change]:
    """What changes where each statement of a graph is asked in turn, inside of the one before it."""
    *statements, close = piece[-1].inner
    graph, terms, open_ones = piece[1].word, [""], 0
    for part, following in pairwise((*statements, close)):
        if part.word not in (";", ",", "."):
            terms.append(part.word)
            continue
        # What stays of the statement before: its subject, or its subject and its verb.
        terms = terms[: {";": 2, ",": 3, ".": 1}[part.word]]
        if following is not close:
            yield part.start, part.end, " ".join((f"}} LATERAL {{ GRAPH {graph} {{", *terms[1:]))
            open_ones += 1
    yield _added(close.end, " }" * open_ones)


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
