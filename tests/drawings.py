"""Readers of other makes for the files of an export: each gives things and arrows by id, with the columns it kept."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import shipped
from mandategraph.export.draw import draw
from mandategraph.export.drawing import Drawing
from outside import node, node_modules, program

Table = dict[str, dict[str, str]]
Read = tuple[Table, Table]
NODE_SCRIPTS = Path(__file__).parent / "node"
GEXF = "{http://gexf.net/1.3}"


@cache
def whole() -> Drawing:
    """All things and arrows of the shipped graph."""
    return draw(shipped.opened())


def by_networkx(path: Path) -> Read:
    """GraphML by networkx."""
    import networkx

    graph = networkx.read_graphml(path, force_multigraph=True)
    nodes = {id: {"id": id, **cells} for id, cells in graph.nodes(data=True)}
    edges = {
        key: {"id": key, "source": source, "target": target, **{k: v for k, v in cells.items() if k != "id"}}
        for source, target, key, cells in graph.edges(keys=True, data=True)
    }
    return nodes, edges


def by_networkx_gexf(path: Path) -> Read:
    """GEXF by networkx, which reads 1.2: the namespaces are put back, and the days of spells, which it takes for
    numbers, are left out. ``test_gexf`` reads those."""
    import networkx

    text = path.read_text(encoding="utf-8")
    text = text.replace("http://gexf.net/1.3/viz", "http://www.gexf.net/1.2draft/viz")
    text = text.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"')
    root = ElementTree.fromstring(text)
    for parent in root.iter():
        for spells in [child for child in parent if child.tag.endswith("spells")]:
            parent.remove(spells)
        if parent.tag.endswith("graph"):
            parent.attrib = {"defaultedgetype": "directed", "mode": "static"}
    older = path.with_suffix(".older.gexf")
    older.write_bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
    graph = networkx.read_gexf(older)
    nodes = {id: {"id": id, **_without(cells, "viz")} for id, cells in graph.nodes(data=True)}
    edges = {
        cells["id"]: {"source": source, "target": target, **_without(cells, "viz", "networkx_key")}
        for source, target, cells in graph.edges(data=True)
    }
    return nodes, edges


def by_cytoscape(path: Path) -> Read:
    """Cytoscape JSON by Cytoscape.js."""
    node_modules("cytoscape")
    done = node(NODE_SCRIPTS / "read-cyjs.js", str(path))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    extra = ("name", "shared name", "interaction")
    nodes, edges = ([_without(one, *extra) for one in found[what]] for what in ("nodes", "edges"))
    return {one["id"]: one for one in nodes}, {one["id"]: one for one in edges}


def by_graphviz(path: Path) -> Read:
    """DOT by Graphviz."""
    done = subprocess.run([program("dot"), "-Tjson0", str(path)], capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    looks = ("fillcolor", "shape", "URL", "style", "color", "_gvid", "tail", "head", "pos", "lp", "width", "height",
             "fontname")  # fmt: skip
    ids = {thing["_gvid"]: thing["name"] for thing in found["objects"]}
    nodes = {thing["name"]: _without(thing, "name", *looks) for thing in found["objects"]}
    edges = {
        one["id"]: {"source": ids[one["tail"]], "target": ids[one["head"]], **_without(one, *looks)}
        for one in found.get("edges", ())
    }
    return _labels(nodes), _labels(edges)


def by_mermaid(path: Path) -> Read:
    """Mermaid by Mermaid; the columns come from the comments, labels, links and ends from the parser."""
    node_modules("mermaid", "jsdom")
    done = node(NODE_SCRIPTS / "read-mermaid.js", str(path))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    said = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("%% "):
            _, name, members = line.split(" ", 2)
            said[name] = json.loads("{" + members + "}")
    nodes = {said[one["id"]]["id"]: said[one["id"]] for one in found["nodes"]}
    for one in found["nodes"]:
        assert one["link"] == said[one["id"]]["id"].replace("<", "%3C")
    edges = {}
    for one in found["edges"]:
        cells = said[one["id"]]
        assert (said[one["start"]]["id"], said[one["end"]]["id"]) == (cells["source"], cells["target"])
        edges[cells["id"]] = cells
    return nodes, edges


def by_csv(path: Path) -> Read:
    """Both tables by the csv module."""
    return _table(path / "nodes.csv"), _table(path / "edges.csv")


def by_csv_nodes(path: Path) -> Read:
    return _table(path), {}


def by_csv_edges(path: Path) -> Read:
    return {}, _table(path)


def by_reading_cypher(path: Path) -> Read:
    """Cypher, whose grammar ``test_cypher_is_accepted`` has checked: the maps in the lists that are unwound."""
    nodes: Table = {}
    edges: Table = {}
    text = path.read_text(encoding="utf-8")
    place = 0
    while (start := text.find("UNWIND [", place)) >= 0:
        rows, place = _cypher_list(text, start + len("UNWIND ["))
        table = edges if text.startswith(" AS row\nMATCH", place) else nodes
        for row in rows:
            assert row["id"] not in table
            table[row["id"]] = row
    return nodes, edges


def _cypher_list(text: str, place: int) -> tuple[list[dict[str, str]], int]:
    rows: list[dict[str, str]] = []
    row: dict[str, str] = {}
    key = ""
    while text[place] != "]":
        if text[place] == "{":
            row, place = {}, place + 1
        elif text[place] == "}":
            rows.append(row)
            place += 1
        elif text[place] == "'":
            value, place = _cypher_string(text, place)
            row[key] = row.get(key, "") + value
        elif text[place] in ", \n+":
            place += 1
        else:
            end = text.index(":", place)
            key, place = text[place:end], end + 1
    return rows, place + 1


def _cypher_string(text: str, place: int) -> tuple[str, int]:
    escapes = {"n": "\n", "r": "\r", "t": "\t"}
    found = []
    place += 1
    while text[place] != "'":
        if text[place] == "\\":
            place += 1
            found.append(escapes.get(text[place], text[place]))
        else:
            found.append(text[place])
        place += 1
    return "".join(found), place + 1


READERS: dict[str, Callable[[Path], Read]] = {
    "graphml": by_networkx,
    "gexf": by_networkx_gexf,
    "cyjs": by_cytoscape,
    "dot": by_graphviz,
    "mermaid": by_mermaid,
    "csv": by_csv,
    "csv-nodes": by_csv_nodes,
    "csv-edges": by_csv_edges,
    "cypher": by_reading_cypher,
}


def _table(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as content:
        rows = [{column: value for column, value in row.items() if value} for row in csv.DictReader(content)]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def _without(cells: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in cells.items() if name not in names}


def _labels(table: Table) -> Table:
    # What Graphviz shows of a label: a doubled backslash is one. An attribute that one thing has, it gives to all, empty.
    filled = {id: {name: value for name, value in cells.items() if value} for id, cells in table.items()}
    return {id: cells | {"label": cells["label"].replace("\\\\", "\\")} for id, cells in filled.items()}
