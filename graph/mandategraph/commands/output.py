"""How a verb opens a store, reads what it is given, and writes what it found: results to standard output, all else to
standard error."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mandategraph.messages import LANGUAGES, NO_TEXT, SOURCE_LANGUAGE
from mandategraph.system.errors import InputError, MandategraphError

if TYPE_CHECKING:
    from mandategraph.answers.answer import Answer
    from mandategraph.answers.grid import Layout
    from mandategraph.api.graph import Graph
    from mandategraph.store import Store

_MARKABLE = ("csv", "tsv")
_BOM = "\ufeff"


def graph_of(args: argparse.Namespace) -> Graph:
    """The graph to ask: as it is, or as it was known on a day; what that leaves out is told."""
    from mandategraph.api.graph import Graph
    from mandategraph.api.opening import open_graph

    if args.as_of is None:
        return open_graph(args.store)
    graph = Graph.at(args.store, args.as_of)
    if told := graph.undated.told() if graph.undated else NO_TEXT:
        say(told[SOURCE_LANGUAGE][0].lower() + told[SOURCE_LANGUAGE][1:])
    return Graph(graph.store, graph.when)  # what is undated was told once, for the whole command


def opened(args: argparse.Namespace) -> Store:
    """The store of that graph."""
    return graph_of(args).store


def layout(args: argparse.Namespace, languages: tuple[str, ...] = LANGUAGES) -> Layout:
    """How wide, how lively and in which languages to write; ``languages`` where the user named none."""
    from mandategraph.answers.grid import Layout

    terminal = args.output == "-" and sys.stdout.isatty()
    # Whoever sets COLUMNS wants that width in a pipe too; otherwise what is piped is never wrapped.
    wrapped = terminal or os.environ.get("COLUMNS", "").isdecimal()
    return Layout(args.lang or languages, shutil.get_terminal_size().columns if wrapped else None, terminal)


def write_rows(answer: Answer, args: argparse.Namespace, languages: tuple[str, ...] = LANGUAGES) -> None:
    """Write an answer as the options of ``add_rows`` say; it tells of which state of knowledge it is."""
    from mandategraph.answers.write_answer import WITHOUT_ROOM, summary, write_answer

    answer = replace(answer, as_of=getattr(args, "as_of", None))
    laid = layout(args, languages)
    write(marked(write_answer(answer, args.format, laid), args), args.output)
    if answer.status != "answered" and args.format in WITHOUT_ROOM:
        say(summary(answer, laid)[0])


def marked(text: str, args: argparse.Namespace) -> str:
    """With a byte-order mark, where one was asked for and does no harm."""
    return _BOM + text if args.bom and args.format in _MARKABLE else text


def write(text: str, output: str = "-") -> None:
    """Write a result to a file, or to standard output (``-``).

    Raises InputError when the file cannot be written.
    """
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


def write_pieces(pieces: Iterable[bytes], output: str) -> None:
    """Write a long result piece by piece: to standard output (``-``), or to a file that is there as a whole or not at
    all, compressed when its name ends in ``.gz``.

    Raises InputError when the file cannot be written.
    """
    if output == "-":
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    import gzip

    aside = Path(f"{output}.next")
    try:
        with aside.open("wb") as file:
            for piece in pieces:
                file.write(gzip.compress(piece, 6, mtime=0) if output.endswith(".gz") else piece)
        aside.replace(output)
    except OSError as error:
        hint = "Name another file with --output."
        raise InputError(f"the result cannot be written ({error.strerror})", file=output, hint=hint) from None
    finally:
        aside.unlink(missing_ok=True)


def say(text: str) -> None:
    """One line for the person at the terminal, on standard error."""
    print(f"mandategraph: {text}", file=sys.stderr, flush=True)


def input_file(name: str, stack: ExitStack) -> Path:
    """The file of this name; standard input (``-``) is kept in a file for as long as the stack stands."""
    if name != "-":
        return Path(name)
    import tempfile

    folder = stack.enter_context(tempfile.TemporaryDirectory())
    file = Path(folder) / "standard-input.txt"
    file.write_bytes(sys.stdin.buffer.read())
    stack.enter_context(_called("standard input", file))
    return file


@contextmanager
def _called(name: str, file: Path) -> Iterator[None]:
    """Errors about the file give it this name."""
    try:
        yield
    except MandategraphError as error:
        error.message = error.message.replace(str(file), name)
        error.where = error.where and error.where.replace(str(file), name)
        raise


def decoded(content: bytes, name: str) -> str:
    """Text in UTF-8, with or without a byte-order mark.

    Raises InputError with the line of the first byte that is no such text.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("this is not UTF-8 text", file=name, line=line, hint="Save it as UTF-8.") from None
