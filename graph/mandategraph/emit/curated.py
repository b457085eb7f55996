"""The curated graph of a source: our judgements about it, each at the place that it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mandategraph.emit.curated_acts import add_acts
from mandategraph.emit.statements import DocumentGraph
from mandategraph.model.curated import Curated
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import Extraction
from mandategraph.rdf.quads import Graph
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
    statements = DocumentGraph(added(curated, extraction), canonical, curated=True)
    graph, evidence = statements.emit(), statements.evidence
    for place in [*(one.at for one in curated.identity), *(fault.at for fault in curated.errata), *_proofs(curated)]:
        if place not in places:
            raise InputError(f"there is no place {place} in {symbol}", where=where, hint="mend the entry")
    judged = DocumentGraph(Extraction(extraction.document, ()), str, beside=statements)
    for number, one in enumerate(curated.identity, 1):
        proof = evidence.of((Evidence(one.at, places[one.at].first),))
        graph.add(judged.state(one, number), explanatoryNote=one.by if one.by != "curated" else None, hasEvidence=proof)
    for number, fault in enumerate(curated.errata, 1):
        proof = evidence.of((Evidence(fault.at, fault.line, fault.written),))
        graph.add(judged.state(fault, number), hasEvidence=proof)
    add_acts(judged, curated, extraction, where)
    return graph


def _proofs(curated: Curated) -> list[str]:
    """The places on which curated statements rest."""
    return [proof.place for rows in curated.statements.values() for record in rows for proof in record.evidence]
