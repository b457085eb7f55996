"""What two states of the project say, laid side by side: a program for changes that must not change any answer.

    python tests/compare_graphs.py record FOLDER [--program PATH] [--store PATH]
    python tests/compare_graphs.py compare BEFORE AFTER [--renamed FILE] [--without-ontology]

`record` keeps what one installed `mandategraph` answers on one store: all questions in both languages, the N-Quads
export and the findings of `validate`. `compare` maps the names of terms in BEFORE to those of now (`ontology/renamed.tsv`),
prints every difference, and exits with 1 if there is any, with 2 if something is missing. Blank nodes have no name that
lasts, so a statement with one is compared without it.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

RENAMED = Path(__file__).parents[1] / "ontology" / "renamed.tsv"
ROOT = "https://w3id.org/mandategraph/"
SPACES = {"mg": f"{ROOT}ontology#", "mgv": f"{ROOT}value#", "shape": f"{ROOT}shapes#"}
ONTOLOGY = "<https://w3id.org/mandategraph/graph/ontology>"
LANGUAGES = ("en", "zh")
QUADS, FINDINGS = "graph.nq", "validate.json"
_BLANK = re.compile(r"_:\w+")

Rename = Callable[[str], str]


def record(folder: Path, program: str, store: str | None) -> None:
    """Write the outputs of one state into a folder; raises CalledProcessError where the program fails."""
    folder.mkdir(parents=True, exist_ok=True)
    held = ["--store", store] if store else []
    for language in LANGUAGES:
        words = [program, "--lang", language, "questions", *held, "run", "--format", "json"]
        _run([*words, "-o", str(folder / _questions(language))])
    _run([program, "export", *held, "--format", "nquads", "-o", str(folder / QUADS)])
    _run([program, "validate", *held, "--fail-on", "none", "--format", "json", "-o", str(folder / FINDINGS)])


def _run(words: list[str]) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def _questions(language: str) -> str:
    return f"questions-{language}.json"


def renaming(table: Path) -> Rename:
    """What puts the new names into a text: whole IRIs and prefixed names, never bare words."""
    new = {}
    for line in table.read_text(encoding="utf-8").splitlines()[1:]:
        before, after = line.split("\t")
        new[before] = after
        new[_whole(before)] = _whole(after)
    spaces = "|".join(re.escape(space) for space in SPACES.values())
    pattern = re.compile(rf"(?:(?<![\w-])(?:{'|'.join(SPACES)}):|{spaces})[A-Za-z][\w-]*")
    return lambda text: pattern.sub(lambda found: new.get(found[0], found[0]), text)


def _whole(name: str) -> str:
    prefix, _, local = name.partition(":")
    return SPACES[prefix] + local


def differences(before: Path, after: Path, rename: Rename, *, ontology: bool = True) -> Iterator[str]:
    """Every difference between two recorded states, one line each."""
    for name in (*map(_questions, LANGUAGES), FINDINGS):
        old = json.loads(rename((before / name).read_text(encoding="utf-8")))
        new = json.loads((after / name).read_text(encoding="utf-8"))
        yield from (f"{name}: {line}" for line in _unlike(_keyed(old), _keyed(new), ""))
    old_quads, new_quads = (_quads(folder / QUADS, ontology) for folder in (before, after))
    renamed = Counter({rename(line): count for line, count in old_quads.items()})
    yield from (f"{QUADS}: only before: {line}" for line in sorted((renamed - new_quads).elements()))
    yield from (f"{QUADS}: only after: {line}" for line in sorted((new_quads - renamed).elements()))


def _keyed(value: Any) -> Any:
    """A list of answers by their identifiers, so that one more or one less does not move all others."""
    if isinstance(value, list) and value and all(isinstance(one, dict) and "id" in one for one in value):
        names = [str(one["id"]) for one in value]
        if len(set(names)) == len(names):
            return dict(zip(names, value, strict=True))
    return value


def _unlike(old: Any, new: Any, at: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in new:
                yield f"{at}/{key}: only before: {_short(old[key])}"
            elif key not in old:
                yield f"{at}/{key}: only after: {_short(new[key])}"
            else:
                yield from _unlike(old[key], new[key], f"{at}/{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _unlike(one, other, f"{at}/{place}")
    elif old != new or type(old) is not type(new):
        yield f"{at}: {_short(old)} -> {_short(new)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else f"{text[:157]}..."


def _quads(file: Path, ontology: bool) -> Counter[str]:
    with file.open(encoding="utf-8") as lines:
        kept = (line.rstrip("\n") for line in lines)
        return Counter(_BLANK.sub("_:", line) for line in kept if ontology or not line.endswith(f"{ONTOLOGY} ."))


def main(words: list[str] | None = None) -> int:
    """Run the program; 0 all alike, 1 differences, 2 wrong usage or something missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("record", help="keep what one state answers")
    one.add_argument("folder", type=Path)
    one.add_argument("--program", default="mandategraph", help="the installed program (mandategraph)")
    one.add_argument("--store", help="the store; the one of the environment if not given")
    two = verbs.add_parser("compare", help="lay two recorded states side by side")
    two.add_argument("before", type=Path)
    two.add_argument("after", type=Path)
    two.add_argument("--renamed", type=Path, default=RENAMED, help="table of old and new names (ontology/renamed.tsv)")
    two.add_argument("--without-ontology", action="store_true", help="leave out the graph of the ontology itself")
    given = parser.parse_args(words)
    try:
        if given.verb == "record":
            record(given.folder, given.program, given.store)
            return 0
        rename = renaming(given.renamed)
        found = list(differences(given.before, given.after, rename, ontology=not given.without_ontology))
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        print(f"compare_graphs: {error}", file=sys.stderr)
        return 2
    for line in found:
        print(line)
    print(f"{len(found)} differences" if found else "no differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
