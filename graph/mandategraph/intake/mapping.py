"""Mappings: what each field of a record is, told in a small YAML file that a user can write.

The rules of the file stand in `records/kinds/mapping.schema.json` (JSON Schema); a mistake is told with its line.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import yaml

from mandategraph.model.register import read_yaml
from mandategraph.system.errors import InputError
from mandategraph.system.resources import records_root

SCHEMA = "mapping.schema.json"


@dataclass(frozen=True)
class FieldRule:
    """What a field is: its slot, and how its value is to be read.

    `form` is text, localized (a list of texts with their language) or coded (JSON with a symbol and a text). `split`
    parts a list in one cell; `meaning` gives what a value stands for, as written without regard to case; `empty` are
    values that say nothing.
    """

    slot: str
    language: str = ""
    form: str = "text"
    split: str = ""
    meaning: dict[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Fields (names, with * for any letters) of which nothing is made, and why."""

    fields: tuple[str, ...]
    because: str


@dataclass(frozen=True)
class TitleRule:
    """A title of this form (a regular expression for the whole) names the meeting of this code (`CP-MOP-{1}`)."""

    match: str
    code: str


@dataclass(frozen=True)
class Mapping:
    """A whole mapping. `recognise` holds alternatives: the fields that a record must have, and values of some."""

    where: str
    makes: str
    fields: dict[str, FieldRule]
    left_out: tuple[LeftOut, ...] = ()
    recognise: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = ()
    key: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    dates: str = ""
    language: str = "en"
    whole: bool = False
    encoding: str = ""
    sheet: str = ""
    subjects: str = ""
    codes_in_titles: tuple[TitleRule, ...] = ()
    bodies: dict[str, str] = field(default_factory=dict)
    """Names of bodies that titles use, and the bodies of the register."""

    def rule(self, name: str) -> FieldRule | None:
        return self.fields.get(name)

    def reason(self, name: str) -> str:
        """Why a field is left out; empty where it is not."""
        return next((one.because for one in self.left_out if any(fnmatchcase(name, form) for form in one.fields)), "")

    def fits(self, fields: dict[str, Any]) -> bool:
        """Whether a record with these plain values is of the kind that this maps."""
        return any(
            all(name in fields for name in names) and all(fields.get(name) == value for name, value in values.items())
            for names, values in self.recognise
        )


@cache
def _schema() -> dict[str, Any]:
    text = (records_root() / "kinds" / SCHEMA).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def read_mapping(text: str, where: str) -> tuple[Mapping, dict[str, Any]]:
    """A mapping, and what the file says of its source (empty where that stands in a file of its own).

    Raises:
        InputError: with the line of the first mistake.
    """
    data = read_yaml(text, where, texts=True)
    _check(data, text, where)
    rules = {name: _field(one) for name, one in data["fields"].items()}
    left = tuple(LeftOut(tuple(one["fields"]), one["because"]) for one in data.get("left-out", ()))
    both = sorted(name for name in rules if any(name in one.fields for one in left))
    if both:
        line = _line_of(yaml.compose(text), ["fields", both[0]])
        raise InputError(f"{both[0]} is both a field and left out", file=where, line=line, hint="keep one of them")
    for number, one in enumerate(data.get("codes-in-titles", ())):
        try:
            re.compile(one["match"])
        except re.error as error:
            line = _line_of(yaml.compose(text), ["codes-in-titles", number, "match"])
            raise InputError(
                f"match is no regular expression: {error}", file=where, line=line, hint="mend it"
            ) from None
    recognise = tuple((tuple(one.get("fields", ())), dict(one.get("values", {}))) for one in data.get("recognise", ()))
    made = Mapping(
        where, data["makes"], rules, left, recognise, _listed(data, "key"), _listed(data, "updated"),
        _listed(data, "scope"), data.get("dates", ""), data.get("language", "en"), data.get("update") == "whole",
        data.get("encoding", ""), data.get("sheet", ""), data.get("subjects", ""),
        tuple(TitleRule(one["match"], one["code"]) for one in data.get("codes-in-titles", ())),
        dict(data.get("bodies", {})),
    )  # fmt: skip
    return made, data.get("source", {})


def _listed(data: dict[str, Any], name: str) -> tuple[str, ...]:
    value = data.get(name, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _field(one: Any) -> FieldRule:
    if isinstance(one, str):
        return FieldRule(one)
    meaning = {str(key).casefold(): str(value) for key, value in one.get("meaning", {}).items()}
    empty = tuple(value.casefold() for value in one.get("empty", ()))
    return FieldRule(
        one["slot"], one.get("language", ""), one.get("form", "text"), one.get("split", ""), meaning, empty
    )


def _check(data: Any, text: str, where: str) -> None:
    import jsonschema

    checker = jsonschema.Draft202012Validator(_schema())
    found = sorted(checker.iter_errors(data), key=lambda error: [str(step) for step in error.absolute_path])
    if not found:
        return
    error = found[0]
    while error.context:  # of several forms that a field may have, tell what is wrong with the likeliest
        error = max(error.context, key=lambda one: len(one.absolute_path))
    line = _line_of(yaml.compose(text), list(error.absolute_path))
    place = "/".join(str(step) for step in error.absolute_path) or "the file"
    hint = f"the rules stand in records/kinds/{SCHEMA}"
    raise InputError(f"{place}: {error.message[:160]}", file=where, line=line, hint=hint)


def _line_of(node: yaml.Node | None, path: list[Any]) -> int:
    """The line of a place in a YAML file, or of the nearest place around it."""
    line = 1
    for step in path:
        inner = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    line, inner = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            inner = node.value[step]
            line = inner.start_mark.line + 1
        if inner is None:
            break
        node = inner
    return line
