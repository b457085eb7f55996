"""A stored query as Oxigraph evaluates it fastest: in the order in which it is written, from the bound parameters on.

The engine orders the patterns of a group by guesses that do not know what the patterns before it have bound: a label
that is looked up in an OPTIONAL is then read for the whole graph, once for each row or into a table. Its operator
LATERAL (SPARQL-dev SEP-0006) says that what follows is asked for each row found so far. In a group of a stored query

    VALUES … GRAPH … {…} OPTIONAL {…} {…} UNION {…}

every part from the second on becomes ``LATERAL { part }``. The rows are the same where a part uses no name that may be
unbound before it and no part counts over all rows; the stored queries keep to the first (queries/README.md), and parts
that are queries of their own are left as they are.

An OPTIONAL that has no name in common with what is before it, but in a FILTER, is left too: it is read once for all.

Inside of EXISTS the engine joins without a look at the row that is being judged, which reads the whole graph for each
row; there ``GRAPH ?g { ?a :p ?b ; :q ?c }`` becomes ``GRAPH ?g { ?a :p ?b } LATERAL { GRAPH ?g { ?a :q ?c } }``, and
the same without GRAPH.

The files stay plain SPARQL 1.1, for every engine and editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mandategraph.rdf.sparql_lexer import lex

_BRACKETS = ("{", "}", "(", ")", "<")
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
    for start, end, new in sorted(_within(_parts(_words(text)), frozenset()), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _words(text: str) -> Iterator[_Part]:
    """The words of a query: what stands together without a space is one (a path, a term with its datatype), but for IRIs,
    strings and brackets, which stand alone."""
    start, word = 0, ""
    for token in lex(text):
        alone = token.kind in ("space", "comment", "iri", "string") or token.text in _BRACKETS
        if word and alone:
            yield _Part(start, start + len(word), word)
            word = ""
        if not alone:
            start, word = (start, word + token.text) if word else (token.start, token.text)
        elif token.kind not in ("space", "comment"):
            yield _Part(token.start, token.end, token.text)
    if word:
        yield _Part(start, start + len(word), word)


def _parts(tokens: Iterator[_Part]) -> tuple[_Part, ...]:
    """What stands before the next brace that closes; it is the last part, so that its place is known."""
    parts: list[_Part] = []
    for token in tokens:
        if token.word == "{":
            inner = _parts(tokens)
            parts.append(_Part(token.start, inner[-1].end, "{", inner))
            continue
        parts.append(token)
        if token.word == "}":
            break
    return tuple(parts)


def _within(parts: Sequence[_Part], known: frozenset[str]) -> Iterator[_Change]:
    """What changes inside of these parts, where ``known`` are the names that rows have by then."""
    for place, part in enumerate(parts):
        if not part.inner:
            continue
        judging = place > 0 and parts[place - 1].word == "EXISTS"
        if part.inner[0].word == "SELECT":
            yield from _within(part.inner, frozenset())
        elif judging and _are_statements(part.inner):
            yield from _one_by_one(part.inner)
        else:
            yield from _asked_in_turn(part.inner, known, judging)


def _asked_in_turn(parts: Sequence[_Part], known: frozenset[str], judging: bool) -> Iterator[_Change]:
    """What changes in a group of patterns: around each part but the first, and inside of all; where it is a condition
    that is being judged, between the statements too. ``known`` are the names that rows have before it."""
    place = 0
    while place < len(parts):
        end = _end_of_part(parts, place)
        piece = parts[place:end]
        names = frozenset(_names(piece))
        hangs = piece[0].word != "OPTIONAL" or bool(names & known)
        if place and hangs and _is_pattern(piece):
            yield _added(piece[0].start, "LATERAL { ")
            yield _added(piece[-1].end, " }")
        if judging and piece[0].word == "GRAPH" and _are_statements(piece[-1].inner):
            yield from _one_by_one(piece[-1].inner, f"GRAPH {piece[1].word} {{ ")
        else:
            yield from _within(piece, known if hangs else frozenset())
        known |= names
        place = end


def _names(parts: Sequence[_Part]) -> Iterator[str]:
    """The names in these patterns; of what stands in parentheses only those that it gives (``AS ?name``)."""
    depth = 0
    for place, part in enumerate(parts):
        depth += {"(": 1, ")": -1}.get(part.word, 0)
        if part.word.startswith("?") and (not depth or parts[place - 1].word == "AS"):
            yield part.word
        yield from _names(part.inner)


def _added(place: int, text: str) -> _Change:
    return place, place, text


def _are_statements(inner: Sequence[_Part]) -> bool:
    """Whether nothing but whole statements stands between these braces, with terms of one word each."""
    words = [part.word for part in inner[:-1]]
    plain = not any(word[:1] in "{([_" or word[-1:] in ";,." for word in words if word not in (";", ",", "."))
    return plain and _STATEMENTS.fullmatch("".join(word if word in ";,." else "t" for word in words)) is not None


def _one_by_one(inner: Sequence[_Part], graph: str = "") -> Iterator[_Change]:
    """What changes where each of the statements is asked in turn, inside of the one before it; ``graph`` is how the
    group that they stand in begins."""
    closed = "} " if graph else ""
    *statements, close = inner
    terms, open_ones = [""], 0
    for part, following in pairwise((*statements, close)):
        if part.word not in (";", ",", "."):
            terms.append(part.word)
            continue
        # What stays of the statement before: its subject, or its subject and its verb.
        terms = terms[: {";": 2, ",": 3, ".": 1}[part.word]]
        if following is not close:
            yield part.start, part.end, f"{closed}LATERAL {{ {graph}{' '.join(terms[1:])}"
            open_ones += 1
    yield _added(close.end if graph else close.start, " }" * open_ones)


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
