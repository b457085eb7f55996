"""Which kind of no an empty answer is, on stores made up for the purpose. What is expected was worked out by hand from the
rule that stands at the head of `query/negative_answers.py`; a test quotes the sentence of it that it holds to."""

from __future__ import annotations

import re

import pytest
from made_up import MadeUp, thing
from mandategraph.query.catalogue import Parameter, StoredQuery
from mandategraph.query.negative_answers import kind_of_no, unnamed
from mandategraph.rdf import namespaces
from mandategraph.store.base import Term, iri, literal

YEAR = "2020-01-01/2020-12-31"
TYPES = {"meeting": "Meeting", "actor": "Actor", "modality": "Concept", "title": "string"}


def asking(tells: str = "either", empty: str = "not-stated", text: str = "") -> StoredQuery:
    """A stored query that tells of this, and what it says of an empty answer."""
    parameters = {name: Parameter(name, kind, "", {}, ()) for name, kind in TYPES.items()}
    return StoredQuery("q", "q.rq", text, "", {}, "explicit", tells=tells, empty=empty, parameters=parameters)


def no(made: MadeUp, query: StoredQuery, **bound: str | Term) -> tuple[str, list[str]]:
    """The kind of no, and the documents that its sentence names, in that order."""
    terms = {name: [iri(thing(one)) if isinstance(one, str) else one] for name, one in bound.items()}
    status, words = kind_of_no(query, terms, made.store())
    assert set(words) in (set(), {"en", "zh"})
    english, chinese = (re.findall(r"document-\w+", words.get(language, "")) for language in ("en", "zh"))
    assert english == chinese, "both languages name the same"
    return status, [name.removeprefix("document-") for name in english]


def planned(when: str, *, covers: str = YEAR, known: str = "2021-01-31") -> MadeUp:
    """A meeting planned by a document of unknown period, and another document that says nothing of it."""
    made = MadeUp().document("document-plan").document("document-report", covers=covers, known=known).meetings("m", "n")
    return made.schedule("m", when, by="document-plan").schedule("n", "", by="document-report")


@pytest.mark.parametrize(
    ("when", "kind"),
    [
        ("2020-06-01/2020-06-05", "not-stated"),
        # the first and the last day of the period belong to it, and one day of the meeting is enough
        ("2020-12-31/2021-01-04", "not-stated"),
        ("2021-01-01/2021-01-04", "not-covered"),
        ("2019-12-28/2020-01-01", "not-stated"),
        ("2019-12-28/2019-12-31", "not-covered"),
        ("2020-12-31/2020-12-31", "not-stated"),
        ("2019-11-01/2021-02-01", "not-stated"),
        # a month, or all between two days
        ("2019-12-01..2019-12-31", "not-covered"),
        ("2019-12-15..2020-01-14", "not-stated"),
        # an open end: it is sure of the day alone on which it opens; without a first day nothing is sure
        ("2020-12-31..", "not-stated"),
        ("2019-12-31..", "not-covered"),
        ("2021-01-01..", "not-covered"),
        ("..2020-06-30", "not-covered"),
        ("", "not-covered"),
    ],
)
def test_a_meeting_is_covered_where_its_stated_time_touches_the_period(when: str, kind: str) -> None:
    """A document covers "a meeting whose stated time touches its period": the report says nothing of this one. The plan
    speaks of it, but has no period, and so is no report."""
    silent = ["report"]
    assert no(planned(when), asking("fact"), meeting="m") == (kind, silent)
    assert no(planned(when), asking("change"), meeting="m") == (kind, silent)


def test_one_of_two_stated_times_is_enough() -> None:
    """Put off into the period from before it, or out of it: either time is a stated one."""
    for other in ("2019-06-01/2019-06-05", "2021-06-01/2021-06-05"):
        twice = planned("2020-06-01/2020-06-05").schedule("m", other, by="document-plan")
        assert no(twice, asking("fact"), meeting="m")[0] == "not-stated"
    outside = planned("2019-06-01/2019-06-05").schedule("m", "2021-06-01/2021-06-05", by="document-plan")
    assert no(outside, asking("fact"), meeting="m")[0] == "not-covered", "between the two it is not stated to be"


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        # the day on which it became known, against the first of its period, 1 January 2020
        ("2020-01-02", "not-stated"),
        ("2020-01-01", "not-covered"),
        ("2019-08-30", "not-covered"),
        ("2021-01-31", "not-stated"),
        ("", "not-stated"),
    ],
)
def test_a_plan_cannot_be_silent_on_what_came_after_it(known: str, kind: str) -> None:
    """ "A question about what took place is covered only by documents that report": those whose period reaches back from
    the day on which they became known. A document without a date is taken to report."""
    for tells in ("fact", "change"):
        assert no(planned("2020-06-01/2020-06-05", known=known), asking(tells), meeting="m")[0] == kind
    assert no(planned("2020-06-01/2020-06-05", known=known), asking(), meeting="m")[0] == "not-stated"


