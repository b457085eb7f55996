"""The rules on dates, on plans made up for the purpose: sessions, what was replaced, put off twice, partial dates, turns of
the year and of February. What is expected was worked out by hand, by the rule in words that stands above each table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from mandategraph.analysis.back_to_back import days_apart
from mandategraph.analysis.changes import changes
from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.times import Bounds, Calendar, Margin, MeetingDates, days_of, later, margin, span_of
from mandategraph.answers.answer import Cell
from mandategraph.messages import Text
from mandategraph.system.errors import UsageError

D = date.fromisoformat


def stated(text: str, phase: str = "planned", known: str = "2019-08-30", **more: object) -> Schedule:
    """`A/B` are days of the meeting's own, `A..B` bounds; the precision follows unless it is given."""
    start = end = earliest = latest = None
    precision = "no-date"
    if "/" in text:
        start, end = earliest, latest = tuple(map(D, text.split("/")))
        precision = "day-precision"
    elif text:
        earliest, latest = (D(one) if one else None for one in text.split(".."))
        precision = "month-precision"
    made = Schedule("s", "m", phase, "fixed", precision, "in-person", "d", D(known), "", start, end, earliest, latest)
    return replace(made, **more)  # type: ignore[arg-type]


def days(text: str) -> Bounds:
    first, _, last = text.partition("..")
    return Bounds(D(first), D(last)) if last else Bounds(D(first), D(first))


@pytest.mark.parametrize(
    ("schedule", "opening", "closing"),
    [
        # days of its own: both known; a month: both anywhere in it
        (stated("2020-05-25/2020-05-30"), days("2020-05-25"), days("2020-05-30")),
        (stated("2020-05-01..2020-05-31"), days("2020-05-01..2020-05-31"), days("2020-05-01..2020-05-31")),
        # several dates: the first of them opens it, the last closes it
        (stated("2020-03-02..2020-04-09", precision="several-dates"), days("2020-03-02"), days("2020-04-09")),
        # an open end: it opens on the day said and closes on that day or later
        (stated("2020-03-02..", precision="open-ended"), days("2020-03-02"), Bounds(D("2020-03-02"), None)),
        (stated(""), Bounds(), Bounds()),
    ],
)
def test_when_a_meeting_opens_and_closes(schedule: Schedule, opening: Bounds, closing: Bounds) -> None:
    span = span_of(schedule)
    assert (span.opening, span.closing) == (opening, closing)


@pytest.mark.parametrize(
    ("closing", "due", "least", "most", "verdict"),
    [
        # in time on the day itself; late from the day after; the least is counted from the last closing to the first due
        ("2020-05-30", "2020-05-30", 0, 0, "in-time"),
        ("2020-05-31", "2020-05-30", -1, -1, "late"),
        ("2020-12-31", "2021-01-01", 1, 1, "in-time"),
        ("2020-02-28", "2020-03-01", 2, 2, "in-time"),
        ("2019-02-28", "2019-03-01", 1, 1, "in-time"),
        ("2020-05-01..2020-05-31", "2020-05-31", 0, 30, "in-time"),
        ("2020-05-01..2020-05-31", "2020-05-30", -1, 29, "maybe"),
        ("2020-05-01..2020-05-31", "2020-05-01", -30, 0, "maybe"),
        ("2020-05-01..2020-05-31", "2020-04-30", -31, -1, "late"),
        ("2020-05-30", "2020-05-01..2020-06-30", -29, 31, "maybe"),
    ],
)
def test_margins(closing: str, due: str, least: int, most: int, verdict: str) -> None:
    found = margin(days(closing), days(due))
    assert (found, found.verdict) == (Margin(least, most), verdict)


def test_a_margin_without_a_bound_says_only_what_follows() -> None:
    open_end = Bounds(D("2020-05-01"), None)
    assert margin(open_end, days("2020-04-30")).verdict == "late", "it closes on 1 May at the soonest"
    assert margin(open_end, days("2020-05-01")).verdict == "maybe"
    assert margin(Bounds(), days("2020-05-01")).verdict == "unknown"


def network(schedules: dict[str, list[Schedule]], **more: object) -> SimpleNamespace:
    return SimpleNamespace(**{"schedules": schedules, "sessions": {}, "replaced": {}, **more})


