"""Folders that are there whole or not at all: a site, a release. Made aside and put in the place of the earlier one.

A list of what was put there is one of the files, so that an earlier one of ours is known by it, and what is no more can be
taken away. The new folder takes the name when it is whole, and the old one goes after that; a run that was killed between
the two renames is set right by the next. Where somebody else has files in the folder, or it cannot be renamed (the
working folder, a mount, a parent that may not be written), files are moved in one by one instead, when all are made.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mandategraph.system.errors import InputError, UsageError

_HINT = "Name an empty or a new folder."


@dataclass(frozen=True, slots=True)
class Kind:
    """What a folder holds (``site``), which of its files lists the others, and which file a line of that list names."""

    what: str
    list: str
    named: Callable[[str], str]


def put(kind: Kind, folder: Path, write: Callable[[Path], None]) -> int:
    """Let ``write`` fill a folder, with its list, and put it where it belongs; gives how many files of an earlier one
    are no more. What is the same as before keeps its time, so that copying tools leave it alone.

    Raises:
        UsageError: the folder has something in it, and nothing of this kind.
        InputError: it cannot be written.
    """
    try:
        place = folder.resolve()
        _settle(place)
        earlier = _listed(kind, place, folder)
        whole = _can_be_swapped(place, earlier)
        aside = _next_to(place) if whole else _inside(place)
        try:
            write(aside)
            _keep_times(aside, place)
            made = _files(aside)
            _swap(aside, place) if whole else _move(aside, place, made)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        gone = {path for path in earlier - made if whole or (place / path).is_file()}
        if not whole:
            _remove(place, gone)
        return len(gone)
    except OSError as error:
        reason = f"the {kind.what} cannot be written ({error.strerror})"
        raise InputError(reason, file=str(folder), hint=_HINT) from error


def _listed(kind: Kind, place: Path, folder: Path) -> set[str]:
    """The files of ours that are in the folder, with their list; none when it is empty or not there."""
    try:
        if not place.exists() or not any(place.iterdir()):
            return set()
        lines = (place / kind.list).read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        raise UsageError(f"the folder is not empty and holds no {kind.what} of ours.", str(folder), _HINT) from None
    except OSError as error:
        raise UsageError(f"this cannot be used as a folder ({error.strerror}).", str(folder), _HINT) from None
    # A line that leads out of the folder is none that we wrote.
    named = {
        name for name in map(kind.named, lines) if name and not name.startswith("/") and ".." not in name.split("/")
    }
    return named | {kind.list}


def _can_be_swapped(place: Path, ours: set[str]) -> bool:
    here = Path.cwd()
    if place in (here, *here.parents) or place.is_mount() or not os.access(_nearest(place.parent), os.W_OK):
        return False
    return not place.exists() or _files(place) <= ours


def _nearest(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())


def _files(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if not one.is_dir() or one.is_symlink()}


def _before(place: Path) -> Path:
    return place.with_name(f".{place.name}.before")


def _next_to(place: Path) -> Path:
    aside = place.with_name(f".{place.name}.next")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    if place.exists():
        shutil.copymode(place, aside)
    return aside


def _inside(place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=".next-", dir=place))


def _settle(place: Path) -> None:
    """Set right what a run that was killed left behind."""
    before = _before(place)
    if before.exists() and not place.exists():
        before.rename(place)
    shutil.rmtree(before, ignore_errors=True)


def _swap(aside: Path, place: Path) -> None:
    before = _before(place)
    if place.exists():
        place.rename(before)
    try:
        aside.rename(place)
    except OSError:
        _settle(place)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _keep_times(aside: Path, place: Path) -> None:
    for path in _files(aside):
        made, there = aside / path, place / path
        if there.is_file() and there.read_bytes() == made.read_bytes():
            shutil.copystat(there, made)


def _move(aside: Path, place: Path, paths: set[str]) -> None:
    for path in sorted(paths):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (aside / path).replace(place / path)


def _remove(place: Path, paths: set[str]) -> None:
    for path in paths:
        (place / path).unlink()
    for parent in sorted({parent for path in paths for parent in Path(path).parents}, reverse=True):
        emptied = place / parent
        if parent.parts and emptied.is_dir() and not any(emptied.iterdir()):
            emptied.rmdir()
