"""What engines do in their own way, in one place: where they take changes, and how they write what they answer.

A profile is chosen by what the server says of itself and by its answer to one harmless question, not by its address
alone. The stored queries are written so that every engine reads them alike (see ``queries/README.md``), and handed on by
``in_turn``; a query of a researcher is sent as it is, and may meet what stands here. What is known of engines, tried
against the real ones in tests:

================  ====================================================================================================
Virtuoso 7        An ASK is answered in rows. Booleans come back as 1 and 0, durations of days and hours as seconds.
                  The default graph is the union of all. Changes are taken at other addresses than queries, with digest
                  credentials. An update of several steps is not undone when the server is killed in its midst, and fails
                  as a whole where it changes more than 50 MB: its steps are sent one by one.
                  By the order in which its optimizer puts the parts of a query, which follows the statistics of the
                  day, a count in a subquery may be 0 and rows may be missing: stored queries are sent with the word
                  that the order as written is to be kept, row by row and without tables of hashes, so that its
                  statistics decide nothing. Texts of more than 20 characters are ordered by a number of its own:
                  stored queries are ordered by ``STR``. What stored queries avoid in how they are written
                  (queries/README.md): ``p+`` and ``p*`` are refused, or find nothing, where neither end is known or
                  more hangs on them; they leave out the start of a cycle. CONCAT and REPLACE garble a constant that
                  is not Latin and has no language, and take what is unbound as an empty text. BOUND may be true of
                  what is not, once a COALESCE has taken it. VALUES alone in the branch of a UNION gives no rows.
                  GROUP_CONCAT keeps no order. See also ``_DOUBTS``.
Jena, Oxigraph    As SPARQL 1.1 says; the default graph is empty. An update is carried out as a whole or not at all.
QLever, Neptune   One address for queries and updates; default graph the union of all (from their documentation).
================  ====================================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from mandategraph.store.base import XSD, Term, literal
from mandategraph.system.errors import StoreError

PROBE = "ASK {}"
"""Every SPARQL 1.1 server answers this, and does so in its own way."""

_ASK_AS_ROWS = "__ASK_RETVAL"
_DAY_SECONDS = 86400

# By what the path of a query address ends with: where the same store takes updates, and graphs.
_NEIGHBOURS = (
    (re.compile(r"(/repositories/[^/]+)/?$"), r"\1/statements", r"\1/rdf-graphs/service"),
    (re.compile(r"/(?:query|sparql)/?$"), "/update", "/data"),
)
_KEEPS_ONE_ADDRESS = ("qlever", "neptune")
_OF_VIRTUOSO = ((re.compile(r"/sparql(?:-auth)?/?$"), "/sparql-auth", "/sparql-graph-crud-auth"),)


@dataclass(frozen=True)
class Dialect:
    """One engine's ways. ``whole_updates``: an update request is carried out as a whole or not at all, even when the
    server is killed. ``conditions_as_values``: a SELECT may give a column that is two conditions joined."""

    name: str
    whole_updates: bool
    conditions_as_values: bool = True
    neighbours: tuple[tuple[re.Pattern[str], str, str], ...] = ()

    def addresses(self, query: str) -> tuple[str, str | None]:
        """Where updates and graphs are most likely taken, from the address of queries; no address for graphs is told
        where there may be none."""
        parts = urlsplit(query)
        for ending, update, graphs in self.neighbours:
            if ending.search(parts.path):
                made = (urlunsplit(parts._replace(path=ending.sub(path, parts.path))) for path in (update, graphs))
                return next(made), next(made)
        return query, None

    def doubt(self, query: str) -> str:
        """Why the engine would answer a query wrongly without a word; empty where nothing speaks against it."""
        return ""

    def in_turn(self, query: str) -> str:
        """A query that is written in the order in which it is best evaluated, as this engine takes it to keep to that."""
        return query

    def requests(self, steps: Sequence[str]) -> list[str]:
        """The requests that carry out some updates, in this order: one, which is carried out as a whole."""
        return [" ;\n".join(steps)]

    def term(self, binding: dict[str, str]) -> Term:
        """A value in SPARQL results JSON as a term. Raises StoreError for what is no term of RDF 1.1."""
        kind, value = binding["type"], binding["value"]
        if kind == "uri":
            return Term("iri", value)
        if kind == "bnode":
            return Term("blank", value.removeprefix("nodeID://"))
        if kind not in ("literal", "typed-literal"):
            raise StoreError(f"a {kind} is not RDF 1.1.")
        return literal(value, lang=binding.get("xml:lang"), datatype=binding.get("datatype"))

    def ask(self, names: tuple[str, ...], first: Term | None) -> bool | None:
        """The answer to an ASK that came in rows; None where it did not."""
        return first is not None and first.value in ("1", "true") if _ASK_AS_ROWS in names else None


_PRAGMAS = re.compile(r"\A(?:DEFINE [^\n]*\n)+")
_AS_WRITTEN = 'DEFINE sql:select-option "order, loop"'

_DOUBTS = (
    (re.compile(r"VALUES \?(?:this|n)\b"), "VALUES beside a filter or in a UNION"),
    (re.compile(r"isLiteral\(<"), "whether a literal is well-formed"),
    (re.compile(r"sameTerm\(\?\w+, [\"<]"), "sameTerm with a constant"),
    (re.compile(r"[\s)][<>]=?\s"), "the order of values of two kinds"),
    (re.compile(r"[>)]\s?(?:[*+]|\?(?!\w))"), "paths of any length"),
)
"""What Virtuoso 7 answers wrongly without a word, by the cases of the W3C for SHACL put to it."""


_ORDER = re.compile(r"\bORDER BY\b[^{}]*\Z")
"""What a whole query is ordered by, not one within it."""
_NAME = re.compile(r"(?<!\S)[?$]\w+(?!\S)")


class _Virtuoso(Dialect):
    def doubt(self, query: str) -> str:
        """See Dialect.doubt."""
        found = next((words for pattern, words in _DOUBTS if pattern.search(query)), None)
        return f"Virtuoso errs on {found}" if found else ""

    def in_turn(self, query: str) -> str:
        """See Dialect.in_turn: nothing is left to the optimizer, which by the statistics of the day loses rows or counts
        0; and what is ordered by is ordered as a text where it is no number."""
        return f"{_AS_WRITTEN}\n{_ORDER.sub(_as_texts, query)}"

    def requests(self, steps: Sequence[str]) -> list[str]:
        """See Dialect.requests: each by itself. Together they would not be undone either when the server is killed, and one
        transaction may not change more than its log takes (TransactionAfterImageLimit, by default 50 MB or half a million
        statements). To commit row by row instead leaves locks that nobody owns."""
        return list(steps)

    def term(self, binding: dict[str, str]) -> Term:
        """See Dialect.term."""
        found = super().term(binding)
        if found.datatype == XSD + "boolean":
            return literal({"1": "true", "0": "false"}.get(found.value, found.value), datatype=found.datatype)
        if found.datatype == XSD + "dayTimeDuration":
            return literal(_duration(found.value), datatype=found.datatype)
        return found


STANDARD = Dialect("SPARQL 1.1", whole_updates=True, neighbours=_NEIGHBOURS)
ONE_ADDRESS = Dialect("one address", whole_updates=False)
VIRTUOSO = _Virtuoso("Virtuoso", whole_updates=False, conditions_as_values=False, neighbours=_OF_VIRTUOSO)


def pragmas(query: str) -> tuple[str, str]:
    """The lines before a query that are no SPARQL, but what an engine wants to be told; and the query, in its lines."""
    found = _PRAGMAS.match(query)
    told = found[0] if found else ""
    return told, query.removeprefix(told)


def dialect_of(server: str, probed: bytes) -> Dialect:
    """The profile for a server, from its Server header and its answer to ``PROBE``."""
    if _ASK_AS_ROWS.encode() in probed or server.lower().startswith("virtuoso"):
        return VIRTUOSO
    if any(name in server.lower() for name in _KEEPS_ONE_ADDRESS):
        return ONE_ADDRESS
    return STANDARD


def _as_texts(found: re.Match[str]) -> str:
    # A text of more than 20 characters is kept, and ordered, by its number in a table of texts.
    return _NAME.sub(lambda name: f"IF(isNumeric({name[0]}), {name[0]}, 0) STR({name[0]})", found.group())


def _duration(value: str) -> str:
    """``-3628800`` (seconds) as ``-P42D``; what is written as a duration already stays."""
    try:
        seconds = float(value)
    except ValueError:
        return value
    sign, seconds = "-" if seconds < 0 else "", abs(seconds)
    days, rest = divmod(seconds, _DAY_SECONDS)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    parts = ((hours, "H"), (minutes, "M"), (rest, "S"))
    time = "".join(f"{amount:g}{unit}" for amount, unit in parts if amount)
    day = f"{days:g}D" if days or not time else ""
    return f"{sign}P{day}{'T' + time if time else ''}"
