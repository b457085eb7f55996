"""Pages for people: answers, things, lists. Plain HTML that needs no script, in the frame that all pages share."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mandategraph.answers.answer import Answer, Cell, Column, Page, Row
from mandategraph.answers.description import DescribedStatement, Fact, Profile
from mandategraph.answers.grid import clean, of_answer
from mandategraph.answers.headings import sections
from mandategraph.answers.write_answer import summary
from mandategraph.answers.write_description import place_told, worded
from mandategraph.messages import TAG, gettext, table_in
from mandategraph.messages import told as told_in
from mandategraph.query.catalogue import StoredQuery
from mandategraph.rdf import namespaces
from mandategraph.serve.result import Extent
from mandategraph.serve.sticky_parameters import PageLayout, joined
from mandategraph.store.base import Term

ROOT = "https://w3id.org/mandategraph/"
"""What all IRIs of ours begin with."""

_OURS = ("id/", "graph/", "query/", "prefix/", "ontology", "value")
_DOWNLOADS = ("csv", "tsv", "json", "xml", "md", "txt", "rq")
_SYNTAXES = ("ttl", "jsonld", "nt", "rdf")
_MOST_FACTS = 1000
_SHORT = 24
_WORDS = {
    "home": gettext("Home"),
    "sparql": gettext("SPARQL"),
    "queries": gettext("Questions"),
    "data": gettext("Data"),
    "also": gettext("Also written"),
    "facts": gettext("What it is"),
    "nothing": gettext("No statement in the documents points to it."),
    "code": gettext("Name"),
    "question": gettext("Question"),
    "answers": gettext("Answers"),
    "pointing": gettext("What points to it"),
    "itself": gettext("What it says"),
    "cut": gettext("There is more than this server gives at once."),
    "prev": gettext("Page before"),
    "next": gettext("Next page"),
    "find": gettext("Find"),
    "lead": gettext("Who was asked to do what, by which decision, for which meeting."),
    "findable": gettext("A code, a name, or part of a phrase"),
    "holding": gettext("{0} statements"),
}


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where the links of an answer lead: ``thing`` gives the path of what has a code, None where that is not one thing;
    ``again`` is the address of the answer itself where it is not that of a stored query; ``pages`` is that of its pages,
    but for their numbers."""

    thing: Callable[[str], str | None]
    again: str = ""
    pages: str = ""


def address(whole: str) -> str:
    """The path at which this server tells of an IRI of ours."""
    return "/" + whole.removeprefix(ROOT)


def is_ours(whole: str) -> bool:
    """Whether this server tells of an IRI at its ``address``."""
    return whole.startswith(ROOT) and whole.removeprefix(ROOT).startswith(_OURS)


