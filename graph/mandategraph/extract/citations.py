"""What a passage cites: decisions down to paragraph and annex, other documents by name, and parts of its own document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.extract.passages import Passage
from mandategraph.model.codes import find_decisions
from mandategraph.model.paragraph_records import CitationRecord, CitedPartRecord
from mandategraph.model.register import Register
from mandategraph.read.parts import DocumentTree
from mandategraph.read.text import chinese_number, fold

_TAIL = re.compile(r"(?P<annex>附件)?(?:(?P<section>[A-Z])节)?(?P<paragraphs>第\d+段?(?:[、和]第?\d+段?)*(?<=段))?")
_OWN_ANNEX = re.compile(r"(?<!决定)附件([一二三])(?:的第([一二三四])表格)?")
_POINTED_AT = ("WebPage", "Note")
"""Kinds of thing that a document points at when it names them; a draft or plan that it asks for is not cited."""
_CONTAINERS = {"TableRow", "TableHead"}


@dataclass(frozen=True)
class Cited:
    """A document or place that a passage names, and where; `parts` describe places of documents not at hand."""

    ref: str
    start: int
    end: int
    parts: tuple[CitedPartRecord, ...] = ()


class CitationFinder:
    """Finds citations; documents without a symbol are known by the names of the register."""

    def __init__(self, register: Register, symbol: str, handle: str) -> None:
        self.symbol = symbol
        self._refs = {
            fold(name): entity.ref
            for entity in register.of_kind("document")
            for name in (entity.zh, *entity.spellings)
            if entity.code != symbol
            and (not entity.code.startswith(f"{handle}.") or entity.details["class"] in _POINTED_AT)
        }
        self._names = re.compile("|".join(map(re.escape, sorted(self._refs, key=lambda n: (-len(n), n)))))

    def find(self, folded: str) -> list[Cited]:
        """Everything cited, in order; a paragraph or annex of a decision stands for the decision too."""
        found = [Cited(self._refs[m[0]], m.start(), m.end()) for m in self._names.finditer(folded)]
        for reference in find_decisions(folded):
            found += _decision(reference.symbol, folded, reference.start, reference.end)
        return sorted(found, key=lambda cited: (cited.start, cited.ref))

    def own_parts(self, folded: str) -> list[Cited]:
        """Annexes of the document itself, and tables in them."""
        found = []
        for match in _OWN_ANNEX.finditer(folded):
            path = f"annex-{chinese_number(match[1])}" + (f".table-{chinese_number(match[2])}" if match[2] else "")
            found.append(Cited(f"part:{self.symbol}/{path}", match.start(), match.end()))
        return found


def citations(tree: DocumentTree, finder: CitationFinder) -> tuple[list[CitationRecord], list[CitedPartRecord]]:
    """One record for each thing that a part of the document cites, and the cited places of other documents."""
    records: list[CitationRecord] = []
    parts: dict[str, CitedPartRecord] = {}
    for part in tree.parts.values():
        if part.kind in _CONTAINERS or not part.text:
            continue
        passage = Passage(part)
        for number, cited in enumerate(finder.find(passage.folded), 1):
            evidence = passage.evidence(cited.start, cited.end)
            records.append(CitationRecord(f"{part.path}.citation-{number}", cited.ref, evidence))
            parts.update((one.ref, one) for one in cited.parts)
    return records, [parts[ref] for ref in sorted(parts)]


def _decision(symbol: str, folded: str, start: int, end: int) -> list[Cited]:
    tail = _TAIL.match(folded, end)
    if not tail or not tail[0]:
        return [Cited(f"document:{symbol}", start, end)]
    parts, parent, cite, cite_zh = [], f"document:{symbol}", "", ""
    path = ""
    for name, kind, english, chinese in _steps(tail):
        path = f"{path}.{name}" if path else name
        ref = f"part:{symbol}/{path}"
        cite, cite_zh = (f"{cite}, {english}" if cite else english), cite_zh + chinese
        parts.append(CitedPartRecord(ref, kind, parent, cite, cite_zh))
        parent = ref
    numbers = re.findall(r"\d+", tail["paragraphs"] or "")
    if not numbers:
        return [Cited(parent, start, tail.end(), tuple(parts))]
    found = []
    for number in numbers:
        ref = f"part:{symbol}/{path}.paragraph-{number}" if path else f"part:{symbol}/paragraph-{number}"
        kind = "Paragraph" if path else "OperativeParagraph"
        english = f"{cite}, paragraph {number}" if cite else f"paragraph {number}"
        one = CitedPartRecord(ref, kind, parent, english, f"{cite_zh}第{number}段")
        found.append(Cited(ref, start, tail.end(), (*parts, one)))
    return found


def _steps(tail: re.Match[str]) -> list[tuple[str, str, str, str]]:
    steps = []
    if tail["annex"]:
        steps.append(("annex", "Annex", "annex", "附件"))
    if tail["section"]:
        letter = tail["section"]
        steps.append((f"section-{letter.lower()}", "Section", f"section {letter}", f"{letter}节"))
    return steps
