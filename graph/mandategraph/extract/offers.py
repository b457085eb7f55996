"""Meetings that paragraphs speak of outside the tables: offers to host, support, and what was held before.

An offer with days and a place is a second source for the schedule of its meeting. Where the words do not name the
meeting, it is found by what both places say: the same days and place, or the same earlier event that it follows up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mandategraph.extract.actors import ActorFinder
from mandategraph.extract.dates import read_when
from mandategraph.extract.names import Namer
from mandategraph.extract.passages import Passage
from mandategraph.model.evidence import Evidence
from mandategraph.model.paragraph_records import ParticipationRecord
from mandategraph.model.records import MeetingRecord, ScheduleRecord, When
from mandategraph.model.register import Register
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.text import fold, quote

_DAYS = r"\d{4}年\d{1,2}月\d{1,2}日至(?:\d{1,2}月)?\d{1,2}日"
_OFFER = re.compile(
    rf"欢迎(?P<who>[^,;]{{2,6}}?)(?:慷慨)?提出(?P<dated>于(?P<when>{_DAYS})在(?P<where>[^,;]{{2,12}}?))?主办(?P<what>[^,;]+)"
)
_SUPPORT = re.compile(r"感谢(?P<who>[^,;]{2,6}?)为举行本次会议提供支助")
_THIS_MEETING = '"this meeting" read as the one that speaks; the same paragraph speaks of the meeting offered as well'
_HELD = re.compile(rf"公约于(?P<when>{_DAYS})在(?P<where>[^,;]{{2,8}}?)举行的(?P<what>[^,;]*?讲习班)")
_HEADING = re.compile(rf"(?P<when>{_DAYS}),(?P<where>[^,;]{{2,12}})$")
_HELD_HERE = re.compile(rf"第一次会议于{_DAYS}在[^,;。]{{2,8}}举行")


@dataclass
class Offers:
    """Reads the paragraphs of one document. `listed` and `scheduled` are what its tables say."""

    tree: DocumentTree
    register: Register
    namer: Namer
    handle: str
    meeting: str
    listed: list[MeetingRecord]
    scheduled: list[ScheduleRecord]
    meetings: list[MeetingRecord] = field(default_factory=list)
    schedules: list[ScheduleRecord] = field(default_factory=list)
    participations: list[ParticipationRecord] = field(default_factory=list)

    def read(self) -> None:
        """Read the heading block and every operative paragraph."""
        self.actors = ActorFinder(self.register)
        self.places = {
            fold(name): entity.ref
            for entity in self.register.of_kind("place")
            for name in (entity.zh, *entity.spellings)
        }
        for part in self.tree.of_kind("HeadingBlock"):
            self._heading(part)
        for part in self.tree.of_kind("OperativeParagraph"):
            passage = Passage(part)
            self._held(passage)
            self._offers(passage)
            self._support(passage)

    def _heading(self, part: Part) -> None:
        """Days and place of the meeting whose document this is; a document that it adopted was adopted there."""
        for line, text in part.pieces:
            match = _HEADING.search(fold(text))
            if match and self.meeting:
                evidence = [Evidence(part.path, line, quote(text))]
                for note in self.tree.of_kind("Footnote"):
                    passage = Passage(note)
                    said = _HELD_HERE.search(passage.folded)
                    evidence += passage.evidence(said.start(), said.end()) if said else ()
                self._schedule(part.path, self.meeting, "held", match, quote(text), tuple(evidence))

    def _held(self, passage: Passage) -> None:
        match = _HELD.search(passage.folded)
        if not match:
            return
        ref = f"meeting:{self.handle}.{passage.part.path}"
        written = quote(passage.written(match.start("what"), match.end("what")))
        evidence = passage.evidence(match.start("when"), match.end("what"))
        self.meetings.append(MeetingRecord(ref, written, evidence))
        said = quote(passage.written(match.start("when"), match.end("where")))
        for cell in map(Passage, self._cells_with(match["when"])):
            at = cell.folded.index(match["when"])
            evidence += cell.evidence(at, at + len(match["when"]))
        self._schedule(f"{passage.part.path}.held", ref, "held", match, said, evidence)

    def _offers(self, passage: Passage) -> None:
        match = _OFFER.search(passage.folded)
        if not match:
            return
        actor = self.actors.mentions(passage.folded, match.start("who"), match.end("who"))
        meeting, note = self._offered(passage.folded, match)
        evidence = passage.evidence(match.start(), match.end())
        basis = "derived" if note else "explicit"
        if actor and meeting:
            number = 1 + sum(one.id.startswith(f"{passage.part.path}.") for one in self.participations)
            self.participations.append(
                ParticipationRecord(f"{passage.part.path}.{number}", actor[0].ref, meeting, "offered-host", evidence, basis, note)
            )  # fmt: skip
        if match["dated"] and meeting:
            said = quote(passage.written(match.start("when"), match.end("where")))
            words = passage.evidence(match.start("when"), match.end("where"))
            self._schedule(passage.part.path, meeting, "planned", match, said, words)

    def _offered(self, folded: str, match: re.Match[str]) -> tuple[str, str]:
        """The meeting that is offered, and how it was found where the words do not name it."""
        named = self.namer.meetings(match["what"].replace("的第", "第"))
        if named:
            return named[0].ref, ""
        if match["dated"]:
            when, _ = read_when(match["when"])
            place = self.places.get(match["where"], "")
            same = [one.meeting for one in self.scheduled if (one.when.start, one.when.end) == (when.start, when.end)
                    and place in one.places]  # fmt: skip
            return (same[0], "the listed meeting on the same days at the same place") if same else ("", "")
        days = re.search(_DAYS, folded)
        rows = [cell.path.partition(".cell-")[0] for cell in self._cells_with(days[0])] if days else []
        follows = [one.id for one in self.listed if one.evidence[0].place.partition(".cell-")[0] in rows]
        return (follows[0], "the listed meeting that follows up the same earlier workshop") if follows else ("", "")

    def _support(self, passage: Passage) -> None:
        match = _SUPPORT.search(passage.folded)
        actor = self.actors.mentions(passage.folded, match.start("who"), match.end("who")) if match else []
        if match and actor and self.meeting:
            number = 1 + sum(one.id.startswith(f"{passage.part.path}.") for one in self.participations)
            evidence = passage.evidence(match.start(), match.end())
            note = _THIS_MEETING if _OFFER.search(passage.folded) else ""
            self.participations.append(
                ParticipationRecord(
                    f"{passage.part.path}.{number}",
                    actor[0].ref,
                    self.meeting,
                    "supporter",
                    evidence,
                    "interpretation" if note else "explicit",
                    note,
                )  # fmt: skip
            )

    def _cells_with(self, words: str) -> list[Part]:
        return [cell for cell in self.tree.of_kind("TableCell") if words in fold(cell.text)]

    def _schedule(
        self,
        identifier: str,
        meeting: str,
        phase: str,
        match: re.Match[str],
        written: str,
        evidence: tuple[Evidence, ...],
    ) -> None:
        when: When = read_when(match["when"])[0]
        place = self.places.get(match["where"], "")
        places = (place,) if place else ()
        self.schedules.append(
            ScheduleRecord(
                identifier, meeting, phase, when, written, evidence, places, "given" if places else "not-stated",
                "in-person" if places else "not-stated",
            )
        )  # fmt: skip
