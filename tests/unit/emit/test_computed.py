"""What no single field of a record says, on made-up records. What is expected was worked out by hand from the record and from
what the docstring of its kind says of its fields."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyoxigraph as ox
import pytest
from mandategraph.emit.nodes import thing
from mandategraph.emit.statements import DocumentGraph
from mandategraph.model.evidence import Evidence
from mandategraph.model.paragraph_records import (
    CitedPartRecord,
    ClauseRecord,
    DeadlineRecord,
    FrameworkElementRecord,
    PositionRecord,
)
from mandategraph.model.records import (
    ContributionRecord,
    DocumentRecord,
    ElementRecord,
    Extraction,
    MandateRecord,
    PartRecord,
    RepairRecord,
    ScheduleRecord,
    When,
)
from mandategraph.model.references import Ref
from mandategraph.rdf import namespaces
from mandategraph.rdf.quads import concept

DOCUMENT = DocumentRecord("X/1", "t", date(2020, 1, 2), "zh", "zh", "", ())
HERE = (Evidence("p-1", 3, "words"),)


def emitted(**sections: tuple[Any, ...]) -> set[ox.Quad]:
    return DocumentGraph(Extraction(DOCUMENT, **{"parts": (), **sections}), str).emit().quads


def said(quads: set[ox.Quad], name: str, kind: str = "", path: str = "") -> list[tuple[str, str]]:
    """What the property of this name states, of all nodes or of one of the document, with its language or datatype."""
    node = thing(Ref.of(kind, f"X/1/{path}")) if kind else None
    found = (
        one.object
        for one in quads
        if namespaces.compact(one.predicate.value).rpartition(":")[2] == name and node in (None, one.subject)
    )
    return sorted((one.value, getattr(one, "language", None) or "") for one in found)


def part(path: str, updated: str = "") -> PartRecord:
    return PartRecord(path, "Paragraph", "1", "", 1, 2, "paragraph 1", "第1段", "0", updated=updated)


def test_parts_stand_in_the_order_of_the_document_counted_from_one() -> None:
    quads = emitted(parts=(part("p-2"), part("p-1")))
    assert said(quads, "documentOrder", "part", "p-2") == [("1", "")]
    assert said(quads, "documentOrder", "part", "p-1") == [("2", "")]


@pytest.mark.parametrize(
    ("updated", "days"),
    [("2020-02-29", ["2020-02-29"]), ("2020-12-31T23:59:59Z", ["2020-12-31"]), ("", [])],
)
def test_the_day_on_which_a_record_was_changed_goes_without_its_hour(updated: str, days: list[str]) -> None:
    assert [value for value, _ in said(emitted(parts=(part("p-1", updated),)), "modified")] == days


def test_a_repair_rests_on_the_place_that_it_repairs() -> None:
    quads = emitted(parts=(part("p-1"),), repairs=(RepairRecord("dropped-line", 3, "p-1", "a page number"),))
    (evidence,) = (one.object for one in quads if one.predicate.value.endswith("#hasEvidence"))
    about = {
        (one.predicate.value.rpartition("#")[2], one.object.value)
        for one in quads
        if one.subject == evidence and one.predicate.value.startswith(namespaces.ONTOLOGY)
    }
    assert {("lineNumber", "3"), ("atProvision", thing(Ref.of("part", "X/1/p-1")).value)} <= about


def test_the_path_of_a_cited_part_is_what_follows_its_document() -> None:
    cited = CitedPartRecord("part:CBD/COP/DEC/14/34/paragraph-2.a", "Paragraph", "document:CBD/COP/DEC/14/34", "", "")
    assert said(emitted(cited_parts=(cited,)), "path") == [("paragraph-2.a", "")]


def handed(name: str, voice: str = "giver", deliverable: str = "report", row: str = "row-1", target: str = "") -> Any:
    return ContributionRecord(
        name, "meeting:A-1", "named-meeting", voice, "will", HERE, target, deliverable, "报告" if row else "", row=row
    )


def test_what_a_row_hands_to_several_meetings_is_one_thing() -> None:
    """The row of the giver hands one report to both; what the rows of two receivers take up are two."""
    given = emitted(contributions=(handed("c1", target="meeting:B-1"), handed("c2", target="meeting:B-2")))
    assert said(given, "delivers", "contribution", "c1") == said(given, "delivers", "contribution", "c2")
    taken = emitted(contributions=(handed("c1", "receiver"), handed("c2", "receiver")))
    assert said(taken, "delivers", "contribution", "c1") != said(taken, "delivers", "contribution", "c2")
    of_no_row = emitted(contributions=(handed("c1", row=""), handed("c2", row="")))
    assert len(said(of_no_row, "delivers")) == 2 and len(set(said(of_no_row, "delivers"))) == 2
    of_two_rows = emitted(contributions=(handed("c1", row="row-1"), handed("c2", row="row-2")))
    assert len(set(said(of_two_rows, "delivers"))) == 2
    of_two_kinds = emitted(contributions=(handed("c1"), handed("c2", deliverable="draft")))
    assert len(set(said(of_two_kinds, "delivers"))) == 2


@pytest.mark.parametrize(("deliverable", "kind"), [("report", "report"), ("unnamed", "unnamed-deliverable")])
def test_what_is_handed_over_has_its_kind_and_its_words(deliverable: str, kind: str) -> None:
    quads = emitted(contributions=(handed("c1", deliverable=deliverable),))
    assert said(quads, "deliverableKind") == [(concept(kind).value, "")]
    node = said(quads, "delivers")[0][0]
    written = [one.object for one in quads if one.subject.value == node and one.predicate.value.endswith("asWritten")]
    assert written == [ox.Literal("报告", language="zh")]
    assert said(emitted(contributions=(handed("c1", row=""),)), "asWritten") == [], "without words none are made up"


@pytest.mark.parametrize(
    ("decision", "requested", "codes"),
    [
        ("document:CBD/COP/DEC/14/34", (), ["14/34"]),
        ("document:CBD/CP/MOP/DEC/9/7", (), ["CP-9/7"]),
        ("document:A/RES/73/234", (), ["73/234"]),
        ("", ("meeting:SBI-2",), ["SBI-2"]),
        ("", ("meeting:SBI-2", "meeting:SBSTTA-23"), ["SBI-2", "SBSTTA-23"]),
        # where a decision stands beside requests, it is the authority
        ("document:CBD/COP/DEC/14/34", ("meeting:SBI-2",), ["14/34"]),
    ],
)
def test_the_authority_is_told_by_its_code_in_both_languages(
    decision: str, requested: tuple[str, ...], codes: list[str]
) -> None:
    """The decision, "or the meetings that made the request"; of a resolution the number that follows its series."""
    mandate = MandateRecord("m1", "meeting:A-1", HERE, decision, requested)
    labels = said(emitted(mandates=(mandate,)), "label", "mandate", "m1")
    assert sorted(language for _, language in labels) == ["en", "zh"]
    for words, _ in labels:
        places = [words.index(code) for code in codes]
        assert places == sorted(places)
        assert "SBI-2" in codes or "SBI-2" not in words
        assert "A/RES" not in words and "document:" not in words


def test_the_main_verb_is_the_first() -> None:
    clause = ClauseRecord("c", "p-1", "operative", ("invite", "draw-attention", "request"), HERE)
    assert said(emitted(clauses=(clause,)), "mainVerb") == [(concept("invite").value, "")]


@pytest.mark.parametrize(
    ("days", "anchor", "offsets"),
    [
        (-42, "meeting:A-1", ["-P42D"]),
        (7, "meeting:A-1", ["P7D"]),
        (1, "meeting:A-1", ["P1D"]),
        (-1, "meeting:A-1", ["-P1D"]),
        (0, "meeting:A-1", ["P0D"]),
        # a day of its own counts from nothing
        (0, "", []),
        (-42, "", []),
    ],
)
def test_a_rule_counts_days_from_its_anchor_negative_before(days: int, anchor: str, offsets: list[str]) -> None:
    deadline = DeadlineRecord("d", "rule", HERE, None, anchor, "opening", days)
    found = [one.object for one in emitted(deadlines=(deadline,)) if one.predicate.value.endswith("#offsetFromAnchor")]
    duration = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dayTimeDuration")
    assert found == [ox.Literal(text, datatype=duration) for text in offsets]


def test_an_element_of_the_framework_stands_under_its_heading() -> None:
    heading = FrameworkElementRecord("element:X-1.h", "p-1", "heading", "h", HERE)
    item = FrameworkElementRecord("element:X-1.i", "p-2", "item", "i", HERE, "element:X-1.h")
    quads = emitted(framework=(heading, item))
    pairs = [(one.subject, one.object) for one in quads if one.predicate.value.endswith("#broader")]
    assert pairs == [(thing("element:X-1.i"), thing("element:X-1.h"))]


def test_a_position_stands_in_the_footnote_of_which_it_is_one() -> None:
    position = PositionRecord("footnote-3.2", "group:X-1.some", "some", "asks-to-add", "p-1", "element:x", HERE)
    assert said(emitted(positions=(position,)), "inFootnote") == [(thing(Ref.of("part", "X/1/footnote-3")).value, "")]


def row(name: str, meeting: str) -> ScheduleRecord:
    return ScheduleRecord(f"s-{name}", meeting, "planned", When("fixed", "none"), "words", HERE, row=name)


def test_the_meeting_of_a_row_has_its_subject_where_nothing_else_tells_it() -> None:
    """ "Subjects of rows that neither rest on a mandate nor hand anything over." The first row has a mandate, the second hands
    something over, the third does neither; the fourth is no row of a meeting."""
    elements = tuple(ElementRecord(f"row-{one}", f"element:e{one}", "words", HERE) for one in (1, 2, 3, 4))
    quads = emitted(
        elements=elements,
        schedules=(row("row-1", "meeting:A-1"), row("row-2", "meeting:A-2"), row("row-3", "meeting:A-3"), row("", "m")),
        mandates=(MandateRecord("m1", "meeting:A-1", HERE, "document:CBD/COP/DEC/14/34", row="row-1"),),
        contributions=(handed("c2", row="row-2"),),
    )
    assert said(quads, "treatedAt") == [(thing("meeting:A-3").value, "")]
    assert said(quads, "concerns", "treatment", "row-3") == [(thing("element:e3").value, "")]
