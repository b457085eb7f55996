"""A row emptied by its mapping: every field goes to its slot, is left out for a reason, or is reported as unknown.

A slot is emptied by its maker in turn: what no maker took out of it, and what holds JSON of another shape than a text or
a list of texts, is reported as spare. So nothing of a record is lost unsaid, whoever wrote the mapping.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NamedTuple

from mandategraph.intake.mapping import FieldRule, Mapping
from mandategraph.intake.rows import SourceRow, Value
from mandategraph.model.evidence import Evidence
from mandategraph.read.text import quote

_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TEXTS = ("value", "text", "name", "title", "url")
"""Members of an object of JSON that may hold its text, the likeliest first."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


@dataclass(frozen=True)
class FieldValue:
    """One value in a slot: as written, what it means where the mapping says so, and where it stands."""

    written: str
    meant: str
    field: str
    line: int
    language: str = ""
    symbol: str = ""


@dataclass
class Audit:
    """What became of the fields of all rows: how often each was mapped, left out and why, not known, or held something
    of which nothing was made."""

    mapped: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, tuple[int, int]] = field(default_factory=dict)
    """How often, and on which line first."""
    spare: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Mapped fields with values that were not used: how often, and on which line first."""
    remarks: list[str] = field(default_factory=list)

    def count(self, name: str) -> None:
        self.mapped[name] = self.mapped.get(name, 0) + 1

    def not_known(self, name: str, line: int) -> None:
        _met(self.unknown, name, line)

    def not_used(self, name: str, line: int) -> None:
        _met(self.spare, name, line)


def _met(counted: dict[str, tuple[int, int]], name: str, line: int) -> None:
    times, first = counted.get(name, (0, line))
    counted[name] = (times + 1, first)


class Slots:
    """The values of one row by slot. Makers take them out; `place` is the path of the record's part."""

    def __init__(self, row: SourceRow, mapping: Mapping, place: str, audit: Audit) -> None:
        self.row = row
        self.mapping = mapping
        self.place = place
        self.audit = audit
        self.values: dict[str, list[FieldValue]] = {}
        self._used: set[tuple[str, str]] = set()
        self.leftovers: list[Evidence] = []
        remaining = dict(row.fields)
        for name, rule in mapping.fields.items():
            found = remaining.pop(name, None)
            if found is not None:
                audit.count(name)
                self._fill(name, rule, found)
        for name, left in remaining.items():
            if reason := mapping.reason(name):
                audit.left_out[name] = reason
            elif not _empty(left.value):
                audit.not_known(name, left.line)
                self.leftovers.append(Evidence(place, left.line, "", name))

    def _fill(self, name: str, rule: FieldRule, found: Value) -> None:
        said = self.values.setdefault(rule.slot, [])
        for one in _each(found.value, rule):
            if isinstance(one, _Spare):
                inner = f"{name}.{one.member}" if one.member else name
                if inner == name or not self.mapping.reason(inner):
                    self._spare(inner, found.line, one.text)
            else:
                said.extend(_said(one, rule, name, found.line))

    def _spare(self, name: str, line: int, text: str) -> None:
        self.audit.not_used(name, line)
        self.leftovers.append(Evidence(self.place, line, quote(text), name))

    def all(self, slot: str) -> list[FieldValue]:
        """Every value of a slot, in the order of the mapping; all count as used."""
        found = self.values.get(slot, [])
        for one in found:
            self.use(slot, one)
        return found

    def first(self, slot: str) -> FieldValue | None:
        """The first value of a slot; the further ones are spare."""
        found = next(iter(self.values.get(slot, ())), None)
        if found:
            self.use(slot, found)
        return found

    def best(self, slot: str, language: str) -> FieldValue | None:
        """The first value in a language, else the first of all. Those in other languages say the same; a second one in
        the same language is spare."""
        found = self.values.get(slot, [])
        best = next((one for one in found if one.language == language), None) or next(iter(found), None)
        for one in found:
            if best and (one is best or one.language != best.language):
                self.use(slot, one)
        return best

    def use(self, slot: str, said: FieldValue) -> None:
        """Tell that a value was used."""
        self._used.add((slot, said.written))

    def unused(self) -> None:
        """Report the values that the maker did not take."""
        for slot, found in self.values.items():
            for one in found:
                if (slot, one.written) not in self._used:
                    self._spare(one.field, one.line, one.written)

    def text(self, slot: str) -> str:
        """What the first value of a slot means; empty where there is none."""
        found = self.first(slot)
        return found.meant if found else ""

    def evidence(self, *said: FieldValue | None) -> tuple[Evidence, ...]:
        """The places of these values; the record as a whole where there are none."""
        found = dict.fromkeys(Evidence(self.place, one.line, quote(one.written), one.field) for one in said if one)
        return tuple(found) or (Evidence(self.place, self.row.first),)


def clean(text: str) -> str:
    """Text without marks of HTML and on one line."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", text))).split())


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {} or (isinstance(value, str) and not value.strip())


class _Text(NamedTuple):
    """One text of a value, with its language and symbol where it has them."""

    text: str
    language: str = ""
    symbol: str = ""


class _Spare(NamedTuple):
    """Something in a value that is no text: as JSON, and the member that holds it."""

    text: str
    member: str = ""


def _said(one: _Text, rule: FieldRule, name: str, line: int) -> Iterator[FieldValue]:
    written = clean(one.text)
    if written and written.casefold() not in rule.empty:
        meant = rule.meaning.get(written.casefold(), written)
        yield FieldValue(written, meant, name, line, one.language or rule.language, one.symbol)


def _each(value: Any, rule: FieldRule) -> Iterator[_Text | _Spare]:
    """The single texts of a value, and what in it is none. Lists may stand in lists."""
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        value = value["results"]
    if isinstance(value, list):
        for one in value:
            yield from _each(one, rule)
    elif rule.form == "coded":
        yield from _coded(value)
    elif isinstance(value, dict):
        yield from _told(value)
    elif isinstance(value, bool):
        yield _Text("true" if value else "false")
    elif isinstance(value, str | int | float):
        yield from (_Text(text.strip()) for text in (str(value).split(rule.split) if rule.split else [str(value)]))


def _told(data: dict[str, Any]) -> Iterator[_Text | _Spare]:
    """A text with its language; members beside them are spare, but for the book-keeping of services."""
    key = next((one for one in _TEXTS if isinstance(data.get(one), str) and data[one]), "")
    if key:
        yield _Text(data[key], str(data.get("language") or ""))
    for name, value in data.items():
        if name not in (key, "language") and not _empty(value) and not _of_service(name, value):
            yield _Spare(_as_json(value), name)


def _of_service(name: str, value: Any) -> bool:
    """Whether a member is the book-keeping of OData: `__metadata`, numbers of records, what is to be asked for apart."""
    return name.startswith("__") or name in ("id", "documentId") or (isinstance(value, dict) and "__deferred" in value)


def _coded(one: Any) -> Iterator[_Text | _Spare]:
    """A text with its symbol: `{"symbol": "CBD-SUBJECT-COP", "en": "Conference of the Parties"}`, as JSON in a string."""
    try:
        data = json.loads(one) if isinstance(one, str) else one
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict) and data.get("symbol"):
        for language, text in data.items():
            if language != "symbol":
                told = isinstance(text, str)
                yield _Text(text, language, str(data["symbol"])) if told else _Spare(_as_json(text), language)
    elif not _empty(one):
        yield _Spare(_as_json(one))


def _as_json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
