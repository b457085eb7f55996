"""The GitHub Action and the pre-commit hooks do what they say: their commands are run here as the runners would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
import yaml
from foreign_data import DATA, SHAPES

ROOT = Path(__file__).parents[2]
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
    """Run the check step of the action with these inputs."""
    (step,) = [step for step in action()["runs"]["steps"] if step.get("id") == "check"]
    return run_step(step, folder, environment(folder), inputs)


def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
    return loaded


def run_step(
    step: dict[str, Any], folder: Path, environment: dict[str, str], inputs: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """One step as a runner runs it: defaults for what is not given, all through `env`."""
    known = action()["inputs"]
    given = {name: inputs.get(name.replace("-", "_"), value["default"]) for name, value in known.items()}
    env = {name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found.group(1)], value)
           for name, value in step.get("env", {}).items()}  # fmt: skip
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    whole = {**environment, **env}
    return subprocess.run(command, cwd=folder, env=whole, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.slow
@pytest.mark.skipif(
    "MANDATEGRAPH_THOROUGH" not in os.environ, reason="installs everything anew (MANDATEGRAPH_THOROUGH=1)"
)
def test_the_whole_action_in_a_fresh_environment(folder: Path) -> None:
    venv.create(folder / "venv", with_pip=True)
    fresh = {
        **environment(folder),
        "PATH": f"{folder / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    inputs = {"data": "data.ttl", "shapes": "shapes.ttl"}
    install, check = action()["runs"]["steps"]
    done = run_step(install, folder, fresh, inputs)
    if done.returncode and re.search("No matching distribution|Failed to establish|timed out", done.stderr):
        pytest.skip("packages cannot be installed here")
    assert done.returncode == 0, done.stderr
    assert (folder / "venv" / "bin" / "mandategraph").is_file()
    done = run_step(check, folder, fresh, inputs)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("::error file=data.ttl,line=6,")
    assert (folder / "output").read_text(encoding="utf-8") == "conforms=false\n"


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
    steps = action()["runs"]["steps"]
    assert not [step for step in steps if "${{" in step["run"]]
    assert all(step["shell"] == "bash" for step in steps)


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


@pytest.mark.slow
def test_the_hook_as_pre_commit_runs_it(folder: Path) -> None:
    """A commit of bad data fails and names it, one of sound data passes; the hook is as defined here, in a repository
    of its own, but runs where mandategraph is installed already."""
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    home, data = folder / "hooks", folder / "data"
    home.mkdir(), data.mkdir()
    defined = [{**hook, "language": "system"} for hook in hooks]
    (home / ".pre-commit-hooks.yaml").write_text(yaml.safe_dump(defined), encoding="utf-8")
    surroundings = {**environment(folder), "PRE_COMMIT_HOME": str(folder / "cache"), **_NOBODY}

    def git(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["git", "-C", str(where), *arguments]
        return subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False)

    git(home, "init", "-q"), git(home, "add", "."), git(home, "commit", "-qm", "hooks")
    revision = git(home, "rev-parse", "HEAD").stdout.strip()
    hook = {"id": "mandategraph-validate-files", "args": ["--shapes=shapes.ttl"], "exclude": "^shapes"}
    wanted = {"repos": [{"repo": str(home), "rev": revision, "hooks": [hook]}]}
    (data / ".pre-commit-config.yaml").write_text(yaml.safe_dump(wanted), encoding="utf-8")
    for name in ("shapes.ttl", "sound.ttl"):
        (data / name).write_bytes((folder / name).read_bytes())
    git(data, "init", "-q"), git(data, "add", ".")
    installed = subprocess.run([sys.executable, "-m", "pre_commit", "install"], cwd=data, env=surroundings,
                               capture_output=True, encoding="utf-8", check=False)  # fmt: skip
    assert installed.returncode == 0, installed.stdout + installed.stderr
    sound = git(data, "commit", "-m", "sound")
    assert (sound.returncode, "Passed" in sound.stderr) == (0, True), sound.stderr
    (data / "data.ttl").write_bytes((folder / "data.ttl").read_bytes())
    git(data, "add", ".")
    bad = git(data, "commit", "-m", "bad")
    assert bad.returncode == 1 and "rule Person/name" in bad.stderr and "data.ttl:6" in bad.stderr, bad.stderr
    assert git(data, "log", "--format=%s").stdout == "sound\n"


_NOBODY = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
           for what, value in (("NAME", "somebody"), ("EMAIL", "somebody@example.org"))}  # fmt: skip
