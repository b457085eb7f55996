"""The tools of MCP, without MCP: every stored question as a typed function, and the verbs for looking things up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mandategraph.answers.answer import SOURCE, Answer
from mandategraph.answers.grid import Layout
from mandategraph.answers.write_description import write_profile
from mandategraph.messages import SOURCE_LANGUAGE, Text, gettext, text_of
from mandategraph.query.catalogue import StoredQuery
from mandategraph.serve import schemas
from mandategraph.serve.render_answer import Paging, paged, with_extent
from mandategraph.serve.result import Extent
from mandategraph.serve.session import Session
from mandategraph.system.errors import UsageError, did_you_mean

Arguments = dict[str, Any]
Outcome = dict[str, Any]

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ROWS = 100
_MOST_ROWS = 1000
_AS_OF = "as_of"
_SINGLE = ("text", "thing", _AS_OF, "page", "page_size")
_BOTH = Layout()

OUTCOME: schemas.Schema = {
    "type": "object",
    "required": ["status", "extent", "sources"],
    "properties": {
        "status": {
            "type": "string",
            "enum": ["answered", "no", "not-stated", "not-covered"],
            "description": "no: the documents say so; not-stated: they are silent; not-covered: out of their scope",
        },
        "extent": {
            "type": "object",
            "properties": {
                "status": {"type": "string", "enum": ["complete", "truncated", "unknown"]},
                "rows": {"type": "integer", "description": "how many rows there are in all"},
            },
        },
        "basis": {"type": "string", "description": "explicit, derived or interpretation"},
        "as_of": {"type": "string", "description": "of which earlier state of knowledge this is"},
        "rows": {"type": "array", "items": {"type": "object"}},
        "sources": {"type": "array", "items": {"type": "string"}, "description": "document, place and line"},
    },
}
"""What every tool gives, among other things."""


@dataclass(frozen=True)
class Tool:
    """One tool: its name, what it does in each language, the schema of its arguments, and the function itself."""

    name: str
    title: str
    description: str
    arguments: schemas.Schema
    run: Callable[[Session, Arguments], Outcome]


class Toolbox:
    """All tools over one store."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.tools = {tool.name: tool for tool in (*self._stored(), *self._looking())}

    def call(self, name: str, given: Arguments) -> Outcome:
        """Run a tool. Raises UsageError for an unknown tool or argument, or whatever the question itself raises."""
        tool = self.tools.get(name)
        if tool is None:
            from rapidfuzz import process

            near = [found for found, _, _ in process.extract(name, list(self.tools), score_cutoff=60, limit=3)]
            raise UsageError(f"there is no tool '{name}'.", None, did_you_mean(near))
        known = tool.arguments["properties"]
        given = {argument: value for argument, value in given.items() if value is not None}
        for argument, value in given.items():
            if argument not in known:
                raise UsageError(f"{name} takes no '{argument}'.", None, f"It takes: {', '.join(known)}.")
            listed = isinstance(value, list) and argument not in _SINGLE
            if any(isinstance(one, list | dict) for one in (value if listed else [value])):
                raise UsageError(f"'{argument}' of {name} is not a plain value.", None, "Give a text or a number.")
        for argument in tool.arguments["required"]:
            if given.get(argument) in (None, "", []):
                example = (known[argument].get("enum") or known[argument]["examples"])[0]
                raise UsageError(f"{name} needs '{argument}'.", None, f"For example {example}.")
        self._session = self._session.fresh()
        return tool.run(self._session.at(_as_of(given)), given)

    def _stored(self) -> Iterator[Tool]:
        runner = self._session.runner(self._session.bounding())
        for query in self._session.catalogue.all():
            if not _NAME.fullmatch(query.name):
                raise UsageError(f"'{query.name}' cannot be the name of a tool.")
            properties: schemas.Schema = {}
            required = []
            for name, parameter in query.parameters.items():
                schema = schemas.value_schema(parameter, runner)
                one = schemas.is_asked(query, name)
                default = schemas.defaults(query, name)
                required += [name] if one and default else []
                properties[name] = _described(schema, schemas.described(parameter), one, default)
            asked = text_of(query.question)
            description = "\n".join((*asked.values(), query.summary + "."))
            yield Tool(query.name, asked[SOURCE_LANGUAGE], description, _object(properties, required), _runs(query))

    def _looking(self) -> Iterator[Tool]:
        about = {
            "ask": (gettext("Answer a question in plain English or Chinese"), "which meetings feed SBI-3"),
            "resolve": (gettext("Tell what a code, name, symbol or address means"), "WG8(j)"),
            "search": (gettext("Find part of a phrase, in either script"), "zero draft"),
        }
        functions = {"ask": _ask, "resolve": _look_up("resolve"), "search": _look_up("search")}
        for name, (title, example) in about.items():
            words = {"text": {"type": "string", "description": " / ".join(title.values()), "examples": [example]}}
            yield Tool(name, title[SOURCE_LANGUAGE], _sentences(title), _object(words, ["text"]), functions[name])
        words = {"thing": {"type": "string", "description": "a code, a name or an address", "examples": ["WG2020-3"]}}
        title = gettext("All that is known of one thing, with sources")
        schema = _object(words, ["thing"], paged=False)
        yield Tool("show", title[SOURCE_LANGUAGE], _sentences(title), schema, _show)


