"""Codes and names as people write them: what must match does, and what must not does not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mandategraph.lookup import resolver as resolver_module
from mandategraph.lookup.names import Names
from mandategraph.lookup.resolver import Resolver
from mandategraph.model import codes, numerals
from mandategraph.query.run import Runner
from mandategraph.rdf import namespaces
from mandategraph.store import Rows, Triples, open_store
from mandategraph.store.embedded import EmbeddedStore
from mandategraph.system.errors import NotFound, StoreError, UsageError


@pytest.fixture(scope="module")
def resolver(runner: Runner) -> Resolver:
    """The resolver over the tiny graph."""
    return runner.resolver()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("WG8(j)-11", "wg8j-11"),
        ("WG8（ｊ）-11", "WG8J-11"),
        ("WG2020-02", "WG2020-2"),
        ("WG 2020 – 2", "WG2020-2"),
        ("https://www.cbd.int/meetings/WG2020-02", "WG2020-2"),
        ("http://www.cbd.int/meetings/WG2020-02/?lg=en", "WG2020-2"),
        ("https://www.cbd.int/decisions/cop/14/34", "http://cbd.int/decisions/cop/14/34/"),
        ("第 8 (j) 条 工作组", "第8(j)条工作组"),
    ],
)
def test_two_ways_to_write_one_code_have_one_key(one: str, other: str) -> None:
    assert codes.key(one) == codes.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14/3", "14/34"),
        ("POST2020-WS-2020-02", "WG2020-2"),
        ("WG2020-3", "WG2020-30"),
        ("WG2020-20", "WG2020-2"),
        ("SBI-3", "SBI-13"),
        ("https://www.cbd.int/decisions/cop/14/34", "34"),
    ],
)
def test_codes_that_must_not_match_do_not(one: str, other: str) -> None:
    assert codes.key(one) != codes.key(other)


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    once = codes.fold(text)
    assert codes.fold(once) == once


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("14/34", "CBD/COP/DEC/14/34"),
        ("第14/34号决定", "CBD/COP/DEC/14/34"),
        ("第 14/22 号决定", "CBD/COP/DEC/14/22"),
        ("decision 14/34", "CBD/COP/DEC/14/34"),
        ("Decision 14/034", "CBD/COP/DEC/14/34"),
        ("１４／３４", "CBD/COP/DEC/14/34"),
        ("décision 14/5", "CBD/COP/DEC/14/5"),
        ("решение 14/5", "CBD/COP/DEC/14/5"),
        ("XIII/29", "CBD/COP/DEC/XIII/29"),
        ("decision 13/29", "CBD/COP/DEC/XIII/29"),
        ("CBD/COP/DEC/14/34", "CBD/COP/DEC/14/34"),
        ("CBD/COP/DEC/XIII/29", "CBD/COP/DEC/XIII/29"),
        ("CP-9/7", "CBD/CP/MOP/DEC/9/7"),
        ("第 CP-9/7 号决定", "CBD/CP/MOP/DEC/9/7"),
        ("NP-3/15", "CBD/NP/MOP/DEC/3/15"),
        ("CBD/NP/MOP/DEC/3/15", "CBD/NP/MOP/DEC/3/15"),
        ("大会第70/1号决议", "A/RES/70/1"),
        ("General Assembly resolution 70/1", "A/RES/70/1"),
        ("resolution 74/269", "A/RES/74/269"),
        ("A/RES/74/269", "A/RES/74/269"),
        ("70/1", None),
        ("3/4", None),
        ("13/29", None),
        ("14/34/8", None),
        ("CBD/COP/14/34", None),
        ("CBD/WG2020/REC/1/1", None),
        ("WG2020-3", None),
        ("decision", None),
    ],
)
def test_a_reference_to_a_decision_has_one_symbol(written: str, symbol: str | None) -> None:
    assert codes.decision_symbol(written) == symbol


def test_references_are_found_in_running_text_and_not_inside_others() -> None:
    text = "缔约方大会第14/34号决定、第 14/3 号决定, CP-9/7 and resolution 70/1; on 25/11/2019, CBD/COP/14/34"
    symbols = [reference.symbol for reference in codes.find_decisions(text)]
    assert symbols == ["CBD/COP/DEC/14/34", "CBD/COP/DEC/14/3", "CBD/CP/MOP/DEC/9/7", "A/RES/70/1"]
    assert [text[one.start : one.end] for one in codes.find_decisions(text)][0] == "第14/34号决定"


@pytest.mark.parametrize(
    ("text", "code", "ground"),
    [
        ("WG2020-02", "WG2020-2", "code"),
        ("https://www.cbd.int/meetings/WG2020-02", "WG2020-2", "code"),
        ("工作组 第二次会议", "WG2020-2", "label"),
        ("工作组", "WG2020", "label"),
        ("WG8(j)", "WG8J", "code"),
        ("WG8(j)第十一次会议", "WG8J-11", "body and number"),
        ("第8(j)条工作组第11次会议", "WG8J-11", "body and number"),
        ("11th meeting of WG8J", "WG8J-11", "body and number"),
        ("第14/34号决定", "CBD/COP/DEC/14/34", "label"),
        ("14/34", "CBD/COP/DEC/14/34", "code"),
        ("资源调动", "resource-mobilization", "label"),
        ("POST2020-WS-2020-02", "POST2020-WS-2020-02", "code"),
    ],
)
def test_a_text_means_one_thing(resolver: Resolver, text: str, code: str, ground: str) -> None:
    found = resolver.one(text)
    assert (found.code, found.ground) == (code, ground)


def test_a_text_that_means_several_things_is_explained(resolver: Resolver) -> None:
    with pytest.raises(UsageError, match=r"CC-NP \(Compliance .* or SBI \(Subsidiary"):
        resolver.one("附属机构")


@pytest.mark.parametrize("text", ["14/3", "WG2020-33", "2020", "", "WG2020-", "nothing at all"])
def test_what_is_not_there_is_not_found(resolver: Resolver, text: str) -> None:
    assert resolver.candidates(text) == []
    with pytest.raises(NotFound):
        resolver.one(text)


def test_near_misses_are_offered(resolver: Resolver) -> None:
    assert resolver.nearest("WG202-3")[0] == "WG2020-3"
    assert resolver.nearest("工作组第四次会议", ["meeting"])
    assert all(code != "SBI" for code in resolver.nearest("SBI-4", ["meeting"]))


@pytest.mark.parametrize(
    ("text", "codes_found"),
    [
        ("哪些会议为WG2020-3提供投入", ["WG2020-3"]),
        ("WG2020-34, XWG2020-3, WG2020-3/INF/1, SBI-3-2 and WG2020-3.1", []),
        ("from SBI-03 (SBI-3), then WG8(j)-11.", ["SBI-3", "SBI-3", "WG8J-11"]),
        ("the third meeting of the working group", ["WG2020-3"]),
        ("POST2020-WS-2020-02", ["POST2020-WS-2020-02"]),
        ("decision 14/34 and 14/22, not 14/3", ["CBD/COP/DEC/14/34", "CBD/COP/DEC/14/22"]),
        ("ＳＢＩ－３与资源 调动", ["SBI-3", "resource-mobilization"]),
        ("SBI3 and SBI 3; not SBI 9, XSBI 3 or SBI 3/2", ["SBI-3", "SBI-3", "SBI", "SBI"]),
    ],
)
def test_things_are_found_in_running_text_as_whole_tokens(
    resolver: Resolver, text: str, codes_found: list[str]
) -> None:
    assert [mention.candidates[0].code for mention in resolver.mentions(text)] == codes_found


@pytest.mark.parametrize("text", ["SBI3", "SBI 3", "sbi 03", "ＳＢＩ　３"])
def test_a_body_and_a_number_without_a_dash_is_a_meeting(resolver: Resolver, text: str) -> None:
    assert resolver.one(text).code == resolver.one(text, ["meeting"]).code == "SBI-3"
    with pytest.raises(NotFound, match="is a meeting"):
        resolver.one(text, ["body"])
    with pytest.raises(NotFound, match="nothing is known"):
        resolver.one("SBI 9")


@given(st.text(alphabet=st.sampled_from("WG203-SBIwg(j)（8）/14.第十一次会议 工作组0")))
def test_mentions_stand_where_they_say(resolver: Resolver, text: str) -> None:
    end = 0
    for mention in resolver.mentions(text):
        assert end <= mention.start < mention.end <= len(codes.plain(text))
        end = mention.end


def test_numbers_in_words() -> None:
    assert [numerals.chinese(number) for number in (1, 10, 11, 20, 24, 100)] == [
        "一", "十", "十一", "二十", "二十四", "100",
    ]  # fmt: skip
    assert [numerals.ordinal(number) for number in (3, 12, 20, 24, 30, 101)] == [
        "third", "twelfth", "twentieth", "twenty-fourth", "thirtieth", "101st",
    ]  # fmt: skip


def test_names_become_iris_and_back() -> None:
    whole = namespaces.iri("document", "CBD/COP/DEC/14/34")
    assert whole == "https://w3id.org/mandategraph/id/document/CBD/COP/DEC/14/34"
    assert namespaces.compact(whole) == "CBD/COP/DEC/14/34" and namespaces.kind_of(whole) == "document"
    assert namespaces.expand("meeting:WG2020-3") == namespaces.iri("meeting", "WG2020-3")
    assert namespaces.compact(namespaces.iri("place", "São Tomé")) == "São Tomé"
    assert " " not in namespaces.iri("place", "São Tomé") and "ã" not in namespaces.iri("place", "São Tomé")
    assert namespaces.compact("https://w3id.org/mandategraph/value#will") == "will"
    assert namespaces.curie("http://www.w3.org/2004/02/skos/core#prefLabel") == "skos:prefLabel"
    with pytest.raises(UsageError):
        namespaces.expand("nobody:knows")


def test_a_code_is_of_one_thing_though_others_are_called_so() -> None:
    """The shapes keep codes apart: a text that is a code means the thing that has it."""
    thing = namespaces.THINGS
    resolver = Resolver(
        lambda: (
            [(f"{thing}meeting/A-1", "code", "A-1", None)]
            + [
                (f"{thing}meeting/B-{number}", "spelling", called, None)
                for number in range(9)
                for called in ("A-1", "X")
            ]
        )
    )
    assert resolver.one("a-1").iri == f"{thing}meeting/A-1"
    assert len(resolver.candidates("A-1")) == 10
    with pytest.raises(UsageError, match="B-7 or 1 more"):
        resolver.one("X")


def test_one_code_is_asked_of_the_store_as_if_all_names_had_been_read(shipped_folder: Path) -> None:
    shipped_store = open_store(str(shipped_folder))
    read = Resolver.of(shipped_store)
    read.read()
    known = read.legal(())
    assert len(known) > 300
    for thing in known[:: len(known) // 60]:
        kinds = [thing.kind] if thing.kind else []
        assert Resolver.of(shipped_store).one(thing.code, kinds) == read.one(thing.code, kinds) == thing
    # Written otherwise it is no code, and found all the same.
    assert Resolver.of(shipped_store).one("sbi-03").iri == read.one("SBI-3").iri
    with pytest.raises(NotFound, match="is a meeting"):
        Resolver.of(shipped_store).one("SBI-3", ["body"])


def test_names_are_read_again_where_the_store_failed(
    shipped_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # where no names are kept
    store = FailingOnce(shipped_folder)
    resolver = Resolver.of(store)
    with pytest.raises(StoreError, match="gone"):
        resolver.candidates("SBI-3")
    assert [one.code for one in resolver.candidates("SBI-3")] == ["SBI-3"]


def test_names_kept_between_starts_are_those_of_this_store(
    shipped_folder: Path, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    known = []
    for folder in (shipped_folder, tiny_folder, shipped_folder):
        store = EmbeddedStore(folder)
        known.append([thing.code for thing in Resolver.of(store).legal(())])
        store.close()
    assert known[0] == known[2] != known[1]


def test_names_kept_follow_from_the_query_that_they_come_from(
    shipped_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    asked = []

    def counted(name: str, files: Iterable[object], *more: object) -> object:
        asked.extend(str(file) for file in files)
        return Names(())

    monkeypatch.setattr(resolver_module, "precomputed", counted)
    store = EmbeddedStore(shipped_folder)
    Resolver.of(store).read()
    store.close()
    assert any(one.endswith("internal/lookup/names.rq") for one in asked)


class FailingOnce(EmbeddedStore):
    """A store whose first answer is lost, as that of a server may be."""

    failed = False

    def query(self, text: str) -> Rows | bool | Triples:
        if not self.failed:
            self.failed = True
            raise StoreError("gone.")
        return super().query(text)
