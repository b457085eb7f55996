"""The verbs that look things up, by name: ``resolve`` (texts, or a whole file) and ``search``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mandategraph.lookup.annotate_text import mark_file
from mandategraph.lookup.resolve import Resolved, resolve
from mandategraph.lookup.resolver import Resolver
from mandategraph.lookup.search import search
from mandategraph.read.text import SourceText
from mandategraph.store.base import Store
from mandategraph.system.errors import UsageError


def look_up(
    verb: str, texts: Sequence[str], store: Store, name: str | None = None, path: Path | None = None
) -> Resolved:
    """What the verb finds for the texts, or in the text file at ``path``, which the answer calls ``name``.

    Raises UsageError when both or neither are given, InputError when the file cannot be read as text.
    """
    if path is None:
        return (search if verb == "search" else resolve)(texts, store)
    if texts:
        raise UsageError("Give either texts or --in FILE, not both.")
    lines = SourceText.from_file(path).lines
    return Resolved(mark_file(name or path.name, "\n".join(lines), Resolver.of(store)))
