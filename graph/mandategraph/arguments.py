"""The command line's verbs and options, with help that a newcomer can live on."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from mandategraph import __version__
from mandategraph.errors import UsageError, did_you_mean

_GRAPH_FORMATS = ("turtle", "trig", "nt", "nq", "jsonld")
_ROW_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "html")
_GAPS = ("no-counterpart", "no-meeting", "met-later")
_PAGE_FORMATS = ("table", "json", "md")
_CHOICE = re.compile(r"argument (?P<name>.+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<choices>.*)\)")
_EARLIER = re.compile(r"-\d+[dwDW]?$")
_LANGUAGES = ("en", "zh")

_TOP = """\
Who was asked to do what, by which decision, for which meeting: a graph of international decision-making.

examples:
  mandategraph ask "which meetings feed WG2020-3"
  mandategraph ask 哪些会议为WG2020-3提供投入
  mandategraph show SBI-3
  mandategraph queries
"""
_END = """\
The graph is built on first use and kept in your cache folder; --store or MANDATEGRAPH_STORE names another place.
Exit codes: 0 fine; 1 the data does not conform, or what was asked for does not exist; 2 wrong usage or unreadable
input; 3 a fault of ours. Results go to standard output, all else to standard error.
"""


class Parser(argparse.ArgumentParser):
    """argparse, but mistakes become a UsageError with a "did you mean", told in one line; ``-2w`` is no option."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._negative_number_matcher = _EARLIER

    def error(self, message: str) -> NoReturn:
        """Raise UsageError; argparse calls this for every mistake."""
        help_at = f"{self.prog} --help"
        found = _CHOICE.fullmatch(message)
        if not found:
            raise UsageError(f"{message}.", None, f"See '{help_at}'.")
        value, choices = found.group("value"), re.findall(r"[\w-]+", found.group("choices"))
        what = "verb" if found.group("name") == "VERB" else f"value for {found.group('name')}"
        hint = did_you_mean(_near(value, choices)) or f"It may be {', '.join(choices)}."
        raise UsageError(f"unknown {what} '{value}'.", None, f"{hint} See '{help_at}'.")


def _near(value: str, choices: list[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    return [name for name, _, _ in process.extract(value, choices, scorer=fuzz.ratio, score_cutoff=55, limit=2)]


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="mandategraph",
        description=_TOP,
        epilog=_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"mandategraph {__version__}")
    _everywhere(top, None)
    verbs = top.add_subparsers(dest="verb", metavar="VERB", title="verbs", parser_class=Parser)
    _add_building(verbs)
    _add_asking(verbs)
    _add_looking(verbs)
    _add_lookups(verbs)
    _add_analyses(verbs)
    return top


def languages(text: str) -> tuple[str, ...]:
    """``zh,en`` -> ("zh", "en"), for argparse."""
    found = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not found or not set(found) <= set(_LANGUAGES):
        raise argparse.ArgumentTypeError(f"'{text}' must be made of {' and '.join(_LANGUAGES)}, such as zh,en")
    return tuple(dict.fromkeys(found))


def binding(text: str) -> tuple[str, str]:
    """``meeting=WG2020-3`` -> its two parts, for argparse."""
    name, mark, value = text.partition("=")
    if not mark or not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"'{text}' must read name=value, such as meeting=WG2020-3")
    return name.strip(), value.strip()


def _everywhere(to: argparse.ArgumentParser, default: object) -> None:
    to.add_argument("--store", metavar="PATH|URL", default=default, help="the store: a folder, or a SPARQL endpoint")
    to.add_argument(
        "--lang", metavar="zh,en", type=languages, default=default, help="languages for labels, the preferred one first"
    )


def _verb(verbs: argparse._SubParsersAction[Parser], name: str, summary: str, example: str) -> argparse.ArgumentParser:
    made = verbs.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    # Not given after the verb must not undo what was given before it.
    _everywhere(made, argparse.SUPPRESS)
    return made


def _format(to: argparse.ArgumentParser, choices: tuple[str, ...], default: str | None = None) -> None:
    to.add_argument("--format", choices=choices, default=default, help="how to write the result")
    to.add_argument("--output", metavar="FILE", default="-", help="where to write it; - is standard output")


