"""``resolve``: what a text means, on which ground, and where that stands; several meanings are told, not chosen from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mandategraph.answers.answer import Answer, Cell, Row
from mandategraph.lookup import document_terms, labels
from mandategraph.lookup.names import Candidate
from mandategraph.lookup.resolver import Resolver
from mandategraph.model import codes
from mandategraph.model.decision_references import reference
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store
from mandategraph.store.internal_query import ask
from mandategraph.system.errors import UsageError, did_you_mean

_COLUMNS = (
    labels.column("text", "Text", "文本"),
    labels.column("thing", "What it means", "所指", coded=True),
    labels.column("kind", "Kind", "类别"),
    labels.column("ground", "Ground", "根据"),
    labels.column("source", "Source", "出处"),
)
_QUESTION = {"en": "What does this mean?", "zh": "这指什么？"}
_RULE = {
    "en": "Two writings are the same when they are equal as a whole, width, case, spaces, round brackets, kinds of "
    "dash and leading zeros aside; a part of a code is never the code.",
    "zh": "不计全角半角、大小写、空格、圆括号、连字符种类和前导零，整体相同即为同一写法；编号的一部分不等于该编号。",
}
_SEVERAL = {
    "en": "'{text}' alone does not name one thing; here are those that it may mean. Name one by its code.",
    "zh": "仅凭“{text}”不能确定所指；以上为其可能所指，请用编号指明。",
}
_NOTHING = {"en": "Nothing is known as '{text}' in the graph.", "zh": "图谱中没有“{text}”。"}
_NEAR = {"en": " {hint}", "zh": "是否指{near}？"}
_SEARCH = {
    "en": " 'mandategraph search' finds a part of a name, and words of the documents.",
    "zh": "可用mandategraph search查找名称的一部分或文件用语。",
}


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
        note = {language: " ".join(self._notes(language, done, several, missing)) for language in ("en", "zh")}
        answer = Answer(
            id="resolve", question=_QUESTION, query="resolve", params={"text": tuple(text for text, _ in done)},
            status="answered" if any(found for _, found in done) else "not-stated", note=note,
            basis="interpretation" if interpreted else "derived",
            columns=_COLUMNS, rows=tuple(row for _, found in done for row in found), key=("text", "thing"), told=("text",),
        )  # fmt: skip
        return Resolved(answer, tuple(self._nothing("en", text).strip() for text in missing))

    def _notes(
        self, language: str, done: Sequence[tuple[str, list[Row]]], several: list[str], missing: list[str]
    ) -> Iterable[str]:
        yield from (_SEVERAL[language].format(text=text) for text in several)
        yield from (self._nothing(language, text) for text in missing)
        yield _RULE[language]
        things = [candidate.iri for text, _ in done for candidate in self._resolver.candidates(text)]
        yield from self._judgements(language, things)

    def _nothing(self, language: str, text: str) -> str:
        near = self._resolver.nearest(text)
        told = _NOTHING[language].format(text=text)
        if not near:
            return told + _SEARCH[language]
        return told + _NEAR[language].format(hint=did_you_mean(near), near="、".join(near))

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
        cell = Cell(thing.code, thing.en or None, thing.zh or None)
        return ((Cell(text),), (cell,), (labels.kind(labels.kind_of(thing)),), (ground,), places)

    def _sharing(self, text: str) -> list[tuple[Candidate, str, int]]:
        """The bodies whose names end (in English: begin) with the text, when it is the generic part of several."""
        key = codes.fold(text)
        shared = [(body, name) for body in self._resolver.legal(["body"]) if (name := labels.generic_in(key, body))]
        return [(body, name, len(shared)) for body, name in shared] if len(shared) > 1 else []

    def _generic(self, text: str, body: Candidate, name: str, shared: int) -> Row:
        cell = Cell(body.code, body.en or None, body.zh or None)
        return ((Cell(text),), (cell,), (labels.kind("body"),), (labels.shared_part(name, shared),), (labels.REGISTER,))

    def _judgements(self, language: str, things: Sequence[str]) -> Iterable[str]:
        told = set()
        for row in ask(self._store, "lookup/denials-of-identity", things):
            if row["reason"].lang == language:
                told.add(labels.not_same(language, namespaces.compact(row["thing"].value), row))
        yield from sorted(told)


def _term_rows(text: str, found: Sequence[document_terms.Term]) -> list[Row]:
    """One row for each meaning, with every place that has it."""
    meanings: dict[str, list[document_terms.Term]] = {}
    for term in found:
        meanings.setdefault(term.meant, []).append(term)
    return [
        (
            (Cell(text),),
            (Cell(meant, None, meant),),
            (labels.kind("term"),),
            tuple(term.ground for term in of),
            tuple(term.place for term in of),
        )
        for meant, of in meanings.items()
    ]
