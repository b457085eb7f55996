"""The verb for people who would rather look: site."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from mandategraph.commands.options import Verbs, add_as_of, add_verb
from mandategraph.commands.output import opened, write


def add(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    summary = "write pages in each language that need no server, with a map, a timeline and a search"
    site = add_verb(verbs, "site", _site, summary, "mandategraph site pages/")
    site.add_argument("folder", metavar="FOLDER", type=Path, help="a new or empty folder, or one with an earlier site")
    add_as_of(site)


def _site(args: argparse.Namespace) -> int:
    from mandategraph.site import build_site

    with closing(opened(args)) as store:
        done = build_site(store, args.folder)
    gone = f", {done.removed} files of the earlier site removed" if done.removed else ""
    write(f"{done.pages} pages in {done.folder}{gone}; open {done.start}\n")
    return 0
