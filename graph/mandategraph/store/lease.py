"""Who may change a remote store: one at a time, by a lock that the store itself holds, and that a dead holder loses.

The lock is a statement that is only put where none is. Its holder counts on while it lives; whoever waits and sees the
count stand still for the length of a lease takes the lock over. A holder looks again before it changes what is read.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from mandategraph.errors import MandategraphError, StoreError
from mandategraph.store.base import rows
from mandategraph.store.remote import OWN, RemoteStore

LOCK = f"{OWN}lock"
_HOLDER, _BEAT = f"{OWN}ontology#holder", f"{OWN}ontology#beat"
_LEASE_SECONDS = 30.0
_BEATS_A_LEASE = 6


class Lease:
    """A lock that is held; ``check`` raises StoreError when it was lost."""

    def __init__(self, store: RemoteStore, token: str) -> None:
        self._store = store
        self.token = token

    def check(self) -> None:
        """Make sure that the lock is still ours. Raises StoreError when another has taken it over."""
        if [holder for holder, _ in holders(self._store)] != [self.token]:
            hint = "Run the command again."
            raise StoreError(
                "another loader took this store over while this one stood still.", self._store.location, hint
            )


@contextmanager
def leased(store: RemoteStore) -> Iterator[Lease]:
    """Hold the lock of a remote store; waits, with a word on standard error, while another holds it."""
    lease = Lease(store, uuid.uuid4().hex)
    _acquire(store, lease.token)
    done = threading.Event()
    beating = threading.Thread(target=_beat, args=(store, lease.token, done), daemon=True)
    beating.start()
    try:
        yield lease
    finally:
        done.set()
        beating.join()
        # A lock that cannot be let go of now is taken over when its lease has run out.
        _quietly(store, f"DELETE WHERE {{ GRAPH <{LOCK}> {{ <{LOCK}/{lease.token}> ?p ?o }} }}")


def holders(store: RemoteStore) -> list[tuple[str, str]]:
    """Who holds the lock, with the count; more than one only for a moment, on engines that let two in at once."""
    text = f"SELECT ?h ?b WHERE {{ GRAPH <{LOCK}> {{ ?l <{_HOLDER}> ?h ; <{_BEAT}> ?b }} }}"
    return sorted((row["h"].value, row["b"].value) for row in rows(store.query(text)).dicts())


def lease_seconds() -> float:
    """How long a lock stands that nobody counts on: MANDATEGRAPH_LEASE, in seconds."""
    try:
        return max(1.0, float(os.environ.get("MANDATEGRAPH_LEASE", "")))
    except ValueError:
        return _LEASE_SECONDS


def _acquire(store: RemoteStore, token: str) -> None:
    mine = f'<{LOCK}/{token}> <{_HOLDER}> "{token}" ; <{_BEAT}> "0"'
    put = (
        f"INSERT {{ GRAPH <{LOCK}> {{ {mine} }} }} "
        f"WHERE {{ OPTIONAL {{ GRAPH <{LOCK}> {{ ?l <{_HOLDER}> ?h }} }} FILTER(!BOUND(?h)) }}"
    )
    seen: list[tuple[str, str]] = []
    since, told = time.monotonic(), False
    wait = 0.1
    while True:
        store.transport.update(put, store.update_address)
        found = holders(store)
        if [holder for holder, _ in found] == [token]:
            return
        if token in [holder for holder, _ in found]:  # two were let in at once: both step back, for different times
            store.transport.update(_free([token]), store.update_address)
            wait = 0.1 + int(token[:4], 16) / 65536
        elif found != seen:
            seen, since = found, time.monotonic()
        elif time.monotonic() - since > lease_seconds():
            print("mandategraph: the last loader is gone; its lock is taken away.", file=sys.stderr, flush=True)
            store.transport.update(_free([holder for holder, _ in seen]), store.update_address)
            continue
        if not told:
            told = True
            print(f"mandategraph: another loader is at work on {store.location}; waiting.", file=sys.stderr, flush=True)
        time.sleep(wait)
        wait = min(1.0, wait * 1.5)


def _free(tokens: list[str]) -> str:
    return " ; ".join(f"DELETE WHERE {{ GRAPH <{LOCK}> {{ <{LOCK}/{token}> ?p ?o }} }}" for token in tokens)


def _beat(store: RemoteStore, token: str, done: threading.Event) -> None:
    count = 0
    while not done.wait(lease_seconds() / _BEATS_A_LEASE):
        count += 1
        node = f"<{LOCK}/{token}>"
        # Only where the lock still is: a lock that was taken away must not come back.
        _quietly(
            store,
            f'DELETE {{ GRAPH <{LOCK}> {{ {node} <{_BEAT}> ?b }} }} INSERT {{ GRAPH <{LOCK}> {{ {node} <{_BEAT}> "{count}" }} }} '
            f"WHERE {{ GRAPH <{LOCK}> {{ {node} <{_BEAT}> ?b }} }}",
        )


def _quietly(store: RemoteStore, update: str) -> None:
    try:
        store.transport.update(update, store.update_address)
    except MandategraphError as error:
        print(f"mandategraph: {error}", file=sys.stderr, flush=True)
