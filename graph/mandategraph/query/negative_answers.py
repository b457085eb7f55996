"""Which kind of no an empty answer is: computed from what each document speaks of and from its period, never guessed.

- *no*: the documents say so. Only for questions that a covering document answers by counting (``x-empty: no``).
- *not stated*: a document in whose period and scope the thing falls is silent.
- *not covered*: no document's period or scope holds it.

A document covers a thing that it speaks of, and a meeting whose stated time touches its period; of an open end that is
the day on which it opens. A question about what took place (``x-tells: fact``) is covered only by documents that
report: a plan cannot be silent on what came after it. One on what an actor did has no other time than the documents'
own: all that report cover it, whether they name it or not. One that compares plan and fact (``change``) is a plain no
only where both are told; one on the text of a document itself (``text``) is covered only where that document was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mandategraph.answers.answer import Status
from mandategraph.messages import BETWEEN_SENTENCES, NO_TEXT, Text, gettext, joined_text
from mandategraph.query.catalogue import StoredQuery
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store, Term
from mandategraph.store.internal_query import ask

ACTOR = "Actor"
FACT, CHANGE, TEXT = "fact", "change", "text"
_PLANNED = "planned"

_CLASS = re.compile(r"\ba (mg:[A-Z]\w*)")
_SILENT = gettext("Silent: {documents}.")
_OUTSIDE = gettext("It lies outside what the documents cover: {documents}.")
_NOTHING = gettext("No document is known that covers it.")
_UNNAMED = gettext("No document here names what is asked about.")


@dataclass(frozen=True, slots=True)
class _Document:
    """A document that states something, and the period that it covers; ``known`` is its date."""

    iri: str
    first: date | None = None
    last: date | None = None
    known: date | None = None

    @property
    def reports(self) -> bool:
        """Whether it can tell what took place: its period reaches back from the day on which it became known."""
        return self.first is not None and (self.known is None or self.known > self.first)

    def holds(self, first: date, last: date) -> bool:
        return self.first is not None and self.last is not None and self.first <= last and first <= self.last

    def told(self) -> Text:
        code = namespaces.compact(self.iri)
        if self.first is None or self.last is None:
            return gettext("{document} (period not known)", document=code)
        return gettext("{document} (of {first} to {last})", document=code, first=self.first, last=self.last)


def kind_of_no(query: StoredQuery, bound: Mapping[str, Sequence[Term]], store: Store) -> tuple[Status, Text]:
    """Which kind of no this empty answer is, and a sentence that tells which documents that rests on."""
    things = sorted({term.value for terms in bound.values() for term in terms if _is_thing(term)})
    dated = _dated(store)
    actors = {term.value for name, terms in bound.items() for term in terms if query.parameters[name].type == ACTOR}
    covering = _covering(query, things, set(things) <= actors, dated, store)
    if not covering:
        return "not-covered", _sentence(_OUTSIDE if dated else _NOTHING, dated)
    if query.empty == "no" and query.tells == CHANGE and not _plan_and_fact(things, store):
        return "not-stated", _sentence(_SILENT, covering)
    return query.empty, _sentence(_SILENT, covering) if query.empty == "not-stated" else NO_TEXT  # type: ignore[return-value]


def unnamed(store: Store) -> Text:
    """A sentence for a question about what no document of the store names, which is not covered."""
    return joined_text((_UNNAMED, _sentence(_OUTSIDE, _dated(store))), BETWEEN_SENTENCES)


def _dated(store: Store) -> list[_Document]:
    """The documents whose period is known, those known first in front."""
    return sorted(
        map(_document, ask(store, "query/periods-of-documents")), key=lambda one: (one.known or date.max, one.iri)
    )


def _plan_and_fact(things: Sequence[str], store: Store) -> bool:
    """Whether documents tell both when it was planned and when it was held."""
    phases = {namespaces.compact(row["phase"].value) for row in ask(store, "query/phases-of-meetings", things)}
    return _PLANNED in phases and bool(phases - {_PLANNED})


def _covering(
    query: StoredQuery, things: Sequence[str], of_actors: bool, dated: list[_Document], store: Store
) -> list[_Document]:
    """The documents that cover these things; where nothing is named, those that make statements of the kinds that the
    query reads, else all whose period is known. Of what took place only those that report, of what actors did then
    all of them."""
    if query.tells == TEXT:
        speaking, times = _speaking("query/documents-read", store, things), []
    elif things:
        speaking = _speaking("query/documents-that-speak-of-a-thing", store, things)
        times = [(_day(row["first"]), _day(row["last"])) for row in ask(store, "query/times-of-meetings", things)]
    else:
        kinds = [namespaces.expand(name) for name in _CLASS.findall(query.text)]
        speaking, times = _speaking("query/documents-with-statements-of-a-class", store, kinds), []
    undated = sorted(speaking - {one.iri for one in dated})
    able = [
        one
        for one in (*dated, *(_Document(iri) for iri in undated))
        if query.tells not in (FACT, CHANGE) or one.reports
    ]
    covering = [
        one
        for one in able
        if one.iri in speaking or any(first and last and one.holds(first, last) for first, last in times)
    ]
    if things and query.tells == FACT and of_actors:
        return able
    return covering if covering or things else able


def _speaking(query: str, store: Store, things: Sequence[str]) -> set[str]:
    return {row["document"].value for row in ask(store, query, things)}


def _document(row: Mapping[str, Term]) -> _Document:
    first, last, known = (_day(row[name]) if name in row else None for name in ("from", "to", "date"))
    return _Document(row["document"].value, first, last, known)


def _day(term: Term) -> date | None:
    try:
        return date.fromisoformat(term.value[:10])
    except ValueError:
        return None  # a year or a month alone: the shapes tell of it


def _is_thing(term: Term) -> bool:
    """Whether a parameter names a thing of the world and not a word of the vocabulary."""
    return term.kind == "iri" and not term.value.startswith((namespaces.ONTOLOGY, namespaces.VALUES))


def _sentence(words: Text, documents: Sequence[_Document]) -> Text:
    return words.format(documents=joined_text((one.told() for one in documents), gettext("; ")))
