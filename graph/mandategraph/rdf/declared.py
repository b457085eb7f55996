"""The terms that the ontology declares, so that a name which it does not have is known where it is written."""

from __future__ import annotations

import difflib
from functools import cache
from typing import Literal

import pyoxigraph as ox

from mandategraph.rdf import namespaces
from mandategraph.system import resources
from mandategraph.system.errors import InternalFault, did_you_mean

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_OWL = "http://www.w3.org/2002/07/owl#"
_CLASSES = {_OWL + "Class"}
_PROPERTIES = {_OWL + "ObjectProperty", _OWL + "DatatypeProperty"}


@cache
def declared() -> dict[str, frozenset[str]]:
    """The local names of our terms by what they are: `class` and `property`."""
    found: dict[str, set[str]] = {"class": set(), "property": set()}
    for file in resources.ontology_files():
        for triple in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
            subject, value = triple.subject, triple.object
            if triple.predicate.value != _TYPE or not isinstance(subject, ox.NamedNode):
                continue
            if subject.value.startswith(namespaces.ONTOLOGY) and isinstance(value, ox.NamedNode):
                name = subject.value.removeprefix(namespaces.ONTOLOGY)
                found["class"] |= {name} if value.value in _CLASSES else set()
                found["property"] |= {name} if value.value in _PROPERTIES else set()
    return {what: frozenset(names) for what, names in found.items()}


def require(what: Literal["class", "property"], name: str) -> None:
    """Make sure that the ontology declares a term of ours; one of another vocabulary (`dcterms__date`) may be any.

    Raises:
        InternalFault: it does not; names the nearest that it has.
    """
    if ":" in name or "__" in name or name in declared()[what]:
        return
    near = difflib.get_close_matches(name, sorted(declared()[what]), 3)
    raise InternalFault(f"the ontology has no {what} {name}.", "ontology", did_you_mean(near))
