"""What follows when a meeting moves, and when one can open at the earliest, on made-up plans. What is expected was worked out
by hand, by the words in which each answer explains itself and by the docstrings of what is called."""

from __future__ import annotations

from datetime import date

import pytest
from made_up import MadeUp, thing
from mandategraph.analysis.earliest_opening import earliest_opening
from mandategraph.analysis.impact import moved_span, what_if
from mandategraph.analysis.times import Bounds, Calendar, MeetingDates
from mandategraph.system.errors import NotFound, UsageError

D = date.fromisoformat
WEEK = "2020-05-25/2020-05-29"


def day(text: str) -> Bounds:
    return Bounds(D(text), D(text))


def effects(made: MadeUp, meeting: str, change: str) -> list[tuple[str | None, ...]]:
    """Of each row the effect, from whom to whom, and the margins before and after, in the order of the answer."""
    names = ("effect", "giver", "receiver", "margin_before", "margin_after")
    answer = what_if(made.network(), thing(meeting), change)
    assert answer.params == {"meeting": (meeting,), "change": (change,)}
    return [tuple(row[name] or None for name in names) for row in answer.flat()]


def two(giver: str = WEEK, receiver: str = "2020-06-01/2020-06-05") -> MadeUp:
    """A meeting that feeds another; by default with three days from the closing of the one to the opening of the other."""
    return MadeUp().meetings("a", "b").schedule("a", giver).schedule("b", receiver).feed("a", "b")


@pytest.mark.parametrize(
    ("change", "effect", "after"),
    [
        # missing is "what would close after its receiver opens": on the day itself it is still in time
        ("+3d", "in-time", "0"),
        ("+4d", "missing", "-1"),
        ("-1w", "in-time", "10"),
        # a new opening day moves the closing as far: from 25 May to the 28th or the 29th
        ("2020-05-28", "in-time", "0"),
        ("2020-05-29", "missing", "-1"),
        ("2020-05-27+1d", "in-time", "0"),
        ("2020-06-05-1w", "missing", "-1"),
        ("+0d", "in-time", "3"),
    ],
)
def test_a_giver_that_moves(change: str, effect: str, after: str) -> None:
    assert effects(two(), "a", change) == [(effect, "a", "b", "3", after)]


@pytest.mark.parametrize(
    ("change", "effect", "after"),
    [("-3d", "in-time", "0"), ("-4d", "missing", "-1"), ("+1w", "in-time", "10"), ("2020-05-28", "missing", "-1")],
)
def test_a_receiver_that_moves(change: str, effect: str, after: str) -> None:
    assert effects(two(), "b", change) == [(effect, "a", "b", "3", after)]


def test_over_the_turn_of_a_year_and_a_leap_day() -> None:
    """28 December to 4 January are seven days; a week later it closes on 4 January, on the opening day. 28 February to 1
    March 2020 are two."""
    winter = two("2020-12-21/2020-12-28", "2021-01-04/2021-01-08")
    assert effects(winter, "a", "+1w") == [("in-time", "a", "b", "7", "0")]
    assert effects(winter, "a", "+8d") == [("missing", "a", "b", "7", "-1")]
    leap = two("2020-02-24/2020-02-28", "2020-03-01/2020-03-03")
    assert effects(leap, "a", "+2d") == [("in-time", "a", "b", "2", "0")]


def test_meetings_of_one_day() -> None:
    same = two("2020-06-01/2020-06-01", "2020-06-01/2020-06-01")
    assert effects(same, "a", "+1d") == [("missing", "a", "b", "0", "-1")]
    assert effects(same, "a", "-1d") == [("in-time", "a", "b", "0", "1")]
    assert effects(same, "b", "-1d") == [("missing", "a", "b", "0", "-1")]


