"""Broken, huge and malicious files of records: one clear line each, in bounded time and memory, nothing executed."""

from __future__ import annotations

import random
import re
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from mandategraph.cli import main
from mandategraph.emit.datasets import stated_things
from mandategraph.emit.register import emit_entity, entity_of, refs_in
from mandategraph.emit.statements import DocumentGraph
from mandategraph.intake.files import ReadOptions, is_records, take_file
from mandategraph.intake.kinds import chosen
from mandategraph.intake.rows import MOST_IN_LINE, MOST_RECORDS
from mandategraph.model.record_files import dump, load
from mandategraph.model.records import Extraction
from mandategraph.model.register import shipped_register
from mandategraph.rdf.quads import Graph, sorted_lines
from mandategraph.system.errors import MandategraphError
from mandategraph.system.resources import records_root
from pyoxigraph import Quad
from records import OWN, REAL, SAMPLES, known

HEAD = "No,Event,Code,When,Where,State,Topic,Decision,Paragraph\n"
ROW = "1,A,,,,,,,\n"
BOMB = """<?xml version="1.0"?>
<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
<feed xmlns="http://www.w3.org/2005/Atom"><title>&b;&c;</title></feed>
"""
TURTLE = "<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n<http://example.org/a> oops"


def example() -> ReadOptions:
    return ReadOptions(chosen(str(records_root() / "kinds" / "example.yml")))


def text(content: str) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content.encode("utf-8"))


