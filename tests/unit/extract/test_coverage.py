"""The receipt: every line of a source, and what the graph made of it."""

from __future__ import annotations

import pytest
import seeds
import shipped
from mandategraph.model.register import shipped_register
from mandategraph.pipeline.line_coverage import (
    HEAD,
    RECEIPT,
    LineUse,
    line_uses,
    parse,
    render,
    shipped_receipt,
    summary,
)
from mandategraph.read.text import SourceText
from mandategraph.system.errors import NotFound


@pytest.fixture(scope="module")
def receipt() -> list[LineUse]:
    return parse(shipped.PLAN.joinpath(RECEIPT).read_text(encoding="utf-8"))


def test_the_committed_receipt_is_the_one_of_today(receipt: list[LineUse]) -> None:
    made = line_uses(SourceText.from_file(seeds.plan()), shipped_register(), shipped.plan_curated())
    assert render(made) == render(receipt)


def test_every_line_is_there_and_explained(receipt: list[LineUse]) -> None:
    assert [one.number for one in receipt] == list(range(1, 321))
    assert "unexplained" not in summary(receipt)
    assert summary(receipt)["facts"] >= 184


def test_some_lines_by_hand(receipt: list[LineUse]) -> None:
    use = {one.number: one for one in receipt}
    assert use[35].use == "facts" and "clauses:paragraph-3" in use[35].what
    assert use[63] == LineUse(63, "structure", "Annex annex-1")
    assert use[71].use == "left-out"
    assert use[276] == LineUse(276, "furniture", "repeated table head")
    assert use[320] == LineUse(320, "furniture", "ruled line")
    assert use[12].use == "blank"


def test_the_receipt_carries_no_words_of_the_source(receipt: list[LineUse]) -> None:
    assert render(receipt).isascii()


def test_an_unknown_line_shows() -> None:
    from dataclasses import replace

    source = SourceText.from_file(seeds.plan())
    bare = replace(shipped.plan_curated(), left_out=())
    unexplained = [one.number for one in line_uses(source, shipped_register(), bare) if one.use == "unexplained"]
    assert unexplained == [71]


def test_a_receipt_that_is_not_there() -> None:
    assert shipped_receipt("wg2020-rec-1-1")[0] == LineUse(1, "blank", "")
    with pytest.raises(NotFound):
        shipped_receipt("elsewhere")
    assert render([]).strip().split("\t") == list(HEAD)
