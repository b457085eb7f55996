"""Writes a report out: text for people, JSON and CSV for programs. Always the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

from mandategraph.messages import LANGUAGES, NO_TEXT, Text, gettext, joined_text, ngettext, pgettext
from mandategraph.rdf import namespaces
from mandategraph.system.errors import UsageError
from mandategraph.validate.findings import Finding, Report
from mandategraph.validate.notes import note_in
from mandategraph.validate.options import FORMATS
from mandategraph.validate.report_ci import github, junit, sarif
from mandategraph.validate.report_pages import html, md
from mandategraph.validate.report_turtle import turtle


def _each(column: str) -> tuple[str, ...]:
    """The names of a column that there is once for each language: ``message`` in English, ``message_zh``, …"""
    return (column, *(f"{column}_{language}" for language in LANGUAGES[1:]))


_COLUMNS = (
    "severity", "rule", "focus", *_each("entity"), "path", "value", *_each("message"),
    "document", *_each("place"), "line", "file", "file_line", "component",
)  # fmt: skip


_SEVERITIES = {
    "violation": gettext("Violation"),
    "warning": gettext("Warning"),
    "info": gettext("Info"),
}
_LINE = gettext("{severity}: {entity}: {message}{found} (rule {rule}{place}{file})")
_BETWEEN = pgettext("between the parts of a place", ", ")


def render(report: Report, format: str = "text", lang: str = "en") -> str:
    """The report in one of FORMATS, ending with a line break.

    `lang` chooses the language of what is written for people; json, csv and turtle carry all.

    Raises:
        UsageError: the format is not one of FORMATS.
    """
    if format not in _WRITERS:
        raise UsageError(f"A report has no format '{format}'.", None, f"Use one of {', '.join(FORMATS)}.")
    return _WRITERS[format](report, lang)


def _text(report: Report, lang: str) -> str:
    lines = [_sentence(found, lang) for found in report.findings]
    lines += [gettext("Note: {note}.", note=note_in(note, lang))[lang] for note in report.notes]
    return "\n".join([*lines, _summary(report, lang)]) + "\n"


def _sentence(found: Finding, lang: str) -> str:
    """One line: how grave, which thing, what is wrong and what to do, what was found, the rule, the place."""
    value = _shown(found.value)
    told = {
        "severity": _SEVERITIES[found.severity],
        "entity": found.entity,
        "message": found.message,
        "found": gettext(" Found: {value}.", value=value) if value else "",
        "rule": found.rule,
        "place": gettext("; at {place}", place=found.place.in_words(lang)) if found.place else "",
        "file": gettext("; in {file}:{line}", file=found.file, line=found.file_line) if found.file else "",
    }
    return _LINE.format(**told)[lang]


def _shown(value: str) -> str:
    return " ".join(namespaces.compact(value).split())


def _summary(report: Report, lang: str) -> str:
    said = joined_text((_counted(severity, number) for severity, number in report.counts.items()), _BETWEEN)
    if report.conforms:
        return gettext("The data conforms: {counts}.", counts=said)[lang]
    return gettext("The data does not conform: {counts}.", counts=said)[lang]


def _counted(severity: str, number: int) -> Text:
    if severity == "violation":
        return ngettext("{count} violation", "{count} violations", number)
    if severity == "warning":
        return ngettext("{count} warning", "{count} warnings", number)
    return ngettext("{count} info", "{count} info", number)


def _row(found: Finding) -> dict[str, str | int | None]:
    place = found.place
    return {
        **{name: getattr(found, name) for name in ("severity", "rule", "focus", "path", "value", "component", "file")},
        "document": place.document if place else "",
        "line": place.line if place else None,
        "file_line": found.file_line,
        **_in_each("entity", found.entity),
        **_in_each("message", found.message),
        **_in_each("place", place.cite if place else NO_TEXT),
    }


def _in_each(column: str, words: Text) -> dict[str, str]:
    return {name: words.get(language, "") for name, language in zip(_each(column), LANGUAGES, strict=True)}


def _json(report: Report, lang: str) -> str:
    whole = {
        "conforms": report.conforms,
        "fail_on": report.fail_on,
        "counts": report.counts,
        **{
            name: [note_in(note, language) for note in report.notes]
            for name, language in zip(_each("notes"), LANGUAGES, strict=True)
        },
        "findings": [{name: row[name] for name in _COLUMNS} for row in map(_row, report.findings)],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _csv(report: Report, lang: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(found) for found in report.findings)
    return out.getvalue()


_WRITERS: dict[str, Callable[[Report, str], str]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "turtle": turtle,
    "html": html,
    "md": md,
    "junit": junit,
    "sarif": sarif,
    "github": github,
}
