"""What the paragraphs of the recommendation do: every act read from the document by hand, with its line."""

from __future__ import annotations

from datetime import date

import pytest
import seeds
import shipped
from acts_by_hand import ACTS, codes
from mandategraph.extract.actors import ActorFinder
from mandategraph.extract.document import extract
from mandategraph.model.paragraph_records import ClauseRecord
from mandategraph.model.register import shipped_register
from mandategraph.read.text import SourceText

DECISION = "CBD/COP/DEC/14/34"


def clauses() -> dict[str, ClauseRecord]:
    return {clause.id: clause for clause in shipped.plan_records().clauses}


def test_every_act_is_there_and_no_other() -> None:
    assert list(clauses()) == list(ACTS)


@pytest.mark.parametrize("name", ACTS)
def test_act(name: str) -> None:
    clause, act = clauses()[name], ACTS[name]
    assert clause.evidence[0].line == act.line
    assert " ".join(clause.verbs) == act.verbs
    assert codes(clause.addressees) == act.addressees
    assert codes(clause.asks_for) == act.asks_for
    assert codes(clause.oversight) == act.under
    assert codes(clause.consulted) == act.consulted
    asks = act.verbs.split()[0] in ("requests", "invites")
    assert clause.kind == ("operational" if asks else "informational")


def test_a_request_is_not_an_invitation() -> None:
    """请 ends 邀请: paragraphs 3, 7 and 9 invite, 4, 6, 11 and 12 request."""
    requesting = {name.partition(".")[0] for name, clause in clauses().items() if clause.verbs[0] == "requests"}
    inviting = {name.partition(".")[0] for name, clause in clauses().items() if clause.verbs[0] == "invites"}
    assert requesting == {"paragraph-4", "paragraph-6", "paragraph-11", "paragraph-12"}
    assert inviting == {"paragraph-3", "paragraph-7", "paragraph-9"}


def test_deadlines_are_days_or_rules() -> None:
    deadlines = shipped.plan_records().deadlines
    found = {d.id: (d.kind, d.due, d.anchor, d.point, d.days, d.evidence[0].line) for d in deadlines}
    assert found == {
        "paragraph-3.deadline-1": ("date", date(2019, 9, 15), "", "", 0, 35),
        "paragraph-4.2.deadline-1": ("rule", None, "meeting:WG2020-2", "opening", -42, 37),
        "paragraph-4.3.deadline-1": ("date", date(2019, 11, 24), "", "", 0, 37),
        "paragraph-6.deadline-1": ("date", date(2019, 11, 24), "", "", 0, 43),
        "paragraph-7.2.deadline-1": ("rule", None, "meeting:COP-15", "opening", 0, 45),
    }


def test_decisions_are_cited_down_to_paragraph_and_annex() -> None:
    cited = {name: clause.cites for name, clause in clauses().items()}
    assert cited["preamble-1"] == (f"document:{DECISION}",)
    assert cited["preamble-2"] == (f"part:{DECISION}/annex.section-a.paragraph-2",)
    assert cited["preamble-3"] == (f"part:{DECISION}/paragraph-6", f"part:{DECISION}/paragraph-7")
    protocols = ("document:CBD/CP/MOP/DEC/9/7", "document:CBD/NP/MOP/DEC/3/15")
    assert cited["paragraph-4.1"] == (f"document:{DECISION}", *protocols)
    here = "part:CBD/WG2020/REC/1/1/"
    note = "document:WG2020-REC-1-1.concept-note"
    assert cited["paragraph-6"] == (note, f"document:{DECISION}", f"{here}annex-1", f"{here}annex-2.table-2")
    cites = {(part.cite, part.cite_zh) for part in shipped.plan_records().cited_parts}
    assert {("annex, section A, paragraph 2", "附件A节第2段"), ("paragraph 7", "第7段")} <= cites


