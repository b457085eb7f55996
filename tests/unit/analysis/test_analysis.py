"""Margins, moves, chains and coverage: what follows from the plan, against arithmetic done by hand.

`questions/*.yml` with `analysis:` hold the answers to questions that an analysis answers, read from the documents.
The smaller tests use the plan as known on its own day, with `fixtures/later.trig` for what a later document may say.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mandategraph.analysis.changes import changes, sentence
from mandategraph.analysis.dispatch import ANALYSES, analyse, compare
from mandategraph.analysis.impact import moved_span
from mandategraph.analysis.network import Network
from mandategraph.analysis.times import HELD, PLAN, Bounds, Calendar, Margin, MeetingDates, margin
from mandategraph.answers.answer import Answer
from mandategraph.answers.grid import Layout
from mandategraph.answers.write_answer import ROW_FORMATS, write_answer
from mandategraph.ask.verb_questions import VerbQuestion, verb_questions
from mandategraph.pipeline.as_of import store_as_of
from mandategraph.pipeline.build import fill
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import Runner
from mandategraph.store import Store
from mandategraph.store.embedded import OxigraphStore
from mandategraph.system.errors import NotFound, UsageError
from question_files import QUESTIONS

HERE = Path(__file__).parents[2]
PLAN_DAY = "2019-08-30"
MEETING = "https://w3id.org/mandategraph/id/meeting/"
CASES = {name: case for name, case in QUESTIONS.items() if "analysis" in case}


@pytest.fixture(scope="module")
def shipped() -> Store:
    """All that is shipped."""
    store = ox.Store()
    fill(store)
    return OxigraphStore("shipped", store)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """What was known when the plan came out."""
    return store_as_of(str(tmp_path_factory.mktemp("none")), PLAN_DAY)


@pytest.fixture(scope="module")
def later(plan: Store) -> Store:
    """The plan, and a later document that reports on some of its meetings."""
    store = ox.Store()
    store.load(plan.dump(), format=ox.RdfFormat.N_QUADS)
    store.load(path=str(HERE / "fixtures" / "later.trig"), format=ox.RdfFormat.TRIG)
    return OxigraphStore("later", store)


def lines(answer: Answer) -> list[list[int]]:
    """The source lines of each row, in order and once each."""
    place = [column.name for column in answer.columns].index("source")
    return [sorted({int((cell.value or "0").rpartition(" ")[2]) for cell in row[place]} - {0}) for row in answer.rows]


def lacking(case: dict[str, Any], store: Store) -> str | None:
    """What the answer rests on and is not in the records yet."""
    network = Network(store)
    needed = case.get("needs")
    there = {
        None: True,
        "deadlines": bool(network.deadlines),
        "matches": bool(network.matches),
        "subjects of rows without a role": any(one.meeting.endswith("table-3.row-5") for one in network.addresses),
    }
    known = there[needed] if needed in there else needed in [network.code(one) for one in network.documents]
    return None if known else needed


def by_key(rows: list[dict[str, Any]], key: list[str]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Rows by their key; `source` in it stands for the lines."""
    return {tuple(str(row["lines" if field == "source" else field] or "") for field in key): row for row in rows}


@pytest.mark.parametrize("name", CASES)
def test_the_answer_is_that_of_the_documents(shipped: Store, plan: Store, name: str) -> None:
    case = CASES[name]
    store = plan if case.get("as_of") == PLAN_DAY else shipped
    missing = lacking(case, store)
    if missing:
        pytest.skip(f"the records do not hold {missing}")
    answer = analyse(case["analysis"], store, case["with"])
    told = [{**row, "lines": at} for row, at in zip(answer.flat(), lines(answer), strict=True)]
    found, wanted = by_key(told, case["key"]), by_key(case["rows"], case["key"])
    where = f"Read from: {case['read_from']}."
    assert sorted(found, key=str) == sorted(wanted, key=str), f"The answer has other rows. {where}"
    for one, row in wanted.items():
        for field, value in row.items():
            said = found[one][field] or None
            assert said == value, f"{one}: {field} is {said}, the documents say {value}. {where}"
    assert answer.status == case.get("status", "answered")