def _sentences(title: Text) -> str:
    """A title as a sentence in each language, one a line."""
    return "\n".join(gettext("{title}.", title=title).values())


def _runs(query: StoredQuery) -> Callable[[Session, Arguments], Outcome]:
    def run(session: Session, given: Arguments) -> Outcome:
        params = {name: _listed(value) for name, value in given.items() if name in query.parameters}
        store = session.bounding()
        return _told(session.graph(store).run(query, params).record, store.extent, given)

    return run


def _ask(session: Session, given: Arguments) -> Outcome:
    store = session.bounding()
    answer = session.graph(store).ask(str(given["text"]))
    understood = answer.understood.template if answer.understood else None
    return {**_told(answer.record, store.extent, given), "understood_as": understood}


def _look_up(verb: str) -> Callable[[Session, Arguments], Outcome]:
    def run(session: Session, given: Arguments) -> Outcome:
        store = session.bounding()
        return _told(session.graph(store).look_up(verb, [str(given["text"])]).record, store.extent, given)

    return run


def _show(session: Session, given: Arguments) -> Outcome:
    profile = session.graph(session.bounding()).show(str(given["thing"])).profile
    told: Outcome = json.loads(write_profile(profile, "json", _BOTH))
    sources = [source for statement in told["statements"] for source in statement["source"]]
    extent = {"status": session.bounding().extent, "rows": len(told["statements"])}
    status = "answered" if told["statements"] or told["facts"] else "not-stated"
    left_out = {"left_out": list(names)} if (names := session.undated.names) else {}
    return {"status": status, "extent": extent, **told, **left_out, "sources": list(dict.fromkeys(sources))}


def _told(answer: Answer, extent: Extent, given: Arguments) -> Outcome:
    """An answer as it goes to a model: the rows of one page, the sources of these, and whether that is all."""
    total = len(answer.rows)
    pages = Paging(_number(given, "page", 1, 10**6), _number(given, "page_size", _ROWS, _MOST_ROWS))
    shown = paged(answer, pages, total)
    if len(shown.rows) < total and extent == "complete":
        extent = "truncated"
    return {**with_extent(shown, extent, total, pages), "sources": _sources(shown)}


def _sources(answer: Answer) -> list[str]:
    places = [place for place, column in enumerate(answer.columns) if column.name == SOURCE]
    found = [cell.value for row in answer.rows for place in places for cell in row[place] if cell.value]
    return list(dict.fromkeys(found))


def _described(schema: schemas.Schema, description: str, one: bool, default: list[str]) -> schemas.Schema:
    if one:
        return {**schema, "description": description}
    listed: schemas.Schema = {"type": "array", "items": schema, "description": description}
    if default:
        listed["default"] = [int(value) if schema["type"] == "integer" else value for value in default]
    return listed


_PAGES: schemas.Schema = {
    "page": {"type": "integer", "minimum": 1, "default": 1, "description": "which page of the rows"},
    "page_size": {"type": "integer", "minimum": 1, "maximum": _MOST_ROWS, "default": _ROWS, "description": "its rows"},
}


_STATE: schemas.Schema = {
    _AS_OF: {
        "type": "string",
        "description": "only what was known on that day, or with that document",
        "examples": ["2019-08-30"],
    }
}


def _object(properties: schemas.Schema, required: list[str], *, paged: bool = True) -> schemas.Schema:
    whole = {**properties, **(_PAGES if paged else {}), **_STATE}
    return {"type": "object", "properties": whole, "required": required, "additionalProperties": False}


def _as_of(given: Arguments) -> str | None:
    return str(given[_AS_OF]) if given.get(_AS_OF) else None


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _number(given: Arguments, name: str, default: int, most: int) -> int:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise UsageError(f"{name} must be a whole number from 1 to {most}.")
    return value
