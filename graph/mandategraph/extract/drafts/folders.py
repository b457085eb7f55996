"""A folder of drafts: for each document a folder with its records, its rendered text, what it was read from, and a
person's review. Files are there as a whole or not at all.

    DIR/SBI-REC-3-99/extracted.json   the records
    DIR/SBI-REC-3-99/text.txt         the rendered text, in which the lines count
    DIR/SBI-REC-3-99/read-from.yml    name and digest of the file, and the reader's state
    DIR/SBI-REC-3-99/review.yml       yours
    DIR/set-aside.tsv                 files that could not be read, and why
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from mandategraph.extract.drafts.review import REVIEW, TEMPLATE, apply_review
from mandategraph.model.record_files import EXTRACTED, load
from mandategraph.model.records import Extraction
from mandategraph.model.register import read_yaml
from mandategraph.system.errors import InputError, StoreError

SET_ASIDE = "set-aside.tsv"
READ_FROM = "read-from.yml"
TEXT = "text.txt"


@dataclass(frozen=True)
class Origin:
    """From which file a draft was read: its name, the digest of its bytes, and that of our readers."""

    file: str
    sha256: str
    reader: str


def reader_state() -> str:
    """Changes when anything changes of which a draft is a function beside its file: our readers and the register."""
    summary = sha256()
    for room in ("mandategraph.read", "mandategraph.extract"):
        _add(summary, files(room))
    _add(summary, files("mandategraph.records").joinpath("register"))
    return summary.hexdigest()[:16]


def _add(summary: object, folder: Traversable) -> None:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            _add(summary, entry)
        elif entry.name.endswith((".py", ".yml")):
            summary.update(entry.name.encode() + b"\0" + entry.read_bytes())  # type: ignore[attr-defined]


def origins(root: Path) -> dict[str, Origin]:
    """By name of folder: where each draft came from. What cannot be read counts as not there."""
    found = {}
    for path in sorted(root.glob(f"*/{READ_FROM}")):
        try:
            data = read_yaml(path.read_text(encoding="utf-8"), str(path))
            origin = Origin(str(data["file"]), str(data["sha256"]), str(data["reader"]))
        except (InputError, OSError, KeyError, TypeError, UnicodeDecodeError):
            continue
        if (path.parent / EXTRACTED).is_file():
            found[path.parent.name] = origin
    return found


def keep(root: Path, name: str, origin: Origin, records: str, text: str) -> None:
    """Write one draft; its review only where there is none.

    Raises:
        StoreError: the folder cannot be written.
    """
    folder = root / name
    told = yaml.safe_dump({"file": origin.file, "sha256": origin.sha256, "reader": origin.reader}, allow_unicode=True)
    write_whole(folder / TEXT, text)
    write_whole(folder / EXTRACTED, records)
    if not (folder / REVIEW).exists():
        write_whole(folder / REVIEW, TEMPLATE)
    write_whole(folder / READ_FROM, told)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there as a whole or not at all.

    Raises:
        StoreError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.next")
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(path)
    except OSError as error:
        raise StoreError(
            f"cannot write {path.name}: {error.strerror}", where=str(path.parent), hint="check permissions and space"
        ) from error


def drafts_in(root: Path) -> Iterator[tuple[Extraction, list[str]]]:
    """The drafts of a folder, or of the folder of one draft, as reviewed; with notices on entries that match nothing.

    Raises:
        InputError: there are none, or a record file or review is broken.
    """
    paths = [root / EXTRACTED] if (root / EXTRACTED).is_file() else sorted(root.glob(f"*/{EXTRACTED}"))
    if not paths:
        raise InputError("holds no drafts", file=str(root), hint="run 'mandategraph extract FILE -o DIR' first")
    for path in paths:
        extraction = load(_text(path), str(path))
        review = path.parent / REVIEW
        notices: list[str] = []
        if review.is_file():
            extraction, notices = apply_review(extraction, _text(review), str(review))
        yield extraction, notices


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError(f"cannot be read ({reason})", file=str(path), hint="restore it") from error
