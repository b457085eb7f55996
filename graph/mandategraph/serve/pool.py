"""The workers: as many as were asked for, each at one job at a time; one that breaks a limit is ended and replaced."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from typing import Any

from mandategraph.serve.ipc import Head, next_frame, packed
from mandategraph.serve.job import Job
from mandategraph.serve.problems import Refusal
from mandategraph.serve.result import Result
from mandategraph.serve.settings import Limits

_COMMAND = (sys.executable, "-P", "-m", "mandategraph.serve.worker")
LONG = 1.0
"""Seconds after which a job gives way to others."""
_LESS_URGENT = 10
_STARTING = 60.0


class Worker:
    """One process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.spent = False

    @classmethod
    async def started(cls, settings: Head) -> Worker:
        """A process that is ready for jobs. Raises OSError or asyncio.IncompleteReadError when it cannot be."""
        quiet = None if os.environ.get("MANDATEGRAPH_DEBUG") else asyncio.subprocess.DEVNULL
        pipe = asyncio.subprocess.PIPE
        # A session of its own, so that Ctrl-C at the terminal reaches the server alone.
        process = await asyncio.create_subprocess_exec(
            *_COMMAND, stdin=pipe, stdout=pipe, stderr=quiet, start_new_session=True
        )
        worker = cls(process)
        await worker.ask(settings)
        return worker

    async def ask(self, head: Head) -> tuple[Head, bytes]:
        """Send a frame and wait for the one that answers it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(packed(head))
        await self._process.stdin.drain()
        return await next_frame(self._process.stdout)

    def give_way(self) -> None:
        """Let every other process go first from now on; such a worker is not used again."""
        self.spent = True
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _LESS_URGENT)

    async def end(self) -> None:
        """End the process at once, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class Pool:
    """Workers, and the jobs that wait for one."""

    def __init__(self, store: str, size: int, limits: Limits) -> None:
        self._settings: Head = {"store": store, **limits.plain()}
        self._size = size
        self._limits = limits
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._waiting = 0
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the workers; returns when the first of them is ready."""
        for _ in range(self._size):
            self._later(self._add())
        self._idle.put_nowait(await asyncio.wait_for(self._idle.get(), _STARTING))

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, *(worker.end() for worker in list(self._workers)), return_exceptions=True)

    async def run(self, job: Job) -> tuple[Result, str | None]:
        """Have a job done: its reply, and the fingerprint of the store that it was answered from.

        Raises Refusal: what the job says, 503 when a limit is met (``limit`` in its details says which), 400 when the
        query breaks the engine or needs more memory than it may have.
        """
        worker = await self._taken()
        loop = asyncio.get_running_loop()
        long = loop.call_later(LONG, worker.give_way)
        try:
            head, body = await asyncio.wait_for(worker.ask(job.as_data()), self._limits.seconds)
        except TimeoutError:
            worker.spent = True
            raise _too_long(self._limits) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            worker.spent = True
            raise _broken(self._limits) from None
        except BaseException:
            worker.spent = True
            raise
        finally:
            long.cancel()
            self._returned(worker)
        if head.get("log"):
            print(f"mandategraph: {head['log']}", file=sys.stderr, flush=True)
        if "refusal" in head:
            raise Refusal(**head["refusal"])
        fingerprint = head.pop("fingerprint")
        return Result(body=body, **head), fingerprint

    async def _taken(self) -> Worker:
        if self._waiting >= self._limits.waiting:
            raise _busy("too many requests are waiting")
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._idle.get(), self._limits.patience)
        except TimeoutError:
            raise _busy("all workers are at work") from None
        finally:
            self._waiting -= 1

    def _returned(self, worker: Worker) -> None:
        if worker.spent and not self._closed:
            self._later(self._replaced(worker))
        elif not self._closed:
            self._idle.put_nowait(worker)

    async def _replaced(self, worker: Worker) -> None:
        await worker.end()
        self._workers.discard(worker)
        await self._add()

    async def _add(self) -> None:
        pause = 0.2
        while not self._closed:
            try:
                worker = await Worker.started(self._settings)
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(pause)  # no memory, no processes: try again, but not all the time
                pause = min(pause * 2, 10.0)
                continue
            self._workers.add(worker)
            self._idle.put_nowait(worker)
            return

    def _later(self, doing: Any) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _too_long(limits: Limits) -> Refusal:
    told = f"The query was stopped: it took longer than {limits.seconds:g} seconds."
    return Refusal(503, told, "Ask for less, or make it more precise.", details={"limit": "time"})


def _broken(limits: Limits) -> Refusal:
    told = f"The query was stopped: it needs more than {limits.memory // 2**20} MiB of memory, or is nested too deeply."
    return Refusal(400, told, "Ask for less, or make it simpler.", details={"limit": "memory"})


def _busy(why: str) -> Refusal:
    return Refusal(503, f"This server is busy: {why}.", "Try again soon.", {"Retry-After": "2"}, {"limit": "queue"})
