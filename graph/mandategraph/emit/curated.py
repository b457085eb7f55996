"""The curated graph of a source: our judgements about it, each at the place that it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mandategraph.emit.acts import ActsGraph
from mandategraph.emit.curated_acts import add_acts
from mandategraph.emit.quads import Graph, concept, text, thing
from mandategraph.model.curated import Curated
from mandategraph.model.records import Evidence, Extraction
from mandategraph.system.errors import InputError


def added(curated: Curated, extraction: Extraction) -> Extraction:
    """The records that a person added, as an extraction of the same document that holds nothing else."""
    sections: dict[str, Any] = dict(curated.statements)
    return replace(Extraction(extraction.document, ()), **sections)


def curated_graph(curated: Curated, extraction: Extraction, where: str, canonical: Callable[[str], str]) -> Graph:
    """Statements that a person read, identity judgements and errata of one source.

    Raises:
        InputError: an entry speaks of a place that the document does not have.
    """
    symbol = extraction.document.symbol
    places = {part.path: part for part in extraction.parts}
    statements = ActsGraph(added(curated, extraction), canonical, curated=True)
    graph, evidence = statements.emit(), statements.evidence
    document = thing(f"document:{symbol}")
    for place in [*(one.at for one in curated.identity), *(fault.at for fault in curated.errata), *_proofs(curated)]:
        if place not in places:
            raise InputError(f"there is no place {place} in {symbol}", where=where, hint="mend the entry")
    for number, one in enumerate(curated.identity, 1):
        node = thing(f"identity:{symbol}/{number}")
        part = places[one.at]
        graph.type(node, "IdentityJudgement")
        graph.add(
            node, mention=thing(f"part:{symbol}/{one.at}"), identifies=thing(one.thing),
            verdict=concept("same" if one.same else "not-same"),
            reason=(text(one.ground_en, "en"), text(one.ground_zh, "zh")), statedIn=document,
            explanatoryNote=one.by if one.by != "curated" else None,
            basis=concept(one.basis), hasEvidence=evidence.of((Evidence(one.at, part.first, ""),)),
        )  # fmt: skip
    for number, fault in enumerate(curated.errata, 1):
        node = thing(f"erratum:{symbol}/{number}")
        graph.type(node, "Erratum")
        graph.add(
            node, corrects=thing(f"part:{symbol}/{fault.at}"), erratumKind=concept(fault.kind),
            asWritten=text(fault.written, "zh"), asMeant=text(fault.meant, "zh"),
            reason=(text(fault.reason_en, "en"), text(fault.reason_zh, "zh")), statedIn=document,
            basis=concept("interpretation"), hasEvidence=evidence.of((Evidence(fault.at, fault.line, fault.written),)),
        )  # fmt: skip
    add_acts(graph, curated, extraction, evidence, where)
    return graph


def _proofs(curated: Curated) -> list[str]:
    """The places on which curated statements rest."""
    return [proof.place for rows in curated.statements.values() for record in rows for proof in record.evidence]
