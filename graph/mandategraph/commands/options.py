"""What verbs and their options have in common: the parser, its types, and the options of many verbs."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

from mandategraph.messages import LANGUAGES
from mandategraph.system.errors import UsageError, did_you_mean

GRAPH_FORMATS = ("turtle", "trig", "nt", "nq", "jsonld", "rdfxml")
ROW_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "html")
PAGE_FORMATS = ("table", "json", "md")

_CHOICE = re.compile(r"argument (?P<name>.+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<choices>.*)\)")
_EARLIER = re.compile(r"-\d+[dwDW]?$")


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


Verbs: TypeAlias = "argparse._SubParsersAction[Parser]"
"""To which a family adds its verbs."""

Run = Callable[[argparse.Namespace], int]
"""Carries a verb out and gives the exit code."""


def add_verb(verbs: Verbs, name: str, run: Run, summary: str, example: str) -> Parser:
    """A verb with its help; what it gives takes the options of its own."""
    made = verbs.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    # Not given after the verb must not undo what was given before it.
    add_everywhere(made, argparse.SUPPRESS)
    made.set_defaults(run=run)
    return made


def add_everywhere(to: Parser, default: object) -> None:
    """``--store`` and ``--lang``, which may stand before the verb and after it."""
    to.add_argument("--store", metavar="PATH|URL", default=default, help="the store: a folder, or a SPARQL endpoint")
    to.add_argument(
        "--lang", metavar="zh,en", type=languages, default=default, help="languages for labels, the preferred one first"
    )


def add_format(to: Parser, choices: tuple[str, ...], default: str | None = None) -> None:
    """``--format``, and ``--output`` for the file."""
    to.add_argument("--format", choices=choices, default=default, help="how to write the result")
    add_output(to)


def add_output(to: Parser) -> None:
    """``--output`` (``-o``) for the file."""
    to.add_argument("-o", "--output", metavar="FILE", default="-", help="where to write it; - is standard output")


def add_rows(to: Parser, choices: tuple[str, ...] = ROW_FORMATS) -> None:
    """The options of a verb that answers in rows."""
    add_format(to, choices)
    to.add_argument("--bom", action="store_true", help="mark csv and tsv as UTF-8, for Excel")
    add_as_of(to)


def add_as_of(to: Parser) -> None:
    """``--as-of``, the state of knowledge to ask."""
    to.add_argument(
        "--as-of", metavar="DAY|DOCUMENT", help="only what was known on that day (2019-08-30), or with that document"
    )


def add_workers(to: Parser, default: int = 1) -> None:
    """``--jobs`` and ``--scheduler``, who does the work."""
    to.add_argument("--jobs", metavar="N", type=amount, default=default, help="so many processes side by side")
    to.add_argument("--scheduler", metavar="ADDRESS", default="", help="a Dask cluster (tcp://host:8786) does the work")


def amount(text: str) -> int:
    """A whole number above 0, for argparse."""
    if not text.isascii() or not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"'{text}' must be a whole number above 0")
    return int(text)


def languages(text: str) -> tuple[str, ...]:
    """``zh,en`` -> ("zh", "en"), for argparse."""
    found = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not found or not set(found) <= set(LANGUAGES):
        raise argparse.ArgumentTypeError(f"'{text}' must be made of {' and '.join(LANGUAGES)}, such as zh,en")
    return tuple(dict.fromkeys(found))


def binding(text: str) -> tuple[str, str]:
    """``meeting=WG2020-3`` -> its two parts, for argparse."""
    name, mark, value = text.partition("=")
    if not mark or not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"'{text}' must read name=value, such as meeting=WG2020-3")
    return name.strip(), value.strip()


def _near(value: str, choices: list[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    return [name for name, _, _ in process.extract(value, choices, scorer=fuzz.ratio, score_cutoff=55, limit=2)]
