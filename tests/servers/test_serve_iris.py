"""Every IRI of ours answers at its path: with a page for people, with statements for programs."""

from __future__ import annotations

import html
import re

import httpx
import pytest
from mandategraph.query.catalogue import Catalogue
from mandategraph.rdf import namespaces
from mandategraph.system import resources
from rdflib import Graph
from serving import HTML, page

pytestmark = pytest.mark.server

ROOT = "https://w3id.org/mandategraph"
QUERY = "/query/meetings-that-feed-a-meeting"


@pytest.mark.parametrize(
    "path", ["/ontology", "/value", "/graph/register", QUERY, "/prefix/mg", "/graph/CBD/WG2020/REC/1/1"]
)
def test_each_kind_of_iri_has_a_page_turtle_and_json_ld(served: httpx.Client, path: str) -> None:
    assert "<h1>" in page(served, path)
    assert served.get(path, headers={"Accept": "text/html"}).headers["content-type"] == "text/html; charset=utf-8"
    turtle = served.get(path, headers={"Accept": "text/turtle"})
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    assert len(Graph().parse(data=turtle.content, format="turtle")) > 1
    linked = served.get(path, headers={"Accept": "application/ld+json"})
    assert linked.headers["content-type"] == "application/ld+json" and linked.json()
    assert served.get(path + ".html").status_code == 200


def test_every_term_of_the_ontology_has_its_place_on_the_page(served: httpx.Client) -> None:
    ontology = Graph()
    for file in resources.ontology_files():
        ontology.parse(data=file.read_bytes(), format="turtle")
    subjects = {str(term) for term in ontology.subjects()}
    spaces = (namespaces.ONTOLOGY, namespaces.VALUES)
    terms = {term.removeprefix(space) for term in subjects for space in spaces if term.startswith(space)}
    assert len(terms) > 450
    for language, other in (("en", "zh"), ("zh", "en")):
        text = page(served, f"/ontology?lang={language}")
        places = set(re.findall(r' id="([^"]+)"', text))
        assert terms <= places
        assert f'href="/ontology?lang={other}"' in text and served.get("/ontology.ttl").status_code == 200


def test_the_style_in_the_page_of_the_ontology_is_allowed_to_work_and_no_other(served: httpx.Client) -> None:
    first = served.get("/ontology", headers=HTML)
    assert re.search(r"style-src 'sha256-[\w+/]{43}='", first.headers["content-security-policy"])
    again = served.get("/ontology", headers={**HTML, "If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_the_page_of_the_ontology_says_in_its_language_of_which_state_its_examples_are(served: httpx.Client) -> None:
    assert "仅含截至2019-08-30已知的内容。" in page(served, "/ontology?lang=zh&as_of=2019-08-30")


def test_links_to_terms_stay_on_this_server_and_keep_the_language(served: httpx.Client) -> None:
    text = page(served, "/id/schedule/CBD/WG2020/REC/1/1/paragraph-1?lang=zh")
    assert '<a href="/ontology?lang=zh#atPlace">' in text
    assert not re.search(rf'href="{ROOT}', text)
    for path in ("/id/meeting/SBI-3", "/prefix/mg", "/graph/derived"):
        assert not re.search(rf'href="{ROOT}', page(served, path)), path


def test_every_prefix_answers_at_its_iri(served: httpx.Client) -> None:
    for name, space in namespaces.prefixes().items():
        assert space in served.get(f"/prefix/{name}.nt").text, name
    wrong = served.get("/prefix/nothing")
    assert wrong.status_code == 404 and "meeting" in wrong.json()["detail"]


def test_the_page_of_a_query_tells_what_it_takes_and_its_parameters_lead_there(served: httpx.Client) -> None:
    query = Catalogue().get("meetings-that-feed-a-meeting")
    text = page(served, QUERY)
    assert "SELECT" in text and "<td>will, unmarked, expected, may</td>" in text
    for name in query.parameters:
        led = served.get(f"{QUERY}/{name}?lang=zh", follow_redirects=False)
        assert led.status_code == 303 and led.headers["location"] == f"{QUERY}?lang=zh#{name}"
        assert f'id="{name}"' in text
    assert served.get(f"{QUERY}/nothing").status_code == 404
    assert served.get(QUERY).json()["name"] == query.name


@pytest.mark.parametrize(("language", "title"), [("en", "Questions by their numbers"), ("zh", "按编号列出的问题")])
def test_the_questions_by_their_numbers_are_a_page_for_people(served: httpx.Client, language: str, title: str) -> None:
    text = page(served, f"/questions?lang={language}")
    assert f"<h1>{title}</h1>" in text
    for one in served.get("/questions").json():
        assert f'<a href="{one["path"]}?lang={language}">' in text
        assert html.escape(one["question"][language], quote=False) in text


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/sparql?query=ASK%7B%7D", "public, no-cache"),
        ("/api", "public, max-age=60, must-revalidate"),
        ("/id/meeting/SBI-3", "public, max-age=60, must-revalidate"),
        ("/static/page.css", "public, max-age=300"),
    ],
)
def test_what_is_unchanged_is_said_to_be_so_with_the_headers_of_the_reply(
    served: httpx.Client, path: str, policy: str
) -> None:
    """RFC 9110, section 15.4.5: Cache-Control, Content-Location, ETag and Vary as a 200 would have had them."""
    first = served.get(path)
    again = served.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert first.headers["cache-control"] == policy
    for name in ("cache-control", "content-location", "etag"):
        assert again.headers.get(name) == first.headers.get(name), name


def test_a_reply_that_leads_on_is_never_unchanged(served: httpx.Client) -> None:
    """RFC 9110, section 13.2.1: conditions count only where the answer would be 200."""
    first = served.get("/show?q=SBI-3", follow_redirects=False)
    again = served.get("/show?q=SBI-3", headers={"If-None-Match": first.headers["etag"]}, follow_redirects=False)
    assert (first.status_code, again.status_code) == (303, 303)
