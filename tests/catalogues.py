"""The catalogues of messages and the code that says them, kept together: for the tests and for contributors.

`python tests/catalogues.py` writes every catalogue anew: messages that the code has come to say are added without words,
those that it says no more are dropped, and what is there is compiled. `--new fr` begins a catalogue.
"""

from __future__ import annotations

import argparse
import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).parents[1] / "graph" / "mandategraph" / "messages"
_LASTING = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
_WIDTH = 100

Key = tuple[str | tuple[str, ...], str | None]


def key(entry: Message) -> Key:
    """What a message is known by: its English words (one form or two), and its context."""
    return (entry.id if isinstance(entry.id, str) else tuple(entry.id), entry.context)


def forms(words: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """The forms of a message, or of its words: one, or one for each number; none where there are no words yet."""
    return [words] if isinstance(words, str) else list(words or ())


def said() -> set[Key]:
    """All messages that the code says."""
    found = extract_from_dir(str(FOLDER.parent), [("**.py", "python")])
    return {(words, context) for _, _, words, _, context in found}


def read(file: Path) -> Catalog:
    """A catalogue as it is written."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.stem)


def brought_up_to_date(old: Catalog) -> Catalog:
    """The catalogue with just the messages that the code says now; new ones have no words yet."""
    new = Catalog(locale=old.locale, fuzzy=False, charset="utf-8")
    known = {key(entry): entry.string for entry in old if entry.id}
    for words, context in said():
        new.add(words, known.get((words, context)), context=context)
    return new


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as a text, in one order and without dates."""
    out = io.BytesIO()
    catalogue.header_comment = ""
    write_po(out, catalogue, sort_output=True, no_location=True, width=_WIDTH)
    lines = out.getvalue().decode("utf-8").splitlines(keepends=True)
    head = {f'"{name}' for name, _ in catalogue.mime_headers if name not in _LASTING}
    return "".join(line for line in lines if line.partition(":")[0] not in head).lstrip().encode("utf-8")


def as_mo(po: bytes, language: str) -> bytes:
    """The text of a catalogue, compiled."""
    out = io.BytesIO()
    catalogue = read_po(io.BytesIO(po), locale=language)
    # Babel writes the dates into the head; the same catalogue is to be the same bytes whenever it is compiled.
    catalogue.creation_date = catalogue.revision_date = datetime(1970, 1, 1, tzinfo=UTC)
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--new", metavar="LANGUAGE", help="begin a catalogue for this language")
    new = parser.parse_args().new
    files = sorted(FOLDER.glob("*.po"))
    made = {file: brought_up_to_date(read(file)) for file in files}
    if new:
        made.setdefault(FOLDER / f"{new}.po", brought_up_to_date(Catalog(locale=new)))
    for file, catalogue in made.items():
        old = {key(entry): entry for entry in read(file)} if file.exists() else {}
        po = as_po(catalogue)
        file.write_bytes(po)
        file.with_suffix(".mo").write_bytes(as_mo(po, file.stem))
        lacking = [entry for entry in catalogue if entry.id and not all(forms(entry.string) or [""])]
        print(f"{file.name}: {len(catalogue)} messages, {len(lacking)} without words")
        for entry in lacking:
            print(f"  without words: {' | '.join(forms(entry.id))}")
        for known in sorted(old.keys() - {key(entry) for entry in catalogue}, key=str):
            print(f"  said no more: {' | '.join(forms(old[known].id))} = {' | '.join(forms(old[known].string))}")


if __name__ == "__main__":
    main()
