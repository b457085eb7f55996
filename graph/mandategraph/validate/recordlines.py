"""Where in the shipped records each record stands: file and line, by section and name.

`extracted.json` holds one record a line; of the files in YAML the parser tells the lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from mandategraph.system import resources

if TYPE_CHECKING:
    import yaml

RECORDS = "graph/records"
"""Where the records lie in the repository."""

_SECTION = re.compile(r'"(\w+)": \[')
_NAMED_BY = ("id", "path", "ref", "code", "at")


@dataclass(frozen=True)
class Entry:
    """One record: its file and line (from 1), the section it is in (of the register: its file), its place in that
    section (from 1), and the values it has that are plain text."""

    file: str
    line: int
    section: str
    number: int
    values: dict[str, str]

    @property
    def name(self) -> str:
        """What other records call it by."""
        return next((self.values[key] for key in _NAMED_BY if key in self.values), "")


@cache
def sources() -> dict[str, list[Entry]]:
    """By symbol, or by our handle where a document has none: the records of a source, extracted before curated."""
    found = {}
    for folder in resources.record_sources():
        where = f"{RECORDS}/{folder.name}"
        entries = list(_of_json(folder.joinpath("extracted.json"), f"{where}/extracted.json"))
        curated = folder.joinpath("curated.yml")
        if curated.is_file():
            entries += _of_yaml(curated, f"{where}/curated.yml", "")
        found[_symbol(folder)] = entries
    return found


@cache
def register() -> list[Entry]:
    """The entries of all files of the register."""
    folder = resources.records_root().joinpath("register")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yml")), key=lambda one: one.name)
    return [
        entry for file in files for entry in _of_yaml(file, f"{RECORDS}/register/{file.name}", file.name.split(".")[0])
    ]


def _symbol(folder: Traversable) -> str:
    import yaml

    about = yaml.safe_load(folder.joinpath("source.yml").read_text(encoding="utf-8"))
    return str(about.get("symbol") or about.get("handle") or folder.name)


def _of_json(file: Traversable, path: str) -> Iterator[Entry]:
    section, number = "", 0
    for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if opened := _SECTION.match(text):
            section, number = opened.group(1), 0
        elif text.startswith("  {"):
            number += 1
            record = json.loads(text.rstrip().rstrip(","))
            values = {key: value for key, value in record.items() if isinstance(value, str)}
            yield Entry(path, line, section, number, values)


def _of_yaml(file: Traversable, path: str, section: str) -> list[Entry]:
    import yaml

    from mandategraph.model.register import FAST_YAML

    root = yaml.compose(file.read_text(encoding="utf-8"), Loader=FAST_YAML)
    return list(_of_node(root, path, section)) if root is not None else []


def _of_node(node: yaml.Node, path: str, section: str) -> Iterator[Entry]:
    """Each mapping in a list is a record; mappings around lists name sections, those below `statements` too."""
    import yaml

    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, 1):
            if isinstance(item, yaml.MappingNode):
                values = {key.value: value.value for key, value in item.value if isinstance(value, yaml.ScalarNode)}
                yield Entry(path, item.start_mark.line + 1, section, number, values)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _of_node(value, path, str(key.value))
