"""The verb that fills a store from the shipped records: build."""

from __future__ import annotations

import argparse

from mandategraph.commands.outlet import write
from mandategraph.commands.parsing import Verbs, add_verb


def add(verbs: Verbs) -> None:
    """Add the verb of this family."""
    build = add_verb(verbs, "build", _build, "build the store from the shipped records", "mandategraph build")
    build.add_argument("--force", action="store_true", help="build even when nothing changed")
    build.add_argument("--infer", action="store_true", help="add what OWL 2 RL concludes, in a graph of its own (slow)")


def _build(args: argparse.Namespace) -> int:
    from mandategraph.build import build_store

    done = build_store(args.store, force=args.force, infer=args.infer)
    state = "built" if done.rebuilt else "up to date"
    write(f"{state}: {done.statements} statements from {done.sources} sources in {done.folder}\n")
    return 0
