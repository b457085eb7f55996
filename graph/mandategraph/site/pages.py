"""Which pages there are, and what each of them is given."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files as resource_files
from itertools import groupby
from typing import Any

from mandategraph.answers.answer import Answer
from mandategraph.messages import LANGUAGES, Text
from mandategraph.rdf import namespaces
from mandategraph.site import schema_org, search_index, words
from mandategraph.site.content import Content, Thing
from mandategraph.site.coverage import matrix
from mandategraph.site.dossiers import by_cell, dossiers
from mandategraph.site.reading import READING
from mandategraph.site.render import View, environment, rendered
from mandategraph.site.reservations import reservations
from mandategraph.site.swimlanes import draw
from mandategraph.site.timeline import timeline

KINDS = (
    "meeting",
    "body",
    "element",
    "document",
    "office",
    "organization",
    "party",
    "group",
    "place",
    "agenda-item",
    "concept",
)
"""Kinds of things with pages, in the order of the lists."""

MODALITIES = ("will", "unmarked", "expected", "may", "done")
_ACTS = ("Decision", "Resolution")

_Page = tuple[str, str, dict[str, Any]]
"""Path below the language's folder, template, what the template is given."""


def files(content: Content) -> dict[str, bytes]:
    """Every file of the site: path -> content."""
    made = {f"assets/{path}": data for path, data in _assets()}
    made["assets/pages.js"] = search_index.index(content).encode("utf-8")
    made["index.html"] = (
        environment().get_template("choose.html").render(words=words, languages=LANGUAGES).encode("utf-8")
    )
    shared = list(_pages(content))
    known = by_cell(content.things.values())
    documents = {
        code: thing for thing in content.of_kind("document") for code in (thing.code, namespaces.compact(thing.iri))
    }
    for language in LANGUAGES:
        every = [*shared, _map(content, language)]
        paths = frozenset(path for path, _, _ in every)
        for path, template, shown in every:
            view = View(content, language, path, paths, known, documents)
            made[f"{language}/{path}"] = rendered(template, view, **_in(shown, content, language))
    return made


def _in(shown: dict[str, Any], content: Content, language: str) -> dict[str, Any]:
    """What depends on the language besides."""
    dossier = shown.get("dossier")
    if dossier is None or dossier.thing.kind != "meeting":
        return shown
    return {**shown, "event": schema_org.event(content, dossier.thing, language)}


def _pages(content: Content) -> Iterator[_Page]:
    """Those that are made of the same in all languages."""
    kinds = [kind for kind in KINDS if content.of_kind(kind)]
    kinds += sorted({thing.kind for thing in content.things.values()} - set(kinds))
    yield "index.html", "start.html", {"families": _families(content.answers), "sources": _sources(content)}
    yield "search.html", "search.html", {}
    yield "how-to-read.html", "reading.html", {"chapters": READING, "answers": content.answers}
    yield "timeline.html", "timeline.html", {"timeline": timeline(content)}
    yield "coverage.html", "coverage.html", {"matrix": matrix(content)}
    yield "reservations.html", "reservations.html", {"found": reservations(content)}
    yield "decisions.html", "decisions.html", {"acts": _acts(content)}
    for kind in kinds:
        yield f"{kind}/index.html", "list.html", {"kind": kind, "kinds": kinds, "things": content.of_kind(kind)}
    for answer in content.answers:
        yield f"question/{answer.id}.html", "answer.html", {"answer": answer}
    for dossier in dossiers(content):
        yield dossier.thing.path, "dossier.html", {"dossier": dossier, "event": None}


def _map(content: Content, language: str) -> _Page:
    drawing = draw(content, language)
    feeds = content.network.feeds
    elements = {feed.element for feed in feeds if feed.element}
    used = {namespaces.compact(feed.modality): feed.modality for feed in feeds}
    modalities = [(name, used[name]) for name in (*MODALITIES, *sorted(set(used) - set(MODALITIES))) if name in used]
    linked = [
        knot for knot in drawing.knots if any(knot.iri in (arrow.giver, arrow.receiver) for arrow in drawing.arrows)
    ]
    shown = {
        "drawing": drawing,
        "linked": linked,
        "elements": sorted(elements),
        "modalities": modalities,
        "feeds": feeds,
    }
    return "map.html", "map.html", shown


def _families(answers: tuple[Answer, ...]) -> list[tuple[Text, list[Answer]]]:
    """Questions in groups, in the order of the start page; groups that nobody named come last."""
    order = list(words.FAMILIES)
    ranked = sorted(answers, key=lambda one: order.index(one.id[:1]) if one.id[:1] in order else len(order))
    return [(words.family(letter), list(some)) for letter, some in groupby(ranked, key=lambda one: one.id[:1])]


def _sources(content: Content) -> list[Thing]:
    """The documents that all of this was read from."""
    return [content.things[iri] for iri in content.network.documents if iri in content.things]


def _acts(content: Content) -> list[tuple[Thing, list[Any], int]]:
    """Decisions and resolutions: what each mandates, and how often it is cited; those that mandate most come first."""
    found = []
    for thing in content.of_kind("document"):
        told = content.profiles[thing.iri].told
        if thing.type.value in _ACTS:
            mandates = [one for one in told if (one.kind.value, one.role.value) == ("Mandate", "mandatedBy")]
            cited = sum(one.role.value == "cites" for one in told)
            found.append((thing, mandates, cited))
    return sorted(found, key=lambda one: (-len(one[1]), -one[2], one[0].code))


def _assets() -> Iterator[tuple[str, bytes]]:
    folder = resource_files("mandategraph.site").joinpath("assets")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith((".css", ".js")):
            yield file.name, file.read_bytes()
