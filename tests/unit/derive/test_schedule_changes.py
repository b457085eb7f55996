"""The rules on plan and fact, on made-up plans: earlier, later, shorter, longer, moved, split, replaced, put off twice, over
the turn of a year, and dates that are known only in part. What is expected was worked out by hand from the rule in words:
exact where both sides have days of their own, at least so much where one has bounds only, and nothing beyond the words."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest
from mandategraph.derive.changes import Schedule, changes, compare
from mandategraph.rdf import namespaces

D = date.fromisoformat


def when(text: str, mode: str = "in-person", places: str = "", phase: str = "planned") -> Schedule:
    """`2020-05-18/2020-05-23` are days of the meeting's own, `2020-05..2020-06` bounds (first of a month, last of one)."""
    made = Schedule("s", "m", "d", phase, mode, places=set(places.split()))
    if "/" in text:
        made.start, made.end = map(D, text.split("/"))
        made.earliest, made.latest = made.start, made.end
    elif text:
        made.earliest, made.latest = (D(one) if one else None for one in text.split(".."))
    return made


def held(text: str, mode: str = "in-person", places: str = "") -> Schedule:
    return when(text, mode, places, "held")


WEEK = "2020-05-18/2020-05-23"
MAY = "2020-05-01..2020-05-31"


@pytest.mark.parametrize(
    ("plan", "fact", "kinds", "slip", "exact"),
    [
        # days of its own on both sides: the slip is exact, in days, positive for later
        (WEEK, "2020-05-18/2020-05-23", ("as-planned",), 0, True),
        (WEEK, "2020-05-19/2020-05-24", ("postponed",), 1, True),
        (WEEK, "2020-05-17/2020-05-22", ("advanced",), -1, True),
        (WEEK, "2020-05-18/2020-05-24", ("longer",), 0, True),
        (WEEK, "2020-05-18/2020-05-22", ("shorter",), 0, True),
        (WEEK, "2020-05-18/2020-05-18", ("shorter",), 0, True),
        (WEEK, "2020-06-01/2020-06-03", ("postponed", "shorter"), 14, True),
        (WEEK, "2020-05-11/2020-05-23", ("advanced", "longer"), -7, True),
        # a leap day between: 29 February counts
        ("2020-02-24/2020-02-29", "2020-03-02/2020-03-07", ("postponed",), 7, True),
        # over the turn of a year: 29 December to 12 January is 14 days
        ("2020-12-29/2020-12-31", "2021-01-12/2021-01-14", ("postponed",), 14, True),
        ("2021-01-12/2021-01-14", "2020-12-29/2020-12-31", ("advanced",), -14, True),
        # bounds in the plan: later than its last possible day, at least by the days between
        (MAY, "2020-06-10/2020-06-12", ("postponed",), 10, False),
        (MAY, "2020-05-31/2020-06-02", (), None, False),
        (MAY, "2020-05-01/2020-05-02", (), None, False),
        (MAY, "2020-04-30/2020-05-01", ("advanced",), None, False),
        # bounds of what was held
        (WEEK, "2020-06-01..2020-06-30", ("postponed",), 14, False),
        (WEEK, "2020-05-01..2020-05-31", (), None, False),
        (WEEK, "2020-04-01..2020-04-30", ("advanced",), None, False),
        # bounds on both sides, which touch or not
        (MAY, "2020-06-01..2020-06-30", ("postponed",), 1, False),
        (MAY, "2020-05-31..2020-06-30", (), None, False),
        (MAY, "2020-04-01..2020-04-30", ("advanced",), None, False),
        # a quarter, or an open end: only what is bounded counts
        ("2020-01-01..2020-03-31", "2020-04-05/2020-04-06", ("postponed",), 5, False),
        ("2020-04-01..", "2020-03-01/2020-03-02", ("advanced",), None, False),
        ("2020-04-01..", "2020-06-01/2020-06-02", (), None, False),
        # nothing settled on one side: nothing follows
        ("", "2020-06-01/2020-06-02", (), None, False),
        (WEEK, "", (), None, False),
    ],
)
def test_days(plan: str, fact: str, kinds: tuple[str, ...], slip: int | None, exact: bool) -> None:
    assert compare(when(plan), held(fact)) == (kinds, slip, exact)


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (("in-person", "montreal"), ("in-person", "montreal"), ("as-planned",)),
        (("in-person", "montreal"), ("in-person", "geneva"), ("moved",)),
        (("in-person", "montreal"), ("online", ""), ("moved-online",)),
        (("in-person", "montreal"), ("online", "montreal"), ("moved-online",)),
        (("in-person", ""), ("in-person", "geneva"), ()),
        (("in-person", "montreal"), ("in-person", ""), ()),
        (("online", ""), ("in-person", "geneva"), ()),
        (("in-person", "montreal geneva"), ("in-person", "montreal"), ("moved",)),
        (("not-stated", ""), ("online", ""), ()),
    ],
)
def test_places_and_modes_of_the_same_days(
    before: tuple[str, str], after: tuple[str, str], kinds: tuple[str, ...]
) -> None:
    assert compare(when(WEEK, *before), held(WEEK, *after))[0] == kinds


