"""All that is known of one thing, with the place in the source of every statement about it.

Generic over the model: every Statement that points to the thing is told by its own properties, in the words that the
ontology gives to them; a statement's deliverable or mandate is told with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mandategraph import namespaces
from mandategraph.errors import NotFound
from mandategraph.query.answers import Cell
from mandategraph.query.resolve import Resolver
from mandategraph.store.base import Store, Term, rows

_MG = namespaces.ONTOLOGY
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# The thing itself and what holds it up are told elsewhere; the rest of a statement is told property by property.
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_UNTOLD = frozenset({_TYPE, _LABEL, *(_MG + name for name in ("statedIn", "evidence", "row", "basis", "note", "firm"))})
_NAMES = frozenset({"http://www.w3.org/2004/02/skos/core#prefLabel", _MG + "code", _MG + "symbol"})
_TOLD_WITHIN = ("deliverable", "mandate", "deadline")  # kinds without a name of their own
_UNTOLD_WITHIN = _UNTOLD | {_MG + "mandatee", _MG + "concerns"}  # the statement itself tells them
_CODED = ("meeting", "body", "document")  # people know these by their codes, and all others by their names
_WORDS = {
    "http://purl.org/dc/terms/identifier": Cell("identifier", "published code", "公布的编号"),
    "http://purl.org/dc/terms/date": Cell("date", "date", "日期"),
    "http://xmlns.com/foaf/0.1/page": Cell("page", "web page", "网页"),
}
_GENERAL = frozenset({"Actor", "Document", "Provision", "Statement", "Judgement", "skos:Concept", "prov:Entity"})
_BATCH = 400

_ABOUT = """
SELECT DISTINCT ?p ?v WHERE {
  { GRAPH graph:register { THING ?p ?v } } UNION { GRAPH graph:derived { THING ?p ?v } }
}"""
_ABOUT_INVERSE = "SELECT DISTINCT ?p ?v WHERE { GRAPH graph:derived { ?v ?p THING } }"
_SPELLINGS = "SELECT DISTINCT ?v WHERE { GRAPH ?g { ?name mg:names THING ; mg:spelling ?v } }"
_STATEMENTS = """
SELECT DISTINCT ?s ?via ?p ?v WHERE {
  GRAPH ?g { ?s ?via THING ; mg:evidence ?e ; ?p ?v . FILTER(?via NOT IN (mg:statedIn, mg:names)) }
}"""
_PLACES = """
SELECT DISTINCT ?s ?document ?cite ?citeZh ?line ?basis WHERE {
  VALUES ?s { THINGS }
  GRAPH ?g { ?s mg:evidence ?e . ?e mg:at ?at ; mg:line ?line .
    OPTIONAL { ?s mg:statedIn ?document } OPTIONAL { ?s mg:basis ?basis }
    OPTIONAL { ?at mg:cite ?cite } OPTIONAL { ?at mg:citeZh ?citeZh } }
}"""
_WITHIN = "SELECT DISTINCT ?s ?p ?v WHERE { VALUES ?s { THINGS } GRAPH ?g { ?s ?p ?v } }"
_LABELS = """
SELECT DISTINCT ?s ?v WHERE {
  VALUES ?s { THINGS } VALUES ?p { skos:prefLabel rdfs:label }
  { GRAPH graph:register { ?s ?p ?v } } UNION { GRAPH graph:ontology { ?s ?p ?v } }
}"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of something and its value, each with its words; ``coded`` when the value is known by its code."""

    property: Cell
    value: Cell
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One statement about the thing: what kind of statement, as what the thing stands in it (``from``, ``to``), the
    other facts of it, its basis, and its places in the sources."""

    kind: Cell
    role: Cell
    facts: tuple[Fact, ...]
    basis: str
    sources: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is known of one thing."""

    iri: str
    kind: Cell
    name: Cell
    spellings: tuple[str, ...]
    facts: tuple[Fact, ...]
    told: tuple[Told, ...]


def show(text: str, store: Store, resolver: Resolver) -> Profile:
    """Everything about the thing that the text (a code, a name, an address) means.

    Raises NotFound with near misses, or UsageError when the text may mean several things.
    """
    thing = resolver.one(text)
    return _Teller(store).profile(thing.iri, thing.code)


