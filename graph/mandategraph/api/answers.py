"""Answers of the graph as objects: rows of typed values, what they rest on, and the ways into other tools."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from mandategraph.answers import grid
from mandategraph.answers.answer import Answer as Record
from mandategraph.answers.grid import Layout
from mandategraph.answers.write_answer import envelope, write_answer, write_result
from mandategraph.api.values import Row, Source, Thing, Value, literal_of, row_of
from mandategraph.messages import LANGUAGES, preferring, text_of
from mandategraph.rdf import namespaces, terms
from mandategraph.store.base import Rows, Term, Triples
from mandategraph.system.errors import UsageError

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from mandategraph.analysis.question_service import Question
    from mandategraph.ask.understand import Understood

WIDTH = 120
"""Columns of text in which answers are told where no other width is wished."""


def known_language(lang: str) -> str:
    """A language that answers can be told in.

    Raises:
        UsageError: there is no such language here.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"answers are not told in '{lang}'.", None, f"There are: {', '.join(LANGUAGES)}.")
    return lang


class Table(Sequence[Row]):
    """Rows under named columns. Iterate it, index it, or hand it to `to_pandas`."""

    columns: tuple[str, ...]
    """The names of the columns, in order."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows, in the order of the answer."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return self.rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def column(self, name: str) -> tuple[Value, ...]:
        """All values of one column, row after row.

        Raises:
            KeyError: there is no such column.
        """
        if name not in self.columns:
            raise KeyError(f"no column '{name}'; there are: {', '.join(self.columns)}")
        return tuple(value for row in self.rows for value in row.all(name))

    def to_pandas(self, lang: str | None = None) -> pandas.DataFrame:
        """A data frame with a column for each of ours. Cells hold the values as they are; with `lang`,
        things, words and sources are told in this language.

        Raises:
            UsageError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            hint = "Install it with: pip install 'mandategraph[pandas]'."
            raise UsageError("pandas is not installed.", None, hint) from None
        chosen = None if lang is None else known_language(lang)
        told = [{name: _in_language(row[name], chosen) for name in self.columns} for row in self.rows]
        return pandas.DataFrame(told, columns=list(self.columns))


class Answer(Table):
    """The answer to a question: its rows, its status, and what it rests on.

    Printed, it is the table of the terminal; in a notebook it is a table of HTML.
    """

    def __init__(
        self,
        record: Record,
        describe: Callable[[Sequence[str]], Triples],
        network: Callable[[Record], networkx.MultiDiGraph[str]],
        lang: str = "en",
        understood: Understood[Question] | None = None,
        missing: tuple[str, ...] = (),
    ) -> None:
        """`record` is the answer as a plain value, `describe` gives the statements about things and `network` the
        drawing of what a query finds; `understood` says how a
        question in words was read, `missing` what was looked up and not found."""
        self.record = record
        self.lang = known_language(lang)
        self.understood = understood
        self.missing = missing
        self.columns = tuple(column.name for column in record.columns)
        self._describe = describe
        self._network = network

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows, in the order of the answer."""
        return tuple(row_of(self.record.columns, cells) for cells in self.record.rows)

    @property
    def status(self) -> str:
        """`answered`, `no` (the documents say so), `not-stated` (they are silent) or `not-covered` (outside them)."""
        return self.record.status

    @property
    def basis(self) -> str:
        """`explicit` in the text, `derived` by a rule, or an `interpretation`."""
        return self.record.basis

    @property
    def question(self) -> str:
        """What was answered, in the language of the answer."""
        return self._told(self.record.question)

    @property
    def note(self) -> str:
        """What must be known to read the answer; empty where there is nothing to say."""
        return self._told(self.record.note)

    @property
    def query(self) -> str:
        """The name of the stored query or analysis that answered."""
        return self.record.query

    @property
    def params(self) -> dict[str, tuple[str, ...]]:
        """The values of its parameters, as people write them."""
        return dict(self.record.params)

    @property
    def as_of(self) -> str | None:
        """The state of knowledge that was asked; None for all that is known."""
        return self.record.as_of

    @property
    def sources(self) -> tuple[Source, ...]:
        """The places that the rows rest on, each once, in the order of the rows."""
        return tuple(dict.fromkeys(one for row in self.rows for name in row for one in row.all(name)
                                   if isinstance(one, Source)))  # fmt: skip

    @property
    def things(self) -> tuple[Thing, ...]:
        """The things in the rows, each once, in the order of the rows."""
        return tuple(dict.fromkeys(one for row in self.rows for name in row for one in row.all(name)
                                   if isinstance(one, Thing)))  # fmt: skip

    def write(self, form: str = "table", width: int | None = WIDTH) -> str:
        """The answer as text: `table`, `csv`, `tsv`, `json`, `xml`, `md` or `html`, as the command line writes it; a
        query that makes a graph: `turtle`, `jsonld`, ….

        Raises:
            UsageError: the format does not fit the answer.
        """
        return write_answer(self.record, form, Layout(preferring(self.lang), width))

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data: what `--format json` writes."""
        return envelope(self.record)

    def to_rdflib(self) -> rdflib.Graph:
        """The statements that the graph holds about the things in the rows; of a query that makes a graph, that graph."""
        if self.record.graph is not None:
            return as_rdflib(self.record.graph)
        return as_rdflib(self._describe([thing.iri for thing in self.things]))

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """The things that the query finds, and the arrows among them and to what was asked about: nodes by IRI, parallel
        arrows keyed by their ids, each with the columns of every export.

        Raises:
            UsageError: no stored query answered.
        """
        return self._network(self.record)

    def __str__(self) -> str:
        return self.write("turtle" if self.record.graph is not None else "table")

    def __repr__(self) -> str:
        return f"<Answer {self.query}: {self.status}, {len(self)} rows>"

    def _repr_html_(self) -> str:
        if self.record.graph is not None:
            return f"<pre>{html.escape(str(self))}</pre>"
        layout = Layout(preferring(self.lang))
        body = grid.as_html(grid.of_answer(self.record, layout)) if self.rows else ""
        told = f"{self.status}, {self.basis}" + (f". {self.note}" if self.note else "")
        return f"<p><b>{html.escape(self.question)}</b></p>\n{body}<p>{html.escape(told)}</p>"

    def _repr_markdown_(self) -> str:
        return f"```turtle\n{self}```" if self.record.graph is not None else self.write("md", None)

    def _told(self, words: Mapping[str, str]) -> str:
        return text_of(words).in_first((self.lang,))


