"""Reports for machines that build: JUnit XML, SARIF 2.1.0, and the workflow commands of GitHub Actions."""

from __future__ import annotations

import json
from hashlib import sha256
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from mandategraph import __version__
from mandategraph.messages import SOURCE_LANGUAGE, gettext
from mandategraph.validate.findings import Finding, Report
from mandategraph.validate.select import fingerprint

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://w3id.org/mandategraph"
_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_COMMANDS = {"violation": "error", "warning": "warning", "info": "notice"}
_NOT_XML = {number: "�" for number in range(32) if number not in (9, 10, 13)}


def junit(report: Report, lang: str) -> str:
    """A suite for each rule with a failure for each finding; one passing case where there is none."""
    rules = sorted({finding.rule for finding in report.findings})
    suites = [_suite(rule, [one for one in report.findings if one.rule == rule], lang) for rule in rules]
    if not suites:
        suites = ['  <testsuite name="rules" tests="1" failures="0" errors="0" skipped="0" time="0">\n'
                  '    <testcase classname="rules" name="all things keep all rules" time="0"/>\n  </testsuite>']  # fmt: skip
    count = len(report.findings)
    head = f'<testsuites name="mandategraph" tests="{count or 1}" failures="{count}" errors="0" time="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _suite(rule: str, findings: list[Finding], lang: str) -> str:
    count = len(findings)
    name = quoteattr(rule)
    lines = [f'  <testsuite name={name} tests="{count}" failures="{count}" errors="0" skipped="0" time="0">']
    for finding in findings:
        entity = _xml_attribute(finding.entity.in_first((lang,)))
        words = finding.message.in_first((lang,))
        lines += [
            f'    <testcase classname={name} name={entity} time="0">',
            f'      <failure type="{finding.severity}" message={_xml_attribute(words)}>{_xml(said(finding, lang))}</failure>',
            "    </testcase>",
        ]
    return "\n".join([*lines, "  </testsuite>"])


def _xml(text: str) -> str:
    return escape(text.translate(_NOT_XML))


def _xml_attribute(text: str) -> str:
    return quoteattr(" ".join(text.translate(_NOT_XML).split()))


def said(finding: Finding, lang: str) -> str:
    """One finding in words: thing, what is wrong and what to do, value, places."""
    parts = [f"{finding.entity.in_first((lang,))}: {finding.message.in_first((lang,))}"]
    if finding.value:
        parts.append(gettext("Found: {value}", value=finding.value)[lang])
    if finding.place:
        parts.append(gettext("At: {place}", place=finding.place.in_words(lang))[lang])
    return "\n".join(parts)


def sarif(report: Report, lang: str) -> str:
    """One run with the broken rules and a result for each finding."""
    rules = sorted({finding.rule for finding in report.findings})
    driver = {
        "name": "mandategraph",
        "version": __version__,
        "informationUri": _HOME,
        "rules": [_sarif_rule(rule, report) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, rules.index(finding.rule), lang) for finding in report.findings],
    }
    whole = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(rule: str, report: Report) -> dict[str, object]:
    first = next(finding for finding in report.findings if finding.rule == rule)
    return {
        "id": rule,
        "shortDescription": {"text": first.message.in_first((SOURCE_LANGUAGE,)) or rule},
        "defaultConfiguration": {"level": _LEVELS[first.severity]},
    }


def _sarif_result(finding: Finding, index: int, lang: str) -> dict[str, object]:
    location: dict[str, object] = {
        "logicalLocations": [{"fullyQualifiedName": finding.focus, "name": finding.entity.in_first((SOURCE_LANGUAGE,))}]
    }
    if finding.file:
        region = {"region": {"startLine": finding.file_line}} if finding.file_line else {}
        artifact = {"uri": quote(finding.file.replace("\\", "/"), safe="/:._-")}
        location["physicalLocation"] = {"artifactLocation": artifact, **region}
    digest = sha256(fingerprint(finding).encode()).hexdigest()
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": said(finding, lang)},
        "locations": [location],
        "partialFingerprints": {"finding/v1": digest},
    }


def github(report: Report, lang: str) -> str:
    """A line for each finding that GitHub shows beside the file; a notice where there is none."""
    lines = [_command(finding, lang) for finding in report.findings]
    counts = ", ".join(f"{number} {severity}" for severity, number in report.counts.items())
    return "\n".join([*lines, f"::notice title=mandategraph::{counts}"]) + "\n"


def _command(finding: Finding, lang: str) -> str:
    properties = {
        "file": finding.file,
        "line": str(finding.file_line or ""),
        "title": f"{finding.rule}: {finding.entity.in_first((lang,))}",
    }
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{_COMMANDS[finding.severity]} {given}::{_data(said(finding, lang))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
