"""The overview of consultations, held against what was read in it by hand; nothing here was copied from a program."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from mandategraph.emit.assemble import Source, assemble, shipped_sources
from mandategraph.extract.document import extract
from mandategraph.extract.spans import find_spans
from mandategraph.model.curated import Curated
from mandategraph.model.record_files import dump
from mandategraph.model.records import Extraction
from mandategraph.model.register import shipped_register
from mandategraph.pipeline.build import derived
from mandategraph.pipeline.line_coverage import RECEIPT, line_uses, render, summary
from mandategraph.rdf.namespaces import compact, with_prefixes
from mandategraph.rdf.quads import sorted_lines
from mandategraph.read.text import SourceText
from mandategraph.system.errors import InputError
from mandategraph.system.resources import records_root
from overview_by_hand import FOOTNOTES, HANDLE, MEETINGS, PARTS, ref, table
from seeds import document


def path() -> Path:
    return document("工作组第二次会议以来")


@cache
def overview() -> Extraction:
    return extract(SourceText.from_file(path()), shipped_register())


def test_a_document_without_symbol_is_known_by_its_title() -> None:
    document_ = overview().document
    assert (document_.symbol, document_.published, document_.date) == (HANDLE, False, None)
    assert document_.author == "office:EXECUTIVE-SECRETARY"


def test_an_unknown_title_is_refused() -> None:
    text = "另一份概述\n执行秘书的说明\n一. 导言\n1. 第一段。\n"
    with pytest.raises(InputError, match="no document symbol"):
        extract(SourceText.from_bytes(text.encode(), "note.txt"), shipped_register())


@pytest.mark.parametrize("row", table(MEETINGS), ids=lambda row: row[0])
def test_every_meeting_held(row: list[str]) -> None:
    place, line, first, last, mode, code, kinds = row
    meeting = next(one for one in overview().meetings if one.place == place)
    assert meeting.id == ref(place, code)
    assert meeting.evidence[0].line == int(line)
    schedule = next(one for one in overview().schedules if one.id == place)
    assert schedule.meeting == meeting.id
    assert schedule.when.earliest == date.fromisoformat(first)
    assert schedule.when.latest == (None if last == "-" else date.fromisoformat(last))
    assert schedule.mode == mode
    found = [one.type for one in overview().classifications if one.meeting == meeting.id]
    assert found == ([] if kinds == "-" else kinds.split(","))


def test_forty_two_are_held_or_under_way() -> None:
    listed = [one for one in overview().meetings if not one.place[-1].isdigit() or one.place.count(".") == 1]
    held = {one.place for one in listed if one.place != "footnote-36"} | {"paragraph-15"}
    assert held == {row[0] for row in table(MEETINGS)}
    assert len(held) == 42
    assert sum(part.kind == "SubParagraph" for part in overview().parts) == 35
    phases = Counter(one.phase for one in overview().schedules if one.id in held)
    assert phases == {"held": 41, "under-way": 1}


@pytest.mark.parametrize("row", table(PARTS), ids=lambda row: row[0])
def test_parts_have_days_of_their_own(row: list[str]) -> None:
    place, first, last, kind = row
    part = next(one for one in overview().meetings if one.place == place)
    whole = next(one for one in overview().meetings if one.place == place.rpartition(".")[0])
    assert part.part_of == whole.id
    schedule = next(one for one in overview().schedules if one.id == place)
    assert (schedule.when.start, schedule.when.end) == (date.fromisoformat(first), date.fromisoformat(last))
    kinds = [one.type for one in overview().classifications if one.meeting == part.id]
    assert kinds == ([] if kind == "-" else [kind])


def test_there_are_no_other_parts() -> None:
    parts = {one.place for one in overview().meetings if one.part_of and one.place.count(".") == 2}
    assert parts == {row[0] for row in table(PARTS)}


def test_precision_is_not_invented() -> None:
    when = {one.id: one.when for one in overview().schedules}
    assert when["paragraph-10.1"] == when["paragraph-10.2"]
    assert (when["paragraph-10.1"].precision, when["paragraph-10.1"].start) == ("shared", None)
    assert (when["paragraph-16.a"].precision, when["paragraph-16.a"].end) == ("open-ended", None)
    for place in ("paragraph-11.d", "paragraph-12.b", "paragraph-12.j", "paragraph-16.b"):
        assert (when[place].precision, when[place].start) == ("several-dates", None)
    assert (when["footnote-41"].precision, when["footnote-41"].earliest) == ("month", date(2020, 3, 1))


def test_the_open_process_goes_on_until_two_meetings() -> None:
    process = next(one for one in overview().schedules if one.id == "paragraph-16.a")
    assert set(process.until) == {"meeting:COP-15", "meeting:SUBNATIONAL-SUMMIT-7"}


def test_footnotes_2_to_43_hang_on_their_parts() -> None:
    rows = [entry.split() for line in FOOTNOTES.strip().splitlines() for entry in line.split(" / ")]
    parts = {part.path: part for part in overview().parts}
    assert [int(row[0]) for row in rows] == list(range(2, 44))
    for number, line, holder in rows:
        assert parts[f"footnote-{number}"].first == int(line)
        assert int(number) in parts[holder].marks
    assert sum(part.kind == "Footnote" for part in overview().parts) == 42
    assert (parts["footnote-9"].last, parts["footnote-41"].last) == (15, 94)
    assert [p.path for p in overview().parts if p.marks and p.kind == "SubParagraph" and len(p.marks) > 1] == [
        "paragraph-16.a"
    ]


def test_cites_are_those_of_un_documents() -> None:
    part = next(part for part in overview().parts if part.path == "paragraph-11.a")
    assert (part.cite, part.cite_zh, part.parent) == ("paragraph 11 (a)", "第11段(a)", "paragraph-11")


def test_repairs_are_on_record() -> None:
    repairs = Counter(one.kind for one in overview().repairs)
    assert repairs == {
        "inline-footnote": 42, "split-footnote": 2, "stray-spaces": 3, "stray-punctuation": 1, "stray-rule": 1,
    }  # fmt: skip
    assert {(r.kind, r.line) for r in overview().repairs} >= {("stray-punctuation", 45), ("stray-rule", 101)}


def test_fourteen_meeting_pages_are_cited() -> None:
    pages = {"".join(one.page) for one in overview().meetings if one.page}
    assert len(pages) == 14
    assert "https://www.cbd.int/meetings/WG2020-02" in pages


def test_items_without_an_address() -> None:
    with_address = {one.thing for one in overview().references}
    items = {one.place: one.id for one in overview().meetings if one.place.count(".") == 1 and one.place[-1].isalpha()}
    bare = {place for place, thing in items.items() if thing not in with_address}
    assert bare == {f"paragraph-{p}" for p in ("11.e", "12.a", "14.a", "14.b", "14.c", "16.d", "16.e")}


def test_notifications_by_their_addresses() -> None:
    assert {one.document for one in overview().references if one.document} == {
        "document:ntf-2020-072", "document:ntf-2020-076", "document:ntf-2021-029",
    }  # fmt: skip


def test_the_doubled_address_counts_once() -> None:
    assert [one.id for one in overview().references if one.id.startswith("footnote-41.")] == [
        "footnote-41.1",
        "footnote-41.2",
    ]


def roles(place: str, *wanted: str) -> set[tuple[str, str]]:
    meeting = next(one.id for one in overview().meetings if one.place == place)
    found = {(one.role, one.participant) for one in overview().participations if one.meeting == meeting}
    return {pair for pair in found if pair[0] in wanted}


def test_who_organised_supported_and_paid() -> None:
    wanted = ("organiser", "convener", "supporter", "funder")
    assert roles("paragraph-16.b", *wanted) == {
        ("organiser", "organization:GYBN"), ("supporter", "organization:CBD-SECRETARIAT"),
        ("funder", "organization:JAPAN-BIODIVERSITY-FUND"),
    }  # fmt: skip
    assert roles("paragraph-16.d", *wanted) == {
        ("convener", actor)
        for actor in (
            "party:CR", "party:CH", "organization:WWF", "organization:BIOVERSITY-ALLIANCE", "organization:CIAT",
        )
    }  # fmt: skip
    assert roles("paragraph-16.f", *wanted) == {("organiser", "organization:UNEP"), ("organiser", "party:CH")}
    assert roles("paragraph-16.g", *wanted) == {("organiser", "organization:UNCTAD-BIOTRADE")}
    assert roles("paragraph-16.h", *wanted) == {("organiser", "organization:POST2020-EU-SUPPORT")}
    assert roles("paragraph-15", *wanted) == {("convener", "office:UNGA-PRESIDENT")}
    assert ("supporter", "organization:CBD-SECRETARIAT") in roles("paragraph-12.f", *wanted)


def test_seventeen_parties_and_five_organizations_in_an_open_list() -> None:
    named = [one for one in overview().participations if one.meeting == "meeting:POST2020-CONSULTATIONS"]
    kinds = Counter(one.participant.partition(":")[0] for one in named)
    assert kinds == {"party": 17, "organization": 5}
    assert "party:EU" in {one.participant for one in named}
    assert all(one.open_list and one.role == "supporter" for one in named)


def test_regions_and_groups() -> None:
    regions = {place: {a.partition("REGION-")[2] for _, a in roles(place, "audience")} for place in
               ("paragraph-14.a", "paragraph-14.b", "paragraph-14.c")}  # fmt: skip
    assert regions == {
        "paragraph-14.a": {"ASIA-PACIFIC"},
        "paragraph-14.b": {"AMERICAS"},
        "paragraph-14.c": {"WESTERN-EUROPE", "CENTRAL-EUROPE", "EASTERN-EUROPE", "AFRICA", "MIDDLE-EAST"},
    }
    assert roles("paragraph-11.e", "audience") == {("audience", "group:IPLC")}


ITEMS = {
    "paragraph-14.a": ["SBSTTA-24.3"], "paragraph-14.b": ["SBSTTA-24.3"], "paragraph-14.c": ["SBSTTA-24.3"],
    "paragraph-14.d": ["SBI-3.5"], "paragraph-14.e": ["SBI-3.9"], "paragraph-14.f": ["SBSTTA-24.3"],
    "paragraph-14.g": ["SBSTTA-24.4", "SBSTTA-24.5", "SBSTTA-24.6"],
    "paragraph-14.h": ["SBSTTA-24.7", "SBSTTA-24.8", "SBSTTA-24.9", "SBSTTA-24.10"],
}  # fmt: skip


def test_agenda_items_with_their_meeting() -> None:
    for place, wanted in ITEMS.items():
        meeting = next(one.id for one in overview().meetings if one.place == place)
        treated = [
            one.subject for one in overview().treatments if one.meeting == meeting and "agenda-item" in one.subject
        ]
        assert treated == [f"agenda-item:{code}" for code in wanted]
        prepared = {one.prepares for one in overview().preparations if one.meeting == meeting}
        assert prepared == {f"meeting:{wanted[0].rpartition('.')[0]}"}
    first = [one.subject for one in overview().treatments if one.manner == "prioritised"]
    assert first == [
        f"agenda-item:{code}" for code in ("SBSTTA-24.3", "SBI-3.5", "SBI-3.6", "SBI-3.7", "SBI-3.9", "SBI-3.11")
    ]


def test_what_was_passed_on_and_by_whom() -> None:
    passed = overview().contributions
    assert [(one.item, one.handed_by, one.received_by, one.target) for one in passed] == [
        (
            f"agenda-item:{code}",
            (f"office:{code.partition('-')[0]}-CHAIR",),
            "office:WG2020-CO-CHAIRS",
            "meeting:WG2020-3",
        )
        for code in ("SBSTTA-24.3", "SBI-3.5", "SBI-3.6", "SBI-3.7", "SBI-3.9", "SBI-3.11")
    ]
    assert all(one.basis == "interpretation" and one.modality == "done" for one in passed)


def test_first_plans_and_reasons_only_where_given() -> None:
    said = [(one.id, one.meeting, one.kind, one.by, one.reason_en) for one in overview().stated_changes]
    assert said == [
        ("footnote-36", ref("footnote-36"), "replaced", ref("paragraph-16.a"), "global pandemic"),
        ("footnote-41", ref("paragraph-16.f"), "postponed", "", "global pandemic"),
    ]
    planned = {one.id: one for one in overview().schedules if one.phase == "planned"}
    assert (planned["footnote-36"].when.start, planned["footnote-36"].places) == (
        date(2020, 4, 1),
        ("place:Edinburgh",),
    )
    assert planned["footnote-41"].places == ("place:Bern",)


def test_documents_as_written_and_canonical() -> None:
    named = {
        (one.spelling, one.thing.partition(":")[2]) for one in overview().names if one.thing.startswith("document:")
    }
    assert named >= {
        ("CBD/WG/2020/2/3", "CBD/WG2020/2/3"),
        ("CBD/WG/2020/1/5", "CBD/WG2020/1/5"),
        ("CBD/POST2020/PREP/2/1", "CBD/POST2020/PREP/2/1"),
        ("第14/34号决定", "CBD/COP/DEC/14/34"),
        ("第14/35号决定", "CBD/COP/DEC/14/35"),
        ("第XIII/29号决定", "CBD/COP/DEC/XIII/29"),
        ("联合国大会第74/269号决议", "A/RES/74/269"),
    }


def test_only_one_name_was_left_to_a_person() -> None:
    assert [(one.place, one.quote) for one in overview().not_understood] == [("footnote-39", "获取和惠益分享")]


def test_the_committed_records_are_what_the_reader_makes() -> None:
    committed = records_root() / "overview-after-wg2020-2" / "extracted.json"
    assert dump(overview()) == committed.read_text(encoding="utf-8")


def _facts(extraction: Extraction) -> object:
    """Everything but lines and the words as printed."""
    return (
        [(m.id, m.place, m.part_of, m.codes, m.page) for m in extraction.meetings],
        [(s.id, s.meeting, s.phase, s.when, s.places, s.mode, s.until) for s in extraction.schedules],
        [(c.id, c.type) for c in extraction.classifications],
        [(p.id, p.participant, p.role) for p in extraction.participations],
        [(t.id, t.subject) for t in extraction.treatments],
        [(r.id, r.thing, r.address, r.document) for r in extraction.references],
        [(c.id, c.item, c.target) for c in extraction.contributions],
        [(c.id, c.kind, c.by, c.reason_en) for c in extraction.stated_changes],
        [(p.path, p.digest, p.marks) for p in extraction.parts],
        extraction.not_understood and len(extraction.not_understood),
    )


VARIANTS = {
    "carriage-returns": lambda text: text.replace("\n", "\r\n"),
    "byte-order-mark": lambda text: "\ufeff" + text,
    "half-width": lambda text: unicodedata.normalize("NFKC", text),
    "pages-joined": lambda text: "\n".join(line for line in text.split("\n") if line.strip()),
    "no-wide-gaps": lambda text: text.replace("        ", "").replace("      ", ""),
    "spaces-at-ends": lambda text: text.replace("\n", "  \n"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_same_facts_however_the_file_arrives(variant: str) -> None:
    text = VARIANTS[variant](path().read_text(encoding="utf-8"))
    again = extract(SourceText.from_bytes(text.encode(), "variant.txt"), shipped_register())
    assert _facts(again) == _facts(overview())


def test_a_moved_date_shows_as_exactly_that() -> None:
    text = path().read_text(encoding="utf-8").replace("2021年3月23日", "2021年3月24日")
    again = extract(SourceText.from_bytes(text.encode(), "moved.txt"), shipped_register())
    changed = [new.id for old, new in zip(overview().schedules, again.schedules, strict=True) if old.when != new.when]
    assert changed == ["paragraph-12.h"]


@pytest.mark.parametrize("keep", [14, 37, 60, 93])
def test_a_document_cut_short_is_refused(keep: int) -> None:
    lines = path().read_text(encoding="utf-8").split("\n")[:keep]
    with pytest.raises(InputError, match="cut short|missing|not closed"):
        extract(SourceText.from_bytes("\n".join(lines).encode(), "short.txt"), shipped_register())


def test_days_take_the_year_before_them_and_no_other() -> None:
    first, second = find_spans("2021年2月17日至26日和3月8日至14日举行")
    assert (second.first, second.last) == (date(2021, 3, 8), date(2021, 3, 14))
    assert [span.first for span in find_spans("2020年9月23日和2020年10月7日")] == [date(2020, 9, 23), date(2020, 10, 7)]
    assert find_spans("3月8日") == [] and find_spans("2021年2月30日") == []
    assert first.last == date(2021, 2, 26)


# Plan and fact: read side by side from the tables of the one document and the paragraphs of the other.
CHANGES = {
    ("WG2020-2", "annex-2.table-1.row-6"): {"moved", "longer"},
    ("WG2020-2", "paragraph-1"): {"moved", "longer"},  # the offer of the host, in the recommendation itself
    ("WG2020-3", "paragraph-2"): {"schedule-not-stated"},
    ("DSI-AHTEG-2020-01", "annex-2.table-1.row-7"): {"as-planned"},
    ("WG2020-REC-1-1.annex-2.table-1.row-8", "annex-2.table-1.row-8"): {"not-mentioned"},
    ("SBSTTA-24", "annex-2.table-1.row-9"): {"postponed", "moved-online"},
    ("SBI-3", "annex-2.table-1.row-11"): {"postponed", "moved-online"},
    ("WG2020-3", "annex-2.table-1.row-19"): {"schedule-not-stated"},
    ("POST2020-WS-2020-02", "annex-2.table-2.row-8"): {"moved", "longer"},
    ("WG2020-REC-1-1.annex-2.table-3.row-2", "annex-2.table-3.row-2"): {"replaced"},
    ("WG2020-REC-1-1.annex-2.table-3.row-3", "annex-2.table-3.row-3"): {"moved-online"},
    ("WG2020-REC-1-1.annex-2.table-3.row-2", "footnote-36"): {"replaced"},
    ("WG2020-REC-1-1.annex-2.table-3.row-3", "footnote-41"): {"postponed", "moved-online"},
}


@cache
def store() -> ox.Store:
    filled = ox.Store()
    filled.bulk_load(b"".join(sorted_lines(assemble(shipped_sources()))), format=ox.RdfFormat.N_QUADS)
    filled.extend(derived(filled))
    return filled


def ask(query: str) -> list[tuple[str, ...]]:
    solutions = store().query(with_prefixes(query))
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple("" if value is None else value.value for value in row) for row in solutions]


def test_every_plan_in_the_period_against_the_fact() -> None:
    rows = ask("""SELECT ?meeting ?plan ?kind WHERE { GRAPH graph:derived {
        ?change mg:changeOf ?meeting ; mg:fromStatement ?plan ; mg:changeKind ?kind } }""")
    found: dict[tuple[str, str], set[str]] = {}
    for meeting, plan, kind in rows:
        key = (meeting.partition("/id/meeting/")[2], plan.rpartition("/")[2])
        found.setdefault(key, set()).add(compact(kind))
    assert found == CHANGES


def test_slips_are_bounds_where_days_are_shared() -> None:
    rows = ask("""SELECT ?meeting ?exact ?least WHERE { GRAPH graph:derived { ?change mg:changeOf ?meeting
        OPTIONAL { ?change mg:slipDays ?exact } OPTIONAL { ?change mg:slipAtLeastDays ?least } } }""")
    slips = {meeting.rpartition("/")[2]: (exact, least) for meeting, exact, least in rows}
    assert slips["SBSTTA-24"] == ("", "350")  # 18 May 2020 to 3 May 2021
    assert slips["SBI-3"] == ("", "343")  # 25 May 2020 to 3 May 2021
    assert slips["WG2020-2"] == ("0", "")


def test_the_pandemic_is_a_reason_for_two_meetings_only() -> None:
    rows = ask(
        "SELECT DISTINCT ?meeting WHERE { GRAPH graph:derived "
        '{ ?c mg:changeOf ?meeting ; mg:reason "global pandemic"@en } }'
    )
    assert {meeting.rpartition("row-")[2] for (meeting,) in rows} == {"2", "3"}


def test_silence_without_the_other_document_is_no_change() -> None:
    plan_only = [source for source in shipped_sources() if source.extraction.document.published]
    filled = ox.Store()
    filled.bulk_load(b"".join(sorted_lines(assemble(plan_only))), format=ox.RdfFormat.N_QUADS)
    assert not any("/id/change/" in str(quad.subject) for quad in derived(filled))


def test_curated_statements_rest_on_places_that_exist() -> None:
    source = next(one for one in shipped_sources() if not one.extraction.document.published)
    lines = {part.path: (part.first, part.last) for part in source.extraction.parts}
    for rows in source.curated.statements.values():
        for record in rows:
            for proof in record.evidence:
                first, last = lines[proof.place]
                assert first <= proof.line <= last, record.id
    without = Source(source.name, source.extraction, Curated())
    assert assemble([without])


def test_curated_words_stand_in_the_document() -> None:
    printed = path().read_text(encoding="utf-8").split("\n")
    source = next(one for one in shipped_sources() if not one.extraction.document.published)
    squeezed = ["".join(line.split()) for line in printed]
    proofs = [proof for rows in source.curated.statements.values() for record in rows for proof in record.evidence]
    for proof in proofs:
        assert "".join(proof.quote.split()) in squeezed[proof.line - 1], proof
    for fault in source.curated.errata:
        assert "".join(fault.written.split()) in squeezed[fault.line - 1], fault.written


def test_two_session_names_for_the_launches() -> None:
    rows = ask("""SELECT DISTINCT ?spelling WHERE { GRAPH ?g {
        ?name a mg:Name ; mg:nameOf meeting:SBSTTA-SBI-SS-01 ; mg:spelling ?spelling ;
            mg:nameKind mgv:variant-name } }""")
    assert len(rows) == 3


def test_the_receipt_is_that_of_today_and_leaves_no_line_unexplained() -> None:
    source = next(one for one in shipped_sources() if not one.extraction.document.published)
    uses = line_uses(SourceText.from_file(path()), shipped_register(), source.curated)
    assert render(uses) == (records_root() / source.name / RECEIPT).read_text(encoding="utf-8")
    assert "unexplained" not in summary(uses)
    assert [one.number for one in uses if one.use == "left-out"] == [8, 15, 94]
