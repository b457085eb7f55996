"""States of knowledge: a store of the documents known on a day, up to a document, or in a record file.

A document is known from its date on; one without a date from the last day that it tells of, since it cannot be older.
What follows by the rules is worked out again from what was known. The judgements that we added stay those of today:
that two listings are one meeting is ours to know, and no statement of a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph.messages import BETWEEN_SENTENCES, NO_TEXT, Text, gettext, joined_text
from mandategraph.model import codes
from mandategraph.model.sources import known_dates
from mandategraph.pipeline.build import INFERENCE, all_sources, dumps, ensure_store, fill_from, replace_source
from mandategraph.pipeline.transaction import sources_of
from mandategraph.store import Store, is_remote
from mandategraph.store.embedded import OxigraphStore
from mandategraph.system.errors import InputError, NotFound, UsageError

if TYPE_CHECKING:
    from mandategraph.emit.assemble import Source

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LIKE_A_DAY = re.compile(r"[\d./-]{4,}")
_RECORDS = ".json"


@dataclass(frozen=True)
class Undated:
    """What of a store has no date, so that no earlier state holds it: its ``dumps`` by name, and what was inferred."""

    dumps: tuple[str, ...] = ()
    inferred: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What there is of it by name: the dumps, and the graph of what was inferred."""
        return (*self.dumps, *(["graph:inferred"] if self.inferred else []))

    def told(self) -> Text:
        """That it is left out; no words where there is nothing of it."""
        told = []
        if self.dumps:
            listed = joined_text(self.dumps)
            told.append(gettext("What came as a dump has no date, and is left out: {dumps}.", dumps=listed))
        if self.inferred:
            told.append(gettext("What was inferred has no date, and is left out."))
        return joined_text(told, BETWEEN_SENTENCES) if told else NO_TEXT


def state_as_of(place: str, when: str) -> tuple[Store, Undated]:
    """What the store ``place`` would hold had it been made on a day (``2019-08-30``), or when a document (its symbol or
    handle) had just become known; and what of the store that leaves out.

    Raises:
        UsageError: ``when`` is no day of the calendar.
        NotFound: no such document, or nothing was known then.
        StoreError: the store does not answer.
    """
    with sources_of(place) as folder:
        sources = all_sources(folder)
        names = tuple(one.name.removesuffix(".nq.gz") for one in dumps(folder))
        undated = Undated(names, (folder / INFERENCE).exists())
    day = _day(when, sources)
    known = [source for source in sources.values() if (since := known_since(source)) is not None and since <= day]
    if not known:
        first = min((since for source in sources.values() if (since := known_since(source))), default=None)
        raise NotFound(f"nothing was known on {day}.", None, f"The first document is of {first}." if first else None)
    return _filled(f"{place} as of {day}", known), undated


def store_as_of(place: str, when: str) -> Store:
    """The store of ``state_as_of``, for whom what it leaves out is of no concern. Raises as it does."""
    return state_as_of(place, when)[0]


def open_state(place: str, text: str) -> Store:
    """One side of a comparison: a day, a document, a record file (``*.json``), or a store (a folder or an address).

    Raises:
        UsageError, NotFound, InputError, StoreError: as it cannot be read as any of these.
    """
    if is_remote(text) or Path(text).is_dir():
        return ensure_store(text)
    if text.endswith(_RECORDS) and not _DAY.fullmatch(text):
        return store_of_records(Path(text))
    return store_as_of(place, text)


def store_of_records(path: Path) -> Store:
    """A store of one record file, as ``python -m mandategraph.extract`` prints it, with what we added about its
    document where that is one of ours.

    Raises:
        InputError: the file cannot be read or is not a record file.
    """
    from mandategraph.model.record_files import load

    try:
        extraction = load(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        hint = "Give a day, a document, a record file or a store folder."
        raise InputError(f"the record file cannot be read ({reason})", file=str(path), hint=hint) from None
    sources = {symbol: source for symbol, source in all_sources(None).items() if symbol == extraction.document.symbol}
    replace_source(sources, extraction, path.stem)
    return _filled(str(path), list(sources.values()))


def known_since(source: Source) -> date | None:
    """Since when a source is known; None when neither it nor we can tell."""
    document = source.extraction.document
    return document.date or known_dates().get(document.symbol)


def _day(when: str, sources: dict[str, Source]) -> date:
    text = when.strip()
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise UsageError(f"'{text}' is not a day of the calendar.", None, "Write it as 2019-08-30.") from None
    wanted = codes.key(text)
    for symbol, source in sources.items():
        if wanted in (codes.key(symbol), codes.key(source.name), codes.key(source.extraction.document.title)):
            since = known_since(source)
            if since is None:
                raise NotFound(f"it is not known since when there is {symbol}.", None, "Give a day as 2019-08-30.")
            return since
    if _LIKE_A_DAY.fullmatch(text):
        raise UsageError(f"'{text}' is neither a day nor a document.", None, "Write a day as 2019-08-30.")
    raise NotFound(f"no document '{text}'.", None, f"There are: {', '.join(sorted(sources))}.")


def _filled(location: str, sources: list[Source]) -> Store:
    import pyoxigraph as ox

    store = ox.Store()
    fill_from(store, sources)
    return OxigraphStore(location, store)
