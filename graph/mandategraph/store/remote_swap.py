"""Changing a remote store: as before or as after, never half.

What is new is sent to graphs aside, in pieces. When all of it is there, a note is left of which graph takes whose place;
then one update copies them into place and strikes the note. Copying twice is as good as once, so a switch that was cut
off (on engines that do not carry an update out as a whole) is finished by whoever holds the lock next. Graphs that are
not ours are left alone.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from mandategraph.store.base import rows
from mandategraph.store.lease import Lease
from mandategraph.store.remote import OWN, RemoteStore
from mandategraph.store.source_archive import BOOKS, SourceArchive, read_books, written
from mandategraph.system.errors import StoreError

SWITCH = f"{OWN}switch"
_STAGED = f"{OWN}staged/"
_ASIDE = f"{OWN}aside"
"""Holds the names of all graphs aside, noted before they are filled: to list graphs is slow on some engines."""
_REPLACES, _GONE = f"{OWN}ontology#replaces", f"{OWN}ontology#gone"
_CHUNK = 4000
AS_BEFORE = "The store is as it was before."
_MADE = "The change was made."
_BUILD_ALL = "Run 'mandategraph build --force' with this store."
_UNFINISHED = "The change was begun and is not finished; run the same command again, which finishes it."
_UNKNOWN = "Whether the change was made is not known; run the same command again, which finishes what was begun."


def unfinished(store: RemoteStore) -> bool:
    """Whether a change of the store was cut off in its midst."""
    return store.query(f"ASK {{ GRAPH <{SWITCH}> {{ ?s ?p ?o }} }}") is True


def finish(store: RemoteStore) -> bool:
    """Finish a change that was cut off, and clear what killed loaders left; tells whether there was one.

    To be called with the lock held. Raises StoreError.
    """
    pending = [row for row in rows(store.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{SWITCH}> {{ ?s ?p ?o }} }}")).dicts()]
    if pending:
        pairs = {row["o"].value: row["s"].value for row in pending if row["p"].value == _REPLACES}
        gone = [row["s"].value for row in pending if row["p"].value == _GONE]
        with standing_told(lambda: _UNFINISHED):
            store.change(_switch(pairs, gone))
    _clear(store)
    return bool(pending)


def replace_content(
    store: RemoteStore,
    lease: Lease,
    content: ox.Store,
    fingerprint: str,
    files: dict[str, bytes],
    *,
    force: bool = False,
) -> None:
    """Make the store hold this content instead of what its books tell of; ``force`` sends unchanged graphs too.

    Raises StoreError, which says what the store is like now.
    """
    new = SourceArchive(fingerprint, {name.value: digest(content, name) for name in _names(content)}, files)
    with standing_told(lambda: AS_BEFORE):
        old = read_books(store)
        changed = [name for name, value in new.graphs.items() if force or old.graphs.get(name) != value]
        _note(store, [_aside(lease, name) for name in [*changed, BOOKS]])
        pairs = {name: _send_graph(store, lease, name, _triples(content, name)) for name in changed}
        pairs[BOOKS] = _send_graph(store, lease, BOOKS, written(new))
        counts = {name: _count(content, name) for name in changed}
        _compare(store, {pairs[name]: count for name, count in counts.items()})
        lease.check()
    _carry_out(store, fingerprint, pairs, [name for name in old.graphs if name not in new.graphs])
    with standing_told(lambda: f"{_MADE} {_BUILD_ALL}"):
        _compare(store, counts)


@contextmanager
def standing_told(standing: Callable[[], str]) -> Iterator[None]:
    """Where the block fails, or is interrupted, tell what the store is like then: with the StoreError, or on standard
    error."""
    try:
        yield
    except StoreError as error:
        raise _told(error, standing()) from None
    except KeyboardInterrupt:
        print(f"mandategraph: interrupted. {standing()}", file=sys.stderr, flush=True)
        raise


def digest(content: ox.Store, name: ox.NamedNode) -> str:
    """A digest of a graph that does not depend on the order of its statements, in bounded memory."""
    total = 0
    for quad in content.quads_for_pattern(None, None, None, name):
        total += int.from_bytes(hashlib.sha256(str(quad).encode()).digest())
    return f"{total % (1 << 256):064x}"


def _carry_out(store: RemoteStore, fingerprint: str, pairs: dict[str, str], gone: list[str]) -> None:
    note = "".join(f"<{staged}> <{_REPLACES}> <{name}> . " for name, staged in sorted(pairs.items()))
    note += "".join(f"<{name}> <{_GONE}> true . " for name in sorted(gone))
    with standing_told(lambda: _standing(store, fingerprint)):
        store.transport.update(f"INSERT DATA {{ GRAPH <{SWITCH}> {{ {note}}} }}", store.update_address)
        store.change(_switch(pairs, gone))
    with standing_told(lambda: "The change was made all the same; the next one clears what is left."):
        _clear(store)


def _standing(store: RemoteStore, fingerprint: str) -> str:
    """What the store is like after a change that was cut off."""
    try:
        if unfinished(store):
            return _UNFINISHED
        return _MADE if read_books(store).fingerprint == fingerprint else AS_BEFORE
    except StoreError:
        return _UNKNOWN


def _switch(pairs: dict[str, str], gone: Iterable[str]) -> list[str]:
    # Not COPY, which some engines lack, and which fails without a word where it must be SILENT.
    steps = [step for name, staged in sorted(pairs.items()) for step in (_emptied(name), _added(staged, name))]
    return [*steps, *(_emptied(name) for name in [*sorted(gone), SWITCH])]


def _emptied(name: str) -> str:
    return f"DELETE WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"


def _added(source: str, target: str) -> str:
    return f"INSERT {{ GRAPH <{target}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{source}> {{ ?s ?p ?o }} }}"


def _send_graph(store: RemoteStore, lease: Lease, name: str, statements: Iterable[str]) -> str:
    """Send a graph aside, in pieces; those with blank nodes go first and together, in a request that may be repeated."""
    staged = _aside(lease, name)
    blank, plain = [], []
    for statement in statements:
        if statement.startswith("_:") or " _:" in statement:
            blank.append(statement)
            continue
        plain.append(statement)
        if len(plain) == _CHUNK:
            _send(store, staged, plain)
            plain = []
    if plain:
        _send(store, staged, plain)
    if blank:
        _send_blank(store, staged, blank)
    return staged


def _aside(lease: Lease, name: str) -> str:
    return f"{_STAGED}{lease.token}/{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _note(store: RemoteStore, names: list[str]) -> None:
    body = "".join(f"<{name}> <{_GONE}> true . " for name in names)
    store.transport.update(f"INSERT DATA {{ GRAPH <{_ASIDE}> {{ {body}}} }}", store.update_address)


def _send(store: RemoteStore, staged: str, statements: list[str]) -> None:
    if store.graph_address:
        content = "".join(f"{one} .\n" for one in statements).encode()
        store.transport.send_graph(staged, content, store.graph_address, "POST")
    else:
        body = " .\n".join(statements)
        store.transport.update(f"INSERT DATA {{ GRAPH <{staged}> {{ {body} }} }}", store.update_address)


def _send_blank(store: RemoteStore, staged: str, statements: list[str]) -> None:
    """Blank nodes are new ones in each request: they are sent whole to a graph that is emptied first, then added."""
    aside, body = f"{staged}/blank", " .\n".join(statements)
    if store.graph_address:
        content = "".join(f"{one} .\n" for one in statements).encode()
        store.transport.send_graph(aside, content, store.graph_address, "PUT")
    else:
        text = f"{_emptied(aside)} ; INSERT DATA {{ GRAPH <{aside}> {{ {body} }} }}"
        store.transport.update(text, store.update_address)
    store.transport.update(_added(aside, staged), store.update_address)


def _count(content: ox.Store, name: str) -> int:
    return sum(1 for _ in content.quads_for_pattern(None, None, None, ox.NamedNode(name)))


def _compare(store: RemoteStore, counts: dict[str, int]) -> None:
    """Make sure that graphs hold as many statements as were sent: an engine may drop what it does not understand."""
    for name, count in counts.items():
        (row,) = rows(store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")).dicts()
        if int(row["n"].value) != count:
            told = f"of {count} statements sent to a graph it holds {row['n'].value} ({name})"
            raise StoreError(f"{told}.", store.location, _BUILD_ALL)


def _clear(store: RemoteStore) -> None:
    """Drop every graph aside; with the lock held none of them is another's."""
    found = rows(store.query(f"SELECT ?s WHERE {{ GRAPH <{_ASIDE}> {{ ?s ?p ?o }} }}"))
    names = sorted(row["s"].value for row in found.dicts())
    if names:
        names = [name for staged in names for name in (staged, f"{staged}/blank")] + [_ASIDE]
        store.change([_emptied(name) for name in names])


def _names(content: ox.Store) -> list[ox.NamedNode]:
    return sorted(
        (name for name in content.named_graphs() if isinstance(name, ox.NamedNode)), key=lambda one: one.value
    )


def _triples(content: ox.Store, name: str) -> Iterator[str]:
    for quad in content.quads_for_pattern(None, None, None, ox.NamedNode(name)):
        yield str(quad.triple)


def _told(error: StoreError, standing: str) -> StoreError:
    hint = f"{standing} {error.hint}" if error.hint and standing == AS_BEFORE else standing
    return StoreError(error.message, error.where, hint)
