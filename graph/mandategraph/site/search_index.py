"""The index that the search of the pages looks through: for each page its titles, codes, other names and words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from mandategraph.answers.description import Profile
from mandategraph.site.content import Content, Thing

VARIABLE = "mandategraphPages"
_LONGEST = 160


def index(content: Content) -> str:
    """A script that sets the index: pages opened as files may not fetch, but may run a script beside them.

    An entry is [path, kind, code, titles by language, other names, other words].
    """
    entries = [_thing(thing, content.profiles[thing.iri]) for thing in content.things.values()]
    for answer in content.answers:
        question = answer.question
        path = f"question/{answer.id}.html"
        entries.append([path, "question", answer.id, question, [], []])
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries)
    return f"window.{VARIABLE} = [\n{lines}\n];\n"


def _thing(thing: Thing, profile: Profile) -> list[Any]:
    name = thing.name
    return [
        thing.path, thing.kind, thing.code, name.labels,
        list(profile.spellings), list(_words(profile, {thing.code, *name.labels.values(), *profile.spellings})),
    ]  # fmt: skip


def _words(profile: Profile, told: set[str | None]) -> Iterable[str]:
    """What the documents say of it in words of their own: literals and quotes, each once, names aside."""
    said = [fact.value.value for fact in profile.facts if fact.thing is None]
    for one in profile.told:
        said += [fact.value.value for fact in one.facts if fact.thing is None]
        said += [place.quote for place in one.places]
    return (text for text in dict.fromkeys(said) if text and text not in told and 1 < len(text) <= _LONGEST)
