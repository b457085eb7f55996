"""``search``: part of a phrase, in either script, over names, words as written, tasks, gists and quotes; ranked.

Width, case, kinds of brackets and quotation marks, and spaces beside Chinese characters do not count. A phrase in Latin
letters may be written without its spaces, if it then begins and ends where words do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.lookup import labels
from mandategraph.lookup.labels import place_in_part
from mandategraph.lookup.names import Candidate
from mandategraph.lookup.resolve import Resolved
from mandategraph.lookup.resolver import Resolver
from mandategraph.messages import BETWEEN_SENTENCES, SOURCE_LANGUAGE, Text, gettext, joined_text, pgettext
from mandategraph.model import codes
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store, Term
from mandategraph.store.internal_query import ask
from mandategraph.system.errors import UsageError

_COLUMNS = (
    column("thing", gettext("Found"), coded=True),
    column("kind", gettext("Kind")),
    column("match", pgettext("column of a search", "Match")),
    column("where", gettext("Where")),
    column("written", gettext("Words"), bare=True),
    column("source", gettext("Source")),
)
_NOTE = gettext(
    "Whole names come first, then beginnings, then what holds the words inside, then what holds them "
    "apart; within each, names before tasks and gists, words as written and quotes. Quotes are short "
    "pieces of the documents, not all of their text."
)
_MATCHES = (
    Cell("whole", gettext("whole")),
    Cell("start", gettext("beginning")),
    Cell("inside", gettext("inside")),
    Cell("apart", gettext("each word")),
)
# Where words are found, best first: property -> the word for it in English and in Chinese.
_WHERE = {
    "code": gettext("code"),
    "symbol": gettext("symbol"),
    "prefLabel": gettext("name"),
    "altLabel": gettext("other name"),
    "spelling": gettext("spelling"),
    "task": gettext("task"),
    "gist": gettext("gist"),
    "remarkText": gettext("remark"),
    "requirementText": gettext("requirement"),
    "asWritten": gettext("as written"),
    "asMeant": gettext("as meant"),
    "quote": gettext("quote"),
}
_ORDER = list(_WHERE)
_BRACKETS = re.compile(r"[()\[\]{}【】《》〈〉「」『』“”‘’\"'«»…]+")
_CHINESE = re.compile(r"(?<=[\u2e80-\u9fff\uf900-\ufaff、。,;:])\s+|\s+(?=[\u2e80-\u9fff\uf900-\ufaff、。,;:])")
_PADDING = re.compile(r"(?<![0-9])0+(?=[0-9])")


@dataclass(frozen=True, slots=True)
class _Hit:
    """One value that holds the words: the thing it belongs to, the node that states it, and how well it fits."""

    thing: str
    node: str
    where: str
    value: str
    lang: str
    match: int

    def order(self) -> tuple[int, int, int, str, str]:
        return (self.match, _ORDER.index(self.where), len(self.value), self.thing, self.value)


def search(texts: Sequence[str], store: Store) -> Resolved:
    """Everything that holds these words, best first: as one phrase, or each by itself where nothing holds the phrase.

    Raises UsageError when there are no words, StoreError when the store fails.
    """
    texts = [" ".join(text.split()) for text in texts]
    phrase = " ".join(text for text in texts if text)
    if not folded(phrase):
        raise UsageError("There is nothing to search for.", None, "Give a word, or part of a phrase.")
    finder = _Finder(store)
    done = [(phrase, finder.rows(phrase))]
    if len(texts) > 1 and not done[0][1]:
        done = [(text, finder.rows(text)) for text in dict.fromkeys(texts) if folded(text)]
    lacking = [(text, finder.near(text)) for text, found in done if not found]
    nothing = [_nothing(*one) for one in lacking]
    note = joined_text((*nothing, _NOTE), BETWEEN_SENTENCES)
    asked = joined_text((text for text, _ in done), pgettext("between quoted words", "', '"))
    found = list(dict.fromkeys(row for _, rows_ in done for row in rows_))
    answer = Answer(
        id="search", question=gettext("Where is '{text}' found?", text=asked),
        query="search", params={"words": tuple(text for text, _ in done)}, status="answered" if found else "not-stated",
        basis="derived", note=note, columns=_COLUMNS, rows=tuple(found), key=("thing",), told=("words",),
    )  # fmt: skip
    return Resolved(answer, tuple(one[SOURCE_LANGUAGE] for one in nothing))


def folded(text: str) -> str:
    """The text as it is compared: one width and case, no brackets or quotation marks, single spaces between words of
    Latin letters and none beside Chinese characters, no leading zeros."""
    spaced = " ".join(_BRACKETS.sub("", codes.plain(codes.plain(text).casefold())).split())
    return _PADDING.sub("", _CHINESE.sub("", spaced))


class Words:
    """Words sought, ready to be compared with many values."""

    def __init__(self, text: str) -> None:
        self._sought = folded(text)
        self._joined = self._sought.replace(" ", "")
        self._each = self._sought.split()

    def match(self, value: str) -> int | None:
        """0 the whole value, 1 its beginning, 2 inside it, 3 each word somewhere; None when not at all."""
        held = folded(value)
        if self._sought in held:
            return 0 if held == self._sought else 1 if held.startswith(self._sought) else 2
        joined = held.replace(" ", "")
        if self._joined in joined:
            place = _place_of_words(held, self._joined)
            if place is not None:
                return 0 if joined == self._joined else 1 if place == 0 else 2
        return 3 if len(self._each) > 1 and all(one in held for one in self._each) else None


def _place_of_words(held: str, joined: str) -> int | None:
    """Where words of the value, joined, begin with the words sought and end with them; None when nowhere."""
    tokens = held.split(" ")
    for first in range(len(tokens)):
        taken = ""
        for token in tokens[first:]:
            taken += token
            if taken == joined:
                return first
            if not joined.startswith(taken):
                break
    return None


class _Finder:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._values = list(ask(store, "lookup/words"))
        self._things: dict[str, Candidate] = {thing.iri: thing for thing in Resolver.of(store).legal(())}

    def near(self, text: str) -> list[str]:
        """Names that come near, best first."""
        from rapidfuzz import fuzz, process

        names = sorted({row["v"].value for row in self._values if _local(row) in ("prefLabel", "altLabel", "spelling")})
        keys = [folded(name) for name in names]
        ratio = process.extract(folded(text), keys, scorer=fuzz.ratio, score_cutoff=60, limit=3)
        partial = process.extract(folded(text), keys, scorer=fuzz.partial_ratio, score_cutoff=75, limit=3)
        return list(dict.fromkeys(names[at] for _, _, at in [*ratio, *partial]))[:3]

    def rows(self, text: str) -> list[Row]:
        """One row for each thing, statement or passage that holds the words, by its best match."""
        best: dict[str, _Hit] = {}
        for hit in self._hits(Words(text)):
            if hit.thing not in best or hit.order() < best[hit.thing].order():
                best[hit.thing] = hit
        hits = sorted(best.values(), key=_Hit.order)
        places = self._places(hits)
        return self._told(hits, places)

    def _hits(self, sought: Words) -> Iterator[_Hit]:
        for row in self._values:
            match = sought.match(row["v"].value)
            if match is not None:
                node, where, value = row["s"].value, _local(row), row["v"]
                thing = row["named"].value if where == "spelling" and "named" in row else node
                yield _Hit(thing, node, where, value.value, value.lang or "", match)

    def _places(self, hits: Iterable[_Hit]) -> dict[str, list[dict[str, Term]]]:
        found: dict[str, list[dict[str, Term]]] = {}
        nodes = {hit.node for hit in hits if hit.node not in self._things}
        for query in ("lookup/places-of-words", "lookup/places-of-parts"):
            for row in ask(self._store, query, nodes):
                found.setdefault(row["s"].value, []).append(row)
        return {node: sorted(told, key=_order_of_place) for node, told in found.items()}

    def _told(self, hits: Sequence[_Hit], places: dict[str, list[dict[str, Term]]]) -> list[Row]:
        made: dict[tuple[str, str], Row] = {}
        named = set()
        for hit in hits:
            row = self._row(hit, places.get(hit.node, []))
            passage = (row[4][0].value or "", row[5][0].value or "")
            # A quote that only repeats words told already, of the same place, says nothing new.
            if hit.where == "quote" and passage[1] in named:
                continue
            named.add(passage[1])
            made.setdefault((hit.thing, hit.where), row)
        return list(made.values())

    def _row(self, hit: _Hit, found: list[dict[str, Term]]) -> Row:
        thing = self._things.get(hit.thing)
        if thing:
            cell, kind = Cell(thing.code, thing.labels), labels.kind_of(thing)
        else:
            cell, kind = _statement(hit, found)
        where = _WHERE[hit.where]
        source = labels.first_places(_cited(found)) or (labels.REGISTER,)
        return (
            (cell,), (labels.kind(kind),), (_MATCHES[hit.match],), (Cell(where[SOURCE_LANGUAGE], where),),
            (Cell(hit.value),), source,
        )  # fmt: skip


def _statement(hit: _Hit, found: Sequence[dict[str, Term]]) -> tuple[Cell, str]:
    """A statement or a passage is known by its place in the document."""
    kind = namespaces.kind_of(hit.thing) or ""
    row = found[0] if found else {}
    iri = row["at"].value if kind == "evidence" and "at" in row else hit.thing
    return Cell(namespaces.compact(iri), place_in_part(row)), "passage" if kind in ("evidence", "part") else kind


def _cited(found: Iterable[dict[str, Term]]) -> list[dict[str, Term]]:
    return [row for row in found if "document" in row and "line" in row]


def _order_of_place(row: dict[str, Term]) -> tuple[str, int, str]:
    document, line, cite = (row[name].value if name in row else "" for name in ("document", "line", "cite"))
    return document, int(line or 0), cite


def _local(row: dict[str, Term]) -> str:
    return re.split(r"[#/]", row["p"].value)[-1]


def _nothing(text: str, near: list[str]) -> Text:
    told = gettext("Nothing holds '{text}'.", text=text)
    return told + labels.nearest(near) if near else told
