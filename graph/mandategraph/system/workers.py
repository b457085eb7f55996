"""Work on many things at once: in this process, in several on this machine, or on a Dask cluster by its address.

Results come in the order of the things, whoever worked on them and whenever; no more is under way than a few times the
workers, so that memory does not grow with the number of things.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, TypeVar

from mandategraph.system.errors import StoreError, UsageError
from mandategraph.system.parent_death import end_with_parent

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 2
_CONTACT_SECONDS = 10
_MOST_A_CORE = 4
"""So many processes are the most for each core: more would share it, and take memory, for nothing."""


@dataclass(frozen=True)
class Workers:
    """Who works: ``jobs`` processes of this machine, but no more than are of use, or the cluster whose ``scheduler``
    listens there."""

    jobs: int = 1
    scheduler: str = ""

    def mapped(self, function: Callable[[T], R], things: Iterable[T]) -> Iterator[R]:
        """What the function gives for each thing, in order. It must be importable by its name, and its values small
        enough to be sent.

        Raises:
            StoreError: the cluster does not answer, or a process or the cluster lost the work.
            UsageError: a cluster is asked for and Dask is not installed, or the address is none.
        """
        if self.jobs <= 1 and not self.scheduler:
            yield from map(function, things)
            return
        waiting = iter(things)
        first = [] if self.scheduler else list(islice(waiting, min(self.jobs, _MOST_A_CORE * (os.cpu_count() or 1))))
        with self._pool(len(first)) as (pool, width):
            yield from _in_order(pool, function, chain(first, waiting), width * _AHEAD)

    def _pool(self, things: int) -> AbstractContextManager[tuple[Any, int]]:
        return _cluster(self.scheduler) if self.scheduler else _processes(max(1, things))


def _in_order(pool: Any, function: Callable[[T], R], things: Iterable[T], ahead: int) -> Iterator[R]:
    waiting: deque[Future[R]] = deque()
    for thing in things:
        waiting.append(pool.submit(function, thing))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _processes(jobs: int) -> Iterator[tuple[Executor, int]]:
    try:
        with ProcessPoolExecutor(jobs, initializer=end_with_parent) as pool:
            yield pool, jobs
    except BrokenExecutor:
        hint = "It may have had too little memory: try again with fewer --jobs."
        raise StoreError("a process that did a part of the work ended before it was done.", None, hint) from None


@contextmanager
def _cluster(address: str) -> Iterator[tuple[Any, int]]:
    try:
        from distributed import Client
        from distributed.comm.addressing import parse_address, parse_host_port
        from distributed.comm.core import CommClosedError
        from distributed.comm.registry import get_backend
        from distributed.scheduler import KilledWorker
    except ImportError:
        hint = "Install it with: pip install 'mandategraph[dask]'."
        raise UsageError("--scheduler needs Dask, which is not installed.", None, hint) from None
    try:  # before it is handed over: a client that cannot be made is closed with much noise, and late
        scheme, place = parse_address(address)
        get_backend(scheme)
        parse_host_port(place)
    except ValueError as error:
        raise UsageError(
            f"this is not an address of a scheduler ({error}).", address, "Write it as tcp://host:8786."
        ) from None
    for name in ("distributed", "distributed.client"):  # what befalls the cluster is told in a line of ours
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_CONTACT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise StoreError(f"the scheduler does not answer ({error}).", address, "Check the address.") from None
    try:
        width = sum(worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values())
        if not width:
            raise StoreError("the cluster has no workers.", address, "Start some, then try again.")
        yield client, width
    except (KilledWorker, CancelledError, CommClosedError) as error:
        hint = "See what its workers and its scheduler say of it, and run the same command again."
        raise StoreError(f"the cluster lost the work ({error}).", address, hint) from None
    finally:
        client.close()
