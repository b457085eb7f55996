"""A job: what the server asks of a worker, as a typed value, and the plain data that passes between the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from mandategraph.store.base import Dataset

Task = Literal[
    "sparql", "stored", "ask", "question", "questions", "look-up", "graph", "ontology", "prefix", "thing", "show",
    "catalogue", "parameter", "openapi", "description",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done, for whom, and in what form.

    `name` is the stored query, question, graph or prefix, `kind` and `code` a thing, `q` words as typed, `verb` what looks
    them up; `params` are the parameters of a stored query, `parameter` one of them; `query` and `dataset` are those of the
    SPARQL Protocol, `endpoint` is its address. `accept` is the header of the request and `form` the format that its address
    asks for; `languages` are those of labels, empty for no wish; `page`, `page_size` and `pages` say which rows and where
    the others are. `as_of` is the state of knowledge; `kept` are the parameters that links keep, `present` the address of
    what is known now.
    """

    task: Task
    name: str = ""
    kind: str = ""
    code: str = ""
    q: str = ""
    verb: str = ""
    params: Mapping[str, list[str]] = field(default_factory=dict)
    parameter: str = ""
    query: str = ""
    dataset: Dataset | None = None
    endpoint: str = ""
    accept: str | None = None
    form: str | None = None
    languages: tuple[str, ...] = ()
    page: str | None = None
    page_size: str | None = None
    pages: str = ""
    detail: bool = False
    as_of: str | None = None
    kept: tuple[tuple[str, str], ...] = ()
    present: str = ""

    def as_data(self) -> dict[str, Any]:
        """The job as plain data for JSON; what is not set is left out."""
        unset = asdict(Job(self.task))
        return {name: value for name, value in asdict(self).items() if name == "task" or value != unset[name]}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Job:
        """The job that was made into this data."""
        given = dict(data)
        if "dataset" in given:
            given["dataset"] = Dataset(**{name: tuple(graphs) for name, graphs in given["dataset"].items()})
        given["languages"] = tuple(given.get("languages", ()))
        given["kept"] = tuple((name, value) for name, value in given.get("kept", ()))
        return cls(**given)
