"""Making an ``Answer`` of what an analysis found: columns, cells, and the words for dates, margins and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.times import Bounds, Margin, MeetingDates
from mandategraph.answers.answer import Answer, Cell, Column, Row, Status, fold, labelled_column

Words = dict[str, str]
_UNKNOWN = Cell(None, "not stated", "未述及")
_UNCONFIRMED = (" (to be confirmed)", "（待确认）")

VERDICTS = {
    "in-time": Cell("in-time", "in time", "及时"),
    "maybe": Cell("maybe", "maybe: the dates are known only in part", "不确定：日期仅部分已知"),
    "late": Cell("late", "too late", "过迟"),
    "unknown": Cell("unknown", "unknown: a date is not stated", "未知：日期未述及"),
}
CERTAINTIES = {
    "certain": Cell("certain", "certain", "确定"),
    "if-confirmed": Cell("if-confirmed", "if the dates are confirmed", "以日期得到确认为前提"),
    "maybe": Cell("maybe", "maybe", "可能"),
    "unknown": Cell("unknown", "unknown", "未知"),
}


column = labelled_column


def one(cell: Cell) -> tuple[Cell, ...]:
    """A column's part of a row, when it holds one cell."""
    return (cell,)


def answer(
    name: str,
    question: Words,
    note: Words,
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
    en, zh = ("", "") if span.fixed else _UNCONFIRMED
    return Cell(value, value.replace("/", " to ") + en, value.replace("/", "至") + zh)


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
        return Cell(value, f"{value} {_days(found.least or 0)}", f"{value}天")
    if found.least is None:
        return Cell(value, f"{found.most} days at most", f"最多{found.most}天")
    if found.most is None:
        return Cell(value, f"{found.least} days at least", f"至少{found.least}天")
    return Cell(value, f"{found.least} to {found.most} days", f"{found.least}至{found.most}天")


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
    english = "; ".join(cell.value or "" for cell in found)
    return one(Cell(english, english, "；".join(cell.zh or "" for cell in found)) if found else Cell())


def some(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells without repeats; one empty cell when there are none."""
    return tuple(dict.fromkeys(cells)) or (Cell(),)


def duration_cell(days: int) -> Cell:
    """A number of days, told in words of both languages."""
    words = day_count(days)
    return Cell(str(days), words["en"], words["zh"])


def day_count(days: int) -> Words:
    """``45 days``, in both languages."""
    return {"en": f"{days} {_days(days)}", "zh": f"{days}天"}


def _days(count: int) -> str:
    return "day" if abs(count) == 1 else "days"
