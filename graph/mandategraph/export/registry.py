"""The formats: what each is called, for which tool, and who writes it. The command line and the tests go by this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from mandategraph.system.errors import UsageError

if TYPE_CHECKING:
    from mandategraph.export.job import Job


class Sink(Enum):
    """What a writer writes to: text, bytes, or a folder of files."""

    TEXT = "text"
    BYTES = "bytes"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``writer`` is loaded when first wanted; ``shows`` says whether it is drawn from things and arrows
    (``drawing``), or is the RDF behind them (``statements``)."""

    name: str
    suffix: str
    tool: str
    module: str
    function: str
    sink: Sink = Sink.TEXT
    shows: str = "drawing"

    def write(self, job: Job, out: Any) -> None:
        """Write a job to an open file (text or bytes), or into a folder that is there."""
        writer: Callable[[Job, Any], None] = getattr(import_module(f"{__package__}.{self.module}"), self.function)
        writer(job, out)


_ALL = (
    Format("graphml", ".graphml", "Cytoscape, yEd, networkx", "graphml", "write_graphml"),
    Format("gexf", ".gexf", "Gephi", "gexf", "write_gexf"),
    Format("cyjs", ".cyjs", "Cytoscape, Cytoscape.js", "cyjs", "write_cyjs"),
    Format("dot", ".dot", "Graphviz", "dot", "write_dot"),
    Format("mermaid", ".mmd", "Mermaid, in Markdown", "mermaid", "write_mermaid"),
    Format("csv", "", "spreadsheets: a folder with nodes.csv and edges.csv", "tables", "write_csv", Sink.FOLDER),
    Format("csv-nodes", ".csv", "spreadsheets: things only", "tables", "write_nodes"),
    Format("csv-edges", ".csv", "spreadsheets: arrows only", "tables", "write_edges"),
    Format("cypher", ".cypher", "Neo4j", "cypher", "write_cypher"),
    Format("jsonld", ".jsonld", "JSON-LD readers", "jsonld", "write_jsonld", Sink.BYTES, "statements"),
    Format("turtle", ".ttl", "RDF readers, without named graphs", "rdf", "write_turtle", Sink.BYTES, "statements"),
    Format("trig", ".trig", "RDF readers", "rdf", "write_trig", Sink.BYTES, "statements"),
    Format("nquads", ".nq", "RDF readers; sorted, a statement a line", "rdf", "write_nquads", Sink.BYTES, "statements"),
)

FORMATS: dict[str, Format] = {one.name: one for one in _ALL}


def format_of(name: str | None, path: str) -> Format:
    """The format of this name, else the one that the name of the file ends in.

    Raises:
        UsageError: there is no such format, or the end of the file's name does not tell.
    """
    if name:
        if name not in FORMATS:
            raise UsageError(f"there is no format '{name}'.", None, f"There are: {', '.join(FORMATS)}.")
        return FORMATS[name]
    suffix = PurePath(path).suffix
    found = [form for form in _ALL if suffix and form.suffix == suffix]
    if len(found) > 1:
        hint = "Give --format csv-nodes or csv-edges; --format csv writes both into a folder."
        raise UsageError("things and arrows are two tables, and .csv may be either.", None, hint)
    if not found:
        hint = f"Give --format ({', '.join(FORMATS)}), or a file name that ends like one of them."
        raise UsageError("the format is not given.", None, hint)
    return found[0]
