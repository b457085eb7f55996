"""Footnotes: the positions that they report, and those that are none.

A footnote is cut at its holders (一些缔约方, 其他缔约方, 还有人 …); each piece is the position of a holder of its own, for
nobody knows whether "some Parties" here are those of the next sentence. Only 他们 (they) and a second half of one
sentence say that it is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mandategraph.extract.passages import Passage
from mandategraph.model.paragraph_records import NoteRecord, PositionRecord, TypeDefinitionRecord
from mandategraph.read.parts import DocumentTree, Part

_HOLDERS = {
    "有些缔约方": "some-parties", "另一些缔约方": "other-parties", "一些缔约方": "some-parties",
    "其他缔约方": "other-parties", "还有缔约方": "other-parties", "还有人": "others", "其他人": "others",
    "另一建议": "unattributed", "他们": "same",
}  # fmt: skip
_HOLDER = re.compile("|".join(_HOLDERS))
_SECOND_WISH = re.compile(r"并/或(?=要求)|说?,(?P<same>可以结合|而不应反映为)")
_CONTRARY = re.compile(r"则认为")

_READ = "read from a remark; the words do not put it as a demand"
_STANCES: tuple[tuple[str, str, str], ...] = (
    ("rename", r"另一建议是", ""),
    ("oppose", r"而不应反映为", ""),
    ("move-to", r"应反映在|最好反映在|最好放在|可以列在|可纳入", ""),
    ("move-to", r"^可以结合", "to be done together with another heading; read as a wish to have it there"),
    ("add", r"增加|纳入主流化|把主流化包括", ""),
    ("restrict", r"只应纳入|限于", ""),
    ("restrict", r"不应是惩罚性|针对非国家", _READ),
    (
        "restrict",
        r"国家自愿承诺可能会破坏",
        "a warning against national commitments only; read as a wish to keep them out",
    ),
    ("clarify", r"清楚理解|澄清|详细说明|界定|措辞解释|明确的指导", ""),
    ("clarify", r"不明确|不清楚", _READ),
    ("oppose", r"不赞成|反对|不同意|不包括|不需要", ""),
    ("oppose", r"没必要|造成混乱", _READ),
    ("support", r"应该对其|所有三个选项", ""),
    ("support", r"可用|可能需要|补充", _READ),
)
_MOVES = ("理由和范围", "实施手段")
"""Words by which a position names the heading that something should move to."""

_TYPES = re.compile(r"(\d)\.([^;。]+)")


@dataclass
class Footnotes:
    """Reads all footnotes of one document; the results stand in its lists."""

    tree: DocumentTree
    handle: str
    elements: dict[str, str]
    positions: list[PositionRecord] = field(default_factory=list)
    notes: list[NoteRecord] = field(default_factory=list)
    types: list[TypeDefinitionRecord] = field(default_factory=list)

    def read(self) -> None:
        """`elements` gives the element set out at a path."""
        for note in self.tree.of_kind("Footnote"):
            carriers = [part for part in self.tree.parts.values() if int(note.number) in part.marks]
            passage = Passage(note)
            pieces = _pieces(passage.folded)
            lead = pieces[0][0] if pieces else len(passage.folded)
            if passage.folded[:lead].endswith("。") or not pieces:
                self._note(passage, carriers, lead)
            last: PositionRecord | None = None
            for number, (start, end, kind) in enumerate(pieces, 1):
                last = self._position(passage, carriers[0], number, start, end, kind, last)
                self.positions.append(last)

    def _position(
        self, passage: Passage, carrier: Part, number: int, start: int, end: int, kind: str, last: PositionRecord | None
    ) -> PositionRecord:
        words = passage.folded[start:end]
        stance, note = _stance(words)
        name = f"{passage.part.path}.{number}"
        same = kind == "same" and last
        contrary = bool(_CONTRARY.search(words[:12])) or passage.folded[:start].endswith("然而,")
        answers_name = contrary and last is not None and last.stance == "rename"
        return PositionRecord(
            name,
            last.holder if same and last else f"group:{self.handle}.{name}",
            last.holder_kind if same and last else kind,
            stance,
            carrier.path,
            "" if answers_name else self._target(carrier, stance, words),
            passage.evidence(start, end),
            self._destination(words) if stance == "move-to" else "",
            last.id if contrary and last else "",
            "interpretation" if note else "explicit",
            note,
        )

    def _target(self, carrier: Part, stance: str, words: str) -> str:
        """What bears the mark; what is to be added "to this element" is wanted under the heading of the item."""
        path = carrier.path
        if stance == "add" and carrier.kind == "Item" and "框架的这个要素中" in words:
            path = self.tree.parts[carrier.parent].parent
        return self.elements.get(path, f"part:{path}")

    def _destination(self, words: str) -> str:
        for name in _MOVES:
            if name in words:
                for path, ref in self.elements.items():
                    if self.tree.parts[path].kind == "Section" and name in self.tree.parts[path].text:
                        return ref
        return ""

    def _note(self, passage: Passage, carriers: list[Part], end: int) -> None:
        words = passage.folded[:end]
        if "未经谈判" in words:
            kind = "status"
        elif "类型指的是" in words:
            kind = "definition"
            for match in _TYPES.finditer(passage.folded):
                name = f"{passage.part.path}.type-{match[1]}"
                evidence = passage.evidence(match.start(), match.end())
                self.types.append(TypeDefinitionRecord(name, match[1], evidence))
        elif re.search(r"可能也?与.*相关|也可以反映在", words):
            kind = "cross-reference"
        elif "一系列意见" in words:
            kind = "summary"
        else:
            kind = "explanation"
        paths = tuple(part.path for part in carriers)
        self.notes.append(NoteRecord(passage.part.path, kind, paths, passage.evidence(0, end)))


def _pieces(folded: str) -> list[tuple[int, int, str]]:
    """From where to where each holder is spoken of.

    并/或要求 begins a second wish, of a holder of its own; 可以结合 and 而不应反映为 one of the same holder.
    """
    found = [(match.start(), _HOLDERS[match[0]]) for match in _HOLDER.finditer(folded)]
    pieces = []
    ends = [start for start, _ in found[1:]] + [len(folded)]
    for (start, kind), end in zip(found, ends, strict=False):
        stop = max(folded.rfind("。", start, end), folded.rfind(",而", start, end)) if end < len(folded) else -1
        stop = stop if stop > start else end
        second = _SECOND_WISH.search(folded, start, stop)
        if second:
            at, whose = (second.start("same"), "same") if second["same"] else (second.end(), kind)
            pieces += [(start, second.start(), kind), (at, stop, whose)]
        else:
            pieces.append((start, stop, kind))
    return pieces


def _stance(words: str) -> tuple[str, str]:
    """The stance, and for one that is read into the words a note that says so."""
    for stance, pattern, note in _STANCES:
        if re.search(pattern, words):
            return stance, note
    return "remark", ""