@pytest.mark.parametrize(
    ("gap", "query"), [("no-meeting", "elements-without-meeting"), ("met-later", "gaps-met-later")]
)
def test_the_gaps_of_the_matrix_are_those_of_the_stored_questions(shipped: Store, gap: str, query: str) -> None:
    items = {str(row["element"]) for row in analyse("coverage", shipped, {"gap": gap}).flat()}
    asked = Runner(shipped).answer(Catalogue().get(query), {})
    # The matrix tells of headings too, of which the questions tell beside their items.
    assert {item for item in items if ".item-" in item} == {row["item"] for row in asked.flat()}


@pytest.mark.parametrize("question", [one for one in verb_questions() if one.name in ANALYSES], ids=str)
def test_every_question_of_an_analysis_is_answered(shipped: Store, question: VerbQuestion) -> None:
    answer = analyse(question.name, shipped, question.options({}))
    assert answer.basis in ("derived", "interpretation") and answer.note["en"] and answer.note["zh"]
    assert set(answer.question) == {"en", "zh"} and answer.status in ("answered", "no", "not-stated", "not-covered")
    for form in ROW_FORMATS:
        for languages in (("en", "zh"), ("zh", "en")):
            assert write_answer(answer, form, Layout(languages)) == write_answer(answer, form, Layout(languages))


@pytest.mark.parametrize(
    ("closing", "due", "least", "most", "verdict"),
    [
        (("2020-05-30", "2020-05-30"), ("2020-07-27", "2020-07-27"), 58, 58, "in-time"),
        (("2020-07-27", "2020-07-27"), ("2020-07-27", "2020-07-27"), 0, 0, "in-time"),
        (("2020-01-01", "2020-02-29"), ("2020-02-24", "2020-02-24"), -5, 54, "maybe"),
        (("2020-02-28", "2020-02-29"), ("2020-02-24", "2020-02-24"), -5, -4, "late"),
        (("2020-04-30", None), ("2020-07-27", "2020-07-27"), None, 88, "maybe"),
        (("2020-08-30", None), ("2020-07-27", "2020-07-27"), None, -34, "late"),
        ((None, None), ("2020-07-27", "2020-07-27"), None, None, "unknown"),
    ],
)
def test_margins_keep_to_what_is_known(
    closing: Any, due: Any, least: int | None, most: int | None, verdict: str
) -> None:
    first, second = (Bounds(*(date.fromisoformat(day) if day else None for day in days)) for days in (closing, due))
    found = margin(first, second)
    assert found == Margin(least, most) and found.verdict == verdict


def test_a_new_opening_day_keeps_the_length_of_the_meeting(plan: Store) -> None:
    span = Calendar(Network(plan)).span(MEETING + "SBI-3")
    moved = moved_span(span, "2020-09-01")
    assert (moved.opening.text(), moved.closing.text()) == ("2020-09-01", "2020-09-06")  # six days, as 25 to 30 May
    assert moved_span(span, "+60d").closing.text() == "2020-07-29"
    assert moved_span(MeetingDates(), "2020-09-01").opening.text() == "2020-09-01"
    with pytest.raises(UsageError):
        moved_span(span, "2020-09-31")
    with pytest.raises(UsageError):
        moved_span(span, "+99999d" + "0")


def test_moving_later_by_more_never_mends_anything(plan: Store) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 200), st.integers(0, 200))
    def check(one: int, more: int) -> None:
        lost = [missing(plan, "SBI-3", f"+{days}d", giver="SBI-3") for days in (one, one + more)]
        assert lost[0] <= lost[1]
        assert bool(lost[0]) == (one > 58)  # 30 May to 27 July

    check()


def missing(store: Store, meeting: str, change: str, giver: str) -> set[str | None]:
    rows = analyse("whatif", store, {"meeting": meeting, "change": change}).flat()
    return {row["element"] for row in rows if row["effect"] == "missing" and row["giver"] == giver}


