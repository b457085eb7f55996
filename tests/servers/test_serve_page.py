"""The SPARQL page as people meet it: in a real browser, wide and narrow, light and dark; and without any script."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import outside
import pytest

pytestmark = pytest.mark.server

SCRIPT = Path(__file__).parents[1] / "node" / "sparql_page.cjs"
HTML = {"Accept": "text/html"}


@pytest.mark.slow
def test_the_page_in_a_browser(served: httpx.Client, tmp_path: Path) -> None:
    chromium = outside.program("chromium", "chromium-browser", "google-chrome")
    outside.node_modules("playwright-core")
    address = str(served.base_url).rstrip("/")
    done = outside.node(SCRIPT, chromium, address, str(tmp_path / "page.png"))
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["before"] == []
    assert seen["told"].endswith("rows") and seen["link"].startswith("/id/meeting/")
    assert seen["downloads"] == ["csv", "tsv", "json", "xml", "html", "md"] and seen["csv"] == "from,to"
    assert seen["shared"].startswith(f"{address}/sparql?query=")
    example = served.get("/api/meetings-that-feed-a-meeting.rq").content
    rows = served.post("/sparql", content=example, headers={"Content-Type": "application/sparql-query"}).json()
    assert seen["example"] == f"{len(rows['results']['bindings'])} rows"
    assert "line 4, column 1" in seen["problem"] and seen["marked"].strip() == "4" and seen["chosen"] == 4
    assert seen["graph"] is True
    assert seen["narrow"]["told"] == seen["told"].replace(" rows", "行").join(("共", ""))
    assert seen["narrow"]["width"] <= 360 and seen["narrow"]["troubles"] == []
    assert seen["narrow"]["paper"] == "rgb(20, 24, 30)"


def test_the_page_works_without_a_script(served: httpx.Client) -> None:
    page = served.get("/sparql", headers=HTML).text
    assert '<form id="ask" action="/sparql" method="get"' in page and 'name="query"' in page
    sent = served.get("/sparql", params={"query": "SELECT ?m WHERE { ?m mg:feeds meeting:COP-15 }", "format": "html"})
    assert sent.headers["content-type"] == "text/html; charset=utf-8" and "meeting:WG2020-3" in sent.text


def test_a_shared_address_brings_its_query_along_and_runs_it(served: httpx.Client) -> None:
    shared = served.get("/sparql", params={"query": "SELECT ?x WHERE { ?x a <urn:a&b> }"}, headers=HTML).text
    assert "SELECT ?x WHERE { ?x a &lt;urn:a&amp;b&gt; }</textarea>" in shared and 'data-run="yes"' in shared
    assert "data-run" not in served.get("/sparql", headers=HTML).text


def test_the_page_speaks_chinese(served: httpx.Client) -> None:
    page = served.get("/sparql", headers={**HTML, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}).text
    assert '<html lang="zh-Hans">' in page and "以预存问题为例" in page
