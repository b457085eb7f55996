"""References to decisions and resolutions in running text of the six UN languages. Pure text work.

What counts: a symbol; a pair of session and number beside a word for "decision" or "resolution", or listed with one
that is; a pair that says its treaty (``CP-9/7``) or a session in Roman numerals. A bare ``14/34`` is left to those who
know which decisions there are. Paragraphs named with the decision are told: ``decision 14/34, paragraph 6``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

_FLAGS = re.IGNORECASE
_ROMAN = re.compile(r"M{0,0}(?:X{0,3})(?:IX|IV|V?I{0,3})")
_LAST_ROMAN_SESSION = {"COP": 13, "CP": 8, "BS": 7, "NP": 0}
_HIGHEST_SESSION = {"COP": 29, "CP": 20, "BS": 7, "NP": 20}
_FIRST_ASSEMBLY_SESSION = 31
_LAST_MONTH = 12

# Arabic writes "and", "in", "by", "for" and the article together with the word.
_ARABIC = r"[وف]?[بكل]?(?:ال|ل)?"
_COUNT = r"(?:\s*(?:№|no\.?|n[.º°]|رقم))?"
_DECISION = rf"(?:\bdecisions?|\bdécisions?|\bdecisi[oó]n(?:es)?|\bрешени(?:ями|ям|ях|ем|[еяюий])|{_ARABIC}مقرر(?:ات|ين|ان|ا)?|决定|決定)"  # noqa: E501
_RESOLUTION = rf"(?:\bresolutions?|\brésolutions?|\bresoluci[oó]n(?:es)?|\bрезолюци(?:ями|ям|ях|ей|[ияюй])|{_ARABIC}قرار(?:ات|ين|ان|ا)?|决议|決議)"  # noqa: E501
_BY_ASSEMBLY = r"(?:(?:(?:UN|United\s+Nations)\s+)?General\s+Assembly\s+)?"
_ASSEMBLY = r"(?:\s*(?:الجمعية\s+العامة|of\s+the\s+general\s+assembly|大会))?"
_OPENING = r"\s*[(\[«“\"'‘]?\s*第?\s*"
_WORD_BEFORE = re.compile(
    rf"(?:(?P<decision>{_DECISION})|(?P<resolution>{_BY_ASSEMBLY}{_RESOLUTION}|(?<!缔约方)大会)){_ASSEMBLY}{_COUNT}{_OPENING}$",
    _FLAGS,
)
_WORD_AFTER = re.compile(r"\s*号?\s*(?:(?P<decision>决定|決定)|(?P<resolution>决议|決議))")
_LONGEST_WORD = 60
_LISTED = re.compile(
    rf"\s*号?\s*(?:(?:,|،|、|;|&|\band\b|\bor\b|\bet\b|\bou\b|\by\b|\be\b|\bo\b|\bи\b|\bили\b|أو|و|和|及|以及|与|或)\s*)+"
    rf"(?:{_DECISION}|{_RESOLUTION})?\s*第?\s*",
    _FLAGS,
)
_OPEN = r"(?<![A-Za-z0-9/_.-])"
_SHUT = r"(?![A-Za-z0-9_]|\s?/\s?[A-Za-z0-9]|-[0-9]|\.[0-9])"
_PAIR = re.compile(
    rf"{_OPEN}(?:(?P<treaty>COP|CP|NP|BS)(?P<joint>\s*-\s*|\s+|(?=[0-9])))?(?P<session>[0-9]{{1,2}}|[IVX]{{1,5}})\s*/\s*(?P<number>[0-9]{{1,3}}){_SHUT}"
)
_SYMBOL = re.compile(
    rf"{_OPEN}(?:UNEP/)?CBD/(?P<body>COP|CP/MOP|NP/MOP|BS/COP-MOP)/DEC/(?P<session>[0-9]{{1,2}}|[IVX]{{1,5}})/(?P<number>[0-9]{{1,3}}){_SHUT}",
    _FLAGS,
)
_ASSEMBLY_SYMBOL = re.compile(rf"{_OPEN}A/RES/(?P<session>[0-9]{{2}})/(?P<number>[0-9]{{1,3}}){_SHUT}", _FLAGS)
_PAGE = re.compile(
    r"https?://[^\s/]+(?:/[a-z]{2})?/decisions?/(?P<body>cop|cp-mop|np-mop|mop)/(?P<session>[0-9]{1,2})/(?P<number>[0-9]{1,3})(?:/(?P<paragraph>[0-9]{1,3}))?/?(?![\w/])",
    _FLAGS,
)
_TREATIES = {
    "COP": "COP",
    "CP/MOP": "CP",
    "NP/MOP": "NP",
    "BS/COP-MOP": "BS",
    "CP-MOP": "CP",
    "MOP": "CP",
    "NP-MOP": "NP",
}
_BODIES = {"COP": "COP", "CP": "CP/MOP", "NP": "NP/MOP", "BS": "BS/COP-MOP"}

_PARAGRAPH_NUMBER = r"[0-9]{1,3}(?:\s?\(?[a-z]\)|\s?bis)?"
_NUMBERS = rf"{_PARAGRAPH_NUMBER}(?:\s*(?:,|،|、|-|\band\b|\bet\b|\by\b|\bи\b|و|和|及|至|to)\s*第?\s*{_PARAGRAPH_NUMBER}(?!\s*/))*"
_PARAGRAPH = (
    r"(?:paragraphs?|paragraphes?|paras?\.?|párrafos?|пункт(?:ами|ам|ах|ов|ом|[аеуы])?|пп?\.|الفقر(?:ة|ات|تين|تان))"
)
_PARAGRAPH_BEFORE = re.compile(
    rf"{_ARABIC}{_PARAGRAPH}\s*(?P<numbers>{_NUMBERS})\s*(?:of|de|de\s+la|de\s+las|des|du|من)?\s*(?:(?:the|its|that|this|the\s+same|la|sa|cette|su|dicha|esa|его|её|ее|своего)\s+|l')?$",
    _FLAGS,
)
_PARAGRAPH_AFTER = re.compile(rf"\s*[,،(]?\s*(?:in\s+|au\s+)?{_ARABIC}{_PARAGRAPH}\s*(?P<numbers>{_NUMBERS})", _FLAGS)
_PARAGRAPH_CHINESE = re.compile(rf"\s*[,(]?\s*第\s*(?P<numbers>{_NUMBERS}(?:\s*段\s*[、和及]\s*第\s*{_NUMBERS})*)\s*段")


@dataclass(frozen=True, slots=True)
class Reference:
    """A decision or resolution named in a text, and where (offsets). ``code`` is how it is cited (``14/34``,
    ``CP-VIII/16``), ``paragraphs`` the paragraphs named with it, as written but for spaces."""

    symbol: str
    code: str
    start: int
    end: int
    paragraphs: tuple[str, ...] = ()

    @property
    def is_resolution(self) -> bool:
        """Whether it is a resolution of the UN General Assembly."""
        return self.symbol.startswith("A/")


def find_references(
    flat: str, is_known: Callable[[str], bool] = lambda symbol: False, *, no_days: bool = False
) -> list[Reference]:
    """Every reference in a plain text with the paragraphs named with it, in order, none overlapping another.

    A bare pair counts when ``is_known`` knows its symbol and it cannot be a day and a month; with ``no_days`` none can,
    as in a column of decisions.
    """
    found = _found(flat, lambda symbol, number: is_known(symbol) and (no_days or number > _LAST_MONTH))
    return [_with_paragraphs(flat, one) for one in found]


def find_decisions(flat: str) -> list[Reference]:
    """Every reference in a plain text without paragraphs. A bare pair counts as a decision from session 14 on.

    A 号 that stands alone after it belongs to the word further on that it counts.
    """
    found = _found(flat, lambda symbol, number: bool(_BARE.match(symbol)))
    return [replace(one, end=one.end - 1) if flat[one.end - 1] == "号" else one for one in found]


_BARE = re.compile(r"CBD/COP/DEC/\d")
"""Sessions of the Conference are written in figures from 14 on, and nothing else is so written in these texts."""


def _found(flat: str, bare: Callable[[str, int], bool]) -> list[Reference]:
    taken = _symbols(flat)
    pairs = [pair for pair in _PAIR.finditer(flat) if not any(_overlap(pair, old) for old in taken)]
    kinds = _kinds(flat, pairs)
    for pair, (kind, start, end) in zip(pairs, kinds, strict=True):
        named = _named(pair, kind)
        if named and (kind or _says_itself(pair) or bare(named[0], int(pair["number"]))):
            taken.append(Reference(*named, start, end))
    return sorted(taken, key=lambda one: one.start)


def reference(text: str) -> Reference | None:
    """The reference that the whole of a plain text is, or None. A bare pair counts as a decision from session 14 on."""
    whole = text.strip()
    found = find_references(whole, lambda symbol: True)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(whole)):
        return found[0]
    return None


def _symbols(flat: str) -> list[Reference]:
    found: list[Reference] = []
    for pattern in (_PAGE, _SYMBOL, _ASSEMBLY_SYMBOL):
        for match in pattern.finditer(flat):
            parts = match.groupdict()
            treaty = _TREATIES[parts["body"].upper()] if parts.get("body") else "A"
            named = _canonical(treaty, parts["session"], int(parts["number"]))
            if named and not any(_overlap(match, old) for old in found):
                paragraphs = (parts["paragraph"],) if parts.get("paragraph") else ()
                found.append(Reference(*named, match.start(), match.end(), paragraphs))
    return found


def _overlap(match: re.Match[str], old: Reference) -> bool:
    return match.start() < old.end and old.start < match.end()


def _kinds(flat: str, pairs: list[re.Match[str]]) -> list[tuple[str, int, int]]:
    """For each pair: "decision", "resolution" or "" by the words beside it or its list, and the span with them."""
    kinds: list[tuple[str, int, int]] = []
    for pair in pairs:
        before = _WORD_BEFORE.search(flat, max(0, pair.start() - _LONGEST_WORD), pair.start())
        after = _WORD_AFTER.match(flat, pair.end())
        word = before or after
        kind = (word.lastgroup or "") if word else ""
        start = before.start() if before else _after_ordinal_mark(flat, pair.start())
        kinds.append((kind, start, after.end() if after else _past_count(flat, pair.end())))
    order = range(1, len(pairs))
    for here, there in (*((n, n - 1) for n in order), *((n - 1, n) for n in reversed(order))):
        first, second = sorted((here, there))
        between = flat[pairs[first].end() : pairs[second].start()]
        if not kinds[here][0] and kinds[there][0] and _LISTED.fullmatch(between):
            kinds[here] = (kinds[there][0], *kinds[here][1:])
    return kinds


def _after_ordinal_mark(flat: str, start: int) -> int:
    mark = re.compile(r"第\s*$").search(flat, max(0, start - 4), start)
    return mark.start() if mark else start


def _past_count(flat: str, end: int) -> int:
    count = re.compile(r"\s*号").match(flat, end)
    return count.end() if count else end


def _says_itself(pair: re.Match[str]) -> bool:
    roman = not pair["session"].isdigit()
    if pair["treaty"]:
        return roman or "-" in pair["joint"]
    return roman and len(pair["session"]) > 1


def _named(pair: re.Match[str], kind: str) -> tuple[str, str] | None:
    session = pair["session"]
    assembly = session.isdigit() and int(session) >= _FIRST_ASSEMBLY_SESSION and not pair["treaty"]
    if assembly:
        return _canonical("A", session, int(pair["number"])) if kind == "resolution" else None
    return _canonical((pair["treaty"] or "COP").upper(), session, int(pair["number"]))


def _canonical(treaty: str, session: str, number: int) -> tuple[str, str] | None:
    """(symbol, code as cited), or None when there is no such session."""
    count = int(session) if session.isdigit() else _of_roman(session.upper())
    if treaty == "A":
        return (f"A/RES/{count}/{number}", f"{count}/{number}") if count >= _FIRST_ASSEMBLY_SESSION else None
    if not 1 <= count <= _HIGHEST_SESSION[treaty] or number == 0:
        return None
    written = _to_roman(count) if count <= _LAST_ROMAN_SESSION[treaty] else str(count)
    prefix = "" if treaty == "COP" else f"{treaty}-"
    return f"CBD/{_BODIES[treaty]}/DEC/{written}/{number}", f"{prefix}{written}/{number}"


def _of_roman(text: str) -> int:
    if not _ROMAN.fullmatch(text):
        return 0
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def _to_roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _with_paragraphs(flat: str, found: Reference) -> Reference:
    after = _PARAGRAPH_CHINESE.match(flat, found.end) or _PARAGRAPH_AFTER.match(flat, found.end)
    if after:
        end = after.end() + (1 if "(" in after.group()[:3] and flat[after.end() : after.end() + 1] == ")" else 0)
        return replace(found, end=end, paragraphs=_split(after["numbers"]))
    before = _PARAGRAPH_BEFORE.search(flat, max(0, found.start - _LONGEST_WORD), found.start)
    if before:
        return replace(found, start=before.start(), paragraphs=_split(before["numbers"]))
    return found


def _split(numbers: str) -> tuple[str, ...]:
    parts = re.findall(rf"(-|至|\bto\b)?\s*第?\s*({_PARAGRAPH_NUMBER})", numbers, _FLAGS)
    told: list[str] = []
    for through, number in parts:
        tidy = re.sub(r"\s", "", number)
        if through and told:
            told[-1] = f"{told[-1]}-{tidy}"
        else:
            told.append(tidy)
    return tuple(told)
