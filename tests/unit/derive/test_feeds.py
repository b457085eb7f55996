"""Which meeting feeds which, by the rules in `queries/derive/`, on made-up rows. What is expected was worked out by hand from
the rule in words that stands at the head of each file."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from made_up import MadeUp
from mandategraph.pipeline.build import derived
from mandategraph.rdf import namespaces
from mandategraph.system import resources


def fed(made: MadeUp) -> dict[str, set[tuple[str, str]]]:
    """The pairs of meetings, by the property that says so."""
    store = made.store().engine
    for file in resources.ontology_files():
        store.load(file.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(namespaces.graph("ontology")))
    found: dict[str, set[tuple[str, str]]] = {"feeds": set(), "feedsFirmly": set()}
    for quad in derived(store):
        assert quad.graph_name.value == namespaces.graph("derived")
        pair = quad.subject.value.rpartition("/")[2], quad.object.value.rpartition("/")[2]
        found[namespaces.compact(quad.predicate.value).rpartition(":")[2]].add(pair)
    return found


@pytest.mark.parametrize("voice", ["giver", "receiver"])
@pytest.mark.parametrize(
    ("modality", "firmly"),
    [("will", True), ("unmarked", True), ("done", True), ("may", False), ("expected", False)],
)
def test_a_row_of_either_meeting_feeds(voice: str, modality: str, firmly: bool) -> None:
    """ "Whether the row of the giving meeting says so or that of the receiving one"; firm is "will, no modal word, or done already"."""
    found = fed(MadeUp().meetings("a", "b").feed("a", "b", modality=modality, voice=voice))
    assert found == {"feeds": {("a", "b")}, "feedsFirmly": {("a", "b")} if firmly else set()}


def test_one_firm_row_of_several_is_enough() -> None:
    made = MadeUp().meetings("a", "b", "c").feed("a", "b", modality="may").feed("a", "b", by="report")
    made.feed("b", "c", modality="may").feed("b", "c", modality="expected")
    assert fed(made) == {"feeds": {("a", "b"), ("b", "c")}, "feedsFirmly": {("a", "b")}}


def test_only_what_passes_from_a_meeting_to_a_meeting_feeds() -> None:
    """Not what an actor gives or gets, nor a row without receiver; nothing follows over a meeting between."""
    made = (
        MadeUp().meetings("a", "b", "c").feed("a", "b").feed("b", "c").feed("a").feed("party", "b").feed("b", "party")
    )
    assert fed(made)["feeds"] == {("a", "b"), ("b", "c")}


def test_dates_do_not_matter() -> None:
    """A feed that comes too late, between sessions, in a circle or of a meeting to itself is one all the same."""
    made = MadeUp().meetings("a", "b").meetings("a1", sessions_of="a").feed("a", "b").feed("b", "a").feed("a1", "a1")
    made.schedule("a", "2021-01-04/2021-01-08").schedule("b", "2020-12-28/2020-12-31").schedule("a1", "")
    assert fed(made)["feeds"] == {("a", "b"), ("b", "a"), ("a1", "a1")}
