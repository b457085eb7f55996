"""What a worker works with: the store of the moment, bounded for what users ask, and what is costly to make for it.

A store that was built anew is taken up with the next job.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from mandategraph.api.graph import Graph
from mandategraph.lookup.resolver import Resolver
from mandategraph.pipeline.as_of import Undated, state_as_of
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import Runner
from mandategraph.rdf import namespaces
from mandategraph.serve import pages
from mandategraph.serve.refuse_service import refuse_service
from mandategraph.serve.result import Extent
from mandategraph.store import Store, is_remote, open_store
from mandategraph.store.base import Dataset, Rows, Triples
from mandategraph.store.bounded import Bounded, Bounds, evaluate_within, within
from mandategraph.store.embedded import OxigraphStore
from mandategraph.store.remote import RemoteStore
from mandategraph.store.user_query import names_graphs
from mandategraph.store.versions import current
from mandategraph.system.errors import UsageError

_STATES = 2
"""How many states of knowledge are kept; each lies in memory."""


class BoundedStore:
    """A store of which no query gets more than the bounds; ``extent`` tells whether all answers were whole."""

    def __init__(self, store: Store, bounds: Bounds) -> None:
        self._store = store
        self._bounds = bounds
        self._complete = True

    @property
    def extent(self) -> Extent:
        """``truncated`` when an answer was cut; ``unknown`` when another endpoint may have done so unseen."""
        if not self._complete:
            return "truncated"
        return "complete" if isinstance(self._store, OxigraphStore) else "unknown"

    @property
    def location(self) -> str:
        """See Store.location."""
        return self._store.location

    def query(self, text: str) -> Rows | bool | Triples:
        """See Store.query."""
        if isinstance(self._store, OxigraphStore):
            return self._noted(evaluate_within(self._store.engine, text, self._bounds))
        return self._noted(within(self._store.query(text), self._bounds))

    def in_turn(self, text: str) -> str:
        """See Store.in_turn."""
        return self._store.in_turn(text)

    def asked(self, text: str, dataset: Dataset | None) -> Rows | bool | Triples:
        """Answer a user's query: our prefixes are filled in, and where neither the query nor ``dataset`` names graphs,
        the default graph is the union of all.

        Raises UsageError for bad SPARQL, Refusal 403 for SERVICE.
        """
        if not isinstance(self._store, OxigraphStore):
            assert isinstance(self._store, RemoteStore)
            return self._forwarded(self._store, text, dataset)
        refuse_service(text)
        union = dataset is None and not names_graphs(text)
        prefixes = namespaces.prefixes()
        engine = self._store.engine
        return self._noted(evaluate_within(engine, text, self._bounds, dataset=dataset, union=union, prefixes=prefixes))

    def _forwarded(self, store: RemoteStore, text: str, dataset: Dataset | None) -> Rows | bool | Triples:
        text = namespaces.with_prefixes(text)
        refuse_service(text)
        if dataset is None and not names_graphs(text):
            graphs = tuple(store.graphs())
            dataset = Dataset(graphs, graphs) if graphs else None
        return self._noted(within(store.query(text, dataset), self._bounds))

    def _noted(self, found: Bounded) -> Rows | bool | Triples:
        self._complete = self._complete and found.complete
        return found.result

    def graphs(self) -> list[str]:
        """See Store.graphs."""
        return self._store.graphs()

    def dump(self) -> bytes:
        """See Store.dump."""
        return self._store.dump()

    def close(self) -> None:
        """See Store.close."""
        self._store.close()


class Session:
    """A store opened for reading, with its resolver and its catalogue, which are made when first wanted."""

    def __init__(
        self, location: str, bounds: Bounds, as_of: str | None = None, catalogue: Catalogue | None = None
    ) -> None:
        """``as_of`` says that the store is what was known on a day, or with a document (see ``pipeline.as_of``); ``catalogue`` is
        one that was read already."""
        self._location = location
        self.as_of = as_of
        self._bounds = bounds
        self._generation = None if is_remote(location) else current(Path(location))
        self.store, self.undated = state_as_of(location, as_of) if as_of else (open_store(location), Undated())
        self.catalogue = catalogue or Catalogue()
        self._states: dict[str, Session] = {}

    def fresh(self) -> Session:
        """This session, or one for the store as it is now when it was built anew."""
        if is_remote(self._location) or current(Path(self._location)) == self._generation:
            return self
        self.store.close()
        return Session(self._location, self._bounds, catalogue=self.catalogue)

    def at(self, as_of: str | None) -> Session:
        """This session, or one for what was known on a day or with a document; those asked for last are kept.

        Raises NotFound, UsageError or StoreError as ``state_as_of``.
        """
        if not as_of:
            return self
        try:
            session = self._states.pop(as_of, None) or Session(self._location, self._bounds, as_of, self.catalogue)
        except UsageError as error:  # it was no option of a command here
            raise UsageError(error.message, "parameter as_of", error.hint) from error
        self._states[as_of] = session
        while len(self._states) > _STATES:
            self._states.pop(next(iter(self._states))).store.close()
        return session

    @property
    def fingerprint(self) -> str | None:
        """What the content was built from; None when nobody can tell, as for another endpoint."""
        return self._generation.fingerprint if self._generation else None

    @cached_property
    def resolver(self) -> Resolver:
        """The resolver of the store."""
        return Resolver.of(self.store)

    def way(self, code: str) -> str | None:
        """The path of the page of what has this code; None where nothing has, or several things."""
        things = self._coded.get(code, [])
        return pages.address(things[0]) if len(things) == 1 else None

    @cached_property
    def _coded(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for whole, code in self.resolver.read().code.items():
            found.setdefault(code, []).append(whole)
        return found

    def warm(self) -> None:
        """Make what most jobs need; not worth the waiting where another endpoint would have to be asked."""
        self.catalogue.all()
        if not is_remote(self._location):
            self.resolver.read()

    def bounding(self) -> BoundedStore:
        """The store with the bounds of one job."""
        return BoundedStore(self.store, self._bounds)

    def runner(self, bounding: BoundedStore) -> Runner:
        """Runs stored queries within bounds; codes and labels are looked up without."""
        return Runner(bounding, lambda: self.resolver, whole=self.store)

    def graph(self, bounding: BoundedStore) -> Graph:
        """The graph to ask: stored queries within bounds, analyses over all that they need."""
        return Graph(
            self.store,
            self.as_of,
            self.undated,
            bounded=bounding,
            catalogue=self.catalogue,
            resolver=lambda: self.resolver,
        )
