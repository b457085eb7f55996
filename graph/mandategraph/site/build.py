"""Building the site of a store: gather, lay out, render, publish."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mandategraph.site.load import gather
from mandategraph.site.pages import files
from mandategraph.site.publish import publish
from mandategraph.store.base import Store

START = "index.html"


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """What was built: where, how many pages in all languages together, how many files of an earlier site are gone."""

    folder: Path
    pages: int
    removed: int

    @property
    def start(self) -> Path:
        """The page to open first."""
        return self.folder / START


def build_site(store: Store, folder: Path) -> SiteSummary:
    """Put the site of a store into a folder; the same store always gives the same bytes.

    The folder must be new or empty, or hold a site made earlier, which is then replaced.

    Raises:
        UsageError: the folder holds something else.
        InputError: it cannot be written.
        StoreError: the store fails.
    """
    made = files(gather(store))
    removed = publish(folder, made)
    return SiteSummary(folder, sum(path.endswith(".html") for path in made), removed)
