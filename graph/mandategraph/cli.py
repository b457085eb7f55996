"""The command line: joins the rooms. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph import arguments, namespaces
from mandategraph.errors import InputError, MandategraphError, NotFound, UsageError

if TYPE_CHECKING:
    from mandategraph.query.grid import Layout
    from mandategraph.store import Store

_DEBUG = "MANDATEGRAPH_DEBUG"
_FAULT = 3
_INTERRUPTED = 130
_DEFAULT_LANGUAGES = ("en", "zh")
# Every SPARQL query has a brace, but for DESCRIBE <iri>; no sane file name has one.
_IS_QUERY = re.compile(r"\{|^\s*(?:BASE|PREFIX|DESCRIBE)\b", re.IGNORECASE)
_MARKABLE = ("csv", "tsv")
_BOM = "\ufeff"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code: 0, 1, 2, 3, or 130 when interrupted."""
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except MandategraphError as error:
        if os.environ.get(_DEBUG):
            traceback.print_exc()
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader has had enough; nothing must be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last resort: whatever it is, the user gets one line
        if os.environ.get(_DEBUG):
            traceback.print_exc()
        words = f"{type(error).__name__}: {' '.join(str(error).split())}"
        _say(f"a fault of ours: {words}. Run again with {_DEBUG}=1 to see where, and report it.")
        return _FAULT


def _run(argv: Sequence[str]) -> int:
    parser = arguments.parser()
    args = parser.parse_args(argv)
    if args.verb is None:
        parser.print_help(sys.stderr)
        return UsageError.exit_code
    return _VERBS[args.verb](args)


def _build(args: argparse.Namespace) -> int:
    from mandategraph.build import build_store

    done = build_store(args.store, force=args.force, infer=args.infer)
    state = "built" if done.rebuilt else "up to date"
    _write(f"{state}: {done.statements} statements from {done.sources} sources in {done.folder}\n", "-")
    return 0


def _load(args: argparse.Namespace) -> int:
    from mandategraph.build import load_files

    with ExitStack() as stack:
        done = load_files(args.store, [_input_file(name, stack) for name in args.files])
    for one in done:
        for note in one.notes:
            _say(note)
        _write(f"{one.document}: {one.added} statements added, {one.removed} removed\n", "-")
    return 0


def _validate(args: argparse.Namespace) -> int:
    from mandategraph.build import ensure_store
    from mandategraph.validate.command import run

    done = run(args, lambda: ensure_store(args.store), (args.lang or _DEFAULT_LANGUAGES)[0])
    _write(done.text, args.output)
    return done.exit_code


def _ask(args: argparse.Namespace) -> int:
    from mandategraph.query.ask import language_of, understand
    from mandategraph.query.catalogue import Catalogue
    from mandategraph.query.present import write_answer
    from mandategraph.query.run import Runner

    question = " ".join(args.question)
    with closing(_opened(args)) as store:
        runner = Runner(store)
        understood = understand(question, Catalogue(), runner.resolver())
        answer = runner.answer(understood.query, understood.params, detail=args.detail)
    given = "".join(f" --param {name}={value}" for name, value in answer.given())
    how = "" if understood.exact else f" (understood as: {understood.template})"
    if args.format not in (None, "table", "md", "html") or how:
        _say(f"query {answer.query}{given}{how}")
    first = language_of(question)
    fallback = tuple(sorted(_DEFAULT_LANGUAGES, key=lambda language: language != first))
    _write(_marked(write_answer(answer, args.format, _layout(args, fallback)), args), args.output)
    return 0


def _query(args: argparse.Namespace) -> int:
    from mandategraph.query.catalogue import Catalogue
    from mandategraph.query.present import write_answer
    from mandategraph.query.run import Runner

    query, preset = Catalogue().find(args.name)
    for warning in query.warnings:
        _say(warning)
    given: dict[str, list[str]] = {}
    for name, value in args.param:
        given.setdefault(name, []).append(value)
    with closing(_opened(args)) as store:
        answer = Runner(store).answer(query, {**preset, **given}, detail=args.detail)
    _write(_marked(write_answer(answer, args.format, _layout(args)), args), args.output)
    return 0


def _queries(args: argparse.Namespace) -> int:
    from mandategraph.query.catalogue import Catalogue
    from mandategraph.query.explain import LIST_FORMATS, write_explanation

    catalogue = Catalogue()
    if args.name is None or args.format in ("turtle", "jsonld"):
        queries = [catalogue.find(args.name)[0]] if args.name else catalogue.all()
        for warning in (warning for query in queries for warning in query.warnings):
            _say(warning)
        _write(LIST_FORMATS[args.format](queries, _layout(args)), args.output)
        return 0
    from mandategraph.build import ensure_store
    from mandategraph.query.run import Runner

    query, _ = catalogue.find(args.name)
    with closing(ensure_store(args.store)) as store:
        text = write_explanation(query, Runner(store), args.format, _layout(args))
    _write(text, args.output)
    return 0


def _sparql(args: argparse.Namespace) -> int:
    from mandategraph.query.present import write_result

    text = _query_text(args.query)
    with closing(_opened(args)) as store:
        result = store.query(namespaces.with_prefixes(text))
    _write(_marked(write_result(result, args.format, _layout(args)), args), args.output)
    return 0


