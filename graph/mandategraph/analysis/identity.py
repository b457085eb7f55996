"""What is held to be one thing, and on which ground; and what looks alike and was left apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from mandategraph.analysis import tables
from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import column, one
from mandategraph.answers.answer import Answer, Cell, Row
from mandategraph.store.base import Store

_LISTED = (
    column("mention", "As listed", "所列"),
    column("verdict", "Is it", "是否"),
    column("thing", "The thing", "事物", coded=True),
    column("ground", "Ground", "理由"),
    column("basis", "Held by", "判断方"),
    column("source", "Source", "出处"),
)
_ALIKE = (
    column("one", "One", "其一", coded=True),
    column("other", "The other", "其二", coded=True),
    column("alike", "What is alike", "相似之处"),
    column("one_source", "Source", "出处"),
    column("other_source", "Source of the other", "其二出处"),
)
_LIKE = 88
_QUESTION = {"en": "What is held to be the same thing, and why?", "zh": "哪些被视为同一事物？理由为何？"}
_NOTE = {
    "en": "Each can be revoked: mandategraph identity revoke AS-LISTED THING --why TEXT.",
    "zh": "每项判断均可撤销：mandategraph identity revoke 所列 事物 --why 理由。",
}
_ASKED = {"en": "What looks alike and was left apart?", "zh": "哪些看似相同而未合并？"}
_APART = {
    "en": "Nothing is joined because titles are alike. To join two: mandategraph identity confirm ONE OTHER --why TEXT.",
    "zh": "不因标题相似而合并。如需合并：mandategraph identity confirm 其一 其二 --why 理由。",
}
_HOLDERS = {
    "rule": Cell("rule", "a rule", "规则"),
    "curated": Cell("curated", "a person, with the package", "随软件包提供的人工判断"),
    "user": Cell("user", "the user of this store", "本库用户"),
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
        one(Cell(mention, mention, mention)), one(network.cell(row["verdict"].value)), one(network.cell(row["thing"].value)),
        one(Cell(row["en"].value, row["en"].value, row["zh"].value)), one(_HOLDERS.get(holder, _HOLDERS["curated"])),
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

    labels = [network.cell(iri).en or "" for iri in (first, second)]
    score = round(fuzz.token_sort_ratio(labels[0].casefold(), labels[1].casefold()))
    days = any(a.start and (a.start, a.end) == (b.start, b.end) and set(a.places) & set(b.places)
               for a in network.schedules[first] for b in network.schedules[second])  # fmt: skip
    if score < _LIKE and not days:
        return None
    en = "; ".join(part for part in (f"titles {score}%" * (score >= _LIKE), "same days and place" * days) if part)
    zh = "；".join(part for part in (f"标题相似度{score}%" * (score >= _LIKE), "日期和地点相同" * days) if part)
    return (one(network.cell(first)), one(network.cell(second)), one(Cell(en, en, zh)),
            _sources(network.schedules[first]), _sources(network.schedules[second]))  # fmt: skip


def _sources(statements: tuple[Schedule, ...]) -> tuple[Cell, ...]:
    return tables.sources_of_schedules(statements[:1])
