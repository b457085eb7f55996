"""Agenda items: what an annotated agenda lists, with the meeting on whose agenda each stands."""

from __future__ import annotations

import re

from mandategraph.extract.drafts.passage import NAME, Draft, Passage
from mandategraph.model.event_records import TreatmentRecord
from mandategraph.model.records import DocumentRecord
from mandategraph.model.references import Ref
from mandategraph.read.text import quote

_PATH = re.compile(r"(?:^|\.)agenda-item-(\d{1,2})$")


def read_agenda(draft: Draft, document: DocumentRecord) -> None:
    """Keep the items of an agenda as what its meeting is to deal with. Only of an agenda: elsewhere they are headings."""
    meeting = document.for_meeting
    if document.genre != "agenda" or not meeting:
        return
    for part in draft.tree.of_kind("Section"):
        match = _PATH.search(part.path)
        if not match or not part.text:
            continue
        passage = Passage(part)
        record = TreatmentRecord(
            part.path, meeting, f"agenda-item:{Ref(meeting).code}.{match[1]}", quote(part.text),
            passage.evidence(0, len(passage.text)),
        )  # fmt: skip
        draft.add("treatments", record, subject=(NAME, "a numbered item of the agenda"))
