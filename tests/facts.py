"""The facts of an extraction as flat lines by kind, to be held against those read by hand."""

from __future__ import annotations

from mandategraph.model.records import Extraction, ScheduleRecord

KINDS = (
    "heading", "meetings", "dates", "places", "elements", "mandates", "targets", "clauses", "deadlines", "consulted", "citations",
    "brackets", "footnotes", "agenda",
)  # fmt: skip


def facts(extraction: Extraction) -> dict[str, set[str]]:
    """What the extraction says, kind by kind. A meeting or group without a code goes by its name in quotation marks."""
    written = {one.id: one.as_written for one in extraction.meetings}
    spelled = {one.thing: one.spelling for one in extraction.names if one.thing.startswith("group:")}
    handle = extraction.document.symbol.removeprefix("CBD/").replace("/", "-")

    def named(ref: str) -> str:
        if f":{handle}." in ref:
            return f'"{written.get(ref) or spelled.get(ref, ref)}"'
        return ref

    cells = {part.path for part in extraction.parts if part.kind == "TableCell"}

    def place(path: str) -> str:
        return path.rpartition(".")[0] if path in cells else path

    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    found["heading"] = _heading(extraction)
    found["meetings"] = {named(one.id) for one in extraction.meetings}
    for schedule in extraction.schedules:
        found["dates"].add(f"{named(schedule.meeting)} {_when(schedule)}")
        found["places"] |= {f"{named(schedule.meeting)} {one}" for one in _where(schedule)}
    rows = {one.row: one.meeting for one in extraction.schedules if one.row}
    rows |= {one.row: one.mandatee for one in extraction.mandates}
    found["elements"] = {f"{named(rows.get(one.id, '?'))} {one.as_written}" for one in extraction.elements}
    found["mandates"] = {
        f"{named(one.mandatee)} {_code(one.decision or ' '.join(one.requested_by))}" for one in extraction.mandates
    }
    for one in extraction.contributions:
        verb = one.modality if one.voice == "giver" else "takes"
        target = named(one.target) if one.target else "nobody"
        found["targets"].add(f"{named(one.source)} {verb} {one.deliverable} {target}")
    for clause in extraction.clauses:
        found["clauses"].add(" ".join([clause.id, *clause.verbs, *map(named, clause.addressees)]))
        found["consulted"] |= {f"{clause.id} {actor}" for actor in clause.consulted}
    for deadline in extraction.deadlines:
        when = deadline.due or f"{deadline.anchor} {deadline.point} {deadline.days}"
        found["deadlines"].add(f"{deadline.id.rpartition('.')[0]} {when}")
    found["citations"] = {f"{place(one.evidence[0].place)} {_code(one.cited)}" for one in extraction.citations}
    found["brackets"] = {one.of for one in extraction.statuses if one.status == "bracketed"}
    found["footnotes"] = {f"{part.path} {mark}" for part in extraction.parts for mark in part.marks}
    found["agenda"] = {
        f"{one.subject.rpartition('.')[2]} {one.as_written}"
        for one in extraction.treatments
        if "agenda-item:" in one.subject
    }
    return found


def _heading(extraction: Extraction) -> set[str]:
    document = extraction.document
    told = {
        "symbol": document.symbol if document.published else "", "date": document.date, "language": document.language,
        "original": document.original_language, "meeting": document.meeting or document.for_meeting, "genre": document.genre,
        "item": document.agenda_item, "title": document.title, "author": document.author,
    }  # fmt: skip
    return {f"{name} {value}" for name, value in told.items() if value}


def _when(schedule: ScheduleRecord) -> str:
    when = schedule.when
    if when.precision == "day":
        said = f"{when.start}/{when.end}"
    else:
        said = f"{when.earliest}..{when.latest} {when.precision}" if when.earliest else when.precision
    return f"{said} {when.status} {schedule.phase}"


def _where(schedule: ScheduleRecord) -> list[str]:
    online = ["online"] * (schedule.mode == "online")
    return [*schedule.places, *online, *["to-be-determined"] * (schedule.place_status == "to-be-determined")]


def _code(ref: str) -> str:
    return ref.removeprefix("document:").removeprefix("part:")
