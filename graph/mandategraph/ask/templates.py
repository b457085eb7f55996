"""All wordings of what can be asked, read once for many questions, and how well a question fits one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from mandategraph.ask import wordings
from mandategraph.query.catalogue import SLOT, Parameter, Wording

ENOUGH = 0.8
"""From this likeness on a question is taken for a wording."""

_LEAST_WORDS = 2
_LEAST_OVERLAP, _LEAST_COVERED, _OF_COVERED, _MOST_LOOSE = 0.55, 0.85, 0.6, 0.94


class Askable(Protocol):
    """What answers a question: a stored query, or a verb."""

    @property
    def name(self) -> str: ...

    @property
    def parameters(self) -> Mapping[str, Parameter]: ...

    def wordings(self) -> Iterable[Wording]:
        """Every way to ask it."""
        ...


Asked = TypeVar("Asked", bound=Askable)


@dataclass(frozen=True)
class Template(Generic[Asked]):
    """One wording: what it asks, with which parameters already given, the slots that names of a question fill, its words
    (as tokens, with one word for all of the same meaning, and as written), its language, and the words of all wordings of
    the same query."""

    query: Asked
    text: str
    preset: Mapping[str, tuple[str, ...]]
    slots: tuple[Parameter, ...]
    tokens: wordings.Tokens
    meant: wordings.Tokens
    written: wordings.Tokens
    language: str
    vocabulary: frozenset[str]


class Templates(Generic[Asked]):
    """The wordings of some queries and verbs; reading and weighing them costs far more than one comparison."""

    def __init__(self, askables: Iterable[Asked]) -> None:
        self._askables = tuple(askables)

    def __iter__(self) -> Iterator[Template[Asked]]:
        return iter(self._all)

    def prepare(self) -> None:
        """Read and weigh all wordings now, so that a copy of this need not."""
        _ = self.words, self._weights

    @cached_property
    def words(self) -> frozenset[str]:
        """Every token that any wording has."""
        return frozenset(token for template in self for token in template.tokens)

    def score(self, question: wordings.Tokens, template: Template[Asked]) -> float:
        """How well a question fits a template, 0 to 1: word by word, else by the words whatever their order, else by
        how much of it the wordings of one and the same query cover together."""
        alike = wordings.likeness(question, template.tokens)
        if alike >= ENOUGH or len(set(question)) < _LEAST_WORDS:
            return alike
        same = wordings.overlap(question, template.tokens, self._weights)
        if same < _LEAST_OVERLAP:
            return max(alike, same)
        covered = wordings.covered(question, template.vocabulary, self._weights)
        if covered < _LEAST_COVERED:
            return max(alike, same)
        return max(alike, same, min(_OF_COVERED * covered + (1 - _OF_COVERED) * same, _MOST_LOOSE))

    def same(self, question: wordings.Tokens, template: Template[Asked]) -> float | None:
        """The score of a question that says the same as a template, word by word; None where it does not."""
        if question == template.tokens:
            return 1.0
        return wordings.SAME_MEANING if wordings.meant(question) == template.meant else None

    def says_else(self, question: wordings.Tokens, template: Template[Asked]) -> bool:
        """Whether a template with slots says other things of what they name than the question."""
        return bool(template.slots) and wordings.says_else(question, template.tokens, self._weights)

    @cached_property
    def _all(self) -> tuple[Template[Asked], ...]:
        return tuple(template for query in self._askables for template in _templates(query))

    @cached_property
    def _weights(self) -> wordings.Weights:
        return wordings.Weights.of(template.tokens for template in self)


def label(parameter: Parameter) -> str:
    """The word that stands for a slot of this parameter when wordings are compared."""
    return parameter.kinds[0] if len(parameter.kinds) == 1 else parameter.type


def _templates(query: Asked) -> Iterator[Template[Asked]]:
    texts = list(query.wordings())
    marked = [SLOT.sub(lambda found: _mark(query, found.group(1)), one.text) for one in texts]
    tokens = [wordings.tokens(text) for text in marked]
    vocabulary = wordings.vocabulary(tokens)
    for one, text, its_tokens in zip(texts, marked, tokens, strict=True):
        slots = tuple(query.parameters[name] for name in SLOT.findall(one.text) if name in query.parameters)
        yield Template(
            query,
            one.text,
            one.preset,
            slots,
            its_tokens,
            wordings.meant(its_tokens),
            wordings.written(text),
            wordings.language_of(SLOT.sub("", one.text)),
            vocabulary,
        )


def _mark(query: Askable, name: str) -> str:
    return wordings.slot(label(query.parameters[name])) if name in query.parameters else name
