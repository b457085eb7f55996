"""What the pages are made from, as plain values: things with their profiles, the network of meetings, the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mandategraph.analysis.network import Network
from mandategraph.answers.answer import Answer, Cell
from mandategraph.answers.description import Profile


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with a page: its kind (``meeting``), class (``Decision``), code and names. ``published`` when people
    outside know it by its code."""

    iri: str
    kind: str
    type: Cell
    code: str
    name: Cell
    path: str
    published: bool

    def title(self, language: str) -> str:
        """Its name in a language, or in the other one, or its code."""
        return self.name.label((language,)) or self.code

    def short(self, language: str) -> str:
        """What people call it in passing: a published code, else its name."""
        return self.code if self.published else self.title(language)


@dataclass(frozen=True, slots=True)
class Content:
    """All that the site shows. ``things`` and ``profiles`` are by IRI, things in the order of their kinds and codes."""

    things: Mapping[str, Thing]
    profiles: Mapping[str, Profile]
    network: Network
    answers: tuple[Answer, ...]

    def of_kind(self, *kinds: str) -> list[Thing]:
        """The things of these kinds."""
        return [thing for thing in self.things.values() if thing.kind in kinds]

    def short(self, iri: str, language: str) -> str:
        """What a thing is called in passing, also one without a page."""
        if iri in self.things:
            return self.things[iri].short(language)
        cell = self.network.cell(iri)
        return cell.label((language,)) or cell.value or ""
