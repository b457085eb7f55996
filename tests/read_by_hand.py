"""What people read in the plan R and the overview O, as flat facts; the tests of the reader check each entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import acts_by_hand as acts
import annex_by_hand as annex
import overview_by_hand as overview
import pytest
import seeds
from mandategraph.extract.drafts.draft import read_document
from mandategraph.model.records import Extraction
from mandategraph.read.formats.detect import render

Facts = dict[str, set[str]]


def measured(score: Callable[[], Any]) -> list[tuple[str, dict[str, Any], list[str]]]:
    """For each of the two documents that is at hand: its title, scores by kind of fact, and the differences."""
    told = []
    for title, path, of, true in (
        ("the plan R", seeds.plan, plan_facts, plan_by_hand),
        ("the overview O", seeds.overview, overview_facts, overview_by_hand),
    ):
        try:
            file = path()
        except pytest.skip.Exception as reason:
            print(f"{title}: {reason}")
            continue
        found, wanted = of(read_document(render(file), file.read_bytes())), true()
        scores = {kind: score() for kind in wanted}
        differences = []
        for kind, one in scores.items():
            one.add(found[kind], wanted[kind])
            differences += [f"{title}: {kind}: {line}" for line in sorted(found[kind] ^ wanted[kind])]
        told.append((title, scores, differences))
    return told


def plan_by_hand() -> Facts:
    rows = annex.ROWS
    deadlines = {
        "paragraph-3 2019-09-15", "paragraph-4.2 meeting:WG2020-2 opening -42", "paragraph-4.3 2019-11-24",
        "paragraph-6 2019-11-24", "paragraph-7.2 meeting:COP-15 opening 0",
    }  # fmt: skip
    return {
        "meetings": {f"{row.line} {row.meeting}" for row in rows.values() if row.line in annex.TIMES},
        "dates": {f"{line} {start} {end} {status}" for line, (start, end, _, status) in annex.TIMES.items()},
        "places": {f"{line} {place}" for line, (_, _, place, _) in annex.TIMES.items() if place},
        "elements": {f"{path} {row.element}" for path, row in rows.items() if row.element},
        "mandates": {f"{path} {row.meeting} {row.authority}" for path, row in rows.items() if row.authority},
        "targets": {f"{path} gives {' '.join(one)}" for path, row in rows.items() for one in row.gives}
        | {f"{path} takes {' '.join(one)}" for path, row in rows.items() for one in row.takes},
        "clauses": {f"{name} {act.line} {act.verbs} {act.addressees}" for name, act in acts.ACTS.items()},
        "deadlines": deadlines,
    }


def plan_facts(extraction: Extraction) -> Facts:
    lines = {one.row: one.evidence[0].line for one in extraction.schedules if one.row}
    stated = [one for one in extraction.schedules if one.row]
    listed = {one.place: one.id for one in extraction.meetings}
    gives = {
        f"{one.row} gives {one.target} {one.modality} {one.deliverable}"
        for one in extraction.contributions
        if one.voice == "giver"
    }
    takes = {
        f"{one.row} takes {one.source} {one.deliverable}" for one in extraction.contributions if one.voice == "receiver"
    }
    return {
        "meetings": {f"{line} {listed[row]}" for row, line in lines.items()},
        "dates": {
            f"{one.evidence[0].line} {one.when.start or ''} {one.when.end or ''} {one.when.status}" for one in stated
        },
        "places": {f"{one.evidence[0].line} {place.partition(':')[2]}" for one in stated for place in one.places},
        "elements": {f"{one.id} {one.element.partition(':')[2]}" for one in extraction.elements},
        "mandates": {
            f"{one.row} {one.mandatee} {' '.join([one.decision, *one.requested_by]).strip()}" for one in extraction.mandates
        },
        "targets": gives | takes,
        "clauses": {
            f"{one.id} {one.evidence[0].line} {' '.join(one.verbs)} {acts.codes(one.addressees)}" for one in extraction.clauses
        },
        "deadlines": {
            f"{one.id.rpartition('.')[0]} {one.due or f'{one.anchor} {one.point} {one.days}'}" for one in extraction.deadlines
        },
    }  # fmt: skip


def overview_by_hand() -> Facts:
    meetings = overview.table(overview.MEETINGS)
    parts = overview.table(overview.PARTS)
    footnotes = [entry.split() for line in overview.FOOTNOTES.strip().splitlines() for entry in line.split(" / ")]
    kinds = {f"{row[0]} {kind}" for row in meetings for kind in row[6].split(",") if kind != "-"}
    return {
        "meetings": {f"{row[0]} {row[1]} {overview.ref(row[0], row[5])}" for row in meetings},
        "dates": {f"{row[0]} {row[2]} {row[3]}" for row in meetings} | {f"{row[0]} {row[1]} {row[2]}" for row in parts},
        "modes": {f"{row[0]} {row[4]}" for row in meetings},
        "kinds": kinds | {f"{row[0]} {row[3]}" for row in parts if row[3] != "-"},
        "footnotes": {f"{number} {line} {holder}" for number, line, holder in footnotes},
    }


def overview_facts(extraction: Extraction) -> Facts:
    """The meetings of the lists and sentences; what a footnote says of an earlier plan is none of them."""
    told = {one.id: one for one in extraction.schedules if one.phase in ("held", "under-way")}
    places = {one.place: one for one in extraction.meetings if one.place in told}
    parts = {place for place in places if place.count(".") == 2}
    lines = {part.path: part.first for part in extraction.parts}
    kinds = {place: one.id for place, one in places.items()}
    return {
        "meetings": {f"{place} {one.evidence[0].line} {one.id}" for place, one in places.items() if place not in parts},
        "dates": {
            f"{place} {told[place].when.earliest} {told[place].when.latest or '-'}" for place in places
        },
        "modes": {f"{place} {told[place].mode}" for place in places if place not in parts},
        "kinds": {
            f"{place} {one.type}" for place, thing in kinds.items() for one in extraction.classifications if one.meeting == thing
        },
        "footnotes": {
            f"{mark} {lines[f'footnote-{mark}']} {part.path}" for part in extraction.parts for mark in part.marks
        },
    }  # fmt: skip
