"""Loading survives what happens to it: killed at any moment, a full disk, a connection that is cut, two at once.
Afterwards a store is as before or as after, and the command says which. Nothing here is simulated but the moment."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mandategraph.intake.files import ReadOptions
from mandategraph.pipeline.build import build_store, ensure_store
from mandategraph.pipeline.load import load_inputs
from mandategraph.store import open_store
from mandategraph.store.lease import holders, leased
from mandategraph.store.remote import OWN, RemoteStore
from mandategraph.store.remote_swap import finish, unfinished
from mandategraph.system.errors import StoreError
from marked_stores import marks, marks_in_place, put
from servers import Address, oxigraph

PLAN = Path(__file__).parents[1] / "fixtures" / "small-plan.txt"
pytestmark = pytest.mark.slow

LOAD = [sys.executable, "-m", "mandategraph", "load", str(PLAN), "--store"]

HERE = Path(__file__).parent


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Address]:
    """An empty server, and the environment for it."""
    with oxigraph() as address:
        for name, value in address.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("MANDATEGRAPH_LEASE", "2")
        yield address


@pytest.mark.slow
def test_a_load_that_is_killed_leaves_the_folder_as_before_or_as_after(tmp_path: Path) -> None:
    build_store(str(tmp_path))
    before = open_store(str(tmp_path)).dump()
    seen, dice = set(), random.Random(7)
    after = b""
    for number in range(5):
        running = subprocess.Popen([*LOAD, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if number < 4:
            time.sleep(dice.uniform(0.3, 2.5))
            running.send_signal(signal.SIGKILL)
        running.communicate(timeout=60)
        now = open_store(str(tmp_path)).dump()
        if number == 4:
            after = now
        seen.add(now)
    assert after != before and seen <= {before, after}
    with_all = ensure_store(str(tmp_path))
    assert with_all.dump() == after


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A disk of this size at this place; skips the test where none can be mounted."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only the superuser can mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def filled(file: Path, left: int) -> None:
    """Fill a disk with this file but for so many bytes."""
    with file.open("wb") as ballast:
        with suppress(OSError):
            while ballast.write(b"\0" * 65536):
                ballast.flush()
        ballast.truncate(max(0, ballast.tell() - left))


@pytest.mark.parametrize(("left", "many"), [(0, False), (3_000_000, False), (8192, True)])
def test_a_full_disk_leaves_the_store_as_it_was_and_says_so(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, left: int, many: bool
) -> None:
    """Full at once, full in the midst of building, and full while many files of a folder are read."""
    inputs = tmp_path_factory.mktemp("inputs")
    for number in range(10 if many else 0):
        symbol = PLAN.read_text(encoding="utf-8").replace("REC/9/1", f"REC/9/{number}")
        (inputs / f"plan-{number}.txt").write_text(symbol, encoding="utf-8")
    with small_disk(tmp_path, "24m"):
        folder = tmp_path / "store"
        build_store(str(folder))
        before = open_store(str(folder)).dump()
        records = sorted(path.name for path in folder.rglob("*.json"))
        filled(tmp_path / "ballast", left)
        command = [*LOAD[:-2], str(inputs), "--jobs", "2", "--store", str(folder)] if many else [*LOAD, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
        assert "as it was before" in done.stderr and "space" in done.stderr.lower()
        assert open_store(str(folder)).dump() == before
        assert sorted(path.name for path in folder.rglob("*.json")) == records
        (tmp_path / "ballast").unlink()
        assert load_inputs(str(folder), [PLAN], ReadOptions()).added > 100, "with room again it works"


@pytest.mark.server
def test_loaders_of_a_server_that_are_killed_leave_it_as_before_or_as_after(server: Address) -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1].split(':')\n"
        "from test_survival import put; from mandategraph.store.remote import RemoteStore\n"
        "print('ready', flush=True); put(RemoteStore(sys.argv[2]), sys.argv[3])"
    )
    store = RemoteStore(server.query)
    put(store, "start")
    allowed, dice = {"start"}, random.Random(3)
    for number in range(10):
        mark = f"load-{number}"
        running = subprocess.Popen(
            [sys.executable, "-c", script, f"{HERE}:{HERE.parent}", server.query, mark], stdout=subprocess.PIPE
        )
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(dice.uniform(0.0, 0.25))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        allowed.add(mark)
        found = marks_in_place(store)
        assert sum(found.values()) == 1200 and len(found) == 1 and set(found) <= allowed, found
        store.transport.update(f"DELETE WHERE {{ GRAPH <{OWN}lock> {{ ?s ?p ?o }} }}", store.update_address)
    put(store, "end")
    assert marks(store) == {"end": 1200}, "what killed loaders left is cleared"


@pytest.mark.server
def test_a_switch_that_was_cut_off_is_finished_by_the_next_loader(server: Address) -> None:
    store = RemoteStore(server.query)
    put(store, "old")
    update = store.transport.update

    def cut(text: str, address: str) -> None:
        if "DELETE WHERE" in text and "urn:g0" in text:  # an engine that does the first step only, then dies
            update(text.partition(" ;\n")[0], address)
            raise StoreError("gone.")
        update(text, address)

    store.transport.update = cut  # type: ignore[method-assign]
    with pytest.raises(StoreError, match="run the same command again, which finishes it"):
        put(store, "new")
    store.transport.update = update  # type: ignore[method-assign]
    assert unfinished(store)
    with leased(store):
        assert finish(store)
    assert marks_in_place(store) == {"new": 1200} and not unfinished(store)


@pytest.mark.server
@pytest.mark.parametrize(
    ("words", "half", "told"),
    [("/staged/", False, "The store is as it was before."), ("switch> { <", False, "The store is as it was before."),
     ("GRAPH <urn:g0>", True, "The change was begun and is not finished; run the same command again, which finishes it."),
     (f"DELETE WHERE {{ GRAPH <{OWN}aside>", False, "The change was made all the same; the next one clears what is left.")],
)  # fmt: skip
def test_a_change_that_is_interrupted_is_told_with_what_the_store_is_like(
    server: Address, words: str, half: bool, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Interrupted at the first update with these words: before it was sent, or when its first step was carried out."""
    store = RemoteStore(server.query)
    put(store, "old")
    update = store.transport.update

    def interrupted(text: str, address: str) -> None:
        if words in text:
            store.transport.update = update  # type: ignore[method-assign]
            if half:
                update(text.partition(" ;\n")[0], address)
            raise KeyboardInterrupt
        update(text, address)

    store.graph_address = None  # what is sent aside is an update too
    store.transport.update = interrupted  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        put(store, "new")
    assert capfd.readouterr().err == f"mandategraph: interrupted. {told}\n"
    assert not holders(store), "the lock is given back"
    put(store, "new")
    assert marks(store) == {"new": 1200}