def test_the_day_on_which_a_document_became_known_may_have_an_hour() -> None:
    made = MadeUp().meetings("m").schedule("m", "2020-06-01/2020-06-05", by="document-plan")
    made.document("document-plan", covers=YEAR).register(
        f'<{thing("document-plan")}> dcterms:date "2020-01-01T10:00:00Z"^^xsd:dateTime .'
    )
    assert no(made, asking("fact"), meeting="m")[0] == "not-covered"


def test_a_document_covers_what_it_speaks_of_whatever_its_period() -> None:
    """ "A document covers a thing that it speaks of": before its period, or where no period is known. Of the two, in the
    order of the answer, those with a period come first."""
    made = planned("2018-06-01/2018-06-05").schedule("m", "2018-06-01/2018-06-05", by="document-report")
    assert no(made, asking(), meeting="m") == ("not-stated", ["report", "plan"])
    assert no(made, asking("fact"), meeting="m") == ("not-stated", ["report"]), "one without a period does not report"
    assert no(planned("2018-06-01/2018-06-05"), asking(), meeting="m") == ("not-stated", ["plan"])


def test_what_no_document_speaks_of_or_holds_is_not_covered() -> None:
    """The sentence then tells of the periods that there are, those known first in front, those without a date last."""
    made = planned("2020-06-01/2020-06-05")
    for code, known in (("a", "2020-02-02"), ("b", "2020-02-01"), ("c", "")):
        made.document(f"document-{code}", covers=YEAR, known=known).schedule("n", "", by=f"document-{code}")
    made.document("document-unread", covers=YEAR)  # of which the store has no statement
    for tells in ("either", "fact", "change", "text"):
        assert no(made, asking(tells), meeting="other") == ("not-covered", ["b", "a", "report", "c"])
    assert no(MadeUp().meetings("m"), asking(), meeting="m") == ("not-covered", [])
    assert re.findall(r"document-\w+", unnamed(made.store())["en"]) == [
        "document-b", "document-a", "document-report", "document-c",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("phases", "kind"),
    [
        (("planned", "held"), "no"),
        (("planned", "under-way"), "no"),
        (("planned",), "not-stated"),
        (("held",), "not-stated"),
        (("held", "under-way"), "not-stated"),
    ],
)
def test_plan_against_fact_is_a_no_only_where_both_are_told(phases: tuple[str, ...], kind: str) -> None:
    """One that compares plan and fact "is a plain no only where both are told"; of another question the documents that
    cover it say no by counting, whatever they tell."""
    made = planned("2020-06-01/2020-06-05") if "planned" in phases else planned("").meetings("m")
    if "planned" not in phases:
        made = MadeUp().document("document-report", covers=YEAR, known="2021-01-31").meetings("m")
    for phase in phases:
        made.schedule("m", "2020-06-01/2020-06-05", phase=phase, by="document-report")
    found = no(made, asking("change", "no"), meeting="m")
    assert found == (kind, [] if kind == "no" else ["report"])
    assert no(made, asking("fact", "no"), meeting="m") == ("no", [])
    assert no(made, asking("change"), meeting="m") == ("not-stated", ["report"])


def test_a_plain_no_is_not_said_of_what_nothing_covers() -> None:
    outside = planned("2021-06-01/2021-06-05")
    assert no(outside, asking("fact", "no"), meeting="m")[0] == "not-covered"
    assert no(outside, asking("fact", "no"), meeting="n") == ("no", [])


def reports() -> MadeUp:
    """Two that report and a plan; one of them names an actor, in a statement of the year after its period."""
    made = planned("2019-06-01/2019-06-05").document("document-early", covers=YEAR, known="2019-01-01")
    made.document("document-second", covers="2021-01-01/2021-12-31", known="2022-01-31")
    made.state("Position", "document-second", f"mg:heldBy <{thing('party')}>")
    return made.state("Position", "document-early", f"mg:heldBy <{thing('party')}>")