@pytest.mark.parametrize(
    ("giver", "receiver", "change", "row"),
    [
        # too late before as well: closes on the 5th, for one that opened on the 3rd
        ("2020-06-01/2020-06-05", "2020-06-03/2020-06-05", "+1d", ("missing-already", "-2", "-3")),
        ("2020-06-01/2020-06-05", "2020-06-03/2020-06-05", "-1d", ("missing-already", "-2", "-1")),
        ("2020-06-01/2020-06-05", "2020-06-03/2020-06-05", "-2d", ("in-time", "-2", "0")),
        # known by its month: closes between 1 and 31 May, 1 to 31 days before it is due
        ("2020-05-01..2020-05-31", "2020-06-01/2020-06-05", "+1d", ("in-time", "1..31", "0..30")),
        ("2020-05-01..2020-05-31", "2020-06-01/2020-06-05", "+2d", ("unsure", "1..31", "-1..29")),
        ("2020-05-01..2020-05-31", "2020-06-01/2020-06-05", "+32d", ("missing", "1..31", "-31..-1")),
        # it may have been too late before; now it surely is
        ("2020-05-01..2020-05-31", "2020-05-20/2020-05-22", "+20d", ("missing", "-11..19", "-31..-1")),
        ("2020-05-25/2020-05-29", "", "+9d", ("unknown", None, None)),
    ],
)
def test_what_was_late_or_unsure_before(giver: str, receiver: str, change: str, row: tuple[str, ...]) -> None:
    found = effects(two(giver, receiver), "a", change)
    assert found == [(row[0], "a", "b", *row[1:])]


def chain() -> MadeUp:
    """a feeds b, which passes on to c what it gets on x, and something on y; d comes after c. Lines 1 to 4 are dates."""
    made = MadeUp().meetings("a", "b", "c", "d").elements("x", "y")
    for meeting, when in (("a", WEEK), ("b", "2020-06-01/2020-06-05"), ("c", "2020-06-08/2020-06-12")):
        made.schedule(meeting, when)
    made.schedule("d", "2020-06-15/2020-06-19")
    return made.feed("a", "b", "x").feed("b", "c", "y").feed("b", "c", "x").feed("c", "d", "x").feed("c", "d", "y")


def test_what_draws_on_the_missing_is_blocked_and_the_rest_may_be_affected() -> None:
    """Blocked: "the same row, the same subject, or a row of no subject that draws on all"; affected: "what else the receiver,
    and those after it, are to pass on"; each in the order of the documents."""
    found = what_if(chain().network(), thing("a"), "+4d").flat()
    assert [(row["effect"], row["giver"], row["element"], row["margin_after"]) for row in found] == [
        ("missing", "a", "x", "-1"),
        ("blocked", "b", "x", None),
        ("blocked", "c", "x", None),
        ("affected", "b", "y", None),
        ("affected", "c", "y", None),
    ]
    assert [row["source"] for row in found] == [f"plan, line {line}" for line in (5, 7, 8, 6, 9)]
    in_time = what_if(chain().network(), thing("a"), "+3d").flat()
    assert [row["effect"] for row in in_time] == ["in-time"], "nothing is missing, nothing is blocked"


def test_a_row_of_no_subject_draws_on_all_that_comes_in() -> None:
    made = two().meetings("c").schedule("c", "2020-06-08/2020-06-12").feed("b", "c")
    assert effects(made, "a", "+4d")[1:] == [("blocked", "b", "c", None, None)]


def test_what_one_move_does_before_and_behind_it() -> None:
    """b opens on the 1st at first, then on the 4th of May: what comes in is missing (a closes on the 29th), and what it
    passes on is in time, but blocked, as it draws on that; d hangs on c."""
    made = chain()
    assert effects(made, "b", "-4w") == [
        ("missing", "a", "b", "3", "-25"),
        ("blocked", "b", "c", "3", "31"),
        ("blocked", "c", "d", None, None),
        ("affected", "b", "c", "3", "31"),
        ("affected", "c", "d", None, None),
    ]


