"""The dossier of one thing: what it is, and everything the documents say of it, in sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from mandategraph.answers.answer import Answer, Cell
from mandategraph.answers.description import DescribedStatement, Fact, Profile
from mandategraph.answers.grid import Layout
from mandategraph.answers.headings import heading
from mandategraph.messages import LANGUAGES, Text
from mandategraph.rdf import namespaces
from mandategraph.site.content import Content, Thing
from mandategraph.site.timeline import Step, steps

_MOST_COLUMNS = 5
_ENOUGH = 0.6  # of all that is told must stand in columns, or a table is mostly holes and footnotes
# Told elsewhere on the page, or of no use to a reader of it.
_UNTOLD_FACTS = frozenset(
    (
        "feeds",
        "feedsFirmly",
        "fedBy",
        "fedFirmlyBy",
        "englishLabelStatus",
        "skos:altLabel",
        "identifier",
    )
)
_UNTOLD = frozenset(("voice", "precision", "ofProvision", "carriedBy", "inFootnote", "setOutAt", "mention"))
_STEPS = ("ScheduleStatement", "schedules")
_BROADER = "broader"
# What says that a thing is of another one, which then names it too.
_WHOLES = frozenset(
    ("ofMeeting", "parentBody", "adoptedBy", "supersedes", "meetingOf", "partOfMeeting", "officeOf", _BROADER)
)
_MERGED = {
    "destination": "contributionRecipient"
}  # where no receiver is named, the kind of destination stands in its column


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: for each column of its section the facts that belong there, those that have no column, and what
    it rests on."""

    cells: tuple[tuple[Fact, ...], ...]
    rest: tuple[tuple[Cell, tuple[Fact, ...]], ...]
    told: DescribedStatement


