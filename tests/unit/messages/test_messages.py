"""Catalogues have the words for all that the code says, with the same places; a further language is one further file."""

from __future__ import annotations

import os
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from catalogues import FOLDER, as_mo, as_po, brought_up_to_date, forms, key, read, said
from mandategraph.messages import (
    LANGUAGES,
    NO_TEXT,
    Text,
    gettext,
    joined_text,
    ngettext,
    pgettext,
    preferring,
    same,
    table_in,
    text_of,
    told,
)

CATALOGUES = sorted(FOLDER.glob("*.po"))


def places(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_there_is_a_catalogue_for_every_language_but_english() -> None:
    assert ("en", *(file.stem for file in CATALOGUES)) == LANGUAGES
    assert "zh" in LANGUAGES


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_a_catalogue_has_words_for_just_what_the_code_says(file: Path) -> None:
    entries = [entry for entry in read(file) if entry.id]
    assert {key(entry) for entry in entries} == said()
    assert [entry.id for entry in entries if not all(forms(entry.string))] == []
    assert file.read_bytes() == as_po(brought_up_to_date(read(file))), "run tests/catalogues.py"
    assert file.with_suffix(".mo").read_bytes() == as_mo(file.read_bytes(), file.stem), "run tests/catalogues.py"


# Where a language says something else than English does: once, {count} times; three places and {all} of them.
OTHERWISE = {"once": {"count"}, "{place} and {count} more": {"all"}}


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_translations_have_the_places_of_the_english_words(file: Path) -> None:
    for entry in read(file):
        if entry.id:
            english = set().union(*map(places, forms(entry.id)))
            known = (
                english | OTHERWISE.get(forms(entry.id)[0], set()) | ({"count"} if len(forms(entry.id)) > 1 else set())
            )
            assert all(places(words) <= known for words in forms(entry.string)), entry.id
            if forms(entry.id)[0] not in OTHERWISE:
                assert english - {"count"} <= set().union(*map(places, forms(entry.string))), entry.id


def test_a_text_is_told_in_every_language_with_its_places_filled() -> None:
    made = gettext("What became of {code}, step by step?", code="COP-15")
    assert made == {"en": "What became of COP-15, step by step?", "zh": "COP-15的日程如何一步步演变？"}


def test_a_text_in_a_place_is_told_in_the_language_around_it() -> None:
    assert gettext("{days} (to be confirmed)", days=gettext("dates to be determined")) == {
        "en": "dates to be determined (to be confirmed)",
        "zh": "日期待定（待确认）",
    }
    only = gettext("{days} (to be confirmed)", days=Text(en="May"))
    assert only["zh"] == "May（待确认）"


def test_what_no_catalogue_knows_is_told_in_english() -> None:
    assert gettext("never said anywhere else") == same("never said anywhere else")


def test_words_differ_by_context_and_by_number() -> None:
    assert (gettext("held")["zh"], pgettext("coverage", "held")["zh"]) == ("已举行", "举行")
    assert ngettext("{count} day", "{count} days", 1) == {"en": "1 day", "zh": "1天"}
    assert ngettext("{count} day", "{count} days", 3) == {"en": "3 days", "zh": "3天"}
    assert ngettext("{count} day", "{count} days", -1)["en"] == "-1 day"


def test_parts_are_joined_as_each_language_joins_them() -> None:
    assert joined_text(["A", NO_TEXT, Text(en="b", zh="乙")]) == {"en": "A, b", "zh": "A、乙"}
    assert joined_text([]) == {"en": "", "zh": ""}


def test_labels_are_those_of_our_languages_that_say_something() -> None:
    assert text_of({"en": "", "zh": "会议", "xx": "?"}) == {"zh": "会议"}
    assert told({"zh": "会议"}, "en") == "会议"
    assert told(7, "en") == "7"
    assert Text(zh="会议").in_first(("en",)) == "会议"
    assert NO_TEXT.in_first(("en",)) == ""
    assert table_in("zh", {"a": Text(en="one")}) == {"a": "one"}
    assert preferring("zh") == ("zh", "en")


def test_texts_are_values() -> None:
    assert len({Text(en="a", zh="b"), Text(zh="b", en="a"), Text(en="a")}) == 2
    assert Text(en="a", zh="甲") + Text(en=" b") == {"en": "a b", "zh": "甲 b"}


def test_a_third_language_is_one_file(tmp_path: Path) -> None:
    """A made-up language says every message as English does, in quotation marks; all else is a copy of the package."""
    shutil.copytree(FOLDER.parent, tmp_path / "mandategraph", ignore=shutil.ignore_patterns("__pycache__"))
    for room, source in (("ontology", ""), ("queries", ""), ("shapes", ""), ("records", "graph/")):
        (tmp_path / "mandategraph" / room).symlink_to(FOLDER.parents[2] / source / room)
    loud = brought_up_to_date(Catalog(locale="fr"))
    for entry in loud:
        if entry.id:
            words = forms(entry.id)
            shouted = [f"«{one}»" for one in words]
            entry.string = shouted[0] if isinstance(entry.id, str) else tuple(shouted)
    (tmp_path / "mandategraph" / "messages" / "fr.mo").write_bytes(as_mo(as_po(loud), "fr"))

    def asked(*words: str) -> str:
        command = [sys.executable, "-m", "mandategraph", "--lang", "fr", *words]
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=tmp_path).stdout

    ahead = asked("schedule", "WG2020-3", "--format", "md")
    assert "«Input from»" in ahead and "SBSTTA-24" in ahead and "«Query: " in ahead
    csv = asked("schedule", "WG2020-3", "--format", "csv")
    assert csv.startswith("giver,giver_fr,") and "«in time»" in csv
    # what has no label in it is told in another language, and what is added to a note does not hide it
    labelled = asked("query", "meetings-that-feed-a-meeting", "--format", "csv")
    assert "element_fr" in labelled and "Capacity-building" in labelled
    noted = asked("ask", "which deep meetings feed WG2020-3", "--format", "md")
    assert "«Not taken into account: “deep”.»" in noted and "counts as firm" in noted