def test_moving_earlier_breaks_what_comes_in(plan: Store) -> None:
    rows = analyse("whatif", plan, {"meeting": "SBI-3", "change": "-90d"}).flat()  # opens on 25 February 2020
    lost = {row["giver"]: row["margin_after"] for row in rows if row["effect"] == "missing"}
    assert lost == {"WG2020-2": "-3", "POST2020-WS-2020-02": "-5"}  # closed on 28 February and 1 March
    # Of SBI-3's rows only lines 288 and 295 draw on the working group's second meeting; none draws on capacity-building.
    assert told_in(rows, "blocked") == {288, 295, 296}
    assert told_in(rows, "affected") == {286, 287, 290, 294}


def told_in(rows: list[dict[str, Any]], effect: str) -> set[int]:
    """The lines of the rows with this effect."""
    return {int(row["source"].rpartition(" ")[2]) for row in rows if row["effect"] == effect}


def test_only_rows_that_draw_on_a_late_input_are_blocked(plan: Store) -> None:
    # A report on capacity-building (line 309) comes too late for SBI-3, no row of which is on it or names it.
    rows = analyse("whatif", plan, {"meeting": "POST2020-WS-2020-02", "change": "+100d"}).flat()
    assert told_in(rows, "missing") == {309} and told_in(rows, "blocked") == set()
    assert told_in(rows, "affected") == {286, 287, 288, 290, 294, 295, 296}
    # What WG2020-2 asks for goes into lines 282, 283, 288 and 295; line 296 draws on all that WG2020-3 gets.
    rows = analyse("whatif", plan, {"meeting": "WG2020-2", "change": "+100d"}).flat()
    assert told_in(rows, "blocked") == {282, 283, 288, 295, 296}
    assert told_in(rows, "affected") == {286, 287, 290, 294}


def test_what_goes_into_a_row_without_receiver_is_not_stranded(plan: Store) -> None:
    # Line 279 takes up the Co-Chairs' draft, line 277 the outlook and the assessment of IPBES: neither row hands
    # anything to a meeting that misses it. The others hand what they have to WG2020-2.
    rows = analyse("whatif", plan, {"meeting": "WG2020-2", "change": "+100d"}).flat()
    assert told_in(rows, "stranded") == {268, 269, 270, 278, 301, 302, 304, 306, 314}
    assert told_in(rows, "another-way") == {305, 308}  # these two also hand it to SBI-3


def test_a_meeting_without_a_date_cannot_be_moved_by_days(plan: Store) -> None:
    with pytest.raises(NotFound, match="no document says when COP-15 is"):
        analyse("whatif", plan, {"meeting": "COP-15", "change": "+1d"})
    assert analyse("whatif", plan, {"meeting": "COP-15", "change": "2020-10-15"}).flat()[0]["margin_after"] == "76"


def test_dates_held_come_before_dates_planned_and_the_other_way_round(later: Store) -> None:
    network = Network(later)
    for phases, end in ((PLAN, "2020-02-28"), (HELD, "2020-02-29")):
        assert Calendar(network, phases).span(MEETING + "WG2020-2").closing.text() == end
    replaced = MEETING + "WG2020-REC-1-1.annex-2.table-3.row-2"
    assert Calendar(network, PLAN).span(replaced).closing.text() == "2020-04-03"
    assert Calendar(network, HELD).span(replaced).closing.text() == "2020-04-30/.."


def test_the_slip_and_the_earliest_day_that_follows(later: Store) -> None:
    effects = {row["giver"]: row for row in analyse("schedule", later, {"meeting": "WG2020-3", "slip": True}).flat()}
    assert (effects["SBI-3"]["effect"], effects["SBI-3"]["margin"]) == ("broken", "-321..-280")
    assert effects["SBSTTA-24"]["effect"] == "kept"
    rows = analyse("schedule", later, {"meeting": "WG2020-3", "earliest": True}).flat()
    assert [(row["earliest"], row["governed_by"]) for row in rows] == [("2021-06-14", "SBI-3"), ("2021-07-25", "SBI-3")]


