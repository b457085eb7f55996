"""Annex I: its standing, headings, groups and items, and how they correspond to subjects and the adopted framework."""

from __future__ import annotations

import pytest
import seeds
import shipped

# Items under each heading by group, counted by hand.
ITEMS = {"a": [9], "b": [4], "c": [13], "d": [8, 5, 1, 3], "e": [16], "f": [7], "g": [14], "h": [2]}
HEADINGS = {"a": 75, "b": 98, "c": 106, "d": 133, "e": 182, "f": 209, "g": 221, "h": 247}
# Some items by hand: place, line, English label.
SAMPLES = {
    "a.group-1.item-6": (84, "Theory of change"),
    "a.group-1.item-8": (95, "Challenges of implementation"),
    "b.group-1.item-4": (104, "Unpacking the 2050 Vision for better understanding"),
    "c.group-1.item-3": (111, "Milestones"),
    "c.group-1.item-6": (124, "Desired state of biodiversity in 2030"),
    "d.group-1.item-5": (153, "Indirect drivers of biodiversity loss"),
    "d.group-2.item-1": (160, "Themes of the Aichi Biodiversity Targets as starting point"),
    "d.group-4.item-2": (173, "Indicators and baselines set together with the targets"),
    "e.group-1.item-1": (186, "Resource mobilization"),
    "e.group-1.item-16": (201, "Levers for change within the scope of the Convention"),
    "f.group-1.item-7": (219, "Connectivity"),
    "g.group-1.item-8": (239, "Relation of this element to other elements of the framework"),
    "g.group-1.item-14": (245, "Guidance"),
    "h.group-1.item-2": (251, "Raising awareness of the framework, in line with other processes"),
}
BASE = "element:WG2020-REC-1-1.annex-1.section-"


def test_items_by_heading_and_group() -> None:
    elements = shipped.plan_records().framework
    found: dict[str, list[int]] = {letter: [] for letter in ITEMS}
    for group in (one for one in elements if one.level == "group"):
        letter = group.broader.rpartition("-")[2]
        found[letter].append(sum(one.group == group.id for one in elements))
    assert found == ITEMS
    assert sum(one.level == "item" for one in elements) == 82
    for letter, counts in ITEMS.items():
        under = [one for one in elements if one.level == "item" and one.broader == f"{BASE}{letter}"]
        assert len(under) == sum(counts)


