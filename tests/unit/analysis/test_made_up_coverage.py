"""Which topics have a counterpart, which elements a meeting, and where the gaps are, on made-up plans. What is expected was
worked out by hand, by the words in which the answer explains itself and by the docstrings of what is called."""

from __future__ import annotations

import pytest
from made_up import MadeUp, thing
from mandategraph.analysis.coverage import Covered, coverage, covered_elements, matrix

FRAMEWORK = "scheme/framework"
HELD = "2020-06-01/2020-06-05"


def matched(made: MadeUp, topic: str, element: str = "", grade: str = "exact") -> MadeUp:
    """A judgement that a topic corresponds to an element; to none where none is given."""
    other = f"mg:matchTo <{thing(element)}>" if element else ""
    return made.state(
        "ElementMatch",
        "plan",
        f"mg:matchFrom <{thing(topic)}> ; mg:matchGrade mgv:{grade if element else 'none'}",
        other,
    )


def plan(*topics: str) -> MadeUp:
    """Meetings m and n, both planned (lines 1 and 2), of which m deals with these topics (the lines after)."""
    made = MadeUp().meetings("m", "n").schedule("m", HELD).schedule("n", "").elements(*topics)
    for topic in topics:
        made.treated(topic, "m")
    return made


def framework(made: MadeUp, *elements: str) -> MadeUp:
    """Elements of the framework; "h/i" is an item under the heading h."""
    for element in elements:
        heading, _, item = element.rpartition("/")
        made.elements(item, scheme=FRAMEWORK)
        if heading:
            made.register(f"<{thing(item)}> skos:broader <{thing(heading)}> .")
    return made


def found(made: MadeUp) -> dict[str, Covered]:
    """What is told of each element, by its code."""
    return {one.element.rpartition("/")[2]: one for one in covered_elements(made.network())}


def codes(iris: tuple[str, ...]) -> list[str]:
    return [iri.rpartition("/")[2] for iri in iris]


@pytest.mark.parametrize(
    ("grades", "grade"),
    [
        (["exact"], "exact"),
        (["broad", "close"], "close"),
        (["close", "exact", "broad"], "exact"),
        (["broad"], "broad"),
    ],
)
def test_the_best_match_counts(grades: list[str], grade: str) -> None:
    """Of a topic that is split over several elements, and of an element in which several topics are merged."""
    made = framework(plan("t"), "e1", "e2", "e3")
    for number, one in enumerate(grades, 1):
        matched(made, "t", f"e{number}", one)
    topic = found(made)["t"]
    assert (topic.side, topic.grade, topic.gap) == ("topic", grade, None)
    assert codes(topic.counterparts) == [f"e{number}" for number in range(1, len(grades) + 1)]
    made = framework(plan("t1", "t2", "t3"), "e")
    for number, one in enumerate(grades, 1):
        matched(made, f"t{number}", "e", one)
    element = found(made)["e"]
    assert (element.side, element.grade, codes(element.planned), element.gap) == ("framework", grade, ["m"], None)
    assert codes(element.counterparts) == [f"t{number}" for number in range(1, len(grades) + 1)]


def test_a_topic_lacks_its_counterpart_only_where_that_was_judged() -> None:
    """none: judged to have no counterpart; u: not judged; f: matched to a target of another text, which is no counterpart
    here; later: judged to have none, but no plan has a meeting deal with it."""
    made = MadeUp().meetings("m").schedule("m", HELD).elements("none", "u", "f", "later")
    for topic in ("none", "u", "f"):
        made.treated(topic, "m")
    made.treated("later", "m", by="note")
    matched(matched(matched(made, "none"), "later"), "f", "target-of-another-text")
    topics = found(made)
    assert {code: (one.grade, one.gap) for code, one in topics.items()} == {
        "none": ("none", "no-counterpart"),
        "u": ("not-stated", None),
        "f": ("none", "no-counterpart"),
        "later": ("none", None),
    }
    assert codes(topics["later"].planned) == [] and codes(topics["u"].planned) == ["m"]
    assert found(plan("t"))["t"].grade == "not-stated", "where nothing is judged, nothing is none"