class SparqlResult(Table):
    """What a SPARQL query gives: rows for SELECT, `yes` for ASK, a graph for CONSTRUCT and DESCRIBE."""

    def __init__(self, result: Rows | bool | Triples) -> None:
        self.result = result
        self.columns = result.variables if isinstance(result, Rows) else ()

    @property
    def yes(self) -> bool | None:
        """The answer to ASK; None for other queries."""
        return self.result if isinstance(self.result, bool) else None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of a SELECT; IRIs are things."""
        if not isinstance(self.result, Rows):
            return ()
        return tuple(
            Row({name: (_plain(term),) if term else () for name, term in zip(self.columns, row, strict=True)})
            for row in self.result.rows
        )

    def write(self, form: str | None = None, width: int | None = WIDTH) -> str:
        """The result as text: `table`, `csv`, `tsv`, `json`, `xml`, `md`, `html`; a graph: `turtle`, `jsonld`, ….

        Raises:
            UsageError: the format does not fit the result.
        """
        return write_result(self.result, form, Layout(LANGUAGES, width))

    def to_dict(self) -> dict[str, Any]:
        """The rows, or the yes or no, in the W3C's JSON form of SPARQL results.

        Raises:
            UsageError: the query gave a graph.
        """
        if isinstance(self.result, Triples):
            raise UsageError("this query gives a graph, not rows.", None, "Use to_rdflib.")
        found: dict[str, Any] = json.loads(self.write("json"))
        return found

    def to_rdflib(self) -> rdflib.Graph:
        """The graph that CONSTRUCT or DESCRIBE made.

        Raises:
            UsageError: the query gave rows.
        """
        if not isinstance(self.result, Triples):
            raise UsageError("this query gives rows, not a graph.", None, "Use CONSTRUCT or DESCRIBE, or the rows.")
        return as_rdflib(self.result)

    def __bool__(self) -> bool:
        if isinstance(self.result, bool):
            return self.result
        return bool(self.result.triples if isinstance(self.result, Triples) else self.result.rows)

    def __str__(self) -> str:
        return self.write()

    def __repr__(self) -> str:
        if isinstance(self.result, Rows):
            return f"<SparqlResult {len(self)} rows of {', '.join(self.columns)}>"
        if isinstance(self.result, Triples):
            return f"<SparqlResult {len(self.result.triples)} triples>"
        return f"<SparqlResult {'yes' if self.result else 'no'}>"

    def _repr_html_(self) -> str:
        if isinstance(self.result, Triples):
            return f"<pre>{html.escape(self.write())}</pre>"
        return grid.as_html(grid.of_rows(self.result))


def as_rdflib(triples: Triples) -> rdflib.Graph:
    """Triples as a graph of rdflib, with our prefixes."""
    import rdflib

    made = rdflib.Graph()
    for prefix, iri in namespaces.prefixes().items():
        made.bind(prefix, iri)
    for triple in triples.triples:
        made.add(tuple(map(terms.as_rdflib, triple)))  # type: ignore[arg-type]
    return made


def _plain(term: Term) -> Value:
    if term.kind == "iri":
        short = namespaces.compact(term.value)
        return Thing(term.value, None if short == term.value else short)
    return literal_of(term)


def _in_language(value: object, lang: str | None) -> object:
    if isinstance(value, tuple):
        return tuple(_in_language(one, lang) for one in value)
    return value if lang is None or not hasattr(value, "label") else value.label(lang)
