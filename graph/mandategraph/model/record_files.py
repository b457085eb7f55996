"""Record files: one JSON file a source, one record a line, the same bytes on every machine."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from mandategraph.model.records import Extraction
from mandategraph.system.errors import InputError

EXTRACTED = "extracted.json"
E = TypeVar("E", bound=Extraction)

_WRITE = "Write {} there; what a program wrote, restore or extract again."


def dump(extraction: Extraction) -> str:
    """The text of a record file: sections in the order of the model, empty ones left out, a line for each record."""
    return "".join(dumped(extraction))


def dumped(extraction: Extraction) -> Iterator[str]:
    """The text of a record file piece by piece, so that a large one is never held as a whole."""
    before = "{\n"
    for item in fields(extraction):
        value = getattr(extraction, item.name)
        if is_dataclass(value):
            yield f'{before}"{item.name}": {_line(value)}'
        elif value:
            yield f'{before}"{item.name}": ['
            for number, record in enumerate(value):
                yield f"{',' if number else ''}\n  {_line(record)}"
            yield "\n]"
        else:
            continue
        before = ",\n"
    yield "\n}\n"


def load(text: str, name: str) -> Extraction:
    """Read a record file back.

    Raises:
        InputError: the file is not JSON, or a record lacks a field or has one we do not know.
    """
    return load_as(Extraction, text, name)


def load_as(form: type[E], text: str, name: str) -> E:
    """Read a file of records back. `form` is the class of the whole file: its tuples are the sections.

    Raises:
        InputError: the file is not JSON, or a record lacks a field or has one we do not know.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"not JSON: {error.msg}", where=f"{name}, line {error.lineno}", hint="restore the file or extract it again"
        ) from error
    result: E = _read(form, data, name)
    return result


def read_section(section: str, rows: list[Any], where: str) -> tuple[Any, ...]:
    """The records of one section of the model from plain values, as YAML or JSON give them.

    Raises:
        InputError: there is no such section, or a record lacks a field or has one we do not know.
    """
    hints = typing.get_type_hints(Extraction)
    if typing.get_origin(hints.get(section)) is not tuple:
        raise InputError(f"there is no section {section} of records", where=where, hint="use a section of the model")
    result: tuple[Any, ...] = _read(hints[section], rows, where)
    return result


def read_field(kind: type, name: str, value: Any, where: str) -> Any:
    """The value of one field of a kind of record from plain values.

    Raises:
        InputError: the record has no such field, or the value is not of its type.
    """
    hints = typing.get_type_hints(kind)
    if name not in hints:
        raise InputError(f"{kind.__name__} does not know {name}", where=where, hint=f"use one of {', '.join(hints)}")
    return _read(hints[name], value, f"{where}.{name}")


def _line(record: Any) -> str:
    return json.dumps(_plain(record), ensure_ascii=False)


def _plain(value: Any) -> Any:
    """JSON values of a record; fields that hold their default are left out to keep lines short."""
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        held = ((name, getattr(value, name), default) for name, default in _defaults(value.__class__))
        return {name: _plain(content) for name, content, default in held if default is MISSING or content != default}
    return value.isoformat() if isinstance(value, date) else value


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a kind of record, each with its default."""
    return tuple((item.name, item.default) for item in fields(kind))


def _read(kind: Any, value: Any, where: str) -> Any:
    """A value of type `kind` from JSON."""
    origin = typing.get_origin(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_record(kind, value, where)
    if origin is tuple:
        (inner, _) = typing.get_args(kind)
        if not isinstance(value, list):
            raise InputError(f"expected a list, found {value!r}", where=where, hint=_WRITE.format("a list in brackets"))
        return tuple(_read(inner, item, f"{where}[{index}]") for index, item in enumerate(value))
    if origin is types.UnionType:
        return None if value is None else _read(typing.get_args(kind)[0], value, where)
    if kind is date:
        return _read_date(value, where)
    if not isinstance(value, kind):
        raise InputError(f"expected {kind.__name__}, found {value!r}", where=where, hint=_WRITE.format("such a value"))
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read_record(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise InputError(f"expected a record, found {value!r}", where=where, hint=_WRITE.format("a mapping"))
    hints = _hints(kind)
    unknown = sorted(set(value) - set(hints))
    lacking = [f.name for f in fields(kind) if f.default is MISSING and f.name not in value]
    if unknown or lacking:
        said = "; ".join(
            [f"does not know {', '.join(unknown)}"] * bool(unknown) + [f"lacks {', '.join(lacking)}"] * bool(lacking)
        )
        raise InputError(f"{kind.__name__} {said}", where=where, hint="restore the file or extract it again")
    return kind(**{name: _read(hints[name], content, f"{where}.{name}") for name, content in value.items()})


def _read_date(value: Any, where: str) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise InputError(f"not a date: {value!r}", where=where, hint="write it as 2020-02-24") from error
