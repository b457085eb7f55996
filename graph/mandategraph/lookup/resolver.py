"""From what people write to the thing meant: codes, names, spellings and addresses, in both scripts.

A text means a thing when their whole keys are equal (see ``codes.key``); nothing is guessed. What only comes near is
offered as "did you mean", and a name of several things is told as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mandategraph.lookup import labels
from mandategraph.lookup.gazetteer import Keys
from mandategraph.lookup.names import Candidate, Found, Names
from mandategraph.model import codes
from mandategraph.store.base import Store, Term, literal
from mandategraph.store.internal_query import ask
from mandategraph.system import resources
from mandategraph.system.errors import NotFound, UsageError
from mandategraph.system.precomputed import precomputed

_ALL_NAMES = "lookup/names"
_MADE_BY = ("messages", "rdf", "model", "store", "lookup")
"""The rooms whose code the names follow from, beside the store."""
_NEAR_ENOUGH = 65
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a running text names something: offsets into ``codes.plain`` of it, and what it may mean."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class Resolver:
    """All codes and names of the register, ready to be looked up. Built once for a store, and read when first wanted."""

    def __init__(self, found: Callable[[], Iterable[Found]], store: Store | None = None, fingerprint: str = "") -> None:
        """``found`` reads all names, and is called again where it failed; the ``store`` they come from, if any, can be
        asked for one code. With the ``fingerprint`` of what the store holds, the names are kept between starts."""
        self._found = found
        self._store = store
        self._fingerprint = fingerprint

    @classmethod
    def of(cls, store: Store) -> Resolver:
        """The resolver for what a store's register knows."""
        return cls(lambda: _found(ask(store, _ALL_NAMES)), store, getattr(store, "fingerprint", ""))

    def read(self) -> Names:
        """The names, read now if they were not before: for whoever is to look up many."""
        return self._names

    def candidates(self, text: str, kinds: Sequence[str] = ()) -> list[Candidate]:
        """Everything that the whole text may mean, of these kinds (of any when none is given), sorted by code.

        What nothing is called may be a body's code with the number of a meeting: ``COP15`` is COP-15.
        """
        if text in self._names.code:  # the thing's own address
            return self._names.described({text: "code"}, kinds)
        keys = [codes.key(text)]
        symbol = codes.decision_symbol(text)
        if symbol:
            keys.append(codes.key(symbol))
        found = {iri: ground for key in reversed(keys) for iri, ground in self._names.index.get(key, {}).items()}
        return self._names.described(found, kinds) if found else self._counted(text, kinds)

    def one(self, text: str, kinds: Sequence[str] = ()) -> Candidate:
        """The one thing that the text means: of several the one that has it as its code, which is of one thing only.

        Raises NotFound with near misses when there is none, UsageError that explains when there are several.
        """
        known = self._coded(text, kinds)
        if known:
            return known
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
        near = self.nearest(text, kinds)
        hint = None if near else "'mandategraph search' finds a part of a name, and words of the documents."
        raise NotFound(f"{what} known as '{text}' in the graph.", None, hint, nearest=near)

    def nearest(self, text: str, kinds: Sequence[str] = ()) -> list[str]:
        """Up to three codes whose code or name comes near the text, best first."""
        from rapidfuzz import fuzz, process

        near: dict[str, None] = {}
        sought, known = codes.key(text), list(self._names.index)
        for key, _, _ in process.extract(sought, known, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=12):
            for candidate in self._names.described(self._names.index[key], kinds):
                near[candidate.code] = None
        return list(near)[:3]

    def legal(self, kinds: Sequence[str]) -> list[Candidate]:
        """Everything of these kinds that the register knows, sorted by code."""
        return self._names.legal(kinds)

    def known_keys(self) -> list[str]:
        """The keys of all that can be looked up."""
        return list(self._names.index)

    def mentions(self, text: str) -> list[Mention]:
        """The things named in a running text, longest match first, none overlapping, in order.

        Codes count only as whole tokens: ``WG2020-3`` is not named by ``WG2020-34`` or ``XWG2020-3``.
        """
        flat = codes.plain(text)
        taken = self._decisions(flat)
        named = [Mention(start, end, tuple(self._names.described(self._names.index[key], ())))
                 for start, end, key in self._keys.found_in(flat)]  # fmt: skip
        numbered = [Mention(found.start(), found.end(), tuple(self._counted(found.group(), ())))
                    for found in labels.NUMBERED.finditer(flat)]  # fmt: skip
        found = [*named, *(one for one in numbered if one.candidates)]
        for mention in sorted(found, key=lambda one: (one.start - one.end, one.start)):
            if all(mention.end <= old.start or old.end <= mention.start for old in taken):
                taken.append(mention)
        return sorted(taken, key=lambda mention: mention.start)

    def _counted(self, text: str, kinds: Sequence[str]) -> list[Candidate]:
        code = labels.meeting_code(text, self._bodies)
        found = self._names.index.get(codes.key(code), {}) if code else {}
        described = self._names.described(dict.fromkeys(found, "body and number"), kinds)
        return [candidate for candidate in described if candidate.kind == "meeting"]

    def _decisions(self, flat: str) -> list[Mention]:
        found = []
        for reference in codes.find_decisions(flat):
            candidates = self._names.described(self._names.index.get(codes.key(reference.symbol), {}), ())
            if candidates:
                found.append(Mention(reference.start, reference.end, tuple(candidates)))
        return found

    @cached_property
    def _names(self) -> Names:
        if not self._fingerprint:
            return Names(self._found())
        code = [file for room in _MADE_BY for file in resources.code_files(f"mandategraph.{room}")]
        query = resources.internal_queries("lookup")[_ALL_NAMES]
        kept: Names = precomputed("names", [query, *code], lambda: Names(self._found()), self._fingerprint)
        return kept

    @cached_property
    def _bodies(self) -> frozenset[str]:
        return frozenset(body.code for body in self._names.legal(["body"]))

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self._names.index)

    def _coded(self, text: str, kinds: Sequence[str]) -> Candidate | None:
        """What has just this as its code, asked of the store: to read all names of a large graph takes seconds."""
        if self._store is None or "_names" in vars(self):
            return None
        names = Names(_found(ask(self._store, "lookup/names-by-code", [literal(text)])))
        coded = [one for one in names.legal(kinds) if one.code == text]
        return coded[0] if len(coded) == 1 else None


def _found(found: Iterable[Mapping[str, Term]]) -> Iterator[Found]:
    for row in found:
        if "value" in row:
            yield row["entity"].value, row["ground"].value, row["value"].value, row["value"].lang