def test_put_off_and_moved_online_are_both_told() -> None:
    kinds, slip, _ = compare(when(WEEK, "in-person", "montreal"), held("2021-05-03/2021-06-09", "online"))
    assert kinds == ("postponed", "longer", "moved-online") and slip == 350


GRAPH = """
@prefix mg: <https://w3id.org/mandategraph/ontology#> . @prefix mgv: <https://w3id.org/mandategraph/value#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix id: <https://w3id.org/mandategraph/id/> .
<https://example.org/g> {
  id:plan mg:coversFrom "2020-01-01"^^xsd:date ; mg:coversTo "2020-01-31"^^xsd:date .
  id:report mg:coversFrom "2020-01-01"^^xsd:date ; mg:coversTo "2020-12-31"^^xsd:date .
  %s
}
"""


def statement(name: str, meeting: str, document: str, phase: str, days: str = "") -> str:
    text = f"id:{name} a mg:ScheduleStatement ; mg:schedules id:{meeting} ; mg:statedIn id:{document} ; mg:mode mgv:in-person"
    text += f" ; mg:phase mgv:{phase}"
    if days:
        start, end = (f'"{one}"^^xsd:date' for one in days.split("/"))
        text += f" ; mg:startDate {start} ; mg:endDate {end} ; mg:earliest {start} ; mg:latest {end}"
    return text + " ."


def derived(*lines: str) -> dict[tuple[str, str], dict[str, list[str]]]:
    """For each change the plan and what it is held against, with its kinds and its slip."""
    store = ox.Store()
    store.load((GRAPH % "\n  ".join(lines)).encode(), format=ox.RdfFormat.TRIG)
    found: dict[str, dict[str, list[str]]] = {}
    for quad in changes(store):
        name = namespaces.compact(quad.predicate.value).rpartition(":")[2]
        value = quad.object.value.rpartition("/")[2].rpartition("#")[2]
        found.setdefault(quad.subject.value, {}).setdefault(name, []).append(value)
    against = ("toStatement", "silentDocument", "resultingMeeting")
    return {
        (one["fromStatement"][0], next((one[name][0] for name in against if name in one), "")): one
        for one in found.values()
    }


PLAN = statement("p1", "m1", "plan", "planned", "2020-05-18/2020-05-23")
OTHER = statement("h9", "m9", "report", "held", "2020-02-01/2020-02-02")  # so that the report tells of meetings held


def test_a_plan_is_held_against_each_part_that_was_held() -> None:
    """A meeting in two parts: one change for each, of five days and of 31 + 5."""
    found = derived(
        PLAN,
        statement("h1", "m1", "report", "held", "2020-05-23/2020-05-24"),
        statement("h2", "m1", "report", "held", "2020-06-23/2020-06-24"),
    )
    assert {key: one["slipDays"] for key, one in found.items()} == {("p1", "h1"): ["5"], ("p1", "h2"): ["36"]}


