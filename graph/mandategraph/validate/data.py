"""The data that is validated: a memory or disk store of Oxigraph, or any store that answers SPARQL.

All named graphs are taken together with the default graph. Blank nodes keep their names from one question to the next
only in Oxigraph; elsewhere nothing more is asked about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from mandategraph.rdf.terms import as_node, as_term
from mandategraph.store import Store
from mandategraph.store.base import Term, rows
from mandategraph.store.dialect import STANDARD, Dialect
from mandategraph.store.embedded import EmbeddedStore, OxigraphStore, copied
from mandategraph.system.errors import InputError, QueryRefused, QueryTimedOut, StoreError, UsageError
from mandategraph.validate.literals import Written

Row = Mapping[str, Term]
_MOST_COPIED = 2_000_000
"""Statements; a million takes 0.8 GB."""


class Unanswered(StoreError):
    """A query that the engine of a store refuses, would answer wrongly or does not answer in time; `message` says why."""


class Data(Protocol):
    """What validation asks of data."""

    dataset: str
    """FROM clauses that every query must carry."""
    fused: bool
    """Whether a column of an answer may be a whole condition."""

    def rows(self, text: str) -> list[Row]:
        """The answer to a SELECT; equal rows once. Raises Unanswered, StoreError."""
        ...

    def objects(self, subject: Term, predicate: Term) -> list[Term]: ...

    def users(self, value: Term) -> list[Term]:
        """All that have a statement with this value."""
        ...

    def uses(self, predicate: Term) -> bool:
        """Whether there is a statement with this predicate."""
        ...

    def nquads(self) -> bytes: ...


class OxData:
    """Data in an Oxigraph store."""

    dataset = ""
    fused = True

    def __init__(self, store: ox.Store, written: Written | None = None) -> None:
        self.store = store
        self.written = written or Written()
        self.as_one = next(iter(store.named_graphs()), None) is not None

    def rows(self, text: str) -> list[Row]:
        """See Data.rows."""
        try:
            found = self.store.query(text, use_default_graph_as_union=self.as_one)
            assert isinstance(found, ox.QuerySolutions)
            names = [variable.value for variable in found.variables]
            unique = dict.fromkeys(tuple(solution) for solution in found)
        except SyntaxError as error:
            raise UsageError(f"A rule's query cannot be run ({error.msg}).", "shapes", "Correct the query.") from None
        except (OSError, RuntimeError, ValueError) as error:
            raise StoreError(f"the store failed while validating ({error}).") from None
        found_rows = [_row(names, values) for values in unique]
        if not self.written.forms:
            return found_rows
        return [{name: self.written.restored(value) for name, value in row.items()} for row in found_rows]

    def objects(self, subject: Term, predicate: Term) -> list[Term]:
        """See Data.objects."""
        node = as_node(subject)
        if isinstance(node, ox.Literal):
            return []
        quads = self.store.quads_for_pattern(node, ox.NamedNode(predicate.value), None, None)
        return [as_term(value) for value in dict.fromkeys(quad.object for quad in quads)]

    def users(self, value: Term) -> list[Term]:
        """See Data.users."""
        quads = self.store.quads_for_pattern(None, None, as_node(value), None)
        return [as_term(subject) for subject in dict.fromkeys(quad.subject for quad in quads)]

    def uses(self, predicate: Term) -> bool:
        """See Data.uses."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(predicate.value), None, None)
        return next(quads, None) is not None

    def nquads(self) -> bytes:
        """See Data.nquads."""
        return self.store.dump(format=ox.RdfFormat.N_QUADS) or b""


