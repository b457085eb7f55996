"""The verbs that make files for other programs: export, calendar, release."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph.commands.options import Parser, Verbs, add_as_of, add_output, add_verb, binding
from mandategraph.commands.output import opened, say, write
from mandategraph.export.registry import FORMATS, Format, format_of
from mandategraph.messages import LANGUAGES, SOURCE_LANGUAGE
from mandategraph.system.errors import UsageError

if TYPE_CHECKING:
    from mandategraph.export.job import Job

_STYLES = (".xml", ".json")
_STEP = 500  # moving the bar for each thing would cost more than writing it


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    _add_export(verbs)
    summary = "write plan and fact of meetings as a calendar (iCalendar)"
    calendar = add_verb(
        verbs, "calendar", _calendar, summary, "mandategraph calendar SBI-3 WG2020-3 --lang zh -o meetings.ics"
    )
    calendar.add_argument("meetings", metavar="MEETING", nargs="*", help="only these, with their sessions; all without")
    add_output(calendar)
    add_as_of(calendar)

    summary = "write the whole graph with ontology, shapes, queries, pages and checksums into a folder"
    release = add_verb(verbs, "release", _release, summary, "mandategraph release RELEASE --gzip")
    release.add_argument("folder", metavar="FOLDER", help="where to; it is made where it is not there")
    release.add_argument("--gzip", action="store_true", help="pack the dump")
    add_as_of(release)


def _add_export(verbs: Verbs) -> None:
    summary = "write the graph, or a part of it, for a drawing tool"
    example = "mandategraph export --around WG2020-3 --depth 2 --kinds meeting,decision -o process.gexf"
    export = add_verb(verbs, "export", _export, summary, example)
    listed = "; ".join(f"{one.name} ({one.tool})" for one in FORMATS.values())
    export.add_argument(
        "--format", choices=tuple(FORMATS), metavar="FORMAT", help=f"{listed}; by default what the file's name ends in"
    )
    add_output(export)
    _add_selection(export)
    export.add_argument(
        "--receipt", metavar="FILE", default="", help="tell what was written, dropped and merged (JSON)"
    )
    export.add_argument(
        "--style", metavar="FILE", default="", help="a style too: *.xml for Cytoscape, *.json for Cytoscape.js"
    )
    export.add_argument("--bom", action="store_true", help="mark csv as UTF-8, for Excel")
    add_as_of(export)


def _add_selection(export: Parser) -> None:
    export.add_argument("--around", metavar="CODE", default="", help="only what is near this thing")
    export.add_argument("--depth", metavar="N", type=_depth, help="how many steps from it (1)")
    export.add_argument(
        "--kinds",
        metavar="KIND,…",
        type=_names,
        default=(),
        help="only these kinds: meeting, decision, actor, element, …",
    )
    export.add_argument(
        "--relations", metavar="NAME,…", type=_names, default=(), help="only these arrows: feeds, mandates, …"
    )
    export.add_argument(
        "--query", metavar="NAME|FILE.rq", default="", help="only what a stored query finds, or the graph it makes"
    )
    export.add_argument(
        "--param", metavar="NAME=VALUE", type=binding, action="append", default=[], help="a parameter of the query"
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _depth(text: str) -> int:
    if not text.isdecimal() or len(text) > 4:
        raise argparse.ArgumentTypeError(f"'{text}' must be a whole number, such as 2")
    return int(text)


def _export(args: argparse.Namespace) -> int:
    from mandategraph.export.run import Order, export
    from mandategraph.export.select import Selection

    given: dict[str, list[str]] = {}
    for name, value in args.param:
        given.setdefault(name, []).append(value)
    if args.style and Path(args.style).suffix not in _STYLES:
        raise UsageError(f"'{args.style}' must end in .xml or .json.", "--style", "See 'mandategraph export --help'.")
    _refuse_what_has_no_effect(args)
    selection = Selection(
        args.kinds, args.relations, args.query, given, args.around, 1 if args.depth is None else args.depth
    )
    form = format_of(args.format, args.output)
    if form.name == "csv" and args.output == "-":
        raise UsageError(
            "csv is two files and needs a folder.", None, "Name one with -o, or take csv-nodes or csv-edges."
        )
    order = Order(
        form, args.output, selection, args.lang or LANGUAGES, args.bom, receipt=args.receipt, style=args.style
    )
    with closing(opened(args)) as store, _progress() as progress:
        job = export(store, order, progress)
    _remark(order.form, job)
    return 0


def _refuse_what_has_no_effect(args: argparse.Namespace) -> None:
    if args.depth is not None and not args.around:
        raise UsageError("--depth counts steps from a thing.", None, "Name it with --around.")
    if args.param and not args.query:
        raise UsageError("--param is for a query.", None, "Name it with --query.")
    places = [Path(place).resolve() for place in (args.output, args.receipt, args.style) if place not in ("", "-")]
    if len(set(places)) < len(places):
        raise UsageError("two of --output, --receipt and --style name one file.", None, "Give each a file of its own.")


def _calendar(args: argparse.Namespace) -> int:
    from mandategraph.analysis.network import Network
    from mandategraph.export.events import events, undated
    from mandategraph.export.files import write_file
    from mandategraph.export.ical import write_calendar
    from mandategraph.lookup.resolver import Resolver

    with closing(opened(args)) as store:
        resolver = Resolver.of(store) if args.meetings else None
        wanted = [resolver.one(text, ("meeting",)).iri for text in args.meetings] if resolver else []
        network = Network(store)
        made = events(store, network, wanted)
        missing = undated(network, wanted, made)
    content = write_calendar(made, args.lang or LANGUAGES)
    write_file(args.output, lambda out: out.write(content), text=False)
    if missing:
        say(f"without any date, and so not in the calendar: {', '.join(missing)}.")
    return 0


def _release(args: argparse.Namespace) -> int:
    from mandategraph.export.release import release

    with closing(opened(args)) as store:
        parts = release(store, args.folder, compress=args.gzip)
    write("".join(f"{part.name}  {part.size} bytes  {part.title[SOURCE_LANGUAGE]}\n" for part in parts))
    return 0


def _remark(form: Format, job: Job) -> None:
    from mandategraph.export.mermaid import LIMIT

    edges = len(job.drawing.edges)
    if not job.drawing.nodes and not job.written["statements"]:
        say("nothing is left by the options; the file holds no thing.")
    if form.name == "mermaid" and edges > LIMIT:
        say(f"{edges} arrows: a page draws at most {LIMIT} unless its settings allow more; --around takes a part.")


@contextmanager
def _progress() -> Iterator[Callable[[int], Callable[[int], None]] | None]:
    """A progress bar on standard error, where that is a terminal; it goes away when the work is done."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        reading = bar.add_task("reading the graph", total=None)

        def begin(total: int) -> Callable[[int], None]:
            bar.remove_task(reading)
            writing = bar.add_task("writing", total=total or None)
            waiting = 0

            def tick(done: int) -> None:
                nonlocal waiting
                waiting += done
                if waiting >= _STEP:
                    bar.advance(writing, waiting)
                    waiting = 0

            return tick

        yield begin
