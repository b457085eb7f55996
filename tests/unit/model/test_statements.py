"""Each kind of statement is described once, at its record; emission, references, files and headings follow from that."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Annotated, Any, get_origin, get_type_hints

import pyoxigraph as ox
import pytest
from mandategraph.answers.headings import HEADINGS
from mandategraph.emit.computed import COMPUTED
from mandategraph.emit.nodes import thing
from mandategraph.emit.register import refs_in
from mandategraph.emit.statements import DocumentGraph
from mandategraph.lookup import labels
from mandategraph.messages import LANGUAGES
from mandategraph.model.curated import Curated
from mandategraph.model.evidence import Evidence
from mandategraph.model.record_files import dump, load_as
from mandategraph.model.records import DocumentRecord, Extraction, PartRecord
from mandategraph.model.references import Ref
from mandategraph.model.statements import (
    _KINDS,
    Basis,
    Computed,
    Concept,
    Id,
    Kind,
    Plain,
    Proofs,
    Thing,
    Unstated,
    Words,
    described_fields,
    headings,
    kind,
    kind_of,
    kinds,
    references,
    sections,
)
from mandategraph.rdf import namespaces
from mandategraph.rdf.declared import declared
from mandategraph.rdf.quads import Graph
from mandategraph.system.errors import InternalFault
from mandategraph.system.resources import export_definition

RECORDS = [*sections(Extraction).values(), DocumentRecord]
KINDS = [*kinds(Extraction).values(), *kinds(Curated).values()]
DOCUMENT = DocumentRecord("X/1", "t", date(2020, 1, 2), "en", "en", "", ())


@kind("visit", "Treatment")
@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A made-up kind, of terms that the ontology has."""

    id: Id
    meeting: Annotated[str, Thing("treatedAt", ("Visits", "访问"))]
    hosts: Annotated[tuple[str, ...], Thing("concerns")]
    manner: Annotated[str, Concept("manner", names={"short": "covered"})]
    words: Annotated[str, Words("asWritten")]
    evidence: Proofs
    on: Annotated[date | None, Plain("startDate")] = None
    basis: Basis = "explicit"


@dataclass(frozen=True, slots=True)
class Wider(Extraction):
    """Record files with one more section."""

    visits: tuple[VisitRecord, ...] = ()


VISIT = VisitRecord(
    "v1", "meeting:M-1", ("party:a", "office:b"), "short", "words", (Evidence("p-1", 3),), date(2020, 2, 3)
)


@kind("visit", "Treatment")
@dataclass(frozen=True, slots=True)
class MisspeltRecord:
    """Its property is no term of the ontology, and its value is empty."""

    id: Id
    meeting: Annotated[str, Thing("treatedAd")] = ""


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_of_every_record_says_what_it_is_in_the_graph(record: type[Any]) -> None:
    assert [item.name for item in described_fields(record)] == [item.name for item in fields(record)]


def test_a_field_of_which_nothing_is_said_is_refused() -> None:
    @dataclass(frozen=True)
    class Bare:
        id: str

    with pytest.raises(TypeError, match="Bare.id"):
        described_fields(Bare)


@pytest.mark.parametrize("described", KINDS, ids=lambda one: one.record.__name__)
def test_every_property_and_class_of_a_kind_is_declared_by_the_ontology(described: Kind) -> None:
    names = {name for name in described.properties() if "__" not in name}
    assert names - declared()["property"] == set()
    assert {described.described.class_} - declared()["class"] == set()


def test_every_hook_belongs_to_a_field_that_is_computed() -> None:
    for record, name in COMPUTED:
        (item,) = (item for item in described_fields(record) if item.name == name)
        assert any(isinstance(role, Computed) for role in item.roles)


def test_what_is_computed_has_a_hook() -> None:
    """Properties of our judgements are stated where the places are known that they rest on."""
    for described in kinds(Extraction).values():
        for item in described.fields:
            if any(isinstance(role, Computed) for role in item.roles):
                assert (described.record, item.name) in COMPUTED


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_reference_field_is_gathered(record: type[Any]) -> None:
    """Each field that holds references, filled with a reference of its own, is told of by the record."""
    wanted, values = set(), {}
    for item in described_fields(record):
        roles = [one for one in item.roles if isinstance(one, Thing | Unstated)]
        held = item.name if not item.nested else None
        several = get_origin(get_type_hints(record)[item.name]) is tuple
        if held and any(one.named if isinstance(one, Thing) else one.thing for one in roles):
            ref = Ref.of("meeting", f"{record.__name__}-{item.name}")
            wanted.add(ref)
            values[item.name] = (ref,) if several else ref
        elif held:
            values[item.name] = ()
        else:
            nested = item.nested
            assert nested is not None and is_dataclass(nested)
            values[item.name] = nested("fixed", "none")
    assert set(references(record(**values))) == wanted


