"""The words of looking things up: columns, kinds of things, grounds and places."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from mandategraph.answers.answer import Cell, source_cell
from mandategraph.lookup.names import Candidate
from mandategraph.messages import SOURCE_LANGUAGE, Text, gettext, joined_text, pgettext, text_of
from mandategraph.model import codes
from mandategraph.model.citing import cited
from mandategraph.rdf import namespaces
from mandategraph.store.base import Term as Value

REGISTER = source_cell(gettext("register of names and codes"))
# In the order in which they are told when a text is several of them.
_GROUND_WORDS = {
    "code": gettext("code {value}"),
    "identifier": gettext("published code {value}"),
    "symbol": gettext("symbol {value}"),
    "page": gettext("address of its web page, {value}"),
    "label": gettext("name in the register, {value}"),
    "other name": gettext("other name in the register, {value}"),
}
_KINDS = {
    "meeting": pgettext("kind", "meeting"),
    "body": pgettext("kind", "body"),
    "document": pgettext("kind", "document"),
    "decision": pgettext("kind", "decision"),
    "resolution": pgettext("kind", "resolution"),
    "place": pgettext("kind", "place"),
    "element": pgettext("kind", "element"),
    "group": pgettext("kind", "group"),
    "office": pgettext("kind", "office"),
    "organization": pgettext("kind", "organization"),
    "party": pgettext("kind", "party"),
    "agenda-item": pgettext("kind", "agenda item"),
    "term": pgettext("kind", "term"),
    "part": pgettext("kind", "part"),
    "passage": pgettext("kind", "passage"),
    "clause": pgettext("kind", "clause"),
    "mandate": pgettext("kind", "mandate"),
    "position": pgettext("kind", "position"),
    "erratum": pgettext("kind", "erratum"),
    "schedule": pgettext("kind", "schedule"),
    "deliverable": pgettext("kind", "deliverable"),
    "contribution": pgettext("kind", "contribution"),
    "classification": pgettext("kind", "classification"),
    "remark": pgettext("kind", "remark"),
    "treatment": pgettext("kind", "treatment"),
    "requirement": pgettext("kind", "requirement"),
    "input": pgettext("kind", "input"),
    "name": pgettext("kind", "name"),
    "note": pgettext("kind", "note"),
    "preparation": pgettext("kind", "preparation"),
    "participation": pgettext("kind", "participation"),
    "repair": pgettext("kind", "repair"),
    "deadline": pgettext("kind", "deadline"),
    "condition": pgettext("kind", "condition"),
    "listing": pgettext("kind", "listing"),
    "text-status": pgettext("kind", "text status"),
    "type-definition": pgettext("kind", "type definition"),
    "citation": pgettext("kind", "citation"),
    "reference": pgettext("kind", "reference"),
    "stated-change": pgettext("kind", "stated change"),
    "publication": pgettext("kind", "publication"),
    "call": pgettext("kind", "call"),
    "coding": pgettext("kind", "coding"),
    "identity": pgettext("kind", "identity"),
    "match": pgettext("kind", "match"),
}
NUMBERED = re.compile(
    r"(?<![A-Za-z0-9/_.-])[A-Z][A-Z0-9]*(?:[-/][A-Z]+)?(?:\s?-\s?|\s)?[0-9]{1,2}(?![A-Za-z0-9_/(]|[-.][A-Za-z0-9])"
)
"""What may be a body's code with the number of a meeting, in a running text: ``COP15``, ``COP 15``, ``COP-15``."""
_COUNTED = re.compile(r"(?P<body>[A-Za-z]+(?:[-/][A-Za-z]+)?)[\s-]*0*(?P<number>[1-9][0-9]?)")


def kind(name: str) -> Cell:
    """A kind of thing."""
    return Cell(name, _KINDS.get(name, Text({SOURCE_LANGUAGE: name.replace("-", " ")})))


def kind_of(thing: Candidate) -> str:
    """The kind of a thing, decisions and resolutions told from other documents."""
    symbol = namespaces.compact(thing.iri)
    if thing.kind != "document":
        return thing.kind
    return "resolution" if symbol.startswith("A/RES/") else "decision" if "/DEC/" in symbol else "document"


