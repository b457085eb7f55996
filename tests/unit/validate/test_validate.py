"""Validation as a whole: what is found, how it is worded, where it comes from; the same on every run."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from mandategraph.messages import Text
from mandategraph.system.errors import InputError, UsageError
from mandategraph.validate import FORMATS, Finding, Report, SourceLocation, render, validate
from rdflib import RDF, SH, Graph
from rule_examples import nquads, two_faults


def test_a_sound_graph_conforms() -> None:
    report = validate(nquads())
    assert report.conforms
    assert report.findings == ()


def test_a_finding_names_the_thing_the_rule_and_the_place() -> None:
    report = validate(nquads("ContributionDestination/invalid-named-but-nobody.ttl"))
    (found,) = report.findings
    assert found.severity == "violation"
    assert found.rule == "ContributionDestination"
    assert found.focus == "https://w3id.org/mandategraph/id/contribution/x"
    assert found.entity["en"] == "contribution x"
    assert found.entity["zh"] == "投入 x"
    assert found.place == SourceLocation(
        "CBD/WG2020/REC/1/1", Text(en="annex II, table 1, row 11, cell 3", zh="附件二表1第11行第3格"), 286
    )
    assert str(found.place) == "CBD/WG2020/REC/1/1, annex II, table 1, row 11, cell 3, line 286"
    assert not report.conforms


def test_a_finding_on_one_property_has_its_path_and_value() -> None:
    (found,) = validate(nquads("Contribution/invalid-modality-misspelt.ttl")).findings
    assert (found.path, found.value) == ("mg:modality", "https://w3id.org/mandategraph/ontology#shall")


@pytest.mark.parametrize(
    ("example", "line"),
    [
        ("Evidence/invalid-quote-of-60.ttl", 286),
        ("Provision/invalid-no-citation.ttl", 290),
        ("Erratum/invalid-meant-as-written.ttl", 286),
        ("Repair/invalid-unknown-kind.ttl", 286),
    ],
)
def test_evidence_provisions_and_judgements_have_their_line(example: str, line: int) -> None:
    (found,) = validate(nquads(example)).findings
    assert found.place is not None
    assert (found.place.document, found.place.line) == ("CBD/WG2020/REC/1/1", line)


def test_a_thing_of_the_register_is_placed_where_it_is_first_spoken_of() -> None:
    data = nquads().replace(b'"SBI-3"', b'"SBI (3)"')
    (found,) = validate(data).findings
    assert found.rule == "entity-code"
    assert found.entity["en"] == "meeting SBI-3 (example)"
    assert found.place is not None
    assert found.place.line == 286


def test_a_path_of_several_steps_is_readable() -> None:
    (found,) = validate(nquads("Provision/invalid-evidence-after-end.ttl")).findings
    assert found.path == "^mg:atProvision/mg:lineNumber"
    assert found.value == "296"


def test_typed_and_plain_strings_are_the_same() -> None:
    """rdflib keeps "x" and "x"^^xsd:string apart, RDF 1.1 does not; every sh:in on strings would fail."""
    typed = nquads().replace(b'column> "element"', b'column> "element"^^<http://www.w3.org/2001/XMLSchema#string>')
    assert b'"element"^^' in typed
    assert validate(typed).findings == ()


@pytest.mark.parametrize(
    ("fail_on", "with_warning", "with_violation"),
    [("violation", True, False), ("warning", False, False), ("info", False, False), ("none", True, True)],
)
def test_fail_on(fail_on: str, with_warning: bool, with_violation: bool) -> None:
    warning = validate(nquads("Element/invalid-no-scheme.ttl"), fail_on)
    violation = validate(nquads("MandateAuthority/invalid-empty-cell.ttl"), fail_on)
    assert (warning.counts["warning"], violation.counts["violation"]) == (1, 1)
    assert (warning.conforms, violation.conforms) == (with_warning, with_violation)


def test_wrong_usage_and_unreadable_data() -> None:
    with pytest.raises(UsageError, match="violation, warning, info, none"):
        validate(b"", fail_on="everything")
    with pytest.raises(UsageError, match="text, json, csv, turtle"):
        render(Report(()), "pdf")
    for bad in (b"this is no quad\n", b"\xff\xfe\x00", b"<a> <b> .\n"):
        with pytest.raises(InputError, match="not N-Quads"):
            validate(bad)


def test_nothing_at_all_conforms() -> None:
    assert validate(b"").conforms


def test_text_is_one_sentence_a_finding() -> None:
    first, second, summary = render(two_faults()).splitlines()
    assert first.startswith("Violation: mandate x: ")
    assert first.endswith("(rule MandateAuthority; at CBD/WG2020/REC/1/1, annex II, table 1, row 11, cell 3, line 286)")
    assert second.startswith("Warning: element x (example): ")
    assert summary == "The data does not conform: 1 violation, 1 warning, 0 info."


def test_text_in_chinese() -> None:
    first, _, summary = render(two_faults(), lang="zh").splitlines()
    assert first.startswith("违反：任务授权 x：")
    assert "附件二表1第11行第3格，第286行" in first
    assert summary == "数据不符合规则（违反 1，警告 1，提示 0）。"


def test_json_and_csv_carry_the_same_rows() -> None:
    report = two_faults()
    whole = json.loads(render(report, "json"))
    assert (whole["conforms"], whole["fail_on"], whole["counts"]["violation"]) == (False, "violation", 1)
    rows = list(csv.DictReader(io.StringIO(render(report, "csv"))))
    as_text = [{key: "" if value is None else str(value) for key, value in row.items()} for row in whole["findings"]]
    assert rows == as_text
    assert rows[0]["line"] == "286"


def test_turtle_is_a_shacl_report() -> None:
    graph = Graph().parse(data=render(two_faults(), "turtle"), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert len(list(graph.objects(report, SH.result))) == 2
    assert {str(shape).rpartition("#")[2] for shape in graph.objects(None, SH.sourceShape)} == {
        "MandateAuthority",
        "element-scheme",
    }


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_takes_every_example(format: str) -> None:
    found = Finding(
        "info",
        "rule",
        "_:",
        "",
        'a "quoted"\nvalue',
        Text(en="Say so.", zh="请说明。"),
        None,
        Text(en="it", zh="其"),
        value_term='"x"',
    )
    written = render(Report((found,)), format)
    assert written.endswith("\n")
    assert render(Report(()), format)


def test_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    data = tmp_path / "data.nq"
    blank = "Named/invalid-blank-node.ttl"
    data.write_bytes(nquads(blank, "Entity/invalid-two-english-labels.ttl", "Evidence/invalid-nowhere.ttl"))
    code = (
        "import sys; from pathlib import Path; from mandategraph.validate import FORMATS, render, validate;"
        "report = validate(Path(sys.argv[1]).read_bytes());"
        "sys.stdout.buffer.write(''.join(render(report, name) for name in FORMATS).encode())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(data)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert b"without an IRI" in runs.pop()


def test_importing_the_room_loads_no_rdf_library() -> None:
    code = "import sys, mandategraph.validate; print(sorted({'rdflib', 'pyshacl'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
