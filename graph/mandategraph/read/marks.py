"""Footnote marks: superscript figures, `^{12,13}`, and figures that slid into the text."""

from __future__ import annotations

import re

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_RAISED = re.compile(rf"\s*(?:\^\{{([\d,，\s]+)\}}|([{_SUPERSCRIPTS}]+))")
_NOTE_START = re.compile(rf"^\s*([{_SUPERSCRIPTS}]+)\s+(?=\S)")
_TRAILING_FIGURE = re.compile(r"\s+(\d{1,3})$")


def note_number(line: str) -> int | None:
    """Number of the footnote whose text begins on this line, if one does."""
    match = _NOTE_START.match(line)
    return int(match[1].translate(_TO_DIGITS)) if match else None


def note_text(line: str) -> str:
    """The line without the footnote number in front."""
    return _NOTE_START.sub("", line)


def take_marks(text: str) -> tuple[str, list[int]]:
    """The text without its raised footnote marks, and their numbers in order."""
    found: list[int] = []

    def note(match: re.Match[str]) -> str:
        numbers = re.findall(r"\d+", match[1]) if match[1] else [match[2].translate(_TO_DIGITS)]
        found.extend(int(number) for number in numbers)
        return ""

    return _RAISED.sub(note, text), found


def trailing_figure(text: str) -> tuple[str, int] | None:
    """A bare figure at the end of a text, split off: a footnote mark that lost its raised form, if a note has it."""
    match = _TRAILING_FIGURE.search(text)
    return (text[: match.start()], int(match[1])) if match else None
