"""The difference between two statements on when and where a meeting is, in words."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.analysis.times import span_of
from mandategraph.answers.answer import Cell
from mandategraph.messages import NO_TEXT, SOURCE_LANGUAGE, Text, gettext, joined_text, ngettext, pgettext, same

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ONLINE = gettext("online")
_PHASES = {"planned": gettext("planned"), "held": gettext("held"), "under-way": gettext("under way")}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its kind (a term of the vocabulary of changes) and how to say it."""

    kind: str
    words: Text


_OPEN = Change("undetermined", gettext("dates now to be determined"))
_SILENT = Change("silent", gettext("without dates"))


def changes(network: Network, old: Schedule, new: Schedule) -> list[Change]:
    """What is different in the newer statement, in the order place, days, length, phase; never empty."""
    found = [*_place(network, old, new), *_days(old, new), *_length(old, new)]
    if not found and old.phase != new.phase:
        found = [Change("as-planned", gettext("{phase} as planned", phase=_PHASES[new.phase]))]
    elif old.phase != new.phase:
        found.append(Change(new.phase, gettext("now {phase}", phase=_PHASES[new.phase])))
    return found or [Change("same", gettext("said again, the same"))]


def sentence(found: list[Change]) -> Text:
    """The changes in one line."""
    return joined_text((change.words for change in found), pgettext("between changes", ", "))


def state(network: Network, one: Schedule) -> Text:
    """A statement in one line: phase, days, place or mode."""
    phase = joined_text((_PHASES[one.phase], when(one)), same(" "))
    return joined_text((phase, _where(network, one)), pgettext("between the parts of a place", ", "))


def when(one: Schedule) -> Text:
    """The days of a statement, no more precise than stated; no words where it gives none and leaves none open."""
    if one.earliest is None and one.start is None:
        return gettext("dates to be determined") if one.status == "to-be-determined" else NO_TEXT
    days = _days_of(one)
    return days if one.status == "fixed" else gettext("{days} (to be confirmed)", days=days)


def _days_of(one: Schedule) -> Text:
    first, last = one.start or one.earliest, one.end or one.latest
    if one.precision == "open-ended" or last is None:
        return gettext("from {first}", first=first)
    if first == last:
        return same(str(first))
    if one.start is not None or one.precision == "several-dates":
        return gettext("{first} to {last}", first=first, last=last)
    return gettext("between {first} and {last}", first=first, last=last)


def same_place(network: Network, one: Schedule, other: Schedule) -> bool:
    """Whether the places of one statement hold those of the other, as a country holds its towns."""
    return _within(network, one, other) or _within(network, other, one)


def _within(network: Network, narrow: Schedule, wide: Schedule) -> bool:
    """Whether every place of one statement is one of the other, or a town in it by its name: ``Bern, Switzerland``."""
    lands = {_english(network, place) for place in wide.places}
    return bool(wide.places and narrow.places) and all(
        place in wide.places or _english(network, place).rpartition(", ")[2] in lands for place in narrow.places
    )


def _english(network: Network, place: str) -> str:
    return network.cell(place).labels.get(SOURCE_LANGUAGE, "")


def _place(network: Network, old: Schedule, new: Schedule) -> list[Change]:
    """Another place, or online; a town in the country named before, or the first place of all, only settles it."""
    before, after = _where(network, old), _where(network, new)
    if not after or before == after or (set(old.places) & set(new.places) and new.mode == old.mode):
        return []
    now = pgettext("state", "now {state}", state=after)
    if new.mode == "online":
        open_before = not before and old.mode != "in-person"
        kind = "settled" if open_before else "moved-online"
    elif same_place(network, old, new):
        return [Change("settled", now)] if _within(network, new, old) else []
    else:
        kind = "moved" if before else "settled"
    return [Change(kind, joined_text((before, after), same(" → ")) if before else now)]


def _where(network: Network, one: Schedule) -> Text:
    """The places, or that it is online; empty when neither is stated. A town goes without its country."""
    if one.places:
        return joined_text((_town(network.cell(place)) for place in one.places), pgettext("between places", " and "))
    return _ONLINE if one.mode == "online" else NO_TEXT


def _town(place: Cell) -> Text:
    return Text((language, name.partition(",")[0]) for language, name in place.labels.items()) or same(
        place.value or ""
    )


def _days(old: Schedule, new: Schedule) -> list[Change]:
    """How far the opening moved; at least so far, when a statement gives only bounds. One that gives no days is no plan kept:
    it is silent on them, or says that they are open."""
    before, after = span_of(old).opening, span_of(new).opening
    if before == after:
        return []
    if not after.known:
        is_open = new.status == "to-be-determined"
        return [_OPEN if is_open else _SILENT]
    if before.earliest is None or before.latest is None or after.earliest is None or after.latest is None:
        return [Change("dated", pgettext("state", "now {state}", state=when(new)))]
    least, most = (after.earliest - before.latest).days, (after.latest - before.earliest).days
    if least > 0:
        later = ngettext("{days} day later", "{days} days later", least, days=_in_words(least))
        return [Change("postponed", later if least == most else gettext("at least {days}", days=later))]
    if most < 0:
        earlier = ngettext("{days} day earlier", "{days} days earlier", -most, days=_in_words(-most))
        return [Change("advanced", earlier if least == most else gettext("at least {days}", days=earlier))]
    return [Change("dated", pgettext("state", "now {state}", state=when(new)))]


def _length(old: Schedule, new: Schedule) -> list[Change]:
    if not (old.start and old.end and new.start and new.end):
        return []
    more = (new.end - new.start).days - (old.end - old.start).days
    if more > 0:
        return [Change("longer", ngettext("{days} day longer", "{days} days longer", more, days=_in_words(more)))]
    shorter = ngettext("{days} day shorter", "{days} days shorter", -more, days=_in_words(-more))
    return [Change("shorter", shorter)] if more else []


def _in_words(number: int) -> Text:
    """A number of days; English writes small ones out."""
    english = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)
    return Text({**same(str(number)), SOURCE_LANGUAGE: english})
