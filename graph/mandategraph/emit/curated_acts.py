"""What a person added about acts and elements: tasks and positions in our own words, and graded matches."""

from __future__ import annotations

from dataclasses import replace

from mandategraph.emit.statements import DocumentGraph
from mandategraph.model.curated import Curated, Match
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import Extraction
from mandategraph.rdf.quads import text
from mandategraph.system.errors import InputError


def add_acts(judged: DocumentGraph, curated: Curated, extraction: Extraction, where: str) -> None:
    """Add tasks, gists and matches of one source to the curated graph, beside our judgements.

    Raises:
        InputError: an entry speaks of a clause, position or element that the document does not have.
    """
    symbol = extraction.document.symbol
    clauses = {record.id: "clause" for record in extraction.clauses}
    others = {record.id: "condition" for record in extraction.conditions}
    others |= {record.id: "input" for record in extraction.inputs}
    others |= {record.id: "position" for record in extraction.positions}
    for entries, known, name in ((curated.tasks, clauses, "task"), (curated.gists, others, "gist")):
        for entry in entries:
            if entry.at not in known:
                raise InputError(f"there is no {name} at {entry.at} in {symbol}", where=where, hint="mend the entry")
            words = (text(entry.en, "en"), text(entry.zh, "zh"))
            judged.graph.add(judged.node(known[entry.at], entry.at), **{name: words})
    _additions(judged, curated, extraction, where)
    _matches(judged, curated, extraction, where)


def _additions(judged: DocumentGraph, curated: Curated, extraction: Extraction, where: str) -> None:
    """The subjects that positions want included."""
    symbol = extraction.document.symbol
    adding = {record.id for record in extraction.positions if record.stance == "add"}
    subjects = {topic.element for topic in extraction.elements}
    for entry in curated.gists:
        if entry.adds and (entry.at not in adding or _ref(entry.adds) not in subjects):
            told = f"no position at {entry.at} in {symbol} asks to add something, or {entry.adds} is no subject of it"
            raise InputError(told, where=where, hint="mend the entry")
        if entry.adds:
            judged.graph.add(judged.node("position", entry.at), asksToAdd=judged.thing(_ref(entry.adds)))


def _matches(judged: DocumentGraph, curated: Curated, extraction: Extraction, where: str) -> None:
    symbol = extraction.document.symbol
    places = {element.place: element.id for element in extraction.framework}
    grounds: dict[str, tuple[Evidence, ...]] = {element.id: element.evidence for element in extraction.framework}
    for topic in extraction.elements:
        grounds.setdefault(topic.element, topic.evidence)
    for treated in extraction.treatments:
        grounds.setdefault(treated.subject, treated.evidence)
    for match in curated.matches:
        start, to = (places.get(name, _ref(name)) for name in (match.start, match.to))
        # An element of another document is written with its whole reference, so that a slip is not taken for one.
        if start not in grounds or (":" not in match.to and to and to not in grounds):
            raise InputError(f"no element {match.start} or {match.to} in {symbol}", where=where, hint="mend the entry")
        node = judged.state(replace(match, start=start, to=to), 0, _name(match))
        judged.graph.add(node, hasEvidence=judged.evidence.of((*grounds[start], *grounds.get(to, ()))))


def _ref(name: str) -> str:
    return name if not name or ":" in name else f"element:{name}"


def _name(match: Match) -> str:
    return f"{match.start}--{match.to.replace(':', '-') or 'none'}"
