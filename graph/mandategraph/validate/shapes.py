"""Runs the packaged shapes over a graph with pySHACL.

Everything is read with rdflib's own parsers. Oxigraph's give `"x"^^xsd:string` where rdflib's give `"x"`, rdflib holds
the two for different, and every `sh:in` would fail: one family of parsers for data, ontology and shapes.
"""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from mandategraph import namespaces, resources
from mandategraph.errors import InputError, InternalFault, UsageError
from mandategraph.validate.findings import FAIL_ON, Finding, Report
from mandategraph.validate.words import Words

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_NO_IRI = "_:"  # names of blank nodes change from run to run; a report must not


def validate(data_nquads: bytes, fail_on: str = "violation") -> Report:
    """Hold a whole graph against the shapes.

    Args:
        data_nquads: the data as N-Quads in UTF-8; its named graphs are taken together. The ontology is added.
        fail_on: the slightest severity that counts as not conforming: violation, warning, info or none.

    Raises:
        UsageError: `fail_on` is none of these.
        InputError: the data is not N-Quads.
        InternalFault: the packaged shapes are broken.
    """
    if fail_on not in FAIL_ON:
        raise UsageError(f"'{fail_on}' is no severity to fail on.", None, f"Use one of {', '.join(FAIL_ON)}.")
    data = _union(data_nquads)
    data += _packaged("ontology")
    return Report(_findings(data), fail_on)


def _union(nquads: bytes) -> Graph:
    """All statements of all named graphs in one, with `"x"^^xsd:string` as the `"x"` that RDF 1.1 says it is."""
    from rdflib import XSD, Dataset, Graph, Literal
    from rdflib.exceptions import ParserError

    dataset = Dataset(default_union=True)
    try:
        dataset.parse(data=nquads.decode("utf-8"), format="nquads")
    except (ParserError, UnicodeDecodeError) as error:
        raise InputError(f"The data is not N-Quads: {error}", hint="Write one quad on each line, in UTF-8.") from error
    union = Graph()
    for subject, predicate, value, _ in dataset.quads((None, None, None, None)):
        plain = isinstance(value, Literal) and value.datatype == XSD.string
        union.add((subject, predicate, Literal(str(value)) if plain else value))
    return union


@cache
def _packaged(room: str) -> Graph:
    """The Turtle files of `ontology` or `shapes` in one graph; read once, not to be changed."""
    from rdflib import Graph

    files: list[Traversable] = resources.ontology_files() if room == "ontology" else resources.shape_files()
    graph = Graph()
    for file in files:
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    if not graph:
        raise InternalFault(f"The folder {room} holds no Turtle files.", None, "Install mandategraph again.")
    return graph


def _findings(data: Graph) -> tuple[Finding, ...]:
    import pyshacl

    try:
        # The ontology is already in the data: pySHACL's own mixing in would leave the concepts out.
        _, results, _ = pyshacl.validate(data, shacl_graph=_packaged("shapes"), inference="none", inplace=True)
    except (pyshacl.errors.ShapeLoadError, pyshacl.errors.ConstraintLoadError) as error:
        raise InternalFault(f"The shapes cannot be used: {error}", "shapes", "Report this.") from error
    if not hasattr(results, "subjects"):
        raise InternalFault(f"The shapes cannot be used: {results}", "shapes", "Report this.")
    reader = _Reader(results, Words(data), Words(_packaged("shapes")))
    found = {reader.finding(result) for result in results.objects(None, _sh("result"))}
    return tuple(sorted(found, key=lambda finding: finding.order))


class _Reader:
    """Turns the results of a SHACL report into findings."""

    def __init__(self, results: Graph, words: Words, shape_words: Words) -> None:
        self._results = results
        self._words = words
        self._shape_words = shape_words

    def finding(self, result: Node) -> Finding:
        from rdflib import BNode

        focus, shape = self._get(result, "focusNode"), self._get(result, "sourceShape")
        value = self._get(result, "value")
        if focus is None or shape is None:
            raise InternalFault("A SHACL result lacks its focus or its shape.", "shapes", "Report this.")
        message, message_zh = (self._message(result, lang) for lang in ("en", "zh"))
        own_value = None if value == focus or isinstance(value, BNode) else value
        return Finding(
            severity=_local(self._get(result, "resultSeverity")).lower(),
            rule=_local(shape),
            focus=_NO_IRI if isinstance(focus, BNode) else str(focus),
            path=self._shape_words.path(_packaged("shapes").value(shape, _sh("path"))),
            value="" if own_value is None else str(own_value),
            message=message,
            message_zh=message_zh,
            place=self._words.place(focus),
            entity=self._words.entity(focus, "en"),
            entity_zh=self._words.entity(focus, "zh"),
            value_term="" if own_value is None else own_value.n3(),
        )

    def _get(self, result: Node, name: str) -> Node | None:
        return self._results.value(result, _sh(name))

    def _message(self, result: Node, lang: str) -> str:
        messages = self._results.objects(result, _sh("resultMessage"))
        return min((str(text) for text in messages if getattr(text, "language", None) == lang), default="")


def _sh(name: str) -> Node:
    from rdflib import URIRef

    return URIRef(_SH + name)


def _local(node: Node | None) -> str:
    return namespaces.compact(str(node)).rpartition("#")[2].rpartition(":")[2]
