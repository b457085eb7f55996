"""The footnotes: each position read from the document by hand (stance, place of the mark, where to), and the others."""

from __future__ import annotations

import pytest
import shipped
from mandategraph.model.paragraph_records import PositionRecord

# By footnote: the part that carries the mark, and the stances in the order of the text.
A, B, C, D, E, G = (f"annex-1.section-{letter}.group-1.item-" for letter in "abcdeg")
FOOTNOTES = {
    2: (A + "5", "clarify"),
    3: (A + "6", "oppose clarify oppose"),
    4: (A + "7", "oppose clarify"),
    5: (B + "4", "oppose support move-to"),
    6: ("annex-1.section-c", "restrict support"),
    7: (C + "1", "clarify"),
    8: (C + "3", "move-to add"),
    9: (C + "5", "oppose"),
    10: (C + "8", "oppose add"),
    11: (C + "9", "clarify"),
    12: ("annex-1.section-d.group-1", "clarify support remark"),
    13: ("annex-1.section-d.group-1", "add"),
    14: (D + "4", "move-to oppose"),
    15: (D + "5", "move-to oppose"),
    16: (D + "6", "oppose"),
    17: ("annex-1.section-d.group-3", "oppose support"),
    19: (E + "12", "oppose"),
    20: (E + "13", "oppose"),
    21: ("annex-1.section-f", "remark"),
    22: ("annex-1.section-f", "add"),
    23: ("annex-1.section-g", "rename oppose rename restrict"),
    24: (G + "10", "move-to clarify clarify restrict support restrict"),
    25: (G + "11", "clarify oppose"),
    26: (G + "12", "move-to restrict"),
    27: ("annex-1.section-h", "move-to remark"),
}
LINES = {
    2: 89, 3: 91, 4: 93, 5: 115, 6: 117, 7: 119, 8: 121, 9: 141, 10: 143, 11: 145, 12: 147, 13: 149, 14: 151, 15: 176,
    16: 178, 17: 180, 19: 205, 20: 207, 21: 233, 22: 235, 23: 237, 24: 253, 25: 255, 26: 257, 27: 259,
}  # fmt: skip
MOVES = {
    "footnote-5.3": "a", "footnote-8.1": "a", "footnote-14.1": "a", "footnote-15.1": "a", "footnote-24.1": "e", "footnote-26.1": "e",
    "footnote-27.1": "e",
}  # fmt: skip
AGAINST = {
    "footnote-5.2": "footnote-5.1", "footnote-6.2": "footnote-6.1", "footnote-23.2": "footnote-23.1",
    "footnote-24.5": "footnote-24.4",
}  # fmt: skip


def positions(footnote: int) -> list[PositionRecord]:
    return [one for one in shipped.plan_records().positions if one.id.startswith(f"footnote-{footnote}.")]


@pytest.mark.parametrize("footnote", FOOTNOTES)
def test_footnote(footnote: int) -> None:
    carrier, stances = FOOTNOTES[footnote]
    found = positions(footnote)
    assert " ".join(one.stance for one in found) == stances
    assert {one.carrier for one in found} == {carrier}
    assert {one.evidence[0].line for one in found} == {LINES[footnote]}


def test_there_are_49_positions_in_25_footnotes() -> None:
    found = shipped.plan_records().positions
    assert len(found) == 49
    assert {int(one.id.split("-")[1].split(".")[0]) for one in found} == set(FOOTNOTES)


def test_where_items_should_move() -> None:
    moves = {one.id: one.move_to for one in shipped.plan_records().positions if one.move_to}
    assert moves == {name: f"element:WG2020-REC-1-1.annex-1.section-{letter}" for name, letter in MOVES.items()}


def test_what_contradicts_what() -> None:
    assert {one.id: one.against for one in shipped.plan_records().positions if one.against} == AGAINST


def test_a_rejected_name_is_no_rejected_heading() -> None:
    """Footnote 23: some Parties reject the proposed term, not the heading G that carries the mark."""
    rejected = positions(23)[1]
    assert (rejected.stance, rejected.target, rejected.against) == ("oppose", "", "footnote-23.1")


