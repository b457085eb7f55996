"""Shared parts: a small store on disk, filled from fixtures/tiny.trig and the real ontology, and its stored queries."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from mandategraph.pipeline.build import build_store
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import Runner
from mandategraph.rdf import namespaces
from mandategraph.store import Store, open_store
from mandategraph.store.local_swap import publish
from mandategraph.system import resources
from serving import serving

# A shell that runs the tests in the background has them ignore interrupts, and so would all that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """No workers for what one process does sooner than they start: a single file, or tests of one. Else one more than
    there are cores, since tests of servers spend time waiting."""
    asked = {one.partition("::")[0] for one in config.args}
    return 0 if len(asked) == 1 and all(one.endswith(".py") for one in asked) else (os.cpu_count() or 1) + 1


FIXTURES = Path(__file__).parent / "fixtures"


def fill_tiny(store: ox.Store) -> None:
    """Fill an empty store with the tiny graph and the ontology."""
    store.load(path=str(FIXTURES / "tiny.trig"), format=ox.RdfFormat.TRIG)
    for file in resources.ontology_files():
        store.load(file.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(namespaces.graph("ontology")))


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder that holds the tiny graph; tests only read it."""
    folder = tmp_path_factory.mktemp("tiny") / "store"
    publish(folder, "tiny", fill_tiny)
    return folder


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> Iterator[Store]:
    """The tiny graph, opened for reading."""
    store = open_store(str(tiny_folder))
    yield store
    store.close()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The small stored queries of the fixtures."""
    return Catalogue(sorted((FIXTURES / "queries").glob("*.rq")))


@pytest.fixture(scope="session")
def runner(tiny: Store) -> Runner:
    """Runs stored queries on the tiny graph."""
    return Runner(tiny)


@pytest.fixture(scope="session")
def shipped_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder as the command builds it from everything that is shipped; tests only read it."""
    folder = tmp_path_factory.mktemp("shipped") / "store"
    build_store(str(folder))
    return folder


@pytest.fixture(scope="session")
def shipped_store(shipped_folder: Path) -> Iterator[Store]:
    """The same, opened for reading."""
    store = open_store(str(shipped_folder))
    yield store
    store.close()


@pytest.fixture(scope="session")
def served(shipped_folder: Path) -> Iterator[httpx.Client]:
    """A client of a server over all that is shipped, with few rows to an answer."""
    with serving(shipped_folder, seconds=30.0, rows=3000) as client:
        yield client
