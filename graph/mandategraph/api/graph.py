"""The graph as one object: opened once, then asked in words, by stored queries or by SPARQL.

The command line is thin over it: what a verb prints is what a method here gives, written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from mandategraph.api.answers import Answer, SparqlResult
from mandategraph.api.description import Description
from mandategraph.messages import LANGUAGES
from mandategraph.store import Store, default_location
from mandategraph.store.internal_query import statements_about
from mandategraph.system.errors import UsageError

if TYPE_CHECKING:
    import networkx
    import rdflib

    from mandategraph.analysis.question_service import Question, QuestionService
    from mandategraph.answers.answer import Answer as Record
    from mandategraph.ask.understand import Understood
    from mandategraph.export.job import Job
    from mandategraph.export.select import Selection
    from mandategraph.lookup.resolver import Resolver
    from mandategraph.pipeline.as_of import Undated
    from mandategraph.query.catalogue import Catalogue, StoredQuery
    from mandategraph.query.run import Runner
    from mandategraph.validate import Report


class Graph:
    """A graph that is open for asking. Close it, or use it in a `with` block.

    `store` is what it is asked from. `when` is the state of knowledge that it is, and `undated` what that leaves out.
    """

    def __init__(
        self,
        store: Store,
        when: str | None = None,
        undated: Undated | None = None,
        *,
        bounded: Store | None = None,
        catalogue: Catalogue | None = None,
        resolver: Callable[[], Resolver] | None = None,
    ) -> None:
        """`bounded` is what stored queries are run on where they are bounded; `catalogue` and `resolver` are taken where
        they are there already."""
        self.store = store
        self.when = when
        self.undated = undated
        self._bounded = bounded or store
        self._catalogue = catalogue
        self._resolver = resolver

    @classmethod
    def at(cls, place: str | None, when: str) -> Graph:
        """What the store at a place (None: the default one) knew on a day, or with a document.

        Raises:
            UsageError, NotFound, StoreError: there is no such day, document or store.
        """
        from mandategraph.pipeline.as_of import state_as_of

        store, undated = state_as_of(place or default_location(), when)
        return cls(store, when, undated)

    def as_of(self, when: str | date) -> Graph:
        """The graph as it was known on a day (`2019-08-30`), or when a document came out (its symbol).

        Raises:
            UsageError, NotFound, StoreError: there is no such day or document, or the store cannot tell.
        """
        return Graph.at(self.store.location, when.isoformat() if isinstance(when, date) else when)

    def ask(self, question: str, *, lang: str | None = None, detail: bool = False) -> Answer:
        """Answer a question in plain English or Chinese.

        Args:
            question: such as "which meetings feed WG2020-3".
            lang: the language of the answer's words; by default that of the question.
            detail: one row for each statement, unfolded.

        Raises:
            NotFound: the question is not understood, or names what the graph does not know; the message says what is near.
            UsageError: it could mean several things.
        """
        from mandategraph.ask.wordings import language_of

        reply = self.question_service.ask(question, detail=detail)
        return self._answer(reply.answer, lang or language_of(question), reply.understood)

    def query(self, name: str, /, *, lang: str = "en", detail: bool = False, **params: object) -> Answer:
        """Run a stored query.

        Args:
            name: its name, or the id of a question ("F01").
            lang: the language of the answer's words.
            detail: one row for each statement, unfolded.
            params: values as people write them, one or a sequence for each parameter: `meeting="WG2020-3"`.

        Raises:
            NotFound: there is no such query, or a value names what the graph does not know.
            UsageError: there is no such parameter, or a value is not of its kind.
        """
        query, preset = self.stored_query(name)
        given = {**preset, **{key: _texts(value) for key, value in params.items()}}
        return self.run(query, given, lang=lang, detail=detail)

    def run(
        self, query: StoredQuery, given: Mapping[str, Sequence[str]], *, lang: str = "en", detail: bool = False
    ) -> Answer:
        """Run a query of the catalogue with parameters as people write them. Raises as `query`."""
        return self._answer(self.runner.answer(query, given, detail=detail), lang)

    def stored_query(self, name: str) -> tuple[StoredQuery, Mapping[str, Sequence[str]]]:
        """A stored query by its name or the id of a question, and the parameters that the id presets.

        Raises:
            NotFound: there is none; where a verb answers the question of that id, this is told.
        """
        from mandategraph.ask.verb_questions import find_stored

        return find_stored(self.catalogue, name)

    def question(self, identifier: str, *, lang: str = "en") -> Answer:
        """Answer one of the numbered questions, such as "F01" (see `questions`). Raises NotFound for an unknown id."""
        return self._answer(self.question_service.answer(identifier), lang)

    def questions(self) -> tuple[str, ...]:
        """The ids of the questions that the graph knows."""
        return tuple(self.question_service.ids())

    def queries(self) -> tuple[str, ...]:
        """The names of the stored queries."""
        return tuple(self.catalogue.names())

    def sparql(self, text: str) -> SparqlResult:
        """Run any SPARQL query. The prefixes of the ontology need no declaration; a query that names no graph sees all.

        Raises:
            UsageError: it is empty, an update, or no SPARQL.
        """
        from mandategraph.store.user_query import ask_freely, checked_query

        return SparqlResult(ask_freely(self.store, checked_query(text)))

    def show(self, text: str, *, lang: str = "en") -> Description:
        """All that is known of one thing, with sources.

        Args:
            text: a code, a name in either script, a symbol or an address.
            lang: the language of its words.

        Raises:
            NotFound: nothing has this name; the message says what is near.
            UsageError: several things have it.
        """
        from mandategraph.lookup.describe import show

        return Description(
            replace(show(text, self.store, self.resolver), as_of=self.when), partial(statements_about, self.store), lang
        )

    def resolve(self, *texts: str, lang: str = "en") -> Answer:
        """What codes, names, symbols or addresses mean, and on which ground. No rows where they mean nothing here."""
        return self.look_up("resolve", texts, lang=lang)

    def search(self, *words: str, lang: str = "en") -> Answer:
        """Where part of a phrase stands, in names, tasks, positions, words as written and quotes; ranked."""
        return self.look_up("search", words, lang=lang)

    def look_up(
        self, verb: str, texts: Sequence[str], name: str | None = None, path: Path | None = None, *, lang: str = "en"
    ) -> Answer:
        """`resolve` or `search` texts, or resolve all that the text file at `path` names, which the answer calls `name`.
        `missing` of the answer says what was not found.

        Raises:
            UsageError: both or neither are given.
            InputError: the file cannot be read as text.
        """
        from mandategraph.lookup.dispatch import look_up

        found = look_up(verb, texts, self.store, name, path)
        return self._answer(found.answer, lang, missing=found.missing)

    def validate(self, shapes: Iterable[str | Path] = (), *, fail_on: str = "violation") -> Report:
        """Hold the graph against its shapes, or against shapes files of yours.

        Args:
            shapes: files of SHACL; the shapes of the model where there are none.
            fail_on: the slightest severity that counts as not conforming: `violation`, `warning`, `info` or `none`.

        Raises:
            InputError: a file cannot be read, or is not SHACL.
        """
        from mandategraph.validate import shapes_of, validate_store

        files = [Path(one) for one in shapes]
        return validate_store(self.store, shapes_of(files) if files else None, fail_on)

    def export(
        self,
        path: str | Path,
        *,
        form: str | None = None,
        around: str = "",
        depth: int = 1,
        kinds: Sequence[str] = (),
        relations: Sequence[str] = (),
        query: str = "",
        params: Mapping[str, Sequence[str]] | None = None,
        languages: Sequence[str] = LANGUAGES,
    ) -> Job:
        """Write the graph, or a part of it, for another tool.

        Args:
            path: the file, or the folder for `csv`.
            form: `graphml`, `gexf`, `cyjs`, `dot`, `nquads`, …; by default what the name of the file ends in.
            around, depth: only what is so many steps from this thing.
            kinds, relations: only these kinds of things (`meeting`) and arrows (`feeds`).
            query, params: only what a stored query finds.
            languages: of labels, in order.

        Raises:
            UsageError, NotFound: the format or the part is unknown.
            InputError: the file cannot be written.
        """
        from mandategraph.export.registry import format_of
        from mandategraph.export.run import Order, export
        from mandategraph.export.select import Selection

        given = {name: list(values) for name, values in (params or {}).items()}
        selection = Selection(tuple(kinds), tuple(relations), query, given, around, depth)
        return export(self.store, Order(format_of(form, str(path)), str(path), selection, tuple(languages)))

    def to_networkx(self, *, around: str = "", depth: int = 1) -> networkx.MultiDiGraph[str]:
        """Things and arrows as a networkx graph: nodes by IRI, parallel arrows keyed by their ids, each with the columns
        of every export. With `around`, only what is so many steps from this thing.

        Raises:
            NotFound: nothing has this name.
        """
        from mandategraph.export.select import Selection

        return self._drawn(Selection(around=around, depth=depth))

    def to_rdflib(self) -> rdflib.Dataset:
        """All statements with their named graphs, as a dataset of rdflib in memory."""
        import rdflib

        made = rdflib.Dataset()
        made.parse(data=self.store.dump(), format="nquads")
        return made

    def _network(self, record: Record) -> networkx.MultiDiGraph[str]:
        if record.query not in self.catalogue.names():
            hint = "Take graph.to_networkx(around=...) instead."
            raise UsageError(f"{record.query} is no stored query, and has no drawing.", None, hint)
        from mandategraph.export.select import Selection

        return self._drawn(
            Selection(query=record.query, parameters={name: list(of) for name, of in record.params.items()})
        )

    def _drawn(self, selection: Selection) -> networkx.MultiDiGraph[str]:
        from mandategraph.export.draw import draw
        from mandategraph.export.networks import to_networkx
        from mandategraph.export.select import select

        return to_networkx(select(draw(self.store), selection, self.store))

    def close(self) -> None:
        """Close the store. Nothing can be asked afterwards."""
        self.store.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Graph at {self.store.location}{f', as of {self.when}' if self.when else ''}>"

    @cached_property
    def catalogue(self) -> Catalogue:
        """The stored queries."""
        from mandategraph.query.catalogue import Catalogue

        return self._catalogue or Catalogue()

    @cached_property
    def question_service(self) -> QuestionService:
        """What answers questions by number or in words."""
        from mandategraph.analysis.question_service import QuestionService

        service = QuestionService(self.store, self.catalogue)
        service.runner = self.runner
        return service

    @cached_property
    def runner(self) -> Runner:
        """What runs stored queries."""
        from mandategraph.lookup.resolver import Resolver
        from mandategraph.query.run import Runner

        return Runner(self._bounded, self._resolver or (lambda: Resolver.of(self.store)), whole=self.store)

    @property
    def resolver(self) -> Resolver:
        """What knows codes and names."""
        return self.runner.resolver()

    def _answer(
        self,
        record: Record,
        lang: str,
        understood: Understood[Question] | None = None,
        missing: tuple[str, ...] = (),
    ) -> Answer:
        told = record.noted(self.undated.told()) if self.undated else record
        describe = partial(statements_about, self.store)
        return Answer(replace(told, as_of=self.when), describe, self._network, lang, understood, missing)


def _texts(value: object) -> list[str]:
    several = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return [one.isoformat() if isinstance(one, date) else str(one) for one in several]
