"""The SPARQL 1.1 Protocol over real HTTP: the cases of the W3C's test suite, written anew from the specification.

Each test is named after the case it stands for; those that update are here as far as a read-only endpoint must refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pyoxigraph as ox
import pytest
from mandategraph.store.local_swap import publish
from rdflib import Dataset, Graph, URIRef
from serving import FORM, JSON, QUERY, serving

pytestmark = pytest.mark.server

TSV = "text/tab-separated-values"
DATA = "http://example.org/data/"
PRIVATE = "access-control-request-private-network"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
GRAPHS = [DATA + str(number) for number in range(4)]
DEFAULT_SEES = "ASK WHERE { <http://example.org/thing/%d> a <http://example.org/Kind> }"
TWO_IN_DEFAULT = "ASK { <http://example.org/thing/1> a ?kind . <http://example.org/thing/2> a ?kind }"
BOTH = (
    "ASK { <http://example.org/thing/3> a ?kind . GRAPH ?one { <http://example.org/thing/1> a ?kind } "
    "GRAPH ?other { <http://example.org/thing/2> a ?kind } FILTER NOT EXISTS { <http://example.org/thing/1> a ?kind } }"
)
NAMED = (
    "ASK { GRAPH <http://example.org/data/1> { <http://example.org/thing/1> a ?kind } "
    "GRAPH <http://example.org/data/2> { <http://example.org/thing/2> a ?kind } "
    "FILTER NOT EXISTS { GRAPH <http://example.org/data/3> { ?s ?p ?o } } FILTER NOT EXISTS { ?s ?p ?o } }"
)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    def filled(store: ox.Store) -> None:
        kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        for number, graph in enumerate(GRAPHS):
            thing = ox.NamedNode(f"http://example.org/thing/{number}")
            store.add(ox.Quad(thing, kind, ox.NamedNode("http://example.org/Kind"), ox.NamedNode(graph)))

    folder = tmp_path_factory.mktemp("protocol") / "store"
    publish(folder, "protocol", filled)
    with serving(folder, workers=1) as client:
        yield client


def get(endpoint: httpx.Client, query: str, *more: tuple[str, str], accept: str | None = None) -> httpx.Response:
    headers = {"Accept": accept} if accept else {}
    return endpoint.get("/sparql?" + urlencode([("query", query), *more]), headers=headers)


def form(endpoint: httpx.Client, query: str, *more: tuple[str, str], accept: str | None = None) -> httpx.Response:
    headers = {"Content-Type": FORM} | ({"Accept": accept} if accept else {})
    return endpoint.post("/sparql", content=urlencode([("query", query), *more]), headers=headers)


def direct(endpoint: httpx.Client, query: str, *more: tuple[str, str], accept: str | None = None) -> httpx.Response:
    headers = {"Content-Type": QUERY} | ({"Accept": accept} if accept else {})
    return endpoint.post("/sparql?" + urlencode(more), content=query.encode(), headers=headers)


WAYS = pytest.mark.parametrize("send", [get, form, direct])


def said(response: httpx.Response) -> bool:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].split(";")[0] == JSON
    return bool(response.json()["boolean"])


@WAYS
def test_query_get_post_form_and_post_direct(endpoint: httpx.Client, send) -> None:
    assert said(send(endpoint, "ASK {}"))
    assert not said(send(endpoint, "ASK { FILTER(false) }"))


@WAYS
def test_without_a_dataset_the_default_graph_is_the_union(endpoint: httpx.Client, send) -> None:
    assert said(send(endpoint, TWO_IN_DEFAULT))


@WAYS
def test_query_dataset_default_graph(endpoint: httpx.Client, send) -> None:
    chosen = ("default-graph-uri", GRAPHS[1])
    assert said(send(endpoint, DEFAULT_SEES % 1, chosen))
    assert not said(send(endpoint, DEFAULT_SEES % 2, chosen))
    assert not said(send(endpoint, "ASK { GRAPH ?g { ?s ?p ?o } }", chosen))


@WAYS
def test_query_dataset_default_graphs(endpoint: httpx.Client, send) -> None:
    chosen = [("default-graph-uri", graph) for graph in GRAPHS[1:3]]
    assert said(send(endpoint, TWO_IN_DEFAULT, *chosen))
    assert not said(send(endpoint, DEFAULT_SEES % 3, *chosen))


@WAYS
def test_query_dataset_named_graphs(endpoint: httpx.Client, send) -> None:
    assert said(send(endpoint, NAMED, *(("named-graph-uri", graph) for graph in GRAPHS[1:3])))


@WAYS
def test_query_dataset_full(endpoint: httpx.Client, send) -> None:
    chosen = [("default-graph-uri", GRAPHS[3]), *(("named-graph-uri", graph) for graph in GRAPHS[1:3])]
    assert said(send(endpoint, BOTH, *chosen))


def test_a_form_sees_the_graphs_that_the_address_names(endpoint: httpx.Client) -> None:
    def sent(query: str, more: str) -> httpx.Response:
        return endpoint.post(f"/sparql?{more}", content=urlencode({"query": query}), headers={"Content-Type": FORM})

    chosen = urlencode({"default-graph-uri": GRAPHS[1]})
    assert said(sent(DEFAULT_SEES % 1, chosen)) and not said(sent(DEFAULT_SEES % 2, chosen))
    assert sent("ASK {}", "format=csv").headers["content-type"].startswith("text/csv")
    assert sent("ASK {}", "query=ASK%7B%7D").status_code == 400
    assert sent("ASK {}", "update=CLEAR%20ALL").status_code == 403


@WAYS
def test_query_multiple_dataset_the_request_goes_before_the_query(endpoint: httpx.Client, send) -> None:
    """Section 2.1.4: a dataset in the request takes the place of FROM and FROM NAMED."""
    query = f"ASK FROM <{GRAPHS[0]}> FROM NAMED <{GRAPHS[3]}> {{ <http://example.org/thing/1> a ?kind }}"
    assert said(send(endpoint, query, ("default-graph-uri", GRAPHS[1])))
    assert not said(send(endpoint, query))


@WAYS
def test_the_dataset_of_the_query_itself(endpoint: httpx.Client, send) -> None:
    for seen in range(4):
        query = f"ASK FROM <{GRAPHS[1]}> {{ <http://example.org/thing/{seen}> a ?kind }}"
        assert said(send(endpoint, query)) is (seen == 1)
    # The word alone is no clause: what is in strings, names and comments does not count.
    word = 'ASK { <http://example.org/thing/1> a ?from . <http://example.org/thing/2> a ?from FILTER("FROM" != "") } # FROM'
    assert said(send(endpoint, word))
    assert not said(send(endpoint, f"ASK FROM NAMED <{GRAPHS[1]}> {{ ?s ?p ?o }}"))


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/tab-separated-values;q=0.8, text/csv;q=0.9, application/json;q=0.1", "text/csv"),
        ("text/csv;q=0, */*", JSON),
        ("text/*;q=0.5", "text/csv"),
        ("application/sparql-results+xml, */*;q=0.1", "application/sparql-results+xml"),
        ("nonsense", JSON),
        (None, JSON),
    ],
)
@pytest.mark.parametrize("query", ["SELECT (1 AS ?one) {}", "ASK {}"])
def test_query_content_type_select_and_ask(endpoint: httpx.Client, query: str, accept: str | None, media: str) -> None:
    response = get(endpoint, query, accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("query", [f"DESCRIBE <{DATA}x>", "CONSTRUCT WHERE { ?s ?p ?o }"])
@pytest.mark.parametrize(
    ("accept", "media", "syntax"),
    [
        ("text/turtle", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/sparql-results+json, text/turtle;q=0.5", "text/turtle", "turtle"),
        (None, "text/turtle", "turtle"),
    ],
)
def test_query_content_type_describe_and_construct(
    endpoint: httpx.Client, query: str, accept: str | None, media: str, syntax: str
) -> None:
    response = get(endpoint, query, accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media
    read = Graph().parse(data=response.content, format=syntax)
    assert len(read) == (4 if "CONSTRUCT" in query else 0)


def test_construct_as_trig_is_read_by_another_library(endpoint: httpx.Client) -> None:
    response = get(endpoint, "CONSTRUCT WHERE { ?s ?p ?o }", accept="application/trig")
    assert len(Dataset(default_union=True).parse(data=response.content, format="trig")) == 4


def test_bad_query_method(endpoint: httpx.Client) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        response = endpoint.request(method, "/sparql?query=ASK%20%7B%7D")
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"
        assert "Use GET, HEAD, OPTIONS, POST." in response.text


@pytest.mark.parametrize("send", [get, form])
def test_bad_multiple_queries(endpoint: httpx.Client, send) -> None:
    response = send(endpoint, "ASK {}", ("query", "SELECT * {}"))
    assert response.status_code == 400 and "2 queries" in response.text


def test_bad_multiple_queries_in_address_and_body(endpoint: httpx.Client) -> None:
    assert direct(endpoint, "ASK {}", ("query", "ASK {}")).status_code == 400


def test_bad_query_wrong_media_type(endpoint: httpx.Client) -> None:
    response = endpoint.post("/sparql", content=b"ASK {}", headers={"Content-Type": "text/plain"})
    assert response.status_code == 415 and "text/plain" in response.text
    assert QUERY in response.headers["accept-post"]


def test_bad_query_missing_form_type(endpoint: httpx.Client) -> None:
    assert endpoint.post("/sparql", content=b"query=ASK%20%7B%7D").status_code == 415


def test_bad_query_missing_direct_type(endpoint: httpx.Client) -> None:
    assert endpoint.post("/sparql", content=b"ASK {}").status_code == 415


def test_bad_query_non_utf8(endpoint: httpx.Client) -> None:
    sixteen = {"Content-Type": f"{QUERY}; charset=UTF-16"}
    assert endpoint.post("/sparql", content="ASK {}".encode("utf-16"), headers=sixteen).status_code == 415
    broken = endpoint.post("/sparql", content=b"ASK {\n} # \xff", headers={"Content-Type": QUERY})
    assert broken.status_code == 400 and "line 2" in broken.text
    assert (
        endpoint.post("/sparql", content=b"query=ASK%20%7B%7D%20%23%ff", headers={"Content-Type": FORM}).status_code
        == 400
    )
    assert endpoint.get("/sparql?query=%ff").status_code == 400


@WAYS
def test_bad_query_syntax(endpoint: httpx.Client, send) -> None:
    response = send(endpoint, "SELECT * WHERE {\n ?s ?p }")
    assert response.status_code == 400
    assert "line 2, column 9" in response.text and "expected" in response.text
    told = send(endpoint, "SELECT * WHERE {\n ?s ?p }", accept=f"{JSON}, application/problem+json;q=0.5")
    assert told.headers["content-type"] == "application/problem+json"
    assert (told.json()["status"], told.json()["line"], told.json()["column"]) == (400, 2, 9)


@pytest.mark.parametrize("send", [get, form])
def test_an_empty_query_is_none(endpoint: httpx.Client, send) -> None:
    for nothing in ("", "  \n", "# nothing", "PREFIX a: <http://example.org/>"):
        response = send(endpoint, nothing)
        assert response.status_code == 400 and "The query is empty." in response.text
    assert endpoint.post("/sparql", content=b"", headers={"Content-Type": FORM}).status_code == 400


def test_a_graph_must_be_an_iri(endpoint: httpx.Client) -> None:
    for wrong in ("relative", "", "http://example.org/a b", "http://example.org/<x>"):
        assert get(endpoint, "ASK {}", ("default-graph-uri", wrong)).status_code == 400


def test_bad_accept_is_406_with_what_there_is(endpoint: httpx.Client) -> None:
    response = get(endpoint, "ASK {}", accept="image/png")
    assert response.status_code == 406 and "text/csv" in response.text
    assert get(endpoint, "CONSTRUCT WHERE { ?s ?p ?o }", accept="text/csv").status_code == 406


def test_the_format_may_be_a_parameter_for_those_who_can_only_follow_links(endpoint: httpx.Client) -> None:
    response = get(endpoint, "SELECT (1 AS ?one) {}", ("format", "csv"), accept="text/html")
    assert response.headers["content-type"] == "text/csv; charset=utf-8" and response.text == "one\r\n1\r\n"
    assert get(endpoint, "ASK {}", ("format", "cvs")).status_code == 400


@pytest.mark.parametrize(
    ("query", "value", "accept", "media"),
    [
        ("ASK {}", "text/tab-separated-values", None, "text/tab-separated-values"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "xml", None, "application/rdf+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/x-unknown, text/rdf+n3;q=0.5", None, "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf xml", None, "application/rdf+xml"),  # "+", not encoded
        # A format of the other kind does not fit, whatever it says: what the request accepts is right.
        ("ASK {}", "ttl", "text/csv", "text/csv"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "application/n-triples", "application/n-triples"),
    ],
)
def test_a_format_may_be_named_in_any_way_and_counts_where_it_fits(
    endpoint: httpx.Client, query: str, value: str, accept: str | None, media: str
) -> None:
    response = get(endpoint, query, ("format", value), accept=accept)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].split(";")[0] == media


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("wanted", ["json", "xml", "csv", "tsv", "turtle", "n3", "rdf", "rdf+xml", "json-ld"])
@pytest.mark.filterwarnings(
    "ignore::RuntimeWarning"
)  # it warns of formats that do not fit, and sends them all the same
def test_sparqlwrapper_gets_every_format_it_asks_for(endpoint: httpx.Client, wanted: str, method: str) -> None:
    from SPARQLWrapper import SPARQLWrapper

    row_types = {"json": JSON, "xml": "application/sparql-results+xml", "csv": "text/csv", "tsv": TSV}
    graph_types = {
        "json": "application/ld+json", "json-ld": "application/ld+json", "turtle": "text/turtle", "n3": "text/turtle",
        "xml": "application/rdf+xml", "rdf": "application/rdf+xml", "rdf+xml": "application/rdf+xml",
    }  # fmt: skip
    kinds = [
        ("SELECT * { ?s ?p ?o }", row_types.get(wanted, JSON)),
        ("ASK {}", row_types.get(wanted, JSON)),
        ("CONSTRUCT WHERE { ?s ?p ?o }", graph_types.get(wanted, "text/turtle")),
        ("DESCRIBE <http://example.org/thing/1>", graph_types.get(wanted, "text/turtle")),
    ]
    for query, media in kinds:
        client = SPARQLWrapper(str(endpoint.base_url.join("/sparql")))
        client.setQuery(query)
        client.setReturnFormat(wanted)
        client.setMethod(method)
        response = client.query()
        assert response.info()["content-type"].split(";")[0] == media, query


def test_sparqlwrapper_reads_graphs_with_its_defaults(endpoint: httpx.Client) -> None:
    from SPARQLWrapper import SPARQLWrapper

    client = SPARQLWrapper(str(endpoint.base_url.join("/sparql")))
    client.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
    assert len(client.queryAndConvert()) == 4


UPDATE = "INSERT DATA { <http://example.org/a> a <http://example.org/b> }"


def test_updates_are_refused_in_every_way_and_nothing_changes(endpoint: httpx.Client) -> None:
    """update_post_form, update_post_direct, bad_update_get and their kin."""
    update = quote(UPDATE)
    refused = [
        endpoint.get(f"/sparql?update={update}"),
        endpoint.post("/sparql", content=f"update={update}", headers={"Content-Type": FORM}),
        endpoint.post("/sparql", content=UPDATE, headers={"Content-Type": "application/sparql-update"}),
        endpoint.post("/sparql?using-graph-uri=http://example.org/a", content=UPDATE, headers={"Content-Type": QUERY}),
    ]
    assert {response.status_code for response in refused} == {403}
    assert all("read-only" in response.text for response in refused)
    for update in (UPDATE, "CLEAR ALL", "LOAD <file:///etc/passwd>", "DROP DEFAULT"):
        for response in (direct(endpoint, update), get(endpoint, update), form(endpoint, f"# it\n{update}")):
            assert response.status_code == 403 and "read-only" in response.text
    count = get(endpoint, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"]["value"]
    assert count == "4"


@pytest.mark.parametrize(
    "update",
    ["INSERT{<urn:a> <urn:b> <urn:c>}WHERE{}", "DELETE{?s ?p ?o}WHERE{?s ?p ?o}", "WITH<urn:g> DELETE WHERE {?s ?p ?o}",
     "LOAD<file:///etc/passwd>", "INSERT# it\nDATA{<urn:a> <urn:b> <urn:c>}", "PREFIX a:<urn:a>DELETE{}WHERE{}", "CLEAR"],
)  # fmt: skip
def test_an_update_needs_no_space_after_its_first_word_to_be_known_as_one(endpoint: httpx.Client, update: str) -> None:
    response = get(endpoint, update)
    assert response.status_code == 403 and "read-only" in response.text


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * WHERE { ?x zz:y ?o }", 1, 21),
        ("SELECT * { ?a ?p ?b FILTER(?a-?b-zz:f(?a) > 1) }", 1, 34),
        ("SELECT * { ?a ?p ?b FILTER(1-zz:f(?a)-true > ?b) }", 1, 30),
        ("SELECT * WHERE { zz:a ?y ?o }", 1, 18),
        ("SELECT * WHERE {\n ?x a ?o ; zz:b ?c }", 2, 12),
        ('SELECT * WHERE {\n # no:name\n <urn:a> ?p \'no:name\', """no:\n""" . ?x a zz:b }', 4, 12),
        ("PREFIX a: <http://example.org/a> SELECT * { _:b a:b:c/zz:c ?o }", 1, 55),
        ("SELECT * { ?s ?p ?o FILTER(zz:f(?o)) }", 1, 28),
    ],
)
def test_a_prefix_that_nobody_declared_is_named_with_its_place(
    endpoint: httpx.Client, query: str, line: int, column: int
) -> None:
    told = get(endpoint, query, accept="application/problem+json").json()
    assert told["status"] == 400 and "the prefix 'zz:' is not declared" in told["detail"]
    assert (told["line"], told["column"]) == (line, column)


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p 'zz:b }", "SELECT * WHER { ?s ?p zz:b }", "ASK { ?s ?p mg:b "])
def test_a_prefix_behind_the_mistake_is_not_blamed_for_it(endpoint: httpx.Client, query: str) -> None:
    told = get(endpoint, query).text
    assert "is not declared" not in told and "this is not SPARQL" in told


@pytest.mark.parametrize(
    "query", ["SELECT (<<( <a:b> <a:c> 1 )>> AS ?t) {}", "CONSTRUCT { <a:b> <a:c> <<( <a:b> <a:c> 1 )>> } {}"]
)
def test_a_triple_in_a_triple_is_a_wish_that_is_told_to_be_too_much(endpoint: httpx.Client, query: str) -> None:
    response = get(endpoint, query)
    assert response.status_code == 400 and "a triple inside a triple" in response.text


@pytest.mark.parametrize("predicate", ["http://x/123", "http://x/", "urn:1", f"{RDF}li", f"{RDF}Description"])
def test_a_property_that_rdf_xml_cannot_write_is_named(endpoint: httpx.Client, predicate: str) -> None:
    query = f'CONSTRUCT {{ <a:b> <{predicate}> "a" }} {{}}'
    response = get(endpoint, query, accept="application/rdf+xml")
    assert response.status_code == 406 and f"<{predicate}>" in response.text
    assert get(endpoint, query, accept="text/turtle").status_code == 200


def test_rdf_xml_is_xml_whatever_the_text(endpoint: httpx.Client) -> None:
    query = 'CONSTRUCT { <a:b> <http://x/1é-2> "a\\u0001b\\r\\uFFFEc" ; <urn:2b> "<&>" } {}'
    read = Graph().parse(data=get(endpoint, query, accept="application/rdf+xml").content, format="xml")
    assert {str(value) for value in read.objects()} == {"a\ufffdb\r\ufffdc", "<&>"}


def test_service_description(endpoint: httpx.Client) -> None:
    """SPARQL 1.1 Service Description, section 2: GET without a query gives RDF about the service."""
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept, syntax in (("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("*/*", "turtle")):
        response = endpoint.get("/sparql", headers={"Accept": accept})
        read = Graph().parse(data=response.content, format=syntax)
        me = URIRef(str(endpoint.base_url).rstrip("/") + "/sparql")
        assert (me, URIRef(sd + "endpoint"), me) in read
        assert (me, URIRef(sd + "feature"), URIRef(sd + "UnionDefaultGraph")) in read
        simple = URIRef("http://www.w3.org/ns/entailment/Simple")
        assert (me, URIRef(sd + "defaultEntailmentRegime"), simple) in read
        assert {str(name) for name in read.objects(None, URIRef(sd + "name"))} == set(GRAPHS)
    strange = endpoint.get("/sparql", headers={"Host": "a.example>/x", "Accept": "text/turtle"})
    assert "a.example" not in strange.text


def test_head_and_options(endpoint: httpx.Client) -> None:
    whole, head = get(endpoint, "ASK {}"), endpoint.head("/sparql?query=ASK%20%7B%7D")
    assert head.status_code == 200 and head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"]
    options = endpoint.options("/sparql")
    assert options.status_code == 204 and options.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    for path in ("/", "/api", "/id/meeting/x", "/static/page.css"):
        options = endpoint.options(path)
        assert options.status_code == 204 and options.headers["allow"] == "GET, HEAD, OPTIONS", path
        assert endpoint.post(path).headers["allow"] == "GET, HEAD, OPTIONS"
    assert endpoint.options("/nothing").status_code == endpoint.get("/nothing").status_code == 404


def test_other_sites_may_ask(endpoint: httpx.Client) -> None:
    """What a browser asks before YASGUI, opened from elsewhere, may send a query; and what it needs on the answer."""
    preflight = endpoint.options(
        "/sparql",
        headers={
            "Origin": "https://yasgui.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,accept,x-requested-with",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    private = endpoint.options("/sparql", headers={**preflight.request.headers, PRIVATE: "true"})
    assert private.status_code == 200 and private.headers["access-control-allow-private-network"] == "true"
    assert "POST" in preflight.headers["access-control-allow-methods"]
    allowed = preflight.headers["access-control-allow-headers"].lower()
    assert allowed == "*" or "x-requested-with" in allowed
    answer = endpoint.post(
        "/sparql", content=b"ASK {}", headers={"Origin": "https://yasgui.example", "Content-Type": QUERY}
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "x-result" in answer.headers["access-control-expose-headers"].lower()
    wrong = endpoint.post(
        "/sparql", content=b"ASK", headers={"Origin": "https://yasgui.example", "Content-Type": QUERY}
    )
    assert wrong.status_code == 400 and wrong.headers["access-control-allow-origin"] == "*"


def test_a_generic_client_gets_every_kind_of_answer(endpoint: httpx.Client) -> None:
    from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    client = SPARQLWrapper(str(endpoint.base_url).rstrip("/") + "/sparql")
    for method, how in ((GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)):
        client.resetQuery()
        client.setMethod(method)
        client.setRequestMethod(how)
        client.setQuery("SELECT ?s WHERE { ?s a <http://example.org/Kind> } ORDER BY ?s")
        client.setReturnFormat(JSON)
        bindings = client.queryAndConvert()["results"]["bindings"]
        assert [row["s"]["value"][-1] for row in bindings] == ["0", "1", "2", "3"]
        client.setReturnFormat(XML)
        assert len(client.queryAndConvert().getElementsByTagName("result")) == 4
        client.setReturnFormat(CSV)
        assert client.queryAndConvert().count(b"\r\n") == 5
        client.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
        client.setReturnFormat(TURTLE)
        assert len(Graph().parse(data=client.queryAndConvert(), format="turtle")) == 4
        client.setQuery("SELECT")
        with pytest.raises(QueryBadFormed, match="line 1"):
            client.query()


def test_our_own_remote_store_asks_it(endpoint: httpx.Client) -> None:
    from mandategraph.store import open_store

    store = open_store(str(endpoint.base_url).rstrip("/") + "/sparql")
    assert store.graphs() == GRAPHS
    assert len(store.dump().splitlines()) == 4


def test_a_server_may_ask_another_server(endpoint: httpx.Client) -> None:
    with serving(str(endpoint.base_url).rstrip("/") + "/sparql", workers=1) as relay:
        response = get(relay, "SELECT ?s WHERE { GRAPH <http://example.org/data/1> { ?s a ?kind } }")
        assert [row["s"]["value"][-1] for row in response.json()["results"]["bindings"]] == ["1"]
        assert response.headers["x-result"] == "unknown"
        every = get(relay, "SELECT ?s WHERE { ?s a ?kind }").json()["results"]["bindings"]
        assert len(every) == len(get(endpoint, "SELECT ?s WHERE { ?s a ?kind }").json()["results"]["bindings"]) > 1
        chosen = get(relay, "SELECT ?s WHERE { ?s a ?kind }", ("default-graph-uri", GRAPHS[1]))
        assert chosen.json() == get(endpoint, "SELECT ?s WHERE { ?s a ?kind }", ("default-graph-uri", GRAPHS[1])).json()
        assert get(relay, "ASK { SERVICE <http://127.0.0.1:9/> {} }").status_code == 403


def test_the_default_is_what_the_page_says(endpoint: httpx.Client, tmp_path: Path) -> None:
    page = endpoint.get("/sparql", headers={"Accept": "text/html"}).text
    assert "it sees all of them at once" in page and 'id="truncated"' in page
