"""Validation inside stores of other makes: the compiled queries run in Jena and in Virtuoso and find what the embedded
store finds, in the cases of the W3C and in sound and broken parts of our graph (`test_remote.py` asks the whole)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox
import pytest
from broken_copies import broken, some_of_ours
from conformance import cases, key_of, shapes
from mandategraph.store import open_store
from mandategraph.store.remote import OWN, RemoteStore
from mandategraph.store.source_archive import BOOKS
from mandategraph.validate import Report, validate_store
from mandategraph.validate.data import OxData, StoreData, of_files
from mandategraph.validate.entry import found, judge, packaged_shapes
from mandategraph.validate.locate import Records
from servers import Address, jena, surroundings, virtuoso

pytestmark = [pytest.mark.server, pytest.mark.slow]
CORE = [case for case in cases("shacl-core") if case.wanted is not None]
CASE = "urn:x-case"

# Both engines keep some values otherwise than they are written: ill-formed numbers, 4.0, a date with a time.
KEPT_OTHERWISE = {
    "jena": {"property/datatype-ill-formed"},
    "virtuoso": {"node/maxExclusive-001", "node/minExclusive-001", "property/datatype-001",
                 "property/datatype-ill-formed"},
}  # fmt: skip


@pytest.fixture(scope="module", params=["jena", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Address]]:
    """A running server without content, and its name."""
    start = {"jena": jena, "virtuoso": virtuoso}[request.param]
    with start(tmp_path_factory.mktemp(request.param)) as address, pytest.MonkeyPatch.context() as patch:
        surroundings(patch, address)
        yield request.param, address


def put(store: RemoteStore, graphs: Mapping[str, Iterable[ox.Quad]]) -> None:
    """Make these graphs the content of the store, and say so in its books: a server may hold graphs of its own."""
    where = store.graph_address
    assert where is not None
    books = "".join(f'<{name}> <{OWN}ontology#digest> "0" .\n' for name in graphs)
    content = {name: "".join(f"{quad.triple} .\n" for quad in quads) for name, quads in graphs.items()}
    for name, lines in {**content, BOOKS: books}.items():
        store.transport.send_graph(name, lines.encode(), where, "PUT")


def opened(address: Address) -> RemoteStore:
    store = open_store(address.query)
    assert isinstance(store, RemoteStore)
    return store


@pytest.mark.skipif(not CORE, reason="the W3C cases are not at hand")
def test_the_cases_of_the_w3c(server: tuple[str, Address]) -> None:
    name, address = server
    store, wrong = opened(address), []
    for case in CORE:
        put(store, {CASE: of_files([case.data]).store})
        results, _ = found(StoreData(store), shapes(case))
        if Counter(key_of(result) for result in results) != case.wanted:
            wrong.append(case.name)
    assert set(wrong) == KEPT_OTHERWISE[name]
    store.transport.update(f"DELETE WHERE {{ GRAPH <{CASE}> {{ ?s ?p ?o }} }}", store.update_address)


def plain(report: Report) -> Report:
    """A report without what it tells of engines."""
    return replace(report, notes=(), findings=tuple(replace(one, results=()) for one in report.findings))


@pytest.mark.parametrize("sound", [True, False])
def test_a_part_of_our_graph_and_a_broken_copy_of_it(server: tuple[str, Address], sound: bool) -> None:
    name, address = server
    chance, remote = random.Random(5), opened(address)
    here = some_of_ours(chance, 15)
    if not sound:
        broken(here, chance, 12)
    put(remote, {graph.value: here.quads_for_pattern(None, None, None, graph) for graph in here.named_graphs()})
    report = validate_store(remote)
    wanted = plain(judge(OxData(here), packaged_shapes(), locator=Records()))
    assert set(plain(report).findings) ^ set(wanted.findings) == set()
    assert plain(report) == wanted
    assert bool(report.notes) is (name == "virtuoso"), "what Virtuoso cannot answer rightly is told"
    assert len({one.rule for one in report.findings}) > (5 if sound else 40)
