"""Running a stored query: bind the parameters as terms, ask the store, and then what the things in the rows are called, make
rows for people (see ``columns``), fold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from mandategraph.answers.answer import NOES, Answer, Cell, Column, Row, Status, column, fold
from mandategraph.lookup.resolver import Resolver
from mandategraph.messages import BETWEEN_SENTENCES, NO_TEXT, gettext, joined_text, text_of
from mandategraph.model import codes
from mandategraph.query.catalogue import StoredQuery, default_terms, slots
from mandategraph.query.columns import Called, columns_of, padded, shown, things_in
from mandategraph.query.headers import BASES
from mandategraph.query.names import names_of
from mandategraph.query.negative_answers import kind_of_no, unnamed
from mandategraph.query.parameters import terms
from mandategraph.store.base import Rows, Store, Term, Triples
from mandategraph.store.parameter_lines import with_terms

_ANY = "*"
_BASIS = "basis"


class Runner:
    """Runs stored queries on one store; looks codes up only when it must."""

    def __init__(
        self, store: Store, resolver: Callable[[], Resolver] | None = None, *, whole: Store | None = None
    ) -> None:
        """``resolver`` gives one that is there already for this store; by default one is built when first wanted. ``whole`` is
        the same store without bounds, where ``store`` has some: what the things in the rows are called is asked there, since
        of things that are within the bounds all names are wanted."""
        self.store = store
        self._whole = whole or store
        self._resolver: Resolver | None = None
        self._ready = resolver or (lambda: Resolver.of(self.store))

    def resolver(self) -> Resolver:
        """The resolver for this store."""
        if self._resolver is None:
            self._resolver = self._ready()
        return self._resolver

    def answer(self, query: StoredQuery, given: Mapping[str, Sequence[str]], *, detail: bool = False) -> Answer:
        """Run a stored query with parameters as people write them; ``detail`` leaves the rows unfolded.

        Raises UsageError or NotFound for the parameters, StoreError when the store fails.
        """
        bound = terms(query, {name: values for name, values in given.items() if values}, self.store, self.resolver)
        result = self.store.query(bind(query, bound, self.store.in_turn))
        called = names_of(self._whole, things_in(query, result)) if isinstance(result, Rows) else {}
        answer = _answer(query, self._shown(query, bound), result, called, detail)
        found = answer.rows or (answer.graph and answer.graph.triples)
        return answer if found else self._denied(query, bound, answer)

    def not_covered(self, query: StoredQuery, preset: Mapping[str, Sequence[str]]) -> Answer:
        """The empty answer to a question about a thing that no document of the store names."""
        shown = {name: tuple(preset.get(name, ())) or _listed(default_terms(query, name)) for name in query.parameters}
        # There is no row, and no thing whose names could be shown: the key alone makes the columns.
        answer = _answer(replace(query, shows={}), shown, Rows(query.key, ()), {}, False)
        return replace(answer, status="not-covered", note=unnamed(self.store))

    def _denied(self, query: StoredQuery, bound: Mapping[str, Sequence[Term]], answer: Answer) -> Answer:
        """The empty answer with its kind of no, and the documents that this rests on."""
        asked = {name: bound.get(name) or default_terms(query, name) for name in query.parameters}
        status, told = kind_of_no(query, asked, self.store)
        note = joined_text((text_of(answer.note), told), BETWEEN_SENTENCES)
        denial = query.empty_words if status == "no" else NO_TEXT
        return replace(answer, status=status, note=note if any(note.values()) else answer.note, denial=denial)

    def _shown(self, query: StoredQuery, bound: Mapping[str, Sequence[Term]]) -> dict[str, tuple[str, ...]]:
        return {name: _listed(bound.get(name) or default_terms(query, name)) for name in query.parameters}


def bind(query: StoredQuery, bound: Mapping[str, Sequence[Term]], in_turn: Callable[[str], str] = str) -> str:
    """The query's text with the given terms in place of the defaults of its parameters (see ``with_terms``)."""
    places = {name: parameter.places for name, parameter in query.parameters.items()}
    return with_terms(query.text, places, bound, in_turn)


