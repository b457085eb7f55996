"""What engines do in their own way, in one place: where they take changes, what they cannot read, how they answer.

A profile is chosen by asking the server a question that tells engines apart, never by its address alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

_ASK_AS_ROWS = "__ASK_RETVAL"
PROBE = "ASK {}"


@dataclass(frozen=True)
class Dialect:
    """One engine's ways. Without anything said it is SPARQL 1.1 as written."""

    name: str = "standard"


VIRTUOSO = Dialect("virtuoso")
STANDARD = Dialect()
