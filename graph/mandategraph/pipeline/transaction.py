"""Where a store is changed: a folder, in which its sources lie beside its content.

For an embedded store that is the store's folder itself, under its lock, with a way back: when the work fails or is
killed, the sources are as they were. For a remote store it is a folder made for the occasion, into which the sources
are fetched from the store's own books, and from which content and books are put into the store as a whole.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mandategraph.pipeline.rollback import sources, undo_killed, way_back
from mandategraph.store import is_remote
from mandategraph.store.local_swap import cannot_write, locked
from mandategraph.store.versions import CURRENT
from mandategraph.system.errors import StoreError


@dataclass(frozen=True)
class Transaction:
    """``folder`` holds the sources; ``standing`` is the fingerprint of what the store holds now, where it is remote."""

    folder: Path
    standing: str = ""
    force: bool = False


@contextmanager
def transaction(place: str, *, force: bool = False) -> Iterator[Transaction]:
    """A folder to work in, alone; what was built in it when the block ends is what the store at ``place`` holds.

    When the block raises, or is killed, the store and its sources stay as they were. ``force`` sends all of it to a
    remote store, also what is there by its books.

    Raises:
        StoreError: the store cannot be read, reached or written; the words say what it is like now.
    """
    if is_remote(place):
        with _remote(place, force) as made:
            yield made
        return
    folder = Path(place)
    with locked(folder), way_back(folder):
        yield Transaction(folder)


@contextmanager
def sources_of(place: str) -> Iterator[Path]:
    """A folder with the sources of a store, to be read only. Raises StoreError."""
    if not is_remote(place):
        undo_killed(Path(place))
        yield Path(place)
        return
    from mandategraph.store.remote import RemoteStore
    from mandategraph.store.source_archive import read_books

    with _work_folder() as folder:
        _unpack(read_books(RemoteStore(place)).files, folder)
        yield folder


@contextmanager
def _remote(place: str, force: bool) -> Iterator[Transaction]:
    from mandategraph.store.embedded import EmbeddedStore
    from mandategraph.store.lease import leased
    from mandategraph.store.remote import RemoteStore
    from mandategraph.store.remote_swap import AS_BEFORE, finish, replace_content, standing_told
    from mandategraph.store.source_archive import read_books

    store = RemoteStore(place)
    with leased(store) as lease, _work_folder() as folder:
        if finish(store):
            print("mandategraph: a change that was cut off is finished now.", file=sys.stderr, flush=True)
        with standing_told(lambda: AS_BEFORE), locked(folder):
            books = read_books(store)
            _unpack(books.files, folder)
            yield Transaction(folder, books.fingerprint, force)
        if not (folder / CURRENT).exists():
            return
        built = EmbeddedStore(folder)
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sources(folder)}
        try:
            replace_content(store, lease, built.engine, built.fingerprint, files, force=force)
        finally:
            built.close()


@contextmanager
def _work_folder() -> Iterator[Path]:
    """A folder for the occasion. Raises StoreError where it, or what is made in it, cannot be written: the store, which
    lies elsewhere, has no part in that."""
    try:
        made = tempfile.TemporaryDirectory(prefix="mandategraph-")
    except OSError as error:
        raise _no_room(error, None) from None
    with made as name:
        try:
            yield Path(name)
        except StoreError as error:
            cause = _of_the_system(error)
            if cause and error.where and Path(error.where).is_relative_to(name):
                raise _no_room(cause, str(Path(name).parent)) from None
            raise


def _of_the_system(error: BaseException | None) -> OSError | None:
    """The error of the system that was met first."""
    while error:
        if isinstance(error, OSError):
            return error
        error = error.__context__
    return None


def _no_room(error: OSError, where: str | None) -> StoreError:
    hint = "The store is as it was before. Set TMPDIR to a folder with more room."
    return StoreError(f"the work cannot be done in the temporary folder ({error.strerror or error}).", where, hint)


def _unpack(files: dict[str, bytes], folder: Path) -> None:
    """Write the files of a store's books into a folder. Raises StoreError when one would lie outside, or cannot be."""
    for name, content in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise StoreError(f"the books of the store name a file outside of it ({name}).")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise cannot_write(folder, error) from None
