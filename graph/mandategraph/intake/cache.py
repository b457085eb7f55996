"""What was read of one file, as text, so that a load of many files can go on where it was stopped."""

from __future__ import annotations

import json
from dataclasses import asdict

import pyoxigraph as ox

from mandategraph.intake.release import ParsedSource
from mandategraph.intake.slots import Audit
from mandategraph.model.record_files import dump, load


def to_text(found: list[ParsedSource]) -> str:
    """All that a file gave."""
    return json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1)


def from_text(text: str, name: str) -> list[ParsedSource]:
    """What `to_text` wrote."""
    return [_taken(one, name) for one in json.loads(text)]


def _plain(one: ParsedSource) -> dict[str, object]:
    return {
        "kind": one.kind, "records": dump(one.extraction), "audit": asdict(one.audit), "whole": one.whole,
        "triples": "".join(sorted(f"{triple} .\n" for triple in one.triples)),
    }  # fmt: skip


def _taken(plain: dict[str, object], name: str) -> ParsedSource:
    audit = dict(plain["audit"])  # type: ignore[call-overload]
    unknown, spare = (
        {field: (times, line) for field, (times, line) in audit.pop(name).items()} for name in ("unknown", "spare")
    )
    quads = ox.parse(str(plain["triples"]), format=ox.RdfFormat.N_TRIPLES)
    return ParsedSource(
        str(plain["kind"]), load(str(plain["records"]), name), Audit(**audit, unknown=unknown, spare=spare), bool(plain["whole"]),
        frozenset(ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads),
    )  # fmt: skip
