"""The site: every page there, every link leads somewhere, nothing invented, and a real browser that uses it."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from mandategraph.errors import UsageError
from mandategraph.site import build_site
from mandategraph.site.publish import LIST, publish
from mandategraph.store import Store
from mandategraph.store.embedded import OxigraphStore
from outside import node, node_modules, program
from shipped import ask, store

HERE = Path(__file__).parent
LANGUAGES = ("en", "zh")
_LINK = re.compile(r'\b(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'\bid="([^"]*)"')
_NAMED = re.compile(r'<dd class="address">([^<]*)</dd>')
_EVENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SCHEMA = "https://schema.org/"


@pytest.fixture(scope="module")
def by_verb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """The same site, being built by the verb from a store on disk, in a process with other hashes."""
    work = tmp_path_factory.mktemp("verb")
    command = [sys.executable, "-m", "mandategraph", "--store", str(work / "store"), "site", str(work / "pages")]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
        yield work / "pages", process


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, by_verb: object) -> Path:
    """The site of the shipped graph, built while the verb is at work."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    build_site(OxigraphStore("the shipped graph", store()), folder)
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """Its pages: path -> text."""
    return _read(site)


def _read(site: Path) -> dict[str, str]:
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in site.rglob("*.html")}


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_built_twice_it_is_the_same_byte_for_byte(site: Path, by_verb: tuple[Path, subprocess.Popen[str]]) -> None:
    folder, process = by_verb
    told, complaints = process.communicate(timeout=300)
    assert process.returncode == 0, complaints
    assert "pages in" in told
    first, second = _contents(site), _contents(folder)
    assert [path for path in first if first[path] != second.get(path)] == []
    assert first.keys() == second.keys()


def _lost(site: Path, pages: dict[str, str]) -> list[tuple[str, str]]:
    ids = {path: set(_ID.findall(text)) for path, text in pages.items()}
    lost = []
    for path, text in pages.items():
        for link in {html.unescape(found) for found in _LINK.findall(text)}:
            if link.startswith(("https://", "http://", "data:")):
                continue
            parts = urlsplit(link)
            target = os.path.normpath(Path(path).parent / unquote(parts.path)) if parts.path else path
            if not (site / target).is_file() or (parts.fragment and unquote(parts.fragment) not in ids[target]):
                lost.append((path, link))
    return lost


def test_every_link_within_the_site_leads_somewhere(site: Path, pages: dict[str, str]) -> None:
    assert _lost(site, pages) == []


def test_a_small_graph_of_somebody_else_has_its_site_too(tiny: Store, tmp_path: Path) -> None:
    """Most questions are about things that it does not know; they are left out."""
    build_site(tiny, tmp_path / "pages")
    assert _lost(tmp_path / "pages", _read(tmp_path / "pages")) == []


