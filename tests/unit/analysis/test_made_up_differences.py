"""What changed between two states of knowledge, on made-up documents. What is expected was worked out by hand, by the words in
which the answer explains itself; the words of a change are not held here, but which event, of what, and where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from made_up import MadeUp, thing
from mandategraph.analysis.difference import difference

WEEK, NEXT = "2020-06-01/2020-06-05", "2020-06-08/2020-06-12"
Telling = Callable[[MadeUp], MadeUp]


def plan() -> MadeUp:
    """One document that plans m (line 1), with all the names that the tests use."""
    made = MadeUp().meetings("m", "n", "o").elements("x", "y").document("plan", known="2019-08-30")
    made.document("later", known="2020-03-01").document("last", known="2021-01-31")
    return made.schedule("m", WEEK)


def events(before: MadeUp, after: MadeUp) -> list[tuple[str | None, ...]]:
    answer = difference(before.network(), after.network(), ("one", "two"))
    assert answer.params == {"from": ("one",), "to": ("two",)}
    return [(row["event"], row["thing"], row["source"]) for row in answer.flat()]


def between(before: Telling, after: Telling) -> list[tuple[str | None, ...]]:
    """The events that lead from the plan with the one to the plan with the other."""
    return events(before(plan()), after(plan()))


def same(made: MadeUp) -> MadeUp:
    return made


LATER = ("document-added", "later", None)


@pytest.mark.parametrize(
    ("told", "changed"),
    [
        # put off, brought forward, longer, shorter, to be determined, moved, online
        (lambda made: made.schedule("m", NEXT, by="later"), True),
        (lambda made: made.schedule("m", "2020-05-25/2020-05-29", by="later"), True),
        (lambda made: made.schedule("m", "2020-06-01/2020-06-06", by="later"), True),
        (lambda made: made.schedule("m", "2020-06-01/2020-06-01", by="later"), True),
        (lambda made: made.schedule("m", "", by="later", status="to-be-determined"), True),
        (lambda made: made.schedule("m", WEEK, by="later", status="to-be-confirmed"), True),
        (lambda made: made.schedule("m", "2020-06-01..2020-06-05", by="later"), True),
        (lambda made: made.schedule("m", WEEK, by="later", places="rome"), True),
        (lambda made: made.schedule("m", WEEK, by="later", mode="online"), True),
        # held on the days of the plan is another thing than planned for them
        (lambda made: made.schedule("m", WEEK, by="later", phase="held"), True),
        (lambda made: made.schedule("m", WEEK, by="later", phase="under-way"), True),
        # said again, the same
        (lambda made: made.schedule("m", WEEK, by="later"), False),
    ],
)
def test_a_later_document_that_says_otherwise_changes_the_meeting(told: Telling, changed: bool) -> None:
    assert between(same, told) == [LATER] + [("meeting-changed", "m", "later, line 2")] * changed


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        # "what took place before what was planned": a plan that comes after the report changes nothing
        ([("held", WEEK, "later")], [("planned", NEXT, "last")], None),
        ([("under-way", WEEK, "later")], [("planned", NEXT, "last")], None),
        # held counts before under way, whichever was known later
        ([("under-way", WEEK, "later")], [("held", WEEK, "last")], "last, line 3"),
        ([("held", WEEK, "later")], [("under-way", WEEK, "last")], None),
        # put off twice: of two plans, and of two reports, the one known last
        ([("planned", NEXT, "later")], [("planned", "2020-07-01/2020-07-02", "last")], "last, line 3"),
        ([("planned", NEXT, "last")], [("planned", "2020-07-01/2020-07-02", "later")], None),
        ([("held", NEXT, "later")], [("held", WEEK, "last")], "last, line 3"),
        # put off and back again: the plan known last says what the first did, and not what the state before did
        ([("planned", NEXT, "later")], [("planned", WEEK, "last")], "last, line 3"),
    ],
)
def test_the_latest_statement_of_either_state_counts(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]], line: str | None
) -> None:
    def told(said: list[tuple[str, str, str]]) -> MadeUp:
        made = plan()
        for phase, when, by in said:
            made.schedule("m", when, by=by, phase=phase)
        return made

    found = events(told(before), told(before + after))
    assert [row for row in found if row[0] != "document-added"] == ([("meeting-changed", "m", line)] if line else [])


def test_the_same_state_tells_nothing() -> None:
    answer = difference(plan().network(), plan().network(), ("one", "one"))
    assert (answer.status, answer.rows) == ("no", ())


def test_what_comes_and_goes() -> None:
    """The source is that of the later state, and of the earlier one for what is gone; each meeting by its code."""

    def more(made: MadeUp) -> MadeUp:
        return made.schedule("o", NEXT, by="later").schedule("n", NEXT, by="later").feed("m", "n", "x", by="later")

    assert between(same, more) == [
        LATER,
        ("meeting-added", "n", "later, line 3"),
        ("meeting-added", "o", "later, line 2"),
        ("input-added", "m", "later, line 4"),
    ]
    assert between(more, same) == [
        ("document-removed", "later", None),
        ("meeting-removed", "n", "later, line 3"),
        ("meeting-removed", "o", "later, line 2"),
        ("input-removed", "m", "later, line 4"),
    ]


def test_events_stand_in_the_order_of_their_kinds() -> None:
    def before(made: MadeUp) -> MadeUp:
        return made.schedule("n", NEXT, by="gone").feed("m", "n", "x").feed("m", "n", "y")

    def after(made: MadeUp) -> MadeUp:
        made.schedule("o", WEEK, by="later").schedule("m", NEXT, by="later").feed("m", "n", "x", modality="may")
        return made.feed("m", "o", "y", by="later")

    assert [row[:2] for row in between(before, after)] == [
        ("document-added", "later"),
        ("document-removed", "gone"),
        ("meeting-changed", "m"),
        ("meeting-added", "o"),
        ("meeting-removed", "n"),
        ("input-added", "m"),
        ("input-removed", "m"),
        ("input-changed", "m"),
    ]


def test_a_meeting_split_into_sessions_is_told_once() -> None:
    """Sessions of a meeting that is told of first with them go with it; those of one that was there are told."""

    def split(made: MadeUp, whole: str) -> MadeUp:
        made.meetings("s1", "s2", sessions_of=whole).schedule("s1", WEEK, by="later")
        return made.schedule("s2", NEXT, by="later")

    assert between(same, lambda made: split(made, "m")) == [
        LATER,
        ("meeting-added", "s1", "later, line 2"),
        ("meeting-added", "s2", "later, line 3"),
    ]
    assert between(same, lambda made: split(made, "n").schedule("n", WEEK, by="later")) == [
        LATER,
        ("meeting-added", "n", "later, line 4"),
    ]
    # the whole has no schedule of its own: nothing tells of it but its sessions
    assert [row[1] for row in between(same, lambda made: split(made, "n"))] == ["later", "s1", "s2"]


def test_what_took_the_place_of_a_meeting_is_told_of_that_meeting() -> None:
    def replaced(made: MadeUp) -> MadeUp:
        return made.replaced("m", "n", by="later").schedule("n", NEXT, by="later", phase="held")

    assert between(same, replaced) == [
        LATER,
        ("meeting-changed", "m", "later, line 3"),
        ("meeting-added", "n", "later, line 3"),
    ]
    assert between(replaced, replaced) == []
    assert between(same, lambda made: made.replaced("m", "n", by="later")) == [LATER, ("meeting-changed", "m", None)]
    twice = between(replaced, lambda made: replaced(made).replaced("o", "n", by="last"))
    assert twice == [("document-added", "last", None), ("meeting-changed", "o", "later, line 3")]


def fed(modality: str = "will", element: str = "x", receiver: str = "n", kind: str = "") -> Telling:
    """The plan hands something of a kind to a receiver."""
    handed = f"mg:delivers <{thing('handed')}> . <{thing('handed')}> mg:deliverableKind mgv:{kind}" if kind else ""

    def tell(made: MadeUp) -> MadeUp:
        return made.state(
            "Contribution", "plan", f"mg:contributionSource <{thing('m')}> ; mg:voice mgv:giver",
            f"mg:modality mgv:{modality}", f"mg:concerns <{thing(element)}>" if element else "",
            f"mg:contributionRecipient <{thing(receiver)}>" if receiver else "", handed,
        )  # fmt: skip

    return tell


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (fed(), fed(), []),
        (fed(), fed("may"), ["input-changed"]),
        (fed("expected"), fed("done"), ["input-changed"]),
        # an input is another one where what, to whom or on what is another
        (fed(), fed(element="y"), ["input-added", "input-removed"]),
        (fed(), fed(element=""), ["input-added", "input-removed"]),
        (fed(), fed(receiver="o"), ["input-added", "input-removed"]),
        (fed(), fed(receiver=""), ["input-added", "input-removed"]),
        (fed(kind="report"), fed(kind="draft"), ["input-added", "input-removed"]),
        (fed(element="", receiver=""), fed("may", element="", receiver=""), ["input-changed"]),
    ],
)
def test_of_each_input_it_is_compared_how_firm_it_is(before: Telling, after: Telling, kinds: list[str]) -> None:
    assert between(before, after) == [(kind, "m", "plan, line 2") for kind in kinds]


def test_of_equal_inputs_the_last_counts() -> None:
    assert between(fed(), lambda made: fed("may")(fed()(made))) == [("input-changed", "m", "plan, line 3")]
    assert between(fed(), lambda made: fed()(fed("may")(made))) == []
