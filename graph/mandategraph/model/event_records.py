"""Records of events and of what was done with documents: on what, to prepare what, and what came of it.

Part of `model`, which names them all; kept apart because a note on events says other things than a table of meetings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mandategraph.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class TreatmentRecord:
    """A meeting dealt with something: `subject` is an agenda item of some meeting, or an element.

    `manner` is covered, or prioritised where the text says that the meeting put it first.
    """

    id: str
    meeting: str
    subject: str
    as_written: str
    evidence: tuple[Evidence, ...]
    manner: str = "covered"
    basis: str = "explicit"
    note: str = ""


@dataclass(frozen=True, slots=True)
class PreparationRecord:
    """A meeting was held to prepare another one."""

    id: str
    meeting: str
    prepares: str
    evidence: tuple[Evidence, ...]
    basis: str = "explicit"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceRecord:
    """The text points to a page or document about a thing.

    `address` is in pieces to be joined: an address may be longer than anything else that is kept of a source.
    """

    id: str
    thing: str
    evidence: tuple[Evidence, ...]
    address: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True, slots=True)
class StatedChangeRecord:
    """The text itself says that a meeting was put off, moved or replaced; the reason only where it gives one."""

    id: str
    meeting: str
    kind: str
    evidence: tuple[Evidence, ...]
    by: str = ""
    reason_en: str = ""
    reason_zh: str = ""


@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """A document was written, published or launched. `asked_by` are documents, meetings or bodies that asked for it,
    `follows` the clauses on which it follows up."""

    id: str
    document: str
    evidence: tuple[Evidence, ...]
    on: date | None = None
    launched_at: str = ""
    submitted_to: str = ""
    asked_by: tuple[str, ...] = ()
    basis: str = "explicit"
    note: str = ""
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequirementRecord:
    """What the document reports that another one, a meeting or a body asked for; the task in words of ours.

    `partners` are those together with whom it was to be done.
    """

    id: str
    authority: str
    verb: str
    task_en: str
    task_zh: str
    evidence: tuple[Evidence, ...]
    addressees: tuple[str, ...] = ()
    document: str = ""
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemarkRecord:
    """What the document says of a thing beside the rest, in words of ours. `topic` is contents, theme, outcome, ..."""

    id: str
    thing: str
    topic: str
    en: str
    zh: str
    evidence: tuple[Evidence, ...]