def _as_of(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--as-of", metavar="DAY|DOCUMENT", help="only what was known on that day (2019-08-30), or with that document"
    )


def _add_building(verbs: argparse._SubParsersAction[Parser]) -> None:
    build = _verb(verbs, "build", "build the store from the shipped records", "mandategraph build")
    build.add_argument("--force", action="store_true", help="build even when nothing changed")
    build.add_argument("--infer", action="store_true", help="add what OWL 2 RL concludes, in a graph of its own (slow)")
    load = _verb(verbs, "load", "read documents and add what they say", "mandategraph load recommendation.txt")
    load.add_argument("files", nargs="+", metavar="FILE", help="a document's text; - is standard input")
    validate = _verb(verbs, "validate", "check the graph against its shapes", "mandategraph validate --format json")
    _validating(validate)


def _validating(to: argparse.ArgumentParser) -> None:
    from mandategraph.validate.options import add_arguments

    add_arguments(to)
    to.add_argument("--output", metavar="FILE", default="-", help="where to write it; - is standard output")


def _add_asking(verbs: argparse._SubParsersAction[Parser]) -> None:
    ask = _verb(
        verbs, "ask", "answer a question in plain English or Chinese", 'mandategraph ask "which meetings feed WG2020-3"'
    )
    ask.add_argument("question", nargs="+", metavar="QUESTION")
    query = _verb(
        verbs,
        "query",
        "run a stored query",
        "mandategraph query meetings-that-feed-a-meeting --param meeting=WG2020-3 --format csv",
    )
    query.add_argument("name", metavar="NAME", help="its name, or the id of a question (F01)")
    query.add_argument(
        "--param", metavar="NAME=VALUE", type=binding, action="append", default=[], help="may be given several times"
    )
    for verb in (ask, query):
        _format(verb, (*_ROW_FORMATS, *_GRAPH_FORMATS))
        _as_of(verb)
        verb.add_argument("--detail", action="store_true", help="one row for each statement, unfolded")
        verb.add_argument("--bom", action="store_true", help="mark csv and tsv as UTF-8, for Excel")


def _add_looking(verbs: argparse._SubParsersAction[Parser]) -> None:
    queries = _verb(
        verbs,
        "queries",
        "list the stored queries, or explain one",
        "mandategraph queries meetings-that-feed-a-meeting",
    )
    queries.add_argument("name", metavar="NAME", nargs="?", help="the one to explain; all are listed without it")
    _format(queries, (*_PAGE_FORMATS, "turtle", "jsonld"), "table")
    questions = _verb(
        verbs,
        "questions",
        "list the questions that the graph knows, or answer them",
        "mandategraph questions run F01 M02",
    )
    questions.add_argument(
        "action", choices=("list", "run"), nargs="?", default="list", help="list them, or answer them"
    )
    questions.add_argument("ids", metavar="ID", nargs="*", help="only these; all without it")
    _format(questions, ("table", "json", "md", "html"), "table")
    _as_of(questions)
    sparql = _verb(
        verbs,
        "sparql",
        "run any SPARQL query",
        "mandategraph sparql 'SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }'",
    )
    sparql.add_argument("query", metavar="FILE|-|QUERY", help="a file, - for standard input, or the query itself")
    _format(sparql, (*_ROW_FORMATS, *_GRAPH_FORMATS))
    sparql.add_argument("--bom", action="store_true", help="mark csv and tsv as UTF-8, for Excel")
    _as_of(sparql)
    show = _verb(verbs, "show", "tell all that is known of one thing, with sources", "mandategraph show 'WG8(j)-11'")
    show.add_argument("code", nargs="+", metavar="CODE", help="a code, a name or an address")
    _format(show, _PAGE_FORMATS, "table")
    _as_of(show)


