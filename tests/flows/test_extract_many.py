"""`extract` and `load`: many files at once, what is read before passed over, reviews that survive, drafts in the store."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import documents
import pyoxigraph as ox
import pytest
from mandategraph.cli import main
from mandategraph.emit.assemble import shipped_sources
from mandategraph.extract.drafts import batch
from mandategraph.extract.drafts.draft import draft_of
from mandategraph.extract.drafts.folders import drafts_in
from mandategraph.extract.drafts.review import apply_review
from mandategraph.intake.files import ReadOptions
from mandategraph.model.record_files import EXTRACTED, load
from mandategraph.pipeline.build import fill_from, replace_source
from mandategraph.pipeline.load import load_inputs
from mandategraph.read.formats.detect import render_bytes
from mandategraph.store.embedded import OxigraphStore
from mandategraph.system.errors import InputError, UsageError
from mandategraph.validate.entry import validate_store

NAMES = ("en-recommendation", "es-report", "zh-decision")


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder with three documents, one broken file, one of another kind, and a link that leads out of it."""
    folder = tmp_path / "given"
    (folder / "below").mkdir(parents=True)
    for number, name in enumerate(NAMES):
        data, file = documents.made(name)
        (folder / ("below" if number else ".") / file).write_bytes(data)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "image.png").write_bytes(b"\x89PNG")
    (folder / "link.txt").symlink_to(folder / "broken.pdf")
    return folder


def states(summary: batch.Summary) -> list[tuple[str, str]]:
    return [(one.path.name, one.state) for one in summary.outcomes]


READ = [("en-recommendation.docx", "read"), ("es-report.md", "read"), ("zh-decision.docx", "read")]


NUMBERED = {
    99: ("Ninety-ninth meeting", "第九十九次会议"),
    100: ("100th meeting", "第100次会议"),
    101: ("101st meeting", "第101次会议"),
}


def test_meetings_of_any_number_are_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = "Requests the Subsidiary Body on Implementation to report at SBI"
    paragraphs = "\n\n".join(f"{place}. {asked}-{number}." for place, number in enumerate(NUMBERED, 1))
    head = "# Decision XX/1\n\nThe Conference of the Parties\n\n"
    (tmp_path / "one.md").write_text(f"{head}{paragraphs}\n", encoding="utf-8")
    store = str(tmp_path / "store")
    assert main(["load", str(tmp_path / "one.md"), "--store", store]) == 0
    for number, (english, chinese) in NUMBERED.items():
        capsys.readouterr()
        assert main(["show", f"SBI-{number}", "--store", store]) == 0
        told = capsys.readouterr().out
        assert english in told and chinese in told


def test_many_files_one_after_another_and_in_parallel_are_the_same(given: Path, tmp_path: Path) -> None:
    seen: list[str] = []
    alone = batch.extract_files([given], tmp_path / "alone", 1, lambda outcome: seen.append(outcome.path.name))
    several = batch.extract_files([given], tmp_path / "several", 2)
    assert sorted(states(alone)) == sorted([("broken.pdf", "set-aside"), *READ])
    assert states(several) == states(alone)
    assert sorted(seen) == sorted(name for name, _ in states(alone))
    written = {
        path.relative_to(tmp_path / "alone"): path.read_bytes()
        for path in sorted((tmp_path / "alone").rglob("*"))
        if path.is_file()
    }
    for path, content in written.items():
        assert (tmp_path / "several" / path).read_bytes() == content
    (aside,) = (tmp_path / "alone" / "set-aside.tsv").read_text(encoding="utf-8").splitlines()
    assert aside.partition("\t")[0].endswith("broken.pdf")
    assert "broken PDF" in aside


