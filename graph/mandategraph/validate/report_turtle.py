"""A SHACL validation report in Turtle (W3C Recommendation, section 3.6), to be read by any SHACL tool.

Blank nodes get numbers in the order of the report. Those that a report does not tell apart by anything else are ordered
by all that it says of them, so that the bytes do not hang on the names that a parser gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mandategraph.store.base import Term, literal
from mandategraph.validate.findings import Finding, Report
from mandategraph.validate.result import Result
from mandategraph.validate.vocabulary import SH

_TERMS = ("focus", "value", "shape", "constraint")


def turtle(report: Report, lang: str) -> str:
    """The report; it carries the words in all languages, whatever `lang` is."""
    pairs = [(finding, result) for finding in report.findings for result in finding.results]
    names = _Names(pairs)
    blocks = [_result(finding, result, names) for finding, result in sorted(pairs, key=names.order)]
    blocks += [_worded(finding) for finding in report.findings if not finding.results]
    body = ["[] a sh:ValidationReport ;", f"    sh:conforms {'false' if blocks else 'true'}"]
    for rows in blocks:
        body[-1] += " ;"
        body += ["    sh:result [", *(f"        {row} ;" for row in rows if row), "    ]"]
    body[-1] += " ."
    return "\n".join([f"@prefix sh: <{SH}> .", "", *body]) + "\n"


class _Names:
    """Numbers for blank nodes, given as they are asked for."""

    def __init__(self, pairs: Iterable[tuple[Finding, Result]]) -> None:
        said: dict[Term, list[str]] = defaultdict(list)
        for finding, result in pairs:
            for name in _TERMS:
                term = getattr(result, name)
                if term is not None and term.kind == "blank":
                    said[term].append(f"{name} {finding.order}")
        self._said = {term: " ".join(sorted(lines)) for term, lines in said.items()}
        self._given: dict[Term, str] = {}

    def order(self, pair: tuple[Finding, Result]) -> tuple[object, ...]:
        finding, result = pair
        return (finding.order, *(self._said.get(getattr(result, name), "") for name in _TERMS))

    def __call__(self, term: Term) -> str:
        if term.kind != "blank":
            return term.n3()
        return self._given.setdefault(term, f"_:b{len(self._given) + 1}")


def _result(finding: Finding, result: Result, name: _Names) -> list[str]:
    return [
        "a sh:ValidationResult",
        f"sh:focusNode {name(result.focus)}",
        f"sh:resultPath {result.path.turtle()}" if result.path else "",
        f"sh:value {name(result.value)}" if result.value else "",
        f"sh:sourceShape {name(result.shape)}",
        f"sh:sourceConstraintComponent <{result.component}>",
        f"sh:sourceConstraint {name(result.constraint)}" if result.constraint else "",
        f"sh:resultSeverity <{result.severity}>",
        f"sh:resultMessage {_words(result.messages or _literals(finding))}",
    ]


def _worded(finding: Finding) -> list[str]:
    """A finding without a bare result behind it, as other programs may make them."""
    severity = f"sh:resultSeverity sh:{finding.severity.capitalize()}"
    return ["a sh:ValidationResult", severity, f"sh:resultMessage {_words(_literals(finding))}"]


def _literals(finding: Finding) -> tuple[Term, ...]:
    return tuple(literal(words, language) for language, words in finding.message.items())


def _words(messages: tuple[Term, ...]) -> str:
    return " , ".join(message.n3() for message in messages)
