"""Facts on which sources disagree, side by side: which kind of difference it is, and how the two stand to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from mandategraph.analysis import tables
from mandategraph.analysis.changes import same_place, when
from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import gettext, same
from mandategraph.model import codes
from mandategraph.rdf import namespaces
from mandategraph.system.errors import NotFound

_KINDS = {
    "dates": Cell("dates", gettext("dates differ")),
    "place": Cell("place", gettext("place differs")),
    "mode": Cell("mode", gettext("mode differs")),
    "status": Cell("status", gettext("status differs")),
    "name": Cell("name", gettext("name differs")),
}
_RELATIONS = {
    "superseded": Cell("superseded", gettext("an earlier plan, superseded")),
    "contradiction": Cell("contradiction", gettext("contradiction")),
    "plan-and-fact": Cell("plan-and-fact", gettext("plan and fact")),
}
_COLUMNS = (
    column("meeting", gettext("Meeting"), coded=True),
    column("kind", gettext("What differs")),
    column("one", gettext("One source says")),
    column("one_source", gettext("Source")),
    column("other", gettext("The other says")),
    column("other_source", gettext("Source of the other")),
    column("relation", gettext("How they stand")),
)
_QUESTION = gettext("On which facts do the sources disagree?")
_NOTE = gettext(
    "Both sides stand as their sources say; none is preferred. A vaguer date that holds the other is no "
    "difference, nor a country that holds the town, nor is a fact that only one source gives. Of two "
    "plans the one known earlier is superseded; two of one source, or of sources of unknown date, "
    "contradict each other."
)


def conflicts(network: Network, meeting: str | None, given: Mapping[str, Any]) -> Answer:
    """Every pair of statements on one meeting that cannot both be right, or of which one has overtaken the other.

    ``given`` may narrow the answer: ``kind``, ``relation``, and ``between``, two sources by code.

    Raises NotFound for a source that has no statement.
    """
    pair = [_document(network, name) for name in given.get("between") or ()]
    rows: list[Row] = []
    for iri in [meeting] if meeting else sorted(network.schedules, key=network.code):
        for first, second in combinations(_in_order(network.schedules.get(iri, ())), 2):
            if pair and {first.document, second.document} != set(pair):
                continue
            rows += [row for row in _differences(network, first, second) if _wanted(row, given)]
    rows += [row for row in _names(network, meeting, pair) if _wanted(row, given)]
    params = {"meeting": [network.code(meeting)] if meeting else [], "between": [network.code(one) for one in pair]}
    return tables.answer(
        "conflicts", _QUESTION, _NOTE, _COLUMNS, rows, params=params, empty="no" if network.schedules else "not-stated"
    )


def _document(network: Network, name: str) -> str:
    wanted = codes.key(name)
    known = {codes.key(network.code(iri)): iri for iri in network.documents}
    if wanted not in known:
        raise NotFound(
            f"no source '{name}' has statements.",
            None,
            f"There are: {', '.join(map(network.code, network.documents))}.",
        )
    return known[wanted]


def _wanted(row: Row, given: Mapping[str, Any]) -> bool:
    kind, relation = row[1][0].value, row[-1][0].value
    return given.get("kind") in (None, kind) and given.get("relation") in (None, relation)


def _in_order(statements: tuple[Schedule, ...]) -> list[Schedule]:
    """Plans before facts, the document known first in front."""
    return sorted(
        statements, key=lambda told: (told.phase != "planned", str(told.known or "9"), told.document, told.iri)
    )


def _differences(network: Network, first: Schedule, second: Schedule) -> Iterator[Row]:
    if dates_differ(first, second):
        yield _row(network, "dates", first, second, _dates(first), _dates(second))
    if first.places and second.places and not same_place(network, first, second):
        yield _row(network, "place", first, second, _places(network, first), _places(network, second))
    if first.mode != second.mode and "mode-not-stated" not in (first.mode, second.mode):
        yield _row(network, "mode", first, second, _term(network, first.mode), _term(network, second.mode))
    if first.phase == second.phase and first.status != second.status:
        yield _row(network, "status", first, second, _term(network, first.status), _term(network, second.status))


def dates_differ(first: Schedule, second: Schedule) -> bool:
    """Whether two statements put a meeting at times of which neither holds the other."""
    if first.start and second.start:
        return (first.start, first.end) != (second.start, second.end)
    return not (_holds(first, second) or _holds(second, first))


def _holds(wide: Schedule, narrow: Schedule) -> bool:
    """Whether the bounds of one statement lie within those of the other; an open end holds everything beyond, and
    a statement without dates holds all."""
    if wide.start:
        return False
    early = wide.earliest is None or (narrow.earliest is not None and wide.earliest <= narrow.earliest)
    late = wide.latest is None or (narrow.latest is not None and narrow.latest <= wide.latest)
    return early and late


def _relation(first: Schedule, second: Schedule) -> Cell:
    """Of two plans the one known earlier is superseded, as is one that is not fixed by a fixed one of the same source."""
    if (first.phase == "planned") != (second.phase == "planned"):
        return _RELATIONS["plan-and-fact"]
    if first.phase == "planned":
        if first.known and second.known and first.known < second.known:
            return _RELATIONS["superseded"]
        if (
            first.document == second.document
            and "fixed" in (first.status, second.status)
            and first.status != second.status
        ):
            return _RELATIONS["superseded"]
    return _RELATIONS["contradiction"]


def _row(network: Network, kind: str, first: Schedule, second: Schedule, one_says: Cell, other_says: Cell) -> Row:
    return (
        one(network.cell(first.meeting)), one(_KINDS[kind]), one(one_says), tables.sources_of_schedules([first]),
        one(other_says), tables.sources_of_schedules([second]), one(_relation(first, second)),
    )  # fmt: skip


def _dates(told: Schedule) -> Cell:
    return tables.words_cell(when(told))


def _places(network: Network, told: Schedule) -> Cell:
    return tables.joined_cell(network.cell(place) for place in told.places)


def _term(network: Network, name: str) -> Cell:
    return network.cell(namespaces.VALUES + name)


def _names(network: Network, meeting: str | None, pair: list[str]) -> Iterator[Row]:
    """Official names that two sources give one meeting in one language, and that differ in more than case, spaces and signs
    that look alike; of several of one source the first."""
    found: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for row in network.ask("analysis/official-names"):
        iri = row["meeting"].value
        if meeting in (None, iri) and row["document"].value in (pair or [row["document"].value]):
            language = row["spelling"].lang or ""
            named = found.setdefault((iri, language), {})
            key = row["document"].value
            named[key] = min(named.get(key, ("\uffff", "")), (row["spelling"].value, row["s"].value))
    for (iri, language), named in sorted(found.items(), key=lambda item: (network.code(item[0][0]), item[0][1])):
        for (_, first), (_, second) in combinations(sorted(named.items()), 2):
            if iri in network.meetings and codes.fold(first[0]) != codes.fold(second[0]):
                cells = [Cell(name, same(f"{name} [{language}]")) for name, _ in (first, second)]
                sources = [tables.some(network.sources_of(node)) for _, node in (first, second)]
                yield (one(network.cell(iri)), one(_KINDS["name"]), one(cells[0]), sources[0], one(cells[1]), sources[1],
                       one(_RELATIONS["contradiction"]))  # fmt: skip
