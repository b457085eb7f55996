"""Where pages and replies lead: every link answers, in the state of knowledge and the language that were asked for."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from mandategraph.rdf import namespaces
from mandategraph.store.local_swap import publish
from serving import FORM, HTML, page, serving

pytestmark = pytest.mark.server

FEEDERS = "/api/meetings-that-feed-a-meeting"
PLAN = "2019-08-30"


def led(text: str) -> list[str]:
    return [html.unescape(path) for path in re.findall(r'<a href="(/[^"]*)"', text)]


@pytest.mark.parametrize(
    "path",
    [
        "/questions/B02",  # types of meetings are shown by numbers, which are codes of nothing
        "/questions/S02",  # answered by an analysis
        "/questions/W11",  # names BUSINESS, an actor, where there is an element "business" too
        "/ask?q=" + quote("what is missing if SBI-3 is postponed by 60 days"),
        "/search?q=zero+draft",  # finds statements too
        "/id/meeting/SBI-3",
        # a statement, which has no profile
        pytest.param("/id/schedule/CBD/WG2020/REC/1/1/paragraph-1", marks=pytest.mark.slow),
        "/graph/register",
        "/query/meetings-that-feed-a-meeting",
        "/prefix/mg",
        pytest.param("/questions", marks=pytest.mark.slow),  # every question there is, answered in turn
    ],
)
def test_every_link_of_a_page_leads_somewhere(served: httpx.Client, path: str) -> None:
    for link in dict.fromkeys(led(page(served, path))):
        answer = served.get(link, headers={} if "." in link[-7:] or "format=" in link else HTML)
        assert answer.status_code == 200, (link, answer.text[:300])


def test_an_answer_by_an_analysis_can_be_taken_away_in_every_format(served: httpx.Client) -> None:
    links = [link for link in led(page(served, "/questions/S02")) if "format=" in link]
    assert links[0] == "/questions/S02?format=csv"
    assert served.get(links[0]).text == served.get("/questions/S02.csv").text


def test_links_of_an_earlier_state_lead_on_in_it_and_the_page_says_so(served: httpx.Client) -> None:
    for path in (f"/id/meeting/SBI-3?as_of={PLAN}", f"{FEEDERS}?as_of={PLAN}", f"/api?as_of={PLAN}"):
        text = page(served, path)
        assert f"Only what was known as of {PLAN}." in text
        assert f'<a href="{path.partition("?")[0]}">What is known now</a>' in text
        for link in led(text):
            wanted = link not in ("/sparql", path.partition("?")[0])
            assert (f"as_of={PLAN}" in link) is wanted, link
        assert f'<input type="hidden" name="as_of" value="{PLAN}">' in text
    assert "known as of" not in page(served, "/id/meeting/SBI-3")
    wrong = served.get(f"/id/meeting/SBI-33?as_of={PLAN}", headers=HTML)
    assert wrong.status_code == 404 and f"as_of={PLAN}" in wrong.text and "known as of" in wrong.text


@pytest.mark.parametrize(
    "path", [FEEDERS, "/questions/F01", "/ask?q=what+feeds+SBI-3", "/search?q=zero", "/id/meeting/SBI-3"]
)
def test_every_other_format_says_of_which_state_it_is_too(served: httpx.Client, path: str) -> None:
    given = {"as_of": PLAN, "format": "json"}
    then = served.get(path, params={**httpx.URL(path).params, **given})
    assert (then.headers["x-as-of"], then.json()["as_of"]) == (PLAN, PLAN)
    now = served.get(path, params={**httpx.URL(path).params, "format": "json"})
    assert "x-as-of" not in now.headers and "as_of" not in now.json()


def test_a_state_named_by_any_words_can_stand_in_a_header(served: httpx.Client) -> None:
    then = served.get(f"{FEEDERS}.csv", params={"as_of": "ＣＢＤ/WG2020/REC/1/1"})
    assert then.status_code == 200 and then.headers["x-as-of"] == "%EF%BC%A3%EF%BC%A2%EF%BC%A4/WG2020/REC/1/1"


def test_links_keep_the_language(served: httpx.Client) -> None:
    text = page(served, f"/id/meeting/SBI-3?lang=zh&as_of={PLAN}")
    assert f"仅含截至{PLAN}已知的内容。" in text and '<a href="/id/meeting/SBI-3?lang=zh">' in text
    assert all("lang=zh" in link for link in led(text))
    for path in ("/", "/sparql"):
        assert all("lang=zh" in link for link in led(page(served, path + "?lang=zh")))


def test_what_is_kept_cannot_break_out_of_the_page(served: httpx.Client) -> None:
    evil = '"><script>alert(1)</script>'
    for path in ("/", "/id/meeting/SBI-3", "/nothing"):
        assert "<script>" not in served.get(path, params={"as_of": evil, "lang": "en"}, headers=HTML).text


def test_show_leads_on_in_the_state_language_and_format_that_were_asked_for(served: httpx.Client) -> None:
    given = {"q": "SBI-3", "as_of": PLAN, "lang": "zh", "format": "ttl"}
    address = served.get("/show", params=given).headers["location"]
    assert address.startswith("/id/meeting/SBI-3?") and f"as_of={PLAN}" in address and "lang=zh" in address
    then = served.get("/id/meeting/SBI-3.ttl", params={"as_of": PLAN})
    assert served.get(address).content == then.content != served.get("/id/meeting/SBI-3.ttl").content


def test_the_content_location_is_where_just_this_is_found(served: httpx.Client) -> None:
    then = served.get("/id/meeting/SBI-3", params={"as_of": "CBD/WG2020/REC/1/1"})
    assert served.get(then.headers["content-location"]).content == then.content


def test_a_wrong_day_is_told_of_the_parameter(served: httpx.Client) -> None:
    told = served.get(f"{FEEDERS}?as_of=2019-02-30").json()["detail"]
    assert told.startswith("parameter as_of: ") and "--" not in told


def test_sparql_does_not_pass_over_a_day(served: httpx.Client) -> None:
    for response in (
        served.get("/sparql", params={"query": "ASK {}", "as_of": PLAN}),
        served.post(f"/sparql?as_of={PLAN}", content=b"query=ASK%20%7B%7D", headers={"Content-Type": FORM}),
    ):
        assert response.status_code == 400 and "as_of" in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/ask?q=which+meetings+feed+SBI-3&asof=2019-08-30",
        "/questions/F01?meeting=SBI-3",
        "/search?q=draft&pages=2",
        "/api?x=",
        "/api?page_size=2",
        "/questions?page=1",
        "/questions/F01?detail=1",
        "/graph/register?page_size=2",
        "/id/meeting/SBI-3?page_size=2",
        "/ontology?page_size=2",
    ],
)
def test_a_parameter_that_nothing_reads_is_refused(served: httpx.Client, path: str) -> None:
    response = served.get(path)
    assert response.status_code == 400 and "There is no parameter" in response.text and "as_of" in response.text


def test_sparql_passes_over_what_the_protocol_does_not_have(served: httpx.Client) -> None:
    # SPARQLWrapper says what it wants under three names at once, others add a time limit of theirs.
    assert served.get("/sparql?query=ASK%7B%7D&output=json&results=json&timeout=1000").json()["boolean"] is True


def test_statements_have_no_profile_but_json_ld(served: httpx.Client) -> None:
    path = "/id/schedule/CBD/WG2020/REC/1/1/paragraph-1"
    assert served.get(path + ".json").status_code == 400
    liked = served.get(path, headers={"Accept": "application/json, text/turtle;q=0.5"})
    assert liked.status_code == 200 and liked.json()[0]["@id"].startswith(namespaces.THINGS)


def test_the_text_of_a_query_is_at_its_iri_and_no_format_is_passed_over(served: httpx.Client) -> None:
    text = served.get("/query/meetings-that-feed-a-meeting.rq")
    assert text.headers["content-type"].startswith("application/sparql-query") and "# param: meeting" in text.text
    for path in ("/query/meetings-that-feed-a-meeting.csv", "/questions?format=csv", "/openapi.json?format=ttl"):
        assert served.get(path).status_code == 400, path
    assert served.get("/questions?format=json").json() == served.get("/questions").json()
    assert served.get("/ontology.nt").content == served.get("/ontology?format=nt").content
    assert served.get("/ontology.nothing").status_code == 404


def test_what_does_not_exist_is_unchanged_for_nobody(served: httpx.Client) -> None:
    for path in ("/api/nothing", "/id/meeting/nothing", f"{FEEDERS}?as_of=1990-01-01"):
        assert served.get(path, headers={"If-None-Match": "*"}).status_code in (400, 404)
    assert served.get(FEEDERS, headers={"If-None-Match": "*"}).status_code == 304


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("zh;q=0.1, en;q=0.9", "en"), ("fr, zh-CN;q=0.8, en;q=0.5", "zh-Hans"), ("zh;q=0, fr", "en"), ("en-GB, zh", "en")],
)
def test_the_language_that_is_liked_best_is_chosen(served: httpx.Client, accepted: str, language: str) -> None:
    text = served.get("/id/meeting/SBI-3", headers={**HTML, "Accept-Language": accepted}).text
    assert f'<html lang="{language}">' in text


def test_hints_are_for_those_who_ask_over_http(served: httpx.Client) -> None:
    told = served.get("/ask?q=what+is+the+weather").json()["detail"]
    assert "See /api for all." in told and "mandategraph queries" not in told


def test_a_code_with_a_percent_sign_is_taken_as_it_is(tmp_path: Path) -> None:
    name = ox.NamedNode("http://example.org/p")
    things = {code: ox.NamedNode(namespaces.iri("meeting", code)) for code in ("50%", "a%41", "aA")}

    def filled(store: ox.Store) -> None:
        for code, thing in things.items():
            store.add(ox.Quad(thing, name, ox.Literal(code), ox.NamedNode(namespaces.graph("register"))))

    publish(tmp_path / "store", "percent", filled)
    with serving(tmp_path / "store", workers=1) as client:
        for code, thing in things.items():
            path = thing.value.removeprefix("https://w3id.org/mandategraph")
            response = client.get(path, headers={"Accept": "application/n-triples"})
            assert response.status_code == 200 and f'"{code}"' in response.text, path
