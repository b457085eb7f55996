"""What an engine finds: one result of a SHACL validation report, in plain terms."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.store.base import Term
from mandategraph.validate.paths import Path


@dataclass(frozen=True)
class Result:
    """One `sh:ValidationResult`.

    `path` and `value` are None where the result has none; `shape` is the source shape, `component` the IRI of the
    constraint component, `severity` that of the severity; `constraint` the node of a `sh:sparql` constraint.
    `messages` are literals.
    """

    focus: Term
    path: Path | None
    value: Term | None
    shape: Term
    component: str
    severity: str
    messages: tuple[Term, ...] = ()
    constraint: Term | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """All but the words: what two engines must agree on."""
        return (self.focus, self.path, self.value, self.shape, self.component, self.severity)
