"""Where a meeting is, and which country is its host, by what a record says of cities, countries and their letters."""

from __future__ import annotations

import re
from dataclasses import replace

from mandategraph.intake import times
from mandategraph.intake.builder import Builder, in_chinese_script, shortened
from mandategraph.intake.register_index import code_of
from mandategraph.intake.slots import FieldValue, Slots
from mandategraph.read.text import quote

_ONLINE = {"online", "virtual", "web", "webinar", "internet", "virtually"}
_LETTERS = re.compile(r"[A-Za-z]{2,3}")


def place_of(slots: Slots, out: Builder) -> tuple[tuple[str, ...], str, str, list[FieldValue]]:
    """Place, its status, mode, and the words."""
    mode = slots.first("mode")
    way = mode.meant if mode and mode.meant in ("online", "in-person") else "not-stated"
    named, city, code = slots.first("place"), slots.best("city", "en"), slots.first("country-code")
    country = _country(slots, out, code, needed=named is None)
    spoken = [one for one in (named, city, country, mode) if one]
    words = named.meant if named else ", ".join(one.meant for one in (city, country) if one)
    if not words:
        return (), "not-stated", way, spoken
    found = times.stretch(words)
    if found is not None and found.kind == "open":
        return (), "to-be-determined", way, spoken
    if words.casefold().strip(".") in _ONLINE:
        return (), "not-stated", "online", spoken
    town, _, land = (
        words.rpartition(", ") if named else (city.meant if city else "", "", country.meant if country else "")
    )
    known = out.known.place(words, town, land, code.meant if code else "")
    if not known:
        land_zh = in_chinese_script(slots.values.get("country", []))
        zh = f"{town}（{land_zh}）" if land_zh and town else ""
        known = out.thing(f"place:{code_of(words)}", shortened(words), zh, official=True)
    return (known,), "given", way, spoken


def _country(slots: Slots, out: Builder, code: FieldValue | None, *, needed: bool) -> FieldValue | None:
    """The country by its name; where a record has only its letters, by the name that the register has for them."""
    country = slots.best("country", "en")
    party = out.known.register.get(f"party:{code.meant.upper()}") if code else None
    if code and not party and ((needed and not country) or not _LETTERS.fullmatch(code.meant)):
        out.not_understood(slots, code, f"'{quote(code.written)}' is no country that the register knows")
    return country or (replace(code, meant=party.en) if code and party else None)


def host_of(slots: Slots, out: Builder, said: FieldValue) -> str:
    """A host; a country by its two letters gets the names beside, where there is one for each host."""
    if len(said.meant) != 2 or not said.meant.isalpha():
        return out.actor(said)
    hosts = slots.all("host")
    names = {language: _beside(slots, hosts, said, language) for language in ("en", "zh")}
    party = f"party:{said.meant.upper()}"
    if out.known.register.get(party):
        return party
    english = names["en"][0].meant if names["en"] else said.meant.upper()
    return out.thing(party, english, in_chinese_script(names["zh"]), official=True)


def _beside(slots: Slots, hosts: list[FieldValue], said: FieldValue, language: str) -> list[FieldValue]:
    """The name of a host in a language, where there are as many names as hosts."""
    names = [one for one in slots.values.get("host-name", ()) if one.language == language]
    if len(names) != len(hosts):
        return []
    name = names[hosts.index(said)]
    slots.use("host-name", name)
    return [name]
