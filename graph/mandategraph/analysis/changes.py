"""The difference between two statements on when and where a meeting is, in words of both languages."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.analysis.facts import Schedule
from mandategraph.analysis.network import Network
from mandategraph.analysis.times import span_of

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ONLINE = ("online", "在线")
_PHASES = {"planned": ("planned", "计划"), "held": ("held", "已举行"), "under-way": ("under way", "进行中")}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its kind (a term of the vocabulary of changes) and how to say it."""

    kind: str
    en: str
    zh: str


_OPEN = Change("undetermined", "dates now to be determined", "日期改为待定")
_SILENT = Change("silent", "without dates", "未载日期")


def changes(network: Network, old: Schedule, new: Schedule) -> list[Change]:
    """What is different in the newer statement, in the order place, days, length, phase; never empty."""
    found = [*_place(network, old, new), *_days(old, new), *_length(old, new)]
    if not found and old.phase != new.phase:
        found = [Change("as-planned", f"{_PHASES[new.phase][0]} as planned", f"按计划{_PHASES[new.phase][1]}")]
    elif old.phase != new.phase:
        found.append(Change(new.phase, f"now {_PHASES[new.phase][0]}", f"现{_PHASES[new.phase][1]}"))
    return found or [Change("same", "said again, the same", "再次述及，无变化")]


def sentence(found: list[Change], language: str) -> str:
    """The changes in one line."""
    parts = [change.zh if language == "zh" else change.en for change in found]
    return ("；" if language == "zh" else ", ").join(parts)


def state(network: Network, one: Schedule) -> dict[str, str]:
    """A statement in one line: phase, days, place or mode."""
    english, chinese = _PHASES[one.phase]
    place, place_zh = _where(network, one)
    days = when(one)
    return {
        "en": ", ".join(part for part in (f"{english} {days['en']}".strip(), place) if part),
        "zh": "，".join(part for part in (f"{chinese} {days['zh']}".strip(), place_zh) if part),
    }


def when(one: Schedule) -> dict[str, str]:
    """The days of a statement, no more precise than stated."""
    unsure = ("", "") if one.status == "fixed" else (" (to be confirmed)", "（待确认）")
    if one.earliest is None and one.start is None:
        return (
            {"en": "dates to be determined", "zh": "日期待定"}
            if one.status == "to-be-determined"
            else {"en": "", "zh": ""}
        )
    first, last = one.start or one.earliest, one.end or one.latest
    if one.precision == "open-ended" or last is None:
        return {"en": f"from {first}{unsure[0]}", "zh": f"自{first}起{unsure[1]}"}
    if first == last:
        return {"en": f"{first}{unsure[0]}", "zh": f"{first}{unsure[1]}"}
    sure = one.start is not None or one.precision == "several-dates"
    between, between_zh = ("", "") if sure else ("between ", "之间")
    joint = "and" if between else "to"
    return {"en": f"{between}{first} {joint} {last}{unsure[0]}", "zh": f"{first}至{last}{between_zh}{unsure[1]}"}


def same_place(network: Network, one: Schedule, other: Schedule) -> bool:
    """Whether the places of one statement hold those of the other, as a country holds its towns."""
    return _within(network, one, other) or _within(network, other, one)


def _within(network: Network, narrow: Schedule, wide: Schedule) -> bool:
    """Whether every place of one statement is one of the other, or a town in it by its name: ``Bern, Switzerland``."""
    lands = {network.cell(place).en for place in wide.places}
    return bool(wide.places and narrow.places) and all(
        place in wide.places or (network.cell(place).en or "").rpartition(", ")[2] in lands for place in narrow.places
    )


def _place(network: Network, old: Schedule, new: Schedule) -> list[Change]:
    """Another place, or online; a town in the country named before, or the first place of all, only settles it."""
    before, after = _where(network, old), _where(network, new)
    if not after[0] or before == after or (set(old.places) & set(new.places) and new.mode == old.mode):
        return []
    now = (f"now {after[0]}", f"现为{after[1]}")
    if new.mode == "online":
        open_before = not before[0] and old.mode != "in-person"
        kind = "settled" if open_before else "moved-online"
    elif same_place(network, old, new):
        return [Change("settled", *now)] if _within(network, new, old) else []
    else:
        kind = "moved" if before[0] else "settled"
    if not before[0]:
        return [Change(kind, *now)]
    return [Change(kind, f"{before[0]} → {after[0]}", f"{before[1]} → {after[1]}")]


def _where(network: Network, one: Schedule) -> tuple[str, str]:
    """The places, or that it is online; empty when neither is stated. A town goes without its country."""
    if one.places:
        cells = [network.cell(place) for place in one.places]
        english = " and ".join((cell.en or cell.value or "").partition(",")[0] for cell in cells)
        return (english, "、".join(cell.zh or "" for cell in cells))
    return _ONLINE if one.mode == "online" else ("", "")


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
        days = when(new)
        return [Change("dated", f"now {days['en']}", f"现为{days['zh']}")]
    least, most = (after.earliest - before.latest).days, (after.latest - before.earliest).days
    sure = "" if least == most else "at least "
    if least > 0:
        return [Change("postponed", f"{sure}{counted(least)} later", f"{'至少' if sure else ''}推迟{least}天")]
    if most < 0:
        return [Change("advanced", f"{sure}{counted(-most)} earlier", f"{'至少' if sure else ''}提前{-most}天")]
    days = when(new)
    return [Change("dated", f"now {days['en']}", f"现为{days['zh']}")]


def _length(old: Schedule, new: Schedule) -> list[Change]:
    if not (old.start and old.end and new.start and new.end):
        return []
    more = (new.end - new.start).days - (old.end - old.start).days
    if more > 0:
        return [Change("longer", f"{counted(more)} longer", f"延长{more}天")]
    return [Change("shorter", f"{counted(-more)} shorter", f"缩短{-more}天")] if more else []


def counted(days: int) -> str:
    """``one day``, ``350 days``."""
    number = _NUMBERS[days] if days < len(_NUMBERS) else str(days)
    return f"{number} {'day' if days == 1 else 'days'}"
