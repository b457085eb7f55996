"""Reports to be read: Markdown and HTML, by rule and thing."""

from __future__ import annotations

from html import escape

from mandategraph.rdf import namespaces
from mandategraph.validate.findings import Finding, Report
from mandategraph.validate.notes import note_in

_WORDS = {
    "en": {
        "title": "Findings", "violation": "violation", "warning": "warning", "info": "info", "severity": "How grave",
        "entity": "Thing", "message": "What is wrong and what to do", "value": "Found", "place": "Source",
        "file": "File", "rule": "Rule", "fine": "The data conforms.", "bad": "The data does not conform.", "end": ".",
    },
    "zh": {
        "title": "检查结果", "violation": "违反", "warning": "警告", "info": "提示", "severity": "程度", "entity": "事物",
        "message": "问题与处理", "value": "现值", "place": "出处", "file": "文件", "rule": "规则", "fine": "数据符合规则。",
        "bad": "数据不符合规则。", "end": "。",
    },
}  # fmt: skip
_COLUMNS = ("severity", "entity", "message", "value", "place", "file", "rule")


def md(report: Report, lang: str) -> str:
    """A page in Markdown with a table."""
    words = _WORDS[lang]
    lines = [f"# {words['title']}", "", _summary(report, lang), ""]
    if report.findings:
        lines += [_md_row([words[name] for name in _COLUMNS]), "|" + " --- |" * len(_COLUMNS)]
        lines += [_md_row(_cells(finding, lang)) for finding in report.findings]
    lines += [f"\n{note_in(note, lang)}{words['end']}" for note in report.notes]
    return "\n".join(lines).rstrip("\n") + "\n"


def html(report: Report, lang: str) -> str:
    """A page in HTML that needs nothing else."""
    words = _WORDS[lang]
    head = "".join(f"<th>{words[name]}</th>" for name in _COLUMNS)
    rows = "\n".join(
        f'<tr class="{finding.severity}">{"".join(f"<td>{escape(cell)}</td>" for cell in _cells(finding, lang))}</tr>'
        for finding in report.findings
    )
    notes = "".join(f"<p>{escape(note_in(note, lang))}{words['end']}</p>\n" for note in report.notes)
    table = f"<table>\n<tr>{head}</tr>\n{rows}\n</table>\n" if report.findings else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{words["title"]}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{words['title']}</h1>\n<p>{_summary(report, lang)}</p>\n"
        f"{table}{notes}</body>\n</html>\n"
    )


_STYLE = (
    "body{font:16px/1.5 sans-serif;margin:2em}table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:.3em .6em;"
    "text-align:left;vertical-align:top}.violation td:first-child{background:#f6c6c0}.warning td:first-child"
    "{background:#f7e6b5}.info td:first-child{background:#cfe3f5}"
)


def _summary(report: Report, lang: str) -> str:
    words = _WORDS[lang]
    chinese = lang == "zh"
    counts = ("，" if chinese else ", ").join(
        f"{words[severity]} {number}" for severity, number in report.counts.items()
    )
    return f"{words['fine'] if report.conforms else words['bad']}{'' if chinese else ' '}{counts}{'。' if chinese else '.'}"


def _cells(finding: Finding, lang: str) -> list[str]:
    chinese = lang == "zh"
    return [
        _WORDS[lang][finding.severity],
        finding.entity_zh if chinese else finding.entity,
        finding.message_zh if chinese else finding.message,
        namespaces.compact(finding.value),
        finding.place.in_words(lang) if finding.place else "",
        f"{finding.file}:{finding.file_line}" if finding.file else "",
        finding.rule,
    ]


def _md_row(cells: list[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"
