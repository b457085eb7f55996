"""From what a page shows to its HTML: the templates, and the few things they may ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from mandategraph.answers.answer import Cell
from mandategraph.answers.description import Fact, SourcePassage
from mandategraph.messages import LANGUAGES, Text, gettext
from mandategraph.messages import told as told_in
from mandategraph.rdf import namespaces
from mandategraph.site import addresses, swimlanes, timeline, words
from mandategraph.site.content import Content, Thing

_WORDS_OF_LATIN = re.compile(r"[A-Za-z]{2,}.*\s.*[a-z]{2,}")
_WEB = re.compile(r"https?://")
_MONTHS = (
    gettext("Jan"),
    gettext("Feb"),
    gettext("Mar"),
    gettext("Apr"),
    gettext("May"),
    gettext("Jun"),
    gettext("Jul"),
    gettext("Aug"),
    gettext("Sep"),
    gettext("Oct"),
    gettext("Nov"),
    gettext("Dec"),
)
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")  # is not to be broken at its hyphens
_FIRST_PART = re.compile(r"[,，]")


@cache
def environment() -> Environment:
    """The templates, with every value escaped."""
    return Environment(
        loader=PackageLoader("mandategraph.site"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


@dataclass(frozen=True, slots=True)
class View:
    """What a template may ask for while it makes one page: words, links and labels in the page's language.

    ``path`` is that of the page below its language's folder, ``pages`` are those of all pages; ``known`` finds the
    thing that a cell of an answer shows, ``documents`` a document by its code.
    """

    content: Content
    language: str
    path: str
    pages: frozenset[str] = frozenset()
    known: Mapping[tuple[str | None, Text], str] = field(default_factory=dict)
    documents: Mapping[str, Thing] = field(default_factory=dict)

    @property
    def others(self) -> tuple[str, ...]:
        """The other languages."""
        return tuple(one for one in LANGUAGES if one != self.language)

    def t(self, key: str, **values: object) -> str:
        """Words of the page."""
        return words.word(key, self.language, **values)

    def pick(self, said: Mapping[str, str]) -> str:
        """The wording that is in the page's language, else any."""
        return told_in(said, self.language)

    def tag(self, language: str) -> str:
        """A language as HTML names it."""
        return words.word("language-tag", language)

    def named(self, language: str) -> str:
        """What a language calls itself."""
        return words.word("language-name", language)

    def to(self, path: str) -> str:
        """The link to a page of the same language."""
        return addresses.href(f"{self.language}/{self.path}", f"{self.language}/{path}")

    def asset(self, name: str) -> str:
        """The link to a file of the site itself."""
        return addresses.href(f"{self.language}/{self.path}", f"assets/{name}")

    def switched(self, language: str) -> str:
        """The link to the same page in another language."""
        return addresses.href(f"{self.language}/{self.path}", f"{language}/{self.path}")

    def thing(self, iri: str | None) -> Thing | None:
        """The thing with this IRI, if it has a page."""
        return self.content.things.get(iri or "")

    def column(self, name: Cell) -> Markup:
        """What a property is called on the pages: in plain words where the model's own is a term of the trade."""
        return escape(self.t(words.PLAIN[name.value or ""])) if name.value in words.PLAIN else self.label(name)

    def label(self, cell: Cell) -> Markup:
        """A cell's label in the page's language, or in the other one, or its value."""
        return self.said(cell.label((self.language,)) or cell.value or "")

    def said(self, text: str | None) -> Markup:
        """Text that may be in either language, marked where it is not in that of the page."""
        text = words.span(text or "", self.language) or text or ""
        chinese = words.has_chinese(text)
        if self.language != "zh" and chinese:
            return Markup('<span lang="zh-Hans">{}</span>').format(text)
        if self.language == "zh" and not chinese and _WORDS_OF_LATIN.search(text):
            return Markup('<span lang="en">{}</span>').format(text)
        return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(text))))

    def kind(self, name: str) -> str:
        """What the list of a kind is called."""
        return words.kind_name(name, self.language)

    def own(self, facts: Sequence[Fact]) -> list[Fact]:
        """Facts without those that say in the other language what another one says in that of the page."""
        said = {fact.property.value for fact in facts if fact.thing is None and self._in(fact, self.language)}
        return [
            fact
            for fact in facts
            if not (fact.property.value in said and fact.thing is None and self._only_in_others(fact))
        ]

    def web(self, fact: Fact) -> str | None:
        """The address of a page of others, when that is what a fact names."""
        iri = fact.thing or (fact.value.value or "")
        return (
            iri
            if _WEB.match(iri) and not iri.startswith((namespaces.THINGS, namespaces.ONTOLOGY, namespaces.VALUES))
            else None
        )

    def shown(self, cell: Cell) -> Thing | None:
        """The thing that a cell of an answer shows."""
        return self.thing(self.known.get((cell.value, cell.labels)))

    def cited(self, cell: Cell) -> list[tuple[Thing | None, str]]:
        """The places in a cell of sources, each with its document."""
        text = cell.words.in_first((self.language,))
        parts = [part for part in re.split(r"[;；]\s*(?=\S+[,，])", text) if part]
        return [(self.documents.get(_FIRST_PART.split(part, maxsplit=1)[0]), part) for part in parts]

    def places(self, places: Sequence[SourcePassage]) -> list[tuple[Thing | None, str, list[str]]]:
        """Places in words, each with its document and the words that stand there."""
        found: dict[Cell, tuple[Thing | None, str, list[str]]] = {}
        for place in places:
            text = place.cell.words.in_first((self.language,))
            held = found.setdefault(place.cell, (self.thing(place.document), text, []))
            if place.quote and place.quote not in held[2]:
                held[2].append(place.quote)
        return list(found.values())

    def grouped(self, facts: Sequence[Fact]) -> list[tuple[Cell, list[Fact]]]:
        """Facts by their property, in their order."""
        return [(name, list(some)) for name, some in groupby(facts, key=lambda fact: fact.property)]

    def by_heading(self, rows: Sequence[Any]) -> list[tuple[str, list[Any]]]:
        """Rows by the heading that their items stand under, in their order."""
        return [(heading, list(some)) for heading, some in groupby(rows, key=lambda row: row.heading)]

    def term(self, name: str) -> Cell:
        """A value of the vocabularies by its local name."""
        return self.content.network.cell(namespaces.VALUES + name)

    def name(self, iri: str) -> str:
        """The local name of a term."""
        return namespaces.compact(iri)

    def symbol(self, thing: Thing) -> str:
        """The published symbol of a document, else its code."""
        facts = self.content.profiles[thing.iri].facts
        return next((fact.value.value or "" for fact in facts if fact.property.value == "identifier"), thing.code)

    def kinds(self) -> dict[str, str]:
        """What the lists of all kinds are called, for the search."""
        found = {thing.kind for thing in self.content.things.values()}
        return {**{kind: self.kind(kind) for kind in sorted(found)}, "question": self.t("question")}

    def key(self, iri: str) -> str:
        """A name for a thing inside the page."""
        return addresses.key(iri)

    def keys(self, iris: Iterable[str | None]) -> str:
        """Those of several things, in one attribute."""
        return " ".join(sorted({addresses.key(iri) for iri in iris if iri}))

    def shortened(self, text: str) -> str:
        """A label that is not too long for a drawing."""
        return swimlanes.shortened(text)

    def month(self, day: date) -> str:
        """A month above a line of time."""
        return _MONTHS[day.month - 1][self.language]

    def lines(self, strip: swimlanes.Strip) -> list[str]:
        """The name of a lane, in as many lines as it has room for; of a low one only the code."""
        return swimlanes.lines(strip, self.label_text(strip.name))

    def label_text(self, cell: Cell) -> str:
        """A cell's label as plain text."""
        return cell.label((self.language,)) or cell.value or ""

    def told(self, knot: swimlanes.Knot) -> str:
        """What a mark of the map says when it is pointed at, or read aloud."""
        thing = self.thing(knot.iri)
        parts = [thing.title(self.language) if thing else knot.label]
        if thing and thing.published:
            parts.insert(0, thing.code)
        for step in timeline.steps(self.content.network, knot.iri):
            parts.append(f"{self.t(step.phase)} {self.label_text(step.dates)}")
        return gettext("; ")[self.language].join(dict.fromkeys(parts))

    def anchor(self, text: str) -> str:
        """An id made of a text."""
        return addresses.anchor(text)

    def as_script(self, value: Any) -> Markup:
        """JSON that may stand in a script element."""
        text = json.dumps(value, ensure_ascii=False, indent=1)
        return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))

    def _in(self, fact: Fact, language: str) -> bool:
        return language in fact.value.labels

    def _only_in_others(self, fact: Fact) -> bool:
        return bool(fact.value.labels) and not self._in(fact, self.language)


def rendered(template: str, view: View, **shown: Any) -> bytes:
    """One page as it is written."""
    return environment().get_template(template).render(v=view, **shown).encode("utf-8")