def ground(text: str, thing: Candidate, held: Sequence[tuple[str, str]], named: Sequence[Mapping[str, Value]]) -> Cell:
    """On which ground the text means the thing: a published code, a spelling in a document, a page's address, a rule.

    ``held`` are the matching values of the register, ``named`` the matching spellings in documents.
    """
    held = sorted(held, key=lambda one: (list(_GROUND_WORDS).index(one[0]), one[1]))
    published = [(name, value) for name, value in held if name in ("identifier", "symbol", "page")]
    if codes.key(text) != codes.fold(text):  # an address
        published.sort(key=lambda one: one[0] != "page")
    if published or (held and not named):
        name, value = (published or held)[0]
        return _told(name, _GROUND_WORDS[name].format(value=value), text, value)
    if named:
        document = ", ".join(sorted({namespaces.compact(row["document"].value) for row in named}))
        value = min(row["value"].value for row in named)
        words = gettext("spelling in {document}, {value}", document=document, value=value)
        return _told("spelling", words, text, value)
    if thing.kind == "document":
        return Cell("rule", gettext("a reference by rule: {value}", value=thing.code))
    return Cell("rule", gettext("by rule: the body's name and the number of its meeting"))


def _told(name: str, words: Text, text: str, value: str) -> Cell:
    differs = name != "page" and "".join(text.split()) != "".join(value.split())
    return Cell(name, words + gettext(" (written differently)") if differs else words)


def shared_part(name: str, count: int) -> Cell:
    """The ground on which a generic part of a name may mean a body."""
    words = gettext("only a part of its name, {name}; {count} bodies share it", name=name, count=count)
    return Cell("part of a name", words)


def generic_in(key: str, body: Candidate) -> str | None:
    """The name of the body that ends (in Chinese) or begins (in English) with this folded text, as whole words."""
    if len(key) < 2:
        return None
    chinese, english = (body.labels.get(language, "") for language in ("zh", "en"))
    if chinese and codes.fold(chinese).endswith(key) and codes.fold(chinese) != key and not key.isascii():
        return chinese
    tokens = english.split()
    for count in range(1, len(tokens)):
        if codes.fold("".join(tokens[:count])) == key and tokens[count].lower() in ("on", "of", "for", "under", "to"):
            return english
    return None


def meeting_code(text: str, bodies: Collection[str]) -> str | None:
    """``COP-15`` for ``COP15`` or ``COP 15``, when the letters are those of a body; else None."""
    found = _COUNTED.fullmatch(codes.plain(text).strip())
    body = found["body"].upper().replace("/", "-") if found else ""
    return f"{body}-{found['number']}" if found and body in bodies else None


def place(row: Mapping[str, Value]) -> Cell:
    """Document, place and line."""
    document = namespaces.compact(row["document"].value) if "document" in row else ""
    return source_cell(cited(document, place_in_part(row), row["line"].value if "line" in row else None))


def place_in_part(row: Mapping[str, Value]) -> Text:
    """Where in a document a part stands, as the row of a query tells it (``?cite`` in English, ``?citeZh`` in Chinese)."""
    told = {"en": row.get("cite"), "zh": row.get("citeZh")}
    return text_of({language: term.value if term else None for language, term in told.items()})


def nearest(near: Sequence[str]) -> Text:
    """The question whether one of these was meant, to be put after a sentence."""
    *others, last = near
    choices = gettext("{choices} or {last}", choices=joined_text(others), last=last) if others else last
    return pgettext("after a sentence", " Did you mean {near}?", near=choices)


def first_places(found: Iterable[Mapping[str, Value]]) -> tuple[Cell, ...]:
    """The first place in each document, and how many more there are."""
    by_document: dict[str, dict[tuple[int, str], Cell]] = {}
    for row in found:
        cell = place(row)
        by_document.setdefault(row["document"].value, {})[int(row["line"].value), cell.value or ""] = cell
    made = []
    for _, places in sorted(by_document.items()):
        first, more = places[min(places)], len(places) - 1
        told = first.words
        made.append(
            source_cell(gettext("{place} and {count} more", place=told, count=more, all=more + 1) if more else told)
        )
    return tuple(made)
