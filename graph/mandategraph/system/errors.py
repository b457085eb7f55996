"""Every error that mandategraph raises on purpose; each says what, where, and what to do next.

The command line prints ``str(error)``, one line, and ends with ``error.exit_code``:
0 fine, 1 the data does not conform or the answer asked for does not exist, 2 wrong usage or unreadable
input, 3 a fault of ours.
"""

from __future__ import annotations

from collections.abc import Sequence


class MandategraphError(Exception):
    """Base of all our errors.

    ``message`` says what is wrong, ``where`` the place (file and line, folder, address, option), ``hint``
    what to do next. All three are plain sentences without a line break when shown by ``str``.
    """

    exit_code = 3

    def __init__(self, message: str, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        said = f"{self.where}: {self.message}" if self.where else self.message
        line = _one_line(said)
        if not self.hint:
            return line
        hint = _one_line(self.hint)
        return f"{line.rstrip('.')}; {hint}" if hint[0].islower() else f"{_closed(line)} {hint}"


class UsageError(MandategraphError):
    """The command, an option, a parameter or a query is not written as it must be."""

    exit_code = 2


class Unwritable(UsageError):
    """The result is there, and cannot be written in the format that is asked for."""


class InputError(MandategraphError):
    """A file given to us cannot be read or is not what it should be. ``file`` and ``line`` (from 1) make the place."""

    exit_code = 2

    def __init__(
        self,
        message: str,
        where: str | None = None,
        hint: str | None = None,
        *,
        file: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message, where or _place(file, line), hint)
        self.file = file
        self.line = line


class NotFound(MandategraphError):
    """What was asked for is not in the graph: an unknown code, name, query or question.

    ``nearest`` holds near misses, best first; they become the "did you mean" of the hint.
    """

    exit_code = 1

    def __init__(
        self,
        message: str,
        where: str | None = None,
        hint: str | None = None,
        *,
        nearest: Sequence[str] = (),
    ) -> None:
        super().__init__(message, where, hint or did_you_mean(nearest))
        self.nearest = tuple(nearest)


class StoreError(MandategraphError):
    """The store cannot be opened, read, written or reached."""

    exit_code = 2


class QueryRefused(StoreError):
    """The store is there and cannot run this query."""


class QueryTimedOut(QueryRefused):
    """The store is there and has not answered this query in the time given."""


class InternalFault(MandategraphError):
    """A fault of ours: something that correct code would never let happen."""

    exit_code = 3


def did_you_mean(nearest: Sequence[str]) -> str | None:
    """``Did you mean A, B or C?`` for up to three near misses, or None when there are none."""
    names = list(nearest[:3])
    if not names:
        return None
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return f"Did you mean {listed}?"


def _place(file: str | None, line: int | None) -> str | None:
    if file is None:
        return None if line is None else f"line {line}"
    return file if line is None else f"{file}, line {line}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?", "。", "？")) else text + "."
