"""A worker: a process of its own that opens the store for reading and does one job after the other.

It talks in frames on standard input and output. It ends when its input ends, when a job needs more memory than it may
have, and at the latest a little after the time limit, even if nobody is left to stop it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import Any, BinaryIO

from mandategraph.serve.ipc import packed, read_frame
from mandategraph.serve.problems import Refusal, plain

_GRACE = 5.0
"""Seconds after the limit in which the server itself stops the worker; then the system does."""
_OURS = 500
"""From this status on a refusal is no fault of the asker."""


def main() -> None:
    """Serve the process at the other end of standard input and output."""
    # Whatever else is printed must not get into the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    first = read_frame(sys.stdin.buffer)
    if first is None:
        return
    settings, _ = first
    _restrain(int(settings["memory"]))
    _serve(settings, sys.stdin.buffer, answers)


def _serve(settings: dict[str, Any], jobs: BinaryIO, answers: BinaryIO) -> None:
    from mandategraph.serve.job import Job
    from mandategraph.serve.jobs import run
    from mandategraph.serve.problems import refusal_of
    from mandategraph.serve.session import Session
    from mandategraph.store.bounded import Bounds
    from mandategraph.system.errors import MandategraphError

    bounds = Bounds(int(settings["rows"]), int(settings["answer"]))
    session: Session | None = None
    with contextlib.suppress(MandategraphError):  # the first job tells what is wrong
        session = Session(settings["store"], bounds)
        session.warm()
    _send(answers, {"ready": True})
    while (frame := read_frame(jobs)) is not None:
        _wind(float(settings["seconds"]) + _GRACE)
        try:
            session = session.fresh() if session else Session(settings["store"], bounds)
            reply = run(session, Job.of_data(frame[0]))
            if len(reply.body) > 4 * bounds.characters:
                told = "The answer is larger than this server gives."
                raise Refusal(503, told, "Ask for less, or for a page of it.", details={"limit": "size"})
            head = {name: value for name, value in vars(reply).items() if name != "body"}
            _send(answers, {**head, "fingerprint": session.fingerprint}, reply.body)
        except Refusal as refusal:
            _send(answers, {"refusal": plain(refusal), "log": _line(refusal.__cause__, refusal.status)})
        except MandategraphError as error:
            session = None
            _send(answers, {"refusal": plain(refusal_of(error)), "log": str(error)})
        except MemoryError:
            raise  # what is left is not to be trusted; the server starts another worker
        except Exception as error:  # the last resort: whatever it is, the asker gets an answer and the worker goes on
            _send(answers, {"refusal": plain(_fault(error)), "log": f"a fault of ours: {error!r}"})
        _wind(0)


def _line(cause: BaseException | None, status: int) -> str | None:
    """What those who run the server should read of a refusal; what was asked wrongly is none of their business."""
    return str(cause) if cause is not None and status >= _OURS else None


def _fault(error: Exception) -> Refusal:
    if os.environ.get("MANDATEGRAPH_DEBUG"):
        import traceback

        traceback.print_exc()
    return Refusal(500, "A fault of ours.", f"Report it, with the words {type(error).__name__}.")


def _send(answers: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    answers.write(packed(head, body))
    answers.flush()


def _restrain(memory: int) -> None:
    """Let the system end this process before it takes more memory than it may, and leave no core behind."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _wind(seconds: float) -> None:
    """Set the alarm that ends the process; 0 stops it. Works while the engine is at work, which no signal handler
    of Python's would; where the system has no such alarm, the server's own limit is all there is."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
