"""Wordings made comparable: a question and a template of one become the same list of tokens when they ask the same.

English words are cut to their stem, Chinese is taken character by character; case, width, spaces and punctuation are
gone, and so are a few words that carry nothing. A slot counts as two tokens: where it stands is most of the meaning.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mandategraph.ask import lexicon
from mandategraph.model import codes

Tokens = tuple[str, ...]

SAME_MEANING = 0.995

_OTHER_SIDE = 0.8
_REMEMBERED = 8192  # wordings; a few times as many as all queries list
_LONG = 5  # shorter words come near too many others
_MOSTLY = 0.6
_NEAR = 80  # per cent of likeness, of a mistyped word to the right one
_TOKEN = re.compile(rf"{lexicon.OPEN}[a-z]+{lexicon.SHUT}|[a-z0-9]+(?:['/-][a-z0-9]+)*|[^\W_]")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ings|ing|ed|es|s|e)$")
_ROMAN = re.compile("[ivx]+")
_IRREGULAR = {"fed": "feed", "held": "hold", "gave": "give", "sent": "send", "met": "meet", "has": "have"}

_DOCUMENT = f"{lexicon.OPEN}document{lexicon.SHUT}"
_ABOUT_DOCUMENT = re.compile(
    rf"(?:\b(?:decisions?|resolutions?)\s*|第\s*)?{_DOCUMENT}(?:\s*号)?(?:\s*(?:决定|决议))?", re.IGNORECASE
)

_CHINESE = re.compile("[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"(?<![\w-])[A-Z]?[a-z]+(?![\w-])")
_ENGLISH_ENOUGH = 3
QUOTED = re.compile(r"['\"‘“「『`](?P<inner>[^'\"’”」』`]+)['\"’”」』`]")
"""Words in quotation marks of any kind."""


def language_of(question: str) -> str:
    """``zh`` when the question is in Chinese: it has Chinese characters outside quotation marks, and hardly an English
    word beside them (a Chinese name in an English question does not make it Chinese)."""
    bare = QUOTED.sub(" ", question)
    return "zh" if _CHINESE.search(bare) and len(_ENGLISH.findall(bare)) < _ENGLISH_ENOUGH else "en"


def slot(kind: str) -> str:
    """The mark that stands for a thing of this kind in a wording."""
    return f" {lexicon.OPEN}{re.sub('[^a-z]', '', kind.lower())}{lexicon.SHUT} "


def tokens(text: str) -> Tokens:
    """The tokens of a wording whose named things are already marked by ``slot``."""
    flat = lexicon.STOP_ZH.sub(" ", _rewritten(text))
    found: list[str] = []
    for token in _TOKEN.findall(flat):
        if token.startswith(lexicon.OPEN):
            found += [token, token]
        elif token not in lexicon.STOP:
            found.append(_stem(token))
    return tuple(found)


def _rewritten(text: str) -> str:
    flat = _ABOUT_DOCUMENT.sub(f" {_DOCUMENT} ", codes.plain(text).casefold())
    for pattern, words in lexicon.REWRITTEN:
        flat = pattern.sub(words, flat)
    return flat


def written(text: str) -> Tokens:
    """All words of a wording as they are written, those that carry nothing too: what tells apart two that ask alike."""
    return tuple(_TOKEN.findall(codes.plain(text).casefold()))


def unknown(text: str, words: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """The words of a text, in its order and in small letters, that carry meaning and are none of these ``known`` ones,
    nor stand for one of them; what ``repaired`` takes for one of all ``words`` is that one. Chinese characters that
    stand together are one piece."""
    flat = lexicon.STOP_ZH.sub(lambda found: " " * len(found[0]), _rewritten(text))
    alike = {char for written, meant in lexicon.SAME_ZH if set(meant) <= set(known) for char in written}
    pieces: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(flat):
        if found[0].startswith(lexicon.OPEN) or found[0] in lexicon.STOP:
            continue
        (token,) = repaired((_stem(found[0]),), words)
        if (
            found[0] in lexicon.HELPING
            or token in lexicon.MADE
            or _near_nothing(found[0])
            or token in known
            or _SAME.get(token, token) in known
            or token in alike
        ):
            continue
        start = pieces.pop()[0] if pieces and pieces[-1][1] == found.start() and not token.isascii() else found.start()
        pieces.append((start, found.end()))
    return tuple(flat[start:end] for start, end in pieces)


@lru_cache(_REMEMBERED)
def _near_nothing(word: str) -> bool:
    """Whether a word is a mistyped one of those that carry nothing."""
    from rapidfuzz import fuzz

    return any(len(one) >= _LONG and fuzz.ratio(word, one) >= _NEAR for one in lexicon.STOP)


def repaired(question: Tokens, vocabulary: Iterable[str]) -> Tokens:
    """The question with mistyped English words replaced by the word of the templates that they come near."""
    known = {word for word in vocabulary if word.isascii() and word.isalpha() and len(word) > 3}
    right = known | lexicon.GUARDS | lexicon.GUARD_STEMS  # "expected" is no mistyped "expert"
    odd = [token for token in question if token.isascii() and token.isalpha() and len(token) >= _LONG]
    near = {token: _nearest(token, sorted(known)) for token in odd if token not in right}
    return tuple(near.get(token, token) for token in question)


def _nearest(word: str, known: list[str]) -> str:
    """The known word that a mistyped one comes near; itself where there is none."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return found[0] if found else word


