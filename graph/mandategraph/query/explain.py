"""What a stored query is, told to people: its question, its parameters with their legal values, an example."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from typing import Any

from mandategraph.answers import grid
from mandategraph.answers.grid import Grid, Layout
from mandategraph.messages import gettext, pgettext, text_of
from mandategraph.query.catalogue import Parameter, StoredQuery, default_terms, slots
from mandategraph.query.catalogue_rdf import write_catalogue
from mandategraph.query.run import Runner
from mandategraph.rdf import namespaces
from mandategraph.store.base import rows

_MOST_VALUES = 40


def entry(query: StoredQuery) -> dict[str, Any]:
    """One stored query in the list of all."""
    return {
        "name": query.name,
        "ids": list(query.ids),
        "question": query.question,
        "summary": query.summary,
        "tags": list(query.tags),
        "basis": query.basis,
        "params": {name: parameter.type for name, parameter in query.parameters.items()},
    }


def explanation(query: StoredQuery, runner: Runner) -> dict[str, Any]:
    """Everything about one stored query; the runner's store gives the legal values of its parameters."""
    params = {
        name: {
            "type": parameter.type,
            "title": parameter.title,
            "example": parameter.example,
            "default": [_short(term.value) for term in default_terms(query, name)],
            "values": legal_values(parameter, runner),
        }
        for name, parameter in query.parameters.items()
    }
    wordings = {language: [one.text for one in items] for language, items in query.ask.items()}
    told = {"description": " ".join(query.description.split()), "note": query.note or None, "empty": query.empty}
    columns = {"columns": query.columns, "key": list(query.key)}
    return {**entry(query), **told, "wordings": wordings, "params": params, **columns, "example": example(query)}


def legal_values(parameter: Parameter, runner: Runner) -> list[str]:
    """What the parameter may be: the listed values, what its SPARQL finds, or every thing of its kind; empty when
    anything of its type will do."""
    if isinstance(parameter.legal, tuple):
        return list(parameter.legal)
    if isinstance(parameter.legal, str):
        found = rows(runner.store.query(parameter.legal))
        return sorted({_short(row[0].value) for row in found.rows if row and row[0]})
    if parameter.kinds:
        return [candidate.code for candidate in runner.resolver().legal(parameter.kinds)]
    return []


def example(query: StoredQuery) -> str:
    """A command that runs it."""
    asked = [query.parameters[name] for name in slots(query.question["en"]) if name in query.parameters]
    given = "".join(f" --param {shlex.quote(f'{one.name}={one.example}')}" for one in asked)
    return f"mandategraph query {query.name}{given}"


def _list_text(queries: list[StoredQuery], layout: Layout) -> str:
    return grid.as_text(_list_grid(queries, layout), layout)


def _list_markdown(queries: list[StoredQuery], layout: Layout) -> str:
    return grid.as_markdown(_list_grid(queries, layout))


def _list_json(queries: list[StoredQuery], layout: Layout) -> str:
    return json.dumps([entry(query) for query in queries], ensure_ascii=False, indent=2) + "\n"


def _list_grid(queries: list[StoredQuery], layout: Layout) -> Grid:
    titles = tuple(map(layout.words, (gettext("Name"), pgettext("column of queries", "Answers"), gettext("Question"))))
    lines = tuple(
        ((query.name,), (" ".join(query.ids),), (_in(query.question, layout),))
        for query in sorted(queries, key=lambda query: (min(query.ids, default="~"), query.name))
    )
    return Grid(titles, lines)


LIST_FORMATS: dict[str, Callable[[list[StoredQuery], Layout], str]] = {
    "table": _list_text,
    "json": _list_json,
    "md": _list_markdown,
    "turtle": lambda queries, _: write_catalogue(queries, "turtle"),
    "jsonld": lambda queries, _: write_catalogue(queries, "jsonld"),
}


def write_explanation(query: StoredQuery, runner: Runner, form: str, layout: Layout) -> str:
    """The explanation of one stored query as ``table`` (text), ``json`` or ``md``."""
    told = explanation(query, runner)
    if form == "json":
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    lines = _lines(query, told, layout)
    if form == "md":
        return f"# {query.name}\n\n" + "".join(f"- **{name}:** {grid.markdown(text)}\n" for name, text in lines)
    width = max(len(name) for name, _ in lines) + 2
    return f"{query.name}\n" + "".join(f"  {name + ':':<{width}}{text}\n" for name, text in lines)


def _lines(query: StoredQuery, told: dict[str, Any], layout: Layout) -> list[tuple[str, str]]:
    lines = [*_questions(query), ("summary", query.summary)]
    lines += [("description", told["description"])] if told["description"] else []
    lines += [("answers", ", ".join(query.ids))] if query.ids else []
    for name, parameter in told["params"].items():
        title = _in(parameter["title"], layout)
        what = f"{parameter['type']}, {title}" if title else parameter["type"]
        lines.append((f"--param {name}", f"{what}; e.g. {parameter['example']}"))
        lines.append(("  default", ", ".join(parameter["default"]) or "any"))
        values = parameter["values"]
        more = f" and {len(values) - _MOST_VALUES} more" if len(values) > _MOST_VALUES else ""
        lines += [("  values", ", ".join(values[:_MOST_VALUES]) + more)] if values else []
    for language, wordings in told["wordings"].items():
        lines.append((f"ask ({language})", " | ".join(wordings)))
    lines.append(("basis", query.basis))
    lines += [("note", " ".join(_in(query.note, layout).split()))] if query.note else []
    lines += [("when empty", query.empty), ("example", told["example"])]
    return lines


def _in(texts: dict[str, str], layout: Layout) -> str:
    return text_of(texts).in_first(layout.languages)


def _questions(query: StoredQuery) -> Iterator[tuple[str, str]]:
    """The question in each language that has one, under the word of that language."""
    word = pgettext("a line that says what is asked", "question")
    return ((word[language], said) for language, said in text_of(query.question).items())


def _short(value: str) -> str:
    return namespaces.compact(value) if value.startswith(("http:", "https:")) else value
