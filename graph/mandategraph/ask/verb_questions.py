"""Questions that a verb answers and not a stored query: ``queries/verbs.yml``, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mandategraph.model import codes
from mandategraph.query.catalogue import SLOT, TYPES, Catalogue, Parameter, StoredQuery, Worded, Wording, slots
from mandategraph.rdf import namespaces
from mandategraph.system import resources
from mandategraph.system.errors import InputError, NotFound

VERBS = "verbs.yml"
_FIELDS = {"id", "verb", "with", "question", "ask", "params"}


@dataclass(frozen=True, slots=True)
class VerbQuestion:
    """A question, the verb that answers it and what the verb is given; slots in `given` stand for parameters."""

    name: str
    identifier: str | None
    question: Worded
    ask: Mapping[str, tuple[str, ...]]
    given: Mapping[str, Any]
    parameters: Mapping[str, Parameter]

    def wordings(self) -> Iterable[Wording]:
        """Every way to ask it."""
        for language, question in self.question.items():
            yield Wording(question)
            yield from (Wording(text) for text in self.ask.get(language, ()))

    def own_words(self) -> Worded:
        """The question with the parameters of its example."""
        examples = {name: parameter.example for name, parameter in self.parameters.items()}
        return {language: _filled(text, examples) for language, text in self.question.items()}

    def is_example(self, params: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether these parameters are those of the question's own example."""
        return all(
            codes.key(namespaces.compact(params[name][0])) == codes.key(parameter.example)
            for name, parameter in self.parameters.items()
            if params.get(name)
        )

    def options(self, params: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
        """What the verb is given, with these parameters; with those of the example where none is named."""
        values = {name: (params.get(name) or (parameter.example,))[0] for name, parameter in self.parameters.items()}
        return {name: _filled(value, values) for name, value in self.given.items()}


@cache
def verb_questions() -> tuple[VerbQuestion, ...]:
    """All of them, in the order of the file.

    Raises:
        InputError: an entry is not as it must be.
    """
    from mandategraph.model.register import read_yaml

    entries = read_yaml(resources.verbs_file().read_text(encoding="utf-8"), f"queries/{VERBS}")
    if not isinstance(entries, list):
        raise InputError("the file must hold a list of questions", where=f"queries/{VERBS}")
    return tuple(_question(number, entry) for number, entry in enumerate(entries, 1))


def _question(number: int, entry: Any) -> VerbQuestion:
    where = f"queries/{VERBS}, entry {number}"
    if not isinstance(entry, dict) or not set(entry) <= _FIELDS or not {"verb", "question"} <= set(entry):
        raise InputError(f"an entry has 'verb' and 'question', and no other than {sorted(_FIELDS)}", where=where)
    parameters = {name: _parameter(name, one, where) for name, one in entry.get("params", {}).items()}
    given = entry.get("with", {})
    texts = [*entry["question"].values(), *(text for texts in entry.get("ask", {}).values() for text in texts)]
    strange = {slot for text in [*texts, *map(str, given.values())] for slot in slots(text)} - set(parameters)
    if strange:
        raise InputError(f"the slot {{{min(strange)}}} is no parameter", where=where)
    ask = {language: tuple(texts) for language, texts in entry.get("ask", {}).items()}
    return VerbQuestion(entry["verb"], entry.get("id"), entry["question"], ask, given, parameters)


def _parameter(name: str, entry: Mapping[str, Any], where: str) -> Parameter:
    if entry.get("type") not in TYPES or "example" not in entry:
        raise InputError(f"the parameter {name} needs an example, and a type of {', '.join(TYPES)}", where=where)
    return Parameter(name, entry["type"], str(entry["example"]), {}, ())


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_filled(one, values) for one in value]
    return SLOT.sub(lambda found: values[found[1]], value) if isinstance(value, str) else value


def find_stored(catalogue: Catalogue, name: str) -> tuple[StoredQuery, dict[str, tuple[str, ...]]]:
    """A stored query by its name or the id of a question, and what the id presets.

    Raises NotFound when there is none; where a verb answers the question of that id, this is told.
    """
    try:
        return catalogue.find(name)
    except NotFound:
        for question in verb_questions():
            if question.identifier == name.strip().upper():
                told = f"{question.identifier} is answered by {question.name}, not by a stored query."
                raise NotFound(told, None, f"Run 'mandategraph questions run {question.identifier}'.") from None
        raise
