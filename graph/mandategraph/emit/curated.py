"""The curated graph of a source: our judgements about it, each at the place that it speaks of."""

from __future__ import annotations

from ..curated import Curated
from ..errors import InputError
from ..model import Evidence, Extraction
from .document import EvidenceNodes
from .quads import Graph, term, text, thing


def curated_graph(curated: Curated, extraction: Extraction, where: str) -> Graph:
    """Identity judgements and errata of one source.

    Raises:
        InputError: an entry speaks of a place that the document does not have.
    """
    symbol = extraction.document.symbol
    graph = Graph(f"{symbol}/curated")
    places = {part.path: part for part in extraction.parts}
    evidence = EvidenceNodes(graph, f"{symbol}/curated", symbol)
    document = thing(f"document:{symbol}")
    for place in [*(one.at for one in curated.identity), *(fault.at for fault in curated.errata)]:
        if place not in places:
            raise InputError(f"there is no place {place} in {symbol}", where=where, hint="mend the entry")
    for number, one in enumerate(curated.identity, 1):
        node = thing(f"identity:{symbol}/{number}")
        part = places[one.at]
        graph.type(node, "IdentityJudgement")
        graph.add(
            node, mention=thing(f"part:{symbol}/{one.at}"), identifies=thing(one.thing),
            verdict=term("same" if one.same else "not-same"),
            reason=(text(one.ground_en, "en"), text(one.ground_zh, "zh")), statedIn=document, basis=term("interpretation"), evidence=evidence.of((Evidence(one.at, part.first, ""),)),
        )  # fmt: skip
    for number, fault in enumerate(curated.errata, 1):
        node = thing(f"erratum:{symbol}/{number}")
        graph.type(node, "Erratum")
        graph.add(
            node, corrects=thing(f"part:{symbol}/{fault.at}"), erratumKind=term(fault.kind),
            asWritten=text(fault.written, "zh"), asMeant=text(fault.meant, "zh"),
            reason=(text(fault.reason_en, "en"), text(fault.reason_zh, "zh")), statedIn=document,
            basis=term("interpretation"), evidence=evidence.of((Evidence(fault.at, fault.line, fault.written),)),
        )  # fmt: skip
    return graph
