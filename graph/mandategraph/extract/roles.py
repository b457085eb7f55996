"""What the role cell of a schedule table says: what is handed to whom, what is taken up, and how firmly.

The wordings are those of the sources: 向X提出Y, 提交X的Y, 供X审议 hand something on; 审议X的Y, 回应X提出的要求,
根据X的Y take something up. 将 is will, 可 and 能 are may, 预计 is expected; without any of them the commitment is unmarked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mandategraph.extract.names import Namer
from mandategraph.model.references import Ref
from mandategraph.read.text import fold_with_offsets

_DELIVERABLES = {
    "建议": "recommendation",
    "报告": "report",
    "草案": "draft",
    "案文": "text",
    "初步讨论稿": "discussion-paper",
    "备选机制": "options",
    "结果或结论": "outcome",
    "指导": "guidance",
}
_NOUN = re.compile(r"((?:磋商|讲习班的?)?报告|建议|草案|案文|初步讨论稿|备选机制|结果或结论|指导)")
_MODAL = re.compile(r"预计|也能|可(?!能|持续)|将")
_EXPECTED = "预计"  # governs the whole sentence, also where 将 follows
_MODALITIES = {"也能": "may", "可": "may", "将": "will"}

_HANDED = re.compile(r"向(?P<to>[^,。]{2,30}?)(?:提出|提交)(?P<what>[^,。]*)")
_SUBMITTED = re.compile(r"(?<!向)提交(?P<to>[A-Z][^,。]{2,12}?)的(?P<what>[^,。]*)")
_FOR = re.compile(r"供(?P<to>[^,。]{3,40}?)(?:进一步)?(?:磋商和)?审议(?!的)")
_POSSIBLY = re.compile(r"(?<=,)包括视可能提供(?P<what>关于[^,。]*?的指导)")
_MADE = re.compile(r"(?:编制一项|编写)(?P<what>[^,。]*)")

_TAKEN_FROM_MEETINGS = re.compile(
    r"(?:审议|回应)(?P<from>[^,。]*?会议|[A-Z0-9-]+和[A-Z0-9-]+)"
    r"(?:的结果|(?:产生的|所提|提出的)任何[^,。]*?(?:请求|要求))"
)
_TAKEN_FROM_OTHERS = (
    (re.compile(r"审议(?P<from>一个专家组)的工作结果"), "group:UNNAMED-EXPERT-GROUP", "results"),
    (re.compile(r"审议(?P<from>第14/23号决定设立的专家组)的报告"), "body:EXPERTS-14-23", "report"),
    (re.compile(r"(?:审议|和)(?P<from>缔约方)提出的意见"), "group:PARTIES", "views"),
    (re.compile(r"审议(?P<from>生物多样性主流化非正式咨询小组)[^,。]*?的报告"), "body:IAG-MAINSTREAMING", "report"),
    (
        re.compile(r"审议(?P<from>《2015-2020年性别平等行动计划》)的执行情况"),
        "document:GENDER-PLAN-2015-2020",
        "results",
    ),
    (re.compile(r"审议(?P<from>第五版《全球生物多样性展望》)"), "document:GBO-5", "report"),
    (re.compile(r"和(?P<from>生物多样性平台)进行评估的结论"), "organization:IPBES", "outcome"),
    (re.compile(r"根据(?P<from>共同主席)的初稿"), "office:WG2020-CO-CHAIRS", "draft"),
    (re.compile(r"在(?P<from>其先前工作)和"), "body:WG2020", "results"),
    (re.compile(r"和(?P<from>附属机构)工作"), "group:SUBSIDIARY-BODIES", "results"),
    (re.compile(r"及(?P<from>其他磋商)的基础上"), "group:OTHER-CONSULTATIONS", "results"),
)
_SENTENCE = re.compile(r"[^。]+")


@dataclass(frozen=True)
class Handing:
    """Something handed on (`voice` giver) or taken up (`voice` receiver) by the meeting of the row.

    `others` are the meetings, body or other things at the far end; none where the text names none. `quote` is as written.
    """

    voice: str
    modality: str
    others: tuple[str, ...]
    destination: str
    deliverable: str
    as_written: str
    quote: str


def read_role(text: str, namer: Namer) -> tuple[list[Handing], list[str]]:
    """All that a role cell says is handed on and taken up, in the order of the text.

    Also returns the bodies that the cell names as acting (before 将), for the caller to check against the row.
    """
    folded, offsets = fold_with_offsets(text)
    if folded.startswith("待定"):
        return [Handing("giver", "unmarked", (), "to-be-determined", "unnamed", "", text[:2])], []
    cell = _Cell(text, folded, offsets, namer)
    handings: list[tuple[int, Handing]] = []
    for sentence in _SENTENCE.finditer(folded):
        handings += cell.given(sentence.start(), sentence.end())
        handings += cell.taken(sentence.start(), sentence.end())
    handings.sort(key=lambda pair: (pair[1].voice, pair[0]))
    subjects = [m.ref for m in namer.actors(folded) if re.match(r"-?\d*(?:还)?(?:将|可|向)", folded[m.end :])]
    return [handing for _, handing in handings], subjects


@dataclass(frozen=True)
class _Cell:
    text: str
    folded: str
    offsets: list[int]
    namer: Namer

    def given(self, start: int, end: int) -> list[tuple[int, Handing]]:
        """What one sentence hands on."""
        found: list[tuple[int, Handing]] = []
        for pattern in (_HANDED, _SUBMITTED, _FOR):
            for match in pattern.finditer(self.folded, start, end):
                others, destination = self._destination(match["to"], match.start("to"))
                if not destination:
                    continue
                what = match["what"] if pattern is not _FOR else self.folded[start : match.start()]
                found.append((match.start(), self._handing("giver", start, match, others, destination, what)))
        for match in _POSSIBLY.finditer(self.folded, start, end) if found else ():
            # What goes to the same place, "as possible": a may beside a will.
            given = found[-1][1]
            possible = self._handing("giver", start, match, given.others, given.destination, match["what"])
            found.append((match.start(), replace(possible, modality="may")))
        if not found:
            for match in _MADE.finditer(self.folded, start, end):
                if _NOUN.search(match["what"]):
                    handing = self._handing("giver", start, match, (), "not-stated", match["what"])
                    found.append((match.start(), handing))
        return found

    def taken(self, start: int, end: int) -> list[tuple[int, Handing]]:
        """What one sentence takes up."""
        found: list[tuple[int, Handing]] = []
        for match in _TAKEN_FROM_MEETINGS.finditer(self.folded, start, end):
            others = tuple(m.ref for m in self.namer.meetings(match["from"]))
            kind = "results" if match[0].endswith("结果") else "request"
            if others:
                found.append((match.start(), self._intake(start, match, others, kind)))
        for pattern, ref, kind in _TAKEN_FROM_OTHERS:
            for match in pattern.finditer(self.folded, start, end):
                found.append((match.start(), self._intake(start, match, (ref,), kind)))
        return found

    def _destination(self, words: str, at: int) -> tuple[tuple[str, ...], str]:
        meetings = [m for m in self.namer.meetings(self.folded) if at <= m.start and m.end <= at + len(words)]
        if meetings:
            return tuple(m.ref for m in meetings), "named-meeting"
        body = self.namer.body_of(words)
        return ((body,), "body-only") if Ref(body).kind == "body" else ((), "")

    def _handing(
        self, voice: str, start: int, match: re.Match[str], others: tuple[str, ...], destination: str, what: str
    ) -> Handing:
        nouns = _NOUN.findall(what)
        noun = nouns[-1] if nouns else ""
        kind = next((kind for word, kind in _DELIVERABLES.items() if noun.endswith(word)), "unnamed")
        modal = self._modal(start, match.start())
        quoted = self._written(
            modal.start() if modal and match.start() - modal.start() < 4 else match.start(), match.end()
        )
        return Handing(voice, self._modality(start, match.start()), others, destination, kind, noun, quoted)

    def _intake(self, start: int, match: re.Match[str], others: tuple[str, ...], kind: str) -> Handing:
        modality = self._modality(start, match.start() + 1)
        written = self._written(match.start(), match.end())
        return Handing("receiver", modality, others, "named-meeting", kind, "", written)

    def _modality(self, start: int, at: int) -> str:
        if self.folded.find(_EXPECTED, start, at) >= 0:
            return "expected"
        modal = self._modal(start, at)
        return _MODALITIES[modal[0]] if modal else "unmarked"

    def _modal(self, start: int, at: int) -> re.Match[str] | None:
        """The modal word nearest before the verb, in the same sentence."""
        return next(reversed(list(_MODAL.finditer(self.folded, start, at))), None)

    def _written(self, start: int, end: int) -> str:
        return self.text[self.offsets[start] : self.offsets[end - 1] + 1]
