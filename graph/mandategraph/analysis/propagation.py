"""Which feeds hang on others, row by row: what a lost input takes with it further on, and what is lost behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from mandategraph.analysis.facts import RECEIVER, Feed
from mandategraph.analysis.network import Network


def onward(network: Network, missing: Collection[Feed]) -> tuple[list[Feed], list[Feed]]:
    """What the receivers of missing feeds, and those after them, are to pass on: what draws on them, and the rest.

    A feed draws on one that comes to its giver when the row of the one tells of the other, when both are on the same
    element, or when its row has no element and names no meeting to draw on: then it takes up all that comes in. Of the
    rest no document says whether they depend on it.
    """
    given = defaultdict(list)
    for feed in network.planned:
        if feed.receiver:
            given[feed.giver].append(feed)
    told = (feed for feed in network.planned if feed.voice == RECEIVER and feed.giver in network.meetings)
    naming = frozenset(row for feed in told for row in feed.rows)

    def draws(feed: Feed, on: Feed) -> bool:
        if feed.rows & on.rows or (feed.element and feed.element == on.element):
            return True
        return feed.element is None and not feed.rows & naming

    drawing = _grown(network, missing, lambda one: (feed for feed in given[one.receiver] if draws(feed, one)))
    reached = _grown(network, missing, lambda one: given[one.receiver])
    known = {feed.iri for feed in drawing}
    return drawing, [feed for feed in reached if feed.iri not in known]


def behind(network: Network, missing: Collection[Feed]) -> list[Feed]:
    """The feeds that go into missing ones, directly or through others.

    A feed told by the row of its receiver goes only into what that row passes on; one told by the row of its giver
    into all that the receiver passes on, as no document says which of it.
    """
    taken = defaultdict(list)
    for feed in network.planned:
        taken[feed.receiver].append(feed)
    givers = {feed.giver for feed in missing}
    found = _grown(
        network,
        missing,
        lambda one: (feed for feed in taken[one.giver] if feed.voice != RECEIVER or feed.rows & one.rows),
    )
    return [feed for feed in found if feed.giver not in givers]


def _grown(network: Network, missing: Collection[Feed], joined: Callable[[Feed], Iterable[Feed]]) -> list[Feed]:
    """All feeds that are joined to the missing ones step by step, without these, in the order of the documents."""
    reached = {feed.iri for feed in missing}
    fresh = list(missing)
    while fresh:
        # Each feed once: many come to one meeting, and each of them is joined to all that it passes on.
        found = {feed.iri: feed for one in fresh for feed in joined(one) if feed.iri not in reached}
        reached |= found.keys()
        fresh = list(found.values())
    left = reached - {feed.iri for feed in missing}
    return [feed for feed in network.planned if feed.iri in left]
