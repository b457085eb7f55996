"""SPARQL cut into tokens, by the terminals of its grammar (SPARQL 1.1, section 19.8); the one lexer of this package.

Every text can be cut: what belongs to no token of SPARQL is a `mark` of one character, and a string that nobody closed
is an `open` token up to the end of its line. The tokens of a text, put together, are the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
                  |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<open>"(?:[^"\\\n]|\\.)*|'(?:[^'\\\n]|\\.)*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<var>[?$]\w+)
      | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<blank>_:[\w.-]+)
      | (?P<run>[^\W\d_][\w.-]*+)(?P<name>:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)?
      | (?P<local>:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)
      | (?P<word>_\w*)
      | (?P<space>\s+)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_PIECE = re.compile(r"(?P<word>[^\W\d]\w*)|(?P<number>\d+)|(?P<mark>.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of SPARQL: its kind, its text, and where it begins in the text that it was cut from.

    Kinds: `comment`, `string`, `open`, `iri`, `var`, `lang`, `name` (with a prefix, which may be empty), `blank`, `word`
    (a keyword or the name of a function), `number`, `space`, `mark`.
    """

    kind: str
    text: str
    start: int = 0

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The keyword, in capitals; empty for anything else."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The variable's name without its mark; empty for anything else."""
        return self.text[1:] if self.kind == "var" else ""


def lex(text: str) -> Iterator[Token]:
    """All tokens of a text, spaces and comments among them, in order. Takes time in proportion to its length."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "run":  # no prefix after all: cut here, since one word at a time would read the same end again
            for piece in _PIECE.finditer(found.group()):
                yield Token(piece.lastgroup or "", piece.group(), found.start() + piece.start())
        else:
            yield Token("name" if kind == "local" else kind, found.group(), found.start())


def telling(text: str) -> Iterator[Token]:
    """The tokens of a text without spaces and comments."""
    return (token for token in lex(text) if token.kind not in ("space", "comment"))


@dataclass(frozen=True, slots=True)
class Prologue:
    """What stands before a query: the prefixes that it declares, and the first token after it (None where there is none)."""

    prefixes: dict[str, str]
    first: Token | None


def prologue(tokens: Iterable[Token]) -> Prologue:
    """Read BASE and PREFIX at the beginning of these tokens (`telling`), and one token more."""
    rest, prefixes = iter(tokens), dict[str, str]()
    for token in rest:
        if token.word == "BASE":
            next(rest, None)
        elif token.word == "PREFIX":
            name, iri = next(rest, None), next(rest, None)
            if name is not None and iri is not None:
                prefixes[name.text.rstrip(":")] = iri.text[1:-1]
        else:
            return Prologue(prefixes, token)
    return Prologue(prefixes, None)