@dataclass(frozen=True, slots=True)
class Section:
    """Statements of one kind. ``wide`` when they are too various for a table."""

    anchor: str
    title: Mapping[str, str]
    columns: tuple[Cell, ...]
    lines: tuple[Line, ...]
    wide: bool

    @property
    def has_rest(self) -> bool:
        """Whether any line tells what has no column."""
        return any(line.rest for line in self.lines)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One thing as its page shows it.

    ``before`` and ``after`` are the meetings that feed it and those it feeds, ``parts`` the things that say they are
    of it (the meetings of a body, the items of an agenda) by the property that says so, ``asked`` the questions whose
    answers name it.
    """

    thing: Thing
    profile: Profile
    facts: tuple[Fact, ...]
    steps: tuple[Step, ...]
    sections: tuple[Section, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    parts: Mapping[str, tuple[Thing, ...]]
    asked: tuple[Answer, ...]


def dossiers(content: Content) -> list[Dossier]:
    """Those of all things."""
    asked, parts = naming(content), belonging(content)
    return [
        _dossier(content, thing, parts.get(thing.iri, {}), asked.get(thing.iri, ()))
        for thing in content.things.values()
    ]


def belonging(content: Content) -> dict[str, dict[str, tuple[Thing, ...]]]:
    """By thing and property: the things that are of it."""
    found: dict[str, dict[str, tuple[Thing, ...]]] = {}
    for thing in content.things.values():
        named = [(fact.property.value, fact.thing) for fact in content.profiles[thing.iri].facts]
        named += [(_BROADER, above) for above in content.network.broader.get(thing.iri, ())]
        for name, whole in named:
            if name in _WHOLES and whole:
                some = found.setdefault(whole, {})
                some[name] = (*some.get(name, ()), thing)
    return found


def naming(content: Content) -> dict[str, tuple[Answer, ...]]:
    """By thing: the answers that have it in a row."""
    known = by_cell(content.things.values())
    found: dict[str, dict[str, Answer]] = {}
    for answer in content.answers:
        for row in answer.rows:
            for cell in (cell for cells in row for cell in cells):
                iri = known.get((cell.value, cell.labels))
                if iri:
                    found.setdefault(iri, {})[answer.id] = answer
    return {iri: tuple(answers.values()) for iri, answers in found.items()}


def by_cell(things: Iterable[Thing]) -> dict[tuple[str | None, Text], str]:
    """The thing that a cell of an answer shows: its code and labels, as answers write them."""
    found: dict[tuple[str | None, Text], str] = {}
    named: dict[Text, list[str]] = {}
    for thing in things:
        named.setdefault(thing.name.labels, []).append(thing.iri)
        for code in (thing.code, namespaces.compact(thing.iri)):
            found[code, thing.name.labels] = thing.iri
    # An answer may leave the code out, which is clear enough where only one thing has these names.
    return {**{(None, names): iris[0] for names, iris in named.items() if len(iris) == 1 and names}, **found}


def _dossier(
    content: Content, thing: Thing, parts: Mapping[str, tuple[Thing, ...]], asked: tuple[Answer, ...]
) -> Dossier:
    profile = content.profiles[thing.iri]
    return Dossier(
        thing,
        profile,
        tuple(fact for fact in profile.facts if _is_told(content, fact)),
        steps(content.network, thing.iri),
        tuple(_sections(profile)),
        _linked(profile, "fedBy"),
        _linked(profile, "feeds"),
        parts,
        asked,
    )


def _is_told(content: Content, fact: Fact) -> bool:
    """Facts about statements, which have no page, are told in the sections."""
    if fact.property.value in _UNTOLD_FACTS:
        return False
    return fact.thing is None or fact.thing in content.things or bool(fact.value.labels) or _is_web(fact)


def _is_web(fact: Fact) -> bool:
    return (fact.thing or "").startswith(("http://", "https://")) and not (fact.thing or "").startswith(
        namespaces.THINGS
    )


def _linked(profile: Profile, name: str) -> tuple[str, ...]:
    return tuple(fact.thing for fact in profile.facts if fact.property.value == name and fact.thing)


def _titles(told: DescribedStatement) -> Text:
    return Text((language, heading(told, Layout((language,)))) for language in LANGUAGES)


def _sections(profile: Profile) -> Iterable[Section]:
    told = [one for one in profile.told if (one.kind.value, one.role.value) != _STEPS]
    for titles, items in groupby(told, key=_titles):
        some = tuple(items)
        every = _columns(some)
        columns, wide = _main(every, some)
        rest = [column for column in every if column not in columns]
        lines = tuple(_line(one, columns, rest) for one in some)
        yield Section(f"{some[0].kind.value}-{some[0].role.value}", titles, columns, lines, wide)


def _line(told: DescribedStatement, columns: Iterable[Cell], rest: Iterable[Cell]) -> Line:
    others = ((column, _of(told, column.value)) for column in rest)
    return Line(tuple(_of(told, column.value) for column in columns), tuple(one for one in others if one[1]), told)


def _main(columns: tuple[Cell, ...], told: Sequence[DescribedStatement]) -> tuple[tuple[Cell, ...], bool]:
    """The columns most in use, as many as a table has room for; or all, where those would leave out too much."""
    if len(columns) <= _MOST_COLUMNS:
        return columns, False
    used = {column: sum(bool(_of(one, column.value)) for one in told) for column in columns}
    most = sorted(columns, key=lambda column: -used[column])[:_MOST_COLUMNS]
    if sum(used[column] for column in most) < _ENOUGH * sum(used.values()):
        return columns, True
    return tuple(column for column in columns if column in most), False


def _columns(told: Iterable[DescribedStatement]) -> tuple[Cell, ...]:
    """The properties in use, in the order in which a reader expects them."""
    found: dict[str, Cell] = {}
    for one in told:
        for fact in one.facts:
            name = fact.property.value or ""
            if name not in _UNTOLD and not (name == "asWritten" and _is_quoted(one, fact)):
                found.setdefault(name, fact.property)
    for name, into in _MERGED.items():
        if into in found:
            found.pop(name, None)
    return tuple(found.values())


def _of(told: DescribedStatement, name: str | None) -> tuple[Fact, ...]:
    own = tuple(fact for fact in told.facts if fact.property.value == name)
    if own:
        return own
    stands_for = next((merged for merged, into in _MERGED.items() if into == name), None)
    return tuple(fact for fact in told.facts if fact.property.value == stands_for) if stands_for else ()


def _is_quoted(told: DescribedStatement, fact: Fact) -> bool:
    """Whether the words as written stand in the quotes of the source anyway."""
    return any((fact.value.value or "-") in (place.quote or "") for place in told.places)
