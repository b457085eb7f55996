"""``resolve``: what a text means, on which ground, and where that stands; several meanings are told, not chosen from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.lookup import document_terms, labels
from mandategraph.lookup.names import Candidate
from mandategraph.lookup.resolver import Resolver
from mandategraph.messages import BETWEEN_SENTENCES, SOURCE_LANGUAGE, Text, gettext, joined_text, text_of
from mandategraph.model import codes
from mandategraph.model.decision_references import reference
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store
from mandategraph.store.internal_query import ask
from mandategraph.system.errors import UsageError

_COLUMNS = (
    column("text", gettext("Text"), bare=True),
    column("thing", gettext("What it means"), coded=True),
    column("kind", gettext("Kind")),
    column("ground", gettext("Ground")),
    column("source", gettext("Source")),
)
_QUESTION = gettext("What does this mean?")
_RULE = gettext(
    "Two writings are the same when they are equal as a whole, width, case, spaces, round brackets, "
    "kinds of dash and leading zeros aside; a part of a code is never the code."
)


@dataclass(frozen=True)
class Resolved:
    """What came of resolving texts: the answer, and a message for each text that means nothing here."""

    answer: Answer
    missing: tuple[str, ...] = field(default=())


def resolve(texts: Sequence[str], store: Store) -> Resolved:
    """What these texts mean: as one text when they mean something together, else each by itself.

    Raises UsageError when there are none, StoreError when the store fails.
    """
    return _Lookup(store).resolve(texts)


class _Lookup:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._resolver = Resolver.of(store)

    def resolve(self, texts: Sequence[str]) -> Resolved:
        texts = [text for text in texts if text.strip()]
        if not texts:
            raise UsageError("There is nothing to resolve.", None, "Give a code, a name or an address.")
        found = self._rows(" ".join(texts))
        if found or len(texts) == 1:
            return self._made([(" ".join(texts), found)])
        return self._made([(text, self._rows(text)) for text in dict.fromkeys(texts)])

    def _made(self, done: Sequence[tuple[str, list[Row]]]) -> Resolved:
        missing = [text for text, found in done if not found]
        several = [text for text, found in done if len(found) > 1]
        interpreted = any(row[2] == (labels.kind("term"),) for _, found in done for row in found)
        note = joined_text(self._notes(done, several, missing), BETWEEN_SENTENCES)
        answer = Answer(
            id="resolve", question=_QUESTION, query="resolve", params={"text": tuple(text for text, _ in done)},
            status="answered" if any(found for _, found in done) else "not-stated", note=note,
            basis="interpretation" if interpreted else "derived",
            columns=_COLUMNS, rows=tuple(row for _, found in done for row in found), key=("text", "thing"), told=("text",),
        )  # fmt: skip
        return Resolved(answer, tuple(self._nothing(text)[SOURCE_LANGUAGE] for text in missing))

    def _notes(self, done: Sequence[tuple[str, list[Row]]], several: list[str], missing: list[str]) -> Iterable[Text]:
        for text in several:
            yield gettext(
                "'{text}' alone does not name one thing; here are those that it may mean. Name one by its code.",
                text=text,
            )
        yield from (self._nothing(text) for text in missing)
        yield _RULE
        things = [candidate.iri for text, _ in done for candidate in self._resolver.candidates(text)]
        yield from self._judgements(things)

    def _nothing(self, text: str) -> Text:
        near = self._resolver.nearest(text)
        told = gettext("Nothing is known as '{text}' in the graph.", text=text)
        if near:
            return told + labels.nearest(near)
        return told + gettext(" 'mandategraph search' finds a part of a name, and words of the documents.")

    def _rows(self, text: str) -> list[Row]:
        named = self._resolver.candidates(text) or self._referred(text)
        made = [self._row(text, candidate) for candidate in named]
        if not any(candidate.kind == "body" for candidate in named):
            made += [self._generic(text, body, name, shared) for body, name, shared in self._sharing(text)]
        if not any(candidate.kind in ("meeting", "body") for candidate in named):
            made += _term_rows(text, document_terms.of(text, self._store))
        return made

    def _referred(self, text: str) -> list[Candidate]:
        """The decision that the whole text refers to, in any of the six languages."""
        found = reference(codes.plain(text))
        return self._resolver.candidates(found.symbol) if found else []

    def _row(self, text: str, thing: Candidate) -> Row:
        key = codes.key(text)
        values = [
            (row["ground"].value, row["value"].value)
            for row in ask(self._store, "lookup/registered-names", [thing.iri])
        ]
        held = [(ground, value) for ground, value in values if codes.key(value) == key]
        named = [
            row
            for row in ask(self._store, "lookup/names-and-places", [thing.iri])
            if codes.key(row["value"].value) == key
        ]
        ground = labels.ground(text, thing, held, named)
        places = labels.first_places(named) or (labels.REGISTER,)
        cell = Cell(thing.code, thing.labels)
        return ((Cell(text),), (cell,), (labels.kind(labels.kind_of(thing)),), (ground,), places)

    def _sharing(self, text: str) -> list[tuple[Candidate, str, int]]:
        """The bodies whose names end (in English: begin) with the text, when it is the generic part of several."""
        key = codes.fold(text)
        shared = [(body, name) for body in self._resolver.legal(["body"]) if (name := labels.generic_in(key, body))]
        return [(body, name, len(shared)) for body, name in shared] if len(shared) > 1 else []

    def _generic(self, text: str, body: Candidate, name: str, shared: int) -> Row:
        cell = Cell(body.code, body.labels)
        return ((Cell(text),), (cell,), (labels.kind("body"),), (labels.shared_part(name, shared),), (labels.REGISTER,))

    def _judgements(self, things: Sequence[str]) -> Iterable[Text]:
        told: dict[tuple[str, Cell], dict[str, str | None]] = {}
        for row in ask(self._store, "lookup/denials-of-identity", things):
            about = (namespaces.compact(row["thing"].value), labels.place(row))
            told.setdefault(about, {})[row["reason"].lang or ""] = row["reason"].value.rstrip(".。")
        for (thing, place), reasons in sorted(told.items(), key=lambda one: (one[0][0], one[0][1].value or "")):
            yield gettext(
                "{thing} is judged not to be the same as {place}: {reason}.",
                thing=thing, place=place.words, reason=text_of(reasons),
            )  # fmt: skip


def _term_rows(text: str, found: Sequence[document_terms.Term]) -> list[Row]:
    """One row for each meaning, with every place that has it."""
    meanings: dict[str, list[document_terms.Term]] = {}
    for term in found:
        meanings.setdefault(term.meant, []).append(term)
    return [
        (
            (Cell(text),),
            (Cell(meant, Text(zh=meant)),),
            (labels.kind("term"),),
            tuple(term.ground for term in of),
            tuple(term.place for term in of),
        )
        for meant, of in meanings.items()
    ]
