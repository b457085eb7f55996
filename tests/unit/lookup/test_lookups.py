"""Looking things up: what a text means (group L of the questions), what a file names, and words searched for.

What is expected was read from the two source documents; lines are theirs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import seeds
from mandategraph import cli
from mandategraph.lookup.search import Words, folded
from mandategraph.model import codes
from mandategraph.model.decision_references import find_references, reference

SAMPLES = Path(os.environ.get("MANDATEGRAPH_SAMPLES", Path(__file__).parents[4] / "shared" / "samples"))
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(shipped_folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs one command: (exit code, standard output, standard error)."""
    monkeypatch.setenv("MANDATEGRAPH_STORE", str(shipped_folder))
    monkeypatch.delenv("COLUMNS", raising=False)

    def command(*argv: str) -> tuple[int, str, str]:
        capsysbinary.readouterr()
        code = cli.main(list(argv))
        out, err = capsysbinary.readouterr()
        return code, out.decode("utf-8"), err.decode("utf-8")

    return command


@pytest.fixture
def things(run: Run) -> Callable[[str], list[tuple[str, str]]]:
    """(kind, code) of what a text means."""

    def found(text: str) -> list[tuple[str, str]]:
        _, out, _ = run("resolve", text, "--format", "json")
        return [(row["kind"], row["thing"]) for row in json.loads(out)["rows"]]

    return found


# L01: the second meeting of the working group. R 279 names it, O footnote 4 (line 5) gives its page.
L01 = [
    "WG2020-2",
    "WG2020-02",
    "ＷＧ２０２０－２",
    "wg2020-02",
    "工作组第二次会议",
    "https://www.cbd.int/meetings/WG2020-02",
]
# L02: R 39 and 45, R 269, and the spelling with 条(j)款.
WG8J = [
    "WG8J",
    "WG8(j)",
    "WG8（j）",
    "第 8(j)条和相关条款问题不限成员名额特设工作组",
    "第 8 条(j)款和相关条款不限成员名额特设工作组",
    "生物多样性公约第 8(j)条和相关条款执行问题不限成员名额特设工作组",
]
# L07: as they are cited in the mandate columns of R (lines 269 to 317) and in O (lines 14 and 17).
L07 = {
    "第14/34号决定": "14/34",
    "第 14/22 号决定": "14/22",
    "XIII/29": "XIII/29",
    "CP-9/7": "CP-9/7",
    "NP-3/15": "NP-3/15",
    "CBD/COP/DEC/XIII/29": "XIII/29",
    "décision 14/34": "14/34",
    "решение 14/34": "14/34",
    "المقرر ١٤/٣٤": "14/34",
}


@pytest.mark.parametrize("text", L01)
def test_l01_one_meeting_under_all_its_names(things, text: str) -> None:
    assert things(text) == [("meeting", "WG2020-2")]


@pytest.mark.parametrize("text", WG8J)
def test_l02_the_working_group_on_article_8j_is_a_body(things, text: str) -> None:
    assert things(text) == [("body", "WG8J")]


@pytest.mark.parametrize("text", ["WG8J-11", "WG8(j)-11", "WG8(j)第十一次会议"])
def test_l02_its_eleventh_meeting_is_a_meeting(things, text: str) -> None:
    assert things(text) == [("meeting", "WG8J-11")]


def test_l03_two_bodies_and_a_word_that_names_neither(run: Run, things) -> None:
    assert things("科咨机构") == [("body", "SBSTTA")]
    assert things("执行问题附属机构") == [("body", "SBI")]
    assert things("附属机构") == [("group", "SUBSIDIARY-BODIES"), ("body", "SBI"), ("body", "SBSTTA")]
    code, out, err = run("resolve", "附属机构", "--lang", "zh")
    assert code == 0 and not err and "仅凭“附属机构”不能确定所指" in out


def test_l05_two_spellings_of_one_group(things) -> None:
    assert things("次国家政府") == things("国家以下级政府")[:1] == [("group", "SUBNATIONAL-GOVERNMENTS")]


def test_l05_words_in_a_sense_of_their_own_in_section_d(run: Run) -> None:
    for text, meant in (("指标", "具体目标"), ("指标数", "指标")):
        code, out, _ = run("resolve", text, "--format", "json")
        answer = json.loads(out)
        assert code == 0 and answer["basis"] == "interpretation"
        rows = [row for row in answer["rows"] if "annex I, section D, line 133" in row["source"]]
        assert [(row["kind"], row["thing"]) for row in rows] == [("term", meant)]


@pytest.mark.parametrize(("text", "code"), L07.items())
def test_l07_decisions_in_every_way_of_citing_them(things, text: str, code: str) -> None:
    assert things(text) == [("decision", code)]


