"""Chains of meetings, single points of failure, and elements of a single meeting, on made-up plans. What is expected was worked
out by hand, by the words in which each answer explains itself and by the docstrings of what is called."""

from __future__ import annotations

import re

import pytest
from made_up import MadeUp, thing
from mandategraph.analysis.chains import chains, single_elements
from mandategraph.system.errors import NotFound


def fed(*pairs: str) -> MadeUp:
    """Meetings of which each pair says that the first feeds the second: "ab"."""
    made = MadeUp().meetings(*sorted(set("".join(pairs))))
    for giver, receiver in pairs:
        made.feed(giver, receiver)
    return made


def told(made: MadeUp, meeting: str | None = None) -> list[tuple[str | None, ...]]:
    """Of each row what it is, the meetings, their number, and what is cut off."""
    answer = chains(made.network(), thing(meeting) if meeting else None)
    names = ("kind", "chain", "meetings", "cut_off")
    return [tuple(row[name] for name in names) for row in answer.flat()]


def test_the_longest_and_the_shortest_chain_begin_where_nothing_comes_in() -> None:
    """a feeds b, and b and c feed t: of the chains to t, that over b has three meetings, that from c two. From b itself none
    begins, as a feeds it. Without b, a has no way left."""
    found = told(fed("ab", "bt", "ct"), "t")
    assert found == [
        ("longest", "a → b → t", "3", None),
        ("shortest", "c → t", "2", None),
        ("single-point-of-failure", "b", "1", "a"),
    ]


def test_a_shortcut_makes_the_chain_shorter_and_nothing_a_single_point() -> None:
    """a reaches t over b and directly: one chain of three, one of two, and without b a has a way left."""
    assert told(fed("ab", "bt", "at"), "t") == [("longest", "a → b → t", "3", None), ("shortest", "a → t", "2", None)]


def test_all_chains_of_equal_length_are_given_in_order() -> None:
    found = told(fed("sx", "sy", "xt", "yt"), "t")
    assert found == [
        ("longest", "s → x → t", "3", None),
        ("longest", "s → y → t", "3", None),
        ("shortest", "s → x → t", "3", None),
        ("shortest", "s → y → t", "3", None),
    ]


def test_chains_that_are_longer_on_one_side_only() -> None:
    """Split and merged again: s over p, q, r or over x to m, then t. The longest has six meetings, the shortest four. m cuts
    off all others; s cuts off none, as nothing comes before it."""
    found = told(fed("sp", "pq", "qr", "rm", "sx", "xm", "mt"), "t")
    assert found == [
        ("longest", "s → p → q → r → m → t", "6", None),
        ("shortest", "s → x → m → t", "4", None),
        ("single-point-of-failure", "m", "5", "p; q; r; s; x"),
        # without q, p has no way left, but s goes over x; r cuts off p and q
        ("single-point-of-failure", "r", "2", "p; q"),
        ("single-point-of-failure", "q", "1", "p"),
    ]


def test_points_that_cut_off_equally_many_stand_by_their_code() -> None:
    found = told(fed("ab", "bt", "cd", "dt"), "t")
    assert [row[1:] for row in found if row[0] == "single-point-of-failure"] == [("b", "1", "a"), ("d", "1", "c")]


def test_what_comes_after_a_meeting_is_no_chain_to_it() -> None:
    assert told(fed("ab", "bc", "cd"), "b") == [("longest", "a → b", "2", None), ("shortest", "a → b", "2", None)]
    assert told(fed("ab", "bc"), "a") == [], "no meeting feeds it"


def test_without_a_meeting_the_longest_chain_of_all_decides() -> None:
    """y is at the end of two meetings, z of three; of two of the same length the first by its code is taken."""
    assert chains(fed("xy", "ab", "bz").network()).flat()[0]["target"] == "z"
    assert chains(fed("xz", "ay").network()).flat()[0]["target"] == "y"
    assert chains(fed("xz", "ay").network()).params == {}
    assert chains(fed("xz", "ay").network(), thing("z")).params == {"meeting": ("z",)}


def test_feeds_that_run_in_a_circle_are_left_out_and_named() -> None:
    """b and c feed each other, and d itself: what remains is a to b, and c to t. Of them only c leads to t."""
    made = fed("ab", "bc", "cb", "ct", "dd")
    assert told(made, "t") == [("longest", "c → t", "2", None), ("shortest", "c → t", "2", None)]
    note = chains(made.network(), thing("t")).note
    for text in note.values():
        assert re.findall(r"\w → \w", text) == ["b → c", "c → b", "d → d"]
    assert told(made, "d") == [], "it is there, but only feeds itself"
    clean = chains(fed("ab").network(), thing("b")).note
    assert all("→" not in text for text in clean.values())


def test_only_planned_rows_between_meetings_count() -> None:
    made = fed("bt").meetings("a", "c").feed("party", "b").feed("b", "party").feed("a", "t", modality="done").feed("c")
    assert told(made, "t") == [("longest", "b → t", "2", None), ("shortest", "b → t", "2", None)]
    for meeting in ("a", "c"):
        with pytest.raises(NotFound):
            told(made, meeting)


