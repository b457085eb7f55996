"""Documents that a note names: by symbol, as a decision or a resolution, or by a title of the register."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mandategraph.extract.names import decisions
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import NameRecord
from mandategraph.model.register import Register
from mandategraph.read.parts import DocumentTree
from mandategraph.read.text import fold, fold_with_offsets, quote

_SYMBOL = re.compile(r"(?<![A-Za-z0-9/])CBD(?:/[A-Z0-9.]+)+")
_RESOLUTION = re.compile(r"联合国大会第?\s*(\d{2}/\d{1,3})号决议")
_SPLIT_BODY = re.compile(r"^CBD/WG/2020/")


def symbols(tree: DocumentTree, register: Register) -> list[NameRecord]:
    """One record for each document and way of naming it, in order of first appearance.

    A document of decisions names them in its tables and clauses, which have readers of their own: only notes are read.
    """
    if "title" in tree.parts:
        return []
    places: dict[tuple[str, str, str], list[Evidence]] = {}
    for part in tree.parts.values():
        if part.kind in ("HeadingBlock", "Section"):
            continue
        for line, text in part.pieces:
            folded, offsets = fold_with_offsets(text)
            for ref, kind, start, end in _named(folded, register):
                words = text[offsets[start] : offsets[end - 1] + 1]
                evidence = Evidence(part.path, line, quote(words))
                known = places.setdefault((ref, fold(words), kind), [])
                if evidence not in known:
                    known.append(evidence)
    return [
        NameRecord(f"document-{number}", ref, evidence[0].quote, kind, tuple(evidence))
        for number, ((ref, _, kind), evidence) in enumerate(places.items(), 1)
    ]


def canonical(symbol: str) -> str:
    """The symbol as it is published: the body WG2020 is one word, `CBD/WG/2020/2/3` has a stroke too many."""
    return _SPLIT_BODY.sub("CBD/WG2020/", symbol)


def _named(folded: str, register: Register) -> Iterator[tuple[str, str, int, int]]:
    for match in _SYMBOL.finditer(folded):
        words = match[0].rstrip(".")
        yield f"document:{canonical(words)}", "symbol", match.start(), match.start() + len(words)
    for mention in decisions(folded):
        yield mention.ref, "written", mention.start, mention.end
    for match in _RESOLUTION.finditer(folded):
        yield f"document:A/RES/{match[1]}", "written", match.start(), match.end()
    for document in register.of_kind("document"):
        for name in {fold(document.zh), *map(fold, document.spellings)}:
            start = folded.find(name)
            if start >= 0:
                yield document.ref, "written", start, start + len(name)
