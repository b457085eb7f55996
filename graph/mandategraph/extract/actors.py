"""Everyone a paragraph may speak of: bodies, offices and organisations, and Parties and groups too."""

from __future__ import annotations

import re

from mandategraph.extract.names import Mention
from mandategraph.model.register import Register
from mandategraph.read.text import fold

_KINDS = ("body", "office", "organization", "party", "group")
_BETWEEN = re.compile(r"、|和|以及|及")


class ActorFinder:
    """Finds actors by the Chinese names of the register, the longest name first at each place."""

    def __init__(self, register: Register) -> None:
        self._refs = {
            fold(name): entity.ref
            for entity in register.of_kind(*_KINDS)
            for name in (entity.zh, *entity.spellings)
            if not name.isascii()
        }
        names = sorted(self._refs, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, names)))

    def mentions(self, folded: str, start: int = 0, end: int | None = None) -> list[Mention]:
        """All actors named between two positions, in order."""
        found = self._pattern.finditer(folded, start, len(folded) if end is None else end)
        return [Mention(self._refs[match[0]], match.start(), match.end()) for match in found]

    def listed(self, folded: str, start: int) -> tuple[list[str], int]:
        """The actors named one after another from `start` (A、B和C), and where the list ends."""
        found: list[str] = []
        match = self._pattern.match(folded, start)
        while match:
            found.append(self._refs[match[0]])
            start = match.end()
            gap = _BETWEEN.match(folded, start)
            match = self._pattern.match(folded, gap.end()) if gap else None
        return found, start
