"""What is kept in the cache folder: taken up again, made anew when its files change, and never a reason to fail."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from mandategraph.system.precomputed import precomputed

Make = Callable[[], tuple[int, int]]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Make]:
    """A file that something is made of, the cache folder, and how to make or take it; it tells how often it was made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source, made = tmp_path / "source.txt", [0]
    source.write_text("7", encoding="utf-8")

    def make() -> int:
        made[0] += 1
        return int(source.read_text(encoding="utf-8"))

    return source, tmp_path / "cache", lambda: (precomputed("number", [source], make), made[0])


def kept(cache: Path) -> list[Path]:
    return sorted(cache.rglob("number-*"))


def test_it_is_made_once(files: tuple[Path, Path, Make]) -> None:
    _, cache, taken = files
    assert [taken(), taken()] == [(7, 1), (7, 1)]
    assert len(kept(cache)) == 1


def test_a_change_of_its_files_makes_it_anew_and_few_are_kept(files: tuple[Path, Path, Make]) -> None:
    source, cache, taken = files
    for number in range(10, 20):
        source.write_text(str(number), encoding="utf-8")
        os.utime(source, ns=(number, number))  # the same size, another time
        assert taken() == (number, number - 9)
    assert len(kept(cache)) == 4
    assert taken() == (19, 10)


def test_what_it_follows_from_besides_makes_it_anew(files: tuple[Path, Path, Make]) -> None:
    source, cache, _ = files
    assert [precomputed("number", [source], partial(str, one), one) for one in ("a", "b", "a")] == ["a", "b", "a"]
    assert len(kept(cache)) == 2


@pytest.mark.parametrize("damage", [b"", b"no pickle", pickle.dumps("x" * 100)[:-20]])
def test_damage_is_mended(files: tuple[Path, Path, Make], damage: bytes) -> None:
    _, cache, taken = files
    taken()
    kept(cache)[0].write_bytes(damage)
    assert taken() == (7, 2)
    assert taken() == (7, 2)


def test_what_others_may_have_written_is_not_read(files: tuple[Path, Path, Make]) -> None:
    _, cache, taken = files
    taken()
    kept(cache)[0].chmod(0o666)
    assert taken() == (7, 2)


def test_a_folder_that_cannot_be_written_is_passed_over(files: tuple[Path, Path, Make]) -> None:
    _, cache, taken = files
    cache.write_text("a file, not a folder", encoding="utf-8")
    assert [taken(), taken()] == [(7, 1), (7, 2)]


def test_the_shipped_questions_are_the_same_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mandategraph.analysis.question_service import _read, _shipped
    from mandategraph.query.catalogue import Catalogue

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    _shipped.cache_clear()
    fresh, first = _read(Catalogue()), _shipped()
    _shipped.cache_clear()
    again = _shipped()
    assert os.listdir(tmp_path)  # noqa: PTH208
    for questions, templates in (first, again):
        assert [one.name for one in questions] == [one.name for one in fresh[0]]
        assert [one.tokens for one in templates] == [one.tokens for one in fresh[1]]
        assert templates.words == fresh[1].words
