"""The store: where the graph lies and is asked. Embedded on disk by default, a remote SPARQL endpoint on demand.

``open_store(location)`` is the way in; everything else works on the small ``Store`` protocol of ``base``.
"""

from __future__ import annotations

import os
from pathlib import Path

from mandategraph.store.base import Rows, Store, Term, Triples
from mandategraph.system.errors import StoreError
from mandategraph.system.precomputed import cache_folder

__all__ = ["Rows", "Store", "Term", "Triples", "default_location", "is_remote", "open_store"]

_VARIABLE = "MANDATEGRAPH_STORE"


def open_store(location: str | None = None) -> Store:
    """Open a store for reading: a folder, an ``http(s)://`` endpoint, or by default the user's own store.

    Raises StoreError when there is none, or it cannot be read or reached.
    """
    where = location or default_location()
    if is_remote(where):
        from mandategraph.store.remote import RemoteStore

        return RemoteStore(where)
    from mandategraph.store.embedded import EmbeddedStore

    return EmbeddedStore(Path(where))


def default_location() -> str:
    """The store used when none is named: ``MANDATEGRAPH_STORE``, else a folder in the user's cache."""
    named = os.environ.get(_VARIABLE, "").strip()
    if named:
        return named

    return str(cache_folder() / "store")


def is_remote(location: str) -> bool:
    """Whether the location is the address of an endpoint and not a folder.

    Raises StoreError when it is an address of another kind.
    """
    if location.lower().startswith(("http://", "https://")):
        return True
    if "://" in location:
        raise StoreError(
            "this is no address of a SPARQL endpoint", where=location, hint="begin it with http:// or https://"
        )
    return False
