"""What a server that does not carry updates out as a whole is like after it was killed while it was changed."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest
from mandategraph.pipeline.build import build_store
from mandategraph.store.remote import RemoteStore
from mandategraph.store.remote_swap import unfinished
from mandategraph.system.errors import StoreError
from marked_stores import marks, marks_in_place, put
from servers import Address, virtuoso

pytestmark = [pytest.mark.slow, pytest.mark.server]


def surrounded(monkeypatch: pytest.MonkeyPatch, address: Address) -> RemoteStore:
    """A server's store, with the environment for it."""
    for name, value in address.environment.items():
        monkeypatch.setenv(name, value)
    return RemoteStore(address.query)


def test_virtuoso_killed_while_it_changes_is_as_before_or_as_after_or_says_that_it_is_not_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed while a load sends graphs aside, and after some thousandths of a second of the switch; started again on
    what it left, and loaded again."""
    monkeypatch.setenv("MANDATEGRAPH_LEASE", "1")
    monkeypatch.setattr("mandategraph.store.transport._FIRST_WAIT", 0.01)
    moments = [("staged", 0.0), ("switch", 0.0), ("switch", 0.02), ("switch", 0.1), None]
    before, after = "", "start"
    for number, moment in enumerate(moments):
        with virtuoso(tmp_path) as address:
            store = surrounded(monkeypatch, address)
            found = marks_in_place(store)
            assert not number or unfinished(store) or found in ({before: 1200}, {after: 1200}), found
            assert number != 1 or found == {before: 1200}, "nothing of it was switched yet"
            put(store, after)
            assert marks(store) == {after: 1200} and not unfinished(store)
            before, after = after, f"load-{number}"
            if moment:
                kill_at(store, *moment, address.process)
                with suppress(StoreError):
                    put(store, after)


def kill_at(store: RemoteStore, step: str, seconds: float, process: int) -> None:
    """Have a server killed so many seconds after a change of it comes to a step: graphs aside are sent, or switched."""
    transport = store.transport
    update, send_graph = transport.update, transport.send_graph

    def kill() -> None:
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)

    def updating(text: str, address: str) -> None:
        if step == "switch" and "DELETE WHERE" in text and "urn:g0" in text:
            threading.Thread(target=kill).start()
        update(text, address)

    def sending(name: str, ntriples: bytes, address: str, method: Literal["PUT", "POST"]) -> None:
        if step == "staged":
            threading.Thread(target=kill).start()
        send_graph(name, ntriples, address, method)

    transport.update, transport.send_graph = updating, sending  # type: ignore[method-assign]


def test_a_change_may_be_larger_than_one_transaction_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit is lowered to what the largest graph takes, as a million statements meet the one it comes with."""
    with virtuoso(tmp_path, transaction=2_000_000) as address:
        store = surrounded(monkeypatch, address)
        built = build_store(address.query)
        assert built.statements > 29_000 and not unfinished(store)
        with monkeypatch.context() as together:
            together.setattr(type(store.dialect), "requests", lambda dialect, steps: [" ;\n".join(steps)])
            with pytest.raises(StoreError, match="run the same command again"):
                build_store(address.query, force=True)
        assert unfinished(store)
        assert build_store(address.query).statements == built.statements and not unfinished(store)
