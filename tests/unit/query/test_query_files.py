"""What Python asks of the graph stands in `queries/internal`, in files that are sound, whole, and each asked by name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import mandategraph
import pyoxigraph as ox
import pytest
import shipped
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.lint import lint_plain
from mandategraph.store.lateral import lateral
from mandategraph.store.parameter_lines import parameter_lines
from mandategraph.system import resources
from mandategraph.system.errors import InternalFault
from rdflib.plugins.sparql import prepareQuery

PACKAGE = Path(mandategraph.__file__).parent
INTERNAL = resources.internal_queries()
ROOMS = sorted({name.partition("/")[0] for name in INTERNAL})
SHARED = "store"
"""The room that asks for all others: its queries may be named anywhere."""

PLAIN = {
    **{f"internal/{name}": file for name, file in INTERNAL.items()},
    **{f"derive/{file.name}": file for file in resources.derive_files()},
}
SILENT = {"analysis/official-names": "records that others publish tell which name is official; none is shipped"}
"""The queries that find nothing in the shipped graph, and why."""

STRINGS = {
    "commands/lookup.py": "the example in the help of a verb",
    "export/ontology_page.py": "the example that readers of the page see",
    "serve/sparql_page.py": "the example that the editor begins with",
    "query/catalogue.py": "has the engine read the default of a parameter; asks no graph",
    "store/dialect.py": "the harmless question that tells engines apart",
    "store/lease.py": "the lock of a remote store, which is no content",
    "store/remote.py": "transport: which graphs there are, and whole graphs by made-up names",
    "store/remote_swap.py": "the graphs aside of a change, by made-up names",
    "store/source_archive.py": "the books of a remote store, which are no content",
    "validate/data.py": "made of shapes, over the graphs that are validated",
    "validate/foreign.py": "made of shapes",
    "validate/incremental.py": "made of shapes",
    "validate/compile/plan.py": "made of shapes",
    "validate/compile/query.py": "made of shapes",
    "validate/compile/sets.py": "made of shapes",
}
"""The modules in which SPARQL stands, and why it is not one of our questions on the content of the graph."""

_SPARQL = re.compile(r"\b(?:SELECT|CONSTRUCT|ASK|DESCRIBE)\b[^{}]*\{")
_NAME = re.compile(rf"(?:{'|'.join(ROOMS)})/[a-z-]+")


def strings(tree: ast.AST) -> Iterator[str]:
    """The strings of a module without those that stand alone, as docstrings do; what is filled in is an ellipsis."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


MODULES = {
    str(path.relative_to(PACKAGE).as_posix()): set(strings(ast.parse(path.read_text(encoding="utf-8"))))
    for path in sorted(PACKAGE.rglob("*.py"))
}


def found(text: str, union: bool = False) -> bool | list[str]:
    """What the engine finds in the shipped graph: yes or no, or its rows or triples, sorted."""
    result = shipped.store().query(text, use_default_graph_as_union=union)
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        return sorted({str(triple) for triple in result})
    return sorted(str([None if term is None else str(term) for term in row]) for row in result)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", PLAIN)
def test_a_query_without_a_head_is_sound_and_both_parsers_read_it(name: str) -> None:
    text = PLAIN[name].read_text(encoding="utf-8")
    assert lint_plain(name, text) == []
    prepareQuery(text)


@pytest.mark.parametrize("name", ["things", "edges", "facts", "places", "labels"])
def test_the_definitions_of_drawings_are_sound_too(name: str) -> None:
    assert lint_plain(name, resources.export_definition(name)) == []


@pytest.mark.parametrize("name", INTERNAL)
def test_a_query_finds_the_same_in_the_order_written_whatever_the_default_graph(name: str) -> None:
    """Part by part, as the engine is asked, and as it stands; with the default of its parameter it finds something."""
    text = resources.internal_query(name)
    plain = found(text)
    assert found(lateral(text)) == plain == found(text, union=True)
    assert bool(plain) is (name not in SILENT)
    assert len(parameter_lines(text, name)) <= 1, "things are given to one parameter"


def test_every_query_is_asked_by_its_name_in_its_room_and_every_name_is_one_of_a_query() -> None:
    named = {
        (module.partition("/")[0], one) for module, some in MODULES.items() for one in some if _NAME.fullmatch(one)
    }
    assert {one for _, one in named} == set(INTERNAL)
    assert [f"{room} names {one}" for room, one in sorted(named) if one.partition("/")[0] not in (room, SHARED)] == []


def test_no_query_about_the_graph_stands_in_python() -> None:
    holding = {module for module, some in MODULES.items() if any(_SPARQL.search(one) for one in some)}
    assert holding == set(STRINGS)


def test_the_scan_of_strings_knows_sparql_from_words() -> None:
    module = '"""SELECT ?a {} in a docstring"""\nq = f"ASK {{ GRAPH <{x}> {{}} }}"\nm = "a SELECT is wanted"'
    assert {one for one in strings(ast.parse(module)) if _SPARQL.search(one)} == {
        "ASK { GRAPH <",
        "ASK { GRAPH <…> {} }",
    }


def test_the_catalogue_holds_none_of_them() -> None:
    listed = {str(file) for file in resources.query_files()}
    assert len(listed) == len(Catalogue().names())
    assert not listed & {str(file) for file in INTERNAL.values()}


def test_a_name_that_no_query_has_is_told_with_the_nearest() -> None:
    with pytest.raises(InternalFault) as caught:
        resources.internal_query("analysis/meeting")
    said = str(caught.value)
    assert said.startswith("queries/internal: there is no query 'analysis/meeting'. Did you mean analysis/meetings")
    assert "\n" not in said


def test_the_lint_finds_terms_that_the_ontology_does_not_declare() -> None:
    head = "PREFIX mg: <https://w3id.org/mandategraph/ontology#>\nPREFIX mgv: <https://w3id.org/mandategraph/value#>\n"
    text = head + "SELECT ?x WHERE { GRAPH ?g { ?x a mg:Meting ; mg:feedz mgv:wil } } # a mg:Nothing in a comment\n"
    problems = "\n".join(lint_plain("test.rq", text))
    for words in ("no class Meting. Did you mean Meeting", "no property feedz. Did you mean feeds", "no value wil."):
        assert f"test.rq: the ontology has {words}" in problems
    assert "begin with a comment" in problems and "Nothing" not in problems
    marked = "# Why\nSELECT ?x WHERE { GRAPH ?g { ?x ?p 1 } VALUES (?x) { (1) } # param: x\n}\n"
    assert "a parameter line must read" in "\n".join(lint_plain("test.rq", marked))


def test_no_id_and_no_wording_stands_in_two_queries() -> None:
    ids: dict[str, str] = {}
    wordings: dict[str, str] = {}
    for query in Catalogue().all():
        for identifier in query.ids:
            assert ids.setdefault(identifier, query.name) == query.name, identifier
        said = [*query.question.values(), *(one.text for some in query.ask.values() for one in some)]
        for text in said:
            assert wordings.setdefault(text, query.name) == query.name, text
