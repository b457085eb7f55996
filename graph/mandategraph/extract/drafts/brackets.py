"""Square brackets: text that is not agreed, part by part. A whole part in brackets, or some words of it."""

from __future__ import annotations

import re

from mandategraph.extract.drafts.passage import CODE, Draft, Passage
from mandategraph.model.paragraph_records import TextStatusRecord

_KINDS = (
    "OperativeParagraph",
    "Paragraph",
    "SubParagraph",
    "Item",
    "PreambularParagraph",
    "Title",
    "Section",
    "TableCell",
)
# A figure of up to three digits may be the mark of a note; years, percentages and quantities are text.
_INSIDE = re.compile(r"\[(?!\^)([^\[\]]*(?:[A-Za-zÀ-ÿ\u4e00-\u9fff%]|\d{4})[^\[\]]*)\]?")
_NOT_TEXT = re.compile(r"^(?:https?:|www\.|see|voir|véase|sic|…|\.\.\.|footnote)|^[^\]]{1,60}\]\(", re.IGNORECASE)


def read_brackets(draft: Draft) -> None:
    """Keep one statement for each part that has text in brackets, with each of its bracketed runs as evidence."""
    for part in draft.tree.of_kind(*_KINDS):
        passage = Passage(part)
        runs = [match for match in _INSIDE.finditer(passage.text) if not _NOT_TEXT.match(match[1])]
        if runs:
            evidence = tuple(one for match in runs for one in passage.evidence(match.start(), match.end()))
            record = TextStatusRecord(f"{part.path}.brackets", part.path, "bracketed", evidence)
            draft.add("statuses", record, status=(CODE, "square brackets"))
