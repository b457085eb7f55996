"""Published records as read: every field accounted for, dates no more precise than typed, every fact with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from mandategraph.intake.builder import Builder, beside_paragraphs
from mandategraph.intake.files import ReadOptions
from mandategraph.intake.kinds import chosen, kinds
from mandategraph.intake.mapping import read_mapping
from mandategraph.intake.merge import merged
from mandategraph.intake.register_index import Known
from mandategraph.intake.release import MAKERS
from mandategraph.intake.slots import Audit
from mandategraph.intake.times import Stretch, span_of, stretch, told
from mandategraph.model.record_files import dump, load
from mandategraph.model.records import When
from mandategraph.model.register import shipped_register
from mandategraph.system.errors import InputError
from mandategraph.system.resources import records_root
from records import OWN, REAL, sample, took

D = date
TIMELINE = "timeline-2019-03-26.csv"


@pytest.mark.parametrize(
    ("first", "last", "when"),
    [
        ("19-Jul-24", "28-Feb-26", When("fixed", "day", D(2024, 7, 19), D(2026, 2, 28), D(2024, 7, 19), D(2026, 2, 28))),
        ("Before Q1  2026", "Q1 2026", When("fixed", "bounded", latest=D(2026, 3, 31))),
        ("Q3 2025", "Q3 2025", When("fixed", "quarter", earliest=D(2025, 7, 1), latest=D(2025, 9, 30))),
        ("Mar-25", "Mar-25", When("fixed", "month", earliest=D(2025, 3, 1), latest=D(2025, 3, 31))),
        ("Mar-25", "24-Mar-25", When("fixed", "bounded", earliest=D(2025, 3, 1), latest=D(2025, 3, 24))),
        ("12-Mar-25", "Ongoing", When("fixed", "open-ended", earliest=D(2025, 3, 12))),
        ("17-Mar-2025", "", When("fixed", "open-ended", earliest=D(2025, 3, 17))),
        ("", "28-Feb-26", When("fixed", "bounded", latest=D(2026, 2, 28))),
        ("TBC", "TBC", When("to-be-confirmed", "none")),
        ("TBD", "", When("to-be-determined", "none")),
        ("Q3 2025 (TBC)", "", When("to-be-confirmed", "quarter", earliest=D(2025, 7, 1), latest=D(2025, 9, 30))),
        ("/Date(1399388400000)/", "2014-05-06", When("fixed", "day", *[D(2014, 5, 6)] * 4)),
        ("2020年".replace("年", ""), "", When("fixed", "bounded", earliest=D(2020, 1, 1), latest=D(2020, 12, 31))),
    ],
)  # fmt: skip
def test_two_cells_say_no_more_than_they_say(first: str, last: str, when: When) -> None:
    one, other = stretch(first, "day-first"), stretch(last, "day-first")
    assert one is not None and other is not None
    assert told(one, other).when == when


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("17-21 March 2025", D(2025, 3, 17), D(2025, 3, 21)),
        ("30 June - 2 July 2025", D(2025, 6, 30), D(2025, 7, 2)),
        ("1/2/2020 - 3/2/2020", D(2020, 2, 1), D(2020, 2, 3)),
        ("Mar-Apr 2025", D(2025, 3, 1), D(2025, 4, 30)),
        ("March 5, 2024", D(2024, 3, 5), D(2024, 3, 5)),
    ],
)
def test_one_cell_may_hold_a_range(text: str, first: date, last: date) -> None:
    ends = span_of(text, "day-first")
    assert ends is not None and (ends[0].earliest, ends[1].latest) == (first, last)


def test_what_may_be_read_two_ways_is_not_read() -> None:
    assert stretch("06/05/2020") is None
    assert stretch("06/05/2020", "day-first") == Stretch("day", D(2020, 5, 6), D(2020, 5, 6))
    assert stretch("06/05/2020", "month-first") == Stretch("day", D(2020, 6, 5), D(2020, 6, 5))
    assert stretch("some time in spring") is None


def test_what_cannot_be_right_is_kept_as_written_and_flagged() -> None:
    found = took(OWN / TIMELINE)["post-2020-timeline"].extraction
    assert [(flag.place, flag.as_written, flag.reason_en) for flag in found.flags] == [
        ("record-5", "31/02/2020 – 31/02/2020", "a day that is not in the calendar"),
        ("record-6", "05/06/2020 – 04/06/2020", "the end lies before the beginning"),
    ]
    impossible = {one.id: one for one in found.schedules}["record-5"]
    assert impossible.when == When("to-be-confirmed", "none") and "31/02/2020" in impossible.as_written


def test_days_that_stand_in_for_a_month_are_a_month() -> None:
    found = took(OWN / TIMELINE)["post-2020-timeline"].extraction
    plans = {one.id: one for one in found.schedules}
    assert plans["record-2"].when == When("to-be-confirmed", "month", earliest=D(2019, 11, 1), latest=D(2019, 11, 30))
    assert plans["record-2"].place_status == "to-be-determined"


def test_every_statement_names_file_record_line_and_field() -> None:
    found = took(OWN / TIMELINE)["post-2020-timeline"].extraction
    (part,) = [one for one in found.parts if one.path == "record-1"]
    assert (part.cite, part.first, part.number) == (f"{TIMELINE}, record 1", 2, "1")
    proof = {one.field: one for one in found.schedules[0].evidence}
    assert proof["Start date"].quote == "18/05/2020" and proof["Start date"].line == 2


def test_what_lies_before_the_release_is_held_only_by_a_rule_that_says_so(tmp_path: Path) -> None:
    found = took(OWN / TIMELINE)["post-2020-timeline"].extraction
    phases = {one.id: (one.phase, one.basis) for one in found.schedules}
    assert phases["record-7"] == ("held", "derived")
    assert phases["record-1"] == ("planned", "explicit")
    (tmp_path / "undated.csv").write_bytes((OWN / TIMELINE).read_bytes())
    undated = took(tmp_path / "undated.csv")["post-2020-timeline"].extraction
    assert {one.phase for one in undated.schedules} == {"planned"}


def test_one_answer_may_hold_records_of_several_kinds() -> None:
    found = took(OWN / "index.json")
    assert set(found) == {"cbd-index-meetings", "cbd-index-decisions", "cbd-index-notifications"}
    remarks = [remark for one in found.values() for remark in one.audit.remarks]
    assert any("is of no kind" in remark and remark.startswith("line ") for remark in remarks)


def test_a_field_that_nobody_mapped_is_reported_with_its_line() -> None:
    meetings = took(OWN / "index.json")["cbd-index-meetings"]
    assert meetings.audit.unknown == {"brandNew_s": (1, 10)}
    assert [one.field for one in meetings.extraction.not_understood] == ["brandNew_s"]


def test_titles_are_names_only_in_the_language_that_they_are_in() -> None:
    found = took(OWN / "index.json")["cbd-index-meetings"].extraction
    titles = {(name.language, name.spelling) for name in found.names if name.kind == "official"}
    assert titles == {
        ("en", "Seventh meeting of the Subsidiary Body on Implementation"), ("zh", "执行问题附属机构第七次会议"),
    }  # fmt: skip


def test_the_calendar_cites_decisions_and_paragraphs_however_written() -> None:
    found = took(OWN / "calendar.json")["cbd-calendar"].extraction
    assert [one.decision for one in found.mandates] == ["document:CBD/COP/DEC/15/6", "document:CBD/CP/MOP/DEC/11/7"]
    cited = {one.cited for one in found.citations if one.cited.startswith("part:")}
    assert cited == {"part:CBD/COP/DEC/15/6/paragraph-24.e", "part:CBD/COP/DEC/15/6/section-c.paragraph-2"}
    kinds_of = {one.meeting.rpartition(".")[2]: one.type for one in found.classifications}
    assert kinds_of == {"record-ACT-1": "submission-call", "record-ACT-2": "forum"}
    assert {one.participant for one in found.participations} == {
        "body:SBSTTA", "body:SBI", "body:CP-MOP", "group:PARTIES"
    }  # fmt: skip


def test_a_number_that_json_cut_short_is_taken_from_the_code() -> None:
    """21.10, the tenth item of paragraph 21, is written 21.1 as a number of JSON."""
    (one,) = took(OWN / "tree.json").values()
    (coding,) = one.extraction.codings
    assert coding.paragraph == "part:CBD/COP/DEC/IX/1/paragraph-21.j"
    assert (coding.kind, coding.statuses, coding.follow_up) == (
        "operational",
        ("active", "elapsed"),
        ("document:ntf-2008-021",),
    )
    assert one.audit.remarks == [
        "line 5: it is not told which paragraph of which decision this is: nothing was made of this record"
    ]


def test_atom_and_json_of_a_service_say_the_same() -> None:
    (by_json,), (by_atom,) = took(OWN / "informea.json").values(), took(OWN / "informea.xml").values()
    assert by_json.handle == by_atom.handle == "informea-decisions.stockholm"
    for one, other in ((by_json.extraction, by_atom.extraction), (by_atom.extraction, by_json.extraction)):
        assert one.things == other.things
        assert [(n.spelling, n.kind) for n in one.names] == [(n.spelling, n.kind) for n in other.names]
        assert [p.on for p in one.publications] == [p.on for p in other.publications] == [D(2008, 3, 23)]


def test_a_table_is_read_by_a_mapping_that_a_user_writes(tmp_path: Path) -> None:
    from openpyxl import Workbook

    heads = ["No", "Event", "Code", "When", "Where", "State", "Topic", "Decision", "Paragraph", "Remarks", "Extra"]
    row = [
        "1",
        "A workshop",
        "SBI-3",
        "17-21 March 2025",
        "Nairobi",
        "sure",
        "Finance",
        "14/22",
        "Para 3",
        "hm",
        "what is this",
    ]
    csv = tmp_path / "events.csv"
    csv.write_text(",".join(heads) + "\n" + ",".join(row) + "\n", encoding="utf-8")
    book = Workbook()
    for cells in (heads, row):
        book.active.append(cells)
    book.save(tmp_path / "events.xlsx")
    example = str(records_root() / "kinds" / "example.yml")
    (by_csv,), (by_xlsx,) = (
        took(tmp_path / name, ReadOptions(chosen(example))).values() for name in ("events.csv", "events.xlsx")
    )
    assert by_csv.extraction.schedules[0].when.start == D(2025, 3, 17)
    assert by_csv.extraction.schedules == by_xlsx.extraction.schedules
    assert set(by_csv.audit.unknown) == set(by_xlsx.audit.unknown) == {"Extra"}
    assert by_csv.audit.left_out["Remarks"].startswith("our own words")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("makes: meeting\nfields:\n  A: title\n  B: titel\n", 4, "B"),
        ("makes: meting\nfields: {A: title}\n", 1, "makes"),
        ("makes: meeting\nfields: {A: title}\nleft-out:\n  - {fields: [B]}\n", 4, "because"),
        ("makes: meeting\nfields: {A: title}\nfeilds: {}\n", 1, "feilds"),
        ("makes: meeting\nfields:\n  A: title\nleft-out:\n  - {fields: [A], because: no use at all}\n", 3, "both"),
        ("makes: meeting\nfields: {A: title\n", 3, "YAML"),
        ("makes: meeting\nfields: {A: title}\ncodes-in-titles: [{match: '(', code: x}]\n", 3, "match"),
        ("- makes\n", 1, "object"),
    ],
)
def test_a_mistake_in_a_mapping_is_told_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as error:
        read_mapping(text, "my.yml")
    assert f"line {line}" in str(error.value) and words in str(error.value)


def test_the_schema_and_the_code_know_the_same_makers() -> None:
    import json

    schema = json.loads((records_root() / "kinds" / "mapping.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]["makes"]["enum"]) == set(MAKERS)


def test_pages_in_any_order_and_twice_give_one_source() -> None:
    whole = took(OWN / "calendar.json")["cbd-calendar"].extraction
    first, second = (_only(whole, place) for place in ("record-ACT-1", "record-ACT-2"))
    there, _ = merged(first, second, whole=False)
    back, _ = merged(second, first, whole=False)
    again, stale = merged(there, whole, whole=False)
    assert dump(there) == dump(back) == dump(again) and stale == 0
    assert load(dump(there), "x") == there


def _only(whole, place):  # type: ignore[no-untyped-def]
    from dataclasses import fields, replace

    from mandategraph.intake.merge import _record

    parts = {item.name: tuple(one for one in getattr(whole, item.name) if _record(one) == place)
             for item in fields(whole) if item.name not in ("document", "things", "cited_parts")}  # fmt: skip
    return merged(None, replace(whole, **parts), whole=True)[0]


def test_a_newer_release_replaces_an_older_one_and_never_the_other_way() -> None:
    old = took(OWN / TIMELINE, ReadOptions(released=D(2019, 1, 1)))["post-2020-timeline"].extraction
    new = took(OWN / TIMELINE, ReadOptions(released=D(2019, 3, 26)))["post-2020-timeline"].extraction
    assert merged(old, new, whole=True)[0].document.date == D(2019, 3, 26)
    kept, stale = merged(new, old, whole=True)
    assert kept is new and stale == 7


@pytest.mark.parametrize("name", REAL)
def test_every_field_of_every_real_record_is_accounted_for(name: str) -> None:
    for one in took(sample(name)).values():
        assert one.audit.unknown == {}
        assert all(len(proof.quote) < 60 for proof in one.extraction.not_understood)


def test_the_real_tree_is_coded_but_for_the_node_without_a_number() -> None:
    (one,) = took(sample("cbd-decision-tree/cop-9-decisions-1-4.json")).values()
    assert len(one.extraction.parts) == 125 and len(one.extraction.codings) == 124
    assert [proof.quote for proof in one.extraction.not_understood] == ["CBD/COP/09/04.xx"]


def test_all_kinds_are_whole_and_told_apart() -> None:
    assert list(kinds()) == sorted(kinds()) and len(kinds()) >= 8
    assert all(kind.details["publisher"] and kind.details["licence"] for kind in kinds().values())


def test_an_installed_package_brings_a_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mandategraph.intake import kinds as module

    folder = tmp_path / "some_package" / "theirs"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder.parent / "__init__.py").touch()
    (folder / "source.yml").write_text("handle: theirs\ntitle: Theirs\n", encoding="utf-8")
    (folder / "mapping.yml").write_text(
        "makes: meeting\nrecognise: [{fields: [Their title]}]\nfields: {Their title: title}\n", encoding="utf-8"
    )
    info = tmp_path / "some_package-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: some-package\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[mandategraph.sources]\ntheirs = some_package.theirs\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    module._kinds.cache_clear()
    try:
        (tmp_path / "a.json").write_text('[{"Their title": "Something"}]', encoding="utf-8")
        assert took(tmp_path / "a.json")["theirs"].records == 1
    finally:
        module._kinds.cache_clear()


@pytest.mark.parametrize(
    ("words", "bounds"),
    [("mid-2026", "2026-01-01 2026-12-31"), ("early March 2026", "2026-03-01 2026-03-31"),
     ("end of Q2 2026", "2026-04-01 2026-06-30"), ("2025/26", "2025-01-01 2026-12-31")],
)  # fmt: skip
def test_a_part_of_a_time_is_no_more_exact_than_the_whole(words: str, bounds: str) -> None:
    found = stretch(words)
    assert found and (found.kind, f"{found.earliest} {found.latest}") == ("bounded", bounds)


@pytest.mark.parametrize("words", ["2025/07", "early 5 March 2026", "mid-season"])
def test_what_only_looks_like_a_part_of_a_time_is_not_understood(words: str) -> None:
    assert stretch(words) is None


@pytest.mark.parametrize(
    ("words", "steps", "beside"),
    [("paras 3-5", "3 4 5", ""), ("paras 3, 5 and 7", "3 5 7", ""), ("OP 7", "7", ""), ("Para 24 (e)", "24.e", ""),
     ("Para 3 and the annex", "3", "theannex"), ("paras 3 to 5", "3 4 5", "")],
)  # fmt: skip
def test_every_paragraph_of_a_field_is_read_and_what_stands_beside_is_told(words: str, steps: str, beside: str) -> None:
    builder = Builder("h", kinds()["cbd-calendar"], Known(shipped_register()), None, Audit())
    assert " ".join(ref.partition("paragraph-")[2] for ref in builder.paragraphs("D", words)) == steps
    assert beside_paragraphs(words) == beside
