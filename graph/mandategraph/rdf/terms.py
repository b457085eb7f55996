"""RDF terms as plain values, and the one conversion from and to each library that has terms of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from mandategraph.system.errors import InputError, UsageError

if TYPE_CHECKING:
    from rdflib.term import IdentifiedNode, Node
    from rdflib.term import Literal as RdflibLiteral

XSD = "http://www.w3.org/2001/XMLSchema#"

Kind = Literal["iri", "blank", "literal"]
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r'[\x00-\x1f\\"\x7f]')


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term. ``datatype`` is None for plain strings (xsd:string) and for strings with a language."""

    kind: Kind
    value: str
    lang: str | None = None
    datatype: str | None = None

    def n3(self) -> str:
        """The term as SPARQL and Turtle write it, safe to put into a query.

        Raises UsageError when the value cannot be such a term (an IRI with a space or a bracket in it).
        """
        if self.kind == "iri":
            return _iri(self.value)
        if self.kind == "blank":
            return f"_:{self.value}"
        text = '"' + _TO_ESCAPE.sub(_escape, self.value) + '"'
        if self.lang:
            return f"{text}@{_language(self.lang)}"
        return f"{text}^^{_iri(self.datatype)}" if self.datatype else text


def iri(value: str) -> Term:
    """An IRI as a term."""
    return Term("iri", value)


def literal(value: str, lang: str | None = None, datatype: str | None = None) -> Term:
    """A literal as a term; xsd:string counts as no datatype, and a duration of nothing is one of no days."""
    if datatype == XSD + "dayTimeDuration" and value == "PT0S":
        value = "P0D"
    return Term("literal", value, lang, None if datatype == XSD + "string" else datatype)


def as_term(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """A term of Oxigraph as a plain value.

    Raises:
        InputError: it is a triple, which RDF 1.1 has not.
    """
    if isinstance(value, ox.NamedNode):
        return Term("iri", value.value)
    if isinstance(value, ox.BlankNode):
        return Term("blank", value.value)
    if isinstance(value, ox.Literal):
        if value.language:
            return literal(value.value, lang=value.language)
        return literal(value.value, datatype=value.datatype.value)
    raise InputError("A triple inside a triple is not RDF 1.1.", None, "State it by a node of its own.")


def as_node(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A plain value as a term of Oxigraph."""
    if term.kind == "iri":
        return ox.NamedNode(term.value)
    if term.kind == "blank":
        return ox.BlankNode(term.value)
    if term.lang:
        return ox.Literal(term.value, language=term.lang)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype)) if term.datatype else ox.Literal(term.value)


def as_rdflib(term: Term) -> IdentifiedNode | RdflibLiteral:
    """A plain value as a term of rdflib; a literal stays as it is written."""
    from rdflib import BNode, Literal, URIRef

    if term.kind == "iri":
        return URIRef(term.value)
    if term.kind == "blank":
        return BNode(term.value)
    return Literal(
        term.value, lang=term.lang, datatype=URIRef(term.datatype) if term.datatype else None, normalize=False
    )


def from_rdflib(node: Node) -> Term:
    """A term of rdflib as a plain value."""
    from rdflib import BNode, URIRef

    if isinstance(node, URIRef):
        return Term("iri", str(node))
    if isinstance(node, BNode):
        return Term("blank", str(node))
    datatype = getattr(node, "datatype", None)
    return literal(str(node), getattr(node, "language", None), str(datatype) if datatype else None)


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def _iri(value: str) -> str:
    if _NOT_IN_IRI.search(value) or not _ABSOLUTE.match(value):
        raise UsageError(f"'{value}' is not an IRI.")
    return f"<{value}>"


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise UsageError(f"'{tag}' is not a language tag.")
    return tag
