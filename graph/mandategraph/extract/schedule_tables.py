"""Tables that say who meets when and where, on which element, under which decision, to hand what to whom.

Feed, mandate and element belong to the row, not to the meeting: a meeting whose rows name six topics has six of each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mandategraph.extract.dates import read_when
from mandategraph.extract.names import Namer, body_and_ordinal, decisions
from mandategraph.extract.roles import Handing, read_role
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
from mandategraph.model.register import Register
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.text import fold, quote

_TYPE = re.compile(r"^(.*?)[,，]?\s*([1-9])$")
_BETWEEN = re.compile(r"\(([^()]*)之间\)")
_REQUEST = re.compile(r"会议.*(?:请求|要求)$")
_CODE_IN_BRACKETS = re.compile(r"\(((?:[A-Z][A-Za-z0-9]*(?:\(j\))?)(?:-\d+)?)\)$")


@dataclass
class ScheduleTables:
    """Reads all schedule tables of one document; the results stand in its lists."""

    tree: DocumentTree
    namer: Namer
    register: Register
    handle: str
    meetings: list[MeetingRecord] = field(default_factory=list)
    schedules: list[ScheduleRecord] = field(default_factory=list)
    classifications: list[ClassificationRecord] = field(default_factory=list)
    elements: list[ElementRecord] = field(default_factory=list)
    mandates: list[MandateRecord] = field(default_factory=list)
    contributions: list[ContributionRecord] = field(default_factory=list)
    not_understood: list[Evidence] = field(default_factory=list)

    def read(self) -> None:
        """Read every table that has a head with the columns of a schedule."""
        topics = {fold(entity.zh): entity.ref for entity in self.register.of_kind("element")}
        places = {}
        for entity in self.register.of_kind("place"):
            places.update(dict.fromkeys(map(fold, (entity.zh, *entity.spellings)), entity.ref))
        for table in self.tree.of_kind("Table"):
            meeting = ""
            for row in self.tree.below(table.path):
                if row.kind != "TableRow":
                    continue
                cells = {cell.column: cell for cell in self.tree.below(row.path)}
                reader = _Row(self, row, cells, topics, places)
                meeting = reader.read(meeting)


@dataclass
class _Row:
    tables: ScheduleTables
    row: Part
    cells: dict[str, Part]
    topics: dict[str, str]
    places: dict[str, str]

    def read(self, above: str) -> str:
        """Read the row; `above` is the meeting of the row before, to which a row without one belongs."""
        meeting = self._meeting() or above
        if self.cells["when-where"].text:
            self._schedule(meeting)
        self._type(meeting)
        handings, subjects = read_role(self.cells["role"].text, self.tables.namer)
        element = self._element()
        mandate = self._mandate(meeting, element, handings)
        self._contributions(meeting, element, mandate, handings, subjects)
        return meeting

    def _meeting(self) -> str:
        cell = self.cells["meeting"]
        folded = fold(cell.text)
        if not folded:
            return ""
        bracketed = _CODE_IN_BRACKETS.search(folded)
        named = self.tables.namer.meetings(folded)
        body, ordinal = "", 0
        if named:
            ref = named[0].ref
            body, ordinal = body_and_ordinal(ref)
        else:
            ref = f"meeting:{self.tables.handle}.{self.row.path}"
            body = self.tables.namer.body_of(folded)
        codes = (bracketed[1],) if bracketed else ()
        self.tables.meetings.append(
            MeetingRecord(ref, quote(cell.text), self._evidence("meeting"), body, ordinal, codes)
        )
        return ref

    def _schedule(self, meeting: str) -> None:
        cell = self.cells["when-where"]
        when, rest = read_when(cell.text)
        between = _BETWEEN.search(rest)
        flanking = tuple(m.ref for m in self.tables.namer.meetings(between[1])) if between else ()
        words = _BETWEEN.sub("", rest).strip(" ,;")
        places = self._place(words)
        self.tables.schedules.append(
            ScheduleRecord(
                self.row.path, meeting, "planned", when, quote(cell.text), self._evidence("when-where"), places,
                self._place_status(cell.text, places, when), "in-person" if places else "not-stated", flanking, self.row.path,
            )
        )  # fmt: skip

    def _place(self, words: str) -> tuple[str, ...]:
        if not words or words == "待定":
            return ()
        known = self.places.get(words) or self.places.get(words.replace(",", ""))
        if not known:
            self.tables.not_understood += self._evidence("when-where", words)
        return (known,) if known else ()

    @staticmethod
    def _place_status(text: str, places: tuple[str, ...], when: When) -> str:
        folded = fold(text)
        if folded == "待定" or "地点待定" in folded:
            return "to-be-determined"
        return "given" if places else "not-stated"

    def _type(self, meeting: str) -> None:
        cell = self.cells["type"]
        if not cell.text:
            return
        match = _TYPE.match(cell.text)
        if match:
            evidence = self._evidence("type")
            record = ClassificationRecord(self.row.path, meeting, match[2], quote(cell.text), evidence, self.row.path)
            self.tables.classifications.append(record)
        else:
            self.tables.not_understood += self._evidence("type")

    def _element(self) -> str:
        """The subject of the row. A request of a meeting that stands in this column is no subject but an authority."""
        cell = self.cells["element"]
        folded = fold(cell.text)
        if not folded or _REQUEST.search(folded):
            return ""
        ref = self.topics.get(folded, f"element:{self.tables.handle}.{self.row.path}")
        self.tables.elements.append(ElementRecord(self.row.path, ref, quote(cell.text), self._evidence("element")))
        return ref

    def _mandate(self, meeting: str, element: str, handings: list[Handing]) -> str:
        request = fold(self.cells["element"].text)
        cited = decisions(fold(self.cells["mandate"].text))
        if cited:
            record = MandateRecord(
                self.row.path, meeting, self._evidence("mandate"), cited[0].ref, (), element, self.row.path
            )
        elif _REQUEST.search(request):
            named = tuple(m.ref for m in self.tables.namer.meetings(request))
            asked = tuple(o for h in handings if h.voice == "receiver" and h.deliverable == "request" for o in h.others)
            record = MandateRecord(
                self.row.path, meeting, self._evidence("element"), "", named or asked, "", self.row.path,
                "interpretation", "the request stands in the element column; read as the authority of the row",
            )  # fmt: skip
        else:
            if self.cells["mandate"].text:
                self.tables.not_understood += self._evidence("mandate")
            return ""
        self.tables.mandates.append(record)
        return record.id

    def _contributions(
        self, meeting: str, element: str, mandate: str, handings: list[Handing], subjects: list[str]
    ) -> None:
        body = next((record.body for record in self.tables.meetings if record.id == meeting), "")
        acting = [ref for ref in subjects if Ref(ref).kind == "body"]
        other_body = bool(body and acting and body not in acting)
        count = 0
        for handing in handings:
            for other in handing.others or ("",):
                count += 1
                giver = handing.voice == "giver"
                self.tables.contributions.append(
                    ContributionRecord(
                        f"{self.row.path}.{count}",
                        meeting if giver else other,
                        handing.destination,
                        handing.voice,
                        handing.modality,
                        self._evidence("role", handing.quote),
                        other if giver else meeting,
                        handing.deliverable,
                        handing.as_written,
                        element,
                        mandate,
                        self.row.path,
                        "interpretation" if other_body else "explicit",
                        f"the cell names {acting[0]} as acting; the row is of {body}" if other_body else "",
                    )
                )

    def _evidence(self, column: str, words: str = "") -> tuple[Evidence, ...]:
        cell = self.cells[column]
        return (Evidence(cell.path, cell.line_of(words or cell.text), quote(words or cell.text)),)
