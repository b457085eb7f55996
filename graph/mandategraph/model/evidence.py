"""Evidence as a plain value: what every record rests on. Imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement rests: the path of a part, the line of the file, and the words (fewer than 60 characters).

    `field` is the name of the field, where the place is a record of a dataset.
    """

    place: str
    line: int
    quote: str = ""
    field: str = ""
