"""Every rule catches a planted error and names the record that must be mended: file and line.

The failing examples of all rules are planted on things that the shipped records make, in one graph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import shipped
from mandategraph.rdf import namespaces
from mandategraph.store.base import iri
from mandategraph.validate import validate
from mandategraph.validate.findings import Finding
from mandategraph.validate.locate import Records
from rule_examples import EXAMPLES, examples, expected, rules

ROOT = Path(__file__).parents[3]
THINGS = namespaces.THINGS
PLAN = "CBD/WG2020/REC/1/1"

# Things of the examples' context that stand for these of the records.
REAL = {
    "document/R": f"document/{PLAN}",
    "document/D": "document/CBD/COP/DEC/14/34",
    "part/annex-2": f"part/{PLAN}/annex-2",
    "part/table-1": f"part/{PLAN}/annex-2.table-1",
    "part/row-11": f"part/{PLAN}/annex-2.table-1.row-11",
    "part/row-11.element": f"part/{PLAN}/annex-2.table-1.row-11.cell-3",
    "evidence/row-11": f"evidence/{PLAN}/annex-2.table-1.row-11.cell-3.1",
    "mandate/row-11": f"mandate/{PLAN}/annex-2.table-1.row-11",
    "place/MONTREAL": "place/Montreal",
}
# What these rules speak of is no thing of the records.
NO_RECORD = {
    "Named": "a node without a name",
    "modality-firm": "a concept of the ontology",
}


@cache
def things() -> dict[str, list[str]]:
    """By kind: what the records make, in order."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in shipped.store():
        kind = namespaces.kind_of(quad.subject.value) if isinstance(quad.subject, ox.NamedNode) else None
        if kind:
            found[kind].add(quad.subject.value)
    return {kind: sorted(names) for kind, names in found.items()}


