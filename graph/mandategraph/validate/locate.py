"""The file and line in which a thing is written down: in our records, or in the data files that were named.

No parser of RDF gives lines, so they are looked up: by the name of the thing, where it begins a line of Turtle or
N-Quads, or in the records by its kind and its code or place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from mandategraph.model.records import Extraction
from mandategraph.model.statements import kinds
from mandategraph.rdf import namespaces
from mandategraph.store.base import Term, iri
from mandategraph.validate.recordlines import Entry, register, sources

Spot = tuple[str, int]
"""A file and a line, from 1."""

_PREFIX = re.compile(r"@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_BASE = re.compile(r"@?base\s+<([^>]*)>", re.IGNORECASE)
_NAME = re.compile(r"<([^>]*)>|([\w-]*):([\w.%-]*[\w%-])?")
_LINED = (".ttl", ".nt", ".nq", ".trig", ".n3")


class Locator(Protocol):
    """Finds the line of a thing."""

    def find(self, node: Term) -> Spot | None: ...


class DataFiles:
    """Looks in RDF files of one statement a line, or of Turtle."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._files = [file for file in files if file.suffix in _LINED]

    def find(self, node: Term) -> Spot | None:
        """The first line that begins with an IRI."""
        return self._lines.get(node.value) if node.kind == "iri" else None

    @cached_property
    def _lines(self) -> dict[str, Spot]:
        found: dict[str, Spot] = {}
        for file in self._files:
            prefixes: dict[str, str] = {}
            base = file.resolve().as_uri()
            for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                if declared := _PREFIX.match(line):
                    prefixes[declared.group(1)] = declared.group(2)
                elif declared := _BASE.match(line):
                    base = declared.group(1)
                elif start := _NAME.match(line.lstrip()):
                    found.setdefault(_whole(start, prefixes, base), (str(file), number))
        return found


def _whole(start: re.Match[str], prefixes: dict[str, str], base: str) -> str:
    if start.group(1) is not None:
        return start.group(1) if ":" in start.group(1) else base + start.group(1)
    return prefixes.get(start.group(2), "") + (start.group(3) or "")


class Records:
    """Looks in the shipped records for the record of a thing."""

    def find(self, node: Term) -> Spot | None:
        """The line of a thing of ours, for what a rule concluded that of the record it concluded from; None for others."""
        kind = namespaces.kind_of(node.value) if node.kind == "iri" else None
        if kind is None:
            return _of_the_framework(node.value)
        code = unquote(node.value[len(namespaces.THINGS) + len(kind) + 1 :])
        if kind in _CONCLUDED:
            return self.find(iri(f"{namespaces.THINGS}{_CONCLUDED[kind]}/{code.partition('--')[0]}"))
        own = next((symbol for symbol in sources() if code == symbol or code.startswith(symbol + "/")), None)
        entry = _of_source(kind, code[len(own) + 1 :], sources()[own]) if own and code != own else _of_all(kind, code)
        if entry is not None:
            return entry.file, entry.line
        return _mentioned(f"{kind}:{code}") or _mentioned(code)


def _of_source(kind: str, place: str, entries: list[Entry]) -> Entry | None:
    """The record of a thing of one document: by its number, by its name, or by that of what it is part of."""
    if kind in _NUMBERED:
        section = [one for one in entries if one.section == _NUMBERED[kind]]
        return next((one for one in section if str(one.number) == place), None)
    if kind == "match":
        return next((one for one in entries if one.section == "matches" and _is_match(one, place)), None)
    curated, name = place.startswith("curated."), place.removeprefix("curated.").removeprefix("curated/")
    section = [one for one in entries if one.section in _sections().get(kind, ())]
    section = [one for one in section if one.file.endswith("curated.yml") or not curated]
    while name:
        for entry in section:
            if name in (entry.name, entry.values.get("place")) or entry.name.startswith(f"{name}."):
                return entry
        name = name.rpartition(".")[0]
    return None


def _is_match(entry: Entry, place: str) -> bool:
    """Whether a record of a match is the one named `FROM--TO`."""
    start, _, end = place.partition("--")
    target = entry.values.get("to") or "none"
    return entry.values.get("from") in (start, f"element:{start}") and target.replace(":", "-").endswith(end)


def _of_all(kind: str, code: str) -> Entry | None:
    """The entry of a thing of the register, else the record that a document's reader made for it."""
    homes = _HOMES.get(kind, ())
    found = next((one for one in register() if one.section in homes and one.values.get("code") == code), None)
    made = (one for entries in sources().values() for one in entries)
    return found or next((one for one in made if one.name == f"{kind}:{code}"), None)


def _of_the_framework(address: str) -> Spot | None:
    """The entry of a goal or target of the framework, which keeps the address that its publisher gave it."""
    space = namespaces.prefixes()["kmgbf"]
    named = (one for one in register() if one.section == "kmgbf" and address == space + one.values.get("code", ""))
    return next(((one.file, one.line) for one in named), None)


def _mentioned(name: str) -> Spot | None:
    """The first record that speaks of a thing, for things that have none of their own."""
    everywhere = [*register(), *(one for entries in sources().values() for one in entries)]
    for entry in everywhere:
        if name in entry.values.values():
            return entry.file, entry.line
    return None


_CONCLUDED = {"change": "schedule", "deadline-day": "deadline"}
"""Things that follow by a rule, each named after what it follows from."""

_NUMBERED = {"erratum": "errata", "identity": "identity", "repair": "repairs"}
"""Things that have no name but their number in a section."""

_BESIDE = {
    "deliverable": ("contributions",), "evidence": ("parts",), "part": ("cited_parts",), "treatment": ("elements",),
}  # fmt: skip
"""Sections whose records make such things beside those of the kind itself."""


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    """The sections of records that make things of a kind, by what their names begin with."""
    found: dict[str, tuple[str, ...]] = {}
    for section, kind in kinds(Extraction).items():
        found[kind.described.node] = (*found.get(kind.described.node, ()), section)
    return {node: (*found.get(node, ()), *_BESIDE.get(node, ())) for node in {**found, **_BESIDE}}


_HOMES = {
    "agenda-item": ("agenda-items",), "body": ("bodies",), "document": ("documents",), "element": ("topics", "subjects"),
    "group": ("groups",), "meeting": ("meetings",), "office": ("offices",), "organization": ("organizations",),
    "party": ("parties",), "place": ("places",),
}  # fmt: skip
"""The files of the register that hold things of a kind."""
