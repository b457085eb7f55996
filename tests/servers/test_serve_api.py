"""Stored queries, questions, things and pages over real HTTP, held against the command line and the documents."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from mandategraph import cli
from mandategraph.query.catalogue import Catalogue
from mandategraph.rdf import namespaces
from mandategraph.serve.openapi import RESERVED
from mandategraph.store.local_swap import publish
from rdflib import Graph, URIRef
from serving import serving

pytestmark = pytest.mark.server

FEEDERS = "/api/meetings-that-feed-a-meeting"
# Annex II of the plan, tables 1 to 3: what hands something to WG2020-3, read by hand (lines 280 to 315).
FEED_WG2020_3 = {
    "POST2020-WS-2020-02",
    "DSI-AHTEG-2020-01",
    "WG2020-REC-1-1.annex-2.table-3.row-2",
    "WG2020-REC-1-1.annex-2.table-1.row-8",
    "SBSTTA-24",
    "SBI-3",
}
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def told(response: httpx.Response) -> dict:
    assert response.status_code == 200, response.text
    return response.json()


def links(response: httpx.Response) -> dict[str, str]:
    return {name: link["url"] for name, link in response.links.items()}


@pytest.fixture(scope="module")
def as_command(shipped_folder: Path, tmp_path_factory: pytest.TempPathFactory):
    """What the command line writes for the same thing."""
    out = tmp_path_factory.mktemp("commands") / "out"

    def run(*argv: str) -> str:
        assert cli.main(["--store", str(shipped_folder), *argv, "--output", str(out)]) == 0
        return out.read_bytes().decode("utf-8")

    return run


def test_a_stored_query_answers_as_read_from_the_documents(served: httpx.Client) -> None:
    answer = told(served.get(f"{FEEDERS}?meeting=WG2020-3"))
    assert {row["feeder"] for row in answer["rows"]} == FEED_WG2020_3
    assert answer["status"] == "answered" and answer["id"] == "F01"
    assert answer["extent"] == {"status": "complete", "rows": 6}


@pytest.mark.parametrize("form", ["csv", "tsv", "xml", "md", "json"])
def test_the_command_line_and_the_server_say_the_same(served: httpx.Client, as_command, form: str) -> None:
    command = as_command("query", "F01", "--param", "meeting=SBI-3", "--format", form)
    for response in (
        served.get(f"{FEEDERS}.{form}?meeting=SBI-3"),
        served.get(f"{FEEDERS}?meeting=sbi-3&format={form}"),
    ):
        assert response.status_code == 200
        if form == "json":
            answer = response.json()
            answer.pop("extent")
            assert answer == json.loads(command)
        else:
            assert response.content.decode("utf-8") == command


def test_what_was_known_on_a_day_or_with_a_document(served: httpx.Client, as_command) -> None:
    # The plan came out on 30 August 2019 and cannot tell what took place; the overview of June 2021 does.
    address = "/api/passed-on-in-practice.json?meeting=WG2020-3"
    now, then = served.get(address), served.get(address + "&as_of=2019-08-30")
    assert told(now)["status"] == "answered" and told(then)["status"] == "not-covered"
    assert now.headers["ETag"] != then.headers["ETag"]
    again = served.get(address + "&as_of=2019-08-30", headers={"If-None-Match": then.headers["ETag"]})
    assert again.status_code == 304
    for day in ("2019-08-30", "CBD/WG2020/REC/1/1", "2021-06-18"):
        rows = served.get("/api/steps-of-a-meeting.csv?meeting=SBI-3", params={"meeting": "SBI-3", "as_of": day}).text
        assert rows == as_command(
            "query", "steps-of-a-meeting", "--param", "meeting=SBI-3", "--as-of", day, "--format", "csv"
        )
    asked = told(served.get("/ask", params={"q": "was SBI-3 rescheduled?", "as_of": "2019-08-30"}))
    assert asked["status"] != "answered"
    page = served.get("/id/meeting/SBI-3", params={"as_of": "2019-08-30"}, headers=HTML).text
    assert "2020-05-25" in page and "2021" not in page
    early, wrong = (served.get(address + f"&as_of={day}") for day in ("2019-08-01", "2019-02-30"))
    assert early.status_code == 404 and "2019-08-30" in early.text
    assert wrong.status_code == 400 and "calendar" in wrong.text


def test_parameters_may_be_repeated(served: httpx.Client) -> None:
    may = told(served.get(f"{FEEDERS}?meeting=WG2020-3&modality=may"))
    both = told(served.get(f"{FEEDERS}?meeting=WG2020-3&modality=may&modality=expected"))
    assert {row["feeder"] for row in may["rows"]} == {"SBI-3", "WG2020-REC-1-1.annex-2.table-1.row-8"}
    assert both["params"]["modality"] == ["may", "expected"]
    assert sum(len(row["modality"].split("; ")) for row in both["rows"]) >= len(may["rows"])


@pytest.mark.parametrize(
    ("path", "status", "words", "detail"),
    [
        (f"{FEEDERS}?meeting=WG2020-33", 400, "Did you mean WG2020-3", ("nearest", "WG2020-3")),
        (f"{FEEDERS}?modality=mai", 400, "Did you mean may", ("legal", "may")),
        # A term of another vocabulary: nothing is handed on "open-ended".
        (f"{FEEDERS}?modality=open-ended", 400, "It may be will, unmarked, expected, may", ("legal", "may")),
        (f"{FEEDERS}?meting=SBI-3", 400, "It takes: meeting, modality", None),
        (f"{FEEDERS}?meeting=", 400, "meeting", None),
        (f"{FEEDERS}?page=0", 400, "page is not a whole number", None),
        (f"{FEEDERS}?page_size=100000000", 400, "page_size", None),
        (f"{FEEDERS}?page=2&page=3", 400, "given 2 times", None),
        (f"{FEEDERS}?page=99&page_size=5", 404, "The last one is page 2", None),
        (f"{FEEDERS}?lang=fr", 400, "en and zh", None),
        (f"{FEEDERS}.ttl", 400, "cannot be written as turtle", None),
        ("/api/meetings-that-feed-meeting", 404, "Did you mean meetings-that-feed-a-meeting", None),
        ("/questions/F99", 404, "F01", None),
        ("/ask?q=what+is+the+weather", 404, "no stored question fits", None),
        ("/ask", 400, "parameter q", None),
        ("/resolve?q=", 400, "parameter q", None),
        ("/nothing/here", 404, "nothing at this address", None),
        ("/id/meeting/WG2020-33", 404, "Did you mean WG2020-3", ("nearest", "/id/meeting/WG2020-3")),
        ("/id/nonsense/x", 404, "There is no nonsense 'x'", None),
        ("/graph/nothing", 404, "register", None),
    ],
)
def test_mistakes_are_told(served: httpx.Client, path: str, status: int, words: str, detail) -> None:
    response = served.get(path)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status and words in problem["detail"]
    if detail:
        assert detail[1] in problem[detail[0]]
    page = served.get(path, headers=HTML)
    assert page.status_code == status and page.headers["content-type"] == "text/html; charset=utf-8"


def test_other_methods_are_refused(served: httpx.Client) -> None:
    for path in (FEEDERS, "/id/meeting/SBI-3", "/openapi.json"):
        response = served.post(path)
        assert response.status_code == 405 and "GET" in response.headers["allow"]


def test_pages_lead_from_first_to_last_and_hold_all_rows_once(served: httpx.Client) -> None:
    whole = told(served.get(f"{FEEDERS}?meeting=WG2020-3"))["rows"]
    found, path, seen = [], f"{FEEDERS}?meeting=WG2020-3&page_size=4", []
    while path:
        response = served.get(path)
        found += told(response)["rows"]
        assert response.headers["x-total-count"] == "6"
        seen.append(sorted(links(response)))
        path = links(response).get("next")
    assert found == whole
    assert seen == [["first", "last", "next"], ["first", "last", "prev"]]
    assert links(served.get(f"{FEEDERS}?meeting=WG2020-3")) == {}


def test_pages_are_the_same_in_every_format(served: httpx.Client) -> None:
    page = served.get(f"{FEEDERS}.csv?meeting=WG2020-3&page=2&page_size=4")
    assert len(list(csv.reader(io.StringIO(page.text)))) == 1 + 2
    assert "page=1&page_size=4" in links(page)["prev"] and links(page)["prev"].startswith(f"{FEEDERS}.csv?")


def test_a_page_of_rows_says_of_how_many_and_leads_to_the_next_one(served: httpx.Client) -> None:
    # Annex II, tables 1 to 3 (lines 280 to 315): six meetings feed WG2020-3.
    path = f"{FEEDERS}?meeting=WG2020-3&page_size=4"
    assert "6 found, here 1–4. Basis:" in served.get(f"{FEEDERS}.txt?meeting=WG2020-3&page_size=4").text
    second = served.get(f"{FEEDERS}.md?meeting=WG2020-3&page_size=4&page=2&lang=zh").text
    assert "共6项，此处为第5–6项。依据：" in second
    assert "6 found. Basis:" in served.get(f"{FEEDERS}.md?meeting=WG2020-3&page_size=6").text
    found, seen = [], 0
    while path:
        text = served.get(path, headers=HTML).text
        found += re.findall(r'<tr><td[^>]*><a href="/id/meeting/([^"]+)"', text)
        seen += 1
        assert f"6 found, here {'1–4' if seen == 1 else '5–6'}. Basis:" in text
        forward = re.search(r'<a href="([^"]*)" rel="next">Next page</a>', text)
        assert ('rel="prev">Page before</a>' in text) is (seen == 2)
        path = html.unescape(forward[1]) if forward else ""
    assert seen == 2 and set(found) == FEED_WG2020_3
    kept = served.get(f"{FEEDERS}.html?meeting=WG2020-3&page_size=4&lang=zh&detail=1").text
    assert (
        f'href="{FEEDERS}.html?meeting=WG2020-3&amp;detail=1&amp;page=2&amp;page_size=4&amp;lang=zh" rel="next"' in kept
    )


def test_what_was_asked_cannot_get_into_the_headers(served: httpx.Client) -> None:
    response = served.get(f"{FEEDERS}?meeting=WG2020-3&page_size=2&lang=en%0d%0aX-Evil:1")
    assert response.status_code == 400 and "x-evil" not in response.headers
    wild = served.get("/search?q=%0d%0aSet-Cookie:a=b%3E;rel=x&page_size=1")
    assert "set-cookie" not in wild.headers and "\r" not in wild.headers.get("link", "")
    away = served.get("/show?q=https://evil.example/%0d%0aX-Evil:1", follow_redirects=False)
    assert away.status_code == 404 and "x-evil" not in away.headers


def test_the_same_reply_is_not_sent_twice(served: httpx.Client) -> None:
    for path in (f"{FEEDERS}?meeting=SBI-3", "/api", "/openapi.json", "/id/meeting/SBI-3", "/sparql?query=ASK%7B%7D"):
        first = served.get(path)
        tag = first.headers["etag"]
        assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
        for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            again = served.get(path, headers={"If-None-Match": known})
            assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
            if path.startswith("/sparql") is False:
                break
        assert served.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    tags = {served.get(f"{FEEDERS}{more}").headers["etag"] for more in ("?meeting=SBI-3", "?meeting=COP-15", ".csv")}
    assert len(tags) == 3


def test_a_store_that_was_built_anew_is_taken_up(tmp_path: Path, tiny_folder: Path) -> None:
    import pyoxigraph as ox

    graph, name = ox.NamedNode(namespaces.graph("register")), ox.NamedNode("http://example.org/p")

    def filled(*things: str):
        return lambda store: [store.add(ox.Quad(name, name, ox.Literal(thing), graph)) for thing in things]

    folder = tmp_path / "store"
    publish(folder, "first", filled("one"))
    with serving(folder, workers=1) as client:
        before = client.get("/graph/register.nt")
        assert before.text.count("\n") == 1
        tag = {"If-None-Match": before.headers["etag"]}
        assert client.get("/graph/register.nt", headers=tag).status_code == 304
        publish(folder, "second", filled("one", "two"))
        after = client.get("/graph/register.nt", headers=tag)
        assert after.status_code == 200 and after.text.count("\n") == 2


def test_openapi_is_valid_and_names_every_query_with_its_parameters(served: httpx.Client) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator, validate

    document = told(served.get("/openapi.json"))
    validate(document, cls=OpenAPIV31SpecValidator)
    for query in Catalogue().all():
        operation = document["paths"][f"/api/{query.name}"]["get"]
        named = [one["name"] for one in operation["parameters"] if "name" in one]
        assert named == list(query.parameters)
        assert not set(named) & set(RESERVED)
    (meeting, modality) = document["paths"][FEEDERS]["get"]["parameters"][:2]
    assert modality["schema"]["items"]["enum"] == ["will", "unmarked", "expected", "may"]
    assert "SBI-3" in meeting["schema"]["items"]["examples"] and meeting["schema"]["default"] == ["WG2020-3"]
    assert "接受投入的会议" in meeting["description"]
    # Things go by many names, and more of them come with more documents.
    document_cited = document["paths"]["/api/decisions-cited"]["get"]["parameters"][0]
    assert "enum" not in document_cited["schema"]["items"]


def test_answers_fit_the_schema_of_the_openapi_document(served: httpx.Client) -> None:
    import jsonschema

    document = told(served.get("/openapi.json"))
    schema = {"$ref": "#/components/schemas/Answer", "components": document["components"]}
    for path in (f"{FEEDERS}?meeting=SBI-3", "/questions/S10", "/resolve?q=WG8(j)", f"{FEEDERS}?page_size=2"):
        jsonschema.validate(told(served.get(path)), schema)


def test_pages_may_be_as_large_as_the_openapi_document_says(served: httpx.Client) -> None:
    most = told(served.get("/openapi.json"))["components"]["parameters"]["page_size"]["schema"]["maximum"]
    assert served.get(f"{FEEDERS}?page_size={most}").status_code == 200
    assert served.get(f"{FEEDERS}?page_size={most + 1}").status_code == 400


@pytest.mark.parametrize(
    ("method", "sent", "status"),
    [
        ("get", {"params": {"query": "ASK {}"}}, 200),
        ("get", {"params": {"query": "DESCRIBE meeting:SBI-3"}}, 200),
        ("get", {"params": {"query": "SELECT * { ?s ?p ?o } LIMIT 1", "format": "csv"}}, 200),
        ("get", {"params": {"query": "nonsense"}}, 400),
        ("get", {"params": {"query": "nonsense"}, "headers": {"Accept": "application/json"}}, 400),
        ("get", {"params": {"query": "CLEAR ALL"}}, 403),
        ("get", {"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406),
        ("get", {"params": {"query": "#" * 20_000}}, 414),
        ("post", {"data": {"query": "ASK {}"}}, 200),
        ("post", {"content": "ASK {}", "headers": {"Content-Type": "application/sparql-query"}}, 200),
        ("post", {"content": "#" * 2_000_000, "headers": {"Content-Type": "application/sparql-query"}}, 413),
        ("post", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
    ],
)
def test_sparql_answers_as_the_openapi_document_says(
    served: httpx.Client, method: str, sent: dict[str, Any], status: int
) -> None:
    document = told(served.get("/openapi.json"))
    response = served.request(method, "/sparql", **sent)
    declared = document["paths"]["/sparql"][method]["responses"][str(status)]
    if "$ref" in declared:
        declared = document["components"]["responses"][declared["$ref"].rpartition("/")[2]]
    assert response.status_code == status, response.text
    media = response.headers["content-type"].split(";")[0]
    assert media in declared["content"]
    if status != 200 and "headers" not in sent:  # generated clients read what stands first
        assert media == next(iter(declared["content"]))
    if sent.get("data") or "ASK" in str(sent.get("params")) and status == 200:
        assert media == next(iter(declared["content"]))


def test_how_many_rows_there_are_is_not_said_where_nobody_knows(served: httpx.Client) -> None:
    cut = served.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert cut.headers["x-result"] == "truncated" and cut.headers["x-result-rows"] == "3000"
    assert "x-total-count" not in cut.headers
    whole = served.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 5"})
    assert whole.headers["x-result"] == "complete" and whole.headers["x-total-count"] == "5"


@pytest.mark.slow
def test_a_generator_of_clients_accepts_the_openapi_document(served: httpx.Client, tmp_path: Path) -> None:
    generator = pytest.importorskip("openapi_python_client", reason="openapi-python-client is not installed")
    from openapi_python_client.config import Config, ConfigFile, MetaType

    (tmp_path / "openapi.json").write_bytes(served.get("/openapi.json").content)
    config = Config.from_sources(
        ConfigFile(post_hooks=[]),
        MetaType.NONE,
        document_source=tmp_path / "openapi.json",
        file_encoding="utf-8",
        overwrite=True,
        output_path=tmp_path / "client",
    )
    errors = generator.generate(config=config)
    assert [error for error in errors if error.level.name == "ERROR"] == []
    made = {path.stem for path in (tmp_path / "client").rglob("*.py")}
    assert {query.name.replace("-", "_") for query in Catalogue().all()} <= made
    use = """
