"""The way back of a store folder: while its sources are changed, links to all of them as they were lie beside them.

They are complete from the moment at which a list of their names lies there, until the change is made or undone. So what
became of a run that was killed can be told: where the list is and nothing was published since, the change is undone.
Sources are replaced, never written into, so that links to them are copies of them.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mandategraph.store.local_swap import LOCK, cannot_write, live_generation, locked
from mandategraph.store.versions import CURRENT, GENERATION
from mandategraph.system.errors import StoreError

INCOMING = "incoming"
"""Folder inside a store with what was read of files while a load of many is under way: it outlives a kill."""

_BEFORE = ".before"
_LIST = "list.json"
_FILES = "files"
_AS_BEFORE = "It is as it was before."
_NOT_SOURCES = (CURRENT, LOCK, _BEFORE, INCOMING)


def sources(folder: Path) -> list[Path]:
    """The files beside the content of a store folder, on which that content rests."""
    return [
        path
        for entry in sorted(folder.iterdir())
        if entry.name not in _NOT_SOURCES and not entry.name.startswith((GENERATION, CURRENT))
        for path in ([entry] if entry.is_file() else sorted(one for one in entry.rglob("*") if one.is_file()))
        if path.suffix != ".digest"
    ]


@contextmanager
def way_back(folder: Path) -> Iterator[None]:
    """Put the sources back as they were when the block raises; when it is killed, the next one who has the lock does so
    first. A block that publishes does that last. To be entered with the lock held.

    Raises:
        StoreError: as the block does, with word of what the store is like now; or there is no room for the links.
    """
    _undo_killed(folder)
    try:
        _link_all(folder)
    except OSError as error:
        shutil.rmtree(folder / _BEFORE, ignore_errors=True)
        raise cannot_write(folder, error) from None
    try:
        yield
    except BaseException as error:
        _put_back(folder)
        if isinstance(error, StoreError) and _AS_BEFORE not in (error.hint or ""):
            raise StoreError(error.message, error.where, f"{_AS_BEFORE} {error.hint or ''}".strip()) from None
        raise
    _let_go(folder)


def undo_killed(folder: Path) -> None:
    """Undo what a run that was killed began, unless another run is at work. Raises StoreError."""
    if (folder / _BEFORE / _LIST).exists():
        with locked(folder, wait=False) as held:
            if held:
                _undo_killed(folder)


def _undo_killed(folder: Path) -> None:
    known = folder / _BEFORE / _LIST
    if not known.exists():
        return
    if _generation(folder) > json.loads(known.read_text(encoding="utf-8"))["generation"]:
        _let_go(folder)
    elif _put_back(folder):
        print(f"mandategraph: a change of {folder} that was cut off is undone.", file=sys.stderr, flush=True)


def _generation(folder: Path) -> int:
    live = live_generation(folder)
    return live.number if live else 0


def _link_all(folder: Path) -> None:
    before = folder / _BEFORE
    if before.exists():
        shutil.rmtree(before)  # without its list it is of no use
    (before / _FILES).mkdir(parents=True)
    names = []
    for path in sources(folder):
        names.append(path.relative_to(folder).as_posix())
        kept = before / _FILES / names[-1]
        kept.parent.mkdir(parents=True, exist_ok=True)
        _link(path, kept)
    draft = before / f"{_LIST}.next"
    draft.write_text(json.dumps({"generation": _generation(folder), "files": names}), encoding="utf-8")
    draft.replace(before / _LIST)


def _put_back(folder: Path) -> bool:
    """Make the sources those of the list; tells whether they were others.

    May be cut off itself at any moment, and done again: what no longer lies in the way back was put back already.
    """
    before = folder / _BEFORE
    names = json.loads((before / _LIST).read_text(encoding="utf-8"))["files"]
    new = set(sources(folder)) - {folder / name for name in names}
    changed = bool(new)
    for path in new:
        path.unlink(missing_ok=True)
    for name in names:
        kept, path = before / _FILES / name, folder / name
        if kept.exists() and not (path.exists() and path.samefile(kept)):
            changed = True
            path.parent.mkdir(parents=True, exist_ok=True)
            kept.replace(path)
    _let_go(folder)
    return changed


def _let_go(folder: Path) -> None:
    (folder / _BEFORE / _LIST).unlink()
    shutil.rmtree(folder / _BEFORE, ignore_errors=True)


def _link(path: Path, kept: Path) -> None:
    try:
        os.link(path, kept)
    except OSError:  # a file system without links
        shutil.copy2(path, kept)
