"""Nodes for evidence: where in a document a statement rests."""

from __future__ import annotations

import pyoxigraph as ox

from mandategraph.emit.nodes import thing
from mandategraph.model.evidence import Evidence
from mandategraph.model.references import Ref
from mandategraph.rdf.quads import Graph


class EvidenceNodes:
    """One node for each place, line and quote; statements that rest on the same words share it.

    `owner` begins the names of the nodes, so that evidence of the curated layer never mixes with what was extracted.
    """

    def __init__(self, graph: Graph, owner: str, symbol: str) -> None:
        self.graph = graph
        self.owner = owner
        self.symbol = symbol
        self.known: dict[Evidence, ox.NamedNode] = {}
        self.count: dict[str, int] = {}

    def of(self, evidence: tuple[Evidence, ...]) -> tuple[ox.NamedNode, ...]:
        return tuple(self.known.get(one) or self._new(one) for one in evidence)

    def _new(self, evidence: Evidence) -> ox.NamedNode:
        number = self.count[evidence.place] = self.count.get(evidence.place, 0) + 1
        node = thing(Ref.of("evidence", f"{self.owner}/{evidence.place}.{number}"))
        self.graph.type(node, "Evidence")
        at = thing(Ref.of("part", f"{self.symbol}/{evidence.place}"))
        self.graph.add(node, atProvision=at, lineNumber=evidence.line, quote=evidence.quote, recordField=evidence.field)
        self.known[evidence] = node
        return node
