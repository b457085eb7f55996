"""From what people write to the thing meant: codes, names, spellings and addresses, in both scripts.

A text means a thing when their whole keys are equal (see ``codes.key``); nothing is guessed. What only comes near is
offered as "did you mean", and a name of several things is told as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mandategraph import codes, namespaces
from mandategraph.errors import NotFound, UsageError
from mandategraph.query import numerals
from mandategraph.query.occurrences import Keys
from mandategraph.store.base import Store, rows

# In the order in which a ground is preferred when one thing is found on several.
GROUNDS = ("code", "identifier", "page", "spelling", "label", "other name", "body and number")
_NEAR_ENOUGH = 65
_LISTED = 8

_REGISTER = """
SELECT ?entity ?ground ?value WHERE {
  { GRAPH graph:register { ?entity mg:code ?value } BIND("code" AS ?ground) }
  UNION { GRAPH graph:register { ?entity dcterms:identifier ?value } BIND("identifier" AS ?ground) }
  UNION { GRAPH graph:register { ?entity foaf:page ?value } BIND("page" AS ?ground) }
  UNION { GRAPH graph:register { ?entity skos:prefLabel ?value } BIND("label" AS ?ground) }
  UNION { GRAPH graph:register { ?entity skos:altLabel ?value } BIND("other name" AS ?ground) }
  UNION { GRAPH ?source { ?name mg:names ?entity ; mg:spelling ?value } BIND("spelling" AS ?ground) }
  UNION {
    GRAPH graph:register { ?entity mg:meetingOf ?body ; mg:ordinal ?number }
    BIND(CONCAT(STR(?number), " ", STR(?body)) AS ?value) BIND("body and number" AS ?ground)
  }
}
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a text may mean, with its code, its labels, and the ground on which it was found."""

    iri: str
    code: str
    en: str
    zh: str
    ground: str

    @property
    def kind(self) -> str:
        """``meeting``, ``body``, ``document``, ..."""
        return namespaces.kind_of(self.iri) or ""

    def described(self) -> str:
        """``SBI-3 (third meeting of ...)``, for messages."""
        label = self.en or self.zh
        return f"{self.code} ({label})" if label and label != self.code else self.code


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a running text names something: offsets into ``codes.plain`` of it, and what it may mean."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class Resolver:
    """All codes and names of the register, ready to be looked up. Built once for a store."""

    def __init__(self, found: Iterable[tuple[str, str, str, str | None]]) -> None:
        """``found`` gives (entity IRI, ground, value, language)."""
        self._code: dict[str, str] = {}
        self._label: dict[tuple[str, str], str] = {}
        self._index: dict[str, dict[str, str]] = {}
        numbered: list[tuple[str, str]] = []
        for entity, ground, value, language in found:
            if ground == "body and number":
                numbered.append((entity, value))
                continue
            self._note(entity, ground, value, language)
            self._add(codes.key(value), entity, ground)
        self._add_numbered(numbered)
        self._sought: Keys | None = None

    @classmethod
    def of(cls, store: Store) -> Resolver:
        """The resolver for what a store's register knows."""
        found = rows(store.query(namespaces.sparql_header() + _REGISTER))
        return cls(
            (row["entity"].value, row["ground"].value, row["value"].value, row["value"].lang)
            for row in found.dicts()
            if "value" in row
        )

    def candidates(self, text: str, kinds: Sequence[str] = ()) -> list[Candidate]:
        """Everything that the whole text may mean, of these kinds (of any when none is given), sorted by code."""
        if text in self._code:  # the thing's own address
            return self._described({text: "code"}, kinds)
        keys = [codes.key(text)]
        symbol = codes.decision_symbol(text)
        if symbol:
            keys.append(codes.key(symbol))
        found = {iri: ground for key in reversed(keys) for iri, ground in self._index.get(key, {}).items()}
        return self._described(found, kinds)

    def one(self, text: str, kinds: Sequence[str] = ()) -> Candidate:
        """The one thing that the text means: of several the one that has it as its code, which is of one thing only.

        Raises NotFound with near misses when there is none, UsageError that explains when there are several.
        """
        found = self.candidates(text, kinds)
        coded = [candidate for candidate in found if candidate.ground == "code"]
        if len(found) == 1 or len(coded) == 1:
            return (coded or found)[0]
        sought = " or ".join(kinds) if len(kinds) < 3 else "such thing"
        if found:
            listed = " or ".join(candidate.described() for candidate in found[:_LISTED])
            if len(found) > _LISTED:
                listed += f" or {len(found) - _LISTED} more"
            raise UsageError(f"'{text}' may mean {listed}.", None, "Name one of them by its code.")
        other = self.candidates(text)
        if other:
            raise NotFound(f"'{text}' is a {other[0].kind}, {other[0].described()}, not a {sought}.")
        what = f"no {sought} is" if kinds else "nothing is"
        raise NotFound(f"{what} known as '{text}' in the graph.", None, nearest=self.nearest(text, kinds))

    def nearest(self, text: str, kinds: Sequence[str] = ()) -> list[str]:
        """Up to three codes whose code or name comes near the text, best first."""
        from rapidfuzz import fuzz, process

        near: dict[str, None] = {}
        sought, known = codes.key(text), list(self._index)
        for key, _, _ in process.extract(sought, known, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=12):
            for candidate in self._described(self._index[key], kinds):
                near[candidate.code] = None
        return list(near)[:3]

    def legal(self, kinds: Sequence[str]) -> list[Candidate]:
        """Everything of these kinds that the register knows, sorted by code."""
        return self._described(dict.fromkeys(self._code, "code"), kinds)

    def known_keys(self) -> list[str]:
        """The keys of all that can be looked up."""
        return list(self._index)

    def mentions(self, text: str) -> list[Mention]:
        """The things named in a running text, longest match first, none overlapping, in order.

        Codes count only as whole tokens: ``WG2020-3`` is not named by ``WG2020-34`` or ``XWG2020-3``.
        """
        flat = codes.plain(text)
        taken = self._decisions(flat)
        for start, end, key in sorted(self._keys().found_in(flat), key=lambda one: (one[0] - one[1], one[0])):
            if all(end <= old.start or old.end <= start for old in taken):
                taken.append(Mention(start, end, tuple(self._described(self._index[key], ()))))
        return sorted(taken, key=lambda mention: mention.start)

    def _decisions(self, flat: str) -> list[Mention]:
        found = []
        for reference in codes.find_decisions(flat):
            candidates = self._described(self._index.get(codes.key(reference.symbol), {}), ())
            if candidates:
                found.append(Mention(reference.start, reference.end, tuple(candidates)))
        return found

    def _keys(self) -> Keys:
        if self._sought is None:
            self._sought = Keys(self._index)
        return self._sought

    def _note(self, entity: str, ground: str, value: str, language: str | None) -> None:
        if ground == "code":
            self._code[entity] = value
        elif ground == "label" and language:
            self._label[entity, language] = value

    def _add(self, key: str, entity: str, ground: str) -> None:
        grounds = self._index.setdefault(key, {})
        known = grounds.get(entity)
        if known is None or GROUNDS.index(ground) < GROUNDS.index(known):
            grounds[entity] = ground

    def _add_numbered(self, numbered: Iterable[tuple[str, str]]) -> None:
        # "WG8(j)第十一次会议" and "eleventh meeting of the SBI" follow from the body's names and the meeting's number.
        names: dict[str, list[str]] = {}
        for key, entities in self._index.items():
            for entity in entities:
                names.setdefault(entity, []).append(key)
        for meeting, value in numbered:
            number, _, body = value.partition(" ")
            for name in names.get(body, ()):
                for wording in numerals.meeting_wordings(name, int(number)):
                    self._add(codes.fold(wording), meeting, "body and number")

    def _described(self, found: dict[str, str], kinds: Sequence[str]) -> list[Candidate]:
        described = [
            Candidate(
                entity,
                self._code.get(entity) or namespaces.compact(entity),
                self._label.get((entity, "en"), ""),
                self._label.get((entity, "zh"), ""),
                ground,
            )
            for entity, ground in found.items()
            if not kinds or namespaces.kind_of(entity) in kinds
        ]
        return sorted(described, key=lambda candidate: (candidate.code, candidate.iri))
