"""GEXF 1.3 as it is meant: by its grammar, by its ids, and read by graphology; with faults that each of them must find."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from drawings import GEXF, NODE_SCRIPTS, whole
from lxml import etree
from mandategraph.export.columns import Columns
from mandategraph.export.drawing import Drawing, Edge, Node, StatedDates
from mandategraph.export.gexf import write_gexf
from mandategraph.export.job import Job
from mandategraph.export.select import Selection, select
from mandategraph.messages import Text
from outside import node, node_modules
from shipped import opened

VIZ = "{http://gexf.net/1.3/viz}"
GRAMMAR = Path(__file__).parents[2] / "fixtures" / "gexf-1.3.rng"


@cache
def open_ended() -> Drawing:
    """What the shipped graph has not: an arrow with a time of its own, and times without a beginning or an end."""
    spans = (
        StatedDates("s1", latest="2019-12-31"),
        StatedDates("s2", start="2020-02-24", end="2020-02-29"),
        StatedDates("s3", earliest="2021"),
    )
    nodes = {id: Node(id, "Meeting", Text(en=id), ("Meeting",)) for id in ("a", "b")}
    first = Node("a", "Meeting", Text(en="a", zh="甲"), ("Meeting",), spans=(spans[0], spans[1]), certainty="explicit")
    edges = (Edge("e", "", "a", "b", "feeds", Text(en="feeds", zh="提供投入"), span=spans[1]),)
    return Drawing({**nodes, "a": first}, edges, {})


@cache
def part() -> Drawing:
    return select(whole(), Selection(around="SBI-3"), opened())


def written(drawing: Drawing, folder: Path) -> Path:
    path = folder / "drawing.gexf"
    with path.open("w", encoding="utf-8", newline="") as out:
        write_gexf(Job(drawing, opened()), out)
    return path


@cache
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(GRAMMAR))


def faults(root: etree._Element) -> list[str]:
    """What is wrong with a file: by the grammar, then what a grammar cannot say, of ids and of times."""
    if not grammar().validate(root):
        return [str(error) for error in grammar().error_log][:1]
    found = [f"two have the id {id}" for what in ("node", "edge") for id in _twice(root.iter(f"{GEXF}{what}"))]
    things = {one.get("id") for one in root.iter(f"{GEXF}node")}
    for edge in root.iter(f"{GEXF}edge"):
        found += [f"{edge.get(end)} is no thing" for end in ("source", "target") if edge.get(end) not in things]
    for what in ("node", "edge"):
        declared = {one.get("id") for one in root.findall(f".//{GEXF}attributes[@class='{what}']/{GEXF}attribute")}
        elements = root.findall(f".//{GEXF}{what}")
        if len(elements) != int(root.find(f".//{GEXF}{what}s").get("count")):
            found.append(f"the count of {what}s is another")
        for element in elements:
            values = {one.get("for") for one in element.iter(f"{GEXF}attvalue")}
            found += [f"{name} is not declared" for name in values - declared]
            found += _untimely([(one.get("start"), one.get("end")) for one in element.iter(f"{GEXF}spell")])
    return found


def _twice(elements) -> set[str]:
    seen: set[str] = set()
    return {id for one in elements if (id := one.get("id")) in seen or seen.add(id)}  # type: ignore[func-returns-value]


def _untimely(ends: list[tuple[str | None, str | None]]) -> list[str]:
    """What Gephi wants and no grammar can say: a spell ends after it starts, and none overlaps the next."""
    found = [f"{a} to {b}" for a, b in ends if a and b and not date.fromisoformat(a) < date.fromisoformat(b)]
    after = zip(ends, ends[1:], strict=False)
    return found + [f"{one} and {two}" for one, two in after if not (one[1] and two[0] and one[1] < two[0])]


@pytest.mark.parametrize("drawing", [whole, part, open_ended])
def test_files_are_as_the_specification_wants_them(drawing: Callable[[], Drawing], tmp_path: Path) -> None:
    assert faults(etree.parse(written(drawing(), tmp_path)).getroot()) == []


def _set(path: str, name: str, value: str | None) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        element = next(root.iter(path))
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, value)

    return change


def _put(path: str, tag: str, **attributes: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        etree.SubElement(next(root.iter(path)), tag, attributes)

    return change


def _again(path: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        element = next(root.iter(path))
        element.addnext(etree.fromstring(etree.tostring(element)))

    return change


def _swap_nodes_and_edges(root: etree._Element) -> None:
    next(root.iter(f"{GEXF}edges")).addnext(next(root.iter(f"{GEXF}nodes")))


PLANTED = {
    "version": _set(f"{GEXF}gexf", "version", "1.2"),
    "mode": _set(f"{GEXF}graph", "mode", "moving"),
    "time format": _set(f"{GEXF}graph", "timeformat", "day"),
    "time representation": _set(f"{GEXF}graph", "timerepresentation", "spell"),
    "a strange attribute": _set(f"{GEXF}node", "name", "x"),
    "a thing without an id": _set(f"{GEXF}node", "id", None),
    "an arrow without an id": _set(f"{GEXF}edge", "id", None),
    "an arrow without an end": _set(f"{GEXF}edge", "target", None),
    "direction": _set(f"{GEXF}edge", "type", "both"),
    "weight": _set(f"{GEXF}edge", "weight", "heavy"),
    "class": _set(f"{GEXF}attributes", "class", "things"),
    "type of a column": _set(f"{GEXF}attribute", "type", "date"),
    "a column without a title": _set(f"{GEXF}attribute", "title", None),
    "a value without a column": _set(f"{GEXF}attvalue", "for", None),
    "count": _set(f"{GEXF}nodes", "count", "many"),
    "a spell that is no time": _set(f"{GEXF}spell", "start", "spring 2020"),
    "a spell and a moment": _set(f"{GEXF}spell", "timestamp", "2020-02-24"),
    "intervals and a start": lambda root: next(root.iter(f"{GEXF}node")).attrib.update(
        {"start": "2020-01-01", "intervals": "[1, 2]"}
    ),
    "spells without a spell": lambda root: next(root.iter(f"{GEXF}spells")).clear(),
    "two lists of spells": _again(f"{GEXF}spells"),
    "a strange element": _put(f"{GEXF}node", f"{GEXF}note"),
    "colour": _set(f"{VIZ}color", "r", "256"),
    "size": _set(f"{VIZ}size", "value", "-1"),
    "shape": _set(f"{VIZ}shape", "value", "rectangle"),
    "arrows in front": _swap_nodes_and_edges,
}
"""Faults against the grammar."""
PLANTED_BESIDE = {
    "an id twice": _again(f"{GEXF}edge"),
    "an end that is nowhere": _set(f"{GEXF}edge", "source", "nowhere"),
    "a wrong count": _set(f"{GEXF}edges", "count", "0"),
    "a column that is not declared": _set(f"{GEXF}attvalue", "for", "nothing"),
    "a spell that ends before it starts": _set(f"{GEXF}spell", "end", "1992-06-05"),
    "a spell twice": _again(f"{GEXF}spell"),
}
"""Faults that no grammar finds."""
UNUSUAL = {
    "a date of the file": _set(f"{GEXF}meta", "lastmodifieddate", "2021-06-18"),
    "words to find it by": _put(f"{GEXF}meta", f"{GEXF}keywords"),
    "a weight": _set(f"{GEXF}edge", "weight", "0.5"),
    "a moment in an instant": _set(f"{GEXF}node", "timestamp", "2020-02-24T10:00:00Z"),
    "a default": _put(f"{GEXF}attribute", f"{GEXF}default"),
    "a place": _put(f"{GEXF}node", f"{VIZ}position", x="1", y="-2.5"),
    "a see-through colour": _set(f"{VIZ}color", "a", "0.5"),
    "things within a thing": _put(f"{GEXF}node", f"{GEXF}nodes"),
    "a thick arrow": _put(f"{GEXF}edge", f"{VIZ}thickness", value="2"),
}
"""What the specification allows, though we never write it."""


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_by_the_grammar(fault: str, tmp_path: Path) -> None:
    root = etree.parse(written(part(), tmp_path)).getroot()
    PLANTED[fault](root)
    assert not grammar().validate(root)


@pytest.mark.parametrize("fault", PLANTED_BESIDE)
def test_a_planted_fault_in_ids_and_times_is_found_beside_it(fault: str, tmp_path: Path) -> None:
    root = etree.parse(written(part(), tmp_path)).getroot()
    PLANTED_BESIDE[fault](root)
    assert grammar().validate(root) and len(faults(root)) > 0


@pytest.mark.parametrize("turn", UNUSUAL)
def test_what_the_specification_allows_the_grammar_allows(turn: str, tmp_path: Path) -> None:
    root = etree.parse(written(part(), tmp_path)).getroot()
    UNUSUAL[turn](root)
    assert grammar().validate(root), grammar().error_log


def test_graphology_reads_every_thing_and_every_arrow(tmp_path: Path) -> None:
    """All cells, parallel arrows with their own ids, and colours."""
    node_modules("graphology", "graphology-gexf")
    done = node(NODE_SCRIPTS / "read-gexf.js", str(written(whole(), tmp_path)))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["type"], found["multi"]) == ("directed", True)
    columns = Columns(whole())
    nodes = {id: {**cells, "id": id} for id, cells in found["nodes"].items()}
    assert nodes == {one.id: columns.node(one) for one in whole().nodes.values()}
    edges = {one.id: _cells(columns, one) for one in whole().edges}
    ends = {one.id: [one.source, one.target] for one in whole().edges}
    assert found["edges"] == edges and found["ends"] == ends
    assert len(set(map(tuple, ends.values()))) < len(ends)
    assert found["colours"] == len(whole().nodes) + len(whole().edges)


def _cells(columns: Columns, edge: Edge) -> dict[str, str]:
    """Where no column ``kind`` is filled, graphology shows there the kind by which arrows are told apart."""
    cells = columns.edge(edge)
    return {"kind": edge.type} | {name: cell for name, cell in cells.items() if name not in ("id", "source", "target")}
