"""`review.yml`: what a person judged of a draft. It lies beside the draft, is never written over, and goes before it.

    drop:                       # records that are wrong
      - clauses/paragraph-3
    set:                        # fields that are wrong
      - {record: "meetings/meeting:SBI-REC-3-1.annex-1.table-1.row-2", field: body, value: body:SBI}
      - {record: document, field: date, value: 2022-06-12}
    add:                        # records that are missing, by section, evidence as [place, line, words]
      clauses:
        - {id: paragraph-9, place: paragraph-9, kind: informational, verbs: [welcomes], evidence: [[paragraph-9, 40, Welcomes]]}
    understood:                 # what is listed as not understood and needs nothing more
      - {place: annex-1.table-1.row-2.cell-3, line: 38}

`because` may stand in any entry. An entry that speaks of a record that is no longer there is told as a notice.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from mandategraph.model.curated import plain_rows
from mandategraph.model.record_files import read_field, read_section
from mandategraph.model.records import Extraction
from mandategraph.model.register import read_yaml
from mandategraph.system.errors import InputError

REVIEW = "review.yml"
_SECTIONS = {"drop", "set", "add", "understood"}

TEMPLATE = """\
# What a person judged of this draft. This file is yours: a new extraction leaves it as it is, and loading applies it.
# The records stand in extracted.json beside it, the lines they rest on in text.txt.
#
# drop:
#   - clauses/paragraph-3
# set:
#   - {record: document, field: date, value: 2022-06-12, because: printed on the cover}
# add:
#   clauses: []
# understood:
#   - {place: paragraph-3, line: 12}
"""


def apply_review(extraction: Extraction, text: str, where: str) -> tuple[Extraction, list[str]]:
    """The extraction as a person judged it, and notices on entries that match nothing.

    Raises:
        InputError: it is not YAML, or an entry is not written as it must be.
    """
    data = read_yaml(text, where) or {}
    if not isinstance(data, dict) or set(data) - _SECTIONS:
        unknown = sorted(set(data) - _SECTIONS)[0] if isinstance(data, dict) else "a list"
        raise InputError(f"unknown section {unknown}", where=where, hint=f"use {', '.join(sorted(_SECTIONS))}")
    notices: list[str] = []
    for entry in _list(data, "drop", where):
        extraction = _drop(extraction, _record(entry, where), where, notices)
    for entry in _list(data, "set", where):
        extraction = _set(extraction, entry, where, notices)
    for section, rows in (data.get("add") or {}).items():
        records = read_section(section, plain_rows(rows, where), f"{where}, {section}")
        extraction = _with(extraction, section, (*getattr(extraction, section), *records))
    return _understood(extraction, _list(data, "understood", where), where), notices


def _list(data: dict[str, Any], section: str, where: str) -> list[Any]:
    entries = data.get(section) or []
    if not isinstance(entries, list):
        raise InputError(f"{section} is no list", where=where, hint="begin each entry with a hyphen")
    return entries


def _record(entry: Any, where: str) -> str:
    name = entry.get("record") if isinstance(entry, dict) else entry
    if not isinstance(name, str) or not name:
        raise InputError(f"an entry names no record: {entry!r}", where=where, hint="name it as section/id")
    return name


def _rows(extraction: Extraction, name: str, where: str) -> tuple[str, str, tuple[Any, ...]]:
    section, _, identifier = name.partition("/")
    known = {one.name for one in fields(Extraction) if isinstance(getattr(extraction, one.name), tuple)}
    if section not in known:
        raise InputError(f"there is no section {section} of records", where=where, hint="name a record as section/id")
    return section, identifier, getattr(extraction, section)


def _with(extraction: Extraction, section: str, rows: tuple[Any, ...]) -> Extraction:
    changed: dict[str, Any] = {section: rows}
    return replace(extraction, **changed)


def _drop(extraction: Extraction, name: str, where: str, notices: list[str]) -> Extraction:
    section, identifier, rows = _rows(extraction, name, where)
    kept = tuple(row for row in rows if getattr(row, "id", None) != identifier)
    if len(kept) == len(rows):
        notices.append(f"{where}: there is no {name} any more")
    sure = tuple(one for one in extraction.confidences if one.record != name)
    return replace(_with(extraction, section, kept), confidences=sure)


def _set(extraction: Extraction, entry: Any, where: str, notices: list[str]) -> Extraction:
    name = _record(entry, where)
    if not isinstance(entry, dict) or "field" not in entry or "value" not in entry:
        raise InputError(f"{name}: an entry of `set` needs field and value", where=where, hint="complete it")
    if name == "document":
        value = read_field(type(extraction.document), entry["field"], entry["value"], f"{where}, {name}")
        return replace(extraction, document=replace(extraction.document, **{entry["field"]: value}))
    section, identifier, rows = _rows(extraction, name, where)
    changed = []
    for row in rows:
        if getattr(row, "id", None) == identifier:
            value = read_field(type(row), entry["field"], entry["value"], f"{where}, {name}")
            row = replace(row, **{entry["field"]: value})
        changed.append(row)
    if not any(getattr(row, "id", None) == identifier for row in rows):
        notices.append(f"{where}: there is no {name} any more")
    sure = tuple(one for one in extraction.confidences if (one.record, one.field) != (name, entry["field"]))
    return replace(_with(extraction, section, tuple(changed)), confidences=sure)


def _understood(extraction: Extraction, entries: list[Any], where: str) -> Extraction:
    done = set()
    for entry in entries:
        if not isinstance(entry, dict) or not {"place", "line"} <= set(entry):
            raise InputError(
                f"an entry of `understood` needs place and line: {entry!r}", where=where, hint="complete it"
            )
        done.add((str(entry["place"]), entry["line"]))
    left = tuple(one for one in extraction.not_understood if (one.place, one.line) not in done)
    return replace(extraction, not_understood=left)
