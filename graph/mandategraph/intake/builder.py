"""Gathers the records that makers make of one source, and knows what its words stand for."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from mandategraph.intake.kinds import Kind
from mandategraph.intake.register_index import Known, code_of
from mandategraph.intake.slots import Audit, FieldValue, Slots
from mandategraph.model.dataset_records import ThingRecord
from mandategraph.model.event_records import ReferenceRecord
from mandategraph.model.paragraph_records import CitationRecord, CitedPartRecord
from mandategraph.model.records import NameRecord

_HAN = re.compile(r"[\u4e00-\u9fff]")
_MOST_NAME = 200
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]{3,}")
_PARAGRAPH = re.compile(
    r"(?:annex\s+(?P<annex>[IVX]+)\W+)?(?:section\s+(?P<section>[A-Z])\W+)?"
    r"\b(?:(?:paras?(?:graphs?)?|OP)\.?\s*)(?P<number>\d{1,3})(?!\d)\s*(?P<items>(?:\(\s*[a-z]{1,4}\s*\)\s*)*)"
    r"(?P<more>(?:(?:-|–|to\b|,|;|and\b|&)\s*\d{1,3}(?![\d(])\s*)*)",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"(-|–|to\b)?[^\d–-]*?(\d+)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;.&]|\band\b", re.IGNORECASE)


class Builder:
    """The records of one source, by the name of their section in an extraction."""

    def __init__(self, handle: str, kind: Kind, known: Known, released: date | None, audit: Audit) -> None:
        self.handle = handle
        self.kind = kind
        self.known = known
        self.released = released
        self.audit = audit
        self.sections: dict[str, list[Any]] = {}
        self.things: dict[str, ThingRecord] = {}
        self.cited: set[str] = set()
        self.codes: dict[str, int] = {}

    def add(self, section: str, record: Any) -> None:
        self.sections.setdefault(section, []).append(record)

    def local(self, kind: str, place: str) -> str:
        """The reference of the thing that a record is about, before it is known to be another."""
        return f"{kind}:{self.handle}.{place}"

    def thing(self, ref: str, en: str, zh: str = "", **details: Any) -> str:
        """Name a thing; what was said of it first stays. Returns its reference."""
        printed = not _HAN.search(zh)
        self.things.setdefault(ref, ThingRecord(ref, en or zh, zh or en, printed=printed, **details))
        return ref

    def not_understood(self, slots: Slots, said: FieldValue | None, why: str) -> None:
        """Keep a value that no rule reads, for the list of such."""
        for one in slots.evidence(said):
            self.add("not_understood", one)
        line = said.line if said else slots.row.first
        self.audit.remarks.append(f"line {line}: {why}")

    def refuse(self, slots: Slots, said: FieldValue | None, why: str) -> None:
        """Keep a record of which nothing is made as a whole, for the list of what was not understood."""
        self.not_understood(slots, said, f"{why}: nothing was made of this record")
        for slot in slots.values:
            slots.all(slot)

    def actor(self, said: FieldValue) -> str:
        """The actor of these words: one of the register, else an organization of this name."""
        found = self.known.actor(said.meant)
        return found or self.thing(f"organization:{code_of(said.meant)}", shortened(said.meant))

    def group(self, said: FieldValue) -> str:
        """As `actor`, for words that name no single one."""
        found = self.known.actor(said.meant)
        return found or self.thing(f"group:{code_of(said.meant)}", shortened(said.meant))

    def names(self, slots: Slots, ref: str, slot: str = "title") -> None:
        """The titles of a record in every language; words of English in the field of another are no name in that."""
        english = next((one.written for one in slots.all(slot) if one.language in ("en", "")), "")
        seen: set[tuple[str, str]] = set()
        for number, one in enumerate(slots.all(slot), 1):
            language = one.language or self.kind.mapping.language
            spelled = shortened(one.written)
            if (language, spelled) in seen or (language != "en" and one.written == english):
                continue
            seen.add((language, spelled))
            path = f"{slots.place}.{slot}-{number}"
            self.add("names", NameRecord(path, ref, spelled, "official", slots.evidence(one), language))

    def coded(self, slots: Slots, ref: str, said: FieldValue, kind: str = "code") -> None:
        """A code that the record gives the thing."""
        number = self.codes[ref] = self.codes.get(ref, 0) + 1
        name = NameRecord(f"{slots.place}.{kind}-{number}", ref, said.written[:_MOST_NAME], kind, slots.evidence(said))
        self.add("names", name)

    def pages(self, slots: Slots) -> tuple[str, ...]:
        """The addresses of the page of a thing; words that are no address are kept as not understood."""
        found = []
        for said in slots.all("page"):
            if ADDRESS.fullmatch(said.written):
                found.append(said.written)
            else:
                self.not_understood(slots, said, f"{said.field} holds no address")
        return tuple(dict.fromkeys(found))

    def references(self, slots: Slots, ref: str, slot: str = "link") -> None:
        """The pages that a record points to; words that are no address are kept as not understood."""
        number = 0
        for said in slots.all(slot):
            for found in ADDRESS.findall(said.written):
                number += 1
                path = f"{slots.place}.{slot}-{number}"
                self.add("references", ReferenceRecord(path, ref, slots.evidence(said), (found.rstrip(".,;)"),)))
            if not ADDRESS.search(said.written):
                self.not_understood(slots, said, f"{said.field} holds no address")

    def cite(self, slots: Slots, path: str, cited: str, said: FieldValue) -> None:
        self.add("citations", CitationRecord(f"{slots.place}.{path}", cited, slots.evidence(said)))

    def paragraphs(self, symbol: str, text: str) -> list[str]:
        """The paragraphs of a decision that a field names, as parts: `Para 24 (e)`, `Section C Para 2`."""
        found = []
        for one in _PARAGRAPH.finditer(text):
            items = re.findall(r"[a-z]+", one["items"].lower())
            section, annex = one["section"] or "", one["annex"] or ""
            found.append(self.part(symbol, section, one["number"], items, annex=annex))
            found += [self.part(symbol, section, more, [], annex=annex) for more in _further(one)]
        return found

    def part(self, symbol: str, section: str, number: str, items: list[str], annex: str = "") -> str:
        """A place of a decision that is cited and not at hand, with the places around it."""
        parent, ref, cite, cite_zh = f"document:{symbol}", f"part:{symbol}", "", ""
        mark = "/"
        for kind, step, en, zh in _steps(annex, section, number, items):
            ref, mark = f"{ref}{mark}{step}", "."
            cite, cite_zh = f"{cite}{en}".removeprefix(", "), f"{cite_zh}{zh}"
            self._cited(CitedPartRecord(ref, kind, parent, cite, cite_zh))
            parent = ref
        return ref

    def _cited(self, part: CitedPartRecord) -> None:
        if part.ref not in self.cited:
            self.cited.add(part.ref)
            self.add("cited_parts", part)

    def scheme(self) -> str:
        """The scheme of the subjects that this source uses."""
        name = self.kind.mapping.subjects or self.kind.handle
        return self.thing(f"scheme:{name}", f"Subjects: {self.kind.title_en}", f"主题：{self.kind.title_zh}")


def _further(found: re.Match[str]) -> list[str]:
    """The further paragraphs of a list or a range: `paras 3-5, 7`."""
    numbers = [int(found["number"])]
    for mark, number in _FURTHER.findall(found["more"]):
        rising = bool(mark) and int(number) > numbers[-1]
        numbers += range(numbers[-1] + 1, int(number) + 1) if rising else [int(number)]
    return [str(number) for number in numbers[1:]]


def beside_paragraphs(text: str) -> str:
    """What a field says beside the paragraphs that it names."""
    return _BETWEEN.sub("", _PARAGRAPH.sub("", text))


def _steps(annex: str, section: str, number: str, items: list[str]) -> list[tuple[str, str, str, str]]:
    steps = []
    if annex:
        steps.append(("Annex", f"annex-{annex.upper()}", f", annex {annex.upper()}", f"附件{annex.upper()}"))
    if section:
        steps.append(("Section", f"section-{section.lower()}", f", section {section.upper()}", f"{section.upper()}节"))
    if number:
        steps.append(("OperativeParagraph", f"paragraph-{number}", f", paragraph {number}", f"第{number}段"))
    steps += [("SubParagraph", item, f" ({item})", f"({item})") for item in items]
    return steps


def shortened(text: str) -> str:
    """A name of at most 200 characters; what is cut is marked by an ellipsis."""
    return text if len(text) <= _MOST_NAME else text[: _MOST_NAME - 1] + "…"


def in_chinese_script(said: list[FieldValue]) -> str:
    """The first value in Chinese that is written in Chinese."""
    return next((one.written for one in said if one.language == "zh" and _HAN.search(one.written)), "")
