"""Bodies, meetings, actors and places that a text names, in its language; and documents by their symbols.

A meeting is known by a body of the register and a number. A name that the register does not have names nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mandategraph.extract.drafts.wording import LANGUAGES, Wording, level, wording
from mandategraph.extract.names import Mention, Namer
from mandategraph.model.references import Ref
from mandategraph.model.register import shipped_register

_SYMBOL = re.compile(r"(?<![A-Za-z0-9/])(?:UNEP/)?CBD(?:/[A-Z0-9][A-Za-z0-9.-]*)+")
_HAN_NUMERAL = r"(?:[一二三四五六七八九十]+|\d+)"
_ACRONYM = r"(?:\s*\([^()]{2,24}\))?"
"""A name in full is often followed by its short form: `the Subsidiary Body on Implementation (SBI) at its …`."""
_SPLIT_BODY = re.compile(r"^CBD/WG/2020/")


@dataclass(frozen=True)
class Naming:
    """Finds what levelled texts of one language name."""

    words: Wording
    code: re.Pattern[str]
    numbered: tuple[re.Pattern[str], ...]
    namer: Namer
    at_meeting: re.Pattern[str]
    """`at its twenty-fourth meeting`, the number as `n1`."""
    its_meeting: re.Pattern[str]
    """`its twenty-fourth meeting`, of the body named before."""

    def meetings(self, text: str) -> list[Mention]:
        """Meetings by code (`SBI-3`, `SBSTTA 24`) or by body and number in words; none overlaps another."""
        found: list[Mention] = []
        for pattern in self.numbered:
            for match in pattern.finditer(text):
                body = self.words.names.get(_spaced(match["body"])) or self._folded(match["body"])
                numbers = [self.words.ordinal(match[one]) for one in ("n1", "n2") if match.groupdict().get(one)]
                if body and Ref(body).kind == "body" and all(numbers):
                    found += [self._mention(body, number, match) for number in numbers]
        for match in self.code.finditer(text):
            body = self.words.names.get(match["body"], "")
            if body and not any(match.start() < one.end and one.start < match.end() for one in found):
                found.append(self._mention(body, int(match["number"]), match))
        return sorted(found, key=lambda one: (one.start, one.ref))

    def meetings_of_its(self, text: str) -> list[Mention]:
        """Meetings named as a body's own, `its eighth meeting`: of the body that is named last before."""
        found, bodies = [], self.bodies(text)
        for match in self.its_meeting.finditer(text):
            before = [one for one in bodies if one.end <= match.start()]
            number = self.words.ordinal(match["n1"])
            if before and number:
                found.append(self._mention(before[-1].ref, number, match))
        return found

    def _mention(self, body: str, number: int, match: re.Match[str]) -> Mention:
        ref = self.namer.registered(f"meeting:{Ref(body).code}-{number}")
        return Mention(ref, match.start(), match.end())

    def _folded(self, name: str) -> str:
        plain = _spaced(name).lower()
        return next((ref for known, ref in self.words.names.items() if known.lower() == plain), "")

    def actors(self, text: str, *, anywhere: bool = False) -> list[Mention]:
        """Actors named, the longest name at each place; `anywhere` ignores capitals, as heading blocks do."""
        pattern = self.words.name_anywhere if anywhere else self.words.name
        found = []
        for match in pattern.finditer(text):
            ref = self.words.names.get(_spaced(match[0])) or self._folded(match[0])
            if ref:
                found.append(Mention(ref, match.start(), match.end()))
        return found

    def bodies(self, text: str, *, anywhere: bool = False) -> list[Mention]:
        return [one for one in self.actors(text, anywhere=anywhere) if Ref(one.ref).kind == "body"]

    def places(self, text: str) -> list[Mention]:
        """Places of the register."""
        return [
            Mention(self.words.places[_spaced(match[0])], match.start(), match.end())
            for match in self.words.place.finditer(text)
            if _spaced(match[0]) in self.words.places
        ]

    def kind(self, name: str) -> str:
        """What kind of meeting a name says that it is, or an empty string."""
        plain = level(name).lower()
        found = [(plain.find(word), -len(word), kind) for word, kind in self.words.kinds.items() if word in plain]
        return min(found)[2] if found else ""