def _add_lookups(verbs: argparse._SubParsersAction[Parser]) -> None:
    resolve = _analysis(
        verbs,
        "resolve",
        "tell what a code, name, symbol or address means, and on which ground",
        "mandategraph resolve 'WG8(j)'",
    )
    resolve.add_argument("words", metavar="TEXT", nargs="*", help="a code, name, symbol or address, in either script")
    resolve.add_argument(
        "--in", dest="file", metavar="FILE", help="mark all that a text file names; - is standard input"
    )
    search = _analysis(verbs, "search", "find part of a phrase, in either script", "mandategraph search 序列信息")
    search.add_argument("words", metavar="WORDS", nargs="+", help="part of a name, a task, a position or a quote")


def _add_analyses(verbs: argparse._SubParsersAction[Parser]) -> None:
    schedule = _analysis(
        verbs,
        "schedule",
        "tell whether each input reaches its meeting in time",
        "mandategraph schedule WG2020-2 --before 6w",
    )
    schedule.add_argument("meeting", metavar="MEETING", nargs="?", help="only what this meeting receives")
    schedule.add_argument("--before", metavar="6w|42d", help="inputs are due so long before the meeting opens")
    view = schedule.add_mutually_exclusive_group()
    view.add_argument("--late", action="store_true", help="only what is not in time for sure")
    view.add_argument("--slip", action="store_true", help="what the dates that came about did to the plan")
    view.add_argument("--earliest", action="store_true", help="the earliest day on which the meeting can open")
    view.add_argument("--back-to-back", action="store_true", help="consultations and the main meetings they adjoin")
    schedule.add_argument("--held", action="store_true", help="by the dates held, where there are such")
    whatif = _analysis(verbs, "whatif", "tell what follows when a meeting moves", "mandategraph whatif SBI-3 +60d")
    whatif.add_argument("meeting", metavar="MEETING", help="the meeting that moves")
    whatif.add_argument("change", metavar="CHANGE", help="+60d, -2w, or the new opening day 2020-09-01")
    chain = _analysis(verbs, "chain", "find the longest and shortest chains of meetings", "mandategraph chain WG2020-3")
    chain.add_argument("meeting", metavar="MEETING", nargs="?", help="the meeting at their end")
    chain.add_argument("--elements", action="store_true", help="the elements that hang on one single meeting")
    coverage = _analysis(verbs, "coverage", "lay elements and meetings side by side", "mandategraph coverage elements")
    coverage.add_argument("what", choices=("elements", "lines"), help="elements and meetings, or lines of a source")
    coverage.add_argument(
        "source", metavar="SOURCE", nargs="?", default="wg2020-rec-1-1", help="for lines: which source"
    )
    coverage.add_argument("--gap", choices=_GAPS, help="only the elements with this gap")
    coverage.add_argument("--matrix", action="store_true", help="one column for each meeting")
    deadlines = _analysis(verbs, "deadlines", "work out every deadline", "mandategraph deadlines WG2020-2 --change +7d")
    deadlines.add_argument("meeting", metavar="MEETING", nargs="?", help="only those that count from this meeting")
    deadlines.add_argument("--change", metavar="+60d|DAY", help="and if the meeting moves so")
    history = _analysis(
        verbs, "history", "tell what became of a meeting, step by step", "mandategraph history SBSTTA-24"
    )
    history.add_argument("meeting", metavar="MEETING", help="a code, a name or an address")
    diff = _verb(
        verbs,
        "diff",
        "tell what changed between two states of knowledge, in words",
        "mandategraph diff 2019-08-30 2021-06-18",
    )
    for name, side in (("before", "FROM"), ("after", "TO")):
        diff.add_argument(name, metavar=side, help="a day, a document, a record file (*.json), or a store")
    _format(diff, _ROW_FORMATS)
    diff.add_argument("--bom", action="store_true", help="mark csv and tsv as UTF-8, for Excel")


def _analysis(
    verbs: argparse._SubParsersAction[Parser], name: str, summary: str, example: str
) -> argparse.ArgumentParser:
    made = _verb(verbs, name, summary, example)
    _format(made, _ROW_FORMATS)
    made.add_argument("--bom", action="store_true", help="mark csv and tsv as UTF-8, for Excel")
    _as_of(made)
    return made
