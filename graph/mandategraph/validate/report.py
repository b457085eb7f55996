"""Writes a report out: text for people, JSON and CSV for programs, Turtle for SHACL tools. Always the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

from mandategraph import namespaces
from mandategraph.errors import UsageError
from mandategraph.validate.findings import Finding, Report

_SH = "http://www.w3.org/ns/shacl#"
_SHAPES = "https://w3id.org/mandategraph/shapes#"
_SEVERITY_ZH = {"violation": "违反", "warning": "警告", "info": "提示"}
_COLUMNS = (
    "severity", "rule", "focus", "entity", "entity_zh", "path", "value", "message", "message_zh",
    "document", "place", "place_zh", "line",
)  # fmt: skip


def render(report: Report, format: str = "text", lang: str = "en") -> str:
    """The report in one of FORMATS, ending with a line break.

    `lang` (`en` or `zh`) chooses the language of `text`; the other formats carry both.

    Raises:
        UsageError: the format is not one of FORMATS.
    """
    if format not in _WRITERS:
        raise UsageError(f"A report has no format '{format}'.", None, f"Use one of {', '.join(FORMATS)}.")
    return _WRITERS[format](report, lang)


def _text(report: Report, lang: str) -> str:
    lines = [_sentence(found, lang) for found in report.findings]
    return "\n".join([*lines, _summary(report, lang)]) + "\n"


def _sentence(found: Finding, lang: str) -> str:
    """One line: how grave, which thing, what is wrong and what to do, what was found, the rule, the place."""
    value = _shown(found.value)
    if lang == "zh":
        shown = f"现值：{value}。" if value else ""
        place = f"；出处：{found.place.in_words('zh')}" if found.place else ""
        said = f"{_SEVERITY_ZH[found.severity]}：{found.entity_zh}：{found.message_zh}{shown}"
        return f"{said}（规则 {found.rule}{place}）"
    shown = f" Found: {value}." if value else ""
    place = f"; at {found.place.in_words()}" if found.place else ""
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
    }


def _json(report: Report, lang: str) -> str:
    whole = {
        "conforms": report.conforms,
        "fail_on": report.fail_on,
        "counts": report.counts,
        "findings": [_row(found) for found in report.findings],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _csv(report: Report, lang: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(found) for found in report.findings)
    return out.getvalue()


def _turtle(report: Report, lang: str) -> str:
    """A SHACL validation report. Results are blank nodes, as the standard has them, in the order of the report."""
    head = [f"@prefix sh: <{_SH}> .", f"@prefix shape: <{_SHAPES}> .", ""]
    body = ["[] a sh:ValidationReport ;", f"    sh:conforms {'false' if report.findings else 'true'}"]
    for found in report.findings:
        body[-1] += " ;"
        body += ["    sh:result [", *_result(found), "    ]"]
    body[-1] += " ."
    return "\n".join([*head, *body]) + "\n"


def _result(found: Finding) -> list[str]:
    focus = "[]" if found.focus == "_:" else f"<{found.focus}>"
    path = _full(found.path)
    rows = [
        "a sh:ValidationResult",
        f"sh:focusNode {focus}",
        f"sh:resultPath {path}" if path else "",
        f"sh:value {found.value_term}" if found.value_term else "",
        f"sh:sourceShape shape:{found.rule}",
        f"sh:resultSeverity sh:{found.severity.capitalize()}",
        f"sh:resultMessage {_quoted(found.message)}@en , {_quoted(found.message_zh)}@zh",
    ]
    return [f"        {row} ;" for row in rows if row]


def _full(path: str) -> str:
    """A path of one property as an IRI; the report leaves longer ones to the shape, which is named."""
    return f"<{namespaces.expand(path)}>" if path and "/" not in path and not path.startswith("^") else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_WRITERS: dict[str, Callable[[Report, str], str]] = {"text": _text, "json": _json, "csv": _csv, "turtle": _turtle}

FORMATS = tuple(_WRITERS)
"""The formats that `render` writes."""
