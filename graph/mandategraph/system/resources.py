"""The only door to the rooms of plain files: ontology, shapes, queries and records.

setuptools maps these top-level folders into the package, in a wheel and in an editable install alike, so they
are always reached as packages of their own; ``files("mandategraph") / "ontology"`` would fail in an editable
install.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from mandategraph.system.errors import InternalFault, did_you_mean

_DERIVE = "derive"
_EXPORTS = "exports"
_KINDS = "kinds"  # below records: how to read what others publish, and no records themselves
_FEDERATION = "federation"
_INTERNAL = "internal"


def ontology_files() -> list[Traversable]:
    """All Turtle files of the ontology, vocabularies and alignments included, sorted by path."""
    return _below("ontology", ".ttl")


def shape_files() -> list[Traversable]:
    """All Turtle files of the shapes, sorted by path."""
    return _below("shapes", ".ttl")


def query_files() -> list[Traversable]:
    """All stored queries (``*.rq``) that make the catalogue, sorted by path; the rules of ``derive/``, the definitions of
    ``exports/``, what our own code asks (``internal/``) and the examples of ``federation/``, which need another graph
    beside ours, are not among them."""
    return _queries(lambda folder: folder not in (_DERIVE, _EXPORTS, _FEDERATION, _INTERNAL))


def derive_files() -> list[Traversable]:
    """The rules (``queries/derive/*.rq``, CONSTRUCT) that compute the derived graph, sorted by path."""
    return _queries(lambda folder: folder == _DERIVE)


def export_definition(name: str) -> str:
    """The text of one of the queries (``queries/exports/*.rq``) that say what a drawing of the graph is made of.

    Raises InternalFault when it was not shipped.
    """
    for found in _queries(lambda folder: folder == _EXPORTS):
        if found.name == f"{name}.rq":
            return found.read_text(encoding="utf-8")
    raise InternalFault(f"The file {name}.rq is missing.", "queries/exports", "Install mandategraph again.")


def internal_queries(room: str = "") -> dict[str, Traversable]:
    """The queries that our own code asks (``queries/internal/*/*.rq``), by name (``analysis/meetings``), sorted; only those
    of one room where it is given."""
    folder = _room("queries").joinpath(_INTERNAL, room)
    return {path.removesuffix(".rq"): file for path, file in _walk(folder, room) if path.endswith(".rq")}


@cache
def internal_query(name: str) -> str:
    """The text of one of the queries that our own code asks, read once.

    Raises InternalFault when there is none of this name; names the nearest that there are.
    """
    file = _room("queries").joinpath(_INTERNAL, f"{name}.rq")
    if not file.is_file():
        from difflib import get_close_matches

        near = did_you_mean(get_close_matches(name, internal_queries(), 3))
        raise InternalFault(f"there is no query '{name}'.", "queries/internal", near or "Install mandategraph again.")
    return file.read_text(encoding="utf-8")


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


def code_files(package: str) -> list[Traversable]:
    """The modules of one of our packages (``mandategraph.ask``), sorted by name."""
    return [file for file in sorted(files(package).iterdir(), key=lambda one: one.name) if file.name.endswith(".py")]


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
        if entry.is_dir() and not entry.name.startswith((".", "__")) and entry.name != _KINDS:
            found.extend(_sources(entry))
    return found


def _queries(wanted: Callable[[str], bool]) -> list[Traversable]:
    """The query files in the folders of the room that are wanted, sorted by path."""
    found = _walk(_room("queries"))
    return [file for path, file in found if path.endswith(".rq") and wanted(path.split("/", 1)[0])]
