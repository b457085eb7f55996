"""Who may change a remote store: one at a time, by a lock that the store itself holds, and that a dead holder loses.

The lock is only put where none is. Its holder counts on while it lives; whoever waits and sees the count stand still for
the length of the lease that the holder wrote down takes the lock over. A holder looks again before it changes what is
read.
"""

from __future__ import annotations

import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mandategraph.store.base import rows
from mandategraph.store.remote import OWN, RemoteStore
from mandategraph.store.transport import seconds_of
from mandategraph.system.errors import MandategraphError, StoreError

LOCK = f"{OWN}lock"
_HOLDER, _BEAT, _LEASE = (f"{OWN}ontology#{name}" for name in ("holder", "beat", "lease"))
_LEASE_SECONDS = 30.0
_BEATS_A_LEASE = 6
_PUTS = 5
"""So many times a mark is put before it is told that none of them is seen."""


@dataclass(frozen=True)
class Holder:
    """Who holds a lock, how far it has counted, and after how many seconds without counting it is gone."""

    token: str
    beat: str
    lease_seconds: float


class Lease:
    """A lock that is held; ``check`` raises StoreError when it was lost."""

    def __init__(self, store: RemoteStore, token: str) -> None:
        self._store = store
        self.token = token

    def check(self) -> None:
        """Make sure that the lock is still ours. Raises StoreError when another has taken it over."""
        if [one.token for one in holders(self._store)] != [self.token]:
            hint = "Run the command again."
            raise StoreError(
                "another loader took this store over while this one stood still.", self._store.location, hint
            )


@contextmanager
def leased(store: RemoteStore) -> Iterator[Lease]:
    """Hold the lock of a remote store; waits, with a word on standard error, while another holds it.

    Raises:
        StoreError: the store does not answer, takes no changes, or takes them where they do not reach it.
        UsageError: MANDATEGRAPH_LEASE, in seconds, is no such number.
    """
    lease, seconds = Lease(store, uuid.uuid4().hex), seconds_of("MANDATEGRAPH_LEASE", _LEASE_SECONDS)
    _acquire(store, lease.token, seconds)
    done = threading.Event()
    beating = threading.Thread(target=_beat, args=(store, lease.token, seconds, done), daemon=True)
    beating.start()
    try:
        yield lease
    finally:
        done.set()
        beating.join()
        # A lock that cannot be let go of now is taken over when its lease has run out.
        _quietly(store, f"DELETE WHERE {{ GRAPH <{LOCK}> {{ <{LOCK}/{lease.token}> ?p ?o }} }}")


def holders(store: RemoteStore) -> list[Holder]:
    """Who holds the lock; more than one only for a moment, on engines that let two in at once. Raises StoreError."""
    told: dict[str, dict[str, str]] = {}
    for row in rows(store.query(f"SELECT ?l ?p ?o WHERE {{ GRAPH <{LOCK}> {{ ?l ?p ?o }} }}")).dicts():
        told.setdefault(row["l"].value, {})[row["p"].value] = row["o"].value
    found = [
        Holder(one[_HOLDER], one[_BEAT], float(one.get(_LEASE, _LEASE_SECONDS)))
        for one in told.values()
        if _HOLDER in one and _BEAT in one
    ]
    return sorted(found, key=lambda one: one.token)


def _acquire(store: RemoteStore, token: str, seconds: float) -> None:
    mine = f'<{LOCK}/{token}> <{_HOLDER}> "{token}" ; <{_BEAT}> "0" ; <{_LEASE}> "{seconds:g}"'
    put = f"INSERT DATA {{ GRAPH <{LOCK}> {{ {mine} }} }}"
    seen = holders(store)
    since, told, wait, unseen = time.monotonic(), False, 0.1, 0
    while True:
        # Not one conditional update, which some engines carry out on nothing: who puts its mark looks again, and steps
        # back for a time of its own where another did the same.
        if not seen:
            store.transport.update(put, store.update_address)
            met = [one.token for one in holders(store)]
            if met == [token]:
                return
            store.transport.update(_free([token]), store.update_address)
            unseen = 0 if met else unseen + 1
            if unseen == _PUTS:
                hint = f"Name the right address of {store.location} with MANDATEGRAPH_UPDATE."
                raise StoreError("updates are taken there, but do not reach the store.", store.update_address, hint)
            if met:
                wait = 0.1 + int(token[:4], 16) / 65536
        elif time.monotonic() - since > max(one.lease_seconds for one in seen):
            print("mandategraph: the last loader is gone; its lock is taken away.", file=sys.stderr, flush=True)
            store.transport.update(_free([one.token for one in seen]), store.update_address)
        elif not told:
            told = True
            print(f"mandategraph: another loader is at work on {store.location}; waiting.", file=sys.stderr, flush=True)
        time.sleep(wait)
        wait = min(1.0, wait * 1.5)
        found = holders(store)
        if found != seen:
            seen, since = found, time.monotonic()


def _free(tokens: list[str]) -> str:
    return " ; ".join(f"DELETE WHERE {{ GRAPH <{LOCK}> {{ <{LOCK}/{token}> ?p ?o }} }}" for token in tokens)


def _beat(store: RemoteStore, token: str, seconds: float, done: threading.Event) -> None:
    count = 0
    while not done.wait(seconds / _BEATS_A_LEASE):
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
