"""The parameters of a query that stands in a file: lines with a working default, between whose braces terms are put.

``VALUES ?meeting { meeting:WG2020-3 } # param: meeting``; a parameter may stand in several lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mandategraph.store.base import Term
from mandategraph.system.errors import InputError

_LINE = re.compile(r"^[ \t]*VALUES[ \t]+\?(\w+)[ \t]*\{(.*)\}[ \t]*#[ \t]*param:[ \t]*([\w-]+)[ \t]*$")
_MARKED = re.compile(r"#[ \t]*param:")
_MARK = "\x1a"  # the character that stands for another; no query has it
_MARKS = re.compile(f"{_MARK}\\d+{_MARK}")


@dataclass(frozen=True, slots=True)
class DefaultOffsets:
    """Where a parameter's default stands in the query's text: offsets of what is between the braces."""

    start: int
    end: int


Places = Mapping[str, Sequence[DefaultOffsets]]
"""By parameter: where its defaults stand in a text."""


def parameter_lines(text: str, file: str, head: int = 0) -> dict[str, list[DefaultOffsets]]:
    """The parameters of a query, below the lines of its head.

    Raises InputError with file and line where a line is marked as a parameter's and is written otherwise.
    """
    places: dict[str, list[DefaultOffsets]] = {}
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        found = _LINE.match(line.rstrip("\n"))
        if found and number >= head:
            places.setdefault(found.group(3), []).append(DefaultOffsets(offset + found.start(2), offset + found.end(2)))
        elif number >= head and _MARKED.search(line):
            form = "VALUES ?name { default } # param: name"
            raise InputError(f"a parameter line must read '{form}'", file=file, line=number + 1)
        offset += len(line)
    return places


def with_terms(
    text: str, places: Places, given: Mapping[str, Sequence[Term]], in_turn: Callable[[str], str] = str
) -> str:
    """The query with the given terms between the braces of its parameter lines, defaults elsewhere.

    ``in_turn`` (see Store.in_turn) gets it with marks in their place, so that what it makes of it serves for all terms.
    """
    every, filled = [(one, name) for name, some in places.items() for one in some], {}
    asked = text
    for place, name in sorted(every, key=lambda one: one[0].start, reverse=True):
        mark = f"{_MARK}{place.start}{_MARK}"
        values = " ".join(term.n3() for term in given[name]) if name in given else text[place.start : place.end]
        asked, filled[mark] = f"{asked[: place.start]} {mark} {asked[place.end :]}", values.strip()
    return _MARKS.sub(lambda mark: filled[mark.group()], in_turn(asked))
