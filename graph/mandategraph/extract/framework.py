"""Annexes that set out elements in sections, groups and items: each heading, group and item is an element."""

from __future__ import annotations

import re

from mandategraph.extract.passages import Passage
from mandategraph.model.evidence import Evidence
from mandategraph.model.paragraph_records import FrameworkElementRecord, TextStatusRecord
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.text import quote

_LEVELS = {"Section": "heading", "SectionGroup": "group", "Item": "item"}
_NOT_NEGOTIATED = re.compile(r"本说明未经谈判")
_NOT_AGREED = re.compile(r"不应将[^。,]*达成一致意见")


def framework(tree: DocumentTree, handle: str) -> list[FrameworkElementRecord]:
    """The elements in reading order. Sections that hold no items are no elements."""
    found = []
    headings: dict[str, str] = {}
    groups: dict[str, str] = {}
    for part in tree.of_kind(*_LEVELS):
        if not _holds_items(tree, part):
            continue
        ref = f"element:{handle}.{part.path}"
        level = _LEVELS[part.kind]
        broader, group = headings.get(part.parent, ""), ""
        if level == "heading":
            headings[part.path] = ref
            broader = ""
        elif level == "group":
            groups[part.path] = ref
            headings[part.path] = broader
        else:
            group = groups.get(part.parent, "")
        words = quote(part.text.rstrip(" ；;。：:"))
        evidence = tuple(Evidence(part.path, line, quote(piece)) for line, piece in part.pieces)
        found.append(FrameworkElementRecord(ref, part.path, level, words, evidence, broader, group))
    return found


def text_status(tree: DocumentTree) -> list[TextStatusRecord]:
    """What the notes and paragraphs of an annex say of its standing: not negotiated, not agreed."""
    found = []
    for annex in tree.of_kind("Annex"):
        notes = [tree.parts[f"footnote-{mark}"] for mark in annex.marks]
        paragraphs = [part for part in tree.of_kind("Paragraph") if part.path.startswith(f"{annex.path}.")]
        evidence: list[Evidence] = []
        for part in (*notes, *paragraphs):
            passage = Passage(part)
            for pattern in (_NOT_NEGOTIATED, _NOT_AGREED):
                match = pattern.search(passage.folded)
                evidence += passage.evidence(match.start(), match.end()) if match else ()
        if evidence:
            found.append(TextStatusRecord(f"{annex.path}.status", annex.path, "un-negotiated", tuple(evidence)))
    return found


def _holds_items(tree: DocumentTree, part: Part) -> bool:
    return part.kind == "Item" or any(
        one.kind == "Item" and one.path.startswith(f"{part.path}.") for one in tree.parts.values()
    )
