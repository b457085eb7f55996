"""Does the graph keep its own rules? Runs the shapes over it and words what it finds.

`validate(nquads)`, `validate_store(store)` and `validate_files(data, shapes)` give a `Report`; `render(report, "text")`
writes it out. The default engine compiles the shapes to SPARQL and runs them where the data lies; the other one is
pySHACL, loaded only when it runs, since that takes longer than answering a question.
"""

from __future__ import annotations

from .entry import ENGINES, judge, shapes_of, validate, validate_files, validate_store
from .findings import FAIL_ON, SEVERITIES, Finding, Place, Report
from .report import FORMATS, render

__all__ = [
    "ENGINES", "FAIL_ON", "FORMATS", "SEVERITIES", "Finding", "Place", "Report", "judge", "render", "shapes_of",
    "validate", "validate_files", "validate_store",
]  # fmt: skip
