"""The SPARQL page for people: an editor that works without a script, and better with ours."""

from __future__ import annotations

import html

from mandategraph.rdf import namespaces
from mandategraph.serve.pages import framed
from mandategraph.serve.settings import Limits

_FIRST = """# Which meetings hand something to which other meetings?
SELECT ?from ?to WHERE {
  ?from mg:feeds ?to .
}
ORDER BY ?to ?from
LIMIT 100"""
_SHOWN = ("mg", "meeting", "document", "element", "graph", "skos", "dcterms", "prov", "xsd")
_FORMATS = ("html", "json", "xml", "csv", "tsv", "md", "turtle", "jsonld", "nt", "rdfxml", "trig")
_WORDS = {
    "en": {
        "title": "SPARQL", "query": "Query", "run": "Run", "keys": "Ctrl+Enter", "stop": "Stop",
        "examples": "Stored questions as examples", "choose": "Choose a question …",
        "prefixes": "Prefixes are filled in", "download": "Download", "share": "Link to this query",
        "limits": "Limits", "result": "Result", "plain": "Answer as",
        "union": "Where the query names no graphs, it sees all of them at once; GRAPH ?g tells them apart.",
        "stopped": "A query is stopped after {0:g} seconds and gives at most {1} rows. Every reply says in its header "
        "X-Result whether it is complete or truncated; a truncated one in JSON or XML has a link to this place.",
        "read": "This endpoint is for reading: no updates, no SERVICE, no LOAD.",
    },
    "zh": {
        "title": "SPARQL", "query": "查询", "run": "运行", "keys": "Ctrl+Enter", "stop": "停止",
        "examples": "以预存问题为例", "choose": "选择一个问题……",
        "prefixes": "前缀自动补全", "download": "下载", "share": "本查询的链接",
        "limits": "限制", "result": "结果", "plain": "答复格式",
        "union": "查询未指明图时，可见全部图的并集；用GRAPH ?g加以区分。",
        "stopped": "查询超过{0:g}秒即停止，最多返回{1}行。每一答复的X-Result标头说明结果完整（complete）还是被截断"
        "（truncated）；被截断的JSON或XML结果附有指向此处的链接。",
        "read": "本端点只供读取：不接受更新，不支持SERVICE和LOAD。",
    },
}  # fmt: skip


def sparql_page(query: str | None, limits: Limits, language: str) -> str:
    """The page, with a query in its editor."""
    words = _WORDS[language]
    text = html.escape(query if query is not None else _FIRST, quote=False)
    asked = ' data-run="yes"' if query else ""
    options = "".join(f"<option>{name}</option>" for name in _FORMATS)
    prefixes = " ".join(
        f'<code title="{html.escape(space)}">{name}:</code>'
        for name, space in namespaces.prefixes().items()
        if name in _SHOWN
    )
    body = f"""<h1>{words["title"]}</h1>
<form id="ask" action="/sparql" method="get"{asked}>
<p><label for="examples">{words["examples"]}</label>
<select id="examples"><option value="">{words["choose"]}</option></select></p>
<label for="query">{words["query"]}</label>
<div class="editor"><pre id="lines" aria-hidden="true"></pre>
<textarea id="query" name="query" rows="14" spellcheck="false" autocapitalize="off" autocomplete="off" \
aria-describedby="problem">
{text}</textarea></div>
<p id="problem" role="alert" hidden></p>
<p class="actions"><button id="run">{words["run"]}</button> <kbd>{words["keys"]}</kbd>
<button id="stop" type="button" hidden>{words["stop"]}</button>
<label class="plain">{words["plain"]} <select name="format">{options}</select></label>
<a id="share" href="/sparql" hidden>{words["share"]}</a></p>
<p><small>{words["prefixes"]}: {prefixes} …</small></p>
</form>
<section id="result" aria-live="polite" hidden><h2>{words["result"]}</h2>
<p id="told"></p><p id="downloads" class="downloads">{words["download"]}: </p><div id="table" class="wide"></div></section>
<section><h2 id="truncated">{words["limits"]}</h2>
<p>{words["stopped"].format(limits.seconds, limits.rows)}</p><p>{words["union"]}</p><p>{words["read"]}</p></section>
<script src="/static/sparql.js"></script>
"""
    return framed(words["title"], body, language)
