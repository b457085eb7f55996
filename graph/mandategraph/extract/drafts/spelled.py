"""Under which names a draft's document knows the bodies, offices, organisations and meetings that it speaks of."""

from __future__ import annotations

import re

from mandategraph.extract.drafts.passage import NAME, Draft, Passage
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import NameRecord
from mandategraph.read.text import quote

_CONTAINERS = {"TableRow", "TableHead"}
_NAMED = ("body:", "office:", "organization:", "meeting:")


def read_spellings(draft: Draft) -> None:
    """One record for each thing and way of writing it, in order of first appearance."""
    places: dict[tuple[str, str], dict[Evidence, None]] = {}
    for part in draft.tree.parts.values():
        if part.kind in _CONTAINERS or not part.text:
            continue
        passage = Passage(part)
        naming = draft.naming_at(part.path)
        for one in [*naming.actors(passage.text), *naming.meetings(passage.text)]:
            if not one.ref.startswith(_NAMED):
                continue
            words = re.sub(r"\s+", " ", passage.part.text[one.start : one.end])
            evidence = passage.evidence(one.start, one.end)[0]
            places.setdefault((one.ref, words), {})[evidence] = None
    for number, ((ref, words), evidence_of) in enumerate(places.items(), 1):
        kind = "code" if re.fullmatch(r"[A-Za-z0-9()/-]+", words) else "written"
        record = NameRecord(f"name-{number}", ref, quote(words), kind, tuple(evidence_of))
        draft.add("names", record, thing=(NAME, "a name of the register"))
