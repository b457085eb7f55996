"""Reading: bytes to lines, lines to the tree. Counts and lines of the real document were read from it by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import seeds
from mandategraph.read.marks import take_marks
from mandategraph.read.parts import DocumentTree
from mandategraph.read.structure import read_structure
from mandategraph.read.text import SourceText, chinese_number, fold, quote, roman
from mandategraph.system.errors import InputError

SMALL = Path(__file__).parents[2] / "fixtures" / "small-plan.txt"


@pytest.fixture(scope="module")
def plan() -> DocumentTree:
    return read_structure(SourceText.from_file(seeds.plan()))


def small(change: str = "", to: str = "") -> DocumentTree:
    text = SMALL.read_text(encoding="utf-8")
    assert change in text
    return read_structure(SourceText.from_bytes(text.replace(change, to).encode(), "small.txt"))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("第 14/34 号决定", "第14/34号决定"),
        ("第 8(j)条", "第8(j)条"),
        ("（SBI－3）", "(SBI-3)"),
        ("2019年11月 6日至8日， 南非", "2019年11月6日至8日,南非"),
        ("zero  draft", "zero draft"),
        ("表 1： 会议", "表1:会议"),
    ],
)
def test_fold_ignores_width_and_spaces(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_numerals() -> None:
    assert [chinese_number(n) for n in ("一", "十", "十一", "二十四", "16")] == [1, 10, 11, 24, 16]
    assert [roman(n) for n in (4, 9, 16)] == ["iv", "ix", "xvi"]


def test_quotes_stay_short() -> None:
    assert len(quote("字" * 200)) == 59
    assert quote(" 两 \n 行 ") == "两 行"


@pytest.mark.parametrize(
    ("text", "rest", "marks"),
    [
        ("要素¹", "要素", [1]),
        ("问题：^{12,13}", "问题：", [12, 13]),
        ("状况⁷的陈述", "状况的陈述", [7]),
        ("类型 ²⁸", "类型", [28]),
        ("第 3 次", "第 3 次", []),
    ],
)
def test_raised_marks_are_taken(text: str, rest: str, marks: list[int]) -> None:
    assert take_marks(text) == (rest, marks)


def test_the_parts_of_the_plan(plan: DocumentTree) -> None:
    def count(kind: str) -> int:
        return sum(1 for _ in plan.of_kind(kind))

    assert count("PreambularParagraph") == 3
    assert count("OperativeParagraph") == 12
    assert [part.path for part in plan.of_kind("SubParagraph")] == [f"paragraph-7.{letter}" for letter in "abc"]
    assert count("Annex") == 2
    assert count("Table") == 3
    assert count("Item") == 82
    assert count("Footnote") == 29


def test_items_of_annex_one_by_group(plan: DocumentTree) -> None:
    """Counted in the text: A 9, B 4, C 13, D 8 + 5 + 1 + 3, E 16, F 7, G 14, H 2."""
    counts: dict[str, list[int]] = {}
    for group in plan.of_kind("SectionGroup"):
        counts.setdefault(group.path.split(".")[1][-1], []).append(len(list(plan.below(group.path))))
    assert counts == {
        "a": [9], "b": [4], "c": [13], "d": [8, 5, 1, 3], "e": [16], "f": [7], "g": [14], "h": [2],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "first", "last", "cite", "cite_zh"),
    [
        ("heading", 5, 19, "heading block", "文头"),
        ("preamble-3", 29, 29, "preambular paragraph 3", "序言第3段"),
        ("paragraph-4", 37, 39, "paragraph 4", "第4段"),
        ("paragraph-7.b", 49, 49, "paragraph 7 (b)", "第7段(b)"),
        (
            "annex-1.section-c.group-1.item-5",
            113,
            123,
            "annex I, section C, group 1, item (v)",
            "附件一C节第1组第(五)项",
        ),
        (
            "annex-1.section-g.group-1.item-14",
            245,
            245,
            "annex I, section G, group 1, item (xiv)",
            "附件一G节第1组第(十四)项",
        ),
        ("annex-2.table-1.row-11", 286, 286, "annex II, table 1, row 11", "附件二表1第11行"),
        ("annex-2.table-2.row-7", 308, 308, "annex II, table 2, row 7", "附件二表2第7行"),
        ("annex-2.table-3.row-5", 319, 319, "annex II, table 3, row 5", "附件二表3第5行"),
        ("footnote-24", 253, 253, "footnote 24", "脚注24"),
    ],
)
def test_places_know_their_lines(plan: DocumentTree, path: str, first: int, last: int, cite: str, cite_zh: str) -> None:
    part = plan.parts[path]
    assert (part.first, part.last, part.cite, part.cite_zh) == (first, last, cite, cite_zh)


@pytest.mark.parametrize(
    ("note", "place"),
    [
        (1, "annex-1"),
        (2, "annex-1.section-a.group-1.item-5"),
        (6, "annex-1.section-c"),
        (7, "annex-1.section-c.group-1.item-1"),
        (9, "annex-1.section-c.group-1.item-5"),
        (12, "annex-1.section-d.group-1"),
        (13, "annex-1.section-d.group-1"),
        (17, "annex-1.section-d.group-3"),
        (21, "annex-1.section-f"),
        (22, "annex-1.section-f"),
        (28, "annex-2.table-1.head"),
        (29, "annex-2.table-1.row-1.cell-5"),
    ],
)
def test_footnotes_hang_where_their_marks_stand(plan: DocumentTree, note: int, place: str) -> None:
    assert [part.path for part in plan.parts.values() if note in part.marks] == [place]


def test_every_repair_of_the_plan_is_on_record(plan: DocumentTree) -> None:
    """Lines read from the document: torn text at 39 and 123, the bare 29 at 268, heads again at 276, 285 and 293."""
    found = {(repair.kind, repair.line) for repair in plan.repairs}
    assert {line for kind, line in found if kind == "page-break-in-text"} == {39}
    assert {line for kind, line in found if kind == "lost-list-mark"} == {123}
    assert {line for kind, line in found if kind == "glued-footnote-mark"} == {268}
    assert {line for kind, line in found if kind == "repeated-head"} == {276, 285, 293}
    assert {line for kind, line in found if kind == "page-break-in-table"} == {308, 319}
    assert {line for kind, line in found if kind == "stray-rule"} == {320}
    assert {line for kind, line in found if kind == "continued-row"} == {270, 278, 283, *range(287, 292), 294, 295}


def test_every_line_with_words_belongs_to_a_part_or_is_furniture(plan: DocumentTree) -> None:
    lines = SourceText.from_file(seeds.plan()).lines
    held = {line for part in plan.parts.values() for line, _ in part.pieces} | set(plan.furniture)
    assert [number for number, line in enumerate(lines, 1) if line.strip() and number not in held] == []


def test_small_document_without_the_sources() -> None:
    tree = small()
    assert [part.path for part in tree.of_kind("TableRow")] == [f"annex-1.table-1.row-{n}" for n in (1, 2, 3)]
    assert {repair.kind for repair in tree.repairs} == {"repeated-head", "continued-row"}


@pytest.mark.parametrize(
    ("change", "to", "said"),
    [
        ("\t任务授权", "", "no column for: mandate"),
        ("\t资源调动", "", "row 1 has 5 cells where its head has 6"),
        ("其中有一个表格", "其中有三个表格", "3 tables are announced, 1 found"),
        ("¹ 类型1为政府间会议。\n", "", "footnote 1 is marked at"),
        ("\n2. 请", "\n1. 请", "paragraph 1 stands twice"),
    ],
)
def test_broken_documents_are_refused_with_line_and_advice(change: str, to: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        small(change, to)
    message = str(caught.value)
    assert said in message
    assert "small.txt" in message and "line" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"\x00\x01\x02", "is a binary file"),
        ("工作组".encode("gb18030"), "not UTF-8 text"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        SourceText.from_bytes(data, "some.txt")


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        SourceText.from_file(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        SourceText.from_file(tmp_path)


@pytest.mark.parametrize("cut", [60, 150, 260, 290, 300, 315])
def test_a_plan_cut_short_is_refused(cut: int) -> None:
    """Wherever the text ends, something that it announced is missing."""
    from mandategraph.extract.document import extract
    from mandategraph.model.register import shipped_register
    from mandategraph.model.sources import check_expectations

    lines = SourceText.from_file(seeds.plan()).lines[:cut]
    with pytest.raises(InputError) as caught:
        source = SourceText.from_bytes("\n".join(lines).encode(), "cut.txt")
        check_expectations(extract(source, shipped_register()), "cut.txt")
    assert "cut short" in str(caught.value)