def test_no_page_loads_anything_from_elsewhere(pages: dict[str, str]) -> None:
    loading = re.compile(r'<(?:script|link|img|iframe)\b[^>]*(?:src|href)="https?:|@import|url\(\s*["\']?https?:')
    assert [path for path, text in pages.items() if loading.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_thing_has_one_dossier_in_each_language(pages: dict[str, str], language: str) -> None:
    things = {
        row[0]
        for row in ask(
            "DISTINCT (STR(?x) AS ?iri) WHERE { GRAPH graph:register { ?x mg:code ?code } "
            'FILTER(REGEX(STR(?x), "/id/(meeting|document|body|element|office|organization|party|group|place)/")) }'
        )
    }
    named = Counter(
        html.unescape(name).removeprefix("https://w3id.org/mandategraph/id/")
        for path, text in pages.items()
        if path.startswith(f"{language}/")
        for name in _NAMED.findall(text)
    )
    wanted = {one.removeprefix("https://w3id.org/mandategraph/id/") for one in things}
    assert len([one for one in wanted if one.startswith("meeting/")]) == 75
    assert sorted(wanted - named.keys()) == []
    assert [name for name, count in named.items() if count > 1] == []


def test_the_dossier_of_a_meeting_shows_plan_and_fact_with_their_places(pages: dict[str, str]) -> None:
    """R table 1 row 9 (line 282): Montreal, 18 to 23 May 2020. O paragraph 10 (line 21): online, 3 May to 13 June 2021."""
    text = re.sub(r"</?(?:span|a|q)\b[^>]*>", "", pages["en/meeting/SBSTTA-24.html"])
    planned, held = text.split('class="side fact"', 1)
    assert "2020-05-18 to 2020-05-23" in planned and "Montreal" in planned and "line 282" in planned
    assert "between 2021-05-03 and 2021-06-13" in held and "online" in held and "line 21" in held


def _event(pages: dict[str, str], path: str) -> dict[str, object]:
    (found,) = _EVENT.findall(pages[path])
    read = json.loads(found)
    assert isinstance(read, dict)
    return read


def test_a_meeting_is_told_to_machines_as_an_event(pages: dict[str, str]) -> None:
    """SBSTTA-24 moved in time and online; both are kept. Its days lie between two dates that it shares with SBI-3, so
    no more than the year is certain."""
    event = _event(pages, "en/meeting/SBSTTA-24.html")
    assert event["@type"] == "Event" and event["identifier"] == "SBSTTA-24"
    assert set(event["eventStatus"]) == {SCHEMA + "EventRescheduled", SCHEMA + "EventMovedOnline"}  # type: ignore[call-overload]
    assert event["previousStartDate"] == "2020-05-18"
    assert event["startDate"] == "2021"
    assert event["eventAttendanceMode"] == SCHEMA + "OnlineEventAttendanceMode"
    assert _event(pages, "zh/meeting/SBSTTA-24.html")["name"] == "科学、技术和工艺咨询附属机构第二十四次会议"


def test_a_meeting_that_only_moved_in_space_keeps_its_date(pages: dict[str, str]) -> None:
    """WG2020-2: planned for Kunming, held in Rome from the same day on (R line 279, O line 5)."""
    event = _event(pages, "en/meeting/WG2020-2.html")
    assert event["eventStatus"] == SCHEMA + "EventScheduled"
    assert (event["startDate"], event["endDate"]) == ("2020-02-24", "2020-02-29")
    assert "previousStartDate" not in event


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_holds_every_meeting_and_every_input(pages: dict[str, str], language: str) -> None:
    text = pages[f"{language}/map.html"]
    (meetings,) = ask("(COUNT(DISTINCT ?x) AS ?n) WHERE { GRAPH graph:register { ?x a mg:Meeting } }")
    inputs = {(row[0], int(row[1])) for row in ask(_BY_MODALITY)}
    drawn: Counter[str] = Counter()
    for modality, rows in re.findall(r'<g class="input [^>]*data-modality="(\w+)" data-rows="(\d+)"', text):
        drawn[modality] += int(rows)
    assert len(re.findall(r'<a [^>]*class="meeting"', text)) == int(meetings[0])
    assert set(drawn.items()) == inputs
    assert len(re.findall(r"<tr data-from", text)) == sum(count for _, count in inputs)


_BY_MODALITY = "?m (COUNT(DISTINCT ?x) AS ?n) WHERE { GRAPH ?g { ?x a mg:Contribution ; mg:modality ?m } } GROUP BY ?m"


def test_words_of_the_trade_stay_out_of_the_pages(pages: dict[str, str]) -> None:
    for path in ("index", "map", "timeline", "coverage", "reservations", "how-to-read", "search", "meeting/SBI-3"):
        said = re.sub(r"<script.*?</script>|<[^>]*>", " ", pages[f"en/{path}.html"], flags=re.DOTALL)
        said = said.replace("mandategraph", " ")
        assert not re.search(r"\b(?:SHACL|SPARQL|RDF|IRI|triples?|graph|nodes?|edges?|modality)\b", said), path


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
    assert Path("index.html").read_bytes() == b"two" and sorted(os.listdir()) == ["en", "index.html", LIST]


def test_a_swap_that_was_cut_off_between_its_two_steps_is_set_right(tmp_path: Path) -> None:
    place = tmp_path / "pages"
    publish(place, {"index.html": b"one", "gone.html": b"one"})
    place.rename(tmp_path / ".pages.before")
    assert publish(place, {"index.html": b"two"}) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["pages"]


_FOR_EVER = """
import itertools, pathlib, sys
from mandategraph.site.publish import publish
print("ready", flush=True)
for turn in itertools.count():
    publish(pathlib.Path(sys.argv[1]), {f"{name}.html": b"%d" % (turn % 2) for name in range(40)})
"""


def test_killed_at_any_moment_the_old_pages_or_the_new_are_there_whole(tmp_path: Path) -> None:
    place = tmp_path / "pages"
    for moment in range(6):
        with subprocess.Popen([sys.executable, "-c", _FOR_EVER, str(place)], stdout=subprocess.PIPE) as process:
            assert process.stdout and process.stdout.readline() == b"ready\n"
            time.sleep(0.05 + 0.017 * moment)
            process.kill()
        standing = place if place.exists() else tmp_path / ".pages.before"
        assert len({file.read_bytes() for file in standing.glob("*.html")}) == 1
        assert len(list(standing.glob("*.html"))) == 40
        publish(place, {"index.html": b"mended"})
        assert [one.name for one in tmp_path.iterdir()] == ["pages"]


@pytest.mark.slow
def test_a_browser_uses_the_site(site: Path) -> None:
    """Chromium opens the pages as files: no word on the console, no request to anywhere else, no serious fault by
    axe-core in the light and in the dark; a filter, a chain, a click and the search do what they say."""
    node_modules("playwright-core", "axe-core")
    done = node(HERE / "node" / "site.cjs", str(site), program("chromium", "chromium-browser", "google-chrome"))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["console"] == []
    assert told["elsewhere"] == []
    assert told["faults"] == {}
    assert told["sideways"] == []
    inputs = {row[0]: int(row[1]) for row in ask(_BY_MODALITY)}
    assert told["map"]["meetings"] == 75
    assert told["map"]["rows"] == sum(inputs.values())
    assert told["map"]["may"] == inputs["may"]
    assert told["map"]["clicked"].endswith("/en/meeting/WG2020-3.html")
    # What follows from WG2020-2 goes to SBSTTA-24 and SBI-3 (R 282 to 296), from there to WG2020-3, and on to COP-15.
    assert {"meeting-SBSTTA-24", "meeting-SBI-3", "meeting-WG2020-3", "meeting-COP-15"} <= set(told["map"]["chain"])
    assert "meeting-WG2020-1" not in told["map"]["chain"]
    assert told["search"][0] == "数字序列信息"
    assert told["gaps"] > 0
