"""What is made of shipped files and costs more to make than to read again: kept in the cache folder, by their state.

Nothing depends on it. A cache that is missing, damaged, not ours or not writable is passed over, and what is wanted is made.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from mandategraph import __version__

_FOLDER = "precomputed"
_MOST = 4
_OTHERS_MAY_WRITE = 0o022


def precomputed(name: str, files: Iterable[Traversable], make: Callable[[], Any], more: str = "") -> Any:
    """What `make` gives, from the cache where it was made before of the same files by the same Python.

    Args:
        name: a file name of its own for each kind of content.
        files: all that the result follows from, the code that makes it included.
        make: makes it; what it gives can be pickled.
        more: what else it follows from, such as the fingerprint of a store.
    """
    digest = hashlib.sha256(f"{sys.version}\0{__version__}\0{more}".encode())
    for file in files:
        digest.update(_state(file))
    kept = cache_folder() / _FOLDER / f"{name}-{digest.hexdigest()[:32]}.pickle"
    found = _read(kept)
    if found is None:
        found = make()
        _write(kept, found, name)
    return found


def _state(file: Traversable) -> bytes:
    """What changes when a file does: size and time, as Python asks of its own compiled files; of one in an archive all
    that it holds."""
    if isinstance(file, Path):
        told = file.stat()
        return f"{file}\0{told.st_size}\0{told.st_mtime_ns}\0".encode()
    return file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest()


def cache_folder() -> Path:
    """The folder for what can be made again."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("mandategraph", appauthor=False))


def _read(file: Path) -> Any:
    """The content of a file that this user alone can have written; None for any other."""
    try:
        with file.open("rb") as opened:
            state = os.fstat(opened.fileno())
            if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & _OTHERS_MAY_WRITE):
                return None
            return pickle.load(opened)
    except Exception:  # whatever a damaged file may raise: it is made again
        return None


def _write(file: Path, content: Any, name: str) -> None:
    """Keep it, with the few that were made last under this name: several environments may share the folder."""
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            pickle.dump(content, opened, protocol=pickle.HIGHEST_PROTOCOL)
        aside.replace(file)
        made = sorted(file.parent.glob(f"{name}-*.pickle"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
        for old in made[_MOST:]:
            old.unlink(missing_ok=True)
    with suppress(OSError):
        aside.unlink(missing_ok=True)
