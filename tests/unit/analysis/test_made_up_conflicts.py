"""Facts on which sources disagree, on made-up statements. What is expected was worked out by hand, by the words in which the
answer explains itself and by the docstrings of what is called."""

from __future__ import annotations

import pytest
from made_up import MadeUp, thing
from mandategraph.analysis.conflicts import conflicts
from mandategraph.system.errors import NotFound

WEEK = "2020-06-01/2020-06-05"


def told(made: MadeUp, meeting: str | None = None, **given: object) -> list[tuple[str | None, ...]]:
    """Of each row what differs, both sources, and how they stand."""
    rows = conflicts(made.network(), thing(meeting) if meeting else None, given).flat()
    names = ("kind", "one_source", "other_source", "relation")
    return [tuple(row[name] for name in names) for row in rows]


def two(first: str, second: str, **more: str) -> MadeUp:
    """What the early document says of a meeting (line 1), and the late one (line 2), both as a plan."""
    made = MadeUp().meetings("m").document("early", known="2019-08-30").document("late", known="2020-03-01")
    return made.schedule("m", first, by="early").schedule("m", second, by="late", **more)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        # days of its own on both sides: the same or not, whichever end it is
        (WEEK, WEEK, False),
        (WEEK, "2020-06-02/2020-06-05", True),
        (WEEK, "2020-06-01/2020-06-06", True),
        (WEEK, "2020-06-01/2020-06-01", True),
        ("2020-06-01/2020-06-01", "2020-06-01/2020-06-01", False),
        ("2020-12-28/2020-12-31", "2020-12-28/2021-01-01", True),
        # "a vaguer date that holds the other is no difference": its first and last day belong to it
        (WEEK, "2020-06-01..2020-06-30", False),
        (WEEK, "2020-06-01..2020-06-05", False),
        (WEEK, "2020-06-02..2020-06-30", True),
        (WEEK, "2020-05-01..2020-06-04", True),
        (WEEK, "2020-07-01..2020-07-31", True),
        (WEEK, "2020-06-02..2020-06-04", True),  # days that are known are held by nothing shorter
        ("2020-06-01..2020-06-30", "2020-05-01..2020-07-31", False),
        ("2020-06-01..2020-06-30", "2020-06-01..2020-06-30", False),
        ("2020-06-01..2020-06-30", "2020-06-15..2020-07-15", True),
        # an open end holds everything beyond
        (WEEK, "2020-06-01..", False),
        (WEEK, "2020-06-02..", True),
        (WEEK, "..2020-06-05", False),
        (WEEK, "..2020-06-04", True),
        ("2020-05-01..", "2020-06-01..", False),
        ("2020-06-01..2020-06-30", "2020-05-15..", False),
        ("2020-05-01..2020-06-30", "2020-05-15..", True),
        ("..2020-06-30", "..2020-07-31", False),
        ("..2020-06-30", "2020-06-01..", True),
        ("2020-05-01..2020-06-30", "..2020-06-15", True),
        # "nor is a fact that only one source gives"
        (WEEK, "", False),
        ("2020-06-01..", "", False),
        ("..2020-06-30", "", False),
        ("", "", False),
    ],
)
def test_dates_differ_where_neither_holds_the_other(one: str, other: str, differ: bool) -> None:
    row = ("dates", "early, line 1", "late, line 2", "superseded")
    assert told(two(one, other)) == [row] * differ
    assert told(two(other, one)) == [row] * differ, "whichever was known first"


def place(made: MadeUp, code: str, name: str) -> MadeUp:
    return made.register(f'<{thing(code)}> a mg:Place ; mg:code "{code}" ; skos:prefLabel "{name}"@en , "{code}"@zh .')


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("bern", "bern", False),
        ("bern", "rome", True),
        # a country that holds the town is no difference, in either order; nor is a place that only one source gives
        ("bern", "switzerland", False),
        ("switzerland", "bern", False),
        ("rome", "switzerland", True),
        ("bern", "", False),
        ("", "bern", False),
        # of two places each must be in the other
        ("bern rome", "rome", False),
        ("bern rome", "switzerland", True),
    ],
)
def test_places_differ_where_neither_holds_the_other(one: str, other: str, differ: bool) -> None:
    made = MadeUp().meetings("m")
    for code, name in (("bern", "Bern, Switzerland"), ("rome", "Rome, Italy"), ("switzerland", "Switzerland")):
        place(made, code, name)
    made.schedule("m", WEEK, by="early", places=one).schedule("m", WEEK, by="late", places=other)
    rows = conflicts(made.network(), None, {}).flat()
    assert [(row["kind"], row["one"], row["other"]) for row in rows] == (
        [("place", "; ".join(one.split()), other)] if differ else []
    )


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("in-person", "online", True),
        ("in-person", "in-person", False),
        ("in-person", "mode-not-stated", False),
        ("mode-not-stated", "online", False),
        ("mode-not-stated", "mode-not-stated", False),
    ],
)
def test_modes(one: str, other: str, differ: bool) -> None:
    made = MadeUp().meetings("m").schedule("m", WEEK, by="early", mode=one).schedule("m", WEEK, by="late", mode=other)
    rows = conflicts(made.network(), None, {}).flat()
    assert [(row["kind"], row["one"], row["other"]) for row in rows] == [("mode", one, other)] * differ


