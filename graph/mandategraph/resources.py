"""The only door to the rooms of plain files: ontology, shapes, queries and records.

setuptools maps these top-level folders into the package, in a wheel and in an editable install alike, so they
are always reached as packages of their own; ``files("mandategraph") / "ontology"`` would fail in an editable
install.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from mandategraph.errors import InternalFault

_DERIVE = "derive"


def ontology_files() -> list[Traversable]:
    """All Turtle files of the ontology, vocabularies and alignments included, sorted by path."""
    return _below("ontology", ".ttl")


def shape_files() -> list[Traversable]:
    """All Turtle files of the shapes, sorted by path."""
    return _below("shapes", ".ttl")


def query_files() -> list[Traversable]:
    """All stored queries (``*.rq``) that make the catalogue, sorted by path; the rules of ``derive/`` are not among
    them."""
    return [found for path, found in _walk(_room("queries")) if path.endswith(".rq") and not _is_rule(path)]


def derive_files() -> list[Traversable]:
    """The rules (``queries/derive/*.rq``, CONSTRUCT) that compute the derived graph, sorted by path."""
    return [found for path, found in _walk(_room("queries")) if path.endswith(".rq") and _is_rule(path)]


def verbs_file() -> Traversable:
    """The questions that verbs answer (``queries/verbs.yml``)."""
    return _room("queries").joinpath("verbs.yml")


def record_sources() -> list[Traversable]:
    """The folders below records that hold a ``source.yml``: one per source document, sorted by path."""
    return _sources(_room("records"))


def records_root() -> Traversable:
    """The folder of the records: the register of names and one folder a source."""
    return _room("records")


def ontology_file(name: str) -> Traversable:
    """One file of the ontology by its path inside the room, such as ``prefixes.ttl``.

    Raises InternalFault when it was not shipped.
    """
    found = _room("ontology").joinpath(name)
    if not found.is_file():
        raise InternalFault(f"The file {name} is missing.", "ontology", "Install mandategraph again.")
    return found


def _room(name: str) -> Traversable:
    try:
        return files(f"mandategraph.{name}")
    except ModuleNotFoundError:
        raise InternalFault(
            f"The folder {name} was not installed with the package.", None, "Install mandategraph again."
        ) from None


def _below(room: str, suffix: str) -> list[Traversable]:
    return [found for path, found in _walk(_room(room)) if path.endswith(suffix)]


def _walk(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    # Sorted by the whole path with "/" before every other character, so that all platforms give one order.
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.name.startswith((".", "__")):
            continue
        inner = f"{path}/{entry.name}" if path else entry.name
        if entry.is_dir():
            yield from _walk(entry, inner)
        else:
            yield inner, entry


def _sources(folder: Traversable) -> list[Traversable]:
    found = [folder] if folder.joinpath("source.yml").is_file() else []
    for entry in sorted(folder.iterdir(), key=lambda inner: inner.name):
        if entry.is_dir() and not entry.name.startswith((".", "__")):
            found.extend(_sources(entry))
    return found


def _is_rule(path: str) -> bool:
    return path.split("/", 1)[0] == _DERIVE
