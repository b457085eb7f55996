"""Records of events and of what was done with documents: on what, to prepare what, and what came of it.

Kept apart because a note on events says other things than a table of meetings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from mandategraph.messages import gettext
from mandategraph.model.statements import (
    Address,
    AsWritten,
    Basis,
    Concept,
    Id,
    Note,
    Plain,
    Proofs,
    Thing,
    Words,
    kind,
)


@kind("treatment", "Treatment", rank=1)
@dataclass(frozen=True, slots=True)
class TreatmentRecord:
    """A meeting dealt with something: `subject` is an agenda item of some meeting, or an element.

    `manner` is covered, or prioritised where the text says that the meeting put it first.
    """

    id: Id
    meeting: Annotated[str, Thing("treatedAt", gettext("Topics and agenda items"))]
    subject: Annotated[
        str,
        Thing(
            "concerns",
            gettext("Where it is dealt with"),
            instead={"agenda-item": ("treatedItem", gettext("Where this agenda item is dealt with"))},
        ),
    ]
    as_written: AsWritten
    evidence: Proofs
    manner: Annotated[str, Concept("manner")] = "covered"
    basis: Basis = "explicit"
    note: Note = ""


@kind("preparation", "Preparation", rank=1)
@dataclass(frozen=True, slots=True)
class PreparationRecord:
    """A meeting was held to prepare another one."""

    id: Id
    meeting: Annotated[str, Thing("preparedBy", gettext("What it prepares"))]
    prepares: Annotated[str, Thing("prepares", gettext("Events that prepare it"))]
    evidence: Proofs
    basis: Basis = "explicit"
    note: Note = ""


@kind("reference", "Reference", rank=1)
@dataclass(frozen=True, slots=True)
class ReferenceRecord:
    """The text points to a page or document about a thing.

    `address` is in pieces to be joined: an address may be longer than anything else that is kept of a source.
    """

    id: Id
    thing: Annotated[str, Thing("refersOn", gettext("Web addresses and references given for it"))]
    evidence: Proofs
    address: Annotated[tuple[str, ...], Address("address")] = ()
    document: Annotated[str, Thing("cites", gettext("Where it is cited"))] = ""


@kind("stated-change", "StatedChange", rank=1)
@dataclass(frozen=True, slots=True)
class StatedChangeRecord:
    """The text itself says that a meeting was put off, moved or replaced; the reason only where it gives one."""

    id: Id
    meeting: Annotated[str, Thing("changed", gettext("Changes that a document tells of"))]
    kind: Annotated[str, Concept("statedKind")]
    evidence: Proofs
    by: Annotated[str, Thing("replacedBy", gettext("In place of what it came"))] = ""
    reason_en: Annotated[str, Words("reason", "en")] = ""
    reason_zh: Annotated[str, Words("reason", "zh")] = ""


@kind("publication", "Publication", rank=1)
@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """A document was written, published or launched. `asked_by` are documents, meetings or bodies that asked for it,
    `follows` the clauses on which it follows up."""

    id: Id
    document: Annotated[str, Thing("published", gettext("Publication and launch"))]
    evidence: Proofs
    on: Annotated[date | None, Plain("publishedOn")] = None
    launched_at: Annotated[str, Thing("launchedAt", gettext("Publications launched here"))] = ""
    submitted_to: Annotated[str, Thing("submittedTo", gettext("Publications submitted to it"))] = ""
    asked_by: Annotated[tuple[str, ...], Thing("askedForBy", gettext("Publications it asked for"))] = ()
    basis: Basis = "explicit"
    note: Note = ""
    follows: Annotated[tuple[str, ...], Thing("followsUp")] = ()


@kind("requirement", "Requirement", rank=1)
@dataclass(frozen=True, slots=True)
class RequirementRecord:
    """What the document reports that another one, a meeting or a body asked for; the task in words of ours.

    `partners` are those together with whom it was to be done.
    """

    id: Id
    authority: Annotated[str, Thing("requiredBy", gettext("What it asks for, as a document reports"))]
    verb: Annotated[str, Concept("requirementVerb")]
    task_en: Annotated[str, Words("requirementText", "en")]
    task_zh: Annotated[str, Words("requirementText", "zh")]
    evidence: Proofs
    addressees: Annotated[
        tuple[str, ...], Thing("requiredOf", gettext("What is asked of it, as a document reports"))
    ] = ()
    document: Annotated[str, Thing("requiredDocument", gettext("Who asks for it, as a document reports"))] = ""
    partners: Annotated[
        tuple[str, ...],
        Thing(
            "inCooperationWith",
            gettext("To be done in cooperation with it, as a document reports"),
        ),
    ] = ()


@kind("remark", "Remark", rank=1)
@dataclass(frozen=True, slots=True)
class RemarkRecord:
    """What the document says of a thing beside the rest, in words of ours. `topic` is contents, theme, outcome, ..."""

    id: Id
    thing: Annotated[str, Thing("remarkOn", gettext("Remarks on it"))]
    topic: Annotated[str, Concept("topic", "about-{}")]
    en: Annotated[str, Words("remarkText", "en")]
    zh: Annotated[str, Words("remarkText", "zh")]
    evidence: Proofs
