"""Schedule tables of any column order: who meets when and where, on what, under which decision, to hand what to whom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from mandategraph.extract.drafts.citing import cited_in
from mandategraph.extract.drafts.handing import handings
from mandategraph.extract.drafts.passage import CODE, NAME, POSITION, Draft, Passage
from mandategraph.extract.drafts.places import read_place
from mandategraph.extract.drafts.when import Stated, find_whens, undetermined
from mandategraph.extract.drafts.wording import level
from mandategraph.extract.names import body_and_ordinal
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import (
    ClassificationRecord,
    ContributionRecord,
    ElementRecord,
    MandateRecord,
    MeetingRecord,
    ScheduleRecord,
    When,
)
from mandategraph.model.references import Ref
from mandategraph.model.register import shipped_register
from mandategraph.read.parts import Part
from mandategraph.read.text import fold, quote

_TYPE = re.compile(r"(?:^|[\s,，])([1-9])$")
_CODE = re.compile(r"\(\s*([A-Z][A-Za-z0-9()]*(?:-[A-Za-z0-9]+)+)\s*\)")


class Tables:
    """Reads every table of a draft whose head says that it is a schedule."""

    def __init__(self, draft: Draft, phase: str, day: date | None) -> None:
        self.draft = draft
        self.phase = phase
        self.day = day
        self.topics = {
            fold(name).lower(): entity.ref
            for entity in shipped_register().of_kind("element")
            for name in (entity.zh, entity.en)
        }

    def read(self) -> None:
        for table in self.draft.tree.of_kind("Table"):
            above = ""
            for row in self.draft.below(table.path):
                cells = {cell.column: cell for cell in self.draft.below(row.path) if cell.kind == "TableCell"}
                if row.kind == "TableRow" and cells:
                    above = self._row(row, cells, above)

    def _row(self, row: Part, cells: dict[str, Part], above: str) -> str:
        meeting = self._meeting(row, cells.get("meeting")) or above
        if not meeting:
            self.draft.unknown((Evidence(row.path, row.first, quote(row.text)),))
            return ""
        when, where = cells.get("when-where") or cells.get("when"), cells.get("where")
        when, where = _with(when, cells.get("when-end"), " - "), _with(where, cells.get("country"), ", ")
        if (when and when.text) or (where and where.text):
            self._schedule(row, meeting, when, where)
        self._type(row, meeting, cells.get("type"))
        element = self._element(row, cells.get("element"))
        mandate = self._mandate(row, meeting, element, cells.get("mandate"))
        self._handings(row, meeting, element, mandate, cells.get("role"))
        return meeting

    def _meeting(self, row: Part, cell: Part | None) -> str:
        if cell is None or not cell.text:
            return ""
        passage = Passage(cell)
        named = self.draft.naming_at(cell.path).meetings(passage.text)
        whole = [one for one in named if one.end - one.start > 0.6 * len(passage.text) or one.start == 0]
        code = _CODE.search(passage.text)
        bodies = self.draft.naming.bodies(passage.text)
        body, ordinal = "", 0
        if whole:
            ref = whole[0].ref
            body, ordinal = body_and_ordinal(ref) if re.search(r"-\d+$", ref) else ("", 0)
        else:
            ref = f"meeting:{self.draft.handle}.{row.path}"
            body = next((one.ref for one in bodies if one.end - one.start > 0.8 * len(passage.text)), "")
        record = MeetingRecord(
            ref, quote(cell.text), passage.evidence(0, len(passage.text)), body, ordinal, (code[1],) if code else ()
        )
        self.draft.add("meetings", record, id=(NAME if whole else POSITION, "the words of the meeting's cell"))
        kind = "" if whole else self.draft.naming.kind(cell.text)
        if kind:
            self.draft.add(
                "classifications",
                ClassificationRecord(f"{row.path}.kind-1", ref, kind, quote(cell.text), record.evidence, row.path),
                type=(NAME, "a word for a kind of meeting in its name"),
            )
        return ref

    def _schedule(self, row: Part, meeting: str, when: Part | None, where: Part | None) -> None:
        holder = when if when and when.text else where
        assert holder
        stated, rest = _when(Passage(when).text if when else "", self.draft)
        place = read_place(
            f"{rest}, {where.text}" if where and rest else where.text if where else rest, self.draft.naming
        )
        if place.unknown:
            cell = where if where and where.text else holder
            self.draft.unknown((Evidence(cell.path, cell.first, quote(place.unknown)),))
        status = "given" if place.refs else "to-be-determined" if place.undetermined else "not-stated"
        evidence = Passage(holder).evidence(0, len(holder.text))
        if where and where is not holder and where.text:
            evidence += Passage(where).evidence(0, len(where.text))
        last = stated.when.latest
        phase = "held" if self.day and last and last < self.day else self.phase
        record = ScheduleRecord(
            row.path, meeting, phase, stated.when, quote(holder.text), evidence, place.refs, status, place.mode, (),
            row.path,
        )  # fmt: skip
        self.draft.add("schedules", record, when=(NAME, "the date column"), places=(NAME, "the words beside the date"))

    def _type(self, row: Part, meeting: str, cell: Part | None) -> None:
        if cell is None or not cell.text:
            return
        text = level(cell.text).strip()
        number = _TYPE.search(text) or re.fullmatch(r"([1-9])", text)
        kind = number[1] if number else self.draft.naming.kind(text)
        evidence = Passage(cell).evidence(0, len(cell.text))
        if kind:
            record = ClassificationRecord(row.path, meeting, kind, quote(cell.text), evidence, row.path)
            self.draft.add("classifications", record, type=(NAME, "the type column"))
        elif not self.draft.words.said["online"].search(text):
            self.draft.unknown(evidence)

    def _element(self, row: Part, cell: Part | None) -> str:
        if cell is None or not cell.text or self.draft.words.said["request"].search(level(cell.text)):
            return ""
        ref = self.topics.get(fold(cell.text).lower(), f"element:{self.draft.handle}.{row.path}")
        record = ElementRecord(row.path, ref, quote(cell.text), Passage(cell).evidence(0, len(cell.text)))
        self.draft.add("elements", record, as_written=(NAME, "the subject column"))
        return ref

    def _mandate(self, row: Part, meeting: str, element: str, cell: Part | None) -> str:
        if cell is None or not cell.text:
            return ""
        passage = Passage(cell)
        cited = [one.ref for one in cited_in(passage.text, bare=True)]
        documents = [_document(ref) for ref in cited if "/DEC/" in ref or "A/RES/" in ref]
        requested = tuple(m.ref for m in self.draft.naming_at(cell.path).meetings(passage.text))
        evidence = passage.evidence(0, len(passage.text))
        if documents:
            for number, decision in enumerate(dict.fromkeys(documents)):
                identifier = row.path if not number else f"{row.path}.{number + 1}"
                record = MandateRecord(identifier, meeting, evidence, decision, (), element, row.path)
                self.draft.add("mandates", record, decision=(CODE, "the number of a decision"))
            return row.path
        if requested and self.draft.words.said["request"].search(passage.text):
            record = MandateRecord(row.path, meeting, evidence, "", requested, element, row.path)
            self.draft.add("mandates", record, requested_by=(NAME, "meetings named with a word for a request"))
            return row.path
        if not re.fullmatch(r"[-–—./\s]*|n/?a", passage.text.lower()):
            self.draft.unknown(evidence)
        return ""

    def _handings(self, row: Part, meeting: str, element: str, mandate: str, cell: Part | None) -> None:
        if cell is None or not cell.text:
            return
        passage = Passage(cell)
        for number, one in enumerate(handings(passage.text, self.draft.naming_at(cell.path)), 1):
            giver = one.voice == "giver"
            record = ContributionRecord(
                f"{row.path}.{number}", meeting if giver else one.other, one.destination, one.voice, one.modality,
                passage.evidence(one.start, one.end), one.other if giver else meeting, one.deliverable,
                quote(one.as_written), element, mandate, row.path,
            )  # fmt: skip
            self.draft.add("contributions", record, target=(NAME, "a receiver named after a word for giving"))


def _with(cell: Part | None, other: Part | None, glue: str) -> Part | None:
    """A cell and the one that goes on with it (first and last day, city and country) as one; the same words only once."""
    if not (cell and cell.text and other and other.text) or cell.text == other.text:
        return cell if cell and cell.text else other
    return replace(cell, pieces=[*cell.pieces, *((line, glue + text) for line, text in other.pieces)])


def _when(text: str, draft: Draft) -> tuple[Stated, str]:
    """The time that a cell states, and what else stands in it."""
    found = find_whens(text, draft.words, cell=not undetermined(text, draft.words))
    if not found:
        status = When("to-be-determined", "none")
        return Stated(status, 0, 0), text
    rest = text
    for one in reversed(found):
        rest = rest[: one.start] + " " + rest[one.end :]
    first = found[0]
    if len(found) > 1:
        bounds = [one.when for one in found]
        early = min(one.earliest for one in bounds if one.earliest)
        late = max(one.latest for one in bounds if one.latest)
        first = Stated(When(first.when.status, "several-dates", None, None, early, late), first.start, found[-1].end)
    elif draft.words.said["tentative"].search(rest) and first.when.status == "fixed":
        first = Stated(replace(first.when, status="to-be-confirmed"), first.start, first.end)
    return first, rest


def _document(ref: str) -> str:
    """The decision of a cited paragraph."""
    if Ref(ref).kind == "part":
        return "document:" + Ref(ref).code.rpartition("/")[0]
    return ref
