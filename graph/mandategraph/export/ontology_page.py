"""A page on the ontology in one language: classes, properties, vocabularies, what they are aligned with, and how each is
used in the data. Needs nothing but itself: no script, no network. (pyLODE was tried: its present release does not start,
and it knows one language only.)"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape

from mandategraph.export.ontology_examples import Example, class_examples, property_examples
from mandategraph.export.ontology_terms import OntologyTerm, header, ontology_terms
from mandategraph.messages import LANGUAGES, NAME, TAG, gettext, joined_text, table_in, told
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store

_WORDS = {
    "contents": gettext("Contents"),
    "classes": gettext("Classes"),
    "properties": gettext("Properties"),
    "vocabularies": gettext("Vocabularies"),
    "prefixes": gettext("Prefixes"),
    "above": gettext("Under"),
    "below": gettext("Above"),
    "domain": gettext("Said of"),
    "used_on": gettext("Used on"),
    "range": gettext("Leads to"),
    "leads_to": gettext("Leads to"),
    "inverse": gettext("Other direction"),
    "aligned": gettext("Compare"),
    "having": gettext("Properties"),
    "example": gettext("In the data"),
    "FunctionalProperty": gettext("at most one"),
    "IrreflexiveProperty": gettext("never of itself"),
    "DatatypeProperty": gettext("a value"),
    "asking": gettext("Asking"),
    "version": gettext("Version"),
    "licence": gettext("Licence"),
    "skip": gettext("To the contents"),
}
_ASKING = gettext(
    "The data holds what is stated, and nothing is concluded from it: a thing has its own type, not those above it, "
    "and a property is stated in one direction only. Ask for the types above with rdfs:subClassOf*, for the other "
    "direction with ^, and for the names of things with skos:prefLabel."
)
ASKED = """SELECT DISTINCT ?statement ?type ?name WHERE {
  ?statement a ?type ; mg:schedules ?meeting .
  ?type rdfs:subClassOf* mg:Statement .
  ?meeting ^mg:feeds ?feeder ; skos:prefLabel ?name .
}
"""
"""The example of a query that stands in the page."""

_RELATIONS = ("above", "below", "domain", "used_on", "range", "leads_to", "inverse", "aligned", "having")
_SECTIONS = (("class", "classes"), ("property", "properties"), ("scheme", "vocabularies"))
STYLE = """
:root { color-scheme: light }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1b1b1b; background: #fff; line-height: 1.55;
  font-family: system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
