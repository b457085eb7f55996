"""Where the page of a thing is: the path of its IRI, the same for ever and in all languages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote

from mandategraph.rdf import namespaces

ELSEWHERE = "concept"
"""The kind of things whose IRIs are not ours: terms and elements that others published."""

# What no common file system, web server and shell takes amiss; everything else is written as %XX in the file's name.
_UNSAFE = re.compile(r"[^\w.()\-+,;=@!~ ]")
_HIDDEN = re.compile(r"^\.+|[. ]+$")
_RESERVED = "index"


def kind_of(iri: str) -> str:
    """``meeting``, ``document``, ...; ``concept`` for what others named."""
    return namespaces.kind_of(iri) or ELSEWHERE


def paths(iris: Iterable[str]) -> dict[str, str]:
    """IRI -> path below a language's folder (``meeting/WG2020-3.html``).

    Two that differ only in the case of their letters are told apart by a number, since some file systems cannot.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for iri in sorted(iris):
        stem = _stem(iri)
        path, number = f"{stem}.html", 2
        while path.casefold() in taken:
            path, number = f"{stem}~{number}.html", number + 1
        taken.add(path.casefold())
        found[iri] = path
    return found


def href(origin: str, target: str) -> str:
    """The relative link from one path to another, either with a ``#fragment`` if need be."""
    path, mark, fragment = target.partition("#")
    if path == origin and mark:
        return mark + quote(fragment)
    return _relative(posixpath.dirname(origin) or ".", path) + (mark + quote(fragment) if mark else "")


def anchor(text: str) -> str:
    """An id for an element of a page, made of a code."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-") or "x"


def key(iri: str) -> str:
    """A name for a thing inside a page: for ids, and for what a script looks for."""
    return anchor(_stem(iri))


@lru_cache(maxsize=65536)
def _relative(folder: str, path: str) -> str:
    return quote(posixpath.relpath(path, folder))


def _stem(iri: str) -> str:
    kind = kind_of(iri)
    if kind == ELSEWHERE:
        return f"{ELSEWHERE}/{_segment((namespaces.curie(iri) or iri).replace(':', '-'))}"
    code = unquote(iri[len(namespaces.THINGS) + len(kind) + 1 :])
    segments = [_segment(part) for part in code.split("/")]
    if segments[-1] == _RESERVED:
        segments[-1] += "~"
    return "/".join([kind, *segments])


def _segment(text: str) -> str:
    safe = _UNSAFE.sub(lambda found: quote(found.group(), safe=""), text)
    return _HIDDEN.sub(lambda found: "".join(f"%{ord(mark):02X}" for mark in found.group()), safe) or "%"