def test_l08_what_must_not_match_does_not(run: Run, things) -> None:
    assert things("POST2020-WS-2020-02") == [("meeting", "POST2020-WS-2020-02")]
    assert things("14/3") == [("decision", "14/3")]
    code, out, err = run("resolve", "14/340", "--format", "json")
    assert code == 1 and json.loads(out)["status"] == "not-stated" and json.loads(out)["rows"] == []
    assert "Did you mean" in err and err.count("\n") == 1


@pytest.mark.parametrize("text", ["昆明", "Kunming", "云南省昆明市", "中国昆明", "Kunming, China"])
def test_l09_a_place_by_either_name(things, text: str) -> None:
    assert things(text) == [("place", "Kunming")]


def test_the_ground_and_its_place_are_told(run: Run) -> None:
    _, out, _ = run("resolve", "工作组第二次会议", "--format", "json")
    row = json.loads(out)["rows"][0]
    assert row["ground"] == "spelling" and "CBD/WG2020/REC/1/1, paragraph 4, line 37" in row["source"]
    _, out, _ = run("resolve", "https://www.cbd.int/meetings/WG2020-02", "--format", "json")
    assert json.loads(out)["rows"][0]["ground"] == "page"
    _, out, _ = run("resolve", "WG2020-02")
    assert "published code WG2020-2" in out and "judged not to be the same as overview-after-WG2020-2" in out


def test_several_texts_are_resolved_one_by_one_unless_they_are_one(run: Run) -> None:
    code, out, err = run("resolve", "SBI-3", "COP15", "Nowhereland", "--format", "json")
    assert code == 1 and "Nowhereland" in err
    assert [row["thing"] for row in json.loads(out)["rows"]] == ["SBI-3", "COP-15"]
    _, out, _ = run("resolve", "eleventh", "meeting", "of", "WG8J", "--format", "json")
    assert [row["thing"] for row in json.loads(out)["rows"]] == ["WG8J-11"]


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "xml", "md", "html"])
def test_resolve_writes_every_format_the_same_each_time(run: Run, form: str) -> None:
    first = run("resolve", "附属机构", "--format", form)
    assert first[0] == 0 and "SBSTTA" in first[1] and first == run("resolve", "附属机构", "--format", form)


CITED = [
    ("decision 14/34", "14/34", ()),
    ("décision 14/34", "14/34", ()),
    ("decisión 14/34", "14/34", ()),
    ("решение 14/34", "14/34", ()),
    ("المقرر 14/34", "14/34", ()),
    ("第14/34号决定", "14/34", ()),
    ("بالمقرر ١٤/٣٤", "14/34", ()),
    ("décision CP VIII / 16", "CP-VIII/16", ()),
    ("решении CP VIII/16", "CP-VIII/16", ()),
    ("决定 NP-1/8", "NP-1/8", ()),
    ("القرار NP-1/8", "NP-1/8", ()),
    ("decision VII/28, para. 3", "VII/28", ("3",)),
    ("第 14/34 号决定第6和第7段", "14/34", ("6", "7")),
    ("paragraph 6(a) of decision 14/34", "14/34", ("6(a)",)),
    ("paragraphe 6 de la décision 14/34", "14/34", ("6",)),
    ("párrafos 6 y 7 de la decisión 14/34", "14/34", ("6", "7")),
    ("пункте 6 решения 14/34", "14/34", ("6",)),
    ("الفقرة 6 من المقرر 14/34", "14/34", ("6",)),
    ("https://www.cbd.int/decisions/cop/14/34/8", "14/34", ("8",)),
    ("قرار الجمعية العامة 70/1", "70/1", ()),
    ("大会第70/1号决议", "70/1", ()),
]


@pytest.mark.parametrize(("text", "code", "paragraphs"), CITED)
def test_a_reference_is_read_in_six_languages(text: str, code: str, paragraphs: tuple[str, ...]) -> None:
    found = reference(codes.plain(text))
    assert found is not None
    assert (found.code, found.paragraphs) == (code, paragraphs)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("decisions 14/34, 14/35 and XIII/29", ["14/34", "14/35", "XIII/29"]),
        ("第14/34、14/35号决定", ["14/34", "14/35"]),
        ("المقررين 14/34 و14/35", ["14/34", "14/35"]),
        ("24/7, 17/3, 25/12, 1/2", []),
        ("decision 14/345/2; UNEP/CBD/COP-MOP/8/8/Add.1; CBD/COP/14/34; IIX/3", []),
        ("decision 70/1", []),
    ],
)
def test_references_in_lists_and_what_is_none(text: str, cited: list[str]) -> None:
    assert [one.code for one in find_references(codes.plain(text))] == cited


