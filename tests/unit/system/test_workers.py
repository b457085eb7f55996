"""Who does the work, processes of this machine or a Dask cluster: the same comes of it, and that it was lost is told."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from mandategraph.cli import main
from mandategraph.store import open_store
from mandategraph.system.errors import StoreError
from mandategraph.system.workers import Workers
from records import OWN
from servers import free_port


def test_a_process_that_dies_at_work_is_told() -> None:
    with pytest.raises(StoreError, match="ended before it was done"):
        list(Workers(2).mapped(os._exit, [1, 1]))
    with pytest.raises(TypeError):
        list(Workers(2).mapped(len, [1, 2]))  # type: ignore[list-item]


@pytest.mark.parametrize(("things", "wanted"), [(3, 3), (10_000, 4 * (os.cpu_count() or 1))])
def test_no_more_processes_are_started_than_are_of_use(things: int, wanted: int) -> None:
    before = len(multiprocessing.active_children())
    work = Workers(99_999).mapped(abs, range(things))
    assert next(work) == 0
    assert len(multiprocessing.active_children()) - before == wanted
    assert list(work) == list(range(1, things))
    assert list(Workers(99_999).mapped(abs, [])) == []


def test_a_command_that_is_told_to_end_leaves_nothing_half_written(tmp_path: Path) -> None:
    output = tmp_path / "x.nq"
    command = [sys.executable, "-m", "mandategraph", "synth", "--meetings", "9000", "--jobs", "2", "-o", str(output)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        while sum(file.stat().st_size for file in tmp_path.iterdir()) < 2_000_000:
            assert running.poll() is None
            time.sleep(0.02)
        running.terminate()
        told = running.communicate(timeout=30)[1]
    assert (running.returncode, told) == (143, "")
    assert not list(tmp_path.iterdir())


AT_WORK = """\
import os, sys, time
from pathlib import Path
from mandategraph.extract.drafts.batch import extract_files
from mandategraph.system.workers import Workers

def never_done(*given):
    os.write(1, f"{os.getpid()}\\n".encode())  # as a whole, whoever else writes there
    time.sleep(600)

if __name__ == "__main__":
    files = [Path("a.txt"), Path("b.txt")]
    if sys.argv[1] == "mapped":
        list(Workers(2).mapped(never_done, files))
    else:
        extract_files(files, Path("drafts"), 2, read=never_done)
"""
"""Two processes that each tell their number, then work for longer than anybody waits."""


@pytest.mark.parametrize("kind", ["mapped", "extracted"])
def test_nobody_goes_on_working_for_a_process_that_was_killed(kind: str, tmp_path: Path) -> None:
    """All of them write to one pipe, which comes to its end when the last of them has."""
    script = tmp_path / "at_work.py"
    script.write_text(AT_WORK, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script), kind], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        workers: list[int] = []
        try:
            workers += [int(one.stdout.readline()) for _ in range(2)]
        finally:
            one.kill()
        try:
            assert one.communicate(timeout=20)[0] == ""
        except subprocess.TimeoutExpired:
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
            raise


NO_ADDRESS = ("foo", "foo://bar", "tcp://127.0.0.1", "tcp://127.0.0.1:x", "inproc://x")


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_what_is_no_address_of_a_scheduler_is_told(
    address: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    output = ["-o", str(tmp_path / "x.nq")]
    assert main(["synth", "--meetings", "1", "--scheduler", address, *output]) == 2
    told = capfd.readouterr().err
    assert told.startswith(f"mandategraph: {address}: this is not an address of a scheduler") and told.count("\n") == 1


def test_it_is_told_at_once_and_nothing_more_when_the_process_ends(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    command = [sys.executable, "-m", "mandategraph", "synth", "--meetings", "1", "--scheduler", "tcp://127.0.0.1:x"]
    done = subprocess.run(
        [*command, "-o", str(tmp_path / "x.nq")], capture_output=True, text=True, timeout=15, check=False
    )
    assert done.returncode == 2 and done.stderr.count("\n") == 1


@pytest.mark.server
@pytest.mark.slow
def test_a_cluster_that_loses_its_worker_or_its_scheduler_is_told(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    from distributed import Client

    with cluster(tmp_path) as (address, _), pytest.raises(StoreError, match="lost the work .*died"):
        list(Workers(scheduler=address).mapped(os._exit, [1]))
    with cluster(tmp_path) as (address, scheduler):
        command = [sys.executable, "-m", "mandategraph", "synth", "--meetings", "90000", "--scheduler", address]
        output = ["-o", str(tmp_path / "x.nq.gz")]
        with subprocess.Popen([*command, *output], stderr=subprocess.PIPE, text=True) as running:
            with Client(address) as watching:  # a machine at work takes long to begin
                while not any(watching.processing().values()) and running.poll() is None:
                    time.sleep(0.05)
            scheduler.kill()
            told = running.communicate(timeout=60)[1]
        assert running.returncode == 2 and "lost the work" in told and told.count("\n") == 1
    assert not list(tmp_path.glob("x.nq*"))


@pytest.mark.server
@pytest.mark.slow
def test_documents_are_read_by_the_cluster_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.chdir(OWN)  # the cluster works in another folder
    here, there = str(tmp_path / "here"), str(tmp_path / "there")
    load = ["load", "tree.json", "calendar.json", "--store"]
    assert main([*load, there, "--scheduler", "tcp://127.0.0.1:9"]) == 2
    assert "the scheduler does not answer" in capfd.readouterr().err
    assert main([*load, here]) == 0
    told = capfd.readouterr().out
    with cluster(tmp_path) as (address, _):
        assert main([*load, there, "--scheduler", address]) == 0
        assert capfd.readouterr().out == told
        assert main(["load", "nowhere.json", "--store", there, "--scheduler", address]) == 2
        assert "nowhere.json" in capfd.readouterr().err
    assert open_store(there).dump() == open_store(here).dump()


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler and a worker, each a process, in this folder; a task that killed its worker is not tried on another."""
    address, port = "tcp://127.0.0.1", str(free_port())
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    command = [sys.executable, "-m"]
    scheduler = subprocess.Popen(
        [*command, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"],
        cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    worker = subprocess.Popen(
        [*command, "distributed.cli.dask_worker", f"{address}:{port}", "--nthreads", "1", "--no-dashboard"],
        cwd=folder, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(60):
            with suppress(StoreError):
                assert list(Workers(scheduler=f"{address}:{port}").mapped(len, [""])) == [0]
                break
            time.sleep(0.5)
        yield f"{address}:{port}", scheduler
    finally:
        scheduler.kill()
        os.killpg(worker.pid, signal.SIGKILL)
        scheduler.wait()
        worker.wait()
