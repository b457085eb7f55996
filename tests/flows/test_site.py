"""The site: every page there, every link leads somewhere, nothing invented, and a real browser that uses it."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from mandategraph.answers.headings import HEADINGS
from mandategraph.rdf import namespaces
from mandategraph.site import build_site
from mandategraph.site.content import Content
from mandategraph.site.dossiers import dossiers
from mandategraph.site.load import gather
from mandategraph.site.pages import files
from mandategraph.site.publish import publish
from mandategraph.site.swimlanes import ROW, draw, width_of
from mandategraph.store import Store
from mandategraph.store.embedded import OxigraphStore
from outside import node, node_modules, program
from shipped import ask, store

HERE = Path(__file__).parents[1]
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
def content(by_verb: object) -> Content:
    """What the site of the shipped graph shows, gathered once, while the verb is at work."""
    return gather(OxigraphStore("the shipped graph", store()))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Path:
    """The site of the shipped graph."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    publish(folder, files(content))
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """Its pages: path -> text."""
    return _read(site)


def _read(site: Path) -> dict[str, str]:
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in site.rglob("*.html")}


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.slow
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


@pytest.mark.parametrize("language", LANGUAGES)
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
    (outputs,) = (section for section in dossier.sections if section.anchor == "Contribution-contributionSource")
    assert not outputs.wide and len(outputs.lines) == 14
    assert [column.value for column in outputs.columns] == [
        "contributionRecipient",
        "modality",
        "delivers",
        "concerns",
        "underMandate",
    ]
    handed = {name.value for line in outputs.lines for name, _ in line.rest}
    assert {"handedBy", "receivedBy", "fromItem"} <= handed


def test_statements_of_every_kind_have_a_heading_for_people(content: Content) -> None:
    used = {(told.kind.value, told.role.value) for one in content.profiles.values() for told in one.told}
    assert used - HEADINGS.keys() == set()


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
