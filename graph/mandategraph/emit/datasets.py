"""Statements that only datasets make: calls, codings of paragraphs, and flags on what cannot be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mandategraph.emit.quads import Graph, concept, text, thing
from mandategraph.model.records import CallRecord, CodingRecord, Extraction, FlagRecord, ThingRecord
from mandategraph.model.register import Entity

if TYPE_CHECKING:
    from mandategraph.emit.document import DocumentGraph


def emit_datasets(graph: DocumentGraph) -> None:
    """State calls, codings and flags in the graph of their dataset."""
    for call in graph.extraction.calls:
        _call(graph, call)
    for coding in graph.extraction.codings:
        _coding(graph, coding)
    for flag in graph.extraction.flags:
        _flag(graph, flag)


def dataset_refs(extraction: Extraction) -> list[str]:
    """Every thing that these records speak of, and every thing that the dataset names."""
    found = [one.ref for one in extraction.things]
    found += [one.adopted_by for one in extraction.things]
    found += [ref for call in extraction.calls for ref in (call.document, call.by, *call.to, *call.subjects)]
    found += [ref for coding in extraction.codings for ref in (*coding.actors, *coding.follow_up)]
    return [ref for ref in found if not ref.startswith("scheme:")]


def stated_things(extraction: Extraction) -> dict[str, Entity]:
    """What the dataset says of things that the register may not know, by reference."""
    return {one.ref: _entity(one) for one in extraction.things if not one.ref.startswith("scheme:")}


def _entity(one: ThingRecord) -> Entity:
    ref, kind = one.ref, one.ref.partition(":")[0]
    details: dict[str, object] = {"elsewhere": True}  # its page is what the dataset gives, never one made from its code
    if one.class_:
        details["class"] = one.class_
    if kind == "element" and one.broader:
        details["scheme"] = one.broader
    if one.on:
        details["date"] = one.on
    if one.page:
        details["page"] = "".join(one.page)
    if one.adopted_by:
        details["adopted_by"] = one.adopted_by
    if one.printed:
        details["printed"] = True
    code = one.code or ref.partition(":")[2]
    return Entity(ref, code, one.zh, one.en, one.official, published=bool(one.code), details=details)


def emit_schemes(graph: Graph, extraction: Extraction) -> None:
    """The schemes of the elements that a dataset names."""
    for one in extraction.things:
        if one.ref.startswith("scheme:"):
            graph.type(thing(one.ref), "skos:ConceptScheme")
            graph.add(thing(one.ref), skos__prefLabel=(text(one.zh, "zh"), text(one.en, "en")))


def _call(graph: DocumentGraph, record: CallRecord) -> None:
    node = graph.statement("call", record.id, "Call", record.evidence)
    graph.graph.add(
        node, callMadeIn=graph.thing(record.document), callBy=graph.thing(record.by), callTo=graph.things(record.to),
        concerns=graph.things(record.subjects),
        callDeadline=tuple(thing(f"deadline:{graph.symbol}/{name}") for name in record.deadlines),
    )  # fmt: skip


def _coding(graph: DocumentGraph, record: CodingRecord) -> None:
    node = graph.statement("coding", record.id, "ParagraphCoding", record.evidence)
    graph.graph.add(
        node, codesProvision=thing(record.paragraph), codedKind=concept(record.kind) if record.kind else None,
        codedStatus=tuple(concept(f"coded-{status}") for status in record.statuses),
        codedActor=graph.things(record.actors), codedFollowUp=graph.things(record.follow_up),
    )  # fmt: skip


def _flag(graph: DocumentGraph, record: FlagRecord) -> None:
    node = graph.statement("erratum", record.id, "Erratum", record.evidence, "derived")
    graph.graph.add(
        node, corrects=thing(f"part:{graph.symbol}/{record.place}"), erratumKind=concept(record.kind),
        asWritten=text(record.as_written, graph.language),
        reason=(text(record.reason_en, "en"), text(record.reason_zh, "zh")),
    )  # fmt: skip
