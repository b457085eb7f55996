"""A wheel, built from the sources and installed elsewhere, answers a question without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and "setuptools" in done.stderr:
        pytest.skip("the build tools cannot be had here")
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_every_room(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for room in ("ontology", "queries", "shapes"):
        for path in (ROOT / room).rglob("*"):
            if path.suffix in {".ttl", ".rq"}:
                assert f"mandategraph/{room}/{path.relative_to(ROOT / room).as_posix()}" in names
    for path in (ROOT / "graph" / "records").rglob("*.json"):
        assert f"mandategraph/records/{path.relative_to(ROOT / 'graph' / 'records').as_posix()}" in names
    assert {"mandategraph/serve/static/sparql.js", "mandategraph/serve/static/page.css"} <= names
    site = ROOT / "graph" / "mandategraph" / "site"
    parts = [*(site / "templates").iterdir(), *(site / "assets").iterdir()]
    assert {f"mandategraph/site/{part.relative_to(site).as_posix()}" for part in parts} <= names
    assert not [name for name in names if name.startswith(("tests", "graph"))]


@pytest.mark.slow
def test_the_wheel_answers_the_first_question_elsewhere(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False, system_site_packages=False)
    python = tmp_path / "venv" / "bin" / "python"
    site = next((tmp_path / "venv" / "lib").glob("python*")) / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    # The dependencies of this environment serve; the package itself must come from the wheel alone.
    dependencies = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "dependencies.pth").write_text(dependencies + "\n", encoding="utf-8")
    script = "import sys, mandategraph.cli as c; sys.stderr.write(c.__file__); sys.exit(c.main())"
    done = subprocess.run(
        [str(python), "-c", script, "ask", "which meetings feed WG2020-3", "--format", "csv"],
        capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, check=False,
        env={**os.environ, "MANDATEGRAPH_STORE": str(tmp_path / "store")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert str(site) in done.stderr
    assert len(done.stdout.strip().splitlines()) == 1 + 6
