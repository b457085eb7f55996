"""The questions in `questions/*.yml` with their answers as read from the documents by hand, by the names of their files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from mandategraph.model.register import FAST_YAML

QUESTIONS: dict[str, dict[str, Any]] = {
    path.stem: yaml.load(path.read_text(encoding="utf-8"), FAST_YAML)
    for path in sorted((Path(__file__).parent / "questions").glob("*.yml"))
}
