"""The marks with which parts of UN documents open, in four languages and in the numerals of all: what a line begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.read.text import chinese_number, fold

_HAN_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_ANNEX = re.compile(
    rf"^(?:(?:annexe?|anexo|appendix|appendice|apéndice)(?:\s+(?P<mark>[ivx]{{1,5}}|[a-z]|\d{{1,2}}))?|(?:附件|附录)\s*(?P<han>{_HAN_NUMERAL})?)\s*"
    r"(?:(?P<sep>[.:–-])\s*(?P<rest>.*))?$",
    re.IGNORECASE,
)
_TABLE = re.compile(
    r"^(?:table|tableau|cuadro|tabla|表)\s*(?P<mark>\d{1,3})\s*(?:[.:–-]\s*|\s+|$)(?P<rest>.*)$", re.IGNORECASE
)
_AGENDA = re.compile(
    r"^(?:agenda\s+item|item|point|tema|asunto|(?:议程)?项目)\s*(?P<mark>\d{1,2})\s*(?:[.:–-]\s*|\s+)(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?P<mark>(?:[A-Z]{2,}-)?(?:\d{1,2}|[IVX]{1,5})/\d{1,3})(?:\.\s*|\s+)(?P<rest>\D.*)$")
_NUMBERED = re.compile(r"^(?P<mark>\d{1,3}(?:\s?(?:bis|ter))?)\.\s*(?P<rest>(?!\d).+)$")
_DECIMAL = re.compile(r"^(?P<mark>\d{1,2}\.\d{1,2})\.?\s+(?P<rest>\S.*)$")
_UPPER = re.compile(r"^(?P<mark>[IVX]{1,5}|[A-Z])\.\s*(?P<rest>\S.*)$")
_HAN_SECTION = re.compile(rf"^(?P<mark>{_HAN_NUMERAL})[.、]\s*(?P<rest>\S.*)$")
_BRACKETED = re.compile(
    rf"^(?:\(|(?=[a-z]{{1,4}}\)))(?P<mark>[a-z]{{1,5}}|[A-Z]|\d{{1,2}}|{_HAN_NUMERAL})\)\s*(?P<rest>\S.*)$"
)
_BULLET = re.compile(r"^[-•–—▪●]\s+(?P<rest>\S.*)$")


@dataclass(frozen=True)
class Opening:
    """What a line opens: annex, table, agenda, title, section, letter, paragraph, sub, item or bullet.

    `mark` is as printed, `value` its number where it is one; `ambiguous` marks such as `I.` or `(i)`, which are a
    roman numeral or a letter, and only the parts before tell which.
    """

    kind: str
    mark: str
    value: int
    rest: str
    ambiguous: bool = False


def opening(text: str, *, heading: bool) -> Opening | None:
    """What a line opens, or None. `heading` tells that the file itself marks the line as one."""
    folded = fold(text)
    match = _ANNEX.match(folded)
    if match and (match["mark"] or match["han"] or not match["rest"]):
        mark = match["mark"] or match["han"] or ""
        return Opening("annex", mark, _value(mark) or 1, _rest(text, match["rest"] or ""))
    for kind, pattern in (("table", _TABLE), ("agenda", _AGENDA), ("title", _TITLE), ("decimal", _DECIMAL)):
        match = pattern.match(folded)
        if match and not (kind == "agenda" and not heading and len(folded) > 160):
            value = int(match["mark"]) if match["mark"].isdigit() else 0
            return Opening(kind, match["mark"], value, _rest(text, match["rest"]))
    match = _NUMBERED.match(folded)
    if match:
        return Opening("paragraph", match["mark"], int(re.match(r"\d+", match["mark"])[0]), _rest(text, match["rest"]))  # type: ignore[index]
    return _enumerated(text, folded)


def _enumerated(text: str, folded: str) -> Opening | None:
    match = _HAN_SECTION.match(folded)
    if match:
        return Opening("section", match["mark"], chinese_number(match["mark"]), _rest(text, match["rest"]))
    match = _UPPER.match(folded)
    if match:
        mark = match["mark"]
        roman = roman_value(mark)
        kind = "section" if roman else "letter"
        return Opening(kind, mark, roman or _letter(mark), _rest(text, match["rest"]), roman > 0 and len(mark) == 1)
    match = _BRACKETED.match(folded)
    if match:
        return _bracketed(text, match)
    match = _BULLET.match(text.strip())
    return Opening("bullet", "", 0, match["rest"]) if match else None


def _bracketed(text: str, match: re.Match[str]) -> Opening | None:
    mark, rest = match["mark"], _rest(text, match["rest"])
    if re.fullmatch(_HAN_NUMERAL, mark):
        return Opening("item", mark, chinese_number(mark), rest)
    roman = roman_value(mark)
    if mark.isdigit():
        return Opening("item", mark, int(mark), rest)
    if len(mark) == 1:
        return Opening("sub", mark, _letter(mark), rest, roman > 0)
    return Opening("item", mark, roman, rest) if roman else _doubled(mark, rest)


def _doubled(mark: str, rest: str) -> Opening | None:
    """(aa) comes after (z)."""
    return Opening("sub", mark, 26 + _letter(mark[0]), rest) if len(mark) == 2 and mark[0] == mark[1] else None


def roman_value(mark: str) -> int:
    """The value of a roman numeral below 40, or 0 where the letters are none."""
    values = [_ROMAN_VALUES.get(letter, 0) for letter in mark.lower()]
    if not values or 0 in values or not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", mark.lower()):
        return 0
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _letter(mark: str) -> int:
    return ord(mark.lower()) - ord("a") + 1


def _value(mark: str) -> int:
    if not mark:
        return 0
    if mark.isdigit():
        return int(mark)
    if re.fullmatch(_HAN_NUMERAL, mark):
        return chinese_number(mark)
    return roman_value(mark) or _letter(mark[0])


def _rest(text: str, folded_rest: str) -> str:
    """The words after the mark as written: the end of the line that folds to `folded_rest`."""
    if not folded_rest:
        return ""
    at = text.find(folded_rest[:1])
    while at >= 0:
        if fold(text[at:]) == folded_rest:
            return text[at:].strip()
        at = text.find(folded_rest[:1], at + 1)
    return folded_rest
