"""The facts of one document as quads: every record by what `model.statements` says of its kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from mandategraph.emit.computed import COMPUTED, emit_subjects
from mandategraph.emit.evidence import EvidenceNodes
from mandategraph.emit.nodes import thing
from mandategraph.model.records import Extraction
from mandategraph.model.references import Ref
from mandategraph.model.statements import (
    Address,
    Class,
    Computed,
    Concept,
    Field,
    Key,
    Kind,
    Mark,
    Part,
    Plain,
    Proof,
    Statement,
    Thing,
    Unstated,
    Words,
    described_fields,
    kind_of,
    kinds,
)
from mandategraph.rdf.declared import require
from mandategraph.rdf.quads import Graph, Sink, address, concept, decimal, term, text

Canonical = Callable[[str], str]
"""From a reference to that of the thing which it was judged to be."""


class DocumentGraph:
    """Emits one extraction. `canonical` replaces a reference by that of the thing it was judged to be.

    With `curated` the records are those that a person added: they go to the curated graph, under names of their own.
    What stands `beside` other statements goes into their graph and shares their evidence.
    """

    def __init__(
        self,
        extraction: Extraction,
        canonical: Canonical,
        *,
        curated: bool = False,
        sink: Sink | None = None,
        beside: DocumentGraph | None = None,
    ) -> None:
        self.extraction = extraction
        self.symbol = extraction.document.symbol
        self.document = thing(Ref.of("document", self.symbol))
        self.canonical = canonical
        self.language = extraction.document.language
        self.prefix = "curated." if curated else ""
        owner = f"{self.symbol}/curated" if curated else self.symbol
        self.graph: Graph = beside.graph if beside else Graph(owner, sink)
        self.evidence: EvidenceNodes = beside.evidence if beside else EvidenceNodes(self.graph, owner, self.symbol)
        self.sure = self._least_sure()

    def emit(self) -> Graph:
        """State every record of the extraction, section by section."""
        by_rank = groupby(kinds(type(self.extraction)).items(), key=lambda item: item[1].described.rank)
        for rank, same in by_rank:
            for section, _ in same:
                for number, record in enumerate(getattr(self.extraction, section), 1):
                    self.state(record, number)
            if rank == 0:
                emit_subjects(self)
        return self.graph

    def state(self, record: Any, number: int, path: str = "") -> ox.NamedNode:
        """State one record, the `number`-th of its section; returns its node. `path` names it where no field does.

        Raises:
            InternalFault: its kind has a property or class that the ontology does not declare.
        """
        record_class: type = type(record)
        kind = _checked(record_class)
        told = kind.described
        path = str(getattr(record, kind.key)) if kind.key else path or str(number)
        if told.stated:
            path = self.prefix + path
        node = self.node(told.node, path) if told.node else thing(path)
        self.graph.type(node, told.class_)
        if told.stated:
            self.graph.add(node, statedIn=self.document, confidence=self.sure.get(node))
            if not kind.has_basis:
                self.graph.add(node, basis=concept(told.basis))
        for item in kind.fields:
            self._state_field(node, record, item, number)
        return node

    def _least_sure(self) -> dict[ox.NamedNode, ox.Literal]:
        """How sure a draft is of each statement: as sure as of the field that is least sure."""
        known = kinds(type(self.extraction))
        least: dict[ox.NamedNode, int] = {}
        for one in self.extraction.confidences:
            section, _, path = one.record.partition("/")
            if section in known and known[section].described.stated:
                node = self.node(known[section].described.node, path)
                least[node] = min(one.hundredths, least.get(node, 100))
        return {node: decimal(hundredths) for node, hundredths in least.items()}

    def node(self, kind: str, path: str) -> ox.NamedNode:
        """The node of a part or statement of this document."""
        return thing(Ref.of(kind, f"{self.symbol}/{path}"))

    def thing(self, ref: str) -> ox.NamedNode:
        """The node of the thing that a reference was judged to be."""
        return thing(self.canonical(ref))

    def _state_field(self, node: ox.NamedNode, record: Any, item: Field, number: int) -> None:
        value = getattr(record, item.name)
        if item.nested:
            for inner in described_fields(item.nested):
                self._state_field(node, value, inner, number)
        nothing = value is None or value == "" or value == ()
        for role in item.roles:
            if isinstance(role, Computed):
                hook = COMPUTED.get((type(record), item.name))
                if hook:
                    hook(self, node, record, number)
            elif isinstance(role, Key | Unstated):
                continue
            elif not nothing:
                if isinstance(role, Thing | Part | Statement | Concept | Class):
                    for one in value if isinstance(value, tuple) else (value,):
                        self.graph.state(node, *self._linked(role, one))
                else:
                    self.graph.add(node, **{role.property: self._literal(role, value, record)})
            elif isinstance(role, Part) and role.document:
                self.graph.state(node, role.property, self.document)
            elif isinstance(role, Words) and not item.optional:
                self.graph.state(node, role.property, self._literal(role, "", record))

    def _literal(self, role: Words | Plain | Mark | Address | Proof, value: Any, record: Any) -> Any:
        """What the value of a field is in the graph, where it refers to nothing else."""
        match role:
            case Words():
                return text(value, (getattr(record, role.own) if role.own else "") or role.language or self.language)
            case Plain():
                return value
            case Mark():
                return True if value else None
            case Address():
                where = "".join(value)
                return address(where if "://" in where else f"http://{where}") if where else None
            case Proof():
                return self.evidence.of(value)

    def _linked(self, role: Thing | Part | Statement | Concept | Class, value: Any) -> tuple[str, ox.NamedNode]:
        match role:
            case Thing():
                ref = Ref(value)
                name, _ = role.instead.get(ref.kind, (role.property, None))
                return name, self.node("part", ref.code) if role.own_parts and ref.kind == "part" else self.thing(ref)
            case Part():
                return role.property, self.node("part", role.form.format(value))
            case Statement():
                return role.property, self.node(role.node, value)
            case Concept():
                form = role.digits if role.digits and value.isdigit() else role.form
                return role.property, concept(role.names.get(value) or form.format(value))
            case Class():
                return "rdf__type", term(value)


@cache
def _checked(record: type) -> Kind:
    """The kind of statement of a record class, once all its names are known to be terms of the ontology."""
    kind = kind_of(record)
    assert kind is not None, record
    require("class", kind.described.class_)
    for name in kind.properties():
        require("property", name)
    return kind
