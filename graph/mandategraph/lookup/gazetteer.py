"""Finding known names in a running text: where the folded text holds a key, as whole words and whole codes only."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from mandategraph.model import codes

_BEGINNING = 2  # keys are looked up by their first characters


class Keys:
    """Keys (see ``codes.key``) ready to be looked for in texts. A key of one character is never looked for."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_beginning: dict[str, list[str]] = {}
        for key in sorted(set(keys), key=lambda key: (-len(key), key)):
            if len(key) >= _BEGINNING:
                self._by_beginning.setdefault(key[:_BEGINNING], []).append(key)

    def found_in(self, flat: str) -> list[tuple[int, int, str]]:
        """Every whole occurrence as (start, end, key), offsets into the plain text given; they may overlap."""
        folded, places = _fold_with_places(flat)
        found = []
        for at in range(len(folded) - 1):
            for key in self._by_beginning.get(folded[at : at + _BEGINNING], ()):
                if folded.startswith(key, at):
                    start, end = places[at], _closed(flat, places[at], places[at + len(key) - 1] + 1)
                    if is_whole(flat, start, end):
                        found.append((start, end, key))
        return found


def is_whole(flat: str, start: int, end: int) -> bool:
    """Whether the span is not part of a longer word, number or code of Latin letters; Chinese may stand next to it."""
    before, after, beyond = flat[start - 1 : start], flat[end : end + 1], flat[end + 1 : end + 2]
    if _is_word(flat[start]) and before and (_is_word(before) or before in "-/_"):
        return False
    if not _is_word(flat[end - 1]) or not after:
        return True
    if _is_word(after):
        return False
    if after in "-/_." and _is_word(beyond):
        return False
    return not (after == "(" and _is_word(beyond) and flat[end + 2 : end + 3] == ")")


def _closed(flat: str, start: int, end: int) -> int:
    # A closing bracket belongs to the name that was opened inside it: WG8(j).
    opened = flat[start:end].count("(") > flat[start:end].count(")")
    return end + 1 if opened and flat[end : end + 1] == ")" else end


def _fold_with_places(flat: str) -> tuple[str, list[int]]:
    """``codes.fold`` of a plain text, and for each character of it where it came from."""
    folded: list[tuple[str, int]] = []
    for place, char in enumerate(flat):
        folded.extend((part, place) for part in _folded(char))
    kept = [part for index, part in enumerate(folded) if not (part[0] == "0" and _is_padding(folded, index))]
    return "".join(char for char, _ in kept), [place for _, place in kept]


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    return codes.fold(char)


def _is_padding(folded: list[tuple[str, int]], index: int) -> bool:
    before = index - 1
    while before >= 0 and folded[before][0] == "0":
        before -= 1
    leads = before < 0 or not _is_digit(folded[before][0])
    return leads and index + 1 < len(folded) and _is_digit(folded[index + 1][0])


def _is_digit(char: str) -> bool:
    return char.isascii() and char.isdigit()


def _is_word(char: str) -> bool:
    # Letters of Cyrillic and Arabic make words too; those of Chinese and Japanese stand alone.
    return char.isalnum() and (char.isascii() or (char.isalpha() and char < "\u1100"))
