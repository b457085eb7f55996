"""Building a store without ever breaking the one that is there.

A build fills a new generation aside, under a lock, packs and flushes it, and then swaps the small CURRENT file in one
atomic step. A build that is killed leaves CURRENT as it was; the next build clears the litter. The generation before
the live one is kept, since readers that opened it a moment ago may still be at work on it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from mandategraph.store.versions import CURRENT, GENERATION, Generation, current, generation_number
from mandategraph.system.errors import StoreError

if TYPE_CHECKING:
    import filelock

LOCK = "store.lock"
_NEXT = "CURRENT.next"

Fill = Callable[[ox.Store], None]


def publish(folder: Path | str, fingerprint: str, fill: Fill, *, force: bool = False) -> bool:
    """Make ``folder`` hold what ``fill`` puts into an empty store, under this fingerprint of its sources.

    Returns False, and does not call ``fill``, when the live generation already has this fingerprint (``force``
    builds all the same). Waits, with a word on standard error, while another process builds. Whatever ``fill`` raises
    goes to the caller and the store stays as it was. Raises StoreError when the folder cannot be a store.
    """
    path = Path(folder)
    with locked(path):
        live = live_generation(path)
        _clear_litter(path, live)
        if live and live.fingerprint == fingerprint and not force:
            return False
        name = f"{GENERATION}{_next_number(path)}"
        _fill(path / name, fill)
        _switch(path, Generation(name, fingerprint, live.name if live else None))
        _clear_litter(path, current(path))
    return True


@contextmanager
def locked(folder: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold the folder's build lock; makes the folder when it is not there. May be entered again by the same thread.

    The lock is the system's own, so it goes with its process, however that ends. Gives whether it is held: without
    ``wait`` it is not where another holds it. Raises StoreError when the folder cannot be a store, or not be written.
    """
    import filelock  # costs more time than a warm answer can spare, and readers never need it

    _prepare(folder)
    lock = filelock.FileLock(folder / LOCK, is_singleton=True)
    try:
        held = _acquire(lock, folder, wait)
    except OSError as error:
        raise cannot_write(folder, error) from None
    try:
        yield held
    finally:
        if held:
            lock.release()


def _acquire(lock: filelock.BaseFileLock, folder: Path, wait: bool) -> bool:
    import filelock

    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        if not wait:
            return False
        print(f"mandategraph: another build of {folder} is under way; waiting for it.", file=sys.stderr, flush=True)
        lock.acquire()
    return True


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = sorted(entry.name for entry in folder.iterdir() if not _is_ours(entry.name))
        ours = (folder / CURRENT).exists() or (folder / LOCK).exists()
    except (FileExistsError, NotADirectoryError):
        raise StoreError("this is a file, not a folder.", str(folder), "Name a folder with --store.") from None
    except OSError as error:
        raise cannot_write(folder, error) from None
    if strange and not ours:
        raise StoreError(
            f"the folder is not empty and is not a store (it holds {strange[0]}).",
            str(folder),
            "Name an empty or new folder with --store.",
        )


def _is_ours(name: str) -> bool:
    return name in (CURRENT, LOCK, _NEXT) or generation_number(name) >= 0


def live_generation(folder: Path) -> Generation | None:
    """The generation that readers open; None also where CURRENT is damaged, which is no reason to refuse a build: building
    is the cure."""
    try:
        live = current(folder)
    except StoreError:
        return None
    return live if live and (folder / live.name).is_dir() else None


def _next_number(folder: Path) -> int:
    return 1 + max(0, *(generation_number(entry.name) for entry in folder.iterdir()), 0)


def _fill(target: Path, fill: Fill) -> None:
    try:
        store = ox.Store(str(target))
        fill(store)
        store.optimize()  # one file for many: reading is a third quicker, for a tenth more work here
        store.flush()
        del store
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise cannot_write(target.parent, error) from None
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _switch(folder: Path, generation: Generation) -> None:
    content = {"fingerprint": generation.fingerprint, "generation": generation.name, "previous": generation.previous}
    draft = folder / _NEXT
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / CURRENT)
    except OSError as error:
        shutil.rmtree(folder / generation.name, ignore_errors=True)
        raise cannot_write(folder, error) from None


def _clear_litter(folder: Path, live: Generation | None) -> None:
    # Best effort: a file that another system still holds open is left for the next build.
    kept = {live.name, live.previous} if live else set()
    for entry in sorted(folder.iterdir()):
        if generation_number(entry.name) >= 0 and entry.name not in kept:
            shutil.rmtree(entry, ignore_errors=True)
    (folder / _NEXT).unlink(missing_ok=True)


def cannot_write(folder: Path, error: OSError) -> StoreError:
    """The error for a folder that the system lets nobody write, or that is full; nothing of it was changed."""
    reason = error.strerror or str(error)
    hint = "It is as it was before. Make room there, or name another folder with --store."
    return StoreError(f"the store cannot be written ({reason}).", str(folder), hint)
