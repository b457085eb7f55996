"""The file and line in which a thing is written down: in our records, or in the data files that were named.

No parser of RDF gives lines, so they are looked up: by the name of the thing, where it begins a line of Turtle or
N-Quads, or in the records where its code or place stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from mandategraph import namespaces, resources
from mandategraph.store.base import Term

RECORDS = "graph/records"
"""Where the records lie in the repository."""

Spot = tuple[str, int]
"""A file and a line, from 1."""

Files = dict[str, dict[str, int]]
"""Of each file the first line of each name in it."""

_SHORTEST = 3  # shorter names stand for something else too often
_TOKEN = re.compile(r"[\w][\w:./-]*[\w]|\w")
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
    """Looks in the shipped records for the code of a thing or the place it was read from."""

    def find(self, node: Term) -> Spot | None:
        """The line of a thing of ours; None for others and for what rules concluded."""
        kind = namespaces.kind_of(node.value) if node.kind == "iri" else None
        if kind is None:
            return None
        code = unquote(node.value[len(namespaces.THINGS) + len(kind) + 1 :])
        own = next((symbol for symbol in _sources() if code == symbol or code.startswith(symbol + "/")), None)
        if own is None:
            return self._first([f"{kind}:{code}", code], _all())
        return self._first(_names(kind, code, code[len(own) + 1 :]), _sources()[own])

    def _first(self, names: Iterable[str], files: Files) -> Spot | None:
        for name in (name for name in names if len(name) >= _SHORTEST):
            for path, lines in files.items():
                if name in lines:
                    return path, lines[name]
        return None


@cache
def _sources() -> dict[str, Files]:
    """By symbol: the files of a source, extracted before curated, with the first line of each name in them."""
    found = {}
    for folder in resources.record_sources():
        files = {f"{RECORDS}/{folder.name}/{name}": folder.joinpath(name) for name in ("extracted.json", "curated.yml")}
        found[_symbol(folder)] = {path: _names_in(file) for path, file in files.items() if file.is_file()}
    return found


@cache
def _all() -> Files:
    """The files of the register, then those of all sources."""
    register = resources.records_root().joinpath("register")
    found = {
        f"{RECORDS}/register/{file.name}": _names_in(file)
        for file in sorted(register.iterdir(), key=lambda one: one.name)
        if file.name.endswith(".yml")
    }
    for files in _sources().values():
        found |= files
    return found


def _names(kind: str, code: str, place: str) -> list[str]:
    """What a thing of a document may be called in its records, the fullest name first."""
    names = [f"{kind}:{code}", code, place, place.removeprefix("curated.")]
    while "." in place:
        place = place.rpartition(".")[0]
        names.append(place)
    return [name for name in names if name]


def _symbol(folder: Traversable) -> str:
    for line in folder.joinpath("source.yml").read_text(encoding="utf-8").splitlines():
        if line.startswith("symbol:"):
            return line.partition(":")[2].strip()
    return folder.name


def _names_in(file: Traversable) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        for token in _TOKEN.findall(line):
            found.setdefault(token, number)
    return found
