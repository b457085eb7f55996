"""Free questions in two languages: the right stored query, or a plain word that there is none."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from mandategraph.answers.grid import Grid, Layout, as_markdown, markdown
from mandategraph.answers.write_description import PROFILE_FORMATS, write_profile
from mandategraph.ask import lexicon, wordings
from mandategraph.ask.templates import Templates
from mandategraph.ask.understand import understand
from mandategraph.ask.wordings import language_of
from mandategraph.lookup.describe import profiles, show
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.run import Runner
from mandategraph.rdf.namespaces import graph
from mandategraph.store import Store
from mandategraph.store.embedded import OxigraphStore
from mandategraph.system.errors import NotFound, UsageError
from markdown_it import MarkdownIt

FEEDS = "meetings-that-feed-a-meeting"
MANDATES = "meetings-mandated-by-a-decision"


@pytest.mark.parametrize(
    ("question", "query", "params"),
    [
        ("which meetings feed WG2020-3", FEEDS, {"meeting": ("WG2020-3",)}),
        ("Which meetings feed WG2020-3 directly?", FEEDS, {"meeting": ("WG2020-3",)}),
        ("WHICH MEETINGS FEED wg2020-03 ??", FEEDS, {"meeting": ("WG2020-3",)}),
        ("What feeds SBI-3?", FEEDS, {"meeting": ("SBI-3",)}),
        ("meetings feeding into the third meeting of the working group", FEEDS, {"meeting": ("WG2020-3",)}),
        ("wich meetngs feed WG2020-2?", FEEDS, {"meeting": ("WG2020-2",)}),
        ("which meetings feed https://www.cbd.int/meetings/WG2020-02?", FEEDS, {"meeting": ("WG2020-2",)}),
        ("哪些会议为WG2020-3提供投入", FEEDS, {"meeting": ("WG2020-3",)}),
        ("请问哪些会议 向 工作组第三次会议 提供投入？", FEEDS, {"meeting": ("WG2020-3",)}),
        ("哪些会议直接为ＷＧ８（ｊ）第十一次会议提供投入?", FEEDS, {"meeting": ("WG8J-11",)}),
        ("Which meetings does decision 14/22 mandate?", MANDATES, {"decision": ("CBD/COP/DEC/14/22",)}),
        ("which meetings rest on CBD/COP/DEC/14/34", MANDATES, {"decision": ("CBD/COP/DEC/14/34",)}),
        ("第14/22号决定授权了哪些会议？", MANDATES, {"decision": ("CBD/COP/DEC/14/22",)}),
        ("哪些会议是由第 14/34 号决定授权的", MANDATES, {"decision": ("CBD/COP/DEC/14/34",)}),
        ("Which meeting feeds which?", "graph-of-feeds", {}),
    ],
)
def test_a_question_is_understood(
    runner: Runner, catalogue: Catalogue, question: str, query: str, params: dict[str, tuple[str, ...]]
) -> None:
    understood = understand(question, Templates(catalogue.all()), runner.resolver())
    assert understood.query.name == query
    assert runner.answer(understood.query, understood.params).params == params


@pytest.mark.parametrize(
    "question",
    [
        "which meetings does WG2020-3 feed",  # the other way round
        "WG2020-3为哪些会议提供投入",
        "which meetings do not feed WG2020-3",
        "which meetings may feed WG2020-3",
        "哪些会议没有为WG2020-3提供投入",
        "which meetings feed WG2020-3 on resource mobilization",  # more than was understood
        "which meetings feed WG2020-3 and SBI-3",
        "which 2 meetings feed WG2020-3",
        "which meetings feed SBI",  # a body
        "What is the weather in Montreal?",
        "喂",
        "?",
    ],
)
def test_what_no_stored_question_fits_is_said_with_the_nearest(
    runner: Runner, catalogue: Catalogue, question: str
) -> None:
    with pytest.raises(NotFound, match="no stored question fits") as caught:
        understand(question, Templates(catalogue.all()), runner.resolver())
    assert "Nearest: '" in str(caught.value) and "\n" not in str(caught.value)


def test_an_unknown_code_in_a_question_is_told_as_such(runner: Runner, catalogue: Catalogue) -> None:
    with pytest.raises(NotFound, match="no meeting is known as 'WG2020-99'.*Did you mean WG2020-"):
        understand("which meetings feed WG2020-99", Templates(catalogue.all()), runner.resolver())


def test_an_empty_question_is_a_usage_error(runner: Runner, catalogue: Catalogue) -> None:
    with pytest.raises(UsageError, match="empty"):
        understand("  ", Templates(catalogue.all()), runner.resolver())


def test_several_stored_questions_that_fit_equally_are_named(tmp_path: Path, runner: Runner) -> None:
    head = "#+ summary: x\n#+ x-question: {en: 'Who met whom?', zh: '谁见了谁？'}\n#+ x-basis: explicit\n"
    files = []
    for name in ("one.rq", "two.rq"):
        files.append(tmp_path / name)
        files[-1].write_text(head + "ASK { GRAPH ?g { ?s ?p ?o } }", encoding="utf-8")
    with pytest.raises(NotFound, match="fits several stored questions equally"):
        understand("who met whom", Templates(Catalogue(files).all()), runner.resolver())


def test_the_very_words_come_before_words_of_the_same_meaning(tmp_path: Path, runner: Runner) -> None:
    files = []
    for name, english in (("inputs", "What are the inputs to everything?"), ("feeds", "What feeds everything?")):
        head = f"#+ summary: x\n#+ x-question: {{en: '{english}', zh: '{name}？'}}\n#+ x-basis: explicit\n"
        files.append(tmp_path / f"{name}.rq")
        files[-1].write_text(head + "ASK { GRAPH ?g { ?s ?p ?o } }", encoding="utf-8")
    catalogue = Catalogue(files)
    assert understand("what feeds everything", Templates(catalogue.all()), runner.resolver()).query.name == "feeds"
    assert understand("inputs to everything", Templates(catalogue.all()), runner.resolver()).query.name == "inputs"


def test_a_wording_may_set_a_parameter(tmp_path: Path, runner: Runner) -> None:
    text = """\
