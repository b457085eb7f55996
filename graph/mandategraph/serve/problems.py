"""Why a request is not answered: a status of HTTP with plain words, from one of our errors or from a limit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from mandategraph.system.errors import InputError, MandategraphError, NotFound, StoreError, Unwritable, UsageError

NOTHING = ("There is nothing at this address.", "See / for what there is.")
"""What is told where no page, thing or job answers."""

_PLACE = re.compile(r"line (\d+), column (\d+)")
_PARAMETER = "parameter "
# What our hints say to those at a command line; over HTTP the stored queries have addresses.
_COMMAND = re.compile(r"'mandategraph queries'|mandategraph query ([\w-]+)")


@dataclass(eq=False)  # an exception must stay open for its traceback
class Refusal(Exception):
    """A request that is not answered: the status, what is wrong, and what to do about it.

    ``details`` are facts for programs: the ``line`` and ``column`` of bad SPARQL, the ``limit`` that was met, the
    ``legal`` values of a parameter, the ``nearest`` names.
    """

    status: int
    message: str
    hint: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)

    def words(self) -> str:
        """All of it in one or two sentences."""
        return f"{self.message} {self.hint}".strip()

    def problem(self) -> dict[str, Any]:
        """The refusal as RFC 9457 has it."""
        title = HTTPStatus(self.status).phrase
        return {"type": "about:blank", "title": title, "status": self.status, "detail": self.words(), **self.details}


def refusal_of(error: MandategraphError) -> Refusal:
    """One of our errors as a refusal: what is asked wrongly is 400, what does not exist 404, what cannot be written as is
    wanted 406, and the rest our fault.

    What is wrong with the store is for those who run the server; the asker is not told where it lies.
    """
    if isinstance(error, StoreError):
        return Refusal(503, "The store cannot be asked at the moment.", "Try again later.", {"Retry-After": "30"})
    where = error.where or ""
    status = 500
    if isinstance(error, Unwritable):
        status = 406
    elif isinstance(error, UsageError | InputError) or where.startswith(_PARAMETER):
        status = 400
    elif isinstance(error, NotFound):
        status = 404
    message = error.message if error.message.endswith((".", "?", "!")) else error.message + "."
    details: dict[str, Any] = {}
    found = _PLACE.search(where)
    if found:
        details |= {"line": int(found.group(1)), "column": int(found.group(2))}
    if isinstance(error, NotFound) and error.nearest:
        details["nearest"] = list(error.nearest)
    hint = _COMMAND.sub(lambda found: f"/api/{found[1]}" if found[1] else "/api", error.hint or "")
    return Refusal(status, f"{where}: {message}" if where else message, hint, details=details)


def plain(refusal: Refusal) -> dict[str, Any]:
    """The refusal as plain values, to be sent by a worker."""
    return {
        "status": refusal.status,
        "message": refusal.message,
        "hint": refusal.hint,
        "headers": refusal.headers,
        "details": refusal.details,
    }
