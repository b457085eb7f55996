"""Listening: takes the port, says where, and serves until it is told to stop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from mandategraph.serve.app import application
from mandategraph.serve.settings import Limits, Settings
from mandategraph.system.errors import UsageError

_HEADERS = 64 * 1024
_BACKLOG = 128


def serve(settings: Settings, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve at this address until interrupted; ``announce`` is told the address once the port is taken.

    Raises UsageError when it cannot be taken, InputError when the site is not there.
    """
    app = application(settings)
    listening = bound(host, port)
    name = f"[{host}]" if ":" in host else host
    announce(f"http://{name}:{listening.getsockname()[1]}/")
    uvicorn.Server(configured(app, settings.limits)).run(sockets=[listening])


def configured(app: Any, limits: Limits) -> uvicorn.Config:
    """How uvicorn is to serve: quietly, without telling its version, one connection for so many seconds at most."""
    return uvicorn.Config(
        app,
        http=_impatient(limits.slow_body),
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=_HEADERS,
    )


def bound(host: str, port: int) -> socket.socket:
    """A socket that has the port. Raises UsageError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol must be named: only then does asyncio send small replies at once (TCP_NODELAY).
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        # Listening already, so that a second server on the port is told now and not later.
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        told = f"the port {port} of {host} cannot be had ({reason})."
        raise UsageError(told, None, "Name another one with --port, or 0 for any.") from None
    return listening


def _impatient(seconds: float) -> type[H11Protocol]:
    class Impatient(H11Protocol):
        """HTTP that drops a connection whose request does not begin or whose head does not end in good time, and one
        that takes nothing of its answer."""

        _waiting: asyncio.TimerHandle | None = None
        _taking: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._expect()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
                self._expect()
            else:
                _stop(self._waiting)
                self._waiting = None

        def pause_writing(self) -> None:
            super().pause_writing()
            # To close would be to wait until all is taken.
            self._taking = self._taking or self.loop.call_later(seconds, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            _stop(self._taking)
            self._taking = None

        def timeout_keep_alive_handler(self) -> None:
            super().timeout_keep_alive_handler()
            self._taking = self._taking or self.loop.call_later(seconds, self.transport.abort)

        def connection_lost(self, exc: Exception | None) -> None:
            _stop(self._waiting)
            _stop(self._taking)
            super().connection_lost(exc)

        def _expect(self) -> None:
            if self._waiting is None:
                self._waiting = self.loop.call_later(seconds, self.transport.close)

    return Impatient


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