@cache
def naming(language: str, more: tuple[tuple[str, str], ...] = ()) -> Naming:
    """The naming of one of the languages we read; `more` are names that only a document gives, with what they name."""
    words = wording(language if language in LANGUAGES else "en")
    words = words.with_names(more) if more else words
    bodies = [name for name, ref in words.names.items() if Ref(ref).kind == "body"]
    codes = sorted(
        (re.escape(name) for name in bodies if re.fullmatch(r"[A-Z][A-Za-z0-9()-]*", name)), key=lambda n: (-len(n), n)
    )
    code = re.compile(
        rf"(?<![A-Za-z0-9/-])(?P<body>{'|'.join(codes)})(?:[- ]|(?<=[A-Z]))(?P<number>\d{{1,3}})(?![\d/-]|\.\d)"
    )
    return Naming(
        words, code, _numbered(words, bodies), Namer(shipped_register()), _at_meeting(words), _its_meeting(words)
    )


def _at_meeting(words: Wording) -> re.Pattern[str]:
    if words.language == "zh":
        return re.compile(rf"(?:在其?)?第(?P<n1>{_HAN_NUMERAL}){words.said['meeting_noun'].pattern}")
    at_its, noun = words.said["at_its"].pattern, words.said["meeting_noun"].pattern
    return re.compile(rf"{at_its}(?P<n1>{_ordinal(words)})\s+{noun}", re.IGNORECASE)


def _its_meeting(words: Wording) -> re.Pattern[str]:
    its, noun = words.said["its"].pattern, words.said["meeting_noun"].pattern
    if words.language == "zh":
        return re.compile(rf"{its}第(?P<n1>{_HAN_NUMERAL}){noun}")
    return re.compile(rf"{its}(?P<n1>{_ordinal(words)})\s+{noun}", re.IGNORECASE)


def _ordinal(words: Wording) -> str:
    named = "|".join(sorted(map(re.escape, words.ordinals), key=lambda n: (-len(n), n)))
    figure = words.said["ordinal_figure"].pattern.replace("(\\d", "(?:\\d")
    return rf"(?:{named}|{figure})"


def _numbered(words: Wording, bodies: list[str]) -> tuple[re.Pattern[str], ...]:
    """The orders in which a language puts number, meeting and body together."""
    longest = sorted(
        (one for one in bodies if len(one) > 3 or words.language == "zh" or one.isupper()), key=lambda n: (-len(n), n)
    )
    body = "(?P<body>" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest) + ")"
    if words.language == "zh":
        return (
            re.compile(
                rf"{body}{_ACRONYM}第(?P<n1>{_HAN_NUMERAL})(?:和第(?P<n2>{_HAN_NUMERAL}))?{words.said['meeting_noun'].pattern}"
            ),
        )
    ordinal = _ordinal(words)
    noun, of, at_its = (words.said[key].pattern for key in ("meeting_noun", "of", "at_its"))
    flags = re.IGNORECASE
    both = rf"(?P<n1>{ordinal})(?:\s+(?:and|et|y)\s+(?P<n2>{ordinal}))?"
    return (
        re.compile(rf"(?<!\w){both}\s+{noun}{of}{body}(?!\w)", flags),
        re.compile(rf"(?<!\w){body}{_ACRONYM}{at_its}{both}\s+{noun}", flags),
        re.compile(rf"(?<!\w){body}{_ACRONYM}\s*,?\s+(?P<n1>{ordinal})\s+{noun}", flags),
    )


def symbols(text: str) -> list[Mention]:
    """Documents named by their symbols, in the form in which they are published."""
    found = []
    for match in _SYMBOL.finditer(text):
        written = re.sub(r"[.,-]+$", "", match[0])
        plain = _SPLIT_BODY.sub("CBD/WG2020/", written)
        found.append(Mention(f"document:{plain}", match.start(), match.start() + len(written)))
    return found


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)
