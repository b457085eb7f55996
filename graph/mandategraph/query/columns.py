"""The columns of an answer, and how their cells are read from the rows of a query.

A column ``x`` has its value from ``?x`` or ``?x_code`` and its labels from ``?x_en``, ``?x_zh`` and so on. Where the head says what
``x`` shows of a thing, ``?x`` is its IRI, and code and labels that the row does not give are those of the thing (``names``).
What tells the source (``?source_document``, ``?source_line``, ...) is one column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from mandategraph.answers.answer import SOURCE, Cell, Column, source_cell
from mandategraph.messages import LANGUAGES, same, text_of
from mandategraph.model.citing import cited
from mandategraph.query.catalogue import StoredQuery
from mandategraph.query.headers import CODE, IRI, LABEL
from mandategraph.query.names import Designation
from mandategraph.rdf import namespaces
from mandategraph.store.base import Rows, Term
from mandategraph.system.errors import InputError

Padded = Sequence[Term | None]
"""The values of a row, and an unbound one last, which stands for all that the query does not ask for."""
Called = Mapping[str, Designation]
"""What things are called, by IRI."""
Reader = Callable[[Padded, Called], Cell]
_NONE = -1
_NAMELESS = Designation()
_SUFFIX = re.compile(rf"_(?:{'|'.join(LANGUAGES)}|code)$")
_SOURCE_VARIABLES = ("source_document", "source_place", "source_place_zh", "source_line", "source_locator")


@lru_cache(maxsize=512)  # a stored query is asked again and again
def columns_of(query: StoredQuery, variables: tuple[str, ...]) -> tuple[tuple[Column, ...], tuple[Reader, ...]]:
    """The columns of an answer with these variables, in the query's order, and what reads the cell of each.

    Raises InputError when the key of the query names something else.
    """
    at = {name: place for place, name in enumerate(variables)}
    columns = [_column(name, query, at) for name in base_columns(variables)]
    missing = [name for name in query.key if name not in {column.name for column in columns}]
    if missing:
        raise InputError(f"x-key names '{missing[0]}', which is not a column", file=query.file)
    order = list(query.columns)
    columns.sort(key=lambda column: order.index(column.name) if column.name in order else len(order))
    return tuple(columns), tuple(_reader(column.name, query, at) for column in columns)


def things_in(query: StoredQuery, result: Rows) -> set[str]:
    """The things of which the columns show code or labels."""
    places = [place for place, name in enumerate(result.variables) if name in query.shows]
    terms = (row[place] for row in result.rows for place in places)
    return {term.value for term in terms if term is not None and term.kind == "iri"}


def without_words(query: StoredQuery, result: Rows) -> Rows:
    """The rows without what stands in them for its label alone: such a column tells words, and its things are not what the
    query finds."""
    kept = [place for place, name in enumerate(result.variables) if query.shows.get(name) != (LABEL,)]
    return Rows(
        tuple(result.variables[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in result.rows),
    )


def base_columns(variables: Iterable[str]) -> list[str]:
    """The columns that a reader sees: ``feeder`` for ?feeder, ?feeder_en, ?feeder_zh and ?feeder_code; ``source`` for
    the source variables. In the order of the query, ``source`` where its first variable stands."""
    return list(dict.fromkeys(SOURCE if name in _SOURCE_VARIABLES else _SUFFIX.sub("", name) for name in variables))


def padded(row: tuple[Term | None, ...]) -> Padded:
    """A row as readers take it."""
    return (*row, None)


def shown(term: Term) -> str:
    """What people are shown of a term."""
    return namespaces.compact(term.value) if term.kind == "iri" else term.value


def _column(name: str, query: StoredQuery, at: Mapping[str, int]) -> Column:
    titles = query.columns.get(name, {})
    if _is_source(name, at):
        return Column(name, titles, ("value", *(LANGUAGES[1:] if "source_place_zh" in at else ())))
    show = query.shows.get(name, ())
    valued = (name in at and show != (LABEL,)) or f"{name}_code" in at
    labels = tuple(language for language in LANGUAGES if LABEL in show or f"{name}_{language}" in at)
    coded = CODE in show or f"{name}_code" in at
    return Column(name, titles, ("value", *labels) if valued else labels, coded)


def _is_source(name: str, at: Mapping[str, int]) -> bool:
    return name == SOURCE and any(variable in at for variable in _SOURCE_VARIABLES)


def _reader(name: str, query: StoredQuery, at: Mapping[str, int]) -> Reader:
    code, whole = (at.get(f"{name}{ending}", _NONE) for ending in ("_code", ""))
    said = {language: at[f"{name}_{language}"] for language in LANGUAGES if f"{name}_{language}" in at}

    def cell(row: Padded, called: Called) -> Cell:
        term = row[code] or row[whole]
        words = text_of({language: told.value if (told := row[place]) else None for language, place in said.items()})
        return Cell(shown(term) if term else None, words, term=row[whole] or term)

    if name in query.shows:
        return _of_things(cell, code, whole, query.shows[name])
    if not _is_source(name, at):
        return cell
    places = [at.get(variable, _NONE) for variable in _SOURCE_VARIABLES]

    def source(row: Padded, called: Called) -> Cell:
        document, *told = (row[place] for place in places)
        if row[whole] and not document and not any(told):
            return cell(row, called)
        english, chinese, line, locator = (term.value if term else None for term in told)
        place = text_of({"en": english, "zh": chinese})
        symbol = shown(document) if document else None
        reference = (symbol, place, int(line) if line and line.isdecimal() else None)
        return source_cell(cited(symbol, place, line, locator), reference)

    return source


def _of_things(stated: Reader, code: int, whole: int, show: tuple[str, ...]) -> Reader:
    """What reads the cells of a column of things, where ``stated`` reads what the row itself says of the thing."""

    def cell(row: Padded, called: Called) -> Cell:
        said, term = stated(row, called), row[whole]
        if term is None:
            return said
        names = called.get(term.value, _NAMELESS) if term.kind == "iri" else _NAMELESS
        value = said.value if row[code] or not names.code or show == (IRI, LABEL) else names.code
        labels = text_of({**names.labels, **said.labels}) if LABEL in show else said.labels
        if show != (LABEL,):
            return Cell(value, labels, term=said.term)
        # There is no other room for the code of a thing that has no label.
        return Cell(None, labels or same(value or ""))

    return cell
