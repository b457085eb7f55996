"""Exports lose nothing: every format is read back by a program of another make and held against the graph."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
import shipped
from drawings import NODE_SCRIPTS, READERS, Table, whole
from mandategraph import cli
from mandategraph.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Columns
from mandategraph.export.context import context
from mandategraph.export.draw import draw
from mandategraph.export.drawing import Drawing, Edge, Fact, Node, SourceReference, StatedDates
from mandategraph.export.files import write_file
from mandategraph.export.gexf import intervals
from mandategraph.export.job import Job
from mandategraph.export.look import OTHER, family
from mandategraph.export.networks import to_networkx
from mandategraph.export.receipt import receipt
from mandategraph.export.registry import FORMATS, Sink
from mandategraph.export.run import Order, export
from mandategraph.export.select import Selection, select
from mandategraph.export.sorting import in_order
from mandategraph.export.styles import write_cytoscape_js, write_vizmap
from mandategraph.messages import Text, same
from mandategraph.rdf import namespaces
from mandategraph.store.embedded import OxigraphStore
from mandategraph.system.errors import InputError, NotFound, UsageError
from outside import node, node_modules, program
from shipped import opened

THINGS = namespaces.THINGS
PLAN = "CBD/WG2020/REC/1/1"
DRAWN = [name for name, form in FORMATS.items() if form.shows == "drawing"]
RDF = [name for name, form in FORMATS.items() if form.shows == "statements"]


@cache
def around() -> Drawing:
    """Small enough for slow readers, and with all that is hard: parallel arrows, both phases, partial dates."""
    return select(whole(), Selection(around="WG2020-3"), opened())


def write(drawing: Drawing, name: str, folder: Path, of: OxigraphStore | None = None) -> Path:
    """The file (or folder) of one format."""
    form = FORMATS[name]
    path = folder / f"drawing{form.suffix or '-' + name}"
    job = Job(drawing, of or opened())
    if form.sink is Sink.FOLDER:
        path.mkdir()
        form.write(job, path)
    elif form.sink is Sink.TEXT:
        with path.open("w", encoding="utf-8", newline="") as out:
            form.write(job, out)
    else:
        with path.open("wb") as out:
            form.write(job, out)
    return path


def expected(drawing: Drawing, name: str) -> tuple[Table, Table]:
    columns = Columns(drawing)
    nodes = {} if name == "csv-edges" else {one.id: columns.node(one) for one in drawing.nodes.values()}
    edges = {} if name == "csv-nodes" else {one.id: columns.edge(one) for one in drawing.edges}
    return nodes, edges


def test_every_format_has_a_reader() -> None:
    assert set(DRAWN) == set(READERS)


@pytest.mark.parametrize("name", DRAWN)
def test_a_reader_of_another_make_finds_everything(name: str, tmp_path: Path) -> None:
    # Graphviz lays out what it reads, and takes its time for the whole.
    drawing = around() if name == "dot" else whole()
    nodes, edges = READERS[name](write(drawing, name, tmp_path))
    assert (nodes, edges) == expected(drawing, name)


class Distant:
    """A store that can only be asked, as an endpoint."""

    location = "elsewhere"

    def __init__(self) -> None:
        self.query, self.in_turn, self.graphs, self.dump, self.close = (
            getattr(opened(), name) for name in ("query", "in_turn", "graphs", "dump", "close")
        )


def test_a_store_that_can_only_be_asked_gives_the_same(tmp_path: Path) -> None:
    assert draw(Distant()) == whole()  # type: ignore[arg-type]
    near = write(around(), "trig", tmp_path).read_bytes()
    assert write(around(), "trig", tmp_path, Distant()).read_bytes() == near  # type: ignore[arg-type]


def test_the_drawing_is_what_the_graph_says() -> None:
    """Counted by queries of their own, not by the definitions."""
    things = shipped.ask("DISTINCT ?s { GRAPH graph:register { ?s mg:code ?code } }")
    ours = {thing if thing.startswith("http") else THINGS + thing for (thing,) in things}
    assert ours <= set(whole().nodes) and len(ours) > 400
    feeds = shipped.ask(
        "?s ?from ?to { ?s a mg:Contribution ; mg:contributionSource ?from ; mg:contributionRecipient ?to }"
    )
    drawn = {(edge.statement, edge.source, edge.target) for edge in whole().edges if edge.type == "feeds"}
    assert drawn == {tuple(THINGS + part for part in row) for row in feeds}
    roles = shipped.ask("?s ?who ?meeting ?role { ?s mg:participant ?who ; mg:inMeeting ?meeting ; mg:role ?role }")
    found = {
        (edge.id, edge.source, edge.target, namespaces.compact(edge.values("kind")[0]))
        for edge in whole().edges
        if edge.type == "takes-part"
    }
    assert found == {(*(THINGS + part for part in row[:3]), row[3]) for row in roles}
    schedules = shipped.ask("?s { ?s a mg:ScheduleStatement }")
    assert {span.statement for one in whole().nodes.values() for span in one.spans} == {
        THINGS + s for (s,) in schedules
    }
    assert len({edge.id for edge in whole().edges}) == len(whole().edges)


def test_parallel_arrows_stay_apart() -> None:
    """SBI-3 feeds WG2020-3 by six rows of table 1 of the plan, read there: lines 286, 287, 288, 290, 294 and 295; the last
    one hands over a recommendation and, as far as may be, guidance in it."""
    ends = (f"{THINGS}meeting/SBI-3", f"{THINGS}meeting/WG2020-3")
    found = [one for one in whole().edges if (one.source, one.target, one.type) == (*ends, "feeds")]
    planned = sorted(
        (one.places[0].line, namespaces.compact(one.values("modality")[0]))
        for one in found
        if one.places[0].document == f"{THINGS}document/{PLAN}"
    )
    rows = [(286, "will"), (287, "will"), (288, "will"), (290, "expected"), (294, "may"), (295, "may"), (295, "will")]
    assert planned == rows
    assert all(one.id == one.statement for one in found)


def test_an_arrow_says_all_of_its_row() -> None:
    """Row 17 of table 1, line 294: SBI-3 may hand on something on review mechanisms, under decision 14/29."""
    edge = next(one for one in whole().edges if one.type == "feeds" and one.id.endswith("annex-2.table-1.row-17.1"))
    cells = Columns(whole(), ("zh", "en")).edge(edge)
    assert (cells["label"], cells["label_en"], cells["modality"]) == ("提供投入（可）", "feeds (may)", "may")
    assert cells["mandate_en"] == "decision 14/29"
    assert cells["element_zh"] == "可能的审查机制"
    assert cells["evidence"].startswith(f"{PLAN}，附件二表1第17行") and cells["evidence"].endswith("，第294行")
    assert (cells["document"], cells["line"], cells["quote"]) == (PLAN, "294", edge.places[0].quote)


def test_plan_and_fact_stand_side_by_side() -> None:
    """SBI-3: planned for 25 to 30 May 2020 (plan, line 286); held between 3 May and 13 June 2021, a range that it shares
    with another meeting, so that none of these days is known to be its own (overview, line 21)."""
    cells = Columns(whole()).node(whole().nodes[f"{THINGS}meeting/SBI-3"])
    assert cells["phase"] == "planned;held"
    assert (cells["start"], cells["end"]) == ("2020-05-25;", "2020-05-30;")
    assert (cells["earliest"], cells["latest"]) == ("2020-05-25;2021-05-03", "2020-05-30;2021-06-13")
    assert cells["precision"] == "day-precision;shared-range"


@pytest.mark.parametrize("drawing", [whole, around])
def test_columns_that_every_reader_needs_are_always_there(drawing) -> None:
    columns = Columns(drawing())
    assert columns.node_columns()[: len(NODE_COLUMNS)] == NODE_COLUMNS
    assert columns.edge_columns()[: len(EDGE_COLUMNS)] == EDGE_COLUMNS
    for one in drawing().nodes.values():
        cells = columns.node(one)
        assert all(cells.get(name) for name in ("id", "label", "label_en", "label_zh", "type", "source", "certainty"))
    for one in drawing().edges:
        cells = columns.edge(one)
        assert all(
            cells.get(name) for name in ("id", "source", "target", "label_en", "label_zh", "type", "certainty")
        ), cells
        assert cells.get("evidence") or not one.statement or one.type == "became"


HOSTILE = (
    '"quoted" \\ back\\', "it's; two;", "line\nbreak\ttab", "<b>&amp;</b> ]]>", "\\u0027}) DETACH DELETE", "𠮷 “弯” 全角；",
    "%%{init: {}}%% --> |x| [y] (z) {w}", "=SUM(A1),1", "end", "`tick` $1 {{x}}",
)  # fmt: skip


@cache
def hostile() -> Drawing:
    """Things and arrows whose names are full of what the formats use for themselves."""
    nodes = {
        f"https://example.org/{number}": Node(
            f"https://example.org/{number}", "Meeting", Text(en=text, zh=text[::-1]), ("Meeting",), (Fact("remark", text, "en"),),
            certainty="explicit",
        )
        for number, text in enumerate(HOSTILE)
    }  # fmt: skip
    ids = list(nodes)
    edges = tuple(
        Edge(
            f"https://example.org/edge/{number:02}", "", ids[0], ids[number % len(ids)], "feeds", same(text),
            (Fact("note", text, "zh"), Fact("certainty", "explicit")), places=(SourceReference("x", same(text), 1, text),),
        )
        for number, text in enumerate([*HOSTILE, *HOSTILE])
    )  # fmt: skip
    return Drawing(nodes, edges, {})


@pytest.mark.parametrize("name", DRAWN)
def test_names_full_of_signs_come_back_letter_for_letter(name: str, tmp_path: Path) -> None:
    nodes, edges = READERS[name](write(hostile(), name, tmp_path))
    wanted = expected(hostile(), name)
    if name == "dot":  # a trailing backslash cannot stand before the closing quote; a space is put between
        nodes, edges = ({id: _trimmed(cells) for id, cells in table.items()} for table in (nodes, edges))
    assert (nodes, edges) == wanted


def _trimmed(cells: dict[str, str]) -> dict[str, str]:
    return {name: value[:-1] if value.endswith("\\ ") else value for name, value in cells.items()}


@cache
def shuffled() -> OxigraphStore:
    """The same graph in a store that was filled in another order, and gave other names to blank nodes."""
    store = ox.Store()
    lines = sorted(opened().dump().splitlines(keepends=True), reverse=True)
    store.load(b"".join(lines), format=ox.RdfFormat.N_QUADS)
    return OxigraphStore("shuffled", store)


@cache
def drawn_of_shuffled() -> Drawing:
    return draw(shuffled())


@pytest.mark.parametrize("name", DRAWN + RDF)
def test_the_same_graph_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    other, drawn = shuffled(), drawn_of_shuffled()
    first, second = (tmp_path / side for side in ("first", "second"))
    for side in (first, second):
        side.mkdir()
    if name in RDF:
        assert write(whole(), name, first).read_bytes() == write(drawn, name, second, other).read_bytes()
        return
    one = write(around(), name, first)
    two = write(select(drawn, Selection(around="WG2020-3"), other), name, second, other)
    files = [(one, two)] if one.is_file() else [(file, two / file.name) for file in sorted(one.iterdir())]
    assert all(left.read_bytes() == right.read_bytes() for left, right in files)


def test_lines_are_sorted_outside_memory_as_python_sorts_them() -> None:
    lines = [f'"{text}"' for text in ("𠮷", "\uffee", "中", "a", "a\tb", "a b", "B", "é", "")] * 2
    assert list(in_order(iter(lines))) == sorted(lines)


def test_a_dump_names_blank_nodes_alike_in_every_store() -> None:
    renamed = ox.Store()
    renamed.load(opened().dump().replace(b"_:c14n", b"_:other"), format=ox.RdfFormat.N_QUADS)
    for store in (OxigraphStore("renamed", renamed), shuffled()):
        assert store.dump() == opened().dump()
    assert b"_:c14n0 " in opened().dump()


def test_statements_of_all_the_graph_need_no_drawing() -> None:
    """Things and arrows of a large graph are most of what an export holds in memory."""
    assert not Order(FORMATS["turtle"], "-").needs_drawing
    assert Order(FORMATS["gexf"], "-").needs_drawing
    assert Order(FORMATS["turtle"], "-", Selection(around="SBI-3")).needs_drawing
    assert Order(FORMATS["turtle"], "-", receipt="receipt.json").needs_drawing


@pytest.mark.parametrize(
    ("name", "form"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld"), ("turtle", "turtle")]
)
def test_rdflib_reads_the_very_statements(name: str, form: str, tmp_path: Path) -> None:
    drawing = select(whole(), Selection(kinds=("meeting", "decision"), around="WG2020-3"), opened())
    graph = rdflib.Dataset()
    graph.parse(write(drawing, name, tmp_path), format=form)
    lines = write(drawing, "nquads", tmp_path).read_text(encoding="utf-8").splitlines()
    asked = rdflib.Dataset()
    asked.parse(data="\n".join(lines), format="nquads")
    keep = 3 if name == "turtle" else 4
    found, wanted = ({tuple(map(str, quad[:keep])) for quad in some.quads()} for some in (graph, asked))
    assert found == wanted and len(found) > 1000


def canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@cache
def canonical_whole() -> set[ox.Quad]:
    return canonical(opened().engine.quads_for_pattern(None, None, None))


@pytest.mark.parametrize(
    ("name", "form"),
    [("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD), ("nquads", ox.RdfFormat.N_QUADS)],
)
def test_the_whole_graph_goes_out_as_it_is(name: str, form: ox.RdfFormat, tmp_path: Path) -> None:
    """Only blank nodes have other names, the same every time."""
    assert canonical(ox.parse(path=write(whole(), name, tmp_path), format=form)) == canonical_whole()


def test_a_part_as_rdf_brings_what_it_rests_on(tmp_path: Path) -> None:
    path = write(select(whole(), Selection(kinds=("meeting",), around="WG2020-3"), opened()), "nquads", tmp_path)
    part = OxigraphStore("part", ox.Store())
    part.engine.load(path=str(path), format=ox.RdfFormat.N_QUADS)
    evidence = "SELECT ?s { GRAPH ?g { ?s a mg:Contribution } FILTER NOT EXISTS { %s } }"
    resting = "GRAPH ?g { ?s mg:hasEvidence ?e } GRAPH ?h { ?e mg:atProvision ?at ; mg:lineNumber ?line } "
    resting += "GRAPH ?i { ?at mg:cite ?cite }"
    assert part.query(namespaces.with_prefixes(evidence % resting)).rows == ()  # type: ignore[union-attr]
    assert path.read_bytes() != opened().dump()


def test_context_serves_others_too() -> None:
    """Three lines of JSON-LD written by hand, read by rdflib."""
    text = json.dumps({"@context": context(), "@id": "meeting:SBI-3", "@type": "Meeting", "feeds": "meeting:WG2020-3"})
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    mg = rdflib.Namespace(namespaces.ONTOLOGY)
    assert (rdflib.URIRef(f"{THINGS}meeting/SBI-3"), mg.feeds, rdflib.URIRef(f"{THINGS}meeting/WG2020-3")) in graph
    assert len(graph) == 2


@pytest.mark.slow
def test_cypher_is_accepted_by_the_parser_of_neo4j(tmp_path: Path) -> None:
    node_modules("@neo4j-cypher/language-support")
    small = select(whole(), Selection(kinds=("body",), relations=("under-body",)), opened())
    files = [tmp_path / name for name in ("small.cypher", "hostile.cypher", "broken.cypher")]
    for drawing, file in zip((small, hostile()), files, strict=False):
        write(drawing, "cypher", tmp_path).rename(file)
    files[2].write_text("MERGE (n:Thing {id: 'it's'}) SET n = row;\n", encoding="utf-8")
    done = node(NODE_SCRIPTS / "read-cypher.js", *map(str, files))
    assert done.returncode == 0, done.stderr
    fine, strange, broken = json.loads(done.stdout)
    assert fine == strange == {"statements": 3, "problems": []}
    assert broken["problems"]


def test_graphviz_counts_the_whole(tmp_path: Path) -> None:
    path = write(whole(), "dot", tmp_path)
    done = subprocess.run(
        [program("gc"), "-n", "-e", str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert [int(number) for number in done.stdout.split()[:2]] == [len(whole().nodes), len(whole().edges)]


def test_gexf_intervals_end_with_the_last_day_and_never_overlap() -> None:
    day = StatedDates("a", start="2021-01-19", end="2021-01-19", earliest="2021-01-19", latest="2021-01-19")
    assert intervals([day]) == [(date(2021, 1, 19), date(2021, 1, 20))]
    month = StatedDates("b", earliest="2020-01-01", latest="2020-01-31")
    open_ended = StatedDates("c", earliest="2020-04-30")
    assert intervals([open_ended, month]) == [(date(2020, 1, 1), date(2020, 2, 1)), (date(2020, 4, 30), None)]
    longer = StatedDates("d", start="2020-01-20", end="2020-02-03")
    assert intervals([month, longer]) == [(date(2020, 1, 1), date(2020, 2, 4))]
    assert intervals([StatedDates("e", precision="no-date")]) == []


def test_styles_are_read_by_the_tools(tmp_path: Path) -> None:
    root = ElementTree.fromstring(write_vizmap(whole()))
    types = {entry.get("attributeValue") for entry in root.iter("discreteMappingEntry")}
    assert {one.type for one in whole().nodes.values()} <= types
    node_modules("cytoscape")
    style = tmp_path / "style.json"
    style.write_text(write_cytoscape_js(whole()), encoding="utf-8")
    done = node(NODE_SCRIPTS / "read-cyjs.js", str(write(around(), "cyjs", tmp_path)), str(style))
    assert done.returncode == 0, done.stderr
    soft = [
        edge
        for edge in around().edges
        if {namespaces.compact(v) for v in edge.values("modality")} & {"may", "expected"}
    ]
    assert json.loads(done.stdout)["dashed"] == len(soft) > 0


def test_everything_that_is_drawn_has_a_look_of_its_own() -> None:
    assert {one.type for one in whole().nodes.values() if family(one) is OTHER} == set()


def test_networkx_graph_keeps_parallel_arrows() -> None:
    graph = to_networkx(whole())
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(whole().nodes), len(whole().edges))


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_receipt_balances(name: str, tmp_path: Path) -> None:
    output, told = tmp_path / f"out{FORMATS[name].suffix}", tmp_path / "receipt.json"
    order = Order(FORMATS[name], str(output), Selection(kinds=("meeting", "element")), receipt=str(told))
    export(opened(), order)
    made = json.loads(told.read_text(encoding="utf-8"))
    assert made["balanced"] is True
    kinds = Counter("element" in map(str.lower, one.kinds) or "Meeting" in one.kinds for one in whole().nodes.values())
    lost = {"csv-edges": kinds[True]}.get(name, 0)
    assert made["written"]["nodes"] == kinds[True] - lost
    assert made["dropped"]["nodes"]["not of the kinds asked for"] == kinds[False]
    for count in made["statements"].values():
        assert count["in_graph"] == count["as_edges"] + count["at_nodes"] + sum(count.get("not_drawn", {}).values())
    assert made["files"] and all(len(file["sha256"]) == 64 for file in made["files"].values())


def test_nothing_but_places_and_remarks_on_the_text_is_left_undrawn() -> None:
    job = Job(whole(), opened())
    left = {
        name: reasons
        for name, count in receipt(job, whole(), FORMATS["turtle"], None)["statements"].items()
        if (reasons := {why: n for why, n in count.get("not_drawn", {}).items() if why.startswith("an end")})
    }
    assert left == {}


def test_selection() -> None:
    near = select(whole(), Selection(around="WG2020-3", kinds=("meeting", "decision"), depth=2), opened())
    assert f"{THINGS}document/CBD/COP/DEC/14/35" in near.nodes
    assert all({"Meeting", "Decision"} & set(one.kinds) for one in near.nodes.values())
    feeds = select(whole(), Selection(relations=("feeds",)), opened())
    assert {edge.type for edge in feeds.edges} == {"feeds"} and len(feeds.nodes) == len(whole().nodes)
    asked = select(
        whole(), Selection(query="meetings-that-feed-a-meeting", parameters={"meeting": ["COP-15"]}), opened()
    )
    assert f"{THINGS}meeting/COP-15" in asked.nodes and f"{THINGS}meeting/WG2020-3" in asked.nodes
    assert select(whole(), Selection(around="WG2020-3", depth=0), opened()).edges == ()


def test_a_query_file_that_names_no_graph_sees_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "free.rq"
    file.write_text("SELECT ?meeting WHERE { ?meeting mg:feeds meeting:COP-15 }", encoding="utf-8")
    assert set(select(whole(), Selection(query=str(file)), opened()).nodes) == {f"{THINGS}meeting/WG2020-3"}


def test_the_graph_of_a_query_is_exported_as_it_is(tmp_path: Path) -> None:
    file = Path(__file__).parents[2] / "fixtures" / "queries" / "graph-of-feeds.rq"
    drawing = select(whole(), Selection(query=str(file)), opened())
    feeds = shipped.ask("?a ?b { GRAPH graph:derived { ?a mg:feeds ?b } }")
    assert {(one.source, one.target) for one in drawing.edges} == {(THINGS + a, THINGS + b) for a, b in feeds}
    lines = write(drawing, "nquads", tmp_path).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(feeds)
    graph = rdflib.Graph().parse(write(drawing, "turtle", tmp_path))
    assert len(graph) == len(feeds)


@pytest.mark.parametrize(
    ("selection", "error", "words"),
    [
        (Selection(kinds=("meting",)), UsageError, "Did you mean meeting?"),
        (Selection(relations=("feed",)), UsageError, "Did you mean feeds?"),
        (Selection(around="WG2020-33"), NotFound, "nothing is known as 'WG2020-33'"),
        (Selection(around="WG2020-3", kinds=("decision",)), UsageError, "not in the part that the other options leave"),
        (Selection(query="no-such-query"), NotFound, "no-such-query"),
        (Selection(query="nothing.rq"), InputError, "cannot be read"),
    ],
)
def test_what_cannot_be_selected_is_told(selection: Selection, error: type[Exception], words: str) -> None:
    with pytest.raises(error) as told:
        select(whole(), selection, opened())
    assert words in str(told.value)


def test_the_verb(shipped_folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "process.gexf"
    style = tmp_path / "style.xml"
    run = ["--store", str(shipped_folder), "export"]
    assert cli.main([*run, "--around", "WG2020-3", "-o", str(file), "--style", str(style), "--lang", "zh"]) == 0
    assert "提供投入" in file.read_text(encoding="utf-8") and style.is_file()
    capsysbinary.readouterr()
    assert cli.main([*run, "--format", "csv-edges", "--bom", "--kinds", "meeting"]) == 0
    out, err = capsysbinary.readouterr()
    assert out.startswith("\ufeffid,source,target".encode()) and err == b""
    assert cli.main([*run, "--format", "csv", "-o", str(tmp_path / "tables")]) == 0
    assert sorted(one.name for one in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv"]
    assert cli.main([*run, "--format", "nquads", "--as-of", "2019-08-30"]) == 0
    out, _ = capsysbinary.readouterr()
    assert b"overview-after-WG2020-2/paragraph-10" not in out and b"table-1.row-11" in out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["-o", "picture.png"], "the format is not given"),
        (["--format", "csv"], "needs a folder"),
        (["--format", "dot", "-o", "/nowhere/at/all.dot"], "cannot be written"),
        (["--format", "dot", "--style", "style.css"], "must end in .xml or .json"),
        (["--format", "dot", "--depth", "many"], "must be a whole number"),
        (["--format", "graphlm"], "unknown value for --format 'graphlm'"),
    ],
)
def test_mistakes_are_told_in_one_line(
    shipped_folder: Path, argv: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--store", str(shipped_folder), "export", *argv]) == 2
    out, err = capsys.readouterr()
    assert words in err and err.count("\n") == 1 and out == ""


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "old.dot"
    file.write_text("old", encoding="utf-8")
    broken = Drawing({"x": Node("x", "Meeting", same("x"))}, (None,), {})  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        write_file(str(file), lambda out: FORMATS["dot"].write(Job(broken, opened()), out), text=True)
    assert file.read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [file]