@pytest.mark.parametrize(
    ("phases", "statuses", "differ"),
    [
        (("planned", "planned"), ("to-be-determined", "fixed"), True),
        (("planned", "planned"), ("fixed", "fixed"), False),
        (("held", "held"), ("fixed", "to-be-confirmed"), True),
        # that a plan was not settled is no difference from what was held
        (("planned", "held"), ("to-be-confirmed", "fixed"), False),
    ],
)
def test_statuses_differ_within_a_phase_alone(phases: tuple[str, str], statuses: tuple[str, str], differ: bool) -> None:
    made = MadeUp().meetings("m")
    for by, phase, status in zip(("early", "late"), phases, statuses, strict=True):
        made.schedule("m", WEEK, by=by, phase=phase, status=status)
    rows = conflicts(made.network(), None, {}).flat()
    assert [(row["kind"], row["one"], row["other"]) for row in rows] == [("status", *statuses)] * differ


def test_places_are_told_by_their_names_in_both_languages() -> None:
    made = place(place(MadeUp().meetings("m"), "bern", "Bern, Switzerland"), "rome", "Rome, Italy")
    made.schedule("m", WEEK, by="early", places="bern").schedule("m", WEEK, by="late", places="rome")
    (row,) = conflicts(made.network(), None, {}).flat()
    assert (row["one_en"], row["one_zh"], row["other_en"]) == ("Bern, Switzerland", "bern", "Rome, Italy")


LATER = "2020-06-08/2020-06-12"


@pytest.mark.parametrize(
    ("first", "second", "known", "relation"),
    [
        ("planned", "planned", ("2019-08-30", "2020-03-01"), "superseded"),
        # known on the same day, or of which one has no date: neither is the earlier one
        ("planned", "planned", ("2020-03-01", "2020-03-01"), "contradiction"),
        ("planned", "planned", ("2020-03-01", ""), "contradiction"),
        ("planned", "planned", ("", ""), "contradiction"),
        ("planned", "held", ("2019-08-30", "2020-03-01"), "plan-and-fact"),
        ("planned", "under-way", ("2020-03-01", "2020-03-01"), "plan-and-fact"),
        ("held", "held", ("2019-08-30", "2020-03-01"), "contradiction"),
        ("held", "under-way", ("2019-08-30", "2020-03-01"), "contradiction"),
    ],
)
def test_how_two_sources_stand(first: str, second: str, known: tuple[str, str], relation: str) -> None:
    made = MadeUp().meetings("m").document("a", known=known[0]).document("b", known=known[1])
    made.schedule("m", WEEK, by="a", phase=first).schedule("m", LATER, by="b", phase=second)
    assert told(made) == [("dates", "a, line 1", "b, line 2", relation)]


@pytest.mark.parametrize(
    ("statuses", "relation"),
    [
        (("to-be-confirmed", "fixed"), "superseded"),
        (("fixed", "to-be-determined"), "superseded"),
        (("fixed", "fixed"), "contradiction"),
        (("to-be-confirmed", "to-be-determined"), "contradiction"),
    ],
)
def test_two_plans_of_one_source(statuses: tuple[str, str], relation: str) -> None:
    """They "contradict each other", but for one that is not fixed, which a fixed one supersedes."""
    made = MadeUp().meetings("m").document("a", known="2020-03-01")
    for when, status in zip((WEEK, LATER), statuses, strict=True):
        made.schedule("m", when, by="a", status=status)
    assert told(made)[0] == ("dates", "a, line 1", "a, line 2", relation)
    apart = MadeUp().meetings("m").document("a", known="2020-03-01").document("b", known="2020-03-01")
    for when, status, by in zip((WEEK, LATER), statuses, ("a", "b"), strict=True):
        apart.schedule("m", when, by=by, status=status)
    assert told(apart)[0][3] == "contradiction", "of two sources known on one day none is the later"


def test_plans_stand_before_facts_and_what_was_known_first_in_front() -> None:
    """Put off twice and held on other days again: each of the four against each later one; documents without a date last."""
    made = MadeUp().meetings("m").document("z", known="2019-08-30").document("y", known="2020-03-01").document("x")
    made.schedule("m", "2020-09-01/2020-09-02", by="z", phase="held").schedule("m", LATER, by="y")
    made.schedule("m", "2020-07-01/2020-07-02", by="x").schedule("m", WEEK, by="z")
    assert told(made) == [
        ("dates", "z, line 4", "y, line 2", "superseded"),
        ("dates", "z, line 4", "x, line 3", "contradiction"),
        ("dates", "z, line 4", "z, line 1", "plan-and-fact"),
        ("dates", "y, line 2", "x, line 3", "contradiction"),
        ("dates", "y, line 2", "z, line 1", "plan-and-fact"),
        ("dates", "x, line 3", "z, line 1", "plan-and-fact"),
    ]


