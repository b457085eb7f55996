"""A store behind a SPARQL 1.1 endpoint, for ``--store https://...``: read here, changed by ``remote_swap``."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from mandategraph.store.base import Dataset, Rows, Triples, bad_query, rows
from mandategraph.store.dialect import PROBE, Dialect, dialect_of, pragmas
from mandategraph.store.embedded import dump, evaluate
from mandategraph.store.transport import CHECK_ADDRESS, TIMEOUT_SECONDS, Form, Transport, seconds_of
from mandategraph.system.errors import StoreError

OWN = "https://w3id.org/mandategraph/store/"
"""Graphs below this IRI are the store's own books (what it was built from, a change under way), not its content."""


class RemoteStore:
    """A SPARQL endpoint, asked by POST. ``timeout`` in seconds holds for each query; without one MANDATEGRAPH_TIMEOUT.

    Raises UsageError where that is no such number, or where MANDATEGRAPH_UPDATE or MANDATEGRAPH_GSP is no address.
    """

    def __init__(self, address: str, timeout: float | None = None) -> None:
        self.transport = Transport(address, timeout=timeout or seconds_of("MANDATEGRAPH_TIMEOUT", TIMEOUT_SECONDS))
        self._named_update, self._named_graphs = map(self._named, ("MANDATEGRAPH_UPDATE", "MANDATEGRAPH_GSP"))

    @property
    def location(self) -> str:
        """The endpoint's address."""
        return self.transport.address

    @cached_property
    def dialect(self) -> Dialect:
        """The engine's ways; asked for once. Raises StoreError when it does not answer."""
        probed = self.transport.query(PROBE, "ask")
        return dialect_of(self.transport.server, probed)

    @cached_property
    def update_address(self) -> str:
        """Where changes are taken: MANDATEGRAPH_UPDATE, or where this engine usually takes them."""
        return self._named_update or self.transport.known_by(self.dialect.addresses(self.location)[0])

    @cached_property
    def graph_address(self) -> str | None:
        """Where whole graphs are taken: MANDATEGRAPH_GSP, or for engines known to want it where they usually do."""
        usual = None if self._named_graphs or self.dialect.whole_updates else self.dialect.addresses(self.location)[1]
        return self._named_graphs or (self.transport.known_by(usual) if usual else None)

    def query(self, text: str, dataset: Dataset | None = None) -> Rows | bool | Triples:
        """See Store.query; over the graphs of a ``dataset``, or over what the server takes where none are named."""
        form = _form(text)
        content = self.transport.query(text, form, dataset)
        if form == "graph":
            return self._graph(content)
        return self._bindings(self._json(content), form)

    def change(self, steps: Sequence[str]) -> None:
        """Carry updates out in this order, as far as the engine can as a whole; each must be such that twice is as good as
        once. Raises StoreError."""
        for request in self.dialect.requests(steps):
            self.transport.update(request, self.update_address)

    def in_turn(self, text: str) -> str:
        """See Store.in_turn: as the dialect says."""
        return self.dialect.in_turn(text)

    def graphs(self) -> list[str]:
        """See Store.graphs: by the books where the store keeps some, which spares an engine from looking through all."""
        kept = rows(self.query(f"SELECT ?g WHERE {{ GRAPH <{OWN}books> {{ ?g <{OWN}ontology#digest> ?d }} }}"))
        if kept.rows:
            return sorted(row["g"].value for row in kept.dicts())
        found = rows(self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
        return sorted(row["g"].value for row in found.dicts() if not row["g"].value.startswith(OWN))

    def dump(self) -> bytes:
        """See Store.dump: graph by graph, so that no answer is larger than it must be."""
        copy = ox.Store()
        for name in self.graphs():
            found = rows(self.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"))
            lines = (" ".join(term.n3() for term in row if term) + f" <{name}> .\n" for row in found.rows)
            copy.bulk_load("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
        return dump(copy)

    def close(self) -> None:
        """See Store.close: nothing is kept open between queries."""

    def _named(self, variable: str) -> str | None:
        named = os.environ.get(variable, "").strip()
        return self.transport.known_by(named, variable) if named else None

    def _json(self, content: bytes) -> Any:
        try:
            return json.loads(content, strict=False)
        except ValueError:
            raise self._not_results() from None

    def _bindings(self, content: Any, form: Form) -> Rows | bool:
        try:
            if "boolean" in content:
                return bool(content["boolean"])
            names = tuple(content["head"]["vars"])
            term = self.dialect.term
            found = tuple(
                tuple(term(binding[name]) if name in binding else None for name in names)
                for binding in content["results"]["bindings"]
            )
        except (KeyError, TypeError, AttributeError):
            raise self._not_results() from None
        told = self.dialect.ask(names, found[0][0] if found else None) if form == "ask" else None
        return Rows(names, found) if told is None else told

    def _not_results(self) -> StoreError:
        return StoreError("the endpoint's answer is not SPARQL results in JSON.", self.location, CHECK_ADDRESS)

    def _graph(self, content: bytes) -> Triples:
        copy = ox.Store()
        try:
            copy.load(content, format=ox.RdfFormat.TURTLE)
        except SyntaxError as error:
            told = f"the endpoint's answer is not Turtle ({error})."
            raise StoreError(told, self.location, CHECK_ADDRESS) from None
        result = evaluate(copy, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(result, Triples)
        return result


def _form(text: str) -> Form:
    """What kind of answer a query wants, as our own parser reads it; bad SPARQL is told before anything is sent."""
    try:
        told, asked = pragmas(text)
        empty = ox.Store().query("\n" * told.count("\n") + asked)  # lazy: nothing is evaluated for SELECT and CONSTRUCT
    except SyntaxError as error:
        raise bad_query(str(error), text) from None
    except (OSError, RuntimeError):
        return "ask"  # only an ASK is evaluated at once, and only its SERVICE can fail
    if isinstance(empty, ox.QueryBoolean):
        return "ask"
    return "graph" if isinstance(empty, ox.QueryTriples) else "rows"