@pytest.mark.server
def test_a_loader_that_is_told_to_end_cleans_up_and_says_what_the_store_is_like(
    server: Address, tmp_path: Path
) -> None:
    store, environment = RemoteStore(server.query), {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([*LOAD, server.query], env=environment, stderr=subprocess.PIPE, text=True) as running:
        while not list(tmp_path.glob("mandategraph-*/generation-*")):
            assert running.poll() is None
            time.sleep(0.02)
        running.terminate()
        told = running.communicate(timeout=30)[1]
    assert running.returncode == 143 and told == "mandategraph: interrupted. The store is as it was before.\n"
    assert not list(tmp_path.iterdir()) and not holders(store)


@pytest.mark.server
def test_a_full_temporary_folder_is_not_taken_for_the_store(server: Address, tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    for left in (20_000, 3_000_000):
        with small_disk(tmp_path, "8m"):
            filled(tmp_path / "ballast", left)
            done = subprocess.run([*LOAD, server.query], env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
            assert done.stderr.startswith(
                f"mandategraph: {tmp_path}: the work cannot be done in the temporary folder ("
            )
            assert done.stderr.endswith("The store is as it was before. Set TMPDIR to a folder with more room.\n")
    assert not holders(RemoteStore(server.query))


@pytest.mark.server
def test_a_connection_that_is_lost_after_the_switch_is_told_with_word_that_the_change_was_made(
    server: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mandategraph.store.transport._FIRST_WAIT", 0.01)
    store = RemoteStore(server.query)
    put(store, "old")
    update = store.transport.update

    def lose(text: str, address: str) -> None:
        update(text, address)
        if f"DELETE WHERE {{ GRAPH <{OWN}aside>" in text:  # the last change; what follows is asked of nobody
            store.transport.address = "http://127.0.0.1:9/sparql"

    store.transport.update = lose  # type: ignore[method-assign]
    with pytest.raises(StoreError, match="The change was made.*build --force"):
        put(store, "new")
    assert marks(RemoteStore(server.query)) == {"new": 1200}


@pytest.mark.server
def test_the_lock_of_a_dead_loader_is_taken_over_when_its_own_lease_has_run_out(
    server: Address, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MANDATEGRAPH_LEASE", "600")
    store = RemoteStore(server.query)
    node, space = f"{OWN}lock/dead", f"{OWN}ontology#"
    lock = f'<{node}> <{space}holder> "dead" ; <{space}beat> "0" ; <{space}lease> "2.5"'
    store.transport.update(f"INSERT DATA {{ GRAPH <{OWN}lock> {{ {lock} }} }}", store.update_address)
    put(store, "after")
    assert marks(store) == {"after": 1200}
    told = capfd.readouterr().err
    assert "waiting" in told and "lock is taken away" in told


@pytest.mark.server
def test_a_loader_that_lives_keeps_its_lock_whatever_lease_another_has(
    server: Address, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """It counts every three seconds; the other would have lost patience after one."""
    script = (
        "import sys, time; from mandategraph.store.lease import leased; from mandategraph.store.remote import RemoteStore\n"
        "with leased(RemoteStore(sys.argv[1])) as lease:\n"
        "    print('held', flush=True); time.sleep(5); lease.check()"
    )
    command, environment = [sys.executable, "-c", script, server.query], {**os.environ, "MANDATEGRAPH_LEASE": "18"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as holding:
        assert holding.stdout is not None and holding.stdout.readline()
        monkeypatch.setenv("MANDATEGRAPH_LEASE", "1")
        put(RemoteStore(server.query), "after")
    assert holding.returncode == 0, "it was not taken over"
    told = capfd.readouterr().err
    assert "waiting" in told and "taken" not in told


@pytest.mark.server
def test_of_many_loaders_at_once_one_after_the_other_has_its_way(server: Address) -> None:
    failures: list[BaseException] = []

    def load(mark: str) -> None:
        try:
            put(RemoteStore(server.query), mark)
        except BaseException as error:  # told by the test below
            failures.append(error)

    loaders = [threading.Thread(target=load, args=(f"loader-{number}",)) for number in range(4)]
    for loader in loaders:
        loader.start()
    for loader in loaders:
        loader.join(60)
    assert not failures
    found = marks(RemoteStore(server.query))
    assert len(found) == 1 and sum(found.values()) == 1200


@contextmanager
def cutting_proxy(target: str, chance: float, seed: int) -> Iterator[str]:
    """A TCP proxy that lets connections through, or cuts them after some bytes, by chance."""
    place, dice = urlsplit(target), random.Random(seed)
    listening = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def pump(one: socket.socket, other: socket.socket, left: int) -> None:
        try:
            while data := one.recv(2048):
                other.sendall(data[:left] if left >= 0 else data)
                if left >= 0 and (left := left - len(data)) <= 0:
                    break
        except OSError:
            pass
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def serve() -> None:
        while not stop.is_set():
            try:
                client, _ = listening.accept()
            except OSError:
                return
            server = socket.create_connection((place.hostname or "", place.port or 80))
            limits = [dice.randrange(3000) if dice.random() < chance else -1 for _ in range(2)]
            for ends, limit in zip(((client, server), (server, client)), limits, strict=True):
                threading.Thread(target=pump, args=(*ends, limit), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        stop.set()
        listening.close()


@pytest.mark.server
@pytest.mark.parametrize("chance", [0.15, 0.9])
def test_a_connection_that_is_cut_is_tried_again_a_bounded_number_of_times(
    server: Address, chance: float, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("mandategraph.store.transport._FIRST_WAIT", 0.02)
    straight = RemoteStore(server.query)
    put(straight, "start")
    root = server.query.removesuffix("/sparql")
    with cutting_proxy(root, chance, seed=11) as through:
        monkeypatch.setenv("MANDATEGRAPH_UPDATE", f"{through}/update")
        monkeypatch.setenv("MANDATEGRAPH_GSP", f"{through}/data")
        told = []
        for number in range(3):
            try:
                put(RemoteStore(f"{through}/sparql"), f"load-{number}")
            except StoreError as error:
                told.append(str(error))
            found = marks_in_place(straight)
            assert sum(found.values()) == 1200 and len(found) == 1, found
            straight.transport.update(f"DELETE WHERE {{ GRAPH <{OWN}lock> {{ ?s ?p ?o }} }}", f"{root}/update")
    assert "trying again" in capfd.readouterr().err
    assert chance < 0.5 or told, "with most connections cut, a load gives up and says so"


DEADLOCK = "Virtuoso 40001 Error SR172: Transaction deadlocked"


@pytest.mark.server
@pytest.mark.parametrize(("refusals", "tried"), [([DEADLOCK] * 2, True), (["Virtuoso 42000 Error: no space"], False)])
def test_a_transaction_given_up_for_another_is_tried_again_and_no_other_refusal(
    refusals: list[str], tried: bool, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("mandategraph.store.transport._FIRST_WAIT", 0.01)
    with oxigraph(refusals=refusals) as address:
        store = RemoteStore(address.query)
        store.transport.query("ASK {}", "ask")
        outcome: AbstractContextManager[object] = (
            nullcontext() if tried else pytest.raises(StoreError, match="no space")
        )
        with outcome:
            store.transport.update(
                "INSERT DATA { <urn:a> <urn:b> <urn:c> }", address.environment["MANDATEGRAPH_UPDATE"]
            )
    assert capfd.readouterr().err.count("trying again") == (2 if tried else 0)
