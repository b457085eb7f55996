"""The stored queries: what each asks, what it takes, and its text.

Each ``.rq`` file is valid SPARQL 1.1 as it stands. A parameter is a line with a working default (see
``store.parameter_lines``), of which the runner replaces what is between the braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from mandategraph.messages import LANGUAGES
from mandategraph.query.headers import SAY, SHOW, Head, head_length, read_head
from mandategraph.rdf.sparql_lexer import prologue, telling
from mandategraph.store.base import Term
from mandategraph.store.parameter_lines import DefaultOffsets, parameter_lines
from mandategraph.system import resources
from mandategraph.system.errors import InputError, NotFound

Worded = dict[str, str]

# What a parameter may be: kinds of things (the part of their IRIs), or literals.
ACTORS = ("body", "office", "party", "organization", "group")
ENTITY_TYPES: dict[str, tuple[str, ...]] = {
    "Meeting": ("meeting",),
    "Session": ("meeting",),
    "Body": ("body",),
    "Office": ("office",),
    "Party": ("party",),
    "Organization": ("organization",),
    "Group": ("group",),
    "Actor": ACTORS,
    "Document": ("document",),
    "Decision": ("document",),
    "Element": ("element",),
    "Place": ("place",),
    "Entity": ("meeting", *ACTORS, "document", "element", "place"),
}
LITERAL_TYPES = ("string", "integer", "date")
CONCEPT_TYPE = "Concept"
TYPES = (*ENTITY_TYPES, CONCEPT_TYPE, *LITERAL_TYPES)

SLOT = re.compile(r"\{([\w-]+)\}")
"""A place in a wording where a parameter stands: ``{meeting}``."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its type (see ``TYPES``), an example, its legal values (a list, or a SPARQL SELECT that gives
    them) and where it stands in the text."""

    name: str
    type: str
    example: str
    title: Worded
    places: tuple[DefaultOffsets, ...]
    legal: tuple[str, ...] | str | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of things it takes; empty for literals and concepts."""
        return ENTITY_TYPES.get(self.type, ())


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask: a template with slots, and the parameters that asking so sets (``firm`` sets the modality)."""

    text: str
    preset: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class StoredQuery:
    """One stored query. ``ids`` maps the identifiers of the questions it answers to the parameters they set; ``shows``
    says of columns of things what their cells show (see ``headers.SHOWS``); ``verdict`` is the column that answers a
    question of yes or no."""

    name: str
    file: str
    text: str
    summary: str
    question: Worded
    basis: str
    ids: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    description: str = ""
    tags: tuple[str, ...] = ()
    ask: dict[str, tuple[Wording, ...]] = field(default_factory=dict)
    note: Worded = field(default_factory=dict)
    key: tuple[str, ...] = ()
    columns: dict[str, Worded] = field(default_factory=dict)
    shows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    empty: str = "not-stated"
    tells: str = "either"
    verdict: str = ""
    empty_note: Worded = field(default_factory=dict)
    empty_words: Worded = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def wordings(self) -> Iterable[Wording]:
        """Every wording that asks this question: the question itself and the ``x-ask`` templates."""
        for language, question in self.question.items():
            yield Wording(question)
            yield from self.ask.get(language, ())


class Catalogue:
    """The stored queries of a list of files; each file is read when it is first wanted."""

    def __init__(self, files: Sequence[Traversable | Path] | None = None) -> None:
        self.shipped = files is None
        listed = resources.query_files() if files is None else list(files)
        self._files: dict[str, Traversable | Path] = {}
        self._read: dict[str, StoredQuery] = {}
        for file in sorted(listed, key=lambda found: found.name):
            name = file.name.removesuffix(".rq")
            if name in self._files:
                raise InputError("two stored queries have this name", file=str(file), hint="rename one of them")
            self._files[name] = file

    def names(self) -> list[str]:
        """The names of all stored queries, sorted."""
        return sorted(self._files)

    def all(self) -> list[StoredQuery]:
        """All stored queries, sorted by name. Raises InputError for a bad head."""
        return [self.get(name) for name in self.names()]

    def get(self, name: str) -> StoredQuery:
        """The stored query of this very name. Raises NotFound, InputError for a bad head."""
        if name not in self._files:
            raise self._unknown(name)
        if name not in self._read:
            self._read[name] = read_query(self._files[name])
        return self._read[name]

    def find(self, name: str) -> tuple[StoredQuery, dict[str, tuple[str, ...]]]:
        """A stored query by its name or by the id of a question (``F05``), with the parameters that the id sets."""
        wanted = name.strip().removesuffix(".rq")
        if wanted in self._files:
            return self.get(wanted), {}
        for query in self.all():
            for identifier, preset in query.ids.items():
                if identifier.casefold() == wanted.casefold():
                    return query, preset
        raise self._unknown(name)

    def _unknown(self, name: str) -> NotFound:
        from rapidfuzz import fuzz, process

        near = [found for found, _, _ in process.extract(name, self.names(), scorer=fuzz.WRatio, score_cutoff=60)]
        hint = None if near else "See 'mandategraph queries' for all of them."
        return NotFound(f"there is no stored query '{name}'", hint=hint, nearest=near)


def read_query(file: Traversable | Path) -> StoredQuery:
    """Read one ``.rq`` file. Raises InputError with file and line when head or parameters are wrong."""
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the stored query cannot be read ({error})", file=str(file)) from None
    text = text.replace("\r\n", "\n")
    head = read_head(text, file.name)
    values = head.values
    columns: dict[str, dict[str, Any]] = values.get("x-columns", {})
    return StoredQuery(
        name=file.name.removesuffix(".rq"),
        file=file.name,
        text=text,
        summary=values["summary"],
        question=values["x-question"],
        basis=values["x-basis"],
        ids=_identifiers(values.get("x-id")),
        description=values.get("description", ""),
        tags=tuple(values.get("tags", ())),
        ask={language: tuple(map(_wording, items)) for language, items in values.get("x-ask", {}).items()},
        note=values.get("x-note", {}),
        key=tuple(values.get("x-key", ())),
        columns={name: _titles(column) for name, column in columns.items()},
        shows={name: tuple(column[SHOW]) for name, column in columns.items() if SHOW in column},
        parameters=_parameters(head, text),
        empty=values.get("x-empty", "not-stated"),
        empty_note=values.get("x-empty-note", {}),
        empty_words=values.get("x-empty-words", {}),
        tells=values.get("x-tells", "either"),
        verdict=values.get("x-verdict", ""),
        warnings=head.warnings,
    )


def prefixes_of(text: str) -> dict[str, str]:
    """The prefixes that a query declares."""
    return prologue(telling(text)).prefixes


def default_terms(query: StoredQuery, name: str) -> tuple[Term, ...]:
    """The default of a parameter as its line gives it; empty when the line says UNDEF."""
    place = query.parameters[name].places[0]
    return _terms_written(query.text, place.start, place.end)


@lru_cache(maxsize=1024)
def _terms_written(text: str, start: int, end: int) -> tuple[Term, ...]:
    import pyoxigraph as ox

    from mandategraph.store.base import rows
    from mandategraph.store.embedded import evaluate

    header = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in prefixes_of(text).items())
    select = f"{header}SELECT ?x WHERE {{ VALUES ?x {{ {text[start:end]} }} }}"
    return tuple(row["x"] for row in rows(evaluate(ox.Store(), select)).dicts() if "x" in row)


def slots(template: str) -> list[str]:
    """The names of the slots (``{meeting}``) in a template, in order."""
    return SLOT.findall(template)


def _wording(value: Any) -> Wording:
    if isinstance(value, str):
        return Wording(value)
    return Wording(value[SAY], {str(name): _listed(item) for name, item in value.items() if name != SAY})


def _titles(column: dict[str, Any]) -> Worded:
    return {key: item for key, item in column.items() if key != SHOW}


def _identifiers(value: Any) -> dict[str, dict[str, tuple[str, ...]]]:
    if isinstance(value, dict):
        return {
            str(name): {str(key): _listed(item) for key, item in (preset or {}).items()}
            for name, preset in value.items()
        }
    return {name: {} for name in _listed(value)}


def _listed(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _parameters(head: Head, text: str) -> dict[str, Parameter]:
    declared: dict[str, dict[str, Any]] = head.values.get("x-params", {})
    places = parameter_lines(text, head.file, head_length(text))
    for name in places:
        if name not in declared:
            line = text[: places[name][0].start].count("\n") + 1
            raise InputError(f"parameter '{name}' has no entry under x-params", file=head.file, line=line)
    found: dict[str, Parameter] = {}
    for name, entry in declared.items():
        if name not in places:
            raise head.fail("x-params", f"parameter {name} has no line 'VALUES ?... {{ ... }} # param: {name}'")
        if entry["type"] not in TYPES:
            allowed = ", ".join(TYPES)
            raise head.fail("x-params", f"parameter {name} has type '{entry['type']}'; it must be one of {allowed}")
        title: Worded = {language: str(entry[language]) for language in LANGUAGES if language in entry}
        legal = entry.get("enumerate")
        values = legal if isinstance(legal, str) else _listed(legal) or None
        found[name] = Parameter(name, entry["type"], str(entry["example"]), title, tuple(places[name]), values)
    return found