def test_every_decision_cited_in_the_document() -> None:
    """By hand: 14/2 in annex I; 14/34 in the preamble, paragraphs 4 and 6, footnote 27, annex II; the rest there."""
    cited = {c.cited.partition(":")[2] for c in shipped.plan_records().citations if "/DEC/" in c.cited}
    documents = {ref for ref in cited if ref.startswith("CBD/") and ref.count("/") == 4 or "MOP" in ref}
    numbers = (2, 3, 18, 20, 22, 23, 25, 27, 29, 34, 35)
    assert documents == {f"CBD/COP/DEC/14/{number}" for number in numbers} | {
        "CBD/CP/MOP/DEC/9/7", "CBD/NP/MOP/DEC/3/15",
    }  # fmt: skip


def test_what_the_zero_draft_must_draw_on() -> None:
    inputs = [one for one in shipped.plan_records().inputs if "zero-draft" in one.document]
    assert [(one.sources, one.evidence[0].line) for one in inputs] == [
        (("meeting:WG2020-1", "part:CBD/WG2020/REC/1/1/annex-1"), 37),
        (("meeting:WG8J-11",), 39),
        (("meeting:SBSTTA-23",), 39),
        (("group:OTHER-MEETINGS",), 39),
        (("group:PARTIES", "group:OBSERVERS"), 39),
    ]


def test_conditions_on_the_workplan() -> None:
    conditions = shipped.plan_records().conditions
    assert [(one.clause, one.evidence[0].line) for one in conditions] == [("paragraph-6", 43)] * 4
    assert {one.document for one in conditions} == {"document:WG2020-REC-1-1.workplan"}


def test_who_offered_and_who_supported() -> None:
    roles = shipped.plan_records().participations
    found = [(r.participant, r.meeting, r.role, r.basis, r.evidence[0].line) for r in roles]
    follow_up = "meeting:WG2020-REC-1-1.annex-2.table-3.row-3"
    assert found == [
        ("party:CN", "meeting:WG2020-2", "offered-host", "derived", 31),
        ("party:CO", "meeting:WG2020-3", "offered-host", "explicit", 33),
        ("party:NO", "meeting:WG2020-1", "supporter", "interpretation", 33),
        ("party:CH", follow_up, "offered-host", "derived", 53),
    ]


def test_meetings_dated_outside_the_tables() -> None:
    found = {
        s.id: (s.meeting, s.phase, str(s.when.start), str(s.when.end), s.places[0], [e.line for e in s.evidence])
        for s in shipped.plan_records().schedules
        if not s.row
    }
    bern = "meeting:WG2020-REC-1-1.paragraph-8"
    assert found == {
        "heading": ("meeting:WG2020-1", "held", "2019-08-27", "2019-08-30", "place:Nairobi", [19, 87]),
        "paragraph-1": ("meeting:WG2020-2", "planned", "2020-02-24", "2020-02-28", "place:Kunming", [31]),
        "paragraph-2": ("meeting:WG2020-3", "planned", "2020-07-27", "2020-07-31", "place:Cali", [33]),
        "paragraph-8.held": (bern, "held", "2019-06-10", "2019-06-12", "place:Bern", [53, 316]),
    }


def test_actors_in_a_list_end_where_the_list_ends() -> None:
    finder = ActorFinder(shipped_register())
    found, end = finder.listed("各缔约方、其他国家政府和观察员在某日前", 0)
    assert found == ["group:PARTIES", "group:OTHER-GOVERNMENTS", "group:OBSERVERS"]
    assert "各缔约方、其他国家政府和观察员在某日前"[end:] == "在某日前"
    assert finder.listed("执行商定的任务", 0) == ([], 0)


def test_every_clause_has_its_task_in_both_languages() -> None:
    tasks = shipped.ask("?c (COUNT(?t) AS ?n) WHERE { ?c a mg:Clause OPTIONAL { ?c mg:task ?t } } GROUP BY ?c")
    assert {number for _, number in tasks} == {"2"}
    assert len(tasks) == len(ACTS)


