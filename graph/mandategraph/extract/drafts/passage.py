"""A part of a document as levelled text, and a draft as it grows: records by section, and how sure each field is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from mandategraph.extract.drafts.naming import Naming, naming
from mandategraph.extract.drafts.shorts import Short
from mandategraph.extract.drafts.wording import Wording, level
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import ConfidenceRecord
from mandategraph.model.references import Ref
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.text import quote

CODE, NAME, POSITION, SHORT, GUESS = 99, 95, 85, 75, 60
"""How sure: a code or symbol, a known name or number in words, words in the place where such a thing stands, a short name
that the document explains, unknown."""

SENTENCE = re.compile(r"(?:[^.。;；]|\.(?=\S))+[.。;；]?")
"""A sentence, or what stands between two semicolons."""


class Passage:
    """The words of a part, levelled; positions are those of the part's own text."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.text = level(part.text)

    def written(self, start: int, end: int) -> str:
        return self.part.text[start:end].strip(" ,;:.")

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """The place, line and words between two positions."""
        return (Evidence(self.part.path, self.line(start), quote(self.part.text[start:end])),)

    def line(self, position: int) -> int:
        at = 0
        for line, text in self.part.pieces:
            at += len(text)
            if position < at:
                return line
        return self.part.pieces[-1][0]


@dataclass
class Draft:
    """What has been read of one document so far."""

    tree: DocumentTree
    naming: Naming
    handle: str
    sections: dict[str, list[Any]] = field(default_factory=dict)
    confidences: list[ConfidenceRecord] = field(default_factory=list)
    not_understood: dict[Evidence, None] = field(default_factory=dict)
    shorts: dict[str, tuple[Short, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._below: dict[str, list[Part]] = {}
        for part in self.tree.parts.values():
            self._below.setdefault(part.parent, []).append(part)

    def below(self, path: str) -> list[Part]:
        """The direct sub-parts of a place."""
        return self._below.get(path, [])

    @property
    def words(self) -> Wording:
        return self.naming.words

    def naming_at(self, path: str) -> Naming:
        """What names mean in a part, the short ones that the document explains among them."""
        shorts = self.shorts.get(path)
        return naming(self.words.language, tuple((one.name, one.ref) for one in shorts)) if shorts else self.naming

    def add(self, section: str, record: Any, **sure: tuple[int, str]) -> Any:
        """Keep a record; `sure` gives for fields how sure they are and by which rule."""
        self.sections.setdefault(section, []).append(record)
        for name, told in sure.items():
            hundredths, rule = self._by_short(record, name, told)
            self.confidences.append(ConfidenceRecord(f"{section}/{record.id}", name, hundredths, rule))
        return record

    def _by_short(self, record: Any, name: str, told: tuple[int, str]) -> tuple[int, str]:
        """Less sure where what a field holds goes by a short name in this part, with where the full one stands."""
        values = getattr(record, name, ())
        held = (
            " ".join(values) if isinstance(values, tuple) and all(isinstance(v, str) for v in values) else str(values)
        )
        for short in self.shorts.get(record.evidence[0].place, ()):
            if re.search(rf"(?:body|meeting):{re.escape(Ref(short.ref).code)}(?![A-Za-z])", held):
                ground = (
                    f"'{short.name}' is short for '{short.ground.quote}', {short.ground.place} line {short.ground.line}"
                )
                return min(told[0], SHORT), f"{told[1]}; {ground}"
        return told

    def of(self, section: str) -> tuple[Any, ...]:
        return tuple(self.sections.get(section, ()))

    def unknown(self, evidence: tuple[Evidence, ...]) -> None:
        """List words that are not understood, once."""
        self.not_understood.update(dict.fromkeys(evidence))
