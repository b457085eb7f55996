"""What is held to be one thing, and on which ground; and what looks alike and was left apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from mandategraph.analysis import tables
from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import NO_TEXT, SOURCE_LANGUAGE, Text, gettext, joined_text, pgettext, same
from mandategraph.store.base import Store

_LISTED = (
    column("mention", gettext("As listed")),
    column("verdict", gettext("Is it")),
    column("thing", gettext("The thing"), coded=True),
    column("ground", pgettext("column of judgements", "Ground")),
    column("basis", gettext("Held by")),
    column("source", gettext("Source")),
)
_ALIKE = (
    column("one", gettext("One"), coded=True),
    column("other", gettext("The other"), coded=True),
    column("alike", gettext("What is alike")),
    column("one_source", gettext("Source")),
    column("other_source", pgettext("column of judgements", "Source of the other")),
)
_LIKE = 88
_QUESTION = gettext("What is held to be the same thing, and why?")
_NOTE = gettext("Each can be revoked: mandategraph identity revoke AS-LISTED THING --why TEXT.")
_ASKED = gettext("What looks alike and was left apart?")
_APART = gettext(
    "Nothing is joined because titles are alike. To join two: mandategraph identity confirm ONE OTHER --why TEXT."
)
_HOLDERS = {
    "rule": Cell("rule", gettext("a rule")),
    "curated": Cell("curated", gettext("a person, with the package")),
    "user": Cell("user", gettext("the user of this store")),
}


def judgements(store: Store) -> Answer:
    """Every judgement on identity in a store, those of the curated layer included."""
    network = Network(store)
    rows = sorted((_judged(network, row) for row in network.ask("analysis/identity-judgements")), key=_order)
    return tables.answer("identity", _QUESTION, _NOTE, _LISTED, rows, empty="no" if network.schedules else "not-stated")


def _order(row: Row) -> list[str]:
    """By place and mention; where one mention is judged more than once there, by all else that tells them apart."""
    mention, verdict, thing, ground, holder, source = row
    return [cells[0].value or "" for cells in (source, mention, thing, verdict, ground, holder)]


def _judged(network: Network, row: Any) -> Row:
    document = network.code(row["document"].value)
    mention = f"{document.removeprefix('CBD/').replace('/', '-')}.{row['path'].value}"
    holder = row["note"].value if "note" in row else "curated"
    return (
        one(Cell(mention, same(mention))), one(network.cell(row["verdict"].value)), one(network.cell(row["thing"].value)),
        one(tables.words_cell(Text(en=row["en"].value, zh=row["zh"].value))), one(_HOLDERS.get(holder, _HOLDERS["curated"])),
        tables.some(network.sources_of(row["s"].value)),
    )  # fmt: skip


def candidates(store: Store) -> Answer:
    """Pairs of meetings that no code tells apart and whose titles, or days and places, are alike."""
    network = Network(store)
    rows = [row for first, second in _pairs(network) if (row := _alike(network, first, second))]
    return tables.answer("candidates", _ASKED, _APART, _ALIKE, rows, empty="no" if network.schedules else "not-stated")


def _pairs(network: Network) -> Iterator[tuple[str, str]]:
    """Pairs of which at least one has no published code, and whose times do not rule it out."""
    coded = {row["one"].value for row in network.ask("analysis/meetings-with-published-codes")}
    listed = sorted(network.meetings & set(network.schedules), key=network.code)
    for first, second in combinations(listed, 2):
        sources = [{told.document for told in network.schedules[iri]} for iri in (first, second)]
        if not (first in coded and second in coded) and sources[0] != sources[1] and _may_meet(network, first, second):
            yield first, second


def _may_meet(network: Network, first: str, second: str) -> bool:
    return any(
        not (a.latest and b.earliest and a.latest < b.earliest)
        and not (b.latest and a.earliest and b.latest < a.earliest)
        for a in network.schedules[first]
        for b in network.schedules[second]
    )


def _alike(network: Network, first: str, second: str) -> Row | None:
    from rapidfuzz import fuzz

    titles = [network.cell(iri).labels.get(SOURCE_LANGUAGE, "").casefold() for iri in (first, second)]
    score = round(fuzz.token_sort_ratio(*titles))
    days = any(a.start and (a.start, a.end) == (b.start, b.end) and set(a.places) & set(b.places)
               for a in network.schedules[first] for b in network.schedules[second])  # fmt: skip
    if score < _LIKE and not days:
        return None
    titles_alike = gettext("titles {score}%", score=score) if score >= _LIKE else NO_TEXT
    place_alike = gettext("same days and place") if days else NO_TEXT
    alike = joined_text((titles_alike, place_alike), gettext("; "))
    return (one(network.cell(first)), one(network.cell(second)), one(tables.words_cell(alike)),
            _sources(network.schedules[first]), _sources(network.schedules[second]))  # fmt: skip


def _sources(statements: tuple[Schedule, ...]) -> tuple[Cell, ...]:
    return tables.sources_of_schedules(statements[:1])