def test_a_meeting_in_sessions_lasts_from_the_first_to_the_last() -> None:
    """Split over the turn of a year, one session known by its month: it closes in that month, no day of it is taken."""
    sessions = {"m": ["a", "b"]}
    given = {"a": [stated("2020-12-14/2020-12-18", "held")], "b": [stated("2021-01-01..2021-01-31", "held")]}
    span = Calendar(network(given, sessions=sessions), ("held",)).span("m")  # type: ignore[arg-type]
    assert span.opening == days("2020-12-14")
    assert span.closing == days("2021-01-01..2021-01-31")


def test_a_session_without_a_date_leaves_both_ends_open() -> None:
    given = {"a": [stated("2020-12-14/2020-12-18", "held")], "b": [stated("", "held")]}
    span = Calendar(network(given, sessions={"m": ["a", "b"]}), ("held",)).span("m")  # type: ignore[arg-type]
    assert span.opening == Bounds() and span.closing == Bounds()


def test_what_took_the_place_of_a_meeting_is_when_it_was_held_and_not_when_it_was_planned() -> None:
    given = {"n": [stated("2020-06-01/2020-06-02", "held"), stated("2020-05-01/2020-05-02", "planned")]}
    made = network(given, replaced={"m": ["n"]})
    assert Calendar(made, ("held",)).span("m").opening == days("2020-06-01")  # type: ignore[arg-type]
    assert Calendar(made, ("planned",)).span("m") == MeetingDates()  # type: ignore[arg-type]


def test_of_two_plans_the_one_known_latest_counts_and_its_first_saying_is_the_source() -> None:
    """Put off twice: May, then June, then June said again later."""
    may = stated("2020-05-18/2020-05-23", known="2019-08-30", iri="may")
    june = stated("2020-06-15/2020-06-20", known="2020-03-01", iri="june")
    again = stated("2020-06-15/2020-06-20", known="2020-05-01", iri="again")
    (found,) = Calendar(network({"m": [may, june, again]})).span("m").statements  # type: ignore[arg-type]
    assert found.iri == "june"
    undated = stated("", known="2020-06-01", iri="undated")
    (found,) = Calendar(network({"m": [may, undated]})).span("m").statements  # type: ignore[arg-type]
    assert found.iri == "may", "a statement without a date says nothing of when"


@pytest.mark.parametrize(
    ("bounds", "text"),
    [
        (days("2020-05-25"), "2020-05-25"),
        (days("2020-01-01..2020-01-31"), "2020-01-01/2020-01-31"),
        (Bounds(D("2020-04-30"), None), "2020-04-30/.."),
        (Bounds(None, D("2020-04-30")), "../2020-04-30"),
        (Bounds(), None),
    ],
)
def test_bounds_are_told_as_far_as_they_are_known(bounds: Bounds, text: str | None) -> None:
    assert (bounds.text(), bounds.known) == (text, text is not None)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Margin(45, 45), "45"),
        (Margin(0, 0), "0"),
        (Margin(-18, 12), "-18..12"),
        (Margin(None, 29), "..29"),
        (Margin(0, None), "0.."),
        (Margin(), None),
    ],
)
def test_margins_are_told_as_far_as_they_are_known(found: Margin, text: str | None) -> None:
    assert found.text() == text


def test_a_meeting_is_fixed_where_all_its_statements_are_or_where_we_moved_it() -> None:
    fixed, open_ = stated("2020-05-25/2020-05-30"), stated("2020-06-01/2020-06-02", status="to-be-confirmed")
    assert span_of(fixed).fixed and not span_of(open_).fixed
    assert not replace(span_of(fixed), statements=(fixed, open_)).fixed
    assert span_of(open_).shifted(1).fixed and MeetingDates().shifted(1).moved
    assert not span_of(open_).moved and not MeetingDates().moved


@pytest.mark.parametrize("end", ["start", "end"])
def test_one_day_alone_is_no_span(end: str) -> None:
    """Both lie somewhere within the bounds where the days of opening and closing are not both stated."""
    half = stated("2020-05-01..2020-05-31", **{end: D("2020-05-25")})
    assert span_of(half).opening == span_of(half).closing == days("2020-05-01..2020-05-31")