def test_what_is_to_be_added_to_this_element_goes_under_its_heading() -> None:
    """Footnote 8: mitigation and adaptation are wanted in the element (section C), not in the item on milestones."""
    assert positions(8)[1].target == "element:WG2020-REC-1-1.annex-1.section-c"


def test_holders_are_distinct_unless_the_text_says_they() -> None:
    """Footnote 17 goes on about the same Parties (他们); in 5, 14 and 15 one sentence says two things."""
    found = shipped.plan_records().positions
    holders = [one.holder for one in found]
    assert len(set(holders)) == len(holders) - 4
    for footnote, first, second in ((5, 1, 2), (14, 0, 1), (15, 0, 1), (17, 0, 1)):
        assert positions(footnote)[first].holder == positions(footnote)[second].holder
    assert len(shipped.ask("?h WHERE { ?p mg:holder ?h . ?h a mg:Group }")) == 45


def test_no_party_holds_a_position_by_name() -> None:
    assert shipped.ask("?h WHERE { ?p mg:holder ?h . ?h a mg:Party }") == set()


def test_labels_of_holders_name_the_footnote() -> None:
    labels = "?l WHERE { <https://w3id.org/mandategraph/id/group/WG2020-REC-1-1.footnote-2.1> skos:prefLabel ?l }"
    assert shipped.ask(labels) == {("一些缔约方（脚注2）",), ("some Parties (footnote 2)",)}


def test_four_footnotes_are_no_positions() -> None:
    kinds = {note.id: note.kind for note in shipped.plan_records().notes}
    # 6 and 21 open with a sentence that is nobody's position and go on with positions.
    assert kinds == {
        "footnote-1": "status", "footnote-6": "summary", "footnote-18": "cross-reference",
        "footnote-21": "cross-reference", "footnote-28": "definition", "footnote-29": "explanation",
    }  # fmt: skip
    with_positions = {f"footnote-{number}" for number in FOOTNOTES}
    none = "?path WHERE { ?f a mg:Footnote ; mg:path ?path FILTER NOT EXISTS { ?p a mg:Position ; mg:inFootnote ?f } }"
    assert {path for (path,) in shipped.ask(none) if path.startswith("footnote-")} >= set(kinds) - with_positions
    assert set(kinds) - with_positions == {"footnote-1", "footnote-18", "footnote-28", "footnote-29"}


def test_notes_hang_on_what_bears_their_mark() -> None:
    carriers = {note.id: note.carriers for note in shipped.plan_records().notes}
    assert carriers["footnote-1"] == ("annex-1",)
    assert carriers["footnote-28"] == ("annex-2.table-1.head",)
    assert carriers["footnote-29"] == ("annex-2.table-1.row-1.cell-5",)


def test_types_of_meeting_rest_on_footnote_28() -> None:
    defined = shipped.ask("?t ?l WHERE { ?d a mg:TypeDefinition ; mg:defines ?t ; mg:hasEvidence/mg:lineNumber ?l }")
    assert defined == {(f"type-{number}", "272") for number in range(1, 6)}


def test_positions_on_voluntary_commitments() -> None:
    item = "<https://w3id.org/mandategraph/id/element/WG2020-REC-1-1.annex-1.section-g.group-1.item-10>"
    assert len(shipped.ask(f"?p WHERE {{ ?p a mg:Position ; mg:target {item} }}")) == 6


def test_a_stance_read_into_a_remark_says_so() -> None:
    for one in shipped.plan_records().positions:
        assert bool(one.note) == (one.basis == "interpretation"), one.id


def test_every_position_is_told_in_both_languages() -> None:
    gists = shipped.ask("?p (COUNT(?g) AS ?n) WHERE { ?p a mg:Position OPTIONAL { ?p mg:gist ?g } } GROUP BY ?p")
    assert len(gists) == 49
    assert {number for _, number in gists} == {"2"}
