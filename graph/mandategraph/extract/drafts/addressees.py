"""Whom an act addresses: the actors named between its verb and what they are asked to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.extract.drafts.naming import Naming
from mandategraph.extract.names import Mention

_REACH = 420
"""So far after the verb its addressees are looked for."""
_MASK = "\u25a0"
_LEAD = re.compile(
    r"^(?:the|all|its|other|relevant|also|les|aux?|à\s+la|à\s+l'|à|le|la|l'|toutes?\s+les|ses|a\s+las?|a\s+los|al|a|las?|los|el|各|所有)\s+",
    re.I,
)
_JOINS = re.compile(r"(?:and|et|y|e|as well as|ainsi que|así como)\b", re.I)
_JOINED = re.compile(
    r"\s*(?:,|、|;)?\s*(?:\b(?:and|or|as well as|et|ainsi que|y|e|o|así como)\b|和|及|以及)\s*|\s*[,、，]\s*", re.I
)


@dataclass(frozen=True)
class Addressed:
    """Actors by reference, and the words for those that nobody knows; from where to where they are named."""

    refs: tuple[str, ...]
    unknown: str
    start: int
    end: int


def addressed(text: str, after: int, end: int, naming: Naming) -> Addressed:
    """The addressees of the act whose verb ends at `after`."""
    words = naming.words
    stop = min(end, after + _REACH)
    segment = text[after:stop]
    if words.language == "zh":
        return _in_row(text, after, stop, naming)
    limit = words.said["infinitive"].search(_masked(segment, naming.actors(segment)))
    segment = segment[: limit.start()] if limit else re.split(r"[;:.]", segment)[0]
    refs: list[str] = []
    unknown = ""
    for chunk, named in _chunks(segment, naming):
        refs += [one.ref for one in named]
        bare = _bare(chunk)
        if not named and not refs and not unknown and 2 < len(bare) < 90:
            unknown = bare
    found = tuple(dict.fromkeys(refs))
    start = after + len(segment) - len(segment.lstrip())
    return Addressed(found, "" if found else unknown, start, after + max(len(segment.rstrip()), 1))


def _in_row(text: str, after: int, stop: int, naming: Naming) -> Addressed:
    """Chinese puts them right after the verb, one after another."""
    refs: list[str] = []
    at = after
    while at < stop:
        lead = re.compile(r"\s*(?:所有|各|其)?").match(text, at)
        named = [one for one in naming.actors(text[at : at + 60]) if one.start == 0]
        if not named and lead and lead.end() > at:
            named = [one for one in naming.actors(text[lead.end() : lead.end() + 60]) if one.start == 0]
            at = lead.end() if named else at
        if not named:
            break
        refs.append(named[0].ref)
        at += named[0].end
        joined = _JOINED.match(text, at)
        if not joined or not joined[0].strip():
            break
        at = joined.end()
    if refs:
        return Addressed(tuple(dict.fromkeys(refs)), "", after, at)
    words = re.match(r"[^,，。;；:：]{2,20}", text[after:stop])
    limit = naming.words.said["infinitive"].search(text, after, stop)
    unknown = text[after : limit.start()] if limit and 2 <= limit.start() - after <= 30 else ""
    return Addressed((), unknown if words else "", after, after + max(len(unknown), 1))


def _chunks(segment: str, naming: Naming) -> list[tuple[str, list[Mention]]]:
    """The pieces between commas that are no asides (`, subject to …,`, `, in accordance with …,`), and whom each names.

    After an aside the list goes on with a joining word, or with an actor where the aside itself named none.
    """
    asides = naming.words.said["asides"]
    actors = naming.actors(segment)
    masked = _masked(segment, actors)
    found: list[tuple[str, list[Mention]]] = []
    aside = names_actors = False
    at = 0
    for piece in masked.split(","):
        bare = piece.strip()
        start, at = at, at + len(piece) + 1
        if asides.match(bare):
            aside, names_actors = True, _MASK in bare
            continue
        if aside and not (_JOINS.match(bare) or (not names_actors and _bare(bare).startswith(_MASK))):
            continue
        aside = False
        inner = re.search(rf"\s(?={asides.pattern})", piece, re.IGNORECASE)
        end = start + (inner.start() if inner and inner.start() > 3 else len(piece))
        if bare:
            found.append((segment[start:end], [one for one in actors if start <= one.start < end]))
    return found


def _masked(segment: str, actors: list[Mention]) -> str:
    """The words without those of names: a name may hold a comma, a word that begins an aside, or an infinitive."""
    for one in actors:
        segment = segment[: one.start] + _MASK * (one.end - one.start) + segment[one.end :]
    return segment


def _bare(chunk: str) -> str:
    before, text = None, chunk.strip(" ,;")
    while before != text:
        before, text = text, _LEAD.sub("", text)
    return text
