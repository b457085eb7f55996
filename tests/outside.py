"""Programs from outside that tests hold our files against. Where one is not at hand the test skips and says so;
`.ci/tools` installs them all."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

_NODE_FOLDER = Path(__file__).parent / "node"
_VARIABLE = "MANDATEGRAPH_NODE_MODULES"


def program(*names: str) -> str:
    """The path of the first of these programs that is there; skips the test where none is."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    pytest.skip(f"{names[0]} is not installed")


def node_modules(*packages: str) -> Path:
    """The folder of npm packages (`tests/node/node_modules`, or the one that MANDATEGRAPH_NODE_MODULES names); skips
    the test where node or one of the packages is missing."""
    program("node")
    folder = _modules()
    missing = [name for name in packages if not (folder / name / "package.json").is_file()]
    if missing:
        pytest.skip(f"the npm package {missing[0]} is not installed: npm install --prefix tests/node")
    return folder


def of_sdist(package: str, name: str) -> bytes:
    """A file of a source distribution that lies beside the folder of npm packages; skips the test where it does not."""
    for archive in sorted(_modules().parent.glob(f"{package}-*.tar.gz")):
        with tarfile.open(archive) as packed:
            content = packed.extractfile(f"{archive.name.removesuffix('.tar.gz')}/{name}")
            assert content is not None
            return content.read()
    command = f"pip download --no-deps --no-binary {package} --dest tests/node {package}"
    pytest.skip(f"the source of {package} is not at hand: {command}")


def _modules() -> Path:
    return Path(os.environ.get(_VARIABLE) or _NODE_FOLDER / "node_modules")


def node(script: Path, *arguments: str, timeout: int = 120) -> subprocess.CompletedProcess[str]:
    """Run one of the scripts in `tests/node` with the packages at hand. CommonJS finds them by NODE_PATH."""
    environment = {**os.environ, "NODE_PATH": str(node_modules())}
    return subprocess.run(
        [program("node"), str(script), *arguments],
        capture_output=True, text=True, encoding="utf-8", env=environment, timeout=timeout, check=False,
    )  # fmt: skip