def test_each_plan_of_two_is_held_against_the_fact() -> None:
    """Put off twice: ten days against the first plan, three against the second."""
    found = derived(
        PLAN,
        statement("p2", "m1", "report", "planned", "2020-05-25/2020-05-30"),
        statement("h1", "m1", "report", "held", "2020-05-28/2020-06-02"),
    )
    assert {key: one["slipDays"] for key, one in found.items()} == {("p1", "h1"): ["10"], ("p2", "h1"): ["3"]}


def test_what_took_its_place_and_why() -> None:
    found = derived(
        PLAN,
        statement("h2", "m2", "report", "held", "2020-06-01/2020-06-02"),
        'id:c a mg:StatedChange ; mg:changed id:m1 ; mg:statedKind mgv:replaced ; mg:replacedBy id:m2 ; '
        'mg:statedIn id:report ; mg:reason "the pandemic"@en .',
        'id:c2 a mg:StatedChange ; mg:changed id:m1 ; mg:statedKind mgv:postponed ; mg:statedIn id:report ; '
        'mg:reason "another"@en .',
    )  # fmt: skip
    (change,) = found.values()
    assert change["changeKind"] == ["replaced"] and change["resultingMeeting"] == ["m2"]
    assert change["toStatement"] == ["h2"] and change["reason"] == ["the pandemic"]


def test_silence_is_that_of_a_document_whose_period_holds_the_plan() -> None:
    assert {key: one["changeKind"] for key, one in derived(PLAN, OTHER).items()} == {
        ("p1", "report"): ["not-mentioned"]
    }
    named = "id:n a mg:Name ; mg:nameOf id:m1 ; mg:statedIn id:report ."
    assert derived(PLAN, OTHER, named)[("p1", "report")]["changeKind"] == ["schedule-not-stated"]
    after = statement("p1", "m1", "plan", "planned", "2020-12-30/2021-01-02")
    assert derived(after, OTHER) == {}, "a plan that runs on past the period is not spoken of"
    assert derived(PLAN) == {}, "a document that tells of nothing held is not silent on it"
    own = statement("p1", "m1", "report", "planned", "2020-05-18/2020-05-23")
    assert derived(own, OTHER) == {}, "a document is not silent on its own plan"


@pytest.mark.parametrize("days", ["2020-01-01/2020-01-03", "2020-12-29/2020-12-31"])
def test_the_first_and_the_last_day_belong_to_the_period(days: str) -> None:
    plan = statement("p1", "m1", "plan", "planned", days)
    assert derived(plan, OTHER)[("p1", "report")]["changeKind"] == ["not-mentioned"]


def test_only_what_is_said_to_be_replaced_and_by_what_is_so() -> None:
    """A document that says of a meeting that it was put off, cancelled or replaced, but not when it was held, names it."""
    for told in ("replaced", "postponed ; mg:replacedBy id:m9", "cancelled"):
        said = f"id:c a mg:StatedChange ; mg:changed id:m1 ; mg:statedKind mgv:{told} ; mg:statedIn id:report ."
        assert derived(PLAN, OTHER, said)[("p1", "report")]["changeKind"] == ["schedule-not-stated"]
    elsewhere = "id:c a mg:StatedChange ; mg:changed id:m1 ; mg:statedKind mgv:cancelled ; mg:statedIn id:note ."
    assert derived(PLAN, OTHER, elsewhere)[("p1", "report")]["changeKind"] == ["not-mentioned"]


def month(name: str, document: str, phase: str, first: str, last: str = "") -> str:
    """A statement that gives bounds alone; without a last day the end is open."""
    text = f"id:{name} a mg:ScheduleStatement ; mg:schedules id:m1 ; mg:statedIn id:{document} ; mg:mode mgv:in-person"
    text += f' ; mg:phase mgv:{phase} ; mg:earliest "{first}"^^xsd:date'
    return text + (f' ; mg:latest "{last}"^^xsd:date .' if last else " .")


