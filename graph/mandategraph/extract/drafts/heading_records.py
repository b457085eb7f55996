"""From what a heading block says to records: the document, its genre, and the meeting with its time and place."""

from __future__ import annotations

import re
from hashlib import sha256

from mandategraph.extract.document import handle_of
from mandategraph.extract.drafts.heading import Heading
from mandategraph.extract.drafts.naming import Naming
from mandategraph.extract.drafts.places import read_place
from mandategraph.extract.drafts.wording import level
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import DocumentRecord, MeetingRecord, ScheduleRecord
from mandategraph.model.references import Ref
from mandategraph.read.parts import DocumentTree
from mandategraph.read.text import quote


def genre_of(found: Heading, tree: DocumentTree, naming: Naming) -> str:
    """Decision or recommendation by its symbol, its adoption or its opening words; the others by their titles."""
    heading = naming.words.heading
    lines = [level(raw).strip() for _, raw in tree.parts["heading"].pieces] if "heading" in tree.parts else []
    lines.append(level(found.title))
    if "/REC/" in found.symbol:
        return "recommendation"
    if "/DEC/" in found.symbol or found.adopted or "opening" in tree.parts:
        return "decision"
    if found.notification:
        return "notification"
    if any(heading["agenda"].search(line) for line in lines if not heading["item"].match(line)):
        return "agenda"
    if any(heading["report"].search(line) for line in lines):
        return "report"
    return "note" if "author" in found.said else "document"


def own_body(found: Heading) -> dict[str, Evidence]:
    """The body whose document this is, as the block says, and where."""
    known = re.fullmatch(r"meeting:(.+)-\d+", found.meeting)
    for name, body in (("body", found.body), ("meeting", f"body:{known[1]}" if known else "")):
        if body and name in found.said:
            line, words = found.said[name]
            return {body: Evidence("heading", line, quote(words))}
    return {}


def meeting_of(found: Heading, handle: str, naming: Naming) -> str:
    """The meeting of the block: by name, by body and number, or by its place where the register has no such body."""
    if found.meeting:
        return found.meeting
    if found.body and found.ordinal:
        return naming.namer.registered(f"meeting:{Ref(found.body).code}-{found.ordinal}")
    return f"meeting:{handle}.heading" if found.body_written and found.ordinal else ""


def document_record(
    found: Heading, tree: DocumentTree, naming: Naming, language: str, digest: str
) -> DocumentRecord:  # fmt: skip
    """The record of the document. One without a symbol is known by its title and a digest of its words."""
    published = bool(found.symbol)
    words = re.sub(r"[^A-Za-z0-9]+", "-", found.title).strip("-")[:40].strip("-")
    symbol = found.symbol or "-".join(filter(None, (words, sha256(digest.encode()).hexdigest()[:8])))
    meeting = meeting_of(found, handle_of(symbol), naming)
    genre = genre_of(found, tree, naming)
    adopted = genre in ("decision", "recommendation", "report")
    return DocumentRecord(
        symbol, quote(found.title), found.day, found.language or language, found.original, meeting if adopted else "",
        evidence_of(found, tree, "symbol", "title", "date"), tree.line_count, published, found.author, genre, found.body,
        "" if adopted else meeting, found.item,
    )  # fmt: skip


def evidence_of(found: Heading, tree: DocumentTree, *names: str) -> tuple[Evidence, ...]:
    """What facts of the block rest on; the first part of the document where they rest on nothing."""
    proofs = []
    for name in names:
        if name in found.said:
            line, words = found.said[name]
            proofs.append(
                Evidence("title" if name == "title" and "title" in tree.parts else "heading", line, quote(words))
            )
    if proofs:
        return tuple(proofs)
    first = next(iter(tree.parts.values()))
    return (Evidence(first.path, first.first, ""),)


def meeting_records(
    found: Heading, tree: DocumentTree, document: DocumentRecord, naming: Naming
) -> tuple[MeetingRecord | None, ScheduleRecord | None]:
    """The meeting of the block and when and where it is or was held, as far as the block says."""
    ref = document.meeting or document.for_meeting
    if not ref:
        return None, None
    known = re.fullmatch(r"meeting:(.+)-(\d+)", ref)
    body = found.body or (f"body:{known[1]}" if known and found.meeting else "")
    ordinal = found.ordinal or (int(known[2]) if known and found.meeting else 0)
    where = "meeting" if "meeting" in found.said else "ordinal" if "ordinal" in found.said else "body"
    line, words = found.said[where]
    written = found.body_written if where == "ordinal" and found.body_written else words
    proof = Evidence("heading", line, quote(words))
    meeting = MeetingRecord(ref, quote(written), (proof,), body, ordinal if body else 0, (), "", "heading")
    if not found.held:
        return meeting, None
    line, words = found.said["held"]
    rest = words[: found.held.start] + " " + words[found.held.end :]
    place = read_place(rest, naming)
    when = found.held.when
    held = bool(document.meeting) or bool(document.date and when.latest and document.date > when.latest)
    status = "given" if place.refs else "to-be-determined" if place.undetermined else "not-stated"
    schedule = ScheduleRecord(
        "heading", ref, "held" if held else "planned", when, quote(words), (Evidence("heading", line, quote(words)),),
        place.refs, status, place.mode,
    )  # fmt: skip
    return meeting, schedule