def test_what_was_read_before_is_passed_over_until_it_changes(given: Path, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    batch.extract_files([given], drafts, 1)
    again = batch.extract_files([given], drafts, 1)
    assert {state for name, state in states(again) if name != "broken.pdf"} == {"known"}
    report = given / "below" / "es-report.md"
    report.write_text(report.read_text(encoding="utf-8").replace("30 de enero", "31 de enero"), encoding="utf-8")
    (given / "broken.pdf").unlink()
    third = batch.extract_files([given], drafts, 1)
    assert [one for one in states(third) if one[1] != "known"] == [("es-report.md", "read")]
    assert (drafts / "set-aside.tsv").read_text(encoding="utf-8") == ""
    assert '"date": "2027-01-31"' in (drafts / "SBSTTA-28-9" / EXTRACTED).read_text(encoding="utf-8")


def test_two_language_versions_of_one_document_have_folders_of_their_own(tmp_path: Path) -> None:
    text = "CBD/SBI/7/2\n\n{}\n\n{}\n"
    one, two = tmp_path / "en.txt", tmp_path / "fr.txt"
    one.write_text(
        text.format("Note by the Executive Secretary", "1. The text of the note is in English."), encoding="utf-8"
    )
    two.write_text(
        text.format("Note de la Secrétaire exécutive", "1. Le texte de la note est en français."), encoding="utf-8"
    )
    summary = batch.extract_files([one, two], tmp_path / "drafts", 1)
    assert [outcome.name for outcome in summary.outcomes] == ["SBI-7-2", "SBI-7-2.fr"]


def dying(path: str, known: frozenset[str]) -> object:
    """Reads as usual, but the process ends at the broken file, as when a system takes its memory away."""
    if path.endswith("broken.pdf"):
        os._exit(9)
    return batch.read_one(path, known)


def test_a_process_that_dies_takes_only_its_file_along(given: Path, tmp_path: Path) -> None:
    summary = batch.extract_files([given], tmp_path / "drafts", 2, read=dying)
    assert sorted(states(summary)) == sorted([("broken.pdf", "set-aside"), *READ])
    assert "died" in next(one.reason for one in summary.failed)


def hungry(path: str, known: frozenset[str]) -> object:
    """A reader that wants all memory for one file; the limit makes that fail, and nothing is really taken."""
    if "es-report" in path:
        return bytearray(batch._MEMORY + 1)
    return batch.read_one(path, known)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux holds a process to its address space")
def test_a_file_that_wants_all_memory_is_set_aside(given: Path, tmp_path: Path) -> None:
    summary = batch.extract_files([given], tmp_path / "drafts", 2, read=hungry)  # type: ignore[arg-type]
    failed = {one.path.name: one.reason for one in summary.failed}
    assert set(failed) == {"broken.pdf", "es-report.md"}
    assert "more memory than a document should" in failed["es-report.md"]
    assert summary.states["read"] == 2


def test_a_document_given_to_load_gives_what_extract_and_load_give(given: Path, tmp_path: Path) -> None:
    (given / "broken.pdf").unlink()
    (given / "image.png").unlink()
    direct, drafts, indirect = (str(tmp_path / name) for name in ("direct", "drafts", "indirect"))
    assert main(["load", str(given), "--store", direct]) == 0
    assert main(["extract", str(given), "-o", drafts, "--jobs", "1"]) == 0
    assert main(["load", drafts, "--store", indirect]) == 0
    kept = [
        {path.name: path.read_bytes() for path in (Path(store) / "documents").iterdir()} for store in (direct, indirect)
    ]
    assert kept[0] == kept[1]
    assert len(kept[0]) == len(NAMES)


def test_wrong_use_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="jobs"):
        batch.extract_files([tmp_path / "x.txt"], tmp_path, 1000)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no document"):
        batch.files_of([tmp_path / "empty"])
    with pytest.raises(InputError, match="holds no drafts"):
        list(drafts_in(tmp_path / "empty"))


REVIEW = """\
drop: [clauses/paragraph-5]
set:
  - {record: document, field: date, value: 2025-06-15, because: the cover says so}
  - {record: clauses/paragraph-4, field: addressees, value: ["organization:UNEP"]}
  - {record: clauses/paragraph-99, field: kind, value: operational}
add:
  clauses:
    - {id: paragraph-77, place: paragraph-1, kind: informational, verbs: [welcomes], evidence: [[paragraph-1, 17, report]]}
"""