@pytest.mark.parametrize(
    ("vaguer", "sharper"),
    [
        ("month-precision", "day-precision"),
        ("shared-range", "day-precision"),
        ("several-dates", "day-precision"),
        ("open-ended", "shared-range"),
        ("open-ended", "several-dates"),
        ("month-precision", "shared-range"),
        ("month-precision", "several-dates"),
        ("quarter-precision", "open-ended"),
        ("quarter-precision", "month-precision"),
    ],
)
def test_of_plans_known_on_one_day_the_more_precise_counts(vaguer: str, sharper: str) -> None:
    """Days of its own, then a range or several dates, then a month or an open end, then the rest; of two that are as precise
    the last by its name, which here is the vaguer one."""
    one = stated("2020-05-01..2020-05-31", precision=vaguer, iri="z")
    other = stated("2020-05-18..2020-05-23", precision=sharper, iri="a")
    for told in ([one, other], [other, one]):
        (found,) = Calendar(network({"m": told})).span("m").statements  # type: ignore[arg-type]
        assert found.iri == "a"
    known_later = replace(one, known=D("2020-01-01"))
    (found,) = Calendar(network({"m": [known_later, other]})).span("m").statements  # type: ignore[arg-type]
    assert found.iri == "z", "what was known later counts, however vague"


def test_of_plans_that_are_as_precise_the_last_by_name_counts() -> None:
    for precisions in (("shared-range", "several-dates"), ("open-ended", "month-precision")):
        for pair in (precisions, precisions[::-1]):
            told = [stated(f"2020-05-0{day}..2020-05-31", precision=kind, iri=name)
                    for day, kind, name in zip((1, 2), pair, "ab", strict=True)]  # fmt: skip
            (found,) = Calendar(network({"m": told})).span("m").statements  # type: ignore[arg-type]
            assert found.iri == "b"


def test_of_two_that_say_the_same_on_one_day_the_source_is_the_one_chosen() -> None:
    """Of what is as precise and known on the same day the last by name is chosen, and no document said it first."""
    told = [stated("2020-05-18/2020-05-23", iri=name) for name in ("b", "a")]
    (found,) = Calendar(network({"m": told})).span("m").statements  # type: ignore[arg-type]
    assert found.iri == "b"


def test_a_meeting_is_in_the_phase_of_its_first_statement() -> None:
    held, planned = stated("2020-05-18/2020-05-23", "held"), stated("2020-06-01/2020-06-02")
    assert (span_of(held).phase, MeetingDates().phase) == ("held", "")
    assert replace(span_of(held), statements=(planned, held)).phase == "planned"


def test_a_statement_with_bounds_comes_before_one_that_is_silent() -> None:
    """Put off to a day to be determined: the month that was said before is the only date there is."""
    month, silent = stated("2020-05-01..2020-05-31", iri="month"), stated("", known="2020-06-01", iri="silent")
    until = stated("", iri="until", latest=D("2020-05-31"), precision="bounded")
    (found,) = Calendar(network({"m": [month, silent]})).span("m").statements  # type: ignore[arg-type]
    assert found.iri == "month"
    span = Calendar(network({"m": [until, silent]})).span("m")  # type: ignore[arg-type]
    assert span.opening == Bounds(None, D("2020-05-31")), "a day by which it is to be is a date"


@pytest.mark.parametrize(("text", "days"), [("6w", 42), ("42d", 42), ("-2w", -14), ("+60D", 60), (" 1w ", 7)])
def test_shifts_are_read(text: str, days: int) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize("text", ["", "6", "6m", "w", "+-3d", "2020", "1.5w", "٣d" * 9])
def test_what_is_no_shift_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        days_of(text)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        # from the last day of the one to the first of the other, in either order; 1 is the very next day
        ("2020-02-20/2020-02-23", "2020-02-24/2020-02-29", 1),
        ("2020-02-24/2020-02-29", "2020-02-20/2020-02-23", 1),
        ("2020-02-20/2020-02-22", "2020-02-24/2020-02-29", 2),
        ("2020-02-28/2020-02-28", "2020-03-02/2020-03-03", 3),
        ("2020-12-30/2020-12-31", "2021-01-01/2021-01-02", 1),
        ("2020-02-20/2020-02-24", "2020-02-24/2020-02-29", 0),
        ("2020-02-25/2020-02-26", "2020-02-24/2020-02-29", 0),
        ("", "2020-02-24/2020-02-29", None),
        ("2020-02-01..", "2020-02-24/2020-02-29", None),
    ],
)
def test_days_between_two_meetings(one: str, other: str, apart: int | None) -> None:
    assert days_apart(span_of(stated(one)), span_of(stated(other))) == apart


