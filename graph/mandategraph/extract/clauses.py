"""Clauses: what each paragraph of a recommendation does, act by act.

A paragraph that does one thing is one clause, `paragraph-3`. A paragraph of several acts is several: each act that
begins with 并 (and) has a record of its own, `paragraph-4.1`, `paragraph-4.2`; an act without a verb of the speaker
is ruled by the first verb of its paragraph, and 提请…注意 (to draw attention) is a second verb beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mandategraph.extract.actors import ActorFinder
from mandategraph.extract.citations import CitationFinder
from mandategraph.extract.deadlines import Deadlines
from mandategraph.extract.names import Mention, Namer
from mandategraph.extract.passages import Passage
from mandategraph.model.paragraph_records import ClauseRecord, ConditionRecord, InputRecord
from mandategraph.model.register import Register
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.text import fold

_KINDS = ("PreambularParagraph", "OperativeParagraph", "SubParagraph")
# 请 ends 邀请: the longer word must be tried first.
_VERBS = {
    "邀请": "invites", "提请": "draws-attention", "请": "requests", "欢迎": "welcomes", "注意到": "takes-note",
    "确认": "acknowledges", "重申": "reaffirms", "感谢": "thanks",
}  # fmt: skip
_VERB = re.compile(r"[又并,]*(" + "|".join(_VERBS) + ")")
_OPERATIONAL = {"requests", "invites"}
_NEXT_ACT = re.compile(r",(?=并(?!且|适当|遵循))")
_OVERSIGHT = re.compile(r"在(?P<who>[^,]{2,20}?)的监督下")
_CONSULTED = re.compile(r"与(?P<who>[^,。]{2,60}?)协商")
_PARTNERS = re.compile(r"与(?P<who>[^,。]{2,20}?)协作")
_CAPACITY = re.compile(r"以(?P<who>[^,]{2,20}?)的身份")
_ASKED = re.compile(r"(?:编写|提交|向[^,:]{2,30}提交)$")
_SOURCES = re.compile(r"参照以下资料")
_WEIGHED = re.compile(r"考虑到(?P<what>.*?),编写")
_CONDITIONS = re.compile(r"所编(?P<what>[^,。]{2,8}?)应(?P<rest>.+)$")
_CONDITION = re.compile(r"[^,]*(?:平衡|遵循|认识到|澄清)[^,]*")


@dataclass
class Clauses:
    """Reads the paragraphs of one document; the results stand in its lists."""

    tree: DocumentTree
    register: Register
    namer: Namer
    finder: CitationFinder
    handle: str
    meeting: str
    deadlines: Deadlines
    clauses: list[ClauseRecord] = field(default_factory=list)
    conditions: list[ConditionRecord] = field(default_factory=list)
    inputs: list[InputRecord] = field(default_factory=list)

    def read(self) -> None:
        """Read every preambular and operative paragraph and sub-paragraph."""
        self.actors = ActorFinder(self.register)
        self.asked = {
            fold(name): entity.ref
            for entity in self.register.of_kind("document")
            for name in (entity.zh, *entity.spellings)
            if entity.code.startswith(f"{self.handle}.")
        }
        for part in self.tree.of_kind(*_KINDS):
            self._paragraph(part)

    def _paragraph(self, part: Part) -> None:
        passage = Passage(part)
        opening = _VERB.match(passage.folded)
        if not opening:
            return
        ruling = _VERBS[opening[1]]
        acts = _acts(passage.folded, part.kind == "OperativeParagraph")
        for number, (start, end) in enumerate(acts, 1):
            identifier = f"{part.path}.{number}" if len(acts) > 1 else part.path
            self._act(passage, identifier, ruling, start, end, first=number == 1)

    def _act(self, passage: Passage, identifier: str, ruling: str, start: int, end: int, *, first: bool) -> None:
        folded = passage.folded
        own = _VERB.match(folded, start, end)
        verbs = _verbs(ruling, _VERBS[own[1]] if own else "")
        asked_at = own.end() if own else start
        addressees = self._addressed(folded, ruling, asked_at if first else -1)
        oversight = self._named(_OVERSIGHT, folded, start, end)
        consulted = self._named(_CONSULTED, folded, start, end)
        partners = self._named(_PARTNERS, folded, start, end)
        capacity = self._named(_CAPACITY, folded, start, end)
        known = {*addressees, *oversight, *consulted, *partners, *capacity}
        meetings = [mention for mention in self.namer.meetings(folded) if start <= mention.start < end]
        spoken_of = self._spoken_of(folded, start, end, meetings)
        cited = [*self.finder.find(folded), *self.finder.own_parts(folded)]
        asks = self._documents(folded, start, end)
        record = ClauseRecord(
            identifier, passage.part.path, "operational" if ruling in _OPERATIONAL else "informational", verbs,
            passage.evidence(start, _phrase_end(folded, start, end)), addressees, next(iter(capacity), ""),
            self.deadlines.read(identifier, passage, start, end), oversight, consulted, partners,
            tuple(dict.fromkeys(ref for ref in spoken_of if ref not in known)), asks,
            tuple(dict.fromkeys(one.ref for one in cited if start <= one.start < end)),
            tuple(dict.fromkeys(mention.ref for mention in meetings)),
        )  # fmt: skip
        self.clauses.append(record)
        self._conditions(passage, record, start, end)
        self._inputs(passage, record, start, end)

    def _addressed(self, folded: str, ruling: str, start: int) -> tuple[str, ...]:
        """Whom the paragraph asks; later acts of the same paragraph have the addressees of the first."""
        if ruling not in _OPERATIONAL:
            return ()
        if start < 0:
            return self.clauses[-1].addressees
        return tuple(self.actors.listed(folded, start)[0])

    def _spoken_of(self, folded: str, start: int, end: int, meetings: list[Mention]) -> list[str]:
        """Actors named otherwise than as part of the name of a meeting."""
        named = self.actors.mentions(folded, start, end)
        return [one.ref for one in named if not any(m.start <= one.start < m.end for m in meetings)]

    def _named(self, pattern: re.Pattern[str], folded: str, start: int, end: int) -> tuple[str, ...]:
        match = pattern.search(folded, start, end)
        found = self.actors.mentions(folded, match.start("who"), match.end("who")) if match else []
        return tuple(dict.fromkeys(mention.ref for mention in found))

    def _documents(self, folded: str, start: int, end: int) -> tuple[str, ...]:
        """Documents that the act asks to be written or submitted."""
        found = []
        for name, ref in sorted(self.asked.items(), key=lambda pair: -len(pair[0])):
            at = folded.find(name, start, end)
            if at >= 0 and _ASKED.search(folded, start, at):
                found.append((at, ref))
        return tuple(dict.fromkeys(ref for _, ref in sorted(found)))

    def _conditions(self, passage: Passage, clause: ClauseRecord, start: int, end: int) -> None:
        match = _CONDITIONS.search(passage.folded, start, end)
        if not match:
            return
        document = self.asked.get(match["what"], "")
        for number, one in enumerate(_CONDITION.finditer(passage.folded, match.start("rest"), end), 1):
            evidence = passage.evidence(one.start(), one.end())
            self.conditions.append(ConditionRecord(f"{clause.id}.condition-{number}", clause.id, document, evidence))

    def _inputs(self, passage: Passage, clause: ClauseRecord, start: int, end: int) -> None:
        """What the documents asked for are to be made from: the list after the colon, or what is to be weighed."""
        folded, number = passage.folded, 0
        segments: list[tuple[int, int]] = []
        if _SOURCES.search(folded, start, end):
            at = folded.index(":", start) + 1
            segments = [(at + m.start(), at + m.end()) for m in re.finditer(r"[^;]+", folded[at:])]
        weighed = _WEIGHED.search(folded, start, end)
        if weighed:
            offset = weighed.start("what")
            segments = [(offset + m.start(), offset + m.end()) for m in re.finditer(r"[^,、]+", weighed["what"])]
        for first, last in segments:
            for sources in self._sources(folded, first, last):
                number += 1
                self.inputs.append(
                    InputRecord(
                        f"{clause.id}.input-{number}",
                        clause.id,
                        next(iter(clause.asks_for), ""),
                        sources,
                        passage.evidence(first, last),
                    )  # fmt: skip
                )

    def _sources(self, folded: str, first: int, last: int) -> list[tuple[str, ...]]:
        words = folded[first:last]
        own = tuple(cited.ref for cited in self.finder.own_parts(words))
        meetings = [mention.ref for mention in self.namer.meetings(words)]
        if len(meetings) > 1:
            return [(ref,) for ref in meetings]
        if not meetings and re.search(r"所载第一次会议", words):
            meetings = [self.meeting]
        documents = tuple(ref for name, ref in self.asked.items() if name in words)
        if meetings or own or documents:
            return [(*meetings, *own, *documents)]
        return [tuple(dict.fromkeys(mention.ref for mention in self.actors.mentions(words)))]


def _acts(folded: str, several: bool) -> list[tuple[int, int]]:
    """Where each act of a paragraph begins and ends.

    What follows the first sentence belongs to its last act; a list after a colon is read as inputs and is no act's own.
    """
    if not several:
        return [(0, len(folded))]
    colon = folded.find(":")
    end = colon if colon >= 0 else len(folded)
    sentence = folded.find("。", 0, end)
    starts = [0, *(match.end() for match in _NEXT_ACT.finditer(folded, 0, sentence if sentence >= 0 else end))]
    return list(zip(starts, [*starts[1:], end], strict=True))


def _verbs(ruling: str, own: str) -> tuple[str, ...]:
    if not own or own == ruling:
        return (ruling,)
    return (ruling, own) if own == "draws-attention" else (own,)


def _phrase_end(folded: str, start: int, end: int) -> int:
    """The end of the opening phrase of an act: the first comma after ten characters, so that the quote says something."""
    comma = folded.find(",", start + 10, end)
    return comma if comma > 0 else end
