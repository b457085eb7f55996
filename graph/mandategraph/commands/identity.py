"""Carries out what a user decides on identity: finds the two things, keeps the judgement with the store, and
builds what follows from it."""

from __future__ import annotations

from pathlib import Path

from mandategraph.model import codes
from mandategraph.model.references import Ref
from mandategraph.system.errors import NotFound, UsageError


def decide(location: str | None, action: str, things: list[str], why: str | None) -> str:
    """Keep that two things are one (confirm) or are not (revoke), and say so.

    Raises:
        UsageError: not two things, or no ground.
        NotFound: one of them is listed nowhere.
        StoreError: the store cannot be written or reached.
    """
    from mandategraph.identity.judgements import Decision, read_decisions, with_decision, write_decisions
    from mandategraph.pipeline.build import DECISIONS
    from mandategraph.pipeline.load import keep_decisions
    from mandategraph.pipeline.transaction import transaction
    from mandategraph.store import default_location

    if len(things) != 2 or not why or not why.strip():
        raise UsageError(
            f"{action} takes two things and a ground.", None, f"Write identity {action} ONE OTHER --why TEXT."
        )
    with transaction(location or default_location()) as work:
        one, other = _found(work.folder, things)
        made = Decision(one, other, action == "confirm", " ".join(why.split()))
        known = read_decisions(work.folder / DECISIONS)
        keep_decisions(work.folder, write_decisions(with_decision(known, made)))
    verdict = "is" if made.same else "is not"
    return f"{Ref(one).code} {verdict} {Ref(other).code}: {made.why}\n"


def _found(folder: Path, things: list[str]) -> tuple[str, str]:
    """The references of two things, the one that only a place names in front."""
    from mandategraph.emit.assemble import listed_things
    from mandategraph.extract.document import handle_of
    from mandategraph.model.register import shipped_register
    from mandategraph.pipeline.build import all_sources

    sources = list(all_sources(folder).values())
    listed = [ref for source in sources for ref in listed_things(source.extraction).values()]
    others = [one.thing for source in sources for one in source.curated.identity]
    known: dict[str, str] = {}
    for ref in [*listed, *others, *shipped_register().entities]:
        known.setdefault(codes.key(Ref(ref).code), ref)
    found = []
    for name in things:
        wanted = known.get(codes.key(name))
        if wanted is None:
            from rapidfuzz import process

            near = [one for one, _, _ in process.extract(codes.key(name), list(known), limit=3)]
            raise NotFound(f"nothing is listed as '{name}'.", None, nearest=[Ref(known[one]).code for one in near])
        found.append(wanted)
    if found[0] == found[1]:
        raise UsageError(
            "the two are one and the same by name.", None, "Name two things, as mandategraph identity lists them."
        )
    own = tuple(f"{handle_of(source.extraction.document.symbol)}." for source in sources)
    first, second = found
    # What only a place names stands for what a code names, never the other way round.
    backwards = Ref(second).code.startswith(own) and not Ref(first).code.startswith(own)
    return (second, first) if backwards else (first, second)
