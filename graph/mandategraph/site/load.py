"""Asking the store for all that the site shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from mandategraph.analysis.network import Network
from mandategraph.analysis.question_service import QuestionService
from mandategraph.answers.answer import Answer
from mandategraph.answers.description import Profile
from mandategraph.lookup.describe import profiles
from mandategraph.lookup.resolver import Resolver
from mandategraph.site import addresses
from mandategraph.site.content import Content, Thing
from mandategraph.store.base import Store
from mandategraph.store.embedded import copied
from mandategraph.system.errors import NotFound, UsageError

_NUMBERS = re.compile(r"(\d+)")
# Kinds of things that people know by their published codes, and not by their names.
_CODED = ("meeting", "body", "document", "agenda-item")


def gather(asked: Store) -> Content:
    """Everything: all things with their profiles, the network of meetings, the answers to all questions.

    Raises StoreError when the store fails.
    """
    store = copied(asked)  # the questions alone are a hundred queries
    known = {candidate.iri: candidate.code for candidate in Resolver.of(store).legal(())}
    found = {profile.iri: profile for profile in profiles(known, store)}
    paths = addresses.paths(found)
    things = (_thing(profile, paths[iri]) for iri, profile in found.items())
    ordered = {thing.iri: thing for thing in sorted(things, key=_order)}
    return Content(ordered, found, Network(store), tuple(_answers(QuestionService(store))))


def _answers(asked: QuestionService) -> Iterator[Answer]:
    """The answers to all questions but those that name something which this graph does not know, or did not know then,
    or knows several of."""
    for identifier in asked.ids():
        with suppress(NotFound, UsageError):
            yield asked.answer(identifier, named_only=True)


def natural(code: str) -> list[tuple[int, str]]:
    """Order of codes in which item 2 comes before item 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(code)]


def _thing(profile: Profile, path: str) -> Thing:
    kind, code = addresses.kind_of(profile.iri), profile.name.value or ""
    published = kind in _CODED and any(fact.property.value == "identifier" for fact in profile.facts)
    return Thing(profile.iri, kind, profile.kind, code, profile.name, path, published)


def _order(thing: Thing) -> tuple[str, list[tuple[int, str]], str]:
    return (thing.kind, natural(thing.code), thing.iri)