def test_a_meeting_is_moved_later_by_days_and_earlier_by_negative_ones() -> None:
    """Over the turn of a year, and over the last of February of a leap year; bounds move as bounds."""
    span = span_of(stated("2019-12-30/2020-01-03"))
    assert (span.shifted(60).opening, span.shifted(60).closing) == (days("2020-02-28"), days("2020-03-03"))
    assert span.shifted(-30).opening == days("2019-11-30") and span.shifted(-30).moved
    open_end = span_of(stated("2020-03-02..", precision="open-ended"))
    assert open_end.shifted(7).closing == Bounds(D("2020-03-09"), None)
    assert later(D("2020-02-28"), 2) == D("2020-03-01") and later(D("2021-01-01"), -1) == D("2020-12-31")


PLACES = SimpleNamespace(cell=lambda place: Cell(place, Text(en=place.title(), zh=place)))


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (stated("2020-05-18/2020-05-23"), stated("2020-05-18/2020-05-23"), ["same"]),
        (stated("2020-05-18/2020-05-23"), stated("2021-05-03/2021-05-08"), ["postponed"]),
        (stated("2020-05-18/2020-05-23"), stated("2020-05-17/2020-05-22"), ["advanced"]),
        (stated("2020-05-18/2020-05-23"), stated("2020-05-18/2020-05-24"), ["longer"]),
        (stated("2020-05-18/2020-05-23"), stated("2020-05-18/2020-05-22"), ["shorter"]),
        (stated("2020-12-28/2020-12-31"), stated("2021-01-04/2021-01-06"), ["postponed", "shorter"]),
        # partial dates: only what is sure of the opening is a move, all else is a date that became known
        (stated("2020-05-01..2020-05-31"), stated("2020-06-01/2020-06-05"), ["postponed"]),
        (stated("2020-05-01..2020-05-31"), stated("2020-04-30/2020-05-02"), ["advanced"]),
        (stated("2020-05-01..2020-05-31"), stated("2020-05-18/2020-05-23"), ["dated"]),
        (stated(""), stated("2020-05-18/2020-05-23"), ["dated"]),
        # a statement without days keeps no plan, whether it is silent on them or says that they are open
        (stated("2020-05-18/2020-05-23"), stated(""), ["silent"]),
        (stated("2020-05-18/2020-05-23"), stated("", status="to-be-determined"), ["undetermined"]),
        (stated("2020-05-18/2020-05-23"), stated("", "held"), ["silent", "held"]),
        (stated("2020-05-18/2020-05-23"), stated("2020-05-18/2020-05-23", "held"), ["as-planned"]),
        (stated("2020-05-18/2020-05-23"), stated("2020-06-01/2020-06-06", "held"), ["postponed", "held"]),
        # bounds on one side only
        (stated("2020-05-18/2020-05-23"), stated("..2020-07-31"), ["dated"]),
    ],
)
def test_kinds_of_changes_between_two_statements(old: Schedule, new: Schedule, kinds: list[str]) -> None:
    assert [one.kind for one in changes(PLACES, old, new)] == kinds  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (("in-person", ("montreal",)), ("in-person", ("geneva",)), ["moved"]),
        (("in-person", ("montreal",)), ("online", ()), ["moved-online"]),
        (("in-person", ("canada",)), ("in-person", ("montreal, canada",)), ["settled"]),
        (("not-stated", ()), ("in-person", ("geneva",)), ["settled"]),
        (("not-stated", ()), ("online", ()), ["settled"]),
        (("in-person", ("montreal",)), ("in-person", ()), ["same"]),
    ],
)
def test_kinds_of_changes_of_place(
    old: tuple[str, tuple[str, ...]], new: tuple[str, tuple[str, ...]], kinds: list[str]
) -> None:
    before, after = (stated("2020-05-18/2020-05-23", mode=mode, places=places) for mode, places in (old, new))
    assert [one.kind for one in changes(PLACES, before, after)] == kinds  # type: ignore[arg-type]