def framed(title: str, body: str, layout: PageLayout) -> str:
    """A whole page."""
    language = layout.language
    words = table_in(language, _WORDS)
    links = (("/", words["home"]), ("/api", words["queries"]), ("/sparql", words["sparql"]))
    menu = "".join(f'<a href="{layout.href(path)}">{text}</a>' for path, text in links)
    find = (
        f'<form action="/search" role="search">{layout.hidden()}'
        f'<input type="search" name="q" required aria-label="{words["findable"]}" '
        f'placeholder="{words["findable"]}"><button>{words["find"]}</button></form>'
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{TAG[language]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{_safe(title)} · mandategraph</title>\n<link rel="icon" href="data:,">\n'
        '<link rel="stylesheet" href="/static/page.css">\n</head>\n'
        f"<body>\n<header><strong>mandategraph</strong><nav>{menu}</nav>{find}</header>\n"
        f"<main>\n{layout.notice()}{body}</main>\n</body>\n</html>\n"
    )


def home_page(layout: PageLayout) -> str:
    """The page at the root, where no site is served."""
    language = layout.language
    items = (
        ("/api", gettext("Stored questions, each with its parameters")),
        ("/questions", gettext("Questions by their numbers")),
        ("/sparql", gettext("SPARQL: a page for people, an endpoint for programs")),
        ("/openapi.json", gettext("OpenAPI document")),
        ("/ask?q=which+meetings+feed+WG2020-3", gettext("Which meetings feed WG2020-3?")),
    )
    listed = "".join(f'<li><a href="{layout.href(path)}">{text[language]}</a></li>\n' for path, text in items)
    return framed(
        "mandategraph", f"<h1>mandategraph</h1>\n<p>{_WORDS['lead'][language]}</p>\n<ul>\n{listed}</ul>\n", layout
    )


def answer_page(answer: Answer, layout: PageLayout, extent: Extent, ways: PageLinks) -> str:
    """An answer, its codes as links, with what it rests on and every format to take away."""
    language = layout.language
    question = clean(told_in(answer.question, language))
    body = f"<h1>{_safe(question)}</h1>\n"
    if answer.rows:
        body += _answer_table(answer, layout, ways) + _neighbours(answer.page, layout, ways)
    body += "" if extent != "truncated" else f'<p class="cut">{_WORDS["cut"][language]}</p>\n'
    body += "".join(f"<p>{_safe(line)}</p>\n" for line in summary(answer, layout))
    return framed(question, body + _downloads(answer, layout, ways), layout)


def profile_page(profile: Profile, layout: PageLayout) -> str:
    """All that is known of one thing, with the place of every statement."""
    language = layout.language
    words = table_in(language, _WORDS)
    name = profile.name.label(layout.languages) or profile.name.value or ""
    body = f"<h1>{_safe(name)}</h1>\n<p><code>{_safe(profile.name.value or '')}</code> · "
    body += f"{_safe(profile.kind.label(layout.languages) or '')} · <code>{_safe(profile.iri)}</code></p>\n"
    if profile.spellings:
        body += f"<p>{words['also']}: {_safe('; '.join(profile.spellings))}</p>\n"
    facts = "".join(f"<li>{_fact(fact, layout)}</li>\n" for fact in profile.facts)
    body += f"<h2>{words['facts']}</h2>\n<ul>\n{facts}</ul>\n"
    for title, told in sections(profile, layout):
        items = "".join(_told(one, layout) for one in told)
        body += f"<h2>{_safe(title)} ({len(told)})</h2>\n<ul>\n{items}</ul>\n"
    body += "" if profile.told else f"<p>{words['nothing']}</p>\n"
    return framed(name, body + _syntaxes(profile.iri, layout, ("json",)), layout)


def plain_page(
    whole: str, facts: Sequence[tuple[Term, Term, bool]], layout: PageLayout, holding: int | None = None
) -> str:
    """Something that no register knows, property by property; a graph is ``holding`` so many statements."""
    language = layout.language
    body = f"<h1>{_safe(namespaces.compact(whole))}</h1>\n<p><code>{_safe(whole)}</code></p>\n"
    body += "" if holding is None else f"<p>{_WORDS['holding'][language].format(holding)}</p>\n"
    for backwards, title in ((False, "itself"), (True, "pointing")):
        rows = [(name, value) for name, value, back in facts if back == backwards][:_MOST_FACTS]
        lines = "".join(
            f"<tr><td>{_term(name, layout)}</td><td>{_term(value, layout)}</td></tr>\n" for name, value in rows
        )
        body += (
            f'<h2>{_WORDS[title][language]}</h2>\n<div class="wide"><table>\n{lines}</table></div>\n' if rows else ""
        )
    return framed(namespaces.compact(whole), body + _syntaxes(whole, layout), layout)


def catalogue_page(queries: Sequence[StoredQuery], layout: PageLayout) -> str:
    """All stored queries, each a link to its answer for the default parameters."""
    language = layout.language
    words = table_in(language, _WORDS)
    lines = "".join(
        f'<tr><td><a href="{layout.href(f"/api/{query.name}.html")}">{_safe(told_in(query.question, language))}</a></td>'
        f"<td>{_safe(' '.join(query.ids))}</td><td><code>{_safe(query.name)}</code></td></tr>\n"
        for query in sorted(queries, key=lambda query: (min(query.ids, default="~"), query.name))
    )
    head = f"<tr><th>{words['question']}</th><th>{words['answers']}</th><th>{words['code']}</th></tr>\n"
    body = f'<h1>{words["queries"]}</h1>\n<div class="wide"><table>\n{head}{lines}</table></div>\n'
    return framed(words["queries"], body, layout)


def problem_page(title: str, words: str, links: Sequence[str], layout: PageLayout) -> str:
    """Why a request was not answered."""
    listed = "".join(f'<li><a href="{layout.href(link)}">{_safe(link)}</a></li>\n' for link in links)
    near = f"<ul>\n{listed}</ul>\n" if listed else ""
    return framed(title, f"<h1>{_safe(title)}</h1>\n<p>{_safe(words)}</p>\n{near}", layout)


def _neighbours(page: Page | None, layout: PageLayout, ways: PageLinks) -> str:
    """The links from one page of an answer to those beside it."""
    if page is None or page.last_page == 1:
        return ""
    links = ""
    for name, number in (("prev", page.number - 1), ("next", page.number + 1)):
        if 1 <= number <= page.last_page:
            path = joined(ways.pages, [("page", str(number)), ("page_size", str(page.size))])
            links += f'<a href="{layout.href(path)}" rel="{name}">{layout.words(_WORDS[name])}</a> '
    return f'<p class="downloads">{links.rstrip()}</p>\n'


def _answer_table(answer: Answer, layout: PageLayout, ways: PageLinks) -> str:
    grid = of_answer(answer, layout)
    head = "".join(f"<th>{_safe(title)}</th>" for title in grid.titles)
    lines = "".join(_folded(answer.columns, *pair, layout, ways) for pair in zip(answer.rows, grid.rows, strict=True))
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table></div>\n'


def _folded(
    columns: Sequence[Column], row: Row, texts: Sequence[Sequence[str]], layout: PageLayout, ways: PageLinks
) -> str:
    """One row of an answer as lines of a table: what all of its lines share stands once, beside them."""
    height = max((len(cell) for cell in texts), default=1)
    lines: list[str] = [""] * height
    for column, cells, shown in zip(columns, row, texts, strict=True):
        if len(shown) == 1:
            span = f' rowspan="{height}"' if height > 1 else ""
            lines[0] += f"<td{span}>{_cell(column, cells[0], shown[0], layout, ways)}</td>"
            continue
        for place in range(height):
            lines[place] += (
                f"<td>{_cell(column, cells[place], shown[place], layout, ways)}</td>"
                if place < len(shown)
                else "<td></td>"
            )
    return "".join(f"<tr>{line}</tr>\n" for line in lines)


def _cell(column: Column, cell: Cell, text: str, layout: PageLayout, ways: PageLinks) -> str:
    path = ways.thing(cell.value) if column.coded and cell.value else None
    if path:
        return _link(path, text, layout)
    return f'<span class="short">{_safe(text)}</span>' if len(text) <= _SHORT else _safe(text)


def _told(told: DescribedStatement, layout: PageLayout) -> str:
    facts = "; ".join(_fact(fact, layout) for fact in told.facts)
    places = "".join(f"<br><small>{_safe(place_told(source, layout))}</small>" for source in told.sources)
    return f"<li>{facts}{places}</li>\n"


def _fact(fact: Fact, layout: PageLayout) -> str:
    name, shown = worded(fact, layout)
    code = fact.value.value or ""
    if code.startswith(("http://", "https://")):
        return f"{_safe(name)}: {_link(address(code) if is_ours(code) else code, shown, layout)}"
    ours = fact.coded and (fact.thing or "").startswith(namespaces.THINGS)
    return f"{_safe(name)}: {_link(address(fact.thing or ''), shown, layout) if ours else _safe(shown)}"


def _term(term: Term, layout: PageLayout) -> str:
    if term.kind != "iri":
        return _safe(term.value) + (f" <small>{_safe(term.lang)}</small>" if term.lang else "")
    shown = namespaces.curie(term.value) or term.value
    if is_ours(term.value):
        return _link(address(term.value), shown, layout)
    return _link(term.value, shown, layout) if term.value.startswith(("http://", "https://")) else _safe(shown)


def _downloads(answer: Answer, layout: PageLayout, ways: PageLinks) -> str:
    if not answer.key and not answer.columns or answer.query in ("resolve", "search"):
        return ""
    if ways.again:
        found = [(suffix, joined(ways.again, [("format", suffix)])) for suffix in _DOWNLOADS if suffix != "rq"]
    else:
        found = [(suffix, joined(f"/api/{answer.query}.{suffix}", answer.given())) for suffix in _DOWNLOADS]
    links = " ".join(_link(path, suffix, layout) for suffix, path in found)
    return f'<p class="downloads">{layout.words(_WORDS["data"])}: {links}</p>\n'


def _syntaxes(whole: str, layout: PageLayout, more: tuple[str, ...] = ()) -> str:
    links = " ".join(_link(f"{address(whole)}.{suffix}", suffix, layout) for suffix in (*_SYNTAXES, *more))
    return f'<p class="downloads">{layout.words(_WORDS["data"])}: {links}</p>\n'


def _link(target: str, text: str, layout: PageLayout) -> str:
    return f'<a href="{layout.href(target)}">{_safe(text)}</a>'


def _safe(text: str) -> str:
    return html.escape(clean(text), quote=False)