class _Teller:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._labels: dict[str, dict[str, str]] = {}
        self._within: dict[str, list[tuple[str, Term]]] = {}

    def profile(self, thing: str, code: str) -> Profile:
        about = self._pairs(_ABOUT, thing)
        inverse = self._pairs(_ABOUT_INVERSE, thing)
        statements = self._statements(thing)
        if not about:
            raise NotFound(f"nothing is known of {code}.")
        self._learn(thing, about, inverse, statements)
        places = self._places(statements)
        told = [self._told(via, facts, places.get(node, ())) for (node, via), facts in statements.items()]
        kind = _kind(about)
        facts = [self._fact(name, value) for name, value in about if name != _TYPE and name not in _NAMES]
        facts += [Fact(_inverse(self._cell(name)), self._value(value), True) for name, value in inverse]
        return Profile(
            thing,
            self._cell(kind),
            Cell(code, self._labels.get(thing, {}).get("en"), self._labels.get(thing, {}).get("zh")),
            tuple(sorted({row["v"].value for row in self._ask(_SPELLINGS, thing)} - {code})),
            tuple(sorted(facts, key=_order_of_fact)),
            tuple(sorted(told, key=_order_of_told)),
        )

    def _ask(self, query: str, thing: str) -> list[dict[str, Term]]:
        text = namespaces.sparql_header() + query.replace("THING", Term("iri", thing).n3())
        return list(rows(self._store.query(text)).dicts())

    def _ask_all(self, query: str, things: Iterable[str]) -> list[dict[str, Term]]:
        listed = sorted(set(things))
        found: list[dict[str, Term]] = []
        for start in range(0, len(listed), _BATCH):
            terms = " ".join(Term("iri", thing).n3() for thing in listed[start : start + _BATCH])
            text = namespaces.sparql_header() + query.replace("THINGS", terms)
            found.extend(rows(self._store.query(text)).dicts())
        return found

    def _pairs(self, query: str, thing: str) -> list[tuple[str, Term]]:
        return [(row["p"].value, row["v"]) for row in self._ask(query, thing)]

    def _statements(self, thing: str) -> dict[tuple[str, str], list[tuple[str, Term]]]:
        found: dict[tuple[str, str], list[tuple[str, Term]]] = {}
        for row in self._ask(_STATEMENTS, thing):
            found.setdefault((row["s"].value, row["via"].value), []).append((row["p"].value, row["v"]))
        return found

    def _learn(
        self,
        thing: str,
        about: list[tuple[str, Term]],
        inverse: list[tuple[str, Term]],
        statements: dict[tuple[str, str], list[tuple[str, Term]]],
    ) -> None:
        pairs = [*about, *inverse, *(pair for facts in statements.values() for pair in facts)]
        inner = {value.value for _, value in pairs if namespaces.kind_of(value.value) in _TOLD_WITHIN}
        for row in self._ask_all(_WITHIN, inner):
            self._within.setdefault(row["s"].value, []).append((row["p"].value, row["v"]))
        pairs += [pair for facts in self._within.values() for pair in facts]
        names = {name for name, _ in pairs} | {value.value for _, value in pairs if value.kind == "iri"}
        for row in self._ask_all(_LABELS, {thing, *names, *(via for _, via in statements)}):
            self._labels.setdefault(row["s"].value, {})[row["v"].lang or ""] = row["v"].value

    def _places(self, statements: Iterable[tuple[str, str]]) -> dict[str, tuple[dict[str, Term], ...]]:
        found: dict[str, list[dict[str, Term]]] = {}
        for row in self._ask_all(_PLACES, (node for node, _ in statements)):
            found.setdefault(row["s"].value, []).append(row)
        return {node: tuple(sorted(places, key=_order_of_place)) for node, places in found.items()}

    def _told(self, via: str, facts: list[tuple[str, Term]], places: Sequence[dict[str, Term]]) -> Told:
        kind = _kind(facts)
        bounds = {_MG + "earliest", _MG + "latest"} if any(name == _MG + "start" for name, _ in facts) else set()
        told = [self._fact(name, value) for name, value in facts if name not in _UNTOLD | bounds and name != via]
        told += [Fact(self._cell(name), self._value(value)) for name, value in facts if name == _MG + "note"]
        basis = next((namespaces.compact(value.value) for name, value in facts if name == _MG + "basis"), "")
        sources = tuple(dict.fromkeys(_source(place) for place in places))
        return Told(self._cell(kind), self._cell(via), tuple(sorted(told, key=_order_of_fact)), basis, sources)

    def _fact(self, name: str, value: Term) -> Fact:
        return Fact(self._cell(name), self._value(value), namespaces.kind_of(value.value) in _CODED)

    def _cell(self, name: str) -> Cell:
        if name in _WORDS:
            return _WORDS[name]
        labels = self._labels.get(name, {})
        return Cell(namespaces.compact(name) if name else None, labels.get("en"), labels.get("zh"))

    def _value(self, value: Term) -> Cell:
        if value.kind != "iri":
            return Cell(value.value)
        if value.value not in self._within:
            return self._cell(value.value)
        own = {inner.lang: inner.value for name, inner in self._within[value.value] if name == _LABEL}
        if own:
            return Cell(namespaces.compact(value.value), own.get("en"), own.get("zh"))
        parts = sorted(
            (self._fact(name, inner) for name, inner in self._within[value.value] if name not in _UNTOLD_WITHIN),
            key=_order_of_fact,
        )
        return Cell(
            ", ".join(dict.fromkeys(part.value.value or "" for part in parts)),
            ", ".join(dict.fromkeys(part.value.label(("en",)) or part.value.value or "" for part in parts)),
            "，".join(dict.fromkeys(part.value.label(("zh",)) or part.value.value or "" for part in parts)),
        )