def _answer(
    query: StoredQuery,
    shown: dict[str, tuple[str, ...]],
    result: Rows | bool | Triples,
    called: Called,
    detail: bool,
) -> Answer:
    columns, rows = _table(query, result, called, detail)
    graph = result if isinstance(result, Triples) else None
    found = bool(rows or (graph and graph.triples))
    return Answer(
        id=_identifier(query, shown),
        question={language: _filled(_question(query, shown, language), shown, language) for language in query.question},
        query=query.name,
        params=shown,
        status=_status(_all_alike(columns, rows, query.verdict)),
        basis=_basis(_all_alike(columns, rows, _BASIS), query),
        note=query.note if found or not query.empty_note else query.empty_note,
        columns=columns,
        rows=rows,
        key=query.key,
        graph=graph,
        told=_told(query, shown),
    )


def _all_alike(columns: Sequence[Column], rows: Sequence[Row], name: str) -> str | None:
    """The value that every row has in a column; None where they differ, or where there is no such column."""
    place = next((place for place, column in enumerate(columns) if column.name == name), None)
    found = {cell.value for row in rows for cell in row[place]} if place is not None else set()
    return found.pop() if len(found) == 1 else None


def _status(verdict: str | None) -> Status:
    """A question of yes or no that every row denies is denied; its rows are the reasons."""
    return next((no for no in NOES if no == verdict), "answered")


def _basis(found: str | None, query: StoredQuery) -> str:
    """What the rows say that they rest on, where they all say the same; else the query's own."""
    return found if found in BASES else query.basis


def _table(
    query: StoredQuery, result: Rows | bool | Triples, called: Called, detail: bool
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    if isinstance(result, Rows):
        columns, readers = columns_of(query, result.variables)
        rows = [tuple((read(row, called),) for read in readers) for row in map(padded, result.rows)]
        return columns, fold(rows, columns, () if detail else query.key)
    if result is True:
        return (column("answer", NO_TEXT),), (((Cell("yes", gettext("yes")),),),)
    return (), ()


def _told(query: StoredQuery, shown: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    asked = slots(query.question["en"])
    return tuple(
        name
        for name, values in shown.items()
        if values and (name in asked or values != _listed(default_terms(query, name)))
    )


def _identifier(query: StoredQuery, shown: dict[str, tuple[str, ...]]) -> str:
    """The id of the question: the one whose parameters these are, else the first that sets none, else the name."""
    for identifier, preset in query.ids.items():
        if preset and _sets(query, preset, shown):
            return identifier
    return next((identifier for identifier, preset in query.ids.items() if not preset), query.name)


def _sets(query: StoredQuery, preset: Mapping[str, Sequence[str]], shown: dict[str, tuple[str, ...]]) -> bool:
    """Whether these parameters are the preset ones, and the defaults where nothing is preset."""
    defaults = {name: _listed(default_terms(query, name)) for name in query.parameters}
    return all(_same(values, preset.get(name, defaults[name])) for name, values in shown.items())


def _question(query: StoredQuery, shown: dict[str, tuple[str, ...]], language: str) -> str:
    """The question in this language; the wording that sets these very parameters when there is one."""
    for wording in query.ask.get(language, ()):
        if not wording.preset:
            continue
        filled = {name: shown.get(name, ()) for name in slots(wording.text)}
        if _sets(query, {**filled, **wording.preset}, shown):
            return wording.text
    return query.question[language]


def _same(shown: Sequence[str], written: Sequence[str]) -> bool:
    return {codes.key(value) for value in shown} == {codes.key(codes.decision_symbol(one) or one) for one in written}


def _filled(question: str, shown: dict[str, tuple[str, ...]], language: str) -> str:
    for name in slots(question):
        question = question.replace(f"{{{name}}}", joined_text(shown.get(name) or (_ANY,))[language])
    return question


def _listed(found: Sequence[Term]) -> tuple[str, ...]:
    return tuple(shown(term) for term in found)