def test_no_dates_are_held_before_anything_was_held(plan: Store, shipped: Store) -> None:
    # R line 31 plans WG2020-2 for 24 February 2020; O line 5 tells that it opened on that day.
    days = {
        name: {str(row["set_by"]): (row["planned"], row["held"], row["shift"]) for row in rows}
        for name, rows in (
            ("plan", analyse("deadlines", plan, {}).flat()),
            ("now", analyse("deadlines", shipped, {}).flat()),
        )
    }
    assert days["plan"]["CBD/WG2020/REC/1/1/paragraph-4.2"] == ("2020-01-13", None, None)
    assert days["now"]["CBD/WG2020/REC/1/1/paragraph-4.2"] == ("2020-01-13", "2020-01-13", "0")
    assert days["plan"]["CBD/WG2020/REC/1/1/paragraph-3"] == ("2019-09-15", "2019-09-15", "0")  # a fixed day stays


def test_dates_of_the_plan_are_read_from_the_document_that_said_them_first(shipped: Store) -> None:
    # WG2020-1: R lines 19 and 87, as O line 5; the Edinburgh workshop: R line 315, as O line 84 (footnote 36). R line
    # 316 leaves the follow-up in Switzerland open: March 2020 is O's (line 93, footnote 41).
    rows = analyse("schedule", shipped, {}).flat()
    found = {row["giver"]: str(row["dates_source"]) for row in rows}
    assert found["WG2020-1"].startswith(
        "CBD/WG2020/REC/1/1, heading block, line 19; CBD/WG2020/REC/1/1, footnote 1, line 87;"
    )
    assert found["WG2020-REC-1-1.annex-2.table-3.row-2"].startswith("CBD/WG2020/REC/1/1, annex II, table 3, row 2,")
    dates = {row["element"]: row["dates_source"] for row in analyse("chain", shipped, {"elements": True}).flat()}
    assert dates["synergies"] == "overview-after-WG2020-2, footnote 41, line 93"
    assert dates["biosafety"] == "CBD/WG2020/REC/1/1, annex II, table 1, row 1, date and venue, line 268"
    assert dates["all-elements"] == "CBD/WG2020/REC/1/1, annex II, table 3, row 4, date and venue, line 317"  # "待定"


def test_a_relative_deadline_moves_with_its_meeting(later: Store) -> None:
    rows = analyse("deadlines", later, {"meeting": "SBI-3", "change": "+7d"}).flat()
    found = [row for row in rows if row["anchor"] == "SBI-3"]
    assert [(row["rule"], row["planned"], row["held"], row["moved"], row["shift"]) for row in found] == [
        ("-P42D", "2020-04-13", "2021-03-22/2021-05-02", "2020-04-20", "7")  # 25 May 2020 less six weeks, and a week on
    ]
    assert found[0]["source"] == "LATER, paragraph 2, line 5"


def test_changes_are_told_in_words(later: Store) -> None:
    network = Network(later)
    before, *_, after = network.schedules[MEETING + "WG2020-2"]
    found = changes(network, before, after)
    assert sentence(found)["en"] == "Kunming → Rome, one day longer, now held"
    assert [change.kind for change in found] == ["moved", "longer", "held"]
    assert sentence(found)["zh"] == "中国昆明 → 罗马；延长1天；现已举行"
    old, new = network.schedules[MEETING + "SBI-3"]
    assert sentence(changes(network, old, new))["en"] == "Montreal → online, at least 343 days later, now held"
    assert sentence(changes(network, old, old))["en"] == "said again, the same"


def test_history_counts_what_changed(later: Store) -> None:
    answer = analyse("history", later, {"meeting": "WG2020-2"})
    assert [row["change"] for row in answer.flat()] == [None, "same", "moved; longer; held"]  # row 6, clause 1, later
    assert "Changed once" in answer.note["en"]
    replaced = analyse("history", later, {"meeting": "WG2020-REC-1-1.annex-2.table-3.row-2"}).flat()
    assert (replaced[-1]["meeting"], replaced[-1]["change"]) == ("DIALOGUE", "replaced")


