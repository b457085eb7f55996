"""The verbs that fill a store: build, load, synth."""

from __future__ import annotations

import argparse
from contextlib import ExitStack

from mandategraph.commands.outlet import input_file, say, write
from mandategraph.commands.parsing import Parser, Verbs, add_verb
from mandategraph.errors import UsageError


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    build = add_verb(verbs, "build", _build, "build the store from the shipped records", "mandategraph build")
    build.add_argument("--force", action="store_true", help="build even when nothing changed")
    build.add_argument("--infer", action="store_true", help="add what OWL 2 RL concludes, in a graph of its own (slow)")
    load = add_verb(
        verbs, "load", _load, "read documents and add what they say", "mandategraph load recommendation.txt"
    )
    load.add_argument("files", nargs="+", metavar="FILE", help="a document's text, or a dump; - is standard input")
    load.add_argument("--graph", metavar="IRI", help="take RDF files as they are, bare triples into this graph")
    _add_workers(load)
    _add_synth(verbs)


def _add_synth(verbs: Verbs) -> None:
    summary = "write a made-up graph of any size, for measuring"
    synth = add_verb(verbs, "synth", _synth, summary, "mandategraph synth --meetings 3000 -o made-up.nq.gz")
    synth.add_argument(
        "--meetings", metavar="N", type=_amount, required=True, help="at least so many, in whole processes"
    )
    synth.add_argument("--seed", metavar="S", type=int, default=0, help="another seed makes another graph")
    help_output = "where to write it, .gz compressed; - is standard output"
    synth.add_argument("-o", "--output", metavar="FILE", default="-", help=help_output)
    _add_workers(synth)


def _add_workers(to: Parser) -> None:
    to.add_argument("--jobs", metavar="N", type=_amount, default=1, help="so many processes side by side")
    to.add_argument("--scheduler", metavar="ADDRESS", default="", help="a Dask cluster (tcp://host:8786) does the work")


def _amount(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"'{text}' must be a whole number above 0")
    return int(text)


def _build(args: argparse.Namespace) -> int:
    from mandategraph.build import build_store

    done = build_store(args.store, force=args.force, infer=args.infer)
    state = "built" if done.rebuilt else "up to date"
    write(f"{state}: {done.statements} statements from {done.sources} sources in {done.folder}\n")
    return 0


def _load(args: argparse.Namespace) -> int:
    from mandategraph.build import load_files
    from mandategraph.bulk import is_dump, load_dumps
    from mandategraph.parallel import Workers

    with ExitStack() as stack:
        paths = [input_file(name, stack) for name in args.files]
        dumps = [path for path in paths if is_dump(path, args.graph)]
        texts = [path for path in paths if path not in dumps]
        if dumps and texts:
            raise UsageError("documents and dumps are loaded apart.", None, "Load one kind first, then the other.")
        if dumps:
            workers = Workers(args.jobs, args.scheduler)
            for dump in load_dumps(args.store, dumps, args.graph, workers):
                write(f"{dump.name}: {dump.statements} statements; the store holds {dump.whole} now\n")
            return 0
        done = load_files(args.store, texts)
    for one in done:
        for note in one.notes:
            say(note)
        write(f"{one.document}: {one.added} statements added, {one.removed} removed\n")
    return 0


def _synth(args: argparse.Namespace) -> int:
    from mandategraph.commands.outlet import write_pieces
    from mandategraph.parallel import Workers
    from mandategraph.synth.writing import synthesize

    write_pieces(synthesize(args.meetings, args.seed, Workers(args.jobs, args.scheduler)), args.output)
    return 0