def _show(args: argparse.Namespace) -> int:
    from mandategraph.query.profile import write_profile
    from mandategraph.query.resolve import Resolver
    from mandategraph.query.show import show

    with closing(_opened(args)) as store:
        profile = show(" ".join(args.code), store, Resolver.of(store))
    _write(write_profile(profile, args.format, _layout(args)), args.output)
    return 0


def _look_up(args: argparse.Namespace) -> int:
    from mandategraph.query.finding import look_up
    from mandategraph.query.present import write_answer

    with ExitStack() as stack:
        file = getattr(args, "file", None)
        path = _input_file(file, stack) if file is not None else None
        found = look_up(args.verb, args.words, stack.enter_context(closing(_opened(args))), file, path)
    _write(_marked(write_answer(found.answer, args.format, _layout(args)), args), args.output)
    for message in found.missing:
        _say(message)
    return NotFound.exit_code if found.missing else 0


def _analyse(args: argparse.Namespace) -> int:
    from mandategraph.analysis.registry import analyse
    from mandategraph.query.present import write_answer

    with closing(_opened(args)) as store:
        answer = analyse(args.verb, store, vars(args))
    _write(_marked(write_answer(answer, args.format, _layout(args)), args), args.output)
    return 0


def _diff(args: argparse.Namespace) -> int:
    from mandategraph.analysis.registry import compare
    from mandategraph.known import open_state
    from mandategraph.query.present import write_answer
    from mandategraph.store import default_location

    place = args.store or default_location()
    with closing(open_state(place, args.before)) as before, closing(open_state(place, args.after)) as after:
        answer = compare(before, after, (args.before, args.after))
    _write(_marked(write_answer(answer, args.format, _layout(args)), args), args.output)
    return 0


def _questions(args: argparse.Namespace) -> int:
    from mandategraph.analysis.asked import WRITERS, Asked, listing
    from mandategraph.query.present import write_answer

    with closing(_opened(args)) as store:
        asked = Asked(store)
        if args.action == "run":
            text = WRITERS[args.format](asked.answers(args.ids), _layout(args))
        else:
            text = write_answer(listing(asked.answers()), args.format, _layout(args))
    _write(text, args.output)
    return 0


def _lines(args: argparse.Namespace) -> int:
    from mandategraph.coverage import as_answer, shipped_receipt
    from mandategraph.query.present import write_answer

    answer = as_answer(args.source, shipped_receipt(args.source))
    _write(_marked(write_answer(answer, args.format, _layout(args)), args), args.output)
    return 0


def _coverage(args: argparse.Namespace) -> int:
    return _lines(args) if args.what == "lines" else _analyse(args)


def _opened(args: argparse.Namespace) -> Store:
    """The store to ask: as it is, or as it was known on a day."""
    from mandategraph.build import ensure_store

    return ensure_store(args.store, as_of=args.as_of)


_VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "load": _load,
    "validate": _validate,
    "ask": _ask,
    "query": _query,
    "queries": _queries,
    "sparql": _sparql,
    "show": _show,
    "resolve": _look_up,
    "search": _look_up,
    "schedule": _analyse,
    "whatif": _analyse,
    "chain": _analyse,
    "coverage": _coverage,
    "questions": _questions,
    "deadlines": _analyse,
    "history": _analyse,
    "diff": _diff,
}


def _layout(args: argparse.Namespace, languages: tuple[str, ...] = _DEFAULT_LANGUAGES) -> Layout:
    from mandategraph.query.grid import Layout

    terminal = args.output == "-" and sys.stdout.isatty()
    # Whoever sets COLUMNS wants that width in a pipe too; otherwise what is piped is never wrapped.
    wrapped = terminal or os.environ.get("COLUMNS", "").isdecimal()
    return Layout(args.lang or languages, shutil.get_terminal_size().columns if wrapped else None, terminal)


def _marked(text: str, args: argparse.Namespace) -> str:
    return _BOM + text if args.bom and args.format in _MARKABLE else text


def _query_text(given: str) -> str:
    if given == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input")
    if _IS_QUERY.search(given):
        return given
    try:
        return _decoded(Path(given).read_bytes(), given)
    except OSError as error:
        hint = "Give a file, - for standard input, or a query such as 'SELECT ...'."
        raise InputError(f"the query cannot be read ({error.strerror})", file=given, hint=hint) from None


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("this is not UTF-8 text", file=name, line=line, hint="Save it as UTF-8.") from None


def _input_file(name: str, stack: ExitStack) -> Path:
    if name != "-":
        return Path(name)
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    file = Path(folder) / "standard-input.txt"
    file.write_bytes(sys.stdin.buffer.read())
    return file


def _write(text: str, output: str) -> None:
    content = text.encode("utf-8", errors="replace")
    if output == "-":
        # Bytes, so that every platform and locale gets the same ones.
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        hint = "Name another file with --output."
        raise InputError(f"the result cannot be written ({error.strerror})", file=output, hint=hint) from None


def _say(text: str) -> None:
    print(f"mandategraph: {text}", file=sys.stderr, flush=True)
