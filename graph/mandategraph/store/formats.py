"""Writing triples in the usual formats, byte for byte the same each time."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pyoxigraph as ox

from mandategraph.rdf.terms import as_node
from mandategraph.store.base import Term, Triples
from mandategraph.system.errors import InternalFault, Unwritable

FORMATS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@cache
def not_in_xml() -> re.Pattern[str]:
    """What no XML 1.0 can hold, not even escaped; compiled when first wanted, since it takes long."""
    return re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


_STARTS = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)


@cache
def _element() -> re.Pattern[str]:
    """What a name of an element can end in (NCName); compiled when first wanted, since it takes long."""
    return re.compile(f"[{_STARTS}][{_STARTS}.0-9\xb7\u0300-\u036f\u203f\u2040-]*\\Z")


_SYNTAX = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RESERVED = {
    _SYNTAX + name
    for name in (
        "RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "li", "aboutEach",
        "aboutEachPrefix", "Description",
    )
}  # fmt: skip
"""Properties that mean something else as elements of RDF/XML."""


def write_triples(triples: Triples, name: str, prefixes: dict[str, str]) -> bytes:
    """The triples in one of ``FORMATS``, sorted, with those of the prefixes that are used. In RDF/XML a character that no
    XML can hold becomes U+FFFD.

    Raises Unwritable for a property that RDF/XML has no way to write, InternalFault when the engine writes nothing.
    """
    if name == "rdfxml":
        triples = _for_xml(triples)
    made = [_triple(*triple) for triple in triples.triples]
    text = "".join(str(triple) for triple in made)
    used = {prefix: space for prefix, space in prefixes.items() if f"<{space}" in text}
    form = FORMATS[name]
    whole = ox.serialize(
        made, format=form, prefixes=used if form.file_extension in ("ttl", "trig", "jsonld", "rdf") else None
    )
    if whole is None:
        raise InternalFault("the graph could not be written.")
    if name == "rdfxml":
        whole = whole.replace(b"\r", b"&#13;")  # a reader would take a bare one for a line feed
    return whole if whole.endswith(b"\n") or not whole else whole + b"\n"


def _for_xml(triples: Triples) -> Triples:
    for _, predicate, _ in triples.triples:
        if predicate.value in _RESERVED or not _element().search(predicate.value):
            told = f"<{predicate.value}> cannot be the name of an element, so RDF/XML cannot hold this graph"
            raise Unwritable(told, None, "Take Turtle, N-Triples or JSON-LD.")
    cleaned = (
        (subject, predicate, replace(value, value=not_in_xml().sub("\ufffd", value.value)))
        for subject, predicate, value in triples.triples
    )
    return Triples(tuple(cleaned))


def _triple(subject: Term, predicate: Term, value: Term) -> ox.Triple:
    return ox.Triple(as_node(subject), as_node(predicate), as_node(value))  # type: ignore[arg-type]
