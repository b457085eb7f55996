"""RDF of others in any syntax: taken as it is into a graph of its own. Blank nodes get names by their order."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256

import pyoxigraph as ox

from mandategraph.intake.release import ParsedSource, date_in_name
from mandategraph.model.dataset_records import ThingRecord
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import DocumentRecord, Extraction, PartRecord
from mandategraph.rdf import namespaces
from mandategraph.system.errors import InputError

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE, "turtle": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "rdf": ox.RdfFormat.RDF_XML, "owl": ox.RdfFormat.RDF_XML,
    "n3": ox.RdfFormat.N3, "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip
_ONTOLOGY = ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_MODIFIED = [ox.NamedNode(f"http://purl.org/dc/terms/{name}") for name in ("modified", "issued", "created")]
_TURTLE = re.compile(
    r"\s*(?:#[^\n]*\n\s*)*(?:@prefix\b|@base\b|PREFIX\s|BASE\s|<[^>\s]+>\s+(?:<|a\s|[\w-]*:))", re.IGNORECASE
)
_MOST = 2_000_000
_MOST_TEXT = 200_000


def syntax_of(text: str, suffix: str) -> ox.RdfFormat | None:
    """The syntax of a text: that of its suffix, or what its beginning looks like; None where it is no RDF."""
    head = text[:4000]
    if suffix in FORMATS:
        return FORMATS[suffix]
    if head.lstrip().startswith(("<?xml", "<rdf:RDF")) and "http://www.w3.org/1999/02/22-rdf-syntax-ns#" in head:
        return ox.RdfFormat.RDF_XML
    if head.lstrip().startswith(("{", "[")) and '"@context"' in head:
        return ox.RdfFormat.JSON_LD
    return ox.RdfFormat.TURTLE if _TURTLE.match(head) else None


def take_rdf(text: str, syntax: ox.RdfFormat, name: str, released: date | None) -> ParsedSource:
    """The statements of a file, and a record of the file that they came from.

    Raises:
        InputError: with the line, where the text is not of this syntax.
    """
    triples = _parsed(text, syntax, name)
    known = sorted(str(one.subject.value) for one in triples if one.predicate == _TYPE and one.object == _ONTOLOGY
                   and isinstance(one.subject, ox.NamedNode))  # fmt: skip
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", name.rpartition(".")[0] or name).strip("-.") or "file"
    own = re.sub(r"[^A-Za-z0-9_-]+", "-", known[0].partition("://")[2]).strip("-") if known else stem
    handle = f"rdf.{own}"
    lines = text.count("\n") + 1
    digest = sha256(text.encode()).hexdigest()[:16]
    part = PartRecord("file", "DataRecord", "1", "", 1, lines, name, name, digest)
    document = DocumentRecord(handle, known[0] if known else stem, _modified(triples) or released or date_in_name(name),
                              "en", "", "", (Evidence("file", 1),), lines, published=False, dataset=True)  # fmt: skip
    title = f"Graph {known[0] if known else name}"
    me = ThingRecord(f"document:{handle}", title, f"图 {known[0] if known else name}", class_="Dataset", official=True,
                     printed=False)  # fmt: skip
    named = frozenset(_renamed(triples, handle))
    return ParsedSource("rdf", Extraction(document, (part,), things=(me,)), whole=True, triples=named)


def _parsed(text: str, syntax: ox.RdfFormat, name: str) -> list[ox.Triple]:
    found: list[ox.Triple] = []
    try:
        for quad in ox.parse(text, format=syntax, base_iri=namespaces.THINGS, rename_blank_nodes=False):
            found.append(ox.Triple(quad.subject, quad.predicate, quad.object))
            if len(found) > _MOST:
                raise InputError(f"more than {_MOST} statements", file=name, line=1, hint="load a part of it")
    except SyntaxError as error:
        line = error.lineno or 1
        raise InputError(f"not RDF: {error.msg}", file=name, line=line, hint="mend the file") from None
    except ValueError as error:
        raise InputError(f"not RDF: {error}", file=name, line=1, hint="mend the file") from None
    if not found:
        raise InputError("no statement in it", file=name, line=1, hint="check what the file is")
    return found


def _modified(triples: list[ox.Triple]) -> date | None:
    days = []
    for one in triples:
        if one.predicate in _MODIFIED and isinstance(one.object, ox.Literal):
            try:
                days.append(date.fromisoformat(one.object.value[:10]))
            except ValueError:
                continue
    return max(days, default=None)


def _renamed(triples: list[ox.Triple], handle: str) -> list[ox.Triple]:
    """Blank nodes as IRIs by the order of the file: they merge, differ and part without surprises."""
    names: dict[str, ox.NamedNode] = {}

    def node(one: object) -> object:
        if isinstance(one, ox.BlankNode):
            name = namespaces.iri("blank", f"{handle}/{len(names) + 1}")
            return names.setdefault(one.value, ox.NamedNode(name))
        return one

    made = []
    for one in triples:
        subject = node(one.subject)
        made.append(ox.Triple(subject, one.predicate, node(one.object)))  # type: ignore[arg-type]
    return made
