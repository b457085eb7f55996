"""Chains of meetings that hang on each other, and what hangs on a single meeting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mandategraph.analysis import tables
from mandategraph.analysis.facts import Feed
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.analysis.times import PLAN, Calendar, MeetingDates
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import gettext, joined_text, ngettext, pgettext, same
from mandategraph.system.errors import NotFound

if TYPE_CHECKING:
    from networkx import DiGraph

_ARROW = " → "
_MANY = 50
_COLUMNS = (
    column("kind", gettext("What")),
    column("target", pgettext("end of a chain", "To"), coded=True),
    column("chain", gettext("Meetings")),
    column("meetings", gettext("Number of meetings")),
    column("cut_off", gettext("Without it, cut off"), coded=True),
    column("source", gettext("Source")),
)
_KINDS = {
    "longest": Cell("longest", gettext("longest chain")),
    "shortest": Cell("shortest", gettext("shortest chain")),
    "single": Cell("single-point-of-failure", gettext("single point of failure")),
}
_NOTE = gettext(
    "A meeting hangs on another when a row says that something passes from the one to the other. A chain "
    "begins with a meeting that no meeting feeds; longest and shortest by the number of meetings, all of "
    "equal length are given. Single point of failure: without this meeting the meetings named have no "
    "way left."
)
_LOOPS = gettext(" Feeds that run in a circle are left out: {loops}.")
_ELEMENT_COLUMNS = (
    column("element", gettext("Element")),
    column("meeting", gettext("The only meeting"), coded=True),
    column("dates", gettext("Its dates in the plan")),
    column("modality", gettext("Will or may")),
    column("receiver", gettext("Passed on to"), coded=True),
    column("source", gettext("Source")),
    column("dates_source", gettext("Dates from")),
)
_ELEMENT_NOTE = gettext(
    "An element hangs on a single meeting when the plan has exactly one meeting deal with it, pass it on "
    "or take it up, in the words of the tables; topics worded differently count as different."
)


def chains(network: Network, meeting: str | None = None) -> Answer:
    """The longest and shortest chains to a meeting, and the meetings on which others hang wholly.

    Without a meeting: to the one at the end of the longest chain of all, of several to the first by its code. Raises
    NotFound for a meeting that feeds none and is fed by none.
    """
    graph, loops = _meetings_only(network)
    if meeting is not None and meeting not in graph:
        raise NotFound(f"no document says that {network.code(meeting)} feeds or is fed.")
    target = meeting or _farthest(graph, network)
    rows = [] if target is None else _rows(network, graph, target)
    code = network.code(target) if target else ""
    question = gettext(
        "What are the longest and the shortest chains of meetings to {code}, and which are single points of failure?",
        code=code,
    )
    told = ", ".join(f"{network.code(feed[0])}{_ARROW}{network.code(feed[1])}" for feed in loops)
    note = _NOTE + _LOOPS.format(loops=told) if loops else _NOTE
    params = {"meeting": [network.code(meeting)] if meeting else []}
    return tables.answer("chain", question, note, _COLUMNS, rows, params=params)


def single_elements(network: Network) -> Answer:
    """The elements that exactly one meeting deals with."""
    calendar = Calendar(network, PLAN)
    dealing: dict[str, set[str]] = {}
    for address in network.addresses:
        if network.plans(address.document, address.meeting):
            dealing.setdefault(address.element, set()).add(address.meeting)
    rows = []
    for element in sorted(dealing, key=network.code):
        if len(dealing[element]) == 1:
            (meeting,) = dealing[element]
            rows.append(_element_row(network, element, meeting, calendar.span(meeting)))
    question = gettext("Which elements hang on one single meeting?")
    return tables.answer("chain", question, _ELEMENT_NOTE, _ELEMENT_COLUMNS, rows, params={"elements": ["yes"]})


def _element_row(network: Network, element: str, meeting: str, span: MeetingDates) -> Row:
    feeds = [feed for feed in network.planned if feed.element == element and feed.giver == meeting]
    told = (address for address in network.addresses if (address.element, address.meeting) == (element, meeting))
    sources = [cell for address in told if network.plans(address.document, meeting) for cell in address.sources]
    return (
        one(network.cell(element)),
        one(network.cell(meeting)),
        one(tables.span_cell(span)),
        tables.some(network.cell(feed.modality) for feed in feeds),
        tables.some(network.cell(feed.receiver) for feed in feeds if feed.receiver),
        tables.some(sources),
        tables.statement_sources(span),
    )


def _meetings_only(network: Network) -> tuple[DiGraph[Any], list[tuple[str, str]]]:
    """The meetings and which feeds which, without feeds that run in a circle; and those."""
    import networkx

    graph: DiGraph[Any] = networkx.DiGraph()
    for feed in network.meeting_feeds():
        graph.add_edge(feed.giver, feed.receiver)
    whole = {node: number for number, part in enumerate(networkx.strongly_connected_components(graph)) for node in part}
    loops = sorted(edge for edge in graph.edges if whole[edge[0]] == whole[edge[1]])
    graph.remove_edges_from(loops)
    return graph, loops


def _farthest(graph: DiGraph[Any], network: Network) -> str | None:
    """The meeting at the end of the longest chain of all."""
    ends = [node for node in graph if not graph.out_degree(node)]
    return min(ends, key=lambda node: (-_lengths(graph, node, max)[node], network.code(node))) if ends else None


def _rows(network: Network, graph: DiGraph[Any], target: str) -> list[Row]:
    rows = []
    for kind, choose in (("longest", max), ("shortest", min)):
        for chain in _of_length(graph, target, choose):
            rows.append(_chain_row(network, kind, target, chain))
    for point, lost in _single_points(graph, target):
        rows.append(_point_row(network, target, point, sorted(lost, key=network.code)))
    return rows


def _lengths(graph: DiGraph[Any], target: str, choose: Any) -> dict[str, int]:
    """For the target and all upstream: how many feeds the longest (or shortest) chain from a start to it has."""
    import networkx

    upstream = networkx.ancestors(graph, target) | {target}
    lengths: dict[str, int] = {}
    for node in networkx.topological_sort(graph.subgraph(upstream)):
        before = [lengths[one] for one in graph.predecessors(node)]
        lengths[node] = choose(before) + 1 if before else 0
    return lengths


def _of_length(graph: DiGraph[Any], target: str, choose: Any) -> list[tuple[str, ...]]:
    """All chains to the target of the chosen length, in order; at most so many that people can read them."""
    lengths = _lengths(graph, target, choose)
    found: list[tuple[str, ...]] = [(target,)] if lengths[target] else []
    while found and lengths[found[0][0]]:
        found = [
            (one, *chain)
            for chain in found
            for one in sorted(graph.predecessors(chain[0]))
            if lengths[one] == lengths[chain[0]] - 1
        ][:_MANY]
    return found


def _single_points(graph: DiGraph[Any], target: str) -> list[tuple[str, set[str]]]:
    """Meetings without which others upstream have no way to the target; those that cut off most in front."""
    import networkx

    upstream = networkx.ancestors(graph, target)
    found = []
    for point in upstream:
        rest = graph.subgraph((upstream | {target}) - {point})
        lost = upstream - {point} - networkx.ancestors(rest, target)
        if lost:
            found.append((point, lost))
    return sorted(found, key=lambda one: (-len(one[1]), one[0]))


def _chain_row(network: Network, kind: str, target: str, chain: tuple[str, ...]) -> Row:
    feeds = [feed for pair in zip(chain, chain[1:], strict=False) for feed in _between(network, pair)]
    return (
        one(_KINDS[kind]),
        one(network.cell(target)),
        one(_chain_cell(network, chain)),
        one(Cell(str(len(chain)), same(str(len(chain))))),
        one(Cell()),
        tables.some(cell for feed in feeds for cell in feed.sources),
    )


def _point_row(network: Network, target: str, point: str, lost: list[str]) -> Row:
    feeds = [feed for feed in network.meeting_feeds() if feed.giver == point]
    return (
        one(_KINDS["single"]),
        one(network.cell(target)),
        one(_chain_cell(network, (point,))),
        one(Cell(str(len(lost)), ngettext("{count} cut off", "{count} cut off", len(lost)))),
        tables.some(network.cell(meeting) for meeting in lost),
        tables.some(cell for feed in feeds for cell in feed.sources),
    )


def _between(network: Network, pair: tuple[str, str]) -> Iterable[Feed]:
    return (feed for feed in network.meeting_feeds() if (feed.giver, feed.receiver) == pair)


def _chain_cell(network: Network, chain: tuple[str, ...]) -> Cell:
    """Codes joined by arrows; in words, a name stands for a code that is only a place in a document."""
    cells = [network.cell(meeting) for meeting in chain]
    words = joined_text((cell.value if _short(cell) else cell.words for cell in cells), same(_ARROW))
    return Cell(_ARROW.join(cell.value or "" for cell in cells), words)


def _short(cell: Cell) -> bool:
    return "." not in (cell.value or "")
