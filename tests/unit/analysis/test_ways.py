"""What hangs on a lost input, along chains longer and wider than any that we ship."""

from __future__ import annotations

from types import SimpleNamespace

from mandategraph.analysis.facts import RECEIVER, Feed
from mandategraph.analysis.propagation import behind, onward

LEVELS, BETWEEN = 40, 9


def feed(level: int, number: int, row: str) -> Feed:
    """One of the feeds from the meeting of a level to that of the next."""
    return Feed(
        f"f-{level}-{number}", f"m-{level}", f"m-{level + 1}", RECEIVER, "shall", True, "d", None, None, "doc", (),
        frozenset({row}),
    )  # fmt: skip


def test_a_long_chain_of_many_feeds_is_walked_once() -> None:
    """Feed by feed along each of its ways there would be 9 to the power of 40 steps."""
    planned = tuple(feed(level, number, f"row-{number}") for level in range(LEVELS) for number in range(BETWEEN))
    network = SimpleNamespace(planned=planned, meetings=frozenset(f"m-{level}" for level in range(LEVELS + 1)))
    first, last = planned[:BETWEEN], planned[-BETWEEN:]
    drawing, rest = onward(network, first)
    assert (drawing, rest) == (list(planned[BETWEEN:]), [])
    drawing, rest = onward(network, first[:1])
    assert [one.rows for one in drawing] == [frozenset({"row-0"})] * (LEVELS - 1), "a row draws on its own alone"
    assert {one.iri for one in rest} == {one.iri for one in planned[BETWEEN:]} - {one.iri for one in drawing}
    assert behind(network, last) == list(planned[:-BETWEEN])
