"""The documents tell the truth: verbs and stored queries are described, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import readme
from mandategraph import cli
from mandategraph.query import headers
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.lint import lint

ROOT = Path(__file__).parents[1]
ROOMS = ("ontology", "queries", "shapes", "graph", "tests")
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *(
        page
        for room in (*ROOMS, ".github")
        for page in sorted((ROOT / room).rglob("README.md"))
        if "node_modules" not in page.parts
    ),
]


def verbs() -> list[str]:
    parser = cli.parser()
    actions = [action for action in parser._actions if isinstance(action.choices, dict)]
    return sorted(actions[0].choices or {})


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert f"mandategraph {verb}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("room", ["ontology", "shapes"])
def test_every_file_of_terms_and_rules_is_described(room: str) -> None:
    told = (ROOT / room / "README.md").read_text(encoding="utf-8")
    files = [file.relative_to(ROOT / room) for file in sorted((ROOT / room).rglob("*.ttl"))]
    assert files and not [
        file for file in files if not {f"`{file}`", f"`{file.parent}/*.ttl`"} & set(re.findall("`[^`]+`", told))
    ]


def test_every_key_of_a_head_and_every_folder_of_queries_is_described() -> None:
    told = set(re.findall("`[^`]+`", (ROOT / "queries" / "README.md").read_text(encoding="utf-8")))
    apart = ("derive", "exports", "federation")  # the others are subjects of the catalogue
    wanted = [*headers._CHECKS, *headers.TELLS, *(f"{folder}/" for folder in apart)]
    assert [name for name in wanted if f"`{name}`" not in told] == []


@pytest.mark.parametrize("name", Catalogue().names())
def test_every_stored_query_is_sound(name: str) -> None:
    assert lint(Catalogue().get(name)) == []


def test_the_readme_has_its_two_set_up_commands_in_one_line_each() -> None:
    blocks = {
        block.name: block.body for block in readme.blocks(readme.README.read_text(encoding="utf-8")) if block.name
    }
    assert sorted(blocks) == ["run", "test"]
    assert all(body.count("\n") == 1 for body in blocks.values())
