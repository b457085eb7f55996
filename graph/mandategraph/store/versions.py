"""The layout of a store folder: ``generation-N/`` folders and one small file ``CURRENT`` that names the live one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from mandategraph.system.errors import StoreError

CURRENT = "CURRENT"
GENERATION = "generation-"


@dataclass(frozen=True, slots=True)
class Generation:
    """The live content of a store folder: its folder's name, the fingerprint of what it was built from, and the
    generation before it, kept for readers that still use it."""

    name: str
    fingerprint: str
    previous: str | None = None

    @property
    def number(self) -> int:
        """N of ``generation-N``."""
        return generation_number(self.name)


def current(folder: Path) -> Generation | None:
    """The live generation of a store folder, or None when nothing was ever published there.

    Raises StoreError when the folder is a file, cannot be read, or its CURRENT file is damaged.
    """
    try:
        text = (folder / CURRENT).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise StoreError("this is a file, not a store folder.", str(folder), "Name a folder with --store.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"the store cannot be read ({error}).", str(folder)) from None
    return _parse_current(text, folder)


def generation_number(name: str) -> int:
    """N of ``generation-N``; -1 when the name is not one of ours."""
    digits = name.removeprefix(GENERATION)
    return int(digits) if name.startswith(GENERATION) and digits.isascii() and digits.isdigit() else -1


def _parse_current(text: str, folder: Path) -> Generation:
    try:
        content = json.loads(text)
        name, fingerprint, previous = content["generation"], content["fingerprint"], content["previous"]
        if generation_number(name) >= 0 and isinstance(fingerprint, str):
            return Generation(name, fingerprint, previous if previous is None else str(previous))
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise StoreError("the file CURRENT is damaged.", str(folder), rebuild_hint(folder))


def rebuild_hint(folder: Path) -> str:
    """What to do about a store that cannot be mended."""
    return f"Remove the folder {folder} and run 'mandategraph build'."
