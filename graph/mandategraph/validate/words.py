"""Puts the nodes of a graph into words: what a thing is called, where in a source it comes from."""

from __future__ import annotations

from functools import lru_cache

from mandategraph.messages import LANGUAGES, text_of, told
from mandategraph.rdf import namespaces
from mandategraph.store.base import Term, iri
from mandategraph.system.errors import UsageError
from mandategraph.validate.data import Data
from mandategraph.validate.findings import SourceLocation
from mandategraph.validate.vocabulary import RDFS, SUBCLASS, TYPE

_LABELS = ("http://www.w3.org/2004/02/skos/core#prefLabel", RDFS + "label")
_CITES = {"en": "cite", "zh": "citeZh"}
_CONCLUDED_FROM = ("fromStatement", "toStatement", "dayOf", "countedFrom")
_NESTING = 40  # more levels than any document has; a loop in bad data must end


class Words:
    """Speaks of the things in some data, which holds the ontology too where they are ours."""

    def __init__(self, data: Data) -> None:
        self._objects = lru_cache(maxsize=50_000)(lambda node, predicate: tuple(data.objects(node, predicate)))
        self._users = data.users

    def entity(self, node: Term, lang: str) -> str:
        """`meeting WG2020-3 (Third meeting of ...)`; in this language."""
        kind = self._kind(node, lang)
        code = short(node)
        label = next((text for name in _LABELS if (text := self._text(node, name, lang))), "")
        name = f"{code} ({label})" if label and label != code else code
        return f"{kind} {name}".strip()

    def place(self, node: Term) -> SourceLocation | None:
        """Where a thing comes from: its own place, that of what it was concluded from, or the first of what is stated
        with it."""
        own = self._own_places(node)
        own = own or [
            found for name in _CONCLUDED_FROM for one in self._all(node, name) for found in self._own_places(one)
        ]
        places = own or [found for stated in self._stated_with(node) for found in self._own_places(stated)]
        return min(places, key=lambda found: (found.document, found.line or 0, found.cite.get("en", "")), default=None)

    def _own_places(self, node: Term) -> list[SourceLocation]:
        evidence = self._all(node, "hasEvidence")
        if evidence:
            return [place for one in evidence for place in self._own_places(one)]
        line = self._number(node, "lineNumber")
        for name in ("atProvision", "repairs", "corrects", "mention"):
            at = self._one(node, namespaces.ONTOLOGY + name)
            if at is not None:
                return [self._cited(at, line)]
        return [self._cited(node, line)] if self._all(node, "partOf") or self._all(node, "cite") else []

    def _cited(self, provision: Term, line: int | None) -> SourceLocation:
        own = line if line is not None else self._number(provision, "firstLine")
        cite = {language: self._text(provision, namespaces.ONTOLOGY + name) for language, name in _CITES.items()}
        return SourceLocation(self._document(provision), text_of(cite), own)

    def _document(self, node: Term) -> str:
        for _ in range(_NESTING):
            parent = self._one(node, namespaces.ONTOLOGY + "partOf")
            if parent is None:
                break
            node = parent
        return self._text(node, namespaces.ONTOLOGY + "symbol") or short(node)

    def _stated_with(self, node: Term) -> list[Term]:
        users = set(self._users(node))
        return sorted((user for user in users if self._all(user, "hasEvidence")), key=lambda term: term.value)

    def _kind(self, node: Term, lang: str) -> str:
        """The name of the narrowest of our classes that the thing is of."""
        types = {kind for kind in self._objects(node, TYPE) if kind.value.startswith(namespaces.ONTOLOGY)}
        above = {upper for kind in types for upper in self._above(kind)}
        return min((self._text(kind, RDFS + "label", lang) or short(kind) for kind in types - above), default="")

    def _above(self, kind: Term) -> set[Term]:
        found: set[Term] = set()
        queue = [kind]
        while queue:
            fresh = {upper for upper in self._objects(queue.pop(), SUBCLASS) if upper not in found}
            found |= fresh
            queue += fresh
        return found - {kind}

    def _text(self, node: Term, predicate: str, lang: str = "") -> str:
        values = [value for value in self._objects(node, iri(predicate)) if value.kind == "literal"]
        if not lang:
            return min((one.value for one in values), default="")
        said = {value.lang or "": value.value for value in sorted(values, key=lambda one: one.value, reverse=True)}
        return told(said, lang) if said.keys() & set(LANGUAGES) else ""

    def _number(self, node: Term, name: str) -> int | None:
        texts = (value.value for value in self._all(node, name))
        return min((int(text) for text in texts if text.isdecimal()), default=None)

    def _all(self, node: Term, name: str) -> list[Term]:
        return sorted(self._objects(node, iri(namespaces.ONTOLOGY + name)), key=lambda term: term.value)

    def _one(self, node: Term, predicate: str) -> Term | None:
        return min(self._objects(node, iri(predicate)), key=lambda term: term.value, default=None)


def short(node: Term) -> str:
    """What to call a node without knowing more of it."""
    if node.kind == "blank":
        return "without an IRI"
    return namespaces.compact(node.value) if node.kind == "iri" else node.n3()


def short_iri(node: Term) -> str:
    """An IRI with our prefixes, or whole in angle brackets."""
    try:
        return namespaces.curie(node.value) or node.n3()
    except UsageError:
        return node.value
