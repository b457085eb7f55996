"""The shipped sources as a store in memory, and as records, for tests that ask what the graph as a whole says."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from mandategraph.model.curated import CURATED, Curated, read_curated
from mandategraph.model.record_files import EXTRACTED, load
from mandategraph.model.records import Extraction
from mandategraph.pipeline.build import fill
from mandategraph.rdf import namespaces
from mandategraph.store.embedded import OxigraphStore

PLAN = files("mandategraph.records").joinpath("wg2020-rec-1-1")
HANDLE = "WG2020-REC-1-1"


@cache
def store() -> ox.Store:
    """Everything that a build puts into a store."""
    made = ox.Store()
    fill(made)
    return made


@cache
def opened() -> OxigraphStore:
    """The same, as our commands see it."""
    return OxigraphStore("shipped", store())


@cache
def plan_records() -> Extraction:
    """The committed records of the recommendation."""
    return load(PLAN.joinpath(EXTRACTED).read_text(encoding="utf-8"), EXTRACTED)


@cache
def plan_curated() -> Curated:
    """What a person added about the recommendation."""
    return read_curated(PLAN.joinpath(CURATED).read_text(encoding="utf-8"), CURATED)


def ask(pattern: str) -> set[tuple[str, ...]]:
    """Rows of a SELECT over all graphs; things as their codes, `WHERE` braces already around `pattern`."""
    head = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in namespaces.prefixes().items())
    rows = store().query(f"{head} SELECT {pattern}", use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return {tuple(_short(row[variable]) for variable in rows.variables) for row in rows}


def _short(value: object) -> str:
    if isinstance(value, ox.NamedNode):
        text = value.value
        for space in (namespaces.THINGS, namespaces.ONTOLOGY, namespaces.VALUES):
            text = text.removeprefix(space)
        return text
    return value.value if isinstance(value, ox.Literal) else ""
