"""Under which names a document knows the bodies, offices and meetings that it speaks of, and where."""

from __future__ import annotations

import re

from mandategraph.extract.names import Namer
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import NameRecord
from mandategraph.read.parts import DocumentTree
from mandategraph.read.text import fold, fold_with_offsets, quote

_CONTAINERS = {"TableRow", "TableHead"}
"""Kinds of part whose words stand in their sub-parts too."""


def spellings(tree: DocumentTree, namer: Namer) -> list[NameRecord]:
    """One record for each thing and way of writing it, in order of first appearance; widths and spaces do not count."""
    written: dict[tuple[str, str], str] = {}
    places: dict[tuple[str, str], list[Evidence]] = {}
    for part in tree.parts.values():
        if part.kind in _CONTAINERS:
            continue
        for line, text in part.pieces:
            folded, offsets = fold_with_offsets(text)
            for mention in [*namer.actors(folded), *namer.meetings(folded)]:
                words = text[offsets[mention.start] : offsets[mention.end - 1] + 1]
                key = (namer.registered(mention.ref), fold(words))
                written.setdefault(key, words)
                evidence = Evidence(part.path, line, quote(words))
                if evidence not in places.setdefault(key, []):
                    places[key].append(evidence)
    return [
        NameRecord(f"name-{number}", thing, quote(written[thing, spelled]), _kind(spelled), tuple(evidence))
        for number, ((thing, spelled), evidence) in enumerate(places.items(), 1)
    ]


def _kind(spelled: str) -> str:
    return "code" if re.fullmatch(r"[A-Za-z0-9()/-]+", spelled) else "written"
