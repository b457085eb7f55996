"""Which thing each record is about: by published code first, by body and number in words, by body, days and place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from mandategraph.emit.assemble import Source, identities, listed_things
from mandategraph.identity.judgements import Decision
from mandategraph.model import codes
from mandategraph.model.curated import Identity
from mandategraph.model.records import Extraction, MeetingRecord, NameRecord
from mandategraph.model.references import Ref
from mandategraph.model.register import Register

_NUMBERED = re.compile(r"(?P<body>.*?[A-Za-z)])[ -]?(?P<number>\d{1,3})")
_PUBLISHED = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9][A-Za-z0-9./-]{3,59}")


@dataclass(frozen=True)
class Ground:
    """Why two things are held to be one. `sure` where a code says so; else it is our reading."""

    en: str
    zh: str
    sure: bool


class Codes:
    """Published codes of meetings and names of bodies: of the register, and of what documents list."""

    def __init__(self, register: Register, sources: Iterable[Source]) -> None:
        self.meetings: dict[str, str] = {}
        self.bodies: dict[str, str] = {}
        self.numbered: dict[tuple[str, int], str] = {}
        for entity in register.of_kind("meeting"):
            self.meetings.setdefault(codes.key(entity.code), entity.ref)
            if entity.details.get("ordinal") and isinstance(entity.details.get("body"), str):
                self.numbered.setdefault((entity.details["body"], entity.details["ordinal"]), entity.ref)
        for entity in register.of_kind("body"):
            for name in (entity.code, entity.en, entity.zh, *entity.spellings):
                self.bodies.setdefault(codes.fold(name), entity.ref)
        for source in sources:
            own = f"meeting:{source.extraction.document.symbol}."
            for meeting in source.extraction.meetings:
                if not meeting.id.startswith(own) and "." not in meeting.id:
                    self.meetings.setdefault(codes.key(Ref(meeting.id).code), meeting.id)

    def meeting(self, code: str) -> str:
        """The meeting of a published code, known or new; empty where the text is none."""
        plain = codes.plain(code).strip()
        return self.known(plain) or (f"meeting:{plain}" if _PUBLISHED.fullmatch(plain) else "")

    def known(self, code: str) -> str:
        """The meeting of a code that is known, or that is a known body and a number: "WG8J-11"."""
        plain = codes.plain(code).strip()
        if known := self.meetings.get(codes.key(plain)):
            return known
        numbered = _NUMBERED.fullmatch(plain)
        body = self.bodies.get(codes.fold(numbered["body"])) if numbered else None
        return self.by_number(body, int(numbered["number"])) if body and numbered else ""

    def by_number(self, body: str, number: int) -> str:
        """The meeting of a body by its number: under the code that the register gives it, else under both."""
        code = f"{Ref(body).code}-{number}"
        return self.numbered.get((body, number)) or self.meetings.get(codes.key(code)) or f"meeting:{code}"


def joined(sources: list[Source], register: Register, decisions: tuple[Decision, ...]) -> list[Source]:
    """The sources with the judgements that follow from codes and evidence, and those that the user made."""
    known = Codes(register, sources)
    found = [_with(source, _by_code(source, known)) for source in sources]
    found = [_with(source, extra) for source, extra in zip(found, _by_event(found), strict=True)]
    return _decided(found, decisions)


def _with(source: Source, identity: list[Identity]) -> Source:
    if not identity:
        return source
    return replace(source, curated=replace(source.curated, identity=(*source.curated.identity, *identity)))


def _by_code(source: Source, known: Codes) -> list[Identity]:
    if not source.extraction.document.dataset:
        return []
    found = []
    names: dict[str, list[NameRecord]] = defaultdict(list)
    for name in source.extraction.names:
        names[name.thing].append(name)
    for meeting in source.extraction.meetings:
        target, ground = _meeting_by_code(meeting, names[meeting.id], known)
        if target and target != meeting.id:
            found.append(_identity(meeting.place, target, ground))
    for thing in source.extraction.things:
        if thing.at and thing.code and Ref(thing.ref).kind == "document":
            ground = Ground(
                f"the record gives the published code {thing.code}", f"记录载有公布的代码{thing.code}", True
            )
            found.append(_identity(thing.at, f"document:{thing.code}", ground))
    return found


def _identity(at: str, target: str, ground: Ground) -> Identity:
    return Identity(at, target, True, ground.en, ground.zh, "derived" if ground.sure else "interpretation", "rule")


def _meeting_by_code(meeting: MeetingRecord, names: list[NameRecord], known: Codes) -> tuple[str, Ground]:
    printed = {name.spelling for name in names if name.kind == "code"}
    for code in meeting.codes:
        if code in printed and (target := known.meeting(code)):
            return target, Ground(f"the record gives the published code {code}", f"记录载有公布的代码{code}", True)
        if code not in printed and (target := known.known(code)):
            return target, Ground(f"the title is the code {code} in other words", f"标题即代码{code}的另一写法", True)
    page = "".join(meeting.page)
    code = codes.key(page) if page else ""
    if code and "/" not in code and (target := known.meeting(code.upper())):
        return target, Ground(
            f"the page of the record is that of {code.upper()}", f"记录所载网页即{code.upper()}的网页", True
        )
    for name in names:
        if target := known.known(name.spelling):
            return target, Ground(f"the title is the code {name.spelling}", f"标题即代码{name.spelling}", True)
    if meeting.body and meeting.ordinal:
        target = known.by_number(meeting.body, meeting.ordinal)
        code = f"{Ref(meeting.body).code}-{meeting.ordinal}"
        ground = Ground(f"the title names the body and the number of {code}", f"标题载明机构和届次，即{code}", True)
        return target, ground
    return "", Ground("", "", False)


def _by_event(sources: list[Source]) -> list[list[Identity]]:
    """For each source, the records that no code tells: those with the body, the days and the place of one other event."""
    same = identities(sources)
    events: dict[tuple[str, date, date, tuple[str, ...]], set[str]] = defaultdict(set)
    for source in sources:
        listed = listed_things(source.extraction)
        for place, key in _events(source.extraction).items():
            events[key].add(same.get(listed[place], listed[place]))
    found: list[list[Identity]] = []
    for source in sources:
        listed = listed_things(source.extraction)
        mine = []
        for place, key in _events(source.extraction).items() if source.extraction.document.dataset else ():
            others = sorted(events[key] - {listed[place]})
            if (
                listed[place] not in same
                and len(others) == 1
                and (others[0] < listed[place] or not _local(others[0], sources))
            ):
                words = f"{Ref(key[0]).code}, {key[1]} to {key[2]}"
                ground = Ground(
                    f"same body, same days and same place: {words}", f"机构、日期和地点均相同：{words}", False
                )
                mine.append(_identity(place, others[0], ground))
        found.append(mine)
    return found


def _local(ref: str, sources: list[Source]) -> bool:
    """Whether a reference is that of a record of some dataset."""
    return any(Ref(ref).code.startswith(f"{one.extraction.document.symbol}.") for one in sources)


def _events(extraction: Extraction) -> dict[str, tuple[str, date, date, tuple[str, ...]]]:
    """Body, first day, last day and places of the events that have them all, by the place where they are listed."""
    bodies = {meeting.id: (meeting.body, meeting.place) for meeting in extraction.meetings if meeting.body}
    return {
        bodies[one.meeting][1]: (bodies[one.meeting][0], one.when.start, one.when.end, one.places)
        for one in extraction.schedules
        if one.meeting in bodies and one.places and one.when.start and one.when.end
    }


def _decided(sources: list[Source], decisions: tuple[Decision, ...]) -> list[Source]:
    for one in decisions:
        sources = [_apply(source, one) for source in sources]
        if one.same:
            sources = _confirm(sources, one)
    return sources


def _apply(source: Source, made: Decision) -> Source:
    """A judgement that the user revoked turns into its contrary, with the user's reason; one that was confirmed stays."""
    listed = listed_things(source.extraction)
    changed = []
    for one in source.curated.identity:
        about = {listed.get(one.at, ""), one.thing} == {made.thing, made.other}
        if about and one.same != made.same:
            one = replace(
                one, same=made.same, ground_en=made.why, ground_zh=made.why, by="user", basis="interpretation"
            )
        changed.append(one)
    return replace(source, curated=replace(source.curated, identity=tuple(changed)))


def _confirm(sources: list[Source], made: Decision) -> list[Source]:
    """Add the judgement where no source has it yet, at the first place that lists the thing."""
    for number, source in enumerate(sources):
        parts = {part.path for part in source.extraction.parts}
        listed = listed_things(source.extraction)
        if any(
            one.same and listed.get(one.at) == made.thing and one.thing == made.other for one in source.curated.identity
        ):
            return sources
        at = sorted(place for place, ref in listed.items() if ref == made.thing and place in parts)
        if at:
            added = Identity(at[0], made.other, True, made.why, made.why, "interpretation", "user")
            return [*sources[:number], _with(source, [added]), *sources[number + 1 :]]
    return sources
