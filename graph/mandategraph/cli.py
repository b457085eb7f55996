"""The command line: joins the families of verbs. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from types import FrameType

from mandategraph import __version__
from mandategraph.commands import (
    analysing,
    asking,
    building,
    checking,
    exporting,
    extracting,
    load_fetch,
    lookup,
    publishing,
    serving,
)
from mandategraph.commands.options import Parser, add_everywhere
from mandategraph.commands.output import say
from mandategraph.system.errors import MandategraphError, UsageError

_FAMILIES = (extracting, building, load_fetch, checking, asking, lookup, analysing, exporting, publishing, serving)
"""In the order of the help."""

_DEBUG = "MANDATEGRAPH_DEBUG"
_FAULT = 3
_INTERRUPTED = 130
_TERMINATED = 143

_TOP = """\
Who was asked to do what, by which decision, for which meeting: a graph of international decision-making.

examples:
  mandategraph ask "which meetings feed WG2020-3"
  mandategraph ask 哪些会议为WG2020-3提供投入
  mandategraph show SBI-3
  mandategraph queries
"""
_END = """\
The graph is built on first use and kept in your cache folder; --store or MANDATEGRAPH_STORE names another place.
Exit codes: 0 fine; 1 the data does not conform, or what was asked for does not exist; 2 wrong usage or unreadable
input; 3 a fault of ours; 130 interrupted (Ctrl-C); 143 terminated. Results go to standard output, all else to standard
error.
"""


class _Terminated(KeyboardInterrupt):
    """The process was told to end, and does so as if interrupted: nothing is left half-way."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code: 0, 1, 2, 3, 130 when interrupted, or 143 when told to end (SIGTERM)."""
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except MandategraphError as error:
        if os.environ.get(_DEBUG):
            traceback.print_exc()
        say(str(error))
        return error.exit_code
    except KeyboardInterrupt as error:
        return _TERMINATED if isinstance(error, _Terminated) else _INTERRUPTED
    except BrokenPipeError:
        # The reader has had enough; nothing must be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last resort: whatever it is, the user gets one line
        if os.environ.get(_DEBUG):
            traceback.print_exc()
        words = f"{type(error).__name__}: {' '.join(str(error).split())}"
        say(f"a fault of ours: {words}. Run again with {_DEBUG}=1 to see where, and report it.")
        return _FAULT


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="mandategraph",
        description=_TOP,
        epilog=_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"mandategraph {__version__}")
    add_everywhere(top, None)
    verbs = top.add_subparsers(dest="verb", metavar="VERB", title="verbs", parser_class=Parser)
    for family in _FAMILIES:
        family.add(verbs)
    return top


def _run(argv: Sequence[str]) -> int:
    top = parser()
    args = top.parse_args(argv)
    if args.verb is None:
        top.print_help(sys.stderr)
        return UsageError.exit_code
    with nullcontext() if args.verb in serving.VERBS else _terminable():
        return int(args.run(args))


@contextmanager
def _terminable() -> Iterator[None]:
    """While the block runs, the first SIGTERM has it clean up; the next ends the process at once."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return
    owner = os.getpid()

    def end(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        if os.getpid() != owner:  # a process that was forked off, and has nothing to clean up
            os.kill(os.getpid(), number)
        raise _Terminated

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
