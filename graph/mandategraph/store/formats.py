"""Writing triples in the usual formats, byte for byte the same each time."""

from __future__ import annotations

import pyoxigraph as ox

from mandategraph.errors import InternalFault
from mandategraph.store.base import Term, Triples

FORMATS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def write_triples(triples: Triples, name: str, prefixes: dict[str, str]) -> bytes:
    """The triples in one of ``FORMATS``, sorted, with those of the prefixes that are used.

    Raises InternalFault when the engine writes nothing.
    """
    made = [_triple(*triple) for triple in triples.triples]
    text = "".join(str(triple) for triple in made)
    used = {prefix: space for prefix, space in prefixes.items() if f"<{space}" in text}
    form = FORMATS[name]
    whole = ox.serialize(
        made, format=form, prefixes=used if form.file_extension in ("ttl", "trig", "jsonld", "rdf") else None
    )
    if whole is None:
        raise InternalFault("the graph could not be written.")
    return whole if whole.endswith(b"\n") or not whole else whole + b"\n"


def _triple(subject: Term, predicate: Term, value: Term) -> ox.Triple:
    start = ox.NamedNode(subject.value) if subject.kind == "iri" else ox.BlankNode(subject.value)
    return ox.Triple(start, ox.NamedNode(predicate.value), _node(value))


def _node(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if term.kind == "iri":
        return ox.NamedNode(term.value)
    if term.kind == "blank":
        return ox.BlankNode(term.value)
    if term.lang:
        return ox.Literal(term.value, language=term.lang)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype)) if term.datatype else ox.Literal(term.value)