def marked(out: str) -> list[tuple[str, str, str]]:
    """(line:column, as written, meaning) of each mark."""
    return [(f"{row['line']}:{row['column']}", row["written"], row["thing"]) for row in json.loads(out)["rows"]]


TEXT = """\
By decisions 14/34, 14/35 and VII/2, paragraph 3, WG2020-2 fed COP15 and SBSTTA-25.\r
пункту 6 решения 14/34; de\u0301cision XIII/29\r
\u200fللمقرر ١٤/٣٤\r
第 14/34 号决定第6段，ＷＧ８（ｊ）第十一次会议，https://www.cbd.int/meetings/WG2020-02。\r
CBD/WG2020/1/5, UNEP/CBD/COP-MOP/8/8/Add.1. XWG2020-3, WG2020-34/5, SBI-3.1\r
POST2020-WS-2020-02 on 14/3: de facto business, https://www.cbd.int/doc/c/WG2020-2-en.pdf\r
SBI\t第三次会议, 昆明
"""
MARKED = [
    ("1:4", "decisions 14/34", "14/34"),
    ("1:21", "14/35", "14/35"),
    ("1:31", "VII/2, paragraph 3", "VII/2"),
    ("1:51", "WG2020-2", "WG2020-2"),
    ("1:64", "COP15", "COP-15"),
    ("1:74", "SBSTTA-25", "SBSTTA-25"),
    ("2:1", "пункту 6 решения 14/34", "14/34"),
    ("2:25", "de\u0301cision XIII/29", "XIII/29"),
    ("3:2", "للمقرر ١٤/٣٤", "14/34"),
    ("4:1", "第 14/34 号决定第6段", "14/34"),
    ("4:16", "ＷＧ８（ｊ）第十一次会议", "WG8J-11"),
    ("4:29", "https://www.cbd.int/meetings/WG2020-02", "WG2020-2"),
    ("5:1", "CBD/WG2020/1/5", "CBD/WG2020/1/5"),
    ("5:17", "UNEP/CBD/COP-MOP/8/8/Add.1", "UNEP/CBD/COP-MOP/8/8/Add.1"),
    ("6:1", "POST2020-WS-2020-02", "POST2020-WS-2020-02"),
    ("7:1", "SBI", "SBI"),
    ("7:12", "昆明", "Kunming"),
]


