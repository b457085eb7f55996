"""Words that a document uses in a sense of its own: as written and as meant, with the reason, from its errata.

Where the words are a list and their meanings a list as long (``目标、指标、…``), each stands for the one beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.answers.answer import Cell
from mandategraph.lookup import labels
from mandategraph.messages import gettext, text_of
from mandategraph.model import codes
from mandategraph.store.base import Store
from mandategraph.store.internal_query import ask

_ITEMS = re.compile(r"[、,;，；]|和|\band\b")


@dataclass(frozen=True, slots=True)
class Term:
    """A word in one place: what is meant by it there, why, and where."""

    meant: str
    ground: Cell
    place: Cell


def of(text: str, store: Store) -> list[Term]:
    """What the word means in the places that use it in a sense of their own, in the order of the documents."""
    key = codes.key(text)
    found: dict[tuple[str, int, str], dict[str, tuple[str, Cell, str]]] = {}
    for row in ask(store, "lookup/errata"):
        meant = _meant(key, row["written"].value, row["meant"].value)
        if meant:
            order = (row["document"].value, int(row["line"].value), row["erratum"].value)
            found.setdefault(order, {})[row["reason"].lang or ""] = (meant, labels.place(row), row["reason"].value)
    return [_term(told) for _, told in sorted(found.items())]


def _term(told: dict[str, tuple[str, Cell, str]]) -> Term:
    meant, place, _ = next(iter(told.values()))
    reason = text_of({language: why for language, (_, _, why) in told.items()})
    ground = gettext("as written there; meant: {meant} ({reason})", meant=meant, reason=reason)
    return Term(meant, Cell("as meant", ground), place)


def _meant(key: str, written: str, meant: str) -> str | None:
    if codes.key(written) == key:
        return meant
    items, meanings = _split(written), _split(meant)
    if len(items) == len(meanings) and len(items) > 1:
        for item, meaning in zip(items, meanings, strict=True):
            if codes.key(item) == key and codes.key(meaning) != key:
                return meaning
    return None


def _split(text: str) -> list[str]:
    return [part.strip() for part in _ITEMS.split(text) if part.strip()]
