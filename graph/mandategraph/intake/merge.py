"""Two states of one source: record by record the newer one counts, or the newer release as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from mandategraph.model.records import Extraction, PartRecord

_DIGITS = re.compile(r"(\d+)")


def merged(old: Extraction | None, new: Extraction, *, whole: bool) -> tuple[Extraction, int]:
    """The source after a new load, and how many records of the load were older than what was there. A document, which
    is no release of records, simply replaces the one of its symbol.

    The result is the same in whichever order the two are given, as far as the publisher dates its records.
    """
    if not new.document.dataset:
        return new, 0
    if old is None:
        return _ordered(new), 0
    if whole:
        stale = bool(new.document.date and old.document.date and new.document.date < old.document.date)
        return (old, len(new.parts)) if stale else (_ordered(new), 0)
    mine, theirs = {part.path: part for part in old.parts}, {part.path: part for part in new.parts}
    kept = {path for path, part in mine.items() if path not in theirs or _newer(part, theirs[path])}
    added = set(theirs) - kept
    sections: dict[str, Any] = {}
    for item in fields(Extraction):
        if item.name in ("document", "things", "cited_parts"):
            continue
        both = [one for one in getattr(old, item.name) if _record(one) in kept]
        both += [one for one in getattr(new, item.name) if _record(one) in added]
        sections[item.name] = tuple(both)
    result = replace(new, **sections, things=(), cited_parts=())
    spoken = set(_strings([getattr(result, name) for name in sections]))
    result = replace(
        result, things=_used((*new.things, *old.things), spoken, result.parts),
        cited_parts=_cited((*new.cited_parts, *old.cited_parts), spoken),
    )  # fmt: skip
    days = [day for day in (old.document.date, new.document.date) if day]
    lines = max(old.document.lines, new.document.lines)
    document = replace(new.document, date=max(days, default=None), lines=lines)
    return _ordered(replace(result, document=document)), sum(
        mine[path].digest != theirs[path].digest for path in set(theirs) & kept
    )


def _newer(old: PartRecord, new: PartRecord) -> bool:
    """Whether the record that is there stays: it is newer, or the same and named first."""
    if old.digest == new.digest:
        return (
            (old.updated, new.cite) >= (new.updated, old.cite)
            if old.updated == new.updated
            else old.updated > new.updated
        )
    return bool(old.updated and new.updated and old.updated > new.updated)


def _record(one: Any) -> str:
    """The path of the record that something was read in."""
    if isinstance(one, PartRecord):
        return one.path
    place = one.place if hasattr(one, "place") and not hasattr(one, "evidence") else one.evidence[0].place
    return str(place)


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _strings(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _strings(getattr(value, name))


def _used(things: tuple[Any, ...], spoken: set[str], parts: tuple[PartRecord, ...]) -> tuple[Any, ...]:
    """The things that a record still speaks of or is about; of two states the newer."""
    paths = {part.path for part in parts}
    found: dict[str, Any] = {}
    for one in things:
        if (one.at in paths) if one.at else (one.ref in spoken or one.class_ == "Dataset"):
            found.setdefault(one.ref, one)
    schemes = {one.broader for one in found.values()}
    found |= {one.ref: one for one in things if one.ref in schemes and one.ref not in found}
    return tuple(found.values())


def _cited(parts: tuple[Any, ...], spoken: set[str]) -> tuple[Any, ...]:
    found: dict[str, Any] = {}
    by_ref = {one.ref: one for one in parts}
    for ref in sorted(set(by_ref) & spoken):
        while ref in by_ref and ref not in found:
            found[ref] = by_ref[ref]
            ref = by_ref[ref].parent
    return tuple(found.values())


def _ordered(one: Extraction) -> Extraction:
    """In the order of the records' names, so that the order of loading leaves no trace."""
    sections: dict[str, Any] = {}
    for item in fields(Extraction):
        value = getattr(one, item.name)
        if item.name == "document" or not value:
            continue
        if item.name in ("things", "cited_parts"):
            sections[item.name] = tuple(sorted(value, key=lambda known: str(known.ref)))
        else:
            sections[item.name] = tuple(sorted(value, key=lambda record: _natural(_record(record))))
    return replace(one, **sections)


def _natural(path: str) -> list[tuple[int, int, str]]:
    """Numbers in a path sorted as numbers."""
    return [(0, int(step), "") if step.isdigit() else (1, 0, step) for step in _DIGITS.split(path) if step]
