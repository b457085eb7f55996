"""A row emptied by its mapping: every field goes to its slot, is left out for a reason, or is reported as unknown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from mandategraph.intake.mapping import FieldRule, Mapping
from mandategraph.intake.rows import Row
from mandategraph.model import Evidence
from mandategraph.read.text import quote

_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


@dataclass(frozen=True)
class Said:
    """One value in a slot: as written, what it means where the mapping says so, and where it stands."""

    written: str
    meant: str
    field: str
    line: int
    language: str = ""
    symbol: str = ""


@dataclass
class Audit:
    """What became of the fields of all rows: how often each was mapped, left out and why, or not known."""

    mapped: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, tuple[int, int]] = field(default_factory=dict)
    """How often, and on which line first."""
    remarks: list[str] = field(default_factory=list)

    def count(self, name: str) -> None:
        self.mapped[name] = self.mapped.get(name, 0) + 1

    def not_known(self, name: str, line: int) -> None:
        times, first = self.unknown.get(name, (0, line))
        self.unknown[name] = (times + 1, first)


class Slots:
    """The values of one row by slot. Makers take them out; `place` is the path of the record's part."""

    def __init__(self, row: Row, mapping: Mapping, place: str, audit: Audit) -> None:
        self.row = row
        self.mapping = mapping
        self.place = place
        self.values: dict[str, list[Said]] = {}
        self.leftovers: list[Evidence] = []
        remaining = dict(row.fields)
        for name, rule in mapping.fields.items():
            found = remaining.pop(name, None)
            if found is not None:
                audit.count(name)
                self.values.setdefault(rule.slot, []).extend(_said(found.value, rule, name, found.line))
        for name, left in remaining.items():
            if reason := mapping.reason(name):
                audit.left_out[name] = reason
            elif not _empty(left.value):
                audit.not_known(name, left.line)
                self.leftovers.append(Evidence(place, left.line, "", name))

    def all(self, slot: str) -> list[Said]:
        """Every value of a slot, in the order of the mapping."""
        return self.values.get(slot, [])

    def first(self, slot: str) -> Said | None:
        return next(iter(self.all(slot)), None)

    def text(self, slot: str) -> str:
        """What the first value of a slot means; empty where there is none."""
        found = self.first(slot)
        return found.meant if found else ""

    def evidence(self, *said: Said | None) -> tuple[Evidence, ...]:
        """The places of these values; the record as a whole where there are none."""
        found = dict.fromkeys(Evidence(self.place, one.line, quote(one.written), one.field) for one in said if one)
        return tuple(found) or (Evidence(self.place, self.row.first),)


def clean(text: str) -> str:
    """Text without marks of HTML and on one line."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", text))).split())


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {} or (isinstance(value, str) and not value.strip())


def _said(value: Any, rule: FieldRule, name: str, line: int) -> Iterable[Said]:
    for one in _each(value, rule):
        written = clean(one[0])
        if not written or written.casefold() in rule.empty:
            continue
        meant = rule.meaning.get(written.casefold(), written)
        yield Said(written, meant, name, line, one[1] or rule.language, one[2])


def _each(value: Any, rule: FieldRule) -> Iterable[tuple[str, str, str]]:
    """The single texts of a value, each with its language and symbol where it has them."""
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        value = value["results"]
    for one in value if isinstance(value, list) else [value]:
        if one is None:
            continue
        if rule.form == "coded":
            yield from _coded(one)
        elif isinstance(one, dict):
            text = next((one[key] for key in ("value", "text", "name", "title", "url") if one.get(key)), "")
            if isinstance(text, str):
                yield text, str(one.get("language") or ""), ""
        elif isinstance(one, bool):
            yield ("true" if one else "false"), "", ""
        elif isinstance(one, str | int | float):
            texts = str(one).split(rule.split) if rule.split else [str(one)]
            yield from ((text.strip(), "", "") for text in texts)


def _coded(one: Any) -> Iterable[tuple[str, str, str]]:
    """A text with its symbol: `{"symbol": "CBD-SUBJECT-COP", "en": "Conference of the Parties"}`, as JSON in a string."""
    try:
        data = json.loads(one) if isinstance(one, str) else one
    except (ValueError, RecursionError):
        return
    if isinstance(data, dict) and data.get("symbol"):
        for language, text in data.items():
            if language != "symbol" and isinstance(text, str):
                yield text, language, str(data["symbol"])
