"""Values that a user gives to a parameter, made into terms: never pasted as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from mandategraph.lookup.resolver import Resolver
from mandategraph.model import codes
from mandategraph.query.catalogue import CONCEPT_TYPE, Parameter, StoredQuery
from mandategraph.rdf import namespaces
from mandategraph.store.base import XSD, Store, Term, iri, literal
from mandategraph.store.internal_query import ask
from mandategraph.system.errors import MandategraphError, NotFound, UsageError

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")


def terms(
    query: StoredQuery, given: Mapping[str, Sequence[str]], store: Store, resolver: Callable[[], Resolver]
) -> dict[str, list[Term]]:
    """The terms for all given parameters. ``resolver`` is called only when a thing must be looked up.

    Raises UsageError for an unknown parameter or a wrong value, NotFound for an unknown code.
    """
    for name in given:
        if name not in query.parameters:
            known = ", ".join(query.parameters) or "none"
            raise UsageError(f"the query {query.name} has no parameter '{name}'.", None, f"It takes: {known}.")
    return {
        name: list(dict.fromkeys(_term(text, query.parameters[name], store, resolver) for text in texts))
        for name, texts in given.items()
    }


def _term(text: str, parameter: Parameter, store: Store, resolver: Callable[[], Resolver]) -> Term:
    try:
        if parameter.type == "string":
            return literal(text)
        if parameter.type == "integer":
            return _integer(text)
        if parameter.type == "date":
            return _date(text)
        if parameter.type == CONCEPT_TYPE:
            return _concept(text, parameter, store)
        return _entity(text, parameter, resolver())
    except MandategraphError as error:
        error.where = error.where or f"parameter {parameter.name}"
        raise


def _integer(text: str) -> Term:
    if not _WHOLE_NUMBER.fullmatch(text.strip()):
        raise UsageError(f"'{text}' is not a whole number.")
    return literal(str(int(text)), datatype=XSD + "integer")


def _date(text: str) -> Term:
    try:
        return literal(date.fromisoformat(text.strip()).isoformat(), datatype=XSD + "date")
    except ValueError:
        raise UsageError(f"'{text}' is not a date.", None, "Write it as 2020-05-25.") from None


def _entity(text: str, parameter: Parameter, resolver: Resolver) -> Term:
    whole = _as_iri(text)
    if whole and namespaces.kind_of(whole) in parameter.kinds:
        legal = {candidate.iri for candidate in resolver.legal(parameter.kinds)}
        if whole in legal:
            return iri(whole)
        raise NotFound(f"nothing in the graph has the IRI {whole}.")
    return iri(resolver.one(text, parameter.kinds).iri)


def _as_iri(text: str) -> str | None:
    bare = text.strip().removeprefix("<").removesuffix(">")
    if bare.startswith((namespaces.THINGS, namespaces.ONTOLOGY, namespaces.VALUES)):
        return bare
    prefix, mark, _ = bare.partition(":")
    if mark and prefix in namespaces.prefixes():
        return namespaces.expand(bare)
    return None


def _concept(text: str, parameter: Parameter, store: Store) -> Term:
    """A term of the vocabulary that the parameter's legal values, or else its example, are of: one of another would make a
    question without sense."""
    legal = parameter.legal if isinstance(parameter.legal, tuple) else ()
    known = [namespaces.VALUES + name for name in (*legal, parameter.example)]
    found = [
        (row["concept"].value, row["value"].value) for row in ask(store, "query/concepts-of-the-same-scheme", known)
    ]
    whole = _as_iri(text)
    wanted = codes.key(text)
    exact = {
        concept
        for concept, value in found
        if concept == whole or codes.key(value) == wanted or codes.key(namespaces.compact(concept)) == wanted
    }
    if len(exact) == 1:
        return iri(exact.pop())
    names = sorted({namespaces.compact(concept) for concept, _ in found})
    if exact:
        listed = " or ".join(sorted(namespaces.compact(concept) for concept in exact))
        raise UsageError(f"'{text}' may mean {listed}.", None, "Name one of them.")
    from rapidfuzz import process

    near = [name for name, _, _ in process.extract(text, names, score_cutoff=60, limit=3)]
    hint = None if near else f"There are: {', '.join(names)}."
    raise NotFound(f"no term '{text}' in the vocabulary of '{parameter.example}'.", hint=hint, nearest=near)
