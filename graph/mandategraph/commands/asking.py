"""The verbs that answer questions: ask, query, queries, questions."""

from __future__ import annotations

import argparse

from mandategraph.commands.options import (
    GRAPH_FORMATS,
    PAGE_FORMATS,
    ROW_FORMATS,
    Verbs,
    add_as_of,
    add_format,
    add_rows,
    add_verb,
    binding,
)
from mandategraph.commands.output import graph_of, layout, say, write, write_rows
from mandategraph.messages import preferring


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    _add_ask(verbs)
    _add_query(verbs)
    _add_queries(verbs)
    _add_questions(verbs)


def _add_ask(verbs: Verbs) -> None:
    example = 'mandategraph ask "which meetings feed WG2020-3"'
    ask = add_verb(verbs, "ask", _ask, "answer a question in plain English or Chinese", example)
    ask.add_argument("question", nargs="+", metavar="QUESTION")
    add_rows(ask, (*ROW_FORMATS, *GRAPH_FORMATS))
    ask.add_argument("--detail", action="store_true", help="one row for each statement, unfolded")


def _add_query(verbs: Verbs) -> None:
    example = "mandategraph query meetings-that-feed-a-meeting --param meeting=WG2020-3 --format csv"
    query = add_verb(verbs, "query", _query, "run a stored query", example)
    query.add_argument("name", metavar="NAME", help="its name, or the id of a question (F01)")
    query.add_argument(
        "--param", metavar="NAME=VALUE", type=binding, action="append", default=[], help="may be given several times"
    )
    add_rows(query, (*ROW_FORMATS, *GRAPH_FORMATS))
    query.add_argument("--detail", action="store_true", help="one row for each statement, unfolded")


def _add_queries(verbs: Verbs) -> None:
    example = "mandategraph queries meetings-that-feed-a-meeting"
    queries = add_verb(verbs, "queries", _queries, "list the stored queries, or explain one", example)
    queries.add_argument("name", metavar="NAME", nargs="?", help="the one to explain; all are listed without it")
    add_format(queries, (*PAGE_FORMATS, "turtle", "jsonld"), "table")


def _add_questions(verbs: Verbs) -> None:
    summary = "list the questions that the graph knows, or answer them"
    questions = add_verb(verbs, "questions", _questions, summary, "mandategraph questions run F01 M02")
    questions.add_argument(
        "action", choices=("list", "run"), nargs="?", default="list", help="list them, or answer them"
    )
    questions.add_argument("ids", metavar="ID", nargs="*", help="only these; all without it")
    add_format(questions, ("table", "json", "md", "html"), "table")
    add_as_of(questions)


def _ask(args: argparse.Namespace) -> int:
    with graph_of(args) as graph:
        answer = graph.ask(" ".join(args.question), detail=args.detail)
    given = "".join(f" --param {name}={value}" for name, value in answer.record.given())
    understood = answer.understood
    how = f" (understood as: {understood.template})" if understood and not understood.exact else ""
    if args.format not in (None, "table", "md", "html") or how:
        say(f"query {answer.query}{given}{how}")
    write_rows(answer.record, args, preferring(answer.lang))
    return 0


def _query(args: argparse.Namespace) -> int:
    from mandategraph.ask.verb_questions import find_stored
    from mandategraph.query.catalogue import Catalogue

    query, preset = find_stored(Catalogue(), args.name)
    for warning in query.warnings:
        say(warning)
    given: dict[str, list[str]] = {}
    for name, value in args.param:
        given.setdefault(name, []).append(value)
    with graph_of(args) as graph:
        answer = graph.run(query, {**preset, **given}, detail=args.detail)
    write_rows(answer.record, args)
    return 0


def _queries(args: argparse.Namespace) -> int:
    from mandategraph.ask.verb_questions import find_stored
    from mandategraph.query.catalogue import Catalogue
    from mandategraph.query.explain import LIST_FORMATS, write_explanation

    catalogue = Catalogue()
    if args.name is None or args.format in ("turtle", "jsonld"):
        queries = [find_stored(catalogue, args.name)[0]] if args.name else catalogue.all()
        for warning in (warning for query in queries for warning in query.warnings):
            say(warning)
        write(LIST_FORMATS[args.format](queries, layout(args)), args.output)
        return 0
    from mandategraph.api.opening import open_graph

    query, _ = find_stored(catalogue, args.name)
    with open_graph(args.store) as graph:
        text = write_explanation(query, graph.runner, args.format, layout(args))
    write(text, args.output)
    return 0


def _questions(args: argparse.Namespace) -> int:
    from mandategraph.analysis.question_service import WRITERS, listing
    from mandategraph.answers.write_answer import write_answer

    with graph_of(args) as graph:
        answers = (graph.question(identifier).record for identifier in args.ids or graph.questions())
        if args.action == "run":
            text = WRITERS[args.format](answers, layout(args))
        else:
            text = write_answer(listing(answers), args.format, layout(args))
    write(text, args.output)
    return 0
