"""The two source documents, which are not part of the product: tests that need them skip where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("MANDATEGRAPH_SEEDS", Path(__file__).parents[2] / "shared" / "seeds"))


def document(symbol_line: str) -> Path:
    """The file among the seeds in which a line begins with these words, or a skip with the reason."""
    if not FOLDER.is_dir():
        pytest.skip(f"the source documents are not at hand ({FOLDER.name} beside the project, or MANDATEGRAPH_SEEDS)")
    for path in sorted(FOLDER.glob("*.txt")):
        if any(line.strip().startswith(symbol_line) for line in path.read_text(encoding="utf-8").splitlines()[:40]):
            return path
    pytest.skip(f"no source document with the line {symbol_line}")


def plan() -> Path:
    """The recommendation of the working group's first meeting, CBD/WG2020/REC/1/1."""
    return document("CBD/WG2020/REC/1/1")


def overview() -> Path:
    """The overview of consultations after the working group's second meeting; it prints neither symbol nor date."""
    return document("工作组第二次会议以来")
