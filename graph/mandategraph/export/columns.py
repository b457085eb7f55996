"""What stands beside each thing and arrow, as a person reads it: columns of text, the same in every format.

Several values are joined by ``;`` in a fixed order; a ``;`` inside a value is written ``\\;``. The columns of a schedule
(``phase`` to ``date_status``) have one place for each statement, and those of an arrow's evidence (``evidence`` to
``quote``) one for each place, empty where there is nothing to say, so that they stay aligned.
``short`` is what fits into a picture: the code of a meeting where it has one, else the label.
A thing or term in a column is shown by its code, with its labels (``..._en`` and so on) beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mandategraph.export.drawing import SPAN_COLUMNS, Drawing, Edge, Fact, Node, SourceReference, StatedDates
from mandategraph.messages import LANGUAGES, Text, gettext, joined_text
from mandategraph.model.citing import cited_in
from mandategraph.rdf import namespaces

_LABELS = tuple(f"label_{language}" for language in LANGUAGES)
Cells = dict[str, str]
"""Column -> text; columns without a value are absent."""

NODE_COLUMNS = (
    "id", "label", *_LABELS, "short", "code", "type", "kind", "certainty", "source", *SPAN_COLUMNS,
)  # fmt: skip
EDGE_COLUMNS = (
    "id", "source", "target", "label", *_LABELS, "type", "kind", "modality", "certainty", *SPAN_COLUMNS,
    "evidence", "document", "place", "line", "quote", "statement",
)  # fmt: skip
"""Columns that every export has, also where nothing fills them. On an arrow ``source`` and ``target`` are its ends, as
all tools want it; what a thing has in ``source`` (where it was read) an arrow has in ``evidence``."""

_PUBLISHED = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*-\d+")  # SBI-3, DSI-AHTEG-2020-01; not a code made from a place
_IN_LABEL = ("modality", "kind")
_UNMARKED = namespaces.VALUES + "unmarked"


@dataclass(frozen=True, slots=True)
class Columns:
    """Turns the things and arrows of one drawing into cells, with labels in the order of ``languages``."""

    drawing: Drawing
    languages: tuple[str, ...] = LANGUAGES

    def node_columns(self) -> tuple[str, ...]:
        """The columns that the things fill, those of every export in front, the others by name."""
        return self._ordered(NODE_COLUMNS, (node.facts for node in self.drawing.nodes.values()))

    def edge_columns(self) -> tuple[str, ...]:
        """The columns that the arrows fill, those of every export in front, the others by name."""
        return self._ordered(EDGE_COLUMNS, (edge.facts for edge in self.drawing.edges))

    def node(self, node: Node) -> Cells:
        """The cells of a thing."""
        code = namespaces.compact(node.id)
        label = node.label.in_first(self.languages) or code
        cells: dict[str, list[str]] = {
            "id": [node.id],
            "label": [label],
            **{f"label_{language}": [node.label.get(language, "")] for language in LANGUAGES},
            "short": [code if _PUBLISHED.fullmatch(code) else label],
            "code": [code],
            "type": [node.type],
            "certainty": [node.certainty],
            "source": list(dict.fromkeys(map(self._cited, node.places))) or [node.certainty],
        }
        self._add_facts(cells, node.facts)
        return _joined(cells) | _spans(node.spans)

    def edge(self, edge: Edge) -> Cells:
        """The cells of an arrow."""
        label = self.edge_label(edge)
        cells: dict[str, list[str]] = {
            "id": [edge.id],
            "source": [edge.source],
            "target": [edge.target],
            "label": [label.in_first(self.languages)],
            **{f"label_{language}": [label.get(language, "")] for language in LANGUAGES},
            "type": [edge.type],
            "evidence": [self._cited(place) for place in edge.places],
            "document": [namespaces.compact(place.document) for place in edge.places],
            "place": [place.place.in_first(self.languages) for place in edge.places],
            "line": [str(place.line) for place in edge.places],
            "quote": [place.quote for place in edge.places],
            "statement": [edge.statement],
        }
        self._add_facts(cells, edge.facts)
        return _joined(cells) | _spans([edge.span] if edge.span else [])

    def edge_label(self, edge: Edge) -> Text:
        """What an arrow is called, with its degree of commitment or its kind: ``feeds (may)``."""
        more: list[Text] = []
        for column in _IN_LABEL:
            values = [value for value in edge.values(column) if value != _UNMARKED]
            more = more or [self.drawing.labels[value] for value in values if value in self.drawing.labels]
        if not more:
            return edge.name
        return gettext("{kind} ({role})", kind=edge.name, role=joined_text(more))

    def _cited(self, place: SourceReference) -> str:
        document = namespaces.compact(place.document)
        return cited_in(self.languages[0], document, place.place.in_first(self.languages), place.line, place.locator)

    def _add_facts(self, cells: dict[str, list[str]], facts: Iterable[Fact]) -> None:
        for fact in facts:
            for column, text in self._told(fact):
                cells.setdefault(column, []).append(text)

    def _told(self, fact: Fact) -> Iterator[tuple[str, str]]:
        """The columns that a fact fills. Words have a column for each language, and so keep it."""
        column, value, language = fact
        if language:
            yield f"{column}_{language}", value
            return
        yield column, _shown(value)
        label = self.drawing.labels.get(value)
        if label:
            yield from ((f"{column}_{language}", label.get(language, "")) for language in LANGUAGES)

    def _ordered(self, always: Sequence[str], facts: Iterable[Iterable[Fact]]) -> tuple[str, ...]:
        labelled = self.drawing.labels
        kinds = {
            Fact(fact.column, fact.value if fact.value in labelled else "other", fact.language)
            for some in facts
            for fact in some
        }
        seen = {column for fact in kinds for column, text in self._told(fact) if text}
        return (*always, *sorted(seen.difference(always)))


def _shown(value: str) -> str:
    return (
        namespaces.compact(value)
        if value.startswith((namespaces.THINGS, namespaces.ONTOLOGY, namespaces.VALUES))
        else value
    )


def _joined(cells: dict[str, list[str]]) -> Cells:
    return {column: ";".join(map(_escaped, values)) for column, values in cells.items() if any(values)}


def _escaped(value: str) -> str:
    return value.replace(";", "\\;")


def _spans(spans: Sequence[StatedDates]) -> Cells:
    found = {}
    for place, column in enumerate(SPAN_COLUMNS, start=1):
        values = [span[place] for span in spans]
        if any(values):
            found[column] = ";".join(values)
    return found