def zip_bomb(path: Path) -> None:
    """A spreadsheet of which one part unpacks to a thousand times its size."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * (64 << 20))


def no_sheet(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("bomb.xlsx", zip_bomb, "unpacks to"),
        ("sheet.xlsx", no_sheet, "no spreadsheet"),
        ("cut.xlsx", lambda path: path.write_bytes(b"PK\x03\x04broken"), "broken ZIP"),
        ("entities.xml", text(BOMB), "document type"),
        ("cut.xml", text('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>'), "not XML"),
        ("cut.json", text('[\n {"title": "a",\n  "copDecision": '), "line 3"),
        ("twice.json", text('[\n {"a": 1,\n  "a": 2}]'), "line 3: not JSON: the field a stands twice"),
        ("deep.json", text("[" * 100_000), "nested deeper"),
        ("number.json", text('[{"a": ' + "9" * 5000 + "}]"), "more than 40 digits"),
        ("encoding.json", lambda path: path.write_bytes(b'[\n{"a": "\xe9"}]'), "line 2: not UTF-8"),
        ("unknown.json", text('[{"poem": "a"}]'), "Kinds: cbd-calendar"),
        ("empty.json", text("[]"), "no kind"),
        ("cut.ttl", text(TURTLE), "line 2"),
        ("unknown.csv", text("a,b\n1,2\n"), "Kinds:"),
    ],
)
def test_one_clear_line(
    name: str, make: Callable[[Path], object], words: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / name
    make(path)
    assert main(["load", str(path), "--store", str(tmp_path / "store")]) == 2
    err = capfdbinary.readouterr().err.decode()
    assert err.count("\n") == 1 and name in err and words in err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (HEAD + "1,A,,," + "x" * (MOST_IN_LINE + 10), "line 2: a line longer than"),
        (HEAD + ROW + '2,"an open quotation\n' + ROW * 5, "line 3: no table"),
        (HEAD + '2,"' + "long\n" * 60_000, "line 2: no table: field larger"),
        ("No,Event,No\n", "line 1: the column No stands twice"),
        (",".join(f"c{number}" for number in range(5000)), "more than 1000 columns"),
        (HEAD, "no record"),
    ],
)
def test_tables_that_are_none(content: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MandategraphError) as error:
        take_file(path, example(), known())
    assert words in str(error.value)


def test_a_wrong_encoding_is_told_with_its_line_and_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes((HEAD + "1,Réunion,,,,,,,\n").encode("cp1252"))
    with pytest.raises(MandategraphError, match="line 2: not UTF-8"):
        take_file(path, example(), known())
    mapping = tmp_path / "mine.yml"
    mapping.write_text(
        "source: {handle: mine, title: Mine}\nmakes: meeting\nencoding: cp1252\nfields: {No: id, Event: title}\n",
        encoding="utf-8",
    )
    (found,) = take_file(path, ReadOptions(chosen(str(mapping))), known())
    assert found.extraction.meetings[0].as_written == "Réunion"


@pytest.mark.parametrize(
    ("head", "row", "as_example", "words"),
    [
        ("a,b\n", "1,2\n", False, "no kind"),
        (HEAD, ROW, True, f"line {MOST_RECORDS + 2}: more than {MOST_RECORDS} records"),
    ],
)
def test_a_million_rows_are_refused_before_they_fill_the_memory(
    head: str, row: str, as_example: bool, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        for _ in range(1000):
            file.write(row * 1000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(MandategraphError, match=words):
        take_file(path, example() if as_example else ReadOptions(), known())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000, "kilobytes"


def test_more_records_than_a_source_may_have_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mandategraph.intake import rows

    path = tmp_path / "long.csv"
    path.write_text(HEAD + ROW * 30, encoding="utf-8")
    monkeypatch.setattr(rows.counted, "__defaults__", (20,))
    with pytest.raises(MandategraphError, match="line 22: more than 20 records"):
        take_file(path, example(), known())


@pytest.mark.parametrize("content", ["a: &a [x, x]\nb: *a\n", "[" * 5000])
def test_a_mapping_that_unfolds_is_refused(content: str, tmp_path: Path) -> None:
    mapping = tmp_path / "mine.yml"
    mapping.write_text(content, encoding="utf-8")
    with pytest.raises(MandategraphError):
        chosen(str(mapping))


def test_what_a_terminal_would_obey_is_not_shown(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path, store = tmp_path / "our-events.csv", str(tmp_path / "store")
    path.write_text(
        HEAD + "1,\x1b[31mWorkshop\x1b]0;own\x07,EV-2021-1,5 May 2021,\x1b[2JRome,,\x1b[1mX,,\n", encoding="utf-8"
    )
    assert main(["load", str(path), "--as", str(records_root() / "kinds" / "example.yml"), "--store", store]) == 0
    for form in ("table", "md", "json"):
        capfdbinary.readouterr()
        assert main(["show", "EV-2021-1", "--format", form, "--store", store]) == 0
        out = capfdbinary.readouterr().out.decode()
        assert "Workshop" in out and "Rome" in out and not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)
        assert "hiddenLabel" not in out, "it is told among the spellings, or serves only to find the thing"


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A copy with some bytes changed, cut out, doubled or swapped for marks that mean something."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(made) or 1), chance.randint(0, 40)
        way = chance.randrange(5)
        if way == 0:
            del made[at : at + length]
        elif way == 1:
            made[at:at] = made[at : at + length]
        elif way == 2:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 3:
            made[at:at] = chance.choice(
                [
                    b'"',
                    b"{",
                    b"]",
                    b",",
                    b"\n",
                    b"\0",
                    b"\xff",
                    b"null",
                    b"-1e999",
                    b"&lt;",
                    b"<!DOCTYPE x>",
                    b"31/02/2020",
                    b"\\ud800",
                    "‮".encode(),
                ]
            )
        else:
            del made[at:]
    return bytes(made)


def emitted(extraction: Extraction) -> set[Quad]:
    """Everything that an extraction becomes in the graph."""
    register = Graph("register")
    stated = stated_things(extraction)
    for ref in refs_in(extraction):
        emit_entity(register, entity_of(ref, shipped_register(), {}, {}, None, stated))
    return DocumentGraph(extraction, lambda ref: ref).emit().quads | register.quads


FILES = [
    *sorted(OWN.iterdir()),
    *(SAMPLES / name for name in REAL if "kmgbf" not in name and (SAMPLES / name).is_file()),
]


@pytest.mark.parametrize("source", FILES, ids=lambda path: path.name)
def test_mutated_copies_end_in_records_or_in_one_clear_line(source: Path, tmp_path: Path) -> None:
    """MANDATEGRAPH_FUZZ sets how many copies of each file are tried."""
    import os

    content = source.read_bytes()
    times = int(os.environ.get("MANDATEGRAPH_FUZZ", "6" if len(content) < 10_000 else "2"))
    chance = random.Random(source.name)
    for _ in range(times):
        path = tmp_path / source.name
        path.write_bytes(mutated(content, chance))
        try:
            if is_records(path, ReadOptions()):
                for one in take_file(path, ReadOptions(), known()):
                    assert load(dump(one.extraction), "x") == one.extraction
                    sorted_lines(emitted(one.extraction))
        except MandategraphError as error:
            assert "\n" not in str(error) and error.exit_code == 2
