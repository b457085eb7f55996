"""What is made of shipped files and costs more to make than to read again: kept in the cache folder, by their content.

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

_FOLDER = "precomputed"
_OTHERS_MAY_WRITE = 0o022


def precomputed(name: str, files: Iterable[Traversable], make: Callable[[], Any]) -> Any:
    """What `make` gives, from the cache where it was made before of the same files by the same Python.

    Args:
        name: a file name of its own for each kind of content.
        files: all that the result follows from, the code that makes it included.
        make: makes it; what it gives can be pickled.
    """
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    kept = cache_folder() / _FOLDER / f"{name}-{digest.hexdigest()[:32]}.pickle"
    found = _read(kept)
    if found is None:
        found = make()
        _write(kept, found, name)
    return found


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
    """Keep it, in place of what was kept under this name before."""
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            pickle.dump(content, opened, protocol=pickle.HIGHEST_PROTOCOL)
        aside.replace(file)
        for old in file.parent.glob(f"{name}-*.pickle"):
            if old != file:
                old.unlink(missing_ok=True)
    with suppress(OSError):
        aside.unlink(missing_ok=True)
