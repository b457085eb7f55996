"""Reports to be read: Markdown and HTML, by rule and thing."""

from __future__ import annotations

from html import escape

from mandategraph.messages import TAG, gettext, joined_text, pgettext, table_in
from mandategraph.rdf import namespaces
from mandategraph.validate.findings import Finding, Report
from mandategraph.validate.notes import note_in

_WORDS = {
    "title": gettext("Findings"),
    "violation": gettext("violation"),
    "warning": gettext("warning"),
    "info": gettext("info"),
    "severity": gettext("How grave"),
    "entity": gettext("Thing"),
    "message": gettext("What is wrong and what to do"),
    "value": pgettext("validation", "Found"),
    "place": gettext("Source"),
    "file": gettext("File"),
    "rule": gettext("Rule"),
    "fine": gettext("The data conforms."),
    "bad": gettext("The data does not conform."),
    "end": gettext("."),
}
_BETWEEN = pgettext("between the parts of a place", ", ")
_COLUMNS = ("severity", "entity", "message", "value", "place", "file", "rule")


def md(report: Report, lang: str) -> str:
    """A page in Markdown with a table."""
    words = table_in(lang, _WORDS)
    lines = [f"# {words['title']}", "", _summary(report, lang), ""]
    if report.findings:
        lines += [_md_row([words[name] for name in _COLUMNS]), "|" + " --- |" * len(_COLUMNS)]
        lines += [_md_row(_cells(finding, lang)) for finding in report.findings]
    lines += [f"\n{note_in(note, lang)}{words['end']}" for note in report.notes]
    return "\n".join(lines).rstrip("\n") + "\n"


def html(report: Report, lang: str) -> str:
    """A page in HTML that needs nothing else."""
    words = table_in(lang, _WORDS)
    head = "".join(f"<th>{words[name]}</th>" for name in _COLUMNS)
    rows = "\n".join(
        f'<tr class="{finding.severity}">{"".join(f"<td>{escape(cell)}</td>" for cell in _cells(finding, lang))}</tr>'
        for finding in report.findings
    )
    notes = "".join(f"<p>{escape(note_in(note, lang))}{words['end']}</p>\n" for note in report.notes)
    table = f"<table>\n<tr>{head}</tr>\n{rows}\n</table>\n" if report.findings else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{TAG[lang]}">\n<head>\n<meta charset="utf-8">\n<title>{words["title"]}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{words['title']}</h1>\n<p>{_summary(report, lang)}</p>\n"
        f"{table}{notes}</body>\n</html>\n"
    )


_STYLE = (
    "body{font:16px/1.5 sans-serif;margin:2em}table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:.3em .6em;"
    "text-align:left;vertical-align:top}.violation td:first-child{background:#f6c6c0}.warning td:first-child"
    "{background:#f7e6b5}.info td:first-child{background:#cfe3f5}"
)


def _summary(report: Report, lang: str) -> str:
    counts = (
        gettext("{severity} {count}", severity=_WORDS[name], count=count) for name, count in report.counts.items()
    )
    told = _WORDS["fine" if report.conforms else "bad"]
    return gettext("{verdict} {counts}.", verdict=told, counts=joined_text(counts, _BETWEEN))[lang]


def _cells(finding: Finding, lang: str) -> list[str]:
    return [
        _WORDS[finding.severity][lang],
        finding.entity.in_first((lang,)),
        finding.message.in_first((lang,)),
        namespaces.compact(finding.value),
        finding.place.in_words(lang) if finding.place else "",
        f"{finding.file}:{finding.file_line}" if finding.file else "",
        finding.rule,
    ]


def _md_row(cells: list[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"
