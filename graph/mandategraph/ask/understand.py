"""A free question in English or Chinese -> what answers it, with its parameters. No language model: names and codes are
found by the resolver, and what is left is compared with the wordings that stored queries and verbs list.

Exact after normalising comes first, then likeness above a threshold; when nothing fits, or several fit equally, it
says so and names the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Generic

from mandategraph.ask import wordings
from mandategraph.ask.days import days_in
from mandategraph.ask.templates import ENOUGH, Asked, Template, Templates, label
from mandategraph.lookup.resolver import Mention, Resolver
from mandategraph.model import codes
from mandategraph.query.catalogue import Parameter
from mandategraph.system.errors import NotFound, UsageError

_AS_GOOD = 0.02
_MOST_MENTIONS = 6
_NUMBER = re.compile(r"(?<![A-Za-z0-9/.-])[0-9]{1,3}(?![A-Za-z0-9/-]|\.[0-9])")
_LIKE_A_CODE = re.compile(r"(?<![A-Za-z0-9/-])(?=[A-Za-z0-9()/-]*[0-9])[A-Za-z0-9]+(?:[(/-][A-Za-z0-9]+\)?)+")


@dataclass(frozen=True)
class Understood(Generic[Asked]):
    """A question as understood: what answers it, the parameters, the wording that fitted and how well (1: exactly), and
    the words of the question that say more than any wording of what answers it."""

    query: Asked
    params: dict[str, tuple[str, ...]]
    template: str
    score: float
    left_over: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the question is this wording, but for words of the same meaning."""
        return self.score >= wordings.SAME_MEANING


@dataclass(frozen=True, slots=True)
class _Named:
    """A piece of the question that may fill a slot; ``kinds`` is empty for a code that nobody knows."""

    start: int
    end: int
    text: str
    kinds: tuple[str, ...]
    mention: Mention | None = None

    def fits(self, parameter: Parameter) -> bool:
        wanted = parameter.kinds or (parameter.type,)
        if wanted == ("string",):
            return self.mention is not None or not self.kinds or self.kinds == wanted
        if not self.kinds:
            return bool(parameter.kinds)
        return any(kind in wanted for kind in self.kinds)


@dataclass(frozen=True)
class _Fit(Generic[Asked]):
    score: float
    template: Template[Asked]
    chosen: tuple[_Named, ...]
    verbatim: bool

    @property
    def rank(self) -> tuple[float, bool, int]:
        """Better first when sorted downwards: likeness, then the very same words, those too that carry nothing ("what
        is" and "what is in"), then how much of the question was understood as names."""
        return (self.score, self.verbatim, sum(named.end - named.start for named in self.chosen))


def understand(question: str, templates: Templates[Asked], resolver: Resolver) -> Understood[Asked]:
    """Find what answers this question, and with which parameters.

    Raises NotFound when none fits (with the nearest), when several fit equally, or when it names an unknown code;
    UsageError when a name in it may mean several things.
    """
    flat = codes.plain(codes.without_meeting_pages(question)).strip()
    if not flat:
        raise UsageError("the question is empty.", None, "Ask for example: which meetings feed WG2020-3")
    named = _named(flat, resolver)
    fits = sorted(_fits(flat, templates, named), key=lambda fit: fit.rank, reverse=True)
    best = [fit for fit in fits if fit.score >= ENOUGH]
    if not best:
        raise _none(question, flat, templates, named)
    if best[0].score < wordings.SAME_MEANING:
        rivals = [fit for fit in best if fit.score > best[0].score - _AS_GOOD]
    else:
        rivals = [fit for fit in best if fit.rank == best[0].rank]
    asked = [_understood(fit, resolver) for fit in rivals] if len(rivals) > 1 else []
    if any((one.query.name, one.params) != (asked[0].query.name, asked[0].params) for one in asked):
        raise _several(question, [fit.template for fit in rivals])
    found = _understood(best[0], resolver)
    return found if found.exact else replace(found, left_over=_left_over(flat, best[0], templates))


def _left_over(flat: str, fit: _Fit[Asked], templates: Templates[Asked]) -> tuple[str, ...]:
    marks = [(one.start, label(slot)) for one, slot in zip(fit.chosen, fit.template.slots, strict=True)]
    return wordings.unknown(_marked(flat, fit.chosen, marks), templates.words, fit.template.vocabulary)


def _understood(fit: _Fit[Asked], resolver: Resolver) -> Understood[Asked]:
    params = dict(fit.template.preset)
    for parameter, named in zip(fit.template.slots, fit.chosen, strict=True):
        params[parameter.name] = (*params.get(parameter.name, ()), *_values(named, parameter, resolver))
    return Understood(fit.template.query, params, fit.template.text, fit.score)


def _values(named: _Named, parameter: Parameter, resolver: Resolver) -> tuple[str, ...]:
    """What a piece of the question means for this parameter; several things only when they bear one and the same name,
    such as a topic and the element of an annex."""
    if parameter.type == "string" or (named.mention is None and named.kinds):
        return (named.text,)
    if named.mention is None:
        return (resolver.one(named.text, parameter.kinds).code,)
    found = [candidate for candidate in named.mention.candidates if candidate.kind in parameter.kinds]
    alike = {(candidate.kind, candidate.labels.get("en", "").casefold()) for candidate in found}
    if len(alike) == 1:
        return tuple(candidate.iri for candidate in found)
    return (resolver.one(named.text, parameter.kinds).iri,)