a { color: #0b5394 }
h1, h2, h3 { line-height: 1.25 }
h2 { border-bottom: 2px solid #0b5394; margin-top: 3rem }
h3 { margin: 2.2rem 0 .2rem }
.skip { position: absolute; left: -999rem }
.skip:focus { position: static }
code, pre { font-family: ui-monospace, "Noto Sans Mono", monospace; font-size: .9em; overflow-wrap: anywhere }
.also, .iri, dt { color: #555; font-weight: 400 }
.iri { margin: 0 }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .15rem 1rem; margin: .5rem 0 }
dd { margin: 0; overflow-wrap: anywhere }
pre { background: #f4f6f8; padding: .6rem .8rem; white-space: pre-wrap }
nav ul { columns: 14rem; padding-left: 1.2rem }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr } dt { font-weight: 600 } }
@media print { nav, .skip { display: none } h3 { break-after: avoid } }
"""
"""The style that stands in the page."""


def ontology_page(language: str, store: Store, beside: str = "ontology-{}.html", notice: str = "") -> str:
    """The page in one language, with examples from a store; ``beside`` is the address of the page in another language,
    with braces where its tag goes, ``notice`` is HTML to stand at its head."""
    words, terms, about = table_in(language, _WORDS), ontology_terms(), header()
    title = escape(told(about["title"], language))
    others = " · ".join(
        f'<a hreflang="{other}" href="{escape(beside.format(other))}">{escape(NAME[other])}</a>'
        for other in _others(language)
    )
    examples = {**class_examples(store, terms, language), **property_examples(store, terms, language)}
    lines = [
        f'<!doctype html>\n<html lang="{TAG[language]}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>',
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{STYLE}</style>\n</head>\n<body>',
        f'<a class="skip" href="#section-contents">{words["skip"]}</a>\n<header>\n<h1>{title}</h1>',
        f"<p>{escape(told(about['description'], language))}</p>",
        f"<p><code>{escape(namespaces.ONTOLOGY)}</code> · {words['version']} {escape(about['versionInfo'][''])} · "
        f'<a rel="license" href="{escape(about["license"][""])}">{words["licence"]}</a> · <a href="ontology.ttl">Turtle</a> · '
        f"{others}</p>\n</header>",
        *_contents(words, terms, language),
        f"<main>\n{notice}".rstrip(),
        *_asking(language),
    ]
    related = _related(terms)
    for kind, heading in _SECTIONS:
        lines.append(f'<section aria-labelledby="section-{heading}">\n<h2 id="section-{heading}">{words[heading]}</h2>')
        for term in _sorted(terms.values(), kind, language):
            lines += _term(term, terms, related, examples.get(term.iri), language)
        lines.append("</section>")
    lines += [*_prefixes(words), "</main>\n</body>\n</html>\n"]
    return "\n".join(lines)


def _asking(language: str) -> Iterator[str]:
    title = _WORDS["asking"][language]
    yield f'<section aria-labelledby="section-asking">\n<h2 id="section-asking">{title}</h2>'
    yield f"<p>{escape(_ASKING[language])}</p>\n<pre>{escape(ASKED)}</pre>\n</section>"


def _contents(words: dict[str, str], terms: dict[str, OntologyTerm], language: str) -> Iterator[str]:
    yield f'<nav id="section-contents" aria-label="{words["contents"]}">\n<h2>{words["contents"]}</h2>'
    for kind, heading in _SECTIONS:
        yield f'<h3><a href="#section-{heading}">{words[heading]}</a></h3>\n<ul>'
        for term in _sorted(terms.values(), kind, language):
            yield f'<li><a href="#{term.name}">{escape(_label(term, language))}</a></li>'
        yield "</ul>"
    yield "</nav>"


def _sorted(terms: Iterable[OntologyTerm], kind: str, language: str) -> list[OntologyTerm]:
    return sorted(
        (term for term in terms if term.kind == kind), key=lambda term: (_label(term, language).lower(), term.name)
    )


def _related(terms: dict[str, OntologyTerm]) -> dict[str, dict[str, list[str]]]:
    """By class: the classes below it and the properties that are said of it; by scheme: its concepts."""
    made: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for term in terms.values():
        if term.kind == "class":
            for above in term.links["above"]:
                made[above]["below"].append(term.iri)
        for scheme in term.links["scheme"]:
            made[scheme]["concepts"].append(term.iri)
        for relation in ("domain", "used_on"):
            for class_ in term.links[relation]:
                made[class_]["having"].append(term.iri)
    return made


def _term(
    term: OntologyTerm,
    terms: dict[str, OntologyTerm],
    related: dict[str, dict[str, list[str]]],
    example: Example | None,
    language: str,
) -> Iterator[str]:
    words = table_in(language, _WORDS)
    also = " ".join(
        f'<span class="also" lang="{TAG[other]}">{escape(_label(term, other))}</span>' for other in _others(language)
    )
    yield f'<article id="{term.name}">\n<h3>{escape(_label(term, language))} {also}</h3>'
    yield f'<p class="iri"><code>{namespaces.curie(term.iri)}</code></p>\n<p>{escape(told(term.definitions, language))}</p>'
    traits = [words[trait] for trait in term.traits]
    if traits:
        yield f"<p>({', '.join(traits)})</p>"
    links = {**term.links, **related.get(term.iri, {})}
    leading = [(words[name], _links(links[name], terms, language)) for name in _RELATIONS if links.get(name)]
    if leading:
        yield "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in leading) + "</dl>"
    if related.get(term.iri, {}).get("concepts"):
        yield from _concepts(term, [terms[iri] for iri in related[term.iri]["concepts"]], language)
    if example:
        yield f"<p>{words['example']}</p>\n<pre>{escape(example.text)}</pre>"
    yield "</article>"


def _concepts(scheme: OntologyTerm, concepts: list[OntologyTerm], language: str) -> Iterator[str]:
    yield "<table>"
    for one in concepts:
        # A concept of two schemes is anchored in the first.
        anchor = f' id="{one.name}"' if one.links["scheme"][0] == scheme.iri else ""
        others = "".join(f'<td lang="{TAG[other]}">{escape(_label(one, other))}</td>' for other in _others(language))
        yield (
            f'<tr{anchor}><th scope="row">{escape(_label(one, language))}<br><code>{namespaces.curie(one.iri)}</code></th>'
            f"{others}<td>{escape(told(one.definitions, language))}</td></tr>"
        )
    yield "</table>"


def _links(iris: Iterable[str], terms: dict[str, OntologyTerm], language: str) -> str:
    shown = []
    for iri in sorted(set(iris)):
        if iri in terms:
            shown.append(f'<a href="#{terms[iri].name}">{escape(_label(terms[iri], language))}</a>')
        else:
            shown.append(f'<a href="{escape(iri)}"><code>{escape(namespaces.curie(iri) or iri)}</code></a>')
    return joined_text(shown)[language]


def _prefixes(words: dict[str, str]) -> Iterator[str]:
    yield f'<section aria-labelledby="section-prefixes">\n<h2 id="section-prefixes">{words["prefixes"]}</h2>\n<table>'
    for prefix, space in namespaces.prefixes().items():
        yield f'<tr><th scope="row"><code>{prefix}:</code></th><td><code>{escape(space)}</code></td></tr>'
    yield "</table>\n</section>"


def _label(term: OntologyTerm, language: str) -> str:
    return told(term.labels, language) or term.name


def _others(language: str) -> tuple[str, ...]:
    return tuple(other for other in LANGUAGES if other != language)
