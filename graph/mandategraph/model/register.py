"""The curated register: bodies, places, topics, documents and meetings with their names in both languages.

Files lie in `records/register/*.yml`, one kind a file; each entry is an entity: `code`, `zh`, `en`, `english`
(official or ours), `spellings` (other names that the sources use), `also` (names that people use for it, in either
language, which no source is read with), and what its kind adds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from mandategraph.model.references import Ref
from mandategraph.system.errors import InputError
from mandategraph.system.resources import records_root

_KINDS = {
    "bodies": "body",
    "offices": "office",
    "organizations": "organization",
    "parties": "party",
    "groups": "group",
    "places": "place",
    "topics": "element",
    "subjects": "element",
    "agenda-items": "agenda-item",
    "meetings": "meeting",
    "documents": "document",
    "kmgbf": "kmgbf",
}
_FIELDS = {
    "code", "zh", "en", "english", "spellings", "also", "parent", "published", "page", "short", "series", "class", "date",
    "in", "body", "ordinal", "members", "note", "part_of", "supersedes", "type",
    "means", "notation", "meeting", "number", "scheme",
}  # fmt: skip


@dataclass(frozen=True)
class Entity:
    """One thing that the register knows. `ref` is `kind:code`; `published` tells whether others use the code."""

    ref: str
    code: str
    zh: str
    en: str
    official: bool
    spellings: tuple[str, ...] = ()
    published: bool = True
    details: dict[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return Ref(self.ref).kind


@dataclass(frozen=True)
class Register:
    """All entities by reference, in the order of the files."""

    entities: dict[str, Entity]

    def of_kind(self, *kinds: str) -> Iterable[Entity]:
        return (entity for entity in self.entities.values() if entity.kind in kinds)

    def get(self, ref: str) -> Entity | None:
        return self.entities.get(ref)


FAST_YAML: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C, which is about eight times faster, where it is at hand."""


@cache
def shipped_register() -> Register:
    """The register that comes with the package.

    Raises:
        InputError: a file is not YAML or an entry lacks a field, has an unknown one, or repeats a code.
    """
    entities: dict[str, Entity] = {}
    for name, kind in _KINDS.items():
        source = records_root() / "register" / f"{name}.yml"
        where = f"register/{name}.yml"
        if not source.is_file():
            continue
        for entry in read_yaml(source.read_text(encoding="utf-8"), where):
            entity = _entity(kind, entry, where)
            if entity.ref in entities:
                raise InputError(f"{entity.ref} is entered twice", where=where, hint="keep one entry")
            entities[entity.ref] = entity
    return Register(entities)


class _EachKeyOnce(yaml.constructor.SafeConstructor):
    """No key may stand twice: plain YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Strict(_EachKeyOnce, FAST_YAML):  # type: ignore[misc]
    """Plain YAML."""


class _Texts(_EachKeyOnce, yaml.SafeLoader):
    """YAML in which every value is text, so that `No` and `2020` are what they look like; nothing refers to another
    place, so that no file unfolds to more than it holds."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "no alias may stand here", mark)
        return super().compose_node(parent, index)


def read_yaml(text: str, where: str, *, texts: bool = False) -> Any:
    """Parse YAML; with `texts`, every value is text.

    Raises:
        InputError: with the line, when it is not YAML.
    """
    try:
        return yaml.load(text, Loader=_Texts if texts else _Strict)
    except RecursionError:
        raise InputError("nested too deep", where=where, hint="mend the file") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}, line {mark.line + 1}" if mark else where
        raise InputError(f"not YAML: {getattr(error, 'problem', error)}", where=place, hint="mend the file") from error


def _entity(kind: str, entry: dict[str, Any], where: str) -> Entity:
    unknown = sorted(set(entry) - _FIELDS)
    lacking = [name for name in ("code", "zh", "en") if not entry.get(name)]
    if unknown or lacking:
        problem = f"unknown field {unknown[0]}" if unknown else f"no {lacking[0]}"
        raise InputError(f"entry {entry.get('code', '?')}: {problem}", where=where, hint="mend the entry")
    plain = {"code", "zh", "en", "english", "spellings", "also", "published"}
    return Entity(
        f"{kind}:{entry['code']}",
        str(entry["code"]),
        entry["zh"],
        entry["en"],
        entry.get("english", "ours") == "official",
        tuple(entry.get("spellings", ())),
        bool(
            entry.get(
                "published", kind not in ("element", "group", "office", "place", "organization", "party", "agenda-item")
            )
        ),
        {name: value for name, value in entry.items() if name not in plain},
        tuple(entry.get("also", ())),
    )
