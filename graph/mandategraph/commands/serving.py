"""The verbs that let others ask: serve (over HTTP) and mcp (for language models)."""

from __future__ import annotations

import argparse

from mandategraph.commands.options import Verbs, add_verb
from mandategraph.commands.output import say
from mandategraph.system.errors import UsageError

VERBS = ("serve", "mcp")
"""They stay until they are told to end, and see to that themselves."""

_HIGHEST_PORT = 65535


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    summary = "answer over HTTP: SPARQL, stored queries, a page for every thing"
    serve = add_verb(verbs, "serve", _serve, summary, "mandategraph serve --port 8000")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen at; by default this machine only")
    serve.add_argument("--port", type=_port, default=8000, help="the port; 0 takes any that is free")
    serve.add_argument("--site", metavar="FOLDER", help="serve a built site as well, at the root")
    serve.add_argument("--timeout", metavar="SECONDS", type=_seconds, help="stop a query after so long (10)")
    serve.add_argument("--rows", metavar="N", type=_count, help="give at most so many rows of a query (100000)")
    serve.add_argument("--workers", metavar="N", type=_count, help="how many queries run at once")
    summary = "offer the stored questions as tools, over the Model Context Protocol"
    mcp = add_verb(verbs, "mcp", _mcp, summary, "mandategraph mcp")
    mcp.description = (mcp.description or "") + " Speaks on standard input and output."


def _serve(args: argparse.Namespace) -> int:
    from dataclasses import replace

    from mandategraph.pipeline.build import ensure_store
    from mandategraph.serve.server import serve
    from mandategraph.serve.settings import Settings

    store = ensure_store(args.store)
    settings = Settings(store.location, args.site)
    store.close()
    given = {"seconds": args.timeout, "rows": args.rows}
    limits = replace(settings.limits, **{name: value for name, value in given.items() if value is not None})
    settings = replace(settings, limits=limits, workers=args.workers or settings.workers)
    serve(settings, args.host, args.port, lambda address: say(f"serving {settings.store} at {address} (Ctrl-C ends)"))
    return 0


def _mcp(args: argparse.Namespace) -> int:
    try:
        import mcp  # noqa: F401
    except ImportError:
        hint = "Install it: pip install 'mandategraph[mcp]'."
        raise UsageError(
            "the Model Context Protocol needs the package mcp, which is not installed.", None, hint
        ) from None
    from mandategraph.pipeline.build import ensure_store
    from mandategraph.serve.mcp_server import run
    from mandategraph.serve.session import Session
    from mandategraph.serve.settings import Limits
    from mandategraph.store.bounded import Bounds

    store = ensure_store(args.store)
    store.close()
    limits = Limits()
    run(Session(store.location, Bounds(limits.rows, limits.answer)))
    return 0


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port, which is a number from 0 to {_HIGHEST_PORT}")
    return int(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 10**9:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number above 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 86400:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seconds from 0.1 to 86400")
    return seconds
