"""IRIs and their short forms. The prefixes come from one place only: ``ontology/prefixes.ttl``."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote

from mandategraph.system import resources
from mandategraph.system.errors import InternalFault, UsageError

ONTOLOGY = "https://w3id.org/mandategraph/ontology#"
VALUES = "https://w3id.org/mandategraph/value#"
THINGS = "https://w3id.org/mandategraph/id/"
GRAPHS = "https://w3id.org/mandategraph/graph/"

# The characters that RFC 3986 allows in a path as they are (pchar and "/"); all others are percent-encoded.
_PATH_CHARACTERS = "/:@!$&'()*+,;=~"
_NEEDS_NO_CODE = re.compile(r"[A-Za-z0-9_.~/:@!$&'()*+,;=-]*")
_PLAIN_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_CURIE = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)?:(?!//)(.*)", re.DOTALL)
_SHACL = "http://www.w3.org/ns/shacl#"


@lru_cache(maxsize=1)
def prefixes() -> dict[str, str]:
    """Prefix -> namespace IRI, sorted by prefix, as declared with ``sh:declare`` in ontology/prefixes.ttl."""
    import pyoxigraph as ox

    names: dict[str, str] = {}
    spaces: dict[str, str] = {}
    text = resources.ontology_file("prefixes.ttl").read_bytes()
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        predicate = quad.predicate.value
        if predicate == _SHACL + "prefix" and isinstance(quad.object, ox.Literal):
            names[str(quad.subject)] = quad.object.value
        elif predicate == _SHACL + "namespace" and isinstance(quad.object, ox.Literal | ox.NamedNode):
            spaces[str(quad.subject)] = quad.object.value
    if not names or names.keys() != spaces.keys():
        raise InternalFault("A declaration lacks its sh:prefix or its sh:namespace.", "ontology/prefixes.ttl")
    return dict(sorted((names[node], spaces[node]) for node in names))


def expand(curie: str) -> str:
    """``meeting:WG2020-3`` -> the whole IRI (the local part is percent-encoded where it must be).

    Raises UsageError when the prefix is not declared.
    """
    found = _CURIE.fullmatch(curie.strip())
    space = prefixes().get(found.group(1) or "") if found else None
    if found is None or space is None:
        raise UsageError(f"'{curie}' has no known prefix.", None, "Known prefixes stand in ontology/prefixes.ttl.")
    return space + _encoded(unquote(found.group(2)))


def iri(kind: str, code: str) -> str:
    """The IRI of the thing of this kind (``meeting``, ``document``, ...) with this canonical code."""
    return f"{THINGS}{kind}/{_encoded(code)}"


def graph(name: str) -> str:
    """The IRI of a named graph: ``register``, ``derived``, ``ontology``, or a document's symbol."""
    return GRAPHS + _encoded(name)


def _encoded(path: str) -> str:
    """Percent-encoded where it must be; most codes need none of it, and there are many."""
    return path if _NEEDS_NO_CODE.fullmatch(path) else quote(path, safe=_PATH_CHARACTERS)


def kind_of(whole: str) -> str | None:
    """The kind in a thing's IRI (``meeting`` for .../id/meeting/WG2020-3), or None for any other IRI."""
    if not whole.startswith(THINGS):
        return None
    return whole[len(THINGS) :].split("/", 1)[0]


def compact(whole: str) -> str:
    """What to show of an IRI: the code of a thing, the local name of a term or value of ours, else prefix:name, else all of
    it."""
    if whole.startswith(THINGS):
        kind, _, code = whole[len(THINGS) :].partition("/")
        return unquote(code) if code else kind
    for space in (ONTOLOGY, VALUES, GRAPHS):
        if whole.startswith(space):
            return unquote(whole[len(space) :])
    return curie(whole) or whole


def curie(whole: str) -> str | None:
    """``prefix:name`` with the longest prefix that fits and a name that needs no escape, else None."""
    best: str | None = None
    longest = 0
    for prefix, space in prefixes().items():
        if len(space) > longest and whole.startswith(space) and _PLAIN_LOCAL_NAME.fullmatch(whole[len(space) :]):
            best, longest = f"{prefix}:{whole[len(space) :]}", len(space)
    return best


def with_prefixes(query: str) -> str:
    """A query with the PREFIX declarations that it uses but does not make, all on its first line, so that the line
    numbers of a parser's message stay those of the query."""
    declared = set(re.findall(r"\bPREFIX\s+([\w-]*):", query, re.IGNORECASE))
    used = set(re.findall(r"(?<![\w:/-])([A-Za-z][\w-]*):(?!//)", query))
    wanted = {name: space for name, space in prefixes().items() if name in used - declared}
    return "".join(f"PREFIX {name}: <{space}> " for name, space in wanted.items()) + query
