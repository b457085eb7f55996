"""A whole document of any kind: lines with marks become a tree, the tree becomes draft records."""

from __future__ import annotations

from collections.abc import Iterable

from mandategraph.extract.document import extract, handle_of
from mandategraph.extract.drafts.acts import Acts
from mandategraph.extract.drafts.agenda import read_agenda
from mandategraph.extract.drafts.brackets import read_brackets
from mandategraph.extract.drafts.citing import read_citations
from mandategraph.extract.drafts.events import Events
from mandategraph.extract.drafts.heading import Heading, HeadingReader
from mandategraph.extract.drafts.heading_records import document_record, meeting_records, own_body
from mandategraph.extract.drafts.naming import naming
from mandategraph.extract.drafts.passage import CODE, NAME, POSITION, Draft
from mandategraph.extract.drafts.shorts import shorts_of
from mandategraph.extract.drafts.spelled import read_spellings
from mandategraph.extract.drafts.tables import Tables
from mandategraph.extract.drafts.tasks import Tasks
from mandategraph.extract.drafts.wording import language_of
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import ConfidenceRecord, DocumentRecord, Extraction, PartRecord, RepairRecord
from mandategraph.model.register import shipped_register
from mandategraph.model.sources import source_notes
from mandategraph.read.heads import IN_RECORDS
from mandategraph.read.outline import read_outline
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.rendered import NOTE, Rendered
from mandategraph.read.text import SourceText, fold, quote
from mandategraph.system.errors import InputError

_HEAD = 40
_QUOTED = {"TableCell", "HeadingBlock", "Title", "Section", "Annex", "Table"}
"""Kinds of part whose words are names or labels; other parts keep only a digest of theirs."""


def read_document(rendered: Rendered, data: bytes) -> Extraction:
    """Records of a document: of a shipped source by the strict reader that knows its shape, of any other as a draft.

    Raises:
        InputError: it has no text, is in none of our languages, or is a shipped source that breaks off.
    """
    if rendered.format == "text" and _is_shipped(rendered):
        return extract(SourceText.from_bytes(data, rendered.name), shipped_register())
    return draft_of(rendered)


def _is_shipped(rendered: Rendered) -> bool:
    """Whether a text begins with the symbol of a shipped source, or with its title where it prints no symbol."""
    head = [fold(line.text) for line in rendered.lines[:_HEAD]]
    for note in source_notes():
        known = shipped_register().get(f"document:{note.symbol}")
        title = fold(known.zh) if known and not known.published else ""
        if note.symbol in head or (title and title in head):
            return True
    return False


def draft_of(rendered: Rendered) -> Extraction:
    """Draft records of a document.

    Raises:
        InputError: it has no text, or is in none of our languages.
    """
    text = " ".join(line.text for line in rendered.lines if line.kind != NOTE)
    language = language_of(text)
    if not language:
        raise InputError(
            "is in none of the languages that we read (Chinese, English, French, Spanish)", file=rendered.name,
            hint="give it in one of them",
        )  # fmt: skip
    tree = read_outline(rendered)
    found = HeadingReader(tree, naming(language)).read()
    document = document_record(found, tree, naming(language), language, text)
    draft = Draft(
        tree, naming(language), handle_of(document.symbol), shorts=shorts_of(tree, naming(language), own_body(found))
    )
    _heading(draft, found, document)
    Acts(draft, document).read()
    Tasks(draft, document).read()
    Tables(draft, "planned", document.date).read()
    Events(draft, "planned", document.date).read()
    read_agenda(draft, document)
    read_brackets(draft)
    read_citations(draft, document.symbol)
    read_spellings(draft)
    for place, line, words in tree.unknown:
        draft.unknown((Evidence(place, line, quote(words)),))
    return _extraction(draft, document, rendered)


def _heading(draft: Draft, found: Heading, document: DocumentRecord) -> None:
    meeting, schedule = meeting_records(found, draft.tree, document, draft.naming)
    if meeting:
        draft.add("meetings", meeting, id=(NAME if meeting.body else POSITION, "the heading block"))
    if schedule:
        draft.add("schedules", schedule, when=(NAME, "the heading block"), places=(NAME, "the heading block"))
    rules = {
        "symbol": CODE, "date": CODE, "language": CODE, "original_language": CODE, "title": POSITION, "author": NAME,
        "agenda_item": CODE, "body": NAME,
    }  # fmt: skip
    for name, hundredths in rules.items():
        if getattr(document, name):
            sure, rule = (hundredths, "the heading block") if name in found.said else (POSITION, "the text as a whole")
            draft.confidences.append(ConfidenceRecord("document", name, sure, rule))


def _extraction(draft: Draft, document: DocumentRecord, rendered: Rendered) -> Extraction:
    tree = draft.tree
    repairs = sorted(
        (RepairRecord(r.kind, r.line, r.place, r.detail) for r in tree.repairs), key=lambda r: (r.line, r.kind)
    )
    sections = (
        "meetings", "schedules", "classifications", "elements", "mandates", "contributions", "names", "clauses", "deadlines",
        "statuses", "citations", "cited_parts", "treatments",
    )  # fmt: skip
    return Extraction(
        document, tuple(_parts(tree, rendered)), tuple(repairs), **{name: draft.of(name) for name in sections},
        not_understood=tuple(draft.not_understood), confidences=tuple(draft.confidences),
    )  # fmt: skip


def _parts(tree: DocumentTree, rendered: Rendered) -> Iterable[PartRecord]:
    last = _last_lines(tree)
    for part in tree.parts.values():
        line = rendered.lines[part.first - 1]
        words = quote(part.text) if part.kind in _QUOTED and not _is_long(part) else ""
        yield PartRecord(
            part.path, part.kind, part.number, part.parent, part.first, last[part.path], part.cite, part.cite_zh,
            part.digest, IN_RECORDS.get(part.column, part.column), words, tuple(part.marks), line.locator,
        )  # fmt: skip


def _last_lines(tree: DocumentTree) -> dict[str, int]:
    """The last line of each part, its sub-parts included; those stand after it in the tree."""
    last = {path: part.last for path, part in tree.parts.items()}
    for part in reversed(tree.parts.values()):
        if part.parent:
            last[part.parent] = max(last[part.parent], last[part.path])
    return last


def _is_long(part: Part) -> bool:
    """A cell of running sentences keeps only a digest, as a paragraph does."""
    return part.kind == "TableCell" and len(part.text) > 200
