"""Writing what ``show`` found: text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from mandategraph.answers.answer import Cell
from mandategraph.answers.description import DescribedStatement, Fact, Profile
from mandategraph.answers.grid import Layout, clean, markdown, state_told
from mandategraph.answers.headings import heading, sections
from mandategraph.messages import LANGUAGES, gettext

_TITLES = {
    "names": gettext("Also written"),
    "facts": gettext("What it is"),
    "nothing": gettext("No statement in the documents points to it."),
}


def write_profile(profile: Profile, form: str, layout: Layout) -> str:
    """The profile in one of PROFILE_FORMATS."""
    return PROFILE_FORMATS[form](profile, layout)


def _text(profile: Profile, layout: Layout) -> str:
    titles = _titles(layout)
    lines = [_title(profile, layout)]
    if profile.spellings:
        lines.append(f"{titles['names']}: {'; '.join(profile.spellings)}")
    if profile.as_of:
        lines.append(state_told(profile.as_of, layout))
    lines += ["", titles["facts"], *(f"  {_fact(fact, layout)}" for fact in profile.facts)]
    for title, items in sections(profile, layout):
        lines += ["", f"{title} ({len(items)})"]
        for item in items:
            lines.append("  - " + "; ".join(_fact(fact, layout) for fact in item.facts))
            lines += [f"      [{place_told(source, layout)}]" for source in item.sources]
    if not profile.told:
        lines += ["", titles["nothing"]]
    return "".join(f"{clean(line)}\n" for line in lines)


def _markdown(profile: Profile, layout: Layout) -> str:
    titles = _titles(layout)
    lines = [f"# {markdown(_title(profile, layout))}", ""]
    if profile.spellings:
        lines += [f"{titles['names']}: {markdown('; '.join(profile.spellings))}", ""]
    if profile.as_of:
        lines += [markdown(state_told(profile.as_of, layout)), ""]
    lines += [f"## {titles['facts']}", "", *(f"- {markdown(_fact(fact, layout))}" for fact in profile.facts), ""]
    for title, items in sections(profile, layout):
        lines += [f"## {markdown(title)}", ""]
        for item in items:
            lines.append("- " + markdown("; ".join(_fact(fact, layout) for fact in item.facts)))
            lines += [f"  - *{markdown(place_told(source, layout))}*" for source in item.sources]
        lines.append("")
    if not profile.told:
        lines += [titles["nothing"], ""]
    return "\n".join(lines)


def _json(profile: Profile, layout: Layout) -> str:
    whole = {
        "iri": profile.iri,
        "code": profile.name.value,
        "kind": profile.kind.value,
        "label": {language: profile.name.labels.get(language) for language in LANGUAGES},
        "spellings": list(profile.spellings),
        **({"as_of": profile.as_of} if profile.as_of else {}),
        "facts": [_fact_object(fact) for fact in profile.facts],
        "statements": [_told_object(told) for told in profile.told],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


PROFILE_FORMATS: dict[str, Callable[[Profile, Layout], str]] = {"table": _text, "json": _json, "md": _markdown}


def _told_object(told: DescribedStatement) -> dict[str, Any]:
    return {
        "kind": told.kind.value,
        "role": told.role.value,
        "heading": {language: heading(told, Layout((language,))) for language in LANGUAGES},
        "facts": [_fact_object(fact) for fact in told.facts],
        "basis": told.basis,
        "source": [source.value for source in told.sources],
    }


def _fact_object(fact: Fact) -> dict[str, Any]:
    found: dict[str, Any] = {"property": fact.property.value, "value": fact.value.value}
    return found | {f"value_{language}": label for language, label in fact.value.labels.items()}


def _titles(layout: Layout) -> dict[str, str]:
    return {name: layout.words(title) for name, title in _TITLES.items()}


def _title(profile: Profile, layout: Layout) -> str:
    labels = " / ".join(profile.name.labels.values())
    kind = profile.kind.label(layout.languages) or profile.kind.value
    named = f"{profile.name.value} · {labels}" if labels else profile.name.value or ""
    return f"{named} ({kind})" if kind else named


def worded(fact: Fact, layout: Layout) -> tuple[str, str]:
    """A fact in the reader's words: the name of its property, and its value, with the label after the code."""
    name = fact.property.label(layout.languages) or fact.property.value or ""
    label, code = fact.value.label(layout.languages), fact.value.value or ""
    return name, f"{code} ({label})" if fact.coded and label and label != code else " ".join((label or code).split())


def place_told(source: Cell, layout: Layout) -> str:
    """Where a statement stands, in the reader's words."""
    return source.label(layout.languages) or ""


def _fact(fact: Fact, layout: Layout) -> str:
    return ": ".join(worded(fact, layout))