def test_the_bureau_under_its_spellings() -> None:
    """Paragraphs 4, 6, 11 and 12: three ways of writing one body."""
    spelled = shipped.ask("?s WHERE { ?n mg:nameOf body:COP-BUREAU ; mg:spelling ?s }")
    assert spelled == {("主席团",), ("缔约方会议主席团",), ("缔约方大会主席团",)}


def test_bodies_that_appear_only_as_means() -> None:
    means = shipped.ask("?b WHERE { ?b mg:servesAs mgv:means }")
    assert means == {
        ("body/IAG-MAINSTREAMING",), ("body/EXPERTS-14-23",), ("body/SBI-OPEN-ENDED-FORUM",),
        ("body/WG2020-1-ITEM-4-GROUP",), ("group/UNNAMED-EXPERT-GROUP",),
    }  # fmt: skip


def test_co_chairs_of_the_group_on_item_4_are_others() -> None:
    """Footnote 1, line 87, speaks of the co-chairs of a discussion group."""
    asked = "?n WHERE { ?n a mg:Name ; mg:nameOf office:WG2020-1-ITEM-4-CO-CHAIRS }"
    assert len(shipped.ask(asked)) == 1
    not_same = "?t WHERE { ?i mg:mention ?p ; mg:verdict mgv:not-same ; mg:identifies ?t . ?p mg:path 'footnote-1' }"
    assert shipped.ask(not_same) == {("office/WG2020-CO-CHAIRS",)}


def test_no_office_has_a_parent_body() -> None:
    """An office is no body: it belongs to one."""
    assert shipped.ask("?o WHERE { ?o a mg:Office ; mg:parentBody ?b }") == set()
    assert ("body/WG2020",) in shipped.ask("?b WHERE { office:WG2020-CO-CHAIRS mg:officeOf ?b }")


@pytest.mark.parametrize(
    ("change", "to", "due", "days"),
    [("2019年9月15日前", "2019年10月1日前", date(2019, 10, 1), 0), ("开幕六个星期前", "开幕八个星期前", None, -56)],
)
def test_a_changed_deadline_is_exactly_that_change(change: str, to: str, due: date | None, days: int) -> None:
    text = seeds.plan().read_text(encoding="utf-8")
    assert change in text
    changed = extract(SourceText.from_bytes(text.replace(change, to).encode(), "changed"), shipped_register())
    before, after = shipped.plan_records(), changed
    assert [a.id for a in after.deadlines] == [b.id for b in before.deadlines]
    different = [a for b, a in zip(before.deadlines, after.deadlines, strict=True) if b != a]
    assert [(one.due, one.days) for one in different] == [(due, days)]
    assert after.positions == before.positions
    # A clause differs only where the changed words stand in its quote.
    assert len([1 for b, a in zip(before.clauses, after.clauses, strict=True) if b != a]) <= 1


VARIANTS = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "byte-order mark": lambda text: "\ufeff" + text,
    "half width": lambda text: text.translate(str.maketrans("，：；（）！", ",:;()!")),
    "no spaces beside figures": lambda text: text.replace(" 年 ", "年").replace(" 月 ", "月").replace(" 日", "日"),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_acts_however_the_document_arrives(name: str) -> None:
    text = VARIANTS[name](seeds.plan().read_text(encoding="utf-8"))
    varied, known = extract(SourceText.from_bytes(text.encode(), name), shipped_register()), shipped.plan_records()
    acts = [[(c.id, c.verbs, c.addressees, c.cites) for c in one.clauses] for one in (varied, known)]
    assert acts[0] == acts[1]
    assert [(d.id, d.due, d.days) for d in varied.deadlines] == [(d.id, d.due, d.days) for d in known.deadlines]
    assert [(p.id, p.stance, p.target, p.move_to) for p in varied.positions] == [
        (p.id, p.stance, p.target, p.move_to) for p in known.positions
    ]
    assert [e.id for e in varied.framework] == [e.id for e in known.framework]
    assert [(s.id, s.meeting, s.when) for s in varied.schedules] == [(s.id, s.meeting, s.when) for s in known.schedules]
