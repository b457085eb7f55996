"""Records of other shapes than the samples have: each field is read, left out for a reason or told of; none is lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mandategraph.intake.jsonrows import parse, records_in
from mandategraph.intake.register_index import decisions_in
from mandategraph.intake.release import ParsedSource
from mandategraph.model.record_files import dump
from mandategraph.system.errors import MandategraphError
from records import OWN, took

WORD = "Qwzx"
SHAPES: dict[str, Callable[[Any], Any]] = {
    "another text": lambda old: WORD,
    "one more": lambda old: [*(old if isinstance(old, list) else [old]), WORD],
    "a list in a list": lambda old: [[WORD]],
    "an object of unknown members": lambda old: {"poem": WORD},
    "an object with more than its text": lambda old: {"value": "A", "poem": WORD},
}
FILES = ("calendar.json", "index.json", "informea.json", "tree.json")
NAMES_ELSEWHERE = ("eventCountry_ZH_s", "hostGovernments_ZH_ss")
"""Labels in Chinese of things that have a name: taken where they are needed and are in Chinese."""


def plain_records(name: str) -> list[dict[str, Any]]:
    text = (OWN / name).read_text(encoding="utf-8")
    return [dict(json.loads(json.dumps(one))) for one in records_in(parse(text, name))]


def accounted(found: dict[str, ParsedSource], field: str) -> bool:
    """Whether the word is in the records, or a report names its field or the record as a whole."""
    for one in found.values():
        if any("nothing was made of this record" in remark for remark in one.audit.remarks):
            return True
        told = [*one.audit.left_out, *one.audit.unknown, *(name.partition(".")[0] for name in one.audit.spare)]
        proofs = [proof.field.partition(".")[0] for proof in one.extraction.not_understood]
        if WORD in dump(one.extraction) or field in (*told, *proofs):
            return True
    return False


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", FILES)
def test_whatever_a_field_holds_is_read_or_told(name: str, shape: str, tmp_path: Path) -> None:
    path, lost, tried = tmp_path / name, [], 0
    for number, record in enumerate(plain_records(name)):
        for field in sorted(set(record) - {*NAMES_ELSEWHERE, "schema_s"}):
            path.write_text(json.dumps([{**record, field: SHAPES[shape](record[field])}]), encoding="utf-8")
            try:
                found = took(path)
            except MandategraphError:  # of no kind: refused as a whole
                continue
            tried += 1
            if not accounted(found, field):
                lost.append((number, field))
    assert tried > 5 and not lost


def test_what_no_maker_takes_is_told_with_its_line(tmp_path: Path) -> None:
    (record,) = plain_records("calendar.json")[:1]
    path = tmp_path / "calendar.json"
    path.write_text(json.dumps([{**record, "status": ["CONFIRM", "Postponed"], "odd": 1}], indent=0), encoding="utf-8")
    (one,) = took(path).values()
    line = path.read_text(encoding="utf-8").splitlines().index('"status": [') + 1
    assert one.audit.spare == {"status": (1, line)} and set(one.audit.unknown) == {"odd"}
    assert {(proof.field, proof.quote) for proof in one.extraction.not_understood} >= {("status", "Postponed")}


@pytest.mark.parametrize(
    ("words", "symbols", "rest"),
    [
        ("15/6 and 15/7", ["CBD/COP/DEC/15/6", "CBD/COP/DEC/15/7"], ""),
        ("decisions 15/6, CP-10/3 & NP4/2", ["CBD/COP/DEC/15/6", "CBD/CP/MOP/DEC/10/3", "CBD/NP/MOP/DEC/4/2"], ""),
        ("第15/6和15/7号决定", ["CBD/COP/DEC/15/6", "CBD/COP/DEC/15/7"], ""),
        ("15/6; see annex", ["CBD/COP/DEC/15/6"], "see annex"),
        ("15/6 to 15/9", [], "15/6 to 15/9"),
        ("15/6, 7", ["CBD/COP/DEC/15/6"], "7"),
    ],
)
def test_a_cell_may_name_several_decisions(words: str, symbols: list[str], rest: str) -> None:
    assert decisions_in(words) == (symbols, rest)


def test_a_paragraph_beside_two_decisions_is_of_neither(tmp_path: Path) -> None:
    record = {**plain_records("calendar.json")[0], "copDecision": "15/6 and 15/7", "copParagraphNo": "Para 3"}
    path = tmp_path / "calendar.json"
    path.write_text(json.dumps([record]), encoding="utf-8")
    (one,) = took(path).values()
    assert [mandate.decision[-4:] for mandate in one.extraction.mandates] == ["15/6", "15/7"]
    assert not [cited for cited in one.extraction.citations if cited.cited.startswith("part:")]
    assert any("Para 3" in remark and "several decisions" in remark for remark in one.audit.remarks)


def test_json_in_every_wrapping_says_the_same(tmp_path: Path) -> None:
    records = plain_records("calendar.json")
    texts = {
        "list.json": json.dumps(records).encode(),
        "lines.json": "\n".join(map(json.dumps, records)).encode(),
        "data.json": json.dumps({"data": records}).encode(),
        "items.json": json.dumps({"items": records, "next": None}).encode(),
        "wide.json": json.dumps(records).encode("utf-16"),
        "twice.json": json.dumps(records + records).encode(),
        "turned.json": json.dumps([dict(reversed(one.items())) for one in records]).encode(),
    }
    said = set()
    for name, data in texts.items():
        path = tmp_path / name
        path.write_bytes(data)
        (one,) = took(path).values()
        meetings = [(meeting.id, meeting.as_written) for meeting in one.extraction.meetings]
        said.add((tuple(meetings), len(one.extraction.schedules), len(one.extraction.citations)))
    assert len(said) == 1


def test_what_stands_among_records_and_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "calendar.json"
    path.write_text(json.dumps([*plain_records("calendar.json"), "stray", 5], indent=1), encoding="utf-8")
    (one,) = took(path).values()
    assert sum("of no kind that is known" in remark for remark in one.audit.remarks) == 2


def test_a_property_that_stands_twice_in_a_feed_is_kept_twice(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    text = (OWN / "informea.xml").read_text(encoding="utf-8")
    path.write_text(text.replace("<d:number>", f"<d:published>{WORD}</d:published><d:number>", 1), encoding="utf-8")
    assert accounted(took(path), "published")


def table(rows: list[list[str]], ends: str = "\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator=ends).writerows(rows)
    return out.getvalue().encode()


def test_a_table_in_any_order_with_short_and_double_rows(tmp_path: Path) -> None:
    rows = list(csv.reader((OWN / "timeline-2019-03-26.csv").read_text(encoding="utf-8").splitlines()))
    path = tmp_path / "timeline-2019-03-26.csv"
    path.write_bytes(table([list(reversed(row)) for row in rows]))
    (turned,) = took(path).values()
    (plain,) = took(OWN / "timeline-2019-03-26.csv").values()
    assert dump(turned.extraction) == dump(plain.extraction)
    path.write_bytes(table([*rows, rows[1], rows[1][:2]]))
    (more,) = took(path).values()
    assert len(more.extraction.parts) == len(plain.extraction.parts) + 2
    assert any("is the same as record 1; both are kept" in remark for remark in more.audit.remarks)


def test_what_nearly_is_of_a_kind_is_told_what_it_lacks(tmp_path: Path) -> None:
    rows = list(csv.reader((OWN / "timeline-2019-03-26.csv").read_text(encoding="utf-8").splitlines()))
    path = tmp_path / "table.csv"
    path.write_bytes(table([["Name", *rows[0][1:]], *rows[1:]]))
    with pytest.raises(MandategraphError, match="Nearly post-2020-timeline, which has Title"):
        took(path)
    path.write_bytes(table(rows, ends="\r"))
    with pytest.raises(MandategraphError, match="carriage return"):
        took(path)
