"""The options of the verb `validate`. Loads nothing else: the command line reads them on every start."""

from __future__ import annotations

import argparse
from pathlib import Path

ENGINES = ("compiled", "pyshacl")
"""The engines; the first is the default."""

SEVERITIES = ("violation", "warning", "info")
"""From grave to slight."""

FAIL_ON = (*SEVERITIES, "none")
"""From which severity on the data is said not to conform; with `none` it always conforms."""

FORMATS = ("text", "json", "csv", "turtle", "html", "md", "junit", "sarif", "github")
"""How a report can be written."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add all options but `--store`, `--lang` and `--output`, which every verb has."""
    parser.add_argument("data", nargs="*", type=Path, metavar="DATA", help="RDF files to check instead of the store")
    parser.add_argument(
        "--shapes",
        nargs="+",
        action="extend",
        type=Path,
        default=[],
        metavar="FILE",
        help="SHACL files; ours if not given",
    )
    parser.add_argument(
        "--engine", choices=ENGINES, default=ENGINES[0], help="compiled to SPARQL (default), or pySHACL"
    )
    parser.add_argument("--fail-on", choices=FAIL_ON, default="violation", help="from which severity on to exit with 1")
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="an earlier report in JSON: only new findings count"
    )
    parser.add_argument(
        "--only", action="append", default=[], metavar="RULE", help="only these rules; repeat or separate by commas"
    )
    parser.add_argument("--skip", action="append", default=[], metavar="RULE", help="all but these rules")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to write the findings")