def test_a_kind_that_is_added_is_stated_gathered_and_read_back() -> None:
    extraction = Wider(
        DOCUMENT, (PartRecord("p-1", "Provision", "1", "", 3, 3, "para. 1", "第1段", "d"),), visits=(VISIT,)
    )
    assert load_as(Wider, dump(extraction), "x") == extraction
    assert {"meeting:M-1", "party:a", "office:b", "document:X/1"} == set(refs_in(extraction))
    assert headings(VisitRecord) == {("Treatment", "treatedAt"): ("Visits", "访问")}
    node = thing("visit:X/1/v1")
    said = {
        (namespaces.compact(quad.predicate.value), namespaces.compact(getattr(quad.object, "value", "")))
        for quad in DocumentGraph(extraction, str).emit().quads
        if quad.subject == node
    }
    assert said == {
        ("rdf:type", "Treatment"), ("statedIn", "X/1"), ("basis", namespaces.compact(namespaces.VALUES + "explicit")),
        ("hasEvidence", "X/1/p-1.1"), ("treatedAt", "M-1"), ("concerns", "a"), ("concerns", "b"),
        ("manner", namespaces.compact(namespaces.VALUES + "covered")), ("asWritten", "words"), ("startDate", "2020-02-03"),
    }  # fmt: skip


def test_a_judged_reference_is_stated_as_what_it_was_judged_to_be() -> None:
    same = {"meeting:M-1": "meeting:SBI-3"}
    quads = DocumentGraph(Wider(DOCUMENT, (), visits=(VISIT,)), lambda ref: same.get(ref, ref)).emit().quads
    assert thing("meeting:SBI-3") in {quad.object for quad in quads}
    assert thing("meeting:M-1") not in {quad.object for quad in quads}


def test_a_property_that_the_ontology_lacks_fails_where_it_is_written() -> None:
    graph = Graph("x")
    with pytest.raises(InternalFault, match="no property statdIn.*Did you mean statedIn"):
        graph.add(ox.NamedNode("urn:x"), statdIn=None)
    with pytest.raises(InternalFault, match="no class Mandat.*Did you mean Mandate"):
        graph.type(ox.NamedNode("urn:x"), "Mandat")


def test_a_kind_with_a_misspelt_property_fails_even_where_no_record_has_a_value() -> None:
    assert kind_of(MisspeltRecord) is not None
    with pytest.raises(InternalFault, match="treatedAd.*treatedAt"):
        DocumentGraph(Extraction(DOCUMENT, ()), str).state(MisspeltRecord("m1"), 1)


def test_headings_are_those_of_the_kinds() -> None:
    assert HEADINGS["Mandate", "mandatee"] == {"en": "Mandates: what it was asked to do", "zh": "任务授权"}
    assert {class_ for class_, _ in HEADINGS} <= {one.described.class_ for one in KINDS}


def test_a_reference_is_text_with_two_pieces() -> None:
    ref = Ref("document:CBD/COP/DEC/14/34")
    assert (ref.kind, ref.code) == ("document", "CBD/COP/DEC/14/34")
    assert ref == "document:CBD/COP/DEC/14/34" == Ref.of(ref.kind, ref.code)
    assert {ref: 1}["document:CBD/COP/DEC/14/34"] == 1
    assert replace(VISIT, meeting=ref).meeting == ref


def test_every_arrow_of_drawings_is_between_properties_of_its_kind() -> None:
    """Arrows stand in one table of `queries/exports/edges.rq`: class, where they start, where they end."""
    known: dict[str, set[str]] = {}
    for one in KINDS:
        known.setdefault(one.described.class_, set()).update(one.properties())
    rows = re.findall(r"\(mg:([A-Z]\w+) mg:(\w+) mg:(\w+) \"", export_definition("edges"))
    assert len(rows) > 20
    stated = [row for row in rows if row[0] != "ScheduleChange"]  # which is derived and no record
    assert [row for row in stated if not {row[1], row[2]} <= known.get(row[0], set())] == []


def test_the_nodes_of_every_kind_have_a_prefix() -> None:
    prefixes = namespaces.prefixes()
    for one in kinds(Extraction).values():
        if one.described.node:
            assert prefixes.get(one.described.node) == namespaces.THINGS + one.described.node + "/", one.record.__name__


def test_every_record_class_that_makes_statements_has_a_section_in_record_files() -> None:
    shipped = {one for one in _KINDS if one.__module__.startswith("mandategraph.model.")}
    held = {*sections(Extraction).values(), *sections(Curated).values()}
    assert sorted(one.__name__ for one in shipped - held) == []


def test_every_kind_of_statement_has_a_name_in_every_language() -> None:
    named = {one.described.node for one in kinds(Extraction).values()} - {""}
    assert sorted(node for node in named if set(labels.kind(node).labels) != set(LANGUAGES)) == []
