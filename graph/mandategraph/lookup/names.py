"""The names of all things, by key: what each may mean, and on which ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mandategraph.messages import Text, text_of
from mandategraph.model import codes, numerals
from mandategraph.rdf import namespaces

Found = tuple[str, str, str, str | None]
"""The IRI of a thing, a ground, a value and its language; the value of ``body and number`` is both, with a space."""
_NUMBERED = "body and number"

# In the order in which a ground is preferred when one thing is found on several.
GROUNDS = ("code", "identifier", "page", "spelling", "label", "other name", "body and number")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a text may mean, with its code, its labels, and the ground on which it was found."""

    iri: str
    code: str
    labels: Text
    ground: str

    @property
    def kind(self) -> str:
        """``meeting``, ``body``, ``document``, ..."""
        return namespaces.kind_of(self.iri) or ""

    def described(self) -> str:
        """``SBI-3 (third meeting of ...)``, for messages."""
        label = self.labels.in_first(())
        return f"{self.code} ({label})" if label and label != self.code else self.code


class Names:
    """``code`` gives the code of each thing, ``index`` what a key (see ``codes.key``) may mean: IRI -> ground."""

    def __init__(self, found: Iterable[Found]) -> None:
        self.code: dict[str, str] = {}
        self.index: dict[str, dict[str, str]] = {}
        self._labels: dict[str, dict[str, str | None]] = {}
        numbered: list[tuple[str, str]] = []
        for entity, ground, value, language in found:
            if ground == _NUMBERED:
                numbered.append((entity, value))
                continue
            self._note(entity, ground, value, language)
            self._add(codes.key(value), entity, ground)
        self._add_numbered(numbered)

    def legal(self, kinds: Sequence[str]) -> list[Candidate]:
        """Every thing of these kinds (of any when none is given) that has a code, sorted by it."""
        return self.described(dict.fromkeys(self.code, "code"), kinds)

    def described(self, found: Mapping[str, str], kinds: Sequence[str]) -> list[Candidate]:
        """The things of these kinds (of any when none is given) among those found (IRI -> ground), sorted by code."""
        described = [
            Candidate(
                entity,
                self.code.get(entity) or namespaces.compact(entity),
                text_of(self._labels.get(entity, {})),
                ground,
            )
            for entity, ground in found.items()
            if not kinds or namespaces.kind_of(entity) in kinds
        ]
        return sorted(described, key=lambda candidate: (candidate.code, candidate.iri))

    def _note(self, entity: str, ground: str, value: str, language: str | None) -> None:
        if ground == "code":
            self.code[entity] = value
        elif ground == "label" and language:
            self._labels.setdefault(entity, {})[language] = value

    def _add(self, key: str, entity: str, ground: str) -> None:
        grounds = self.index.setdefault(key, {})
        known = grounds.get(entity)
        if known is None or GROUNDS.index(ground) < GROUNDS.index(known):
            grounds[entity] = ground

    def _add_numbered(self, numbered: Iterable[tuple[str, str]]) -> None:
        # "WG8(j)第十一次会议" and "eleventh meeting of the SBI" follow from the body's names and the meeting's number.
        names: dict[str, list[str]] = {}
        for key, entities in self.index.items():
            for entity in entities:
                names.setdefault(entity, []).append(key)
        for meeting, value in numbered:
            number, _, body = value.partition(" ")
            for name in names.get(body, ()):
                for wording in numerals.meeting_wordings(name, int(number)):
                    self._add(codes.fold(wording), meeting, _NUMBERED)