class Planted:
    """Examples laid on the context, each on real things of its own."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self._context = self._quads(EXAMPLES / "context.ttl")
        self._taken = set(REAL.values())
        self.store.extend(self._renamed(self._context, {}))

    def plant(self, example: Path) -> set[str]:
        """Everything that the example says something about, by its real name."""
        quads = self._quads(example)
        known = {quad.subject for quad in self._context}
        own = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode) and q.subject not in known}
        names = {name: self._real(name) for name in sorted(own) if namespaces.kind_of(name)}
        renamed = self._renamed(quads, names)
        self.store.extend(renamed)
        return {quad.subject.value for quad in renamed if isinstance(quad.subject, ox.NamedNode)}

    def _real(self, name: str) -> str:
        kind = namespaces.kind_of(name) or ""
        if kind not in things():  # a kind that only loaded records have
            return name
        unused = (one for one in things()[kind] if one.removeprefix(THINGS) not in self._taken)
        real = next(unused, things()[kind][0])  # shared where there are too few: then each is tried by itself too
        self._taken.add(real.removeprefix(THINGS))
        return real

    def _quads(self, file: Path) -> list[ox.Quad]:
        return list(ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE))

    def _renamed(self, quads: list[ox.Quad], names: dict[str, str]) -> list[ox.Quad]:
        def real(node: object) -> object:
            if not isinstance(node, ox.NamedNode):
                return node
            short = node.value.removeprefix(THINGS)
            return ox.NamedNode(THINGS + REAL[short] if short in REAL else names.get(node.value, node.value))

        return [ox.Quad(real(q.subject), q.predicate, real(q.object)) for q in quads]  # type: ignore[arg-type]

    def findings(self) -> tuple[Finding, ...]:
        return validate(self.store.dump(format=ox.RdfFormat.N_QUADS) or b"").findings


@cache
def failing() -> dict[str, Path]:
    """By rule: the first example that breaks it."""
    return {rule: example for example in reversed(examples("invalid")) for rule in expected(example)}


@cache
def all_planted() -> tuple[dict[str, set[str]], tuple[Finding, ...]]:
    together = Planted()
    spoken = {rule: together.plant(failing()[rule]) for rule in sorted(rules())}
    return spoken, together.findings()


def caught(rule: str) -> list[Finding]:
    """The findings of a rule on what its example is about: among all examples at once, else (where one mends what
    another lacks) by itself."""
    spoken, findings = all_planted()
    about = spoken[rule] | ({"_:"} if rule in NO_RECORD else set())
    found = [one for one in findings if one.rule == rule and one.focus in about]
    if not found:
        alone = Planted()
        alone.plant(failing()[rule])
        found = [one for one in alone.findings() if one.rule == rule]
    return found


@pytest.mark.parametrize("rule", sorted(rules()))
def test_the_line_of_the_record_is_named(rule: str) -> None:
    found = caught(rule)
    assert found
    for one in found:
        if rule in NO_RECORD:
            assert one.file == "", NO_RECORD[rule]
        elif namespaces.kind_of(one.focus) not in things():
            assert one.file == "", "the shipped records hold nothing of this kind"
        else:
            assert speaks_of(one.file, one.file_line, one.focus), f"{one.focus}: {one.file}:{one.file_line}"


def test_what_was_concluded_names_what_it_was_concluded_from() -> None:
    for rule, kind in (("change-kind", "schedule"), ("deadline-day-falls-on", "deadline")):
        (found,) = [one for one in caught(rule) if namespaces.kind_of(one.focus) in ("change", "deadline-day")][:1]
        first = found.focus.rpartition("/id/")[2].partition("/")[2].partition("--")[0]
        assert (found.file, found.file_line) == Records().find(iri(f"{THINGS}{kind}/{first}"))
        assert found.place is not None


def test_everything_in_the_graph_has_a_line_that_speaks_of_it() -> None:
    records = Records()
    for kind, names in things().items():
        for name in names[::4]:
            spot = records.find(iri(name))
            assert spot is not None or kind == "scheme", name
            assert spot is None or speaks_of(*spot, name), f"{name}: {spot}"


def speaks_of(file: str, line: int | None, name: str) -> bool:
    """Whether the record that begins at a line is the one that a thing comes from, as one reads it."""
    assert line is not None
    kind = namespaces.kind_of(name) or ""
    code = name.removeprefix(f"{THINGS}{kind}/")
    text = record(file, line)
    if kind in ("erratum", "identity", "repair"):
        return text == numbered(file, kind, int(code.rpartition("/")[2]))
    code = code.partition("--")[0].removeprefix(f"{PLAN}/").removeprefix("overview-after-WG2020-2/")
    code = code.removeprefix("curated.").removeprefix("curated/")
    if kind in ("evidence", "deliverable"):
        code = code.rpartition(".")[0] or code
    return code.lower() in text.lower()


@cache
def lines_of(file: str) -> list[str]:
    return (ROOT / file).read_text(encoding="utf-8").splitlines()


def record(file: str, line: int) -> str:
    """The lines of the record that begins at a line: one in JSON, down to the next mark of a list in YAML."""
    lines = lines_of(file)
    if file.endswith(".json"):
        return lines[line - 1]
    indent = re.match(r"( *)- ", lines[line - 1])
    assert indent, f"{file}:{line} begins no record"
    rest = lines[line:]
    stop = next((n for n, text in enumerate(rest) if re.match(rf" {{0,{len(indent[1])}}}\S", text)), len(rest))
    return "\n".join([lines[line - 1], *rest[:stop]])


@cache
def numbered(file: str, kind: str, number: int) -> str:
    """The record with a number in its section, counted by the marks that begin records."""
    if kind == "repair":
        start = lines_of(file).index('"repairs": [')
        return lines_of(file)[start + number]
    section = {"erratum": "errata", "identity": "identity"}[kind]
    start = lines_of(file).index(f"{section}:")
    marks = [n for n, text in enumerate(lines_of(file)[start:], start) if re.match(r" {0,2}- ", text)]
    return record(file, marks[number - 1] + 1)
