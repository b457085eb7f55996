"""``resolve --in``: marks what a text file names: meetings, bodies, documents, places, references to decisions.

Known names and codes count as whole words only. What is not in the graph is marked too when its form leaves no doubt:
a reference to a decision, a symbol of the Convention, a meeting's page, a body's code with a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.lookup import labels
from mandategraph.lookup.gazetteer import Keys
from mandategraph.lookup.names import Candidate
from mandategraph.lookup.normalised_text import FlatText
from mandategraph.lookup.resolver import Resolver
from mandategraph.messages import gettext
from mandategraph.model.decision_references import Reference, find_references

_COLUMNS = (
    column("line", gettext("Line"), bare=True),
    column("column", gettext("Column"), bare=True),
    column("written", gettext("As written"), bare=True),
    column("thing", gettext("What it means"), coded=True),
    column("kind", gettext("Kind")),
    column("part", gettext("Paragraphs"), bare=True),
    column("ground", gettext("Ground")),
)
_QUESTION = gettext("What does this text name?")
_NOTE = gettext(
    "Names and codes count as whole words only; the longest wins. What is not in the graph is marked by "
    "its form where that leaves no doubt. Lines and columns count from 1."
)
_GROUNDS = {
    "code": Cell("code", gettext("code")),
    "identifier": Cell("identifier", gettext("published code")),
    "page": Cell("page", gettext("address of its web page")),
    "spelling": Cell("spelling", gettext("spelling in a document")),
    "label": Cell("label", gettext("name in the register")),
    "other name": Cell("other name", gettext("other name in the register")),
    "body and number": Cell("rule", gettext("by rule: body and number")),
    "reference": Cell("rule", gettext("by rule: a reference to a decision")),
    "form": Cell("form", gettext("by its form; not in the graph")),
}
_UNKNOWN = {"resolution": gettext("Resolution {code}"), "decision": gettext("Decision {code}")}
_ADDRESS = re.compile(r"https?://[^\s<>\"'《》「」，。、；）】()]+", re.IGNORECASE)
_TRAILING = ".,;:!?"
_PAGE = re.compile(
    r"https?://[^\s/]*cbd\.int(?:/[a-z]{2})?/meetings?/(?P<code>[A-Za-z0-9][A-Za-z0-9-]*-[0-9]+)/?", re.IGNORECASE
)
_SYMBOL = re.compile(r"(?<![A-Za-z0-9/_.-])(?:UNEP/)?CBD(?:/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*){2,}(?![A-Za-z0-9/_])")
_BARE_PAIR = re.compile(r"[0-9]+/[0-9]+")
_SHORTEST_CODE = 3  # the two letters of a country are too often a word
_BROKEN = re.compile(r"\t|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between two offsets of the plain text: the things it may mean, and on which ground."""

    start: int
    end: int
    things: tuple[tuple[str, Cell, Cell], ...]
    paragraphs: tuple[str, ...] = ()


def mark_file(name: str, text: str, resolver: Resolver) -> Answer:
    """Everything that the text names, in order."""
    flat = FlatText(text)
    marks = Marker(resolver).marks(flat.plain)
    return Answer(
        id="resolve", question=_QUESTION, query="resolve", params={"in": (name,)},
        status="answered" if marks else "no", basis="derived", note=_NOTE, columns=_COLUMNS,
        rows=tuple(_row(flat, mark) for mark in marks), key=("line", "column"), told=("in",),
    )  # fmt: skip


