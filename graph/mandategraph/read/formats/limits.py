"""What a file may cost: sizes, counts and seconds. A file beyond a limit is refused in one line, never half read."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from mandategraph.system.errors import InputError

MAX_FILE = 100_000_000
"""Bytes of a file."""
MAX_UNPACKED = 200_000_000
"""Bytes of all parts of a zipped file together once unpacked."""
MAX_RATIO = 200
"""How many times larger than packed a part of more than a megabyte may be: text seldom passes 30."""
MAX_MEMBERS = 5_000
"""Files in a zipped file."""
MAX_PAGES = 2_000
"""Pages of a PDF."""
MAX_LINE = 200_000
"""Characters of a line or paragraph."""
MAX_LINES = 400_000
"""Lines of a rendered text."""
MAX_SECONDS = 300
"""Seconds for one file."""

SPLIT = "split it, or read the part that matters"


def check_line(text: str, name: str, number: int) -> str:
    """The line itself.

    Raises:
        InputError: it is longer than any sentence is.
    """
    if len(text) > MAX_LINE:
        raise InputError(
            f"a line of {len(text)} characters (at most {MAX_LINE})", file=name, line=number,
            hint="this is no running text: export the document again",
        )  # fmt: skip
    return text


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file.

    Raises:
        InputError: it is missing, a folder, no regular file, too large, empty, or cannot be read.
    """
    try:
        if path.is_dir():
            raise InputError("is a folder, not a document", file=str(path), hint="name the files inside it")
        if not path.exists():
            raise InputError("no such file", file=str(path), hint="check the name")
        if not path.is_file():
            raise InputError("is no regular file", file=str(path), hint="name a document")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise InputError(f"{size // 1_000_000} MB (at most {MAX_FILE // 1_000_000})", file=str(path), hint=SPLIT)
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}", file=str(path), hint="check the name and the permissions"
        ) from error
    if not data.strip():
        raise InputError("is empty", file=str(path), hint="name a document with text")
    return data


@contextmanager
def time_limit(name: str, seconds: int = MAX_SECONDS) -> Iterator[None]:
    """Give a file so many seconds. Only where the system can interrupt: the main thread of a POSIX process.

    Raises:
        InputError: the time is up.
    """

    def up(_signal: int, _frame: FrameType | None) -> None:
        raise InputError(f"not read within {seconds} seconds", file=name, hint=SPLIT)

    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
