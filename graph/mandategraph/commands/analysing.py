"""The verbs that work things out: schedule, whatif, chain, coverage, deadlines, history, diff."""

from __future__ import annotations

import argparse
from contextlib import closing

from mandategraph.commands.options import ROW_FORMATS, Parser, Verbs, add_format, add_rows, add_verb
from mandategraph.commands.output import opened, write_rows
from mandategraph.system.errors import UsageError

_FIRST_SOURCE = "wg2020-rec-1-1"
_GAPS = ("no-counterpart", "no-meeting", "met-later")


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    _add_schedule(verbs)
    summary = "tell what follows when a meeting moves"
    whatif = _analysis(verbs, "whatif", summary, "mandategraph whatif SBI-3 +60d")
    whatif.add_argument("meeting", metavar="MEETING", help="the meeting that moves")
    whatif.add_argument("change", metavar="CHANGE", help="+60d, -2w, or the new opening day 2020-09-01")
    summary = "find the longest and shortest chains of meetings"
    chain = _analysis(verbs, "chain", summary, "mandategraph chain WG2020-3")
    chain.add_argument("meeting", metavar="MEETING", nargs="?", help="the meeting at their end")
    chain.add_argument("--elements", action="store_true", help="the elements that hang on one single meeting")
    _add_coverage(verbs)
    deadlines = _analysis(verbs, "deadlines", "work out every deadline", "mandategraph deadlines WG2020-2 --change +7d")
    deadlines.add_argument("meeting", metavar="MEETING", nargs="?", help="only those that count from this meeting")
    deadlines.add_argument("--change", metavar="+60d|DAY", help="and if the meeting moves so")
    summary = "tell what became of a meeting, step by step"
    history = _analysis(verbs, "history", summary, "mandategraph history SBSTTA-24")
    history.add_argument("meeting", metavar="MEETING", help="a code, a name or an address")
    _add_diff(verbs)


def _analysis(verbs: Verbs, name: str, summary: str, example: str) -> Parser:
    made = add_verb(verbs, name, _analyse, summary, example)
    add_rows(made)
    return made


def _add_schedule(verbs: Verbs) -> None:
    summary = "tell whether each input reaches its meeting in time"
    schedule = _analysis(verbs, "schedule", summary, "mandategraph schedule WG2020-2 --before 6w")
    schedule.add_argument("meeting", metavar="MEETING", nargs="?", help="only what this meeting receives")
    schedule.add_argument("--before", metavar="6w|42d", help="inputs are due so long before the meeting opens")
    view = schedule.add_mutually_exclusive_group()
    view.add_argument("--late", action="store_true", help="only what is not in time for sure")
    view.add_argument("--slip", action="store_true", help="what the dates that came about did to the plan")
    view.add_argument("--earliest", action="store_true", help="the earliest day on which the meeting can open")
    view.add_argument("--back-to-back", action="store_true", help="consultations and the main meetings they adjoin")
    schedule.add_argument("--held", action="store_true", help="by the dates held, where there are such")


def _add_coverage(verbs: Verbs) -> None:
    summary = "lay elements and meetings side by side"
    coverage = _analysis(verbs, "coverage", summary, "mandategraph coverage elements")
    coverage.set_defaults(run=_coverage)
    what = ("elements", "lines")
    coverage.add_argument(
        "what", choices=what, metavar="|".join(what), help="elements and meetings, or lines of a source"
    )
    coverage.add_argument("source", metavar="SOURCE", nargs="?", help=f"for lines: which source ({_FIRST_SOURCE})")
    coverage.add_argument("--gap", choices=_GAPS, help="only the elements with this gap")
    coverage.add_argument("--matrix", action="store_true", help="one column for each meeting")


def _add_diff(verbs: Verbs) -> None:
    summary = "tell what changed between two states of knowledge, in words"
    diff = add_verb(verbs, "diff", _diff, summary, "mandategraph diff 2019-08-30 2021-06-18")
    for name, side in (("before", "FROM"), ("after", "TO")):
        diff.add_argument(name, metavar=side, help="a day, a document, a record file (*.json), or a store")
    add_format(diff, ROW_FORMATS)
    diff.add_argument("--bom", action="store_true", help="mark csv and tsv as UTF-8, for Excel")


def _analyse(args: argparse.Namespace) -> int:
    from mandategraph.analysis.dispatch import analyse

    with closing(opened(args)) as store:
        answer = analyse(args.verb, store, vars(args))
    write_rows(answer, args)
    return 0


def _coverage(args: argparse.Namespace) -> int:
    if args.what == "lines" and (args.gap or args.matrix):
        raise UsageError("--gap and --matrix are for elements.", None, "Write coverage elements, or leave them out.")
    if args.what == "elements" and args.source:
        raise UsageError("a source is for lines.", None, f"Write coverage lines {args.source}, or leave it out.")
    return _lines(args) if args.what == "lines" else _analyse(args)


def _lines(args: argparse.Namespace) -> int:
    from mandategraph.pipeline.line_coverage import as_answer, shipped_receipt

    source = args.source or _FIRST_SOURCE
    write_rows(as_answer(source, shipped_receipt(source)), args)
    return 0


def _diff(args: argparse.Namespace) -> int:
    from mandategraph.analysis.dispatch import compare
    from mandategraph.pipeline.as_of import open_state
    from mandategraph.store import default_location

    place = args.store or default_location()
    with closing(open_state(place, args.before)) as before, closing(open_state(place, args.after)) as after:
        answer = compare(before, after, (args.before, args.after))
    write_rows(answer, args)
    return 0