def test_what_goes_into_the_missing_is_stranded_unless_it_has_another_way() -> None:
    """Moved by four days and on, b misses c. What a gives it is then stranded, though it is in time; r feeds a alone. What s
    gives it also goes to c directly."""
    made = two().meetings("c", "r", "s").schedule("c", "2020-06-08/2020-06-12").feed("b", "c").feed("r", "a")
    made.feed("s", "b").feed("s", "c").feed("t", "s")
    assert effects(made, "b", "+4d") == [
        ("missing", "b", "c", "3", "-1"),
        ("stranded", "a", "b", "3", "7"),
        ("stranded", "r", "a", None, None),
        ("another-way", "s", "b", None, None),
    ]
    assert effects(made, "b", "+3d") == [
        ("in-time", "a", "b", "3", "6"),
        ("in-time", "b", "c", "3", "0"),
        ("unknown", "s", "b", None, None),
    ]


def test_what_only_may_be_missing_counts_as_missing_further_on() -> None:
    """ "Stranded: inputs from which no way leads to the receiver but through what is missing", missing already or maybe."""
    made = two(receiver="2020-05-27/2020-05-29").meetings("r", "c").feed("r", "a").feed("b", "c")
    assert effects(made, "a", "+1d") == [
        ("missing-already", "a", "b", "-2", "-3"),
        ("blocked", "b", "c", None, None),
        ("stranded", "r", "a", None, None),
    ]
    made = two("2020-05-01..2020-05-31").meetings("r").feed("r", "a")
    assert [row[0] for row in effects(made, "a", "+2d")] == ["unsure", "stranded"]


def test_rows_without_a_receiving_meeting_are_told_and_those_of_others_and_done_are_not() -> None:
    made = two().feed("a").feed("a", "party").feed("b").feed("party", "b").feed("a", "b", modality="done")
    assert effects(made, "a", "+3d") == [
        ("in-time", "a", "b", "3", "0"),
        ("no-receiver", "a", None, None, None),
        ("no-receiver", "a", "party", None, None),
    ]
    assert effects(made, "b", "+3d") == [("in-time", "a", "b", "3", "6"), ("no-receiver", "b", None, None, None)]


def test_a_meeting_put_off_twice_moves_from_the_plan_known_last() -> None:
    """Planned for May, then for June (known later): from 15 June, a week later it opens on the 22nd."""
    made = (
        two(receiver="2020-06-29/2020-06-30").document("later", known="2020-03-01").document("plan", known="2019-08-30")
    )
    made.schedule("a", "2020-06-15/2020-06-22", by="later")
    assert effects(made, "a", "+1w") == [("in-time", "a", "b", "7", "0")]
    dates = what_if(made.network(), thing("a"), "+1w").flat()[0]["dates_source"]
    assert dates == "later, line 4; plan, line 2"


def test_a_meeting_in_two_sessions_moves_as_a_whole() -> None:
    """Split over the turn of the year: opens on 14 December, closes on 8 January; 20 days to the 28th."""
    made = MadeUp().meetings("a", "b").meetings("a1", "a2", sessions_of="a").schedule("b", "2021-01-28/2021-01-29")
    made.schedule("a1", "2020-12-14/2020-12-18").schedule("a2", "2021-01-04/2021-01-08").feed("a", "b")
    assert effects(made, "a", "+20d") == [("in-time", "a", "b", "20", "0")]
    assert effects(made, "a", "2021-01-04") == [("missing", "a", "b", "20", "-1")], "21 days from 14 December"


def test_the_row_tells_the_mandate_and_how_firm_it_is() -> None:
    made = two().state("Mandate", "plan", 'rdfs:label "decision 14/34"@en')
    made.state(
        "Contribution", "plan", f"mg:contributionSource <{thing('a')}> ; mg:contributionRecipient <{thing('b')}>",
        f"mg:voice mgv:giver ; mg:modality mgv:may ; mg:underMandate <{thing('statement-4')}>",
    )  # fmt: skip
    rows = what_if(made.network(), thing("a"), "+1d").flat()
    assert [(row["mandate"], row["modality"]) for row in rows] == [(None, "will"), ("14/34", "may")]


