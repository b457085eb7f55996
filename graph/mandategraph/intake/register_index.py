"""What the words of a record stand for, where the register knows it: bodies, places, actors, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from mandategraph.model import codes, numerals
from mandategraph.model.references import Ref
from mandategraph.model.register import Register

_ACTORS = ("body", "office", "organization", "group", "party")
_UNFIT = re.compile(r"[\s()（）\[\]<>\"{}|\\^`]+")
_MOST_CODE = 80
_ORDINALS = {numerals.ordinal(number): number for number in range(1, 100)}
_NUMBERED = re.compile(
    r"(?:the )?(?P<ordinal>[a-z-]+|\d{1,3}(?:st|nd|rd|th)) (?:[a-z]+ )?(?:meeting|session) of (?:the )?(?P<body>.+)",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:[,;&、，；\n]|\b(?:and|et|y|и)\b|和|及|و)\s*", re.IGNORECASE)
_LISTED = re.compile(r"^(?:decisions|décisions|decisiones)\s+", re.IGNORECASE)
_TAIL = re.compile(r" (?:to|of) the Convention on Biological Diversity$", re.IGNORECASE)


class Known:
    """The register by name."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.names: dict[tuple[str, str], str] = {}
        for entity in register.entities.values():
            for name in (entity.code, entity.en, entity.zh, *entity.spellings):
                self.names.setdefault((entity.kind, codes.fold(name)), entity.ref)

    def actor(self, words: str, kinds: Iterable[str] = _ACTORS) -> str:
        """The actor that these words name, also after a leading article; empty where none does."""
        if Ref(words).kind in kinds:
            return words
        bare = re.sub(r"^the ", "", words, flags=re.IGNORECASE)
        for kind in kinds:
            for name in (words, bare):
                if found := self.names.get((kind, codes.fold(name))):
                    return found
        return ""

    def body_and_number(self, title: str, more: Mapping[str, str]) -> tuple[str, int]:
        """The body and the number that a title names: "Eleventh meeting of the Working Group on ...".

        ``more`` are further names of bodies.
        """
        found = _NUMBERED.fullmatch(codes.plain(title).strip())
        if not found:
            return "", 0
        digits = re.match(r"\d+", found["ordinal"])
        number = int(digits.group()) if digits else _ORDINALS.get(found["ordinal"].lower(), 0)
        names = (found["body"], _TAIL.sub("", found["body"]))
        body = next((more[one] for one in names if one in more), "") or next(
            (ref for one in names if (ref := self.names.get(("body", codes.fold(one))))), ""
        )
        return (body, number) if body and number else ("", 0)

    def place(self, words: str, city: str = "", country: str = "", country_code: str = "") -> str:
        """The registered place of this name; a city alone counts only where its country agrees."""
        if found := self.names.get(("place", codes.fold(words))):
            return found
        ref = self.names.get(("place", codes.fold(city))) if city else None
        entity = self.register.get(ref) if ref else None
        if entity is None or not ref:
            return ""
        land = str(entity.details.get("in", ""))
        party = self.register.get(f"party:{land}")
        agrees = country_code.upper() == land or (party is not None and codes.fold(party.en) == codes.fold(country))
        return ref if land and agrees else ""


def code_of(words: str) -> str:
    """Words as a code: letter for letter, but without spaces and brackets."""
    made = _UNFIT.sub("-", codes.plain(words).strip()).strip("-")
    return made[:_MOST_CODE].rstrip("-") or "unnamed"


def decisions_in(text: str) -> tuple[list[str], str]:
    """The symbols of all decisions that a field names (``15/6 and 15/7``), and the words of it that name none."""
    if one := decision_of(text):
        return [one], ""
    found = [(part, decision_of(part)) for part in _LIST.split(_LISTED.sub("", text.strip())) if part.strip()]
    return list(dict.fromkeys(one for _, one in found if one)), " ".join(part for part, one in found if not one)


def decision_of(text: str) -> str:
    """The symbol of the decision that a field names, with or without the word; empty where it names none.

    ``15/6``, ``CP-11/7``, ``CP11/7``, ``CBD/COP/15/05`` (as the decision tree writes it).
    """
    words = codes.plain(text).strip()
    tree = re.fullmatch(r"CBD/(COP|CP|NP|CP-?MOP|NP-?MOP)/(\d+)/(\d+)(?:[./].*)?", words, re.IGNORECASE)
    if tree:
        body = {"COP": "COP"}.get(tree[1].upper(), f"{tree[1][:2].upper()}-")
        words = f"decision {'' if body == 'COP' else body}{int(tree[2])}/{int(tree[3])}"
    return codes.decision_symbol(words) or codes.decision_symbol(f"decision {words}") or ""
