"""Names of the site's files, what must never get into a page or out of the folder, and a folder that is always whole."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from mandategraph.answers.answer import Cell
from mandategraph.messages import same
from mandategraph.rdf import namespaces
from mandategraph.site import addresses
from mandategraph.site.load import gather
from mandategraph.site.pages import files
from mandategraph.site.publish import LIST, publish
from mandategraph.store import Store
from mandategraph.system.errors import UsageError


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
    thing = replace(known.things[iri], name=Cell("SBI-3", same(evil)))
    made = files(replace(known, things={**known.things, iri: thing}))
    assert not [path for path, data in made.items() if path.endswith(".html") and b"<script>alert" in data]
    page = made["en/meeting/SBI-3.html"].decode()
    assert "\\u003c/script\\u003e" in page and evil in unescape(page)


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        publish(tmp_path, {"index.html": b"ours"})
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_what_is_no_page_any_more_goes_and_what_others_put_there_stays(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": b"one", "en/gone.html": b"one"})
    (tmp_path / "CNAME").write_text("example.org", encoding="utf-8")
    assert publish(tmp_path, {"index.html": b"two"}) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["CNAME", "index.html", LIST]
    assert (tmp_path / "index.html").read_bytes() == b"two"


def test_pages_that_cannot_be_written_leave_the_earlier_site_as_it_was(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": b"one"})
    with pytest.raises(Exception, match="cannot be written"):
        publish(tmp_path, {"index.html": b"two", "index.html/below.html": b"a file is no folder"})
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()}["index.html"] == b"one"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["index.html", LIST]


def test_a_site_of_ours_is_swapped_as_a_whole_and_what_is_the_same_keeps_its_time(tmp_path: Path) -> None:
    place = tmp_path / "pages"
    publish(place, {"index.html": b"one", "en/same.html": b"same"})
    os.utime(place / "en/same.html", (1, 1))
    was = place.stat().st_ino
    publish(place, {"index.html": b"two", "en/same.html": b"same"})
    assert place.stat().st_ino != was and (place / "en/same.html").stat().st_mtime == 1
    assert [one.name for one in tmp_path.iterdir()] == ["pages"]


def test_the_working_folder_is_filled_and_not_swapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path / "pages", {"index.html": b"one"})
    monkeypatch.chdir(tmp_path / "pages")
    publish(Path(), {"index.html": b"two", "en/new.html": b"new"})
    assert Path("index.html").read_bytes() == b"two" and sorted(one.name for one in Path().iterdir()) == [
        "en",
        "index.html",
        LIST,
    ]


def test_a_swap_that_was_cut_off_between_its_two_steps_is_set_right(tmp_path: Path) -> None:
    place = tmp_path / "pages"
    publish(place, {"index.html": b"one", "gone.html": b"one"})
    place.rename(tmp_path / ".pages.before")
    assert publish(place, {"index.html": b"two"}) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["pages"]


_FOR_EVER = """
import itertools, pathlib, sys
from mandategraph.site.publish import publish
for turn in itertools.count():
    publish(pathlib.Path(sys.argv[1]), {f"{name}.html": b"%d" % (turn % 2) for name in range(40)})
    print("once", flush=True)
"""


def test_killed_at_any_moment_the_old_pages_or_the_new_are_there_whole(tmp_path: Path) -> None:
    place = tmp_path / "pages"
    for moment in range(4):
        with subprocess.Popen([sys.executable, "-c", _FOR_EVER, str(place)], stdout=subprocess.PIPE) as process:
            assert process.stdout and process.stdout.readline() == b"once\n"
            time.sleep(0.01 + 0.017 * moment)
            process.kill()
        standing = place if place.exists() else tmp_path / ".pages.before"
        assert len({file.read_bytes() for file in standing.glob("*.html")}) == 1
        assert len(list(standing.glob("*.html"))) == 40
        publish(place, {"index.html": b"mended"})
        assert [one.name for one in tmp_path.iterdir()] == ["pages"]
