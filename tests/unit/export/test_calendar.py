"""Calendars of plan and fact, read back by ical.js; what the documents say of each meeting is read there by hand."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import icalendar
import pytest
import shipped
from mandategraph import cli
from mandategraph.analysis.network import Network
from mandategraph.export.events import Event, Standing, events
from mandategraph.export.ical import uid, write_calendar
from mandategraph.pipeline.as_of import store_as_of
from mandategraph.rdf import namespaces
from outside import node, node_modules

READER = Path(__file__).parents[2] / "node" / "read-ics.js"


@cache
def made() -> tuple[Event, ...]:
    store = shipped.opened()
    return tuple(events(store, Network(store)))


def of(code: str) -> dict[int, Event]:
    return {one.version: one for one in made() if one.name.value == code}


def by_ical_js(content: bytes, folder: Path) -> dict[str, dict]:
    node_modules("ical.js")
    file = folder / "meetings.ics"
    file.write_bytes(content)
    done = node(READER, str(file))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {event["uid"]: event for event in found}


def test_a_reader_of_another_make_finds_every_event(tmp_path: Path) -> None:
    found = by_ical_js(write_calendar(made(), ("zh", "en")), tmp_path)
    assert len(found) == len(made())
    for event in made():
        read = found[uid(event.meeting, event.version)]
        assert read["allday"] is True
        assert (read["dtstart"], read["dtend"]) == tuple(map(str, event.days))
        assert (read["status"], read["sequence"]) == (event.standing.value, str(event.sequence))
        assert (
            event.name.labels["zh"] in read["summary"] and read["description"].count("出处：") == len(event.sources) > 0
        )


def test_a_meeting_that_moved() -> None:
    """SBI-3: planned 25 to 30 May 2020 in Montreal (plan, line 286); held online in May and June 2021 (overview, line 21),
    the range shared with SBSTTA-24, so that its own days are not known."""
    plan, now = of("SBI-3")[1], of("SBI-3")[0]
    assert plan.standing is Standing.CANCELLED and plan.days == (date(2020, 5, 25), date(2020, 5, 31))
    assert now.days == (date(2021, 5, 3), date(2021, 6, 14)) and now.sequence == 1
    assert now.standing is Standing.TENTATIVE and now.bounded and not now.open_ended
    assert [place.labels["en"] for place in plan.places] == ["Montreal, Canada"] and now.mode == "online"


def test_a_meeting_held_as_planned_is_one_event() -> None:
    """The expert group on digital sequence information: 17 to 20 March 2020 in both documents."""
    assert list(of("DSI-AHTEG-2020-01")) == [0]
    event = of("DSI-AHTEG-2020-01")[0]
    assert event.standing is Standing.CONFIRMED and event.sequence == 0 and len(event.sources) == 2


def test_partial_dates_are_not_made_precise() -> None:
    """Table 2, row 5: January 2020, to be confirmed; row 4: to be determined. Overview, 16 (a): from 30 April 2020 on."""
    month = of("WG2020-REC-1-1.annex-2.table-2.row-5")[0]
    assert month.days == (date(2020, 1, 1), date(2020, 2, 1)) and month.bounded
    assert month.standing is Standing.TENTATIVE
    assert of("WG2020-REC-1-1.annex-2.table-2.row-4") == {}
    on = of("overview-after-WG2020-2.paragraph-16.a")[0]
    assert on.open_ended and on.days == (date(2020, 4, 30), date(2020, 5, 1))
    text = write_calendar([month, on], ("en", "zh")).decode().replace("\r\n ", "")
    assert "which of them are its own is not stated" in text and "its end is not stated" in text
    assert text.count("TRANSP:TRANSPARENT") == 2


def test_a_meeting_that_was_replaced_is_cancelled() -> None:
    """The Edinburgh workshop of 1 to 3 April 2020 (table 3, row 2) was replaced, as footnote 36 of the overview says."""
    event = of("WG2020-REC-1-1.annex-2.table-3.row-2")[0]
    assert event.standing is Standing.CANCELLED and event.replaced_by


def test_before_the_meeting_moved_it_was_a_plan(tmp_path: Path) -> None:
    """The same event, by its UID, as it was known on the day of the plan."""
    store = store_as_of(str(tmp_path), "2019-08-30")
    meeting = namespaces.iri("meeting", "SBI-3")
    (event,) = events(store, Network(store), [meeting])
    assert (event.version, event.sequence, event.standing) == (0, 0, Standing.TENTATIVE)
    assert uid(event.meeting) == uid(of("SBI-3")[0].meeting)


def test_lines_are_folded_and_the_bytes_stay() -> None:
    content = write_calendar(made(), ("zh", "en"))
    assert content == write_calendar(made(), ("zh", "en"))
    assert all(len(line) <= 75 for line in content.split(b"\r\n")) and b"\n" not in content.replace(b"\r\n", b"")
    calendar = icalendar.Calendar.from_ical(content)
    stamps = {event.decoded("dtstamp").date() for event in calendar.walk("VEVENT")}
    assert stamps == {date(2019, 8, 30), date(2021, 6, 18)}


def test_the_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, folder = tmp_path / "one.ics", ["--store", str(tmp_path / "store")]
    assert cli.main([*folder, "calendar", "WG2020-2", "-o", str(file)]) == 0
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 2
    assert cli.main([*folder, "calendar", "WG2020-REC-1-1.annex-2.table-2.row-4", "-o", str(file)]) == 0
    assert "without any date" in capsys.readouterr().err
    assert cli.main([*folder, "calendar", "WG2020-22"]) == 1
