"""The documents tell the truth: verbs and stored queries are described, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import readme
from mandategraph import cli
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.lint import lint

ROOT = Path(__file__).parents[1]
PAGES = sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("*/README.md"))


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


@pytest.mark.parametrize("name", Catalogue().names())
def test_every_stored_query_is_sound(name: str) -> None:
    assert lint(Catalogue().get(name)) == []


def test_the_readme_has_its_two_set_up_commands_in_one_line_each() -> None:
    blocks = {
        block.name: block.body for block in readme.blocks(readme.README.read_text(encoding="utf-8")) if block.name
    }
    assert sorted(blocks) == ["run", "test"]
    assert all(body.count("\n") == 1 for body in blocks.values())
