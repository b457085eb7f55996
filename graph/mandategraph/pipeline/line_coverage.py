"""The receipt of a source: every line of it, and what the graph made of the line.

A line holds facts (some statement rests on it), is structure (a heading, a lead, a head of a table), page furniture, or
blank; of any other line a person must have said in `left_out` why nothing was made of it. The receipt carries names of
statements and parts, never words of the source, and lies beside the records as `lines.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from mandategraph.answers.answer import Answer, Cell, Column
from mandategraph.extract.document import extract
from mandategraph.messages import gettext
from mandategraph.model.curated import Curated
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import Extraction
from mandategraph.model.register import Register
from mandategraph.read.parts import DocumentTree
from mandategraph.read.structure import read_structure
from mandategraph.read.text import SourceText
from mandategraph.system.errors import NotFound
from mandategraph.system.resources import record_sources

RECEIPT = "lines.tsv"
HEAD = ("line", "use", "what")
_STRUCTURE = ("HeadingBlock", "Title", "Opening", "Annex", "Section", "SectionGroup", "Table", "TableHead")
_MENTIONS = ("names", "citations")
"""Sections of records that tell only that something is named; a line with nothing else is not yet made use of."""


@dataclass(frozen=True)
class LineUse:
    """One line of a source. `use` is facts, structure, furniture, blank, left-out or unexplained."""

    number: int
    use: str
    what: str


def line_uses(source: SourceText, register: Register, curated: Curated) -> list[LineUse]:
    """What was made of each line of a document.

    Raises:
        InputError: the document cannot be read.
    """
    tree = read_structure(source)
    facts = _facts(extract(source, register), curated)
    structure = _structure(tree)
    reasons = {line: one.reason_en for one in curated.left_out for line in range(one.first, one.last + 1)}
    found = []
    for number, text in enumerate(source.lines, 1):
        if number in facts:
            found.append(LineUse(number, "facts", " ".join(facts[number])))
        elif number in tree.furniture:
            found.append(LineUse(number, "furniture", tree.furniture[number]))
        elif number in structure:
            found.append(LineUse(number, "structure", structure[number]))
        elif not text.strip():
            found.append(LineUse(number, "blank", ""))
        elif number in reasons:
            found.append(LineUse(number, "left-out", reasons[number]))
        else:
            found.append(LineUse(number, "unexplained", ""))
    return found


def render(uses: list[LineUse]) -> str:
    """The receipt as tab-separated values with a head."""
    rows = [HEAD, *((str(one.number), one.use, one.what) for one in uses)]
    return "".join("\t".join(row) + "\n" for row in rows)


def parse(text: str) -> list[LineUse]:
    """A receipt read back."""
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return [LineUse(int(number), use, what) for number, use, what in rows]


def shipped_receipt(name: str) -> list[LineUse]:
    """The committed receipt of a source, by the name of its folder.

    Raises:
        NotFound: no such source, or it has no receipt.
    """
    folders = {folder.name: folder.joinpath(RECEIPT) for folder in record_sources()}
    if name not in folders or not folders[name].is_file():
        known = ", ".join(sorted(key for key, file in folders.items() if file.is_file()))
        raise NotFound(f"there is no receipt of {name}", hint=f"receipts are there of {known}")
    return parse(folders[name].read_text(encoding="utf-8"))


def summary(uses: list[LineUse]) -> dict[str, int]:
    """How many lines there are of each use, by its name."""
    names = sorted({one.use for one in uses})
    return {name: sum(one.use == name for one in uses) for name in names}


def as_answer(name: str, uses: list[LineUse]) -> Answer:
    """The receipt as rows for people and programs, with how many lines there are of each use."""
    titles = {
        "line": gettext("Line"),
        "use": gettext("Use"),
        "what": gettext("What rests on it"),
    }
    columns = tuple(Column(title, words, ("value",)) for title, words in titles.items())
    rows = tuple(((Cell(str(one.number)),), (Cell(one.use),), (Cell(one.what),)) for one in uses)
    counts = ", ".join(f"{count} {use}" for use, count in summary(uses).items())
    question = gettext("What became of each line of {name}?", name=name)
    note = gettext("Lines by use: {counts}.", counts=counts)
    return Answer("", question, "coverage", {}, "answered", "explicit", note, columns, rows, ("line",))


def _facts(extraction: Extraction, curated: Curated) -> dict[int, list[str]]:
    """By line: the statements that rest on it, those that a person read among them; errata only beside others."""
    found: dict[int, list[str]] = {}
    added = [(f"curated-{name}:{one.id}", one.evidence) for name, rows in curated.statements.items() for one in rows]
    for name, proofs in [*_records(extraction), *added]:
        for line in dict.fromkeys(proof.line for proof in proofs):
            found.setdefault(line, []).append(name)
    for number, fault in enumerate(curated.errata, 1):
        if fault.line in found:
            found[fault.line].append(f"erratum:{number}")
    return {line: list(dict.fromkeys(names)) for line, names in found.items()}


def _records(extraction: Extraction) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    for section in fields(extraction):
        if section.name in _MENTIONS:
            continue
        records = getattr(extraction, section.name)
        for record in records if isinstance(records, tuple) else (records,):
            proofs = getattr(record, "evidence", ())
            identifier = getattr(record, "id", getattr(record, "symbol", ""))
            if proofs:
                yield f"{section.name}:{identifier.rpartition(':')[2]}", proofs


def _structure(tree: DocumentTree) -> dict[int, str]:
    found = {}
    for part in tree.of_kind(*_STRUCTURE):
        for line, _ in part.pieces:
            found[line] = f"{part.kind} {part.path}"
    return found
