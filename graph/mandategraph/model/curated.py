"""What a person added about one source: English labels, identity, errata, and statements that only a person can read.

The file is `records/<source>/curated.yml`; every entry names the place that it speaks of. `statements` holds records of
the model by section, as the extracted file does, with evidence as `[place, line, words]`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Annotated, Any, TypeVar

from mandategraph.messages import gettext
from mandategraph.model.record_files import read_section
from mandategraph.model.register import read_yaml
from mandategraph.model.statements import Basis, Computed, Concept, Part, Thing, Unstated, Words, kind
from mandategraph.system.errors import InputError

T = TypeVar("T")
CURATED = "curated.yml"


@dataclass(frozen=True)
class Label:
    """English (and, where the words of the source do not serve as a name, Chinese) label of a thing without a code."""

    at: str
    en: str
    zh: str = ""


@dataclass(frozen=True)
class Gist(Label):
    """What a position, condition or input comes to; ``adds`` is the subject that a position wants included, if any."""

    adds: str = ""


@kind("identity", "IdentityJudgement")
@dataclass(frozen=True)
class Identity:
    """The thing listed at a place is, or is not, a thing known otherwise; `ground` says why we hold so."""

    at: Annotated[str, Part("mention")]
    thing: Annotated[str, Thing("identifies", gettext("Judged to be the same, or not"))]
    same: Annotated[bool, Concept("verdict", names={True: "same", False: "not-same"})]
    ground_en: Annotated[str, Words("reason", "en")]
    ground_zh: Annotated[str, Words("reason", "zh")]
    basis: Basis = "interpretation"
    by: Annotated[str, Computed(("explanatoryNote", "hasEvidence"))] = "curated"
    """Who holds it: curated (a person, with the package), rule (from codes or evidence), or user (of a store)."""


@kind("erratum", "Erratum", basis="interpretation")
@dataclass(frozen=True)
class Erratum:
    """The text as written, as meant, and why."""

    at: Annotated[str, Part("corrects"), Computed(("hasEvidence",))]
    kind: Annotated[str, Concept("erratumKind")]
    line: Annotated[int, Unstated("its evidence has it")]
    written: Annotated[str, Words("asWritten", "zh")]
    meant: Annotated[str, Words("asMeant", "zh")]
    reason_en: Annotated[str, Words("reason", "en")]
    reason_zh: Annotated[str, Words("reason", "zh")]


@kind("match", "ElementMatch", basis="interpretation")
@dataclass(frozen=True)
class Match:
    """How two elements correspond. `start` and `to` are subjects, places of elements, or terms of another vocabulary;
    no `to` where nothing corresponds."""

    start: Annotated[str, Thing("matchFrom", gettext("What it corresponds to"))]
    to: Annotated[str, Thing("matchTo", gettext("What corresponds to it"))]
    grade: Annotated[str, Concept("matchGrade")]
    ground_en: Annotated[str, Words("reason", "en")]
    ground_zh: Annotated[str, Words("reason", "zh")]


@dataclass(frozen=True)
class LeftOut:
    """Lines of which nothing was made, and why."""

    first: int
    last: int
    reason_en: str
    reason_zh: str


@dataclass(frozen=True)
class Curated:
    """The curated layer of one source."""

    labels: tuple[Label, ...] = ()
    identity: tuple[Identity, ...] = ()
    errata: tuple[Erratum, ...] = ()
    tasks: tuple[Label, ...] = ()
    gists: tuple[Gist, ...] = ()
    matches: tuple[Match, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    statements: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """Records of the model by the name of their section."""


def read_curated(text: str, where: str) -> Curated:
    """Read a curated file.

    Raises:
        InputError: it is not YAML, or an entry lacks a field or has one we do not know.
    """
    data = read_yaml(text, where) or {}
    known = [item.name for item in fields(Curated)]
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise InputError(f"unknown section {unknown[0]}", where=where, hint=f"use one of {', '.join(known)}")
    return Curated(
        tuple(_each(data, "labels", where, _label)),
        tuple(_each(data, "identity", where, _identity)),
        tuple(_each(data, "errata", where, _erratum)),
        tuple(_each(data, "tasks", where, _label)),
        tuple(_each(data, "gists", where, _gist)),
        tuple(_each(data, "matches", where, _match)),
        tuple(_each(data, "left_out", where, _left_out)),
        {name: _records(name, rows, where) for name, rows in (data.get("statements") or {}).items()},
    )


def _records(section: str, rows: list[dict[str, Any]], where: str) -> tuple[Any, ...]:
    """The records of one section; evidence may be written as a list of place, line and words."""
    return read_section(section, plain_rows(rows, where), f"{where}, {section}")


def plain_rows(rows: Any, where: str) -> list[Any]:
    """Rows of records with their evidence as records too; it may be written as a list of place, line and words.

    Raises:
        InputError: they are no list of records.
    """
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError("expected a list of records", where=where, hint="begin each record with a hyphen")
    plain = []
    for row in rows:
        evidence = [dict(zip(("place", "line", "quote"), one, strict=False)) for one in row.get("evidence", ())]
        plain.append({**row, "evidence": evidence})
    return plain


def _label(entry: dict[str, Any]) -> Label:
    return Label(entry["at"], entry["en"], entry.get("zh", ""))


def _gist(entry: dict[str, Any]) -> Gist:
    return Gist(entry["at"], entry["en"], entry.get("zh", ""), entry.get("adds", ""))


def _match(entry: dict[str, Any]) -> Match:
    return Match(entry["from"], entry.get("to", ""), entry["grade"], entry["en"], entry["zh"])


def _left_out(entry: dict[str, Any]) -> LeftOut:
    lines = str(entry["lines"]).partition("-")
    return LeftOut(int(lines[0]), int(lines[2] or lines[0]), entry["en"], entry["zh"])


def _identity(entry: dict[str, Any]) -> Identity:
    ground = entry["ground"]
    thing = entry["is"] if "is" in entry else entry["is-not"]
    return Identity(entry["at"], thing, "is" in entry, ground["en"], ground["zh"])


def _erratum(entry: dict[str, Any]) -> Erratum:
    reason = entry["reason"]
    return Erratum(
        entry["at"],
        entry["kind"],
        int(entry["line"]),
        str(entry["written"]),
        str(entry["meant"]),
        reason["en"],
        reason["zh"],
    )


def _each(data: dict[str, Any], section: str, where: str, make: Callable[[dict[str, Any]], T]) -> list[T]:
    out = []
    for number, entry in enumerate(data.get(section) or (), 1):
        try:
            out.append(make(entry))
        except (KeyError, TypeError) as error:
            raise InputError(
                f"{section}, entry {number}: lacks or mistypes {error}", where=where, hint="mend the entry"
            ) from error
    return out
