"""Stored queries as Oxigraph takes them: part after part, each for the rows so far, with the same answers."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import bind
from mandategraph.store.base import iri, literal
from mandategraph.store.lateral import lateral

DATA = """
PREFIX : <urn:>
GRAPH :one { :a :to :m ; :about :x . :b :to :m . :c :to :n ; :about :y . :m :name "{m}" . :n :name "n # no comment" }
GRAPH :two { :x :name "x < y" . :y :name "y" }
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    made.load(DATA.encode(), format=ox.RdfFormat.TRIG)
    return made


def written(text: str) -> str:
    return " ".join(lateral(text).split())


def test_the_first_part_stays_and_what_follows_is_asked_for_each_row() -> None:
    assert written(
        "SELECT * WHERE { VALUES ?m { :m } GRAPH ?g { ?c :to ?m } OPTIONAL { GRAPH ?h { ?c :about ?x } } }"
    ) == (
        "SELECT * WHERE { VALUES ?m { :m } LATERAL { GRAPH ?g { ?c :to ?m } } "
        "LATERAL { OPTIONAL { GRAPH ?h { ?c :about ?x } } } }"
    )


def test_a_union_is_one_part() -> None:
    assert written("SELECT * { VALUES ?m { :m } { ?c :to ?m } UNION { ?c :about ?m } }") == (
        "SELECT * { VALUES ?m { :m } LATERAL { { ?c :to ?m } UNION { ?c :about ?m } } }"
    )


def test_the_statements_of_a_condition_are_judged_one_by_one() -> None:
    assert written(
        "SELECT * { ?c :to ?m FILTER NOT EXISTS { GRAPH ?g { ?d :to ?m , :n ; :about ?x . ?x :name 'y' . } } }"
    ) == (
        "SELECT * { ?c :to ?m FILTER NOT EXISTS { GRAPH ?g { ?d :to ?m } LATERAL { GRAPH ?g { ?d :to :n } "
        "LATERAL { GRAPH ?g { ?d :about ?x } LATERAL { GRAPH ?g { ?x :name 'y' . } } } } } }"
    )


def test_a_condition_inside_of_a_graph_is_judged_so_too() -> None:
    assert written("SELECT * { GRAPH ?g { ?c :to ?m FILTER EXISTS { ?c :about ?x . ?x :name ?n } } }") == (
        "SELECT * { GRAPH ?g { ?c :to ?m FILTER EXISTS { ?c :about ?x LATERAL { ?x :name ?n }} } }"
    )


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?c :to ?m OPTIONAL { GRAPH :two { ?x :name ?n } FILTER(?n > STR(?m)) } }",
        "SELECT * { ?c :to ?m FILTER EXISTS { GRAPH ?g { ?c :about _:x . _:x :name ?n } } }",
        "SELECT * { ?c :to ?m FILTER EXISTS { GRAPH ?g { ?c :about [ :name ?n ] ; :to :m } } }",
        "SELECT * { ?c :to ?m FILTER EXISTS { GRAPH ?g { ?c :name 'a'@en ; (:to|:about) ?n; :to :m } } }",
        "SELECT * { ?c :to ?m FILTER EXISTS { GRAPH ?g { ?c :to ?n ; :about ?x FILTER(?n != ?x) } } }",
        "SELECT * { ?c :to ?m MINUS { GRAPH ?g { ?c :to ?n ; :about ?x } } }",
        "SELECT * { ?c :to ?m { SELECT (COUNT(*) AS ?all) WHERE { ?c :to ?m } } }",
        "SELECT * { ?c :to ?m FILTER NOT EXISTS { ?c :about ?x } MINUS { ?c :about :y } VALUES ?m { :m } }",
        'SELECT * { ?c :name "} OPTIONAL { ?a ?b ?c" FILTER(?c < 3 && 4 > ?c) }',
        "SELECT * { ?c :to ?m } # OPTIONAL { } {",
    ],
    ids=[
        "what may be there for all rows alike",
        "a nameless thing in a condition",
        "a nameless thing in brackets",
        "terms of several words",
        "a filter in a condition",
        "what is taken away",
        "a query of its own",
        "conditions and lists",
        "braces in a string",
        "braces in a comment",
    ],
)
def test_what_does_not_ask_row_by_row_stays_as_it_is(text: str) -> None:
    assert lateral(text) == text


def test_every_stored_query_is_read_with_its_lines_where_they_were(store: ox.Store) -> None:
    for query in Catalogue().all():
        changed = lateral(query.text)
        assert "LATERAL" in changed, query.name
        assert changed.replace("LATERAL { ", "").count("\n") == query.text.count("\n")
        store.query(changed)


@pytest.mark.parametrize(
    "pattern",
    [
        "VALUES ?m { :m :n } GRAPH ?g { ?c :to ?m } OPTIONAL { GRAPH ?g { ?c :about ?x } GRAPH :two { ?x :name ?n } }",
        "VALUES ?m { UNDEF } { GRAPH ?g { ?c :to ?m } } UNION { GRAPH ?g { ?m :name ?n } } FILTER(BOUND(?m))",
        "GRAPH ?g { ?c :to ?m } OPTIONAL { GRAPH ?g { ?c :about ?x } } FILTER NOT EXISTS { GRAPH :two { ?x :name 'y' } }",
        "GRAPH ?g { ?c :to ?m } FILTER NOT EXISTS { GRAPH ?g { ?c :about ?x ; :to ?m . ?m :name ?n } }",
        "GRAPH ?g { ?c :to ?m } FILTER EXISTS { GRAPH ?g { ?c :about ?x } GRAPH ?h { ?x :name ?n , 'y' } }",
        "GRAPH ?g { ?c :to ?m FILTER NOT EXISTS { ?c :about ?x ; :to ?m . ?m :name ?n } }",
        "GRAPH ?g { ?c :to ?m } OPTIONAL { GRAPH :two { ?x :name ?n } FILTER(STR(?m) < ?n && ?n != 'y') }",
        "GRAPH ?g { ?c :to ?m } { SELECT ?m (COUNT(?d) AS ?all) { GRAPH ?h { ?d :to ?m } } GROUP BY ?m }",
    ],
)
def test_the_rows_are_the_same(store: ox.Store, pattern: str) -> None:
    text = f"PREFIX : <urn:> SELECT * WHERE {{ {pattern} }}"
    plain, changed = (sorted(str(row) for row in store.query(one)) for one in (text, lateral(text)))  # type: ignore[union-attr]
    assert plain == changed
    assert plain


def test_terms_put_in_after_the_rewriting_make_the_same_query() -> None:
    for query in Catalogue().all():
        bound = {name: [iri("urn:a"), literal('} # b {"')] for name in query.parameters}
        for given in ({}, bound):
            assert bind(query, given, lateral) == lateral(bind(query, given)), query.name
