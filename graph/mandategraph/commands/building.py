"""The verbs that fill a store: build, load."""

from __future__ import annotations

import argparse
from contextlib import ExitStack

from mandategraph.commands.outlet import input_file, say, write
from mandategraph.commands.parsing import Verbs, add_verb


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    build = add_verb(verbs, "build", _build, "build the store from the shipped records", "mandategraph build")
    build.add_argument("--force", action="store_true", help="build even when nothing changed")
    build.add_argument("--infer", action="store_true", help="add what OWL 2 RL concludes, in a graph of its own (slow)")
    load = add_verb(
        verbs, "load", _load, "read documents and add what they say", "mandategraph load recommendation.txt"
    )
    load.add_argument("files", nargs="+", metavar="FILE", help="a document's text; - is standard input")


def _build(args: argparse.Namespace) -> int:
    from mandategraph.build import build_store

    done = build_store(args.store, force=args.force, infer=args.infer)
    state = "built" if done.rebuilt else "up to date"
    write(f"{state}: {done.statements} statements from {done.sources} sources in {done.folder}\n")
    return 0


def _load(args: argparse.Namespace) -> int:
    from mandategraph.build import load_files

    with ExitStack() as stack:
        done = load_files(args.store, [input_file(name, stack) for name in args.files])
    for one in done:
        for note in one.notes:
            say(note)
        write(f"{one.document}: {one.added} statements added, {one.removed} removed\n")
    return 0
