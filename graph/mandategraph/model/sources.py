"""`source.yml`: where a shipped source comes from, what period it covers, and how much of it must be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from mandategraph.model.records import Extraction
from mandategraph.model.register import read_yaml
from mandategraph.system import resources
from mandategraph.system.errors import InputError

SOURCE = "source.yml"
_FIELDS = {"symbol", "handle", "title", "publisher", "kind", "language", "date", "covers", "scope", "licence", "expect"}


@dataclass(frozen=True)
class SourceNote:
    """A shipped source. `expect` counts records by section of the record file, and rows by table.

    `symbol` is that of the document or, where it prints none, the handle that the register gives it.
    """

    folder: str
    symbol: str
    details: dict[str, Any]

    @property
    def expect(self) -> dict[str, int]:
        return dict(self.details.get("expect", {}))

    @property
    def known_from(self) -> date | None:
        """Since when it is known: its date; without one, the last day that it tells of, as it cannot be older."""
        given = self.details.get("date") or (self.details.get("covers") or {}).get("to")
        return given if isinstance(given, date) else None


def source_notes() -> list[SourceNote]:
    """All shipped sources.

    Raises:
        InputError: a `source.yml` lacks its symbol or has a field that we do not know.
    """
    notes = []
    for folder in resources.record_sources():
        where = f"records/{folder.name}/{SOURCE}"
        details = read_yaml(folder.joinpath(SOURCE).read_text(encoding="utf-8"), where)
        unknown = sorted(set(details) - _FIELDS)
        symbol = details.get("symbol") or details.get("handle")
        if unknown or not symbol:
            problem = f"unknown field {unknown[0]}" if unknown else "neither symbol nor handle"
            raise InputError(problem, where=where, hint="mend the file")
        notes.append(SourceNote(folder.name, symbol, details))
    return notes


@cache
def known_dates() -> dict[str, date]:
    """By symbol: since when each shipped source is known; those of which it is not known are left out."""
    return {note.symbol: note.known_from for note in source_notes() if note.known_from}


def check_expectations(extraction: Extraction, name: str) -> None:
    """Refuse a copy of a known document that holds less than the document does.

    More is a change and welcome; less is taken for a document cut short.

    Raises:
        InputError: with what is missing.
    """
    note = next((note for note in source_notes() if note.symbol == extraction.document.symbol), None)
    for section, wanted in (note.expect if note else {}).items():
        found = counted(extraction, section)
        if found < wanted:
            raise InputError(
                f"{extraction.document.symbol} holds {wanted} {section.replace('-', ' ')}, found {found}",
                where=name,
                hint="the document is cut short: load the whole of it",
            )


def counted(extraction: Extraction, section: str) -> int:
    """How many records of a section there are, or of parts of a kind (`TableRow`), or rows below a table's path."""
    if hasattr(extraction, section):
        return len(getattr(extraction, section))
    if section[:1].isupper():
        return sum(part.kind == section for part in extraction.parts)
    return sum(part.kind == "TableRow" and part.parent == section for part in extraction.parts)
