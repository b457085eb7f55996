"""What a file gives, told by its content.

Records that others publish go through `intake`, RDF is taken as it is, record files as `extract` writes them are read
back, and everything else is read as a document, as `extract` reads it. A folder of drafts is one thing: its records with
a person's review of each.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mandategraph.intake.files import ReadOptions
    from mandategraph.intake.release import ParsedSource
    from mandategraph.model.records import Extraction


def take_any(path: Path, asked: ReadOptions) -> list[ParsedSource]:
    """What a file, or a folder of drafts, gives, for each source that it holds.

    Raises:
        InputError: it is missing, cut short or not understood.
    """
    from mandategraph.intake.files import form_of, take_file
    from mandategraph.intake.register_index import Known
    from mandategraph.model.register import shipped_register

    if path.is_dir():
        return _drafts(path)
    if asked.kind is None:
        form = form_of(path)
        if form == "json" and (found := _record_file(path)):
            return [found]
        if form == "text" or _is_page(path):
            return [_document(path)]
    return take_file(path, asked, Known(shipped_register()))


def _is_page(path: Path) -> bool:
    """Whether XML is a page to be read, and no feed of records."""
    with path.open("rb") as file:
        return b"<html" in file.read(4096).lower()


def _record_file(path: Path) -> ParsedSource | None:
    """A record file of ours, as `extract` writes it."""
    from mandategraph.intake.release import ParsedSource
    from mandategraph.intake.rows import decode, read_bytes
    from mandategraph.model.record_files import load

    text = decode(read_bytes(path), path.name)
    if not text.lstrip().startswith('{\n"document":'):
        return None
    return ParsedSource("document", load(text, path.name), whole=True)


def _drafts(folder: Path) -> list[ParsedSource]:
    """The drafts of a folder, each as reviewed."""
    from mandategraph.extract.drafts.folders import drafts_in
    from mandategraph.intake.release import ParsedSource
    from mandategraph.intake.slots import Audit

    return [
        ParsedSource("document", extraction, Audit(remarks=[*notices, *_not_understood(extraction)]), whole=True)
        for extraction, notices in drafts_in(folder)
    ]


def _not_understood(extraction: Extraction) -> list[str]:
    return [f"line {one.line}: {one.place}: not understood: {one.quote}" for one in extraction.not_understood]


def _document(path: Path) -> ParsedSource:
    """A document: a shipped source by the reader that knows its shape, any other as the draft that `extract` makes."""
    from mandategraph.extract.drafts.draft import read_document
    from mandategraph.intake.release import ParsedSource
    from mandategraph.intake.slots import Audit
    from mandategraph.model.sources import check_expectations
    from mandategraph.read.formats.detect import render_bytes
    from mandategraph.read.formats.limits import read_bytes, time_limit

    with time_limit(str(path)):
        data = read_bytes(path)
        rendered = render_bytes(data, str(path))
        extraction = read_document(rendered, data)
    check_expectations(extraction, str(path))
    return ParsedSource(
        "document", extraction, Audit(remarks=[*rendered.notices, *_not_understood(extraction)]), whole=True
    )
