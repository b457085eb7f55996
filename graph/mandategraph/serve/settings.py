"""What a server is told: where it listens, what it serves, and its limits."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from typing import Any

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that protect a server and all who ask it. Sizes are in bytes; all of them are announced.

    ``seconds`` and ``memory`` hold for one query, ``rows`` and ``answer`` for what it gives, ``body`` and ``address``
    for a request; ``waiting`` is how many requests may wait for a free worker, ``patience`` for how many seconds, and
    ``slow_body`` in how many seconds a request must have arrived and every piece of an answer been taken.
    """

    seconds: float = 10.0
    rows: int = 100_000
    answer: int = 32 * _MIB
    memory: int = 2048 * _MIB
    body: int = _MIB
    address: int = 16 * 1024
    waiting: int = 128
    patience: float = 15.0
    slow_body: float = 20.0
    connections: int = 512

    def plain(self) -> dict[str, Any]:
        """The limits as plain values, for a worker."""
        return asdict(self)


def _workers() -> int:
    # One more than there are processors, and never less than three: a runaway must leave room for others.
    return max(3, (os.cpu_count() or 1) + 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a server is told. ``store`` is a folder or the address of an endpoint, ``site`` the folder of a built
    site that is served beside it."""

    store: str
    site: str | None = None
    workers: int = field(default_factory=_workers)
    limits: Limits = field(default_factory=Limits)
