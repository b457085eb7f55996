"""A shapes graph in memory: triples by subject, in the order of the files, without loading rdflib.

Literals stay as they are written: `"1"^^xsd:boolean` is not `true` here, as SHACL wants it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from mandategraph.rdf.terms import Term, as_term
from mandategraph.system.errors import InputError
from mandategraph.validate.vocabulary import RDF, SUBCLASS, TYPE

_FIRST, _REST, _NIL = (Term("iri", RDF + name) for name in ("first", "rest", "nil"))


class ShapesGraph:
    """The triples of shapes files; a node's values keep their order."""

    def __init__(self, triples: Iterable[tuple[Term, Term, Term]] = ()) -> None:
        self._by_subject: dict[Term, dict[Term, dict[Term, None]]] = {}
        self._by_value: dict[tuple[Term, Term], dict[Term, None]] = {}
        for subject, predicate, value in triples:
            self.add(subject, predicate, value)

    def add(self, subject: Term, predicate: Term, value: Term) -> None:
        self._by_subject.setdefault(subject, {}).setdefault(predicate, {})[value] = None
        self._by_value.setdefault((predicate, value), {})[subject] = None

    def subjects(self) -> list[Term]:
        """Every node that has a statement."""
        return list(self._by_subject)

    def predicates(self, node: Term) -> list[Term]:
        return list(self._by_subject.get(node, {}))

    def values(self, node: Term, predicate: Term) -> list[Term]:
        return list(self._by_subject.get(node, {}).get(predicate, ()))

    def value(self, node: Term, predicate: Term) -> Term | None:
        return next(iter(self.values(node, predicate)), None)

    def has(self, node: Term, predicate: Term, value: Term) -> bool:
        return value in self._by_subject.get(node, {}).get(predicate, {})

    def members(self, head: Term) -> list[Term]:
        """The members of an RDF list.

        Raises:
            InputError: it is no list, or one that runs in a circle.
        """
        members, seen = [], set()
        while head != _NIL:
            first, rest = self.values(head, _FIRST), self.values(head, _REST)
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise InputError("A list of the shapes is broken.", "shapes", "Write it as ( a b c ).")
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return members

    def having(self, predicate: Term, value: Term) -> list[Term]:
        """Every node with this statement."""
        return list(self._by_value.get((predicate, value), ()))

    def is_list(self, node: Term) -> bool:
        return node == _NIL or bool(self.values(node, _FIRST))

    def instances(self, kind: Term) -> list[Term]:
        """The SHACL instances of a class: also those of its subclasses."""
        found = (node for one in self.subclasses(kind) for node in self.having(TYPE, one))
        return list(dict.fromkeys(found))

    def subclasses(self, kind: Term) -> set[Term]:
        """A class and all that this graph says to be below it."""
        found, queue = {kind}, [kind]
        while queue:
            upper = queue.pop()
            below = [node for node in self.having(SUBCLASS, upper) if node not in found]
            found.update(below)
            queue += below
        return found

    def triples(self) -> Iterator[tuple[Term, Term, Term]]:
        for subject, statements in self._by_subject.items():
            for predicate, values in statements.items():
                for value in values:
                    yield subject, predicate, value


def parse(content: bytes, form: ox.RdfFormat, name: str, base: str | None = None) -> list[tuple[Term, Term, Term]]:
    """The triples of one file of shapes, blank nodes kept apart from those of other files.

    Raises:
        InputError: the file is not in that format; names it and the line.
    """
    try:
        quads = list(ox.parse(content, format=form, base_iri=base, rename_blank_nodes=True))
    except SyntaxError as error:
        raise InputError(f"This cannot be read ({error.msg})", file=name, line=error.lineno, hint="Mend it.") from None
    return [(as_term(quad.subject), as_term(quad.predicate), as_term(quad.object)) for quad in quads]
