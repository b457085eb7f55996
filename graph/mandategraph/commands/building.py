"""The verbs that fill a store without reading anything: build, synth."""

from __future__ import annotations

import argparse

from mandategraph.commands.options import Verbs, add_verb, add_workers, amount
from mandategraph.commands.output import write


def add(verbs: Verbs) -> None:
    """Add the verb of this family."""
    build = add_verb(verbs, "build", _build, "build the store from the shipped records", "mandategraph build")
    build.add_argument("--force", action="store_true", help="build even when nothing changed")
    build.add_argument("--infer", action="store_true", help="add what OWL 2 RL concludes, in a graph of its own (slow)")
    _add_synth(verbs)


def _add_synth(verbs: Verbs) -> None:
    summary = "write a made-up graph of any size, for measuring"
    synth = add_verb(verbs, "synth", _synth, summary, "mandategraph synth --meetings 3000 -o made-up.nq.gz")
    synth.add_argument(
        "--meetings", metavar="N", type=amount, required=True, help="at least so many, in whole processes"
    )
    synth.add_argument("--seed", metavar="S", type=int, default=0, help="another seed makes another graph")
    help_output = "where to write it, .gz compressed; - is standard output"
    synth.add_argument("-o", "--output", metavar="FILE", default="-", help=help_output)
    add_workers(synth)


def _build(args: argparse.Namespace) -> int:
    from mandategraph.pipeline.build import build_store

    done = build_store(args.store, force=args.force, infer=args.infer)
    state = "built" if done.rebuilt else "up to date"
    write(f"{state}: {done.statements} statements from {done.sources} sources in {done.folder}\n")
    return 0


def _synth(args: argparse.Namespace) -> int:
    from mandategraph.commands.output import write_pieces
    from mandategraph.synthetic.writing import synthesize
    from mandategraph.system.workers import Workers

    write_pieces(synthesize(args.meetings, args.seed, Workers(args.jobs, args.scheduler)), args.output)
    return 0
