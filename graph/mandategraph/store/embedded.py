"""Oxigraph in this process: on disk, opened for reading only, or in memory for states made when asked for.

Readers never write, and builders never touch a generation that readers use (see ``local_swap``), so any number of
both may be at work on one folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from mandategraph.rdf import terms
from mandategraph.store.base import Rows, Store, Term, Triples, bad_query
from mandategraph.store.lateral import lateral
from mandategraph.store.versions import Generation, current, rebuild_hint
from mandategraph.system.errors import StoreError, UsageError

_TRIES = 5
_BUILD = "Run 'mandategraph build' to make it."


class OxigraphStore:
    """An Oxigraph store, in memory or on disk, behind the ``Store`` protocol. ``location`` tells what it holds."""

    def __init__(self, location: str, content: ox.Store) -> None:
        self._location = location
        self._store: ox.Store | None = content

    @property
    def location(self) -> str:
        """The store folder, or in words what a store in memory holds."""
        return self._location

    @property
    def engine(self) -> ox.Store:
        """The engine underneath, for rooms that need what only it can do; to be read only.

        Raises StoreError when the store is closed.
        """
        if self._store is None:
            raise StoreError("the store is closed.", self._location, "Open it again.")
        return self._store

    def query(self, text: str) -> Rows | bool | Triples:
        """See Store.query."""
        return evaluate(self.engine, text)

    def in_turn(self, text: str) -> str:
        """See Store.in_turn."""
        return lateral(text)

    def graphs(self) -> list[str]:
        """See Store.graphs."""
        return sorted(graph.value for graph in self.engine.named_graphs())

    def dump(self) -> bytes:
        """See Store.dump."""
        return dump(self.engine)

    def close(self) -> None:
        """See Store.close. The engine lets go of its files when its last reference goes."""
        self._store = None


class EmbeddedStore(OxigraphStore):
    """A store folder opened for reading. Any number of processes may do so, also while another one builds."""

    def __init__(self, folder: Path) -> None:
        self._generation, content = _open(folder)
        super().__init__(str(folder), content)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of what this content was built from."""
        return self._generation.fingerprint


def copied(store: Store) -> OxigraphStore:
    """Everything in a store, in memory: for whoever asks so much that reading it once is quicker.

    Raises StoreError when the store fails.
    """
    content = ox.Store()
    if isinstance(store, OxigraphStore):
        _copy(store.engine, content)
    else:
        content.bulk_load(store.dump(), format=ox.RdfFormat.N_QUADS)
    return OxigraphStore(store.location, content)


def _copy(source: ox.Store, content: ox.Store) -> None:
    """Graph by graph, several at a time: the engine lets go of the interpreter while it writes and reads."""

    def graph(name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> None:
        written = source.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""
        if b"_:" in written:  # whatever is loaded gets new names for its blank nodes, in each graph others
            content.bulk_extend(source.quads_for_pattern(None, None, None, name))
        else:
            content.bulk_load(written, format=ox.RdfFormat.N_TRIPLES, to_graph=name)

    from concurrent.futures import ThreadPoolExecutor

    with engine_errors_told(), ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(graph, [ox.DefaultGraph(), *source.named_graphs()]))


def evaluate(
    store: ox.Store, text: str, *, union: bool = False, prefixes: Mapping[str, str] | None = None
) -> Rows | bool | Triples:
    """Answer a query from any Oxigraph store, in plain values; with ``union`` the default graph is that of all graphs,
    and FROM clauses do not count. ``prefixes`` hold where the query declares none of the name."""
    with engine_errors_told(text):
        result = store.query(text, use_default_graph_as_union=union, prefixes=dict(prefixes or {}))
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        if isinstance(result, ox.QueryTriples):
            return as_triples(parts(triple) for triple in result)
        names = tuple(variable.value for variable in result.variables)
        return Rows(names, tuple(tuple(as_term(value) for value in solution) for solution in result))


@contextmanager
def engine_errors_told(text: str = "") -> Iterator[None]:
    """Whatever the engine raises inside, as an error of ours: UsageError for bad SPARQL, which is the ``text``, StoreError
    for the rest."""
    try:
        yield
    except SyntaxError as error:
        raise bad_query(str(error), text) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"the store failed while answering ({error}).") from None


def dump(store: ox.Store) -> bytes:
    """Everything in an Oxigraph store as sorted N-Quads, with the blank nodes named as ``alike`` names them."""
    plain: list[bytes] = []
    nameless: list[bytes] = []
    for line in (store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True):
        (nameless if line.startswith(b"_:") or b" _:" in line else plain).append(line)
    named = alike(ox.parse(b"".join(nameless), format=ox.RdfFormat.N_QUADS))
    return b"".join(sorted([*plain, *(f"{quad} .\n".encode() for quad in named)]))


def alike(found: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads, with blank nodes (the lists of OWL) named by what is said of them: a store gives them new names whenever
    it is filled. Those with blank nodes come last. Rule: RDF Dataset Canonicalization 1.0."""
    nameless = ox.Dataset()
    for quad in found:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            nameless.add(quad)
        else:
            yield quad
    nameless.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    yield from nameless


def _open(folder: Path) -> tuple[Generation, ox.Store]:
    # Two builds in a row may remove the generation that CURRENT named a moment ago; then CURRENT names a newer one.
    for attempt in range(_TRIES):
        generation = current(folder)
        if generation is None:
            raise StoreError("there is no store here.", str(folder), _BUILD)
        try:
            return generation, ox.Store.read_only(str(folder / generation.name))
        except (OSError, RuntimeError, ValueError) as error:
            if attempt + 1 == _TRIES or current(folder) == generation:
                raise StoreError(f"the store is damaged ({error}).", str(folder), rebuild_hint(folder)) from None
    raise StoreError("the store changes faster than it can be opened.", str(folder), "Try again.")


@lru_cache(maxsize=8192)  # the cells of an answer name the same few documents, labels and codes again and again
def as_term(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Term | None:
    """A value of the engine as a plain term. Raises UsageError for a triple inside a triple."""
    if value is None:
        return None
    if not isinstance(value, ox.Triple):
        return terms.as_term(value)
    told = "a triple inside a triple stands in the result, which is not RDF 1.1"
    raise UsageError(told, "query", "Ask for its parts: SUBJECT(?t), PREDICATE(?t), OBJECT(?t).")


def parts(triple: ox.Triple) -> tuple[Term, Term, Term]:
    """The three parts of a triple of the engine, as plain terms."""
    # No part of a triple is ever None.
    return (as_term(triple.subject), as_term(triple.predicate), as_term(triple.object))  # type: ignore[return-value]


def as_triples(found: Iterable[tuple[Term, Term, Term]]) -> Triples:
    """Triples, each once and in order."""
    unique = {" ".join(_written(term) for term in triple): triple for triple in found}
    return Triples(tuple(unique[text] for text in sorted(unique)))


def _written(term: Term) -> str:
    # Not Term.n3, which refuses an IRI that an engine let through.
    return f"<{term.value}>" if term.kind == "iri" else f"_:{term.value}" if term.kind == "blank" else term.n3()
