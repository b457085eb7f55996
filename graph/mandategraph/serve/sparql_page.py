"""The SPARQL page for people: an editor that works without a script, and better with ours."""

from __future__ import annotations

import html
import json

from mandategraph.messages import gettext, table_in
from mandategraph.rdf import namespaces
from mandategraph.serve.pages import framed
from mandategraph.serve.settings import Limits
from mandategraph.serve.sticky_parameters import PageLayout

_FIRST = """# Which meetings hand something to which other meetings?
SELECT ?from ?to WHERE {
  ?from mg:feeds ?to .
}
ORDER BY ?to ?from
LIMIT 100"""
_SHOWN = ("mg", "meeting", "document", "element", "graph", "skos", "dcterms", "prov", "xsd")
_FORMATS = ("html", "json", "xml", "csv", "tsv", "md", "turtle", "jsonld", "nt", "rdfxml", "trig")
_WORDS = {
    "title": gettext("SPARQL"),
    "query": gettext("Query"),
    "run": gettext("Run"),
    "keys": gettext("Ctrl+Enter"),
    "stop": gettext("Stop"),
    "examples": gettext("Stored questions as examples"),
    "choose": gettext("Choose a question …"),
    "prefixes": gettext("Prefixes are filled in"),
    "download": gettext("Download"),
    "share": gettext("Link to this query"),
    "limits": gettext("Limits"),
    "result": gettext("Result"),
    "plain": gettext("Answer as"),
    "union": gettext("Where the query names no graphs, it sees all of them at once; GRAPH ?g tells them apart."),
    "stopped": gettext(
        "A query is stopped after {0:g} seconds and gives at most {1} rows. Every reply says in its header "
        "X-Result whether it is complete or truncated; a truncated one in JSON or XML has a link to this "
        "place."
    ),
    "read": gettext("This endpoint is for reading: no updates, no SERVICE, no LOAD."),
}


_SAID_BY_SCRIPT = {
    "silent": gettext("The server did not answer."),
    "yes": gettext("yes"),
    "no": gettext("no"),
    "row": gettext("{total} row{first}{cut}"),
    "rows": gettext("{total} rows{first}{cut}"),
    "first": gettext(", the first {shown} shown"),
    "cut": gettext(" (truncated: there are more)"),
}


def sparql_page(query: str | None, limits: Limits, layout: PageLayout) -> str:
    """The page, with a query in its editor."""
    words, said = (table_in(layout.language, table) for table in (_WORDS, _SAID_BY_SCRIPT))
    text = html.escape(query if query is not None else _FIRST, quote=False)
    asked = ' data-run="yes"' if query else ""
    options = "".join(f"<option>{name}</option>" for name in _FORMATS)
    prefixes = " ".join(
        f'<code title="{html.escape(space)}">{name}:</code>'
        for name, space in namespaces.prefixes().items()
        if name in _SHOWN
    )
    body = f"""<h1>{words["title"]}</h1>
<form id="ask" action="/sparql" method="get" data-words="{html.escape(json.dumps(said, ensure_ascii=False))}"{asked}>
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
    return framed(words["title"], body, layout)
