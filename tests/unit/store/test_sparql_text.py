"""What is told of a text that no parser makes sense of is told in one reading of it."""

from __future__ import annotations

import re

import pytest
from mandategraph.rdf import sparql_lexer
from mandategraph.store import sparql_text


class Counted:
    """A pattern that counts what it matched."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.matches = pattern, 0

    def finditer(self, text: str):
        for found in self.pattern.finditer(text):
            self.matches += 1
            yield found


@pytest.mark.parametrize("word", ["true-", "a.", "é-.", "a-1."])
def test_a_long_word_that_is_no_prefix_is_read_once(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each match that begins in such a word reads to its end: there must be few of them, however long it is."""
    text = f"SELECT * {{ FILTER({word * (200_000 // len(word))}) ?? }}"
    counted = Counted(sparql_lexer._TOKEN)
    monkeypatch.setattr(sparql_lexer, "_TOKEN", counted)
    assert sparql_text.undeclared(text, len(text)) is None
    assert counted.matches < 30, "the other words and the spaces between them"


@pytest.mark.parametrize(
    ("text", "found"),
    [("?a-?b-zz:c", ("zz", 6)), ("?a-zz:c", ("zz", 3)), ("true-zz:c", ("true-zz", 0)), ("a.b zz.y:c", ("zz.y", 4)),
     ("DEFINE sql:select-option \"order\" ASK {", None),
     ("1-zz:c", ("zz", 2)), ("$a.b-c", None), ("?a-b-c d", None), ("PREFIX zz-y: <urn:a> zz-y:b-c", None)],
)  # fmt: skip
def test_names_are_told_apart_as_sparql_does(text: str, found: tuple[str, int] | None) -> None:
    """A variable has no hyphen and no dot in it, a prefix may."""
    assert sparql_text.undeclared(text, len(text)) == found
