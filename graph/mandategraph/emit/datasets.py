"""Things that datasets name, with what they say of them, for the register graph."""

from __future__ import annotations

from mandategraph.emit.nodes import thing
from mandategraph.model.dataset_records import ThingRecord
from mandategraph.model.records import Extraction
from mandategraph.model.references import Ref
from mandategraph.model.register import Entity
from mandategraph.rdf.quads import Graph, text


def stated_things(extraction: Extraction) -> dict[str, Entity]:
    """What the dataset says of things that the register may not know, by reference."""
    return {one.ref: _entity(one) for one in extraction.things if Ref(one.ref).kind != "scheme"}


def _entity(one: ThingRecord) -> Entity:
    ref = Ref(one.ref)
    details: dict[str, object] = {"elsewhere": True}  # its page is what the dataset gives, never one made from its code
    if one.class_:
        details["class"] = one.class_
    if ref.kind == "element" and one.broader:
        details["scheme"] = one.broader
    if one.on:
        details["date"] = one.on
    if one.page:
        details["page"] = "".join(one.page)
    if one.adopted_by:
        details["adopted_by"] = one.adopted_by
    if one.printed:
        details["printed"] = True
    code = one.code or ref.code
    return Entity(ref, code, one.zh, one.en, one.official, published=bool(one.code), details=details)


def emit_schemes(graph: Graph, extraction: Extraction) -> None:
    """The schemes of the elements that a dataset names."""
    for one in extraction.things:
        if Ref(one.ref).kind == "scheme":
            graph.type(thing(one.ref), "skos:ConceptScheme")
            graph.add(thing(one.ref), skos__prefLabel=(text(one.zh, "zh"), text(one.en, "en")))
