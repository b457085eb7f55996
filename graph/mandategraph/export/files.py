"""Files that are there whole or not at all: written beside their place and moved there when they are done."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from mandategraph.system.errors import InputError

STDOUT = "-"
_HINT = "Name another place with --output."


def write_file(target: str, write: Callable[[Any], None], *, text: bool) -> Path | None:
    """Let ``write`` fill a file and put it at ``target``; ``-`` is standard output (then None is returned). Text is UTF-8
    with line feeds on every platform.

    Raises InputError when it cannot be written.
    """
    if target == STDOUT:
        with tempfile.TemporaryFile() as whole:
            _fill(whole, write, text)
            whole.seek(0)
            sys.stdout.flush()
            shutil.copyfileobj(whole, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return None
    place = Path(target)
    with _told(target), tempfile.TemporaryDirectory(dir=place.parent, prefix=".mandategraph-") as folder:
        draft = Path(folder) / place.name
        with draft.open("wb") as out:
            _fill(out, write, text)
        draft.replace(place)
    return place


def write_folder(target: str, write: Callable[[Path], None]) -> Path:
    """Let ``write`` fill a folder, and put its files into the folder ``target``, which is made where it is not there.

    Raises InputError when it cannot be written, or when the target is standard output.
    """
    if target == STDOUT:
        raise InputError("this is several files and needs a folder", hint="Name one with --output.")
    place = Path(target)
    with _told(target):
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place, prefix=".mandategraph-") as folder:
            write(Path(folder))
            for file in sorted(Path(folder).iterdir()):
                file.replace(place / file.name)
    return place


def _fill(out: IO[bytes], write: Callable[[Any], None], text: bool) -> None:
    if not text:
        write(out)
        return
    wrapped = io.TextIOWrapper(out, encoding="utf-8", newline="")
    write(wrapped)
    wrapped.flush()
    wrapped.detach()


@contextmanager
def _told(target: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"it cannot be written ({error.strerror})", file=target, hint=_HINT) from None