import sys
from client import Client
from client.api.default import sparql
client = Client(base_url=sys.argv[1])
print(sparql.sync(client=client, query="ASK {}").boolean, sparql.sync(client=client, query="nonsense"))
"""
    ran = subprocess.run(
        [sys.executable, "-c", use, str(served.base_url)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("True query, line 1, column 9: this is not SPARQL")


def test_the_catalogue_in_every_form(served: httpx.Client) -> None:
    listed = told(served.get("/api"))
    assert [one["name"] for one in listed] == Catalogue().names()
    assert len(Graph().parse(data=served.get("/api", headers={"Accept": "text/turtle"}).content, format="turtle")) > 500
    page = served.get("/api", headers=HTML).text
    assert f'href="{FEEDERS}.html"' in page
    one = told(served.get("/query/meetings-that-feed-a-meeting"))
    assert one["params"]["modality"]["values"] == ["will", "unmarked", "expected", "may"]


def test_the_text_of_a_query_can_be_had_with_its_parameters(served: httpx.Client) -> None:
    text = served.get(f"{FEEDERS}.rq?meeting=SBI-3")
    assert text.headers["content-type"].startswith("application/sparql-query")
    assert "VALUES ?meeting { <https://w3id.org/mandategraph/id/meeting/SBI-3> } # param: meeting" in text.text
    rows = served.post("/sparql", content=text.content, headers={"Content-Type": "application/sparql-query"})
    # Asked as it stands the query gives things, by their IRIs.
    feeders = {namespaces.compact(row["feeder"]["value"]) for row in rows.json()["results"]["bindings"]}
    assert feeders == {row["feeder"] for row in told(served.get(f"{FEEDERS}?meeting=SBI-3"))["rows"]}


def test_every_stored_query_answers(served: httpx.Client) -> None:
    for place, name in enumerate(Catalogue().names()):
        if place % 5:
            answer = told(served.get(f"/api/{name}"))
            assert answer["query"] == name and answer["extent"]["status"] == "complete"
        else:
            page = served.get(f"/api/{name}.html?lang=zh")
            assert page.status_code == 200 and '<html lang="zh-Hans">' in page.text


def test_questions_ask_resolve_and_search(served: httpx.Client) -> None:
    listed = {one["id"]: one for one in told(served.get("/questions"))}
    assert listed["F01"]["answered_by"] == "meetings-that-feed-a-meeting" and listed["S10"]["answered_by"] == "schedule"
    assert told(served.get("/questions/F13"))["rows"][0]["feeder"] == "WG2020-3"
    english = told(served.get("/ask", params={"q": "which meetings feed WG2020-3"}))
    assert {row["feeder"] for row in english["rows"]} == FEED_WG2020_3
    chinese = served.get("/ask", params={"q": "哪些会议可能为WG2020-3提供投入"}, headers=HTML)
    assert "名古屋议定书" in chinese.text and '<html lang="zh-Hans">' in chinese.text
    assert told(served.get("/resolve", params={"q": "WG2020-02"}))["rows"][0]["thing"] == "WG2020-2"
    assert told(served.get("/search", params={"q": "序列信息"}))["rows"]
    assert told(served.get("/resolve", params={"q": "nonsense"}))["status"] == "not-stated"
    # An analysis answers as well as a stored query.
    earliest = told(served.get("/ask", params={"q": listed["S10"]["question"]["en"].replace("{meeting}", "WG2020-3")}))
    assert earliest["query"] == "schedule"


def test_the_kind_of_no_stands_beside_formats_that_have_no_room_for_it(served: httpx.Client) -> None:
    for suffix in ("csv", "tsv", "xml", "json", "html"):
        silent = served.get(f"{FEEDERS}.{suffix}?meeting=WG2020-1")
        assert silent.headers["x-status"] == "not-stated" and silent.headers["x-total-count"] == "0"
    assert served.get(f"{FEEDERS}.csv").headers["x-status"] == "answered"


SBI_3 = URIRef("https://w3id.org/mandategraph/id/meeting/SBI-3")


@pytest.mark.parametrize(
    ("accept", "media", "suffix"),
    [
        (HTML["Accept"], "text/html", "html"),
        ("text/turtle", "text/turtle", "ttl"),
        ("application/ld+json", "application/ld+json", "jsonld"),
        ("application/rdf+xml", "application/rdf+xml", "rdf"),
        ("text/html;q=0.3, application/n-triples", "application/n-triples", "nt"),
        ("*/*", "text/turtle", "ttl"),
    ],
)
def test_a_thing_answers_at_the_path_of_its_iri(served: httpx.Client, accept: str, media: str, suffix: str) -> None:
    response = served.get("/id/meeting/SBI-3", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media
    assert response.headers["content-location"] == f"/id/meeting/SBI-3.{suffix}"
    assert "Accept" in response.headers["vary"]
    assert served.get(f"/id/meeting/SBI-3.{suffix}").content == response.content
    if media == "text/html":
        assert "Third meeting of the Subsidiary Body on Implementation" in response.text
        assert "annex II, table 1, row 11" in response.text and "x-format" not in response.headers
        return
    syntax = {"jsonld": "json-ld", "rdf": "xml", "ttl": "turtle", "nt": "nt"}[suffix]
    read = Graph().parse(data=response.content, format=syntax)
    assert (SBI_3, URIRef(namespaces.ONTOLOGY + "feeds"), None) in read
    # Every statement about it comes with its evidence.
    quotes = list(read.objects(None, URIRef(namespaces.ONTOLOGY + "quote")))
    lines = {int(line) for line in read.objects(None, URIRef(namespaces.ONTOLOGY + "lineNumber"))}
    assert quotes and 286 in lines


def test_all_kinds_of_iris_answer_with_a_page_and_with_statements(served: httpx.Client) -> None:
    """One thing of each kind that the graph has, whatever is in its code."""
    query = (
        "SELECT (SAMPLE(?s) AS ?one) WHERE { ?s a ?t . "
        'BIND(STRBEFORE(STRAFTER(STR(?s), "mandategraph/id/"), "/") AS ?kind) FILTER(?kind != "") } GROUP BY ?kind'
    )
    found = served.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert len(found) > 20
    for place, row in enumerate(found):
        path = row["one"]["value"].removeprefix("https://w3id.org/mandategraph")
        accept = ("text/html", "text/turtle")[place % 2]
        response = served.get(path, headers={"Accept": accept})
        assert response.status_code == 200 and response.headers["content-type"].startswith(accept), path


def test_show_leads_to_the_thing_that_a_text_means(served: httpx.Client) -> None:
    response = served.get("/show", params={"q": "WG8(j)-11"}, follow_redirects=False)
    assert response.status_code == 303 and response.headers["location"] == "/id/meeting/WG8J-11"


def test_graphs_and_the_ontology_answer_at_their_iris(served: httpx.Client) -> None:
    derived = Graph().parse(data=served.get("/graph/derived").content, format="turtle")
    assert (SBI_3, URIRef(namespaces.ONTOLOGY + "feeds"), None) in derived
    document = served.get("/graph/CBD/WG2020/REC/1/1")
    assert document.status_code == 200 and document.headers["x-result"] == "truncated"
    assert b"# truncated" in document.content and document.headers["x-result-rows"] == "3000"
    assert served.get("/ontology").status_code == 200


def test_pages_name_nothing_elsewhere_and_escape_what_they_show(served: httpx.Client) -> None:
    for path in ("/", "/sparql", "/api", "/id/meeting/SBI-3", f"{FEEDERS}.html"):
        page = served.get(path, headers=HTML).text
        assert not re.search(r'(?:src|<link[^>]*href|action)="(?:https?:)?//', page)
        assert "<script>" not in page and " onclick" not in page and "style=" not in page
    evil = "</textarea><script>alert(1)</script>"
    shown = served.get("/sparql", params={"query": evil}, headers=HTML).text
    assert evil not in shown and "&lt;/textarea&gt;&lt;script&gt;" in shown
    assert "<script>alert" not in served.get("/search", params={"q": evil}, headers=HTML).text
    assert "<script>alert" not in served.get(f"/id/meeting/{evil.replace('/', '%2F')}", headers=HTML).text


def test_a_built_site_is_served_from_the_same_process(
    served: httpx.Client, shipped_folder: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    (site / "en" / "meeting").mkdir(parents=True)
    (site / "index.html").write_text("<h1>the site</h1>", encoding="utf-8")
    (site / "en" / "meeting" / "SBI-3.html").write_text("<h1>SBI-3</h1>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with serving(shipped_folder, workers=1, site=site) as client:
        assert "the site" in client.get("/").text
        led = client.get("/id/meeting/SBI-3", headers=HTML, follow_redirects=False)
        assert led.status_code == 303 and led.headers["location"] == "/en/meeting/SBI-3.html"
        assert client.get("/en/meeting/SBI-3.html").text == "<h1>SBI-3</h1>"
        assert client.options("/en/meeting/SBI-3.html").headers["allow"] == "GET, HEAD, OPTIONS"
        assert client.options("/en/meeting/nothing.html").status_code == 404
        assert client.get("/id/meeting/SBI-3", headers={"Accept": "text/turtle"}).status_code == 200
        assert client.get("/id/meeting/SBSTTA-24", headers=HTML).status_code == 200
        for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/en/%2e%2e/%2e%2e/secret.txt"):
            assert client.get(path).status_code in (400, 404)
        assert client.get("/sparql?query=ASK%7B%7D").json()["boolean"] is True