@pytest.mark.parametrize(
    ("above", "grade", "planned"),
    [
        ("exact", "heading", ["m"]),
        ("close", "heading", ["m"]),
        ("broad", "none", []),
    ],
)
def test_an_item_has_the_meetings_of_what_matches_its_heading_closely(
    above: str, grade: str, planned: list[str]
) -> None:
    made = matched(framework(plan("t"), "h", "h/i"), "t", "h", above)
    item = found(made)["i"]
    assert (item.grade, codes(item.planned), item.gap) == (grade, planned, None if planned else "no-meeting")
    assert codes(item.counterparts) == (["t"] if planned else [])


def test_a_heading_has_the_meetings_of_its_items_however_these_are_matched() -> None:
    heading = found(matched(framework(plan("t"), "h", "h/i"), "t", "i", "broad"))["h"]
    assert (heading.grade, codes(heading.counterparts), codes(heading.planned)) == ("items", ["t"], ["m"])


def test_an_element_that_is_matched_itself_has_the_topics_of_its_heading_too() -> None:
    made = framework(plan("t", "u", "v"), "h", "h/i", "i/j")
    matched(matched(matched(made, "t", "i", "broad"), "u", "h", "close"), "v", "j")
    item = found(made)["i"]
    assert (item.grade, codes(item.counterparts)) == ("broad", ["t", "u"]), "not of its items: it is matched itself"
    made = framework(plan("u", "v"), "h", "h/i", "i/j")
    item = found(matched(matched(made, "u", "h", "close"), "v", "j"))["i"]
    assert (item.grade, codes(item.counterparts)) == ("items", ["u", "v"])


@pytest.mark.parametrize(
    ("phase", "by", "planned", "held", "gap"),
    [
        ("planned", "plan", ["m"], [], None),
        ("held", "plan", [], ["m"], "met-later"),
        ("under-way", "plan", [], ["m"], "met-later"),
        # the document that has the meeting deal with it does not plan it, and nobody reports it as held
        ("planned", "other", [], [], "no-meeting"),
        ("held", "other", [], ["m"], "met-later"),
    ],
)
def test_planned_by_the_document_that_says_so_and_held_by_any(
    phase: str, by: str, planned: list[str], held: list[str], gap: str | None
) -> None:
    """ "Planned: a document that plans the meeting has it deal with the element; held: a document reports the meeting as held
    or under way.\""""
    made = matched(framework(MadeUp().meetings("m").elements("t"), "e"), "t", "e").treated("t", "m")
    made.schedule("m", HELD, phase=phase, by=by)
    element = found(made)["e"]
    assert (codes(element.planned), codes(element.held), element.gap) == (planned, held, gap)


def test_planned_by_one_and_reported_by_another_it_is_both() -> None:
    made = matched(framework(plan("t"), "e"), "t", "e").schedule("m", HELD, phase="held", by="report")
    element = found(made)["e"]
    assert (codes(element.planned), codes(element.held), element.gap) == (["m"], ["m"], None)
    # a document that reports on the meeting and tells what had been planned is no plan
    told = matched(framework(plan("t"), "e"), "t", "e").schedule("m", HELD, phase="held")
    assert found(told)["e"].gap == "met-later"


def test_a_meeting_in_sessions_was_held_when_one_of_them_was() -> None:
    made = matched(framework(plan("t"), "e"), "t", "e").meetings("m1", "m2", sessions_of="m")
    assert codes(found(made)["e"].held) == []
    assert codes(found(made.schedule("m2", HELD, phase="under-way"))["e"].held) == ["m"]


def test_an_element_has_the_meetings_that_deal_with_it_by_name() -> None:
    """One that a document lists is of the framework, though a meeting deals with it; without that, one with which a meeting
    deals is a topic, unless a topic matches it."""
    made = framework(plan("t"), "e", "f", "g").treated("e", "n").treated("f", "n").treated("g", "n")
    matched(made, "t", "g").state("ListedElement", "plan", f"mg:listedElement <{thing('e')}>")
    told = found(made)
    assert {code: (one.side, codes(one.planned)) for code, one in told.items()} == {
        "t": ("topic", ["m"]),
        "f": ("topic", ["n"]),
        "e": ("framework", ["n"]),
        "g": ("framework", ["m", "n"]),
    }


