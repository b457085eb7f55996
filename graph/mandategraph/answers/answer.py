"""What an answer is: rows that a person can read, with what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from mandategraph.messages import BETWEEN_SENTENCES, LANGUAGES, NO_TEXT, Text, joined_text, same, text_of
from mandategraph.store.base import Term, Triples

Status = Literal["answered", "no", "not-stated", "not-covered"]
NOES: tuple[Status, ...] = ("no", "not-stated", "not-covered")
SOURCE = "source"
VALUE = "value"
"""The part of a cell that is no label."""
_JOINED = "; "


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as shown: its code or plain value, and its label in each language where it has one."""

    value: str | None = None
    labels: Text = NO_TEXT
    term: Term | None = field(default=None, compare=False, repr=False, kw_only=True)
    """The term that this shows, where it is one of the store's."""
    reference: tuple[str | None, Text, int | None] | None = field(default=None, compare=False, repr=False, kw_only=True)
    """Of a source: the document, the place in it, and the line."""

    def label(self, languages: Iterable[str]) -> str | None:
        """The label in the first of the languages that there is, else in any."""
        return self.labels.in_first(languages) or None

    @property
    def words(self) -> Text:
        """The labels; where there are none, the value in every language."""
        return self.labels or same(self.value or "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the query, its titles, which parts (``value``, and the languages of its labels) its cells
    have, and whether its value is a code to be shown beside the label."""

    name: str
    titles: Mapping[str, str]
    parts: tuple[str, ...]
    coded: bool = False

    def title(self, languages: Iterable[str]) -> str:
        """The title in the first of the languages that there is, else the name."""
        return next((self.titles[language] for language in languages if language in self.titles), self.name)


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows these are, where they are not all: page ``number`` (from 1) of ``size`` rows each, of ``total`` rows."""

    number: int
    size: int
    total: int

    @property
    def first(self) -> int:
        """The place of the first row, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))


# One row: for each column one cell, or as many as rows were folded into it, all of the same number.
Row = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, with what was asked and what it rests on.

    ``params`` are codes as shown to people, and ``told`` names those that are worth telling: asked for, or not the
    default. ``graph`` is set when the query makes triples and not rows. ``as_of`` is the state of knowledge that was
    asked, in the words of whoever asked; None for all that is known. ``page`` says which rows these are; None for all.
    ``denial`` are the words for a plain no that no document has said; empty where the documents say so.
    """

    id: str
    question: Mapping[str, str]
    query: str
    params: dict[str, tuple[str, ...]]
    status: Status
    basis: str
    note: Mapping[str, str]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...] = ()
    graph: Triples | None = field(default=None)
    told: tuple[str, ...] = ()
    as_of: str | None = None
    page: Page | None = None
    denial: Mapping[str, str] = NO_TEXT

    def noted(self, first: Mapping[str, str]) -> Answer:
        """The same with these words before its note."""
        return replace(self, note=joined_text((first, text_of(self.note)), BETWEEN_SENTENCES)) if first else self

    def given(self) -> list[tuple[str, str]]:
        """The parameters worth telling, as (name, value)."""
        return [(name, value) for name in self.told for value in self.params[name]]

    def flat_names(self, languages: tuple[str, ...] = LANGUAGES) -> list[str]:
        """The names of the flat columns: ``feeder``, ``feeder_en`` and so on for each language, ``source``."""
        return [name for column in self.columns for name, _ in _flat_parts(column, languages)]

    def flat(self, languages: tuple[str, ...] = LANGUAGES) -> list[dict[str, str | None]]:
        """The rows as flat objects; several values of one cell are joined by "; " in row order."""
        return [
            {
                name: _joined(cells, part, alone=len(languages) == 1 and VALUE not in column.parts)
                for column, cells in zip(self.columns, row, strict=True)
                for name, part in _flat_parts(column, languages)
            }
            for row in self.rows
        ]


def _flat_parts(column: Column, languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """(flat name, part of the cell) for a column; the languages given limit the labels, never the value."""
    named = []
    for part in column.parts:
        if part == VALUE:
            named.append((column.name, part))
        elif part in languages:
            named.append((f"{column.name}_{part}", part))
    return named


def _joined(cells: tuple[Cell, ...], part: str, *, alone: bool) -> str | None:
    """A part of some cells; a language that ``alone`` tells what they are has the words of another where it has none."""
    if part == VALUE:
        values = [cell.value for cell in cells]
    else:
        values = [cell.label((part,)) if alone else cell.labels.get(part) for cell in cells]
    if all(value is None for value in values):
        return None
    return _JOINED.join(value or "" for value in values)


def fold(rows: Iterable[Row], columns: Sequence[Column], key: Sequence[str]) -> tuple[Row, ...]:
    """Rows with the same key become one: what is the same in all of them is told once, all else row by row. Without a key
    only repeated rows go."""
    places = [place for place, made in enumerate(columns) if made.name in key]
    groups: dict[tuple[tuple[Cell, ...], ...], list[Row]] = {}
    for row in dict.fromkeys(rows):
        groups.setdefault(tuple(row[place] for place in places) if places else row, []).append(row)
    return tuple(tuple(map(_told_once, zip(*group, strict=True))) for group in groups.values())


def _told_once(parts: tuple[tuple[Cell, ...], ...]) -> tuple[Cell, ...]:
    """One column of rows that are folded."""
    return parts[0] if len(set(parts)) == 1 else tuple(cell for part in parts for cell in part)


def column(name: str, title: Text, *, coded: bool = False, bare: bool = False) -> Column:
    """A column whose cells have a value and labels, ``coded`` where the value is shown beside the label, ``bare`` where
    there is only the value; of a source the value is the place in English."""
    is_source = name == SOURCE or name.endswith("_source")
    labelled = () if bare else LANGUAGES[1:] if is_source else LANGUAGES
    return Column(name, title, (VALUE, *labelled), coded)


def source_cell(place: Text, reference: tuple[str | None, Text, int | None] | None = None) -> Cell:
    """The cell of a place in a source, told in each language; empty where nothing is known of it."""
    return Cell(place[LANGUAGES[0]], place, reference=reference) if place.get(LANGUAGES[0]) else Cell()