def test_nothing_that_feeds_gives_no_row() -> None:
    answer = chains(MadeUp().meetings("a").network())
    assert (answer.status, answer.rows) == ("not-stated", ())


def test_the_rows_of_the_document_are_the_source() -> None:
    """Of a chain those between its meetings, one after the other; of a point those of what it passes on."""
    made = fed("ab", "bt", "ab", "bc", "at").feed("t", "a", modality="done")
    rows = chains(fed("ab", "bt", "ab", "ct").network(), thing("t")).flat()
    assert [row["source"] for row in rows] == [
        "plan, line 1; plan, line 3; plan, line 2",
        "plan, line 4",
        "plan, line 2",
    ]
    rows = chains(made.network(), thing("t")).flat()
    assert [row["source"] for row in rows] == ["plan, line 1; plan, line 3; plan, line 2", "plan, line 5"]


def test_a_chain_names_a_meeting_by_its_label_where_its_code_is_only_a_place() -> None:
    made = fed("ab")
    made.register(
        f'<{thing("row")}> a mg:Meeting ; mg:code "R-1.row-2" ; skos:prefLabel "a workshop"@en , "讲习班"@zh .'
    ).feed("row", "a")
    (chain,) = chains(made.network(), thing("b")).rows[0][2]
    assert (chain.value, chain.labels["en"], chain.labels["zh"]) == (
        "R-1.row-2 → a → b",
        "a workshop → a → b",
        "讲习班 → a → b",
    )


def test_of_many_chains_of_equal_length_the_first_fifty_are_given() -> None:
    made = MadeUp().meetings("t")
    for number in range(52):
        made.meetings(f"s{number:02}").feed(f"s{number:02}", "t")
    found = told(made, "t")
    for kind in ("longest", "shortest"):
        assert [row[1] for row in found if row[0] == kind] == [f"s{number:02} → t" for number in range(50)]


def elements(made: MadeUp) -> list[dict[str, str | None]]:
    answer = single_elements(made.network())
    assert answer.params == {"elements": ("yes",)}
    return answer.flat()


def planned() -> MadeUp:
    """Three meetings in the plan, with dates in lines 1 to 3; the third has none."""
    made = MadeUp().meetings("a", "b", "c").elements("x", "y", "z")
    return made.schedule("a", "2020-05-25/2020-05-29").schedule("b", "2020-06-01..2020-06-30").schedule("c", "")


def test_an_element_that_one_meeting_deals_with() -> None:
    """x is passed on by a alone, in two rows; y by a and b. What b is given on x by a's row, it does not take up in one of
    its own."""
    made = planned().feed("a", "b", "x").feed("a", "c", "x", modality="may").feed("a", "c", "y").feed("b", "c", "y")
    (row,) = elements(made)
    assert (row["element"], row["meeting"], row["dates"]) == ("x", "a", "2020-05-25/2020-05-29")
    assert (row["modality"], row["receiver"]) == ("will; may", "b; c")
    assert (row["source"], row["dates_source"]) == ("plan, line 4; plan, line 5", "plan, line 1")


def test_a_meeting_deals_with_what_its_own_row_takes_up() -> None:
    """The row of the receiver is its own: x hangs on b, though it comes from a; and b passes nothing on."""
    (row,) = elements(planned().feed("a", "b", "x", voice="receiver"))
    assert (row["meeting"], row["modality"], row["receiver"]) == ("b", None, None)
    assert (row["dates"], row["source"]) == ("2020-06-01/2020-06-30", "plan, line 4")
    assert elements(planned().feed("a", "b", "x", voice="receiver").feed("a", "b", "x")) == []


def test_only_what_the_plan_has_a_meeting_deal_with_counts() -> None:
    """Not what a report tells of, nor what a document says that does not plan the meeting; one that plans and reports it is a
    report."""
    made = planned().treated("x", "a").treated("x", "b", by="report").treated("y", "b", by="note").treated("z", "c")
    made.schedule("b", "2020-06-01/2020-06-05", by="report", phase="held")
    made.schedule("b", "2020-06-01/2020-06-05", by="report")
    assert [(row["element"], row["meeting"], row["dates"]) for row in elements(made)] == [
        ("x", "a", "2020-05-25/2020-05-29"),
        ("z", "c", None),
    ]
    assert elements(made)[0]["source"] == "plan, line 4"


def test_the_source_of_an_element_is_the_plan_alone() -> None:
    """a deals with x in the plan and in a report on it: the report is no source of what the plan has it do."""
    made = planned().treated("x", "a").schedule("a", "2020-05-25/2020-05-29", by="report", phase="held")
    made.treated("x", "a", by="report").treated("y", "a").treated("y", "b")
    (row,) = elements(made)
    assert (row["element"], row["source"]) == ("x", "plan, line 4")


def test_what_others_pass_on_about_the_element_is_not_told_of_its_meeting() -> None:
    """x is dealt with by a alone; an actor, and c by a's row, also hand something on x to others."""
    made = planned().feed("a", "b", "x").feed("party", "c", "x", modality="may").feed("c", "a", "x", voice="receiver")
    made.feed("a", "c", "y", modality="may").treated("y", "b")
    (row,) = elements(made)
    assert (row["element"], row["modality"], row["receiver"]) == ("x", "will", "b")
    assert elements(planned()) == []
