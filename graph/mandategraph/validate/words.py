"""Puts the nodes of a graph into words: what a thing is called, how a path reads, where in a source it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mandategraph import namespaces
from mandategraph.validate.findings import Place

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_NESTING = 40  # more levels than any document has; a loop in bad data must end


class Words:
    """Speaks of the things in one graph, which must hold the ontology as well as the data."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def entity(self, node: Node, lang: str) -> str:
        """`meeting WG2020-3 (Third meeting of ...)`; the language is `en` or `zh`."""
        kind = self._kind(node, lang)
        code = _short(node)
        label = self._text(node, _SKOS + "prefLabel", lang)
        name = f"{code} ({label})" if label and label != code else code
        return f"{kind} {name}".strip()

    def path(self, path: Node | None) -> str:
        """A SHACL path in SPARQL notation with our prefixes: `mg:to`, `^mg:at/mg:line`."""
        from rdflib import URIRef
        from rdflib.collection import Collection

        if path is None:
            return ""
        if isinstance(path, URIRef):
            return namespaces.curie(str(path)) or f"<{path}>"
        inverse = self._one(path, _SH + "inversePath")
        if inverse is not None:
            return f"^{self.path(inverse)}"
        return "/".join(self.path(step) for step in Collection(self._graph, path))

    def place(self, node: Node) -> Place | None:
        """Where a thing comes from: its own place, or the first place of what is stated with it."""
        own = self._own_places(node)
        places = own or [found for stated in self._stated_with(node) for found in self._own_places(stated)]
        return min(places, key=lambda found: (found.document, found.line or 0, found.cite), default=None)

    def _own_places(self, node: Node) -> list[Place]:
        evidence = list(self._all(node, "evidence"))
        if evidence:
            return [place for one in evidence for place in self._own_places(one)]
        line = self._number(node, "line")
        for name in ("at", "repairs", "corrects", "mention"):
            at = self._one(node, namespaces.ONTOLOGY + name)
            if at is not None:
                return [self._cited(at, line)]
        return [self._cited(node, line)] if self._has(node, "partOf") or self._has(node, "cite") else []

    def _cited(self, provision: Node, line: int | None) -> Place:
        own = line if line is not None else self._number(provision, "firstLine")
        cite = [self._text(provision, namespaces.ONTOLOGY + name) for name in ("cite", "citeZh")]
        return Place(self._document(provision), cite[0], cite[1], own)

    def _document(self, node: Node) -> str:
        for _ in range(_NESTING):
            parent = self._one(node, namespaces.ONTOLOGY + "partOf")
            if parent is None:
                break
            node = parent
        return self._text(node, namespaces.ONTOLOGY + "symbol") or _short(node)

    def _stated_with(self, node: Node) -> list[Node]:
        users = set(self._graph.subjects(None, node))
        return sorted((user for user in users if self._has(user, "evidence")), key=str)

    def _kind(self, node: Node, lang: str) -> str:
        """The name of the narrowest of our classes that the thing is of."""
        types = {kind for kind in self._graph.objects(node, _iri(_RDF + "type")) if _is_ours(kind)}
        above = {upper for kind in types for upper in self._above(kind)}
        return min((self._text(kind, _RDFS + "label", lang) or _short(kind) for kind in types - above), default="")

    def _above(self, kind: Node) -> set[Node]:
        upwards = self._graph.transitive_objects(kind, _iri(_RDFS + "subClassOf"))
        return {upper for upper in upwards if upper is not None and upper != kind}

    def _text(self, node: Node, predicate: str, lang: str = "") -> str:
        from rdflib import Literal

        values = [value for value in self._graph.objects(node, _iri(predicate)) if isinstance(value, Literal)]
        fitting = [value for value in values if value.language == lang] if lang else values
        return min((str(value) for value in fitting), default="")

    def _number(self, node: Node, name: str) -> int | None:
        texts = (str(value) for value in self._all(node, name))
        return min((int(text) for text in texts if text.isdecimal()), default=None)

    def _all(self, node: Node, name: str) -> Iterable[Node]:
        return sorted(self._graph.objects(node, _iri(namespaces.ONTOLOGY + name)), key=str)

    def _has(self, node: Node, name: str) -> bool:
        return (node, _iri(namespaces.ONTOLOGY + name), None) in self._graph

    def _one(self, node: Node, predicate: str) -> Node | None:
        return min(self._graph.objects(node, _iri(predicate)), key=str, default=None)


def _is_ours(kind: Node) -> bool:
    return str(kind).startswith(namespaces.ONTOLOGY)


def _iri(text: str) -> Node:
    from rdflib import URIRef

    return URIRef(text)


def _short(node: Node) -> str:
    from rdflib import BNode

    return "without an IRI" if isinstance(node, BNode) else namespaces.compact(str(node))
