"""Cypher for Neo4j 5 (``cypher-shell -f FILE``). Running it again changes nothing: things and arrows are merged by id.

Rule: openCypher 9, and Neo4j 5 for the constraint. Things go by class and arrows by type, since neither a label nor a
type can be a value; in batches, since one statement for each would take hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TextIO

from mandategraph.export.columns import Cells
from mandategraph.export.job import Job

_BATCH = 200
_CONSTRAINT = "CREATE CONSTRAINT mandategraph_thing IF NOT EXISTS FOR (n:Thing) REQUIRE n.id IS UNIQUE;\n"
_THINGS = "UNWIND [{rows}] AS row\nMERGE (n:Thing {{id: row.id}}) SET n = row SET n:{labels};\n"
_ARROWS = """\
UNWIND [{rows}] AS row
MATCH (a:Thing {{id: row.source}}) MATCH (b:Thing {{id: row.target}})
MERGE (a)-[r:{type} {{id: row.id}}]->(b) SET r = row;
"""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile(r"[\\'\n\r\t]")


def write_cypher(job: Job, out: TextIO) -> None:
    """Write the drawing as statements that build it."""
    columns = job.columns
    out.write(_CONSTRAINT)
    for kinds, nodes in groupby(job.nodes(lambda node: (*node.kinds, "", node.id)), lambda node: node.kinds):
        labels = ":".join(map(_name, kinds))
        for rows in _batches(map(columns.node, nodes)):
            out.write(_THINGS.format(rows=rows, labels=labels))
    for type, edges in groupby(job.edges(lambda edge: (edge.type, edge.id)), lambda edge: edge.type):
        name = _name(type.upper().replace("-", "_"))
        for rows in _batches(map(columns.edge, edges)):
            out.write(_ARROWS.format(rows=rows, type=name))


def _batches(rows: Iterable[Cells]) -> Iterator[str]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield ",\n".join(map(_map, batch))


def _map(cells: Cells) -> str:
    return "{" + ", ".join(f"{_name(column)}: {text(value)}" for column, value in cells.items()) + "}"


def _name(name: str) -> str:
    return name if _NAME.fullmatch(name) else "`" + name.replace("`", "``") + "`"


def text(value: str) -> str:
    """A string literal. A backslash before a ``u`` would be read as an escape even where it is escaped itself (Neo4j
    resolves ``\\uXXXX`` before it parses), so the string is cut in two there."""
    escaped = _TO_ESCAPE.sub(lambda found: _ESCAPES[found.group()], value)
    return "'" + escaped.replace("\\\\u", "\\\\' + 'u") + "'"
