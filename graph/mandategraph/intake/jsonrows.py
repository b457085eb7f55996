"""JSON as published by indexes and OData services: values with their lines, and the records inside the envelope.

The parser of the standard library tells no lines, and the evidence of every statement needs one; scanning strings and
numbers is still left to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from mandategraph.intake.rows import Lines, SourceRow, Value
from mandategraph.system.errors import InputError

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}
_MOST_DEEP = 60
_ENVELOPES = (
    ("response", "docs"), ("d", "results"), ("value",), ("results",), ("docs",), ("records",), ("data",), ("items",),
    ("d",),
)  # fmt: skip
"""Where answers of services have their records."""
_HINT = "restore the file or fetch it again"


class Members(dict[str, Any]):
    """An object of JSON, with the line of each member and its own lines."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self.first = first
        self.last = first
        self.lines: dict[str, int] = {}


class Parser:
    """Parses one text.

    Raises:
        InputError: at the line where the text ends too early, is no JSON, nests too deep or names a member twice.
    """

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.lines = Lines(text)

    def parse(self) -> Any:
        """The value; of objects that follow each other (JSON Lines), the list of them."""
        value, at = self._value(self._after_space(0), 0)
        at = self._after_space(at)
        several = [value]
        while at != len(self.text):
            if self.text[at] != "{" or not isinstance(value, Members):
                raise self._wrong("more follows after the end of the JSON", at)
            more, at = self._value(at, 0)
            several.append(more)
            at = self._after_space(at)
        return several if len(several) > 1 else value

    def _value(self, at: int, depth: int) -> tuple[Any, int]:
        if depth > _MOST_DEEP:
            raise self._wrong(f"nested deeper than {_MOST_DEEP} levels", at)
        letter = self.text[at : at + 1]
        if letter == "{":
            return self._object(at, depth)
        if letter == "[":
            return self._array(at, depth)
        if letter == '"':
            return self._string(at)
        for word, value in _WORDS.items():
            if self.text.startswith(word, at):
                return value, at + len(word)
        return self._number(at)

    def _object(self, at: int, depth: int) -> tuple[Members, int]:
        made = Members(self.lines.of(at))
        at = self._after_space(at + 1)
        if self.text[at : at + 1] == "}":
            return made, at + 1
        while True:
            if self.text[at : at + 1] != '"':
                raise self._wrong("a name in quotation marks is missing", at)
            key, end = self._string(at)
            if key in made:
                raise self._wrong(f"the field {key[:40]} stands twice in one record", at)
            made.lines[key] = self.lines.of(at)
            made[key], at = self._value(self._past(":", end), depth + 1)
            at = self._after_space(at)
            if self.text[at : at + 1] == "}":
                made.last = self.lines.of(at)
                return made, at + 1
            at = self._past(",", at)

    def _array(self, at: int, depth: int) -> tuple[list[Any], int]:
        made: list[Any] = []
        at = self._after_space(at + 1)
        if self.text[at : at + 1] == "]":
            return made, at + 1
        while True:
            value, at = self._value(at, depth + 1)
            made.append(value)
            at = self._after_space(at)
            if self.text[at : at + 1] == "]":
                return made, at + 1
            at = self._past(",", at)

    def _string(self, at: int) -> tuple[str, int]:
        try:
            text, end = scanstring(self.text, at + 1, True)
        except json.JSONDecodeError as error:
            raise self._wrong(error.msg.split(":")[0].lower().removesuffix(" at"), error.pos) from None
        # A lone half of a surrogate pair is no text and could not be written again.
        return text.encode("utf-8", "replace").decode(), end

    def _number(self, at: int) -> tuple[int | float, int]:
        found = _NUMBER.match(self.text, at)
        if not found:
            raise self._wrong("cut short" if at >= len(self.text) else "a value is missing", at)
        if found.end() - at > 40:
            raise self._wrong("a number of more than 40 digits", at)
        whole = found.group(1) is None and found.group(2) is None
        return (int(found.group()) if whole else float(found.group())), found.end()

    def _past(self, mark: str, at: int) -> int:
        at = self._after_space(at)
        if self.text[at : at + 1] != mark:
            raise self._wrong("cut short" if at >= len(self.text) else f"'{mark}' is missing", at)
        return self._after_space(at + 1)

    def _after_space(self, at: int) -> int:
        return _SPACE.match(self.text, at).end()  # type: ignore[union-attr]

    def _wrong(self, problem: str, at: int) -> InputError:
        line = self.lines.of(min(at, len(self.text)))
        return InputError(f"not JSON: {problem}", file=self.name, line=line, hint=_HINT)


def parse(text: str, name: str) -> Any:
    """A value in which every object is a `Members`."""
    return Parser(text, name).parse()


def records_in(value: Any) -> list[Members]:
    """The records of an answer: a list, or one inside the envelope of Solr, OData and others; a lone object is one
    record. What stands among records and is none becomes a record of one field without a name, to be told of."""
    for path in _ENVELOPES:
        inner = value
        for step in path:
            inner = inner.get(step) if isinstance(inner, dict) else None
        if isinstance(inner, list):
            value = inner
            break
    if isinstance(value, list):
        return list(_members(value))
    return [value] if isinstance(value, Members) else []


def _members(found: list[Any]) -> Iterator[Members]:
    line = 1
    for one in found:
        if not isinstance(one, Members):
            stray, one = one, Members(line)
            one[""], one.lines[""] = stray, line
        line = one.last
        yield one


def announced(value: Any) -> int | None:
    """How many records there are in all, where the envelope says so."""
    inner = value.get("response") if isinstance(value, dict) else None
    found = inner.get("numFound") if isinstance(inner, dict) else None
    return found if isinstance(found, int) else None


def rows_of(members: list[Members]) -> Iterator[SourceRow]:
    """The records as rows."""
    for number, one in enumerate(members, 1):
        fields = {name: Value(value, one.lines[name]) for name, value in one.items()}
        yield SourceRow(number, one.first, one.last, fields)
