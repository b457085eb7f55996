"""What the user of a store decided on identity, in a file beside the store that builds respect."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mandategraph.model.register import read_yaml
from mandategraph.system.errors import InputError

_HEAD = "# Judgements on identity of this store, by 'mandategraph identity confirm' and 'revoke'.\n"
_FIELDS = {"thing", "is", "is-not", "why"}


@dataclass(frozen=True, order=True)
class Decision:
    """That a thing as a source lists it is, or is not, another; and why."""

    thing: str
    other: str
    same: bool
    why: str


def read_decisions(path: Path | None) -> tuple[Decision, ...]:
    """The decisions in a file; none where there is no such file.

    Raises:
        InputError: the file cannot be read, or an entry lacks a field or has one we do not know.
    """
    if path is None or not path.is_file():
        return ()
    try:
        entries = read_yaml(path.read_text(encoding="utf-8"), str(path)) or []
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError(f"cannot be read ({reason})", file=str(path), hint="mend or remove the file") from None
    if not isinstance(entries, list):
        raise InputError("not a list of judgements", file=str(path), line=1, hint="mend or remove the file")
    return tuple(sorted(_decision(number, one, str(path)) for number, one in enumerate(entries, 1)))


def _decision(number: int, entry: Any, where: str) -> Decision:
    known = isinstance(entry, dict) and set(entry) <= _FIELDS
    verdicts = [name for name in ("is", "is-not") if known and name in entry]
    if (
        len(verdicts) != 1
        or not all(isinstance(value, str) and value for value in entry.values())
        or "thing" not in entry
    ):
        hint = "an entry has thing, why, and is or is-not"
        raise InputError(f"judgement {number} is not whole", where=where, hint=hint)
    return Decision(entry["thing"], entry[verdicts[0]], verdicts[0] == "is", entry.get("why", ""))


def with_decision(decisions: tuple[Decision, ...], made: Decision) -> tuple[Decision, ...]:
    """The decisions with one more; an earlier one on the same two things gives way."""
    two = {made.thing, made.other}
    return tuple(sorted([*(one for one in decisions if {one.thing, one.other} != two), made]))


def write_decisions(decisions: tuple[Decision, ...]) -> str:
    """The text of the file, the same bytes for the same decisions."""
    rows = [{"thing": one.thing, "is" if one.same else "is-not": one.other, "why": one.why} for one in decisions]
    return _HEAD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1000)
