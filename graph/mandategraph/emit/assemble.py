"""All graphs from all sources: one for the ontology, one register, and for each source what it says and what we add."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyoxigraph as ox

from mandategraph.emit.curated import added, curated_graph
from mandategraph.emit.datasets import emit_schemes, stated_things
from mandategraph.emit.holders import emit_holders
from mandategraph.emit.nodes import thing
from mandategraph.emit.register import SUBJECTS, TOPICS, emit_entity, entity_of, refs_in
from mandategraph.emit.statements import DocumentGraph
from mandategraph.model.curated import CURATED, Curated, Label, read_curated
from mandategraph.model.record_files import EXTRACTED, load
from mandategraph.model.records import Extraction
from mandategraph.model.references import Ref
from mandategraph.model.register import Entity, Register, shipped_register
from mandategraph.model.sources import source_notes
from mandategraph.rdf import namespaces
from mandategraph.rdf.declared import ontology_quads
from mandategraph.rdf.quads import Graph, Sink, term, text
from mandategraph.system import resources
from mandategraph.system.errors import InputError


@dataclass(frozen=True)
class Source:
    """One source as read from its record files; `name` is what messages call it."""

    name: str
    extraction: Extraction
    curated: Curated
    triples: frozenset[ox.Triple] = frozenset()
    """What a source that is RDF itself says, beside its extraction; it goes into the graph of the source as it is."""


def shipped_sources() -> list[Source]:
    """The sources that come with the package, in the order of their folders."""
    found = []
    for folder in resources.record_sources():
        where = f"records/{folder.name}"
        extracted = load(folder.joinpath(EXTRACTED).read_text(encoding="utf-8"), f"{where}/{EXTRACTED}")
        extra = folder.joinpath(CURATED)
        added = extra.read_text(encoding="utf-8") if extra.is_file() else ""
        curated = read_curated(added, f"{where}/{CURATED}")
        found.append(Source(folder.name, extracted, curated))
    return found


def assemble(sources: list[Source], register: Register | None = None) -> set[ox.Quad]:
    """Every quad of the store but the derived ones, at once; else as `assemble_into`."""
    quads: set[ox.Quad] = set()
    assemble_into(sources, quads.update, register)
    return quads


def assemble_into(sources: list[Source], sink: Sink, register: Register | None = None) -> None:
    """Hand every quad of the store but the derived ones to `sink`, in portions, some perhaps twice.

    Raises:
        InputError: two sources have the same symbol, or a curated entry speaks of a place that is not there.
    """
    register = register or shipped_register()
    symbols = [source.extraction.document.symbol for source in sources]
    if len(set(symbols)) < len(symbols):
        twice = next(symbol for symbol in symbols if symbols.count(symbol) > 1)
        raise InputError(f"{twice} is in the records twice", hint="keep one of the folders")
    same = identities(sources)
    for source in sources:
        own = ox.NamedNode(namespaces.graph(source.extraction.document.symbol))
        sink({ox.Quad(one.subject, one.predicate, one.object, own) for one in source.triples})
        DocumentGraph(source.extraction, lambda ref: same.get(ref, ref), sink=sink).emit().hand_on(sink)
        where = f"records/{source.name}/{CURATED}"
        curated_graph(source.curated, source.extraction, where, lambda ref: same.get(ref, ref)).hand_on(sink)
    _register_graph(sources, register, same, sink).hand_on(sink)
    sink(ontology_quads())


def identities(sources: list[Source]) -> dict[str, str]:
    """From the place-based reference of a thing to that of the thing it was judged to be, through as many judgements
    as it takes."""
    same = {}
    for source in sources:
        listed = listed_things(source.extraction)
        for one in source.curated.identity:
            if one.same and one.at in listed and listed[one.at] != one.thing:
                same[listed[one.at]] = one.thing
        for known in source.extraction.things:
            same |= {Ref.of(Ref(known.ref).kind, number): known.ref for number in known.ids if known.at}
    return {ref: _end_of(ref, same) for ref in same}


def _end_of(ref: str, same: dict[str, str]) -> str:
    seen = [ref]
    while (onward := same.get(seen[-1])) is not None:
        if onward in seen:  # judged to be each other: the first by name stands for all
            return min(seen[seen.index(onward) :])
        seen.append(onward)
    return seen[-1]


def listed_things(extraction: Extraction) -> dict[str, str]:
    """Which thing each row or record is about, by its path."""
    listed = {one.at: one.ref for one in extraction.things if one.at}
    return listed | {meeting.place: meeting.id for meeting in extraction.meetings}


def _register_graph(sources: list[Source], register: Register, same: dict[str, str], sink: Sink) -> Graph:
    graph = Graph("register", sink)
    labels: dict[str, Label] = {}
    written: dict[str, str] = {}
    refs = set(register.entities)
    schemes: dict[str, str] = {}
    stated = _stated(sources, same)
    for source in sources:
        extraction = source.extraction
        listed = listed_things(extraction)
        listed |= {element.id: element.element for element in extraction.elements if element.id not in listed}
        listed |= {element.place: element.id for element in extraction.framework}
        schemes |= _elements_scheme(graph, extraction)
        emit_holders(graph, extraction)
        emit_schemes(graph, extraction)
        labels |= {listed[label.at]: label for label in source.curated.labels if label.at in listed}
        written |= {meeting.id: meeting.as_written for meeting in extraction.meetings}
        written |= {element.element: element.as_written for element in extraction.elements}
        written |= {element.id: element.as_written for element in extraction.framework}
        refs |= {same.get(ref, ref) for ref in (*refs_in(extraction), *refs_in(added(source.curated, extraction)))}
        refs |= {one.thing for one in source.curated.identity}
        _document_facts(graph, extraction)
        _meeting_facts(graph, extraction, same)
    pages = _pages(sources, same)
    aliases: dict[str, list[str]] = {}
    for old, new in sorted(same.items()):
        aliases.setdefault(new, []).append(Ref(old).code)
    for ref in sorted(refs):
        entity = entity_of(ref, register, labels, written, schemes, stated)
        emit_entity(graph, entity, aliases.get(ref, ()), pages.get(ref, ""))
    _periods(graph, sources)
    _scheme(graph)
    return graph


def _stated(sources: list[Source], same: dict[str, str]) -> dict[str, Entity]:
    """What datasets say of things, by the reference that the thing was judged to have; the first by symbol counts."""
    found: dict[str, Entity] = {}
    for source in sorted(sources, key=lambda one: one.extraction.document.symbol):
        for ref, entity in stated_things(source.extraction).items():
            end = same.get(ref, ref)
            moved = entity if end == ref else replace(entity, ref=end, code=Ref(end).code, published=True)
            adopter = entity.details.get("adopted_by")
            if adopter:
                moved = replace(moved, details={**moved.details, "adopted_by": same.get(adopter, adopter)})
            found.setdefault(end, moved)
    return found


def _meeting_facts(graph: Graph, extraction: Extraction, same: dict[str, str]) -> None:
    for meeting in extraction.meetings:
        node = thing(same.get(meeting.id, meeting.id))
        if meeting.body:
            graph.add(node, meetingOf=thing(meeting.body))
        if meeting.part_of:
            graph.type(node, "Session")
            graph.add(node, partOfMeeting=thing(same.get(meeting.part_of, meeting.part_of)))


def _pages(sources: list[Source], same: dict[str, str]) -> dict[str, str]:
    """The page of each meeting whose page a document gives: it goes before the address that a code would make."""
    listed = [meeting for source in sources for meeting in source.extraction.meetings if meeting.page]
    return {same.get(meeting.id, meeting.id): "".join(meeting.page) for meeting in listed}


def _periods(graph: Graph, sources: list[Source]) -> None:
    """The days from which to which a shipped document tells, so that its silence can be told from what it leaves out."""
    known = {source.extraction.document.symbol for source in sources}
    for note in source_notes():
        covers = note.details.get("covers", {})
        if note.symbol in known and covers:
            graph.add(thing(f"document:{note.symbol}"), coversFrom=covers["from"], coversTo=covers["to"])


def _elements_scheme(graph: Graph, extraction: Extraction) -> dict[str, str]:
    """State the scheme of each annex that sets out elements; returns the scheme of each element."""
    symbol = extraction.document.symbol
    found = {}
    for element in extraction.framework:
        annex = element.place.partition(".")[0]
        scheme = found[element.id] = f"scheme:{symbol}/{annex}"
        graph.type(thing(scheme), "skos:ConceptScheme")
        part = next(part for part in extraction.parts if part.path == annex)
        graph.add(
            thing(scheme),
            skos__prefLabel=(
                text(f"{symbol}{part.cite_zh}所列要素", "zh"),
                text(f"Elements of {symbol}, {part.cite}", "en"),
            ),
        )
    return found


def _document_facts(graph: Graph, extraction: Extraction) -> None:
    document = extraction.document
    node = thing(f"document:{document.symbol}")
    graph.add(
        node, rdf__type=term("Dataset") if document.dataset else None, dcterms__date=document.date, dcterms__language=document.language,
        adoptedBy=thing(document.meeting) if document.meeting else None,
        dcterms__creator=thing(document.author) if document.author else None,
    )  # fmt: skip


def _scheme(graph: Graph) -> None:
    for scheme, zh, en in ((TOPICS, "会议主题", "Subjects of meetings"), (SUBJECTS, "活动主题", "Subjects of events")):
        graph.type(thing(scheme), "skos:ConceptScheme")
        graph.add(thing(scheme), skos__prefLabel=(text(zh, "zh"), text(en, "en")))
