"""Agenda items with the meeting on whose agenda they stand, and subjects, as the names of events give them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.extract.names import Namer
from mandategraph.model.references import Ref
from mandategraph.model.register import Register
from mandategraph.read.text import fold

_ITEM = re.compile(r"项目(\d{1,2})\s*(?:\(([^()]+)\))?")
_AGENDA = re.compile(r"议程(?=项目|中)")


@dataclass(frozen=True)
class Item:
    """An agenda item: its meeting and number, and the short title that the text gives it, if any."""

    meeting: str
    number: str
    label: str

    @property
    def ref(self) -> str:
        return f"agenda-item:{Ref(self.meeting).code}.{self.number}"


def agenda_items(folded: str, namer: Namer, of_body: dict[str, str]) -> list[Item]:
    """The items that a text names. `of_body` gives the meeting that a body alone stands for in this text.

    An item is of the meeting before the word 议程 that is nearest before it. Two items joined by 和 of which only the
    second has a title share it.
    """
    agendas = [(match.start(), _owner(folded[: match.start()], namer, of_body)) for match in _AGENDA.finditer(folded)]
    found: list[Item] = []
    for match in _ITEM.finditer(folded):
        owners = [meeting for start, meeting in agendas if start < match.start() and meeting]
        if owners:
            found.append(Item(owners[-1], match[1], match[2] or ""))
    shared = [item.label or (found[at + 1].label if at + 1 < len(found) else "") for at, item in enumerate(found)]
    return [Item(item.meeting, item.number, label) for item, label in zip(found, shared, strict=True)]


def _owner(before: str, namer: Namer, of_body: dict[str, str]) -> str:
    """The meeting whose name, or the name of whose body, stands right before."""
    for mention in namer.meetings(before):
        if mention.end == len(before):
            return mention.ref
    for mention in namer.actors(before):
        if mention.end == len(before):
            return of_body.get(mention.ref, "")
    return ""


def subjects(folded: str, register: Register) -> list[tuple[str, str]]:
    """The elements of the register whose name or other spelling stands in a text, each once, with the words."""
    found: list[tuple[int, str, str]] = []
    for element in register.of_kind("element"):
        spelled = sorted({fold(name) for name in (element.zh, *element.spellings)}, key=lambda name: (-len(name), name))
        words = next((name for name in spelled if name in folded), "")
        if words:
            found.append((folded.index(words), element.ref, words))
    return [(ref, words) for _, ref, words in sorted(found)]
