"""What a person added about acts and elements: tasks and positions in our own words, and graded matches."""

from __future__ import annotations

from mandategraph.emit.document import EvidenceNodes
from mandategraph.emit.quads import Graph, concept, text, thing
from mandategraph.model.curated import Curated, Match
from mandategraph.model.records import Evidence, Extraction
from mandategraph.system.errors import InputError


def add_acts(graph: Graph, curated: Curated, extraction: Extraction, evidence: EvidenceNodes, where: str) -> None:
    """Add tasks, gists and matches to the curated graph.

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
            graph.add(thing(f"{known[entry.at]}:{symbol}/{entry.at}"), **{name: words})
    _additions(graph, curated, extraction, where)
    _matches(graph, curated, extraction, evidence, where)


def _additions(graph: Graph, curated: Curated, extraction: Extraction, where: str) -> None:
    """The subjects that positions want included."""
    symbol = extraction.document.symbol
    adding = {record.id for record in extraction.positions if record.stance == "add"}
    subjects = {topic.element for topic in extraction.elements}
    for entry in curated.gists:
        if entry.adds and (entry.at not in adding or _ref(entry.adds) not in subjects):
            told = f"no position at {entry.at} in {symbol} asks to add something, or {entry.adds} is no subject of it"
            raise InputError(told, where=where, hint="mend the entry")
        if entry.adds:
            graph.add(thing(f"position:{symbol}/{entry.at}"), asksToAdd=thing(_ref(entry.adds)))


def _matches(graph: Graph, curated: Curated, extraction: Extraction, evidence: EvidenceNodes, where: str) -> None:
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
        node = thing(f"match:{symbol}/{_name(match)}")
        graph.type(node, "ElementMatch")
        graph.add(
            node, matchFrom=thing(start), matchTo=thing(to) if to else None, matchGrade=concept(match.grade),
            reason=(text(match.ground_en, "en"), text(match.ground_zh, "zh")), statedIn=thing(f"document:{symbol}"),
            basis=concept("interpretation"), hasEvidence=evidence.of((*grounds[start], *grounds.get(to, ()))),
        )  # fmt: skip


def _ref(name: str) -> str:
    return name if not name or ":" in name else f"element:{name}"


def _name(match: Match) -> str:
    return f"{match.start}--{match.to.replace(':', '-') or 'none'}"
