"""The verbs that gather and join what others publish: load, fetch, identity, conflicts."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph.commands.options import Verbs, add_rows, add_verb, add_workers
from mandategraph.commands.output import input_file, opened, say, write, write_rows
from mandategraph.system.errors import InputError, UsageError

if TYPE_CHECKING:
    from mandategraph.pipeline.load import LoadReport
    from mandategraph.system.workers import Workers

_TOLD = 20
"""So many notes are told; --verbose tells all."""


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    _add_load(verbs)
    _add_fetch(verbs)
    _add_identity(verbs)
    _add_conflicts(verbs)


def _add_load(verbs: Verbs) -> None:
    summary = "read documents and published records, and add what they say"
    load = add_verb(verbs, "load", _load, summary, "mandategraph load recommendation.txt meetings.json timeline.csv")
    load.add_argument("files", nargs="*", metavar="FILE", help="files or folders; - is standard input")
    load.add_argument(
        "--as", dest="kind", metavar="KIND|MAPPING", help="read records as this kind, or by a mapping file"
    )
    load.add_argument(
        "--released", metavar="DAY", type=_day, help="the day of the release, where the records tell none"
    )
    load.add_argument("--replace", action="store_true", help="what is there of these sources is replaced as a whole")
    load.add_argument("--keep-going", action="store_true", help="set files that fail aside (always so with folders)")
    load.add_argument(
        "--graph", metavar="IRI", type=_graph, help="take RDF files as they are, bare triples into this graph"
    )
    add_workers(load, os.cpu_count() or 1)
    load.add_argument("--verbose", action="store_true", help="tell every note")
    load.add_argument("--kinds", action="store_true", help="list the kinds of records that are known")


def _add_fetch(verbs: Verbs) -> None:
    example = "mandategraph fetch cbd-index --schema meeting --since 2019 -o pages"
    fetch = add_verb(verbs, "fetch", _fetch, "fetch published records as pages that load takes", example)
    fetch.add_argument("service", choices=("cbd-index", "informea"), help="which service")
    fetch.add_argument("--schema", metavar="NAME", default="meeting", help="meeting, decision or notification")
    fetch.add_argument("--since", metavar="YEAR|DAY", help="only what begins, or was published, since then")
    fetch.add_argument("-o", "--output", metavar="DIR", required=True, help="the folder for the pages")
    fetch.add_argument("--url", metavar="URL", help="the address of the service, where it is another one")
    fetch.add_argument("--rows", metavar="N", type=int, default=100, help="records on a page")
    fetch.add_argument(
        "--delay", metavar="SECONDS", type=float, default=1.0, help="the least time between two requests"
    )


def _add_identity(verbs: Verbs) -> None:
    summary = "list, confirm or revoke judgements on what is the same thing"
    example = 'mandategraph identity revoke post-2020-timeline.record-94 SBSTTA-24 --why "another meeting"'
    identity = add_verb(verbs, "identity", _identity, summary, example)
    identity.add_argument("action", nargs="?", choices=("list", "confirm", "revoke"), default="list")
    identity.add_argument("things", nargs="*", metavar="THING", help="two things, as the list names them")
    identity.add_argument("--why", metavar="TEXT", help="the ground, for confirm and revoke")
    identity.add_argument("--candidates", action="store_true", help="list what looks alike and was left apart")
    add_rows(identity)


def _add_conflicts(verbs: Verbs) -> None:
    summary = "list facts on which sources disagree, side by side"
    conflicts = add_verb(verbs, "conflicts", _conflicts, summary, "mandategraph conflicts SBSTTA-24 --kind dates")
    conflicts.add_argument("thing", nargs="?", metavar="MEETING", help="only on this meeting")
    conflicts.add_argument("--kind", choices=("dates", "place", "mode", "name", "status"), help="only of this kind")
    conflicts.add_argument("--relation", choices=("superseded", "contradiction", "plan-and-fact"), help="only such")
    conflicts.add_argument("--between", nargs=2, metavar="SOURCE", help="only between these two sources")
    add_rows(conflicts)


def _graph(text: str) -> str:
    from mandategraph.store.base import iri

    try:
        iri(text).n3()
    except UsageError:
        raise argparse.ArgumentTypeError(f"'{text}' is no IRI; write it as https://example.org/graph") from None
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day; write it as 2019-03-26") from None


def _load(args: argparse.Namespace) -> int:
    from mandategraph.intake.files import ReadOptions
    from mandategraph.intake.kinds import chosen, kinds
    from mandategraph.pipeline.bulk_load import is_dump
    from mandategraph.pipeline.load import files_in, load_inputs

    if args.kinds:
        write("".join(f"{kind.handle}: {kind.title_en}\n" for kind in kinds().values()))
        return 0
    if not args.files:
        raise InputError("no file to load", hint="name files or folders, or list the kinds with --kinds")
    asked = ReadOptions(chosen(args.kind) if args.kind else None, args.released)
    keep_going = args.keep_going or any(Path(name).is_dir() for name in args.files)
    with ExitStack() as stack, _progress() as progress:
        paths = [input_file(name, stack) for name in args.files]
        files = list(files_in(paths))
        dumps = [] if args.kind else [path for path in files if is_dump(path, args.graph)]
        if dumps:
            return _load_dumps(args, dumps, sorted({*files} - {*dumps}))
        _refuse(args, ("--graph",), "files that are read as documents or records; it is for .nq, .nt, .trig and .ttl")
        report = load_inputs(args.store, paths, asked, keep_going=keep_going, workers=_workers(args),
                             replace_whole=args.replace, progress=progress)  # fmt: skip
    return _told(report, args.verbose)


def _load_dumps(args: argparse.Namespace, dumps: list[Path], others: list[Path]) -> int:
    from mandategraph.pipeline.bulk_load import load_dumps

    if others:
        told = f"dumps ({dumps[0]}) and other files ({others[0]}) are loaded apart."
        raise UsageError(told, None, "Load one kind first, then the other.")
    _refuse(args, ("--replace", "--released", "--keep-going"), "dumps, which come all or none, each as a whole")
    for dump in load_dumps(args.store, dumps, args.graph, _workers(args)):
        write(f"{dump.name}: {dump.statements} statements; the store holds {dump.whole} now\n")
    return 0


def _refuse(args: argparse.Namespace, options: tuple[str, ...], what: str) -> None:
    """Refuse these options, which have no effect on what is loaded."""
    for option in options:
        if getattr(args, option.removeprefix("--").replace("-", "_")):
            raise UsageError(f"{option} has no effect on {what}.", None, "Leave it out.")


def _workers(args: argparse.Namespace) -> Workers:
    from mandategraph.system.workers import Workers

    return Workers(args.jobs, args.scheduler)


def _told(report: LoadReport, verbose: bool) -> int:
    notes = [note for one in report.files for note in one.notes]
    for note in notes if verbose else notes[:_TOLD]:
        say(note)
    if len(notes) > _TOLD and not verbose:
        say(f"and {len(notes) - _TOLD} more notes; --verbose tells all")
    for one in report.failed:
        say(f"set aside: {one.error}")
    lines = []
    for source in report.sources:
        records = f"{source.records} records; " if source.records else ""
        stale = f"; {source.stale} records were older than what is there" if source.stale else ""
        lines.append(f"{source.symbol}: {records}{source.added} statements added, {source.removed} removed{stale}\n")
    if len(report.files) > 1:
        failed = f", {len(report.failed)} set aside" if report.failed else ""
        lines.append(f"{len(report.files) - len(report.failed)} files loaded{failed}; in the whole store "
                     f"{report.added} statements added, {report.removed} removed\n")  # fmt: skip
    write("".join(lines))
    return InputError.exit_code if report.failed else 0


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error for many files, and only on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _fetch(args: argparse.Namespace) -> int:
    from mandategraph.fetch.services import fetch

    done = fetch(args.service, args.schema, args.since or "", Path(args.output), args.url or "", args.rows, args.delay)
    write(f"{done.pages} pages with {done.records} records in {args.output}: {done.fetched} fetched, "
          f"{done.unchanged} unchanged, {done.kept} kept from before\n")  # fmt: skip
    return 0


def _identity(args: argparse.Namespace) -> int:
    from mandategraph.analysis.identity import candidates, judgements
    from mandategraph.commands.identity import decide

    if args.action == "list" and (args.things or args.why):
        raise UsageError(
            "the list takes neither things nor a ground.", None, "Write identity confirm or identity revoke."
        )
    if args.action != "list":
        write(decide(args.store, args.action, args.things, args.why))
        return 0
    with closing(opened(args)) as store:
        answer = candidates(store) if args.candidates else judgements(store)
    write_rows(answer, args)
    return 0


def _conflicts(args: argparse.Namespace) -> int:
    from mandategraph.analysis.dispatch import analyse

    with closing(opened(args)) as store:
        answer = analyse("conflicts", store, {**vars(args), "meeting": args.thing})
    write_rows(answer, args)
    return 0
