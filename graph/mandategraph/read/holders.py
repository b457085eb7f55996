"""Which parts are open while a document is read, and how a new one gets its path under them."""

from __future__ import annotations

from collections import Counter

from mandategraph.read.parts import DocumentTree, Part, Repair
from mandategraph.read.rendered import Line

LEVELS = ("annex", "draft", "section", "letter", "paragraph", "sub", "item")
"""Levels of parts, the outermost first."""

_ABOVE = {"table": ("annex", "draft"), "preamble": ("annex", "draft")}
_ABOVE_OTHERS = ("annex", "draft", "section", "letter")


class Holders:
    """The open part of each level; a new part of a level closes those below it. `last` is the newest part."""

    def __init__(self, tree: DocumentTree) -> None:
        self.tree = tree
        self.holders: dict[str, Part] = {}
        self.last: Part | None = None
        self._counts: Counter[str] = Counter()

    def count(self, what: str) -> int:
        """The number of the next thing of a kind: 1, 2, 3, …"""
        self._counts[what] += 1
        return self._counts[what]

    def parent(self, level: str) -> Part | None:
        """The open part under which a new one of a level stands."""
        above = LEVELS[: LEVELS.index(level)] if level in LEVELS else _ABOVE.get(level, _ABOVE_OTHERS)
        return next((self.holders[one] for one in reversed(above) if one in self.holders), None)

    def add(  # noqa: PLR0913 - one door for every kind of part keeps paths and cites alike
        self, level: str, name: str, kind: str, mark: str, cite: str, cite_zh: str, number: int, text: str,
        *, join: str = ", ",
    ) -> Part:  # fmt: skip
        """Put a new part at the end. One whose path is taken is the second, third, … of its path."""
        parent = self.parent(level) if level else None
        wanted = f"{parent.path}.{name}" if parent else name
        path, again = wanted, 1
        while path in self.tree.parts:
            again = self.count(f"again {wanted}") + 1
            path = f"{wanted}-{again}"
        if again > 1:
            cite, cite_zh = f"{cite} ({again})", f"{cite_zh}({again})"
        part = Part(
            path, kind, mark, parent.path if parent else "", f"{parent.cite}{join}{cite}" if parent else cite,
            f"{parent.cite_zh}{cite_zh}" if parent else cite_zh, pieces=[(number, text)],
        )  # fmt: skip
        self.tree.add(part)
        if level in LEVELS:
            for deeper in LEVELS[LEVELS.index(level) :]:
                self.holders.pop(deeper, None)
            self.holders[level] = part
        self.last = part
        return part

    def note(self, number: int, line: Line) -> None:
        """A footnote. A second one of the same number is set aside, and that is told."""
        figures = "".join(filter(str.isdigit, line.note))[:4]
        value = int(figures) if figures else 0
        path = f"footnote-{value}"
        if path in self.tree.parts:
            self.tree.unknown.append((path, self.tree.parts[path].first, f"a second footnote {value}"))
            return
        cite, chinese = f"footnote {value}", f"脚注{value}"
        self.tree.add(Part(path, "Footnote", str(value), "", cite, chinese, pieces=[(number, line.text)]))

    def settle(self) -> None:
        """Marks without a footnote mean nothing. What repairs there were stays on record."""
        notes = {int(part.number) for part in self.tree.of_kind("Footnote")}
        for part in self.tree.parts.values():
            lost = [mark for mark in part.marks if mark not in notes]
            part.marks = [mark for mark in dict.fromkeys(part.marks) if mark in notes]
            for mark in lost:
                self.tree.repairs.append(
                    Repair("glued-footnote-mark", part.first, part.path, f"mark {mark} has no footnote: set aside")
                )


def marks_of(line: Line) -> list[int]:
    """The footnotes that a line carries, by number."""
    return [int(mark) for mark in line.marks if mark.isdigit()]
