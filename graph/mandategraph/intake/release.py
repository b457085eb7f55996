"""Files of records become extractions: one for each source, which later loads complete or replace."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from mandategraph.intake import times
from mandategraph.intake.builder import Builder
from mandategraph.intake.documents import make_decision, make_notification
from mandategraph.intake.kinds import Kind
from mandategraph.intake.meetings import make_meeting
from mandategraph.intake.paragraphs import make_paragraph
from mandategraph.intake.register_index import Known, code_of
from mandategraph.intake.rows import SourceRow
from mandategraph.intake.slots import Audit, Slots
from mandategraph.model.dataset_records import ThingRecord
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import DocumentRecord, Extraction, PartRecord
from mandategraph.system.errors import InputError

MAKERS: dict[str, Callable[[Slots, Builder], None]] = {
    "meeting": make_meeting,
    "decision": make_decision,
    "notification": make_notification,
    "paragraph": make_paragraph,
}
"""What a mapping may make; the schema of mappings has the same list."""

_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")
_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


@dataclass
class ParsedSource:
    """What one file gave for one source. `triples` is set where the source is RDF."""

    kind: str
    extraction: Extraction
    audit: Audit = field(default_factory=Audit)
    whole: bool = False
    triples: frozenset[Any] = frozenset()

    @property
    def handle(self) -> str:
        return self.extraction.document.symbol

    @property
    def records(self) -> int:
        return len(self.extraction.parts)


def date_in_name(name: str) -> date | None:
    """The day that a file's name carries: `timeline-2019-03-26.csv`."""
    try:
        found = _IN_NAME.search(name)
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def take(rows: Iterable[SourceRow], kind: Kind, known: Known, name: str, released: date | None) -> list[ParsedSource]:
    """What rows of one kind say, as one extraction for each scope that the kind parts its sources by."""
    intake = Intake(known, name, released)
    for row in rows:
        intake.put(row, kind)
    return intake.taken()


class Intake:
    """The sources of one file while its rows are put in, one after the other."""

    def __init__(self, known: Known, name: str, released: date | None) -> None:
        self._known = known
        self._name = name
        self._released = released
        self._sources: dict[tuple[str, str], _Source] = {}

    def put(self, row: SourceRow, kind: Kind) -> None:
        """Take a row in, as a record of this kind."""
        key = kind.handle, handle_of(row, kind)
        if key not in self._sources:
            self._sources[key] = _Source(key[1], kind, self._known, self._name, self._released)
        self._sources[key].put(row)

    def taken(self) -> list[ParsedSource]:
        """What the rows gave, source by source."""
        return [source.taken() for _, source in sorted(self._sources.items())]


def handle_of(row: SourceRow, kind: Kind) -> str:
    """The handle of the source that a record belongs to: that of its kind, and the values of its scope."""
    values = [row.fields[name].value for name in kind.mapping.scope if name in row.fields]
    scope = "-".join(code_of(str(value)) for value in values if value not in (None, ""))
    return f"{kind.handle}.{_UNFIT.sub('-', scope)}" if scope else kind.handle


