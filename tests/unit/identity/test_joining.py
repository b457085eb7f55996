"""Joining what several sources list: by code first, by evidence otherwise, revocable; and loading as a whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mandategraph.analysis.dispatch import analyse
from mandategraph.analysis.identity import candidates, judgements
from mandategraph.cli import main
from mandategraph.emit.assemble import assemble, identities, shipped_sources
from mandategraph.identity.judgements import Decision, read_decisions, with_decision, write_decisions
from mandategraph.identity.rules import Codes
from mandategraph.intake.files import ReadOptions
from mandategraph.intake.kinds import chosen
from mandategraph.model.register import shipped_register
from mandategraph.pipeline.build import all_sources, ensure_store, judged, replace_source
from mandategraph.pipeline.load import load_inputs
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import Runner
from mandategraph.store import Store
from records import OWN, REAL, SAMPLES, took


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with our own small records loaded; tests that change it make their own."""
    made = tmp_path_factory.mktemp("records") / "store"
    load_inputs(str(made), [OWN], ReadOptions(), keep_going=True)
    return made


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    opened = ensure_store(str(folder))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder with every real sample."""
    if not SAMPLES.is_dir():
        pytest.skip("the samples of real records are not at hand (MANDATEGRAPH_SAMPLES names their folder)")
    made = tmp_path_factory.mktemp("samples") / "store"
    load_inputs(str(made), [SAMPLES / name for name in REAL], ReadOptions())
    return made


@pytest.fixture(scope="module")
def real(real_folder: Path) -> Iterator[Store]:
    opened = ensure_store(str(real_folder))
    yield opened
    opened.close()


def same(folder: Path) -> dict[str, str]:
    return identities(list(all_sources(folder).values()))


def test_a_record_is_the_meeting_of_its_code_however_the_source_writes_it(folder: Path) -> None:
    found = same(folder)
    assert found["meeting:cbd-index-meetings.record-abc01"] == "meeting:SBI-7"
    assert found["meeting:post-2020-timeline.record-1"] == "meeting:SBSTTA-24"
    assert found["meeting:post-2020-timeline.record-2"] == "meeting:WG8J-11"
    assert found["meeting:post-2020-timeline.record-3"] == "meeting:WG8J-11"
    assert found["meeting:cbd-calendar.record-ACT-2"] == "meeting:CP-RA-OM-2025-2"
    assert found["document:cbd-index-decisions.record-abc02"] == "document:CBD/CP/MOP/DEC/11/7"
    assert found["document:cbd-index-notifications.record-abc03"] == "document:ntf-2024-001"
    assert found["meeting:abc01"] == "meeting:SBI-7", "the publisher's number, by which its decisions name the meeting"


def test_the_meeting_of_another_convention_is_not_ours(folder: Path) -> None:
    """UNFCCC COP24 is no COP-24 of this Convention."""
    assert "meeting:post-2020-timeline.record-4" not in same(folder)


@pytest.mark.parametrize(
    ("code", "ref"),
    [("NP-MOP-06", "meeting:NP-MOP-6"), ("SBI-03", "meeting:SBI-3"), ("WG8(j)-11", "meeting:WG8J-11"),
     ("POST2020-WS-2019-01", "meeting:POST2020-WS-2019-01"), ("006608", ""), ("a title", "")],
)  # fmt: skip
def test_codes_of_meetings(code: str, ref: str) -> None:
    assert Codes(shipped_register(), []).meeting(code) == ref


def test_a_meeting_by_number_is_the_one_with_that_number_in_the_register() -> None:
    assert Codes(shipped_register(), []).by_number("body:CP-LG", 14) == "meeting:CP-LG-2020-01"


def test_every_judgement_has_its_ground(store: Store) -> None:
    rows = judgements(store).flat()
    ours = [row for row in rows if str(row["mention"]).startswith("post-2020-timeline")]
    assert {row["basis"] for row in ours} == {"rule"}
    assert all(row["ground_en"] and row["ground_zh"] and row["source"] for row in rows)
    assert {row["basis"] for row in rows} == {"rule", "curated"}


def test_the_whole_conforms(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["validate", "--store", str(folder)]) == 0, capfdbinary.readouterr().out.decode()


def test_disagreements_stand_side_by_side(store: Store) -> None:
    between = ("CBD/WG2020/REC/1/1", "post-2020-timeline")
    rows = analyse("conflicts", store, {"between": between, "kind": "dates"}).flat()
    assert [(row["meeting"], row["one"], row["other"], row["relation"]) for row in rows] == [
        ("SBSTTA-24", "2020-05-18 to 2020-05-25", "2020-05-18 to 2020-05-23", "superseded"),  # the earlier plan in front
    ]  # fmt: skip
    (status,) = analyse("conflicts", store, {"meeting": "WG8J-11", "between": ("post-2020-timeline",) * 2}).flat()
    assert (status["kind"], status["relation"]) == ("status", "superseded")


def test_what_looks_alike_is_listed_and_not_joined(tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    table.write_text(
        "No,Event,When,Where\n1,Thematic workshop on area-based management measures,5 May 2020,Montreal\n",
        encoding="utf-8",
    )
    mapping = tmp_path / "mine.yml"
    mapping.write_text(
        "source: {handle: mine, title: Mine}\nmakes: meeting\nkey: No\nfields: {No: id, Event: title, When: when, Where: place}\n",
        encoding="utf-8",
    )
    place = str(tmp_path / "store")
    assert main(["load", str(table), "--as", str(mapping), "--store", place]) == 0
    with_it = ensure_store(place)
    found = candidates(with_it).flat()
    with_it.close()
    assert [(row["one"], row["other"]) for row in found] == [("WG2020-REC-1-1.annex-2.table-2.row-4", "mine.record-1")]
    assert "meeting:mine.record-1" not in same(tmp_path / "store")


EVENTS = {
    "one": ["1,Gathering of the group,CP-LG,5 to 7 May 2031,Montreal"],
    "other": [
        "1,Spring talks,CP-LG,5 to 7 May 2031,Montreal",  # the body, the days and the place of the one event
        "2,Gathering of the group,CP-LG,5 to 7 May 2031,Nairobi",  # another place
        "3,Gathering of the group,CP-LG,5 to 8 May 2031,Montreal",  # another last day
        "4,Gathering of the group,SBI,5 to 7 May 2031,Montreal",  # another body
        "5,Gathering of the group,,5 to 7 May 2031,Montreal",  # no body, only a similar title
    ],
}


def by_event(tmp_path: Path, events: dict[str, list[str]]) -> dict[str, str]:
    """Who is who in tables that have no codes, and the words of the ground."""
    sources = {source.extraction.document.symbol: source for source in shipped_sources()}
    for name, lines in events.items():
        table, mapping = tmp_path / f"{name}.csv", tmp_path / f"{name}.yml"
        table.write_text("\n".join(["No,Event,Body,When,Where", *lines, ""]), encoding="utf-8")
        fields = "{No: id, Event: title, Body: body, When: when, Where: place}"
        mapping.write_text(
            f"source: {{handle: {name}, title: {name}}}\nmakes: meeting\nkey: No\nfields: {fields}\n", encoding="utf-8"
        )
        replace_source(sources, took(table, ReadOptions(chosen(str(mapping))))[name].extraction, name)
    made = judged(sources, None)
    return {
        f"{name}.{one.at} {one.thing}": one.ground_en
        for name in events
        for one in made[name].curated.identity
        if "same days" in one.ground_en
    }


def test_without_codes_body_days_and_place_together_make_one_meeting(tmp_path: Path) -> None:
    assert by_event(tmp_path, EVENTS) == {
        "other.record-1 meeting:one.record-1": "same body, same days and same place: CP-LG, 2031-05-05 to 2031-05-07"
    }


def test_where_two_events_could_be_meant_none_is_taken(tmp_path: Path) -> None:
    twice = {
        "one": [*EVENTS["one"], "2,Another gathering,CP-LG,5 to 7 May 2031,Montreal"],
        "other": EVENTS["other"][:1],
    }
    assert not any(name.startswith("other.") for name in by_event(tmp_path, twice))


def test_a_judgement_is_revoked_and_made_and_outlives_builds(
    tmp_path: Path, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    place = str(shutil.copytree(folder, tmp_path / "store"))
    one = "post-2020-timeline.record-1"
    assert main(["identity", "revoke", one, "SBSTTA-24", "--why", "to try", "--store", place]) == 0
    assert f"meeting:{one}" not in same(tmp_path / "store")
    load_inputs(place, [OWN / "calendar.json"], ReadOptions(), replace_whole=True)
    ensure_store(place).close()
    assert f"meeting:{one}" not in same(tmp_path / "store")
    assert main(["identity", "confirm", "SBSTTA-24", one, "--why", "it is", "--store", place]) == 0
    assert same(tmp_path / "store")[f"meeting:{one}"] == "meeting:SBSTTA-24"
    assert (
        main(
            [
                "identity",
                "revoke",
                "WG2020-REC-1-1.annex-2.table-1.row-7",
                "DSI-AHTEG-2020-01",
                "--why",
                "x",
                "--store",
                place,
            ]
        )
        == 0
    )
    assert "meeting:WG2020-REC-1-1.annex-2.table-1.row-7" not in same(tmp_path / "store"), (
        "curated ones can be revoked too"
    )
    assert main(["identity", "revoke", one, "no such thing", "--why", "x", "--store", place]) == 1
    assert main(["identity", "revoke", one, "--store", place]) == 2
    capfdbinary.readouterr()


def test_decisions_are_kept_in_one_order(tmp_path: Path) -> None:
    one, other = Decision("meeting:a", "meeting:b", True, "w"), Decision("meeting:c", "meeting:d", False, "w")
    text = write_decisions(with_decision(with_decision((), other), one))
    assert text == write_decisions(with_decision(with_decision((), one), other))
    path = tmp_path / "identity.yml"
    path.write_text(text, encoding="utf-8")
    assert read_decisions(path) == (one, other)
    assert with_decision((one,), Decision("meeting:b", "meeting:a", False, "v")) == (
        Decision("meeting:b", "meeting:a", False, "v"),
    )


def test_loading_twice_and_in_any_order_changes_nothing(tmp_path: Path, folder: Path) -> None:
    place = tmp_path / "store"
    files = sorted(OWN.iterdir(), reverse=True)
    assert load_inputs(str(place), files, ReadOptions()).added > 0
    again = load_inputs(str(place), files[1:], ReadOptions())
    assert (again.added, again.removed) == (0, 0)
    assert assemble(list(all_sources(place).values())) == assemble(list(all_sources(folder).values()))


def test_a_file_that_fails_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(10):
        (inside / f"tree-{number}.json").write_bytes(
            (OWN / "tree.json").read_bytes().replace(b'"session": 9', b'"session": %d' % (number + 1))
        )
    (inside / "broken.json").write_text('[{"a": 1,', encoding="utf-8")
    assert main(["load", str(inside), "--store", str(tmp_path / "store"), "--jobs", "2"]) == 2
    out, err = capfdbinary.readouterr()
    assert b"10 files loaded, 1 set aside" in out and b"set aside: broken.json, line 1" in err
    assert len(all_sources(tmp_path / "store")) == 2 + 10
    assert not (tmp_path / "store" / "incoming").exists()


def test_a_store_in_which_nothing_can_be_kept_is_told_and_no_file_blamed(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    place, inputs = tmp_path / "store", [str(OWN / "tree.json")] * 8
    place.mkdir()
    (place / "store.lock").touch()
    (place / "incoming").write_text("a file where a folder should be", encoding="utf-8")
    assert main(["load", *inputs, "--jobs", "2", "--keep-going", "--store", str(place)]) == 2
    told = capfdbinary.readouterr().err
    assert b"the store cannot be written" in told and b"as it was before" in told and told.count(b"\n") == 1


def test_all_or_none_without_keep_going(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("[{]", encoding="utf-8")
    place = tmp_path / "store"
    assert main(["load", str(OWN / "tree.json"), str(broken), "--store", str(place)]) == 2
    assert len(all_sources(place)) == 2
    assert capfdbinary.readouterr().err.count(b"\n") == 1


@pytest.mark.slow
def test_the_real_samples_conform_and_are_asked_together_with_the_documents(real_folder: Path, real: Store) -> None:
    """Read by hand: R, annex II, table 1, rows 9 and 11; the timeline, lines 100 and 101."""
    assert main(["validate", "--store", str(real_folder)]) == 0
    query, _ = Catalogue().find("planned-dates-that-differ")
    rows = Runner(real).answer(query, {"other": ["post-2020-timeline"]}).flat()
    assert [(row["meeting"], row["starts"], row["ends"], row["other_starts"], row["other_ends"]) for row in rows] == [
        ("SBI-3", "2020-05-25", "2020-05-30", "2020-05-25", "2020-05-29"),
        ("SBSTTA-24", "2020-05-18", "2020-05-23", "2020-05-18", "2020-05-25"),
    ]  # fmt: skip
    places = analyse("conflicts", real, {"kind": "place", "between": ("CBD/WG2020/REC/1/1", "post-2020-timeline")})
    assert places.status == "no"


@pytest.mark.slow
def test_calls_and_codings_of_the_real_samples(real: Store) -> None:
    """Read by hand: notification 2024-001, lines 14 and 15 of the file; decision IX/1, paragraphs 1 and 17 (a)."""
    runner = Runner(real)
    calls = runner.answer(Catalogue().find("calls-with-deadlines")[0], {}).flat()
    assert len(calls) == 71
    assert {(row["due"], row["field"]) for row in calls if row["notice"] == "ntf-2024-001"} == {
        ("2024-02-29", "actionDate"), ("2024-07-03", "deadline"),
    }  # fmt: skip
    coded = runner.answer(Catalogue().find("codings-of-a-decision")[0], {"decision": ["decision IX/1"]}).flat()
    rows = {str(row["paragraph"]): row for row in coded}
    assert rows["paragraph-1"]["followed"] == "ntf-2008-021; ntf-2008-022; ntf-2008-039"
    assert rows["paragraph-17.a"]["status"] == "coded-superseded"