#+ summary: x
#+ x-question: {en: "What does {meeting} hand on?", zh: "{meeting}提交什么？"}
#+ x-ask: {en: [{say: "What must {meeting} hand on for certain?", modality: will}]}
#+ x-basis: explicit
#+ x-params:
#+   meeting: {type: Meeting, example: SBI-3}
#+   modality: {type: Concept, example: will}
PREFIX mg: <https://w3id.org/mandategraph/ontology#>
PREFIX mgv: <https://w3id.org/mandategraph/value#>
SELECT ?contribution WHERE {
  VALUES ?meeting { UNDEF } # param: meeting
  VALUES ?modality { mgv:will mgv:may } # param: modality
  GRAPH ?g { ?contribution mg:contributionSource ?meeting ; mg:modality ?modality }
}
"""
    file = tmp_path / "handed.rq"
    file.write_text(text, encoding="utf-8")
    catalogue = Catalogue([file])
    understood = understand("what must CC-NP-3 hand on for certain", Templates(catalogue.all()), runner.resolver())
    assert understood.params["modality"] == ("will",)
    assert runner.answer(understood.query, understood.params).rows == ()
    assert understand("What does CC-NP-3 hand on?", Templates(catalogue.all()), runner.resolver()).params.keys() == {
        "meeting"
    }


def test_words_that_must_agree_stand_as_they_are_compared() -> None:
    words = "late updated practice canceled cancelled offers offered forward moved moving instead partners expected opposes objects"
    for word in words.split():
        (stem,) = wordings.tokens(word)
        assert stem in lexicon.GUARD_STEMS and wordings.repaired((stem,), ("expert", "objective")) == (stem,)


def test_the_language_is_that_of_the_question() -> None:
    assert (language_of("WG2020-3 的投入"), language_of("what of WG2020-3")) == ("zh", "en")
    assert language_of("which meetings feed 工作组第三次会议") == "en"
    assert (language_of("What does '附属机构' mean?"), language_of("“SBI”是什么意思？")) == ("en", "zh")


# --- show


def test_show_tells_everything_with_its_places(tiny: Store, runner: Runner) -> None:
    text = write_profile(show("sbi-03", tiny, runner.resolver()), "table", Layout())
    for words in (
        "SBI-3 · third meeting of the Subsidiary Body on Implementation / 执行问题附属机构第三次会议",
        "Schedule (1)",
        "2020-05-25",
        "Outputs: what it passes on (2)",
        "WG2020-3 (third meeting of the working group)",
        "Mandates: what it was asked to do (1)",
        "CBD/COP/DEC/14/22 (decision 14/22)",
        "intergovernmental meeting",
        "[CBD/WG2020/REC/1/1, annex II, table 1, row 12, line 287]",
    ):
        assert words in text
    assert "Inputs: what it receives (3)" in write_profile(show("WG2020-3", tiny, runner.resolver()), "table", Layout())


def test_show_speaks_chinese_and_json(tiny: Store, runner: Runner) -> None:
    profile = show("第14/22号决定", tiny, runner.resolver())
    chinese = write_profile(profile, "md", Layout(("zh",)))
    assert "## 根据本决定的任务授权" in chinese and "附件二，表1，第11行" in chinese
    told = json.loads(write_profile(profile, "json", Layout()))
    assert told["code"] == "CBD/COP/DEC/14/22" and told["kind"] == "Decision"
    assert told["statements"][0]["source"] == ["CBD/WG2020/REC/1/1, annex II, table 1, row 11, line 286"]
    assert set(PROFILE_FORMATS) == {"table", "json", "md"}


def test_show_of_something_without_statements_says_so(tiny: Store, runner: Runner) -> None:
    assert "No statement" in write_profile(show("WG8(j)", tiny, runner.resolver()), "table", Layout())
    with pytest.raises(NotFound):
        show("WG2020-9", tiny, runner.resolver())


def test_show_of_something_without_a_type_names_none() -> None:
    content = ox.Store()
    name = "https://w3id.org/mandategraph/id/meeting/ZZ-1"
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    content.add(
        ox.Quad(ox.NamedNode(name), label, ox.Literal("a gathering", language="en"), ox.NamedNode(graph("register")))
    )
    (profile,) = profiles({name: "ZZ-1"}, OxigraphStore("here", content))
    assert write_profile(profile, "table", Layout()).splitlines()[0] == "ZZ-1 · a gathering"


HOSTILE = [
    "a|b",
    "*a* __b__ _c_",
    "[a](http://example.org) ![b](c.png)",
    "`a` \\* \\|",
    "<b>a</b> &lt; &amp;",
    "a \x1b[1m\x07 b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_what_was_written_and_nothing_else(text: str) -> None:
    """Held against a reader of Markdown of another make, in a list and in a cell of a table."""
    reader = MarkdownIt("commonmark").enable("table")
    grid = Grid(("one", "two"), (((text,), ("end",)),))
    for written, tag in ((f"- {markdown(text)}", "li"), (as_markdown(grid), "td")):
        shown = re.search(f"<{tag}>(.*?)</{tag}>", reader.render(written))
        assert shown and html.unescape(shown[1]) == re.sub("[\x1b\x07]", " ", text)