def test_a_review_survives_and_is_applied(tmp_path: Path) -> None:
    data, file = documents.made("en-recommendation")
    (tmp_path / file).write_bytes(data)
    drafts = tmp_path / "drafts"
    batch.extract_files([tmp_path / file], drafts, 1)
    review = drafts / "SBI-REC-5-90" / "review.yml"
    assert "yours" in review.read_text(encoding="utf-8")
    review.write_text(REVIEW, encoding="utf-8")
    (drafts / "SBI-REC-5-90" / "read-from.yml").unlink()  # as if our readers had changed
    batch.extract_files([tmp_path / file], drafts, 1)
    assert review.read_text(encoding="utf-8") == REVIEW
    ((made, notices),) = drafts_in(drafts)
    clauses = {clause.id: clause for clause in made.clauses}
    assert "paragraph-5" not in clauses
    assert "paragraph-77" in clauses
    assert clauses["paragraph-4"].addressees == ("organization:UNEP",)
    assert made.document.date is not None
    assert made.document.date.isoformat() == "2025-06-15"
    assert [notice.rpartition("there is no ")[2] for notice in notices] == ["clauses/paragraph-99 any more"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("drop: 3", "drop is no list"), ("other: []", "unknown section other"), ("drop: [nothing/x]", "no section nothing"),
        ("set: [{record: document, field: colour, value: red}]", "does not know colour"), ("set: [{record: document}]", "needs field"),
        ("set: [{record: document, field: date, value: soon}]", "not a date"), ("drop: [", "not YAML"), ("- a", "a list"),
        ("add: {clauses: 3}", "list of records"), ("understood: [x]", "needs place and line"),
    ],
)  # fmt: skip
def test_a_broken_review_is_one_line(text: str, said: str, tmp_path: Path) -> None:
    data, file = documents.made("es-report")
    (tmp_path / file).write_bytes(data)
    batch.extract_files([tmp_path / file], tmp_path / "drafts", 1)
    made = load((tmp_path / "drafts" / "SBSTTA-28-9" / EXTRACTED).read_text(encoding="utf-8"), "x")
    with pytest.raises(InputError, match=said) as caught:
        apply_review(made, text, "review.yml")
    assert "\n" not in str(caught.value)


def test_the_verb_from_files_to_a_store(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The whole way: extract, load, and the drafts once more, which add nothing."""
    for name in ("en-schedule", "fr-agenda"):
        data, file = documents.made(name)
        (tmp_path / file).write_bytes(data)
    drafts, store = str(tmp_path / "drafts"), str(tmp_path / "store")
    files = [str(path) for path in sorted(tmp_path.iterdir()) if path.suffix]
    assert main(["extract", *files, "-o", drafts, "--jobs", "1"]) == 0
    out, err = capfd.readouterr()
    assert out.splitlines()[-1] == f"2 read, 0 known already, 0 set aside; in {drafts}"
    assert err == ""
    assert main(["load", drafts, "--store", store]) == 0
    assert "CBD/SBI/6/1/Add.1: " in capfd.readouterr().out
    again = load_inputs(store, [tmp_path / "drafts"], ReadOptions())
    assert [(one.added, one.removed) for one in again.sources] == [(0, 0)] * 2


def test_drafts_of_every_kind_conform() -> None:
    """All invented documents together with the shipped sources, held against the shapes: nothing is broken."""
    sources = {source.extraction.document.symbol: source for source in shipped_sources()}
    for name in documents.names():
        data, file = documents.made(name)
        replace_source(sources, draft_of(render_bytes(data, file)), name)
    store = ox.Store()
    fill_from(store, list(sources.values()))
    report = validate_store(OxigraphStore("drafts", store))
    violations = [one for one in report.findings if str(one.severity).lower() == "violation"]
    assert [f"{one.rule} {one.focus} {one.value}" for one in violations] == []


def test_a_failing_file_is_told_and_the_exit_code_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    assert main(["extract", str(tmp_path / "x.pdf"), "-o", str(tmp_path / "drafts")]) == 2
    out, err = capfd.readouterr()
    assert out == f"0 read, 0 known already, 1 set aside; in {tmp_path / 'drafts'}\n"
    (line,) = err.splitlines()
    assert "x.pdf: is a broken PDF" in line
