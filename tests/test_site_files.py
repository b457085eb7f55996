"""Names of the site's files, what is drawn where, and what must never get into a page or out of the folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from mandategraph import namespaces
from mandategraph.errors import UsageError
from mandategraph.query.answers import Cell
from mandategraph.query.headings import HEADINGS
from mandategraph.site import addresses
from mandategraph.site.content import Content
from mandategraph.site.dossiers import dossiers
from mandategraph.site.gather import gather
from mandategraph.site.pages import files
from mandategraph.site.publish import LIST, publish
from mandategraph.site.swimlanes import ROW, draw, width_of
from mandategraph.store import Store, open_store


@pytest.fixture(scope="module")
def content(shipped_folder: Path) -> Iterator[Content]:
    store = open_store(str(shipped_folder))
    yield gather(store)
    store.close()


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (namespaces.iri("meeting", "WG2020-3"), "meeting/WG2020-3.html"),
        (namespaces.iri("document", "CBD/COP/DEC/14/34"), "document/CBD/COP/DEC/14/34.html"),
        (namespaces.iri("body", "WG8(j)"), "body/WG8(j).html"),
        (namespaces.iri("place", "昆明"), "place/昆明.html"),
        (namespaces.iri("meeting", "../../etc/passwd"), "meeting/%2E%2E/%2E%2E/etc/passwd.html"),
        (namespaces.iri("meeting", 'a:b?c*d"e'), "meeting/a%3Ab%3Fc%2Ad%22e.html"),
        (namespaces.iri("meeting", "index"), "meeting/index~.html"),
        ("http://metadata.cbd.int/kmgbf/goal_A", "concept/kmgbf-goal_A.html"),
    ],
)
def test_a_thing_has_its_page_where_its_name_says_and_never_outside(iri: str, path: str) -> None:
    assert addresses.paths([iri]) == {iri: path}


def test_pages_whose_names_differ_in_case_only_stay_apart() -> None:
    found = addresses.paths([namespaces.iri("meeting", "SBI-3"), namespaces.iri("meeting", "sbi-3")])
    assert sorted(found.values()) == ["meeting/SBI-3.html", "meeting/sbi-3~2.html"]


def test_a_link_reaches_a_file_with_a_strange_name() -> None:
    assert addresses.href("meeting/x.html", "body/a%3Ab c.html#d e") == "../body/a%253Ab%20c.html#d%20e"


def test_a_list_of_files_that_leads_out_of_the_folder_takes_nothing_away(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", encoding="utf-8")
    site = tmp_path / "site"
    publish(site, {"index.html": b"1"})
    (site / LIST).write_text("../precious.txt\n/etc/hostname\nindex.html\n", encoding="utf-8")
    publish(site, {"index.html": b"2"})
    assert (tmp_path / "precious.txt").exists()


def test_a_file_is_no_folder_for_a_site(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError):
        publish(tmp_path / "file", {"index.html": b"x"})


def test_a_name_cannot_become_markup(tiny: Store) -> None:
    known = gather(tiny)
    iri = namespaces.iri("meeting", "SBI-3")
    evil = '</script><script>alert("x")</script>'
    thing = replace(known.things[iri], name=Cell("SBI-3", evil, evil))
    made = files(replace(known, things={**known.things, iri: thing}))
    assert not [path for path, data in made.items() if path.endswith(".html") and b"<script>alert" in data]
    page = made["en/meeting/SBI-3.html"].decode()
    assert "\\u003c/script\\u003e" in page and evil in unescape(page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_mark_of_the_map_covers_another_or_its_label(content: Content, language: str) -> None:
    drawing = draw(content, language)
    taken: list[tuple[float, float, float]] = []
    for knot in drawing.knots:
        for box in knot.boxes:
            right = box.right if box.open else box.right + 5 + width_of(knot.label)
            assert right <= drawing.width and box.top + ROW <= drawing.height
            assert not [1 for top, left, end in taken if top == box.top and left < right and box.left < end], knot.label
            taken.append((box.top, box.left, right))


def test_what_has_no_date_stands_beside_what_it_feeds(content: Content) -> None:
    """R, annex II, table 1, row 12: the experts of decision 14/23 report to SBI-3."""
    knots = {knot.iri: knot for knot in draw(content, "en").knots}
    experts, meeting = (knots[namespaces.iri(*one)] for one in (("body", "EXPERTS-14-23"), ("meeting", "SBI-3")))
    assert experts.boxes[0].right < meeting.boxes[0].left


def test_what_a_meeting_passes_on_is_one_table(content: Content) -> None:
    """Fourteen rows of SBI-3 in R and O; whom to whom, how firmly, what, on what and under what are columns."""
    (dossier,) = (one for one in dossiers(content) if one.thing.code == "SBI-3")
    (outputs,) = (section for section in dossier.sections if section.anchor == "Contribution-from")
    assert not outputs.wide and len(outputs.lines) == 14
    assert [column.value for column in outputs.columns] == ["to", "modality", "hands", "concerns", "under"]
    handed = {name.value for line in outputs.lines for name, _ in line.rest}
    assert {"handedBy", "receivedBy", "fromItem"} <= handed


def test_statements_of_every_kind_have_a_heading_for_people(content: Content) -> None:
    used = {(told.kind.value, told.role.value) for one in content.profiles.values() for told in one.told}
    assert used - HEADINGS.keys() == set()
