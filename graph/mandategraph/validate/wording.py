"""Turns the bare results of an engine into findings that people can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from mandategraph.messages import LANGUAGES, Text
from mandategraph.store.base import Term
from mandategraph.validate.compile.messages import parameter, plain
from mandategraph.validate.data import Data
from mandategraph.validate.findings import Finding
from mandategraph.validate.locate import Locator
from mandategraph.validate.options import SEVERITIES
from mandategraph.validate.result import Result
from mandategraph.validate.shape import Shape
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import SH
from mandategraph.validate.words import Words, short_iri

_NO_IRI = "_:"  # names of blank nodes change from run to run; a report must not


class Reader:
    """Words the results on some data and shapes."""

    def __init__(self, data: Data, shapes: ShapesGraph, locator: Locator | None = None) -> None:
        self._locate = lru_cache(maxsize=None)(locator.find if locator else lambda node: None)
        self._words = Words(data)
        self._shapes = shapes
        self._name = lru_cache(maxsize=None)(lambda node: Shape(shapes, node).name)

    def findings(self, results: Iterable[Result]) -> tuple[Finding, ...]:
        """A finding for each result, in the order of findings; two of the same thing and words become one."""
        alike: dict[tuple[Term, Term | None, Finding], list[Result]] = {}
        for result in results:
            alike.setdefault((result.focus, result.value, self._finding(result)), []).append(result)
        found = (replace(finding, results=tuple(some)) for (_, _, finding), some in alike.items())
        return tuple(sorted(found, key=lambda finding: finding.order))

    def _finding(self, result: Result) -> Finding:
        focus, value = result.focus, result.value
        own_value = None if value == focus or (value is not None and value.kind == "blank") else value
        messages = result.messages or self._plain(result)
        file, line = self._locate(focus) or ("", None)
        severity = result.severity.removeprefix(SH).lower()
        return Finding(
            severity=severity if severity in SEVERITIES else "violation",
            rule=self._name(result.shape),
            focus=_text(focus),
            path=result.path.sparql(short_iri) if result.path is not None else "",
            value="" if own_value is None else own_value.value,
            message=Text((language, _spoken(messages, language)) for language in LANGUAGES),
            place=self._words.place(focus),
            entity=Text((language, self._words.entity(focus, language)) for language in LANGUAGES),
            value_term="" if own_value is None else own_value.n3(),
            component=result.component.removeprefix(SH),
            file=file,
            file_line=line,
        )

    def _plain(self, result: Result) -> tuple[Term, ...]:
        return plain(result.component, parameter(Shape(self._shapes, result.shape), result.component))


def _text(focus: Term) -> str:
    if focus.kind == "blank":
        return _NO_IRI
    return focus.value if focus.kind == "iri" else focus.n3()


def _spoken(messages: tuple[Term, ...], lang: str) -> str:
    """The message in a language, else one without a language, else in English, else any."""
    for wanted in (lang, None, "en"):
        fitting = [message.value for message in messages if message.lang == wanted]
        if fitting:
            return min(fitting)
    return min((message.value for message in messages), default="")