def test_what_an_actor_did_is_covered_by_all_that_report() -> None:
    """ "One on what an actor did has no other time than the documents' own: all that report cover it, whether they name it
    or not." """
    assert no(reports(), asking("fact"), actor="stranger") == ("not-stated", ["report", "second"])
    assert no(reports(), asking("fact"), actor="party") == ("not-stated", ["report", "second"])
    # not so where something else is asked for beside it, or where not only facts count
    assert no(reports(), asking("fact"), actor="stranger", meeting="m")[0] == "not-covered"
    assert no(reports(), asking(), actor="stranger")[0] == "not-covered"
    assert no(reports(), asking("change"), actor="stranger")[0] == "not-covered"
    assert no(reports(), asking(), actor="party") == ("not-stated", ["early", "second"])
    assert no(reports(), asking("fact"), meeting="m")[0] == "not-covered", "a meeting is no actor"


def test_words_of_the_vocabulary_and_texts_are_no_things() -> None:
    """A question that names none is covered by the documents that make statements of the kinds that it reads, else by all
    whose period is known."""
    will, title = iri(namespaces.VALUES + "will"), literal("a title")
    of_class = iri(namespaces.ONTOLOGY + "Position")
    for bound in ({"modality": will}, {"title": title}, {"modality": of_class, "title": title}, {}):
        positions = asking(text="?s a mg:Position ; mg:heldBy ?party")
        assert no(reports(), positions, **bound) == ("not-stated", ["early", "second"])
        assert no(reports(), asking("fact", text="?s a mg:Position"), **bound) == ("not-stated", ["second"])
        for text in ("", "?s a mg:Visit"):
            assert no(reports(), asking(text=text), **bound) == ("not-stated", ["early", "report", "second"])
            assert no(reports(), asking("fact", text=text), **bound) == ("not-stated", ["report", "second"])


def test_without_a_known_period_nothing_covers_what_nobody_states() -> None:
    made = MadeUp().document("document-plan").meetings("m").schedule("m", "2020-06-01/2020-06-05", by="document-plan")
    assert no(made, asking(text="?s a mg:Position")) == ("not-covered", [])
    assert no(made, asking(text="?s a mg:ScheduleStatement")) == ("not-stated", ["plan"])


def test_the_text_of_a_document_is_covered_where_it_was_read() -> None:
    """One on the text of a document itself "is covered only where that document was read": not where another speaks of it."""
    made = planned("2020-06-01/2020-06-05").document("document-cited", covers=YEAR)
    made.state("Citation", "document-plan", f"mg:cites <{thing('document-cited')}>")
    assert no(made, asking("text"), meeting="document-cited")[0] == "not-covered"
    assert no(made, asking(), meeting="document-cited") == ("not-stated", ["plan"])
    assert no(made, asking("text"), meeting="document-plan") == ("not-stated", ["plan"])
    assert no(made, asking("text"), meeting="document-report") == ("not-stated", ["report"])
    assert no(made, asking("text"), meeting="m")[0] == "not-covered", "a meeting is no document"


def test_a_period_known_by_its_year_alone_holds_nothing() -> None:
    """Its days are not known; it speaks of what it speaks of, and its sentence gives no period."""
    made = MadeUp().meetings("m", "n").document("document-vague").register(
        f'<{thing("document-vague")}> mg:coversFrom "2020-01-01"^^xsd:date ; mg:coversTo "2020"^^xsd:gYear .'
    )  # fmt: skip
    made.schedule("m", "2020-06-01/2020-06-05", by="document-plan").schedule("n", "", by="document-vague")
    assert no(made, asking("fact"), meeting="m")[0] == "not-covered"
    assert no(made, asking(), meeting="n") == ("not-stated", ["vague"])
    _, words = kind_of_no(asking(), {"meeting": [iri(thing("n"))]}, made.store())
    assert "2020-01-01" not in words["en"] and "None" not in words["en"]


def test_the_sentence_gives_the_period() -> None:
    _, words = kind_of_no(asking("fact"), {"meeting": [iri(thing("m"))]}, planned("2020-06-01/2020-06-05").store())
    for text in words.values():
        assert re.findall(r"\d{4}-\d\d-\d\d", text) == ["2020-01-01", "2020-12-31"]