def _kind(facts: Iterable[tuple[str, Term]]) -> str:
    """The most telling class: a general one only when there is no other."""
    classes = sorted(value.value for name, value in facts if name == _TYPE)
    return next((name for name in classes if namespaces.compact(name) not in _GENERAL), classes[0] if classes else "")


def _inverse(cell: Cell) -> Cell:
    known = _INVERSE.get(cell.value or "")
    return known or Cell(f"^{cell.value}", f"(others) {cell.en or cell.value}", f"（其他）{cell.zh or cell.value}")


def _source(place: dict[str, Term]) -> Cell:
    document = namespaces.compact(place["document"].value) if "document" in place else ""
    line = place["line"].value
    cite, cite_zh = place.get("cite"), place.get("citeZh")
    english = ", ".join(part for part in (document, cite.value if cite else "", f"line {line}") if part)
    chinese = "，".join(part for part in (document, cite_zh.value if cite_zh else "", f"第{line}行") if part)
    return Cell(english, None, chinese)


def _order_of_place(place: dict[str, Term]) -> tuple[str, int]:
    return (place["document"].value if "document" in place else "", int(place["line"].value))


def _order_of_fact(fact: Fact) -> tuple[int, str, str]:
    name = fact.property.value or ""
    return (_FACTS.index(name) if name in _FACTS else len(_FACTS), name, fact.value.value or "")


def _order_of_told(told: Told) -> tuple[int, str, str, list[str]]:
    kind = told.kind.value or ""
    place = [part.rjust(6, "0") for part in (told.sources[0].value or "").split()] if told.sources else []
    role = told.role.value or ""
    rank = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
    return (rank, f"{kind} {_ROLES.index(role) if role in _ROLES else len(_ROLES)}", role, place)


_KINDS = ("ScheduleStatement", "Contribution", "Mandate", "Classification", "Participation", "Clause", "Position")
_ROLES = ("schedules", "from", "to", "mandatee", "mandatedBy")
_FACTS = (
    "from", "to", "destination", "modality", "hands", "deliverableKind", "concerns", "under", "mandatee",
    "phase", "start", "end", "earliest", "latest", "atPlace", "mode", "precision", "dateStatus", "placeStatus", "as",
)  # fmt: skip
_INVERSE = {
    "feeds": Cell("fedBy", "fed by", "投入来自"),
    "feedsFirmly": Cell("fedFirmlyBy", "fed firmly by", "确定投入来自"),
}
