"""Meetings, bodies and decisions as a text names them.

A code is known by a body in front of it (`SBI-3`, `WG8(j)-11`); a name by a body and an ordinal (工作组第三次会议).
What looks like a code but names no known body is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.model.decision_references import find_decisions
from mandategraph.model.references import Ref
from mandategraph.model.register import Register
from mandategraph.read.text import chinese_number, fold

_NUMERAL = r"(?:[一二三四五六七八九十]+|\d+)"


@dataclass(frozen=True)
class Mention:
    """A thing named in a folded text: what it is, and from which to which character."""

    ref: str
    start: int
    end: int


class Namer:
    """Finds what a text names, by the spellings of the register."""

    def __init__(self, register: Register) -> None:
        spelled = {}
        for entity in register.of_kind("body", "office", "organization"):
            for name in (entity.zh, entity.code, *entity.spellings):
                spelled[fold(name)] = entity.ref
        self._actors = spelled
        self._numbered = {
            f"meeting:{Ref(meeting.details['body']).code}-{meeting.details['ordinal']}": meeting.ref
            for meeting in register.of_kind("meeting")
            if "ordinal" in meeting.details and isinstance(meeting.details.get("body"), str)
        }
        names = "|".join(re.escape(name) for name in sorted(spelled, key=lambda name: (-len(name), name)))
        self._actor = re.compile(names)
        bodies = [name for name, ref in spelled.items() if Ref(ref).kind == "body"]
        body = "|".join(re.escape(name) for name in sorted(bodies, key=lambda name: (-len(name), name)))
        codes = "|".join(sorted((re.escape(name) for name in bodies if name.isascii()), key=lambda n: (-len(n), n)))
        self._code = re.compile(rf"(?<![A-Za-z0-9-])({codes})-(\d{{1,3}})(?![0-9-])")
        self._spelled = re.compile(rf"(?<![设额])({body})第({_NUMERAL})(?:和第({_NUMERAL}))?(?:次|届)会议")

    def meetings(self, folded: str) -> list[Mention]:
        """Meetings named in a folded text, in order; 第一和第二次会议 are two."""
        found = []
        for match in self._code.finditer(folded):
            found.append(Mention(self._meeting(match[1], int(match[2])), match.start(), match.end()))
        for match in self._spelled.finditer(folded):
            for number in (match[2], match[3]):
                if number:
                    ref = self._meeting(match[1], chinese_number(number))
                    found.append(Mention(ref, match.start(), match.end()))
        return sorted(found, key=lambda mention: (mention.start, mention.ref))

    def registered(self, ref: str) -> str:
        """The meeting that a body and number name, by its published code where that is made otherwise."""
        return self._numbered.get(ref, ref)

    def actors(self, folded: str) -> list[Mention]:
        """Bodies, offices and organisations named in a folded text, longest name first at each place."""
        return [Mention(self._actors[m[0]], m.start(), m.end()) for m in self._actor.finditer(folded)]

    def body_of(self, folded: str) -> str:
        """The body whose name the whole text is, or an empty string."""
        return self._actors.get(folded, "")

    def _meeting(self, spelling: str, ordinal: int) -> str:
        return f"meeting:{Ref(self._actors[spelling]).code}-{ordinal}"


def decisions(folded: str) -> list[Mention]:
    """Decisions named as 第14/34号决定, as documents by their symbols."""
    named = [one for one in find_decisions(folded) if folded[one.start : one.end].endswith("决定")]
    return [Mention(f"document:{one.symbol}", one.start, one.end) for one in named]


def body_and_ordinal(meeting: str) -> tuple[str, int]:
    """The body and ordinal in a reference such as `meeting:SBI-3`."""
    code = Ref(meeting).code
    body, _, number = code.rpartition("-")
    return f"body:{body}", int(number)
