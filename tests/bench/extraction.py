"""How well documents are read: precision and recall by kind of fact, against facts that people read in them.

    python tests/bench/extraction.py [--missed]

The plan R and the overview O are held against the rows, meetings and acts that the tests have of them (read by hand
there); the invented documents of `tests/fixtures/documents/` against the facts beside them. What those
have under `first` is what was found at first sight: the measure for a document that nobody here has seen.
Two baselines stand beside ours for dates, the kind that others read too: a plain pattern for `D Month YYYY`.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import documents
import facts
import read_by_hand
from mandategraph.extract.drafts.draft import read_document
from mandategraph.read.text import quote


@dataclass
class Score:
    """Facts found and true, found and not there, there and not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: set[str], true: set[str]) -> None:
        self.right += len(found & true)
        self.wrong += len(found - true)
        self.missed += len(true - found)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def measured(names: Iterable[str]) -> tuple[dict[str, Score], list[str]]:
    """Scores by kind of fact over some invented documents, and each difference in words."""
    scores: dict[str, Score] = defaultdict(Score)
    differences = []
    for name in names:
        data, _ = documents.made(name)
        found = facts.facts(read_document(documents.rendered(name), data))
        true = {kind: set(map(str, lines or ())) for kind, lines in documents.expected(name).items()}
        true["heading"] = {f"title {quote(one[6:])}" if one.startswith("title ") else one for one in true["heading"]}
        for kind in facts.KINDS:
            scores[kind].add(found[kind], true[kind])
            differences += [f"{name}: not there: {kind}: {one}" for one in sorted(found[kind] - true[kind])]
            differences += [f"{name}: missed:    {kind}: {one}" for one in sorted(true[kind] - found[kind])]
    return dict(scores), differences


def first_read() -> str:
    """What came of some documents when they were tried for the first time, before anything was mended for them."""
    lines = ["when first read, before anything was mended for it:"]
    told = {name: Score(**first) for name in documents.names() if (first := documents.source(name).get("first"))}
    every = Score(*(sum(getattr(one, what) for one in told.values()) for what in ("right", "wrong", "missed")))
    for name, one in {**told, "together": every}.items():
        count = one.right + one.missed
        lines.append(f"  {name:22} precision {one.precision:.3f}, recall {one.recall:.3f}, {count} facts")
    return "\n".join(lines)


def table(title: str, scores: dict[str, Score]) -> str:
    lines = [title, f"  {'kind':12} {'precision':>9} {'recall':>7} {'facts':>6}"]
    for kind, score in scores.items():
        count = score.right + score.missed
        lines.append(f"  {kind:12} {score.precision:9.3f} {score.recall:7.3f} {count:6}")
    whole = Score(*(sum(getattr(one, name) for one in scores.values()) for name in ("right", "wrong", "missed")))
    lines.append(f"  {'all':12} {whole.precision:9.3f} {whole.recall:7.3f} {whole.right + whole.missed:6}")
    return "\n".join(lines)


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description="Measure how well documents are read.")
    parser.add_argument("--missed", action="store_true", help="print each fact that is missed or not there")
    args = parser.parse_args()
    differences = []
    for title, scores, told in read_by_hand.measured(Score):
        print(table(title, scores))
        differences += told
    scores, told = measured(documents.names())
    print(table(f"{len(documents.names())} invented documents (English, French, Spanish, Chinese)", scores))
    print(first_read())
    if args.missed:
        print("\n".join(differences + told))


if __name__ == "__main__":
    main()
