"""Writing answers: one table of formats for each kind of result. What the command line offers are the same names
(`commands/options`), written out there so that help needs none of this."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable
from typing import Any

from mandategraph.answers import grid, sparql_results
from mandategraph.answers.answer import Answer
from mandategraph.answers.grid import Layout, state_told
from mandategraph.messages import Text, gettext, text_of
from mandategraph.rdf import namespaces
from mandategraph.store.base import Rows, Term, Triples
from mandategraph.store.formats import FORMATS, write_triples
from mandategraph.system.errors import UsageError

_STATUSES = {
    "answered": gettext("answered"),
    "no": gettext("No: the documents say so."),
    "not-stated": gettext("Not stated: no document in whose period it falls says anything about it."),
    "not-covered": gettext("Not covered: outside the period or scope of the documents."),
}
_BASES = {
    "explicit": gettext("explicit in the text"),
    "derived": gettext("derived by a rule"),
    "interpretation": gettext("an interpretation"),
}


def envelope(answer: Answer) -> dict[str, Any]:
    """The answer as one plain object: id, question, query, params, status, basis, note, rows (flat); for an earlier state
    of knowledge also as_of."""
    return {
        "id": answer.id,
        "question": answer.question,
        "query": answer.query,
        "params": {name: values[0] if len(values) == 1 else list(values) for name, values in answer.params.items()},
        "status": answer.status,
        "basis": answer.basis,
        "note": answer.note or None,
        **({"as_of": answer.as_of} if answer.as_of else {}),
        "rows": answer.flat(),
    }


def summary(answer: Answer, layout: Layout) -> list[str]:
    """What stands below an answer: how many, or which kind of no; its basis; the query and its parameters; the state of
    knowledge where it is an earlier one; the note."""
    found = answer.rows and answer.status == "answered"
    count = _count(answer) if found else text_of(answer.denial) or _STATUSES[answer.status]
    identifier = f" ({answer.id})" if answer.id != answer.query else ""
    asked = f"{answer.query}{identifier}" + "".join(f", {name}={value}" for name, value in answer.given())
    first = gettext("{count}. Basis: {basis}.", count=_without_stop(count), basis=_BASES[answer.basis])
    lines = [layout.words(first), grid.clean(layout.words(gettext("Query: {query}", query=asked)))]
    if answer.as_of:
        lines.append(state_told(answer.as_of, layout))
    note = " ".join(text_of(answer.note).in_first(layout.languages).split())
    return [*lines, layout.words(gettext("Note: {note}", note=note))] if note else lines


def _count(answer: Answer) -> Text:
    if answer.page is None or len(answer.rows) == answer.page.total:
        return gettext("{count} found", count=len(answer.rows))
    first = answer.page.first
    last = first + len(answer.rows) - 1
    return gettext("{total} found, here {first}–{last}", total=answer.page.total, first=first, last=last)


def _without_stop(sentence: Text) -> Text:
    """A sentence to which something is added."""
    return Text((language, words.rstrip(".。")) for language, words in sentence.items())


def _table(answer: Answer, layout: Layout) -> str:
    body = grid.as_text(grid.of_answer(answer, layout), layout) + "\n" if answer.rows else ""
    return f"{_question(answer, layout)}\n\n{body}" + "\n".join(summary(answer, layout)) + "\n"


def _markdown(answer: Answer, layout: Layout) -> str:
    body = grid.as_markdown(grid.of_answer(answer, layout)) + "\n" if answer.rows else ""
    below = "  \n".join(grid.markdown(line) for line in summary(answer, layout))
    return f"**{grid.markdown(_question(answer, layout))}**\n\n{body}{below}\n"


def _html(answer: Answer, layout: Layout) -> str:
    body = grid.as_html(grid.of_answer(answer, layout)) if answer.rows else ""
    below = "".join(f"<p>{html.escape(line)}</p>\n" for line in summary(answer, layout))
    question = _question(answer, layout)
    return grid.html_page(question, f"<h1>{html.escape(question)}</h1>\n{body}{below}", layout.languages[0])


def _question(answer: Answer, layout: Layout) -> str:
    return grid.clean(text_of(answer.question).in_first(layout.languages))


def _json(answer: Answer, layout: Layout) -> str:
    return json.dumps(envelope(answer), ensure_ascii=False, indent=2) + "\n"


def _csv(answer: Answer, layout: Layout) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, answer.flat_names(layout.languages))
    writer.writeheader()
    writer.writerows(answer.flat(layout.languages))
    return out.getvalue()


def _tsv(answer: Answer, layout: Layout) -> str:
    names = answer.flat_names(layout.languages)
    lines = ["\t".join(names)]
    for row in answer.flat(layout.languages):
        lines.append("\t".join(" ".join((row[name] or "").split()) for name in names))
    return "\n".join(lines) + "\n"


def _xml(answer: Answer, layout: Layout) -> str:
    names = tuple(answer.flat_names(layout.languages))
    found = (tuple(_literal(row[name]) for name in names) for row in answer.flat(layout.languages))
    return sparql_results.as_xml(Rows(names, tuple(found)))


def _literal(value: str | None) -> Term | None:
    return None if value is None else Term("literal", value)


ROW_FORMATS: dict[str, Callable[[Answer, Layout], str]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
    "md": _markdown,
    "html": _html,
}

WITHOUT_ROOM = ("csv", "tsv", "xml")
"""Formats of rows in which nothing but rows can stand: the kind of no must be told beside them."""

RESULT_FORMATS: dict[str, Callable[[Rows | bool, Layout], str]] = {
    "table": lambda result, layout: grid.as_text(grid.of_rows(result), layout),
    "csv": lambda result, layout: sparql_results.as_csv(result),
    "tsv": lambda result, layout: sparql_results.as_tsv(result),
    "json": lambda result, layout: sparql_results.as_json(result),
    "xml": lambda result, layout: sparql_results.as_xml(result),
    "md": lambda result, layout: grid.as_markdown(grid.of_rows(result)),
    "html": lambda result, layout: grid.html_page("SPARQL", grid.as_html(grid.of_rows(result)), "en"),
}

GRAPH_FORMATS: tuple[str, ...] = tuple(FORMATS)
ALL_FORMATS: tuple[str, ...] = (*ROW_FORMATS, *GRAPH_FORMATS)


def write_answer(answer: Answer, form: str | None, layout: Layout) -> str:
    """An answer in one of ROW_FORMATS, or one of GRAPH_FORMATS when it is a graph; by default ``table`` or ``turtle``.

    Raises UsageError when the format does not fit the answer.
    """
    if answer.graph is not None:
        return _graph(answer.graph, form)
    form = form or "table"
    if form not in ROW_FORMATS:
        raise _misfit(form, "rows", tuple(ROW_FORMATS))
    return ROW_FORMATS[form](answer, layout)


def write_result(result: Rows | bool | Triples, form: str | None, layout: Layout) -> str:
    """The result of any SPARQL query in a format that fits it. Raises UsageError when it does not."""
    if isinstance(result, Triples):
        return _graph(result, form)
    form = form or "table"
    if form not in RESULT_FORMATS:
        raise _misfit(form, "rows", tuple(RESULT_FORMATS))
    return RESULT_FORMATS[form](result, layout)


def _graph(graph: Triples, form: str | None) -> str:
    form = form or "turtle"
    if form not in GRAPH_FORMATS:
        raise _misfit(form, "a graph", GRAPH_FORMATS)
    return write_triples(graph, form, namespaces.prefixes()).decode("utf-8")


def _misfit(form: str, made: str, fitting: tuple[str, ...]) -> UsageError:
    return UsageError(f"this query gives {made}, which cannot be written as {form}.", None, f"Use {'|'.join(fitting)}.")
