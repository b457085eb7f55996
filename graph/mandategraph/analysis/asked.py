"""The questions that the graph knows, by their ids: those answered by stored queries and those answered by analyses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from mandategraph.analysis.registry import QUESTIONS, analyse
from mandategraph.errors import NotFound
from mandategraph.query.answers import Answer, Cell, Column
from mandategraph.query.catalogue import Catalogue, StoredQuery
from mandategraph.query.grid import Layout
from mandategraph.query.present import envelope, write_answer
from mandategraph.query.run import Runner
from mandategraph.store.base import Store

_ID = re.compile(r"([A-Z]+)(\d+)$")


class Asked:
    """All known questions over one store."""

    def __init__(self, store: Store, catalogue: Catalogue | None = None) -> None:
        self.store = store
        self.runner = Runner(store)
        self._stored: dict[str, tuple[StoredQuery, dict[str, tuple[str, ...]]]] = {}
        for query in (catalogue or Catalogue()).all():
            for identifier, preset in query.ids.items():
                self._stored[identifier] = (query, preset)

    def ids(self) -> list[str]:
        """The ids of all questions that have an answer, in the order of their letter and number."""
        return sorted({*self._stored, *QUESTIONS}, key=_order)

    def answer(self, identifier: str) -> Answer:
        """The answer to one question.

        Raises:
            NotFound: no question has this id.
        """
        wanted = identifier.strip().upper()
        if wanted in self._stored:
            query, preset = self._stored[wanted]
            answer = self.runner.answer(query, preset)
        elif wanted in QUESTIONS:
            name, given = QUESTIONS[wanted]
            answer = analyse(name, self.store, given)
        else:
            near = [one for one in self.ids() if one[:1] == wanted[:1]]
            raise NotFound(f"no question is known as '{identifier}'", hint=f"Known: {', '.join(near or self.ids())}.")
        return replace(answer, id=wanted)

    def answers(self, identifiers: Sequence[str] = ()) -> Iterator[Answer]:
        """The answers to these questions, or to all of them."""
        return (self.answer(identifier) for identifier in identifiers or self.ids())


def listing(answers: Iterator[Answer]) -> Answer:
    """The questions as a table: id, question in both languages, what answers it."""
    titles = {
        "id": {"en": "Id", "zh": "编号"},
        "question": {"en": "Question", "zh": "问题"},
        "query": {"en": "Answered by", "zh": "查询"},
        "status": {"en": "Status", "zh": "结果"},
    }
    columns = tuple(
        Column(name, title, ("en", "zh") if name == "question" else ("value",)) for name, title in titles.items()
    )
    rows = tuple(
        (
            (Cell(one.id),),
            (Cell(None, one.question.get("en"), one.question.get("zh")),),
            (Cell(one.query),),
            (Cell(one.status),),
        )
        for one in answers
    )
    question = {"en": "Which questions does the graph know?", "zh": "本图能回答哪些问题？"}
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
