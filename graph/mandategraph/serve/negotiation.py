"""What to answer in: the media types of each kind of answer, and the choice among them (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mandategraph.serve.problems import Refusal

Media = Mapping[str, Sequence[str]]
"""Format -> its media types, the proper one first; in the order in which we prefer them."""

_UTF8 = "; charset=utf-8"
_PAGES = {"html": ("text/html",), "md": ("text/markdown",), "table": ("text/plain",)}

ROWS: Media = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    **_PAGES,
}
"""For SELECT and ASK."""

GRAPHS: Media = {
    "turtle": ("text/turtle", "application/x-turtle"),
    "jsonld": ("application/ld+json", "application/json"),
    "nt": ("application/n-triples",),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
    "trig": ("application/trig",),
    "nq": ("application/n-quads",),
}
"""For CONSTRUCT, DESCRIBE, things and whole graphs."""

ANSWERS: Media = {"json": ("application/json",), **{name: types for name, types in ROWS.items() if name != "json"}}
"""For the answers of stored queries."""

PAGE_OR_GRAPH: Media = {"html": ("text/html", "application/xhtml+xml"), **GRAPHS}
"""For whatever has an IRI of ours: the page is what browsers want, and who does not care gets Turtle."""

OF_A_THING: Media = {**PAGE_OR_GRAPH, "json": ("application/json",)}
"""For a thing of which there is a profile."""

SUFFIXES = {
    "json": "json", "xml": "xml", "csv": "csv", "tsv": "tsv", "html": "html", "md": "md", "txt": "table",
    "ttl": "turtle", "jsonld": "jsonld", "nt": "nt", "rdf": "rdfxml", "trig": "trig", "nq": "nq", "rq": "rq",
}  # fmt: skip
"""Suffix of a path -> format."""

SUFFIX_OF = {name: suffix for suffix, name in SUFFIXES.items()}


def _names(offered: Media, also: Mapping[str, str]) -> dict[str, str]:
    suffixes = {suffix: form for suffix, form in SUFFIXES.items() if form in offered}
    types = {media: form for form, types in offered.items() for media in types}
    return {**types, **{form: form for form in offered}, **suffixes, **also}


ROW_NAMES = _names(ROWS, {})
"""What clients of SPARQL call a format of ``ROWS``: its name, its suffix, or one of its media types."""

GRAPH_NAMES = _names(
    GRAPHS,
    {
        "json": "jsonld", "json-ld": "jsonld", "application/x-json+ld": "jsonld",
        "xml": "rdfxml", "rdf+xml": "rdfxml",
        "n3": "turtle", "text/n3": "turtle", "text/rdf+n3": "turtle", "application/turtle": "turtle",
    },
)  # fmt: skip
"""The same for ``GRAPHS``: clients that do not know what a query gives ask for "xml" or "json" of either kind."""

_QUALITY = re.compile(r"q\s*=\s*([01](?:\.\d{0,3})?)\s*$", re.IGNORECASE)
_RANGE = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The format to answer in, and its media type with the character set where that may be said."""

    form: str
    media: str


def chosen(accept: str | None, offered: Media, wanted: str | None = None, default: str | None = None) -> Chosen:
    """The format of ``offered`` that the Accept header likes best; ``wanted`` (from a suffix or a parameter) goes
    before the header. ``default`` is for those who accept anything; without it the first one.

    Raises Refusal 400 for a ``wanted`` that is not offered, 406 when the header accepts nothing that is.
    """
    if wanted is not None:
        if wanted not in offered:
            fitting = ", ".join(SUFFIX_OF.get(name, name) for name in offered)
            raise Refusal(400, f"This cannot be written as {wanted}.", f"Use one of: {fitting}.")
        return _made(wanted, offered[wanted][0])
    ranges = _ranges(accept or "*/*")
    best: tuple[float, int, int] | None = None
    found: Chosen | None = None
    order = sorted(offered, key=lambda name: name != default)
    for place, name in enumerate(order):
        for rank, media in enumerate(offered[name]):
            quality, precise = _quality(media, ranges)
            # Named types go before wildcards of the same quality, then proper types before others; then our own order.
            key = (quality, precise, -(rank * len(order) + place))
            if quality > 0 and (best is None or key > best):
                best, found = key, _made(name, media)
    if found is None:
        types = ", ".join(types[0] for types in offered.values())
        raise Refusal(406, "None of the media types that the request accepts can be had.", f"There are: {types}.")
    return found


def named(text: str, names: Mapping[str, str]) -> str | None:
    """The first format that the value of a parameter ``format`` names, which may be a list with commas; None when none of
    ``names`` stands in it."""
    # A plus sign that was not encoded arrives as a space.
    parts = (part.partition(";")[0].strip().lower().replace(" ", "+") for part in text.split(","))
    return next((names[part] for part in parts if part in names), None)


def page_or_graph(accept: str | None, form: str | None, offered: Media = PAGE_OR_GRAPH) -> Chosen:
    """``chosen`` for what has an IRI of ours: a page only for those who like pages best."""
    return chosen(accept, offered, form, None if likes_html(accept) else "turtle")


def likes_html(accept: str | None) -> bool:
    """Whether a page is liked better than anything that a program reads: true for browsers."""
    if not accept or "html" not in accept:
        return False
    others: Media = {"html": PAGE_OR_GRAPH["html"], **{k: v for k, v in ROWS.items() if k != "html"}, **GRAPHS}
    try:
        return chosen(accept, others, default="json").form == "html"
    except Refusal:
        return False


def _made(name: str, media: str) -> Chosen:
    textual = media.startswith("text/") or media == "application/xhtml+xml"
    return Chosen(name, media + _UTF8 if textual else media)


def _ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of an Accept header with their qualities; what is no media range is passed over."""
    found = []
    for part in accept.split(",")[:100]:
        media, *parameters = (piece.strip() for piece in part.split(";"))
        media = "*/*" if media == "*" else media.lower()
        if not _RANGE.fullmatch(media):
            continue
        found.append((media, quality_of(parameters)))
    return found or [("*/*", 1.0)]


def quality_of(parameters: Sequence[str]) -> float:
    """How much something is liked, from the parameters behind it in a header; 1 when they do not say."""
    qualities = [match.group(1) for match in map(_QUALITY.match, parameters) if match]
    return min(float(qualities[0]), 1.0) if qualities else 1.0


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """The quality of a type, from the most precise range that covers it, and how precise that is (2, 1, 0)."""
    family = media.split("/", 1)[0] + "/*"
    for precise, name in ((2, media), (1, family), (0, "*/*")):
        given = [quality for found, quality in ranges if found == name]
        if given:
            return max(given), precise
    return 0.0, 0
