"""The head of a stored query: leading ``#+`` lines of YAML in grlc's keys, and ours prefixed ``x-``.

An unknown key is a warning; a head that cannot be used is an InputError that names file and line, never a query that
silently goes missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mandategraph.messages import LANGUAGES, SOURCE_LANGUAGE
from mandategraph.system.errors import InputError

if TYPE_CHECKING:
    import yaml

MARK = "#+"
_LANGUAGES = " and ".join(f"'{language}'" for language in LANGUAGES)
SHOW = "show"
"""The key of a column that says what its cells show of the thing that the query gives there."""
CODE, IRI, LABEL = "code", "iri", "label"
SHOWS = ([CODE], [CODE, LABEL], [IRI, LABEL], [LABEL])
"""What a column may show of a thing."""
BASES = ("explicit", "derived", "interpretation")
EMPTIES = ("not-stated", "no")
TELLS = ("fact", "either", "change", "text")
SAY = "say"


@dataclass(frozen=True, slots=True)
class Head:
    """The checked content of a head: key -> value, the file's line of each key, and warnings."""

    values: dict[str, Any]
    lines: dict[str, int]
    file: str
    warnings: tuple[str, ...]

    def fail(self, key: str, message: str) -> InputError:
        """An error about one key, at its line."""
        return InputError(f"{key}: {message}", file=self.file, line=self.lines.get(key, 1))


def read_head(text: str, file: str) -> Head:
    """Parse and check the head of a stored query; ``file`` is its name in messages.

    Raises InputError when there is no head, it is not YAML, or a value is not what its key needs.
    """
    values, lines = _mapping(_yaml_of(text, file), file)
    warnings = [f"{file}, line {lines[key]}: unknown key '{key}'" for key in values if key not in _CHECKS]
    head = Head(values, lines, file, tuple(warnings))
    for key in _REQUIRED:
        if key not in values:
            raise InputError(f"the head has no '{key}'", file=file, line=1, hint=f"Add a line '#+ {key}: ...'.")
    for key, value in values.items():
        check = _CHECKS.get(key)
        wrong = check(value) if check else None
        if wrong:
            raise head.fail(key, wrong)
    return head


def head_length(text: str) -> int:
    """How many leading lines make the head."""
    count = 0
    for line in text.splitlines():
        if not line.startswith(MARK):
            break
        count += 1
    return count


def _yaml_of(text: str, file: str) -> str:
    lines = text.splitlines()[: head_length(text)]
    if not lines:
        raise InputError("a stored query begins with a head of '#+' lines", file=file, line=1)
    # Every "#+ " goes, so the line numbers of the YAML are those of the file.
    return "\n".join(line[len(MARK) :].removeprefix(" ") for line in lines) + "\n"


def _mapping(text: str, file: str) -> tuple[dict[str, Any], dict[str, int]]:
    import yaml  # nothing of it is needed where all heads were read before (system/precomputed)

    from mandategraph.model.register import FAST_YAML

    loader = FAST_YAML(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise InputError("the head is not a list of 'key: value' lines", file=file, line=1)
        _no_key_twice(node, file)
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
        values = {str(key): value for key, value in loader.construct_document(node).items()}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        raise InputError(f"the head is not YAML ({reason})", file=file, line=line) from None
    finally:
        loader.dispose()
    return values, lines


def _no_key_twice(node: yaml.Node, file: str) -> None:
    # YAML would quietly keep the last of two.
    import yaml

    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _no_key_twice(item, file)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[str] = set()
    for key, value in node.value:
        if str(key.value) in seen:
            raise InputError(f"the key '{key.value}' stands twice", file=file, line=key.start_mark.line + 1)
        seen.add(str(key.value))
        _no_key_twice(value, file)


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "must be a text"


def _texts(value: Any) -> str | None:
    fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return None if fits else "must be a list of texts"


def _anything(value: Any) -> str | None:
    return None


def _worded(value: Any) -> str | None:
    if not isinstance(value, dict) or SOURCE_LANGUAGE not in value or not set(value) <= set(LANGUAGES):
        return f"must have '{SOURCE_LANGUAGE}', and no other languages than {_LANGUAGES}"
    return None if all(_text(item) is None for item in value.values()) else "must be texts"


def _templates(value: Any) -> str | None:
    if not isinstance(value, dict) or not set(value) <= set(LANGUAGES):
        return f"must be lists under {_LANGUAGES}"
    if not all(isinstance(item, list) for item in value.values()):
        return f"must be lists under {_LANGUAGES}"
    wrong = [item for items in value.values() for item in items if not _is_wording(item)]
    return f"'{wrong[0]}' must be a text, or a mapping with the text under 'say'" if wrong else None


def _is_wording(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and isinstance(value.get(SAY), str))


def _one_of(allowed: tuple[str, ...]) -> Callable[[Any], str | None]:
    return lambda value: None if value in allowed else f"must be one of {', '.join(allowed)}"


def _identifiers(value: Any) -> str | None:
    if isinstance(value, dict):
        return None if all(isinstance(item, dict | None) for item in value.values()) else "must be parameters by id"
    return None if isinstance(value, str) or _texts(value) is None else "must be an id or a list of ids"


def _columns(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "must be titles by column"
    for name, column in value.items():
        titles = {key: item for key, item in column.items() if key != SHOW} if isinstance(column, dict) else column
        if _worded(titles):
            return f"column {name} needs a title in '{SOURCE_LANGUAGE}', and in no other languages than {_LANGUAGES}"
        if SHOW in column and column[SHOW] not in SHOWS:
            allowed = " or ".join(f"[{', '.join(parts)}]" for parts in SHOWS)
            return f"column {name} can show {allowed}"
    return None


def _parameters(value: Any) -> str | None:
    if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
        return "must be a mapping of parameters"
    for name, item in value.items():
        if "type" not in item or "example" not in item:
            return f"parameter {name} needs 'type' and 'example'"
        strange = set(item) - {"type", "example", "enumerate", *LANGUAGES}
        if strange:
            return f"parameter {name} has an unknown '{sorted(map(str, strange))[0]}'"
    return None


_REQUIRED = ("summary", "x-question", "x-basis")
_CHECKS: dict[str, Callable[[Any], str | None]] = {
    "summary": _text,
    "description": _text,
    "tags": _texts,
    "defaults": _anything,
    "enumerate": _anything,
    "pagination": _anything,
    "method": _text,
    "endpoint": _text,
    "endpoint_in_url": _anything,
    "x-id": _identifiers,
    "x-question": _worded,
    "x-ask": _templates,
    "x-basis": _one_of(BASES),
    "x-note": _worded,
    "x-key": _texts,
    "x-columns": _columns,
    "x-params": _parameters,
    "x-empty": _one_of(EMPTIES),
    "x-empty-note": _worded,
    "x-empty-words": _worded,
    "x-tells": _one_of(TELLS),
    "x-verdict": _text,
}
