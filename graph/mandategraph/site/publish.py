"""Putting the pages into a folder: all of them made first and then moved in, or none.

A list of what was put there stays beside the pages, so that pages which are no more can be taken away, and nothing
else ever is.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from mandategraph.errors import InputError, UsageError

LIST = "site-files.txt"
_HINT = "Name an empty or a new folder."


def publish(folder: Path, files: Mapping[str, bytes]) -> int:
    """Write the files (path -> content) and take away those of an earlier site that are no more; gives how many these
    were. What somebody else put into the folder stays.

    Raises:
        UsageError: the folder has something in it, and no site of ours.
        InputError: it cannot be written.
    """
    earlier = _earlier(folder)
    listed = "".join(f"{path}\n" for path in sorted(files))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".next-", dir=folder))
        try:
            _write(aside, {**files, LIST: listed.encode()})
            _move(aside, folder, [LIST, *sorted(files)])
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return _remove(folder, earlier - set(files))
    except OSError as error:
        raise InputError(f"the site cannot be written ({error.strerror})", file=str(folder), hint=_HINT) from error


def _earlier(folder: Path) -> set[str]:
    """The files of the site that is in the folder; none when it is empty or not there."""
    try:
        if not folder.exists() or not any(folder.iterdir()):
            return set()
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise UsageError("the folder is not empty and holds no site of ours.", str(folder), _HINT) from None
    except OSError as error:
        raise UsageError(f"this cannot be used as a folder ({error.strerror}).", str(folder), _HINT) from None
    # A line that leads out of the folder is none that we wrote.
    return {line for line in lines if line and not line.startswith("/") and ".." not in line.split("/")}


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _move(aside: Path, folder: Path, paths: list[str]) -> None:
    """Move what has changed; what is the same already keeps its time, so that copying tools leave it alone."""
    for path in paths:
        made, there = aside / path, folder / path
        if there.is_file() and there.read_bytes() == made.read_bytes():
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        made.replace(there)


def _remove(folder: Path, paths: set[str]) -> int:
    gone = [folder / path for path in sorted(paths) if (folder / path).is_file()]
    for file in gone:
        file.unlink()
    for parent in sorted({parent for file in gone for parent in file.relative_to(folder).parents}, reverse=True):
        emptied = folder / parent
        if parent.parts and emptied.is_dir() and not any(emptied.iterdir()):
            emptied.rmdir()
    return len(gone)
