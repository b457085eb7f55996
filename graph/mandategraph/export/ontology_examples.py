"""How the terms of the ontology are used: for each class one thing of the data, for each property one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mandategraph.export.ontology_terms import OntologyTerm
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store, Term, literal
from mandategraph.store.internal_query import ask

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LONGEST = 8
_SHORTEST_FIRST = 80

Said = dict[str, list[tuple[str, Term]]]


@dataclass(frozen=True, slots=True)
class Example:
    """An example in Turtle, to be read and not parsed: prefixes stand in the table of the page."""

    text: str


def class_examples(store: Store, terms: Mapping[str, OntologyTerm], language: str) -> dict[str, Example]:
    """By class: what is said of the first thing of it, with the words of one language only."""
    firsts = _firsts(store, "export/first-thing-of-each-class", terms)
    said = _said(store, set(firsts.values()))
    return {term: Example(_thing(thing, said.get(thing, []), language)) for term, thing in firsts.items()}


def property_examples(store: Store, terms: Mapping[str, OntologyTerm], language: str) -> dict[str, Example]:
    """By property: the first statement made with it."""
    firsts = _firsts(store, "export/first-thing-of-each-property", terms)
    said = _said(store, set(firsts.values()))
    made = {}
    for term, thing in firsts.items():
        values = [value for property, value in said.get(thing, []) if property == term]
        spoken = [value for value in values if value.lang in (None, language)] or values
        if spoken:
            made[term] = Example(f"{_short(thing)} {_short(term)} {_value(spoken[0])} .")
    return made


def _firsts(store: Store, query: str, terms: Mapping[str, OntologyTerm]) -> dict[str, str]:
    return {row["term"].value: row["first"].value for row in ask(store, query) if row["term"].value in terms}


def _said(store: Store, things: set[str]) -> Said:
    said: Said = {}
    for row in ask(store, "export/statements-about-examples", things):
        said.setdefault(row["thing"].value, []).append((row["property"].value, row["value"]))
    return {thing: sorted(some, key=lambda one: (one[0] != _TYPE, one[0], one[1].n3())) for thing, some in said.items()}


def _thing(thing: str, said: list[tuple[str, Term]], language: str) -> str:
    lines = [
        f"    {'a' if property == _TYPE else _short(property)} {_value(value)}"
        for property, value in said
        if value.lang in (None, language)
    ]
    shown = lines[:_LONGEST] + (["    …"] if len(lines) > _LONGEST else [])
    return f"{_short(thing)}\n" + " ;\n".join(shown) + " ."


def _value(term: Term) -> str:
    if term.kind == "iri":
        return _short(term.value)
    if len(term.value) > _SHORTEST_FIRST:
        return literal(term.value[:_SHORTEST_FIRST] + "…", term.lang).n3()
    if term.datatype:
        return f'"{term.value}"^^{_short(term.datatype)}'
    return term.n3()


def _short(iri: str) -> str:
    """``prefix:name`` with the longest prefix that fits, for people; a slash in the name is left as it is."""
    best = max(
        ((prefix, space) for prefix, space in namespaces.prefixes().items() if iri.startswith(space)),
        key=lambda one: len(one[1]),
        default=None,
    )
    return f"{best[0]}:{iri.removeprefix(best[1])}" if best else f"<{iri}>"
