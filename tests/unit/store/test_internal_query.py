"""Our own queries are asked by name: of so many things at a time, as terms, each thing once."""

from __future__ import annotations

import pytest
from mandategraph.rdf import namespaces
from mandategraph.store.base import Rows, Store, Triples, iri, literal
from mandategraph.store.internal_query import answer, ask, sizes_of, statements_about
from mandategraph.system.errors import InternalFault, UsageError

MEETING = f"{namespaces.THINGS}meeting/"
REGISTER = namespaces.graph("register")


class Noted:
    """A store that keeps the queries that are put to it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: list[str] = []
        self.in_turn, self.graphs, self.dump, self.close = store.in_turn, store.graphs, store.dump, store.close
        self.location = store.location

    def query(self, text: str) -> Rows | bool | Triples:
        self.asked.append(text)
        return self._store.query(text)


def test_many_things_are_asked_about_in_parts_and_each_once(tiny: Store) -> None:
    """400 at a time: 801 things are three questions, in the order of their names, where W stands before X."""
    store = Noted(tiny)
    things = [f"{MEETING}X-{number}" for number in range(800)] + [f"{MEETING}WG2020-3"] * 2
    found = [(row["ground"].value, row["value"].n3()) for row in ask(store, "lookup/registered-names", things)]
    assert sorted(found) == [
        ("code", '"WG2020-3"'),
        ("identifier", '"WG2020-3"'),
        ("label", '"third meeting of the working group"@en'),
        ("label", '"工作组第三次会议"@zh'),
    ]
    assert [text.count(f"<{MEETING}X-") for text in store.asked] == [399, 400, 1]
    assert [text.count(f"<{MEETING}WG2020-3>") for text in store.asked] == [1, 0, 0]


def test_about_no_things_nothing_is_asked(tiny: Store) -> None:
    store = Noted(tiny)
    assert list(ask(store, "lookup/facts", [])) == [] and store.asked == []


def test_the_default_of_a_parameter_is_never_asked_by_mistake(tiny: Store) -> None:
    with pytest.raises(InternalFault, match="lookup/facts.rq: the query takes the parameter 'thing'"):
        list(ask(tiny, "lookup/facts"))
    with pytest.raises(InternalFault, match="analysis/meetings.rq: the query takes no parameter"):
        list(ask(tiny, "analysis/meetings", [MEETING]))


def test_what_is_given_is_a_term_and_no_text(tiny: Store) -> None:
    assert list(ask(tiny, "lookup/names-by-code", [literal('WG2020-3" } UNION { ?entity ?p ?o')])) == []
    assert {row["entity"].value for row in ask(tiny, "lookup/names-by-code", [literal("WG2020-3")])} == {
        f"{MEETING}WG2020-3"
    }
    with pytest.raises(UsageError):
        list(ask(tiny, "lookup/facts", ["https://example.org/> } #"]))


def test_a_parameter_of_several_lines_has_the_same_value_in_all(tiny: Store) -> None:
    assert answer(tiny, "serve/whether-known", f"{MEETING}WG2020-3") is True
    assert answer(tiny, "serve/whether-known", f"{MEETING}WG2020-33") is False


def test_the_statements_of_a_graph_are_counted_and_given_whole(tiny: Store) -> None:
    """Counted in the dump of the store, line by line."""
    lines = [line for line in tiny.dump().decode().splitlines() if line.endswith(f"<{REGISTER}> .")]
    whole = answer(tiny, "serve/whole-graph", REGISTER)
    assert isinstance(whole, Triples) and len(whole.triples) == len(lines) > 10
    assert sizes_of(tiny, [REGISTER, namespaces.graph("none")]) == {REGISTER: len(lines)}


def test_statements_about_things_are_told_once_and_in_order(tiny: Store) -> None:
    thing = f"{MEETING}WG2020-3"
    lines = {line.rpartition(" <")[0] for line in tiny.dump().decode().splitlines() if line.startswith(f"<{thing}> ")}
    told = [" ".join(term.n3() for term in triple) for triple in statements_about(tiny, [thing, thing]).triples]
    assert told == sorted(told) and set(told) == lines and len(told) == len(lines) > 3
    assert iri(thing).n3() == told[0].partition(" ")[0]
