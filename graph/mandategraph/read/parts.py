"""The tree that reading yields: parts with their lines, and a record of each repair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mandategraph.read.text import digest


@dataclass
class Part:
    """One addressable place in a document.

    `path` names it inside its document (`annex-2.table-1.row-11`), `number` is its mark as printed, `pieces` are
    its own words with the line each stands on, `marks` the footnotes it carries. `column` is set for table cells.
    """

    path: str
    kind: str
    number: str = ""
    parent: str = ""
    cite: str = ""
    cite_zh: str = ""
    column: str = ""
    pieces: list[tuple[int, str]] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    last_line: int = 0

    @property
    def text(self) -> str:
        """The words of the part, joined over line and page breaks."""
        return "".join(text for _, text in self.pieces)

    @property
    def first(self) -> int:
        """Line on which it begins (1 is the first line of the file)."""
        return self.pieces[0][0]

    @property
    def last(self) -> int:
        """Line on which it ends, its sub-parts included."""
        return max(self.last_line, self.pieces[-1][0])

    @property
    def digest(self) -> str:
        return digest(self.text)

    def line_of(self, phrase: str) -> int:
        """Line on which `phrase` stands, or the first line of the part."""
        return next((line for line, text in self.pieces if phrase in text), self.first)


@dataclass(frozen=True)
class Repair:
    """Something the reader put right: what, where, and in a few words of our own how."""

    kind: str
    line: int
    place: str
    detail: str


@dataclass
class DocumentTree:
    """All parts of one document in reading order; `furniture` are lines that carry no content of their own."""

    name: str
    line_count: int
    parts: dict[str, Part] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    furniture: dict[int, str] = field(default_factory=dict)
    unknown: list[tuple[str, int, str]] = field(default_factory=list)
    """Places, lines and words of which the reader could not tell what they hold."""

    def add(self, part: Part) -> Part:
        """Put a part at the end.

        Raises:
            KeyError: there is one with the same path.
        """
        if part.path in self.parts:
            raise KeyError(part.path)
        self.parts[part.path] = part
        return part

    def of_kind(self, *kinds: str) -> Iterator[Part]:
        return (part for part in self.parts.values() if part.kind in kinds)

    def below(self, path: str) -> Iterator[Part]:
        """The direct sub-parts of a place."""
        return (part for part in self.parts.values() if part.parent == path)