def test_a_body_and_a_number_name_the_meeting_and_not_the_body(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("COP 15, SBI 3, SBI.", encoding="utf-8")
    _, out, _ = run("resolve", "--in", str(file), "--format", "json")
    assert marked(out) == [("1:1", "COP 15", "COP-15"), ("1:9", "SBI 3", "SBI-3"), ("1:16", "SBI", "SBI")]
    assert run("show", "COP 15")[1] == run("show", "COP-15")[1]
    assert run("ask", "which meetings feed SBI3")[1] == run("ask", "which meetings feed SBI-3")[1]


def test_a_file_is_marked_with_lines_and_columns(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes(TEXT.encode("utf-8"))
    code, out, err = run("resolve", "--in", str(file), "--format", "json")
    assert (code, err) == (0, "")
    assert marked(out) == MARKED
    rows = json.loads(out)["rows"]
    assert [row["part"] for row in rows if row["part"]] == ["3", "6", "6"]
    assert [row["thing"] for row in rows if row["ground"] == "form"] == [
        "VII/2", "SBSTTA-25", "UNEP/CBD/COP-MOP/8/8/Add.1",
    ]  # fmt: skip


def test_what_cannot_be_marked_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    for argv in (("--in", str(tmp_path / "absent.txt")), ("SBI", "--in", "x"), ("--in", str(tmp_path)), ()):
        code, out, err = run("resolve", *argv)
        assert (code, out, err.count("\n")) == (2, "", 1)


def test_every_sentence_of_the_samples_cites_the_same_decision_in_six_languages() -> None:
    file = SAMPLES / "references" / "decision-references-six-languages.json"
    if not file.is_file():
        pytest.skip("the samples are not at hand (samples beside the project, or MANDATEGRAPH_SAMPLES)")
    sentences = json.loads(file.read_text(encoding="utf-8"))
    # Read by hand: sentence 1 cites NP-1/8, 4 and 5 cite CP-VIII/16; 2 and 3 name a document, not a decision.
    cited = [["NP-1/8"], [], [], ["CP-VIII/16"], ["CP-VIII/16"]]
    for sentence, expected in zip(sentences, cited, strict=True):
        assert sorted(sentence) == ["ar", "en", "es", "fr", "ru", "zh"]
        for text in sentence.values():
            assert [one.code for one in find_references(codes.plain(text))] == expected


def test_the_plan_is_marked_where_it_names_decisions(run: Run) -> None:
    _, out, _ = run("resolve", "--in", str(seeds.plan()), "--format", "json")
    decisions: dict[str, set[str]] = {}
    for row in json.loads(out)["rows"]:
        if row["kind"] == "decision":
            decisions.setdefault(row["line"], set()).add(row["thing"])
    # The mandate column of these rows of annex II, read by eye.
    for line, codes_there in {"269": {"14/34"}, "277": {"14/35"}, "286": {"14/22"}, "308": {"14/29"}}.items():
        assert decisions[line] == codes_there


def found(out: str) -> list[dict[str, str]]:
    """The rows of an answer."""
    return json.loads(out)["rows"]


def test_l11_part_of_a_phrase_is_found_with_where_and_source(run: Run) -> None:
    code, out, err = run("search", "序列信息", "--format", "json")
    rows = found(out)
    assert (code, err) == (0, "")
    assert [(row["kind"], row["thing"], row["match"]) for row in rows[:2]] == [
        ("element", "digital-sequence-information", "inside"), ("body", "DSI-AHTEG", "inside"),
    ]  # fmt: skip
    assert "DSI-AHTEG-2020-01" in [row["thing"] for row in rows if row["kind"] == "meeting"]
    # R, line 280: what the expert group is to hand to WG2020-3 names the subject in its role.
    assert any(row["where"] == "quote" and row["source"].endswith("line 280") for row in rows)


def test_l11_whole_names_come_before_beginnings_and_these_before_the_rest(run: Run) -> None:
    _, out, _ = run("search", "资源调动", "--format", "json")
    matches = [row["match"] for row in found(out)]
    assert matches == sorted(matches, key=["whole", "start", "inside", "apart"].index)
    assert {row["thing"] for row in found(out) if row["match"] == "whole" and row["where"] == "name"} == {
        "resource-mobilization", "WG2020-REC-1-1.annex-1.section-e.group-1.item-1",
    }  # fmt: skip
    assert "SBI-3.6" in [row["thing"] for row in found(out) if row["match"] == "start"]


@pytest.mark.parametrize("text", ["序列 信息", "《序列信息》", "（序列信息）", "(序列信息)", "序列信息 "])
def test_l11_spaces_and_brackets_do_not_matter(run: Run, text: str) -> None:
    _, plain, _ = run("search", "序列信息", "--format", "json")
    _, out, _ = run("search", text, "--format", "json")
    assert found(out) == found(plain)


@pytest.mark.parametrize(
    ("sought", "value", "match"),
    [
        ("resource mobilization", "Resource mobilization", 0),
        ("ResourceMobilization", "Resource mobilization", 0),
        ("mobiliz", "Resource mobilization", 2),
        ("resource", "Resource mobilization", 1),
        ("mobilization resource", "Resource mobilization", 3),
        ("SBI", "what is biodiversity: this bill", None),
        ("sbi", "his bias", None),
        ("第8（j）条", "第 8(j)条和相关条款", 1),
        ("wg8(j)-11", "WG8J-11", 0),
        ("WG2020-02", "WG2020-2", 0),
    ],
)
def test_how_words_are_found(sought: str, value: str, match: int | None) -> None:
    assert Words(sought).match(value) == match
    assert folded(folded(value)) == folded(value)


def test_search_finds_tasks_and_positions_too(run: Run) -> None:
    _, out, _ = run("search", "zero draft", "--format", "json")
    assert {"name", "task"} <= {row["where"] for row in found(out)}
    _, out, _ = run("search", "不列原则", "--format", "json")
    assert {row["kind"] for row in found(out)} == {"position"}
    assert all("footnote" in row["source"] for row in found(out))


def test_search_that_finds_nothing_offers_near_misses(run: Run) -> None:
    code, out, err = run("search", "序列信恩", "--format", "json")
    assert code == 1 and json.loads(out)["status"] == "not-stated"
    assert "Did you mean 数字序列信息" in err and err.count("\n") == 1
    assert run("search", "（）")[0] == 2


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "xml", "md", "html"])
def test_search_writes_every_format_the_same_each_time(run: Run, form: str) -> None:
    first = run("search", "序列信息", "--format", form)
    assert first[0] == 0 and "DSI-AHTEG" in first[1] and first == run("search", "序列信息", "--format", form)


def test_lookups_do_without_the_slow_libraries(shipped_folder: Path) -> None:
    for argv in (["resolve", "SBI-3"], ["search", "SBI-3"]):
        script = f"import sys; from mandategraph.cli import main; main({['--store', str(shipped_folder), *argv]!r}); "
        script += "sys.exit('rdflib' in sys.modules or 'networkx' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0