def test_a_meeting_without_dates_is_moved_to_a_day_alone() -> None:
    """It closes on that day or later: surely missing where the receiver opened before, else unsure."""
    undated = two("")
    with pytest.raises(NotFound):
        what_if(undated.network(), thing("a"), "+1d")
    assert effects(undated, "a", "2020-06-01") == [("unsure", "a", "b", None, "..0")]
    assert effects(undated, "a", "2020-06-02") == [("missing", "a", "b", None, "..-1")]


def span(made: MadeUp) -> MeetingDates:
    return Calendar(made.network()).span(thing("a"))


@pytest.mark.parametrize(
    ("when", "change", "opening", "closing"),
    [
        # days of its own keep their length: five days
        (WEEK, "2020-09-28", day("2020-09-28"), day("2020-10-02")),
        (WEEK, "2019-12-30", day("2019-12-30"), day("2020-01-03")),
        (WEEK, "2020-05-25", day("2020-05-25"), day("2020-05-29")),
        # a month becomes a day on which it opens; it closes within as many days as the bounds have: 30 after the first
        ("2020-05-01..2020-05-31", "2020-09-01", day("2020-09-01"), Bounds(D("2020-09-01"), D("2020-10-01"))),
        # without an end none is made up, whether it moves on or back
        ("2020-05-01..", "2020-09-01", day("2020-09-01"), Bounds(D("2020-09-01"), None)),
        ("2020-05-01..", "2020-04-01", day("2020-04-01"), Bounds(D("2020-04-01"), None)),
        ("..2020-05-31", "2020-09-01", day("2020-09-01"), Bounds(D("2020-09-01"), None)),
        ("", "2020-09-01", day("2020-09-01"), Bounds(D("2020-09-01"), None)),
        # by days, bounds move as bounds
        ("2020-05-01..", "+31d", Bounds(D("2020-06-01"), None), Bounds(D("2020-06-01"), None)),
    ],
)
def test_to_where_a_meeting_moves(when: str, change: str, opening: Bounds, closing: Bounds) -> None:
    moved = moved_span(span(two(when)), change)
    assert (moved.opening, moved.closing, moved.moved) == (opening, closing, True)
    assert moved.statements == span(two(when)).statements, "the source is still that of the dates from which it moved"


def test_sessions_of_which_the_last_is_open_have_no_end_to_move() -> None:
    """The first session some time in May, the second from June on: it opens in May, and when it closes is open."""
    made = MadeUp().meetings("a").meetings("a1", "a2", sessions_of="a").schedule("a1", "2020-05-01..2020-05-31")
    made.schedule("a2", "2020-06-15..", precision="open-ended")
    moved = moved_span(span(made), "2020-04-01")
    assert (moved.opening, moved.closing) == (day("2020-04-01"), Bounds(D("2020-04-01"), None))


@pytest.mark.parametrize("text", ["2020-02-30", "2021-02-29", "2020-9-1", "soon", "", "2020-09-01+1m", "9999-12-31+1d"])
def test_what_is_no_move_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        moved_span(span(two()), text)


def opening(made: MadeUp, **more: tuple[int, ...]) -> list[dict[str, str | None]]:
    return earliest_opening(made.network(), thing("m"), **more).flat()


def inputs(**when: str) -> MadeUp:
    """A meeting planned for 27 July, and those that feed it with their dates, planned."""
    made = MadeUp().meetings("m", "other").schedule("m", "2020-07-27/2020-07-31").feed("m", "other")
    for meeting, days in when.items():
        made.meetings(meeting).schedule(meeting, days).feed(meeting, "m")
    return made


def test_the_day_after_the_last_input_closes_or_six_weeks_after() -> None:
    """Of 29 May and 30 June the latter: 1 July, and with 42 days (31 of them to the end of July) 11 August."""
    made = inputs(a=WEEK, b="2020-06-29/2020-06-30")
    rows = opening(made)
    assert [(row["rule"], row["earliest"]) for row in rows] == [
        ("no-time-for-documents", "2020-07-01"),
        ("six-weeks-for-documents", "2020-08-11"),
    ]
    for row in rows:
        assert (row["planned"], row["governed_by"], row["closes"]) == ("2020-07-27", "b", "2020-06-30")
        assert row["unsure"] == "a; b", "neither was reported as held"
        assert (row["source"], row["dates_source"]) == ("plan, line 6", "plan, line 5; plan, line 1")


