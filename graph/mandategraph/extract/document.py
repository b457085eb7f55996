"""A whole document: its heading block, its parts, what its tables say, and the events that a note lists."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import chain

from mandategraph.extract.citations import CitationFinder, citations
from mandategraph.extract.clauses import Clauses
from mandategraph.extract.deadlines import Deadlines
from mandategraph.extract.framework import framework, text_status
from mandategraph.extract.names import Namer
from mandategraph.extract.offers import Offers
from mandategraph.extract.overview import Overview
from mandategraph.extract.positions import Footnotes
from mandategraph.extract.running import Running
from mandategraph.extract.schedule_tables import ScheduleTables
from mandategraph.extract.spellings import spellings
from mandategraph.extract.symbols import symbols
from mandategraph.model.evidence import Evidence
from mandategraph.model.records import DocumentRecord, Extraction, MeetingRecord, PartRecord, RepairRecord
from mandategraph.model.register import Register
from mandategraph.read.parts import DocumentTree, Part
from mandategraph.read.structure import read_structure
from mandategraph.read.text import SourceText, fold, quote
from mandategraph.system.errors import InputError

_SYMBOL = re.compile(r"^CBD(?:/[A-Z0-9.]+)+$")
_DATE = re.compile(r"^\d{1,2} [A-Z][a-z]+ \d{4}$")
_AUTHOR = re.compile(r"^(\S{2,20})的说明$")
_LANGUAGES = {"CHINESE": "zh", "ENGLISH": "en", "FRENCH": "fr", "SPANISH": "es", "RUSSIAN": "ru", "ARABIC": "ar"}
_QUOTED = {"TableCell", "HeadingBlock", "Title", "Section", "Annex", "Table"}
"""Kinds of part whose words are names or labels; other parts keep only a digest of theirs."""


def extract(source: SourceText, register: Register) -> Extraction:
    """Records of a document.

    Raises:
        InputError: the heading block has neither a symbol nor a title that the register knows, or the structure cannot
            be read.
    """
    tree = read_structure(source)
    namer = Namer(register)
    document = _document(source, tree, namer, register)
    tables = ScheduleTables(tree, namer, register, handle_of(document.symbol))
    tables.read()
    events = Overview(tree, namer, register, handle_of(document.symbol))
    events.read()
    Running(events).read()
    acts = _Acts(tree, namer, register, document, tables)
    cited, cited_parts = citations(tree, acts.finder)
    return Extraction(
        document,
        tuple(_part(part) for part in tree.parts.values()),
        tuple(sorted((RepairRecord(r.kind, r.line, r.place, r.detail) for r in tree.repairs), key=lambda r: (r.line, r.kind))),
        meetings=(*tables.meetings, *acts.offers.meetings, *_in_order(events.meetings, tree)),
        schedules=(*tables.schedules, *acts.offers.schedules, *events.schedules),
        classifications=(*tables.classifications, *events.classifications),
        elements=tuple(tables.elements),
        mandates=tuple(tables.mandates),
        contributions=(*tables.contributions, *events.contributions),
        names=(*spellings(tree, namer), *events.names, *symbols(tree, register)),
        clauses=tuple(acts.clauses.clauses),
        deadlines=tuple(acts.deadlines.records),
        conditions=tuple(acts.clauses.conditions),
        inputs=tuple(acts.clauses.inputs),
        participations=(*acts.offers.participations, *events.participations),
        framework=tuple(acts.elements),
        statuses=tuple(text_status(tree)),
        positions=tuple(acts.footnotes.positions),
        notes=tuple(acts.footnotes.notes),
        type_definitions=tuple(acts.footnotes.types),
        citations=tuple(cited),
        cited_parts=tuple(cited_parts),
        treatments=tuple(events.treatments),
        preparations=tuple(events.preparations),
        references=tuple(events.references),
        stated_changes=tuple(events.stated_changes),
        not_understood=tuple(chain(tables.not_understood, events.not_understood)),
    )  # fmt: skip


def _in_order(meetings: list[MeetingRecord], tree: DocumentTree) -> list[MeetingRecord]:
    """In the order of the text, a whole before its parts."""
    return sorted(meetings, key=lambda meeting: tree.parts[meeting.evidence[0].place].first)


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
        if "title" in tree.parts:  # a note has no positions: its footnotes give addresses, partners and first plans
            self.footnotes.read()


def handle_of(symbol: str) -> str:
    """Short form of a symbol in which codes of things without a published code begin."""
    return symbol.removeprefix("CBD/").replace("/", "-")


def _document(source: SourceText, tree: DocumentTree, namer: Namer, register: Register) -> DocumentRecord:
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
        titled = _titled(heading, register, len(source.lines))
        if titled:
            return titled
        raise InputError(
            "the heading block has no document symbol", where=f"{source.name}, lines 1 to {heading.last}",
            hint="add the symbol, such as CBD/WG2020/REC/1/1, on a line of its own, or enter the title in the register",
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


def _titled(heading: Part, register: Register, lines: int) -> DocumentRecord | None:
    """The document without a symbol whose title the heading block bears: a document of the register, by its handle.

    Such a heading says nothing of date or language; the language is that of the register's title, which is Chinese.
    """
    authors = [(line, match[1]) for line, text in heading.pieces if (match := _AUTHOR.match(fold(text)))]
    title = "".join(text for _, text in heading.pieces if not _AUTHOR.match(fold(text)))
    for known in register.of_kind("document"):
        if not known.published and fold(known.zh) == fold(title):
            author = next(
                (one.ref for one in register.of_kind("office") if authors and fold(one.zh) == authors[0][1]), ""
            )
            proof = [Evidence("heading", heading.first, quote(title))]
            proof += [Evidence("heading", line, f"{name}的说明") for line, name in authors]
            return DocumentRecord(known.code, quote(title), None, "zh", "", "", tuple(proof), lines, False, author)
    return None


def _part(part: Part) -> PartRecord:
    words = quote(part.text) if part.kind in _QUOTED else ""
    return PartRecord(
        part.path, part.kind, part.number, part.parent, part.first, part.last, part.cite, part.cite_zh,
        part.digest, part.column, words, tuple(part.marks),
    )  # fmt: skip
