"""The page of one stored query, what it asks, what it takes, and its text; and the list of questions by their numbers."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from mandategraph.answers.grid import clean
from mandategraph.messages import gettext, pgettext, table_in
from mandategraph.messages import told as told_in
from mandategraph.query.catalogue import StoredQuery
from mandategraph.serve.pages import framed
from mandategraph.serve.sticky_parameters import PageLayout

_SUFFIXES = ("rq", "json", "ttl", "jsonld")
_MOST_VALUES = 40
_WORDS = {
    "answer": gettext("The answer"),
    "takes": gettext("Parameters"),
    "name": gettext("Name"),
    "title": pgettext("parameter of a query", "What it is"),
    "default": gettext("By default"),
    "values": gettext("What it may be"),
    "any": gettext("anything"),
    "text": gettext("The query"),
    "data": gettext("Data"),
    "ids": gettext("Answers"),
    "numbered": gettext("Questions by their numbers"),
    "question": gettext("Question"),
    "by": pgettext("page of a query", "Answered by"),
}


def query_page(query: StoredQuery, told: dict[str, Any], layout: PageLayout) -> str:
    """The page; ``told`` is the explanation of the query (see ``explain.explanation``)."""
    language = layout.language
    words = table_in(language, _WORDS)
    body = f"<h1>{_safe(told_in(query.question, language))}</h1>\n<p><code>{_safe(query.name)}</code>"
    body += f" · {words['ids']}: {_safe(' '.join(query.ids))}</p>\n" if query.ids else "</p>\n"
    body += f"<p>{_safe(query.summary)}. {_safe(told['description'])}</p>\n" if language == "en" else ""
    body += f'<p><a href="{layout.href(f"/api/{query.name}.html")}">{words["answer"]}</a></p>\n'
    if query.parameters:
        heads = "".join(f"<th>{words[head]}</th>" for head in ("name", "title", "default", "values"))
        lines = "".join(_parameter(name, one, language) for name, one in told["params"].items())
        body += f'<h2>{words["takes"]}</h2>\n<div class="wide"><table>\n<tr>{heads}</tr>\n{lines}</table></div>\n'
    links = " ".join(f'<a href="{layout.href(f"/query/{query.name}.{suffix}")}">{suffix}</a>' for suffix in _SUFFIXES)
    body += f'<h2>{words["text"]}</h2>\n<div class="wide"><pre>{html.escape(query.text, quote=False)}</pre></div>\n'
    return framed(
        told_in(query.question, language), f'{body}<p class="downloads">{words["data"]}: {links}</p>\n', layout
    )


def questions_page(listed: Sequence[dict[str, Any]], layout: PageLayout) -> str:
    """The questions by their numbers, each a link to its answer."""
    language = layout.language
    words = table_in(language, _WORDS)
    lines = "".join(
        f'<tr><td>{_safe(one["id"])}</td><td><a href="{layout.href(one["path"])}">{_safe(told_in(one["question"], language))}</a>'
        f"</td><td><code>{_safe(one['answered_by'])}</code></td></tr>\n"
        for one in listed
    )
    head = f"<tr><th>{words['ids']}</th><th>{words['question']}</th><th>{words['by']}</th></tr>\n"
    body = f'<h1>{words["numbered"]}</h1>\n<div class="wide"><table>\n{head}{lines}</table></div>\n'
    data = f'<p class="downloads">{words["data"]}: <a href="{layout.href("/questions?format=json")}">json</a></p>\n'
    return framed(words["numbered"], body + data, layout)


def _parameter(name: str, one: dict[str, Any], language: str) -> str:
    values = [*one["values"][:_MOST_VALUES], *(["…"] if len(one["values"]) > _MOST_VALUES else [])]
    cells = (
        f"<code>{_safe(name)}</code>",
        _safe(told_in(one["title"], language)),
        _safe(", ".join(one["default"]) or _WORDS["any"][language]),
        _safe(", ".join(values) or one["example"]),
    )
    return f'<tr id="{html.escape(name)}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"


def _safe(text: str) -> str:
    return html.escape(clean(text), quote=False)