def test_headings() -> None:
    found = {one.id: one.evidence[0].line for one in shipped.plan_records().framework if one.level == "heading"}
    assert found == {f"{BASE}{letter}": line for letter, line in HEADINGS.items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_item(name: str) -> None:
    line, label = SAMPLES[name]
    (found,) = [one for one in shipped.plan_records().framework if one.id == BASE + name]
    assert found.evidence[0].line == line
    node = f"<https://w3id.org/mandategraph/id/{(BASE + name).replace(':', '/')}>"
    asked = f"?l ?s WHERE {{ {node} skos:prefLabel ?l ; mg:englishLabelStatus ?s FILTER(LANG(?l) = 'en') }}"
    assert shipped.ask(asked) == {(label, "our-translation")}


def test_the_item_torn_by_a_page_break_is_one() -> None:
    """Section C, item (v): begins on line 113 and ends on line 123, behind four footnotes."""
    (item,) = [one for one in shipped.plan_records().framework if one.id == BASE + "c.group-1.item-5"]
    assert [one.line for one in item.evidence] == [113, 123]


def test_every_element_has_labels_and_the_scheme_of_its_document() -> None:
    scheme = "<https://w3id.org/mandategraph/id/scheme/CBD/WG2020/REC/1/1/annex-1>"
    labelled = shipped.ask(
        f"?e ?zh ?en WHERE {{ ?e skos:inScheme {scheme} ; skos:prefLabel ?zh, ?en "
        "FILTER(LANG(?zh) = 'zh' && LANG(?en) = 'en') }"
    )
    assert len(labelled) == 82 + 8 + 11
    assert not [en for _, _, en in labelled if "listed at" in en]
    assert max(len(zh) for _, zh, _ in labelled) < 60


def test_in_section_d_the_labels_follow_the_terms() -> None:
    """指标 is target there and 指标数 indicator; the Aichi 指标 are the Aichi Targets."""
    labels = {label.at: label.en for label in shipped.plan_curated().labels}
    assert labels["annex-1.section-d"] == "Goals, targets, sub-targets and indicators"
    assert "sub-targets" in labels["annex-1.section-d.group-3"]
    assert "indicators" in labels["annex-1.section-d.group-4"]
    assert "Aichi Biodiversity Targets" in labels["annex-1.section-d.group-2.item-1"]


def test_annex_1_is_not_negotiated() -> None:
    status = shipped.ask("?s ?l WHERE { ?t a mg:TextStatus ; mg:negotiation ?s ; mg:hasEvidence/mg:lineNumber ?l }")
    assert status == {("un-negotiated", "87"), ("un-negotiated", "69")}


def test_elements_that_gbo_5_is_to_inform() -> None:
    where = (
        "?c mg:cites document:GBO-5 ; mg:hasEvidence/mg:atProvision/mg:path ?path FILTER(STRSTARTS(?path, 'annex-1'))"
    )
    assert shipped.ask(f"?path WHERE {{ {where} }}") == {
        ("annex-1.section-d.group-1.item-7",), ("annex-1.section-d.group-2.item-5",),
    }  # fmt: skip


FOUND = "?m mg:matchGrade ?g FILTER(?g != mgv:none)"


def test_subjects_without_counterpart_in_annex_1() -> None:
    asked = (
        "DISTINCT ?t WHERE { ?t skos:inScheme <https://w3id.org/mandategraph/id/scheme/topics> . ?s mg:concerns ?t "
        f"FILTER NOT EXISTS {{ ?m mg:matchFrom ?t ; mg:matchTo ?e . ?l mg:listedElement ?e . {FOUND} }} }}"
    )
    names = {name.removeprefix("element/") for (name,) in shipped.ask(asked)}
    assert names == {
        "digital-sequence-information", "marine-ecosystems", "area-based-measures", "landscape-approaches",
        "all-elements", "preparatory-process",
    }  # fmt: skip
    none = shipped.ask("?t WHERE { ?m mg:matchFrom ?t ; mg:matchGrade mgv:none }")
    assert {name.removeprefix("element/") for (name,) in none} == names


def test_elements_of_annex_1_without_a_meeting() -> None:
    asked = (
        "?e WHERE { ?l mg:listedElement ?e ; mg:elementLevel mgv:item-level "
        f"FILTER NOT EXISTS {{ ?m mg:matchTo ?e . {FOUND} }} }}"
    )
    alone = {name.rpartition("section-")[2] for (name,) in shipped.ask(asked)}
    assert {f"f.group-1.item-{number}" for number in (4, 5, 6, 7)} | {"g.group-1.item-10", "e.group-1.item-12"} <= alone
    assert not {"e.group-1.item-1", "e.group-1.item-4", "f.group-1.item-1", "g.group-1.item-3"} & alone


def test_every_subject_was_held_against_annex_1() -> None:
    asked = (
        "?t WHERE { ?t skos:inScheme <https://w3id.org/mandategraph/id/scheme/topics> "
        "FILTER NOT EXISTS { ?m mg:matchFrom ?t } FILTER NOT EXISTS { ?x mg:treatedItem ?t } }"
    )
    topics = {topic.element for topic in shipped.plan_records().elements}
    assert not {f"element:{name.removeprefix('element/')}" for (name,) in shipped.ask(asked)} & topics


def test_goals_and_targets_are_linked_by_the_addresses_of_their_publisher() -> None:
    linked = {to for (to,) in shipped.ask("?t WHERE { ?m mg:matchTo ?t FILTER(CONTAINS(STR(?t), 'kmgbf')) }")}
    assert "http://metadata.cbd.int/kmgbf/target_19" in linked
    known = shipped.ask("?t WHERE { ?t skos:inScheme <http://metadata.cbd.int/kmgbf/kmgbfScheme> }")
    assert len(known) == 27
    assert linked <= {name for (name,) in known}
    labels = shipped.ask("?l WHERE { ?t skos:inScheme kmgbf:kmgbfScheme ; skos:prefLabel ?l }")
    assert max(len(label) for (label,) in labels) < 70


def test_errata_stand_on_their_lines() -> None:
    lines = seeds.plan().read_text(encoding="utf-8").split("\n")
    for fault in shipped.plan_curated().errata:
        assert fault.written in lines[fault.line - 1], (fault.at, fault.written)
    assert len(shipped.plan_curated().errata) >= 50
