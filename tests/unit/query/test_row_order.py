"""The order in which an engine gives rows that no query ordered leaves no trace in what an analysis answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from mandategraph.analysis.dispatch import ANALYSES, compare
from mandategraph.analysis.identity import candidates, judgements
from mandategraph.analysis.network import Network
from mandategraph.answers.answer import Answer
from mandategraph.answers.grid import Layout
from mandategraph.answers.write_answer import write_answer
from mandategraph.store import Rows, Store, Triples, open_store
from mandategraph.store.embedded import OxigraphStore
from mandategraph.system.errors import NotFound

WHOLE = [
    ("schedule", {}), ("schedule", {"held": True}), ("schedule", {"before": "6w", "late": True}),
    ("schedule", {"slip": True}), ("schedule", {"back_to_back": True}), ("chain", {}), ("chain", {"elements": True}),
    ("coverage", {}), ("coverage", {"matrix": True}), ("coverage", {"gap": "no-counterpart"}),
    ("coverage", {"gap": "no-meeting"}), ("coverage", {"gap": "met-later"}), ("deadlines", {}), ("conflicts", {}),
]  # fmt: skip
OF_A_MEETING = [
    ("schedule", {"earliest": True}), ("whatif", {"change": "+60d"}), ("chain", {}), ("deadlines", {"change": "+60d"}),
    ("history", {}), ("conflicts", {}),
]  # fmt: skip


class Reversed(OxigraphStore):
    """The same store, but that it gives the rows of what has no ORDER BY from the last to the first."""

    def query(self, text: str) -> Rows | bool | Triples:
        found = super().query(text)
        if isinstance(found, Rows) and "ORDER BY" not in text:
            return Rows(found.variables, found.rows[::-1])
        return found


@pytest.fixture(scope="module")
def stores(shipped_folder: Path) -> Iterator[tuple[OxigraphStore, Reversed]]:
    opened = open_store(str(shipped_folder))
    assert isinstance(opened, OxigraphStore)
    yield opened, Reversed(opened.location, opened.engine)
    opened.close()


def written(answer: Answer) -> str:
    return write_answer(answer, "json", Layout())


def answers(store: Store) -> Iterator[tuple[str, str]]:
    """Every analysis of the whole, and of every meeting that anything is told of, in JSON."""
    network = Network(store)
    for name, given in WHOLE:
        yield f"{name} {given}", written(ANALYSES[name](network, None, given))
    for meeting in network.schedules:
        for name, given in OF_A_MEETING:
            try:
                told = written(ANALYSES[name](network, meeting, given))
            except NotFound as error:
                told = str(error)
            yield f"{name} {network.code(meeting)} {given}", told
    yield "identity", written(judgements(store))
    yield "identity candidates", written(candidates(store))
    yield "diff", written(compare(OxigraphStore("nothing", ox.Store()), store, ("before", "after")))


def test_an_analysis_answers_the_same_whatever_the_order_of_rows(stores: tuple[OxigraphStore, Reversed]) -> None:
    one, other = (dict(answers(store)) for store in stores)
    assert {name.split()[0] for name in one} >= ANALYSES.keys() and len(one) > 300
    assert [name for name in one if one[name] != other.get(name)] == [] and one.keys() == other.keys()
