"""All that is known of one thing, with the place in the source of every statement about it.

Generic over the model: every Statement that points to the thing is told by its own properties, in the words that the
ontology gives to them; a statement's deliverable or mandate is told with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mandategraph.answers.answer import Cell, source_cell
from mandategraph.answers.description import DescribedStatement, Fact, Profile, SourcePassage
from mandategraph.lookup.labels import place_in_part
from mandategraph.lookup.resolver import Resolver
from mandategraph.messages import gettext, joined_text, pgettext, text_of
from mandategraph.model.citing import cited
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store, Term
from mandategraph.store.internal_query import ask
from mandategraph.system.errors import NotFound

_MG = namespaces.ONTOLOGY
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# The thing itself and what holds it up are told elsewhere; the rest of a statement is told property by property.
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_UNTOLD = frozenset(
    {
        _TYPE,
        _LABEL,
        *(_MG + name for name in ("statedIn", "hasEvidence", "statedInRow", "basis", "explanatoryNote", "firm")),
    }
)
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_NAMES = frozenset({_SKOS + "prefLabel", _SKOS + "hiddenLabel", _MG + "code", _MG + "symbol"})  # it is found by these
_TOLD_WITHIN = ("deliverable", "mandate", "deadline")  # kinds without a name of their own
_UNTOLD_WITHIN = _UNTOLD | {_MG + "mandatee", _MG + "concerns"}  # the statement itself tells them
_CODED = ("meeting", "body", "document")  # people know these by their codes, and all others by their names
_WORDS = {
    "http://purl.org/dc/terms/identifier": Cell("identifier", gettext("published code")),
    "http://purl.org/dc/terms/language": Cell("language", gettext("language")),
    "http://www.w3.org/2004/02/skos/core#altLabel": Cell("altLabel", gettext("other name")),
    "http://purl.org/dc/terms/date": Cell("date", gettext("date")),
    "http://xmlns.com/foaf/0.1/page": Cell("page", gettext("web page")),
}
_GENERAL = frozenset({"Actor", "Document", "Provision", "Statement", "Judgement", "skos:Concept", "prov:Entity"})


def show(text: str, store: Store, resolver: Resolver) -> Profile:
    """Everything about the thing that the text (a code, a name, an address) means.

    Raises NotFound with near misses, or UsageError when the text may mean several things.
    """
    thing = resolver.one(text)
    found = profiles({thing.iri: thing.code}, store)
    if not found:
        raise NotFound(f"nothing is known of {thing.code}.")
    return found[0]


def profiles(things: Mapping[str, str], store: Store) -> tuple[Profile, ...]:
    """Everything about many things at once, given as IRI -> code, in that order; those that nothing is known of are
    left out."""
    return _Teller(store, sorted(things)).profiles(things)


_Pairs = list[tuple[str, Term]]


class _Teller:
    """Reads what is said of some things in a few queries, and then tells it thing by thing."""

    def __init__(self, store: Store, things: Sequence[str]) -> None:
        self._store = store
        self._about = self._pairs("lookup/facts", things, "thing")
        self._inverse = self._pairs("lookup/derived-facts-of-others", things, "thing")
        self._spellings: dict[str, set[str]] = {}
        for row in ask(self._store, "lookup/spellings", things):
            self._spellings.setdefault(row["thing"].value, set()).add(row["v"].value)
        self._roles: dict[str, list[tuple[str, str]]] = {}
        for row in ask(self._store, "lookup/statements-on-a-thing", things):
            self._roles.setdefault(row["thing"].value, []).append((row["s"].value, row["via"].value))
        stated = {node for roles in self._roles.values() for node, _ in roles}
        self._said = self._pairs("lookup/what-statements-say", stated, "s")
        self._places = self._all_places(self._said)
        pairs = [pair for held in (self._about, self._inverse, self._said) for some in held.values() for pair in some]
        inner = {value.value for _, value in pairs if namespaces.kind_of(value.value) in _TOLD_WITHIN}
        self._within = self._pairs("store/statements-about", inner, "thing")
        self._labels = self._all_labels(things, [*pairs, *(pair for some in self._within.values() for pair in some)])

    def profiles(self, things: Mapping[str, str]) -> tuple[Profile, ...]:
        return tuple(self._profile(thing, code) for thing, code in things.items() if thing in self._about)

    def _profile(self, thing: str, code: str) -> Profile:
        about = self._about[thing]
        roles = sorted(set(self._roles.get(thing, ())))
        told = [self._told(node, via) for node, via in roles if node in self._said]
        facts = [self._fact(name, value) for name, value in about if name != _TYPE and name not in _NAMES]
        for name, value in self._inverse.get(thing, ()):
            facts.append(Fact(_inverse(self._cell(name)), self._value(value), True, value.value))
        return Profile(
            thing,
            self._cell(_kind(about)),
            Cell(code, text_of(self._labels.get(thing, {}))),
            tuple(sorted(self._spellings.get(thing, set()) - {code})),
            tuple(sorted(facts, key=_order_of_fact)),
            tuple(sorted(told, key=_order_of_told)),
        )

    def _pairs(self, query: str, things: Iterable[str], name: str) -> dict[str, _Pairs]:
        """By thing: property and value."""
        found: dict[str, _Pairs] = {}
        for row in ask(self._store, query, things):
            found.setdefault(row[name].value, []).append((row["p"].value, row["v"]))
        return found

    def _all_labels(self, things: Iterable[str], pairs: _Pairs) -> dict[str, dict[str, str]]:
        names = {name for name, _ in pairs} | {value.value for _, value in pairs if value.kind == "iri"}
        vias = {via for roles in self._roles.values() for _, via in roles}
        found: dict[str, dict[str, str]] = {}
        for row in ask(self._store, "lookup/labels", {*things, *names, *vias}):
            found.setdefault(row["s"].value, {})[row["v"].lang or ""] = row["v"].value
        parts = {name for name in names if namespaces.kind_of(name) == "part"}
        for row in ask(self._store, "lookup/citations-of-parts", parts):
            found[row["s"].value] = {"en": row["cite"].value, "zh": row["citeZh"].value}
        return found

    def _all_places(self, statements: Iterable[str]) -> dict[str, tuple[SourcePassage, ...]]:
        found: dict[str, list[SourcePassage]] = {}
        for row in ask(self._store, "lookup/places-and-quotes", statements):
            found.setdefault(row["s"].value, []).append(_place(row))
        return {node: tuple(sorted(places, key=_order_of_place)) for node, places in found.items()}

    def _told(self, node: str, via: str) -> DescribedStatement:
        facts = self._said[node]
        bounds = {_MG + "earliest", _MG + "latest"} if any(name == _MG + "startDate" for name, _ in facts) else set()
        told = [self._fact(name, value) for name, value in facts if name not in _UNTOLD | bounds and name != via]
        told += [Fact(self._cell(name), self._value(value)) for name, value in facts if name == _MG + "explanatoryNote"]
        basis = next((namespaces.compact(value.value) for name, value in facts if name == _MG + "basis"), "")
        cells = (self._cell(_kind(facts)), self._cell(via))
        return DescribedStatement(
            *cells, tuple(sorted(told, key=_order_of_fact)), basis, self._places.get(node, ()), node
        )

    def _fact(self, name: str, value: Term) -> Fact:
        thing = value.value if value.kind == "iri" else None
        coded = namespaces.kind_of(value.value) in _CODED
        return Fact(self._cell(name), self._value(value), coded, thing, self._parts(value))

    def _parts(self, value: Term) -> tuple[Fact, ...]:
        """The facts of a value that has no name of its own."""
        inner = self._within.get(value.value, ()) if value.kind == "iri" else ()
        if any(name == _LABEL for name, _ in inner):
            return ()
        told = (self._fact(name, held) for name, held in inner if name not in _UNTOLD_WITHIN)
        return tuple(sorted(told, key=_order_of_fact))

    def _cell(self, name: str) -> Cell:
        if name in _WORDS:
            return _WORDS[name]
        return Cell(namespaces.compact(name) if name else None, text_of(self._labels.get(name, {})))

    def _value(self, value: Term) -> Cell:
        if value.kind != "iri":
            return Cell(value.value, text_of({value.lang or "": value.value}))
        if value.value not in self._within:
            return self._cell(value.value)
        own = {inner.lang or "": inner.value for name, inner in self._within[value.value] if name == _LABEL}
        if own:
            return Cell(namespaces.compact(value.value), text_of(own))
        parts = [part.value for part in self._parts(value)]
        words = joined_text(dict.fromkeys(part.words for part in parts), pgettext("between the parts of a place", ", "))
        return Cell(", ".join(dict.fromkeys(part.value or "" for part in parts)), words)


def _kind(facts: Iterable[tuple[str, Term]]) -> str:
    """The most telling class: a general one only when there is no other."""
    classes = sorted(value.value for name, value in facts if name == _TYPE)
    return next((name for name in classes if namespaces.compact(name) not in _GENERAL), classes[0] if classes else "")


def _inverse(cell: Cell) -> Cell:
    known = _INVERSE.get(cell.value or "")
    return known or Cell(f"^{cell.value}", gettext("(others) {property}", property=cell.words))


def _place(row: dict[str, Term]) -> SourcePassage:
    document = row["document"].value if "document" in row else None
    code, line = namespaces.compact(document) if document else "", row["line"].value
    locator = row["locator"].value if "locator" in row else None
    cell = source_cell(cited(code, place_in_part(row), line, locator))
    return SourcePassage(document, cell, int(line), row["quote"].value if "quote" in row else None)


def _order_of_place(place: SourcePassage) -> tuple[str, int, str, str]:
    return (place.document or "", place.line, place.cell.value or "", place.quote or "")


def _order_of_fact(fact: Fact) -> tuple[int, str, str]:
    name = fact.property.value or ""
    return (_FACTS.index(name) if name in _FACTS else len(_FACTS), name, fact.value.value or "")


def _order_of_told(told: DescribedStatement) -> tuple[int, str, str, list[str]]:
    kind = told.kind.value or ""
    place = [part.rjust(6, "0") for part in (told.sources[0].value or "").split()] if told.sources else []
    role = told.role.value or ""
    rank = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
    return (rank, f"{kind} {_ROLES.index(role) if role in _ROLES else len(_ROLES)}", role, place)


_KINDS = ("ScheduleStatement", "Contribution", "Mandate", "Classification", "Participation", "Clause", "Position")
_ROLES = ("schedules", "contributionSource", "contributionRecipient", "mandatee", "mandatedBy")
_FACTS = (
    "contributionSource", "contributionRecipient", "destination", "modality", "delivers", "deliverableKind", "concerns",
    "underMandate", "mandatee", "phase", "startDate", "endDate", "earliest", "latest", "atPlace", "mode", "precision",
    "dateStatus", "placeStatus", "classifiedAs",
)  # fmt: skip
_INVERSE = {
    "feeds": Cell("fedBy", gettext("fed by")),
    "feedsFirmly": Cell("fedFirmlyBy", gettext("fed firmly by")),
}