def _named(flat: str, resolver: Resolver) -> list[_Named]:
    found = [
        _Named(
            mention.start,
            mention.end,
            flat[mention.start : mention.end],
            tuple(sorted({candidate.kind for candidate in mention.candidates})),
            mention,
        )
        for mention in resolver.mentions(flat)
    ]
    for new in _literals(flat):
        if all(new.end <= old.start or old.end <= new.start for old in found):
            found.append(new)
    return sorted(found, key=lambda one: one.start)[:_MOST_MENTIONS]


def _literals(flat: str) -> Iterator[_Named]:
    """Days, codes that nobody may know, numbers and words in quotation marks."""
    yield from (_Named(start, end, day, ("date",)) for start, end, day in days_in(flat))
    for pattern, kinds in ((_LIKE_A_CODE, ()), (_NUMBER, ("integer",))):
        yield from (_Named(match.start(), match.end(), match.group(), kinds) for match in pattern.finditer(flat))
    yield from (
        _Named(match.start(), match.end(), match["inner"], ("string",)) for match in wordings.QUOTED.finditer(flat)
    )


def _fits(flat: str, templates: Templates[Asked], named: Sequence[_Named]) -> list[_Fit[Asked]]:
    """What the question may ask. One that says the same as a template, word by word, asks nothing else."""
    pairs = list(_pairs(flat, templates, named))
    same = [
        _Fit(score, template, chosen, wordings.written(marked) == template.written)
        for template, chosen, marked, words in pairs
        if (score := templates.same(words, template)) is not None
    ]
    if same:
        return same
    language = wordings.language_of(flat)
    return [
        _Fit(templates.score(words, template), template, chosen, False)
        for template, chosen, _, words in pairs
        if template.language == language
        and wordings.has_words(template.tokens)  # nothing but a name is like too much
        and wordings.agree(words, template.tokens)
        and not templates.says_else(words, template)
        and _all_used(named, chosen, template)
    ]


def _pairs(
    flat: str, templates: Templates[Asked], named: Sequence[_Named]
) -> Iterator[tuple[Template[Asked], tuple[_Named, ...], str, wordings.Tokens]]:
    """Each template with things of the question for its slots, and the question with these marked, as text and as tokens."""
    seen: dict[tuple[tuple[int, str], ...], tuple[str, wordings.Tokens]] = {}
    for template in templates:
        for chosen in combinations(named, len(template.slots)):
            if not all(one.fits(slot) for one, slot in zip(chosen, template.slots, strict=True)):
                continue
            marks = tuple((one.start, label(slot)) for one, slot in zip(chosen, template.slots, strict=True))
            if marks not in seen:
                marked = _marked(flat, chosen, marks)
                seen[marks] = marked, wordings.repaired(wordings.tokens(marked), templates.words)
            yield template, chosen, *seen[marks]


def _marked(flat: str, chosen: Sequence[_Named], marks: Sequence[tuple[int, str]]) -> str:
    for one, (_, kind) in sorted(zip(chosen, marks, strict=True), key=lambda pair: pair[0].start, reverse=True):
        flat = flat[: one.start] + wordings.slot(kind) + flat[one.end :]
    return flat


def _all_used(named: Sequence[_Named], chosen: Sequence[_Named], template: Template[Asked]) -> bool:
    """Whether nothing that the question names is left over, unless the template's own words name it as well."""
    text = codes.key(template.text)
    return all(one in chosen or codes.key(one.text) in text for one in named)


def _none(question: str, flat: str, templates: Templates[Asked], named: Sequence[_Named]) -> NotFound:
    plain, language = wordings.tokens(flat), wordings.language_of(question)
    fitting = [one for one in templates if wordings.has_words(one.tokens) and one.language == language]
    ranked = sorted(fitting, key=lambda template: -_loose(flat, plain, template, named))
    nearest = list(dict.fromkeys(template.query.name for template in ranked))[:3]
    shown = [next(template.text for template in ranked if template.query.name == name) for name in nearest]
    listed = "; ".join(f"'{text}'" for text in shown)
    hint = f"Nearest: {listed}. See 'mandategraph queries' for all." if listed else None
    return NotFound(f"no stored question fits '{question}'.", None, hint)


def _loose(flat: str, plain: wordings.Tokens, template: Template[Asked], named: Sequence[_Named]) -> float:
    fitting = [one for one in named if any(one.fits(slot) for slot in template.slots)][: len(template.slots)]
    marks = [(one.start, label(slot)) for one, slot in zip(fitting, template.slots, strict=False)]
    marked = wordings.tokens(_marked(flat, fitting, marks)) if fitting else plain
    return wordings.likeness(marked, template.tokens)


def _several(question: str, templates: Sequence[Template[Asked]]) -> NotFound:
    names = list(dict.fromkeys(template.query.name for template in templates))
    texts = list(dict.fromkeys(template.text for template in templates))[:3]
    listed = "; ".join(f"'{text}'" for text in texts)
    return NotFound(
        f"'{question}' fits several stored questions equally: {listed}.",
        None,
        f"Ask in one of these words, or choose the query, for example: mandategraph query {names[0]}",
    )
