"""What a job gives."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

Extent = Literal["complete", "truncated", "unknown"]
"""How much of an answer is given: all of it, not all of it, or nobody can tell."""


@dataclass(frozen=True)
class Result:
    """The media type and the bytes of a reply, how much of the answer they are, and how many rows the answer
    has. ``page`` and ``page_size`` say which of them these are, where only some were asked for; ``headers`` are
    those that only the job can know."""

    media: str
    body: bytes
    extent: Extent = "complete"
    rows: int | None = None
    page: int | None = None
    page_size: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


def as_json(value: Any, media: str = "application/json") -> Result:
    """A plain value as a reply in JSON."""
    return Result(media, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", errors="replace"))
