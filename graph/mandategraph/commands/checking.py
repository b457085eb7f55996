"""The verb that checks: validate."""

from __future__ import annotations

import argparse

from mandategraph.commands.options import Verbs, add_output, add_verb
from mandategraph.commands.output import write
from mandategraph.messages import LANGUAGES


def add(verbs: Verbs) -> None:
    """Add the verb of this family."""
    from mandategraph.validate.options import add_arguments

    summary = "check the graph against its shapes"
    validate = add_verb(verbs, "validate", _validate, summary, "mandategraph validate --format json")
    add_arguments(validate)
    add_output(validate)


def _validate(args: argparse.Namespace) -> int:
    from mandategraph.api.opening import open_graph
    from mandategraph.validate.command import run

    done = run(args, lambda: open_graph(args.store).store, (args.lang or LANGUAGES)[0])
    write(done.text, args.output)
    return done.exit_code
