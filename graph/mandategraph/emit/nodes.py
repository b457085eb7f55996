"""From a reference to the node of the thing."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from mandategraph.model.references import Ref
from mandategraph.rdf import namespaces
from mandategraph.rdf.quads import term

_FOREIGN = {"kmgbf"}
"""Kinds of thing that others have named: their prefix stands in the list of prefixes."""


@lru_cache(maxsize=1 << 16)
def thing(ref: str) -> ox.NamedNode:
    """`meeting:WG2020-3` as a node; `kmgbf:target_3` as the node that its publisher named."""
    known = Ref(ref)
    return term(ref) if known.kind in _FOREIGN else ox.NamedNode(namespaces.iri(known.kind, known.code))
