"""The program that lays two states side by side finds what differs, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from compare_graphs import FINDINGS, LANGUAGES, QUADS, main

MG, GRAPH = "https://w3id.org/mandategraph/ontology#", "https://w3id.org/mandategraph/graph/"
OLD = f"<urn:a> <{MG}from> <urn:b> <{GRAPH}x> .\n<urn:a> <{MG}modality> <{MG}will> <{GRAPH}x> .\n"
NEW = OLD.replace(f"{MG}from", f"{MG}contributionSource").replace(
    f"{MG}will", "https://w3id.org/mandategraph/value#will"
)


def state(folder: Path, quads: str, status: str = "answered", path: str = "mg:from") -> Path:
    folder.mkdir()
    for language in LANGUAGES:
        answers = [{"id": "F01", "status": status, "rows": [{"meeting": "SBI-3"}]}]
        (folder / f"questions-{language}.json").write_text(json.dumps(answers), encoding="utf-8")
    (folder / QUADS).write_text(quads, encoding="utf-8")
    (folder / FINDINGS).write_text(json.dumps({"findings": [{"path": path}]}), encoding="utf-8")
    return folder


def test_terms_that_got_new_names_are_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(tmp_path / "before", OLD)
    after = state(tmp_path / "after", NEW, path="mg:contributionSource")
    assert main(["compare", str(before), str(after)]) == 0
    assert capsys.readouterr().out == "no differences\n"


def test_each_difference_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(tmp_path / "before", OLD)
    after = state(tmp_path / "after", NEW.replace("urn:b", "urn:c"), status="not-stated", path="mg:mode")
    assert main(["compare", str(before), str(after)]) == 1
    told = capsys.readouterr().out
    for line in (
        'questions-en.json: /F01/status: "answered" -> "not-stated"',
        'questions-zh.json: /F01/status: "answered" -> "not-stated"',
        'validate.json: /findings/0/path: "mg:contributionSource" -> "mg:mode"',
        f"graph.nq: only before: <urn:a> <{MG}contributionSource> <urn:b> <{GRAPH}x> .",
        f"graph.nq: only after: <urn:a> <{MG}contributionSource> <urn:c> <{GRAPH}x> .",
        "5 differences",
    ):
        assert line in told.splitlines()


def test_the_ontology_itself_may_be_left_out(tmp_path: Path) -> None:
    before = state(tmp_path / "before", OLD)
    more = f"{NEW}<{MG}Body> <urn:p> _:c14n0 <{GRAPH}ontology> .\n"
    after = state(tmp_path / "after", more, path="mg:contributionSource")
    assert main(["compare", str(before), str(after)]) == 1
    assert main(["compare", str(before), str(after), "--without-ontology"]) == 0


def test_what_is_missing_is_said_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(tmp_path / "none"), str(state(tmp_path / "after", NEW))]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