def likeness(question: Tokens, template: Tokens) -> float:
    """How alike two wordings are, 0 to 1: 1 when they are the same, SAME_MEANING when they are but for words of the
    same meaning. Order counts, and so does who gives and who takes."""
    if question == template:
        return 1.0
    question, template = meant(question), meant(template)
    if question == template:
        return SAME_MEANING
    from rapidfuzz.distance import Indel

    alike = min(Indel.normalized_similarity(question, template), 0.99)
    return alike if _sides(question) == _sides(template) else alike * _OTHER_SIDE


@dataclass(frozen=True)
class Weights:
    """How much each token tells: the more, the fewer of the templates hold it; one that none holds tells most."""

    each: Mapping[str, float]
    most: float

    @classmethod
    def of(cls, templates: Iterable[Tokens]) -> Weights:
        held = [set(meant(template)) for template in templates]
        count = Counter(token for one in held for token in one)
        each = {token: math.log(1 + len(held) / times) for token, times in count.items()}
        return cls(each, max(each.values(), default=1.0))

    def total(self, bag: Counter[str]) -> float:
        """The weight of all tokens of the bag together."""
        return sum(count * self.each.get(token, self.most) for token, count in bag.items())


def overlap(question: Tokens, template: Tokens, weights: Weights) -> float:
    """How much of two wordings is the same whatever the order, 0 to 0.94; a rare word counts for more than a common
    one, a word of the question that no template knows for most. 0 when a name stands on another side of a word that
    tells who gives and who takes."""
    question, template = meant(question), meant(template)
    if _sides(question) != _sides(template):
        return 0.0
    asked, known = Counter(question), Counter(template)
    both = weights.total(asked & known)
    return min(2 * both / ((weights.total(asked) + weights.total(known)) or 1.0), 0.94)


def covered(question: Tokens, vocabulary: Collection[str], weights: Weights) -> float:
    """How much of the question is words that this vocabulary has, 0 to 1, weighted as `overlap`."""
    asked = Counter(meant(question))
    known = Counter({token: count for token, count in asked.items() if token in vocabulary})
    return weights.total(known) / (weights.total(asked) or 1.0)


def says_else(question: Tokens, template: Tokens, weights: Weights) -> bool:
    """Whether most of what a wording says of its names is not in the question, which says something else of them."""
    question, template = (
        tuple(one for one in meant(found) if not one.startswith(lexicon.OPEN)) for found in (question, template)
    )
    asked, told = Counter(question), Counter(template)
    return bool(asked - told) and weights.total(told - asked) > _MOSTLY * weights.total(told)


def vocabulary(templates: Iterable[Tokens]) -> frozenset[str]:
    """All words of these wordings, those of the same meaning as one."""
    return frozenset(token for template in templates for token in meant(template))


@lru_cache(_REMEMBERED)
def _sides(found: Tokens) -> Counter[tuple[str, bool]]:
    """For each word of giving and taking whether the giver stands before it (in Chinese: a name right after it)."""
    slots = [place for place, token in enumerate(found) if token.startswith(lexicon.OPEN)]
    return Counter(
        (
            token,
            (place + 1 in slots)
            if token in lexicon.DIRECTED_ZH
            else (slots[0] < place) != (found[place + 1 :][:1] == ("by",)),
        )
        for place, token in enumerate(found)
        if slots and (token in lexicon.DIRECTED or token in lexicon.DIRECTED_ZH)
    )


def has_words(template: Tokens) -> bool:
    """Whether a wording has words that carry something, beside the named things."""
    return any(not token.startswith(lexicon.OPEN) for token in template)


def agree(question: Tokens, template: Tokens) -> bool:
    """Whether the words on which everything depends (not, only, before, numbers) are the same in both, and no word asks
    for another thing than those of the other (who, when, where)."""
    asked, told = (lexicon.INTERROGATIVES.intersection(found) for found in (question, template))
    return _weighty(question) == _weighty(template) and (not told or asked <= told)


@lru_cache(_REMEMBERED)
def meant(found: Tokens) -> Tokens:
    """The tokens with one word for all of the same meaning."""
    text = "\n".join(_SAME.get(token, token) for token in found)
    for written, meant in lexicon.SAME_ZH:
        text = text.replace("\n".join(written), "\n".join(meant))
    return tuple(text.split("\n"))


@lru_cache(_REMEMBERED)
def _weighty(found: Sequence[str]) -> Counter[str]:
    said = meant(found)
    words = (
        token
        for token in said
        if token in lexicon.GUARDS
        or token in lexicon.GUARD_STEMS
        or any(char.isdigit() for char in token)
        or _ROMAN.fullmatch(token)
    )
    denied = (pair for pair in zip(said, said[1:], strict=False) if pair[0] in lexicon.NEGATIONS)
    return Counter((*words, *lexicon.GUARDS_ZH.findall("".join(said)), *map(" ".join, denied)))


def _stem(word: str) -> str:
    if not word.isascii():
        return word
    word = _IRREGULAR.get(word.removesuffix("'s"), word.removesuffix("'s"))
    return _ENDING.sub("", word) if word.isalpha() and word not in lexicon.GUARDS else word


_SAME = {_stem(written): _stem(meant) for written, meant in lexicon.ALIKE.items()}