class _Source:
    """One source while its rows are put in."""

    def __init__(self, handle: str, kind: Kind, known: Known, name: str, released: date | None) -> None:
        self.handle = handle
        self.kind = kind
        self.name = name
        self.released = released
        self.audit = Audit()
        self.builder = Builder(handle, kind, known, released, self.audit)
        self.places: dict[str, int] = {}
        self.met: dict[tuple[str, str], int] = {}
        self.latest = ""
        self.last = 1

    def put(self, row: SourceRow) -> None:
        """Take a record in; the same record of the same key once more is told and not taken."""
        key, digest = self._key(row), _digest(row)
        before = self.met.setdefault((key, digest), row.number)
        if before != row.number:
            what = "it is taken once" if key else "both are kept, since no key tells whether they are one"
            self.audit.remarks.append(f"line {row.first}: record {row.number} is the same as record {before}; {what}")
            if key:
                return
        place = self._place(row, key)
        slots = Slots(row, self.kind.mapping, place, self.audit)
        stamp = self._stamp(row)
        self.latest = max(self.latest, stamp)
        self.last = max(self.last, row.last)
        self.builder.released = date.fromisoformat(stamp[:10]) if stamp else self.released
        self.builder.add("parts", self._part(row, place, stamp, digest))
        MAKERS[self.kind.mapping.makes](slots, self.builder)
        slots.unused()
        for one in slots.leftovers:
            self.builder.add("not_understood", one)

    def _part(self, row: SourceRow, place: str, stamp: str, digest: str) -> PartRecord:
        return PartRecord(
            place, "DataRecord", str(row.number), "", row.first, row.last, f"{self.name}, record {row.number}",
            f"{self.name}第{row.number}条记录", digest, updated=stamp,
        )  # fmt: skip

    def _key(self, row: SourceRow) -> str:
        values = [str(row.fields[name].value) for name in self.kind.mapping.key if name in row.fields]
        return next((value for value in values if value.strip() and value != "None"), "")

    def _place(self, row: SourceRow, key: str) -> str:
        place = f"record-{_UNFIT.sub('-', key).strip('-') or row.number}"
        self.places[place] = self.places.get(place, 0) + 1
        if self.places[place] > 1:
            self.audit.remarks.append(f"line {row.first}: a second record with the key {key[:60]}; both are kept")
            place = f"{place}.{self.places[place]}"
        return place

    def _stamp(self, row: SourceRow) -> str:
        for name in self.kind.mapping.updated:
            found = row.fields.get(name)
            if found is None or not isinstance(found.value, str):
                continue
            when = times.stretch(found.value)
            if when and when.kind == "day" and when.earliest:
                iso = re.fullmatch(r"\d{4}-\d{2}-\d{2}T[0-9:.]+Z?", found.value)
                return found.value if iso else when.earliest.isoformat()
        return ""

    def taken(self) -> ParsedSource:
        title = f"{self.kind.title_en}{self.handle.removeprefix(self.kind.handle).replace('.', ': ', 1)}"
        title_zh = f"{self.kind.title_zh}{self.handle.removeprefix(self.kind.handle).replace('.', '：', 1)}"
        out = self.builder
        me = ThingRecord(f"document:{self.handle}", title, title_zh, class_="Dataset", official=True, printed=False)
        released = date.fromisoformat(self.latest[:10]) if self.latest else self.released
        first = out.sections["parts"][0]
        document = DocumentRecord(
            self.handle, title, released, self.kind.mapping.language, "", "", (Evidence(first.path, first.first),),
            self.last, published=False, dataset=True,
        )  # fmt: skip
        sections: dict[str, Any] = {name: tuple(records) for name, records in out.sections.items()}
        things = (me, *sorted(out.things.values(), key=lambda one: one.ref))
        extraction = replace(Extraction(document, ()), **sections, things=things)
        return ParsedSource(self.kind.handle, extraction, self.audit, self.kind.mapping.whole)


def _digest(row: SourceRow) -> str:
    plain = {name: found.value for name, found in row.fields.items()}
    return sha256(json.dumps(plain, ensure_ascii=True, sort_keys=True).encode()).hexdigest()[:16]


def by_kind(rows: Iterable[SourceRow], kinds: dict[str, Kind]) -> Iterator[tuple[Kind | None, SourceRow]]:
    """Each row with the kind that it fits, which may be none."""
    last: Kind | None = None
    for row in rows:
        plain = {name: found.value for name, found in row.fields.items()}
        if last is None or not last.mapping.fits(plain):
            last = next((kind for kind in kinds.values() if kind.mapping.fits(plain)), None)
        yield last, row


def unknown_kind(name: str, kinds: dict[str, Kind], fields: Iterable[str]) -> InputError:
    """That no kind fits a file, with the kind that it nearly is, and the kinds there are."""
    fields = list(fields)
    seen = ", ".join(fields[:5])
    hint = f"{_nearest(fields, kinds)}Kinds: {', '.join(kinds)}. Force one, or a mapping of your own, with --as."
    return InputError(f"records of no kind that is known ({seen or 'no fields'}).", file=name, line=1, hint=hint)


def _nearest(fields: list[str], kinds: dict[str, Kind]) -> str:
    """The kind of which most of the fields are there, if that is more than half of them, and those that are not."""
    best, least = "", 0.5
    for kind in kinds.values():
        for needed, _ in kind.mapping.recognise:
            lacking = [name for name in needed if name not in fields]
            written = {name.casefold() for name in fields}
            share = sum(name.casefold() in written for name in needed) / max(len(needed), 1)
            if lacking and share > least:
                best, least = f"Nearly {kind.handle}, which has {', '.join(lacking)}. ", share
    return best
