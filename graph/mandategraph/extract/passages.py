"""A part's words as a passage: folded for matching, and back to the words and lines as they stand."""

from __future__ import annotations

from mandategraph.model.evidence import Evidence
from mandategraph.read.parts import Part
from mandategraph.read.text import fold_with_offsets, quote


class Passage:
    """The text of one part. Positions count characters of `folded`."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._text = part.text
        self.folded, self._offsets = fold_with_offsets(self._text)

    def written(self, start: int, end: int) -> str:
        """The words from `start` to before `end` as the document has them."""
        return self._text[self._offsets[start] : self._offsets[end - 1] + 1]

    def line(self, start: int) -> int:
        """The line of the file on which the character at `start` stands."""
        at, passed = self._offsets[start], 0
        for line, text in self.part.pieces:
            passed += len(text)
            if at < passed:
                return line
        return self.part.first

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """The passage from `start` to before `end` as evidence; what is too long is cut."""
        while start < end - 1 and self.folded[start] in ",;:。":
            start += 1
        while end - 1 > start and self.folded[end - 1] in ",;:。":
            end -= 1
        return (Evidence(self.part.path, self.line(start), quote(self.written(start, end))),)
