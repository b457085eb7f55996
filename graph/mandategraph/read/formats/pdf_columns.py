"""Where the words of a page stand in two columns.

A page is cut across into bands by whatever runs over the gutter (titles, broad tables). A band is in two columns where
the gutter is empty all the way down and both halves are full of running text; everything else is read line by line.
A page of one column is never cut: its words run over every strip as wide as a gutter.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Word = dict[str, Any]
_STRIP = 4.0
"""Half of the least width of a gutter, in points."""
_LINES = 4
"""Fewer lines beside each other are labels and values, not columns, unless the page before had the gutter too."""
_FULL = 0.5
"""Running text fills at least this share of its lines."""


@dataclass
class Block:
    """Words that are read on their own, line by line. A column has its edges; a block over the whole page has none."""

    words: list[Word] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0


def blocks(words: list[Word], width: float, gutter: float = 0.0) -> tuple[list[Block], float]:
    """The blocks of a page in reading order, and where its gutter is (0 where it has none).

    `gutter` is that of the page before. A word is a dictionary with `x0`, `x1`, `top` and `bottom`, as a table may be.
    """
    middles = [width * share / 200 for share in range(70, 131)]
    scored = [
        (sum(len(half) for band in _columned(words, m) for half in band), -abs(m - width / 2), m) for m in middles
    ]
    best = max(scored, default=(0, 0.0, 0.0))
    if best[0]:
        return _in_order(words, best[2], _columned(words, best[2], gutter=abs(gutter - best[2]) < width / 20)), best[2]
    known = _columned(words, gutter, gutter=True) if gutter else []
    return (_in_order(words, gutter, known), gutter) if known else ([Block(words)], 0.0)


def _columned(words: list[Word], middle: float, *, gutter: bool = False) -> list[tuple[list[Word], list[Word]]]:
    """The left and right words of each band that is in two columns at this middle."""
    found = []
    for band in _bands(words, middle):
        left = [word for word in band if word["x1"] <= middle]
        right = [word for word in band if word["x0"] >= middle]
        if gutter or all(_running(half) for half in (left, right)):
            found.append((left, right))
    return found


def _bands(words: list[Word], middle: float) -> list[list[Word]]:
    """The words between one thing that runs over the gutter and the next."""
    over = sorted(
        (word["top"], word["bottom"]) for word in words if word["x0"] < middle + _STRIP and word["x1"] > middle - _STRIP
    )
    bands: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        height = (word["top"] + word["bottom"]) / 2
        if not any(top <= height <= bottom for top, bottom in over):
            bands[sum(bottom < height for _, bottom in over)].append(word)
    return [bands[at] for at in sorted(bands)]


def _running(half: list[Word]) -> bool:
    """Whether one half of a band is full of lines of running text."""
    lines: dict[int, float] = defaultdict(float)
    for word in half:
        lines[round(word["bottom"] / 3)] += word["x1"] - word["x0"]
    if len(lines) < _LINES:
        return False
    across = max(word["x1"] for word in half) - min(word["x0"] for word in half)
    return bool(sum(lines.values()) >= _FULL * len(lines) * across)


def _in_order(words: list[Word], middle: float, columned: list[tuple[list[Word], list[Word]]]) -> list[Block]:
    """Whole stretches and columns from top to bottom."""
    lefts = [word["x0"] for left, _ in columned for word in left] or [0.0]
    rights = [word["x1"] for _, right in columned for word in right] or [2 * middle - min(lefts)]
    inside = {id(word) for left, right in columned for word in (*left, *right)}
    rest = sorted((word for word in words if id(word) not in inside), key=lambda word: float(word["top"]))
    found: list[Block] = []
    for left, right in columned:
        top = min(word["top"] for word in (*left, *right))
        above = [word for word in rest if word["top"] < top]
        rest = rest[len(above) :]
        edge = max((word["x1"] for word in left), default=middle)
        halves = (Block(left, min(lefts), edge), Block(right, middle, max(rights)))
        found += [block for block in (Block(above), *halves) if block.words]
    return [*found, Block(rest)] if rest else found
