"""The notes of a report in other languages: messages known by their English wording, whose places are filled from what
was written."""

from __future__ import annotations

import re

from mandategraph.messages import SOURCE_LANGUAGE, gettext

_NOTES = (
    gettext("sh:{0} is no property of SHACL and was passed over (near it: sh:{1})"),
    gettext("handed to pySHACL as a whole: rules here depend on how numbers are written"),
    gettext("handed to pySHACL: {0}: {1}"),
    gettext("run on a copy of the data: {0}: {1}"),
    gettext("{0} known from the baseline left out"),
    gettext("a shape without a name"),
    gettext("it uses {0}"),
    gettext("it follows a path of no steps from a node that the data does not name"),
    gettext("A query asks for a shape that has no IRI."),
    gettext("A parameter is a blank node."),
    gettext("the store refuses its query"),
    gettext("Virtuoso errs on {0}"),
    gettext("VALUES beside a filter or in a UNION"),
    gettext("whether a literal is well-formed"),
    gettext("sameTerm with a constant"),
    gettext("the order of values of two kinds"),
    gettext("paths of any length"),
)
_PATTERNS = [
    (re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(note[SOURCE_LANGUAGE])), re.DOTALL), note) for note in _NOTES
]


def note_in(note: str, lang: str) -> str:
    """A note as a sentence without its full stop, in this language as far as the catalogue knows it, and its parts."""
    if lang == SOURCE_LANGUAGE:
        return note
    for pattern, known in _PATTERNS:
        if found := pattern.fullmatch(note):
            return known[lang].format(*(note_in(part, lang) for part in found.groups()))
    return note
