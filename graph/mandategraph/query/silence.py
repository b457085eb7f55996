"""Which kind of no an empty answer is: computed from what each document speaks of and from its period, never guessed.

- *no*: the documents say so. Only for questions that a covering document answers by counting (``x-empty: no``).
- *not stated*: a document in whose period and scope the thing falls is silent.
- *not covered*: no document's period or scope holds it.

A document covers a thing that it speaks of, and a meeting whose stated time touches its period. A question about what
took place (``x-tells: fact``) is covered only by documents that report: a plan cannot be silent on what came after it.
One that compares plan and fact (``change``) is a plain no only where both are told; one on the text of a document itself
(``text``) is covered only where that document was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mandategraph import namespaces
from mandategraph.query.answers import Status
from mandategraph.query.catalogue import StoredQuery
from mandategraph.store.base import Store, Term, rows

FACT, CHANGE, TEXT = "fact", "change", "text"
_PLANNED = "planned"

_DOCUMENTS = """
SELECT DISTINCT ?document ?from ?to ?date WHERE {
  GRAPH ?g { ?s mg:statedIn ?document }
  OPTIONAL { GRAPH graph:register { ?document mg:coversFrom ?from ; mg:coversTo ?to } }
  OPTIONAL { GRAPH graph:register { ?document dcterms:date ?date } }
}"""
_SPOKEN_OF = (
    "SELECT DISTINCT ?document WHERE { VALUES ?thing { THINGS } GRAPH ?g { ?s ?p ?thing ; mg:statedIn ?document } }"
)
_SPOKEN_SO = """
SELECT DISTINCT ?document WHERE { VALUES ?thing { THINGS } GRAPH ?g { ?s a ?thing ; mg:statedIn ?document } }"""
_CLASS = re.compile(r"\ba (mg:[A-Z]\w*)")
_TIMES = """
SELECT ?first ?last WHERE {
  VALUES ?thing { THINGS }
  GRAPH ?g { ?s a mg:ScheduleStatement ; mg:schedules ?thing .
    OPTIONAL { ?s mg:start ?start ; mg:end ?end } OPTIONAL { ?s mg:earliest ?earliest ; mg:latest ?latest } }
  BIND(COALESCE(?start, ?earliest) AS ?first) BIND(COALESCE(?end, ?latest) AS ?last)
  FILTER(BOUND(?first) && BOUND(?last))
}"""
_PHASES = """
SELECT DISTINCT ?phase WHERE { VALUES ?thing { THINGS }
  GRAPH ?g { ?s a mg:ScheduleStatement ; mg:schedules ?thing ; mg:phase ?phase } }"""
_SILENT = {"en": "Silent: {}.", "zh": "未述及的文件：{}。"}
_OUTSIDE = {"en": "It lies outside what the documents cover: {}.", "zh": "不在各文件所涉范围之内：{}。"}
_NOTHING = {"en": "No document is known that covers it.", "zh": "没有已知文件涉及此事。"}
_PERIOD = {"en": "{} (of {} to {})", "zh": "{}（{}至{}）"}
_UNDATED = {"en": "{} (period not known)", "zh": "{}（所涉期间不详）"}

Bilingual = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Document:
    """A document that states something, and the period that it covers; ``known`` is its date."""

    iri: str
    first: date | None
    last: date | None
    known: date | None

    @property
    def reports(self) -> bool:
        """Whether it can tell what took place: its period reaches back from the day on which it became known."""
        return self.first is not None and (self.known is None or self.known > self.first)

    def holds(self, first: date, last: date) -> bool:
        return self.first is not None and self.last is not None and self.first <= last and first <= self.last

    def told(self, language: str) -> str:
        code = namespaces.compact(self.iri)
        if self.first is None or self.last is None:
            return _UNDATED[language].format(code)
        return _PERIOD[language].format(code, self.first, self.last)


def kind_of_no(query: StoredQuery, bound: Mapping[str, Sequence[Term]], store: Store) -> tuple[Status, Bilingual]:
    """Which kind of no this empty answer is, and a sentence that tells which documents that rests on."""
    things = sorted({term.n3() for terms in bound.values() for term in terms if _is_thing(term)})
    documents = [_document(row) for row in _ask(_DOCUMENTS, store, ())]
    able = [one for one in documents if query.tells not in (FACT, CHANGE) or one.reports]
    covering = _covering(able, things, store) if things else _speaking_so(able, query, store)
    if query.tells == TEXT:
        covering = [one for one in documents if f"<{one.iri}>" in things]
    if not covering:
        told = [one for one in documents if one.first is not None]
        return "not-covered", _sentence(_OUTSIDE if told else _NOTHING, told)
    if query.empty == "no" and query.tells == CHANGE and not _plan_and_fact(things, store):
        return "not-stated", _sentence(_SILENT, covering)
    return query.empty, _sentence(_SILENT, covering) if query.empty == "not-stated" else {}  # type: ignore[return-value]


def _plan_and_fact(things: Sequence[str], store: Store) -> bool:
    """Whether documents tell both when it was planned and when it was held."""
    phases = {namespaces.compact(row["phase"].value) for row in _ask(_PHASES, store, things)}
    return _PLANNED in phases and bool(phases - {_PLANNED})


def _covering(documents: Sequence[_Document], things: Sequence[str], store: Store) -> list[_Document]:
    speaking = {row["document"].value for row in _ask(_SPOKEN_OF, store, things)}
    times = [(_day(row["first"]), _day(row["last"])) for row in _ask(_TIMES, store, things)]
    return [
        one
        for one in documents
        if one.iri in speaking or any(first and last and one.holds(first, last) for first, last in times)
    ]


def _speaking_so(documents: Sequence[_Document], query: StoredQuery, store: Store) -> list[_Document]:
    """Where nothing is named: the documents that make statements of the kinds that the query reads, else all."""
    kinds = sorted(set(_CLASS.findall(query.text)))
    speaking = {row["document"].value for row in _ask(_SPOKEN_SO, store, kinds)} if kinds else set()
    return [one for one in documents if one.iri in speaking] or list(documents)


def _ask(query: str, store: Store, things: Sequence[str]) -> list[dict[str, Term]]:
    text = namespaces.sparql_header() + query.replace("THINGS", " ".join(things))
    found = list(rows(store.query(text)).dicts())
    return sorted(found, key=lambda row: tuple(row[name].value for name in sorted(row)))


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
    return term.kind == "iri" and not term.value.startswith(namespaces.ONTOLOGY)


def _sentence(words: Bilingual, documents: Sequence[_Document]) -> Bilingual:
    joint = {"en": "; ", "zh": "；"}
    return {
        language: text.format(joint[language].join(one.told(language) for one in documents))
        for language, text in words.items()
    }
