"""The verb `validate` of the command line: what it does with its options (see `options`).

`run` is all that the command line needs; it opens no store of its own accord.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from mandategraph.errors import UsageError
from mandategraph.store import Store
from mandategraph.validate.entry import packaged_shapes, shapes_of, validate_files, validate_store
from mandategraph.validate.findings import Report
from mandategraph.validate.report import render
from mandategraph.validate.select import new, only
from mandategraph.validate.shape import Shape
from mandategraph.validate.shapesgraph import ShapesGraph


@dataclass(frozen=True)
class Outcome:
    """What was written and whether the data conforms: the exit code is 0 or 1 by that."""

    text: str
    report: Report

    @property
    def exit_code(self) -> int:
        return 0 if self.report.conforms else 1


def run(args: argparse.Namespace, opened: Callable[[], Store], lang: str = "en") -> Outcome:
    """Validate as the options say.

    Args:
        args: as parsed by what `add_arguments` added.
        opened: opens the store; called only when no files are named.
        lang: `en` or `zh`, for what is written for people.

    Raises:
        UsageError: an unknown rule.
        InputError: a file cannot be read or is not what it should be.
        StoreError: the store fails.
    """
    shapes = shapes_of(args.shapes) if args.shapes else packaged_shapes()
    report = _report(args, opened)
    wanted, unwanted = _names(args.only), _names(args.skip)
    if wanted or unwanted:
        report = only(report, wanted, unwanted, rule_names(shapes))
    if args.baseline:
        report = new(report, args.baseline)
    return Outcome(render(report, args.format, lang), report)


def rule_names(shapes: ShapesGraph) -> set[str]:
    """The names of all shapes that findings may speak of."""
    return {Shape(shapes, node).name for node in shapes.subjects() if node.kind == "iri" or Shape(shapes, node).path}


def _report(args: argparse.Namespace, opened: Callable[[], Store]) -> Report:
    if args.data:
        return validate_files(args.data, args.shapes, args.fail_on, args.engine)
    with closing(opened()) as store:
        shapes = shapes_of(args.shapes) if args.shapes else None
        return validate_store(store, shapes, args.fail_on, args.engine)


def _names(given: list[str]) -> list[str]:
    names = [name.strip() for one in given for name in one.split(",")]
    if not all(names):
        raise UsageError("A rule has no name.", None, "Write --only RULE or --only RULE,RULE.")
    return names
