"""All analyses by name, as the command line, the questions and the tests call them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mandategraph.analysis.network import Network
from mandategraph.analysis.times import days_of
from mandategraph.answers.answer import Answer
from mandategraph.lookup.resolver import Resolver
from mandategraph.store.base import Store
from mandategraph.system.errors import UsageError

Given = Mapping[str, Any]


def analyse(name: str, store: Store, given: Given) -> Answer:
    """Run an analysis on a store. ``given`` holds its options as people write them; a meeting by any of its names.

    Raises UsageError for an option that cannot be read, NotFound for an unknown meeting.
    """
    named = given.get("meeting")
    meeting = None if named is None else Resolver.of(store).one(named, ("meeting",)).iri
    return ANALYSES[name](Network(store), meeting, given)


def compare(before: Store, after: Store, names: tuple[str, str]) -> Answer:
    """What changed between two stores, called by these names."""
    from mandategraph.analysis.difference import difference

    return difference(Network(before), Network(after), names)


def _no_effect(given: Given, view: str, options: Sequence[str]) -> None:
    """Raises UsageError where a view is asked for together with what it takes no account of."""
    for name in options:
        if given.get(view) and given.get(name):
            told = "a meeting" if name == "meeting" else f"--{name}"
            raise UsageError(
                f"--{view.replace('_', '-')} is of the whole plan, without {told}.", None, "Leave one out."
            )


def _schedule(network: Network, meeting: str | None, given: Given) -> Answer:
    from mandategraph.analysis import back_to_back, earliest_opening, schedule

    _no_effect(given, "back_to_back", ("meeting", "before", "held"))
    _no_effect(given, "slip", ("before",))
    before = abs(days_of(given["before"])) if given.get("before") else 0
    if given.get("back_to_back"):
        return back_to_back.back_to_back(network)
    if given.get("slip"):
        return schedule.slip(network, meeting)
    if given.get("earliest"):
        if meeting is None:
            raise UsageError("--earliest needs a meeting.", None, "Write schedule WG2020-3 --earliest.")
        return earliest_opening.earliest_opening(network, meeting, (0, before or earliest_opening.SIX_WEEKS))
    return schedule.timeliness(network, meeting, before, bool(given.get("held")), bool(given.get("late")))


def _whatif(network: Network, meeting: str | None, given: Given) -> Answer:
    from mandategraph.analysis.impact import what_if

    assert meeting is not None  # the command line asks for it
    return what_if(network, meeting, given["change"])


def _chain(network: Network, meeting: str | None, given: Given) -> Answer:
    from mandategraph.analysis import chains

    _no_effect(given, "elements", ("meeting",))
    return chains.single_elements(network) if given.get("elements") else chains.chains(network, meeting)


def _coverage(network: Network, meeting: str | None, given: Given) -> Answer:
    from mandategraph.analysis import coverage

    _no_effect(given, "matrix", ("gap",))
    return coverage.matrix(network) if given.get("matrix") else coverage.coverage(network, given.get("gap"))


def _deadlines(network: Network, meeting: str | None, given: Given) -> Answer:
    from mandategraph.analysis.deadlines import deadlines

    return deadlines(network, meeting, given.get("change"))


def _history(network: Network, meeting: str | None, given: Given) -> Answer:
    from mandategraph.analysis.history import history

    assert meeting is not None  # the command line asks for it
    return history(network, meeting)


def _conflicts(network: Network, meeting: str | None, given: Given) -> Answer:
    from mandategraph.analysis.conflicts import conflicts

    return conflicts(network, meeting, given)


ANALYSES: dict[str, Callable[[Network, str | None, Given], Answer]] = {
    "schedule": _schedule,
    "whatif": _whatif,
    "chain": _chain,
    "coverage": _coverage,
    "deadlines": _deadlines,
    "history": _history,
    "conflicts": _conflicts,
}
"""Name -> the function that answers; a meeting is given as its IRI, options as people write them."""