def test_topics_by_their_codes_and_then_elements_in_order() -> None:
    """Item 2 before item 10. A topic of the tables with which no meeting deals is an element as any other."""
    made = framework(plan("b", "a").elements("unused"), "item-10", "item-2")
    assert list(found(made)) == ["a", "b", "item-2", "item-10", "unused"]


def gaps() -> MadeUp:
    """t matches e1, u (reported only) e2; nothing matches e3; v has no counterpart."""
    made = framework(plan("t", "v"), "e1", "e2", "e3").elements("u").treated("u", "n", by="report")
    made.schedule("n", HELD, phase="held", by="report")
    return matched(matched(matched(made, "t", "e1"), "u", "e2"), "v")


@pytest.mark.parametrize(
    ("gap", "elements"),
    [
        (None, ["t", "u", "v", "e1", "e2", "e3"]),
        ("no-counterpart", ["v"]),
        # "the gap no-meeting is that of the plan, and so holds those that a later event met as well"
        ("no-meeting", ["e2", "e3"]),
        ("met-later", ["e2"]),
    ],
)
def test_only_those_with_the_gap(gap: str | None, elements: list[str]) -> None:
    answer = coverage(gaps().network(), gap)  # type: ignore[arg-type]
    assert [row["element"] for row in answer.flat()] == elements
    assert answer.params == ({"gap": (gap,)} if gap else {})


def test_what_a_row_tells() -> None:
    rows = {row["element"]: row for row in coverage(gaps().network()).flat()}
    names = ("side", "grade", "counterpart", "planned", "held", "gap", "source")
    assert [tuple(rows[code][name] for name in names) for code in ("t", "v", "e1", "e2", "e3")] == [
        ("topic", "exact", "e1", "m", None, None, "plan, line 3"),
        ("topic", "none", None, "m", None, "no-counterpart", "plan, line 4"),
        ("framework", "exact", "t", "m", None, None, "plan, line 7; plan, line 3"),
        ("framework", "exact", "u", None, "n", "met-later", "plan, line 8; report, line 5"),
        ("framework", "none", None, None, None, "no-meeting", None),
    ]


def test_no_gap_is_a_no_only_where_something_was_judged() -> None:
    judged = matched(framework(plan("t"), "e"), "t", "e")
    assert coverage(judged.network(), "no-counterpart").status == "no"
    assert coverage(plan("t").network(), "no-counterpart").status == "not-stated"
    assert coverage(MadeUp().network()).status == "not-stated"


def test_the_matrix_marks_what_was_planned_and_what_was_held() -> None:
    """A column for each meeting that deals with anything, by its code; another meeting has none."""
    made = gaps().meetings("o").schedule("m", HELD, phase="held", by="report").elements("w").treated("w", "n")
    answer = matrix(made.network())
    assert [column.name for column in answer.columns] == ["element", "side", "grade", "m", "n"]
    rows = {row["element"]: (row["side"], row["grade"], row["m"], row["n"]) for row in answer.flat()}
    assert rows == {
        "t": ("topic", "exact", "planned+held", None),
        "u": ("topic", "exact", None, "held"),
        "v": ("topic", "none", "planned+held", None),
        "w": ("topic", "not-stated", None, "planned+held"),
        "e1": ("framework", "exact", "planned+held", None),
        "e2": ("framework", "exact", None, "held"),
        "e3": ("framework", "none", None, None),
    }
    only_planned = {row["element"]: row["m"] for row in matrix(gaps().network()).flat()}
    assert only_planned["t"] == "planned"


def test_a_column_is_titled_by_a_name_where_the_code_is_only_a_place() -> None:
    made = plan("t").elements("u").register(
        f'<{thing("row")}> a mg:Meeting ; mg:code "R-1.row-2" ; skos:prefLabel "a workshop"@en , "讲习班"@zh .'
    )  # fmt: skip
    columns = matrix(made.treated("u", "row").schedule("row", HELD).network()).columns
    assert [(one.name, one.titles["en"], one.titles["zh"]) for one in columns[3:]] == [
        ("R-1.row-2", "a workshop", "讲习班"),
        ("m", "m", "m"),
    ]
