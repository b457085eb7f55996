"""The wording of a language, read from `languages/*.yml` and made into patterns once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from mandategraph.model.register import Register, read_yaml, shipped_register
from mandategraph.read.text import chinese_number

LANGUAGES = ("zh", "en", "fr", "es")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | {ord("’"): "'", ord("‘"): "'", ord("\u00ad"): "-"}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


def level(text: str) -> str:
    """The text with one width, one kind of dash, apostrophe and space; as long as the text itself, so offsets hold."""
    plain = (one if len(one := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)
    return "".join(" " if c.isspace() else c for c in "".join(plain).translate(_DASHES))


@dataclass(frozen=True)
class Wording:
    """One language. `names` maps each name to what it names; `said` holds the patterns of the file by their keys."""

    language: str
    names: dict[str, str]
    places: dict[str, str]
    verbs: dict[str, str]
    verb: re.Pattern[str]
    next_act: re.Pattern[str]
    name: re.Pattern[str]
    name_anywhere: re.Pattern[str]
    place: re.Pattern[str]
    said: dict[str, re.Pattern[str]]
    tables: dict[str, dict[str, re.Pattern[str]]]
    heading: dict[str, re.Pattern[str]]
    numbers: dict[str, int]
    units: dict[str, int]
    ordinals: dict[str, int]
    kinds: dict[str, str]
    country: re.Pattern[str]
    """A country beside its city: before it in Chinese, after it and a comma in English; elsewhere it is in brackets."""
    shorts: tuple[str, ...]
    """Short names of bodies, the longest first; `specific` is what makes one part of a longer name, `alone` what may
    stand before one."""
    specific: re.Pattern[str]
    alone: re.Pattern[str]

    def with_names(self, more: tuple[tuple[str, str], ...]) -> Wording:
        """The same language with further names, each for what it names."""
        names = self.names | dict(more)
        return replace(self, names=names, name=_any(names), name_anywhere=_any(names, re.IGNORECASE))

    def ordinal(self, words: str) -> int:
        """The value of an ordinal in words or figures, or 0."""
        plain = level(words).strip().lower()
        known = self.ordinals.get(plain)
        if known:
            return known
        figure = re.search(r"\d{1,2}", plain)
        if figure:
            return int(figure[0])
        if self.language != "zh":
            return 0
        try:
            return chinese_number(plain.removeprefix("第"))
        except (ValueError, KeyError):
            return 0

    def number(self, words: str) -> int:
        """The value of a small number in words or figures, or 0."""
        plain = words.lower()
        if plain.isascii() and plain.isdigit():
            return int(plain)
        if self.language == "zh":
            try:
                return chinese_number(plain)
            except (ValueError, KeyError):
                return 0
        return self.numbers.get(plain, 0)


@cache
def wording(language: str) -> Wording:
    """The wording of one of `LANGUAGES`.

    Raises:
        InputError: its file is not YAML.
    """
    source = files("mandategraph.extract.drafts").joinpath("languages").joinpath(f"{language}.yml")
    data: dict[str, Any] = read_yaml(source.read_text(encoding="utf-8"), f"languages/{language}.yml")
    register = shipped_register()
    names = _names(data, register, language)
    places = _places(data, register, language)
    verbs = {level(phrase): verb for verb, phrases in data["verbs"].items() for phrase in phrases}
    adverbs = _alternatives(data["adverbs"])
    between = r"\s*" if language == "zh" else r"\s+"
    before = rf"(?:(?:{adverbs}){between},?\s*)*"
    said = _alternatives(verbs)
    bound = "" if language == "zh" else r"(?!\w)"
    verb = rf"{before}(?P<verb>{said}){bound}(?:\s+(?:{adverbs}))*"
    patterns = {key: _compiled(value) for key, value in data.items() if isinstance(value, str) and key != "language"}
    units = "|".join(data["units"])
    for key in ("offset", "offset_after"):
        patterns[key] = _compiled(str(data[key]).replace("%UNITS%", units))
    return Wording(
        language, names, places, verbs, _compiled(verb), _compiled(rf"(?:{data['joined']}){before}(?P<verb>{said}){bound}"),
        _any(names), _any(names, re.IGNORECASE), _any(places), patterns,
        {key: {one: _compiled(p) for one, p in data[key].items()} for key in ("modal", "deliverables")},
        {key: _compiled(value) for key, value in data["heading"].items()},
        data["numbers"], data["units"], {level(k): v for k, v in data["ordinals"].items()},
        {level(word): kind for word, kind in data["kinds"].items()},
        re.compile(rf"(?:{_alternatives(data['countries'])})" if data["countries"] else r"(?!)"),
        tuple(sorted(map(level, data["shorts"]), key=lambda name: (-len(name), name))), re.compile(data["specific"]),
        re.compile(data["alone"]),
    )  # fmt: skip


def language_of(text: str) -> str:
    """The language that most of a text is in, by its script and its commonest words; empty where none of ours is."""
    sample = text[:60_000]
    han, latin = len(_HAN.findall(sample)), len(_LATIN.findall(sample))
    if han * 3 > latin:
        return "zh" if han else ""
    words = re.findall(r"[a-zà-ÿ]+", sample.lower())
    if not words:
        return ""
    markers = {one: set(_markers(one)) for one in LANGUAGES if one != "zh"}
    alone = {one: own - set().union(*(o for k, o in markers.items() if k != one)) for one, own in markers.items()}
    counts = {one: sum(word in own for word in words) for one, own in alone.items()}
    best = max(sorted(counts), key=lambda one: counts[one])
    return best if counts[best] * 50 > len(words) else ""


@cache
def _markers(language: str) -> tuple[str, ...]:
    source = files("mandategraph.extract.drafts").joinpath("languages").joinpath(f"{language}.yml")
    return tuple(read_yaml(source.read_text(encoding="utf-8"), language)["marker"])


def _names(data: dict[str, Any], register: Register, language: str) -> dict[str, str]:
    """Names of the file, codes of bodies, and in Chinese the register's own names and spellings."""
    names: dict[str, str] = {}
    for entity in register.of_kind("body", "office", "organization", "group", "party"):
        if language == "zh":
            names |= dict.fromkeys(map(level, (entity.zh, *entity.spellings)), entity.ref)
        elif language == "en" and entity.kind in ("party", "organization"):
            names[level(entity.en)] = entity.ref
        if entity.kind == "body" and entity.published:
            names[entity.code] = entity.ref
    for ref, spelled in data["names"].items():
        names |= dict.fromkeys((level(one) for name in spelled for one in _spelled_out(name)), ref)
    return names


def _spelled_out(name: str) -> list[str]:
    """Every form of a name: `[ of the Convention]` may be left out, of `[r|R]` one is taken."""
    choice = re.search(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]", name)
    if not choice:
        return [name]
    taken = choice[1].split("|") if "|" in choice[1] else ["", choice[1]]
    return [one for each in taken for one in _spelled_out(name[: choice.start()] + each + name[choice.end() :])]


def _places(data: dict[str, Any], register: Register, language: str) -> dict[str, str]:
    places = {level(name): f"place:{code}" for code, spelled in data["places"].items() for name in spelled}
    if language == "zh":
        for entity in register.of_kind("place"):
            places |= dict.fromkeys(map(level, (entity.zh, *entity.spellings)), entity.ref)
    return places


def _alternatives(words: Any) -> str:
    longest = sorted(map(level, words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)


def _any(names: dict[str, str], flags: int = 0) -> re.Pattern[str]:
    """Any of the names, the longest first; a name of letters is no part of a longer word."""
    return re.compile(rf"(?<![A-Za-zÀ-ÿ0-9])(?:{_alternatives(names)})(?![A-Za-zà-ÿ])" if names else r"(?!)", flags)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(level(pattern) if pattern else r"(?!)", re.IGNORECASE)
