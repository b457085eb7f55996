"""Putting the pages into a folder: all of them or none, with a list of them beside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mandategraph.export.folders import Kind, put

LIST = "site-files.txt"
_SITE = Kind("site", LIST, lambda line: line)


def publish(folder: Path, files: Mapping[str, bytes]) -> int:
    """Write the files (path -> content) and take away those of an earlier site that are no more; gives how many these
    were. What somebody else put into the folder stays.

    Raises UsageError and InputError as ``put`` does.
    """
    listed = "".join(f"{path}\n" for path in sorted(files))
    return put(_SITE, folder, lambda aside: _write(aside, {**files, LIST: listed.encode()}))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
