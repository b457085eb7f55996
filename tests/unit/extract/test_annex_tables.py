"""The three tables of annex II: all 32 rows as read from the document by hand, and the records made of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
import seeds
from annex_by_hand import ROWS, TIMES, TYPES, WG3
from mandategraph.extract.dates import read_when
from mandategraph.extract.document import extract
from mandategraph.extract.names import Namer
from mandategraph.extract.roles import read_role
from mandategraph.model.record_files import EXTRACTED, dump, load
from mandategraph.model.records import Extraction
from mandategraph.model.register import shipped_register
from mandategraph.read.text import SourceText

RECORDS = files("mandategraph.records").joinpath("wg2020-rec-1-1").joinpath(EXTRACTED)


@pytest.fixture(scope="module")
def records() -> Extraction:
    return load(RECORDS.read_text(encoding="utf-8"), "extracted.json")


def test_there_are_22_meetings_in_32_rows(records: Extraction) -> None:
    assert sum(meeting.evidence[0].place.startswith("annex-2.") for meeting in records.meetings) == 22
    rows = [part for part in records.parts if part.kind == "TableRow"]
    assert len(rows) == len(ROWS) == 32
    assert {part.path: part.first for part in rows} == {path: row.line for path, row in ROWS.items()}


@pytest.mark.parametrize("path", ROWS)
def test_row(records: Extraction, path: str) -> None:
    row = ROWS[path]
    stated = [c for c in records.contributions if c.row == path]
    gives = [(c.target, c.modality, c.deliverable) for c in stated if c.voice == "giver"]
    takes = [(c.source, c.deliverable) for c in stated if c.voice == "receiver"]
    assert sorted(gives) == sorted(row.gives)
    assert sorted(takes) == sorted(row.takes)
    assert {c.source for c in stated if c.voice == "giver"} <= {row.meeting}
    assert {c.target for c in stated if c.voice == "receiver"} <= {row.meeting}
    assert {c.element.removeprefix("element:") for c in stated} <= {row.element}
    authority = [" ".join([m.decision, *m.requested_by]).strip() for m in records.mandates if m.row == path]
    assert authority == ([row.authority] if row.authority else [])
    assert {m.mandatee for m in records.mandates if m.row == path} <= {row.meeting}
    element = [e.element.removeprefix("element:") for e in records.elements if e.id == path]
    assert element == ([row.element] if row.element else [])


def test_dates_and_places(records: Extraction) -> None:
    found = {}
    for schedule in (schedule for schedule in records.schedules if schedule.row):
        when = schedule.when
        place = ",".join(schedule.places).removeprefix("place:")
        start, end = (day.isoformat() if day else "" for day in (when.start, when.end))
        found[schedule.evidence[0].line] = (start, end, place, when.status)
    assert found == TIMES


def test_types(records: Extraction) -> None:
    assert {c.evidence[0].line: int(c.type) for c in records.classifications} == TYPES


def test_the_row_with_the_wrong_body_is_marked_as_interpreted(records: Extraction) -> None:
    """Line 278: the row is of SBSTTA-23, its words say WG8J."""
    interpreted = {c.row for c in records.contributions if c.basis == "interpretation"}
    assert interpreted == {"annex-2.table-1.row-5"}


def test_requests_in_the_element_column_are_read_as_authority_and_say_so(records: Extraction) -> None:
    requests = [m for m in records.mandates if m.requested_by]
    assert [m.evidence[0].line for m in requests] == [270, 278, 283, 295]
    assert {m.basis for m in requests} == {"interpretation"}


def test_every_cell_is_accounted_for(records: Extraction) -> None:
    """Each cell with words is the evidence of some record, or stands in what was not understood."""
    cells = {part.path for part in records.parts if part.kind == "TableCell" and part.quote}
    kinds = ("meetings", "schedules", "classifications", "elements", "mandates", "contributions", "not_understood")
    used = set()
    for kind in kinds:
        for record in getattr(records, kind):
            used |= {one.place for one in getattr(record, "evidence", (record,))}
    silent = {part.path for part in records.parts if part.path in cells - used}
    # Roles that hand nothing to anyone: a briefing (303), a consultation (317), a dialogue (319).
    assert silent == {f"annex-2.table-{row}.cell-5" for row in ("2.row-3", "3.row-4", "3.row-5")}
    assert records.not_understood == ()


def test_quotes_are_short(records: Extraction) -> None:
    assert max(len(part.quote) for part in records.parts) < 60
    assert max(len(e.quote) for c in records.contributions for e in c.evidence) < 60


def test_extraction_reproduces_the_committed_records() -> None:
    made = dump(extract(SourceText.from_file(seeds.plan()), shipped_register()))
    assert made == RECORDS.read_text(encoding="utf-8")


VARIANTS = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "byte-order mark": lambda text: "\ufeff" + text,
    "half width": lambda text: text.translate(str.maketrans("，：；（）！", ",:;()!")),
    "no spaces beside figures": lambda text: text.replace(" 年 ", "年").replace(" 月 ", "月").replace(" 日", "日"),
    "tabs as four spaces": lambda text: text.replace("\t", "    "),
    "tabs as two spaces, ends of lines stripped": lambda text: re.sub(
        r"[ \t]+$", "", text.replace("\t", "  "), flags=re.M
    ),
    "torn paragraph joined": lambda text: re.sub(r"(?<=所载第一次)\n\n", "", text),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_facts_however_the_document_arrives(records: Extraction, name: str) -> None:
    text = VARIANTS[name](seeds.plan().read_text(encoding="utf-8"))
    varied = extract(SourceText.from_bytes(text.encode(), name), shipped_register())

    def facts(extraction: Extraction) -> list[object]:
        return [
            [replace(c, evidence=()) for c in extraction.contributions],
            [(s.meeting, s.when, s.places) for s in extraction.schedules],
            [(m.id, m.decision, m.requested_by, m.element) for m in extraction.mandates],
            [(p.path, p.digest, p.marks) for p in extraction.parts],
        ]  # fmt: skip

    assert facts(varied) == facts(records)


def test_a_moved_date_is_exactly_that_change(records: Extraction) -> None:
    text = seeds.plan().read_text(encoding="utf-8")
    moved = text.replace("2020年4月21日至23日", "2020年4月22日至23日")
    assert moved != text
    changed = extract(SourceText.from_bytes(moved.encode(), "moved"), shipped_register())
    before, after = dump(records).splitlines(), dump(changed).splitlines()
    different = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    # The cell, its row (both by digest), and the schedule.
    assert len(different) == 3
    assert sum("2020-04-22" in new for _, new in different) == 1


@pytest.mark.parametrize(
    ("text", "status", "precision", "earliest", "latest", "rest"),
    [
        ("2019 年 10 月 30 日至 11 月 1 日，巴西", "fixed", "day", date(2019, 10, 30), date(2019, 11, 1), "巴西"),
        ("2019年12月30日至2020年1月2日", "fixed", "day", date(2019, 12, 30), date(2020, 1, 2), ""),
        ("2020 年 1 月 (待确认)", "to-be-confirmed", "month", date(2020, 1, 1), date(2020, 1, 31), ""),
        ("2020年1月或2月（待确认）", "to-be-confirmed", "alternative-months", date(2020, 1, 1), date(2020, 2, 29), ""),
        ("2020年2月21日和22日（待确认），日本", "to-be-confirmed", "day", date(2020, 2, 21), date(2020, 2, 22), "日本"),
        ("待定", "to-be-determined", "none", None, None, ""),
        ("瑞士，日期和地点待定", "to-be-determined", "none", None, None, "瑞士"),
        ("2020年2月30日", "to-be-determined", "none", None, None, "2020年2月30日"),
    ],
)  # fmt: skip
def test_times_are_as_precise_as_the_words(
    text: str, status: str, precision: str, earliest: date | None, latest: date | None, rest: str
) -> None:
    when, place = read_when(text)
    assert (when.status, when.precision, when.earliest, when.latest, place) == (
        status,
        precision,
        earliest,
        latest,
        rest,
    )
    assert (when.start is not None) == (precision == "day")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("WG2020-2和SBI-3", ["meeting:SBI-3", "meeting:WG2020-2"]),
        ("工作组第一和第二次会议", ["meeting:WG2020-1", "meeting:WG2020-2"]),
        ("WG8(j)-11", ["meeting:WG8J-11"]),
        ("POST2020-WS-2020-02", []),
        ("某某特设工作组第三次会议", []),
        ("缔约方大会第十五届会议", ["meeting:COP-15"]),
    ],
)
def test_names_of_meetings(text: str, found: list[str]) -> None:
    assert sorted(m.ref for m in Namer(shipped_register()).meetings(text)) == found


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("委员会可向工作组第三次会议提出建议", "may"),
        ("委员会将向工作组第三次会议提出建议", "will"),
        ("预计委员会将审议此事，并向工作组第三次会议提出建议", "expected"),
        ("委员会预计向工作组第三次会议提出建议", "expected"),
        ("委员会预计将向工作组第三次会议提出建议", "expected"),
        ("委员会将向工作组第三次会议提出建议，预计需要两天", "will"),
        ("委员会向工作组第三次会议提出可能有关的建议", "unmarked"),
    ],
)
def test_modality_is_that_of_the_words_before_the_verb(text: str, modality: str) -> None:
    (handing,), _ = read_role(text, Namer(shipped_register()))
    assert (handing.modality, handing.others) == (modality, (WG3,))
