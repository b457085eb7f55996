"""A store behind a SPARQL 1.1 endpoint, for ``--store https://...``: queries only.

SPARQLWrapper (which brings rdflib) is imported here and nowhere else, and only when a remote store is opened.
"""

from __future__ import annotations

import warnings
from typing import Any

import pyoxigraph as ox

from mandategraph.errors import MandategraphError, StoreError
from mandategraph.store.base import Rows, Term, Triples, bad_query, literal, rows
from mandategraph.store.embedded import dump, evaluate

_TIMEOUT_SECONDS = 30
_VIRTUOSO_BOOLEAN = "__ASK_RETVAL"


class RemoteStore:
    """A SPARQL endpoint, asked by POST. ``timeout`` in seconds holds for each query."""

    def __init__(self, address: str, timeout: int = _TIMEOUT_SECONDS) -> None:
        self._address = address
        self._timeout = timeout

    @property
    def location(self) -> str:
        """The endpoint's address."""
        return self._address

    def query(self, text: str) -> Rows | bool | Triples:
        """See Store.query."""
        form = _form(text)
        content = self._send(text, form)
        if form == "graph":
            return self._graph(content)
        return self._bindings(content, form)

    def graphs(self) -> list[str]:
        """See Store.graphs."""
        found = rows(self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
        return sorted(row["g"].value for row in found.dicts())

    def dump(self) -> bytes:
        """See Store.dump."""
        found = rows(self.query("SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"))
        lines = {" ".join(term.n3() for term in row if term) + " .\n" for row in found.rows}
        copy = ox.Store()
        copy.bulk_load("".join(sorted(lines)).encode(), format=ox.RdfFormat.N_QUADS)
        return dump(copy)

    def close(self) -> None:
        """See Store.close: nothing is kept open between queries."""

    def _send(self, text: str, form: str) -> Any:
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

        client = SPARQLWrapper(self._address, agent="mandategraph")
        client.setMethod(POST)
        client.setTimeout(self._timeout)
        client.setReturnFormat(TURTLE if form == "graph" else JSON)
        client.setQuery(text)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what it warns of, we tell in a line of our own
                return client.query().convert()
        except Exception as error:  # SPARQLWrapper lets through whatever its transport and parsers raise
            raise self._explained(error) from None

    def _explained(self, error: Exception) -> MandategraphError:
        from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

        if isinstance(error, QueryBadFormed):
            return bad_query(_server_words(str(error)))
        reason = getattr(error, "reason", None) or str(error) or type(error).__name__
        if isinstance(error, TimeoutError) or isinstance(reason, TimeoutError):
            reason = f"no answer within {self._timeout} seconds"
        hint = "Check the address, or leave out --store to use the built-in graph."
        return StoreError(f"the endpoint did not answer the query ({reason}).", self._address, hint)

    def _bindings(self, content: Any, form: str) -> Rows | bool:
        try:
            if "boolean" in content:
                return bool(content["boolean"])
            names = tuple(content["head"]["vars"])
            found = tuple(
                tuple(_term(binding[name]) if name in binding else None for name in names)
                for binding in content["results"]["bindings"]
            )
        except (KeyError, TypeError, AttributeError):
            raise StoreError("the endpoint's answer is not SPARQL results in JSON.", self._address) from None
        if form == "ask" and _VIRTUOSO_BOOLEAN in names:
            return bool(found and found[0][0] and found[0][0].value in ("1", "true"))
        return Rows(names, found)

    def _graph(self, content: Any) -> Triples:
        copy = ox.Store()
        try:
            copy.load(content if isinstance(content, bytes) else str(content).encode(), format=ox.RdfFormat.TURTLE)
        except SyntaxError as error:
            raise StoreError(f"the endpoint's answer is not Turtle ({error}).", self._address) from None
        result = evaluate(copy, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(result, Triples)
        return result


def _form(text: str) -> str:
    """``rows``, ``ask`` or ``graph``, as our own parser reads the query; bad SPARQL is told before anything is sent."""
    try:
        empty = ox.Store().query(text)  # lazy: nothing is evaluated for SELECT and CONSTRUCT
    except SyntaxError as error:
        raise bad_query(str(error)) from None
    except (OSError, RuntimeError):
        return "ask"  # only an ASK is evaluated at once, and only its SERVICE can fail
    if isinstance(empty, ox.QueryBoolean):
        return "ask"
    return "graph" if isinstance(empty, ox.QueryTriples) else "rows"


def _server_words(message: str) -> str:
    """The server's own words out of SPARQLWrapper's message."""
    return message.rpartition("Response:")[2].strip().removeprefix("b'").removesuffix("'")


def _term(binding: dict[str, str]) -> Term:
    if binding["type"] == "uri":
        return Term("iri", binding["value"])
    if binding["type"] == "bnode":
        return Term("blank", binding["value"])
    return literal(binding["value"], lang=binding.get("xml:lang"), datatype=binding.get("datatype"))
