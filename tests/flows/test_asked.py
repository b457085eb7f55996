"""The questions by their ids, listed and answered, and the receipt of lines on the command line."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from mandategraph import cli
from mandategraph.analysis.question_service import QuestionService, listing
from mandategraph.answers.answer import Answer
from mandategraph.query.catalogue import StoredQuery
from mandategraph.store import open_store
from mandategraph.system.errors import NotFound


@pytest.fixture(scope="module")
def asked(shipped_folder: Path) -> Iterator[QuestionService]:
    store = open_store(str(shipped_folder))
    yield QuestionService(store)
    store.close()


@pytest.fixture(scope="module")
def answers(asked: QuestionService) -> list[Answer]:
    """The answers to all questions."""
    return [asked.answer(one) for one in asked.ids()]


def test_questions_stand_in_order_and_once(asked: QuestionService) -> None:
    ids = asked.ids()
    assert len(ids) == len(set(ids)) >= 28
    assert ids.index("F02") < ids.index("F09") < ids.index("F13") < ids.index("S01")


def test_each_answer_carries_its_id_both_languages_and_a_source_in_each_row(
    asked: QuestionService, answers: list[Answer]
) -> None:
    for answer in answers:
        assert answer.id in asked.ids()
        assert answer.question["en"] and re.search("[\u4e00-\u9fff]", answer.question["zh"])
        assert answer.status in {"answered", "no", "not-stated", "not-covered"}
        # A no may have rows, which are its reasons; without any row the note says why.
        assert answer.rows or (answer.status != "answered" and answer.note)
        for row in answer.flat():
            assert any(value and "line" in value for name, value in row.items() if name.startswith("source")) or (
                answer.basis != "explicit"
            ), (answer.id, row)


def test_the_list_names_every_question(asked: QuestionService, answers: list[Answer]) -> None:
    assert len(listing(iter(answers)).rows) == len(asked.ids())


def test_a_question_about_what_was_not_known_yet_is_not_covered(
    asked: QuestionService, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    # The summit of O line 80 (M12, W14) is named nowhere in R; all other questions are answered from R all the same.
    argv = ["--store", str(tmp_path), "questions", "run", "--as-of", "2019-08-30", "--format", "json"]
    assert cli.main(argv) == 0
    found = {one["id"]: one for one in json.loads(capsysbinary.readouterr().out)}
    assert sorted(found) == sorted(asked.ids())
    for identifier in ("M12", "W14", "W02", "W13"):
        assert found[identifier]["status"] == "not-covered" and not found[identifier]["rows"], identifier
        assert "CBD/WG2020/REC/1/1 (of 2019-08-30 to" in str(found[identifier]["note"])


def test_an_unknown_id_names_its_neighbours(asked: QuestionService) -> None:
    assert asked.answer("f01").id == "F01"
    with pytest.raises(NotFound, match="F01"):
        asked.answer("F99")


# The question, and the analysis or look-up that answers it, with what; read as a person means them.
IN_WORDS = [
    ("Which inputs to WG2020-2 come after the deadline for its documents?", "schedule", "S02"),
    ("If the same rule held for WG2020-3?", "schedule", "S03"),
    ("If SBI-3 slips beyond 27 July 2020, what is missing at WG2020-3, and what is blocked?", "whatif", "S04"),
    ("若SBI-3推迟到2020年7月27日之后，会缺少什么？", "whatif", "S04"),
    ("Which elements hang on one single meeting?", "chain", "S07"),
    ("What did the real slip do to the planned chain?", "schedule", "S08"),
    ("Was the back-to-back promise of type 3 kept?", "schedule", "S09"),
    ("When can WG2020-3 open at the earliest?", "schedule", "S10"),
    ("计划中相互依赖的会议的最长链条？", "chain", "S13"),
]


@pytest.mark.parametrize(("question", "verb", "identifier"), IN_WORDS)
def test_an_analysis_is_reached_in_words(asked: QuestionService, question: str, verb: str, identifier: str) -> None:
    reply = asked.ask(question)
    assert (reply.understood.query.name, reply.answer.id) == (verb, identifier)
    assert reply.answer.rows == asked.answer(identifier).rows


def test_other_meetings_days_and_names_can_be_put_in(asked: QuestionService) -> None:
    assert asked.ask("What if SBSTTA-24 is 30 days late?").answer.params == {
        "meeting": ("SBSTTA-24",), "change": ("+30d",),
    }  # fmt: skip
    assert asked.ask("若科咨机构第二十四次会议推迟3周，会怎样？").answer.params["change"] == ("+3w",)
    assert asked.ask("What follows if COP-15 moves to 1 June 2021?").answer.params["change"] == ("2021-06-01",)
    meant = {row["thing"] for row in asked.ask("What does '附属机构' mean?").answer.flat()}
    assert {"SBI", "SBSTTA"} <= meant
    found = asked.ask("哪里提到“序列信息”？").answer
    assert found.query == "search" and found.rows


def test_questions_on_names_are_known_by_number(asked: QuestionService) -> None:
    # R 269 to 317 and O 14, 17 cite the decisions; the codes are kept apart as wholes.
    codes = {row["text"]: row["thing"] for row in asked.answer("L07").flat()}
    assert codes["第 14/22 号决定"] == "14/22" and codes["CBD/COP/DEC/XIII/29"] == codes["XIII/29"] == "XIII/29"
    apart = {row["text"]: row["thing"] for row in asked.answer("L08").flat()}
    assert apart == {one: one for one in ("POST2020-WS-2020-02", "WG2020-2", "14/3", "14/34")}
    alone = [row["thing"] for row in asked.answer("L03").flat() if row["text"] == "附属机构"]
    assert {"SBI", "SBSTTA"} <= set(alone) and "附属机构" in asked.answer("L03").note["zh"]
    meant = {row["thing"] for row in asked.answer("L05").flat() if row["text"] == "指标数"}
    assert meant == {"指标"}
    words = [row["written"] for row in asked.answer("L11").flat()]
    assert any("序列信息" in one for one in words) and any("资源调动" in one for one in words)


# Not questions by themselves: they go on from the one before, or are statements to be checked.
NOT_ALONE = {"F02", "G02", "L01", "L02", "L09"}


def test_every_competency_question_is_understood_in_its_own_words(asked: QuestionService) -> None:
    listed = Path(__file__).parents[3] / "shared" / "QUESTIONS.md"
    if not listed.is_file():
        pytest.skip("the list of competency questions is not at hand")
    questions = dict(re.findall(r"^([A-Z]\d\d) (.+)$", listed.read_text(encoding="utf-8"), re.MULTILINE))
    assert len(questions) >= 100 and set(questions) <= set(asked.ids())
    for identifier, question in questions.items():
        if identifier not in NOT_ALONE:
            understood = asked.understood(question).query
            mine = understood.ids if isinstance(understood, StoredQuery) else [understood.identifier]
            assert identifier in mine, question


REWORDED = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "fixtures" / "rewordings.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_rewordings_are_understood_or_refused_but_never_mistaken(asked: QuestionService) -> None:
    refused, mistaken = [], []
    for numbers, question in REWORDED:
        try:
            found = asked.understood(question).query
        except NotFound:
            refused.append(question)
            continue
        mine = set(found.ids) if isinstance(found, StoredQuery) else {found.identifier or "-"}
        if not mine & set(numbers.split()):
            mistaken.append((question, found.name))
    assert not mistaken
    assert len(refused) <= len(REWORDED) * 0.15, refused


MISTAKABLE = {
    "what if SBI-3 is 60 days early": "whatif",
    "what is the latest possible date for SBI-3": None,  # the earliest is known
    "what is asked of SBSTTA-24": "outputs-of-a-meeting",
    "SBSTTA-24被要求做什么": "outputs-of-a-meeting",
    "what did SBSTTA-24 ask for": "requests-of-a-meeting",
    "what was asked by SBSTTA": None,  # what was asked of it is known
    "what did the COP ask for": None,
    "what is asked of SBSTTA": "asked-of-an-actor",
    "is SBSTTA asked to do anything": "asked-of-an-actor",
    "when was the zero draft published": None,  # O line 5 dates the updated one
    "which inputs must the updated zero draft draw on": None,
    "更新预稿参照了哪些投入": None,
    "which planned meetings were not held": None,  # not mentioned is not: not held
    "哪些会议被取消": None,
    "who offered to host WG2020-3": "participants-of-an-event",
    "谁提出主办WG2020-3": "participants-of-an-event",
    "中国提出主办哪些会议": "events-by-participant",
    "which meetings were held online": "events-in-a-mode",  # those that moved there are fewer
    "哪些会议在线举行": "events-in-a-mode",
    "how long was SBI-3": None,  # how long it was postponed is known
    "how long did SBSTTA-24 last": None,
    "which inputs come too late": "schedule",
    "第二次特别虚拟会议有哪些安排": None,  # the first has a programme (O line 61)
    "which decision asked for the first Local Biodiversity Outlooks": None,  # XIII/29 is for the second (O line 17)
    "what did the Secretariat organise": "events-by-participant",  # with its partners is another question
    "哪些会议与DSI有关": "meetings-on-an-element",
    "which meetings feed WG2020-3 on DSI": None,  # more than was understood
    "英国支持了哪些活动": "events-by-participant",
    "第二版地方生物多样性展望有哪些内容": None,
    "which meetings fed WG2020-3 in practice": "passed-on-in-practice",
    "what does decision 14/35 mandate": "what-a-decision-asks-for",
    "What happens if SBI-3 is pushed back by 60 days?": "whatif",
    "What if SBI-3 is brought forward by 60 days?": "whatif",
    "What should SBI-3 do?": "outputs-of-a-meeting",
    "What has SBI-3 been asked to do?": "outputs-of-a-meeting",
    "What have Parties been asked to do?": "asked-of-an-actor",
    "What did Norway do?": None,  # what it must do is known
    "执行秘书做了什么？": None,
    "What is the zero draft?": "versions-of-the-draft",
    "Which documents cite decision 14/34?": "citations-of-a-decision",
    "哪些文件引用了第14/34号决定？": "citations-of-a-decision",
    "Which decisions does CBD/WG2020/REC/1/1 cite?": "decisions-cited",
    "Which meetings receive input from SBI-3?": "outputs-of-a-meeting",
    "SBI-3 inputs": "inputs-of-a-meeting",
    "WG2020-3有哪些input？": "inputs-of-a-meeting",
    "附件二是商定文本吗？": None,  # R line 87 speaks of annex I
    "Which meetings weren't held as planned?": None,
    "Which planned meetings weren't postponed?": None,
    "SBI-3的下游有哪些会议？": None,
    "SBI-3有多少投入？": "meetings-that-feed-a-meeting",
    "为什么会议在线举行？": None,
    "Which meetings could feed WG2020-3?": "meetings-that-feed-a-meeting",
    "Where was the updated zero draft published?": None,  # when is known
    "Is SBSTTA a subsidiary body?": None,
    "How did SBI-3 meet?": None,
}
"""Questions near a stored one that asks something else: what may answer them, None where nothing does."""


@pytest.mark.parametrize("question", MISTAKABLE)
def test_a_question_is_not_taken_for_its_neighbour(asked: QuestionService, question: str) -> None:
    try:
        found = asked.understood(question).query.name
    except NotFound:
        found = None
    assert found == MISTAKABLE[question]


def test_what_comes_too_late_is_not_all_that_comes(asked: QuestionService) -> None:
    """R lines 286, 305, 308, 309: what SBI-3 receives closes before it opens."""
    late = asked.ask("which inputs to SBI-3 come too late").answer
    assert (late.status, late.rows) == ("no", ())
    assert len(asked.ask("do the inputs to SBI-3 arrive in time").answer.rows) == 5


def test_who_offered_to_host_is_told(asked: QuestionService) -> None:
    """R lines 31 and 33: the offers of China and of Colombia."""
    for meeting, party in (("WG2020-2", "CN"), ("WG2020-3", "CO")):
        rows = asked.ask(f"who offered to host {meeting}").answer.flat()
        assert [row["participant"] for row in rows] == [party]


def test_who_opposes_is_not_who_asks_for_clarification(asked: QuestionService) -> None:
    """R footnote 4 (line 93): some Parties oppose the principles and/or ask for more on them."""
    for question, stances in (
        ("which Parties oppose principles", ["oppose"]),
        ("哪些缔约方反对原则", ["oppose"]),
        ("positions on principles", ["clarify", "oppose"]),
    ):
        answer = asked.ask(question).answer
        assert sorted(row["stance"] for row in answer.flat()) == stances
        assert "no document names a Party" in answer.note["en"]


@pytest.mark.parametrize(
    ("question", "params"),
    [
        ("What happens if SBI-3 is put off by 60 days?", {"change": ("+60d",)}),
        ("What if SBI-3 is 60 days early?", {"change": ("-60d",)}),
        ("Which meetings were planned online?", {"phase": ("planned",), "mode": ("online",)}),
        ("哪些会议原定在线举行？", {"phase": ("planned",), "mode": ("online",)}),
        ("Which meetings went from online to in person?", {"from_mode": ("online",), "to_mode": ("in-person",)}),
        ("Which meetings might feed WG2020-3?", {"modality": ("may",)}),
        ("哪些会议预计为WG2020-3提供投入？", {"modality": ("expected",)}),
        ("谁反对任务？", {"stance": ("oppose",)}),
    ],
)
def test_the_words_that_matter_become_parameters(
    asked: QuestionService, question: str, params: dict[str, object]
) -> None:
    found = asked.ask(question).answer.params
    assert {name: found[name] for name in params} == params


def test_where_a_decision_is_cited(asked: QuestionService) -> None:
    """Every line of both documents with 14/34 in it; line 29 cites two of its paragraphs."""
    rows = asked.ask("Where is decision 14/34 cited?").answer.flat()
    lines = [place.rpartition(" ")[2] for row in rows for place in str(row["source"]).split("; ")]
    assert sorted(map(int, lines)) == [4, 25, 27, 29, 29, 37, 43, 83, 259, 269, 279, 296]


def test_what_was_held_online_is_more_than_what_moved_there(asked: QuestionService) -> None:
    """O: every line that tells of something held 在线 or 虚拟, with its parts; line 77 does not tell the mode."""
    lines = Counter(
        int(row["source"].rpartition(" ")[2]) for row in asked.ask("which events were held online").answer.flat()
    )
    once = [
        28,
        32,
        34,
        38,
        41,
        43,
        45,
        47,
        49,
        51,
        53,
        57,
        63,
        *range(66, 70),
        71,
        73,
        75,
        80,
        84,
        88,
        90,
        92,
        93,
        96,
        98,
    ]
    assert lines == Counter({**dict.fromkeys(once, 1), 20: 2, 21: 2, 30: 5, 39: 3, 55: 3, 61: 4, 86: 3})
    in_person = asked.ask("哪些会议面对面举行").answer.flat()
    # O lines 5, 24, 26; R lines 19 and 53 (with footnotes, the first meeting has more places).
    assert [row["event"] for row in in_person] == [
        "WG2020-1", "WG2020-REC-1-1.paragraph-8", "WG2020-2", "POST2020-WS-2020-02", "DSI-AHTEG-2020-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "which meetings does WG2020-3 not feed",
        "what does it contain",
        "What is the budget of SBI-3?",
        "How many Parties are there?",
        "who won",
        "今天天气怎么样",
    ],
)
def test_what_the_graph_does_not_know_is_said(asked: QuestionService, question: str) -> None:
    with pytest.raises(NotFound, match="no stored question fits"):
        asked.understood(question)


@pytest.mark.parametrize(
    ("question", "left_over"),
    [
        ("which meetings feed WG2020-3 on gender", ("gender",)),
        ("which meetings feed WG2020-3 in spring", ("spring",)),
        ("could you tell me which meetings feed WG2020-3, please", ()),
        ("wich meetngs feed WG2020-3", ()),  # mistyped, not more
        ("因疫情而改变的会议有哪些？", ("改",)),  # 变更, not 改变, is in its wordings
    ],
)
def test_words_that_were_not_taken_into_account_are_told_in_the_answer(
    asked: QuestionService, question: str, left_over: tuple[str, ...]
) -> None:
    reply = asked.ask(question)
    assert reply.understood.left_over == left_over
    for language, told in (("en", "Not taken into account: "), ("zh", "未予考虑：")):
        note = reply.answer.note.get(language, "")
        assert note.startswith(told) == bool(left_over) and all(f"“{word}”" in note for word in left_over)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what is 14/34", "resolve"), ("What is SBI?", "resolve"), ("什么是SBI-3", "resolve"), ("14/34是什么", "resolve"),
        ("what is in 14/34", "contents-of-a-publication"),
    ],
)  # fmt: skip
def test_what_a_thing_is_is_not_what_is_in_it(asked: QuestionService, question: str, name: str) -> None:
    assert asked.understood(question).query.name == name


def test_where_a_meeting_took_place_is_told_with_its_sessions_and_no_false_precision(asked: QuestionService) -> None:
    # O line 5: 24 to 29 February 2020 in Rome. O lines 20 and 21: an informal session of SBI-3, and one range of days
    # that two meetings share; R line 286: planned for Montreal.
    held = [row for row in asked.ask("where did WG2020-2 take place").answer.flat() if row["phase"] == "held"]
    assert [row["place"] for row in held] == ["Rome"]
    held = [row for row in asked.ask("when did SBI-3 take place").answer.flat() if row["phase"] == "held"]
    assert [(row["earliest"], row["precision"], str(row["source"])[-8:]) for row in held] == [
        ("2021-03-08", "day-precision", " line 20"), ("2021-05-03", "shared-range", " line 21"),
    ]  # fmt: skip
    told = {(row["aspect"], row["value_en"], row["value_zh"]) for row in asked.ask("tell me about SBI-3").answer.flat()}
    assert told == {
        (
            "planned",
            "2020-05-25 / 2020-05-30, Montreal, Canada, in person",
            "2020年5月25日至30日，加拿大蒙特利尔，面对面",
        ),
        (
            "held",
            "2021-05-03 / 2021-06-13 (one range for several meetings), online",
            "2021年5月3日至6月13日（多次会议共用时段），在线",
        ),
    }
    rome = [row for row in asked.ask("tell me about WG2020-2").answer.flat() if row["aspect"] == "held"]
    assert [row["value_zh"] for row in rome] == ["2020年2月24日至29日，罗马，面对面"]


def test_json_is_an_array_of_flat_answers(
    tmp_path_factory: pytest.TempPathFactory, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    store = str(tmp_path_factory.getbasetemp() / "questions")
    assert cli.main(["--store", store, "questions", "run", "F13", "S10", "--format", "json"]) == 0
    answers = json.loads(capsysbinary.readouterr().out)
    assert [one["id"] for one in answers] == ["F13", "S10"]
    assert set(answers[0]) >= {"id", "question", "query", "params", "status", "basis", "note", "rows"}
    assert answers[0]["rows"][0]["feeder"] == "WG2020-3"
    assert all(not isinstance(value, list | dict) for one in answers for row in one["rows"] for value in row.values())
    assert cli.main(["coverage", "lines", "wg2020-rec-1-1", "--format", "csv"]) == 0
    assert capsysbinary.readouterr().out.decode().count("\n") == 1 + 320
