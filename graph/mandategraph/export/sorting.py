"""Sorting more lines than fit into memory.

SQLite keeps them in a file that it alone knows (``SQLITE_TMPDIR``, ``TMPDIR``) and removes with the connection, and sorts
them by their bytes in UTF-8, which is the order of Python's strings too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from mandategraph.system.errors import InputError

_CACHE = "PRAGMA cache_size = -65536"  # in KiB: what may lie in memory before it goes to the file
_NO_JOURNAL = "PRAGMA journal_mode = OFF"  # nobody comes back to a sort that was cut off


def in_order(lines: Iterable[str]) -> Iterator[str]:
    """The lines, sorted, in bounded memory.

    Raises InputError when there is no room for them where temporary files are.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as aside:
        try:
            aside.execute(_CACHE)
            aside.execute(_NO_JOURNAL)
            aside.execute("CREATE TABLE line (text TEXT NOT NULL)")
            aside.execute("BEGIN")
            aside.executemany("INSERT INTO line VALUES (?)", ((line,) for line in lines))
            found = aside.execute("SELECT text FROM line ORDER BY text")
        except sqlite3.Error as error:
            hint = "Name a folder with more room in the variable TMPDIR."
            raise InputError(f"the statements cannot be sorted in temporary files ({error})", hint=hint) from None
        for (line,) in found:
            yield line
