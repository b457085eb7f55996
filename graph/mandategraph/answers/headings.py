"""The headings under which statements about a thing stand, in the words that a reader expects."""

from __future__ import annotations

from itertools import groupby

from mandategraph.answers.description import DescribedStatement, Profile
from mandategraph.answers.grid import Layout
from mandategraph.messages import gettext
from mandategraph.model.curated import Curated
from mandategraph.model.records import Extraction
from mandategraph.model.statements import headings
from mandategraph.model.statements import sections as record_classes

HEADINGS = headings(*record_classes(Extraction).values(), *record_classes(Curated).values())
"""By class of statement and property (as what the thing stands in it): the heading."""


def heading(told: DescribedStatement, layout: Layout) -> str:
    """The heading of a statement, in the reader's language; made of its kind and role where none is known."""
    known = HEADINGS.get((told.kind.value or "", told.role.value or ""))
    if known:
        return layout.words(known)
    kind, role = (cell.label(layout.languages) or cell.value for cell in (told.kind, told.role))
    return layout.words(gettext("{kind} ({role})", kind=kind, role=role))


def sections(profile: Profile, layout: Layout) -> list[tuple[str, list[DescribedStatement]]]:
    """The statements about a thing, under the heading of each kind, in their order."""
    grouped = groupby(profile.told, key=lambda told: heading(told, layout))
    return [(title, list(items)) for title, items in grouped]
