"""The questions that the graph knows, by number or in words: those of stored queries, and those that a verb answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mandategraph.answers.answer import Answer, Cell, Column
from mandategraph.answers.grid import Layout
from mandategraph.answers.write_answer import envelope, write_answer
from mandategraph.ask.templates import Templates
from mandategraph.ask.understand import Understood, understand
from mandategraph.ask.verb_questions import VerbQuestion, verb_questions
from mandategraph.messages import LANGUAGES, NO_TEXT, Text, gettext, joined_text, text_of
from mandategraph.query.catalogue import Catalogue, StoredQuery
from mandategraph.query.negative_answers import unnamed
from mandategraph.query.run import Runner
from mandategraph.store.base import Store
from mandategraph.system import resources
from mandategraph.system.errors import NotFound
from mandategraph.system.precomputed import precomputed

_MADE_BY = ("messages", "rdf", "model", "store", "answers", "lookup", "query", "ask")
"""The rooms whose code questions and wordings follow from."""
_ID = re.compile(r"([A-Z]+)(\d+)$")

Question = StoredQuery | VerbQuestion
Params = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class UnderstoodAnswer:
    """The answer to a question in words, and how the question was understood."""

    understood: Understood[Question]
    answer: Answer


class QuestionService:
    """All known questions over one store."""

    def __init__(self, store: Store, catalogue: Catalogue | None = None) -> None:
        self.store = store
        self.runner = Runner(store)
        questions, self._templates = _shipped() if catalogue is None or catalogue.shipped else _read(catalogue)
        self._numbered: dict[str, tuple[Question, Params]] = {}
        for one in questions:
            for identifier, preset in _identifiers(one).items():
                self._numbered[identifier] = (one, preset)

    def ids(self) -> list[str]:
        """The ids of all questions that have an answer, in the order of their letter and number."""
        return sorted(self._numbered, key=_order)

    def answer(self, identifier: str, *, named_only: bool = False) -> Answer:
        """The answer to one question; not covered where no document of the store names what it is about.

        Raises:
            NotFound: no question has this id; with ``named_only`` also where no document names what it is about.
        """
        wanted = identifier.strip().upper()
        if wanted not in self._numbered:
            near = [one for one in self.ids() if one[:1] == wanted[:1]]
            raise NotFound(
                f"no question is known as '{identifier}'",
                hint=f"Some are {', '.join((near or self.ids())[:8])}; mandategraph questions lists all.",
            )
        question, preset = self._numbered[wanted]
        try:
            answer = self._answered(question, preset)
        except NotFound:  # the question's example is known in other states of knowledge
            if named_only:
                raise
            answer = self._not_covered(question, preset)
        return replace(answer, id=wanted)

    def ask(self, question: str, *, detail: bool = False) -> UnderstoodAnswer:
        """The answer to a question in English or Chinese; ``detail`` leaves the rows of a stored query unfolded. Its
        note says first which words of the question were not taken into account.

        Raises:
            NotFound, UsageError: as `understand`, and as what answers it.
        """
        understood = self.understood(question)
        answer = self._answered(understood.query, understood.params, detail)
        return UnderstoodAnswer(understood, answer.noted(_left_over(understood.left_over)))

    def understood(self, question: str) -> Understood[Question]:
        """Which of the questions this one is, and with which parameters.

        Raises:
            NotFound, UsageError: as `understand`.
        """
        return understand(question, self._templates, self.runner.resolver())

    def _answered(self, question: Question, params: Params, detail: bool = False) -> Answer:
        if isinstance(question, StoredQuery):
            return self.runner.answer(question, params, detail=detail)
        # The analyses and the looking up take longer to import than a stored query to be answered.
        from mandategraph.analysis.dispatch import ANALYSES, analyse
        from mandategraph.lookup.dispatch import look_up

        options = question.options(params)
        if question.name in ANALYSES:
            answer = analyse(question.name, self.store, options)
        else:
            answer = look_up(question.name, options["words"], self.store).answer
        if question.identifier is None or not question.is_example(params):
            return answer
        return replace(answer, id=question.identifier, question=question.own_words())

    def _not_covered(self, question: Question, preset: Params) -> Answer:
        if isinstance(question, StoredQuery):
            return self.runner.not_covered(question, preset)
        from mandategraph.analysis import tables

        note = unnamed(self.store)
        return tables.answer(question.name, question.own_words(), note, (), (), empty="not-covered")


Known = tuple[tuple[Question, ...], Templates[Question]]


@cache
def _shipped() -> Known:
    """The shipped questions and their wordings. Reading and weighing them takes longer than all else in an answer."""
    code = [file for room in _MADE_BY for file in resources.code_files(f"mandategraph.{room}")]
    files = [*resources.query_files(), resources.verbs_file(), *code]
    known: Known = precomputed("questions", files, lambda: _read(Catalogue()))
    return known


def _read(catalogue: Catalogue) -> Known:
    questions: tuple[Question, ...] = (*catalogue.all(), *verb_questions())
    templates = Templates(questions)
    templates.prepare()
    return questions, templates


def _left_over(words: Sequence[str]) -> Text:
    if not words:
        return NO_TEXT
    return gettext("Not taken into account: {words}.", words=joined_text(f"“{one}”" for one in words))


def _identifiers(question: Question) -> Mapping[str, Params]:
    if isinstance(question, StoredQuery):
        return question.ids
    return {question.identifier: {}} if question.identifier else {}


def listing(answers: Iterator[Answer]) -> Answer:
    """The questions as a table: id, question in all languages, what answers it."""
    titles = {
        "id": gettext("Id"),
        "question": gettext("Question"),
        "query": gettext("Answered by"),
        "status": gettext("Status"),
    }
    columns = tuple(
        Column(name, title, LANGUAGES if name == "question" else ("value",)) for name, title in titles.items()
    )
    rows = tuple(
        (
            (Cell(one.id),),
            (Cell(None, text_of(one.question)),),
            (Cell(one.query),),
            (Cell(one.status),),
        )
        for one in answers
    )
    question = gettext("Which questions does the graph know?")
    return Answer("", question, "questions", {}, "answered", "explicit", {}, columns, rows, ("id",))


def _order(identifier: str) -> tuple[str, int]:
    match = _ID.match(identifier)
    return (match[1], int(match[2])) if match else (identifier, 0)


def _json(answers: Iterator[Answer], layout: Layout) -> str:
    return json.dumps([envelope(one) for one in answers], ensure_ascii=False, indent=2) + "\n"


def _each(form: str) -> Callable[[Iterator[Answer], Layout], str]:
    def write(answers: Iterator[Answer], layout: Layout) -> str:
        return "\n".join(f"{one.id}\n{write_answer(one, form, layout)}" for one in answers)

    return write


WRITERS: dict[str, Callable[[Iterator[Answer], Layout], str]] = {
    "table": _each("table"),
    "json": _json,
    "md": _each("md"),
    "html": _each("html"),
}
"""How to write many answers: one array of objects as JSON, one after the other for people."""
