"""Where: what is left of a cell or line when its time is taken out.

A place of the register, online, to be determined; or a city and country that the register does not have, known by the
name of the city as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.extract.drafts.naming import Naming
from mandategraph.extract.drafts.wording import level

_EMPTY = re.compile(
    r"^(?:(?:held|from|in|at|on|the|and|to|du|le|les|au|à|a|en|del|el|al|de|dates?|venue|lieu|lugar|hosted?|tenue?|celebrada)(?!\w)|"
    r"于|在|举行|[\s,;:.()\[\]*/-])+|(?:\b(?:from|on|at|in|du|le|del|el|于)|[\s,;:(\[*/-])+$",
    re.IGNORECASE,
)
_WORD = r"[A-ZÀ-Ý][\w'.À-ÿ-]*"
_JOINING = "de|del|du|des|la|las|los|le|les|el|di|do|da|am|of|d'"
_NAME = re.compile(rf"^{_WORD}(?:[ -](?:{_JOINING}|{_WORD}|[0-9][\w'.À-ÿ-]*)){{0,5}}$")
_COUNTRY = re.compile(
    rf"^{_WORD}(?:[ -](?:{_JOINING}|{_WORD}|démocratiques?|populaire|arabes?|unis|fédérale|bolivarienne|plurinational|"
    rf"islamique|unido|unid[ao]s|democrática|popular|árabes?|bolivariana|islámica|plurinacional|et|y|and|the)){{0,7}}$"
)
"""A country may have small words in its name, and others before them: République démocratique du Congo."""
_HAN_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,14}$")


@dataclass(frozen=True)
class Place:
    """What words say of the place; `unknown` are words that say nothing we know."""

    refs: tuple[str, ...] = ()
    mode: str = "not-stated"
    undetermined: bool = False
    unknown: str = ""


def read_place(written: str, naming: Naming) -> Place:
    """The place that words give."""
    words = naming.words
    text = level(written)
    undetermined = bool(words.said["place_undetermined"].search(text) or words.said["undetermined"].search(text))
    text = words.said["undetermined"].sub(" ", words.said["place_undetermined"].sub(" ", text))
    text = words.said["tentative"].sub(" ", text)
    online = bool(words.said["online"].search(text))
    text = words.said["online"].sub(" ", text)
    rest = _bare(text)
    known = naming.places(rest)
    if known:
        left = _bare(rest[: known[0].start] + " " + rest[known[0].end :])
        return Place((known[0].ref,), "in-person", False, "" if _is_country(left) or len(left) < 3 else left)
    if online:
        return Place((), "online", False, rest if len(rest) > 2 and not _is_country(rest) else "")
    before = words.country.match(rest) if words.language == "zh" else None
    city = _city(rest[before.end() :] if before and len(rest) > before.end() + 1 else rest)
    if city:
        return Place((f"place:{city}",), "in-person")
    return Place((), "not-stated", undetermined, "" if len(rest) < 2 else rest)


def split_place(name: str, naming: Naming) -> tuple[str, str]:
    """A name and the place at its end, `Workshop on lakes, Suva, Fiji`: two words for it where the last is a country."""
    pieces = name.split(",")
    country = len(pieces) > 2 and naming.words.country.fullmatch(pieces[-1].strip())
    cut = len(pieces) - (2 if country else 1)
    last = ",".join(pieces[cut:])
    place = read_place(last, naming) if cut > 0 else Place()
    return (",".join(pieces[:cut]), last) if place.refs and not place.unknown else (name, "")


def _bare(text: str) -> str:
    before = None
    text = re.sub(r"\s+", " ", text)
    while before != text:
        before, text = text, _EMPTY.sub("", text).strip(" ,;:.()[]*")
    return text


def _city(text: str) -> str:
    """The city in `Bonn, Germany`, `Bonn (Allemagne)` or 波恩 as part of a code; empty where it is no name."""
    pieces = [piece.strip(" )") for piece in re.split(r"[,(,，]", text) if piece.strip(" )")]
    if not 1 <= len(pieces) <= 3 or not (_NAME.match(pieces[0]) or _HAN_NAME.match(pieces[0])):
        return ""
    if not all(_is_country(piece) for piece in pieces[1:]):
        return ""
    return re.sub(r"[\s'.]+", "-", pieces[0]).strip("-")


def _is_country(text: str) -> bool:
    return bool(_NAME.match(text) or _COUNTRY.match(text) or _HAN_NAME.match(text))
