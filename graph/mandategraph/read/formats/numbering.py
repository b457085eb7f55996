"""The automatic numbers of a word-processor file, rendered as it would print them: `1.`, `(a)`, `一.`, `IV.`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mandategraph.model import numerals
from mandategraph.read.text import roman

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "-"
_LARGEST = 39  # of roman and Chinese numerals that we print; beyond it the figure stands


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, how its number is written, and the text around it (`(%1)`)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class Numbering:
    """All lists of a file and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Numbering:
        """From `numbering.xml`; a file without lists has none."""
        made = cls()
        if root is None:
            return made
        for abstract in root.findall(f"{W}abstractNum"):
            found = {_int(one.get(f"{W}ilvl")): _level(one) for one in abstract.findall(f"{W}lvl")}
            made.levels[abstract.get(f"{W}abstractNumId") or ""] = found
        for one in root.findall(f"{W}num"):
            identifier, abstract_id = one.get(f"{W}numId") or "", one.find(f"{W}abstractNumId")
            made.lists[identifier] = _val(abstract_id)
            for override in one.findall(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    made.restarts.setdefault(identifier, {})[_int(override.get(f"{W}ilvl"))] = _int(_val(start), 1)
        return made

    def next(self, identifier: str, level: int) -> str:
        """The number of the next paragraph of a list at a level (0 is the outermost), or an empty string."""
        abstract = self.lists.get(identifier, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        restart = self.restarts.get(identifier, {}).pop(level, None)
        counts[level] = restart if restart is not None else counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if levels[level].form == "bullet":
            return BULLET
        if levels[level].form == "none":
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            one = levels.get(at, Level())
            return in_form(counts.get(at, one.start), one.form)

        return re.sub(r"%(\d)", shown, levels[level].text).strip()


def in_form(number: int, form: str) -> str:
    """A number as a list writes it."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number <= _LARGEST:
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    if "hinese" in form or "japanese" in form or form in ("ideographDigital", "taiwaneseCounting"):
        return numerals.chinese(number) if 0 < number <= _LARGEST else str(number)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _level(element: etree._Element) -> Level:
    start, form, text = (element.find(f"{W}{name}") for name in ("start", "numFmt", "lvlText"))
    return Level(_int(_val(start), 1), _val(form) or "decimal", _val(text))


def _val(element: etree._Element | None) -> str:
    return (element.get(f"{W}val") or "") if element is not None else ""


def _int(value: str | None, default: int = 0) -> int:
    return int(value) if value and value.lstrip("-").isdigit() else default
