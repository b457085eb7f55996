"""Bytes to lines, and the folding under which two ways of typing the same thing are equal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mandategraph.system.errors import InputError

MAX_BYTES = 50_000_000
"""Larger text files are refused: no decision or note comes near it."""

QUOTE_LENGTH = 59
"""Longest evidence quote in characters (the product carries no running sentences)."""

_CLOSE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff《》“”‘’、。,;:()]")
"""Characters beside which a space means nothing."""
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


@dataclass(frozen=True)
class SourceText:
    """A decoded source. `lines[0]` is line 1 of the file; `name` is what messages call it."""

    name: str
    lines: tuple[str, ...]
    byte_order_mark: bool = False

    @classmethod
    def from_file(cls, path: Path) -> SourceText:
        """Read a text file.

        Raises:
            InputError: the file is missing, a folder, not readable, too large, or not text.
        """
        try:
            if path.is_dir():
                raise InputError(f"{path} is a folder, not a document", hint="name the text file inside it")
            if path.stat().st_size > MAX_BYTES:
                raise InputError(f"{path} is larger than {MAX_BYTES // 1_000_000} MB", hint="name a single document")
            data = path.read_bytes()
        except OSError as error:
            raise InputError(
                f"cannot read {path}: {error.strerror or error}", hint="check the name and the permissions"
            ) from error
        return cls.from_bytes(data, str(path))

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> SourceText:
        """Decode UTF-8 (with or without byte-order mark; any line ends).

        Raises:
            InputError: the bytes are empty, binary, or not UTF-8.
        """
        if not data.strip():
            raise InputError(f"{name} is empty", hint="name a document with text")
        if b"\0" in data:
            raise InputError(f"{name} is a binary file", hint="save the document as plain UTF-8 text first")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise InputError(
                "this is not UTF-8 text", where=f"{name}, line {line}", hint="convert it to UTF-8 and load it again"
            ) from error
        lines = re.split(r"\r\n|\r|\n", text)
        if lines and not lines[-1]:
            lines.pop()
        return cls(name, tuple(lines), data.startswith(b"\xef\xbb\xbf"))


def fold(text: str) -> str:
    """The form in which texts are compared: one width, no spaces beside Chinese characters, one kind of dash."""
    return fold_with_offsets(text)[0]


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """`fold`, and for each character of the result the position in `text` from which it comes."""
    out: list[str] = []
    offsets: list[int] = []
    space = False
    for position, written in enumerate(text):
        for character in _DASHES.sub("-", unicodedata.normalize("NFKC", written)):
            if character.isspace():
                space = True
                continue
            if space and out and not (_CLOSE.match(out[-1]) or _CLOSE.match(character)):
                out.append(" ")
                offsets.append(position)
            space = False
            out.append(character)
            offsets.append(position)
    return "".join(out), offsets


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that change when the words change, and not when only width or spaces do."""
    return sha256(fold(text).encode()).hexdigest()[:16]


def quote(text: str) -> str:
    """`text` as evidence: on one line and short; what is cut is marked by an ellipsis."""
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= QUOTE_LENGTH else text[: QUOTE_LENGTH - 1] + "…"


_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


def chinese_number(text: str) -> int:
    """The value of a Chinese numeral up to 99 (`十一` is 11) or of decimal digits.

    Raises:
        ValueError: `text` is neither.
    """
    if text.isascii() and text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    if text in _DIGITS:
        return _DIGITS[text]
    raise ValueError(f"not a Chinese numeral: {text!r}")


_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def roman(number: int) -> str:
    """Lower-case roman numeral of a number below 40, as UN documents print items in English."""
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out += letters
            number -= value
    return out
