"""Does the graph keep its own rules? Runs the shapes over it and words what it finds.

`validate(nquads)` gives a `Report`; `render(report, "text")` writes it out. pySHACL and rdflib are loaded only when
validation runs, since loading them takes longer than answering a question.
"""

from __future__ import annotations

from mandategraph.validate.findings import FAIL_ON, SEVERITIES, Finding, Place, Report
from mandategraph.validate.report import FORMATS, render
from mandategraph.validate.shapes import validate

__all__ = ["FAIL_ON", "FORMATS", "SEVERITIES", "Finding", "Place", "Report", "render", "validate"]