class StoreData:
    """Data in a store that is asked by SPARQL only."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.dataset = self._clauses()
        self._dialect: Dialect = getattr(store, "dialect", STANDARD)
        self.fused = self._dialect.conditions_as_values

    def _clauses(self) -> str:
        """Nothing where the default graph is the union of all, else a FROM for each graph."""
        graphs = self._store.graphs()
        if not graphs:
            return ""
        hidden = "ASK { GRAPH ?g { ?s ?p ?o } FILTER(NOT EXISTS { ?s ?p ?o }) }"
        return " ".join(f"FROM <{name}>" for name in graphs) if self._store.query(hidden) is True else ""

    def rows(self, text: str) -> list[Row]:
        """See Data.rows."""
        doubt = self._dialect.doubt(text)
        if doubt:
            raise Unanswered(doubt, self._store.location)
        try:
            found = rows(self._store.query(text))
        except (QueryRefused, UsageError) as error:  # it was read by our own parser before
            late = isinstance(error, QueryTimedOut)
            told = "the store does not answer its query in time" if late else "the store refuses its query"
            raise Unanswered(told, self._store.location, error.message) from None
        return [_row(found.variables, values) for values in dict.fromkeys(found.rows)]

    def objects(self, subject: Term, predicate: Term) -> list[Term]:
        """See Data.objects."""
        if subject.kind != "iri":
            return []
        pattern = f"{subject.n3()} {predicate.n3()} ?o"
        return [row["o"] for row in self.rows(f"SELECT DISTINCT ?o {self.dataset} WHERE {{ {pattern} }}")]

    def users(self, value: Term) -> list[Term]:
        """See Data.users."""
        if value.kind == "blank":
            return []
        return [row["s"] for row in self.rows(f"SELECT DISTINCT ?s {self.dataset} WHERE {{ ?s ?p {value.n3()} }}")]

    def uses(self, predicate: Term) -> bool:
        """See Data.uses."""
        return bool(self.rows(f"SELECT ?s {self.dataset} WHERE {{ ?s {predicate.n3()} ?o }} LIMIT 1"))

    def nquads(self) -> bytes:
        """See Data.nquads."""
        return self._store.dump()


def of_store(store: Store) -> Data:
    """The data of an open store: straight from the engine where it is embedded; of a folder that is not too large a copy
    in memory, since the rules look each statement up many times."""
    if isinstance(store, EmbeddedStore) and len(store.engine) <= _MOST_COPIED:
        return OxData(copied(store).engine)
    return OxData(store.engine) if isinstance(store, OxigraphStore) else StoreData(store)


def of_nquads(content: bytes) -> OxData:
    """Data from N-Quads in UTF-8, in memory.

    Raises:
        InputError: it is not N-Quads.
    """
    store, written = ox.Store(), Written()
    try:
        store.bulk_extend(written.watch(ox.parse(content, format=ox.RdfFormat.N_QUADS)))
    except (SyntaxError, ValueError) as error:
        raise InputError(f"The data is not N-Quads: {error}", hint="Write one quad on each line, in UTF-8.") from None
    return OxData(store, written)


def of_files(files: Iterable[Path]) -> OxData:
    """Data from files in any RDF format, told by their endings, in memory; blank nodes of two files stay apart.

    Raises:
        InputError: a file is missing, of an unknown kind or not well-formed.
    """
    store, written = ox.Store(), Written()
    for file in files:
        content, form = read_rdf(file)
        try:
            quads = ox.parse(content, format=form, base_iri=base_of(file), rename_blank_nodes=True)
            store.bulk_extend(written.watch(quads))
        except SyntaxError as error:
            raise unreadable(error, file) from None
    return OxData(store, written)


def read_rdf(file: Path) -> tuple[bytes, ox.RdfFormat]:
    """A file's bytes and format.

    Raises:
        InputError: the file cannot be read, or its ending says nothing of a format.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", file=str(file)) from None
    form = ox.RdfFormat.from_extension(file.suffix.removeprefix("."))
    if form is None:
        raise InputError(
            "the ending tells no RDF format", file=str(file), hint="Use .ttl, .nt, .nq, .trig, .rdf or .jsonld."
        )
    return content, form


def base_of(file: Path) -> str:
    """What relative IRIs in a file are relative to: the file itself."""
    return file.resolve().as_uri()


def unreadable(error: SyntaxError, file: Path) -> InputError:
    """The error for a file that a parser refused."""
    return InputError(f"this cannot be read ({error.msg})", file=str(file), line=error.lineno, hint="Mend the line.")


def _row(names: Iterable[str], values: Iterable[object]) -> Row:
    pairs = zip(names, values, strict=True)
    return {
        name: value if isinstance(value, Term) else as_term(value)  # type: ignore[arg-type]
        for name, value in pairs
        if value is not None
    }
