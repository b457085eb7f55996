"""A whole document: its heading block, its parts, and what its tables say."""

from __future__ import annotations

import re
from datetime import datetime

from ..errors import InputError
from ..model import DocumentRecord, Evidence, Extraction, PartRecord, RepairRecord
from ..read.parts import DocumentTree, Part
from ..read.structure import read_structure
from ..read.text import SourceText, fold, quote
from ..register import Register
from .citations import CitationFinder, citations
from .clauses import Clauses
from .deadlines import Deadlines
from .framework import framework, text_status
from .names import Namer
from .offers import Offers
from .positions import Footnotes
from .schedule_tables import ScheduleTables
from .spellings import spellings

_SYMBOL = re.compile(r"^CBD(?:/[A-Z0-9.]+)+$")
_DATE = re.compile(r"^\d{1,2} [A-Z][a-z]+ \d{4}$")
_LANGUAGES = {"CHINESE": "zh", "ENGLISH": "en", "FRENCH": "fr", "SPANISH": "es", "RUSSIAN": "ru", "ARABIC": "ar"}
_QUOTED = {"TableCell", "HeadingBlock", "Title", "Section", "Annex", "Table"}
"""Kinds of part whose words are names or labels; other parts keep only a digest of theirs."""


def extract(source: SourceText, register: Register) -> Extraction:
    """Records of a document.

    Raises:
        InputError: the document has no symbol in its heading block, or its structure cannot be read.
    """
    tree = read_structure(source)
    namer = Namer(register)
    document = _document(source, tree, namer)
    tables = ScheduleTables(tree, namer, register, handle_of(document.symbol))
    tables.read()
    acts = _Acts(tree, namer, register, document, tables)
    cited, cited_parts = citations(tree, acts.finder)
    return Extraction(
        document,
        tuple(_part(part) for part in tree.parts.values()),
        tuple(sorted((RepairRecord(r.kind, r.line, r.place, r.detail) for r in tree.repairs), key=lambda r: (r.line, r.kind))),
        meetings=(*tables.meetings, *acts.offers.meetings),
        schedules=(*tables.schedules, *acts.offers.schedules),
        classifications=tuple(tables.classifications),
        elements=tuple(tables.elements),
        mandates=tuple(tables.mandates),
        contributions=tuple(tables.contributions),
        names=tuple(spellings(tree, namer)),
        clauses=tuple(acts.clauses.clauses),
        deadlines=tuple(acts.deadlines.records),
        conditions=tuple(acts.clauses.conditions),
        inputs=tuple(acts.clauses.inputs),
        participations=tuple(acts.offers.participations),
        framework=tuple(acts.elements),
        statuses=tuple(text_status(tree)),
        positions=tuple(acts.footnotes.positions),
        notes=tuple(acts.footnotes.notes),
        type_definitions=tuple(acts.footnotes.types),
        citations=tuple(cited),
        cited_parts=tuple(cited_parts),
        not_understood=tuple(tables.not_understood),
    )  # fmt: skip


class _Acts:
    """What a document says beside its tables, read once in the order in which one thing needs another."""

    def __init__(
        self, tree: DocumentTree, namer: Namer, register: Register, document: DocumentRecord, tables: ScheduleTables
    ) -> None:
        handle = handle_of(document.symbol)
        self.finder = CitationFinder(register, document.symbol, handle)
        self.deadlines = Deadlines(namer)
        self.clauses = Clauses(tree, register, namer, self.finder, handle, document.meeting, self.deadlines)
        self.clauses.read()
        self.offers = Offers(tree, register, namer, handle, document.meeting, tables.meetings, tables.schedules)
        self.offers.read()
        self.elements = framework(tree, handle)
        self.footnotes = Footnotes(tree, handle, {element.place: element.id for element in self.elements})
        self.footnotes.read()


def handle_of(symbol: str) -> str:
    """Short form of a symbol in which codes of things without a published code begin."""
    return symbol.removeprefix("CBD/").replace("/", "-")


def _document(source: SourceText, tree: DocumentTree, namer: Namer) -> DocumentRecord:
    heading = tree.parts.get("heading")
    if heading is None:
        raise InputError(
            "no heading block with a document symbol", where=f"{source.name}, line 1", hint="load the whole document"
        )
    facts: dict[str, tuple[str, int]] = {}
    for line, text in heading.pieces:
        words = fold(text)
        if _SYMBOL.match(words):
            facts["symbol"] = (words, line)
        elif _DATE.match(words):
            facts["date"] = (datetime.strptime(words, "%d %B %Y").date().isoformat(), line)
        elif words.startswith("ORIGINAL:"):
            facts["original"] = (_LANGUAGES.get(words.partition(":")[2].strip(), ""), line)
        elif words in _LANGUAGES:
            facts["language"] = (_LANGUAGES[words], line)
    if "symbol" not in facts:
        raise InputError(
            "the heading block has no document symbol", where=f"{source.name}, lines 1 to {heading.last}",
            hint="add the symbol, such as CBD/WG2020/REC/1/1, on a line of its own",
        )  # fmt: skip
    named = namer.meetings(fold(heading.text))
    title = tree.parts.get("title")
    symbol, line = facts["symbol"]
    return DocumentRecord(
        symbol,
        quote(title.text) if title else "",
        datetime.fromisoformat(facts["date"][0]).date() if "date" in facts else None,
        facts.get("language", ("", 0))[0],
        facts.get("original", ("", 0))[0],
        named[0].ref if named else "",
        (Evidence("heading", line, symbol),),
        len(source.lines),
    )


def _part(part: Part) -> PartRecord:
    words = quote(part.text) if part.kind in _QUOTED else ""
    return PartRecord(
        part.path, part.kind, part.number, part.parent, part.first, part.last, part.cite, part.cite_zh,
        part.digest, part.column, words, tuple(part.marks),
    )  # fmt: skip
