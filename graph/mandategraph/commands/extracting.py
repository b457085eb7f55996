"""The verb that reads documents into draft records: extract."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph.commands.options import Verbs, add_verb
from mandategraph.commands.output import input_file, say, write

if TYPE_CHECKING:
    from mandategraph.extract.drafts.batch import Outcome, Summary

_SHOWN = 20


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    extract = add_verb(
        verbs, "extract", _extract, "read documents (DOCX, PDF, HTML, Markdown, text) into draft records, for review",
        "mandategraph extract decisions/*.docx -o drafts && mandategraph load drafts",
    )  # fmt: skip
    extract.add_argument(
        "files", nargs="+", metavar="FILE", help="a document, a folder of them, or - for standard input"
    )
    extract.add_argument("-o", "--output", metavar="DIR", required=True, help="the folder of drafts")
    extract.add_argument(
        "--jobs",
        type=int,
        default=0,
        metavar="N",
        help="how many files to read at once (default: one for each processor)",
    )


def _extract(args: argparse.Namespace) -> int:
    from mandategraph.extract.drafts.batch import extract_files, files_of

    with ExitStack() as stack:
        paths = files_of([input_file(name, stack) if name == "-" else Path(name) for name in args.files])
        with _Progress(len(paths)) as bar:
            summary = extract_files(paths, Path(args.output), args.jobs, bar.step)
    _tell(summary, args.output)
    return 2 if summary.failed else 0


def _tell(summary: Summary, folder: str) -> None:
    """One line for each document read, for a few; a line for all; reasons to standard error."""
    read = [one for one in summary.outcomes if one.state == "read"]
    for one in read[:_SHOWN]:
        counted = ", ".join(f"{count} {name}" for name, count in one.counts if count)
        write(f"{one.name}: {counted or 'no facts'}; {one.unknown} not understood\n")
    if len(read) > _SHOWN:
        write(f"… and {len(read) - _SHOWN} more\n")
    for one in summary.outcomes:
        for notice in one.notices:
            say(notice)
        if one.state == "set-aside":
            say(one.reason)
    states = summary.states
    write(f"{states['read']} read, {states['known']} known already, {states['set-aside']} set aside; in {folder}\n")


class _Progress:
    """A bar on standard error, only on a terminal and for more than one file."""

    def __init__(self, total: int) -> None:
        self._bar = None
        if total > 1 and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("reading", total=total)

    def __enter__(self) -> _Progress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, outcome: Outcome) -> None:
        if self._bar:
            self._bar.update(self._task, advance=1, description=outcome.path.name[:40])
