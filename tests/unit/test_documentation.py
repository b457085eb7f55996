"""The documents tell the truth: verbs and stored queries are described, links lead somewhere."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

import mandategraph
import pytest
import readme
import yaml
from mandategraph import cli
from mandategraph.query import headers
from mandategraph.query.catalogue import Catalogue
from mandategraph.query.lint import lint

ROOT = Path(__file__).parents[2]
ROOMS = ("ontology", "queries", "shapes", "graph", "tests")
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *(
        page
        for room in (*ROOMS, ".github")
        for page in sorted((ROOT / room).rglob("*.md"))
        if "node_modules" not in page.parts
    ),
]


def verbs() -> list[str]:
    parser = cli.parser()
    actions = [action for action in parser._actions if isinstance(action.choices, dict)]
    return sorted(actions[0].choices or {})


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_told_among_the_commands(verb: str) -> None:
    assert f"mandategraph {verb}" in (ROOT / "graph" / "COMMANDS.md").read_text(encoding="utf-8")


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
    apart = ("derive", "exports", "federation", "internal")  # the others are subjects of the catalogue
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


def test_the_version_stands_in_one_place_and_all_others_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"] and project["tool"]["setuptools"]["dynamic"]["version"] == {
        "attr": "mandategraph.__version__"
    }
    assert importlib.metadata.version("mandategraph") == mandategraph.__version__
    citation = yaml.safe_load((ROOT / ".github" / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(citation["version"]) == mandategraph.__version__
    ontology = (ROOT / "ontology" / "core.ttl").read_text(encoding="utf-8")
    assert f'owl:versionInfo "{mandategraph.__version__}"' in ontology
    assert f"ontology/{mandategraph.__version__}>" in ontology


def test_the_citation_has_what_its_format_requires() -> None:
    """CFF 1.2.0 requires these four keys; an author is a person or an entity with a name."""
    citation = yaml.safe_load((ROOT / ".github" / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0" and citation["message"] and citation["title"]
    assert citation["authors"] and all({"name", "family-names"} & one.keys() for one in citation["authors"])


def test_forms_and_workflows_are_whole() -> None:
    forms = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    assert len(forms) >= 3
    for form in forms:
        read = yaml.safe_load(form.read_text(encoding="utf-8"))
        assert read["name"] and read["description"] and all(one["attributes"]["label"] for one in read["body"])
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    assert [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step] == ["bash .ci/run"]
