"""Running text made plain (see ``codes.plain``), each character knowing where it stands in the text as it was."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from mandategraph.model import codes

_LINE_END = re.compile(r"\r\n|\r|\n")
_UNSEEN = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\ufeff\u00ad"
)
_KEPT = frozenset("№")  # its plain form, No, would run into the number


class FlatText:
    """A text and its plain form. Offsets into ``plain`` lead back to lines and columns, both counted from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        pieces = [(plain, at, at + len(cluster)) for at, cluster in _clusters(text) for plain in _plain(cluster)]
        self.plain = "".join(plain for plain, _, _ in pieces)
        self._from = [start for _, start, _ in pieces]
        self._to = [end for _, _, end in pieces]

    def place(self, start: int) -> tuple[int, int]:
        """Line and column of an offset into ``plain``."""
        at = self._from[start]
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1

    def written(self, start: int, end: int) -> str:
        """The words of the text between two offsets into ``plain``, as written but on one line."""
        return " ".join(self._text[self._from[start] : self._to[end - 1]].split())


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each character with the marks that follow it: an accent may stand apart from its letter."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, text[start:at]
            start = at


@lru_cache(maxsize=8192)
def _plain(cluster: str) -> str:
    if cluster in _KEPT:
        return cluster
    return codes.plain("".join(char for char in cluster if char not in _UNSEEN))
