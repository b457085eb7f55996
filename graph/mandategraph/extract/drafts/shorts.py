"""Short names that a document uses for bodies: "the Subsidiary Body" after the full name, or in a document of its own.

A short name stands for the one body that has it in its name and was named before, or whose document this is. Where two
bodies could be meant, or one that nobody here knows ("the Working Group on Lakes"), it names nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.extract.drafts.naming import Naming
from mandategraph.extract.drafts.wording import level
from mandategraph.extract.names import body_and_ordinal
from mandategraph.model.evidence import Evidence
from mandategraph.model.references import Ref
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.text import quote


@dataclass(frozen=True)
class Short:
    """A short name, the body that it stands for, and where the document says so."""

    name: str
    ref: str
    ground: Evidence


def shorts_of(tree: DocumentTree, naming: Naming, own: dict[str, Evidence]) -> dict[str, tuple[Short, ...]]:
    """For each part that uses short names, those that can be told there; `own` is the body whose document this is."""
    reader = _Shorts(naming, dict(own))
    found = {part.path: reader.of(part) for part in tree.parts.values() if part.text and part.kind != "HeadingBlock"}
    return {path: shorts for path, shorts in found.items() if shorts}


class _Shorts:
    """Goes through the parts in order, and keeps which bodies have been named."""

    def __init__(self, naming: Naming, named: dict[str, Evidence]) -> None:
        self.naming = naming
        self.named = named
        self.open: set[str] = set()
        self.names: dict[str, tuple[str, ...]] = {}
        for name, ref in naming.words.names.items():
            if Ref(ref).kind == "body":
                self.names[ref] = (*self.names.get(ref, ()), name.lower())

    def of(self, part: Part) -> tuple[Short, ...]:
        text = level(part.text)
        told = self.naming.bodies(text, anywhere=part.kind == "Title")
        for one in told:
            words = text[one.start : one.end]
            self.named.setdefault(one.ref, Evidence(part.path, part.line_of(words), quote(words)))
        for meeting in self.naming.meetings(text):
            body, _ = body_and_ordinal(meeting.ref) if re.search(r"-\d+$", meeting.ref) else ("", 0)
            if body:
                words = text[meeting.start : meeting.end]
                self.named.setdefault(body, Evidence(part.path, part.line_of(words), quote(words)))
        free = "".join(c if not any(m.start <= at < m.end for m in told) else "\n" for at, c in enumerate(text))
        found = (self._short(name, free) for name in self.naming.words.shorts)
        return tuple(short for short in found if short)

    def _short(self, name: str, free: str) -> Short | None:
        """What a short name stands for in the words of a part that belong to no full name."""
        words = self.naming.words
        uses = list(re.finditer(rf"(?<![A-Za-zÀ-ÿ]){re.escape(name)}(?![A-Za-zÀ-ÿ])", free))
        if not uses:
            return None
        if any(words.specific.match(free, use.end()) or not words.alone.search(free[: use.start()]) for use in uses):
            self.open.add(name)
        meant = [ref for ref in self.named if any(name.lower() in full for full in self.names.get(ref, ()))]
        if name in self.open or len(meant) != 1:
            return None
        return Short(name, meant[0], self.named[meant[0]])
