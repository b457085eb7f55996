"""What a document may do to its reader: each bad file is one line that says what, where and what next, in bounded time."""

from __future__ import annotations

import io
import random
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import documents
import pytest
from mandategraph.extract.drafts.draft import read_document
from mandategraph.read.formats import limits
from mandategraph.read.formats.detect import render, render_bytes
from mandategraph.system.errors import InputError, MandategraphError

MAIN = "word/document.xml"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return out.getvalue()


def body(inside: str) -> bytes:
    return f'<w:document xmlns:w="{documents.W}"><w:body>{inside}</w:body></w:document>'.encode()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def bomb() -> bytes:
    return packed(word__document_xml=body(paragraph("a" * 60_000_000)))


def entities() -> bytes:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    return packed(word__document_xml=f"<!DOCTYPE x [{laughs}]>".encode() + body(paragraph("&a8;")))


def outside_entity() -> bytes:
    return packed(word__document_xml=b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + body(paragraph("&e;")))


def encrypted_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(64)


def locked_pdf() -> bytes:
    pytest.importorskip("reportlab")
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    page = canvas.Canvas(out, encrypt=StandardEncryption("secret", ownerPassword="other", canPrint=0))
    page.drawString(100, 700, "hidden")
    page.save()
    return out.getvalue()


def pictures_only() -> bytes:
    pytest.importorskip("reportlab")
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.rect(50, 50, 300, 300, fill=1)
    page.showPage()
    page.save()
    return out.getvalue()


def cut(name: str) -> Callable[[], bytes]:
    def make() -> bytes:
        data, _ = documents.made(name)
        return data[: len(data) // 2]

    return make


def nested_html() -> bytes:
    return b"<html><body>" + b"<div>" * 5_000 + b"x" + b"</div>" * 5_000


HOSTILE: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("bomb.docx", bomb, "zip bomb", "do not open"),
    ("entities.docx", entities, "XML entities", "do not open"),
    ("outside.docx", outside_entity, "XML entities", "do not open"),
    ("locked.docx", encrypted_office, "protected by a password", "save it without"),
    ("old.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old word processor", ".docx"),
    ("cut.docx", cut("en-recommendation"), "broken or cut short", "whole file"),
    ("not.docx", lambda: b"this is text", "not what its name says", "save the document again"),
    ("other.docx", lambda: packed(hello_xml=b"<a/>"), "broken or cut short", "whole file"),
    ("locked.pdf", locked_pdf, "protected by a password", "save it without"),
    ("scan.pdf", pictures_only, "no text layer", "OCR"),
    ("cut.pdf", cut("fr-decision"), "broken PDF", "whole file"),
    ("empty.txt", lambda: b"  \n ", "is empty", "with text"),
    ("latin.txt", lambda: "Décision adoptée à Montréal".encode("latin-1"), "not UTF-8", "convert"),
    ("utf16.txt", lambda: b"\xff\xfea\x00b\xd8", "UTF-16", "UTF-8"),
    ("binary.bin", lambda: bytes(range(256)) * 4, "of a kind that we do not read", ".docx"),
    ("long.txt", lambda: b"a " * 3_000_000, "a line of", "export the document again"),
    ("long.md", lambda: b"# x\n" + b"a " * 3_000_000, "a line of", "export the document again"),
    ("long.html", lambda: b"<html><body>" + b"a " * 3_000_000, "a line of", "export the document again"),
    ("long.docx", lambda: packed(word__document_xml=body(paragraph("ab " * 300_000))), "a line of", "export"),
    ("deep.html", nested_html, "", ""),
    ("other-script.txt", lambda: ("Это решение принято. " * 30).encode(), "none of the languages", "give it in one"),
    ("encoding.html", lambda: b"<html><meta charset=utf-7>+ADw-\xff", "", ""),
]


@pytest.mark.parametrize(("name", "make", "said", "advice"), HOSTILE, ids=[one[0] for one in HOSTILE])
def test_a_hostile_file_is_one_line(
    name: str, make: Callable[[], bytes], said: str, advice: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    begun = time.monotonic()
    with pytest.raises(InputError) as caught:
        read_document(render(path), path.read_bytes())
    line = str(caught.value)
    assert name in line
    assert said in line
    assert advice in line
    assert "\n" not in line
    assert caught.value.exit_code == 2
    assert time.monotonic() - begun < 30


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path, said in ((tmp_path, "is a folder"), (tmp_path / "none.txt", "no such file"), (tmp_path / "loop", "loop")):
        with pytest.raises(InputError, match=said):
            render(path)


def test_a_file_beyond_the_size_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(limits.MAX_FILE + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    with pytest.raises(InputError, match="100 MB|101 MB"):
        render(path)


def test_macros_are_named_and_not_opened() -> None:
    data, _ = documents.made("en-recommendation")
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 AutoOpen")
    rendered = render_bytes(out.getvalue(), "memo.docm")
    assert rendered.notices == ("memo.docm: holds macros; they were not opened",)
    assert rendered.lines == render_bytes(data, "memo.docx").lines


def test_tracked_changes_hidden_text_and_merged_cells() -> None:
    inside = (
        "<w:p><w:r><w:t>one </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>joined </w:t></w:r></w:p>" + paragraph("up")
        + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + paragraph("wide") + "</w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + paragraph("tall") + "</w:tc><w:tc>" + paragraph("a")
        + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + paragraph("no") + "</w:tc><w:tc>" + paragraph("b")
        + "</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("gone") + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    rendered = render_bytes(packed(word__document_xml=body(inside)), "x.docx")
    assert [line.cells or line.text for line in rendered.lines] == [
        "one new", "joined up", ("wide", ""), ("tall", "a"), ("", "b"),
    ]  # fmt: skip


def test_memory_stays_bounded_for_a_bomb(tmp_path: Path) -> None:
    """The bomb would unpack to 60 MB of text: refused before it is unpacked, in a process that may not grow much."""
    path = tmp_path / "bomb.docx"
    path.write_bytes(bomb())
    code = "from pathlib import Path; from mandategraph.read.formats.detect import render; render(Path(__import__('sys').argv[1]))"

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))

    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, preexec_fn=bound, timeout=60
    )
    assert "zip bomb" in done.stderr
    assert "MemoryError" not in done.stderr


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="not read within 1 seconds"), limits.time_limit("slow.pdf", 1):
        while True:
            time.sleep(0.05)


@pytest.mark.parametrize("name", ["en-recommendation", "es-note"])
def test_broken_xml_inside_a_sound_package(name: str) -> None:
    """The package is whole, its XML is not: seeded changes inside the main part."""
    data, _ = documents.made(name)
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        parts = {one: given.read(one) for one in given.namelist()}
    chance = random.Random(f"xml {name}")
    for _ in range(25):
        main = bytearray(parts[MAIN])
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(main))
            main[at : at + chance.randint(0, 30)] = bytes(chance.choices(b'<>/="ab19: ', k=chance.randint(0, 4)))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for part, content in parts.items():
                target.writestr(part, bytes(main) if part == MAIN else content)
        try:
            read_document(render_bytes(out.getvalue(), "x.docx"), out.getvalue())
        except MandategraphError as error:
            assert error.exit_code == 2
