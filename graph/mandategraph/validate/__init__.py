"""Does the graph keep its own rules? Runs the shapes over it and words what it finds.

`validate(nquads)`, `validate_store(store)` and `validate_files(data, shapes)` give a `Report`; `render(report, "text")`
writes it out. The default engine compiles the shapes to SPARQL and runs them where the data lies; the other one is
pySHACL, loaded only when it runs, since that takes longer than answering a question.

The names below are loaded when they are first used: the command line reads `options` on every start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mandategraph.validate.entry import judge, shapes_of, validate, validate_files, validate_store
    from mandategraph.validate.findings import Finding, Report, SourceLocation
    from mandategraph.validate.options import ENGINES, FAIL_ON, FORMATS, SEVERITIES
    from mandategraph.validate.report import render

__all__ = [
    "ENGINES", "FAIL_ON", "FORMATS", "SEVERITIES", "Finding", "SourceLocation", "Report", "judge", "render", "shapes_of",
    "validate", "validate_files", "validate_store",
]  # fmt: skip

_HOMES = {
    "entry": ("judge", "shapes_of", "validate", "validate_files", "validate_store"),
    "findings": ("Finding", "SourceLocation", "Report"),
    "options": ("ENGINES", "FAIL_ON", "FORMATS", "SEVERITIES"),
    "report": ("render",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