@pytest.mark.parametrize(
    ("plan", "fact", "slip", "at_least"),
    [
        # exact where both sides have days of their own, also where it is none or negative; 18 May to 10 June is 23 days
        (PLAN, statement("h1", "m1", "report", "held", "2020-06-10/2020-06-12"), ["23"], None),
        (PLAN, statement("h1", "m1", "report", "held", "2020-05-18/2020-05-23"), ["0"], None),
        (PLAN, statement("h1", "m1", "report", "held", "2020-05-08/2020-05-13"), ["-10"], None),
        # at least from the last day on which it was to open to the first on which it can have opened
        (month("p1", "plan", "planned", "2020-05-01", "2020-05-31"),
         statement("h1", "m1", "report", "held", "2020-06-10/2020-06-12"), None, ["10"]),
        (PLAN, month("h1", "report", "held", "2020-06-01", "2020-06-30"), None, ["14"]),
        (PLAN, month("h1", "report", "under-way", "2021-01-01"), None, ["228"]),
        # surely earlier, but not by how much: neither is told
        (PLAN, month("h1", "report", "held", "2020-04-01", "2020-04-30"), None, None),
    ],
)  # fmt: skip
def test_how_far_it_moved_is_told_exactly_or_at_least_and_never_both(
    plan: str, fact: str, slip: list[str] | None, at_least: list[str] | None
) -> None:
    """ "By how many days the opening moved, and whether that is exact or the least it can be." 18 May to 1 January 2021:
    13 days of May, 214 of June to December, and one."""
    (change,) = derived(plan, fact).values()
    assert (change.get("slipDays"), change.get("slipAtLeastDays")) == (slip, at_least)


def test_neither_silence_nor_what_took_its_place_has_a_slip() -> None:
    replaced = "id:c a mg:StatedChange ; mg:changed id:m1 ; mg:statedKind mgv:replaced ; mg:replacedBy id:m9 ; "
    for told in ((PLAN, OTHER), (PLAN, OTHER, replaced + "mg:statedIn id:report .")):
        (change,) = derived(*told).values()
        assert not {"slipDays", "slipAtLeastDays", "reason"} & change.keys()


def test_bounds_that_hold_the_fact_settle_nothing() -> None:
    """Planned for May and held in May: nothing follows, and there is no silence either."""
    may = month("p1", "plan", "planned", "2020-05-01", "2020-05-31")
    assert derived(may, statement("h1", "m1", "report", "held", "2020-05-18/2020-05-23")) == {}


@pytest.mark.parametrize("when", ["", "2020-05-01.."])
def test_a_plan_to_be_determined_is_not_passed_over_in_silence(when: str) -> None:
    """Silence counts where the plan lies within the period: one without dates, or with an open end, does not surely."""
    plan = month("p1", "plan", "planned", "2020-05-01") if when else statement("p1", "m1", "plan", "planned")
    assert derived(plan, OTHER) == {}


def test_a_meeting_at_two_places_is_compared_with_both() -> None:
    at = "id:{} mg:atPlace id:montreal , id:geneva ."
    fact = statement("h1", "m1", "report", "held", "2020-05-18/2020-05-23")
    assert derived(PLAN, fact, at.format("p1"), at.format("h1"))[("p1", "h1")]["changeKind"] == ["as-planned"]
    one = derived(PLAN, fact, at.format("p1"), "id:h1 mg:atPlace id:geneva .")
    assert one[("p1", "h1")]["changeKind"] == ["moved"]


def test_a_plan_on_the_day_of_another_meeting_is_not_held_against_it() -> None:
    """Two meetings on the same days: each plan is held against what is told of its own meeting alone."""
    found = derived(
        PLAN,
        statement("p9", "m9", "plan", "planned", "2020-05-18/2020-05-23"),
        statement("h1", "m1", "report", "held", "2020-05-18/2020-05-23"),
        OTHER,
    )
    assert {key: sorted(one["changeKind"]) for key, one in found.items()} == {
        ("p1", "h1"): ["as-planned"],
        ("p9", "h9"): ["advanced", "shorter"],  # 18 to 23 May against 1 to 2 February
    }


def test_a_change_is_named_by_its_two_statements_whatever_stands_beside() -> None:
    fact = statement("h1", "m1", "report", "held", "2020-05-18/2020-05-23")
    alone, beside = derived(PLAN, fact), derived(OTHER, fact, PLAN)
    assert alone == {key: one for key, one in beside.items() if key == ("p1", "h1")}
