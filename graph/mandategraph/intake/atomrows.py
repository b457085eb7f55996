"""Atom feeds of OData services: entries become the same rows as the JSON of the service.

No entity is resolved, no declaration followed, nothing fetched; a feed that brings a document type is refused.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from mandategraph.intake.jsonrows import Members
from mandategraph.system.errors import InputError

_ATOM = "{http://www.w3.org/2005/Atom}"
_METADATA = "{http://schemas.microsoft.com/ado/2007/08/dataservices/metadata}"
_NUMBERS = ("Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.Byte")


def parse_xml(data: bytes, name: str) -> Any:
    """The root element of an XML file.

    Raises:
        InputError: with the line, where it is no XML, or brings a document type of its own.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        words = " ".join(str(getattr(error, "msg", error) or "it is empty").split())[:120]
        raise InputError(f"not XML: {words}", file=name, line=line, hint="fetch it again") from None
    kind = root.getroottree().docinfo
    if kind.doctype or kind.internalDTD is not None:
        hint = "remove it: entities are not resolved"
        raise InputError("a document type declaration", file=name, line=1, hint=hint)
    return root


def is_feed(root: Any) -> bool:
    """Whether this is a feed, or one entry, of Atom."""
    return root.tag in (f"{_ATOM}feed", f"{_ATOM}entry")


def records_in(root: Any) -> list[Members]:
    """The entries of a feed as records."""
    entries = [root] if root.tag == f"{_ATOM}entry" else root.findall(f"{_ATOM}entry")
    return [_entry(one) for one in entries]


def _entry(entry: Any) -> Members:
    made = Members(entry.sourceline)
    properties = entry.find(f"{_ATOM}content/{_METADATA}properties")
    if properties is None:  # media entries have them beside their content
        properties = entry.find(f"{_METADATA}properties")
    for one in properties if properties is not None else ():
        if isinstance(one.tag, str):
            _put(made, etree.QName(one).localname, _value(one), one.sourceline)
    for link in entry.findall(f"{_ATOM}link"):
        inline = link.find(f"{_METADATA}inline")
        if inline is not None and link.get("title"):
            inner = [_entry(one) for one in inline.iter(f"{_ATOM}entry")]
            _put(made, link.get("title"), inner, link.sourceline)
    made.last = max([made.first, *made.lines.values()])
    return made


def _put(made: Members, name: str, value: Any, line: int) -> None:
    """Put a member in; one that stands twice becomes a list of both, where they say different things."""
    held = made.get(name)
    if held in (None, "", []):
        made[name] = value
        made.lines[name] = line
    elif value not in (None, "", [], held):
        both = (one if isinstance(one, list) else [one] for one in (held, value))
        made[name] = [inner for one in both for inner in one]


def _value(element: Any) -> Any:
    if element.get(f"{_METADATA}null") == "true":
        return None
    children = [one for one in element if isinstance(one.tag, str)]
    if not children:
        text = element.text or ""
        return int(text) if element.get(f"{_METADATA}type") in _NUMBERS and text.lstrip("-").isdigit() else text
    names = [etree.QName(one).localname for one in children]
    if set(names) == {"element"}:
        return [_value(one) for one in children]
    made = Members(element.sourceline)
    for name, one in zip(names, children, strict=True):
        _put(made, name, _value(one), one.sourceline)
    return made
