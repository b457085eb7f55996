"""What validation finds, as plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from mandategraph.messages import NO_TEXT, SOURCE_LANGUAGE, Text
from mandategraph.model.citing import cited_in
from mandategraph.validate.options import FAIL_ON, SEVERITIES
from mandategraph.validate.result import Result


@dataclass(frozen=True)
class SourceLocation:
    """Where in a source document: its symbol, the place as one cites it, and the line (from 1; None if unknown)."""

    document: str
    cite: Text
    line: int | None

    def __str__(self) -> str:
        return self.in_words()

    def in_words(self, lang: str = SOURCE_LANGUAGE) -> str:
        """`CBD/WG2020/REC/1/1, annex II, table 1, row 11, line 286`, or the same in another language."""
        return cited_in(lang, self.document, self.cite.in_first((lang,)), self.line)


@dataclass(frozen=True)
class Finding:
    """One broken rule at one thing.

    `severity` is one of SEVERITIES; `rule` the local name of the shape; `focus` the IRI of the thing and `entity` the
    thing in words; `path` the property in short form, `value` the offending value (IRI or text), both empty where the
    rule speaks of the thing as a whole; `message` says what is wrong and what to do; `place` is the place in the
    source that the thing comes from, where there is one. `value_term` is the value in N-Triples notation, `component`
    the short name of the constraint component that was broken, `file` and `file_line` where the thing
    is written down (records or data), `results` the bare results that it puts into words: two that read the same are
    one finding.
    """

    severity: str
    rule: str
    focus: str
    path: str
    value: str
    message: Text
    place: SourceLocation | None
    entity: Text = NO_TEXT
    value_term: str = ""
    component: str = ""
    file: str = ""
    file_line: int | None = None
    results: tuple[Result, ...] = field(default=(), compare=False, repr=False)

    @property
    def order(self) -> tuple[int, str, int, str, str, str, str, str, str]:
        """Grave before slight, then in the order of the sources, then by thing and rule."""
        place = self.place
        document, line = (place.document, place.line or 0) if place else ("", 0)
        return (SEVERITIES.index(self.severity), document, line, self.focus, self.rule, self.path, self.value_term,
                self.component, self.message.get(SOURCE_LANGUAGE, ""))  # fmt: skip


@dataclass(frozen=True)
class Report:
    """All findings, in order, and the severity (one of FAIL_ON) from which on they count.

    `notes` are what its reader should know of how it was made: rules handed to the reference engine, unknown terms.
    """

    findings: tuple[Finding, ...]
    fail_on: str = "violation"
    notes: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether no finding is as grave as `fail_on` or graver."""
        grave = FAIL_ON.index(self.fail_on)
        return self.fail_on == "none" or all(SEVERITIES.index(found.severity) > grave for found in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, none left out."""
        counted = Counter(found.severity for found in self.findings)
        return {severity: counted[severity] for severity in SEVERITIES}
