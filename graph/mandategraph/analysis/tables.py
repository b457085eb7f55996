"""Making an ``Answer`` of what an analysis found: columns, cells, and the words for dates, margins and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.times import Bounds, Margin, MeetingDates
from mandategraph.answers.answer import Answer, Cell, Column, Row, Status, fold
from mandategraph.messages import SOURCE_LANGUAGE, Text, gettext, joined_text, ngettext

_UNKNOWN = Cell(None, gettext("not stated"))

VERDICTS = {
    "in-time": Cell("in-time", gettext("in time")),
    "maybe": Cell("maybe", gettext("maybe: the dates are known only in part")),
    "late": Cell("late", gettext("too late")),
    "unknown": Cell("unknown", gettext("unknown: a date is not stated")),
}
CERTAINTIES = {
    "certain": Cell("certain", gettext("certain")),
    "if-confirmed": Cell("if-confirmed", gettext("if the dates are confirmed")),
    "maybe": Cell("maybe", gettext("maybe")),
    "unknown": Cell("unknown", gettext("unknown")),
}


def one(cell: Cell) -> tuple[Cell, ...]:
    """A column's part of a row, when it holds one cell."""
    return (cell,)


def answer(
    name: str,
    question: Mapping[str, str],
    note: Mapping[str, str],
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    params: Mapping[str, Sequence[str]] | None = None,
    key: Sequence[str] = (),
    empty: Status = "not-stated",
    basis: str = "derived",
) -> Answer:
    """An answer, derived unless said otherwise; rows of one key are folded into one.

    ``empty`` is the kind of no when there are no rows.
    """
    folded = fold(rows, columns, key)
    asked = {given: tuple(values) for given, values in (params or {}).items() if values}
    return Answer(
        id=name,
        question=question,
        query=name,
        params=asked,
        status="answered" if folded else empty,
        basis=basis,
        note=note,
        columns=tuple(columns),
        rows=folded,
        key=tuple(key),
        told=tuple(asked),
    )


def day_cell(bounds: Bounds, span: MeetingDates) -> Cell:
    """A day with its bounds, and whether the document calls it unconfirmed."""
    value = bounds.text()
    if value is None:
        return _UNKNOWN
    days = joined_text(value.split("/"), gettext(" to "))
    return Cell(value, days if span.fixed else gettext("{days} (to be confirmed)", days=days))


def span_cell(span: MeetingDates) -> Cell:
    """A meeting's days as they are stated."""
    if span.opening == span.closing:
        return day_cell(span.opening, span)
    bounds = Bounds(span.opening.earliest, span.closing.latest)
    return day_cell(bounds, span)


def margin_cell(found: Margin) -> Cell:
    """A margin in days."""
    value = found.text()
    if value is None:
        return _UNKNOWN
    if found.least == found.most:
        return duration_cell(found.least or 0)
    if found.least is None:
        return Cell(value, gettext("{most} days at most", most=found.most))
    if found.most is None:
        return Cell(value, gettext("{least} days at least", least=found.least))
    return Cell(value, gettext("{least} to {most} days", least=found.least, most=found.most))


def certainty_cell(found: Margin, *spans: MeetingDates) -> Cell:
    """How sure a verdict is: it depends on bounds, or on dates that are not confirmed yet."""
    if found.verdict in ("unknown", "maybe"):
        return CERTAINTIES[found.verdict]
    return CERTAINTIES["certain" if all(span.fixed for span in spans) else "if-confirmed"]


def statement_sources(*spans: MeetingDates) -> tuple[Cell, ...]:
    """Where the dates of meetings are stated; an empty cell when nowhere."""
    return sources_of_schedules(statement for span in spans for statement in span.statements)


def sources_of_schedules(statements: Iterable[Schedule]) -> tuple[Cell, ...]:
    """Where schedule statements stand, in one cell so that the row stays one line; empty when there are none."""
    found = dict.fromkeys(cell for statement in statements for cell in statement.sources)
    return one(joined_cell(found))


def some(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells without repeats; one empty cell when there are none."""
    return tuple(dict.fromkeys(cells)) or (Cell(),)


def duration_cell(days: int) -> Cell:
    """A number of days, told in words."""
    return Cell(str(days), day_count(days))


def day_count(days: int) -> Text:
    """``45 days``."""
    return ngettext("{count} day", "{count} days", days)


def words_cell(words: Text) -> Cell:
    """Words that are the value too, in English; an empty cell where there are none."""
    return Cell(words.get(SOURCE_LANGUAGE), words) if words else Cell()


def joined_cell(cells: Iterable[Cell]) -> Cell:
    """Several cells as one; an empty cell where there are none."""
    found = list(cells)
    if not found:
        return Cell()
    return Cell(
        "; ".join(cell.value or "" for cell in found), joined_text((cell.labels for cell in found), gettext("; "))
    )