@pytest.mark.parametrize(
    ("before", "days"),
    [
        # so many days after 31 December; none and one come to the same day, the next
        ((0,), [("no-time-for-documents", "2021-01-01")]),
        ((1,), [("1d", "2021-01-01")]),
        ((2,), [("2d", "2021-01-02")]),
        ((7, 0, 7), [("7d", "2021-01-07"), ("no-time-for-documents", "2021-01-01")]),
        ((60,), [("60d", "2021-03-01")]),  # 31 of January, 28 of February, one of March
        ((), []),
    ],
)
def test_days_for_documents(before: tuple[int, ...], days: list[tuple[str, str]]) -> None:
    rows = opening(inputs(a="2020-12-28/2020-12-31"), before=before)
    assert [(row["rule"], row["earliest"]) for row in rows] == days


@pytest.mark.parametrize(
    ("when", "phase", "precision", "earliest", "unsure"),
    [
        # "inputs count with the dates held where a document gives them": later, earlier, on a single day
        ("2020-06-01/2020-06-05", "held", "", "2020-06-06", None),
        ("2020-02-24/2020-02-28", "held", "", "2020-02-29", None),
        ("2020-06-01/2020-06-01", "held", "", "2020-06-02", None),
        # within bounds the last day is taken
        ("2020-06-01..2020-06-30", "held", "", "2020-07-01", None),
        ("2020-06-01..2020-08-09", "held", "several-dates", "2020-08-10", None),
        # under way it has not been held yet
        ("2020-06-01/2020-06-05", "under-way", "", "2020-06-06", "a"),
    ],
)
def test_dates_held_come_before_those_planned(
    when: str, phase: str, precision: str, earliest: str, unsure: str | None
) -> None:
    made = inputs(a=WEEK).schedule("a", when, phase=phase, by="report", precision=precision)
    (row,) = opening(made, before=(0,))
    assert (row["earliest"], row["unsure"]) == (earliest, unsure)
    assert str(row["dates_source"]).startswith("report, line 5")


def test_an_input_that_is_still_open_may_put_it_off_further() -> None:
    """Held, but with an open end: no day of closing is known. It counts as unsure, and the others govern."""
    made = inputs(a=WEEK, b="2020-05-04/2020-05-08").schedule("b", "2020-06-01..", phase="held", precision="open-ended")
    made.schedule("a", WEEK, phase="held").meetings("c").feed("c", "m").schedule("d", WEEK).feed("party", "m")
    (row,) = opening(made, before=(0,))
    assert (row["earliest"], row["governed_by"], row["unsure"]) == ("2020-05-30", "a", "b; c")


def test_inputs_that_close_on_the_same_day_govern_together() -> None:
    made = inputs(b="2020-05-28/2020-05-29", a=WEEK, c="2020-05-27/2020-05-28")
    (row,) = opening(made, before=(0,))
    assert (row["governed_by"], row["closes"], row["earliest"]) == ("a; b", "2020-05-29", "2020-05-30")
    assert row["source"] == "plan, line 4; plan, line 6", "the rows of both, in the order of the document"


def test_a_meeting_that_was_held_already_is_told_with_that_day() -> None:
    made = inputs(a=WEEK).schedule("m", "2020-05-11/2020-05-15", phase="held", by="report")
    (row,) = opening(made, before=(0,))
    assert (row["planned"], row["earliest"]) == ("2020-05-11", "2020-05-30")


@pytest.mark.parametrize("made", [inputs(), inputs(a=""), inputs(a="2020-05-01.."), inputs().feed("party", "m")])
def test_without_an_input_of_known_end_nothing_follows(made: MadeUp) -> None:
    assert earliest_opening(made.network(), thing("m")).status == "not-stated"
