"""The one lexer of SPARQL: by the terminals of the grammar, on any text and without loss."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mandategraph.rdf.sparql_lexer import Token, lex, prologue, telling
from mandategraph.store.sparql_text import is_empty, is_update, undeclared
from mandategraph.system import resources

SHARP = st.text(alphabet="\"'\\<>{}()#?$@:;.,_-^|/*+ \n\taé第0selectPREFIX", max_size=40)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in telling(text)]


@given(st.one_of(SHARP, st.text(max_size=60)))
def test_the_tokens_put_together_are_the_text(text: str) -> None:
    found = list(lex(text))
    assert "".join(token.text for token in found) == text
    assert [token.start for token in found] == [sum(len(one.text) for one in found[:at]) for at in range(len(found))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # SPARQL 1.1, section 19.8: IRIREF, PNAME, BLANK_NODE_LABEL, VAR, LANGTAG, numbers, the four kinds of strings
        ("<http://a/#b>", [("iri", "<http://a/#b>")]),
        ("?a < ?b", [("var", "?a"), ("mark", "<"), ("var", "?b")]),
        ("ex:a.b ex:%41\\~ :x :", [("name", "ex:a.b"), ("name", "ex:%41\\~"), ("name", ":x"), ("name", ":")]),
        ("_:b0 $x", [("blank", "_:b0"), ("var", "$x")]),
        ('"a # no comment"@en-GB', [("string", '"a # no comment"'), ("lang", "@en-GB")]),
        ('"it\\"s" \'{\'', [("string", '"it\\"s"'), ("string", "'{'")]),
        ('"""two\n"lines" """', [("string", '"""two\n"lines" """')]),
        ("''' ' '' '''", [("string", "''' ' '' '''")]),
        ('"never closed\nASK', [("open", '"never closed'), ("word", "ASK")]),
        ("1 2.5 .5 1e-3", [("number", "1"), ("number", "2.5"), ("number", ".5"), ("number", "1e-3")]),
        ("ASK # PREFIX\n{}", [("word", "ASK"), ("mark", "{"), ("mark", "}")]),
        ("a-b", [("word", "a"), ("mark", "-"), ("word", "b")]),
        ("skos:prefLabel|rdfs:label", [("name", "skos:prefLabel"), ("mark", "|"), ("name", "rdfs:label")]),
    ],
)  # fmt: skip
def test_terminals(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=30))
def test_any_literal_is_one_token_as_the_engine_writes_it(value: str) -> None:
    written = str(ox.Literal(value))
    assert kinds(written) == [("string", written)]


def test_every_stored_query_is_cut_without_strays() -> None:
    for file in [*resources.query_files(), *resources.internal_queries().values()]:
        found = list(telling(file.read_text(encoding="utf-8")))
        assert not [token for token in found if token.kind == "open"], file.name
        assert {token.text for token in found if token.kind == "mark"} <= set("{}()[].,;|/^*+?!=<>&-"), file.name


def test_the_prologue() -> None:
    found = prologue(telling("# c\nBASE <http://b/> PREFIX ex: <http://e/>\nprefix : <http://d/> ASK {}"))
    assert found.prefixes == {"ex": "http://e/", "": "http://d/"}
    assert found.first is not None and found.first.word == "ASK"
    assert prologue(telling("PREFIX ex:")).first is None


@pytest.mark.parametrize(
    ("text", "empty", "update"),
    [
        ("", True, False),
        ("# only a comment", True, False),
        ("PREFIX ex: <http://e/>", True, False),
        ("PREFIX ex: <http://e/> DELETE WHERE { ?s ?p ?o }", False, True),
        ("insert{} where{}", False, True),
        ("SELECT ?insert WHERE { ?s ?p 'DELETE' }", False, False),
        ("load:x", False, False),
    ],
)
def test_what_is_empty_and_what_an_update(text: str, empty: bool, update: bool) -> None:
    assert (is_empty(text), is_update(text)) == (empty, update)


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("ASK { ?s nobody:x 1 }", "nobody"),
        ("PREFIX nobody: <http://n/> ASK { ?s nobody:x 1 }", None),
        ("ASK { ?s mg:feeds 'nobody:x' } # nobody:x", None),
        ("ASK { ?s <nobody:x> _:b }", None),
        ('DEFINE sql:select-option "order" ASK { ?s mg:feeds ?o }', None),
    ],
)
def test_prefixes_that_nobody_declares(text: str, prefix: str | None) -> None:
    found = undeclared(text, len(text))
    assert (found[0] if found else None) == prefix
    assert found is None or text[found[1] :].startswith("nobody:")


def test_a_token_tells_where_it_ends() -> None:
    assert Token("word", "ASK", 4).end == 7
