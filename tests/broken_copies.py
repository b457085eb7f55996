"""Parts of the shipped graph, and copies of a graph with statements broken on purpose."""

from __future__ import annotations

import random

import pyoxigraph as ox
import shipped
from mandategraph.rdf import namespaces

ONTOLOGY = ox.NamedNode(namespaces.graph("ontology"))

# Properties that rules compare. An IRI beside a text there is a fault by the specification, since SPARQL cannot order
# the two; pySHACL compares it as a text.
ORDERED = {
    namespaces.ONTOLOGY + name
    for name in ("startDate", "endDate", "earliest", "latest", "firstLine", "lastLine", "lineNumber")
}


def some_of_ours(chance: random.Random, number: int) -> ox.Store:
    """Some things of each graph but the ontology, all that these speak of, two steps away too, and the ontology."""
    whole, part = shipped.store(), ox.Store()
    for quad in whole.quads_for_pattern(None, None, None, ONTOLOGY):
        part.add(quad)
    for graph in sorted(whole.named_graphs(), key=str):
        subjects = {quad.subject for quad in whole.quads_for_pattern(None, None, None, graph)} - {graph}
        reached = (
            set(chance.sample(sorted(subjects, key=str), min(number, len(subjects)))) if graph != ONTOLOGY else set()
        )
        for _ in range(3):
            found = [quad for one in sorted(reached, key=str) for quad in whole.quads_for_pattern(one, None, None)]
            part.extend(found)
            reached = {quad.object for quad in found if isinstance(quad.object, ox.NamedNode)}
    return part


def broken(store: ox.Store, chance: random.Random, share: int) -> None:
    """Take one statement in so many away, and put wrong ones in the place of most of them."""
    quads = sorted((quad for quad in store if quad.graph_name != ONTOLOGY), key=str)
    for quad in chance.sample(quads, len(quads) // share):
        store.remove(quad)
        if chance.random() < 0.6:
            other = chance.choice(quads)
            value = other.object if chance.random() < 0.5 else quad.object
            if other.predicate.value not in ORDERED or isinstance(value, ox.Literal):
                store.add(ox.Quad(quad.subject, other.predicate, value, quad.graph_name))
