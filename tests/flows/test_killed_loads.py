"""A load that is killed, at whichever change of the folder: the next command finds the store as before or as after,
never with some of the files. The process is really killed; the store is read as every verb reads it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mandategraph.cli import main
from mandategraph.pipeline.as_of import store_as_of
from mandategraph.pipeline.build import build_store, ensure_store
from mandategraph.rdf.namespaces import GRAPHS
from mandategraph.store import open_store

Files = Callable[[Path, str], list[Path]]
"""Writes files into a folder that differ from those made with another word."""

THOROUGH = "MANDATEGRAPH_THOROUGH" in os.environ
PLAN = Path(__file__).parents[1] / "fixtures" / "small-plan.txt"
PLANS = ("CBD/WG2020/REC/9/1", "CBD/WG2020/REC/9/2")

COMMAND = """\
import os, signal, sys
place, moment, count = sys.argv[1], sys.argv[2], 0

def kill_at_the_moment(event, given):
    global count
    if event == "open":
        if not isinstance(given[0], str) or not given[2] & (os.O_WRONLY | os.O_RDWR):
            return
    elif event not in ("os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "shutil.rmtree"):
        return
    path = str(given[1] if event in ("os.rename", "os.link") else given[0])
    if not path.startswith(place):
        return
    count += 1
    if moment == str(count) or event == "os.rename" and path.endswith("/" + moment):
        os.kill(os.getpid(), signal.SIGKILL)

from mandategraph.cli import main
sys.addaudithook(kill_at_the_moment)
sys.exit(main(["--store", place, *sys.argv[3:]]))
"""
"""Carries a command out; is killed right before a change of the folder: the so manieth, or that which puts a file into place."""


def run(place: Path, moment: str, *words: str) -> bool:
    """Carry a command out in a process of its own; whether it lived to its end."""
    command = [sys.executable, "-c", COMMAND, str(place), moment, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode == 0


def loaded(place: Path, files: list[Path]) -> None:
    """Load files where nobody is killed, within this process."""
    assert main(["--store", str(place), "load", *map(str, files)]) == 0


def load(place: Path, files: list[Path], moment: str = "") -> bool:
    """Load files; whether that came to its end."""
    return run(place, moment, "load", *map(str, files))


def plans(folder: Path, word: str) -> list[Path]:
    """Two recommendations."""
    text = PLAN.read_text(encoding="utf-8")
    for number, symbol in enumerate(PLANS):
        changed = text.replace(PLANS[0], symbol).replace("资源调动", word)
        (folder / f"plan-{number}.txt").write_text(changed, encoding="utf-8")
    return sorted(folder.glob("plan-*.txt"))


def with_rdf(folder: Path, word: str) -> list[Path]:
    """RDF of another model, which is kept as records and as statements, and a recommendation."""
    one = f'<https://example.org/x> <http://www.w3.org/2004/02/skos/core#prefLabel> "{word}"@zh .\n'
    (folder / "concepts.ttl").write_text(one, encoding="utf-8")
    return [folder / "concepts.ttl", plans(folder, word)[1]]


def dumps(folder: Path, word: str) -> list[Path]:
    """Two dumps."""
    for name in ("one", "two"):
        (folder / f"{name}.nq").write_text(f'<urn:a> <urn:b> "{word}" <{GRAPHS}{name}> .\n', encoding="utf-8")
    return [folder / "one.nq", folder / "two.nq"]


class Case:
    """A store into which files were loaded, and what it holds before and after their next versions are."""

    def __init__(self, folder: Path, files: Files) -> None:
        self.start, self.place, inputs = folder / "start", folder / "store", folder / "inputs"
        inputs.mkdir()
        loaded(self.start, files(inputs, "能力建设")[:1])
        self.before = open_store(str(self.start)).dump()
        self.files = files(inputs, "生物安全")
        self.renew()
        loaded(self.place, self.files)
        self.after = open_store(str(self.place)).dump()
        assert self.before != self.after
        self.renew()

    def renew(self) -> None:
        """Make the store as before."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.start, self.place)

    def found(self) -> bytes:
        """What the next command finds."""
        store = ensure_store(str(self.place))
        try:
            return store.dump()
        finally:
            store.close()


def told(capfd: pytest.CaptureFixture[str]) -> list[str]:
    """What we said on standard error, and not what else this process may write there."""
    return [line for line in capfd.readouterr().err.splitlines() if line.startswith("mandategraph: ")]


KINDS = (plans, with_rdf, dumps)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Files], Case]:
    """The case of a kind of files, made once, with its store as before."""
    made: dict[str, Case] = {}

    def case(files: Files) -> Case:
        name = files.__name__
        made[name] = made.get(name) or Case(tmp_path_factory.mktemp(name), files)
        made[name].renew()
        return made[name]

    return case


@pytest.mark.parametrize(
    ("files", "last"),
    [
        (plans, "WG2020-REC-9-2.json"),
        pytest.param(with_rdf, "rdf.concepts.nt", marks=pytest.mark.slow),
        pytest.param(dumps, "two.nq.gz", marks=pytest.mark.slow),
    ],
)
def test_a_load_that_is_killed_before_its_last_file_is_undone(
    files: Files, last: str, cases: Callable[..., Case], capfd: pytest.CaptureFixture[str]
) -> None:
    case = cases(files)
    capfd.readouterr()
    assert not load(case.place, case.files, last)
    assert case.found() == case.before
    assert told(capfd) == [f"mandategraph: a change of {case.place} that was cut off is undone."]
    assert load(case.place, case.files) and case.found() == case.after


def test_a_build_that_is_killed_left_nothing_to_be_undone(
    cases: Callable[..., Case], capfd: pytest.CaptureFixture[str]
) -> None:
    case = cases(plans)
    capfd.readouterr()
    assert not run(case.place, "CURRENT", "build", "--force")
    build_store(str(case.place))
    assert case.found() == case.before
    assert not told(capfd)


def test_what_was_known_then_is_not_read_from_half_a_load(cases: Callable[..., Case]) -> None:
    case = cases(plans)
    wanted = store_as_of(str(case.place), "2031-03-02").dump()
    assert not load(case.place, case.files, "WG2020-REC-9-2.json")
    assert store_as_of(str(case.place), "2031-03-02").dump() == wanted


@pytest.mark.slow
@pytest.mark.parametrize(("first", "files"), list(enumerate(KINDS, 1)))
def test_a_load_that_is_killed_at_any_change_of_the_folder_is_as_before_or_as_after(
    first: int, files: Files, cases: Callable[..., Case]
) -> None:
    """Each of the kinds begins at another moment; every moment of all of them takes minutes."""
    case = cases(files)
    found, moment = set(), first
    while not load(case.place, case.files, str(moment)):
        if moment % 3 == 0:  # the next one is killed too, while it undoes the first
            assert not load(case.place, case.files, str(moment % 7 + 1))
        found.add(case.found())
        assert found <= {case.before, case.after}, moment
        case.renew()
        moment += 1 if THOROUGH else 4
    assert moment > 15 and case.before in found