class Marker:
    """Marks texts with what a resolver knows."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        # Bare numbers of decisions are read with the words beside them: 14/3 may be a day.
        self._keys = Keys(key for key in resolver.known_keys() if not _BARE_PAIR.fullmatch(key))
        self._bodies = {body.code for body in resolver.legal(["body"])}

    def marks(self, flat: str) -> list[Mark]:
        """Everything that a plain text names, in order, none overlapping another."""
        taken: list[Mark] = []
        occupied = bytearray(len(flat))
        hidden = [(found.start(), found.end()) for found in _ADDRESS.finditer(flat)]
        for mark in self._found(flat, hidden):
            if not any(occupied[mark.start : mark.end]):
                occupied[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
                taken.append(mark)
        return sorted(taken, key=lambda mark: mark.start)

    def _found(self, flat: str, hidden: list[tuple[int, int]]) -> Iterator[Mark]:
        """What may be marked, the surest first; what is inside an address counts only as that address."""
        for found in find_references(flat, lambda symbol: bool(self._resolver.candidates(symbol))):
            inside = any(start <= found.start < end for start, end in hidden)
            if not inside or flat.startswith("http", found.start):
                yield self._reference(found)
        for address in _ADDRESS.finditer(flat):
            yield from self._address(address)
        open_text = _blanked(flat, hidden)
        known = [one for one in self._keys.found_in(open_text) if not _BROKEN.search(flat[one[0] : one[1]])]
        numbered = [(found.start(), found.end(), found.group()) for found in labels.NUMBERED.finditer(open_text)]
        known += [one for one in numbered if self._resolver.candidates(one[2], ["meeting"])]
        longest = sorted(known, key=lambda one: (one[0] - one[1], one[0]))
        yield from (mark for start, end, key in longest for mark in self._known(flat, start, end, key))
        for symbol in _SYMBOL.finditer(open_text):
            yield _by_form(symbol.start(), symbol.end(), "document", symbol.group().rstrip("."))
        for start, end, written in numbered:
            code = labels.meeting_code(written, self._bodies)
            if code and "-" in written:
                yield _by_form(start, end, "meeting", code)

    def _known(self, flat: str, start: int, end: int, key: str) -> Iterator[Mark]:
        things = [one for one in self._resolver.candidates(key) if _counts(one, flat[start:end])]
        if things:
            yield Mark(start, end, tuple(_thing(one) for one in things))

    def _reference(self, found: Reference) -> Mark:
        known = self._resolver.candidates(found.symbol)
        things = tuple((labels.kind_of(one), _cell(one), _GROUNDS["reference"]) for one in known)
        if not things:
            kind = "resolution" if found.is_resolution else "decision"
            cell = Cell(found.code, _UNKNOWN[kind].format(code=found.code))
            things = ((kind, cell, _GROUNDS["form"]),)
        return Mark(found.start, found.end, things, found.paragraphs)

    def _address(self, found: re.Match[str]) -> Iterator[Mark]:
        address = found.group().rstrip(_TRAILING)
        known = self._resolver.candidates(address)
        end = found.start() + len(address)
        if known:
            things = ((labels.kind_of(one), _cell(one), _GROUNDS["page"]) for one in known)
            yield Mark(found.start(), end, tuple(things))
        elif page := _PAGE.fullmatch(address):
            yield _by_form(found.start(), end, "meeting", page["code"])


def _by_form(start: int, end: int, kind: str, code: str) -> Mark:
    return Mark(start, end, ((kind, Cell(code), _GROUNDS["form"]),))


def _thing(found: Candidate) -> tuple[str, Cell, Cell]:
    return labels.kind_of(found), _cell(found), _GROUNDS[found.ground]


def _cell(found: Candidate) -> Cell:
    return Cell(found.code, found.labels)


def _counts(found: Candidate, written: str) -> bool:
    """Whether the words name the thing in a running text, where codes of letters only may be common words and the
    subject of an agenda item is not the item."""
    if found.ground not in ("code", "identifier"):
        return found.kind != "agenda-item"
    if any(char.isdigit() for char in written):
        return True
    return len(written) >= _SHORTEST_CODE and written == written.upper()


def _blanked(flat: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [flat[at:start], "\t" * (end - start)]
        at = end
    return "".join([*pieces, flat[at:]])


def _row(flat: FlatText, mark: Mark) -> Row:
    line, column = flat.place(mark.start)
    return (
        (Cell(str(line)),),
        (Cell(str(column)),),
        (Cell(flat.written(mark.start, mark.end)),),
        tuple(cell for _, cell, _ in mark.things),
        tuple(labels.kind(kind) for kind, _, _ in mark.things),
        (Cell(", ".join(mark.paragraphs) or None),),
        tuple(ground for _, _, ground in mark.things),
    )
