"""The verbs for looking things up: sparql, show, resolve, search."""

from __future__ import annotations

import argparse
import re
import sys
from contextlib import ExitStack
from pathlib import Path

from mandategraph.commands.options import (
    GRAPH_FORMATS,
    PAGE_FORMATS,
    ROW_FORMATS,
    Verbs,
    add_as_of,
    add_format,
    add_rows,
    add_verb,
)
from mandategraph.commands.output import decoded, graph_of, input_file, layout, marked, say, write, write_rows
from mandategraph.system.errors import InputError, NotFound


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    example = "mandategraph sparql 'SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }'"
    sparql = add_verb(verbs, "sparql", _sparql, "run any SPARQL query", example)
    sparql.add_argument("query", metavar="FILE|-|QUERY", help="a file, - for standard input, or the query itself")
    add_rows(sparql, (*ROW_FORMATS, *GRAPH_FORMATS))
    summary = "tell all that is known of one thing, with sources"
    show = add_verb(verbs, "show", _show, summary, "mandategraph show 'WG8(j)-11'")
    show.add_argument("code", nargs="+", metavar="CODE", help="a code, a name or an address")
    add_format(show, PAGE_FORMATS, "table")
    add_as_of(show)
    summary = "tell what a code, name, symbol or address means, and on which ground"
    resolve = add_verb(verbs, "resolve", _look_up, summary, "mandategraph resolve 'WG8(j)'")
    add_rows(resolve)
    resolve.add_argument("words", metavar="TEXT", nargs="*", help="a code, name, symbol or address, in either script")
    resolve.add_argument(
        "--in", dest="file", metavar="FILE", help="mark all that a text file names; - is standard input"
    )
    summary = "find part of a phrase, in either script"
    search = add_verb(verbs, "search", _look_up, summary, "mandategraph search 序列信息")
    add_rows(search)
    search.add_argument("words", metavar="WORDS", nargs="+", help="part of a name, a task, a position or a quote")


def _sparql(args: argparse.Namespace) -> int:
    from mandategraph.answers.write_answer import write_result
    from mandategraph.store.user_query import checked_query

    text = checked_query(_query_text(args.query))
    with graph_of(args) as graph:
        result = graph.sparql(text).result
    write(marked(write_result(result, args.format, layout(args)), args), args.output)
    return 0


def _is_query(text: str) -> bool:
    """Whether a text is no file name: every SPARQL query has a brace, but for DESCRIBE <iri>; no sane file name has one."""
    from mandategraph.store.sparql_text import UPDATES

    begins = "|".join(("BASE", "PREFIX", "DESCRIBE", *UPDATES))
    return re.search(rf"\{{|^\s*(?:{begins})[\s<:]", text, re.IGNORECASE) is not None


def _query_text(given: str) -> str:
    if given == "-":
        return decoded(sys.stdin.buffer.read(), "standard input")
    if not given.strip() or _is_query(given):
        return given
    try:
        return decoded(Path(given).read_bytes(), given)
    except OSError as error:
        hint = "Give a file, - for standard input, or a query such as 'SELECT ...'."
        raise InputError(f"the query cannot be read ({error.strerror})", file=given, hint=hint) from None


def _show(args: argparse.Namespace) -> int:
    from mandategraph.answers.write_description import write_profile

    with graph_of(args) as graph:
        profile = graph.show(" ".join(args.code)).profile
    write(write_profile(profile, args.format, layout(args)), args.output)
    return 0


def _look_up(args: argparse.Namespace) -> int:
    with ExitStack() as stack:
        file = getattr(args, "file", None)
        path = input_file(file, stack) if file is not None else None
        found = stack.enter_context(graph_of(args)).look_up(args.verb, args.words, file, path)
    write_rows(found.record, args)
    for message in found.missing:
        say(message)
    return NotFound.exit_code if found.missing else 0
