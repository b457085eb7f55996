"""Kinds of source: those that come with the package, those of installed packages, and one that a user writes.

A kind is a folder with `source.yml` (what the source is) and `mapping.yml`; an installed package offers folders under
the entry point group `mandategraph.sources`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from mandategraph.intake.mapping import Mapping, read_mapping
from mandategraph.model.register import read_yaml
from mandategraph.system.errors import InputError, UsageError, did_you_mean
from mandategraph.system.resources import records_root

GROUP = "mandategraph.sources"
SOURCE, MAPPING = "source.yml", "mapping.yml"
_NEEDED = ("handle", "title")
_KNOWN = {"handle", "title", "publisher", "url", "licence", "scope", "expect"}


@dataclass(frozen=True)
class Kind:
    """A kind of source. `handle` names it in codes of things that have no other; `details` are those of source.yml."""

    handle: str
    title_en: str
    title_zh: str
    mapping: Mapping
    details: dict[str, Any]


def kinds() -> dict[str, Kind]:
    """All kinds by handle, in the order of their handles.

    Raises:
        InputError: a file of a kind is broken, or two kinds have one handle.
    """
    return dict(_kinds())


@cache
def _kinds() -> tuple[tuple[str, Kind], ...]:
    found: dict[str, Kind] = {}
    for where, folder in _folders():
        kind = _read(folder, where)
        if kind.handle in found:
            raise InputError(f"the handle {kind.handle} is taken", where=where, hint="give the kind another handle")
        found[kind.handle] = kind
    return tuple(sorted(found.items()))


def chosen(name: str) -> Kind:
    """The kind of this handle, or that of a mapping file or folder.

    Raises:
        UsageError: there is no such kind and no such file.
        InputError: the file is broken.
    """
    known = kinds()
    if name in known:
        return known[name]
    path = Path(name)
    if path.is_dir() and (path / MAPPING).is_file():
        return _read(path, name)
    if path.is_file():
        return _of_user(path)
    near = did_you_mean([one for one in known if name.casefold() in one or one in name.casefold()])
    raise UsageError(f"no kind or mapping file '{name}'.", "--as", near or f"Kinds: {', '.join(known)}.")


def _of_user(path: Path) -> Kind:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError(f"the mapping cannot be read ({reason})", file=str(path), hint="check the file") from None
    mapping, source = read_mapping(text, str(path))
    return _kind(mapping, source, str(path))


def _folders() -> Iterator[tuple[str, Traversable]]:
    for folder in sorted((records_root() / "kinds").iterdir(), key=lambda one: one.name):
        if folder.is_dir() and folder.joinpath(MAPPING).is_file():
            yield f"records/kinds/{folder.name}", folder
    for point in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)):
        try:
            yield f"package {point.module}", files(point.module)
        except (ImportError, TypeError) as error:
            hint = "mend or remove the package"
            raise InputError(
                f"the source {point.name} cannot be loaded ({error})", where=point.value, hint=hint
            ) from None


def _read(folder: Traversable, where: str) -> Kind:
    texts = {}
    for name in (SOURCE, MAPPING):
        try:
            texts[name] = folder.joinpath(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise InputError(f"there is no readable {name}", where=where, hint="a kind needs both files") from None
    mapping, _ = read_mapping(texts[MAPPING], f"{where}/{MAPPING}")
    return _kind(mapping, read_yaml(texts[SOURCE], f"{where}/{SOURCE}") or {}, f"{where}/{SOURCE}")


def _kind(mapping: Mapping, source: dict[str, Any], where: str) -> Kind:
    lacking = [name for name in _NEEDED if not source.get(name)]
    unknown = sorted(set(source) - _KNOWN)
    if lacking or unknown:
        problem = f"no {lacking[0]} of the source" if lacking else f"unknown field {unknown[0]}"
        raise InputError(problem, file=where, line=1, hint=f"a source has {', '.join(sorted(_KNOWN))}")
    title = source["title"] if isinstance(source["title"], dict) else {"en": source["title"]}
    english = str(title.get("en") or source["handle"])
    return Kind(str(source["handle"]), english, str(title.get("zh") or english), mapping, source)
