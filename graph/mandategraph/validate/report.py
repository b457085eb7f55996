"""Writes a report out: text for people, JSON and CSV for programs. Always the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

from mandategraph.rdf import namespaces
from mandategraph.system.errors import UsageError
from mandategraph.validate.findings import Finding, Report
from mandategraph.validate.notes import note_in
from mandategraph.validate.options import FORMATS
from mandategraph.validate.report_ci import github, junit, sarif
from mandategraph.validate.report_pages import html, md
from mandategraph.validate.report_turtle import turtle

_SEVERITY_ZH = {"violation": "违反", "warning": "警告", "info": "提示"}
_END = {"en": ".", "zh": "。"}
_COLUMNS = (
    "severity", "rule", "focus", "entity", "entity_zh", "path", "value", "message", "message_zh",
    "document", "place", "place_zh", "line", "file", "file_line", "component",
)  # fmt: skip


def render(report: Report, format: str = "text", lang: str = "en") -> str:
    """The report in one of FORMATS, ending with a line break.

    `lang` (`en` or `zh`) chooses the language of what is written for people; json, csv and turtle carry both.

    Raises:
        UsageError: the format is not one of FORMATS.
    """
    if format not in _WRITERS:
        raise UsageError(f"A report has no format '{format}'.", None, f"Use one of {', '.join(FORMATS)}.")
    return _WRITERS[format](report, lang)


def _text(report: Report, lang: str) -> str:
    lines = [_sentence(found, lang) for found in report.findings]
    lines += [f"{'说明：' if lang == 'zh' else 'Note: '}{note_in(note, lang)}{_END[lang]}" for note in report.notes]
    return "\n".join([*lines, _summary(report, lang)]) + "\n"


def _sentence(found: Finding, lang: str) -> str:
    """One line: how grave, which thing, what is wrong and what to do, what was found, the rule, the place."""
    value = _shown(found.value)
    if lang == "zh":
        shown = f"现值：{value}。" if value else ""
        place = f"；出处：{found.place.in_words('zh')}" if found.place else ""
        place += f"；文件：{found.file}:{found.file_line}" if found.file else ""
        said = f"{_SEVERITY_ZH[found.severity]}：{found.entity_zh}：{found.message_zh}{shown}"
        return f"{said}（规则 {found.rule}{place}）"
    shown = f" Found: {value}." if value else ""
    place = f"; at {found.place.in_words()}" if found.place else ""
    place += f"; in {found.file}:{found.file_line}" if found.file else ""
    return f"{found.severity.capitalize()}: {found.entity}: {found.message}{shown} (rule {found.rule}{place})"


def _shown(value: str) -> str:
    return " ".join(namespaces.compact(value).split())


def _summary(report: Report, lang: str) -> str:
    counts = report.counts
    if lang == "zh":
        said = "，".join(f"{_SEVERITY_ZH[severity]} {number}" for severity, number in counts.items())
        return f"{'数据符合规则' if report.conforms else '数据不符合规则'}（{said}）。"
    said = ", ".join(f"{number} {_plural(severity, number)}" for severity, number in counts.items())
    return f"The data {'conforms' if report.conforms else 'does not conform'}: {said}."


def _plural(severity: str, number: int) -> str:
    return severity if number == 1 or severity == "info" else f"{severity}s"


def _row(found: Finding) -> dict[str, str | int | None]:
    place = found.place
    return {
        **{name: getattr(found, name) for name in _COLUMNS[:9]},
        "document": place.document if place else "",
        "place": place.cite if place else "",
        "place_zh": place.cite_zh if place else "",
        "line": place.line if place else None,
        "file": found.file,
        "file_line": found.file_line,
        "component": found.component,
    }


def _json(report: Report, lang: str) -> str:
    whole = {
        "conforms": report.conforms,
        "fail_on": report.fail_on,
        "counts": report.counts,
        "notes": list(report.notes),
        "notes_zh": [note_in(note, "zh") for note in report.notes],
        "findings": [_row(found) for found in report.findings],
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
