"""What is said once about each kind of statement: how a field of a record is stated, and what a reader is shown of it.

A kind is a record class with `@kind` (the name of its nodes, its class in the ontology); each of its fields is annotated
with what it is in the graph. Where the records stand in a record file is the section of `records.Extraction`. From this
are made: emission (`emit/statements.py`), the things that records speak of (`references`), reading and writing of record
files, and the headings of pages (`headings`). Names of properties and classes are those of the ontology.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, TypeVar

from mandategraph.messages import Text
from mandategraph.model.evidence import Evidence
from mandategraph.model.references import Ref

T = TypeVar("T")
Pair = tuple[str, str]
"""The same words in English and in Chinese."""

NAMED = frozenset({
    "body", "office", "organization", "party", "group", "place", "meeting", "element", "kmgbf", "agenda-item", "document",
})  # fmt: skip
"""Kinds of thing that the register graph names; whatever a record says of one makes it known there."""


@dataclass(frozen=True)
class Key:
    """What names the statement within its document."""


@dataclass(frozen=True)
class Thing:
    """References to things, one or several. `heading` is what a page of such a thing puts over these statements.

    `instead` has a property (with its heading) of its own for some kinds of thing. `own_parts`: `part:PATH` is a part of
    the same document. `named`: the thing is to be known in the register graph; one that is made where it stands is not.
    """

    property: str
    heading: Text | None = None
    instead: Mapping[str, tuple[str, Text | None]] = field(default_factory=dict)
    own_parts: bool = False
    named: bool = True


@dataclass(frozen=True)
class Part:
    """Paths of parts of the same document; `form` makes a path of the value, `document` stands where there is none."""

    property: str
    form: str = "{}"
    document: bool = False


@dataclass(frozen=True)
class Statement:
    """Ids of other records of the same document, whose nodes are of kind `node`."""

    property: str
    node: str


@dataclass(frozen=True)
class Concept:
    """Concepts of a vocabulary: the value itself in `form`, or the name that `names` has for it."""

    property: str
    form: str = "{}"
    names: Mapping[Any, str] = field(default_factory=dict)
    digits: str = ""
    """The form of a value that is a number."""


@dataclass(frozen=True)
class Words:
    """Text in a language: that of the document where none is named; `own` is the field with a language of its own."""

    property: str
    language: str = ""
    own: str = ""


@dataclass(frozen=True)
class Plain:
    """Text without a language, a number, a day."""

    property: str


@dataclass(frozen=True)
class Mark:
    """Something that is stated only where it is so."""

    property: str


@dataclass(frozen=True)
class Address:
    """A web address in pieces."""

    property: str


@dataclass(frozen=True)
class Proof:
    """Evidence on which the statement rests."""

    property: str = "hasEvidence"


@dataclass(frozen=True)
class Class:
    """The value is a class of the thing, beside that of its kind."""


@dataclass(frozen=True)
class Computed:
    """Stated by code (a hook in `emit/computed.py`, or the module of the curated layer), which may need other fields as
    well; `properties` are what it states."""

    properties: tuple[str, ...]


@dataclass(frozen=True)
class Unstated:
    """No property of this statement is made of it. `thing`: it refers to things that are to be known nonetheless."""

    reason: str
    thing: bool = False


Role = Key | Thing | Part | Statement | Concept | Words | Plain | Mark | Address | Proof | Class | Computed | Unstated
ROLES = typing.get_args(Role)

Id = Annotated[str, Key()]
Basis = Annotated[str, Concept("basis")]
Note = Annotated[str, Words("explanatoryNote", "en")]
Proofs = Annotated[tuple[Evidence, ...], Proof()]
RowPath = Annotated[str, Part("statedInRow")]
AsWritten = Annotated[str, Words("asWritten")]


@dataclass(frozen=True)
class Described:
    """A record class as a kind of statement. `node` begins the names of its nodes, `class_` is their class.

    `stated`: a node says in which document it is stated, and on what basis (`basis`, where the record has none of its
    own). `headings` are those of properties that the curated layer adds. `rank`: kinds of a lower one are stated first;
    the numbers of evidence nodes follow that order, so it stays as it is.
    """

    node: str
    class_: str
    stated: bool = True
    basis: str = "explicit"
    rank: int = 0
    headings: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Field:
    """One field of a record class with all its roles; `optional` when it has a default."""

    name: str
    roles: tuple[Role, ...]
    optional: bool
    nested: type | None = None
    """The record class of a value whose fields are stated of the same node."""


@dataclass(frozen=True)
class Kind:
    """A kind of statement: its description, its record class and the fields of that."""

    described: Described
    record: type
    fields: tuple[Field, ...]
    key: str
    """The field that names the statement; "" where its number does."""
    has_basis: bool
    """Whether each record says on what basis it stands."""

    def properties(self) -> Iterator[str]:
        """Every property that such a statement may have."""
        if self.described.stated:
            yield from ("statedIn", "basis", "confidence")
        yield from self.described.headings
        for one in self.fields:
            for role in one.roles:
                yield from _properties(role)
            if one.nested:
                yield from (
                    name for inner in described_fields(one.nested) for role in inner.roles for name in _properties(role)
                )


def kind(node: str, class_: str, **more: Any) -> Callable[[type[T]], type[T]]:
    """Make a record class a kind of statement; see `Described`."""

    def mark(record: type[T]) -> type[T]:
        _KINDS[record] = Described(node, class_, **more)
        return record

    return mark


_KINDS: dict[type, Described] = {}


def kind_of(record: type) -> Kind | None:
    """The kind of statement that records of this class make; None for those that make none of their own."""
    return _kind_of(record)


@cache
def _kind_of(record: type) -> Kind | None:
    described = _KINDS.get(record)
    if not described:
        return None
    known = described_fields(record)
    key = next((one.name for one in known if any(isinstance(role, Key) for role in one.roles)), "")
    return Kind(described, record, known, key, any(one.name == "basis" for one in known))


@cache
def described_fields(record: type) -> tuple[Field, ...]:
    """The fields of a record class with what is said of each.

    Raises:
        TypeError: nothing is said of a field, so that it would be lost on the way to the graph.
    """
    hints = typing.get_type_hints(record, include_extras=True)
    found = []
    for item in fields(record):
        hint = hints[item.name]
        roles = tuple(one for one in getattr(hint, "__metadata__", ()) if isinstance(one, ROLES))
        nested = hint if is_dataclass(hint) and isinstance(hint, type) else None
        if not roles and nested is None:
            raise TypeError(f"{record.__name__}.{item.name} does not say what it is in the graph")
        found.append(Field(item.name, roles, item.default is not MISSING, nested))
    return tuple(found)


def sections(extraction: type) -> dict[str, type]:
    """The record class of each section of a record file, in their order; evidence alone is no record."""
    return _sections(extraction)


@cache
def _sections(extraction: type) -> dict[str, type]:
    hints = typing.get_type_hints(extraction)
    classes = {name: typing.get_args(hint)[0] for name, hint in hints.items() if typing.get_origin(hint) is tuple}
    classes = {name: record for name, record in classes.items() if record is not Evidence}
    return {item.name: classes[item.name] for item in fields(extraction) if item.name in classes}


def kinds(extraction: type) -> dict[str, Kind]:
    """The kinds of statement by the section of their records, in the order in which they are stated."""
    return _kinds(extraction)


@cache
def _kinds(extraction: type) -> dict[str, Kind]:
    known = {section: kind_of(record) for section, record in sections(extraction).items()}
    found = {section: told for section, told in known.items() if told}
    return dict(sorted(found.items(), key=lambda item: item[1].described.rank))


def references(record: Any) -> Iterator[Ref]:
    """Every thing that a record speaks of and that the register graph is to name."""
    record_class: type = type(record)
    for item in described_fields(record_class):
        value = getattr(record, item.name)
        if item.nested:
            yield from references(value)
        elif any(
            isinstance(role, Thing) and role.named or isinstance(role, Unstated) and role.thing for role in item.roles
        ):
            for one in value if isinstance(value, tuple) else (value,):
                if one and Ref(one).kind in NAMED:
                    yield Ref(one)


def headings(*classes: type) -> dict[Pair, Text]:
    """By class of statement and property: the heading under which a page of the thing at its other end lists it."""
    found: dict[Pair, Text] = {}
    for record in classes:
        known = kind_of(record)
        if not known:
            continue
        told = dict(known.described.headings)
        for role in (role for item in known.fields for role in item.roles if isinstance(role, Thing)):
            told |= {role.property: role.heading} if role.heading else {}
            told |= {name: words for name, words in role.instead.values() if words}
        found |= {(known.described.class_, name): words for name, words in told.items()}
    return found


def _properties(role: Role) -> tuple[str, ...]:
    if isinstance(role, Computed):
        return role.properties
    if isinstance(role, Thing):
        return (role.property, *(name for name, _ in role.instead.values()))
    return () if isinstance(role, Key | Class | Unstated) else (role.property,)
