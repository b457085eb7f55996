"""Findings that people and machines can act on: formats, places, baselines, and the command line's verb."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from foreign_data import DATA, SHAPES
from mandategraph.cli import main
from mandategraph.messages import Text
from mandategraph.store.base import iri
from mandategraph.store.dialect import VIRTUOSO
from mandategraph.system.errors import InputError, UsageError
from mandategraph.validate import FORMATS, Report, render, validate, validate_files
from mandategraph.validate.entry import packaged_shapes
from mandategraph.validate.findings import Finding
from mandategraph.validate.locate import DataFiles, Records
from mandategraph.validate.notes import note_in
from mandategraph.validate.select import new, only
from rdflib import RDF, SH, Graph
from rule_examples import nquads, two_faults


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(DATA, encoding="utf-8")
    shapes.write_text(SHAPES, encoding="utf-8")
    return data, shapes


def run(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mandategraph", "validate", *map(str, args)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_any_data_with_any_shapes_names_the_line(files: tuple[Path, Path]) -> None:
    report = validate_files([files[0]], [files[1]])
    assert [(one.focus, one.file_line, one.component) for one in report.findings] == [
        ("http://example.org/bob", 6, "MinCountConstraintComponent"),
        ("http://example.org/cec", 7, "MaxLengthConstraintComponent"),
    ]
    assert {one.rule for one in report.findings} == {"Person/name"}
    assert all(one.message["en"] and one.message["zh"] for one in report.findings)


def test_lines_of_records() -> None:
    records = Records()
    found = records.find(iri("https://w3id.org/mandategraph/id/mandate/CBD/WG2020/REC/1/1/annex-2.table-1.row-11"))
    assert found is not None
    assert found[0].endswith("wg2020-rec-1-1/extracted.json")
    assert records.find(iri("http://example.org/a")) is None


def test_lines_of_data(files: tuple[Path, Path]) -> None:
    found = DataFiles([files[0]])
    assert found.find(iri("http://example.org/ann")) == (str(files[0]), 3)
    assert found.find(iri("http://example.org/nobody")) is None


def test_sarif_names_rule_line_and_fingerprint(files: tuple[Path, Path]) -> None:
    whole = json.loads(render(validate_files([files[0]], [files[1]]), "sarif"))
    (one,) = whole["runs"]
    assert whole["version"] == "2.1.0"
    rules = one["tool"]["driver"]["rules"]
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert re.fullmatch(r"[\w/:.%~-]+", place["artifactLocation"]["uri"])
    prints = [result["partialFingerprints"]["finding/v1"] for result in one["results"]]
    assert len(set(prints)) == len(prints) == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_junit_counts_add_up(lang: str) -> None:
    suites = ET.fromstring(render(two_faults(), "junit", lang))
    assert suites.tag == "testsuites"
    assert int(suites.attrib["failures"]) == len(suites.findall(".//failure")) == 2
    for suite in suites:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase")) == int(suite.attrib["failures"])
    sound = ET.fromstring(render(validate(nquads()), "junit", lang))
    assert (sound.attrib["failures"], len(sound.findall(".//testcase"))) == ("0", 1)


def test_github_commands_are_one_line_each() -> None:
    lines = render(two_faults(), "github").splitlines()
    assert len(lines) == 3
    assert re.match(r"::error title=[^:,{]+(%3A|%2C|[^:,{])*::.+%0A", lines[0])
    assert lines[1].startswith("::warning ")
    faults = two_faults()
    title = f"{faults.findings[0].rule}: {faults.findings[0].entity['zh']}".replace(":", "%3A").replace(",", "%2C")
    assert f"title={title}::" in render(faults, "github", "zh")


def test_a_finding_without_words_is_written_in_every_format() -> None:
    bare = Report((Finding("violation", "R", "urn:a", "p", "v", Text(), None),))
    for form in FORMATS:
        assert "R" in render(bare, form) or form == "turtle"


def test_html_escapes_and_speaks_both_languages() -> None:
    page = render(two_faults(), "html", "zh")
    ET.fromstring(page.replace("<!DOCTYPE html>", "").replace('<meta charset="utf-8">', ""))
    assert "数据不符合规则" in page
    assert "The data does not conform" in render(two_faults(), "md")


def test_turtle_is_a_whole_report(files: tuple[Path, Path]) -> None:
    graph = Graph().parse(data=render(validate_files([files[0]], [files[1]]), "turtle"), format="turtle")
    for result in graph.subjects(RDF.type, SH.ValidationResult):
        for name in (SH.focusNode, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent, SH.resultPath):
            assert len(list(graph.objects(result, name))) == 1
    assert len(list(graph.objects(None, SH.value))) == 1


def test_only_and_skip() -> None:
    report, known = two_faults(), {"MandateAuthority", "element-scheme"}
    assert {one.rule for one in only(report, ["element-scheme"], [], known).findings} == {"element-scheme"}
    assert {one.rule for one in only(report, [], ["element-scheme"], known).findings} == {"MandateAuthority"}
    with pytest.raises(UsageError, match="element-scheme"):
        only(report, ["element-shceme"], [], known)


def test_a_baseline_excuses_what_was_there(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(render(validate(nquads("Element/invalid-no-scheme.ttl")), "json"), encoding="utf-8")
    report = new(two_faults(), old)
    assert [one.rule for one in report.findings] == ["MandateAuthority"]
    assert report.notes == ("1 known from the baseline left out",)
    old.write_text("[]", encoding="utf-8")
    for bad in (old, tmp_path / "missing.json"):
        with pytest.raises(InputError, match="baseline|no report"):
            new(report, bad)


def test_the_verb(files: tuple[Path, Path], tmp_path: Path) -> None:
    data, shapes = files
    done = run(data, "--shapes", shapes)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"{data}:6" in done.stdout
    assert run(data, "--shapes", shapes, "--fail-on", "none").returncode == 0
    assert run(data, "--shapes", shapes, "--engine", "pyshacl").stdout == done.stdout
    baseline = tmp_path / "old.json"
    assert run(data, "--shapes", shapes, "--format", "json", "--output", baseline).returncode == 1
    assert run(data, "--shapes", shapes, "--baseline", baseline).returncode == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["missing.ttl"], "missing.ttl"),
        (["{pdf}"], "ending"),
        ([os.devnull], "ending"),  # there, and no file
        (["missing"], "missing: the file cannot be read"),
        (["{data}", "--shapes", "{data}"], "no shapes"),
        (["{bad}"], "bad.ttl, line"),
        (["{data}", "--shapes", "{shapes}", "--only", "Persno"], "Person"),
        (["{data}", "--engine", "magic"], "compiled"),
    ],
)
def test_wrong_use_is_one_line(files: tuple[Path, Path], tmp_path: Path, args: list[str], said: str) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix ex: <http://example.org/> .\nex:a ex:b\n", encoding="utf-8")
    pdf = tmp_path / "data.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    done = run(*(arg.format(data=files[0], shapes=files[1], bad=bad, pdf=pdf) for arg in args))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_of_a_sound_graph(format: str) -> None:
    assert render(validate(nquads()), format)


def test_packaged_rules_are_all_known() -> None:
    from mandategraph.validate.command import rule_names

    assert {"FeedRunsForward", "contribution-source"} <= rule_names(packaged_shapes())


def test_a_misspelt_term_of_shacl_is_unreadable_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(DATA, encoding="utf-8")
    shapes.write_text(SHAPES.replace("sh:minCount", "sh:minCuont"), encoding="utf-8")
    assert main(["validate", str(data), "--shapes", str(shapes)]) == 2
    line = next(number for number, text in enumerate(SHAPES.splitlines(), 1) if "sh:minCount" in text)
    told = capsys.readouterr()
    assert told.err == (
        f"mandategraph: {shapes}, line {line}: sh:minCuont is no property of SHACL. Write sh:minCount, or take it out.\n"
    )
    assert not told.out


@pytest.mark.parametrize(
    ("note", "chinese"),
    [
        ("3 known from the baseline left out", "略去基线中已有的 3 项"),
        ("handed to pySHACL: a shape without a name: it uses sh:js", "交由 pySHACL 检查：无名的形状：使用了 sh:js"),
        ("run on a copy of the data: R: Virtuoso errs on paths of any length",
         "在数据副本上检查：R：Virtuoso 不能正确处理任意长度的路径"),
    ],
)  # fmt: skip
def test_notes_are_in_the_language_of_the_report(note: str, chinese: str) -> None:
    report = Report((), notes=(note,))
    assert f"说明：{chinese}。\n" in render(report, "text", "zh")
    assert f"{chinese}。" in render(report, "md", "zh") and f"<p>{chinese}。</p>" in render(report, "html", "zh")
    assert f"Note: {note}.\n" in render(report, "text")


def test_every_doubt_of_an_engine_has_its_chinese() -> None:
    doubts = [VIRTUOSO.doubt(query) for query in ("VALUES ?this {", "isLiteral(<", "sameTerm(?v, <", "?a < ?b", "<p>+")]
    assert all(doubts) and len(set(doubts)) == 5
    assert all("errs" not in note_in(doubt, "zh") and note_in(doubt, "zh").isprintable() for doubt in doubts)
    assert not VIRTUOSO.doubt("SELECT ?this WHERE { ?this a <urn:c> . FILTER(!(EXISTS { ?this <urn:p> ?v . })) }")