def several() -> MadeUp:
    """m differs in its dates between a and b (a plan) and c (held); n in mode between a and b."""
    made = MadeUp().meetings("m", "n", "quiet").document("a", known="2019-08-30").document("b", known="2020-03-01")
    made.document("c", known="2021-01-31").schedule("m", WEEK, by="a").schedule("m", LATER, by="b")
    made.schedule("m", "2020-07-01/2020-07-02", by="c", phase="held", mode="online")
    made.schedule("n", "", by="a").schedule("n", "", by="b", mode="online")
    return made.schedule("quiet", WEEK, by="a").schedule("quiet", WEEK, by="b")


@pytest.mark.parametrize(
    ("meeting", "given", "lines"),
    [
        (None, {}, ["1 2 dates", "1 3 dates", "1 3 mode", "2 3 dates", "2 3 mode", "4 5 mode"]),
        ("n", {}, ["4 5 mode"]),
        ("quiet", {}, []),
        (None, {"kind": "mode"}, ["1 3 mode", "2 3 mode", "4 5 mode"]),
        (None, {"relation": "superseded"}, ["1 2 dates", "4 5 mode"]),
        (None, {"kind": "mode", "relation": "superseded"}, ["4 5 mode"]),
        (None, {"kind": "place"}, []),
        (None, {"between": ["a", "b"]}, ["1 2 dates", "4 5 mode"]),
        (None, {"between": ["C", "A"]}, ["1 3 dates", "1 3 mode"]),
        ("m", {"between": ["b", "c"], "kind": "dates"}, ["2 3 dates"]),
        (None, {"between": ["a", "a"]}, []),
    ],
)
def test_an_answer_may_be_narrowed(meeting: str | None, given: dict[str, object], lines: list[str]) -> None:
    found = told(several(), meeting, **given)
    assert [f"{(one or '')[-1]} {(other or '')[-1]} {kind}" for kind, one, other, _ in found] == lines


def test_what_was_asked_and_what_is_not_there() -> None:
    network = several().network()
    answer = conflicts(network, thing("n"), {"between": ["B", "a"]})
    assert answer.params == {"meeting": ("n",), "between": ("b", "a")}
    assert conflicts(network, thing("quiet"), {}).status == "no", "all that is told agrees"
    assert conflicts(MadeUp().meetings("m").network(), None, {}).status == "not-stated"
    with pytest.raises(NotFound):
        conflicts(network, None, {"between": ["a", "unknown"]})


def named(made: MadeUp, meeting: str, by: str, name: str, language: str = "en", kind: str = "official-name") -> MadeUp:
    return made.state(
        "Name", by, f'mg:nameOf <{thing(meeting)}> ; mg:nameKind mgv:{kind} ; mg:spelling "{name}"@{language}'
    )


def test_official_names_that_two_sources_give() -> None:
    made = MadeUp().meetings("m", "n").document("a").document("b").document("c")
    named(named(named(made, "m", "a", "First workshop"), "m", "b", "Workshop one"), "m", "c", "first  WORKSHOP")
    assert told(made) == [
        ("name", "a, line 1", "b, line 2", "contradiction"),
        ("name", "b, line 2", "c, line 3", "contradiction"),
    ]
    assert told(made, "m", between=["a", "b"]) == [("name", "a, line 1", "b, line 2", "contradiction")]
    assert told(made, "n") == [] and told(made, kind="dates") == [] and told(made, between=["a", "c"]) == []


def test_names_in_two_languages_of_two_kinds_or_things_do_not_disagree() -> None:
    made = MadeUp().meetings("m", "n").document("a").document("b")
    named(named(made, "m", "a", "Workshop"), "m", "b", "讲习班", "zh")
    named(named(made, "n", "a", "Forum"), "n", "b", "Dialogue", kind="variant-name")
    named(named(made, "party", "a", "One"), "party", "b", "Another")
    assert told(made) == []


def test_of_two_names_of_one_source_the_first_is_compared() -> None:
    """By the alphabet; a source does not disagree with itself. Meetings by their codes, then languages."""
    made = MadeUp().meetings("k", "m").document("a").document("b")
    named(named(named(made, "m", "a", "Zebra"), "m", "a", "Ant"), "m", "b", "Bee")
    named(named(made, "m", "a", "磋商", "zh"), "m", "b", "论坛", "zh")
    named(named(made, "k", "a", "Forum"), "k", "b", "Dialogue")
    named(named(made, "k", "a", "论坛", "zh"), "k", "b", "磋商", "zh")
    rows = conflicts(made.network(), None, {}).flat()
    assert [(row["meeting"], row["one"], row["other"], row["one_source"]) for row in rows] == [
        ("k", "Forum", "Dialogue", "a, line 6"),
        ("k", "论坛", "磋商", "a, line 8"),
        ("m", "Ant", "Bee", "a, line 2"),
        ("m", "磋商", "论坛", "a, line 4"),
    ]
