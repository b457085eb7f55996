"""Footnotes that a word-processor file left inside the text: `[footnoteRef:7]` is the mark, `[7: ...]` the note.

A note may begin in the middle of a line, run over several lines, hold nothing, and be followed by the next one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mandategraph.system.errors import InputError

_MARK = re.compile(r"[\[［]\s*footnoteRef\s*[:：]\s*(\d{1,3})\s*[\]］]")
_OPEN = re.compile(r"[\[［]\s*(\d{1,3})\s*[:：]\s*")
_CLOSE = re.compile(r"[\]］]")


@dataclass
class InlineNote:
    """A note taken out of the text: its number and its words with the line each stands on; `last` is where it closed."""

    number: int
    pieces: list[tuple[int, str]] = field(default_factory=list)
    last: int = 0

    @property
    def split(self) -> bool:
        return self.last > self.pieces[0][0]


@dataclass
class InlineNotes:
    """Takes the notes out of the lines, one line after the other."""

    name: str
    open: InlineNote | None = None

    def take(self, number: int, raw: str) -> tuple[str, list[int], list[InlineNote]]:
        """The line without notes and marks, the marks it held, and the notes that end on it."""
        done: list[InlineNote] = []
        kept = ""
        rest = raw
        while rest:
            if self.open:
                rest = self._go_on(number, rest, done)
                continue
            match = _OPEN.search(rest)
            if not match:
                kept += rest
                break
            kept += rest[: match.start()]
            self.open = InlineNote(int(match[1]))
            rest = rest[match.end() :]
            if not rest:
                self.open.pieces.append((number, ""))
        marks = [int(mark) for mark in _MARK.findall(kept)]
        return _MARK.sub("", kept), marks, done

    def _go_on(self, number: int, rest: str, done: list[InlineNote]) -> str:
        assert self.open
        close = _CLOSE.search(rest)
        words = rest[: close.start()] if close else rest
        if words.strip() or not self.open.pieces:
            self.open.pieces.append((number, words.strip()))
        if not close:
            return ""
        self.open.last = number
        done.append(self.open)
        self.open = None
        return rest[close.end() :]

    def finish(self) -> None:
        """Check that the last note was closed.

        Raises:
            InputError: it was not; the document breaks off inside a note.
        """
        if self.open:
            line = self.open.pieces[0][0] if self.open.pieces else 1
            raise InputError(
                f"footnote {self.open.number} is not closed",
                where=f"{self.name}, line {line}",
                hint="the document is cut short: load the whole of it",
            )
