"""Records of others for tests: our own small ones, and the real samples where they are at hand."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from mandategraph.intake.files import ReadOptions, take_file
from mandategraph.intake.register_index import Known
from mandategraph.intake.release import ParsedSource
from mandategraph.model.register import shipped_register

OWN = Path(__file__).parent / "fixtures" / "records"
SAMPLES = Path(os.environ.get("MANDATEGRAPH_SAMPLES", Path(__file__).parents[2] / "shared" / "samples"))
REAL = (
    "cbd-index/meetings.json", "cbd-index/notifications.json", "cbd-calendar/activities.json",
    "cbd-decision-tree/cop-9-decisions-1-4.json", "informea/v1-decisions.json", "informea/v1-meetings.json",
    "informea/v3-decisions.json", "timeline/post-2020-timeline-2019-03-26.csv", "kmgbf/kmgbf-all.ttl",
    "kmgbf/kmgbf-shapes.ttl",
)  # fmt: skip


@cache
def known() -> Known:
    """The register by name."""
    return Known(shipped_register())


def took(path: Path, asked: ReadOptions | None = None) -> dict[str, ParsedSource]:
    """What a file gives, by source."""
    return {one.handle: one for one in take_file(path, asked or ReadOptions(), known())}


def sample(name: str) -> Path:
    """A real sample; the test is skipped where the samples are not at hand."""
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip("the samples of real records are not at hand (MANDATEGRAPH_SAMPLES names their folder)")
    return path
