"""What people are told, in every language that has a catalogue of messages.

English is written where it is said, and is the name of the message (as with GNU gettext); a catalogue
(``zh.po``, compiled to ``zh.mo``) has the words of another language. A further language is one further catalogue: nothing
else lists the languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

SOURCE_LANGUAGE = "en"
_FOLDER = Path(__file__).parent
LANGUAGES: tuple[str, ...] = (SOURCE_LANGUAGE, *sorted(found.stem for found in _FOLDER.glob("*.mo")))
"""The languages of labels and of our words, in the order in which they are shown where no other is wished."""


class Text(dict[str, str]):
    """The same words in several languages: the tag of each language gives the words. Not to be changed once made."""

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]  # a value, as a str is one
        return hash(frozenset(self.items()))

    def format(self, *places: object, **values: object) -> Text:
        """The words with values in their places, in each language; a value that is a text itself is told in that
        language, else in any that it has."""
        return Text(
            (
                language,
                words.format(
                    *(_place(one, language) for one in places),
                    **{name: _place(one, language) for name, one in values.items()},
                ),
            )
            for language, words in self.items()
        )

    def __add__(self, other: Mapping[str, str]) -> Text:
        """One text after the other, in each language of the first."""
        return Text((language, words + told(other, language)) for language, words in self.items())

    def in_first(self, languages: Iterable[str]) -> str:
        """The words in the first of these languages that there are, else in any; empty where there are none."""
        return next((self[one] for one in (*languages, *LANGUAGES, *self) if self.get(one)), "")


NO_TEXT = Text()
"""No words in any language."""


def gettext(english: str, /, **values: object) -> Text:
    """A message in every language, with values in their places (``{meeting}``); in English where a catalogue lacks it.

    Raises KeyError for a place without a value.
    """
    made = Text((language, _translated(language, english)) for language in LANGUAGES)
    return made.format(**values) if values else made


def pgettext(context: str, english: str, /, **values: object) -> Text:
    """As ``gettext``, for English words that other languages say differently in this context."""
    made = Text((language, _translated(language, english, context)) for language in LANGUAGES)
    return made.format(**values) if values else made


def ngettext(one: str, several: str, count: int, /, **values: object) -> Text:
    """As ``gettext``, for a number of things (``{count}``): the words that this number takes in each language."""
    made = Text(
        (language, _catalogue(language).ngettext(one, several, abs(count)))
        if language != SOURCE_LANGUAGE
        else (language, one if abs(count) == 1 else several)
        for language in LANGUAGES
    )
    return made.format(count=count, **values)


def joined_text(parts: Iterable[object], between: Mapping[str, str] | None = None) -> Text:
    """Parts with what stands between them (by default commas, as between the items of a list) in every language."""
    between = pgettext("between items", ", ") if between is None else between
    listed = list(parts)
    return Text(
        (language, between[language].join(words for one in listed if (words := told(one, language))))
        for language in LANGUAGES
    )


def text_of(found: Mapping[str, str | None]) -> Text:
    """What is said in some of our languages as a text: those that say nothing are left out."""
    return Text((language, words) for language in LANGUAGES if (words := found.get(language)))


def same(words: str) -> Text:
    """Words that are the same in all languages: a code, a date."""
    return Text((language, words) for language in LANGUAGES)


def told(value: object, language: str) -> str:
    """A value in this language: a text in its words for it, else in any that it has; anything else as it is."""
    if isinstance(value, Mapping):
        return Text(value).in_first((language,))
    return str(value)


def table_in(language: str, table: Mapping[str, Text]) -> dict[str, str]:
    """A table of texts as words of one language."""
    return {name: words.in_first((language,)) for name, words in table.items()}


def preferring(first: str | None) -> tuple[str, ...]:
    """All languages, this one first."""
    return tuple(sorted(LANGUAGES, key=lambda language: language != first))


def _place(value: object, language: str) -> object:
    """What stands in a place: numbers stay numbers, so that they can be written as the message says."""
    return told(value, language) if isinstance(value, Mapping) else value


def _translated(language: str, english: str, context: str | None = None) -> str:
    if language == SOURCE_LANGUAGE:
        return english
    catalogue = _catalogue(language)
    return catalogue.gettext(english) if context is None else catalogue.pgettext(context, english)


@cache
def _catalogue(language: str) -> GNUTranslations:
    with (_FOLDER / f"{language}.mo").open("rb") as compiled:
        return GNUTranslations(compiled)


NAME = pgettext("this language names itself", "English")
"""What each language calls itself."""

TAG = pgettext("tag of this language in HTML", "en")
"""How HTML names each language, its script included."""

# With a place in it, since a catalogue cannot say that nothing stands there.
BETWEEN_SENTENCES = pgettext("between sentences", "{} ").format("")
"""What stands between two sentences."""