def test_history_counts_as_the_stored_question_does(shipped: Store) -> None:
    # P17, read by hand. R line 316 leaves day and place of the follow-up open but for the country, Switzerland: that a
    # workshop had been set for March 2020 in Bern (O line 93) only settles them, and it was put off once.
    times = {row["meeting"]: int(row["times"]) for row in QUESTIONS["P17-reschedulings-as-a-chain"]["rows"]}
    network = Network(shipped)
    for meeting in network.schedules:
        code = network.code(meeting)
        told = analyse("history", shipped, {"meeting": code}).note["en"]
        if not network.replaced.get(meeting):  # of which the question does not tell
            count = times.get(code, 0)
            assert f"Changed {'once' if count == 1 else f'{count} times'} by" in told, code
    rows = analyse("history", shipped, {"meeting": "WG2020-REC-1-1.annex-2.table-3.row-3"}).flat()
    assert [row["change"] for row in rows] == [None, "settled; dated", "moved-online; postponed; held"]


def test_a_town_is_no_other_place_than_its_country(shipped: Store) -> None:
    rows = analyse("conflicts", shipped, {"kind": "place"}).flat()
    # R lines 31, 279 and 309 against O lines 5 and 24; not R line 316 (Switzerland) against O line 93 (Bern)
    assert {(row["meeting"], row["one"], row["other"]) for row in rows} == {
        ("WG2020-2", "Kunming", "Rome"), ("POST2020-WS-2020-02", "Kunming", "Rome"),
    }  # fmt: skip


def test_the_difference_is_told_as_events(plan: Store, later: Store) -> None:
    answer = compare(plan, later, ("before", "after"))
    told = {(row["event"], row["thing"]): row["change"] for row in answer.flat()}
    assert told["document-added", "LATER"] == "A later note"
    assert told["meeting-changed", "WG2020-2"] == "Kunming → Rome, one day longer, now held"
    assert told["meeting-added", "DIALOGUE"] == "under way from 2020-04-30, online"
    edinburgh = ("meeting-changed", "WG2020-REC-1-1.annex-2.table-3.row-2")
    assert told[edinburgh] == "replaced by DIALOGUE (under way from 2020-04-30, online)"
    assert len(told) == 5
    back = compare(later, plan, ("after", "before")).flat()
    assert {row["event"] for row in back} == {"document-removed", "meeting-changed", "meeting-removed"}
    same = compare(plan, plan, ("one", "one"))
    assert (same.status, same.rows) == ("no", ())


def test_feeds_in_a_circle_do_not_break_the_chains(plan: Store) -> None:
    store = ox.Store()
    store.load(plan.dump(), format=ox.RdfFormat.N_QUADS)
    store.update(
        "PREFIX mg: <https://w3id.org/mandategraph/ontology#> PREFIX mgv: <https://w3id.org/mandategraph/value#> "
        "INSERT DATA { GRAPH <https://example.org/g> { "
        "<https://example.org/c> a mg:Contribution ; mg:voice mgv:giver ; mg:modality mgv:will ; "
        f"mg:statedIn <https://example.org/d> ; mg:contributionSource <{MEETING}WG2020-2> ; "
        f"mg:contributionRecipient <{MEETING}WG8J-11> }} }}"
    )
    answer = analyse("chain", OxigraphStore("circle", store), {})
    assert answer.status == "answered" and "run in a circle" in answer.note["en"]


def test_what_nobody_feeds_is_told_as_such(plan: Store) -> None:
    answer = analyse("schedule", plan, {"meeting": "WG2020-1"})
    assert (answer.status, answer.rows) == ("not-stated", ())
    assert "Not stated" in write_answer(answer, "table", Layout(("en", "zh")))
    assert analyse("schedule", plan, {"meeting": "WG2020-3", "before": "6w", "late": True}).status == "no"
    with pytest.raises(NotFound):
        analyse("chain", plan, {"meeting": "NO-SUCH-1"})


def test_an_empty_store_says_that_nothing_is_stated() -> None:
    store = OxigraphStore("empty", ox.Store())
    for name in ANALYSES:
        if name not in ("whatif", "history"):
            assert analyse(name, store, {}).status == "not-stated"
