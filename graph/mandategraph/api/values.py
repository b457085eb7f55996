"""The values in the rows of an answer, typed: things, labels, places in sources, days and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from mandategraph.answers.answer import Cell, Column
from mandategraph.answers.answer import Row as Cells
from mandategraph.messages import NO_TEXT, Text
from mandategraph.store.base import XSD, Term

_WHOLE = frozenset(f"{XSD}{name}" for name in ("integer", "int", "long", "short", "nonNegativeInteger", "gYear"))


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that the graph names: a meeting, a body, a decision, a concept of a vocabulary.

    `iri` is its name in the graph; `code` what people write for it, None where it has none; `labels` are its names, by
    the tag of the language. As text it is its code, else its label, else its IRI.
    """

    iri: str
    code: str | None = None
    labels: Text = NO_TEXT

    def label(self, lang: str = "en") -> str:
        """The label in this language, else in another, else the text of the thing."""
        return self.labels.in_first((lang,)) or str(self)

    def __str__(self) -> str:
        return self.code or self.labels.in_first(()) or self.iri


@dataclass(frozen=True, slots=True)
class Words:
    """A value in words, which is no thing of the graph: `value` as data (a period, a code), `labels` for people, by the
    tag of the language."""

    value: str | None = None
    labels: Text = NO_TEXT

    def label(self, lang: str = "en") -> str:
        """The words in this language, else in another, else the value."""
        return self.labels.in_first((lang,)) or self.value or ""

    def __str__(self) -> str:
        return self.value or self.labels.in_first(())


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement was read: the symbol of the document, the place in it (by the tag of the language), and the line,
    counted from 1 in the text of the document (None where it is not known); `labels` are the whole reference. As text
    it is the whole reference in English."""

    document: str | None
    place: Text
    line: int | None
    labels: Text

    def label(self, lang: str = "en") -> str:
        """The whole reference in this language."""
        return self.labels.in_first((lang,))

    def __str__(self) -> str:
        return self.label()


Value = Thing | Words | Source | date | datetime | Decimal | float | int | bool | str
"""What a cell may hold."""


class Row(Mapping[str, "Value | tuple[Value | None, ...] | None"]):
    """One row: the name of a column gives its value, None where there is none, or a tuple where there are several.

    Several values of a row stand side by side: the first of each column belong together, and so on; a column that has
    the same value for all of them gives it once.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, tuple[Value | None, ...]]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> Value | tuple[Value | None, ...] | None:
        values = self._values[name]
        return values if len(values) > 1 else values[0] if values else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def all(self, name: str) -> tuple[Value, ...]:
        """The values that a column has, as a tuple, however many there are. Raises KeyError for an unknown column."""
        return tuple(value for value in self._values[name] if value is not None)

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={', '.join(map(str, values)) or None}" for name, values in self._values.items())
        return f"<Row {told}>"


def row_of(columns: tuple[Column, ...], cells: Cells) -> Row:
    """A row of typed values, in the order of the answer."""
    return Row({
        column.name: tuple(map(value_of, several)) if any(cell != Cell() for cell in several) else ()
        for column, several in zip(columns, cells, strict=True)
    })  # fmt: skip


def value_of(cell: Cell) -> Value | None:
    """The typed value of one cell; None for an empty one."""
    if cell.reference is not None:
        return Source(*cell.reference, cell.labels) if cell.value else None
    if cell.term is not None and cell.term.kind == "iri":
        code = None if cell.value == cell.term.value else cell.value
        return Thing(cell.term.value, code, cell.labels)
    if not cell.labels:
        return literal_of(cell.term) if cell.term is not None else cell.value
    return Words(cell.value, cell.labels)


def literal_of(term: Term) -> Value:
    """A literal as the value of Python that its datatype stands for; as text where there is none or it does not fit."""
    kind = term.datatype or ""
    try:
        if kind == f"{XSD}date":
            return date.fromisoformat(term.value)
        if kind == f"{XSD}dateTime":
            return datetime.fromisoformat(term.value)
        if kind == f"{XSD}boolean":
            return {"true": True, "1": True, "false": False, "0": False}[term.value]
        if kind in _WHOLE:
            return int(term.value)
        if kind == f"{XSD}decimal":
            return Decimal(term.value)
        if kind in (f"{XSD}double", f"{XSD}float"):
            return float(term.value)
    except (ValueError, KeyError, ArithmeticError):
        return term.value
    return term.value
