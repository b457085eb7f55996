"""What the things in the rows of an answer are called: code and labels, asked of the store for all of them in one batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mandategraph.rdf import namespaces
from mandategraph.store.base import Store, Term
from mandategraph.store.internal_query import ask

_CODE = "0"
_GRAPHS = (namespaces.graph("register"), namespaces.graph("ontology"))
"""Where names are looked for first; a thing that only a document knows has its label in the graph of the document."""


@dataclass(slots=True)
class Designation:
    """The code of a thing, where it has one, and its labels by language."""

    code: str | None = None
    labels: dict[str, str] = field(default_factory=dict)


def names_of(store: Store, things: Iterable[str]) -> dict[str, Designation]:
    """The names of things, by IRI; a thing that has none is left out. Where the graphs give several, those of the register
    come first, then those of the ontology, and `skos:prefLabel` before `rdfs:label`.

    Raises UsageError for what is no IRI, StoreError when the store fails.
    """
    found: dict[str, Designation] = {}
    for row in sorted(ask(store, "query/names-of-things", things), key=_order):
        names, text = found.setdefault(row["thing"].value, Designation()), row["text"]
        if row["rank"].value == _CODE:
            names.code = names.code or text.value
        else:
            names.labels.setdefault(text.lang or "", text.value)
    return found


def _order(row: Mapping[str, Term]) -> tuple[int, str, str, str]:
    graph = row["graph"].value
    return _GRAPHS.index(graph) if graph in _GRAPHS else len(_GRAPHS), graph, row["rank"].value, row["text"].value
