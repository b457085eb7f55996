"""The GitHub Action and the pre-commit hooks do what they say: their commands are run here as the runners would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from test_findings import DATA, SHAPES

ROOT = Path(__file__).parents[1]
ACTION = ROOT / ".github" / "actions" / "validate"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    (tmp_path / "sound.ttl").write_text("\n".join(DATA.splitlines()[:4]), encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_ACTION_PATH": str(ACTION),
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }


def act(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the check step of the action with these inputs, as a runner does: defaults first, all through `env`."""
    action = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
    given = {name: inputs.get(name.replace("-", "_"), value["default"]) for name, value in action["inputs"].items()}
    (step,) = [step for step in action["runs"]["steps"] if step.get("id") == "check"]
    env = {name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found.group(1)], value)
           for name, value in step["env"].items()}  # fmt: skip
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    whole = {**environment(folder), **env}
    return subprocess.run(command, cwd=folder, env=whole, capture_output=True, encoding="utf-8", check=False)


def test_the_action_shows_findings_and_fails(folder: Path) -> None:
    done = act(folder, data="data.ttl", shapes="shapes.ttl", sarif="found.sarif")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=data.ttl,line=6,")
    assert (folder / "output").read_text() == "conforms=false\n"
    assert "# Findings" in (folder / "summary.md").read_text(encoding="utf-8")
    assert '"ruleId": "Person/name"' in (folder / "found.sarif").read_text(encoding="utf-8")


def test_the_action_passes_sound_data_and_tells_wrong_use(folder: Path) -> None:
    assert act(folder, data="sound.ttl", shapes="shapes.ttl").returncode == 0
    assert (folder / "output").read_text() == "conforms=true\n"
    assert act(folder, data="data.ttl", shapes="shapes.ttl", fail_on="none").returncode == 0
    assert act(folder, data="missing.ttl", shapes="shapes.ttl").returncode == 2


def test_inputs_reach_the_script_only_by_the_environment() -> None:
    action = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
    assert not [step for step in action["runs"]["steps"] if "${{" in step["run"]]
    assert all(step["shell"] == "bash" for step in action["runs"]["steps"])


def test_the_hooks(folder: Path) -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    files = hooks["mandategraph-validate-files"]
    command = [*files["entry"].split(), "--shapes=shapes.ttl"]

    def run(*names: str) -> int:
        assert all(re.search(files["files"], name) for name in names)
        return subprocess.run(
            [*command, *names], cwd=folder, env=environment(folder), capture_output=True, check=False
        ).returncode

    assert (run("data.ttl"), run("sound.ttl"), run("sound.ttl", "data.ttl")) == (1, 0, 1)
    own = hooks["mandategraph-validate"]
    assert own["pass_filenames"] is False
    assert re.search(own["files"], "graph/records/wg2020-rec-1-1/extracted.json")
    store = {**environment(folder), "MANDATEGRAPH_STORE": str(folder / "store")}
    assert subprocess.run(own["entry"].split(), cwd=ROOT, env=store, capture_output=True, check=False).returncode == 0
