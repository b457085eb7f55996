"""The verb `validate` of the command line: what it does with its options (see `options`).

`run` is all that the command line needs; it opens no store of its own accord.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mandategraph.store import Store
from mandategraph.system.errors import InputError, UsageError
from mandategraph.validate.entry import packaged_shapes, shapes_of, validate_files, validate_store
from mandategraph.validate.findings import Report
from mandategraph.validate.foreign import nearest_term, unknown_terms
from mandategraph.validate.report import render
from mandategraph.validate.select import new, only
from mandategraph.validate.shape import Shape
from mandategraph.validate.shapesgraph import ShapesGraph
from mandategraph.validate.vocabulary import SH


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
        lang: the language of what is written for people.

    Raises:
        UsageError: an unknown rule.
        InputError: a file cannot be read or is not what it should be, or SHACL has no such term.
        StoreError: the store fails.
    """
    shapes = shapes_of(args.shapes) if args.shapes else packaged_shapes()
    _spelt(shapes, args.shapes)
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


def _spelt(shapes: ShapesGraph, files: Sequence[Path]) -> None:
    """Refuse terms that SHACL does not have: a rule that is misspelt would be kept by everything.

    Other programs are told by a note of the report; here somebody waits for an exit code.
    """
    for name in unknown_terms(shapes):
        word = re.compile(rf"(?::|{re.escape(SH)}){re.escape(name)}(?![\w-])")
        for file in files:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            line = next((number for number, text in enumerate(lines, 1) if word.search(text)), None)
            if line:
                hint = f"Write sh:{nearest_term(name)}, or take it out."
                raise InputError(f"sh:{name} is no property of SHACL", file=str(file), line=line, hint=hint)


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
